"""From the bytes of a CSV or TSV file to rows of cells: encoding, delimiter, quoting."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk, mailed
from orgmap.files.mending import clean
from orgmap.i18n import Said, text
from orgmap.progress import SILENT, Progress

MOST_LINE = 1_000_000  # characters in one line
MOST_ROWS = 1_000_000
LAID_OUT = (".txt", ".md")  # may hold a table as mails and notes have them
_DELIMITERS = (",", ";", "\t", "|")
_CENTRAL = frozenset("ąćčďęěłńňőřśšťůűźżž")  # the usual letters of Polish, Czech, Hungarian, Croatian
_WESTERN = frozenset("àâåãæèêìñòõøœšùûž")  # those of French, Spanish, Portuguese, the north
_SAMPLE = 60  # rows looked at to find the delimiter
_LOOK = 200_000  # bytes looked at to find the encoding

_EMPTY = text("files", "The file is empty.")
_BINARY = text("files", "This is no table: line {line} holds bytes that are no text.")
_ENCODING = text("files", "The encoding of this file is not known. Save it as UTF-8.")
_NO_ENCODING = text("files", "There is no encoding called {encoding}.")
_NOT_ENCODED = text("files", "The file is not in {encoding}: byte {byte} is no text in it.")
_LINE = text("files", "The line has {n} characters; more than {most} cannot be read.")
_QUOTE = text("files", "A quotation mark is opened here and not closed again.")
_CELL = text("files", "The row that begins here cannot be read: {reason}.")
_WORDS = text(
    "notes", "{n} line before or after the table was left out.", "{n} lines round the table were left out."
)
_ROWS = text("files", "The table has more than {most} rows.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in a file. `rows[i]` is row i + 1; a blank line is an empty row.

    `guessed`: the encoding was found by its letters, so it may be a near relative of the right one.
    `skipped`: lines before the first row, such as `sep=;`. `replaced`: there were characters that no
    text can hold. `guarded`: a ' before what a spreadsheet would run is no part of the text.

    `file`: what notes call the file, if its name alone does not tell it from another that is read with it.
    `commas`: per column, from 0, of which the user said it, whether its commas come before decimals.

    Of a sheet of a workbook there is a `name`, no encoding and no delimiter; `notes` says what was
    decided about it, with the row.
    """

    rows: list[list[str]]
    encoding: str
    delimiter: str
    guessed: bool = False
    skipped: int = 0
    replaced: bool = False
    name: str = ""
    notes: tuple[tuple[int | None, Said], ...] = ()
    guarded: bool = True
    file: str = ""
    commas: Mapping[int, bool] = field(default_factory=dict)


def sheet(
    data: bytes,
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress = SILENT,
) -> Sheet:
    """The rows of a CSV or TSV file. Raises ReadError with the line."""
    name = disk.shown(path)
    if not data.strip():
        raise ReadError(_EMPTY(), place=name)
    words, found, guessed = decoded(data, name, encoding)
    cleaned = clean(words)
    replaced = cleaned != words
    skipped = 0
    first = cleaned[:12].splitlines()[0].strip().casefold() if cleaned[:12].strip() else ""
    if first.startswith("sep="):
        delimiter = delimiter or first[4:5] or "\t"
        cleaned = cleaned[_line_end(cleaned) :]
        skipped = 1
    if delimiter is None and path.suffix.casefold() in LAID_OUT:
        laid_out = mailed.in_lines(cleaned)
        if laid_out is not None and not _is_parted(cleaned.splitlines()):
            sign = "|" if "|" in cleaned else " "
            others = sum(not row and any(map(str.isalnum, line)) for row, line in laid_out)
            notes = ((None, _WORDS(n=others)),) if others else ()
            rows = [row for row, _ in laid_out]
            return Sheet(rows, found, sign, guessed, skipped, replaced, notes=notes)
    lines = list(io.StringIO(cleaned, newline=""))
    for number, line in enumerate(lines, 1 + skipped):
        if len(line) > MOST_LINE:
            raise ReadError(_LINE(n=len(line), most=MOST_LINE), place=f"{name}:{number}")
    if len(lines) > MOST_ROWS + 1:  # the first names the columns
        raise ReadError(_ROWS(most=MOST_ROWS), place=name)
    chosen = delimiter or _delimiter(lines, path)
    rows = _rows(lines, chosen, name, skipped, progress)
    return Sheet(rows, found, chosen, guessed, skipped, replaced)


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, bool]:
    """The text, its encoding, and whether that was found by the letters alone."""
    if encoding is not None:
        try:
            words = data.decode(encoding)
        except LookupError:
            raise ReadError(_NO_ENCODING(encoding=encoding), place=name) from None
        except UnicodeDecodeError as error:
            raise ReadError(_NOT_ENCODED(encoding=encoding, byte=error.start), place=name) from None
        return words.removeprefix("\ufeff"), encoding, False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16", False
    if b"\0" in data:
        return _wide(data, name)
    try:
        return data.decode("utf-8-sig"), "utf-8", False
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # loads tables; only for what is not UTF-8

    places = ["cp1250", "cp1252", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "cp949", "big5"]
    best = from_bytes(data[:_LOOK], cp_isolation=places).best()
    if best is None:
        raise ReadError(_ENCODING(), place=name)
    found = _windows(data) or best.encoding if best.encoding in ("cp1250", "cp1252") else best.encoding
    return data.decode(found, "replace"), found, True


