"""What holds while people leave: the curve of a map that loses its busiest, and who matters together.

Both are on T, the pairs who can answer each other directly, and say nothing about anybody's worth.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.brandes import BATCH, passing
from orgmap.analysis.centrality import betweenness_two_way
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import matrix_two_way
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

EXACT_PEOPLE = 200  # up to so many everybody is a start, and people leave one by one
STARTS = 2 * BATCH  # people from whom paths are followed on larger maps
ROUNDS = 200  # of leaving, on larger maps
EXACT_SETS = 12_000  # sets of people that are all tried: three of 40, two of 150; some 0.3 s
MOST_CANDIDATES = 150  # people of whom sets are made on larger maps: those with most betweenness
OTHER_BEGINNINGS = 8  # people with whom a set is begun once more, on maps of up to `EXACT_PEOPLE`
_NEAR = 1e-12  # shares that differ by less are the same


@dataclass(frozen=True, slots=True)
class Curve:
    """What is left of a map while people leave, those first on whom most connections then hang.

    `gone`: who leaves, in this order; `left`: the share of all people who are in the largest part
    after each of them, 0..1. `sampled`: the order rests on a sample of paths, see `robustness`.
    """

    gone: tuple[NodeId, ...]
    left: tuple[float, ...]
    sampled: bool

    @property
    def share(self) -> float | None:
        """The mean of `left`: 0..(n-1)/2n, the most where everybody talks with everybody; None if empty."""
        return sum(self.left) / len(self.left) if self.left else None


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """The people whose absence together leaves most pairs apart.

    `people`: in order of id. `fragmentation`: the share of the pairs of others that no two-way lines
    join without them, 0..1; `before`: the same of the whole map. `exact`: all sets were tried.
    """

    people: tuple[NodeId, ...]
    fragmentation: float
    before: float
    exact: bool


def robustness(maps: Maps, *, seed: int = 1, progress: Progress = SILENT) -> Curve:
    """The curve of a map that loses its busiest one by one: betweenness on T computed anew each time.

    Ties go by id. Above `EXACT_PEOPLE` betweenness is estimated from the paths of `STARTS` people,
    drawn anew with `seed` each time, and people leave in some `ROUNDS` groups; what is left is exact
    all the same. O(n^2 m), or rounds times starts times m. Source: Schneider and others 2011, PNAS 108.
    """
    size = len(maps.nodes)
    sampled = size > EXACT_PEOPLE
    order = _busiest_first(matrix_two_way(maps), seed, progress) if size else []
    largest = largest_parts(matrix_two_way(maps), order)
    return Curve(tuple(maps.nodes[i] for i in order), tuple(s / size for s in largest), sampled)


def key_players(maps: Maps, count: int, *, progress: Progress = SILENT) -> KeyPlayers | None:
    """The `count` people whose absence together leaves most pairs apart: the best set, not the best singles.

    All sets are tried where there are at most `EXACT_SETS`, the first by id of equals wins; else one
    person after the other is added and then exchanged, as long as that helps. On maps of more than
    `MOST_CANDIDATES` people these are chosen from. None if fewer than two people would be left.
    Source: Borgatti 2006, Computational and Mathematical Organization Theory 12 (KPP-Neg).
    """
    size = len(maps.nodes)
    if count < 1 or size < count + 2:
        return None
    joined = _neighbours(matrix_two_way(maps))
    everybody = (1 << size) - 1
    exact = comb(size, count) <= EXACT_SETS
    if exact:
        chosen = _best_of_all(joined, everybody, count, progress)
    else:
        chosen = _exchanged(joined, everybody, _candidates(maps, progress), count, progress)
    return KeyPlayers(
        people=tuple(maps.nodes[i] for i in sorted(chosen)),
        fragmentation=_fragmentation(joined, everybody, chosen),
        before=_fragmentation(joined, everybody, ()),
        exact=exact,
    )


def _busiest_first(lines: sparse.csr_array, seed: int, progress: Progress) -> list[int]:
    """The rows in the order in which they leave."""
    size = lines.shape[0]
    chance = np.random.default_rng(seed)
    at_once = 1 if size <= EXACT_PEOPLE else -(-size // ROUNDS)
    rows = np.arange(size)
    order: list[int] = []
    while lines.nnz:
        progress.at(len(order) / size)
        starts = None if size <= EXACT_PEOPLE else _drawn(chance, len(rows))
        part = progress.part(len(order) / size, 1)
        found = passing(lines, over=False, starts=starts, most=size, progress=part)
        assert found is not None  # no path has more steps than there are people
        between = found.through / max((len(rows) - 1) * (len(rows) - 2), 1)
        first = np.lexsort((rows, -between.round(12)))[:at_once]
        order += rows[first].tolist()
        stays = np.ones(len(rows), np.bool_)
        stays[first] = False
        rows = rows[stays]
        lines = sparse.csr_array(lines[stays][:, stays])
    return order + rows.tolist()


def _drawn(chance: np.random.Generator, people: int) -> NDArray[np.intp]:
    return np.sort(chance.choice(people, size=min(STARTS, people), replace=False)).astype(np.intp)


def largest_parts(lines: sparse.csr_array, order: Sequence[int]) -> list[int]:
    """The size of the largest part after each of `order` has left: by letting them come back in turn."""
    joined, at = lines.indices.tolist(), lines.indptr.tolist()
    above = list(range(len(order)))
    sizes = [0] * len(order)
    found: list[int] = []
    largest = 0
    for v in reversed(order):
        found.append(largest)
        sizes[v] = 1
        for other in joined[at[v] : at[v + 1]]:
            if sizes[other]:
                one, two = _root(above, v), _root(above, other)
                if one != two:
                    above[two] = one
                    sizes[one] += sizes[two]
        largest = max(largest, sizes[_root(above, v)])
    return found[::-1]


def _root(above: list[int], v: int) -> int:
    while above[v] != v:
        above[v] = above[above[v]]
        v = above[v]
    return v


def _neighbours(lines: sparse.csr_array) -> list[int]:
    """For each row the set of those joined to it, as the bits of a number."""
    columns, at = lines.indices.tolist(), lines.indptr.tolist()
    return [sum(1 << v for v in columns[at[i] : at[i + 1]]) for i in range(lines.shape[0])]


def _fragmentation(joined: list[int], everybody: int, away: Collection[int]) -> float:
    left = everybody & ~sum(1 << v for v in away)
    people = left.bit_count()
    together = 0
    while left:
        part = front = left & -left
        while front:
            v = front.bit_length() - 1
            new = joined[v] & left & ~part
            part |= new
            front = (front ^ (1 << v)) | new
        left &= ~part
        together += part.bit_count() * (part.bit_count() - 1)
    return 1 - together / (people * (people - 1))


def _best_of_all(joined: list[int], everybody: int, count: int, progress: Progress) -> tuple[int, ...]:
    best: tuple[int, ...] = ()
    most = -1.0
    for number, chosen in enumerate(combinations(range(len(joined)), count)):
        progress.at(number / EXACT_SETS)
        found = _fragmentation(joined, everybody, chosen)
        if found > most + _NEAR:
            best, most = chosen, found
    return best


def _candidates(maps: Maps, progress: Progress) -> list[int]:
    between = betweenness_two_way(maps, progress=progress.part(0, 0.5))
    busy = sorted(range(len(maps.nodes)), key=lambda i: (-round(between[maps.nodes[i]], 12), i))
    return sorted(busy[:MOST_CANDIDATES])


def _exchanged(
    joined: list[int], everybody: int, candidates: list[int], count: int, progress: Progress
) -> tuple[int, ...]:
    """The best of the sets that begin with nobody and, on a small map, with each of some people."""
    firsts: list[list[int]] = [[]]
    if len(joined) <= EXACT_PEOPLE:
        alone = sorted(candidates, key=lambda v: (-_fragmentation(joined, everybody, [v]), v))
        firsts += [[v] for v in alone[:OTHER_BEGINNINGS]]
    best: list[int] = []
    most = -1.0
    for first in firsts:
        chosen, found = first, -1.0
        while len(chosen) < count:
            chosen, found = _with_best(joined, everybody, candidates, chosen, -1.0, progress)
        chosen, found = _improved(joined, everybody, candidates, chosen, found, progress)
        if found > most + _NEAR:
            best, most = chosen, found
    return tuple(best)


def _improved(
    joined: list[int],
    everybody: int,
    candidates: list[int],
    chosen: list[int],
    most: float,
    progress: Progress,
) -> tuple[list[int], float]:
    """One of `chosen` after the other gives way to somebody better, until nobody is."""
    held = 0
    while held < len(chosen):
        rest = chosen[1:]
        other, found = _with_best(joined, everybody, candidates, rest, most, progress)
        if found > most + _NEAR:
            chosen, most, held = other, found, 0
        else:
            chosen, held = [*rest, chosen[0]], held + 1
    return chosen, most


def _with_best(
    joined: list[int],
    everybody: int,
    candidates: list[int],
    rest: list[int],
    most: float,
    progress: Progress,
) -> tuple[list[int], float]:
    """`rest` and the one more that leaves most pairs apart, if that is more than `most`."""
    best = rest
    for v in candidates:
        progress.at(0.5)
        if v not in rest:
            found = _fragmentation(joined, everybody, [*rest, v])
            if found > most + _NEAR:
                best, most = [*rest, v], found
    return best, most
