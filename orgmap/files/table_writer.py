"""A map as two tables: `plan.csv` with the links, `plan-people.csv` with people and modules.

No cell can start a formula when a spreadsheet opens it: text that begins with = + - @, a tab or a
line end gets a ' before it, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from orgmap.files import disk
from orgmap.files.elements import Attributes, as_text, taken_apart
from orgmap.files.filling import FORMULA
from orgmap.files.tables import PEOPLE_ENDING
from orgmap.i18n import Said
from orgmap.model.document import Document
from orgmap.model.entities import Json, Module, Node
from orgmap.progress import SILENT, Progress


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write both tables, or neither; answers with warnings, which there are none of."""
    delimiter = "\t" if path.suffix.casefold() == ".tsv" else ","
    people, links = encoded(document, delimiter, progress.part(0.0, 0.9))
    disk.write_together({people_path(path): people, path: links})
    return []


def people_path(path: Path) -> Path:
    """Where the people of the links in `path` are written, and looked for."""
    return path.with_name(path.stem + PEOPLE_ENDING + path.suffix)


def encoded(document: Document, delimiter: str = ",", progress: Progress = SILENT) -> tuple[bytes, bytes]:
    """The table of people and the table of links."""
    people, modules, links = rows_of(document, progress.part(0.0, 0.4))
    return (
        _table([*modules, *people], ("id", "name"), delimiter, progress.part(0.4, 0.5)),
        _table(links, ("from", "to"), delimiter, progress.part(0.5, 1.0)),
    )


def rows_of(
    document: Document, progress: Progress = SILENT
) -> tuple[list[Attributes], list[Attributes], list[Attributes]]:
    """The rows of people, of modules and of links."""
    words = _module_words(document)
    graph = taken_apart(document, progress, module_word=lambda key: words.get(key, key))
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
    return ends[len(document.modules) :], ends[: len(document.modules)], links


def _module_words(document: Document) -> dict[str, str]:
    """Modules are called by name where no other name or id could be meant."""
    ends: list[Node | Module] = [*document.nodes.values(), *document.modules.values()]
    count = Counter(word for end in ends for word in {end.id.strip(), end.name.strip()})
    return {
        key: module.name
        for key, module in document.modules.items()
        if (name := module.name.strip()) and count[name] == 1 and not name.endswith("\\")
    }


def _table(rows: Sequence[Attributes], first: tuple[str, ...], delimiter: str, progress: Progress) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row)) or list(first)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([_safe(name) for name in names])
    for at, row in enumerate(rows):
        if not at % 1_000:
            progress.at(at / len(rows))
        writer.writerow([_safe(row.get(name)) for name in names])
    return stream.getvalue().encode()


def _safe(value: Json) -> str:
    """A cell that no spreadsheet runs."""
    words = as_text(value).strip()
    return "'" + words if isinstance(value, str) and FORMULA.match(words) else words
