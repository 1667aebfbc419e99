"""Placing points so that distance on the map follows distance along the lines.

Stress: sum over pairs of w (|x_i - x_j| - d)^2 with w = d^-2 (Kamada and Kawai 1989), brought down by
majorization (Gansner, Koren and North 2004) with relaxed steps (de Leeuw and Heiser 1980), begun from
pivot MDS (Brandes and Pich 2007) or from a tree of shortest ways. The same lines give the same places.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, shortest_path

from orgmap.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

ALL_PAIRS = 1_300  # points up to which every pair pulls; above, some stand for all others
PIVOTS = 50  # to begin from
STEPS = 200  # at most; most maps are still long before
STAND_INS = 300  # points that stand for all others, where not every pair pulls
SOME_STEPS = 25
STILL = 3e-3  # steps of the lines; a point that moves less stands still
_SPARSE = 4.0  # lines for each point; with fewer, a second beginning is tried
_TRIED = 20  # steps before beginnings are compared


def components(n: int, pairs: Ints) -> list[Ints]:
    """The connected components of `n` points joined by `pairs` (shape (m, 2)), largest first."""
    if n == 0:
        return []
    count, label = connected_components(_matrix(n, pairs), directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1])
    return sorted(groups, key=lambda g: (-len(g), int(g[0])))


def shape(
    n: int,
    pairs: Ints,
    *,
    groups: Ints | None = None,
    apart: tuple[float, ...] = (),
    progress: Progress = SILENT,
) -> Floats:
    """Places (n, 2) for `n` connected points, about one unit between linked ones; centred on 0.

    `groups` (n, k): for each of the k groupings in which two points differ they are wanted by so much,
    `apart` (k,), further from each other than their lines say; -1 differs from all. O(n^2) for each
    step up to `ALL_PAIRS` points, O(n + m) above. Lies flat: the long side is across.
    """
    if n == 1:
        return np.zeros((1, 2))
    matrix = _matrix(n, pairs)
    if n <= ALL_PAIRS:
        wanted = shortest_path(matrix, unweighted=True, directed=False)
        if groups is not None:
            wanted = wanted + _strangers(groups, apart)
        return _levelled(_majorized_all(wanted, matrix, progress))
    return _levelled(_majorized_some(matrix, pairs, groups, apart, progress))


def _strangers(groups: Ints, apart: tuple[float, ...]) -> Floats:
    """(n, n): how much further apart two points are wanted for not being of one group."""
    further = _differ(groups[:, None], groups, apart)
    np.fill_diagonal(further, 0.0)
    return further


def _differ(one: Ints, other: Ints, apart: tuple[float, ...]) -> Floats:
    """What `apart` comes to over the groupings, the last axis, in which two points differ."""
    return np.asarray(((one != other) | (one < 0)) @ np.array(apart))


def _matrix(n: int, pairs: Ints) -> csr_array:
    ones = np.ones(len(pairs))
    return csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(n, n))


# -- every pair --------------------------------------------------------------------------------


class _Majorizer:
    """Steps down the stress of all pairs; `wanted` (n, n), 0 on the diagonal and above it elsewhere."""

    def __init__(self, wanted: Floats) -> None:
        n = len(wanted)
        safe = wanted + np.eye(n)
        weight = safe**-2.0
        np.fill_diagonal(weight, 0.0)
        self.pull = weight * wanted
        laplacian = -weight
        np.fill_diagonal(laplacian, weight.sum(axis=1))
        self.inverse = np.linalg.inv(laplacian + 1.0 / n)
        self._room = np.empty((n, n))

    def step(self, at: Floats) -> tuple[Floats, float]:
        """The next places, and a number that falls with the stress of `at`."""
        square = np.einsum("ij,ij->i", at, at)
        ratio = np.matmul(at, at.T, out=self._room)
        ratio *= -2.0
        ratio += square
        ratio += square[:, None]
        np.maximum(ratio, 1e-12, out=ratio)
        np.sqrt(ratio, out=ratio)
        np.divide(self.pull, ratio, out=ratio)
        bent = ratio.sum(axis=1)[:, None] * at - ratio @ at
        after = self.inverse @ bent
        # With after = V^-1 B x the stress of the best scaled places is const - <x, Bx>^2 / <x, Vx>.
        return after, -float(np.einsum("ij,ij->", after, bent))


def _majorized_all(wanted: Floats, matrix: csr_array, progress: Progress) -> Floats:
    majorizer = _Majorizer(wanted)
    tried = [_stepped(majorizer, start, _TRIED) for start in _beginnings(wanted, majorizer.pull, matrix)]
    progress.at(0.4)
    at = min(tried, key=lambda found: found[1])[0]
    for number in range(STEPS):
        after, _ = majorizer.step(at)
        moved = after - at
        if float(np.abs(moved).max()) < STILL:
            return after
        at = after + moved if number % 3 else after
        progress.at(0.4 + 0.6 * number / STEPS)
    return majorizer.step(at)[0]


def _stepped(majorizer: _Majorizer, at: Floats, steps: int) -> tuple[Floats, float]:
    """The places after so many steps, and a number that falls with their stress."""
    value = np.inf
    for number in range(steps):
        after, value = majorizer.step(at)
        at = 2.0 * after - at if number % 3 else after
    return at, value


def _beginnings(wanted: Floats, pull: Floats, matrix: csr_array) -> list[Floats]:
    """Where to begin: what has few lines is easily tangled, and is begun as a tree, too.

    A ring has no shape of its own, and now and then leads to a lower stress than what is drawn better.
    """
    n = len(wanted)
    first = _far_apart(wanted, int(pull.sum(axis=0).argmax()), min(n, PIVOTS))
    begun = [_pivot_mds(wanted[first]), _ring(wanted)]
    if n > 3 and matrix.nnz < _SPARSE * n:
        begun.append(_radial(wanted, matrix))
    return begun


def _ring(wanted: Floats) -> Floats:
    """Everybody on one ring as wide as the longest way."""
    angle = 2 * np.pi * np.arange(len(wanted)) / len(wanted)
    return np.asarray(wanted.max() / 2 * np.column_stack([np.cos(angle), np.sin(angle)]))


def _radial(wanted: Floats, matrix: csr_array) -> Floats:
    """A tree of shortest ways, each branch in a wedge as wide as it has points."""
    n = len(wanted)
    centre = int(wanted.sum(axis=0).argmin())
    order, parent = breadth_first_order(matrix, centre, directed=False)
    weight = np.ones(n)
    for point in order[:0:-1]:
        weight[parent[point]] += weight[point]
    wide, used, middle = np.zeros(n), np.zeros(n), np.zeros(n)
    begin = np.zeros(n)
    wide[centre], middle[centre] = 2 * np.pi, np.pi
    for point in order[1:]:
        up = parent[point]
        wide[point] = wide[up] * weight[point] / (weight[up] - 1.0)
        begin[point] = begin[up] + used[up]
        used[up] += wide[point]
        middle[point] = begin[point] + wide[point] / 2
    return np.asarray(wanted[centre][:, None] * np.column_stack([np.cos(middle), np.sin(middle)]))


def _far_apart(wanted: Floats, first: int, count: int) -> Ints:
    """Points far from one another: each next one is the farthest from those before it."""
    chosen = [first]
    nearest = wanted[first].copy()
    while len(chosen) < count:
        far = int(nearest.argmax())
        if nearest[far] == 0:
            break
        chosen.append(far)
        np.minimum(nearest, wanted[far], out=nearest)
    return np.array(chosen, dtype=np.intp)


# -- some points for all -----------------------------------------------------------------------


def _majorized_some(
    matrix: csr_array, pairs: Ints, groups: Ints | None, apart: tuple[float, ...], progress: Progress
) -> Floats:
    """Every point is pulled by those linked to it and by a seeded few that stand for all others."""
    n = matrix.shape[0]
    both = csr_array(matrix + matrix.T)
    begun = _pivot_mds(_rows_far_apart(both, PIVOTS))
    chosen = np.sort(np.random.default_rng(1).choice(n, STAND_INS, replace=False))
    wanted = shortest_path(both, unweighted=True, indices=chosen)
    progress.at(0.2)
    linked = np.ones(len(pairs))
    if groups is not None:
        wanted = wanted + _differ(groups[chosen][:, None], groups, apart)
        linked += _differ(groups[pairs[:, 0]], groups[pairs[:, 1]], apart)
    wanted[np.arange(STAND_INS), chosen] = 1.0
    weight = wanted**-2.0 * (n / STAND_INS)
    weight[np.arange(STAND_INS), chosen] = 0.0
    first, second = pairs[:, 0], pairs[:, 1]
    total = weight.sum(axis=0) + np.bincount(first, linked**-2, n) + np.bincount(second, linked**-2, n)
    at = begun
    for step in range(SOME_STEPS):
        across, down = (at[chosen, axis][:, None] - at[:, axis] for axis in range(2))
        pull = weight * (1.0 - wanted / np.maximum(np.hypot(across, down), 1e-9))
        gap = at[second] - at[first]
        near = (1.0 - linked / np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-9)) / linked**2
        moved = np.empty_like(at)
        for axis, far in enumerate((across, down)):
            force = near * gap[:, axis]
            moved[:, axis] = np.einsum("ij,ij->j", pull, far)
            moved[:, axis] += np.bincount(first, force, n) - np.bincount(second, force, n)
        moved /= total[:, None]
        at = at + moved * (1.7 if step % 3 and step < SOME_STEPS - 2 else 1.0)
        progress.at(0.2 + 0.8 * step / SOME_STEPS)
    return at


def _rows_far_apart(both: csr_array, count: int) -> Floats:
    """Steps (k, n) from points far from one another: each next is the farthest from those before."""
    rows = [shortest_path(both, unweighted=True, indices=int(np.diff(both.indptr).argmax()))]
    nearest = rows[0].copy()
    while len(rows) < count and nearest.max() > 0:
        rows.append(shortest_path(both, unweighted=True, indices=int(nearest.argmax())))
        np.minimum(nearest, rows[-1], out=nearest)
    return np.array(rows)


# -- beginning and end -------------------------------------------------------------------------


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


def _levelled(at: Floats) -> Floats:
    """Turned so that the long side lies flat: screens are wide."""
    centred = at - at.mean(axis=0)
    if len(at) < 3:
        flat = np.hypot(centred[:, 0], centred[:, 1]) * np.sign(centred[:, 0] + 1e-12)
        return np.column_stack([flat, 0 * flat])
    _, vectors = np.linalg.eigh(centred.T @ centred)
    turned = centred @ vectors[:, ::-1]
    for axis in range(2):
        strongest = int(np.abs(turned[:, axis]).round(6).argmax())
        if turned[strongest, axis] < 0:
            turned[:, axis] *= -1
    return np.asarray(turned)
