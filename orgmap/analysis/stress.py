"""Placing points so that distance on the map follows distance along the lines, and no two overlap.

Stress: sum over pairs of w (|x_i - x_j| - d)^2 with w = d^-2 (Kamada and Kawai 1989; majorization
after Gansner, Koren and North 2004), begun from pivot MDS (Brandes and Pich 2007). No randomness
anywhere: the same lines give the same places. Arrays of places have shape (n, 2), map units.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

from orgmap.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

ALL_PAIRS = 700  # points up to which every pair pulls; above, pivots and neighbours stand for the rest
PIVOTS = 50
STEPS = 60
_ROUNDS = 250  # of pushing apart, before the map is widened


def components(n: int, pairs: Ints) -> list[Ints]:
    """The connected components of `n` points joined by `pairs` (shape (m, 2)), largest first."""
    if n == 0:
        return []
    count, label = connected_components(_matrix(n, pairs), directed=False)
    groups = [np.flatnonzero(label == c) for c in range(count)]
    return sorted(groups, key=lambda g: (-len(g), int(g[0])))


def laid_out(n: int, pairs: Ints, *, length: float, progress: Progress = SILENT) -> Floats:
    """Places for `n` connected points; `length` is wanted between linked ones. Centred on 0."""
    if n == 1:
        return np.zeros((1, 2))
    matrix = _matrix(n, pairs)
    pivots = _pivots(matrix, min(n, PIVOTS))
    rows = np.empty((len(pivots), n))
    for i, pivot in enumerate(pivots):
        rows[i] = shortest_path(matrix, unweighted=True, directed=False, indices=int(pivot))
        progress.at(0.3 * i / len(pivots))
    at = _pivot_mds(rows)
    if n <= ALL_PAIRS:
        reach = shortest_path(matrix, unweighted=True, directed=False)
        first, second = np.triu_indices(n, 1)
        wanted = reach[first, second]
    else:
        first = np.concatenate([pairs[:, 0], np.repeat(pivots, n)])
        second = np.concatenate([pairs[:, 1], np.tile(np.arange(n), len(pivots))])
        wanted = np.concatenate([np.ones(len(pairs)), rows.ravel()])
        apart = first != second
        first, second, wanted = first[apart], second[apart], wanted[apart]
    at = _majorized(at, first, second, wanted, progress.part(0.3, 1.0))
    return _levelled(at * length)


def apart(at: Floats, halves: Floats, fixed: npt.NDArray[np.bool_] | None = None) -> Floats:
    """Push boxes apart until no two overlap, moving each as little as it takes.

    `at`: centres (n, 2); `halves`: half widths and heights (n, 2), with half the gap wanted.
    `fixed` boxes stay; two fixed ones may overlap.
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
        pairs = overlapping(at, halves)
        pairs = pairs[(free[pairs[:, 0]] + free[pairs[:, 1]]) > 0]
        if not len(pairs):
            return at
        i, j = pairs[:, 0], pairs[:, 1]
        gap = at[j] - at[i]
        deep = halves[i] + halves[j] - np.abs(gap)
        sign = np.where(gap >= 0, 1.0, -1.0)
        axis = (deep[:, 1] < deep[:, 0]).astype(np.intp)
        rows = np.arange(len(pairs))
        push = np.zeros_like(gap)
        push[rows, axis] = (deep[rows, axis] + 0.5) * sign[rows, axis]
        share = (free[j] / (free[i] + free[j]))[:, None]
        np.add.at(at, j, push * share * 0.7)
        np.add.at(at, i, -push * (1 - share) * 0.7)
        if fixed is None and round_ % 6 == 5:
            at *= 1.0 + min(0.3, 0.5 * len(pairs) / n)
    return _dealt(at, halves, free)


def overlapping(at: Floats, halves: Floats) -> Ints:
    """The pairs of boxes (m, 2) that overlap."""
    reach = 2.0 * float(halves.max())
    near = cKDTree(at).query_pairs(reach, p=np.inf, output_type="ndarray")
    if not len(near):
        return np.empty((0, 2), dtype=np.intp)
    i, j = near[:, 0], near[:, 1]
    hit = (np.abs(at[j] - at[i]) < halves[i] + halves[j] - 1e-6).all(axis=1)
    return near[hit].astype(np.intp)


