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

    The parts between such lines form a tree, so that one walk gives all sizes; sides are listed only
    for lines that count.
    """
    graph, cuts = situation.maps.two_way, bridges(situation)
    if not cuts:
        return {}
    least = situation.cut("single-thread.people")
    rest = nx.restricted_view(graph, [], cuts)
    part_of: dict[NodeId, int] = {}
    sizes: list[int] = []
    for number, part in enumerate(nx.connected_components(rest)):
        part_of |= dict.fromkeys(part, number)
        sizes.append(len(part))
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(range(len(sizes)))
    tree.add_edges_from((part_of[u], part_of[v]) for u, v in cuts)
    below = list(sizes)
    whole: dict[int, int] = {}
    above: dict[int, int] = {}
    for component in nx.connected_components(tree):
        root = min(component)
        walk = list(nx.bfs_edges(tree, root))
        for parent, child in reversed(walk):
            below[parent] += below[child]
            above[child] = parent
        whole |= dict.fromkeys(component, below[root])
    found: dict[Line, Sides] = {}
    for u, v in cuts:
        child = part_of[u] if above.get(part_of[u]) == part_of[v] else part_of[v]
        size = below[child]
        if min(size, whole[child] - size) >= least:
            cut = nx.restricted_view(graph, [], [(u, v)])
            found[u, v] = (
                tuple(sorted(nx.node_connected_component(cut, u))),
                tuple(sorted(nx.node_connected_component(cut, v))),
            )
    return found
