"""Tables of links and of people: CSV and TSV to a map, every bad row with its number and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.delimited import Sheet, sheet
from orgmap.files.linking import LinkRow
from orgmap.files.reading import Arrows, Opened, ReadOptions, RowKind
from orgmap.files.recognition import Form, Table, recognize
from orgmap.files.values import MODULE, YES, BadCell, brief, number, text_cell
from orgmap.i18n import Said, names, text
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

PEOPLE_ENDING = "-people"  # plan.csv has its people in plan-people.csv
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # what a spreadsheet would run, or our sign before it

EXTRA = "extra:"  # before a column of our own making whose name would be taken for something else

_LEFT_OUT = text("notes", "{column}: {problem}; the cell was left out.")
_REPLACED = text("notes", "Characters that no text can hold were replaced.")
_MORE_CELLS = text(
    "notes",
    "The row has one cell more than there are columns, which was left out: {cells}.",
    "The row has {n} cells more than there are columns, which were left out: {cells}.",
)
_FEWER = text("notes", "The row ends after {n} of {all} cells; the rest is taken as empty.")
_GUESSED = text("notes", "The text was read as {encoding}. If letters look wrong, name the encoding.")
_NO_HEADER = text("notes", "No column name was recognized: the first column is from, the second to.")
_TAKEN = text(
    "notes",
    "The first row was taken for the names of the columns: {names}. If it is a row like the others, say"
    " that there is no header.",
)
_BY_POSITION = text(
    "notes", "The columns do not say which is from and which is to: {first} is from, {second} is to."
)
_ASKED = text(
    "notes",
    "{column} holds whom one asks, so information flows from there to the first. If not, say which way the"
    " arrows go.",
)
_MODULES = text(
    "notes",
    "No column says what kind the rows are, and {column} is said of modules: every row was read as a module.",
)
_SIBLING = text("notes", "The people were read from {file} beside it.")
_NO_ROWS = text("files", "No row of this table could be read.")
_FIRST = text("files", "The first reason is in row {row}: {reason}")
_NOT_LINKS = text("files", "This is a table of people; a table of links has columns from and to.")

_ASKS = text("preview", "{first} asks {second}, so information flows from {second} to {first}. Right?")
_TELLS = text("preview", "{first} tells {second}: information flows from {first} to {second}. Right?")
_BOTH = text("preview", "{first} and {second} talk with each other, both ways. Right?")
_REPORTS = text("preview", "{first} reports to {second}. Right?")
_NEEDS = text("preview", "The work of {first} needs the work of {second}. Right?")
_MEMBER = text("preview", "{first} belongs to the module {second}. Right?")
_PART_OF = text("preview", "The module {first} lies in the module {second}. Right?")
_PEOPLE = text("preview", "{first} is one person or module on the map. Right?")
_SENTENCES = {
    RowKind.REPORTS: _REPORTS,
    RowKind.NEEDS: _NEEDS,
    RowKind.MEMBER: _MEMBER,
    RowKind.PART_OF: _PART_OF,
}
_SAMPLE = 8  # rows of a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """How a table would be read. `mapping`: per column its header and the field it fills, "" if none.

    `sentence` says the direction with the first row of the user's own data. `number_of_rows` counts
    those below the header. `asks`: the header says that the second end is whom one asks.
    """

    form: Form
    mapping: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    number_of_rows: int
    encoding: str
    delimiter: str
    header: bool
    weighted: bool
    asks: bool
    sentence: Said


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a table of links or people, with what `options` names beside it.

    Raises ReadError, with file and line, if nothing can be read; single bad rows are notes.
    """
    to = Assembly()
    sibling = _sibling(path)
    more = bool(options.people or options.links or sibling)
    main = _table(data, path, options, to, progress.part(0.0, 0.3), empty=more)
    people = options.people
    if people is None and sibling is not None and main.form is Form.LINKS and main.named:
        people = sibling
        to.note(Where(None, disk.shown(path)), _SIBLING(file=disk.shown(people)))
    if people is not None:
        settings = ReadOptions(delimiter=None, encoding=options.encoding)
        _people(
            _table(disk.read_bytes(people), people, settings, to, progress.part(0.3, 0.4), people=True), to
        )
    if main.form is Form.PEOPLE:
        _people(main, to)
    to.settle()
    if main.form is Form.LINKS:
        _links(main, options, to, progress.part(0.4, 0.8))
    elif main.form is Form.MATRIX:
        _matrix(main, options, to)
    for further, own in options.links:
        table = _table(disk.read_bytes(further), further, own, to, progress)
        if table.form is Form.PEOPLE:
            raise ReadError(_NOT_LINKS(), place=disk.shown(further))
        (_matrix if table.form is Form.MATRIX else _all_links)(table, own, to)
    found = to.finish()
    progress.at(1.0)
    if not found.document.nodes and not found.document.modules:
        first = next((note for note in found.notes if note.row is not None), None)
        hint = _FIRST(row=first.row or 0, reason=first.message) if first is not None else None
        raise ReadError(_NO_ROWS(), place=disk.shown(path), hint=hint)
    return found


