"""The numbers of a report by person, module, link or for the map, ready to be shown. No widgets.

A number that is not defined is NaN here, a way back that does not exist is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.findings import Number, Report
from orgmap.analysis.measure_catalogue import MEASURES, NOTABLE_WORDS, SHARE, Measure, Scope
from orgmap.i18n import Said, language, say, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.model.query import home, name_of
from orgmap.ui.analyst import Analyst
from orgmap.ui.kinds import line_said

Values = NDArray[np.float64]

NOTHING = "\N{EN DASH}"  # where there is no number
EXPECTED = "_expected"  # behind the key of a measure: what chance alone would give
LARGEST_BASE = 999  # "11 of 40" up to here; beyond, nobody reads it faster than a share
NEAR = 1e-6  # a share of so many, if so near to a whole number of them

_OF = text("measure", "{n} of {all}")
_NO_WAY = text("measure", "no way back")
_LINES = text(
    "measure",
    "{definition} {notable}\n{edges}\nUnit: {unit}. Range: {range}. Source: {source}.",
)
_EXACT = text("measure", "{measure} of {name}: {value}, exactly {exact}")
_PLAIN = text("measure", "{measure} of {name}: {value}")
_NONE = text("measure", "{measure} of {name}: no number. {edges}")


class Series:
    """One measure over all things of a kind: an array of numbers, and what they are shares of, if known."""

    def __init__(self, key: str, measure: Measure, values: Values, bases: Values | None = None) -> None:
        self.key, self.measure, self.values, self._bases = key, measure, values, bases

    @cached_property
    def largest(self) -> float:
        """The largest size of a number, 0 if there is none: what bars are drawn against."""
        sizes = np.abs(self.values[np.isfinite(self.values)])
        return float(sizes.max()) if sizes.size else 0.0

    @property
    def defined(self) -> NDArray[np.bool_]:
        """Where there is a finite number."""
        return np.isfinite(self.values)

    def said(self, at: int) -> str:
        """The number as a cell shows it: "11 of 40", two decimals, or a dash."""
        value = float(self.values[at])
        if math.isnan(value):
            return NOTHING
        if math.isinf(value):
            return str(_NO_WAY())
        base = self._base(at)
        if base and self.measure.unit is SHARE and base <= LARGEST_BASE:
            return str(_OF(n=round(value * base), all=base))
        return number(value)

    def exact(self, rows: Sequence[int] | None = None) -> list[str]:
        """The numbers as a spreadsheet reads them; empty where there is none."""
        values = (self.values if rows is None else self.values[np.array(rows, dtype=np.intp)]).tolist()
        open_way = str(_NO_WAY())
        return [
            "" if value != value else f"{value:.12g}" if value != math.inf else open_way for value in values
        ]

    def told(self, at: int, name: str) -> str:
        """A sentence about one cell, with the number in full, or why there is none."""
        value = float(self.values[at])
        measure = self.measure
        if math.isnan(value):
            return str(_NONE(measure=measure.name(), name=name, edges=measure.edges()))
        said, exact = self.said(at), self.exact([at])[0]
        if measure.unit is not SHARE and math.isfinite(value) and (base := self._base(at)):
            said = str(_OF(n=round(value), all=base))
        if math.isinf(value) or exact == number(value) == said or float(value).is_integer():
            return str(_PLAIN(measure=measure.name(), name=name, value=said))
        return str(_EXACT(measure=measure.name(), name=name, value=said, exact=exact))

    def _base(self, at: int) -> int:
        """Of how many the number is a share or a count; 0 if that is not known."""
        if self._bases is None:
            return 0
        base, value = float(self._bases[at]), float(self.values[at])
        part = value * base if self.measure.unit is SHARE else value
        return round(base) if base > 0 and abs(part - round(part)) < NEAR * max(base, 1.0) else 0


class Things:
    """All people, modules or links of a report that are still on the map, with their numbers by key.

    `document` is the map as it is shown: names come from there. What is costly is read when first wanted.
    """

    def __init__(self, document: Document, report: Report, scope: Scope) -> None:
        self.scope, self._document, self._report = scope, document, report
        self._numbers: Mapping[str, Mapping[str, Number | bool]]
        match scope:
            case Scope.PEOPLE:
                self._numbers = {str(key): value for key, value in report.people.items()}
                self.ids = tuple(str(key) for key in document.nodes if key in report.people)
            case Scope.MODULES:
                self._numbers = {str(key): value for key, value in report.modules.items()}
                self.ids = tuple(str(key) for key in document.modules if key in report.modules)
            case _:
                self._numbers = {str(key): value for key, value in report.links.items()}
                self.ids = tuple(str(key) for key in document.links if key in report.links)
        self._series: dict[str, Series] = {}

    def series(self, key: str) -> Series:
        """The numbers of one measure, in the order of `ids`."""
        found = self._series.get(key)
        if found is None:
            values = self._read(key)
            measure = MEASURES[self.scope][key]
            found = self._series[key] = Series(key, measure, values, self._bases(key))
        return found

    def name(self, at: int) -> str:
        """What a row is called."""
        document, key = self._document, self.ids[at]
        if self.scope is Scope.LINKS:
            return str(line_said(document, document.links[LinkId(key)]))
        return name_of(document, _end(self.scope, key))

    def home(self, at: int) -> str:
        """The module a row belongs to; both of a link; empty without one."""
        if self.scope is not Scope.LINKS:
            return self._home(_end(self.scope, self.ids[at]))
        link = self._document.links[LinkId(self.ids[at])]
        return ", ".join(dict.fromkeys(filter(None, (self._home(link.source), self._home(link.target)))))

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """The row of each id."""
        return {key: at for at, key in enumerate(self.ids)}

    def having(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """In which rows does every word occur, in a name or in the module of one?"""
        ends = self._ends
        told = [f"{name_of(self._document, end)}\n{self._home(end)}".casefold() for end in ends[0]]
        kept = np.ones(len(self.ids), dtype=bool)
        for word in words:
            holds = np.array([word in one for one in told], dtype=bool)
            kept &= holds[ends[1]] | holds[ends[2]]
        return kept

    def ranks(self, *, homes: bool = False) -> NDArray[np.intp]:
        """The place of each row in the order of its name, or of its module; -1 where that is empty."""
        ends, first, second = self._ends
        told = [(self._home(end) if homes else name_of(self._document, end)).casefold() for end in ends]
        sorted_names = {name: rank for rank, name in enumerate(sorted(set(told) - {""}))}
        ranks = np.array([sorted_names.get(name, -1) for name in told], dtype=np.intp)
        if self.scope is not Scope.LINKS or homes:
            return ranks[first] if len(ranks) else np.empty(0, dtype=np.intp)
        return ranks[first] * (len(sorted_names) + 1) + ranks[second]

    @cached_property
    def _ends(self) -> tuple[list[EndId], NDArray[np.intp], NDArray[np.intp]]:
        """Whom the rows are about, and per row the two of them; twice the same but for links."""
        if self.scope is not Scope.LINKS:
            same = np.arange(len(self.ids), dtype=np.intp)
            return [_end(self.scope, key) for key in self.ids], same, same
        links = [self._document.links[LinkId(key)] for key in self.ids]
        ends = list(dict.fromkeys(end for link in links for end in (link.source, link.target)))
        place = {end: at for at, end in enumerate(ends)}
        first = np.array([place[link.source] for link in links], dtype=np.intp)
        return ends, first, np.array([place[link.target] for link in links], dtype=np.intp)

    def _home(self, end: EndId) -> str:
        """The name of the module that a node belongs to, or a module lies in."""
        node = self._document.nodes.get(NodeId(end))
        if node is not None:
            module = home(node)
        else:
            found = self._document.modules.get(ModuleId(end))
            module = found.parent if found is not None else None
        return name_of(self._document, module) if module is not None else ""

    def _read(self, key: str) -> Values:
        """The values of a key; open ways back are infinite."""
        rows = [self._numbers[thing] for thing in self.ids]
        found = np.array([_float(row.get(key)) for row in rows], dtype=float)
        if self.scope is Scope.LINKS and key == "return_length":
            found[[row.get("open") is True for row in rows]] = math.inf
        return found

    def _bases(self, key: str) -> Values | None:
        """What the numbers are parts of: people, pairs of others, lines."""
        size = len(self._report.people)
        if self.scope is Scope.PEOPLE:
            if key in ("in_degree", "out_degree"):
                return np.full(len(self.ids), float(size - 1))
            if key == "dependence":
                return np.full(len(self.ids), float((size - 1) * (size - 2)))
            if key == "reciprocity":
                return self._read("in_degree") + self._read("out_degree")
        if self.scope is Scope.MODULES and key == "reciprocity":
            return self._read("inside_links")
        return None


def of_map(report: Report, key: str) -> Series:
    """A measure of the map as a series of one."""
    people = len(report.people)
    lines = sum(_float(row.get("out_degree")) for row in report.people.values())
    pairs = float(people * (people - 1))
    base = {
        "density": pairs,
        "mutual_reach": pairs,
        "connectedness": pairs / 2,
        "fragmentation": pairs / 2,
        "reciprocity_arc": lines,
        "open_link_share": lines,
        "closed_link_share": lines,
    }.get(key)
    values = np.array([_float(report.map.get(key))], dtype=float)
    return Series(key, MEASURES[Scope.MAP][key], values, None if base is None else np.array([base]))


def number(value: float) -> str:
    """At most two decimals, as the language writes numbers; what is not quite 0 does not read as 0."""
    return language().number(round(value, 12))


def about(measure: Measure) -> Said:
    """What a measure means, its unit and range, when there is none, what to look at, and its source."""
    return _LINES(
        definition=measure.definition(),
        unit=measure.unit(),
        range=measure.range.words(),
        edges=measure.edges(),
        notable=NOTABLE_WORDS[measure.notable](),
        source=measure.source,
    )


def has_numbers(report: Report | None) -> bool:
    """Have the measures been worked out, or only the findings yet?"""
    return report is not None and bool(report.map or report.people)


def standing_of(analyst: Analyst, report: Report | None) -> str:
    """What is to be said of the age of numbers; empty if they are those of the map as it is."""
    waiting = analyst.busy or (analyst.fresh and not has_numbers(analyst.report))
    if report is None:
        if waiting:
            return say("table", "The numbers are being worked out.")
        return say("table", "There are no numbers yet.")
    if waiting:
        return say("table", "The map has changed; new numbers are being worked out.")
    if not analyst.fresh:
        return say("table", "The map has changed since; these numbers are older.")
    return ""


def _float(value: Number | bool) -> float:
    return math.nan if value is None else float(value)


def _end(scope: Scope, key: str) -> EndId:
    return NodeId(key) if scope is Scope.PEOPLE else ModuleId(key)
