"""What the user decided about single cells and rows of a table, put into the table before it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orgmap.files.assembly import Assembly, Where
from orgmap.files.commas import said
from orgmap.files.delimited import Sheet
from orgmap.files.mending import clean
from orgmap.files.reading import Note, ReadOptions
from orgmap.files.recognition import Table, place_of
from orgmap.files.values import brief, plain
from orgmap.files.workbook import Book
from orgmap.i18n import text

MOST_COLUMNS = 16_384  # of a sheet; no correction reaches farther

TOTALS = frozenset(
    map(plain, ("total", "totals", "grand total", "summe", "gesamt", "gesamtsumme", "insgesamt", "somme"))
)  # what a last row is called that counts those above it

_LEFT_OUT = text("notes", "You left this row out.")
_TOTAL = text("notes", "{head} looks like a count of the rows above, not like somebody; it was left out.")


def with_doubts(options: ReadOptions, main: ReadOptions) -> ReadOptions:
    """Options of a table beside the main one; corrections and rows to leave out are told of all at once."""
    return replace(
        options,
        corrections={**main.corrections, **options.corrections},
        left_out=main.left_out | options.left_out,
        same={**main.same, **options.same},
    )


def corrected(sheet: Sheet, place: str, options: ReadOptions) -> Sheet:
    """The sheet with the cells of this place as the user wrote them."""
    own = {spot: cell for spot, cell in options.corrections.items() if spot.place == place}
    if not own:
        return sheet
    rows, commas = list(sheet.rows), dict(sheet.commas)
    for spot, cell in own.items():
        at = spot.row - 1 - sheet.skipped
        if 0 <= at < len(rows) and 1 <= spot.column <= MOST_COLUMNS:
            row = [*rows[at], *[""] * (spot.column - len(rows[at]))]
            before, row[spot.column - 1] = row[spot.column - 1], clean(cell).strip()
            decimal = said(before, row[spot.column - 1])
            if decimal is not None:
                commas[spot.column - 1] = decimal
            while row and not row[-1] and len(row) > len(rows[at]):
                row.pop()
            rows[at] = row
    return replace(sheet, rows=rows, commas=commas)


def corrected_book(book: Book, path: Path, options: ReadOptions, called: str) -> Book:
    """As `corrected`, of every sheet of a workbook. `called`: the file, as notes call it."""
    sheets = (replace(sheet, file=called) for sheet in book.sheets)
    own = (corrected(sheet, place_of(path, sheet), options) for sheet in sheets)
    return replace(book, sheets=tuple(own))


def readable(table: Table, options: ReadOptions, to: Assembly | None = None) -> Table:
    """The table without the rows that are not to be read: what the user left out, and a total below it."""
    return _without_total(_without_left_out(table, options, to), to)


def _without_total(table: Table, to: Assembly | None) -> Table:
    """The last row says how many there are, and nobody; a word in place of its first cell makes it a row."""
    rows = table.sheet.rows
    at = next((i for i in range(len(rows) - 1, table.first, -1) if any(rows[i])), None)
    if at is None:
        return table
    index, head = next((i, cell) for i, cell in enumerate(rows[at]) if cell)
    rest = [cell for cell in rows[at][index + 1 :] if cell]
    if plain(head) not in TOTALS or not all(any(sign.isdigit() for sign in cell) for cell in rest):
        return table
    if any(index < len(row) and row[index] == head for row in rows[table.first : at]):
        return table
    if to is not None:
        where = Where(at + 1 + table.sheet.skipped, table.place, {"head": index + 1})
        to.note(where, _TOTAL(head=brief(head)), "head", head, left_out=True)
    return replace(table, sheet=replace(table.sheet, rows=[*rows[:at], [], *rows[at + 1 :]]))


def _without_left_out(table: Table, options: ReadOptions, to: Assembly | None = None) -> Table:
    """The table without the rows the user wants left out, which is noted; the others keep their numbers."""
    gone = {row for place, row in options.left_out if place == table.place}
    if not gone:
        return table
    rows = list(table.sheet.rows)
    for number in sorted(gone):
        at = number - 1 - table.sheet.skipped
        if table.first <= at < len(rows) and any(rows[at]):
            rows[at] = []
            if to is not None:
                to.notes.append(Note(number, table.place, _LEFT_OUT(), left_out=True))  # each is wanted
    return replace(table, sheet=replace(table.sheet, rows=rows))
