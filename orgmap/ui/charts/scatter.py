"""Two measures against one another: who stands apart, and do they go together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.measure_catalogue import Scope
from orgmap.drawing.plain import shown
from orgmap.i18n import Said, names, text
from orgmap.ui.charts.chart import Axis, Chart, Guide, Kind, Mark, padded
from orgmap.ui.charts.distribution import listed, with_unit
from orgmap.ui.measured import Series, Things, Values, number

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
    marks, apart = _marks(things, first, second, rows)
    order = sorted(range(len(marks)), key=lambda at: (-apart[at], marks[at].ids))
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


def _marks(
    things: Things, first: Series, second: Series, rows: NDArray[np.intp]
) -> tuple[list[Mark], list[float]]:
    """The dots, and how far each stands from the crowd."""
    xs, ys = first.values[rows], second.values[rows]
    apart = np.hypot(_spread(xs), _spread(ys))
    groups: dict[tuple[float, float], list[int]] = {}
    for place, spot in enumerate(zip(xs.round(9).tolist(), ys.round(9).tolist(), strict=True)):
        groups.setdefault(spot, []).append(place)
    marks, distances = [], []
    for places in groups.values():
        at = [int(rows[place]) for place in places]
        who = listed(things, rows[places], TOLD)
        told = _POINT(
            name=who if len(at) == 1 else _SAME(n=len(at), who=who),
            across=first.measure.name(),
            x=first.said(at[0]),
            up=second.measure.name(),
            y=second.said(at[0]),
        )
        name = who if len(at) <= 2 else listed(things, rows[places], 1)
        marks.append(
            Mark(
                ids=tuple(things.ids[row] for row in at),
                x=float(xs[places[0]]),
                y=float(ys[places[0]]),
                told=str(told),
                name=str(Said(_PLAIN, (("names", name),))),
            )
        )
        distances.append(float(apart[places[0]]))
    return marks, distances


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
