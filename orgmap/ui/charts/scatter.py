"""Two measures against one another: who stands apart, and do they go together."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.measure_catalogue import Scope
from orgmap.drawing.plain import shown
from orgmap.i18n import Said, names, text
from orgmap.ui.charts.chart import Axis, Chart, Guide, Kind, Mark, padded
from orgmap.ui.charts.distribution import listed, with_unit
from orgmap.ui.measured import Series, Things, Values, number

CROWD = 1_500  # dots from which those that would cover one another are one
CELLS = 150  # in which they are gathered, across and up
LABELS = 40  # names tried at most, those first that stand apart most
TOLD = 5  # people named in words
STRONG, WEAK = 0.6, 0.25  # rank correlation from which two measures go together; below, they do not
FEW = 8  # people below which nothing is said of how two measures go together

_TITLE = text("chart", "{up} against {across}")
_POINT = text("chart", "{name}: {across} {x}, {up} {y}.")
_SAME = text("chart", "{n} share this place: {who}.")
_MIDDLE = text("chart", "middle {value}")
_TOGETHER = text("chart", "Who is high in one is mostly high in the other (rank correlation {value}).")
_AGAINST = text("chart", "Who is high in one is mostly low in the other (rank correlation {value}).")
_SOME = text("chart", "The two go together a little (rank correlation {value}).")
_APART = text("chart", "The one says little about the other (rank correlation {value}).")
_OUTLIERS = text("chart", "Furthest from the crowd: {who}.")
_NONE = text("chart", "Nobody has numbers for both.")
_LEFT = text(
    "chart", "{n} lacks one of the two and is left out.", "{n} lack one of the two and are left out."
)
_NAME = text("chart", "Name")


def scatter(things: Things, across: str, up: str) -> Chart:
    """A dot for everything that has both numbers; several in one place are one dot."""
    first, second = things.series(across), things.series(up)
    title = str(_TITLE(up=second.measure.name(), across=first.measure.name()))
    rows = np.flatnonzero(first.defined & second.defined)
    if not len(rows):
        return Chart(kind=Kind.SCATTER, title=title, empty=_NONE(), summary=(str(_NONE()),))
    xs, ys = first.values[rows], second.values[rows]
    groups = _gathered(xs, ys)
    apart = np.hypot(_spread(xs), _spread(ys))
    order = sorted(range(len(groups)), key=lambda at: (-apart[groups[at][0]], groups[at][0]))
    named = set(order[:LABELS])
    marks = [
        _mark(things, first, second, rows[places], named=at in named) for at, places in enumerate(groups)
    ]
    middles = float(np.median(xs)), float(np.median(ys))
    return Chart(
        kind=Kind.SCATTER,
        title=title,
        across=Axis(with_unit(first), *padded(xs.tolist())),
        up=Axis(with_unit(second), *padded(ys.tolist(), 0.09)),
        marks=tuple(marks),
        guides=(
            Guide(str(_MIDDLE(value=number(middles[0]))), x=middles[0]),
            Guide(str(_MIDDLE(value=number(middles[1]))), y=middles[1]),
        ),
        named=tuple(order[:LABELS]),
        summary=_summary(things, xs, ys, [marks[at] for at in order[:TOLD]], len(things.ids) - len(rows)),
        heads=(str(_NAME()), str(first.measure.name()), str(second.measure.name())),
        rows=tuple(
            (things.name(int(at)), x, y)
            for at, x, y in zip(rows, first.exact(rows.tolist()), second.exact(rows.tolist()), strict=True)
        ),
    )


def _gathered(xs: Values, ys: Values) -> list[list[int]]:
    """Those who share a place, from left to right; on large maps also those who cannot be told apart."""
    places = [_cells(values) if len(xs) > CROWD else values.round(9) for values in (xs, ys)]
    groups: dict[tuple[float, float], list[int]] = {}
    for place, spot in enumerate(zip(*(one.tolist() for one in places), strict=True)):
        groups.setdefault((spot[0], spot[1]), []).append(place)
    return [groups[spot] for spot in sorted(groups)]


def _cells(values: Values) -> Values:
    """The cell of each number, of `CELLS` from the least to the most."""
    span = float(np.ptp(values))
    cells: Values = np.floor((values - values.min()) / (span or 1.0) * CELLS)
    return cells


def _mark(things: Things, first: Series, second: Series, rows: NDArray[np.intp], *, named: bool) -> Mark:
    """The dot of those in `rows`, who stand in one place."""
    at = int(rows[0])
    name = listed(things, rows, len(rows) if len(rows) <= 2 else 1) if named else None
    return Mark(
        ids=tuple(things.ids[row] for row in rows.tolist()),
        x=float(first.values[at]),
        y=float(second.values[at]),
        told=partial(_told, things, first, second, rows),
        name=str(_PLAIN(names=name)) if name is not None else "",
    )


def _told(things: Things, first: Series, second: Series, rows: NDArray[np.intp]) -> Said:
    at, who = int(rows[0]), listed(things, rows, TOLD)
    return _POINT(
        name=who if len(rows) == 1 else _SAME(n=len(rows), who=who),
        across=first.measure.name(),
        x=first.said(at),
        up=second.measure.name(),
        y=second.said(at),
    )


_PLAIN = text("list", "{names}")


def _spread(values: Values) -> Values:
    """How far each number is from the middle one, in units that large numbers do not stretch."""
    off = values - np.median(values)
    usual = float(np.median(np.abs(off))) or float(np.abs(off).mean()) or 1.0
    return off / usual


def _summary(things: Things, xs: Values, ys: Values, outliers: list[Mark], missing: int) -> tuple[str, ...]:
    said = []
    if len(xs) >= FEW and things.scope is not Scope.LINKS:
        found = rank_correlation(xs, ys)
        if found is not None:
            size = abs(found)
            strong = _TOGETHER if found > 0 else _AGAINST
            chosen = strong if size >= STRONG else _SOME if size >= WEAK and found > 0 else _APART
            if WEAK <= size < STRONG and found < 0:
                chosen = _AGAINST
            said.append(str(chosen(value=number(found))))
    who = [things.name(things.place_of[key]) for mark in outliers for key in mark.ids[:1]]
    said.append(str(_OUTLIERS(who=names(map(shown, who), most=TOLD))))
    return (*said, str(_LEFT(n=missing))) if missing else tuple(said)


def rank_correlation(xs: Values, ys: Values) -> float | None:
    """Spearman's rho, -1..1; None where one of the two never changes."""
    one, other = _ranks(xs), _ranks(ys)
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum() / size) if size else None


def _ranks(values: Values) -> Values:
    """Ranks from 0, equal numbers sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((ends - counts) + (ends - 1))[inverse] / 2.0
