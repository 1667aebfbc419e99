"""From the rows of a table that is understood to a map in the making; bad cells and rows become notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from orgmap.files.assembly import Assembly, Where
from orgmap.files.columns import NAME_PARTS
from orgmap.files.linking import LinkRow
from orgmap.files.reading import Arrows, ReadOptions, RowKind
from orgmap.files.recognition import Table
from orgmap.files.values import MODULE, BadCell, Mark, brief, is_scale, marked, near_marks, text_cell
from orgmap.i18n import Said, names, text
from orgmap.model.entities import Json
from orgmap.progress import SILENT, Progress

FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # what a spreadsheet would run, or our sign before it
EXTRA = "extra:"  # before a column of our own making whose name would be taken for something else

NO_MARK = text(
    "notes", "“{word}” does not say how often; the line is there, and the word is kept with it."
)  # where one person crosses another
_LEFT_OUT = text("notes", "{column}: {problem}; the cell was left out.")
_MORE_CELLS = text(
    "notes",
    "The row has one cell more than there are columns, which was left out: {cells}.",
    "The row has {n} cells more than there are columns, which were left out: {cells}.",
)
_FEWER = text("notes", "The row ends after {n} of {all} cells; the rest is taken as empty.")
_OTHERWISE = text(
    "notes",
    "The two halves say differently how strong the line of {n} pair is, {one} and {other}; what stands"
    " first was taken.",
    "The two halves say differently how strong the lines of {n} pairs are, the first {one} and {other}; what"
    " stands first was taken.",
)
_ONE_HALF = text(
    "notes",
    "Only one of the two halves has a line for {n} pair, {one} and {other}; it is on the map.",
    "Only one of the two halves has a line for {n} pairs, the first {one} and {other}; these are on the map.",
)
_TAKEN = text(
    "notes",
    "The first row was taken for the names of the columns: {names}. If it is a row like the others, say"
    " that there is no header.",
)
_BY_POSITION = text(
    "notes", "The columns do not say which is from and which is to: {first} is from, {second} is to."
)
_ASKED = text(
    "notes",
    "{column} holds whom one asks, so information flows from there to the first. If not, say which way the"
    " arrows go.",
)
_MODULES = text(
    "notes",
    "No column says what kind the rows are, and {column} is said of modules: every row was read as a module.",
)


def decided(table: Table) -> Iterator[Said]:
    """What the header left open, and how it was taken."""
    if not table.named:
        return
    header = table.header
    if not table.sure:
        yield _TAKEN(names=names(brief(name) for name in header.names))
    if not table.told:
        ends = [brief(header.name_of(end) or "") for end in ("source", "target")]
        yield _BY_POSITION(first=ends[0], second=ends[1])
    if table.of_modules is not None and not table.modules:
        yield _MODULES(column=brief(table.of_modules))


def fill_links(table: Table, options: ReadOptions, to: Assembly, progress: Progress = SILENT) -> None:
    """Every row is a link."""
    total = len(table.sheet.rows)
    if table.asks and options.arrows is None and not options.undirected and options.kind == RowKind.TALKS:
        options = replace(options, arrows=Arrows.ASKS)
        to.note(Where(None, table.place), _ASKED(column=brief(table.header.name_of("target") or "")))
    for index, (fields, extra, where) in enumerate(_records(table, to)):
        to.link(LinkRow(fields.pop("source", ""), fields.pop("target", ""), fields, extra, where), options)
        if not index % 2_000:
            progress.at(index / total)


def fill_people(table: Table, to: Assembly) -> None:
    """Every row is somebody, or a module."""
    columns = zip(table.header.names, table.header.columns, strict=True)
    word = next(
        (name for name, column in columns if column is not None and column.field == "modules"), "module"
    )
    modules = table.modules or table.of_modules is not None
    turned = _turned(table)
    for fields, extra, where in _records(table, to):
        if modules:
            fields["kind"] = MODULE
        _name_whole(table, fields, extra)
        if turned and "manager" in fields:
            fields["manager"] = tuple(turned.get(word, word) for word in fields["manager"])
        to.entity(fields, extra, where, word)


def _name_whole(table: Table, fields: dict[str, Any], extra: dict[str, Json]) -> None:
    """First and last name are the name, where no column has it whole."""
    parts = {column.field: fields.pop(column.field, "") for column in NAME_PARTS}
    if "name" in fields:
        extra.update((table.header.name_of(field) or field, part) for field, part in parts.items() if part)
    elif any(parts.values()):
        fields["name"] = " ".join(part for part in parts.values() if part)


def _turned(table: Table) -> dict[str, str]:
    """Of a table with first and last names: "Kos, Ana" for "Ana Kos"; that is how such lists name bosses."""
    where = {column.field: i for i, column in enumerate(table.header.columns) if column is not None}
    if "name" in where or not all(part.field in where for part in NAME_PARTS):
        return {}
    first, last = (where[part.field] for part in NAME_PARTS)
    rows = (row for row in table.sheet.rows[table.first :] if len(row) > max(first, last))
    return {f"{row[last]}, {row[first]}": f"{row[first]} {row[last]}" for row in rows if row[first]}


def fill_matrix(table: Table, options: ReadOptions, to: Assembly) -> None:
    """A row tells the columns. Read undirected, a pair is one link, from the upper half or the lower."""
    place = table.place
    top = table.first + table.sheet.skipped
    across = [Where(top, place, {"target": index + 1}) for index in range(len(table.header.names))]
    for offset, row in enumerate(table.sheet.rows[table.first :]):
        if row and row[0]:  # also those whom nobody tells anything
            to.end(row[0], Where(top + offset + 1, place, {"source": 1}), cell=("source", ()))
    for index, name in enumerate(table.header.names[1:], 1):
        to.end(name, across[index], cell=("target", ()))
    halves = _Halves()
    scale = is_scale(cell for row in table.sheet.rows[table.first :] for cell in row[1:])
    doubted: set[str] = set()  # a word is doubted once
    for offset, row in enumerate(table.sheet.rows[table.first :]):
        where = Where(top + offset + 1, place, {"source": 1})
        if len(row) > len(table.header.names):
            row = fitted(row, len(table.header.names), to, where)
        for index, cell in enumerate(row[1 : len(table.header.names)], 1):
            mark, extra = marked(cell, scale=scale), dict[str, Json]()
            if mark is None:
                mark, extra["answer"] = Mark(True), cell
                spot = Where(where.row, place, {"answer": index + 1})
                if cell not in doubted:
                    doubted.add(cell)
                    to.note(spot, NO_MARK(word=brief(cell)), "answer", cell, near_marks(cell))
            name = table.header.names[index]
            if options.undirected and halves.told_before(row[0], name, mark):
                continue
            if mark.there:
                to.link(LinkRow(row[0], name, dict(mark.fields), extra, where, across[index]), options)
    for message in halves.differing():
        to.note(Where(None, place), message)


class _Halves:
    """What the two halves of a matrix say of the same pairs, where both count for one link."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Mark] = {}
        self._other: list[tuple[str, str]] = []  # pairs of whom the second half says something else
        self._twice = False

    def told_before(self, one: str, other: str, mark: Mark) -> bool:
        """Did the other half tell of this pair that there is a line?"""
        before = self._first.get((other, one))
        self._first[one, other] = mark
        if before is None:
            return False
        self._twice |= mark.there and before.there and one != other
        if before != mark:
            self._other.append((other, one))
        return before.there

    def differing(self) -> Iterator[Said]:
        """How often they differ, with the first pair. Where one half is all blank nothing does."""
        for there, words in ((True, _OTHERWISE), (False, _ONE_HALF)):
            found = [
                (one, other)
                for one, other in self._other
                if (self._first[one, other].there and self._first[other, one].there) == there
            ]
            if found and self._twice:
                yield words(n=len(found), one=brief(found[0][0]), other=brief(found[0][1]))


