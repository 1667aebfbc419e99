"""How a measure is spread: so many people between these numbers and those."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.measure_catalogue import Scope
from orgmap.drawing.plain import shown
from orgmap.i18n import Names, Text, names, text
from orgmap.ui.charts.chart import Axis, Chart, Guide, Kind, Mark
from orgmap.ui.measured import Series, Things, Values, number

FEWEST, MOST = 8, 24  # bars
EACH = 24  # whole numbers up to this span get a bar each
NAMED = 8  # people named in the words of a bar, and above it while they are at most `ABOVE`
ABOVE = 2

COUNTED: dict[Scope, Text] = {
    Scope.PEOPLE: text("chart", "{n} person", "{n} people"),
    Scope.MODULES: text("chart", "{n} module", "{n} modules"),
    Scope.LINKS: text("chart", "{n} link", "{n} links"),
}
UP: dict[Scope, Text] = {
    Scope.PEOPLE: text("chart", "People"),
    Scope.MODULES: text("chart", "Modules"),
    Scope.LINKS: text("chart", "Links"),
}
_TITLE = text("chart", "{measure}: how many have how much")
_WITH_UNIT = text("chart", "{measure} ({unit})")
_SPAN = text("chart", "{low} to {high}: {counted}. {who}")
_ONE = text("chart", "{value}: {counted}. {who}")
_MIDDLE = text("chart", "middle {value}")
_HALF = text("chart", "The middle number is {value}: half are at or below it, half at or above.")
_RANGE = text("chart", "The least is {least}: {low}. The most is {most}: {high}.")
_ALIKE = text("chart", "All {n} have {value}.")
_WITHOUT = text("chart", "Left out, without a number: {who}.")
_OPEN = text("chart", "Left out, without a way back: {who}.")
_NONE = text("chart", "There are no numbers of this kind on the map.")
_FROM, _TO, _COUNT, _WHO = (
    text("chart", "From"),
    text("chart", "To"),
    text("chart", "How many"),
    text("chart", "Who"),
)


def distribution(things: Things, key: str) -> Chart:
    """Bars over the numbers of one measure; each knows whom it holds."""
    series = things.series(key)
    label = with_unit(series)
    title = str(_TITLE(measure=series.measure.name()))
    rows = np.flatnonzero(series.defined)
    if not len(rows):
        return Chart(kind=Kind.DISTRIBUTION, title=title, empty=_NONE(), summary=(str(_NONE()),))
    values = series.values[rows]
    edges, each = _edges(values)
    which = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    marks = []
    for bar in range(len(edges) - 1):
        inside = rows[which == bar]
        if len(inside):
            inside = inside[np.argsort(-series.values[inside], kind="stable")]
            marks.append(_bar(things, inside, float(edges[bar]), float(edges[bar + 1]), each=each))
    middle = float(np.median(values))
    tallest = max(len(mark.ids) for mark in marks)
    gap = (float(edges[-1]) - float(edges[0])) * 0.02
    return Chart(
        kind=Kind.DISTRIBUTION,
        title=title,
        across=Axis(label, float(edges[0]) - gap, float(edges[-1]) + gap, whole=each),
        up=Axis(str(UP[things.scope]()), 0, tallest * 1.14, whole=True),
        marks=tuple(marks),
        guides=(Guide(str(_MIDDLE(value=number(middle))), x=middle),),
        named=tuple(at for at, mark in enumerate(marks) if mark.name),
        summary=_summary(things, series, rows, middle),
        heads=tuple(str(head()) for head in (_FROM, _TO, _COUNT, _WHO)),
        rows=tuple(_row(things, mark) for mark in marks),
    )


def with_unit(series: Series) -> str:
    """The name of a measure with what it is counted in."""
    return str(_WITH_UNIT(measure=series.measure.name(), unit=series.measure.unit()))


def left_out(things: Things, series: Series) -> list[str]:
    """Whom a chart cannot show, in words."""
    pairs = ((_WITHOUT, np.isnan(series.values)), (_OPEN, np.isinf(series.values)))
    return [str(words(who=listed(things, np.flatnonzero(there)))) for words, there in pairs if there.any()]


def listed(things: Things, rows: NDArray[np.intp], most: int = 3) -> Names:
    """What rows are called, the first of them by name."""
    who = [shown(things.name(int(at))) for at in rows[:most]]
    return names((*who, *[""] * (len(rows) - len(who))), most=len(who))


def _edges(values: Values) -> tuple[Values, bool]:
    """Where bars begin and end, and has each whole number its own?"""
    least, most = float(values.min()), float(values.max())
    if np.all(values == np.round(values)) and most - least <= EACH:
        return np.arange(least - 0.5, most + 1.0, dtype=np.float64), True
    if least == most:
        return np.array([least - 0.5, least + 0.5]), False
    count = min(max(len(np.histogram_bin_edges(values, bins="auto")) - 1, FEWEST), MOST)
    step = _round_step((most - least) / count)
    first = math.floor(least / step) * step
    return first + step * np.arange(math.floor((most - first) / step) + 2, dtype=np.float64), False


def _round_step(step: float) -> float:
    """The next width of a bar that reads well: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return float(next(power * by for by in (1, 2, 5, 10) if power * by >= step * 0.999))


def _bar(things: Things, inside: NDArray[np.intp], low: float, high: float, *, each: bool) -> Mark:
    counted = COUNTED[things.scope](n=len(inside))
    who = listed(things, inside, NAMED)
    if each:
        told = partial(_ONE, value=number((low + high) / 2), counted=counted, who=who)
    else:
        told = partial(_SPAN, low=number(low), high=number(high), counted=counted, who=who)
    gap = (high - low) * 0.06
    return Mark(
        ids=tuple(things.ids[int(at)] for at in inside),
        x=(low + high) / 2,
        y=float(len(inside)),
        told=told,
        name=", ".join(who.names) if len(inside) <= ABOVE else "",
        box=(low + gap, 0.0, high - gap, float(len(inside))),
    )


def _summary(things: Things, series: Series, rows: NDArray[np.intp], middle: float) -> tuple[str, ...]:
    values = series.values[rows]
    lowest, highest = rows[values == values.min()], rows[values == values.max()]
    low, high = int(lowest[0]), int(highest[0])
    if values.min() == values.max():
        said = [str(_ALIKE(n=len(rows), value=series.said(low)))]
    else:
        said = [
            str(
                _RANGE(
                    least=series.said(low),
                    low=listed(things, lowest, 1),
                    most=series.said(high),
                    high=listed(things, highest, 1),
                )
            ),
            str(_HALF(value=number(middle))),
        ]
    return (*said, *left_out(things, series))


def _row(things: Things, mark: Mark) -> tuple[str, ...]:
    assert mark.box is not None
    places = [things.place_of[key] for key in mark.ids]
    width = mark.box[2] - mark.box[0]
    gap = width * 0.06 / 0.88
    who = ", ".join(things.name(at) for at in places)
    return (f"{mark.box[0] - gap:.12g}", f"{mark.box[2] + gap:.12g}", str(len(places)), who)
