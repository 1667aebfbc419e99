"""Where names can be written beside dots so that none lies on another. Pure geometry, in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 5.0  # px between a dot's middle and its name, beyond the dot itself
Size = tuple[float, float]  # width, height
Place = tuple[float, float]  # left, top
Points = NDArray[np.float64]  # n x 2


def placed(
    anchors: Points,
    sizes: Sequence[Size],
    order: Sequence[int],
    room: tuple[float, float],
    radius: float = 5.0,
) -> dict[int, Place]:
    """Left and top of each name that finds a place, in the order in which they may choose.

    `anchors`: all dots, n x 2; `order`: those with names, whose sizes are `sizes[k]` for `order[k]`;
    `room`: width and height of the ground. O(names x dots).
    """
    found: dict[int, Place] = {}
    taken: list[tuple[float, float, float, float]] = []
    for size, at in zip(sizes, order, strict=True):
        for left, top in _around(anchors[at], size, radius):
            box = (left, top, left + size[0], top + size[1])
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]
            if inside and not any(_overlap(box, one) for one in taken) and not _covers(box, anchors, radius):
                found[at] = left, top
                taken.append(box)
                break
    return found


def _around(anchor: NDArray[np.float64], size: Size, radius: float) -> Iterator[Place]:
    """The places beside a dot, the best to read first."""
    x, y = float(anchor[0]), float(anchor[1])
    width, height = size
    off = radius + GAP
    slant = off * 0.7
    yield x + off, y - height / 2
    yield x - off - width, y - height / 2
    yield x - width / 2, y - off - height
    yield x - width / 2, y + off
    yield x + slant, y - slant - height
    yield x + slant, y + slant
    yield x - slant - width, y - slant - height
    yield x - slant - width, y + slant


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _covers(box: tuple[float, float, float, float], anchors: Points, radius: float) -> bool:
    """Does a dot lie under the box?"""
    xs, ys = anchors[:, 0], anchors[:, 1]
    grown = radius * 0.8
    return bool(
        ((xs > box[0] - grown) & (xs < box[2] + grown) & (ys > box[1] - grown) & (ys < box[3] + grown)).any()
    )
