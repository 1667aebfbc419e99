"""What the middle of an organization reaches by itself, and which of its sides it misses; facts, no words.

Definition: docs/findings.md, disconnected-middle.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.checks.layers import Flags, Middle, across, all_across, middle
from orgmap.analysis.checks.situation import Situation, once, steps
from orgmap.analysis.findings import Rarity
from orgmap.analysis.paths import indices
from orgmap.model.entities import NodeId

NEAR = 2  # steps within which two in the middle reach each other
DRAWN = 200  # sets of people drawn by chance
ALIKE = 10  # people, at least, to draw each of a set from: those with the number of lines nearest to it
TRIES = 4  # to draw somebody who is not in the set yet
CELLS = 4_000_000  # pairs of the drawn sets looked at together

Arc = tuple[NodeId, NodeId]
Pair = tuple[NodeId, NodeId]


@dataclass(frozen=True, slots=True)
class Lateral:
    """Pairs of the middle in different modules, in order of id: all, and those within two steps.

    Steps are those of T without anybody above the middle.
    """

    pairs: tuple[Pair, ...]
    near: frozenset[Pair]

    @property
    def share(self) -> float:
        """Of the pairs those within two steps; 0..1."""
        return len(self.near) / len(self.pairs) if self.pairs else 1.0

    def apart(self, person: NodeId) -> tuple[int, int]:
        """Of the person's own pairs how many are not near, and how many there are."""
        own = [pair for pair in self.pairs if person in pair]
        return sum(1 for pair in own if pair not in self.near), len(own)


@dataclass(frozen=True, slots=True)
class Passed:
    """Arcs of F between those above the middle and the rest: all, and those to people below it.

    `people`: those in the middle whom these pass by.
    """

    arcs: int
    past: tuple[Arc, ...]
    people: tuple[NodeId, ...]

    @property
    def share(self) -> float:
        """Of the arcs those that pass the middle by; 0..1."""
        return len(self.past) / self.arcs if self.arcs else 0.0


@once
def free(situation: Situation) -> dict[NodeId, set[NodeId]]:
    """T without anybody above the middle."""
    above = middle(situation).above
    graph = situation.maps.two_way
    return {v: graph.adj[v].keys() - above for v in situation.maps.nodes if v not in above}


@once
def lateral(situation: Situation) -> Lateral:
    """Who in the middle reaches whom in other modules. O(pairs, and their lines)."""
    graph, people = free(situation), middle(situation).people
    around = {v: {v, *graph[v]}.union(*(graph[w] for w in graph[v])) for v in people}
    pairs = tuple(pair for pair in combinations(people, 2) if across(situation, *pair))
    return Lateral(pairs, frozenset(pair for pair in pairs if pair[1] in around[pair[0]]))


def without_side(situation: Situation) -> tuple[tuple[NodeId, ...], tuple[NodeId, ...]]:
    """Those in the middle without a two-way line to any boss, and without one to any report.

    Left out: whoever may not have answered, and sides on which only vacant posts stand.
    """
    found, graph = middle(situation), situation.maps.two_way

    def missing(side: Middle, up: bool) -> tuple[NodeId, ...]:
        ends = side.over if up else side.under
        return tuple(
            v
            for v in side.people
            if v not in situation.silent
            and (able := situation.people.intersection(ends[v]))
            and not able & graph.adj[v].keys()
        )

    return missing(found, up=True), missing(found, up=False)


def passed(situation: Situation) -> Passed:
    """What goes between the top and those below the middle without it. O(arcs)."""
    found = middle(situation)
    between = [arc for arc in situation.maps.arcs if (arc[0] in found.above) != (arc[1] in found.above)]
    past = tuple(arc for arc in between if arc[0] in found.below or arc[1] in found.below)
    under = {v: reached(situation, v) for v in found.people} if past else {}
    people: set[NodeId] = set()
    for low in {v for arc in past for v in arc if v in found.below}:
        over = {v for v, own in under.items() if low in own}
        people |= {v for v in over if not over & under[v]}  # the nearest: nobody else between
    return Passed(len(between), past, tuple(sorted(people)))


def reached(situation: Situation, person: NodeId) -> set[NodeId]:
    """Everybody under somebody in the middle, reports of reports too."""
    under = middle(situation).under[person]
    return {*under, *steps(situation.maps.reports.succ, under)}


def rarity(situation: Situation) -> Rarity | None:
    """On how many sets drawn by chance do people meet as little across modules as the middle does?

    Each set has as many people, drawn from those with about as many two-way lines, the top left out.
    None below the number of people from which shares are said, and where sets of different modules
    are hardly found. Seeded, so that the same map gives the same answer.
    """
    if situation.small:
        return None
    maps, here = situation.maps, lateral(situation)
    drawn = _drawn(situation)
    near, apart = _near(situation), all_across(situation)
    count = of = 0
    size = drawn.shape[1]
    wide = max(1, CELLS // (size * size))
    for start in range(0, len(drawn), wide):
        situation.progress.at(start / len(drawn))
        rows = drawn[start : start + wide]
        pairs = apart[rows[:, :, None], rows[:, None, :]]
        met = pairs & near[rows[:, :, None], rows[:, None, :]]
        wanted, found = pairs.sum(axis=(1, 2)), met.sum(axis=(1, 2))
        some = wanted > 0
        of += int(np.count_nonzero(some))
        count += int(np.count_nonzero(found[some] <= here.share * wanted[some] + 1e-9))
    return Rarity(count, of) if of >= DRAWN // 2 and len(maps.nodes) > size else None


def _drawn(situation: Situation) -> NDArray[np.intp]:
    """The sets as rows of `maps.nodes`, (sets, people of one)."""
    graph, people = free(situation), middle(situation).people
    by_lines: dict[int, list[NodeId]] = {}
    for v in sorted(graph):
        by_lines.setdefault(len(graph[v]), []).append(v)
    pools: dict[int, list[NodeId]] = {}
    for v in people:
        lines, wide = len(graph[v]), 0
        while lines not in pools:
            pool = [w for k in range(lines - wide, lines + wide + 1) for w in by_lines.get(k, ())]
            wide += 1
            if len(pool) >= min(ALIKE, len(graph)):
                pools[lines] = pool
    chance = random.Random(1)
    sets = []
    for _ in range(DRAWN):
        chosen: dict[NodeId, None] = {}
        for v in people:
            pool = pools[len(graph[v])]
            new = (w for _ in range(TRIES) if (w := chance.choice(pool)) not in chosen)
            chosen[next(new, None) or next(w for w in (*pool, *graph) if w not in chosen)] = None
        sets.append(indices(situation.maps, chosen))
    return np.array(sets)


def _near(situation: Situation) -> Flags:
    """Who is within two steps of whom, on T without anybody above the middle. O(lines^2 / n)."""
    graph, maps = free(situation), situation.maps
    cells = [(maps.index[u], maps.index[v]) for u, own in graph.items() for v in own]
    where = np.array(cells, np.intp).reshape(-1, 2)
    size = len(maps.nodes)
    one = sparse.csr_array((np.ones(len(cells), np.int32), (where[:, 0], where[:, 1])), shape=(size, size))
    return np.asarray((one + one @ one).toarray() > 0)
