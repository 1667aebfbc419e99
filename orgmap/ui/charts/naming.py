"""Which marks of a chart get their names written, and where, in pixels of the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics

from orgmap.ui.charts.chart import Chart, Kind
from orgmap.ui.charts.labels import Place, Points, Size, placed

DOT = 10  # px across
MOST = 20_000  # marks that names keep clear of


def places(chart: Chart, box: Any, metrics: QFontMetrics) -> dict[int, Place]:  # noqa: ANN401 - a ViewBox
    """Left and top of each name that has room, by mark; those that matter most come first."""
    rect = box.sceneBoundingRect()
    room = rect.width(), rect.height()
    (left, right), (foot, head) = box.viewRange()
    spots = np.array([(mark.x, mark.y) for mark in chart.marks[:MOST]])
    anchors = (spots - (left, head)) / (right - left, foot - head) * room
    named = [at for at in chart.named if at < len(anchors) and chart.marks[at].name]
    sizes = [(metrics.horizontalAdvance(chart.marks[at].name) + 2.0, float(metrics.height())) for at in named]
    match chart.kind:
        case Kind.SCATTER | Kind.ROBUSTNESS:
            seen = [
                k for k, at in enumerate(named)
                if 0 <= anchors[at][0] <= room[0] and 0 <= anchors[at][1] <= room[1]
            ]  # fmt: skip
            return placed(anchors, [sizes[k] for k in seen], [named[k] for k in seen], room, DOT / 2)
        case Kind.DISTRIBUTION:
            return _above(chart, box, anchors, named, sizes, room)
        case _:
            return _beside(chart, box, anchors, named, sizes, room)


def _beside(
    chart: Chart,
    box: Any,  # noqa: ANN401 - a ViewBox
    anchors: Points,
    named: Sequence[int],
    sizes: Sequence[Size],
    room: Size,
) -> dict[int, Place]:
    """Right of a bar's end, or of the dot that stands furthest right in its row."""
    found = {}
    left_rim = box.sceneBoundingRect().left()
    for at, (width, height) in zip(named, sizes, strict=True):
        mark, (x, y) = chart.marks[at], anchors[at]
        if mark.came is not None:
            x = max(x, box.mapViewToScene(QPointF(mark.came[0], mark.y)).x() - left_rim)
        left, top = float(x) + DOT, float(y) - height / 2
        if left >= 0 and left + width <= room[0] and top >= -2:
            found[at] = left, top
    return found


def _above(
    chart: Chart,
    box: Any,  # noqa: ANN401 - a ViewBox
    anchors: Points,
    named: Sequence[int],
    sizes: Sequence[Size],
    room: Size,
) -> dict[int, Place]:
    """Above a bar, where neither another bar nor its name is in the way."""
    found: dict[int, Place] = {}
    widths: dict[int, float] = {}
    wide = float(box.viewPixelSize()[0])
    for at, (width, height) in zip(named, sizes, strict=True):
        left, top = float(anchors[at][0]) - width / 2, float(anchors[at][1]) - height - 2
        inside = left >= 0 and left + width <= room[0] and top >= -2
        if inside and not _in_the_way(chart, anchors, (left, top, left + width, height), widths, wide, at):
            found[at] = left, top
            widths[at] = width
    return found


def _in_the_way(
    chart: Chart,
    anchors: Points,
    name: tuple[float, float, float, float],
    widths: Mapping[int, float],
    wide: float,
    own: int,
) -> bool:
    """Would a name (left, top, right, height) lie on another bar, or on its name? `wide`: units a pixel."""
    left, top, right, height = name
    for at, mark in enumerate(chart.marks):
        if mark.box is None or at == own:
            continue
        half = (mark.box[2] - mark.box[0]) / wide / 2
        bar_top = float(anchors[at][1])
        if at in widths:
            half = max(half, widths[at] / 2 + 4)
            bar_top -= height + 2
        middle = float(anchors[at][0])
        if left < middle + half and middle - half < right and bar_top < top + height - 1:
            return True
    return False
