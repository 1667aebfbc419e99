"""The words for kinds of nodes and links, for how sure one is of a link, and for a link itself."""

from __future__ import annotations

from orgmap.i18n import Said, Text, text
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkKind, NodeKind, Status
from orgmap.model.query import name_of

NODE_KINDS: dict[NodeKind, Text] = {
    NodeKind.PERSON: text("kind of node", "person"),
    NodeKind.ROLE: text("kind of node", "role"),
    NodeKind.OUTSIDE: text("kind of node", "outside"),
    NodeKind.SOURCE: text("kind of node", "source"),
}
LINK_KINDS: dict[LinkKind, Text] = {
    LinkKind.TALKS: text("kind of link", "talks"),
    LinkKind.REPORTS: text("kind of link", "boss of"),
    LinkKind.NEEDS: text("kind of link", "needs the work of"),
}
STATUSES: dict[Status, Text] = {
    Status.CONFIRMED: text("status of a link", "confirmed by both"),
    Status.CLAIMED: text("status of a link", "claimed by one"),
    Status.ASSUMED: text("status of a link", "assumed"),
    Status.DISPUTED: text("status of a link", "disputed"),
    Status.PROPOSED: text("status of a link", "proposed"),
}

NOTE_COLOURS = (  # in the order of the themes
    text("colour", "Yellow"),
    text("colour", "Blue"),
    text("colour", "Green"),
    text("colour", "Pink"),
    text("colour", "Violet"),
    text("colour", "Grey"),
)
MODULE_COLOURS = (  # in the order of the themes
    text("colour", "Blue"),
    text("colour", "Orange"),
    text("colour", "Green"),
    text("colour", "Purple"),
    text("colour", "Teal"),
    text("colour", "Olive"),
    text("colour", "Red"),
    text("colour", "Indigo"),
    text("colour", "Moss"),
    text("colour", "Brown"),
)
_LINE = text("list", "{source} → {target}")
_BOTH = text("list", "{source} ↔ {target}")


def line_said(document: Document, link: Link) -> Said:
    """A link by its ends: "Quentin → Goran"."""
    said = _BOTH if link.two_way else _LINE
    return said(source=name_of(document, link.source), target=name_of(document, link.target))
