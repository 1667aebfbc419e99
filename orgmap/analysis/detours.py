"""Whom all shortest ways of a pair pass: for everybody at once, for maps on which ways are long.

On the way to one person the others stand in a tree: above each stands the first whom all their
shortest ways there pass. Who is away is noticed by all who stand below. There is one tree for each
goal; all of them grow together, step by step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from orgmap.analysis.distances import Indices, Steps, arcs, distances
from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Maps
from orgmap.progress import SILENT, Progress

LONG = 16  # steps of the longest path, from which one walk for all is quicker than one search for each
MOST_PEOPLE = 3_000  # beyond, the trees of a map with long ways take minutes
MOST_CELLS = 1_000_000  # of the trees grown together; some 60 MB with what it takes to grow them

Flat = NDArray[np.intp]
Counts = NDArray[np.int64]


def are_long(maps: Maps, *, progress: Progress = SILENT) -> bool:
    """Is this a map for `noticed`, rather than one search for each person asked about?"""
    return len(maps.nodes) <= MOST_PEOPLE and distances(maps, progress=progress).longest > LONG


@kept
def noticed(maps: Maps, *, progress: Progress = SILENT) -> Counts:
    """For everybody, the ordered pairs of others all of whose shortest ways on F pass there.

    By the index of `maps.nodes`; up to `MOST_PEOPLE`. O(n m), and some vector operations for each step
    of the longest path.
    """
    size = len(maps.nodes)
    found = np.zeros(size, np.int64)
    known = distances(maps, progress=progress.part(0.0, 0.2)).matrix
    assert known is not None  # up to MOST_PEOPLE it is one block
    wide = max(1, MOST_CELLS // max(size, 1))
    for start in range(0, size, wide):
        steps = np.ascontiguousarray(known[:, start : start + wide])
        found += _below(maps, steps, progress.part(0.2 + 0.8 * start / size, 1.0))
    return found


def lost(maps: Maps, away: int, *, progress: Progress = SILENT) -> int:
    """Ordered pairs of others that reach each other on F, but not while `away` (an index) is away.

    O(m + parts m / 64), with the strong parts of what is left.
    """
    progress.at(0.0)
    before, found = distances(maps), arcs(maps)
    stays = (found.sources != away) & (found.targets != away)
    after = _joined_pairs(len(maps.nodes), found.sources[stays], found.targets[stays])
    return int(before.reached.sum() - before.reached[away] - before.reached_by[away]) - after


def _below(maps: Maps, steps: Steps, progress: Progress) -> Counts:
    """As `noticed`, of the pairs that end in the columns of `steps`."""
    found = arcs(maps)
    size, width = steps.shape
    degrees = np.bincount(found.sources, minlength=size)
    firsts = np.concatenate(([0], np.cumsum(degrees)))
    flat = steps.reshape(-1)
    order = np.argsort(flat, kind="stable")
    bounds = np.searchsorted(flat[order], np.arange(int(flat.max(initial=0)) + 2))
    above = np.arange(flat.size)
    depth = np.zeros(flat.size, np.int32)
    for step in range(1, len(bounds) - 1):
        progress.at(step / len(bounds) / 2)
        cells = order[bounds[step] : bounds[step + 1]]
        rows, columns = cells // width, cells % width
        many = degrees[rows]
        owner = np.repeat(np.arange(len(cells)), many)
        place = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
        nexts = found.targets[firsts[rows[owner]] + place] * width + columns[owner]
        on = flat[nexts] == step - 1
        owner, nexts = owner[on], nexts[on]
        above[cells] = _meeting(owner, nexts, above, depth, len(cells))
        depth[cells] = depth[above[cells]] + 1
    sizes = np.ones(flat.size, np.int64)
    for step in range(len(bounds) - 2, 0, -1):
        progress.at(1 - step / len(bounds) / 2)
        cells = order[bounds[step] : bounds[step + 1]]
        np.add.at(sizes, above[cells], sizes[cells])
    sizes[flat <= 0] = 1  # the goal itself, and whoever has no way there
    return np.asarray((sizes.reshape(size, width) - 1).sum(axis=1), np.int64)


def _meeting(owner: Flat, nexts: Flat, above: Flat, depth: NDArray[np.int32], many: int) -> Flat:
    """For each owner 0..many-1 the first cell at which the trees' ways from all its `nexts` meet."""
    starts = np.searchsorted(owner, np.arange(many))
    ends = np.append(starts[1:], len(owner))
    met = nexts[starts]
    turn = 1
    who = np.flatnonzero(ends - starts > turn)
    while len(who):
        one, other = met[who], nexts[starts[who] + turn]
        apart = np.flatnonzero(one != other)
        while len(apart):
            left, right = one[apart], other[apart]
            deeper = depth[left] - depth[right]
            one[apart] = np.where(deeper >= 0, above[left], left)
            other[apart] = np.where(deeper <= 0, above[right], right)
            apart = apart[one[apart] != other[apart]]
        met[who] = one
        turn += 1
        who = who[ends[who] - starts[who] > turn]
    return met


def _joined_pairs(size: int, sources: Indices, targets: Indices) -> int:
    """Ordered pairs with a path, by the strong parts and, between them, sets as the bits of a number."""
    lines = sparse.csr_array((np.ones(len(sources)), (sources, targets)), shape=(size, size))
    count, part = csgraph.connected_components(lines, directed=True, connection="strong")
    members = np.bincount(part, minlength=count)
    across = np.unique(np.stack((part[sources], part[targets]))[:, part[sources] != part[targets]], axis=1)
    pairs = int((members * (members - 1)).sum())
    if not across.shape[1]:
        return pairs
    below = sparse.csr_array((np.ones(across.shape[1]), (across[0], across[1])), shape=(count, count))
    at, heads = below.indptr.tolist(), below.indices.tolist()
    reached = [0] * count
    for one in _from_the_end(count, at, heads):
        found = 0
        for other in heads[at[one] : at[one + 1]]:
            found |= reached[other] | 1 << other
        reached[one] = found
    if count == size:
        return pairs + sum(found.bit_count() for found in reached)
    listed = members.tolist()
    for one, found in enumerate(reached):
        while found:
            lowest = found & -found
            pairs += listed[one] * listed[lowest.bit_length() - 1]
            found ^= lowest
    return pairs


def _from_the_end(count: int, at: list[int], heads: list[int]) -> list[int]:
    """The parts, each after all it leads to."""
    waiting = [at[i + 1] - at[i] for i in range(count)]
    tails: list[list[int]] = [[] for _ in range(count)]
    for one in range(count):
        for other in heads[at[one] : at[one + 1]]:
            tails[other].append(one)
    order = [i for i in range(count) if not waiting[i]]
    for one in order:
        for tail in tails[one]:
            waiting[tail] -= 1
            if not waiting[tail]:
                order.append(tail)
    return order
