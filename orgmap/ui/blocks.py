"""Blocks of cells as text that spreadsheets understand, and back.

Cells are parted by tabs, rows by line ends; a cell that would begin a formula gets a ' before it,
which reading takes away again; a number below nought is none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from orgmap.files.columns import recognized
from orgmap.files.filling import FORMULA

MOST_CELLS = 200_000  # of a block that is pasted
_BELOW_NOUGHT = re.compile(r"-\d+(\.\d+)?(e[+-]?\d+)?")


def as_text(rows: Iterable[Sequence[str]], dialect: str = "excel-tab") -> str:
    """The block as text. `dialect`: of the csv module, "excel" for commas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, dialect=dialect, lineterminator="\n")
    writer.writerows([["'" + cell if _runs(cell) else cell for cell in row] for row in rows])
    return stream.getvalue().removesuffix("\n")


def _runs(cell: str) -> bool:
    """Would a spreadsheet take it for a formula?"""
    return bool(FORMULA.match(cell)) and not _BELOW_NOUGHT.fullmatch(cell)


def from_text(words: str) -> list[list[str]]:
    """The block in a text; empty lines at its end are left out, as is what goes beyond `MOST_CELLS`."""
    rows: list[list[str]] = []
    cells = 0
    plain = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for row in csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab", strict=False):
        rows.append([cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row])
        cells += len(row)
        if cells > MOST_CELLS:
            break
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def headed(block: Sequence[Sequence[str]]) -> bool:
    """Does the block begin with the headings of a table of people or links, and go on?"""
    return len(block) > 1 and recognized(block[0])
