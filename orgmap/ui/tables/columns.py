"""The columns of a table over the map: how a value reads, how it is typed, where it is written.

A column knows nothing of Qt. `Source` is the map with what costs a pass over it, counted once and
kept in step with every change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from orgmap.drawing.plain import shown
from orgmap.files import values
from orgmap.files.values import BadCell
from orgmap.i18n import Text, language, say, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, Link
from orgmap.model.rows import Writing

_ONE_OF = text("cell", "{value} is none of {allowed}")
_TOO_SMALL = text("cell", "{value} is less than {least}")
_LISTED = 5  # words named in a complaint about a choice


class Shape(Enum):
    """What kind of editor a column wants."""

    LINE = auto()
    LONG = auto()  # several lines
    CHOICE = auto()  # one of the words offered; some columns take new ones
    LISTED = auto()  # several words with commas between them, completed
    FLAG = auto()
    FIXED = auto()  # counted, not typed


class Source:
    """A document, and how many lines go out of each end and come in; a two-way line counts in both."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: Counter[EndId] = Counter()
        self.into: Counter[EndId] = Counter()
        for link in document.links.values():
            self._count(link, 1)

    def follow(self, document: Document, change: Change) -> set[EndId]:
        """The map after a change; the ends whose counts it altered."""
        self.document = document
        ends: set[EndId] = set()
        for before, after in change.links.values():
            for link, by in ((before, -1), (after, 1)):
                if link is not None:
                    self._count(link, by)
                    ends |= {link.source, link.target}
        return ends

    def _count(self, link: Link, by: int) -> None:
        self.out[link.source] += by
        self.into[link.target] += by
        if link.two_way:
            self.out[link.target] += by
            self.into[link.source] += by


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Words under an attribute of the entity; other columns differ in what they override.

    `width`: average letters. `asked`: shown unless the user wants it otherwise.
    """

    id: str
    label: Text
    tip: Text
    width: int = 12
    asked: bool = True

    @property
    def shape(self) -> Shape:
        """What kind of editor it wants."""
        return Shape.LINE

    @property
    def right(self) -> bool:
        """Do its values stand at the right, as numbers do?"""
        return False

    @property
    def told(self) -> bool:
        """Does it hold the user's own words, which are not to be typed while names are hidden?"""
        return True

    def value(self, _source: Source, entity: Any) -> object:  # noqa: ANN401 - a node or a link
        """What the entity says."""
        return getattr(entity, self.id)

    def words(self, source: Source, value: object) -> str:
        """The value as the cell shows it: one line."""
        return shown(self.typed(source, value))

    def typed(self, _source: Source, value: object) -> str:
        """The value as one types it."""
        return "" if value is None else str(value)

    def parsed(self, _source: Source, typed: str) -> object:
        """The value of what was typed. Raises BadCell."""
        return typed.strip()

    def write(self, writing: Writing, key: str, value: object) -> None:
        """Write the value into the entity. May raise EditError."""
        writing.set(key, **{self.id: value})

    def options(self, _source: Source) -> Sequence[str]:
        """The words it offers while one types."""
        return ()

    def sorted_by(self, source: Source, entity: object) -> tuple[Any, ...]:
        """What it is sorted by; what nobody said comes last."""
        value = self.value(source, entity)
        if isinstance(value, bool):
            return (0, not value)
        if isinstance(value, int | float):
            return (0, value)
        words = self.words(source, value).casefold()
        return (1, 0) if value is None or not words else (0, words)


class LongColumn(Column):
    """Several lines of words."""

    @property
    def shape(self) -> Shape:
        """A field of several lines."""
        return Shape.LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberColumn(Column):
    """A number that may be unknown. `parse` says which numbers there are."""

    parse: Callable[[str], float] = values.amount
    least: float = 0.0

    @property
    def told(self) -> bool:
        """No words of the user's."""
        return False

    @property
    def right(self) -> bool:
        """Numbers stand at the right."""
        return True

    def words(self, _source: Source, value: object) -> str:
        """As the language writes numbers."""
        return language().number(value) if isinstance(value, int | float) else ""

    def typed(self, _source: Source, value: object) -> str:
        """The shortest way to write it."""
        return f"{value:.12g}" if isinstance(value, int | float) else ""

    def parsed(self, _source: Source, typed: str) -> object:
        """A number, or None for an empty cell."""
        if not typed.strip():
            return None
        number = self.parse(typed.strip())
        if number < self.least:
            raise BadCell(_TOO_SMALL(value=values.brief(typed.strip()), least=self.least))
        return number


