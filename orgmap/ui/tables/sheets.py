"""What stands in a table of measures: things by measure, or the measures of the map one below the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.findings import Report
from orgmap.analysis.measure_catalogue import MEASURES, Measure, Scope
from orgmap.drawing.plain import shown
from orgmap.i18n import Text, text
from orgmap.ui.measured import EXPECTED, NOTHING, Series, Things, Values, about, of_map

ASKED = {  # in view at first; all others are one click away
    Scope.PEOPLE: (
        "in_degree",
        "out_degree",
        "betweenness",
        "dependence",
        "reciprocity",
        "listening_share",
        "coverage",
        "constraint",
        "hours_per_week",
    ),
    Scope.MODULES: (
        "people",
        "inside_links",
        "out_links",
        "in_links",
        "ei_index",
        "ei_expected",
        "reciprocity",
        "listening_share",
        "closed_link_share",
    ),
    Scope.LINKS: tuple(MEASURES[Scope.LINKS]),
}
NUMBER_WIDTH = 9  # average letters

_NAMES = {
    Scope.PEOPLE: text("field", "Name"),
    Scope.MODULES: text("field", "Module"),
    Scope.LINKS: text("field", "Link"),
}
_HOMES = {
    Scope.PEOPLE: (text("field", "Module"), text("tip", "Where the person belongs.")),
    Scope.MODULES: (text("field", "Inside"), text("tip", "The module it is nested in.")),
    Scope.LINKS: (text("field", "Modules"), text("tip", "Where its two ends belong.")),
}
_NAME_TIP = text("tip", "As it is called on the map.")
_WORDS = text("cell", "{field} of {name}: {value}")
_VALUE = text("field", "Number")
_VALUE_TIP = text("tip", "The number for this map, as it is now.")
_CHANCE = text("field", "By chance")
_CHANCE_TIP = text("tip", "What chance alone would give, for maps like this one.")
_UNIT = text("field", "Unit")
_UNIT_TIP = text("tip", "What it is counted in.")
_SAYS = text("field", "What it says")
_SAYS_TIP = text("tip", "In one sentence; the line below the table says more.")
_MEASURE = text("field", "Measure")
_THE_MAP = text("measure", "the map")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column. `tip` is what it means; `measure` if all its numbers are of one."""

    id: str
    label: Text
    tip: Text
    width: int = 12
    asked: bool = True
    numbers: bool = False
    measure: Measure | None = None

    def told(self) -> str:
        """All there is to say about it."""
        about_it = str(about(self.measure)) if self.measure is not None else str(self.tip())
        return f"{self.label()}\n{about_it}"


class Sheet(Protocol):
    """Rows of numbers and words. `at` is a row in the order of the map."""

    columns: tuple[Heading, ...]

    @property
    def ids(self) -> Sequence[str]: ...
    def said(self, at: int, column: int) -> str: ...
    def exact(self, rows: Sequence[int], column: int) -> list[str]: ...
    def told(self, at: int, column: int) -> str: ...
    def numbers(self, column: int) -> Values | None: ...
    def bar(self, at: int, column: int) -> float: ...
    def having(self, words: Sequence[str]) -> NDArray[np.bool_]: ...
    def ranks(self, column: int) -> NDArray[np.intp]: ...
    def about(self, at: int, column: int) -> tuple[str, str]: ...


def headings(scope: Scope) -> tuple[Heading, ...]:
    """The columns of a table of this kind."""
    if scope is Scope.MAP:
        return _OF_MAP
    homes, tip = _HOMES[scope]
    words = (
        Heading("name", _NAMES[scope], _NAME_TIP, width=24 if scope is Scope.LINKS else 16),
        Heading("home", homes, tip, width=14, asked=scope is Scope.PEOPLE),
    )
    return words + tuple(
        Heading(key, measure.name, measure.definition, NUMBER_WIDTH, key in ASKED[scope], True, measure)
        for key, measure in MEASURES[scope].items()
    )


_OF_MAP = (
    Heading("name", _MEASURE, _NAME_TIP, width=22),
    Heading("value", _VALUE, _VALUE_TIP, width=13, numbers=True),
    Heading("chance", _CHANCE, _CHANCE_TIP, width=NUMBER_WIDTH, numbers=True),
    Heading("unit", _UNIT, _UNIT_TIP, width=14),
    Heading("says", _SAYS, _SAYS_TIP, width=70),
)


