"""Who stands between others, and how near everybody is: centralities, and how centred the map is.

Arrays are by the index of `maps.nodes`; None stands for what is not defined on a map this small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from orgmap.analysis import engine
from orgmap.analysis.brandes import Passing, passing
from orgmap.analysis.distances import distances, steps_two_way
from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Graph, Maps
from orgmap.analysis.paths import matrix, matrix_two_way
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

Arc = tuple[NodeId, NodeId]


@kept
def betweenness(maps: Maps, *, progress: Progress = SILENT) -> dict[NodeId, float]:
    """Betweenness of each person on F, the share of the (n-1)(n-2) ordered pairs of others; 0..1.

    Below 3 people everything is 0. O(n m). Source: Freeman 1977, Brandes 2001.
    """
    found = passing(matrix(maps), over=False, progress=progress)
    if found is None:
        return engine.betweenness(maps.flow, progress=progress)
    return _shared(maps, found)


@kept
def betweenness_two_way(maps: Maps, *, progress: Progress = SILENT) -> dict[NodeId, float]:
    """As `betweenness`, on T, the share of the (n-1)(n-2)/2 pairs of others; 0..1."""
    found = passing(matrix_two_way(maps), over=False, progress=progress)
    if found is None:
        return engine.betweenness(maps.two_way, progress=progress)
    return _shared(maps, found)


@kept
def arc_betweenness(maps: Maps, *, progress: Progress = SILENT) -> dict[Arc, float]:
    """The share of the n(n-1) ordered pairs whose shortest connections run over each arc of F; 0..1.

    O(n m). Source: Girvan and Newman 2002.
    """
    found = passing(matrix(maps), over=True, progress=progress)
    if found is None or found.over is None:
        return engine.edge_betweenness(maps.flow, progress=progress)
    pairs = max(len(maps.nodes) * (len(maps.nodes) - 1), 1)
    return dict(zip(maps.arcs, (found.over / pairs).tolist(), strict=True))


def _shared(maps: Maps, found: Passing) -> dict[NodeId, float]:
    pairs = max((len(maps.nodes) - 1) * (len(maps.nodes) - 2), 1)
    return dict(zip(maps.nodes, (found.through / pairs).tolist(), strict=True))


def closeness(maps: Maps, *, incoming: bool, progress: Progress = SILENT) -> NDArray[np.float64] | None:
    """How near those are who reach a person (or whom they reach, `incoming` False), on F; 0..1.

    With k of the n-1 others joined over an average of d steps: k/(n-1) x 1/d; 0 with nobody joined.
    None below 2 people. Source: Wasserman and Faust 1994, p. 200 f.; as networkx computes it.
    """
    found = distances(maps, progress=progress)
    joined, steps = (found.reached_by, found.sum_in) if incoming else (found.reached, found.sum_out)
    others = len(maps.nodes) - 1
    if others < 1:
        return None
    return np.asarray(joined * joined / (np.maximum(steps, 1) * others), dtype=np.float64)


def centralization(values: Iterable[float], most: float) -> float | None:
    """How far one stands out: the sum of (largest - each), by `most`, that of the star; 0..1.

    None where `most` is 0, that is on maps too small for anybody to stand out. Source: Freeman 1979.
    """
    listed = list(values)
    if not listed or most <= 0:
        return None
    highest = max(listed)
    return sum(highest - value for value in listed) / most


def centralization_in(maps: Maps) -> float | None:
    """Centralization of incoming lines on F: 1 when all tell one and nobody else hears; None below 2.

    Divided by (n-1)^2, the directed star. Source: Freeman 1979; Wasserman and Faust 1994, p. 200.
    """
    return centralization((d for _, d in maps.flow.in_degree()), (len(maps.nodes) - 1) ** 2)


def centralization_out(maps: Maps) -> float | None:
    """As `centralization_in`, of outgoing lines: 1 when one tells all and nobody else tells."""
    return centralization((d for _, d in maps.flow.out_degree()), (len(maps.nodes) - 1) ** 2)


def centralization_closeness(maps: Maps, progress: Progress = SILENT) -> float | None:
    """Freeman's closeness centralization of T: star 1, ring 0; 0..1.

    None below 3 people, and where T is not connected: somebody then is at no distance from somebody.
    O(n m / 64) for each step. Source: Freeman 1979.
    """
    size = len(maps.nodes)
    if size < 3 or not nx.is_connected(maps.two_way):
        return None
    steps = steps_two_way(maps, progress=progress)
    near = (size - 1) / steps.sum(axis=1, dtype=np.int64)
    return centralization(near.tolist(), (size - 1) * (size - 2) / (2 * size - 3))


def centralization_betweenness(maps: Maps, progress: Progress = SILENT) -> float | None:
    """Centralization of betweenness on F: 1 when everything passes one person; None below 3 people."""
    size = len(maps.nodes)
    return centralization(betweenness(maps, progress=progress).values(), size - 1 if size >= 3 else 0)


def degree_centralization(graph: Graph) -> float | None:
    """Freeman's degree centralization of an undirected graph: star 1, ring 0; None below 3 nodes."""
    size = graph.number_of_nodes()
    return centralization((d for _, d in graph.degree()), (size - 1) * (size - 2))


def closeness_centralization(graph: Graph) -> float | None:
    """Freeman's closeness centralization of an undirected graph: star 1, ring 0; None below 3 nodes.

    O(n m), in networkx; for the small maps of a lesson.
    """
    size = graph.number_of_nodes()
    if size < 3:
        return None
    values: Mapping[NodeId, float] = nx.closeness_centrality(graph)
    return centralization(values.values(), (size - 1) * (size - 2) / (2 * size - 3))


def relative_centrality(graph: Graph) -> dict[NodeId, float] | None:
    """The steps of everybody to everybody, by one's own steps to everybody: who is in the middle.

    From n, the hub of nothing, upwards; None unless the graph is connected and has 2 nodes or more.
    O(n m). Source: Bavelas 1950; used by Leavitt 1951 for wheel, chain, Y and circle.
    """
    if graph.number_of_nodes() < 2 or not nx.is_connected(graph):
        return None
    own = {v: sum(steps.values()) for v, steps in nx.all_pairs_shortest_path_length(graph)}
    total = sum(own.values())
    return {v: total / steps for v, steps in own.items()}
