"""Tables of links and of people, and workbooks of them, to a map; every bad row with number and reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.about import take
from orgmap.files.answering import Question, fill_survey, questions
from orgmap.files.assembly import Assembly, Where
from orgmap.files.columns import NAME_PARTS
from orgmap.files.commas import settled
from orgmap.files.corrections import corrected, corrected_book, readable, with_doubts
from orgmap.files.delimited import sheet
from orgmap.files.filling import EXTRA, decided, fill_links, fill_matrix, fill_people
from orgmap.files.packed import MAGIC
from orgmap.files.reading import Form, Opened, ReadOptions
from orgmap.files.recognition import Table, recognize
from orgmap.files.sentences import sentence
from orgmap.files.sheets import understood
from orgmap.files.values import YES, brief, is_scale
from orgmap.files.workbook import book
from orgmap.i18n import Said, names, text
from orgmap.progress import SILENT, Progress

PEOPLE_ENDING = "-people"  # plan.csv has its people in plan-people.csv
_REPLACED = text("notes", "Characters that no text can hold were replaced.")
_GUESSED = text("notes", "The text was read as {encoding}. If letters look wrong, name the encoding.")
_NO_HEADER = text("notes", "No column name was recognized: the first column is from, the second to.")
_MAY_NAME = text(
    "notes", "The first row may name the columns: {names}. If it does, say that there is a header."
)
_SIBLING = text("notes", "The people were read from {file} beside it.")
_NO_ROWS = text("files", "No row of this table could be read.")
_FIRST = text("files", "The first reason is in row {row}: {reason}")
_NOT_LINKS = text("files", "This is a table of people; a table of links has columns from and to.")

_PEOPLE = text("preview", "{first} is one person or module on the map. Right?")
_SAMPLE = 8  # rows of a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """How a table would be read. `mapping`: per column its header and the field it fills, "" if none.

    `sentence` says the direction with the first row of the user's own data. `number_of_rows` counts
    those below the header. `asks`: the header says that the second end is whom one asks. `sheet`: name of
    the sheet of a workbook, which has no encoding and no delimiter; `sheets`: all it has, and as what they
    are read, None if they are not. `questions`: those of a survey. `headed`: what the columns
    hold if the first row, which is read as a link, names those of people, as it seems to.
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
    sheet: str = ""
    sheets: tuple[tuple[str, Form | None], ...] = ()
    questions: tuple[Question, ...] = ()
    headed: tuple[tuple[str, str], ...] = ()


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a table of links or people or of a workbook, with what `options` names beside it.

    Raises ReadError, with file and line, if nothing can be read; single bad rows are notes.
    """
    to = Assembly(options.same)
    sibling = _sibling(path)
    more = bool(options.people or options.links or sibling)
    called = _known_as(path, options)
    found = list(_tables(data, path, called[path], options, to, progress.part(0.0, 0.3), empty=more))
    main = found[0]
    people = options.people
    if people is None and sibling is not None and main.form in (Form.LINKS, Form.SURVEY) and main.named:
        people = sibling
        to.note(Where(None, called[path]), _SIBLING(file=disk.shown(people)))
    if people is not None:
        settings = with_doubts(ReadOptions(encoding=options.encoding), options)
        part = progress.part(0.3, 0.4)
        beside = disk.read_bytes(people)
        found += _tables(beside, people, called[people], settings, to, part, people=True)
    with_own = [(table, options) for table in found]
    for further, own in options.links:
        settings, beside = with_doubts(own, options), disk.read_bytes(further)
        for table in _tables(beside, further, called[further], settings, to, progress):
            if table.form is Form.PEOPLE:
                raise ReadError(_NOT_LINKS(), place=disk.shown(further))
            with_own.append((table, own))
    for table in found:
        if table.form is Form.PEOPLE:
            fill_people(table, to)
    to.settle()
    for table, own in with_own:
        if table.form is Form.LINKS:
            fill_links(table, own, to, progress.part(0.4, 0.8) if table is main else SILENT)
        elif table.form is Form.MATRIX:
            fill_matrix(table, own, to)
        elif table.form is Form.SURVEY:
            fill_survey(table, own, to, progress.part(0.4, 0.8) if table is main else SILENT)
    opened = to.finish(progress.part(0.8, 1.0))
    progress.at(1.0)
    if not opened.document.nodes and not opened.document.modules:
        first = next((note for note in opened.notes if note.row is not None), None)
        hint = _FIRST(row=first.row or 0, reason=first.message) if first is not None else None
        raise ReadError(_NO_ROWS(), place=disk.shown(path), hint=hint)
    kept = (
        (table.place, [name for name in table.kept if not name.startswith(EXTRA)]) for table, _ in with_own
    )
    return replace(opened, kept=tuple((place, tuple(columns)) for place, columns in kept if columns))


def preview(path: Path, options: ReadOptions | None = None, data: bytes | None = None) -> Preview:
    """How the table would be read, before it is; `data`: what the file holds. Raises ReadError as `read`."""
    options = options or ReadOptions()
    called = _known_as(path, options)
    data = disk.read_bytes(path) if data is None else data
    sheets: tuple[tuple[str, Form | None], ...] = ()
    people: list[Table] = []
    if data.startswith(MAGIC):
        whole = corrected_book(book(data, path, options.sheets), path, options, called[path])
        found = understood(whole, path, options)
        table, sheets = found.main, found.listed
        people = [each for each in found.tables if each.form is Form.PEOPLE]
    else:
        table = _table(data, path, called[path], options)
    table = readable(table, options)
    people = [readable(each, options) for each in people]
    body = [row for row in table.sheet.rows[table.first :] if any(row)]
    asked: tuple[Question, ...] = ()
    if table.form is Form.SURVEY:
        asked = questions(table, options, _known(table.path, options, people).knows)
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
        weighted=_weighted(table, body),
        asks=table.asks,
        sentence=asked[0].sentence if asked else _sentence(table, body, options, people),
        sheet=table.sheet.name,
        sheets=sheets,
        questions=asked,
        headed=table.headed if options.header is None else (),
    )


def _sentence(table: Table, body: list[list[str]], options: ReadOptions, people: list[Table]) -> Said:
    if table.form is Form.MATRIX:
        across = len(table.header.names)
        row = next((r for r in body if any(c not in ("", "0") for c in r[1:across])), body[0])
        at = next((i for i, c in enumerate(row[:across]) if i and c not in ("", "0")), 1)
        return sentence(row[0], table.header.names[at], options)
    where = {column.field: i for i, column in enumerate(table.header.columns) if column is not None}
    cells = [{f: row[i] for f, i in where.items() if i < len(row)} for row in body]
    if table.form is Form.PEOPLE:
        first = next(filter(None, map(_called, cells)), "")
        return _PEOPLE(first=brief(first))
    whole = [c for c in cells if c.get("source") and c.get("target")]
    full = next((c for c in whole if c.get("two_way", "").casefold() not in YES), next(iter(whole), None))
    if full is None:
        raise ReadError(_NO_ROWS(), place=disk.shown(table.path))
    to = _known(table.path, options, people)
    ends = [brief(to.name_of(full[end])) for end in ("source", "target")]
    return sentence(ends[0], ends[1], options)


def _known(path: Path, options: ReadOptions, people: list[Table]) -> Assembly:
    """Everybody in these tables of people, and in the one that `options` name."""
    to = Assembly()
    if options.people is not None:
        data = disk.read_bytes(options.people)
        settings = with_doubts(ReadOptions(), options)
        called = _known_as(path, options)[options.people]
        people = [*people, *_tables(data, options.people, called, settings, to, SILENT, people=True)]
    for each in people:
        fill_people(each, to)
    return to


def _called(cells: dict[str, str]) -> str:
    """The name in a row of people, in one cell or two; else the id."""
    parts = filter(None, (cells.get(part.field) for part in NAME_PARTS))
    return cells.get("name") or " ".join(parts) or cells.get("id", "")


def _weighted(table: Table, body: list[list[str]]) -> bool:
    """Is there a column of weights, or numbers other than one where two people cross?"""
    if table.header.has("weight"):
        return True
    columns = table.header.columns
    across = [i for i, column in enumerate(columns) if column is not None and column.field == "person"]
    if table.form is Form.MATRIX:
        across = list(range(1, len(columns)))
    return is_scale(row[i] for row in body for i in across if i < len(row))


def _sibling(path: Path) -> Path | None:
    beside = path.with_name(path.stem + PEOPLE_ENDING + path.suffix) if path.name != "-" else None
    return beside if beside is not None and beside.is_file() else None


def _known_as(path: Path, options: ReadOptions) -> dict[Path, str]:
    """What notes call each file that is read, which is its place in corrections."""
    sibling = _sibling(path)
    beside = [] if sibling is None else [sibling]
    people = [] if options.people is None else [options.people]
    return disk.shown_apart([path, *beside, *people, *(further for further, _ in options.links)])


def _tables(
    data: bytes,
    path: Path,
    called: str,
    options: ReadOptions,
    to: Assembly,
    progress: Progress,
    *,
    people: bool = False,
    empty: bool = False,
) -> list[Table]:
    """The tables of a file, which notes call so, the main one first; what had to be decided is noted."""
    whole = Where(None, called)
    if data.startswith(MAGIC):
        whole_book = corrected_book(book(data, path, options.sheets, progress), path, options, called)
        found = understood(whole_book, path, options, people=people)
        for message in found.notes:
            to.note(whole, message)
        for sheet in found.about:
            take(sheet, called, to)
        listed = [found.main, *(table for table in found.tables if table is not found.main)]
        if people:
            listed = [table for table in listed if table.form is Form.PEOPLE]
    else:
        listed = [_table(data, path, called, options, progress, people=people, empty=empty)]
    listed = [settled(readable(table, options, to), to) for table in listed]
    for table in listed:
        place = Where(None, table.place)
        if table.sheet.guessed:
            to.note(place, _GUESSED(encoding=table.sheet.encoding))
        if table.sheet.replaced:
            to.note(place, _REPLACED())
        for row, message in table.sheet.notes:
            to.note(Where(row, table.place), message)
        if not table.named and table.form is Form.LINKS:
            to.note(place, _NO_HEADER())
        if options.header is None and table.headed:
            top = next(row for row in table.sheet.rows if any(row))
            to.note(place, _MAY_NAME(names=names(map(brief, top))))
        for message in decided(table):
            to.note(place, message)
    return listed


def _table(
    data: bytes,
    path: Path,
    called: str,
    options: ReadOptions,
    progress: Progress = SILENT,
    *,
    people: bool = False,
    empty: bool = False,
) -> Table:
    found = sheet(data, path, encoding=options.encoding, delimiter=options.delimiter, progress=progress)
    found = corrected(replace(found, file=called), called, options)
    return recognize(
        found,
        path,
        form=None if people else options.form,
        header=options.header,
        mapping=options.mapping,
        people=people,
        empty=empty,
    )
