"""Where words stand on a map: names, titles, topics, purposes, notes. Accents and case aside."""

from __future__ import annotations

from orgmap.model.document import Document
from orgmap.model.matching import folded


class Search:
    """The texts of one document, ready to be looked through. Building is O(texts).

    A person is found by name, title, topics, notes and the names of their modules; a module by name,
    purpose and notes; a link by purpose, topic, health and notes; a sticky note by its text.
    """

    def __init__(self, document: Document) -> None:
        modules = {key: module.name or key for key, module in document.modules.items()}
        texts: list[tuple[str, tuple[str, ...]]] = []
        for module in document.modules.values():
            texts.append((module.id, (modules[module.id], module.purpose, module.notes)))
        for node in document.nodes.values():
            inside = (modules.get(key, "") for key in node.modules)
            told = (node.name or node.id, node.title, *node.knows, *node.seeks, *inside, node.notes)
            texts.append((node.id, told))
        for link in document.links.values():
            if link.purpose or link.topic or link.health or link.notes:
                texts.append((link.id, (link.purpose, link.topic, link.health, link.notes)))
        for note in document.stickies.values():
            texts.append((note.id, (note.text,)))
        self._texts = [(key, "\n".join(map(folded, filter(None, told)))) for key, told in texts]

    def found(self, typed: str) -> list[str]:
        """The ids of what holds every word typed; those whose name begins so come first. O(letters)."""
        words = folded(typed).split()
        if not words:
            return []
        hits = [(key, text) for key, text in self._texts if all(word in text for word in words)]
        hits.sort(key=lambda hit: not hit[1].startswith(words[0]))
        return [key for key, _ in hits]
