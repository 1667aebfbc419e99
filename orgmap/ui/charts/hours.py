"""Hours of contact by person, against those they have."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import names, text
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.ui.charts.chart import Axis, Chart, Curve, Kind, Mark
from orgmap.ui.charts.distribution import left_out, with_unit
from orgmap.ui.measured import Things, Values, number

ROWS = 24  # people shown at most
LETTERS = 22  # of a name beside the axis
HALF = 0.36  # of a row: half of a bar's height

_TITLE = text("chart", "Hours of contact a week")
_SPENT = text("chart", "{name}: {hours} hours a week on the links drawn.")
_OF = text("chart", "{name}: {hours} hours a week on the links drawn, of {stated} stated.")
_OVER = text(
    "chart", "{name}: {hours} hours a week on the links drawn, {over} more than the {stated} stated."
)
_SHORT = text("chart", "{hours} of {stated}")
_SHORT_OVER = text("chart", "{hours} of {stated}: {over} over")
_STATED = text("chart", "hours stated")
_MORE = text("chart", "more than stated")
_NOBODY = text("chart", "Nobody has more contact than the hours stated.")
_SOME = text("chart", "More contact than the hours stated: {who}.")
_UNKNOWN = text("chart", "Nobody's hours are stated. They can be filled in for each person in the inspector.")
_PART = text("chart", "Hours are stated for {n} of {all} people.")
_SHOWN = text("chart", "Shown are the {n} of {all} people with most hours.")
_SHOWN_OVER = text(
    "chart", "Shown are {n} of {all} people: those with more than stated, then those with most hours."
)
_MOST = text("chart", "Most hours: {name}, {hours} a week.")
_EMPTY = text(
    "chart", "No link says both how often and how long. Once links do, the hours of each person stand here."
)
_HEADS = (text("chart", "Name"), text("chart", "Hours of contact"), text("chart", "Hours stated"))


def hours(things: Things, document: Document, most: int = ROWS) -> Chart:
    """A bar for each of `most` people, with a stroke at the hours stated.

    `document`: the map as it is shown.
    """
    series = things.series("hours_per_week")
    title = str(_TITLE())
    spent = series.values
    stated = np.array([_stated(document, key) for key in things.ids], dtype=float)
    rows = np.flatnonzero(np.isfinite(spent) & (spent > 0))
    if not len(rows):
        return Chart(kind=Kind.HOURS, title=title, empty=_EMPTY(), summary=(str(_EMPTY()),))
    over = np.nan_to_num(spent - stated, nan=-math.inf)
    first = sorted(rows.tolist(), key=lambda at: (-max(over[at], 0.0), -spent[at], at))[:most]
    first.sort(key=lambda at: (-spent[at], at))
    marks = [
        _bar(things, at, len(first) - 1 - row, float(spent[at]), float(stated[at]))
        for row, at in enumerate(first)
    ]
    strokes = [(float(stated[at]), len(first) - 1 - row) for row, at in enumerate(first) if stated[at] >= 0]
    widest = max(float(spent[first].max()), max((x for x, _ in strokes), default=0.0))
    ticks = tuple(
        (mark.y, middle_cut(shown(things.name(at)), LETTERS)) for mark, at in zip(marks, first, strict=True)
    )
    signs = (("\N{BOX DRAWINGS HEAVY VERTICAL}", str(_STATED())),) if strokes else ()
    if any(mark.over for mark in marks):
        signs = (*signs, ("\N{SQUARE WITH UPPER RIGHT TO LOWER LEFT FILL}", str(_MORE())))
    return Chart(
        kind=Kind.HOURS,
        title=title,
        across=Axis(with_unit(series), 0.0, widest * 1.3),
        up=Axis("", -0.7, len(first) - 0.3, ticks),
        marks=tuple(marks),
        curves=(_strokes(strokes),) if strokes else (),
        named=tuple(range(len(marks))),
        signs=signs,
        summary=_summary(things, spent, stated, rows.tolist(), len(first)),
        heads=tuple(str(head()) for head in _HEADS),
        rows=tuple(
            (things.name(at), f"{spent[at]:.12g}", "" if math.isnan(stated[at]) else f"{stated[at]:.12g}")
            for at in sorted(rows.tolist(), key=lambda at: (-spent[at], at))
        ),
    )


def _stated(document: Document, key: str) -> float:
    node = document.nodes.get(NodeId(key))
    return math.nan if node is None or node.hours is None else node.hours


def _bar(things: Things, at: int, row: int, spent: float, stated: float) -> Mark:
    name = shown(things.name(at))
    over = spent > stated
    if math.isnan(stated):
        told, short = partial(_SPENT, name=name, hours=round(spent, 12)), number(spent)
    elif over:
        told = partial(_OVER, name=name, hours=spent, stated=stated, over=spent - stated)
        short = str(_SHORT_OVER(hours=spent, stated=stated, over=spent - stated))
    else:
        told = partial(_OF, name=name, hours=spent, stated=stated)
        short = str(_SHORT(hours=spent, stated=stated))
    box = (0.0, row - HALF, spent, row + HALF)
    x = spent if math.isnan(stated) else max(spent, stated)
    return Mark(ids=(things.ids[at],), x=x, y=float(row), told=told, name=short, box=box, over=bool(over))


def _strokes(places: list[tuple[float, int]]) -> Curve:
    """All strokes as one line with gaps."""
    xs: list[float] = []
    ys: list[float] = []
    for x, row in places:
        xs += [x, x, math.nan]
        ys += [row - 0.46, row + 0.46, math.nan]
    return Curve("", tuple(xs), tuple(ys))


def _summary(
    things: Things, spent: Values, stated: Values, rows: list[int], shown_rows: int
) -> tuple[str, ...]:
    most = max(rows, key=lambda at: (spent[at], -at))
    said = [str(_MOST(name=shown(things.name(most)), hours=float(spent[most])))]
    known = int(np.isfinite(stated).sum())
    over = sorted((at for at in rows if spent[at] > stated[at]), key=lambda at: -(spent[at] - stated[at]))
    if over:
        said.append(str(_SOME(who=names(shown(things.name(at)) for at in over))))
    elif known:
        said.append(str(_NOBODY()))
    said.append(str(_PART(n=known, all=len(things.ids)) if known else _UNKNOWN()))
    if shown_rows < len(rows):
        said.append(str((_SHOWN_OVER if over else _SHOWN)(n=shown_rows, all=len(rows))))
    return (*said, *left_out(things, things.series("hours_per_week")))
