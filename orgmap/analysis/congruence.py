"""Does the talk fit the work? Whose work needs whose, against who talks with whom."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.graphs import Maps
from orgmap.model.entities import EndId, ModuleId, NodeId

Matrix = NDArray[np.int64]


def required(assignment: Matrix, dependence: Matrix) -> Matrix:
    """How many reasons each pair of people has to talk: TA . TD . TA^T.

    `assignment` is people by tasks, `dependence` tasks by tasks, both 0 or 1.
    Source: Cataldo and others 2006.
    """
    return np.asarray(assignment @ dependence @ assignment.T, dtype=np.int64)


def fit(needed: Matrix, talks: Matrix) -> float | None:
    """Share of the ordered pairs that need to talk and do; 0..1, the diagonal left out, None without any."""
    apart = (needed > 0) & ~np.eye(len(needed), dtype=np.bool_)
    wanted = int(np.count_nonzero(apart))
    return int(np.count_nonzero(apart & (talks > 0))) / wanted if wanted else None


def congruence(maps: Maps) -> float | None:
    """Share of the pairs of ends joined by a *needs* link that also talk both ways; None without needs.

    Two modules talk if somebody of one has a two-way line to somebody of the other, or is in both.
    """
    pairs = sorted({(min(u, v), max(u, v)) for u, v in maps.needs.edges if u != v})
    met = 0
    for end, other_end in pairs:
        one, other = _behind(maps, end), _behind(maps, other_end)
        met += bool(one & other) or any(not other.isdisjoint(maps.two_way[v]) for v in one)
    return met / len(pairs) if pairs else None


def _behind(maps: Maps, end: EndId) -> set[NodeId]:
    """The person, or everybody in the module; outside parties and sources talk with nobody in T."""
    everybody = maps.members.get(cast(ModuleId, end), [cast(NodeId, end)])
    return {v for v in everybody if v in maps.index}
