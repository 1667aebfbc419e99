"""A map as two tables: `plan.csv` with the links, `plan-people.csv` with people and modules.

No cell can start a formula when a spreadsheet opens it: text that begins with = + - @, a tab or a
line end gets a ' before it, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from orgmap.files import disk
from orgmap.files.elements import Attributes, lost_info, taken_apart
from orgmap.files.filling import FORMULA
from orgmap.files.tables import PEOPLE_ENDING
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import Json, Link, Module, Node

_TYPES = text("loss", "Numbers and yes or no in further columns come back as text.")
_SPACE = text("loss", "Spaces at the ends of texts are not kept.")


def write(document: Document, path: Path) -> list[Said]:
    """Write both tables, the people first; answers with what tables cannot hold."""
    people, links, losses = encoded(document, "\t" if path.suffix.casefold() == ".tsv" else ",")
    beside = people_path(path)
    warnings = disk.write_bytes(beside, people, previous=False)
    return [*warnings, *disk.write_bytes(path, links, previous=False), *losses]


def people_path(path: Path) -> Path:
    """Where the people of the links in `path` are written, and looked for."""
    return path.with_name(path.stem + PEOPLE_ENDING + path.suffix)


def encoded(document: Document, delimiter: str = ",") -> tuple[bytes, bytes, list[Said]]:
    """The table of people, the table of links, and what got lost."""
    people, modules, links, losses = rows_of(document)
    return (
        _table([*modules, *people], ("id", "name"), delimiter),
        _table(links, ("from", "to"), delimiter),
        [*losses, *lost_info(document)],
    )


def rows_of(
    document: Document, *, workbook: bool = False
) -> tuple[list[Attributes], list[Attributes], list[Attributes], list[Said]]:
    """The rows of people, of modules and of links, and what tables lose.

    `workbook`: modules have a sheet of their own, and others tell what is said of channels and map.
    """
    words = _module_words(document)
    graph, losses = taken_apart(document, module_word=lambda key: words.get(key, key), workbook=workbook)
    ends: list[Attributes] = [{"id": node.id, **node.attributes} for node in graph.nodes]
    named = {node.id: node.attributes["name"] for node in graph.nodes}
    by_name = any(key != name for key, name in named.items())
    links: list[Attributes] = []
    for edge in graph.edges:
        row: Attributes = {"from": edge.source}
        row |= {"from_name": named[edge.source]} if by_name else {}
        row |= {"to": edge.target}
        row |= {"to_name": named[edge.target]} if by_name else {}
        links.append({**row, **edge.attributes, "id": edge.id or ""})
    if any(isinstance(v, str) and v != v.strip() for row in (*ends, *links) for v in row.values()):
        losses.append(_SPACE())
    if any(isinstance(v, bool | int | float) for each in _described(document) for v in each.extra.values()):
        losses.append(_TYPES())
    modules, people = ends[: len(document.modules)], ends[len(document.modules) :]
    if workbook:
        modules = [{name: value for name, value in row.items() if name != "kind"} for row in modules]
    return people, modules, links, losses


def _described(document: Document) -> Iterator[Node | Module | Link]:
    yield from document.modules.values()
    yield from document.nodes.values()
    yield from document.links.values()


def _module_words(document: Document) -> dict[str, str]:
    """Modules are called by name where no other name or id could be meant."""
    ends: list[Node | Module] = [*document.nodes.values(), *document.modules.values()]
    count = Counter(word for end in ends for word in {str(end.id), end.name})
    return {m.id: m.name for m in document.modules.values() if m.name.strip() and count[m.name] == 1}


def _table(rows: Iterable[Attributes], first: tuple[str, ...], delimiter: str) -> bytes:
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row)) or list(first)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([_safe(name) for name in names])
    writer.writerows([_safe(row.get(name)) for name in names] for row in rows)
    return stream.getvalue().encode()


def _safe(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if not isinstance(value, str):
        return repr(value)
    return "'" + value if FORMULA.match(value) else value