class FlagColumn(Column):
    """Yes or no."""

    @property
    def told(self) -> bool:
        """No words of the user's."""
        return False

    @property
    def shape(self) -> Shape:
        """A box to tick."""
        return Shape.FLAG

    def words(self, _source: Source, value: object) -> str:
        """Yes or nothing."""
        return say("cell", "yes") if value else ""

    def typed(self, _source: Source, value: object) -> str:
        """Yes or no."""
        return say("cell", "yes") if value else say("cell", "no")

    def parsed(self, _source: Source, typed: str) -> object:
        """Yes or no in the usual ways, and in the language in use; empty is no."""
        word = typed.strip().casefold()
        if word in (say("cell", "yes").casefold(), say("cell", "no").casefold()):
            return word == say("cell", "yes").casefold()
        return values.flag(word) if word else False


class ListColumn(Column):
    """Words separated by commas; the value is a tuple without doubles."""

    @property
    def shape(self) -> Shape:
        """Several words, completed one by one."""
        return Shape.LISTED

    def typed(self, _source: Source, value: object) -> str:
        """Joined with commas."""
        return ", ".join(value) if isinstance(value, tuple) else ""

    def parsed(self, _source: Source, typed: str) -> object:
        """Each word once, in the order typed."""
        return parted(typed)

    def options(self, source: Source) -> Sequence[str]:
        """Every word in use."""
        nodes = source.document.nodes.values()
        return sorted({word for node in nodes for word in (*node.knows, *node.seeks)}, key=str.casefold)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceColumn(Column):
    """One of a few values; a beginning that fits only one is enough."""

    choices: Mapping[Any, Text]

    @property
    def told(self) -> bool:
        """No words of the user's."""
        return False

    @property
    def shape(self) -> Shape:
        """A list to choose from."""
        return Shape.CHOICE

    def typed(self, _source: Source, value: object) -> str:
        """The word for the value."""
        found = self.choices.get(value)
        return str(found()) if found is not None else ""

    def parsed(self, _source: Source, typed: str) -> object:
        """The value meant."""
        return chosen(typed, [(value, str(words())) for value, words in self.choices.items()])

    def options(self, _source: Source) -> Sequence[str]:
        """All of them."""
        return [str(words()) for words in self.choices.values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountColumn(Column):
    """Something counted on the map."""

    count: Callable[[Source, Any], int]

    @property
    def shape(self) -> Shape:
        """Nobody types it."""
        return Shape.FIXED

    @property
    def right(self) -> bool:
        """Numbers stand at the right."""
        return True

    def value(self, source: Source, entity: Any) -> object:  # noqa: ANN401
        """The count."""
        return self.count(source, entity)

    def words(self, _source: Source, value: object) -> str:
        """As the language writes numbers."""
        return language().number(value) if isinstance(value, int) else ""


def parted(typed: str) -> tuple[str, ...]:
    """Words with commas or semicolons between them, each once."""
    words = (word.strip() for word in typed.replace(";", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def chosen(typed: str, choices: Sequence[tuple[Any, str]]) -> Any:  # noqa: ANN401
    """The value whose word is meant: the whole of it, or a beginning that fits only one.

    An empty cell means the value with no word or None, if there is one. Raises BadCell.
    """
    wanted = typed.strip().casefold()
    whole = [value for value, words in choices if words.casefold() == wanted]
    if not wanted:
        whole = [value for value, words in choices if value is None or not words]
    begun = [value for value, words in choices if wanted and words.casefold().startswith(wanted)]
    for found in (whole, begun):
        if len(found) == 1 or (found and found is whole):
            return found[0]
    allowed = ", ".join(words for _, words in choices[:_LISTED]) + (", …" if len(choices) > _LISTED else "")
    raise BadCell(_ONE_OF(value=values.brief(typed.strip() or "–"), allowed=allowed))
