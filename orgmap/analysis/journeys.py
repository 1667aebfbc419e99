"""How a question gets from one person to somebody, to a module or to who knows a topic, and back."""

from __future__ import annotations

from orgmap.analysis.answers import Journey
from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import RouteTo
from orgmap.analysis.reaching import steps_from_any
from orgmap.analysis.routes import holders, route, routes_to_each, separate_routes, speaking_for
from orgmap.progress import SILENT, Progress

NEAREST = 5  # ends to each of which a route is told; more are no help


def journey(maps: Maps, asked: RouteTo, *, progress: Progress = SILENT) -> Journey | None:
    """The best route to any of those asked for, then the best to each of the next nearest.

    None if the map does not have the one who asks, or whom the question is for.
    """
    document = maps.document
    if asked.start not in document.nodes or (asked.goal is not None and document.end(asked.goal) is None):
        return None
    wanted = speaking_for(maps, asked.goal) if asked.goal is not None else holders(document, asked.topic)
    ends = tuple(v for v in wanted if v != asked.start)
    best = route(maps, asked.start, ends, by_time=asked.waiting, progress=progress.part(0.0, 0.4))
    if best is None:
        return Journey(
            start=asked.start,
            ends=ends,
            routes=(),
            separate=(),
            told_back=asked.start in steps_from_any(maps, ends),
            here=asked.start in wanted,
        )
    others = tuple(v for v in ends if v != best.end)
    part = progress.part(0.4, 0.9)
    each = routes_to_each(maps, asked.start, others, by_time=asked.waiting, most=NEAREST - 1, progress=part)
    return Journey(
        start=asked.start,
        ends=ends,
        routes=(best, *each),
        separate=separate_routes(maps, asked.start, ends),
        told_back=False,
        here=asked.start in wanted,
    )
