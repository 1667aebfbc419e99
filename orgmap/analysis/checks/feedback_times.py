"""When an answer is back: the quickest way there and back, by how lines are carried and how often.

A line waits half the time between two contacts, plus the delay of its channel, in whole minutes.
What nobody said counts as no wait, so the days here are the least it can take.
"""

from __future__ import annotations

from heapq import heappop, heappush

from orgmap.analysis.checks.situation import Situation, once
from orgmap.model.entities import Link, NodeId

DAY = 24 * 60  # minutes
WEEK = 7 * DAY


@once
def waits(situation: Situation) -> dict[tuple[NodeId, NodeId], int]:
    """Minutes each arc of F makes a message wait at least: those of its quickest link."""
    links = situation.document.links
    return {
        arc: min(_wait(situation, links[key]) for key in carrier.links)
        for arc, carrier in situation.maps.arcs.items()
    }


def days_until_answer(situation: Situation, sender: NodeId, hearer: NodeId) -> float | None:
    """Days from a word of `sender` to `hearer` on their own line until the answer is back; None: never.

    Dijkstra 1959 on whole minutes. O(m log n).
    """
    minutes = waits(situation)
    found: dict[NodeId, int] = {}
    waiting: list[tuple[int, NodeId]] = [(minutes[sender, hearer], hearer)]
    while waiting:
        spent, at = heappop(waiting)
        if at in found:
            continue
        found[at] = spent
        if at == sender:
            return spent / DAY
        for other in situation.out[at]:
            if other not in found:
                heappush(waiting, (spent + minutes[at, other], other))
    return None


def _wait(situation: Situation, link: Link) -> int:
    channel = situation.document.channels.get(link.channel) if link.channel is not None else None
    delay = channel.delay * DAY if channel is not None else 0.0
    interval = WEEK / link.per_week / 2 if link.per_week else 0.0
    return round(min(delay + interval, 1_000 * WEEK))
