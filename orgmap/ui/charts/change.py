"""Before and after: whose number changed most since the numbers were kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from orgmap.analysis.findings import Report
from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.ui.charts.chart import Axis, Chart, Kind, Mark, padded
from orgmap.ui.charts.distribution import COUNTED, with_unit
from orgmap.ui.measured import NOTHING, Series, Things, Values, number

ROWS = 16  # shown at most, those that changed most
LETTERS = 22  # of a name beside the axis
MINUS = "\N{MINUS SIGN}"
STILL = 1e-9  # a number that moved by less is the same

_TITLE = text("chart", "{measure}, before and now")
_POINT = text("chart", "{name}: {measure} {now}, before {before} ({change}).")
_BEFORE, _NOW = text("chart", "before"), text("chart", "now")
_NOTHING_KEPT = text(
    "chart",
    "Nothing is kept as before yet. Keep the numbers of now, change the map, "
    "and see here whose numbers moved.",
)
_STILL = text("chart", "No number is another than before.")
_MOVED = text("chart", "{moved} of {all} have another number than before.")
_SHOWN = text("chart", "Shown are the {n} that changed most.")
_UP = text("chart", "Most up: {name}, by {change}.")
_DOWN = text("chart", "Most down: {name}, by {change}.")
_NEW = text("chart", "New since then: {counted}.")
_GONE = text("chart", "Gone since then: {counted}.")
_CHANGED_KIND = text("chart", "Number gained or lost: {counted}.")
_HEADS = (text("chart", "Name"), text("chart", "Before"), text("chart", "Now"), text("chart", "Change"))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept as before: the numbers, and the map they were of."""

    report: Report
    document: Document


def change(things: Things, before: Things | None, key: str, most: int = ROWS) -> Chart:
    """A row for each of those whose number moved most: a ring where it was, a dot where it is."""
    series = things.series(key)
    title = str(_TITLE(measure=series.measure.name()))
    if before is None:
        return _nothing(title, _NOTHING_KEPT())
    old = before.series(key)
    both = [at for at, thing in enumerate(things.ids) if thing in before.place_of]
    was = np.array([old.values[before.place_of[things.ids[at]]] for at in both], dtype=float)
    now = series.values[np.array(both, dtype=np.intp)] if both else np.empty(0)
    known = np.isfinite(was) & np.isfinite(now)
    moved = [k for k in np.flatnonzero(known).tolist() if abs(now[k] - was[k]) > STILL]
    moved.sort(key=lambda k: (-abs(now[k] - was[k]), both[k]))
    others = _others(things, before, int((np.isfinite(was) != np.isfinite(now)).sum()))
    if not moved:
        return _nothing(title, _STILL(), *others)
    marks, rows = [], []
    top = moved[:most]
    for row, k in enumerate(top):
        name, by = things.name(both[k]), float(now[k] - was[k])
        said = old.said(before.place_of[things.ids[both[k]]])
        told = partial(
            _POINT,
            name=shown(name),
            measure=series.measure.name(),
            now=series.said(both[k]),
            before=said,
            change=signed(by),
        )
        at = float(len(top) - 1 - row)
        marks.append(
            Mark(
                ids=(things.ids[both[k]],),
                x=float(now[k]),
                y=at,
                came=(float(was[k]), at),
                told=told,
                name=signed(by),
            )
        )
    for k in moved:
        rows.append((things.name(both[k]), f"{was[k]:.12g}", f"{now[k]:.12g}", f"{now[k] - was[k]:.12g}"))
    every = [*(float(was[k]) for k in top), *(float(now[k]) for k in top)]
    names = (middle_cut(shown(things.name(both[k])), LETTERS) for k in top)
    ticks = tuple(zip((mark.y for mark in marks), names, strict=True))
    return Chart(
        kind=Kind.CHANGE,
        title=title,
        across=Axis(with_unit(series), *padded(every, 0.12)),
        up=Axis("", -0.7, len(top) - 0.3, ticks),
        marks=tuple(marks),
        named=tuple(range(len(marks))),
        signs=(("\N{WHITE CIRCLE}", str(_BEFORE())), ("\N{BLACK CIRCLE}", str(_NOW()))),
        summary=(*_summary(things, series, both, was, now, moved, most), *others),
        heads=tuple(str(head()) for head in _HEADS),
        rows=tuple(rows),
    )


def signed(by: float) -> str:
    """A change with its sign."""
    if not math.isfinite(by):
        return NOTHING
    return f"+{number(by)}" if by > 0 else f"{MINUS}{number(-by)}"


def _nothing(title: str, why: Said, *more: str) -> Chart:
    return Chart(kind=Kind.CHANGE, title=title, empty=why, summary=(str(why), *more))


def _summary(
    things: Things,
    series: Series,
    both: list[int],
    was: Values,
    now: Values,
    moved: list[int],
    most: int,
) -> list[str]:
    said = [str(_MOVED(moved=len(moved), all=int(series.defined.sum())))]
    if len(moved) > most:
        said.append(str(_SHOWN(n=most)))
    for words, rising in ((_UP, True), (_DOWN, False)):
        k = next((k for k in moved if bool(now[k] > was[k]) is rising), None)
        if k is not None:
            said.append(str(words(name=shown(things.name(both[k])), change=signed(float(now[k] - was[k])))))
    return said


def _others(things: Things, before: Things, gained: int) -> list[str]:
    """Who cannot be compared."""
    new = sum(thing not in before.place_of for thing in things.ids)
    gone = sum(thing not in things.place_of for thing in before.ids)
    counted = COUNTED[things.scope]
    pairs = ((_NEW, new), (_GONE, gone), (_CHANGED_KIND, gained))
    return [str(words(counted=counted(n=n))) for words, n in pairs if n]