def _records(table: Table, to: Assembly) -> Iterator[tuple[dict[str, Any], dict[str, Json], Where]]:
    """The cells of each row as values; what cannot be read is noted and left out."""
    place, guarded = table.place, table.sheet.guarded
    known: list[tuple[int, str, Callable[[str], Any]]] = []
    others: list[tuple[int, str]] = []
    for index, column in enumerate(table.header.columns):
        if column is None:
            name = table.header.names[index]
            others.append((index, (_plain(name) if name and guarded else name).removeprefix(EXTRA)))
        else:
            known.append((index, column.field, _remembering(column.convert)))
    columns = {column.field: index + 1 for index, column in enumerate(table.header.columns) if column}
    width = len(table.header.columns)
    rows = table.sheet.rows
    for at in range(table.first, len(rows)):
        row = rows[at]
        if not any(row):
            continue
        where = Where(at + 1 + table.sheet.skipped, place, columns)
        if len(row) != width:
            row = fitted(row, width, to, where)
        fields: dict[str, Any] = {}
        for index, field, convert in known:
            cell = row[index]
            if cell:
                if guarded:
                    cell = _plain(cell)
                try:
                    fields[field] = convert(cell)
                except BadCell as bad:
                    name = table.header.names[index]
                    message = _LEFT_OUT(column=brief(name), problem=bad.message)
                    to.note(where, message, field, cell, bad.offers)
        extra: dict[str, Json] = {
            name: _plain(row[index]) if guarded else row[index] for index, name in others if row[index]
        }
        yield fields, extra, where


def _remembering(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same cells come again and again: thousands of rows, a dozen frequencies."""
    if convert is text_cell:
        return convert
    known: dict[str, Any] = {}

    def remembered(cell: str) -> Any:  # noqa: ANN401 - whatever the column holds
        found = known.get(cell)
        if found is None:
            found = convert(cell)
            if len(known) < 10_000:
                known[cell] = found
        return found

    return remembered


def _plain(cell: str) -> str:
    """Without the sign that keeps a spreadsheet from running it."""
    return cell[1:] if cell[0] == "'" and FORMULA.match(cell) else cell


def fitted(row: list[str], width: int, to: Assembly | None, where: Where) -> list[str]:
    """The row with as many cells as there are columns; a difference is noted."""
    if len(row) < width:
        if to is not None:
            to.note(where, _FEWER(n=len(row), all=width))
        return [*row, *[""] * (width - len(row))]
    beyond = [cell for cell in row[width:] if cell]
    if beyond and to is not None:
        to.note(where, _MORE_CELLS(n=len(beyond), cells=brief(", ".join(beyond))))
    return row
