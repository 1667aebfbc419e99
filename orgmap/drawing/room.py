"""Where on a sheet there is room for a word, and where lines would run through it."""

from __future__ import annotations

import math

import numpy as np

from orgmap.drawing.columns import Floats
from orgmap.drawing.ways import Way

CELL = 4  # pixels of the grid on which room is kept
MOST_CELLS = 16_000_000  # of a grid, 130 MB; where two people are very far apart the cells are larger

Spot = tuple[float, float, float, float]  # left, top, right, bottom


class Room:
    """Which parts of the sheet are taken, on a grid of CELL pixels: a number per row, a bit per cell."""

    def __init__(self, width: float, height: float, cell: float) -> None:
        self._cell = cell
        self._across = int(width / cell) + 2
        self._taken = [0] * (int(height / cell) + 2)

    def free(self, spot: Spot) -> bool:
        """Is nothing there? What lies outside the sheet is free."""
        top, bottom, bits = self._cells(spot)
        return not any(row & bits for row in self._taken[top:bottom])

    def take(self, spot: Spot) -> None:
        """Keep this part."""
        top, bottom, bits = self._cells(spot)
        for row in range(top, min(bottom, len(self._taken))):
            self._taken[row] |= bits

    def _cells(self, spot: Spot) -> tuple[int, int, int]:
        """The rows, from and to, and the bits of the columns."""
        x0, y0, x1, y1 = spot
        cell = self._cell
        left, top = int(x0 / cell) if x0 > 0 else 0, int(y0 / cell) if y0 > 0 else 0
        right = min(int(x1 / cell) + 1, self._across) if x1 > -cell else 0
        bits = ((1 << (right - left)) - 1) << left if right > left else 0
        return top, int(y1 / cell) + 1 if y1 > -cell else 0, bits


class Ink:
    """How much of a part of the sheet lines cover, on a grid of `cell` pixels, or of MOST_CELLS."""

    def __init__(self, width: float, height: float, cell: float, way: Way) -> None:
        cell = self._cell = max(cell, math.sqrt(width * height / MOST_CELLS))
        across, down = int(width / cell) + 1, int(height / cell) + 1
        points = way.sampled(1.4 * cell)[1] / cell
        inside = (points >= 0).all(axis=1) & (points[:, 0] < across) & (points[:, 1] < down)
        covered = np.zeros((down + 1, across + 1), dtype=np.int32)
        at = points[inside].astype(np.int64)
        covered[at[:, 1] + 1, at[:, 0] + 1] = 1
        self._sums = covered.cumsum(axis=0).cumsum(axis=1)

    def under(self, spots: Floats) -> Floats:
        """How long the lines under each of the spots (n, 4) are, in pixels; none outside the sheet."""
        down, across = self._sums.shape
        at = np.floor(spots / self._cell).astype(np.int64)
        x0, x1 = (np.clip(at[:, row] + (row > 1), 0, across - 1) for row in (0, 2))
        y0, y1 = (np.clip(at[:, row] + (row > 1), 0, down - 1) for row in (1, 3))
        sums = self._sums
        cells: Floats = (sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]).astype(np.float64)
        return cells * self._cell
