"""Which measures colour and size the map, from the names of what was chosen and the numbers of a report."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from orgmap.analysis.findings import Report
from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.drawing.gauges import Gauge, gauge
from orgmap.i18n import text


class Gauged(StrEnum):
    """What of the map a measure alters; the names are those of the fields of `Looks` and `Showing`."""

    COLOUR = "colour"
    SIZE = "size"
    LINES = "lines"
    GROUNDS = "grounds"

    @property
    def scope(self) -> Scope:
        """What the measures are about that can be shown so."""
        return {Gauged.LINES: Scope.LINKS, Gauged.GROUNDS: Scope.MODULES}.get(self, Scope.PEOPLE)


_NO_WAY_BACK = text("legend", "no way back")


def offered(report: Report | None, what: Gauged) -> list[str]:
    """The measures that have a number for anybody, in the order of the catalogue."""
    if report is None:
        return []
    rows = _rows(report, what.scope).values()
    return [
        key for key in MEASURES[what.scope]
        if any((n := row.get(key)) is not None and math.isfinite(n) for row in rows)
    ]  # fmt: skip


def gauges(report: Report | None, chosen: Mapping[Gauged, str | None]) -> dict[str, Any]:
    """What is chosen, by the fields of `Looks`; None where nothing is, or nothing has a number."""
    return {
        what.value: _made(report, what.scope, key) if report is not None and key is not None else None
        for what, key in chosen.items()
    }


@lru_cache(maxsize=64)  # a report is compared by what it is, not by what it holds
def _kept(report: _Same, scope: Scope, key: str) -> Gauge | None:
    if key not in MEASURES[scope]:
        return None
    rows = _rows(report.it, scope)
    values = {any_id: float(n) for any_id, numbers in rows.items() if (n := numbers.get(key)) is not None}
    if key == "return_length":
        values |= {any_id: math.inf for any_id, numbers in rows.items() if numbers.get("open")}
        return gauge(MEASURES[scope][key].name, values, _NO_WAY_BACK)
    return gauge(MEASURES[scope][key].name, values)


def _rows(report: Report, scope: Scope) -> Mapping[Any, Mapping[str, float | bool | None]]:
    if scope is Scope.PEOPLE:
        return report.people
    return report.links if scope is Scope.LINKS else report.modules


class _Same:
    """A report that is equal to itself alone, so that a cache need not read it."""

    __slots__ = ("it",)

    def __init__(self, it: Report) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)


def _made(report: Report, scope: Scope, key: str) -> Gauge | None:
    return _kept(_Same(report), scope, key)
