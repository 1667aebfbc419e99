"""When an answer is back: the quickest way there and back, by how lines are carried and how often.

A line waits half the time between two contacts, plus the delay of its channel, in whole minutes.
What nobody said counts as no wait, so the days here are the least it can take.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.distances import arcs
from orgmap.analysis.waiting import DAY, minutes
from orgmap.model.entities import NodeId


def days_until_answers(
    situation: Situation, sender: NodeId, hearers: Iterable[NodeId]
) -> dict[NodeId, float | None]:
    """Days from a word of `sender` to each of `hearers`, on their own line, until the answer is back.

    None: it never is. Dijkstra 1959 on whole minutes. O(m log n) for one sender.
    """
    at, (waits, back) = situation.maps.index, _waits(situation)
    quickest = csgraph.dijkstra(back, indices=[at[sender]])[0]
    found = {v: waits[sender, v] + float(quickest[at[v]]) for v in hearers}
    return {v: None if isinf(total) else total / DAY for v, total in found.items()}


def minutes_there(situation: Situation, sender: NodeId, hearer: NodeId) -> int:
    """How long a word of `sender` waits on the line to `hearer`."""
    return _waits(situation)[0][sender, hearer]


@once
def _waits(situation: Situation) -> tuple[dict[tuple[NodeId, NodeId], int], sparse.csr_array]:
    """Minutes each arc of F makes a message wait, those of its quickest link; and these turned round,
    as a matrix from hearer to teller, where 0 is a line without a wait.
    """
    maps, links = situation.maps, situation.document.links
    waits = {
        arc: min(minutes(situation.document, links[key], links[key].per_week) for key in carrier.links)
        for arc, carrier in maps.arcs.items()
    }
    found, size = arcs(maps), len(maps.nodes)
    weights = np.fromiter(waits.values(), np.float64, len(waits))
    return waits, sparse.csr_array((weights, (found.targets, found.sources)), shape=(size, size))
