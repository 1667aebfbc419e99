"""As many ways as share nobody in between: what is left of a route while somebody is away.

Menger 1927, by augmenting paths (Ford and Fulkerson 1956) on people taken as places with room for one
way each. networkx first copies the whole map for every question, which takes fifty times as long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from itertools import pairwise

from orgmap.model.entities import NodeId

Place = tuple[NodeId, bool]  # somebody, and whether a way may go on from there to anybody it likes


def separate_ways(
    neighbours: Mapping[NodeId, Mapping[NodeId, None]],
    start: NodeId,
    ends: Collection[NodeId],
    passing: Collection[NodeId],
) -> tuple[tuple[NodeId, ...], ...]:
    """Ways from `start` to any of `ends` over `passing`, the shortest first, then by id.

    Ends may be shared, and a way stops at the first. O(ways times lines).
    """
    found: list[tuple[NodeId, ...]] = [(start, end) for end in neighbours[start] if end in ends]
    arcs: set[tuple[NodeId, NodeId]] = set()
    while (way := _augmenting(neighbours, start, ends, passing, arcs)) is not None:
        for (u, leaving), (v, _) in pairwise(way):
            if u != v and leaving:
                arcs.add((u, v))
            elif u != v:
                arcs.discard((v, u))  # the way before goes on elsewhere
    ahead = {u: v for u, v in arcs if u != start}
    for first in sorted(v for u, v in arcs if u == start):
        listed = [start, first]
        while listed[-1] in ahead:
            listed.append(ahead[listed[-1]])
        found.append(tuple(listed))
    return tuple(sorted(found, key=lambda way: (len(way), way)))


def _augmenting(
    neighbours: Mapping[NodeId, Mapping[NodeId, None]],
    start: NodeId,
    ends: Collection[NodeId],
    passing: Collection[NodeId],
    arcs: Collection[tuple[NodeId, NodeId]],
) -> list[Place] | None:
    """One more way, where it may take over a piece of a way before; None: there is no other."""
    before = {v: u for u, v in arcs if v not in ends}
    came: dict[Place, Place] = {}
    waiting: deque[Place] = deque([(start, True)])
    while waiting:
        at = waiting.popleft()
        u, leaving = at
        near: list[Place] = []
        if not leaving:
            near = [(before[u], True)] if before[u] != start else []
        else:
            if u in before:
                near.append((u, False))
            for v in neighbours[u]:
                if (u, v) in arcs or v == start:
                    continue
                if v in ends and u != start:
                    way = [(v, True), at]
                    while way[-1] in came:
                        way.append(came[way[-1]])
                    return way[::-1]
                if v in passing and v not in ends:
                    near.append((v, v not in before))
        for place in near:
            if place not in came and place != (start, True):
                came[place] = at
                waiting.append(place)
    return None
