"""From a cell of text to a value of the model. Numbers and words as people type them."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from orgmap.i18n import Said, text
from orgmap.model.entities import NodeKind, Status

Convert = Callable[[str], Any]

_NO_NUMBER = text("cell", "{value} is no number")
_NO_WHOLE = text("cell", "{value} is no whole number")
_NEGATIVE = text("cell", "{value} is below zero")
_LARGE = text("cell", "{value} is too large")
_NO_FLAG = text("cell", "{value} is neither yes nor no")
_ONE_OF = text("cell", "{value} is none of {allowed}")


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


YES = _words("yes y true t 1 x on ja oui si ✓ mutual both two-way twoway undirected")
NO = _words("no n false f 0 o off nein non - one-way oneway directed")
_CROSSES = frozenset("✔☑✅✗✘☒●•■+*")  # marks; an x and a ✓ are a yes anywhere
_NOTHING = frozenset("-–—./?_ ")
_OFTEN = {
    "daily": 5.0,
    "everyday": 5.0,
    "severaltimesaday": 15.0,
    "everyweek": 1.0,
    "onceaweek": 1.0,
    "onceperweek": 1.0,
    "twiceaweek": 2.0,
    "severaltimesaweek": 3.0,
    "everymonth": 0.25,
    "onceamonth": 0.25,
    "twiceamonth": 0.5,
    "severaltimesamonth": 0.75,
    "onceaquarter": 1 / 13,
    "onceayear": 1 / 52,
    "severaltimesayear": 4 / 52,
    "weekly": 1.0,
    "fortnightly": 0.5,
    "biweekly": 0.5,
    "monthly": 0.25,
    "quarterly": 1 / 13,
    "yearly": 1 / 52,
    "never": 0.0,
    **dict.fromkeys(("mehrmalstäglich", "mehrmalsamtag", "plusieursfoisparjour"), 15.0),
    **dict.fromkeys(("täglich", "jedentag", "quotidien", "chaquejour", "touslesjours"), 5.0),
    **dict.fromkeys(("mehrmalsprowoche", "mehrmalswöchentlich", "plusieursfoisparsemaine"), 3.0),
    **dict.fromkeys(("wöchentlich", "jedewoche", "einmalprowoche"), 1.0),
    **dict.fromkeys(("hebdomadaire", "chaquesemaine", "unefoisparsemaine"), 1.0),
    **dict.fromkeys(("monatlich", "jedenmonat", "einmalimmonat", "einmalpromonat"), 0.25),
    **dict.fromkeys(("mensuel", "chaquemois", "unefoisparmois"), 0.25),
    **dict.fromkeys(("jährlich", "einmalimjahr", "annuel", "unefoisparan"), 1 / 52),
    **dict.fromkeys(("nie", "niemals", "jamais", "nunca"), 0.0),
}
NOBODY = frozenset(
    (
        *("", "none", "noone", "nobody", "na", "nil", "nothing", "notapplicable", "myself", "me"),
        *("dontknow", "idontknow", "notsure", "noidea", "unknown"),
        *("keine", "keiner", "niemand", "weißnicht", "ichweißnicht", "personne", "aucun", "nadie", "ninguno"),
    )
)  # what stands in an answer that names nobody
_APART = re.compile(r"(?<=\d)[ '\u2019](?=\d{3}(?!\d))")  # between thousands
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})")
_DIGITS = re.compile(r"[+-]?(\d+(?:[.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
_INSIDE = re.compile(r"\d+(?:[.,]\d+)?")
_LENGTH = re.compile(
    r"(?P<whole>\d+)(?::|h)(?P<rest>[0-5]?\d)(?::[0-5]\d|m|mins?|minutes?)?"
    r"|(?P<hours>\d+(?:[.,]\d+)?)(?:h|hours?|hrs?|std)"
    r"|(?P<minutes>\d+(?:[.,]\d+)?)(?:m|mins?|minutes?|minuten|')",
    re.IGNORECASE,
)
_MOST_DIGITS = 60  # with signs between them; a cell may be a hundred thousand
_NOT_LETTERS = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"(?<!\\);")


class BadCell(Exception):  # noqa: N818 - becomes a note
    """A cell whose content its column cannot take. `offers`: what may have been meant, likeliest first."""

    def __init__(self, message: Said, offers: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.offers = tuple(offers)


def plain(words: str) -> str:
    """Letters and digits only, small: how column names and kinds are compared."""
    return _NOT_LETTERS.sub("", words).casefold()


def brief(words: str) -> str:
    """A cell as it can be quoted in a sentence."""
    return words if len(words) <= 40 else words[:39] + "…"


def near(cell: str, words: Iterable[str]) -> list[str]:
    """Those of a few known words that are like this cell, the nearest first."""
    return list(_near(plain(cell)[:40], tuple(words)))


@lru_cache(maxsize=4_096)
def _near(word: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The same word comes again in row after row."""
    return tuple(difflib.get_close_matches(word, words, 3, 0.7))


def text_cell(cell: str) -> str:
    """The text itself."""
    return cell


def number(cell: str) -> float:
    """A finite number, comma or point, thousands apart or not; 25% is a quarter."""
    if len(cell) > 1 and cell.find("%") == len(cell) - 1:
        return number(cell[:-1].rstrip()) / 100
    digits = cell.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")
    digits = _APART.sub("", digits) if len(digits) < _MOST_DIGITS else digits
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _POINTS.fullmatch(digits):
        digits = digits.replace(".", "")
    if not _DIGITS.fullmatch(digits):
        inside = _INSIDE.findall(cell)
        raise BadCell(_NO_NUMBER(value=brief(cell)), inside if len(inside) == 1 else ())
    value = float(digits.replace(",", "."))
    if not math.isfinite(value) or abs(value) > 1e15:
        raise BadCell(_LARGE(value=brief(cell)))
    return value


