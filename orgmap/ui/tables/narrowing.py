"""What is typed to narrow a table of numbers down: words, and comparisons such as "betweenness > 0.2".

Pure: knows the names of columns, not their numbers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from orgmap.i18n import Said, text

_SIGNS = r"<=|>=|!=|<>|≤|≥|≠|<|>|="
_COMPARISON = re.compile(rf"([^<>=≤≥≠!]*?)\s*({_SIGNS})\s*(-?\d+(?:[.,]\d+)?|-?[.,]\d+)(?=\s|[;,&]|$)")
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    "≤": operator.le,
    ">=": operator.ge,
    "≥": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "≠": operator.ne,
}
_HALF_TYPED = re.compile(rf"[^<>=≤≥≠!]*(?:{_SIGNS}|!)[^<>=≤≥≠!]*$")

_UNKNOWN = text("table", "No column is called {name}. Comparisons read as: {example}")
_NO_COLUMN = text("table", "Say which column: {example}")
_NOT_READ = text("table", "Write a number behind the sign: {example}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The numbers of a column against one number."""

    column: str
    sign: str
    number: float

    def holds(self, values: Any) -> Any:  # noqa: ANN401 - an array, and one of booleans back
        """For which values it is so; never for NaN. Numbers equal within what a cell shows are equal."""
        if self.sign == "=":
            return abs(values - self.number) < self._step
        if self.sign in ("!=", "<>", "≠"):
            return abs(values - self.number) >= self._step
        return _OPERATORS[self.sign](values, self.number)

    @property
    def _step(self) -> float:
        return 1e-9 if float(self.number).is_integer() else 0.005


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Rows wanted: every word occurs in them, and every comparison holds. `problem`: what was not read."""

    words: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    problem: Said | None = None


def narrowing(typed: str, columns: Mapping[str, str], current: str = "") -> Narrowing:
    """What was typed. `columns`: id and label of those with numbers; `current`: the one meant without a name.

    A name may be any run of words at the beginning of a label or inside it; what stands before it are
    words to find.
    """
    words: list[str] = []
    comparisons: list[Comparison] = []
    problem: Said | None = None
    end = 0
    for found in _COMPARISON.finditer(typed):
        before, sign, number = found[1], found[2], float(found[3].replace(",", "."))
        end = found.end()
        free, column = _named(before.strip(" ;,&"), columns, current)
        if column is not None:
            words += free
            comparisons.append(Comparison(column, sign, number))
        elif before.strip():
            problem = _UNKNOWN(name=before.strip(), example=_example(columns))
        else:
            problem = _NO_COLUMN(example=_example(columns))
    rest = typed[end:].strip(" ;,&")
    if rest and _HALF_TYPED.fullmatch(rest):
        problem = problem or _NOT_READ(example=_example(columns))
    else:
        words += rest.casefold().split()
    return Narrowing(tuple(words), tuple(comparisons), problem)


def _named(before: str, columns: Mapping[str, str], current: str) -> tuple[list[str], str | None]:
    """The words that are no name of a column, and the column."""
    parts = before.casefold().split()
    for start in range(len(parts)):
        wanted = " ".join(parts[start:])
        labels = {key: label.casefold() for key, label in columns.items()}
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [key for key, label in labels.items() if fits(label, wanted)]
            if current in found:
                return parts[:start], current
            if found:
                return parts[:start], found[0]
    return parts, (current or None) if not parts else None


def _example(columns: Mapping[str, str]) -> str:
    name = next(iter(columns.values()), "")
    return f"{name.casefold()} > 2"
