"""Who is within some steps of talk of somebody, along the lines in either direction."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from orgmap.drawing.columns import LINK_KINDS, Flags, Ints, Links, Nodes
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind, NodeId
from orgmap.model.query import above

Columns = tuple[Nodes, Links]


def columns_of(document: Document) -> Columns:
    """The nodes and links of a document as columns, for whoever has no scene of it."""
    modules = {key: row for row, key in enumerate(document.modules)}
    nodes = Nodes.of(document, modules)
    return nodes, Links.of(document, nodes.index, modules)


def reached(
    document: Document, around: Collection[str], steps: int, columns: Columns | None = None
) -> set[str]:
    """The ids of the nodes at most `steps` lines of talk away from `around`, and their modules.

    Reporting lines count where the map says so. A line that ends on a module is a line of everybody
    in it; a module among `around` stands for all its people. `columns`: those of the document, if
    they are there already. O(nodes + steps * links).
    """
    columns = columns or columns_of(document)
    near = _near(document, around, steps, columns)
    ids: list[str] = [*columns[0].ids, *document.modules]
    return {ids[row] for row in np.flatnonzero(near).tolist()}


def beyond(
    document: Document, around: Collection[str], steps: int, columns: Columns
) -> tuple[set[str], set[str]]:
    """The nodes farther away than that, and the links that end on a module there.

    All other links with an end there are known by that end.
    """
    nodes, links = columns
    near = _near(document, around, steps, columns)
    source, target = _rows(links.source, len(nodes.ids)), _rows(links.target, len(nodes.ids))
    far: list[int] = np.flatnonzero(~near[: len(nodes.ids)]).tolist()
    outside = (~near[source] & (links.source < 0)) | (~near[target] & (links.target < 0))
    out: list[int] = np.flatnonzero(outside).tolist()
    return {nodes.ids[row] for row in far}, {links.ids[row] for row in out}


def _near(document: Document, around: Collection[str], steps: int, columns: Columns) -> Flags:
    """Per node, then per module: is it within reach?"""
    nodes, links = columns
    count = len(nodes.ids)
    rows: dict[str, int] = {key: count + row for row, key in enumerate(document.modules)}
    rows.update({key: nodes.index[NodeId(key)] for key in around if key in nodes.index})
    source, target = _lines(document, links, count)
    seen = np.zeros(count + len(document.modules), dtype=bool)
    seen[[rows[key] for key in around if key in rows]] = True
    by_modules = seen[count:].any() or bool((links.source < 0).any() or (links.target < 0).any())
    people, their = _memberships(document, nodes, rows) if by_modules else (source[:0], source[:0])
    seen[people[seen[their]]] = True
    for _ in range(steps):
        speaks = _with_modules(seen, people, their)
        before = int(seen.sum())
        seen[target[speaks[source]]] = True
        seen[source[speaks[target]]] = True
        seen[people[seen[their]]] = True
        if int(seen.sum()) == before:
            break
    return _with_modules(seen, people, their)


def _lines(document: Document, links: Links, count: int) -> tuple[Ints, Ints]:
    """The ends of every line of talk: rows of nodes, then of modules."""
    talk: Flags = links.kind == LINK_KINDS.index(LinkKind.TALKS)
    if document.info.reporting_is_talk:
        talk |= links.kind == LINK_KINDS.index(LinkKind.REPORTS)
    return _rows(links.source[talk], count), _rows(links.target[talk], count)


def _rows(ends: Ints, count: int) -> Ints:
    """Ends of links as rows of nodes, then of modules."""
    return np.where(ends >= 0, ends, count - 1 - ends).astype(np.int64)


def _memberships(document: Document, nodes: Nodes, rows: dict[str, int]) -> tuple[Ints, Ints]:
    """Pairs of a person and a module the person is in, outer ones too, as rows."""
    outer = {key: [rows[module.id] for module in above(document, key)] for key in document.modules}
    pairs = [
        (place, row)
        for place, node in zip(nodes.index.values(), document.nodes.values(), strict=True)
        for module in node.modules
        for row in outer.get(module, ())
    ]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _with_modules(seen: Flags, people: Ints, their: Ints) -> Flags:
    """With the modules of those seen, whose lines are theirs too."""
    found = seen.copy()
    found[their[seen[people]]] = True
    return found
