"""From the bytes of a workbook, XLSX or ODS, to sheets of text cells."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orgmap.errors import ReadError, UsageError
from orgmap.files import disk, packed
from orgmap.files.delimited import Sheet
from orgmap.files.mending import clean
from orgmap.files.values import brief
from orgmap.files.workbook_scan import MOST_CELLS, Seen, scanned
from orgmap.i18n import Said, names, text
from orgmap.progress import SILENT, Progress

ALWAYS = ("channels", "map")  # what a workbook written here says beside its tables
Value = str | float | bool | dt.date | dt.time | dt.timedelta

_UNREAD = text("files", "The workbook cannot be read: {reason}.")
_NO_BOOK = text("files", "The parts of this packed file do not make a workbook.")
_NO_SHEET = text("files", "There is no sheet called {name}.")
_TWICE = text("files", "Several sheets are called {name}. Give each a name of its own.")
_SHEETS = text("files", "It has the sheets {names}.")
_EMPTY = text("files", "There is nothing on the sheets of this workbook.")
_ALL_HIDDEN = text("files", "All that the workbook holds is on sheets that are hidden.")
_NAME_ONE = text("files", "Name the sheets to be read: {names}.")
_HIDDEN = text(
    "notes", "The sheet {names} is hidden and was left out.", "Sheets that are hidden were left out: {names}."
)
_ERRORS = text(
    "notes",
    "One cell holds an error such as #DIV/0!, first in this row; it was taken as empty.",
    "{n} cells hold errors such as #DIV/0!, the first in this row; they were taken as empty.",
)
_UNWORKED = text(
    "notes",
    "One formula has no result saved with it, first in this row; it was taken as empty.",
    "{n} formulas have no result saved with them, the first in this row; they were taken as empty.",
)
_MERGED = text(
    "notes",
    "One cell is merged over several rows; what it says counts for each of them.",
    "{n} cells are merged over several rows; what they say counts for each of them.",
)
_TITLE = text(
    "notes", "The first row was taken for a heading.", "The first {n} rows were taken for a heading."
)


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook that hold anything, in its order. `hidden`: names of those left out."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Said, ...]
    hidden: tuple[str, ...] = ()


def book(data: bytes, path: Path, wanted: Sequence[str] = (), progress: Progress = SILENT) -> Book:
    """The sheets called as `wanted` and those of ALWAYS, or else all that are not hidden.

    Raises ReadError for what is no workbook, is behind a password, or would not fit into memory, and
    UsageError for a sheet that is not there.
    """
    parts = packed.parts(data, path, progress.part(0.0, 0.2))
    kind = packed.kind_of(parts, path)
    if kind == "ods":
        parts = {
            name: parts[name]
            for name in ("mimetype", "META-INF/manifest.xml", "content.xml")
            if name in parts
        }
    seen = scanned(parts, path, kind, progress.part(0.2, 0.7))
    return _book(packed.repacked(parts), path, wanted, seen, progress.part(0.7, 1.0))


def _book(data: bytes, path: Path, wanted: Sequence[str], seen: dict[str, Seen], progress: Progress) -> Book:
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    place = disk.shown(path)
    try:
        with load_workbook(io.BytesIO(data)) as opened:
            listed = [each for each in opened.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            _all_there(wanted, [each.name for each in listed], place)
            name, often = Counter(each.name for each in listed).most_common(1)[0] if listed else ("", 0)
            if often > 1:  # the parser would give the first of them twice
                raise ReadError(_TWICE(name=brief(clean(name))), place=place)
            found: list[Sheet] = []
            hidden: list[str] = []
            for index, each in enumerate(listed):
                progress.at(index / len(listed))
                secret = each.visible != SheetVisibleEnum.Visible
                if wanted and each.name not in (*wanted, *ALWAYS):
                    continue
                page = opened.get_sheet_by_name(each.name)
                if page.start is None:
                    continue
                if secret and not wanted:
                    hidden.append(clean(each.name))
                    continue
                found.append(
                    _sheet(clean(each.name), page.iter_rows(), page.start, seen.get(each.name, Seen()))
                )
    except (CalamineError, OSError, ValueError) as error:
        message = _UNREAD(reason=clean(str(error)).rstrip("."))
        if "detect" in str(error):  # said of anything that is wrong before the first sheet
            message = _NO_BOOK()
        raise ReadError(message, place=place) from None
    if not found and hidden:
        raise ReadError(_ALL_HIDDEN(), place=place, hint=_NAME_ONE(names=names(hidden, most=20)))
    if not found:
        raise ReadError(_EMPTY(), place=place)
    notes = (_HIDDEN(n=len(hidden), names=names(map(brief, hidden))),) if hidden else ()
    return Book(tuple(found), notes, tuple(hidden))


def _all_there(wanted: Sequence[str], listed: Sequence[str], place: str) -> None:
    for name in wanted:
        if name not in listed:
            hint = _SHEETS(names=names(map(brief, listed), most=20))
            raise UsageError(_NO_SHEET(name=brief(name)), place=place, hint=hint)


def _sheet(name: str, rows: Iterator[list[Value]], start: tuple[int, int], seen: Seen) -> Sheet:
    """The cells as text. Whatever stands above a table and beside nothing is a heading, and is skipped."""
    replaced = False
    filled: list[list[str]] = []
    for row in rows:
        if row.count("") == len(row):  # there may be a million of them
            filled.append([])
            continue
        cells = [_text(value) for value in row]
        cleaned = [clean(cell) for cell in cells]
        replaced = replaced or cells != cleaned
        filled.append([cell.strip() for cell in cleaned])
    notes: list[tuple[int | None, Said]] = []
    for at, column in seen.words:
        if at < len(filled) and start[1] <= column < len(filled[at]) + start[1]:
            filled[at][column - start[1]] = ""
    merged, room = 0, MOST_CELLS  # areas that lie over one another are against the rules, and may be many
    for top, left, bottom, _ in seen.merged:
        room -= min(bottom, len(filled)) - top
        if room > 0:
            merged += _spread(filled, top, left - start[1], bottom)
    if merged:
        notes.append((None, _MERGED(n=merged)))
    if seen.errors:
        notes.append((seen.first_error or None, _ERRORS(n=seen.errors)))
    if seen.unworked:
        notes.append((seen.first_unworked or None, _UNWORKED(n=seen.unworked)))
    while filled and not any(filled[-1]):
        filled.pop()
    above = _heading(filled)
    if above:
        notes.append((None, _TITLE(n=sum(1 for row in filled[:above] if any(row)))))
        filled[:above] = [[] for _ in range(above)]
    return Sheet(filled, "", "", replaced=replaced, name=name, notes=tuple(notes), guarded=False)


def _spread(rows: list[list[str]], top: int, column: int, bottom: int) -> bool:
    """Write what the first row of a merged area says in its other rows. False if there are none."""
    if top >= len(rows) or not 0 <= column < len(rows[top]) or not rows[top][column] or bottom <= top:
        return False
    for row in rows[top + 1 : bottom + 1]:
        row[column] = rows[top][column]
    return True


def _heading(rows: list[list[str]]) -> int:
    """How many rows above the table have one cell only, such as the title of a list."""
    wide = next((i for i, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    table = sum(1 for row in rows[wide : wide + 4] if sum(map(bool, row)) > 1)
    lone = any(any(row) for row in rows[:wide])
    return wide if lone and wide <= 20 and table > 1 else 0


def _text(value: Value) -> str:
    """A cell as one would type it: 7 for 7.0, dates and times as in ISO 8601, true and false."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, dt.time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return value.isoformat()
