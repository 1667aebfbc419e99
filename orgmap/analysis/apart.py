"""Pushing boxes apart until no two overlap, moving each as little as it takes. Deterministic.

Boxes are given by their middles (n, 2) and half their widths and heights (n, 2), with half the gap
wanted between two; map units.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from orgmap.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

_NONE: Ints = np.empty((0, 2), dtype=np.intp)
_ROUNDS = 250  # of pushing, before each is dealt a spot of its own
_WIDEN_EVERY = 6  # rounds
_LARGE = 3.0  # times the middle size; such boxes are compared with all others


def apart(
    at: Floats,
    halves: Floats,
    fixed: Bools | None = None,
    *,
    widen: float = 0.3,
    progress: Progress = SILENT,
) -> Floats:
    """The middles where no two boxes overlap.

    `fixed` boxes stay; two fixed ones may overlap. Where nothing is fixed, all move away from the
    middle while it is crowded, which keeps the shape: by at most `widen` of the way now and then.
    """
    at = at.copy()
    n = len(at)
    if n < 2:
        return at
    free = np.ones(n) if fixed is None else (~fixed).astype(float)
    if not free.any():
        return at
    at += (np.arange(n)[:, None] * np.array([1e-3, 1.7e-3])) * free[:, None]  # no two on one spot
    for round_ in range(_ROUNDS):
        pairs = overlapping(at, halves, free)
        if not len(pairs):
            return at
        progress.at(round_ / _ROUNDS)
        i, j = pairs[:, 0], pairs[:, 1]
        gap = at[j] - at[i]
        deep = halves[i] + halves[j] - np.abs(gap)
        down = deep[:, 1] < deep[:, 0]
        for axis, chosen in ((0, ~down), (1, down)):
            a, b = i[chosen], j[chosen]
            push = (deep[chosen, axis] + 0.5) * np.where(gap[chosen, axis] >= 0, 0.7, -0.7)
            share = free[b] / (free[a] + free[b])
            at[:, axis] += np.bincount(b, push * share, n) - np.bincount(a, push * (1.0 - share), n)
        if fixed is None and round_ % _WIDEN_EVERY == _WIDEN_EVERY - 1:
            at *= 1.0 + min(widen, 0.5 * len(pairs) / n)
    return _dealt(at, halves, free)


def overlapping(at: Floats, halves: Floats, free: Floats | None = None) -> Ints:
    """The pairs of boxes (m, 2) that overlap, but for those of which neither is `free`."""
    n = len(at)
    size = halves.max(axis=1)
    large = size > _LARGE * float(np.median(size))
    small = np.flatnonzero(~large)
    found = []
    if len(small) > 1:
        tree = cKDTree(at[small])
        near = tree.query_pairs(2.0 * float(size[small].max()), p=np.inf, output_type="ndarray")
        found.append(small[near])
    big = np.flatnonzero(large)
    if len(big):
        one, other = np.repeat(big, n), np.tile(np.arange(n), len(big))
        once = ~large[other] | (one < other)
        found.append(np.column_stack([one[once], other[once]]))
    if not found:
        return _NONE
    pairs = np.concatenate(found)
    if free is not None:
        pairs = pairs[free[pairs[:, 0]] + free[pairs[:, 1]] > 0]
    i, j = pairs[:, 0], pairs[:, 1]
    hit = (np.abs(at[j] - at[i]) < halves[i] + halves[j] - 1e-6).all(axis=1)
    return pairs[hit].astype(np.intp)


def _dealt(at: Floats, halves: Floats, free: Floats) -> Floats:
    """The last resort, which cannot fail: each free box to the nearest spot of a grid nobody has."""
    cell = 2 * np.where(free[:, None] > 0, halves, 0.0).max(axis=0)
    taken = free == 0
    for i in np.flatnonzero(free > 0):
        others = np.flatnonzero(taken)
        at[i] = _nearest_clear(at[i], halves[i], cell, at[others], halves[others])
        taken[i] = True
    return at


def _nearest_clear(here: Floats, half: Floats, cell: Floats, others: Floats, halves: Floats) -> Floats:
    ring = 0
    while True:
        side = np.arange(-ring, ring + 1)
        steps = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        spots = here + cell * steps[np.abs(steps).max(axis=1) == ring]
        near = ((spots - here) ** 2).sum(axis=1).round(6)
        for spot in spots[np.lexsort((spots[:, 0], spots[:, 1], near))]:
            if not bool((np.abs(others - spot) < halves + half - 1e-6).all(axis=1).any()):
                return np.asarray(spot)
        ring += 1
