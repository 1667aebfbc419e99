"""A link in words: between whom, and how it is carried."""

from __future__ import annotations

from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId
from orgmap.model.query import name_of
from orgmap.ui.kinds import LINK_KINDS

_LINE = text("list", "{source} → {target}")
_BOTH = text("list", "{source} ↔ {target}")


def line_words(document: Document, link: LinkId) -> str:
    """A link by its ends: "Quentin → Goran"; empty if there is no such link."""
    found = document.links.get(link)
    if found is None:
        return ""
    entry = _BOTH if found.two_way else _LINE
    return str(entry(source=name_of(document, found.source), target=name_of(document, found.target)))


def carried(document: Document, link: Link) -> str:
    """How a link is carried, in a word: its channel, else its kind."""
    channel = document.channels.get(link.channel) if link.channel is not None else None
    return channel.name if channel is not None else str(LINK_KINDS[link.kind]())
