"""GEXF, as Gephi writes it: nodes, edges, their attributes, places and hierarchy. Read only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.elements import Attributes, Edge, Element, Graph, assembled
from orgmap.files.graphml import MOST_ELEMENTS
from orgmap.files.mending import clean
from orgmap.files.reading import Opened, ReadOptions
from orgmap.files.values import brief
from orgmap.files.xml_tree import NOT_DECLARED, NOT_OF_TYPE, parsed, tag, typed
from orgmap.i18n import Said, text
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Xml

_NO_GRAPH = text("files", "There is no graph in this GEXF file.")
_MANY = text("files", "The file is larger than a map can be.")
_DYNAMIC = text("notes", "The graph changes over time; what was ever there was read, and when was left out.")
_NO_NODE_ID = text("notes", "A node without an id was left out.")
_PARENTS = text("notes", "{name} lies in several nodes; the first counts.")

_BOTH = ("undirected", "mutual")
_LISTS = ("liststring", "listboolean", "listinteger", "listlong", "listdouble", "listfloat")


@dataclass(frozen=True, slots=True)
class _Kind:
    """An attribute that the file declares."""

    title: str
    type: str
    default: str | None


_WEIGHT = _Kind("weight", "double", None)


@dataclass(slots=True)
class _Declared:
    """The attributes of nodes and of edges by their ids."""

    node: dict[str, _Kind] = field(default_factory=dict)
    edge: dict[str, _Kind] = field(default_factory=dict)


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a GEXF file. Raises ReadError with the line for what is no GEXF."""
    root = parsed(data, path, "gexf")
    progress.at(0.2)
    to = Assembly(options.same)
    graph = _Reader(path, to).graph(root)
    return assembled(graph, path, options, to, progress.part(0.2, 1.0))


