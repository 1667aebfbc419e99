"""Tables as they stand in mails and notes: quoted, drawn with bars, or aligned by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_QUOTED = re.compile(r" ?>[> ]?")
_BAR = re.compile(r"(?<!\\)\|")
_FRAME = frozenset(" |:+=-")
_MARKS = ("**", "__", "`", "*")  # bold and the like
_GAP = 2  # spaces between two columns, at least
_MOST_LINES, _MOST_SIGNS = 5_000, 1_000_000  # of a table that is aligned


def unquoted(words: str) -> str:
    """What a mail quotes, without the signs before its lines; the words themselves if it quotes nothing.

    What stands before and after the quotation is left out, if most lines are quoted.
    """
    lines = words.split("\n")
    while True:
        filled = [line for line in lines if line.strip()]
        quoted = [line for line in filled if line.lstrip().startswith(">")]
        if not quoted or 2 * len(quoted) <= len(filled):
            return "\n".join(lines).strip("\n")
        lines = [_QUOTED.sub("", line, count=1) for line in lines if line.lstrip().startswith(">")]


def drawn(words: str) -> list[list[str]] | None:
    """The rows of a table with bars between its cells, as in Markdown; None if it is none.

    It has a line drawn under its header, or a bar at both ends of every line.
    """
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    body = [line for line in lines if not _frame(line)]
    framed = all(line.startswith("|") and line.endswith("|") for line in body)
    if len(body) < 2 or not all("|" in line for line in body) or (len(body) == len(lines) and not framed):
        return None
    rows = [_BAR.split(line.removeprefix("|").removesuffix("|") if framed else line) for line in body]
    if min(map(len, rows)) < 2 or len(set(map(len, rows))) > 2:
        return None
    return [[_unmarked(cell.replace("\\|", "|").strip()) for cell in row] for row in rows]


def aligned(words: str) -> list[list[str]] | None:
    """The rows of a table whose columns are kept apart by spaces; None if it is none.

    Columns are where no line has a letter in a gap of two spaces or more; nearly every line fills two.
    """
    if len(words) > _MOST_SIGNS or "\t" in words:
        return None
    lines = [line.rstrip() for line in words.split("\n") if line.strip()]
    if not 2 <= len(lines) <= _MOST_LINES:
        return None
    lines = [line for line in lines if not _frame(line)]
    width = max(map(len, lines), default=0)
    taken = bytearray(width)
    for line in lines:
        for at, sign in enumerate(line):
            taken[at] |= sign != " "
    columns: list[tuple[int, int]] = []
    at = 0
    for filled, run in groupby(taken):
        length = len(list(run))
        if filled or (columns and length < _GAP):
            start = columns.pop()[0] if columns and columns[-1][1] == at else at
            columns.append((start, at + length))
        at += length
    if len(columns) < 2:
        return None
    rows = [[line[start:end].strip() for start, end in columns] for line in lines]
    whole = sum(sum(map(bool, row)) > 1 for row in rows)
    return rows if whole >= 0.8 * len(rows) and _apart(lines) else None


def amid(words: str) -> list[list[str]] | None:
    """The rows of the one table with words before or after it, as a greeting; None if there are none or two.

    Blank lines part it from the words; a table with bars needs none.
    """
    if len(words) > _MOST_SIGNS:
        return None
    parts = ["\n".join(run) for filled, run in groupby(words.split("\n"), _filled) if filled]
    if len(parts) < 2 and "|" not in words:
        return None
    found = [rows for part in parts if (rows := drawn(_barred(part)) or aligned(part)) is not None]
    return found[0] if len(found) == 1 else None


def in_lines(words: str) -> list[tuple[list[str], str]] | None:
    """The lines of a text that holds a table, each with its row of it, which is empty for other lines. None
    if there is no table.
    """
    inside = unquoted(words)
    rows = None if "\t" in inside else drawn(inside) or aligned(inside) or amid(inside)
    if rows is None:
        return None
    found: list[tuple[list[str], str]] = []
    rest = iter(rows)
    row = next(rest, None)
    for line in words.replace("\\|", "|").split("\n"):
        if row is not None and _holds(line, row):
            found.append((row, line))
            row = next(rest, None)
        else:
            found.append(([], line))
    return found if row is None else None


def _holds(line: str, row: Sequence[str]) -> bool:
    """Do these cells stand in the line, one after the other, and little else?"""
    at = 0
    for cell in row:
        at = line.find(cell, at)
        if at < 0:
            return False
        at += len(cell)
    return any(row)


def _filled(line: str) -> bool:
    return bool(line.strip())


def _barred(part: str) -> str:
    """The lines from the first with a bar to the last."""
    lines = part.split("\n")
    at = [index for index, line in enumerate(lines) if "|" in line]
    return "\n".join(lines[at[0] : at[-1] + 1]) if at else ""


def _frame(line: str) -> bool:
    """Is it the line under a header, or the frame of a table?"""
    return ("--" in line or "==" in line) and _FRAME.issuperset(line)


def _unmarked(cell: str) -> str:
    for mark in _MARKS:
        if len(cell) > 2 * len(mark) and cell.startswith(mark) and cell.endswith(mark):
            return cell[len(mark) : -len(mark)].strip()
    return cell


def _apart(lines: Sequence[str]) -> bool:
    """Has nearly every line a gap within it?"""
    gaps = sum("  " in line.strip() for line in lines)
    return gaps >= 0.8 * len(lines)