class OfThings:
    """People, modules or links: a row each, a column for every measure."""

    def __init__(self, things: Things) -> None:
        self.columns = headings(things.scope)
        self._things = things

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the rows."""
        return self._things.ids

    def said(self, at: int, column: int) -> str:
        """The cell as it is shown."""
        return self._series(column).said(at) if self.columns[column].numbers else self._words(at, column)

    def exact(self, rows: Sequence[int], column: int) -> list[str]:
        """Cells of a column as they are copied."""
        if self.columns[column].numbers:
            return self._series(column).exact(rows)
        return [self._words(at, column) for at in rows]

    def told(self, at: int, column: int) -> str:
        """The cell in a sentence."""
        name = shown(self._things.name(at))
        if self.columns[column].numbers:
            return self._series(column).told(at, name)
        return str(_WORDS(field=self.columns[column].label(), name=name, value=self._words(at, column)))

    def numbers(self, column: int) -> Values | None:
        """The numbers of a column; None for words."""
        return self._series(column).values if self.columns[column].numbers else None

    def bar(self, at: int, column: int) -> float:
        """The number against the largest of its column, -1..1; 0 without one."""
        if not self.columns[column].numbers:
            return 0.0
        series = self._series(column)
        value = float(series.values[at])
        return value / series.largest if series.largest and math.isfinite(value) else 0.0

    def having(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """In which rows does every word occur?"""
        return self._things.having(words)

    def ranks(self, column: int) -> NDArray[np.intp]:
        """The order of a column of words; -1 where there is none."""
        return self._things.ranks(homes=column > 0)

    def about(self, _at: int, column: int) -> tuple[str, str]:
        """The name of a column, and what there is to know of it."""
        heading = self.columns[column]
        return str(heading.label()), heading.told().partition("\n")[2]

    def _series(self, column: int) -> Series:
        return self._things.series(self.columns[column].id)

    def _words(self, at: int, column: int) -> str:
        return shown(self._things.name(at) if column == 0 else self._things.home(at))


class OfMap:
    """The map: a row for each measure, what chance would give beside it."""

    def __init__(self, report: Report) -> None:
        self.columns = headings(Scope.MAP)
        measures = MEASURES[Scope.MAP]
        self.ids: Sequence[str] = [key for key in measures if not key.endswith(EXPECTED)]
        self._own = [of_map(report, key) for key in self.ids]
        expected = [_expected(key) for key in self.ids]
        self._chance = [of_map(report, key) if key in measures else None for key in expected]

    def said(self, at: int, column: int) -> str:
        """The cell as it is shown."""
        series = self._of(at, column)
        if self.columns[column].numbers:
            return "" if series is None else series.said(0)
        return self._words(at, column)

    def exact(self, rows: Sequence[int], column: int) -> list[str]:
        """Cells of a column as they are copied."""
        if not self.columns[column].numbers:
            return [self._words(at, column) for at in rows]
        found = (self._of(at, column) for at in rows)
        return ["" if series is None else series.exact()[0] for series in found]

    def told(self, at: int, column: int) -> str:
        """The cell in a sentence."""
        series = self._of(at, column)
        if self.columns[column].numbers and series is not None:
            return series.told(0, str(_THE_MAP()))
        return str(about(self._own[at].measure)) if not self.columns[column].numbers else ""

    def numbers(self, column: int) -> Values | None:
        """The numbers of a column; None for words."""
        return (self._values, self._expected)[column - 1] if self.columns[column].numbers else None

    def bar(self, _at: int, _column: int) -> float:
        """No bars: the rows are not of one kind."""
        return 0.0

    def having(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """In which rows does every word occur?"""
        told = [" ".join(self._words(at, c) for c in (0, 3, 4)).casefold() for at in range(len(self.ids))]
        return np.array([all(word in one for word in words) for one in told], dtype=bool)

    def ranks(self, column: int) -> NDArray[np.intp]:
        """The order of a column of words."""
        told = [self._words(at, column).casefold() for at in range(len(self.ids))]
        place = {words: rank for rank, words in enumerate(sorted(set(told)))}
        return np.array([place[words] for words in told], dtype=np.intp)

    def about(self, at: int, _column: int) -> tuple[str, str]:
        """The name of the measure of a row, and what there is to know of it."""
        measure = self._own[at].measure
        return str(measure.name()), str(about(measure))

    @cached_property
    def _values(self) -> Values:
        return np.array([series.values[0] for series in self._own])

    @cached_property
    def _expected(self) -> Values:
        return np.array([math.nan if s is None else s.values[0] for s in self._chance])

    def _of(self, at: int, column: int) -> Series | None:
        return self._chance[at] if column == 2 else self._own[at]

    def _words(self, at: int, column: int) -> str:
        measure = self._own[at].measure
        words = {0: measure.name, 3: measure.unit, 4: measure.definition}.get(column)
        return str(words()) if words is not None else NOTHING


def _expected(key: str) -> str:
    """The key of what chance would give: "ei_expected" for "ei_index"."""
    return f"{key.removesuffix('_index')}{EXPECTED}"