def _windows(data: bytes) -> str | None:
    """cp1250 or cp1252, by the letters that only one of them makes of the bytes; None if none tells."""
    votes: Counter[str] = Counter()
    for byte, often in Counter(data[:_LOOK]).items():
        central, western = (bytes((byte,)).decode(page, "replace") for page in ("cp1250", "cp1252"))
        if byte >= 128 and (central.lower() in _CENTRAL) != (western.lower() in _WESTERN):
            votes["cp1250" if central.lower() in _CENTRAL else "cp1252"] += often
    return votes.most_common(1)[0][0] if votes else None


def _wide(data: bytes, name: str) -> tuple[str, str, bool]:
    """UTF-16 without its mark has a zero in every other byte; else a zero means no text."""
    for encoding, zeros in (("utf-16-le", data[1:400:2]), ("utf-16-be", data[:400:2])):
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            try:
                words = data.decode(encoding)
            except UnicodeDecodeError:
                break
            if "\0" not in words:
                return words, encoding, True
    line = data[: data.index(b"\0")].count(b"\n") + 1
    raise ReadError(_BINARY(line=line), place=f"{name}:{line}")


def _line_end(words: str) -> int:
    for index, sign in enumerate(words):
        if sign == "\n":
            return index + 1
        if sign == "\r":
            return index + (2 if words[index + 1 : index + 2] == "\n" else 1)
    return len(words)


def _is_parted(lines: list[str]) -> bool:
    """Do commas, semicolons or tabs cut nearly all lines into the same number of cells?"""
    filled = [line for line in lines[:_SAMPLE] if line.strip()]
    counts = (Counter(line.count(sign) for line in filled) for sign in ",;\t")
    return any(
        often > 0.9 * len(filled) for each in counts for number, often in each.most_common(1) if number
    )


def _delimiter(lines: list[str], path: Path) -> str:
    """The sign that cuts most rows into the same number of cells, two or more."""
    best, chosen = 0.0, "\t" if path.suffix.casefold() in (".tsv", ".tab") else ","
    order = ("\t", *_DELIMITERS) if chosen == "\t" else _DELIMITERS
    for sign in order:
        try:
            widths = [len(row) for row in csv.reader(lines[:_SAMPLE], delimiter=sign) if row]
        except csv.Error:
            continue
        width, often = Counter(widths).most_common(1)[0] if widths else (0, 0)
        score = often / max(len(widths), 1) + 0.001 * min(width, 100)
        if width > 1 and score > best:
            best, chosen = score, sign
    return chosen


def _rows(lines: list[str], delimiter: str, name: str, skipped: int, progress: Progress) -> list[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[list[str]] = []
    start = 0
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            start = reader.line_num
            if not len(rows) % 5_000:
                progress.at(start / len(lines))
    except csv.Error as error:
        place = f"{name}:{start + 1 + skipped}"
        message = _QUOTE() if "end of data" in str(error) else _CELL(reason=str(error))
        raise ReadError(message, place=place) from None
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
