"""How long a word waits on a line: half the time between two contacts, plus the delay of the channel.

In whole minutes, because float lengths give wrong shortest paths. What nobody said is never invented
silently: `Waits` holds what it assumes, and says of which lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Maps
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, LinkKind, NodeId, Status
from orgmap.progress import SILENT, Progress

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
LONGEST = 1_000 * WEEK  # a line used less often than this is never waited for


def delay(document: Document, link: Link) -> float:
    """Minutes until what is sent on the channel of `link` arrives; 0 without a channel."""
    channel = document.channels.get(link.channel) if link.channel is not None else None
    return channel.delay * DAY if channel is not None else 0.0


def minutes(document: Document, link: Link, per_week: float | None) -> int:
    """Minutes a word waits on `link` with so many contacts a week; unknown or 0: only the delay."""
    return round(min(delay(document, link) + (WEEK / per_week / 2 if per_week else 0.0), LONGEST))


@dataclass(frozen=True, slots=True)
class Carried:
    """One link as it carries an arc: minutes a word waits on it, and whether its frequency is `said`."""

    minutes: int
    said: bool
    link: LinkId


class Waits:
    """The waits of one map, each worked out when it is asked for.

    A line of which nobody said how often counts as one with `assumed` contacts a week: the middle
    (lower median) of what is said of the other lines of talk. `assumed` is None where nothing is said
    of any: then such a line waits for the delay of its channel alone, and no time can be told.
    """

    def __init__(self, maps: Maps) -> None:
        self._maps = maps
        said = sorted(
            link.per_week
            for link in maps.document.links.values()
            if link.kind is LinkKind.TALKS and link.status is not Status.PROPOSED and link.per_week
        )
        self.assumed = said[(len(said) - 1) // 2] if said else None
        self._known: dict[LinkId, Carried] = {}
        self._carriers: dict[tuple[NodeId, NodeId], tuple[Carried, ...]] = {}

    def carriers(self, u: NodeId, v: NodeId) -> tuple[Carried, ...]:
        """The links on which u can tell v directly, the quickest first, then by id; often one."""
        found = self._carriers.get((u, v))
        if found is None:
            arc = self._maps.all_arcs.get((u, v))
            listed = [self._carried(link) for link in arc.links] if arc is not None else []
            found = tuple(sorted(listed, key=lambda c: (c.minutes, not c.said, c.link)))
            self._carriers[u, v] = found
        return found

    def _carried(self, key: LinkId) -> Carried:
        if key not in self._known:
            document = self._maps.document
            link = document.links[key]
            often = link.per_week
            if often and (link.source in document.modules or link.target in document.modules):
                often /= max(sum(1 for _ in self._maps.pairs(link)), 1)  # shared among those it speaks for
            wait = minutes(document, link, often or self.assumed)
            self._known[key] = Carried(wait, bool(often), key)
        return self._known[key]


@kept
def waits(maps: Maps, *, progress: Progress = SILENT) -> Waits:
    """The waits of a map. O(m) once, then by the lines asked for."""
    progress.at(0.0)
    return Waits(maps)
