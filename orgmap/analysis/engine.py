"""The heavy calls: networkx's dispatch to nx-rustworkx where it is installed, networkx itself where not.

Same numbers either way, to 1e-9. A backend is named in the call, never set for the whole process, so
nobody else's backend answers for ours.
"""

from __future__ import annotations

import os

# Several threads add the same numbers in another order each time, and the last bits differ. It must
# be set before rustworkx is loaded, which networkx does at the first call that names it.
os.environ["RAYON_NUM_THREADS"] = "1"

import weakref
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import networkx as nx

from orgmap.analysis.graphs import Maps
from orgmap.progress import SILENT, Progress

BACKEND = "rustworkx"

# networkx warns that a converted graph it kept would be stale if attributes were edited in place.
# The graphs of `Maps` are never altered; every other warning stays.
nx.config.warnings_to_ignore.add("cache")

_V = TypeVar("_V", bound=Hashable)
_P = ParamSpec("_P")
_Answer = TypeVar("_Answer")


def betweenness(
    graph: nx.Graph[_V], *, normalized: bool = True, progress: Progress = SILENT
) -> dict[_V, float]:
    """Betweenness of each node: how many shortest connections of others run over it.

    Each ordered pair of others (unordered, on an undirected graph) counts with the share of its
    shortest paths that pass the node. `normalized`: divided by (n-1)(n-2), or half of it undirected;
    below 3 nodes everything is 0. Range 0..1, raw 0..(n-1)(n-2). O(n m).
    Source: Freeman 1977; Brandes 2001.
    """
    progress.at(0.0)
    if graph.number_of_nodes() == 0:
        return {}
    return dict(dispatched(nx.betweenness_centrality, graph, normalized=normalized))


def edge_betweenness(
    graph: nx.Graph[_V], *, normalized: bool = True, progress: Progress = SILENT
) -> dict[tuple[_V, _V], float]:
    """Betweenness of each arc or edge: how many shortest connections run over it, its own ends' too.

    `normalized`: divided by the number of pairs, n(n-1), or half of it undirected. On an undirected
    graph the key is the pair in ascending order. O(n m). Source: Girvan and Newman 2002.
    """
    progress.at(0.0)
    if graph.number_of_edges() == 0:
        return {}
    found = dispatched(nx.edge_betweenness_centrality, graph, normalized=normalized)
    if graph.is_directed():
        return dict(found)
    return {(min(pair), max(pair)): value for pair, value in found.items()}


def dispatched(function: Callable[..., _Answer], graph: object, **options: object) -> _Answer:
    """The answer of the backend; networkx's own if it is absent or does not know the function."""
    try:
        return function(graph, backend=BACKEND, **options)
    except (ImportError, NotImplementedError):
        return function(graph, **options)


def kept(function: Callable[Concatenate[Maps, _P], _Answer]) -> Callable[Concatenate[Maps, _P], _Answer]:
    """Let `function(maps, ..., progress=...)` answer once for each `Maps`, as long as those live.

    Maps are never altered, so one analysis asks for its distances as often as it likes. The answer
    is shared: do not alter it.
    """
    answers: weakref.WeakKeyDictionary[Maps, dict[Hashable, _Answer]] = weakref.WeakKeyDictionary()

    @wraps(function)
    def answered(maps: Maps, /, *arguments: _P.args, **options: _P.kwargs) -> _Answer:
        known = answers.setdefault(maps, {})
        key = (arguments, *((name, value) for name, value in options.items() if name != "progress"))
        if key not in known:
            known[key] = function(maps, *arguments, **options)
        return known[key]

    return answered
