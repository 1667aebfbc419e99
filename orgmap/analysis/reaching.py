"""Who can reach whom with a question, and have the answer back: searches of F as people ask.

A question passes persons and filled roles: nobody sits on a vacant post to hand anything on, and
outside parties and sources can only be the end of a way. A source (wiki, queue) can be asked over any
line with it, whichever way that was drawn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from orgmap.analysis.distances import MOST_CELLS, NO_WAY, Indices, Steps, distances, steps_to
from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import condensation, indices
from orgmap.analysis.waiting import Carried, Waits
from orgmap.model.entities import NodeId, NodeKind
from orgmap.progress import SILENT, Progress

JUMP = 2  # levels that a step should not pass at once

Neighbours = Mapping[NodeId, Mapping[NodeId, None]]


class Net:
    """Who can ask whom: F with outside parties and sources as ends, and who hands a question on."""

    def __init__(self, maps: Maps) -> None:
        self.nodes = nodes = maps.document.nodes
        self.passing = frozenset(maps.people)
        self.out: dict[NodeId, dict[NodeId, None]] = {v: {} for v in nodes}
        self.into: dict[NodeId, dict[NodeId, None]] = {v: {} for v in nodes}
        for u, v in maps.all_arcs:
            asked = ((u, v), (v, u)) if NodeKind.SOURCE in (nodes[u].kind, nodes[v].kind) else ((u, v),)
            for teller, hearer in asked:
                self.out[teller][hearer] = None
                self.into[hearer][teller] = None
        if any(node.kind is NodeKind.SOURCE for node in nodes.values()):
            self.out = {v: dict(sorted(near.items())) for v, near in self.out.items()}
        self.shut: dict[tuple[NodeId, frozenset[NodeId]], set[NodeId]] = {}

    def jump(self, u: NodeId, v: NodeId) -> bool:
        """Do u and v stand two levels or more apart?"""
        one, other = self.nodes[u].level, self.nodes[v].level
        return one is not None and other is not None and abs(one - other) >= JUMP

    def carriers(self, clock: Waits, u: NodeId, v: NodeId) -> tuple[Carried, ...]:
        """The links of a step, the quickest first; those of a source either way."""
        return clock.carriers(u, v) or clock.carriers(v, u)


@kept
def net_of(maps: Maps, *, progress: Progress = SILENT) -> Net:
    """The net of a map, for those who search it themselves."""
    progress.at(0.0)
    return Net(maps)


def only_over(maps: Maps, asker: NodeId, ends: Collection[NodeId], way: Iterable[NodeId]) -> NodeId | None:
    """The first person of `way`, one route from asker to end, whom every route passes; None: nobody."""
    return next(all_over(maps, asker, ends, way), None)


def all_over(maps: Maps, asker: NodeId, ends: Collection[NodeId], way: Iterable[NodeId]) -> Iterator[NodeId]:
    """Everybody whom every route from asker to end passes, in their order on `way`, one of those.

    Whoever is on every route is on this one, so only those are tried. O(n + m) for each who is; less
    for others: somebody next to the asker from whom the shortest way on is no way over them will do.
    """
    net, wanted = net_of(maps), frozenset(ends)
    far = _Far.to(maps, asker, wanted)
    for v in tuple(way)[1:-1]:
        if far is not None and any(far.past(w, v) for w in net.out[asker] if w in net.passing):
            continue
        if not _gets_there(net, asker, wanted, v):
            yield v


def nearest(maps: Maps, asker: NodeId, ends: Collection[NodeId]) -> tuple[NodeId, ...] | None:
    """A route of fewest steps from `asker` to any of `ends`, the first by id; None: there is none.

    O(steps) where the steps between all are known, else O(n + m).
    """
    net, wanted = net_of(maps), frozenset(ends).difference((asker,))
    far = _Far.to(maps, asker, wanted)
    if far is not None:
        way = [asker]
        while (step := far.steps(way[-1])) > 0:
            way.append(next(v for v in net.out[way[-1]] if v in net.passing and far.steps(v) == step - 1))
        return tuple(way) if len(way) > 1 else None
    came: dict[NodeId, NodeId] = {}
    waiting = deque([asker] if asker in net.out else [])
    while waiting:
        at = waiting.popleft()
        for other in net.out[at]:
            if other in wanted:
                back = [other, at]
                while back[-1] != asker:
                    back.append(came[back[-1]])
                return tuple(back[::-1])
            if other not in came and other != asker and other in net.passing:
                came[other] = at
                waiting.append(other)
    return None


def steps_to_any(
    maps: Maps,
    ends: Iterable[NodeId],
    most: int | None = None,
    without: Collection[NodeId] = (),
) -> dict[NodeId, int]:
    """Steps from everybody who has a route to the nearest of `ends`; the ends at 0. O(n + m)."""
    net = net_of(maps)
    passing = net.passing.difference(without) if without else net.passing
    found = reached(net.into, [v for v in ends if v in net.out], passing, (), most)
    return {v: step for v, step in found.items() if v not in without} if without else found


def steps_from_any(maps: Maps, starts: Iterable[NodeId], most: int | None = None) -> dict[NodeId, int]:
    """Steps to whomever a word of `starts` can reach; the starts at 0. O(n + m)."""
    net = net_of(maps)
    return reached(net.out, [v for v in starts if v in net.out], net.passing, (), most)


def steps_to_answer(maps: Maps, ends: Collection[NodeId]) -> dict[NodeId, int]:
    """Steps from everybody to the nearest of `ends` whose answer finds a way back; the ends at 0.

    An answer comes back exactly where both are in one part in which everybody reaches everybody, so
    a few searches do for all. O(n + m) for each such part and for each end that is no person.
    """
    net, rings = net_of(maps), rings_of(maps)
    found: dict[NodeId, int] = {}
    by_ring: dict[int, list[NodeId]] = {}
    for end in sorted(v for v in ends if v in net.out):
        if end in rings:
            by_ring.setdefault(rings[end], []).append(end)
            continue
        back = steps_from_any(maps, [end])
        for v, step in steps_to_any(maps, [end]).items():
            if v in back:
                found[v] = min(step, found.get(v, step))
    for ring, own in by_ring.items():
        for v, step in reached(net.into, own, net.passing, ()).items():
            if rings.get(v) == ring:
                found[v] = min(step, found.get(v, step))
    return found


def answering(maps: Maps, asker: NodeId, ends: Iterable[NodeId]) -> tuple[NodeId, ...]:
    """Those of `ends` whom `asker` can reach and who can reach `asker`, in order of id."""
    net, rings = net_of(maps), rings_of(maps)
    own = rings.get(asker)
    return tuple(
        v
        for v in sorted(set(ends))
        if v != asker and v in net.out and (rings[v] == own if v in rings else asker in _circle(maps, v))
    )


@kept
def _circle(maps: Maps, end: NodeId, *, progress: Progress = SILENT) -> frozenset[NodeId]:
    """Who can ask `end`, which is no person, and have an answer back."""
    progress.at(0.0)
    return frozenset(steps_to_any(maps, [end]).keys() & steps_from_any(maps, [end]).keys())


@kept
def rings_of(maps: Maps, *, progress: Progress = SILENT) -> dict[NodeId, int]:
    """For each person and filled role the number of the part in which all reach one another."""
    if len(maps.people) == len(maps.nodes):
        return condensation(maps, progress=progress).of
    parts = nx.strongly_connected_components(maps.flow.subgraph(maps.people))
    return {v: number for number, part in enumerate(sorted(parts, key=min)) for v in part}


def reached(
    neighbours: Neighbours,
    starts: Iterable[NodeId],
    passing: Collection[NodeId],
    ends: Collection[NodeId],
    most: int | None = None,
) -> dict[NodeId, int]:
    """Steps to whoever can be reached over those who hand on; nothing is followed past `ends`."""
    found = dict.fromkeys(starts, 0)
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        step = found[at]
        if step == most or (step and (at in ends or at not in passing)):
            continue
        for other in neighbours[at]:
            if other not in found:
                found[other] = step + 1
                waiting.append(other)
    return found


@dataclass(frozen=True, slots=True)
class _Far:
    """Steps to the nearest of some people (`columns`), read off the table of all."""

    table: Steps
    index: Mapping[NodeId, int]
    columns: Indices

    @staticmethod
    def to(maps: Maps, asker: NodeId, ends: Collection[NodeId]) -> _Far | None:
        """None where that table does not hold the asker and all ends."""
        people = net_of(maps).passing
        if asker not in people or not people.issuperset(ends) or not ends:
            return None
        table = _table(maps)
        return None if table is None else _Far(table, maps.index, indices(maps, sorted(ends)))

    def steps(self, v: NodeId) -> int:
        """From v to the nearest; `NO_WAY` if none can be reached."""
        found = self.table[self.index[v], self.columns].view(np.uint16).min()
        return int(found.view(np.int16))

    def past(self, w: NodeId, v: NodeId) -> bool:
        """Does some shortest way on from w not pass v?"""
        own = self.steps(w)
        over = int(self.table[self.index[w], self.index[v]])
        return w != v and own != NO_WAY and (over == NO_WAY or own < over + self.steps(v))


@kept
def _table(maps: Maps, *, progress: Progress = SILENT) -> Steps | None:
    """Steps between all of `maps.nodes` over people who hand on; None for a map too large for that."""
    size = len(maps.nodes)
    if size * size > MOST_CELLS:
        return None
    vacant = [v for v in maps.nodes if v not in net_of(maps).passing]
    if not vacant:
        return distances(maps, progress=progress).matrix
    everybody = np.arange(size, dtype=np.intp)
    return steps_to(maps, everybody, without=indices(maps, vacant), progress=progress)


def _gets_there(net: Net, start: NodeId, ends: frozenset[NodeId], without: NodeId) -> bool:
    """Is there a way from `start` to any of `ends` while one person is away?

    Whoever turns out to have none is remembered: others behind the same person need no search.
    """
    shut = net.shut.setdefault((without, ends), set())
    if start in shut:
        return False
    met, waiting = {start, without}, deque([start])
    while waiting:
        for other in net.out[waiting.popleft()]:
            if other in ends:
                return True
            if other not in met and other in net.passing:
                met.add(other)
                waiting.append(other)
    shut.update(met)
    return False
