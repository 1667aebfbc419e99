"""How a question gets to somebody who knows, and the answer back: along F, person by person.

A **step** is one line; **hand-offs** are the people in between, steps - 1. Routes pass persons and
filled roles: nobody sits on a vacant post to hand anything on, and outside parties and sources can
only be the end of a route. A source (wiki, queue) can be asked over any line with it, whichever way
that was drawn. Definitions: `docs/findings.md`, "no-answer-route".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from orgmap.analysis.answers import Route
from orgmap.analysis.graphs import Maps
from orgmap.analysis.reaching import Net, answering, net_of, only_over, reached
from orgmap.analysis.separate import separate_ways
from orgmap.analysis.waiting import Carried, Waits, waits
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId, NodeKind
from orgmap.model.matching import folded
from orgmap.model.query import is_person
from orgmap.progress import SILENT, Progress

NOBODY = 1_000_000  # steps back from somebody who has no way back; farther than any way

Cost = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: `words` as first written, who knows it and who seeks it, each in order of id."""

    words: str
    holders: tuple[NodeId, ...]
    seekers: tuple[NodeId, ...]


def topics(document: Document) -> dict[str, Topic]:
    """Every topic that somebody knows or seeks, by its folded words, in their order.

    Accents and letter case aside. People, filled roles, outside parties and sources can know; only
    people and filled roles seek. O(nodes).
    """
    words: dict[str, str] = {}
    known: dict[str, list[NodeId]] = {}
    sought: dict[str, list[NodeId]] = {}
    for node in sorted(document.nodes.values(), key=lambda node: node.id):
        if node.kind is NodeKind.ROLE and node.vacant:
            continue
        sides = [(node.knows, known)]
        if is_person(node):
            sides.append((node.seeks, sought))
        for listed, found in sides:
            for key, word in {folded(word): word for word in reversed(listed)}.items():
                if key:
                    words.setdefault(key, word.strip())
                    found.setdefault(key, []).append(node.id)
    return {
        key: Topic(words[key], tuple(known.get(key, ())), tuple(sought.get(key, ()))) for key in sorted(words)
    }


def holders(document: Document, topic: str) -> tuple[NodeId, ...]:
    """Who knows `topic`, accents and letter case aside, in order of id."""
    found = topics(document).get(folded(topic))
    return found.holders if found is not None else ()


def speaking_for(maps: Maps, end: EndId) -> tuple[NodeId, ...]:
    """Whom a question to `end` can go to: a node itself, any member of a module; in order of id."""
    if end in maps.document.nodes:
        return (NodeId(end),)
    return tuple(maps.members.get(ModuleId(end), ()))


def route(
    maps: Maps,
    asker: NodeId,
    ends: Collection[NodeId],
    *,
    by_time: bool = False,
    progress: Progress = SILENT,
) -> Route | None:
    """The best route from `asker` to any of `ends`; None if there is none.

    Ends whose answer finds a way back come before all others. Then fewest steps (`by_time`: fewest
    minutes, then steps); of equal ones the shorter way back, then the fewest jumps over levels, then
    the shortest time, then the least senior who answers, then by id. The asker is no end. Dijkstra
    1959 on whole numbers, O(m log n).
    """
    net = net_of(maps)
    wanted = frozenset(answering(maps, asker, ends) or (v for v in ends if v in net.out and v != asker))
    if asker not in net.out or not wanted:
        return None
    progress.at(0.0)
    clock = waits(maps)
    there = _way(net, clock, asker, wanted, by_time)
    if there is None:
        return None
    progress.at(0.3)
    back = _way(net, clock, there[-1], frozenset({asker}), by_time)
    progress.at(0.5)
    over = only_over(maps, asker, wanted, there)
    carried = [net.carriers(clock, u, v) for u, v in pairwise(there)]
    returned = [net.carriers(clock, u, v) for u, v in pairwise(back or ())]
    unsaid = {step[0].link for step in (*carried, *returned) if not step[0].said}
    found = Route(
        people=there,
        links=_links(carried),
        minutes=_minutes(carried, clock),
        back=back,
        links_back=_links(returned),
        minutes_back=None if back is None else _minutes(returned, clock),
        unsaid=tuple(sorted(unsaid)),
        assumed=clock.assumed if unsaid else None,
        separate=1 if over is not None else len(separate_routes(maps, asker, wanted)),
        only_over=over,
        jumps=tuple(i for i, (u, v) in enumerate(pairwise(there)) if net.jump(u, v)),
    )
    progress.at(1.0)
    return found


