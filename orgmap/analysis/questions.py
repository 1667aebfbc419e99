"""What may be asked of a map besides its findings: plain values that cross processes, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmap.model.entities import EndId, NodeId
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.analysis.graphs import Maps


@dataclass(frozen=True, slots=True)
class RouteTo:
    """How does a question get from `start` to `goal`, or to whoever knows `topic`, and its answer back?

    `waiting`: the quickest way, waits counted; else the one with fewest steps. Answer: `routes.Route`
    or None.
    """

    start: NodeId
    goal: EndId | None = None
    topic: str = ""
    waiting: bool = False


Question = RouteTo


def answer(question: Question, maps: Maps, progress: Progress = SILENT) -> object:
    """The answer, a frozen value; None where there is none, as about somebody who is not on the map."""
    match question:
        case RouteTo(start=start, goal=goal, topic=topic, waiting=waiting):
            from orgmap.analysis.routes import holders, route, speaking_for

            ends = speaking_for(maps, goal) if goal is not None else holders(maps.document, topic)
            return route(maps, start, ends, by_time=waiting, progress=progress)