def preview(path: Path, options: ReadOptions | None = None) -> Preview:
    """How the table would be read, before it is. Raises ReadError as `read` does."""
    options = options or ReadOptions()
    table = _recognized(_sheet(disk.read_bytes(path), path, options, SILENT), path, options)
    body = [row for row in table.sheet.rows[table.first :] if any(row)]
    fields = tuple(
        (name, column.field if column is not None else "")
        for name, column in zip(table.header.names, table.header.columns, strict=True)
    )
    return Preview(
        form=table.form,
        mapping=fields,
        rows=tuple(tuple(row) for row in body[:_SAMPLE]),
        number_of_rows=len(body),
        encoding=table.sheet.encoding,
        delimiter=table.sheet.delimiter,
        header=table.named,
        weighted=table.header.has("weight"),
        asks=table.asks,
        sentence=_sentence(table, body, options),
    )


def sentence(first: str, second: str, options: ReadOptions) -> Said:
    """What an arrow from `first` to `second` means under these options, as a question."""
    found = _SENTENCES.get(options.kind)
    if found is not None:
        return found(first=first, second=second)
    if options.undirected:
        return _BOTH(first=first, second=second)
    return (_ASKS if options.arrows == Arrows.ASKS else _TELLS)(first=first, second=second)


def _sentence(table: Table, body: list[list[str]], options: ReadOptions) -> Said:
    if table.form is Form.MATRIX:
        row = next((r for r in body if any(c not in ("", "0") for c in r[1:])), body[0])
        at = next((i for i, c in enumerate(row) if i and c not in ("", "0")), 1)
        return sentence(row[0], table.header.names[at], options)
    where = {column.field: i for i, column in enumerate(table.header.columns) if column is not None}
    cells = [{f: row[i] for f, i in where.items() if i < len(row)} for row in body]
    if table.form is Form.PEOPLE:
        first = next((c.get("name") or c.get("id") or "" for c in cells if c.get("name") or c.get("id")), "")
        return _PEOPLE(first=brief(first))
    whole = [c for c in cells if c.get("source") and c.get("target")]
    full = next((c for c in whole if c.get("two_way", "").casefold() not in YES), next(iter(whole), None))
    if full is None:
        raise ReadError(_NO_ROWS(), place=disk.shown(table.path))
    called: dict[str, str] = {}
    if options.people is not None:
        to = Assembly()
        _people(
            _table(disk.read_bytes(options.people), options.people, ReadOptions(), to, SILENT, people=True),
            to,
        )
        called = {end: to.name_of(end) for end in (full["source"], full["target"])}
    ends = [brief(called.get(end, end)) for end in (full["source"], full["target"])]
    return sentence(ends[0], ends[1], options)


def _sibling(path: Path) -> Path | None:
    beside = path.with_name(path.stem + PEOPLE_ENDING + path.suffix) if path.name != "-" else None
    return beside if beside is not None and beside.is_file() else None


