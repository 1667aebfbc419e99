"""A graph as foreign formats have it: nodes and edges with named attributes; to a map and back.

Modules are nodes of the kind module. A reporting edge leads from the report to the boss, as the rows
of a table do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.columns import LINK_COLUMNS, PERSON_COLUMNS, Column, Header, understood
from orgmap.files.linking import LinkRow, is_kind
from orgmap.files.mending import clean
from orgmap.files.reading import Opened, ReadOptions
from orgmap.files.values import YES, BadCell, brief, joined, plain, text_cell
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.entities import (
    Channel,
    Extra,
    Json,
    Link,
    LinkKind,
    MapInfo,
    Module,
    Node,
)
from orgmap.progress import SILENT, Progress

WAY_BACK = "way_back_of"  # says which edge goes both ways: this is its arrow for programs that know none such
_INTERACTION, _SHARED = "interaction", "shared interaction"
_SAID_AGAIN = ("label", "sharedname")  # where other programs look for a name
EXTRA = "extra:"  # before an attribute whose name would be taken for something else
Attributes = dict[str, Json]

_LEFT_OUT = text("notes", "{column}: {problem}; the value was left out.")
_NOTHING = text("files", "There is nothing on this graph.")


@dataclass(frozen=True, slots=True)
class Element:
    """A node: its id and attributes."""

    id: str
    attributes: Attributes
    where: Where


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed or undirected edge between two ids."""

    source: str
    target: str
    directed: bool
    attributes: Attributes
    where: Where
    id: str | None = None


@dataclass(slots=True)
class Graph:
    """Everything on one graph, in its order. `attributes` are those of the graph itself."""

    nodes: list[Element] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    attributes: Attributes = field(default_factory=dict)


def assembled(
    graph: Graph, path: Path, options: ReadOptions, to: Assembly, progress: Progress = SILENT
) -> Opened:
    """The map of a graph. Raises ReadError for one without nodes."""
    if not graph.nodes and not graph.edges:
        raise ReadError(_NOTHING(), place=disk.shown(path))
    cells = {plain(name): _cell(value) for name, value in graph.attributes.items()}
    title = cells.get("title") or cells.get("name") or cells.get("label") or ""
    notes = cells.get("notes") or cells.get("description") or ""
    to.info = MapInfo(
        title=title,
        purpose=cells.get("purpose", ""),
        notes=notes,
        reporting_is_talk=cells.get("reportingistalk", "").casefold() in YES,
        asked=cells.get("asked", "").casefold() in YES,
    )
    known = [column for column in PERSON_COLUMNS if column.field != "id"]
    header = _header([node.attributes for node in graph.nodes], known, options)
    word = header.name_of("modules") or "module"
    name, said_again = header.name_of("name"), [each for each in header.names if plain(each) in _SAID_AGAIN]
    for node in graph.nodes:
        for other in said_again:
            if other != name and node.attributes.get(other) == node.attributes.get(name or ""):
                node.attributes.pop(other, None)
        fields, extra = _values(node.attributes, header, node.where, to)
        to.entity({**fields, "id": node.id}, extra, node.where, word)
    to.settle()
    progress.at(0.4)
    known = [column for column in LINK_COLUMNS if column.field not in ("source", "target", "id")]
    edges = _without_ways_back(graph.edges)
    header = _header([edge.attributes for edge in edges], known, _kinds_of_cytoscape(edges, options))
    for index, edge in enumerate(edges):
        fields, extra = _values(edge.attributes, header, edge.where, to)
        if edge.id:
            fields["id"] = edge.id
        if not edge.directed and "one_way" not in fields:
            fields.setdefault("two_way", True)
        to.link(LinkRow(edge.source, edge.target, fields, extra, edge.where), options)
        if not index % 2_000:
            progress.at(0.4 + 0.4 * index / len(edges))
    return to.finish(progress.part(0.8, 1.0))


def _kinds_of_cytoscape(edges: list[Edge], options: ReadOptions) -> ReadOptions:
    """What Cytoscape calls interaction is the kind, if every word of it is one, and said only once."""
    told = [edge.attributes[_INTERACTION] for edge in edges if _INTERACTION in edge.attributes]
    if not told or not all(is_kind(_cell(word)) for word in told):
        return options
    for edge in edges:
        if edge.attributes.get(_SHARED) == edge.attributes.get(_INTERACTION):
            edge.attributes.pop(_SHARED, None)
    return replace(options, mapping={_INTERACTION: "kind", **options.mapping})


def _without_ways_back(edges: list[Edge]) -> list[Edge]:
    """The edges without those that only say that another goes both ways, if that is still there."""
    if not any(WAY_BACK in edge.attributes for edge in edges):
        return edges
    both = {
        (edge.source, edge.target)
        for edge in edges
        if WAY_BACK not in edge.attributes and _cell(edge.attributes.get("two_way")).casefold() in YES
    }
    kept: list[Edge] = []
    for edge in edges:
        if WAY_BACK not in edge.attributes or (edge.target, edge.source) not in both:
            edge.attributes.pop(WAY_BACK, None)
            kept.append(edge)
    return kept


def _header(rows: Sequence[Attributes], known: Sequence[Column], options: ReadOptions) -> Header:
    names = list(dict.fromkeys(name for row in rows for name in row))
    samples = [[_cell(row.get(name)) for name in names] for row in rows[:500]]
    return understood(names, known, options.mapping, samples)


