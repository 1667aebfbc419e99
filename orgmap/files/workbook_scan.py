"""A look at every cell of a workbook before the library that reads it may.

That library (calamine) makes room for the whole rectangle between the first cell and the last, and ends the
process if there is not so much; it also gives an empty cell for an error and for a formula that was never
worked out. So each part is walked once by a plain XML parser, which refuses any DOCTYPE, sees how far the
cells reach, and counts what would be lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.delimited import MOST_ROWS
from orgmap.files.mending import clean
from orgmap.i18n import text
from orgmap.progress import Progress

MOST_COLUMNS = 16_384
MOST_CELLS = 4_000_000  # of all sheets, each the rectangle that reaches to its last cell
_CHUNK = 1 << 18
_MOST_REPEATED = 2**31
_REF: re.Pattern[str] = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

_DOCTYPE = text("files", "The file has a DOCTYPE or entities, which can be used to attack; it was not read.")
_BROKEN = text("files", "The XML of {part} is broken at line {line}, column {column}.")
_NO_XML = text("files", "This is no XML that can be read: {reason}.")
_FAR = text(
    "files", "The cells of a sheet reach too far, to row {row} and column {column}; {most} cells can be read."
)
_FAR_HINT = text("files", "Delete what stands far out on that sheet, and save it again.")
_BAD_CELL = text("files", "The workbook says {words}, which no workbook can.")

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; all from 0


@dataclass(slots=True)
class Seen:
    """What was seen of one sheet. Rows are counted from 1; `first_...` is 0 where there is none.

    `merged` holds areas that are one cell; `errors` cells such as #DIV/0!, `unworked` formulas without
    a result. `words`: rows and columns, from 0, of errors that are read as their words.
    """

    merged: list[Area] = field(default_factory=list)
    errors: int = 0
    first_error: int = 0
    unworked: int = 0
    first_unworked: int = 0
    rows: int = 0
    columns: int = 0
    words: list[tuple[int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> None:
        """Something stands in this cell; both from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def scanned(parts: Mapping[str, bytes], path: Path, kind: str, progress: Progress) -> dict[str, Seen]:
    """What each sheet holds, by its name. `parts`: those of `packed.parts`; `kind`: of `packed.kind_of`.

    Raises ReadError for broken XML, a DOCTYPE, and cells that reach too far.
    """
    by_part: dict[str, list[tuple[str, Seen]]] = {}
    names: dict[str, str] = {}  # relation to name of the sheet
    targets: dict[str, str] = {}  # relation to part
    whole = sum(map(len, parts.values())) or 1
    done = cells = 0
    for part, content in parts.items():
        if not content or part == "mimetype":
            continue
        walk: _Walk
        if kind == "ods":
            walk = _Ods()
        elif part == "xl/workbook.xml":
            walk = _Listing("sheet", "id", "name", names)
        elif part == "xl/_rels/workbook.xml.rels":
            walk = _Listing("Relationship", "Id", "Target", targets)
        else:
            walk = _Xlsx()
        _parse(content, part, path, walk, progress.part(done / whole, (done + len(content)) / whole))
        done += len(content)
        by_part[part] = walk.sheets
        for _, seen in walk.sheets:
            cells += seen.rows * seen.columns
            if seen.rows > MOST_ROWS + 1 or seen.columns > MOST_COLUMNS or cells > MOST_CELLS:
                message = _FAR(row=seen.rows, column=seen.columns, most=MOST_CELLS)
                raise ReadError(message, place=disk.shown(path), hint=_FAR_HINT())
    if kind == "ods":
        return {name: seen for sheets in by_part.values() for name, seen in sheets}
    found: dict[str, Seen] = {}
    for relation, name in names.items():
        target = targets.get(relation, "")
        sheets = by_part.get(target.removeprefix("/") if target.startswith("/") else f"xl/{target}", [])
        found[name] = sheets[0][1] if sheets else Seen()
    return found


