"""A link in words: between whom, and how it is carried."""

from __future__ import annotations

from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId
from orgmap.ui.kinds import LINK_KINDS, line_said


def line_words(document: Document, link: LinkId) -> str:
    """A link by its ends: "Quentin → Goran"; empty if there is no such link."""
    found = document.links.get(link)
    return str(line_said(document, found)) if found is not None else ""


def carried(document: Document, link: Link) -> str:
    """How a link is carried, in a word: its channel, else its kind."""
    channel = document.channels.get(link.channel) if link.channel is not None else None
    return channel.name if channel is not None else str(LINK_KINDS[link.kind]())
