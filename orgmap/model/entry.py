"""One line typed, a change of the map: "Ana, Ben <> Cy @Support: chat daily 10m".

The grammar, with examples, is in `docs/entry.md`. Nothing here knows of fields or keys, and nobody
is given a place: new people come back by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from orgmap.model.document import Document
from orgmap.model.entities import EndId
from orgmap.model.entry_names import KnownNames
from orgmap.model.entry_reader import Reader, Stop
from orgmap.model.entry_result import Doubt, Reading
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
    now, known = document, KnownNames(document)
    total, left = Reading(line=lines), list[Reading]()
    for line in lines.splitlines()[:MOST_LINES]:
        found = understood(now, line, known)
        if found.doubts and doubts_as_typed:
            found = understood(now, line, known, as_typed=[doubt.typed for doubt in found.doubts])
        if found.wrong is not None or found.doubts:
            left.append(found)
            continue
        now = now.apply(found.change)
        for node in found.nodes:
            known.add_node(now.nodes[node].name, node)
        for module in found.modules:
            known.add_module(now.modules[module].name, module)
        total = replace(
            total,
            change=total.change.then(found.change),
            nodes=total.nodes + found.nodes,
            modules=total.modules + found.modules,
            links=total.links + found.links,
            touched=tuple(dict.fromkeys(total.touched + found.touched)),
        )
    return total, left
