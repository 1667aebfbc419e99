"""How many steps from everybody to everybody: one breadth-first search for all at once, on bits.

Row u of a bit matrix says who is exactly k steps from u; the next row is the union of the rows of
u's receivers, less who was met before. 64 people are one machine word, so a level of a map with
1,000 people and 10,000 arcs costs some 160,000 operations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Maps
from orgmap.progress import SILENT, Progress

NO_WAY = -1  # in a matrix of steps: there is no path
MOST_CELLS = 32_000_000  # of one block of a matrix of steps; 64 MB, all of a map of 5,600 people
CROWDED = 8  # words in 64 that hold somebody new, from which it is quicker to go over all of them
_WORD = 64

Steps = NDArray[np.int16]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Arcs:
    """F as two arrays of equal length, indices into `maps.nodes`, ordered by source, then target."""

    sources: Indices
    targets: Indices


@dataclass(frozen=True, slots=True)
class Distances:
    """What is known of the shortest paths of F; arrays by the index of `maps.nodes`.

    `reached[u]`: how many others u reaches; `reached_by[u]`: how many reach u; `sum_out`, `sum_in`:
    the steps added up over those. `returns`: for each arc u to v (order of `Arcs`) the steps from v
    back to u, `NO_WAY` where there is no path. `longest`: the most steps of any pair, 0 without any.
    """

    reached: NDArray[np.int64]
    reached_by: NDArray[np.int64]
    sum_out: NDArray[np.int64]
    sum_in: NDArray[np.int64]
    returns: Steps
    longest: int
    matrix: Steps | None = field(default=None, repr=False)


@kept
def arcs(maps: Maps, *, progress: Progress = SILENT) -> Arcs:
    """The arcs of F as arrays."""
    progress.at(0.0)
    count = len(maps.arcs)
    sources = np.fromiter((maps.index[u] for u, _ in maps.arcs), np.intp, count)
    targets = np.fromiter((maps.index[v] for _, v in maps.arcs), np.intp, count)
    return Arcs(sources, targets)


@kept
def distances(maps: Maps, *, progress: Progress = SILENT) -> Distances:
    """Everything that is asked of shortest paths, in one pass. O(n m / 64) for each level."""
    size = len(maps.nodes)
    found = arcs(maps)
    reached, reached_by, sum_out, sum_in = (np.zeros(size, np.int64) for _ in range(4))
    returns = np.full(len(found.sources), NO_WAY, np.int16)
    longest = 0
    whole: Steps | None = None
    for columns, steps in steps_by_block(maps, progress=progress):
        ways = steps > 0
        met = np.where(ways, steps, 0)
        reached += ways.sum(axis=1)
        sum_out += met.sum(axis=1, dtype=np.int64)
        reached_by[columns] = ways.sum(axis=0)
        sum_in[columns] = met.sum(axis=0, dtype=np.int64)
        longest = max(longest, int(steps.max(initial=0)))
        here = (found.sources >= columns.start) & (found.sources < columns.stop)
        returns[here] = steps[found.targets[here], found.sources[here] - columns.start]
        whole = steps if steps.shape[1] == size else None
    return Distances(reached, reached_by, sum_out, sum_in, returns, longest, whole)


def steps_by_block(
    maps: Maps, *, without: int | None = None, progress: Progress = SILENT
) -> Iterator[tuple[slice, Steps]]:
    """The matrix of steps, some columns at a time: (which columns, steps from each node to those).

    0 on the diagonal, `NO_WAY` where there is no path. `without`: the index of a node that is away;
    nobody reaches it and it reaches nobody. A map of up to some 5,600 people comes in one block.
    """
    size = len(maps.nodes)
    found = arcs(maps)
    sources, targets = found.sources, found.targets
    if without is not None:
        stays = (sources != without) & (targets != without)
        sources, targets = sources[stays], targets[stays]
    wide = max(_WORD, MOST_CELLS // max(size, 1) // _WORD * _WORD)
    for start in range(0, size, wide):
        columns = slice(start, min(start + wide, size))
        yield (
            columns,
            _searched(size, sources, targets, columns, progress.part(start / size, columns.stop / size)),
        )


def steps_two_way(maps: Maps, *, progress: Progress = SILENT) -> Steps:
    """Steps between all pairs on T; 0 on the diagonal, `NO_WAY` where there is no path."""
    pairs = [(maps.index[u], maps.index[v]) for u, v in maps.two_way.edges]
    both = sorted([*pairs, *((v, u) for u, v in pairs)])
    ends = np.array(both, np.intp).reshape(-1, 2)
    size = len(maps.nodes)
    return _searched(size, ends[:, 0], ends[:, 1], slice(0, size), progress)


def steps_to(
    maps: Maps, targets: Indices, *, without: Indices | None = None, progress: Progress = SILENT
) -> Steps:
    """Steps from each node (rows) to each of `targets` (columns), while `without` are away.

    Indices into `maps.nodes`; `NO_WAY` where there is no path. For a few targets of a large map; keep
    them to `MOST_CELLS` cells.
    """
    size = len(maps.nodes)
    found = arcs(maps)
    stays = np.ones(len(found.sources), np.bool_)
    if without is not None:
        stays = ~(np.isin(found.sources, without) | np.isin(found.targets, without))
    first = np.zeros(size, np.bool_)
    first[targets] = True
    order = np.concatenate([targets, np.flatnonzero(~first)])
    place = np.empty(size, np.intp)
    place[order] = np.arange(size)
    sources, heard = place[found.sources[stays]], place[found.targets[stays]]
    sort = np.lexsort((heard, sources))
    steps = _searched(size, sources[sort], heard[sort], slice(0, len(targets)), progress)
    return steps[place]


def steps_on(lines: NDArray[np.bool_], progress: Progress = SILENT) -> Steps:
    """Steps from everybody to everybody on a map given as flags, row tells column; for small maps."""
    sources, targets = np.nonzero(lines)
    return _searched(len(lines), sources, targets, slice(0, len(lines)), progress)


def _searched(size: int, sources: Indices, targets: Indices, columns: slice, progress: Progress) -> Steps:
    width = columns.stop - columns.start
    words = -(-width // _WORD)
    steps = np.full((size, words * _WORD), NO_WAY, np.int16)
    own = np.arange(width)
    steps[own + columns.start, own] = 0
    newest = np.zeros((size, words), np.uint64)
    newest[own + columns.start, own // _WORD] = np.left_shift(np.uint64(1), (own % _WORD).astype(np.uint64))
    unmet = ~newest
    tellers, starts = np.unique(sources, return_index=True)
    level = 0
    while len(tellers):
        level += 1
        progress.at(1 - 0.7**level)
        heard = np.bitwise_or.reduceat(newest[targets], starts, axis=0)
        newest = np.zeros_like(newest)
        newest[tellers] = heard & unmet[tellers]
        unmet &= ~newest
        filled = np.flatnonzero(newest)
        if not len(filled):
            break
        if len(filled) * _WORD > newest.size * CROWDED:
            bits = np.unpackbits(_bytes(newest), bitorder="little").reshape(steps.shape)
            steps += np.multiply(bits, level - NO_WAY, dtype=np.int16)
        else:
            bits = np.unpackbits(_bytes(newest.reshape(-1)[filled]), bitorder="little")
            which, where = np.nonzero(bits.reshape(-1, _WORD))
            steps.reshape(-1)[filled[which] * _WORD + where] = level
    return steps[:, :width]


def _bytes(words: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """The words as bytes, the lowest first, so that bit k of a row is person k on any machine."""
    return words.astype("<u8").reshape(-1).view(np.uint8)
