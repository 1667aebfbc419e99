"""Which places of an axis are marked, and with what words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from orgmap.i18n import language
from orgmap.ui.charts.chart import Axis

STEPS = 8  # whole numbers marked on an axis at most


def ticks(axis: Axis, most: int = STEPS) -> list[list[tuple[float, str]]] | None:
    """The places with their words; None: those that pyqtgraph finds. `most`: steps there is room for."""
    most = max(2, min(STEPS, most))
    if axis.ticks is not None:
        return [list(axis.ticks)]
    if not axis.whole:
        return None
    span = max(axis.most - axis.least, 1.0)
    power = 10.0 ** math.floor(math.log10(span))
    step = next(
        s for s in (power / 10 * by for by in (1, 2, 5, 10, 20, 50)) if s >= 1 and span / s <= most + 0.5
    )
    first = math.ceil(axis.least / step) * step
    count = int((axis.most - first) // step) + 1
    return [[(first + k * step, language().number(first + k * step)) for k in range(count)]]


def numbered(values: Iterable[float], scale: float, spacing: float) -> list[str]:
    """The words of places `spacing` apart, for pyqtgraph: as many decimals as tell one from the next."""
    places = max(0, math.ceil(-math.log10(spacing * scale) - 1e-9))
    return [language().number(value * scale, places if value else 0) for value in values]
