"""A map as a workbook: sheets of people, links, modules, channels, and what is said of the map itself.

Every text is written as text, so no cell can become a formula or an address, and 007 stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.errors import WriteError
from orgmap.files import disk
from orgmap.files.about import CHANNELS, FIELD, MAP, VALUE, channel_rows, info_rows
from orgmap.files.elements import Attributes
from orgmap.files.table_writer import rows_of
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of a cell, in every spreadsheet
MOST_ROWS = 1_048_576
_WIDEST, _NARROWEST = 48, 8  # characters
_MEASURED = 400  # rows looked at for the widths

_CUT = text("loss", "Texts of more than {most} characters are cut off; no cell holds more.")
_ROWS = text("files", "A sheet holds {most} rows, and the map has {n}.")
_OTHER = text("files", "Write it as CSV, GraphML or JSON.")


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the workbook, whole or not at all; answers with what it cannot hold. Raises WriteError."""
    disk.check_target(path)
    most = max(len(document.links), len(document.nodes), len(document.modules))
    if most >= MOST_ROWS:
        raise WriteError(_ROWS(most=MOST_ROWS, n=most), place=disk.shown(path), hint=_OTHER())
    data, losses = encoded(document, progress.part(0.0, 0.5))
    return [*disk.write_bytes(path, data, previous=False), *losses]


def encoded(document: Document, progress: Progress = SILENT) -> tuple[bytes, list[Said]]:
    """The workbook of a map and what got lost. The same map gives the same bytes."""
    from datetime import UTC, datetime

    from xlsxwriter import Workbook

    people, modules, links, losses = rows_of(document, workbook=True)
    sheets: list[tuple[str, list[Attributes], Sequence[str]]] = [
        ("people", people, ("id", "name")),
        ("links", links, ("from", "to")),
        ("modules", modules, ("id", "name")),
        (CHANNELS, channel_rows(document), ()),
        (MAP, info_rows(document), (FIELD, VALUE)),
    ]
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(stream, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "bottom": 1})
    cut = False
    for index, (name, rows, always) in enumerate(sheets):
        if rows or name in ("people", "links"):
            part = progress.part(index / len(sheets), (index + 1) / len(sheets))
            cut = _fill(book.add_worksheet(name), rows, always, heading, part) or cut
    book.close()
    return stream.getvalue(), [*losses, *([_CUT(most=MOST_CHARACTERS)] if cut else [])]


class _Exact(float):
    """A number that is written with all its digits; the library would write sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def _fill(
    sheet: Worksheet, rows: Sequence[Attributes], always: Iterable[str], heading: Format, progress: Progress
) -> bool:
    """Write the rows under their names; was any text cut off?"""
    columns = {
        name: at for at, name in enumerate(dict.fromkeys([*always, *(n for row in rows for n in row)]))
    }
    cut = False
    for name, at in columns.items():
        sheet.write_string(0, at, name[:MOST_CHARACTERS], heading)
        seen = [len(str(row.get(name) or "")) for row in rows[:_MEASURED]]
        sheet.set_column(at, at, min(max(_NARROWEST, len(name) + 3, *seen, 0), _WIDEST))
    for at, row in enumerate(rows, 1):
        if not at % 1_000:
            progress.at(at / len(rows))
        for name, value in row.items():
            if isinstance(value, str):
                cut = cut or len(value) > MOST_CHARACTERS
                sheet.write_string(at, columns[name], value[:MOST_CHARACTERS])
            else:
                _write(sheet, at, columns[name], value)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return cut


def _write(sheet: Worksheet, row: int, column: int, value: Json) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float):
        if abs(value) < 2**53:
            sheet.write_number(row, column, _Exact(value))
        else:
            sheet.write_string(row, column, str(value))
