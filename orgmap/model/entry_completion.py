"""How a line that is being typed could go on: names, channels, words of the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from orgmap.model import rates
from orgmap.model.document import Document
from orgmap.model.entry_words import FIXED
from orgmap.model.matching import folded
from orgmap.model.query import listed_channels

MOST = 8  # ways to go on
_CUT = re.compile(
    r"<->|<=>|<>|->|=>|<-|[↔→←<>=,@]|(?<=\S)\s+(?:reports? to|moves? to|needs?|knows?|seeks?|leads|is)\s"
)
_TOPIC = re.compile(r"\s(?:knows?|seeks?)\s[^@<>=:]*$", re.IGNORECASE)
_SIGNS = re.compile(r'[,:@<>="↔→←]')
RELATIONS = (
    "reports to",
    "needs",
    "knows",
    "seeks",
    "leads",
    "is new",
    "is outside",
    "is vacant",
    "is level",
)


@dataclass(frozen=True, slots=True)
class Completion:
    """`options` may stand in place of the letters from `start` to the cursor; the first is the best."""

    start: int
    options: tuple[str, ...]


class Completions:
    """What can be completed on one map. O(entities) to make; a question costs O(names) at most."""

    def __init__(self, document: Document) -> None:
        self._nodes = _rows(node.name for node in document.nodes.values())
        self._modules = _rows(module.name for module in document.modules.values())
        topics = (t for node in document.nodes.values() for t in (*node.knows, *node.seeks))
        self._topics = _rows(dict.fromkeys(topics))
        words = [channel.name for channel in listed_channels(document)]
        self._words = _rows([*words, *rates.WORDS, "twice a week", *FIXED, "within", "topic", "step"])

    def of(self, line: str, cursor: int) -> Completion:
        """How the part of the line that ends at `cursor` could go on; without options if it could not."""
        typed = line[:cursor]
        if typed.count('"') % 2:
            return Completion(cursor, ())
        if ":" in typed:
            return self._found(typed, max(typed.rfind(sign) for sign in ": ,;") + 1, self._words)
        cuts = list(_CUT.finditer(typed))
        start = cuts[-1].end() if cuts else 0
        if cuts and cuts[-1].group() == "@":
            return self._found(typed, start, self._modules)
        if _TOPIC.search(typed):
            return self._found(typed, start, self._topics)
        whole = self._found(typed, start, self._nodes, self._modules)
        return whole if whole.options else self._relation(typed, start)

    def _relation(self, typed: str, start: int) -> Completion:
        """Behind a whole name, the words that say something of it."""
        words = typed[start:].lstrip()
        for place in (at.end() for at in re.finditer(r"\S ", words)):
            name, rest = folded(words[:place]), words[place:]
            if rest and any(name == row for row, _ in (*self._nodes, *self._modules)):
                begun = [relation for relation in RELATIONS if relation.startswith(rest.casefold())]
                return Completion(len(typed) - len(rest), tuple(r for r in begun if r != rest.casefold()))
        return Completion(len(typed), ())

    def _found(self, typed: str, start: int, *tables: Sequence[tuple[str, str]]) -> Completion:
        start += len(typed[start:]) - len(typed[start:].lstrip())
        begun = folded(typed[start:])
        if not begun:
            return Completion(start, ())
        found = (name for name in _matching(begun, tables) if folded(name) != begun)
        return Completion(start, tuple(islice(dict.fromkeys(map(_quoted, found)), MOST)))


def _rows(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(folded(name), name) for name in names if name.strip()]


def _matching(begun: str, tables: Sequence[Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Names that begin so; then those one of whose words does."""
    for table in tables:
        yield from (name for row, name in table if row.startswith(begun))
    for table in tables:
        yield from (name for row, name in table if f" {begun}" in row)


def _quoted(name: str) -> str:
    """A name with signs of the grammar in it goes into quotation marks."""
    return f'"{name.replace(chr(34), "")}"' if _SIGNS.search(name) else name
