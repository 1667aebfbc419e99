"""What the middle of an organization reaches by itself, and which of its sides it misses; facts, no words.

Definition: docs/findings.md, disconnected-middle.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.checks.layers import Flags, Middle, all_across, middle, sharing, would_talk
from orgmap.analysis.checks.situation import Situation, once, steps
from orgmap.analysis.findings import Rarity
from orgmap.analysis.paths import indices
from orgmap.model.entities import LinkId, NodeId

DRAWN = 200  # sets of people drawn by chance
ALIKE = 10  # people, at least, to draw from: those with the number of lines nearest to it
ROUNDING = 1e-6  # pairs; shares that differ by less are the same

Arc = tuple[NodeId, NodeId]


@dataclass(frozen=True, slots=True)
class Lateral:
    """Who of the middle is in another module than whom, and who of these is within two steps of whom.

    (k, k), symmetric, by the order of `people`. Steps are those of T without anybody above the middle;
    `lines`: who has one with whom there.
    """

    people: tuple[NodeId, ...]
    across: Flags = field(repr=False)
    near: Flags = field(repr=False)
    lines: Flags = field(repr=False)

    @property
    def pairs(self) -> int:
        """Pairs in different modules."""
        return int(np.count_nonzero(self.across)) // 2

    @property
    def met(self) -> int:
        """Of these, the ones within two steps."""
        return int(np.count_nonzero(self.near)) // 2

    @property
    def share(self) -> float:
        """Of the pairs those within two steps; 0..1, 1 without any pair."""
        return self.met / self.pairs if self.pairs else 1.0

    def lonely(self, reach: float) -> tuple[NodeId, ...]:
        """Those who have somebody across and are near at most the share `reach` of them."""
        met, all_of = self.near.sum(axis=1), self.across.sum(axis=1)
        return tuple(self.people[i] for i in np.flatnonzero((all_of > 0) & (met <= reach * all_of)))


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
    """Who in the middle reaches whom in other modules. O(k^2) for k in the middle, and their lines."""
    people = middle(situation).people
    rows = indices(situation.maps, people)
    across = all_across(situation)[np.ix_(rows, rows)]
    own = _free_lines(situation)[rows]
    lines = own[:, rows].toarray() > 0
    near = (own @ own.T).toarray() > 0
    return Lateral(people, across, np.asarray((near | lines) & across), np.asarray(lines))


def without_side(situation: Situation) -> tuple[tuple[NodeId, ...], tuple[NodeId, ...]]:
    """Those in the middle without a two-way line to any boss, and without one to any report.

    Left out: whoever may not have answered, and sides on which only vacant posts stand, or only people
    of a module that is drawn as a whole.
    """
    found, graph = middle(situation), situation.maps.two_way

    def missing(side: Middle, up: bool) -> tuple[NodeId, ...]:
        ends = side.over if up else side.under
        return tuple(
            v
            for v in side.people
            if v not in situation.silent
            and (able := would_talk(situation, v, ends[v]))
            and graph.adj[v].keys().isdisjoint(able)
        )

    return missing(found, up=True), missing(found, up=False)


def passed(situation: Situation) -> Passed:
    """What goes between the top and those below the middle without it. O(arcs)."""
    found = middle(situation)
    between = [arc for arc in situation.maps.arcs if (arc[0] in found.above) != (arc[1] in found.above)]
    beside = with_the_middle(situation)
    past = tuple(
        arc for arc in between if (arc[0] in found.below or arc[1] in found.below) and arc not in beside
    )
    under = {v: reached(situation, v) for v in found.people} if past else {}
    people: set[NodeId] = set()
    for low in {v for arc in past for v in arc if v in found.below}:
        over = {v for v, own in under.items() if low in own}
        people |= {v for v in over if not over & under[v]}  # the nearest: nobody else between
    return Passed(len(between), past, tuple(sorted(people)))


@once
def with_the_middle(situation: Situation) -> frozenset[Arc]:
    """Arcs of nothing but lines to a module in which somebody of the middle stands over the other end.

    Whoever stands there is on the same line, so it passes nobody by.
    """
    maps, people, modules = situation.maps, set(middle(situation).people), situation.document.modules
    under: dict[NodeId, set[NodeId]] = {}
    found: dict[Arc, set[LinkId]] = {}
    for key, link in situation.document.links.items():
        for end, far in ((link.source, link.target), (link.target, link.source)):
            if end not in modules:
                continue
            group = set(maps.carriers(end, far))
            for v in group & people - under.keys():
                under[v] = reached(situation, v)
            low = {w for v in group & people for w in under[v] & group} - people
            for arc in ((u, w) for u in maps.carriers(far, end) for w in low):
                found.setdefault(arc, set()).add(key)
                found.setdefault(arc[::-1], set()).add(key)
    arcs = maps.arcs
    return frozenset(arc for arc, keys in found.items() if arc in arcs and keys.issuperset(arcs[arc].links))


def reached(situation: Situation, person: NodeId) -> set[NodeId]:
    """Everybody under somebody in the middle, reports of reports too."""
    under = middle(situation).under[person]
    return {*under, *steps(situation.maps.reports.succ, under)}


def rarity(situation: Situation, seed: int = 1) -> Rarity | None:
    """On how many sets drawn by chance do people meet as little across modules as the middle does?

    Each set has as many people, drawn from those with about as many two-way lines, the top left out.
    None below the number of people from which shares are said, and where sets of different modules
    are hardly found. Seeded, so that the same map gives the same answer. O(sets m^2 / n).
    """
    if situation.small:
        return None
    able, shared = sharing(situation)
    sets = _drawn(situation, seed)
    placed = sets * able[:, None].astype(np.float32)
    wanted = placed.sum(axis=0) ** 2 - (placed * (shared @ placed)).sum(axis=0)
    situation.progress.at(0.5)
    lines = _free_lines(situation)
    near = ((lines + lines @ lines) > 0).astype(np.float32)
    apart = near - near.multiply(shared)
    met = (placed * (apart @ placed)).sum(axis=0)
    some = wanted > 0
    of = int(np.count_nonzero(some))
    count = int(np.count_nonzero(met[some] <= lateral(situation).share * wanted[some] + ROUNDING))
    return Rarity(count, of) if of >= DRAWN // 2 else None


def _drawn(situation: Situation, seed: int) -> NDArray[np.float32]:
    """The sets, (people of `maps.nodes`, sets), 1 for who is in one.

    For so many of the middle with the same number of lines as many are drawn from those with the
    nearest numbers: at least `ALIKE`, and twice as many as are drawn.
    """
    graph, maps = free(situation), situation.maps
    rows = indices(maps, graph)
    degrees = np.fromiter((len(own) for own in graph.values()), np.intp, len(graph))
    wanted = Counter(len(graph[v]) for v in middle(situation).people)
    chance = np.random.default_rng(seed)
    found = np.zeros((len(maps.nodes), DRAWN), np.float32)
    pools = []
    for lines, many in sorted(wanted.items()):
        order = np.argsort(np.abs(degrees - lines), kind="stable")
        distance = np.abs(degrees - lines)[order]
        last = distance[min(max(ALIKE, 2 * many), len(order)) - 1]
        pools.append((rows[order[: np.searchsorted(distance, last, side="right")]], many))
    for pool, many in pools:
        scarce = len(pool) - found[pool].sum(axis=0) < many  # sets for which too few are left in the pool
        for able, sets in ((pool, np.flatnonzero(~scarce)), (rows, np.flatnonzero(scarce))):
            lots = chance.random((len(able), len(sets)))
            lots[found[np.ix_(able, sets)] > 0] = 2  # drawn already
            found[able[np.argsort(lots, axis=0)[:many]], sets] = 1
    return found


@once
def _free_lines(situation: Situation) -> sparse.csr_array:
    """T without anybody above the middle, 1 for a line; by the rows of `maps.nodes`."""
    index = situation.maps.index
    cells = [(index[u], index[v]) for u, own in free(situation).items() for v in own]
    where = np.array(cells, np.intp).reshape(-1, 2)
    return sparse.csr_array(
        (np.ones(len(cells), np.float32), (where[:, 0], where[:, 1])), shape=(len(index), len(index))
    )
