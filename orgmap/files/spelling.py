"""Names that are perhaps the same person, spelt in two ways. Proposed, never merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from orgmap.i18n import Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import NodeKind

_SPACE = re.compile(r"[\s._-]+")
_TWO_WAYS = text("notes", "{names} may be the same person, spelt in several ways; nothing was merged.")


def folded(name: str) -> str:
    """What is left of a name without case, accents, spaces and dots."""
    if name.isascii():
        return _SPACE.sub(" ", name).strip().casefold()
    parts = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return _SPACE.sub(" ", bare).strip().casefold()


def near_names(document: Document) -> Iterator[Said]:
    """One sentence for each group of persons whose names differ in spelling only."""
    groups: dict[str, dict[str, None]] = {}
    for node in document.nodes.values():
        if node.kind is NodeKind.PERSON:
            groups.setdefault(folded(node.name), {})[node.name] = None
    for same in groups.values():
        if len(same) > 1:
            yield _TWO_WAYS(names=names(f"“{name}”" for name in same))
