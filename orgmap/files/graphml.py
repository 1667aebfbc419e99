"""GraphML, also as yEd writes it. See `docs/format.md` for the part of it that is understood.

networkx reads and writes GraphML too, but follows entities, drops parallel edges' ids, and writes
files that it cannot read back (control characters, lists); so the format is read here, on a safe
parser that refuses any DOCTYPE.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.elements import WAY_BACK, Attributes, Edge, Element, Graph, assembled, taken_apart, written
from orgmap.files.mending import clean
from orgmap.files.reading import Opened, ReadOptions
from orgmap.files.values import brief
from orgmap.files.xml_tree import NOT_DECLARED, NOT_OF_TYPE, parsed, tag, typed
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Xml

MOST_ELEMENTS = 2_000_000

_NO_GRAPH = text("files", "There is no graph in this GraphML file.")
_MANY = text("files", "The file is larger than a map can be.")
_GRAPHS = text("notes", "The file has {n} graphs; only the first was read.")
_HYPER = text("notes", "An edge between more than two ends was left out.")
_PORTS = text("notes", "Ports were left out; edges end on their nodes.")
_NO_NODE_ID = text("notes", "A node without an id was left out.")

_SPACE, _PRESERVE = "{http://www.w3.org/XML/1998/namespace}space", "preserve"
_ARROWS = "\0arrows"  # no attribute of a file: the arrowheads that yEd draws on an edge
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    type: str
    graphics: str = ""
    default: str | None = None
    of: str = "all"


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a GraphML file. Raises ReadError with the line for what is no GraphML."""
    root = parsed(data, path, "graphml")
    progress.at(0.2)
    to = Assembly(options.same)
    graph = _Reader(path, to).graph(root, progress.part(0.2, 0.5))
    return assembled(graph, path, options, to, progress.part(0.5, 1.0))


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the map; answers with warnings, usually none."""
    return disk.write_bytes(path, encoded(document, progress.part(0.0, 0.9)), previous=False)


def encoded(document: Document, progress: Progress = SILENT) -> bytes:
    """The GraphML of a map."""
    graph = taken_apart(document, progress.part(0.0, 0.4))
    for node in graph.nodes:  # Gephi, SocNetV and others show what is called label
        node.attributes["label"] = node.attributes["name"]
    for edge in graph.edges:  # and draw as thick as weight says
        if "strength" in edge.attributes:
            edge.attributes["weight"] = edge.attributes.pop("strength")
    _add_ways_back(graph)
    return ("\n".join(_lines(graph, progress.part(0.4, 1.0))) + "\n").encode()


def _add_ways_back(graph: Graph) -> None:
    """An edge of its own for the second direction of a link, unless all of them go both ways.

    A mixture of directed and undirected edges is good GraphML, but networkx refuses the whole file, and
    others take each edge for an arrow: what they count would be half of what is there.
    """
    if not any(edge.directed for edge in graph.edges):
        return
    taken = {edge.id for edge in graph.edges}
    for edge in [edge for edge in graph.edges if not edge.directed]:
        own = f"{edge.id}~back"
        while own in taken:
            own += "~"
        taken.add(own)
        told: Attributes = {"kind": edge.attributes["kind"], WAY_BACK: edge.id}
        graph.edges.append(Edge(edge.target, edge.source, True, told, edge.where, own))


class _Reader:
    """From the tree of a file to the graph on it."""

    def __init__(self, path: Path, to: Assembly) -> None:
        self._place = disk.shown(path)
        self._to = to
        self._keys: dict[str, _Key] = {}
        self._said: set[str] = set()
        self._graph = Graph()

    def graph(self, root: Xml, progress: Progress) -> Graph:
        """The first graph of the file."""
        for element in root:
            if tag(element) == "key":
                self._key(element)
        graphs = [element for element in root if tag(element) == "graph"]
        if not graphs:
            raise ReadError(_NO_GRAPH(), place=self._place)
        if len(graphs) > 1:
            self._once("graphs", _GRAPHS(n=len(graphs)))
        self._graph.attributes = self._attributes(graphs[0], "graph")
        waiting: list[tuple[Xml, str | None]] = [(graphs[0], None)]
        while waiting:
            element, module = waiting.pop(0)
            directed = element.get("edgedefault", "directed") != "undirected"
            for at, child in enumerate(element):
                if not at % 2_000:
                    progress.at(at / len(element))
                match tag(child):
                    case "node":
                        waiting += self._node(child, module)
                    case "edge":
                        self._edge(child, directed)
                    case "hyperedge":
                        self._to.note(Where(None, self._place), _HYPER())
            if len(self._graph.nodes) + len(self._graph.edges) > MOST_ELEMENTS:
                raise ReadError(_MANY(), place=self._place)
        return self._graph

    def _node(self, element: Xml, module: str | None) -> list[tuple[Xml, str | None]]:
        """Add the node; answers with the graph nested in it, whose nodes lie in this module."""
        key = clean(element.get("id", ""))
        where = Where(None, f"{self._place}, node {brief(key)}")
        if not key:
            self._to.note(where, _NO_NODE_ID())
            return []
        nested = [child for child in element if tag(child) == "graph"]
        attributes = self._attributes(element, "node")
        attributes.pop(_ARROWS, None)
        if nested:
            attributes["kind"] = "module"
        if module is not None:
            attributes.setdefault("parent" if nested else "module", module)
        if any(tag(child) == "port" for child in element):
            self._once("ports", _PORTS())
        self._graph.nodes.append(Element(key, attributes, where))
        return [(graph, key) for graph in nested]

    def _edge(self, element: Xml, directed: bool) -> None:
        source, target = clean(element.get("source", "")), clean(element.get("target", ""))
        key = clean(element.get("id", "")) or None
        said = element.get("directed")
        if said is not None:
            directed = said.strip().casefold() not in ("false", "0")
        attributes = self._attributes(element, "edge")
        arrows = attributes.pop(_ARROWS, None)
        if isinstance(arrows, str):
            if arrows == "none none" or ("none" not in arrows.split()):
                directed = False
            elif arrows.endswith(" none"):
                source, target = target, source
        where = Where(None, f"{self._place}, edge {brief(key or f'{source} - {target}')}")
        self._graph.edges.append(Edge(source, target, directed, attributes, where, key))

    def _key(self, element: Xml) -> None:
        key = element.get("id", "")
        graphics = element.get("yfiles.type", "")
        name = element.get("attr.name", graphics and f"yfiles {graphics}") or key
        default = next((child.text for child in element if tag(child) == "default"), None)
        kind = element.get("attr.type", "string").casefold()
        self._keys[key] = _Key(clean(name), kind, graphics, default, element.get("for", "all"))

    def _attributes(self, element: Xml, of: str) -> Attributes:
        found: Attributes = {}
        for key in self._keys.values():
            if key.default is not None and key.of in (of, "all"):
                found[key.name] = self._typed(key, key.default)
        for data in element:
            if tag(data) != "data":
                continue
            known = self._keys.get(data.get("key", ""))
            if known is None:
                name = clean(data.get("key", "")) or "data"
                self._once(f"key {name}", NOT_DECLARED(key=brief(name)))
                known = _Key(name, "string")
            if len(data):
                found.update((k, v) for k, v in _graphics(data) if k not in found or k == _ARROWS)
            elif data.get(_SPACE) == _PRESERVE:
                found[known.name] = self._typed(known, data.text or "", as_is=True)
            elif not known.graphics and data.text and data.text.strip():
                found[known.name] = self._typed(known, data.text)
        return found

    def _typed(self, key: _Key, words: str, *, as_is: bool = False) -> Json:
        words = clean(words)
        value = typed(words, key.type)
        if value is None:
            message = NOT_OF_TYPE(name=brief(key.name), value=brief(words.strip()), type=brief(key.type))
            self._to.note(Where(None, self._place), message)
            value = words
        if not isinstance(value, str):
            return value
        return value if as_is or "\n" not in (value[:1] + value[-1:]) else value.strip()

    def _once(self, mark: str, message: Said) -> None:
        if mark not in self._said:
            self._said.add(mark)
            self._to.note(Where(None, self._place), message)


def _graphics(data: Xml) -> Iterator[tuple[str, Json]]:
    """Name, place and arrowheads out of yEd's pictures of nodes and edges."""
    named = False
    for element in data.iter():
        match tag(element):
            case "NodeLabel" | "EdgeLabel" if not named and (element.text or "").strip():
                named = True
                words = " ".join(clean(element.text or "").split())
                yield ("name" if tag(element) == "NodeLabel" else "purpose"), words
            case "Geometry":
                try:
                    x, y, width, height = (float(element.get(k, "0")) for k in ("x", "y", "width", "height"))
                except ValueError:
                    continue
                centre = (x + width / 2, y + height / 2)
                if all(value - value == 0 for value in centre):
                    yield "x", centre[0]
                    yield "y", centre[1]
            case "Arrows":
                yield _ARROWS, f"{element.get('source', 'none')} {element.get('target', 'none')}"