def _sheet(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Sheet:
    return sheet(data, path, encoding=options.encoding, delimiter=options.delimiter, progress=progress)


def _recognized(
    found: Sheet, path: Path, options: ReadOptions, *, people: bool = False, empty: bool = False
) -> Table:
    return recognize(found, path, header=options.header, mapping=options.mapping, people=people, empty=empty)


def _table(
    data: bytes,
    path: Path,
    options: ReadOptions,
    to: Assembly,
    progress: Progress,
    *,
    people: bool = False,
    empty: bool = False,
) -> Table:
    found = _sheet(data, path, options, progress)
    if found.guessed:
        to.note(Where(None, disk.shown(path)), _GUESSED(encoding=found.encoding))
    if found.replaced:
        to.note(Where(None, disk.shown(path)), _REPLACED())
    table = _recognized(found, path, options, people=people, empty=empty)
    if not table.named and table.form is Form.LINKS:
        to.note(Where(None, disk.shown(path)), _NO_HEADER())
    for message in _decided(table):
        to.note(Where(None, disk.shown(path)), message)
    return table


def _decided(table: Table) -> Iterator[Said]:
    """What the header left open, and how it was taken."""
    if not table.named:
        return
    header = table.header
    if not table.sure:
        yield _TAKEN(names=names(brief(name) for name in header.names))
    if not table.told:
        ends = [brief(header.name_of(end) or "") for end in ("source", "target")]
        yield _BY_POSITION(first=ends[0], second=ends[1])
    if table.of_modules is not None:
        yield _MODULES(column=brief(table.of_modules))


def _all_links(table: Table, options: ReadOptions, to: Assembly) -> None:
    _links(table, options, to, SILENT)


def _links(table: Table, options: ReadOptions, to: Assembly, progress: Progress) -> None:
    total = len(table.sheet.rows)
    if table.asks and options.arrows is None and not options.undirected and options.kind == RowKind.TALKS:
        options = replace(options, arrows=Arrows.ASKS)
        to.note(
            Where(None, disk.shown(table.path)), _ASKED(column=brief(table.header.name_of("target") or ""))
        )
    for index, (fields, extra, where) in enumerate(_records(table, to)):
        to.link(LinkRow(fields.pop("source", ""), fields.pop("target", ""), fields, extra, where), options)
        if not index % 2_000:
            progress.at(index / total)


def _people(table: Table, to: Assembly) -> None:
    columns = zip(table.header.names, table.header.columns, strict=True)
    word = next(
        (name for name, column in columns if column is not None and column.field == "modules"), "module"
    )
    modules = table.of_modules is not None
    for fields, extra, where in _records(table, to):
        if modules:
            fields["kind"] = MODULE
        to.entity(fields, extra, where, word)


def _matrix(table: Table, options: ReadOptions, to: Assembly) -> None:
    """A row tells the columns. Read undirected, a pair is one link, from the upper half or the lower."""
    place = disk.shown(table.path)
    done: set[frozenset[str]] = set()
    for offset, row in enumerate(table.sheet.rows[table.first :]):
        where = Where(table.first + offset + 1 + table.sheet.skipped, place)
        for name, cell in zip(table.header.names[1:], row[1:], strict=False):
            strength = number(cell) if cell else 0.0
            pair = frozenset((row[0], name))
            if not strength or (options.undirected and pair in done):
                continue
            done.add(pair)
            fields: dict[str, Any] = {} if strength in (1.0, -1.0) else {"weight": abs(strength)}
            if strength < 0:
                fields = {"health": "negative", **fields}
            to.link(LinkRow(row[0], name, fields, {}, where), options)


def _records(table: Table, to: Assembly) -> Iterator[tuple[dict[str, Any], dict[str, Json], Where]]:
    """The cells of each row as values; what cannot be read is noted and left out."""
    place = disk.shown(table.path)
    known: list[tuple[int, str, Callable[[str], Any]]] = []
    others: list[tuple[int, str]] = []
    for index, column in enumerate(table.header.columns):
        if column is None:
            others.append((index, table.header.names[index].removeprefix(EXTRA)))
        else:
            known.append((index, column.field, _remembering(column.convert)))
    width = len(table.header.columns)
    rows = table.sheet.rows
    for at in range(table.first, len(rows)):
        row = rows[at]
        if not any(row):
            continue
        where = Where(at + 1 + table.sheet.skipped, place)
        if len(row) != width:
            row = _fitted(row, width, to, where)
        fields: dict[str, Any] = {}
        for index, field, convert in known:
            cell = row[index]
            if cell:
                if cell[0] == "'" and FORMULA.match(cell):
                    cell = cell[1:]
                try:
                    fields[field] = convert(cell)
                except BadCell as bad:
                    name = table.header.names[index]
                    to.note(where, _LEFT_OUT(column=brief(name), problem=bad.message))
        extra: dict[str, Json] = {name: _plain(row[index]) for index, name in others if row[index]}
        yield fields, extra, where


def _remembering(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same cells come again and again: thousands of rows, a dozen frequencies."""
    if convert is text_cell:
        return convert
    known: dict[str, Any] = {}

    def remembered(cell: str) -> Any:  # noqa: ANN401 - whatever the column holds
        found = known.get(cell)
        if found is None:
            found = convert(cell)
            if len(known) < 10_000:
                known[cell] = found
        return found

    return remembered


def _plain(cell: str) -> str:
    return cell[1:] if cell[0] == "'" and FORMULA.match(cell) else cell


def _fitted(row: list[str], width: int, to: Assembly, where: Where) -> list[str]:
    if len(row) < width:
        to.note(where, _FEWER(n=len(row), all=width))
        return [*row, *[""] * (width - len(row))]
    beyond = [cell for cell in row[width:] if cell]
    if beyond:
        to.note(where, _MORE_CELLS(n=len(beyond), cells=brief(", ".join(beyond))))
    return row