def amount(cell: str) -> float:
    """A number not below zero."""
    value = number(cell)
    if value < 0:
        raise BadCell(_NEGATIVE(value=brief(cell)), (cell.lstrip("-"),))
    return value


def length(cell: str) -> float:
    """Minutes: a number of them, or a length of time as "1:30", "1h30", "90 min", "1.5 h"."""
    found = _LENGTH.fullmatch(cell.replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
    if found is None:
        return amount(cell)
    if found["whole"]:
        return amount(found["whole"]) * 60 + int(found["rest"])
    return amount(found["minutes"]) if found["minutes"] else amount(found["hours"]) * 60


def often(cell: str) -> float:
    """Contacts per week: a number, or a word such as weekly."""
    found = _OFTEN.get(plain(cell))
    if found is not None:
        return found
    try:
        return amount(cell)
    except BadCell as bad:
        raise BadCell(bad.message, (*near(cell, _OFTEN), *bad.offers)) from None


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands where the row of one person crosses the column of another. `there`: there is a line."""

    there: bool
    fields: Mapping[str, Any] = field(default_factory=dict)


def marked(cell: str, *, scale: bool = False) -> Mark | None:
    """A number, below zero for a bad line, how often, a cross, or nothing; None for any other word.

    `scale`: a 1 is a number like the others, and not a cross.
    """
    word = cell.casefold()
    if (word in YES and not (scale and word == "1")) or (word and _CROSSES.issuperset(word)):
        return Mark(True)
    if word in NO or _NOTHING.issuperset(word) or (plain(cell) in NOBODY and plain(cell)):
        return Mark(False)
    found = _OFTEN.get(plain(cell))
    if found is not None:
        return Mark(found > 0, {"per_week": found})
    try:
        strength = number(cell)
    except BadCell:
        return None
    fields: dict[str, Any] = {} if strength in (1.0, -1.0) and not scale else {"weight": abs(strength)}
    return Mark(strength != 0, {"health": "negative", **fields} if strength < 0 else fields)


def is_scale(cells: Iterable[str]) -> bool:
    """Are there numbers other than one and zero among these marks, so that a 1 is one of several?"""
    return any(mark is not None and "weight" in mark.fields for mark in map(marked, set(cells)))


def near_marks(cell: str) -> list[str]:
    """What may have been meant where a cell says how often."""
    return near(cell, _OFTEN)


def whole(cell: str) -> int:
    """An integer; 3.0 is one too."""
    value = number(cell)
    if not value.is_integer():
        raise BadCell(_NO_WHOLE(value=brief(cell)), (str(round(value)),))
    return int(value)


def count(cell: str) -> int:
    """An integer not below zero."""
    value = whole(cell)
    if value < 0:
        raise BadCell(_NEGATIVE(value=brief(cell)), (str(-value),))
    return value


def flag(cell: str) -> bool:
    """Yes or no, in the usual ways."""
    word = cell.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(_NO_FLAG(value=brief(cell)), ("yes", "no"))


def not_flag(cell: str) -> bool:
    """Of a column that says the opposite: directed."""
    return not flag({"directed": "yes", "undirected": "no"}.get(cell.casefold(), cell))


def listed(cell: str) -> tuple[str, ...]:
    r"""Several values with a semicolon between them; `\;` is a semicolon within one."""
    if ";" not in cell:
        return (cell,)
    parts = (part.replace("\\;", ";").strip() for part in _SEPARATOR.split(cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def joined(values: tuple[str, ...] | list[str]) -> str:
    """The cell that `listed` reads as these values."""
    return ";".join(value.replace(";", "\\;") for value in values)


def member_of(kind: type[StrEnum]) -> Convert:
    """A member of an enumeration, case, space and dash ignored."""
    members = {plain(member.value): member for member in kind}

    def convert(cell: str) -> StrEnum:
        found = members.get(plain(cell))
        if found is None:
            allowed = ", ".join(member.value for member in kind)
            nearest = near(cell, members)
            words = dict.fromkeys((*(members[word].value for word in nearest), *(m.value for m in kind)))
            raise BadCell(_ONE_OF(value=brief(cell), allowed=allowed), words)
        return found

    return convert


status = member_of(Status)

MODULE = "module"  # the kind of a row that is a module, not a node
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (MODULE, _words("module team unit department dept group division section committee board")),
    (NodeKind.ROLE, _words("role post position job vacancy")),
    (NodeKind.OUTSIDE, _words("outside external customer client partner user supplier")),
    (NodeKind.SOURCE, _words("source system tool wiki queue document database bot robot")),
    (NodeKind.PERSON, _words("person people employee human staff individual colleague")),
)


def node_kind(cell: str) -> str | None:
    """person, role, outside, source or module; None for a word that tells nothing.

    "senior_post" is a role, "working-group" a module; in "junior post group" the post decides,
    since a group of posts is still a post on the chart.
    """
    words = [w for w in _NOT_LETTERS.split(cell.casefold()) if w]
    singular = {w.removesuffix("s") for w in words} | set(words)
    if singular & _KINDS[1][1]:
        return NodeKind.ROLE
    return next((kind for kind, known in _KINDS if singular & known), None)
