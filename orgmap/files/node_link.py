"""JSON as networkx writes it for other programs: nodes, and links or edges, each an object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.delimited import decoded
from orgmap.files.elements import Attributes, Edge, Element, Graph, assembled, taken_apart
from orgmap.files.mending import clean
from orgmap.files.native import SUSPECT, cleaned
from orgmap.files.plain import Wrong, json_value
from orgmap.files.reading import Opened, ReadOptions
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

_BROKEN = text("files", "The JSON is broken at line {line}, column {column}.")
_NUMBER = text("files", "The JSON holds a number that cannot be.")
_DEEP = text("files", "The file is nested too deeply to be a map.")
_NO_GRAPH = text("files", "This JSON is no graph: it has no list of nodes and no list of links.")
_NO_NODE = text("notes", "Entry {n} of the nodes has no id; it was left out.")
_NO_ENDS = text("notes", "Entry {n} of the links does not name two ends; it was left out.")


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a node-link file. Raises ReadError for other JSON."""
    place = disk.shown(path)
    words, _, _ = decoded(data, place)
    try:
        plain = json.loads(words)
        if isinstance(plain, dict):
            plain = {key: json_value(value) for key, value in plain.items()}
        if SUSPECT.search(words):
            plain = cleaned(plain)
    except json.JSONDecodeError as error:
        message = _BROKEN(line=error.lineno, column=error.colno)
        raise ReadError(message, place=f"{place}:{error.lineno}") from None
    except ValueError:
        raise ReadError(_NUMBER(), place=place) from None
    except (RecursionError, Wrong):
        raise ReadError(_DEEP(), place=place) from None
    progress.at(0.2)
    to = Assembly(options.same)
    return assembled(_graph(plain, place, to), path, options, to, progress.part(0.2, 1.0))


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the map; answers with warnings, usually none."""
    return disk.write_bytes(path, encoded(document, progress.part(0.0, 0.9)), previous=False)


def encoded(document: Document, progress: Progress = SILENT) -> bytes:
    """The node-link JSON of a map."""
    graph = taken_apart(document, progress.part(0.0, 0.4), flat=False)
    nodes = [{"id": node.id, **_free(node.attributes, "id")} for node in graph.nodes]
    edges = [
        {
            "source": edge.source,
            "target": edge.target,
            "key": edge.id,
            **_free(edge.attributes, "source", "target", "key"),
        }
        for edge in graph.edges
    ]
    head = {"directed": True, "multigraph": True, "graph": graph.attributes}
    lines = [f"{_line(key)}: {_line(value)}" for key, value in head.items()]
    part = progress.part(0.4, 1.0)
    for name, listed in (("nodes", nodes), ("edges", edges)):
        inside = []
        for at, each in enumerate(listed):
            if not at % 1_000:
                part.at(at / len(listed))
            inside.append(_line(each))
        joined = ",\n".join(inside)
        lines.append(f"{_line(name)}: [\n{joined}\n]" if inside else f"{_line(name)}: []")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _free(attributes: Attributes, *taken: str) -> Attributes:
    return {f"extra:{name}" if name in taken else name: value for name, value in attributes.items()}


def _line(value: object) -> str:
    return clean(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _graph(plain: Any, place: str, to: Assembly) -> Graph:  # noqa: ANN401 - JSON
    if not isinstance(plain, dict):
        raise ReadError(_NO_GRAPH(), place=place)
    nodes = plain.get("nodes")
    edges = next((plain[k] for k in ("edges", "links") if isinstance(plain.get(k), list)), None)
    if not isinstance(nodes, list) or edges is None:
        raise ReadError(_NO_GRAPH(), place=place)
    graph = Graph()
    if isinstance(plain.get("graph"), dict):
        graph.attributes = _cleaned(plain["graph"])
    for index, raw in enumerate(nodes):
        where = Where(None, f"{place}, nodes[{index}]")
        raw = raw if isinstance(raw, dict) else {"id": raw}
        key = _word(raw.get("id"))
        if key:
            graph.nodes.append(Element(key, _cleaned(raw, "id"), where))
        else:
            to.note(where, _NO_NODE(n=index + 1))
    directed = plain.get("directed", True) is not False
    for index, raw in enumerate(edges):
        where = Where(None, f"{place}, links[{index}]")
        ends = ("", "") if not isinstance(raw, dict) else (_word(raw.get("source")), _word(raw.get("target")))
        if not all(ends):
            to.note(where, _NO_ENDS(n=index + 1))
            continue
        key = raw.get("key")
        own = clean(key) if isinstance(key, str) else None
        graph.edges.append(Edge(*ends, directed, _cleaned(raw, "source", "target", "key"), where, own))
    return graph


def _word(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _cleaned(raw: dict[str, Any], *without: str) -> Attributes:
    return {
        clean(str(key)): clean(value) if isinstance(value, str) else value
        for key, value in raw.items()
        if key not in without
    }
