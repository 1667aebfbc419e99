"""What kind of table a sheet is, and where its rows begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.columns import LINK_COLUMNS, PERSON_COLUMNS, Column, Header, recognized, understood
from orgmap.files.delimited import Sheet
from orgmap.files.values import BadCell, number
from orgmap.i18n import text

_NOTHING = text("files", "There is nothing in this table but its header.")
_ONE_COLUMN = text("files", "The table has one column only; a link needs two, from and to.")
_ONE_COLUMN_HINT = text("files", "If the columns stand in one cell, say which sign parts them.")
_NO_ENDS = text("files", "No column of this table says from and to, and none says id or name.")


class Form(StrEnum):
    """What the rows of a table are."""

    LINKS = "links"
    PEOPLE = "people"
    MATRIX = "matrix"  # who across, who down, a number where there is a link


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that is understood. `first`: index of the first row after the header."""

    sheet: Sheet
    form: Form
    header: Header
    first: int
    path: Path
    named: bool = True  # a header was found


def recognize(
    sheet: Sheet,
    path: Path,
    *,
    header: bool | None = None,
    mapping: Mapping[str, str] | None = None,
    people: bool = False,
    empty: bool = False,
) -> Table:
    """What the sheet is. `people`: it was named as the table of people; `empty`: a table of links
    may have no rows, since other tables come with it. Raises ReadError.
    """
    rows, mapping = sheet.rows, mapping or {}
    start = next((i for i, row in enumerate(rows) if any(row)), None)
    place = disk.shown(path)
    if start is None:
        raise ReadError(_NOTHING(), place=place)
    top = rows[start]
    if not people and not mapping and header is not False and _matrix(rows[start:]):
        return Table(sheet, Form.MATRIX, Header(tuple(top), (None,) * len(top)), start + 1, path)
    if header is None:
        header = (
            any(not key.isdigit() for key in mapping)  # a name somebody read there
            or recognized(top)
            or (people and _told(top))
            or _words_over_numbers(rows[start:])
        )
    after = start + 1 if header else start
    samples = [row for row in rows[after : after + 2_000] if any(row)]
    if not samples and not (empty and header):
        raise ReadError(_NOTHING(), place=place)
    width = Counter(len(row) for row in samples or [top]).most_common(1)[0][0]
    names = _names(top, width) if header else _names((), width)
    if header or mapping:
        links = understood(names, LINK_COLUMNS, mapping)
        if links.links and not people:
            return Table(sheet, Form.LINKS, links, after, path, header)
        persons = understood(names, PERSON_COLUMNS, mapping, samples)
        if persons.people or (people and header):
            return Table(sheet, Form.PEOPLE, _with_key(persons), after, path, header)
    if width < 2 and not people:
        raise ReadError(_ONE_COLUMN(), place=place, hint=_ONE_COLUMN_HINT())
    if people:
        found = _with_key(Header(names, (None,) * len(names)))
        return Table(sheet, Form.PEOPLE, found, after, path, header)
    return Table(sheet, Form.LINKS, _by_position(names, samples), after, path, header)


def _names(top: Sequence[str], width: int) -> tuple[str, ...]:
    """The header's words, one for every column."""
    cells = [*top, *[""] * (width - len(top))]
    return tuple(cell or f"column {index + 1}" for index, cell in enumerate(cells))


def _told(names: Sequence[str]) -> bool:
    """Is any word of a first row the name of a column of the people table?"""
    return any(column is not None for column in understood(names, PERSON_COLUMNS).columns)


def _with_key(header: Header) -> Header:
    """A people table needs an id or a name; else its first unknown column is the id."""
    if header.has("id") or header.has("name"):
        return header
    first = next((i for i, column in enumerate(header.columns) if column is None), 0)
    columns = list(header.columns)
    columns[first] = PERSON_COLUMNS[0]
    return replace(header, columns=tuple(columns))


def _by_position(names: tuple[str, ...], samples: Sequence[Sequence[str]]) -> Header:
    """From, to, and a third column of numbers is a weight."""
    fields = {column.field: column for column in LINK_COLUMNS}
    columns: list[Column | None] = [fields["source"], fields["target"], *[None] * (len(names) - 2)]
    if len(names) > 2 and _numeric([row[2] for row in samples if len(row) > 2]):
        columns[2] = fields["weight"]
    for index, column in enumerate(understood(names, LINK_COLUMNS).columns):
        if index >= 2 and column is not None and column.field not in ("source", "target"):
            columns[index] = column
    return Header(names, tuple(columns))


def _words_over_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """A first row of words where the rows below have numbers is a header."""
    top, below = rows[0], [row for row in rows[1:60] if any(row)]
    for index, cell in enumerate(top):
        under = [row[index] for row in below if index < len(row)]
        if cell and not _numeric([cell]) and under and _numeric(under):
            return True
    return False


def _numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    for cell in filled:
        try:
            number(cell)
        except BadCell:
            return False
    return bool(filled)


def _matrix(rows: Sequence[Sequence[str]]) -> bool:
    """The same names across and down, and nothing but numbers and blanks between."""
    across = list(rows[0][1:])
    if len(across) < 2 or len(rows) < len(across) + 1 or not all(across):
        return False
    body = [row for row in rows[1:] if any(row)]
    if [row[0] for row in body] != across or len(set(across)) != len(across):
        return False
    return all(not any(row[1:]) or _numeric(row[1:]) for row in body)
