"""What the comma of numbers means, told by all the cells of a column: 12,345 is either of two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from orgmap.files.assembly import Assembly, Where
from orgmap.files.reading import Form
from orgmap.files.recognition import Table
from orgmap.files.values import amount, length, number, often
from orgmap.i18n import text

_TOKEN = re.compile(r"[\d.,]*\d")
_OPEN = re.compile(r"[1-9]\d{0,2},\d{3}")
_OPEN_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COMMA = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d*),\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_POINT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d*)\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_FRACTIONS = (number, amount, length, often)  # what holds whole numbers only has no decimals

_EITHER = text(
    "notes",
    "{value} may be {apart} or {decimal}, and no other number of the column tells which; it was read as"
    " {apart}, and so was all that is written like it there.",
)


def settled(table: Table, to: Assembly) -> Table:
    """The table with numbers whose comma or point could be read in two ways written as they are meant.

    Where nothing tells, a comma parts thousands, which is noted once for a column; what the user wrote
    instead of one such number counts for all of the column. O(cells of numbers).
    """
    rows = table.sheet.rows
    for group in _groups(table):
        told = next((table.sheet.commas[at] for at in group if at in table.sheet.commas), None)
        body = range(table.first, len(rows))
        cells = {row[at] for row in rows[table.first :] for at in group if at < len(row)}
        cells = {cell for cell in cells if "," in cell or "." in cell}
        decimal = told if told is not None else decimal_comma(cells)
        if decimal is None:
            _doubt(table, group, to)
        elif decimal or told is not None:
            points = told is None and decimal
            meant = {c: new for c in cells if (new := written(c, decimal=decimal, points=points)) != c}
            if meant:
                rows = list(rows)
                for index in body:
                    row = rows[index]
                    if any(at < len(row) and row[at] in meant for at in group):
                        rows[index] = [meant.get(c, c) if at in group else c for at, c in enumerate(row)]
    return table if rows is table.sheet.rows else replace(table, sheet=replace(table.sheet, rows=rows))


def decimal_comma(cells: Iterable[str]) -> bool | None:
    """Does a comma come before decimals? None if some number could be either and nothing tells."""
    either = comma = point = False
    for cell in cells:
        for token in _TOKEN.findall(cell):
            if _OPEN.fullmatch(token):
                either = True
            elif _OPEN_POINT.fullmatch(token):
                continue
            elif _COMMA.fullmatch(token):
                comma = True
            elif _POINT.fullmatch(token):
                point = True
    if comma and not point:
        return True
    return None if either and comma == point else False


def written(cell: str, *, decimal: bool, points: bool = False) -> str:
    """The cell with every number of which this is a question as no other can be meant. `points`: these
    part thousands.
    """

    def token(found: re.Match[str]) -> str:
        words = found[0]
        if _OPEN.fullmatch(words):
            return words.replace(",", "." if decimal else "")
        return words.replace(".", "") if points and _OPEN_POINT.fullmatch(words) else words

    return _TOKEN.sub(token, cell)


def said(before: str, after: str) -> bool | None:
    """What somebody who wrote one cell over the other says of the comma; None if nothing."""
    if not any(map(_OPEN.fullmatch, _TOKEN.findall(before))):
        return None
    return next((way for way in (True, False) if after == written(before, decimal=way)), None)


def _groups(table: Table) -> Iterator[Sequence[int]]:
    """The columns of numbers; those that say the same of several people are one."""
    columns = list(enumerate(table.header.columns))
    if table.form is Form.MATRIX:
        yield range(1, len(columns))
        return
    across = [at for at, column in columns if column is not None and column.field == "person"]
    if across:
        yield across
    yield from ([at] for at, column in columns if column is not None and column.convert in _FRACTIONS)


def _doubt(table: Table, group: Sequence[int], to: Assembly) -> None:
    """Note the first of the numbers that could be either."""
    for index in range(table.first, len(table.sheet.rows)):
        row = table.sheet.rows[index]
        for at in group:
            found = (each for each in _TOKEN.findall(row[at])) if at < len(row) else ()
            value = next(filter(_OPEN.fullmatch, found), None)
            if value is not None:
                cell = row[at]
                apart, decimal = (written(cell, decimal=way) for way in (False, True))
                where = Where(index + 1 + table.sheet.skipped, table.place, {"number": at + 1})
                message = _EITHER(value=cell, apart=apart, decimal=decimal)
                to.note(where, message, "number", cell, (apart, decimal))
                return