def _values(
    attributes: Attributes, header: Header, where: Where, to: Assembly
) -> tuple[dict[str, object], Attributes]:
    fields: dict[str, object] = {}
    extra: Attributes = {}
    for name, value in attributes.items():
        column = header.meaning.get(name)
        if column is None:
            extra[name.removeprefix(EXTRA)] = value
            continue
        cell = _cell(value)
        if not cell.strip():
            continue
        try:
            fields[column.field] = column.convert(cell if column.convert is text_cell else cell.strip())
        except BadCell as bad:
            to.note(where, _LEFT_OUT(column=brief(name), problem=bad.message))
    return fields, extra


def _cell(value: Json) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return joined([str(item) for item in value])
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def taken_apart(
    document: Document,
    progress: Progress = SILENT,
    *,
    module_word: Callable[[str], str] = str,
    flat: bool = True,
) -> Graph:
    """The graph of a map. `module_word`: how a module is referred to.

    `flat`: extras that hold lists or objects become text, and those that hold nothing are left out.
    """
    graph = Graph()
    nowhere = Where(None, "")
    extras = _flat if flat else dict
    total = max(len(document.nodes) + len(document.links), 1)
    for module in document.modules.values():
        attributes = _module_attributes(module, module_word)
        _add_extra(attributes, extras(module.extra), _OF_ENDS)
        graph.nodes.append(Element(module.id, attributes, nowhere))
    for at, node in enumerate(document.nodes.values()):
        if not at % 1_000:
            progress.at(at / total)
        attributes = _node_attributes(node, module_word)
        _add_extra(attributes, extras(node.extra), _OF_ENDS)
        graph.nodes.append(Element(node.id, attributes, nowhere))
    for at, link in enumerate(document.links.values(), len(document.nodes)):
        if not at % 1_000:
            progress.at(at / total)
        attributes = _link_attributes(link, document)
        _add_extra(attributes, extras(link.extra), _OF_LINKS)
        ends = (str(link.source), str(link.target))
        if link.kind is LinkKind.REPORTS:
            ends = ends[::-1]
        graph.edges.append(Edge(*ends, not link.two_way, attributes, nowhere, link.id))
    for name in ("title", "purpose", "notes"):
        if getattr(document.info, name):
            graph.attributes[name] = clean(getattr(document.info, name))
    for name in ("reporting_is_talk", "asked"):
        if getattr(document.info, name):
            graph.attributes[name] = True
    return graph


def called(named: Node | Module | Channel) -> str:
    """The name outside the map; the id where there is none."""
    return clean(named.name) if named.name.strip() else named.id


def _module_attributes(module: Module, word: Callable[[str], str]) -> Attributes:
    found: Attributes = {"name": called(module), "kind": "module"}
    if module.parent is not None:
        found["parent"] = word(module.parent)
    if module.lead is not None:
        found["lead"] = joined([module.lead])
    for name in ("purpose", "notes", "colour", "collapsed"):
        value = getattr(module, name)
        if value is not False and value not in (None, ""):  # 0 is a value
            found[name] = clean(value) if isinstance(value, str) else value
    return found


def _node_attributes(node: Node, word: Callable[[str], str]) -> Attributes:
    found: Attributes = {"name": called(node), "kind": node.kind.value}
    if node.modules:
        found["module"] = joined([word(module) for module in node.modules])
    for name in _NODE:
        value = getattr(node, name)
        if isinstance(value, tuple):
            value = joined([clean(item) for item in value])
        if value is not False and value not in (None, ""):  # 0 is a value
            found[name] = clean(value) if isinstance(value, str) else value
    return found


def _link_attributes(link: Link, document: Document) -> Attributes:
    found: Attributes = {"kind": link.kind.value}
    if link.kind is LinkKind.TALKS:
        found["two_way"] = link.two_way
    if link.channel is not None:
        found["channel"] = called(document.channels[link.channel])
    for name in _LINK:
        value = getattr(link, name)
        if isinstance(value, StrEnum):
            value = value.value
        if value not in (None, "") and not (name == "no_answer_needed" and not value):
            found[name] = clean(value) if isinstance(value, str) else value
    return found


def _flat(extra: Extra) -> Extra:
    return {name: flattened(value) for name, value in extra.items() if value is not None}


def flattened(value: Json) -> Json:
    """Lists and objects as text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def written(value: Json) -> str:
    """A value as XML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def as_text(value: Json) -> str:
    """A value as a cell of text has it; nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else repr(value)


def _add_extra(attributes: Attributes, extra: Extra, taken: frozenset[str]) -> None:
    for name, value in extra.items():
        own = name
        if plain(name) in taken or name.startswith(EXTRA) or not name.strip():
            own = EXTRA + name
        attributes[clean(own)] = clean(value) if isinstance(value, str) else value


_NODE = (
    *("level", "title", "knows", "seeks", "newcomer", "decides", "holds_purpose", "vacant", "hours"),
    *("notes", "x", "y", "pinned"),
)
_LINK = (
    *("per_week", "minutes", "formal", "status", "purpose", "topic", "health", "step", "needed_within"),
    *("answers_needed", "no_answer_needed", "strength", "notes"),
)
_ENDS = [column for column in LINK_COLUMNS if column.field in ("source", "target")]
_OF_ENDS = frozenset(name for column in (*PERSON_COLUMNS, *_ENDS) for name in column.names)
_OF_LINKS = frozenset((plain(WAY_BACK), *(name for column in LINK_COLUMNS for name in column.names)))
