"""The time that communication takes, in hours per week."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.graphs import Maps
from orgmap.model.entities import Link, LinkKind, NodeId, Status

MINUTES = 60  # in an hour


def timed_links(maps: Maps) -> Iterator[tuple[Link, float]]:
    """The links of talk that say how often and how long, with their hours per week."""
    for link in talk(maps):
        if link.per_week is not None and link.minutes is not None:
            yield link, link.per_week * link.minutes / MINUTES


def talk(maps: Maps) -> Iterator[Link]:
    """Every link of talk that is not proposed, those to outside parties and sources too."""
    reports_too = maps.document.info.reporting_is_talk
    for link in maps.document.links.values():
        spoken = link.kind is LinkKind.TALKS or (reports_too and link.kind is LinkKind.REPORTS)
        if spoken and link.status is not Status.PROPOSED:
            yield link


def hours_of_map(maps: Maps) -> float | None:
    """Hours per week of contact on the map, each link once; None if no link says how much."""
    listed = [hours for _, hours in timed_links(maps)]
    return sum(listed) if listed else None


def hours_of_people(maps: Maps) -> dict[NodeId, float | None]:
    """Hours per week each person spends in contact, each link once; None if none of theirs says.

    A link that ends on a module is shared among those who speak for it.
    """
    found: dict[NodeId, float | None] = dict.fromkeys(maps.nodes)
    for link, hours in timed_links(maps):
        pairs = list(maps.pairs(link))
        for pair in pairs:
            for v in pair:
                if v in found:
                    found[v] = (found[v] or 0.0) + hours / len(pairs)
    return found