class _Walk:
    """What one part says, told element by element."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Seen]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; `tag` and attributes without their prefixes."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def close(self) -> None:
        """The part ends."""


class _Listing(_Walk):
    """Pairs of attributes of one kind of element."""

    def __init__(self, tag: str, key: str, value: str, into: dict[str, str]) -> None:
        super().__init__()
        self._tag, self._key, self._value, self._into = tag, key, value, into

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self._into[attributes.get(self._key, "")] = attributes.get(self._value, "")


class _Xlsx(_Walk):
    """The cells of one sheet; any other part has none."""

    def __init__(self) -> None:
        super().__init__()
        self._row = self._column = 0
        self._formula = 0  # row of a formula whose result has not come

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            ref = attributes.get("r")
            self._column += 1
            if ref is not None:
                self._row, self._column = _place(ref)
            if self._formula:
                self.close()
            if attributes.get("t") == "e":
                seen = self._seen()
                seen.errors += 1
                seen.first_error = seen.first_error or self._row
        elif tag in ("v", "is"):
            self._formula = 0
            seen = self._seen()
            if self._row > seen.rows or self._column > seen.columns:
                seen.cell(max(self._row, 1), max(self._column, 1))
        elif tag == "f":
            self._formula = max(self._row, 1)
        elif tag == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else _place(f"A{number}")[0]
            self._column = 0
            self._seen()
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            self._seen().merged.append((top - 1, left - 1, bottom - 1, right - 1))

    def close(self) -> None:
        if self._formula:
            seen = self._seen()
            seen.unworked += 1
            seen.first_unworked = seen.first_unworked or self._formula
            self._formula = 0

    def _seen(self) -> Seen:
        if not self.sheets:
            self.sheets.append(("", Seen()))
        return self.sheets[0][1]


class _Ods(_Walk):
    """The cells of every sheet of content.xml, of which one element may stand for many."""

    def __init__(self) -> None:
        super().__init__()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._depth = 0  # of elements within the cell; 0 outside one

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._depth:
            self._depth += 1
            if self._depth == 2:
                self._fill()
        elif tag == "table":
            self.sheets.append((attributes.get("name", ""), Seen()))
            self._row = 0
        elif tag == "table-row":
            self._rows, self._column = _repeated(attributes, "number-rows-repeated"), 0
        elif tag in ("table-cell", "covered-table-cell") and self.sheets:
            self._columns = _repeated(attributes, "number-columns-repeated")
            self._depth = 1
            seen = self.sheets[-1][1]
            if "value-type" in attributes:
                self._fill()
            elif "formula" in attributes:
                seen.unworked += 1
                seen.first_unworked = seen.first_unworked or self._row + 1
            if attributes.get("calcext:value-type") == "error":
                seen.errors += 1
                seen.first_error = seen.first_error or self._row + 1
                seen.words.append((self._row, self._column))
            down, across = (_repeated(attributes, f"number-{w}-spanned") for w in ("rows", "columns"))
            if down > 1 or across > 1:
                area = (self._row, self._column, self._row + down - 1, self._column + across - 1)
                seen.merged.append(area)

    def end(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
            if not self._depth:
                self._column += self._columns
        elif tag == "table-row":
            self._row += self._rows

    def _fill(self) -> None:
        self.sheets[-1][1].cell(self._row + self._rows, self._column + self._columns)


class _Unsound(Exception):  # noqa: N818 - becomes a ReadError with its place
    """What no sheet can say."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class _HasDoctype(Exception):  # noqa: N818 - becomes a ReadError with its place
    """The part has a DOCTYPE."""


@lru_cache(1_024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _place(ref: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell such as B12."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise _Unsound(ref)
    return int(found[2]), _column(found[1])


def _repeated(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    if not (said.isascii() and said.isdigit()) or not 0 < len(said) < 11 or int(said) > _MOST_REPEATED:
        raise _Unsound(said)
    return int(said)


def _parse(content: bytes, part: str, path: Path, walk: _Walk, progress: Progress) -> None:
    place = disk.shown(path)
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        _check_counts(attributes, len(content))
        for name in [name for name in attributes if ":" in name]:
            attributes.setdefault(name.rpartition(":")[2], attributes[name])
        walk.start(tag.rpartition(":")[2], attributes)

    def start_of_cell(tag: str, attributes: dict[str, str]) -> None:
        if "count" in attributes or "uniqueCount" in attributes:
            _check_counts(attributes, len(content))
        walk.start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def end(tag: str) -> None:
        walk.end(tag.rpartition(":")[2])

    plain = isinstance(walk, _Xlsx)  # whose attributes have no prefixes, and of which there are many
    parser.StartElementHandler = start_of_cell if plain else start
    if not plain:
        parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for at in range(0, len(content), _CHUNK):
            parser.Parse(content[at : at + _CHUNK], False)
            progress.at(at / len(content))
        parser.Parse(b"", True)
        walk.close()
    except _HasDoctype:
        raise ReadError(_DOCTYPE(), place=place) from None
    except _Unsound as unsound:
        raise ReadError(_BAD_CELL(words=clean(unsound.what)[:40]), place=place) from None
    except expat.ExpatError as error:
        message = _BROKEN(part=clean(part)[:80], line=error.lineno, column=error.offset + 1)
        raise ReadError(message, place=place) from None
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        raise ReadError(_NO_XML(reason=clean(str(error))[:80]), place=place) from None


def _check_counts(attributes: dict[str, str], length: int) -> None:
    """Room is made for as many as are claimed to follow."""
    for name, most in (("count", MOST_CELLS), ("uniqueCount", length)):
        said = attributes.get(name, "0")
        if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) > most:
            raise _Unsound(f"{name} {said}")


def _refuse(*_: object) -> None:
    raise _HasDoctype