def _lines(graph: Graph, progress: Progress) -> Iterator[str]:
    """A line for each element."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    keys: dict[tuple[str, str], str] = {}
    parts: list[tuple[str, list[Attributes]]] = [
        ("graph", [graph.attributes]),
        ("node", [node.attributes for node in graph.nodes]),
        ("edge", [edge.attributes for edge in graph.edges]),
    ]
    for of, listed in parts:
        types: dict[str, set[type]] = {}
        for attributes in listed:
            for name, value in attributes.items():
                types.setdefault(name, set()).add(type(value))
        for name, found in types.items():
            key = keys[(of, name)] = f"d{len(keys)}"
            kind = _TYPES[found.pop()] if len(found) == 1 else "double" if found == {int, float} else "string"
            yield f'  <key id="{key}" for="{of}" attr.name={quoteattr(name)} attr.type="{kind}"/>'
    both = bool(graph.edges) and not any(edge.directed for edge in graph.edges)
    yield f'  <graph id="map" edgedefault="{"undirected" if both else "directed"}">'
    for name, value in graph.attributes.items():
        yield "    " + _value(keys[("graph", name)], value)
    for node in graph.nodes:
        yield f"    <node id={_attribute(node.id)}>{_data(node.attributes, 'node', keys)}</node>"
    for at, edge in enumerate(graph.edges):
        if not at % 1_000:
            progress.at(at / len(graph.edges))
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        inside = _data(edge.attributes, "edge", keys)
        yield f"    <edge id={_attribute(edge.id or '')} {ends}>{inside}</edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(attributes: Attributes, of: str, keys: dict[tuple[str, str], str]) -> str:
    return "".join(_value(keys[(of, name)], value) for name, value in attributes.items())


def _value(key: str, value: Json) -> str:
    """Blanks that a pretty printer could have made are marked as ours."""
    ours = isinstance(value, str) and (not value.strip() or "\n" in (value[:1] + value[-1:]))
    mark = f' xml:space="{_PRESERVE}"' if ours else ""
    return f'<data key="{key}"{mark}>{_text(value)}</data>'


def _text(value: Json) -> str:
    return escape(clean(written(value)), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return quoteattr(clean(value), {"\r": "&#13;"})
