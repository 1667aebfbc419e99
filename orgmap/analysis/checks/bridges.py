"""Lines of T that are the only way between two parts of the map."""

from __future__ import annotations

from typing import cast

import networkx as nx

from orgmap.analysis.checks.situation import Situation, once
from orgmap.model.entities import NodeId

Line = tuple[NodeId, NodeId]  # a pair of T in order of id
Sides = tuple[tuple[NodeId, ...], tuple[NodeId, ...]]


@once
def bridges(situation: Situation) -> list[Line]:
    """Pairs of T whose line is the only way between two parts, in order of id."""
    found = cast("list[Line]", nx.bridges(situation.maps.two_way))
    return sorted((u, v) if u < v else (v, u) for u, v in found)


@once
def sides(situation: Situation) -> dict[Line, Sides]:
    """Lines of T that are the only way between two parts, both large enough; with the two sides.

    The parts between such lines form a tree; in the order of one walk through it those behind a line
    stand together. Sides are listed only for lines that count.
    """
    graph, cuts = situation.maps.two_way, bridges(situation)
    if not cuts:
        return {}
    least = situation.cut("single-thread.people")
    rest = nx.restricted_view(graph, [], cuts)
    part_of: dict[NodeId, int] = {}
    parts: list[list[NodeId]] = []
    for number, part in enumerate(nx.connected_components(rest)):
        part_of |= dict.fromkeys(part, number)
        parts.append(sorted(part))
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(range(len(parts)))
    tree.add_edges_from((part_of[u], part_of[v]) for u, v in cuts)
    found: dict[Line, Sides] = {}
    for component in nx.connected_components(tree):
        walk, span = _walked(tree, min(component), parts)
        for u, v in cuts:
            if part_of[u] not in component:
                continue
            start, stop = max(span[part_of[u]], span[part_of[v]])  # the later begun lies in the other
            size = stop - start
            if min(size, len(walk) - size) >= least:
                below, rest_of_it = walk[start:stop], walk[:start] + walk[stop:]
                near = below if span[part_of[u]] == (start, stop) else rest_of_it
                far = rest_of_it if near is below else below
                found[u, v] = tuple(sorted(near)), tuple(sorted(far))
    return {line: found[line] for line in cuts if line in found}


def _walked(
    tree: nx.Graph[int], root: int, parts: list[list[NodeId]]
) -> tuple[list[NodeId], dict[int, tuple[int, int]]]:
    """Everybody in the tree of parts, so that those behind a part stand together, and from where to where."""
    walk: list[NodeId] = []
    starts: dict[int, int] = {}
    span: dict[int, tuple[int, int]] = {}
    waiting = [(root, False)]
    while waiting:
        part, through = waiting.pop()
        if through:
            span[part] = starts[part], len(walk)
            continue
        starts[part] = len(walk)
        walk += parts[part]
        waiting.append((part, True))
        waiting += [(other, False) for other in tree.adj[part] if other not in starts]
    return walk, span
