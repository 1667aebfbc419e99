"""Few rectangles of pixels that hold many boxes: the parts of a picture that are drawn anew."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect

from orgmap.drawing.columns import Flags, Floats

CELL = 48  # pixels: the grid on which the rectangles lie


def patches(boxes: Floats, width: int, height: int, fixed: float) -> list[QRect]:
    """Rectangles that hold what of the boxes (n, 4), x0, y0, x1, y1, lies on a picture of this size.

    `fixed`: what beginning another rectangle costs, in pixels that could be drawn meanwhile.
    """
    across, down = -(-width // CELL), -(-height // CELL)
    if not len(boxes) or not across or not down:
        return []
    low = np.floor(boxes[:, :2] / CELL)
    high = np.floor(boxes[:, 2:] / CELL) + 1
    low, high = np.clip(low, 0, (across, down)), np.clip(high, 0, (across, down))
    left, top = low.astype(np.int64).T
    right, bottom = high.astype(np.int64).T
    edges = np.zeros((down + 1, across + 1), dtype=np.int64)
    for rows, columns, sign in ((top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)):
        np.add.at(edges, (rows, columns), sign)
    taken = edges.cumsum(axis=0).cumsum(axis=1)[:down, :across] > 0
    merged = _merged(_runs(taken), int(fixed / CELL**2))
    whole = QRect(0, 0, width, height)
    found = [QRect(x * CELL, y * CELL, (to - x) * CELL, (end - y) * CELL) for x, y, to, end in merged]
    return [rect.intersected(whole) for rect in found]


_Run = tuple[int, int, int, int]  # left, top, right, bottom: cells


def _runs(taken: Flags) -> list[_Run]:
    """The taken cells in runs along each row, those below one another and of one width as one."""
    done: list[_Run] = []
    above: dict[tuple[int, int], int] = {}  # where a run from, to began
    for row in range(len(taken) + 1):
        here: dict[tuple[int, int], int] = {}
        if row < len(taken):
            steps = np.flatnonzero(np.diff(np.concatenate(([0], taken[row].astype(np.int8), [0]))))
            for begin, end in steps.reshape(-1, 2).tolist():
                here[begin, end] = above.pop((begin, end), row)
        done += [(begin, top, end, row) for (begin, end), top in above.items()]
        above = here
    return done


def _merged(runs: list[_Run], spare: int) -> list[_Run]:
    """Fewer, larger ones where that draws little for nothing; no two of them overlap."""
    found: list[_Run] = []
    for run in runs:
        whole = run
        while True:
            for other in found:
                both = _round(whole, other)
                if _area(both) <= _area(whole) + _area(other) + spare or _overlap(whole, other):
                    found.remove(other)
                    whole = both
                    break
            else:
                break
        found.append(whole)
    return found


def _round(one: _Run, other: _Run) -> _Run:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _area(run: _Run) -> int:
    return (run[2] - run[0]) * (run[3] - run[1])


def _overlap(one: _Run, other: _Run) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
