"""The cells of a picture that are drawn anew, all in one go, and what of a drawing touches them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from orgmap.drawing.columns import Flags, Floats

CELL = 16  # pixels: narrow enough to follow a slanting line
CAP = 3.0  # pixels that what is drawn along a line reaches out of it, at least


@dataclass(frozen=True, eq=False)
class Mosaic:
    """`taken`: which cells (rows, columns) of a picture are drawn anew; all else on it is left as it is."""

    taken: Flags
    width: int
    height: int
    _grown: dict[int, Flags] = field(default_factory=dict)

    @staticmethod
    def of(boxes: Floats, width: int, height: int) -> Mosaic:
        """The cells in which boxes (n, 4) lie: x0, y0, x1, y1, pixels of a picture of this size."""
        across, down = -(-width // CELL), -(-height // CELL)
        low = np.clip(np.floor(boxes[:, :2] / CELL), 0, (across, down)).astype(np.int64)
        high = np.clip(np.floor(boxes[:, 2:] / CELL) + 1, 0, (across, down)).astype(np.int64)
        (left, top), (right, bottom) = low.T, high.T
        edges = np.zeros((down + 1) * (across + 1), dtype=np.int64)
        for rows, columns, sign in ((top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)):
            edges += sign * np.bincount(rows * (across + 1) + columns, minlength=len(edges))
        depth = edges.reshape(down + 1, across + 1).cumsum(axis=0).cumsum(axis=1)
        return Mosaic(depth[:down, :across] > 0, width, height)

    @cached_property
    def share(self) -> float:
        """How much of the picture it is, 0 to 1."""
        return float(self.taken.mean()) if self.taken.size else 0.0

    @cached_property
    def rect(self) -> QRect:
        """The rectangle round all taken cells; empty without any."""
        rows, columns = np.flatnonzero(self.taken.any(axis=1)), np.flatnonzero(self.taken.any(axis=0))
        if not len(rows):
            return QRect()
        left, top = int(columns[0]) * CELL, int(rows[0]) * CELL
        right, bottom = int(columns[-1] + 1) * CELL, int(rows[-1] + 1) * CELL
        return QRect(left, top, right - left, bottom - top).intersected(QRect(0, 0, self.width, self.height))

    def lay(self, piece: NDArray[np.uint32], picture: NDArray[np.uint32]) -> None:
        """Put into a picture (height, width) what a drawing of `rect` shows of the taken cells."""
        dx, dy = self.rect.x(), self.rect.y()
        rows = np.flatnonzero(self.taken.any(axis=1))
        steps = np.diff(np.pad(self.taken[rows].astype(np.int8), ((0, 0), (1, 1))), axis=1)
        for row, step in zip(rows.tolist(), steps, strict=True):
            top, bottom = row * CELL, min((row + 1) * CELL, self.height)
            for begin, end in np.flatnonzero(step).reshape(-1, 2).tolist():
                left, right = begin * CELL, min(end * CELL, self.width)
                picture[top:bottom, left:right] = piece[top - dy : bottom - dy, left - dx : right - dx]

    def touched(self, low: Floats, high: Floats) -> Flags:
        """Which boxes, corners (n, 2) and (n, 2) in pixels, touch a taken cell."""
        down, across = self.taken.shape
        x0, x1 = (_cells(side[:, 0], across) for side in (low, high))
        y0, y1 = (_cells(side[:, 1], down) for side in (low, high))
        wide, sums = across + 1, self._sums
        count = sums[(y1 + 1) * wide + x1 + 1] - sums[y0 * wide + x1 + 1]
        count -= sums[(y1 + 1) * wide + x0]
        count += sums[y0 * wide + x0]
        inside = (high[:, 0] >= 0) & (high[:, 1] >= 0) & (low[:, 0] < self.width) & (low[:, 1] < self.height)
        found: Flags = (count > 0) & inside
        return found

    def near(self, points: Floats, margin: float) -> Flags:
        """Which points (n, 2) lie within `margin` pixels of a taken cell, or little farther."""
        return self._at(points[:, 0] / CELL, points[:, 1] / CELL, margin)

    def cut(self, lines: Floats, width: float) -> Floats:
        """The parts of lines (n, 4), `width` pixels wide, seen in the taken cells, and a little more.

        No part ends in a taken cell, unless its line does.
        """
        along = lines[:, 2:] - lines[:, :2]
        if np.abs(along).max(initial=0.0) > self.width + self.height:
            lines = self._in_picture(lines, width)
            along = lines[:, 2:] - lines[:, :2]
        count = np.maximum(np.ceil(np.abs(along).max(axis=1) / CELL), 1).astype(np.int32)
        first = np.cumsum(count, dtype=np.int32) - count
        place = np.arange(count.sum(), dtype=np.int32) - np.repeat(first, count)
        step = (along / count[:, None] / CELL).astype(np.float32)
        middle = (lines[:, :2] / CELL).astype(np.float32) + step / 2
        x, y = (
            np.repeat(middle[:, axis], count) + np.repeat(step[:, axis], count) * place for axis in (0, 1)
        )
        hit = self._at(x, y, CELL / 2 + width / 2 + CAP)
        inner = place > 0
        begin, end = hit.copy(), hit.copy()
        begin[1:] &= ~(hit[:-1] & inner[1:])
        end[:-1] &= ~(hit[1:] & inner[1:])
        of = np.searchsorted(first, np.flatnonzero(begin), side="right") - 1
        share = np.stack((place[begin], place[end] + 1), axis=1) / count[of, None]
        start, along = lines[of, :2], along[of]
        parts: Floats = np.concatenate((start + along * share[:, :1], start + along * share[:, 1:]), axis=1)
        return parts

    def _in_picture(self, lines: Floats, width: float) -> Floats:
        """What of the lines lies on the picture or round it: most of a long one does not."""
        start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
        steps = np.where(np.abs(along) > 1e-9, along, 1e-9)
        edge = 2 * CELL + width
        sides = (-edge - start) / steps, ((self.width + edge, self.height + edge) - start) / steps
        begin = np.maximum(np.minimum(*sides).max(axis=1), 0.0)
        end = np.minimum(np.maximum(*sides).min(axis=1), 1.0)
        on = begin < end
        start, along, begin, end = start[on], along[on], begin[on, None], end[on, None]
        found: Floats = np.concatenate((start + along * begin, start + along * end), axis=1)
        return found

    def _at(self, x: NDArray[np.floating[Any]], y: NDArray[np.floating[Any]], margin: float) -> Flags:
        """Which points, in cells, lie within `margin` pixels of a taken one."""
        down, across = self.taken.shape
        column = np.fmin(np.fmax(x + 1, 0), across + 1).astype(np.int32)  # nan, without a place, to the edge
        row = np.fmin(np.fmax(y + 1, 0), down + 1).astype(np.int32)
        found: Flags = self._around(math.ceil(margin / CELL))[row * (across + 2) + column]
        return found

    def _around(self, cells: int) -> Flags:
        """The taken cells and those within a few of them, as one row, the grid having a rim of one cell."""
        if cells not in self._grown:
            down, across = self.taken.shape
            wide = np.pad(self.taken, cells + 1)
            for axis in (0, 1):
                wide = np.logical_or.reduce([np.roll(wide, by, axis) for by in range(-cells, cells + 1)])
            self._grown[cells] = wide[cells : cells + down + 2, cells : cells + across + 2].ravel()
        return self._grown[cells]

    @cached_property
    def _sums(self) -> NDArray[np.int32]:
        """How many cells are taken above and left of each corner of the grid."""
        down, across = self.taken.shape
        sums = np.zeros((down + 1, across + 1), dtype=np.int32)
        sums[1:, 1:] = self.taken.cumsum(axis=0).cumsum(axis=1)
        return sums.ravel()


def _cells(pixels: Floats, count: int) -> NDArray[np.int64]:
    """The cell of each pixel, or the nearest; 0 for what is nowhere, as a frame without a place is."""
    cells: NDArray[np.int64] = np.fmin(np.fmax(pixels / CELL, 0), count - 1).astype(np.int64)
    return cells