class _Reader:
    """From the tree of a file to the graph on it."""

    def __init__(self, path: Path, to: Assembly) -> None:
        self._place = disk.shown(path)
        self._to = to
        self._said: set[str] = set()
        self._declared = _Declared()
        self._graph = Graph()
        self._inside: dict[str, str] = {}  # node to the node it lies in

    def graph(self, root: Xml) -> Graph:
        """The graph of the file. A node that others lie in becomes a module."""
        found = next((child for child in root if tag(child) == "graph"), None)
        if found is None:
            raise ReadError(_NO_GRAPH(), place=self._place)
        if found.get("mode") == "dynamic" or found.get("timeformat"):
            self._once(_DYNAMIC())
        meta = next((child for child in root if tag(child) == "meta"), None)
        for child in meta if meta is not None else ():
            if tag(child) == "description" and (child.text or "").strip():
                self._graph.attributes["notes"] = clean(child.text or "").strip()
            elif tag(child) == "title" and (child.text or "").strip():
                self._graph.attributes["title"] = clean(child.text or "").strip()
        for child in found:
            if tag(child) == "attributes":
                self._declare(child)
        default = found.get("defaultedgetype", "undirected")
        for child in found:
            if tag(child) == "nodes":
                self._nodes(child)
            elif tag(child) == "edges":
                for edge in child:
                    if tag(edge) == "edge":
                        self._edge(edge, default)
        self._lay()
        return self._graph

    def _declare(self, element: Xml) -> None:
        into = self._declared.edge if element.get("class") == "edge" else self._declared.node
        for child in element:
            if tag(child) != "attribute":
                continue
            key = child.get("id", "")
            default = next((each.text for each in child if tag(each) == "default"), None)
            title = clean(child.get("title") or key)
            into[key] = _Kind(title, child.get("type", "string").casefold(), default)

    def _nodes(self, element: Xml) -> None:
        """All nodes, also those within nodes; an own stack, since they may be nested deeply."""
        waiting: list[tuple[Xml, str | None]] = [(child, None) for child in reversed(element)]
        while waiting:
            node, outer = waiting.pop()
            if tag(node) != "node":
                continue
            key = clean(node.get("id", ""))
            if not key:
                self._to.note(Where(None, self._place), _NO_NODE_ID())
                continue
            self._node(node, key, outer or clean(node.get("pid", "")) or None)
            for child in node:
                if tag(child) == "nodes":
                    waiting += [(each, key) for each in reversed(child)]
            if len(self._graph.nodes) > MOST_ELEMENTS:
                raise ReadError(_MANY(), place=self._place)

    def _node(self, element: Xml, key: str, outer: str | None) -> None:
        where = Where(None, f"{self._place}, node {brief(key)}")
        attributes = self._attributes(element, self._declared.node)
        label = clean(element.get("label", "")).strip()
        if label:
            attributes["label"] = label
        for child in element:
            match tag(child):
                case "position":
                    attributes |= _place_of(child)
                case "parents":
                    listed = [clean(each.get("for", "")) for each in child if tag(each) == "parent"]
                    if outer is None and listed:
                        outer = listed[0]
                        if len(listed) > 1:
                            self._to.note(where, _PARENTS(name=brief(label or key)))
        if outer is not None and outer != key:
            self._inside[key] = outer
        self._graph.nodes.append(Element(key, attributes, where))

    def _lay(self) -> None:
        """Who lies in a node of the file is in a module of that name."""
        known = {node.id for node in self._graph.nodes}
        outer = {each for each in self._inside.values() if each in known}
        for node in self._graph.nodes:
            if node.id in outer:
                node.attributes["kind"] = "module"
            within = self._inside.get(node.id)
            if within in outer:
                node.attributes.setdefault("parent" if node.id in outer else "module", within)

    def _edge(self, element: Xml, default: str) -> None:
        source, target = clean(element.get("source", "")), clean(element.get("target", ""))
        key = clean(element.get("id", "")) or None
        attributes = self._attributes(element, self._declared.edge)
        if clean(element.get("label", "")).strip():
            attributes.setdefault("purpose", clean(element.get("label", "")).strip())
        if element.get("kind"):
            attributes.setdefault("kind", clean(element.get("kind", "")))
        if element.get("weight") not in (None, "1", "1.0"):
            attributes.setdefault(
                "weight", self._typed(_Kind("weight", "double", None), element.get("weight", ""))
            )
        directed = element.get("type", default).casefold() not in _BOTH
        where = Where(None, f"{self._place}, edge {brief(key or f'{source} - {target}')}")
        self._graph.edges.append(Edge(source, target, directed, attributes, where, key))
        if len(self._graph.edges) > MOST_ELEMENTS:
            raise ReadError(_MANY(), place=self._place)

    def _attributes(self, element: Xml, declared: dict[str, _Kind]) -> Attributes:
        found: Attributes = {
            kind.title: self._typed(kind, kind.default)
            for kind in declared.values()
            if kind.default is not None
        }
        for each in _values(element):
            key = each.get("for") or each.get("id") or ""
            known = declared.get(key)
            if known is None:
                known = _Kind(clean(key) or "data", "string", None)
                self._once(NOT_DECLARED(key=brief(known.title)))
            words = each.get("value", each.text or "")
            if words.strip():
                found[known.title] = self._typed(known, words)
        return found

    def _typed(self, kind: _Kind, words: str) -> Json:
        words = clean(words)
        if kind.type in _LISTS:
            parts = words.strip(" []()").replace(",", "|").replace(";", "|").split("|")
            return [part.strip().strip("\"'") for part in parts if part.strip()]
        value = typed(words, kind.type)
        if value is None:
            message = NOT_OF_TYPE(name=brief(kind.title), value=brief(words.strip()), type=brief(kind.type))
            self._to.note(Where(None, self._place), message)
        return words if value is None else value

    def _once(self, message: Said) -> None:
        if str(message) not in self._said:
            self._said.add(str(message))
            self._to.note(Where(None, self._place), message)


def _values(element: Xml) -> Iterator[Xml]:
    for child in element:
        if tag(child) == "attvalues":
            yield from (each for each in child if tag(each) == "attvalue")


def _place_of(element: Xml) -> Attributes:
    """Where the picture has it. Gephi's y grows upwards, the map's downwards."""
    try:
        x, y = float(element.get("x", "")), float(element.get("y", ""))
    except ValueError:
        return {}
    return {"x": x, "y": -y if y else 0.0} if x - x == 0 and y - y == 0 else {}
