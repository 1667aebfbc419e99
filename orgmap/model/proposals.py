"""Advice that is tried: its lines stand on the map as proposals, dashed, and count for nothing yet.

Nothing is remembered beside the map. A proposal belongs to an advice if it is the line the advice
would draw; so it is found again after saving, and when the analysis words its advice anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from orgmap.model.document import Change, Document
from orgmap.model.edits import delete, set_fields
from orgmap.model.entities import Link, LinkId, LinkKind, Status


def lines(change: Change) -> tuple[Link, ...]:
    """The lines of talk that a change draws, if it does nothing else; otherwise none."""
    if change.info is not None or any((change.nodes, change.modules, change.channels)):
        return ()
    drawn = [after for before, after in change.links.values() if before is None and after is not None]
    if len(drawn) < len(change.links) or any(link.kind is not LinkKind.TALKS for link in drawn):
        return ()
    return tuple(drawn)


def proposed(change: Change) -> Change:
    """The change with its lines as proposals. Only for one that draws `lines`."""
    links = {link.id: (None, replace(link, status=Status.PROPOSED)) for link in lines(change)}
    return replace(change, links=links)


def tried(document: Document, change: Change) -> tuple[LinkId, ...]:
    """The proposals on the map that are the lines of `change`; none unless all of them are there."""
    wanted = lines(change)
    drawn = {course(link): link.id for link in document.links.values() if link.status is Status.PROPOSED}
    found = [drawn[course(link)] for link in wanted if course(link) in drawn]
    return tuple(found) if wanted and len(found) == len(wanted) else ()


def made_real(document: Document, links: Iterable[LinkId]) -> Change:
    """The proposals become lines like all others."""
    return set_fields(document, links, status=Status.CONFIRMED)


def withdrawn(document: Document, links: Iterable[LinkId]) -> Change:
    """The proposals go."""
    return delete(document, links)


def fits(document: Document, change: Change) -> bool:
    """Can an advice still be carried out? It was made for a map that may have changed since.

    Cost: that of the change.
    """
    try:
        after = document.apply(change)
    except ValueError:
        return False
    links = (link for _, link in change.links.values() if link is not None)
    nodes = (node for _, node in change.nodes.values() if node is not None)
    return all(
        after.end(link.source) is not None
        and after.end(link.target) is not None
        and (link.channel is None or link.channel in after.channels)
        for link in links
    ) and all(module in after.modules for node in nodes for module in node.modules)


def course(link: Link) -> tuple[object, ...]:
    """From where to where, the same both ways for a line that goes both ways."""
    ends = frozenset((link.source, link.target)) if link.two_way else (link.source, link.target)
    return (link.kind, link.two_way, ends)
