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
from orgmap.model.entities import Link, NodeId

DAY = 24 * 60  # minutes
WEEK = 7 * DAY


def days_until_answers(
    situation: Situation, sender: NodeId, hearers: Iterable[NodeId]
) -> dict[NodeId, float | None]:
    """Days from a word of `sender` to each of `hearers`, on their own line, until the answer is back.

    None: it never is. Dijkstra 1959 on whole minutes. O(m log n) for one sender.
    """
    at, (minutes, back) = situation.maps.index, _waits(situation)
    quickest = csgraph.dijkstra(back, indices=[at[sender]])[0]
    found = {v: minutes[sender, v] + float(quickest[at[v]]) for v in hearers}
    return {v: None if isinf(total) else total / DAY for v, total in found.items()}


@once
def _waits(situation: Situation) -> tuple[dict[tuple[NodeId, NodeId], int], sparse.csr_array]:
    """Minutes each arc of F makes a message wait, those of its quickest link; and these turned round,
    as a matrix from hearer to teller, where 0 is a line without a wait.
    """
    maps, links = situation.maps, situation.document.links
    minutes = {
        arc: min(_wait(situation, links[key]) for key in carrier.links) for arc, carrier in maps.arcs.items()
    }
    found, size = arcs(maps), len(maps.nodes)
    waits = np.fromiter(minutes.values(), np.float64, len(minutes))
    return minutes, sparse.csr_array((waits, (found.targets, found.sources)), shape=(size, size))


def _wait(situation: Situation, link: Link) -> int:
    channel = situation.document.channels.get(link.channel) if link.channel is not None else None
    delay = channel.delay * DAY if channel is not None else 0.0
    interval = WEEK / link.per_week / 2 if link.per_week else 0.0
    return round(min(delay + interval, 1_000 * WEEK))