def _dealt(at: Floats, halves: Floats, free: Floats) -> Floats:
    """The last resort, which cannot fail: each free box to the nearest spot of a grid nobody has."""
    cell = 2 * halves.max(axis=0)
    taken: list[int] = list(np.flatnonzero(free == 0))
    for i in np.flatnonzero(free > 0):
        here = at[i].copy()
        ring = 0
        while True:
            spots = [
                here + cell * (dx, dy)
                for dx in range(-ring, ring + 1)
                for dy in range(-ring, ring + 1)
                if max(abs(dx), abs(dy)) == ring
            ]
            spots.sort(key=lambda s: (round(float(((s - here) ** 2).sum()), 6), float(s[1]), float(s[0])))
            others = np.array(taken, dtype=np.intp)
            clear = next((s for s in spots if _is_clear(s, halves[i], at[others], halves[others])), None)
            if clear is not None:
                at[i] = clear
                taken.append(int(i))
                break
            ring += 1
    return at


def _is_clear(spot: Floats, half: Floats, others: Floats, halves: Floats) -> bool:
    return not bool((np.abs(others - spot) < halves + half - 1e-6).all(axis=1).any())


def _matrix(n: int, pairs: Ints) -> csr_array:
    ones = np.ones(len(pairs))
    return csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(n, n))


def _pivots(matrix: csr_array, count: int) -> Ints:
    """Points far from one another: each next one is the farthest from those before it."""
    degree = np.asarray(matrix.sum(axis=0)).ravel() + np.asarray(matrix.sum(axis=1)).ravel()
    chosen = [int(degree.argmax())]
    nearest = shortest_path(matrix, unweighted=True, directed=False, indices=chosen[0])
    while len(chosen) < count:
        far = int(nearest.argmax())
        if nearest[far] == 0:
            break
        chosen.append(far)
        nearest = np.minimum(nearest, shortest_path(matrix, unweighted=True, directed=False, indices=far))
    return np.array(chosen, dtype=np.intp)


def _pivot_mds(rows: Floats) -> Floats:
    """The first two axes of the doubly centred squared distances to the pivots; scaled to steps."""
    squared = rows**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean())
    n = rows.shape[1]
    _, vectors = np.linalg.eigh(centred @ centred.T)
    at = centred.T @ vectors[:, ::-1][:, :2]
    if at.shape[1] < 2:
        at = np.column_stack([at, np.zeros(n)])
    for axis in range(2):  # an axis has no direction of its own: give it one
        strongest = int(np.abs(at[:, axis]).round(9).argmax())
        if at[strongest, axis] < 0:
            at[:, axis] *= -1
        spread = float(np.abs(at[:, axis]).max())
        at[:, axis] /= spread if spread > 1e-9 else 1.0
    at *= max(1.0, float(rows.max()) / 2)
    angle = 2.399963 * np.arange(n)  # points of equal distances would fall on one spot
    return np.asarray(at + 0.05 * np.column_stack([np.cos(angle), np.sin(angle)]))


def _majorized(at: Floats, first: Ints, second: Ints, wanted: Floats, progress: Progress) -> Floats:
    weight = wanted**-2.0
    n = len(at)
    total = np.bincount(first, weight, n) + np.bincount(second, weight, n)
    for step in range(STEPS):
        gap = at[first] - at[second]
        length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-9)
        pull = weight * (wanted / length - 1.0)
        moved = np.empty_like(at)
        for axis in range(2):
            force = pull * gap[:, axis]
            moved[:, axis] = np.bincount(first, force, n) - np.bincount(second, force, n)
        at = at + moved / total[:, None]
        progress.at(step / STEPS)
    return at


def _levelled(at: Floats) -> Floats:
    """Turned so that the long side lies flat: screens are wide."""
    centred = at - at.mean(axis=0)
    if len(at) < 3:
        return np.column_stack(
            [np.hypot(centred[:, 0], centred[:, 1]) * np.sign(centred[:, 0] + 1e-12), 0 * centred[:, 0]]
        )
    _, vectors = np.linalg.eigh(centred.T @ centred)
    turned = centred @ vectors[:, ::-1]
    for axis in range(2):
        strongest = int(np.abs(turned[:, axis]).round(6).argmax())
        if turned[strongest, axis] < 0:
            turned[:, axis] *= -1
    return np.asarray(turned)