def routes_to_each(
    maps: Maps,
    asker: NodeId,
    ends: Collection[NodeId],
    *,
    by_time: bool = False,
    most: int = 5,
    progress: Progress = SILENT,
) -> tuple[Route, ...]:
    """The best route to each of the nearest `most` ends, the best first: whom one could ask instead.

    What `route` says of all ends together (`separate`, `only_over`) is said of each end by itself.
    """
    found: list[Route] = []
    left = [v for v in dict.fromkeys(ends) if v != asker]
    for place in range(min(most, len(left))):
        progress.at(place / most)
        wanted = frozenset(answering(maps, asker, left) or (v for v in left if v in net_of(maps).out))
        there = _way(net_of(maps), waits(maps), asker, wanted, by_time) if asker in net_of(maps).out else None
        if there is None:
            break
        left.remove(there[-1])
        own = route(maps, asker, [there[-1]], by_time=by_time)
        if own is not None:
            found.append(own)
    progress.at(1.0)
    return tuple(found)


def separate_routes(maps: Maps, asker: NodeId, ends: Collection[NodeId]) -> tuple[tuple[NodeId, ...], ...]:
    """As many routes as share nobody in between, the shortest first; they may share the end."""
    net = net_of(maps)
    if asker not in net.out:
        return ()
    wanted = frozenset(v for v in ends if v in net.out and v != asker)
    return separate_ways(net.out, asker, wanted, net.passing)


def _way(
    net: Net, clock: Waits, start: NodeId, ends: frozenset[NodeId], by_time: bool
) -> tuple[NodeId, ...] | None:
    """The best way by the rules of `route`, from costs worked out backwards from the ends."""
    back = reached(net.into, [start], net.passing, ())

    def weighed(u: NodeId, v: NodeId) -> Cost:
        wait, jump = net.carriers(clock, u, v)[0].minutes, int(net.jump(u, v))
        return (wait, 1, 0, jump, 0) if by_time else (1, 0, jump, wait, 0)

    def begun(end: NodeId) -> Cost:
        returns, level = back.get(end, NOBODY), -(net.nodes[end].level or 0)
        return (0, 0, returns, 0, level) if by_time else (0, returns, 0, 0, level)

    costs = _costs(net, {end: begun(end) for end in ends}, start, weighed)
    if start not in costs:
        return None
    way = [start]
    while way[-1] not in ends:
        at = way[-1]
        near = (v for v in net.out[at] if v in costs and (v in net.passing or v in ends))
        way.append(min(v for v in near if v != start and _sum(weighed(at, v), costs[v]) == costs[at]))
    return tuple(way)


def _costs(
    net: Net, ends: Mapping[NodeId, Cost], start: NodeId, weighed: Callable[[NodeId, NodeId], Cost]
) -> dict[NodeId, Cost]:
    """The least cost from whoever is no farther than `start`; final for all on a best way."""
    costs = dict(ends)
    heap = [(cost, end) for end, cost in ends.items()]
    heap.sort()
    while heap:
        cost, v = heappop(heap)
        if cost > costs[v]:
            continue
        if v == start:
            break
        for u in net.into[v]:
            if u in ends or (u != start and u not in net.passing):
                continue
            longer = _sum(weighed(u, v), cost)
            if u not in costs or longer < costs[u]:
                costs[u] = longer
                heappush(heap, (longer, u))
    return costs


def _sum(one: Cost, other: Cost) -> Cost:
    return (
        one[0] + other[0],
        one[1] + other[1],
        one[2] + other[2],
        one[3] + other[3],
        one[4] + other[4],
    )


def _links(carried: Iterable[tuple[Carried, ...]]) -> tuple[tuple[LinkId, ...], ...]:
    return tuple(tuple(c.link for c in step) for step in carried)


def _minutes(carried: Iterable[tuple[Carried, ...]], clock: Waits) -> int | None:
    steps = [step[0] for step in carried]
    if clock.assumed is None and not all(step.said for step in steps):
        return None
    return sum(step.minutes for step in steps)
