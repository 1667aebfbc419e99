"""Boxes on shelves: no two overlap, boxes with lines between them stand near one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Size = tuple[float, float]
Place = tuple[float, float]

_SWAPPED = 40  # boxes up to which the order is improved by swapping; more keep the order given
_ROUNDS = 12


def packed(
    sizes: Sequence[Size], pulls: Mapping[tuple[int, int], float], *, gap: float, aspect: float = 1.5
) -> list[Place]:
    """The centre of each box, the whole centred on 0 and about `aspect` times as wide as high.

    `pulls[i, j]` (i < j) is how strongly two boxes belong together. Boxes come in rows; they are
    swapped while that shortens the lines between them.
    """
    n = len(sizes)
    if n == 0:
        return []
    order = _begun(n, pulls) if pulls else sorted(range(n), key=lambda i: (-sizes[i][1], i))
    area = sum((w + gap) * (h + gap) for w, h in sizes)
    width = max(max(w for w, _ in sizes), (area * aspect) ** 0.5)
    best = _shelved(order, sizes, width, gap)
    if n > _SWAPPED or not pulls:
        return best
    shape = np.array(sizes) / 2
    ends = np.array(list(pulls), dtype=np.intp).reshape(-1, 2)
    strength = np.array(list(pulls.values()))
    cost = _cost(best, ends, strength, shape, aspect)
    for _ in range(_ROUNDS):
        better = False
        for i in range(n):
            for j in range(i + 1, n):
                order[i], order[j] = order[j], order[i]
                tried = _shelved(order, sizes, width, gap)
                tried_cost = _cost(tried, ends, strength, shape, aspect)
                if tried_cost < cost - 1e-6:
                    best, cost, better = tried, tried_cost, True
                else:
                    order[i], order[j] = order[j], order[i]
        if not better:
            break
    return best


def _begun(n: int, pulls: Mapping[tuple[int, int], float]) -> list[int]:
    """An order in which each next box is the one drawn most to those already standing."""
    strength = [[0.0] * n for _ in range(n)]
    for (i, j), pull in pulls.items():
        strength[i][j] += pull
        strength[j][i] += pull
    left = set(range(n))
    at = max(left, key=lambda i: (sum(strength[i]), -i))
    order = [at]
    left.discard(at)
    while left:
        at = max(left, key=lambda i: (sum(strength[i][j] / (1 + k) for k, j in enumerate(order[::-1])), -i))
        order.append(at)
        left.discard(at)
    return order


def _shelved(order: Sequence[int], sizes: Sequence[Size], width: float, gap: float) -> list[Place]:
    rows: list[list[int]] = [[]]
    filled = 0.0
    for i in order:
        if rows[-1] and filled + sizes[i][0] > width * 1.05:
            rows.append([])
            filled = 0.0
        rows[-1].append(i)
        filled += sizes[i][0] + gap
    places: list[Place] = [(0.0, 0.0)] * len(sizes)
    heights = [max(sizes[i][1] for i in row) for row in rows]
    y = -(sum(heights) + gap * (len(rows) - 1)) / 2
    for row, height in zip(rows, heights, strict=True):
        x = -(sum(sizes[i][0] for i in row) + gap * (len(row) - 1)) / 2
        for i in row:
            places[i] = (x + sizes[i][0] / 2, y + height / 2)
            x += sizes[i][0] + gap
        y += height + gap
    return places


def _cost(
    places: Sequence[Place],
    ends: npt.NDArray[np.intp],
    strength: npt.NDArray[np.float64],
    shape: npt.NDArray[np.float64],
    aspect: float,
) -> float:
    """Length of the lines, plus a little for an outline far from the wanted shape."""
    at = np.array(places)
    gap = at[ends[:, 0]] - at[ends[:, 1]]
    wide, high = (at + shape).max(axis=0)
    lines = float((np.hypot(gap[:, 0], gap[:, 1]) * strength).sum())
    return lines * 0.01 + max(float(wide), float(high) * aspect)
