"""Who carries enough already: no advice proposes them while somebody else would do as well."""

from __future__ import annotations

from orgmap.analysis.checks.bottlenecks import told_hold
from orgmap.analysis.checks.load import loads
from orgmap.analysis.checks.situation import Situation, once
from orgmap.model.entities import NodeId


@once
def burdened(situation: Situation) -> frozenset[NodeId]:
    """Everybody of whom it is told that others depend on them alone, or that talk takes many hours."""
    above, unusual, _ = loads(situation)
    return told_hold(situation) | {load.person for load in (*above, *unusual)}
