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
from orgmap.files.elements import Attributes, as_text
from orgmap.files.losses import MOST_CHARACTERS
from orgmap.files.table_writer import rows_of
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_NUMBER = 1e15  # spreadsheets keep fifteen digits
_WIDEST, _NARROWEST = 48, 8  # characters
_MEASURED = 400  # rows looked at for the widths

_ROWS = text("files", "A sheet holds {most} rows, and the map has {n}.")
_OTHER = text("files", "Write it as CSV, GraphML or JSON.")


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the workbook, whole or not at all; answers with warnings. Raises WriteError."""
    disk.check_target(path)
    most = max(len(document.links), len(document.nodes), len(document.modules))
    if most >= MOST_ROWS:
        raise WriteError(_ROWS(most=MOST_ROWS, n=most), place=disk.shown(path), hint=_OTHER())
    return disk.write_bytes(path, encoded(document, progress.part(0.0, 0.9)), previous=False)


def encoded(document: Document, progress: Progress = SILENT) -> bytes:
    """The workbook of a map. The same map gives the same bytes."""
    from datetime import UTC, datetime

    from xlsxwriter import Workbook

    people, modules, links = rows_of(document, progress.part(0.0, 0.1))
    modules = [{name: value for name, value in row.items() if name != "kind"} for row in modules]
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
    total, done = max(sum(len(rows) for _, rows, _ in sheets), 1), 0
    for name, rows, always in sheets:
        if rows or name in ("people", "links"):
            part = progress.part(0.1 + 0.6 * done / total, 0.1 + 0.6 * (done + len(rows)) / total)
            _fill(book.add_worksheet(name), rows, always, heading, part)
            done += len(rows)
    book.close()
    return stream.getvalue()


class _Exact(float):
    """A number that is written with all its digits; the library would write sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def _fill(
    sheet: Worksheet, rows: Sequence[Attributes], always: Iterable[str], heading: Format, progress: Progress
) -> None:
    """Write the rows under their names."""
    columns = {
        name: at for at, name in enumerate(dict.fromkeys([*always, *(n for row in rows for n in row)]))
    }
    for name, at in columns.items():
        sheet.write_string(0, at, name[:MOST_CHARACTERS], heading)
        seen = [len(str(row.get(name) or "")) for row in rows[:_MEASURED]]
        sheet.set_column(at, at, min(max(_NARROWEST, len(name) + 3, *seen, 0), _WIDEST))
    for at, row in enumerate(rows, 1):
        if not at % 1_000:
            progress.at(at / len(rows))
        for name, column in columns.items():
            value = row.get(name)
            if isinstance(value, str):
                sheet.write_string(at, column, value[:MOST_CHARACTERS])
            elif value is not None:
                _write(sheet, at, column, value)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Json) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) >= MOST_NUMBER:
        sheet.write_string(row, column, as_text(value))
    else:
        sheet.write_number(row, column, _Exact(value))
