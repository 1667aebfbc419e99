"""Which sheets of a workbook are tables of links, of people, of modules, and which are none of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import about
from orgmap.files.delimited import Sheet
from orgmap.files.reading import Form, ReadOptions
from orgmap.files.recognition import Table, recognize
from orgmap.files.values import brief, plain
from orgmap.files.workbook import Book
from orgmap.i18n import Said, names, text

PEOPLE = frozenset(["people", "persons", "nodes", "employees", "staff", "members", "colleagues"])
MODULES = frozenset(
    ["modules", "teams", "units", "departments", "groups", "divisions", "sections", "circles"]
)

_LEFT_OUT = text(
    "notes",
    "The sheet {names} is no table of links, people or modules; it was left out.",
    "These sheets are no tables of links, people or modules, and were left out: {names}.",
)
_SEVERAL = text("notes", "Links were read from several sheets: {names}.")


@dataclass(frozen=True, slots=True)
class Understood:
    """The tables of a workbook, what it says of the map and its channels, and what was decided.

    `main` is the table the questions of an import are about: the first of links, else the first.
    `listed`: every sheet but those that are about the map, with what it is; None for what was left out.
    """

    tables: tuple[Table, ...]
    main: Table
    about: tuple[Sheet, ...]
    notes: tuple[Said, ...]
    listed: tuple[tuple[str, Form | None], ...]


def understood(book: Book, path: Path, options: ReadOptions, *, people: bool = False) -> Understood:
    """What each sheet is. `options` speak of the main table. Raises ReadError if there is no table at all.

    `people`: the workbook was named as the one with the people.
    """
    extra = tuple(sheet for sheet in book.sheets if about.is_about(sheet))
    wanted = options.sheets
    sheets = [s for s in book.sheets if s not in extra and (not wanted or s.name in wanted)] or [
        book.sheets[0]
    ]
    hidden = [(name, None) for name in book.hidden]
    if len(sheets) == 1:
        single = _recognized(sheets[0], path, options, people=people)
        return Understood((single,), single, extra, book.notes, ((sheets[0].name, single.form), *hidden))
    found, left_out = _apart(sheets, path)
    if not found:
        found = [_recognized(sheets[0], path, options, people=people)]
        left_out = [sheet.name for sheet in sheets[1:]]
    links = [table for table in found if table.form is not Form.PEOPLE]
    of_people = [table for table in found if table.form is Form.PEOPLE]
    main = (of_people if people else links or of_people or found)[0]
    if options.form is not None or options.header is not None or options.mapping:
        told = _recognized(main.sheet, path, options, people=people)
        found = [told if table is main else table for table in found]
        main = told
    notes = list(book.notes)
    if left_out:
        notes.append(_LEFT_OUT(n=len(left_out), names=names(map(brief, left_out))))
    if len(links) > 1:
        notes.append(_SEVERAL(names=names(brief(table.sheet.name) for table in links)))
    forms = {table.sheet.name: table.form for table in found}
    listed = [(sheet.name, forms.get(sheet.name)) for sheet in sheets]
    return Understood(tuple(found), main, extra, tuple(notes), (*listed, *hidden))


def _apart(sheets: Sequence[Sheet], path: Path) -> tuple[list[Table], list[str]]:
    """The tables among the sheets, and the names of the others; tables that are empty are neither."""
    found: list[Table] = []
    left_out: list[str] = []
    for sheet in sheets:
        if sum(1 for row in sheet.rows if any(row)) < 2 and (_said(sheet) or about.is_empty(sheet)):
            continue
        try:
            table = _recognized(sheet, path, ReadOptions())
        except ReadError:
            left_out.append(sheet.name)
            continue
        if table.form is Form.MATRIX or (table.named and table.told and table.sure) or _said(sheet):
            found.append(table)
        else:
            left_out.append(sheet.name)
    return found, left_out


def _said(sheet: Sheet) -> bool:
    return plain(sheet.name) in PEOPLE | MODULES


def _recognized(sheet: Sheet, path: Path, options: ReadOptions, *, people: bool = False) -> Table:
    """As `recognize`; the name of the sheet counts where its columns do not say that it holds links."""
    table: Table | None = None
    try:
        table = recognize(
            sheet,
            path,
            form=options.form,
            header=options.header,
            mapping=options.mapping,
            people=people,
        )
    except ReadError:
        if not _said(sheet):
            raise
    modules = plain(sheet.name) in MODULES
    asked = (
        modules and table is not None and table.form is Form.SURVEY
    )  # extras that are called like questions
    if table is not None and options.form is not None:
        return table
    if _said(sheet) and (table is None or table.form is Form.PEOPLE or asked or not table.told):
        table = recognize(sheet, path, header=options.header, mapping=options.mapping, people=True)
        return replace(table, modules=modules and not table.header.has("kind"))
    assert table is not None
    return table
