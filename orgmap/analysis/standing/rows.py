"""People and lines of a map as the rows and cells of a trial."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.analysis.graphs import Maps
from orgmap.analysis.trials import Line
from orgmap.model.entities import NodeId


def rows_of(maps: Maps, people: Iterable[NodeId]) -> list[int]:
    """Whoever has a row, in order."""
    return [maps.index[v] for v in people if v in maps.index]


def arcs_of(maps: Maps, pairs: Iterable[tuple[NodeId, NodeId]]) -> list[Line]:
    """Pairs of people who both have a row."""
    return [(maps.index[u], maps.index[v]) for u, v in pairs if u in maps.index and v in maps.index]
