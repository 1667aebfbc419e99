"""What is in a file that is to be imported, seen before anything is decided. No widgets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from orgmap.errors import OrgmapError, ReadError
from orgmap.files import disk, formats, tables
from orgmap.files.reading import Form, Opened, ReadOptions
from orgmap.files.tables import Preview
from orgmap.files.values import brief
from orgmap.i18n import Said, names, text
from orgmap.model.entities import LinkKind
from orgmap.model.query import counts, name_of
from orgmap.progress import SILENT, Progress
from orgmap.ui.dialogs.importing.words import DELIMITERS, FORMS

PEOPLE_NAMES = ("{stem}-people", "people", "persons", "nodes", "employees")
TABLES = (".csv", ".tsv", ".txt", ".md", ".xlsx", ".ods")

_TABLE = text(
    "import",
    "Found {form}: {n} row, parted by {sign}, letters in {encoding}.",
    "Found {form}: {n} rows, parted by {sign}, letters in {encoding}.",
)
_SHEET = text(
    "import",
    "Found {form} on the sheet {sheet}: {n} row.",
    "Found {form} on the sheet {sheet}: {n} rows.",
)
_GRAPH = text("import", "Found a graph: {people}, {modules}, {links}.")
_AMONG = text("import", "{found} Among them {names}.")
_SOME = 6  # names of a graph, so that one sees whether its letters are right


class NoTableError(ReadError):
    """It cannot be read, in whatever letters it is written and whatever parts its columns."""


@dataclass(frozen=True, slots=True)
class Together:
    """Files that were handed over at once. `left`: what cannot be taken together with `main`."""

    main: Path
    people: Path | None = None
    links: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file. `first` and `second`: ends of its first one-way link, if it has one.

    `table`: how it would be read, if it is a table; other formats say more themselves, and are read
    already. `people`: a table of people that lies beside it. `digest`: of all bytes that count.
    """

    summary: Said
    first: str = ""
    second: str = ""
    table: Preview | None = None
    people: Path | None = None
    digest: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """By which another table is known for one of the same columns; none if nothing names them."""
        table = self.table
        if table is None or not table.header or table.form is Form.MATRIX:
            return ()
        return tuple(name for name, _ in table.mapping)


def looked_at(path: Path, options: ReadOptions, progress: Progress) -> Look:
    """In a thread: what is in the file. The direction is left as the file has it, for the question."""
    plain = replace(options, arrows=None, undirected=False)
    data = disk.read_bytes(path)
    return replace(_seen(path, data, plain, progress), digest=_digest(data, options))


def _seen(path: Path, data: bytes, plain: ReadOptions, progress: Progress) -> Look:
    if _is_table(data, path):
        seen = tables.preview(path, plain, data)
        ends = dict(seen.sentence.values)
        people = _people_beside(path) if seen.form is Form.LINKS and plain.people is None else None
        return Look(_summary(seen), str(ends.get("first", "")), str(ends.get("second", "")), seen, people)
    return _of_graph(formats.read_bytes(data, path, plain, progress))


def _is_table(data: bytes, path: Path) -> bool:
    try:
        return formats.format_of(data, path).suffix in TABLES
    except ReadError as error:
        raise NoTableError(error.message, place=error.place, hint=error.hint) from None


def _digest(data: bytes, options: ReadOptions) -> str:
    found = hashlib.sha256(data)
    for path in (options.people, *(path for path, _ in options.links)):
        if path is not None:
            found.update(hashlib.sha256(disk.read_bytes(path)).digest())
    return found.hexdigest()


def taken_together(paths: Sequence[Path], progress: Progress = SILENT) -> Together:
    """In a thread: which of the files has the people, and which the links. Raises OrgmapError."""
    forms: list[tuple[Path, Form | None]] = []
    for index, path in enumerate(paths):
        progress.at(index / len(paths))
        forms.append((path, _form(path)))
    links = [path for path, form in forms if form not in (None, Form.PEOPLE)]
    people = [path for path, form in forms if form is Form.PEOPLE]
    other = [path for path, form in forms if form is None]
    if not links and not people:
        return Together(paths[0], left=tuple(paths[1:]))
    if not links:
        return Together(people[0], next(iter(people[1:]), None), left=(*people[2:], *other))
    return Together(links[0], next(iter(people), None), tuple(links[1:]), (*people[1:], *other))


def _form(path: Path) -> Form | None:
    """What kind of table it is; None for what is no table or cannot be read."""
    try:
        data = disk.read_bytes(path)
        if formats.format_of(data, path).suffix not in TABLES:
            return None
        return tables.preview(path, None, data).form
    except OrgmapError:
        return None


def _of_graph(opened: Opened) -> Look:
    document = opened.document
    persons, modules, links = counts(document)
    summary = _GRAPH(
        people=text("status", "{n} person", "{n} people")(n=persons),
        modules=text("status", "{n} module", "{n} modules")(n=modules),
        links=text("status", "{n} link", "{n} links")(n=links),
    )
    some = [brief(node.name) for node in islice(document.nodes.values(), _SOME)]
    if some:
        summary = _AMONG(found=summary, names=names(some))
    arrow = next((k for k in document.links.values() if k.kind is LinkKind.TALKS and not k.two_way), None)
    if arrow is None or opened.native:
        return Look(summary)
    return Look(summary, name_of(document, arrow.source), name_of(document, arrow.target))


def _people_beside(path: Path) -> Path | None:
    """A table of people in the same folder, under one of the names such tables have."""
    for name in PEOPLE_NAMES:
        beside = path.with_name(name.format(stem=path.stem) + path.suffix)
        if beside != path and beside.is_file():
            try:
                if tables.preview(beside).form is Form.PEOPLE:
                    return beside
            except OrgmapError:
                continue
    return None


def _summary(preview: Preview) -> Said:
    if preview.sheet:
        return _SHEET(form=FORMS[preview.form](), sheet=brief(preview.sheet), n=preview.number_of_rows)
    sign = DELIMITERS.get(preview.delimiter)
    return _TABLE(
        form=FORMS[preview.form](),
        n=preview.number_of_rows,
        sign=sign() if sign is not None else preview.delimiter,
        encoding=preview.encoding,
    )
