"""A typed line as text: signs, quotation marks, names with commas between them. Nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orgmap.i18n import Said, Text, text
from orgmap.model.entry_words import WrongWord

ARROW = re.compile(r"<-{1,2}>|<=>|<>|-{1,2}>|=>|<-{1,2}|--|↔|→|←|>|<|=")
TWO_WAY = frozenset({"<->", "<-->", "<=>", "<>", "--", "↔", "="})
BACKWARD = frozenset({"<-", "<--", "←", "<"})

_SIGNS = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        ";": ",", "،": ",", "、": ",", "\N{FULLWIDTH COMMA}": ",", "\N{FULLWIDTH COLON}": ":",
        "\t": " ", "\N{NO-BREAK SPACE}": " ",
    }
)  # fmt: skip
_UNWRITABLE = re.compile(  # what no file can hold, as `orgmap.files.mending` has it
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_QUOTED = re.compile(r'"[^"]*"')
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,4}[.)])\s+(?=\S)")

LONGEST_NAME = 1_000  # characters; a file keeps no more
_LONG_NAME = text("entry", "The name is too long; it can have {most} characters.")
_NO_NAME = text("entry", "A name is missing here.")
_NO_MODULE = text("entry", "The name of a module is missing after the @.")


class Stop(Exception):  # noqa: N818 - `entry` makes a result of it
    """The line is not understood from here on; `wrong` says why."""

    def __init__(self, start: int, end: int, message: Said) -> None:
        self.wrong = WrongWord(start, max(end, start + 1), message)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a line, without its quotation marks.

    `module`: an @ stood before it. `homes`: the modules after an @ that are said of it.
    """

    words: str
    start: int
    end: int
    module: bool = False
    homes: tuple[Name, ...] = ()


def cleaned(line: str) -> str:
    """The line with the plain sign for each of its kinds, and without the bullet of a list.

    What no file can hold is replaced, so that a name is the same after saving. What stands where does not
    change.
    """
    words = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", line).translate(_SIGNS).rstrip()
    bullet = _BULLET.match(words)
    return " " * bullet.end() + words[bullet.end() :] if bullet is not None else words


def bare(words: str) -> str:
    """The line with everything in quotation marks blotted out, so that no sign is found there."""
    return _QUOTED.sub(lambda found: "\x00" * len(found.group()), words)


def group(words: str, start: int, end: int) -> tuple[Name, ...]:
    """Names with commas between them. Raises Stop if there is none, or one is missing.

    A module after an @ is said of the name before it, and of those before that which have none:
    "Ana, Ben @Sales, Cy" puts Ana and Ben into Sales. An @ without a name before it names a module.
    """
    found: list[Name] = []
    waiting = 0
    for at, to in _parts(words, start, end):
        (first, *rest) = _split(words, "@", at, to)
        homes = tuple(_one(words, *part, _NO_MODULE) for part in rest)
        if homes and not words[slice(*first)].strip():
            found.append(replace(homes[0], module=True, homes=homes[1:]))
        else:
            found.append(_one(words, *first, _NO_NAME))
        if homes:
            found[waiting:] = [
                name if name.module else replace(name, homes=name.homes or homes) for name in found[waiting:]
            ]
            waiting = len(found)
    if not found:
        raise Stop(start, end, _NO_NAME())
    return tuple(found)


def listed(words: str, start: int, end: int) -> list[str]:
    """The words between commas, such as topics."""
    return [_one(words, at, to, _NO_NAME).words for at, to in _parts(words, start, end)]


def _parts(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between commas; a comma at the very end is none."""
    parts = _split(words, ",", start, end)
    if not words[slice(*parts[-1])].strip():
        parts.pop()
    yield from parts


def _one(words: str, start: int, end: int, missing: Text) -> Name:
    piece = words[start:end]
    name = " ".join(piece.strip().strip('"').split())
    if not name:
        raise Stop(max(start - 1, 0), end, missing())
    start += len(piece) - len(piece.lstrip())
    if len(name) > LONGEST_NAME:
        raise Stop(start, end, _LONG_NAME(most=LONGEST_NAME))
    return Name(name, start, start + len(piece.strip()))


def _split(words: str, sign: str, start: int, end: int) -> list[tuple[int, int]]:
    """From where to where the parts between `sign` reach, quotation marks respected."""
    cuts, quoted = [], False
    for place in range(start, end):
        if words[place] == '"':
            quoted = not quoted
        elif words[place] == sign and not quoted:
            cuts.append(place)
    return list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))
