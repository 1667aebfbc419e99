"""One line typed, a change of the map: "Ana, Ben <> Cy @Support: chat daily 10m".

The grammar, with examples, is in `docs/entry.md`. Nothing here knows of fields or keys, and nobody
is given a place: new people come back by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from orgmap.model.document import TABLES, Change, Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.model.entry_names import KnownNames
from orgmap.model.entry_reader import Reader
from orgmap.model.entry_result import Doubt, Reading
from orgmap.model.entry_text import Stop
from orgmap.model.entry_words import WrongWord

__all__ = ["Doubt", "KnownNames", "Reading", "WrongWord", "understood", "understood_all"]

MOST_LINES = 5_000


def understood(
    document: Document,
    line: str,
    known: KnownNames | None = None,
    *,
    as_typed: Iterable[str] = (),
    meant: Mapping[str, EndId] | None = None,
) -> Reading:
    """What `line` means on this map. Never raises; an empty line, or one that begins with #, does nothing.

    `known`: the names of the map, if they are at hand. `as_typed`: names that are new although one
    like it is there; `meant`: names that stand for somebody.
    """
    if not line.strip() or line.lstrip().startswith("#"):
        return Reading(line=line)
    reader = Reader(document, known or KnownNames(document), frozenset(as_typed), dict(meant or {}))
    try:
        return reader.read(line)
    except Stop as stop:
        return Reading(line=line, wrong=stop.wrong)


def understood_all(
    document: Document, lines: str, *, doubts_as_typed: bool = True
) -> tuple[Reading, list[Reading]]:
    """Several lines, each on the map that those before it lead to: their sum, and those that are wrong.

    Nobody is asked in the middle of a hundred lines: names that look like slips are new people,
    unless `doubts_as_typed` is false; then such lines are among the wrong ones, with their doubts.
    """
    now, known = _Growing(document), KnownNames(document)
    total, left = Reading(line=lines), list[Reading]()
    nodes, modules, links = list[NodeId](), list[ModuleId](), list[LinkId]()
    touched: dict[str, None] = {}
    for line in lines.splitlines()[:MOST_LINES]:
        found = understood(now.document, line, known)
        if found.doubts and doubts_as_typed:
            typed = [doubt.typed for doubt in found.doubts]
            found = understood(now.document, line, known, as_typed=typed)
        if found.wrong is not None or found.doubts:
            left.append(found)
            continue
        now.take(found.change)
        known.follow(now.document, found.change)
        nodes += found.nodes
        modules += found.modules
        links += found.links
        touched |= dict.fromkeys(found.touched)
    total = replace(
        total,
        change=now.change(),
        nodes=tuple(nodes),
        modules=tuple(modules),
        links=tuple(links),
        touched=tuple(touched),
    )
    return total, left


class _Growing:
    """A document in the making: its tables are its own, and each change costs what it touches."""

    def __init__(self, document: Document) -> None:
        self._base = document
        self._tables: dict[str, dict[str, Any]] = {name: dict(getattr(document, name)) for name in TABLES}
        self._touched: dict[str, dict[str, None]] = {name: {} for name in TABLES}
        self.document = replace(document, **cast("dict[str, Any]", self._tables))

    def take(self, change: Change) -> None:
        """Go on by this change, which was made for the document as it is now."""
        for name, table in self._tables.items():
            for key, (_, after) in getattr(change, name).items():
                self._touched[name][key] = None
                if after is None:
                    del table[key]
                else:
                    table[key] = after
        self.document = replace(self.document, serial=max(self.document.serial, change.serial))

    def change(self) -> Change:
        """All of them as one."""
        sum_of: dict[str, Any] = {
            name: {
                key: (old.get(key), self._tables[name].get(key))
                for key in touched
                if old.get(key) != self._tables[name].get(key)
            }
            for name, touched in self._touched.items()
            if (old := getattr(self._base, name)) is not None
        }
        return Change(serial=self.document.serial, **sum_of)
