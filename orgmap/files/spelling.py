"""Names that are perhaps the same person, spelt in two ways. Proposed, never merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from orgmap.i18n import Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import NodeKind

_SPACE = re.compile(r"[\s._-]+")
_PERSON = text("notes", "{names} may be the same person, spelt in several ways; nothing was merged.")
_MODULE = text("notes", "{names} may be the same module, spelt in several ways; nothing was merged.")


def folded(name: str) -> str:
    """What is left of a name without case, accents, spaces and dots."""
    if name.isascii():
        return _SPACE.sub(" ", name).strip().casefold()
    parts = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return _SPACE.sub(" ", bare).strip().casefold()


def near_names(document: Document) -> Iterator[Said]:
    """One sentence for each group of persons, or modules, whose names differ in spelling only."""
    persons = (node.name for node in document.nodes.values() if node.kind is NodeKind.PERSON)
    modules = (module.name for module in document.modules.values())
    for listed, sentence in ((persons, _PERSON), (modules, _MODULE)):
        groups: dict[str, dict[str, None]] = {}
        for name in listed:
            groups.setdefault(folded(name), {})[name] = None
        for same in groups.values():
            if len(same) > 1:
                yield sentence(names=names(f"“{name}”" for name in same))
