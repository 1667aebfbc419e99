"""What is said of the map as a whole: how dense, how mutual, how reachable, how like a tree.

Every function gives None where the measure is not defined: no pairs, no arcs, nothing to compare.
Graph-theoretical dimensions: Krackhardt 1994, as `docs/findings.md` section 6 reads them.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import numpy as np

from orgmap.analysis.distances import NO_WAY, distances
from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Graph, Maps
from orgmap.analysis.paths import condensation
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

MOST_PARTS = 2_000  # strong components; with more, the pairs take over a second and half a gigabyte


def density(maps: Maps) -> float | None:
    """Share of the n(n-1) ordered pairs that have an arc in F; 0..1, None below 2 people."""
    return _share(len(maps.arcs), _pairs(maps))


def reciprocity_arc(maps: Maps) -> float | None:
    """Share of the arcs of F that are answered straight, 2M/(2M+A); 0..1, None without arcs."""
    mutual = maps.two_way.number_of_edges()
    return _share(2 * mutual, len(maps.arcs))


def reciprocity_dyad(maps: Maps) -> float | None:
    """Share of the joined pairs that are joined both ways, M/(M+A); 0..1, None without arcs."""
    mutual = maps.two_way.number_of_edges()
    return _share(mutual, len(maps.arcs) - mutual)


def mutual_reach(maps: Maps) -> float | None:
    """Share of the ordered pairs that can reach each other on F; 0..1, None below 2 people."""
    return _share(sum(len(p) * (len(p) - 1) for p in condensation(maps).parts), _pairs(maps))


def open_link_share(maps: Maps) -> float | None:
    """Share of the arcs of F without a way back (flow hierarchy, Luo and Magee 2011); 0..1."""
    returns = distances(maps).returns
    return _share(int(np.count_nonzero(returns == NO_WAY)), len(returns))


def closed_link_share(maps: Maps) -> float | None:
    """Share of the arcs of F with a way back, however long: what is not open; 0..1, None without arcs."""
    opened = open_link_share(maps)
    return None if opened is None else 1 - opened


def fragmentation(graph: Graph) -> float | None:
    """Share of the pairs of an undirected graph that no path joins; 0..1, None below 2 nodes.

    1 - sum s(s-1) / (n(n-1)) over components of s nodes. O(n + m). Source: Borgatti 2006.
    """
    size = graph.number_of_nodes()
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    found = _share(joined, size * (size - 1))
    return None if found is None else 1 - found


def fragmentation_without(graph: Graph, people: Iterable[NodeId]) -> float | None:
    """The fragmentation that is left when `people` are away."""
    return fragmentation(nx.restricted_view(graph, list(people), []))


@kept
def weak_parts(maps: Maps, *, progress: Progress = SILENT) -> tuple[tuple[NodeId, ...], ...]:
    """The weak components of F: whoever any line joins; by size, then by first id. O(n + m)."""
    progress.at(0.0)
    found = [tuple(sorted(part)) for part in nx.weakly_connected_components(maps.flow)]
    return tuple(sorted(found, key=lambda part: (-len(part), part)))


def connectedness(maps: Maps) -> float | None:
    """Share of the pairs that lines of F join in any direction; 0..1, None below 2 people."""
    return _share(sum(len(p) * (len(p) - 1) for p in weak_parts(maps)), _pairs(maps))


def hierarchy(maps: Maps) -> float | None:
    """Share of the pairs with any way that have a way in one direction only; 0 in a ring, 1 in a tree.

    None when nobody reaches anybody.
    """
    ordered = int(distances(maps).reached.sum())
    mutual = sum(len(part) * (len(part) - 1) // 2 for part in condensation(maps).parts)
    found = _share(mutual, ordered - mutual)
    return None if found is None else 1 - found


def efficiency(maps: Maps) -> float | None:
    """1 where no arc is more than its component needs (s-1), 0 where every possible arc is there.

    None where there is no room for another arc: everybody alone.
    """
    sizes = [len(part) for part in weak_parts(maps)]
    needed = sum(size - 1 for size in sizes)
    room = sum(size * (size - 1) for size in sizes) - needed
    found = _share(len(maps.arcs) - needed, room)
    return None if found is None else 1 - found


def least_upper_bound(maps: Maps, progress: Progress = SILENT) -> float | None:
    """Share of the pairs with a nearest common source: unity of command; 0..1.

    An upper bound of two people is whoever reaches both, themselves included; it is the least if
    every other upper bound reaches it. Counted are the pairs without one, by the most a component of
    s can have, (s-1)(s-2)/2. None where every component has fewer than 3 people, and above
    `MOST_PARTS` strong components. O(parts^2 + parts m).
    """
    weak = weak_parts(maps)
    room = sum((len(part) - 1) * (len(part) - 2) // 2 for part in weak)
    parts = condensation(maps, progress=progress)
    if room == 0 or len(parts.parts) > MOST_PARTS:
        return None
    order, tellers = _ordered_parts(maps)
    count = len(order)
    reaches = np.zeros((count, count), dtype=np.float32)  # row by column: 1 if row is told by column
    last = np.full((count, count), -1, dtype=np.int32)  # of the common sources, the last in the order
    for x in range(count):
        if x % 50 == 0:
            progress.at(x / count)
        reaches[x, x] = 1
        for teller in tellers[x]:
            np.maximum(reaches[x], reaches[teller], out=reaches[x])
            np.maximum(last[x, :x], last[teller, :x], out=last[x, :x])
        above = np.flatnonzero(reaches[x, :x])
        last[x, above] = above
        last[x, x] = x
        last[:x, x] = last[x, :x]
    common = reaches @ reaches.T
    own = reaches.sum(axis=1)
    missing = (last < 0) | (own[np.maximum(last, 0)] != common)
    sizes = np.array([len(parts.parts[part]) for part in order], dtype=np.int64)
    without = int(sizes @ missing @ sizes) // 2
    apart = (len(maps.nodes) ** 2 - sum(len(part) ** 2 for part in weak)) // 2
    return 1 - (without - apart) / room


def average_distance(maps: Maps) -> float | None:
    """Mean steps of the ordered pairs of F that a path joins; from 1, None where nobody is joined."""
    found = distances(maps)
    return _share(int(found.sum_out.sum()), int(found.reached.sum()))


def diameter(maps: Maps) -> int | None:
    """The most steps of any ordered pair of F that a path joins; None where nobody is joined."""
    return distances(maps).longest or None


def _ordered_parts(maps: Maps) -> tuple[list[int], list[list[int]]]:
    """Strong components so that tellers come before those they tell, and who tells each directly."""
    parts = condensation(maps)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(parts.parts)))
    graph.add_edges_from((parts.of[u], parts.of[v]) for u, v in maps.arcs if parts.of[u] != parts.of[v])
    order = list(nx.topological_sort(graph))
    place = {part: number for number, part in enumerate(order)}
    return order, [sorted(place[teller] for teller in graph.predecessors(part)) for part in order]


def _pairs(maps: Maps) -> int:
    return len(maps.nodes) * (len(maps.nodes) - 1)


def _share(some: int, all_of_them: int) -> float | None:
    return some / all_of_them if all_of_them > 0 else None
