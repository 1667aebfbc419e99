"""What kind of table a sheet is, and where its rows begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.columns import (
    ASKS,
    LINK_COLUMNS,
    LISTED_COLUMNS,
    OF_MODULES,
    OF_PEOPLE,
    PERSON_COLUMNS,
    Column,
    Header,
    names_columns,
    recognized,
    understood,
    understood_links,
)
from orgmap.files.delimited import Sheet
from orgmap.files.reading import Form
from orgmap.files.spelling import straight
from orgmap.files.survey import survey
from orgmap.files.values import BadCell, brief, marked, number, plain
from orgmap.i18n import text

_NOTHING = text("files", "There is nothing in this table but its header.")
_ONE_COLUMN = text("files", "The table has one column only; a link needs two, from and to.")
_ONE_COLUMN_HINT = text("files", "If the columns stand in one cell, say which sign parts them.")
_NO_ENDS = text("files", "No column of this table says from and to, and none says id or name.")
MOST_ASKED = 3_000  # columns of a table of answers
_PERSONS = tuple(map(plain, ("person", "employee", "full_name", "person_id", "employee_id")))


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that is understood. `first`: index of the first row after the header.

    `named`: a header was found; `sure`: beyond doubt; `told`: it says which columns are the ends.
    `modules`: its rows are modules, because the sheet is called so.
    """

    sheet: Sheet
    form: Form
    header: Header
    first: int
    path: Path
    named: bool = True
    sure: bool = True
    told: bool = True
    modules: bool = False

    @property
    def place(self) -> str:
        """The file, and the sheet of a workbook: for the notes."""
        return place_of(self.path, self.sheet)

    @property
    def asks(self) -> bool:
        """Does the column of the second end say that it holds whom one asks?"""
        whom = self.header.name_of("target") if self.form is Form.LINKS and self.named else None
        return whom is not None and plain(whom) in ASKS

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns of which is not known what they hold, if there is anything in them."""
        if not self.named or self.form is Form.MATRIX:
            return ()
        listed = enumerate(zip(self.header.names, self.header.columns, strict=True))
        free = {at: name for at, (name, column) in listed if column is None}
        rows = self.sheet.rows[self.first :]
        return tuple(name for at, name in free.items() if any(at < len(row) and row[at] for row in rows))

    @property
    def headed(self) -> tuple[tuple[str, str], ...]:
        """What the columns hold if the first row, taken for a link, names those of people and their groups.

        So it may where its words stand nowhere below, the first column repeats nothing and the second much;
        else there are none. A further column of names of the first is that of bosses.
        """
        rows = [row for row in self.sheet.rows[self.first :] if any(row)]
        if self.named or self.form is not Form.LINKS or len(rows) < 4 or min(map(len, rows)) < 2:
            return ()
        first, second = ([row[at].casefold() for row in rows[1:]] for at in (0, 1))
        apart = {*first}.isdisjoint({*second}) and _stands_once(rows)
        if not apart or len({*first}) < len(first) or 3 * len({*second}) > 2 * len(second):
            return ()
        further: list[tuple[str, str]] = []
        for at, word in enumerate(rows[0][2:], 2):
            cells = {row[at].casefold() for row in rows[1:] if at < len(row) and row[at]}
            if word and not further and cells and cells <= {*first}:
                further.append((word, "manager"))
        return (rows[0][0], "name"), (rows[0][1], "modules"), *further

    @property
    def of_modules(self) -> str | None:
        """The column that makes every row a module, in a table of people and modules without kinds."""
        if self.form is not Form.PEOPLE or not _modules_only(self.header):
            return None
        names = [self.header.name_of(field) for field in OF_MODULES]
        return None if self._leads_are_rows() else next(name for name in names if name is not None)

    def _leads_are_rows(self) -> bool:
        """Who leads another row of the same table is a person, so the rows are people."""
        if self.header.has("parent") or not self.header.has("lead"):
            return False
        where = {column.field: i for i, column in enumerate(self.header.columns) if column is not None}
        rows = [row for row in self.sheet.rows[self.first :] if len(row) > max(where.values())]
        own = {row[where[field]] for row in rows for field in ("id", "name") if field in where}
        return any(row[where["lead"]] in own - {""} for row in rows)


def place_of(path: Path, sheet: Sheet) -> str:
    """What notes call this table: its file, and the sheet of a workbook."""
    shown = sheet.file or disk.shown(path)
    return f"{shown}, {brief(sheet.name)}" if sheet.name else shown


def recognize(
    sheet: Sheet,
    path: Path,
    *,
    form: Form | None = None,
    header: bool | None = None,
    mapping: Mapping[str, str] | None = None,
    people: bool = False,
    empty: bool = False,
) -> Table:
    """What the sheet is. `form`: what somebody says it is; `people`: it was named as the table of people;
    `empty`: a table of links may have no rows, since other tables come with it. Raises ReadError.
    """
    rows, mapping = sheet.rows, mapping or {}
    start = next((i for i, row in enumerate(rows) if any(row)), None)
    place = place_of(path, sheet)
    if start is None:
        raise ReadError(_NOTHING(), place=place)
    top = rows[start]
    people = people or form is Form.PEOPLE
    crossed = not people and not mapping and header is not False and form in (None, Form.MATRIX)
    if crossed and _matrix(rows[start:]):
        return Table(sheet, Form.MATRIX, Header(tuple(top), (None,) * len(top)), start + 1, path)
    may_ask = not people and header is not False and form in (None, Form.SURVEY)
    asked = _survey(rows[start:], mapping, told=form is Form.SURVEY) if may_ask else None
    if asked is not None:
        return Table(sheet, Form.SURVEY, asked, start + 1, path)
    sure = True
    if header is None:
        header = (
            any(not key.isdigit() for key in mapping)  # a name somebody read there
            or recognized(top)
            or (people and _told(top))
            or _words_over_numbers(rows[start:])
            or (form is Form.PEOPLE and _stands_once(rows[start:]))
        )
        if not header and not mapping:
            header = _names_one(rows[start:])
            sure = not header
    after = start + 1 if header else start
    samples = [row for row in rows[after : after + 2_000] if any(row)]
    if not samples and not (empty and header):
        raise ReadError(_NOTHING(), place=place)
    width = Counter(len(row) for row in samples or [top]).most_common(1)[0][0]
    names = _names(top, width) if header else _names((), width)
    if header or mapping:
        links = understood_links(names, mapping)
        if links.links and not people:
            return Table(sheet, Form.LINKS, links, after, path, header, sure)
        persons = _named_by_module(understood(names, LISTED_COLUMNS, mapping, samples))
        listed = persons.people or (header and (people or _of_persons(links, persons)))
        if listed and form is not Form.LINKS:
            return Table(sheet, Form.PEOPLE, _with_key(persons), after, path, header, sure)
    if width < 2 and not people:
        raise ReadError(_ONE_COLUMN(), place=place, hint=_ONE_COLUMN_HINT())
    if people:
        found = _with_key(Header(names, (None,) * len(names)))
        return Table(sheet, Form.PEOPLE, found, after, path, header)
    return Table(sheet, Form.LINKS, _by_position(names, samples), after, path, header, sure, told=False)


_OURS = frozenset(("id", "name", "kind"))  # a table of people as it is written here, whatever else it holds


def _survey(
    rows: Sequence[Sequence[str]], mapping: Mapping[str, str], *, told: bool = False
) -> Header | None:
    """What the columns hold if these are answers of a survey, and no table of links, or it is `told`."""
    body = [row for row in rows[1:2_001] if any(row)]
    width = max(map(len, (rows[0], *body)))
    if not body or not 1 < width <= MOST_ASKED:
        return None
    names = _names(rows[0], width)
    if told and not mapping:
        return survey(names, body) or survey(names, body, {names[0]: "respondent", names[1]: "answer"})
    if not mapping and (understood_links(names).links or set(map(plain, names)) >= _OURS):
        return None
    return survey(names, body, mapping)


def _names(top: Sequence[str], width: int) -> tuple[str, ...]:
    """The header's words, one for every column."""
    cells = [*top, *[""] * (width - len(top))]
    return tuple(cell or f"column {index + 1}" for index, cell in enumerate(cells))


def _told(names: Sequence[str]) -> bool:
    """Is any word of a first row the name of a column of the people table?"""
    return any(column is not None for column in understood(names, LISTED_COLUMNS).columns)


def _names_one(rows: Sequence[Sequence[str]]) -> bool:
    """Is a word of the first row the name of a column, and nothing that stands in a row below?"""
    words = {word.casefold() for word in names_columns(rows[0])}
    below = rows[1:2_001]
    return bool(words) and any(map(any, below)) and not any(c.casefold() in words for r in below for c in r)


def _stands_once(rows: Sequence[Sequence[str]]) -> bool:
    """Does no word of the first row stand in a row below?"""
    below = {cell.casefold() for row in rows[1:2_001] for cell in row}
    return len(rows) > 1 and all(word.casefold() not in below for word in rows[0] if word)


def _modules_only(header: Header) -> bool:
    """Without a kind, and with what is said of modules and nothing that is said of people."""
    called = plain(header.name_of("name") or header.name_of("id") or "")
    of_people = any(map(header.has, ("kind", *OF_PEOPLE))) or called in _PERSONS
    return not of_people and any(map(header.has, OF_MODULES))


def _named_by_module(header: Header) -> Header:
    """In a table of modules the column `module` or `team` is their name."""
    if header.says_who or not header.has("modules"):
        return header
    fields = {column.field: column for column in PERSON_COLUMNS}
    columns = tuple(fields["name"] if c is fields["modules"] else c for c in header.columns)
    named = replace(header, columns=columns)
    return named if _modules_only(named) else header


def _of_persons(links: Header, persons: Header) -> bool:
    """Is one of the first two columns something that is only ever said of people?"""
    if any(map(links.has, ("source", "target"))) or None not in persons.columns:
        return False
    pairs = zip(links.columns[:2], persons.columns[:2], strict=True)
    return any(link is None and who is not None and who.field in OF_PEOPLE for link, who in pairs)


def _with_key(header: Header) -> Header:
    """A people table needs an id or a name; else its first unknown column is the id."""
    if header.says_who:
        return header
    first = next((i for i, column in enumerate(header.columns) if column is None), 0)
    columns = list(header.columns)
    columns[first] = PERSON_COLUMNS[0]
    return replace(header, columns=tuple(columns))


def _by_position(names: tuple[str, ...], samples: Sequence[Sequence[str]]) -> Header:
    """From, to, and a third column of numbers is a weight."""
    fields = {column.field: column for column in LINK_COLUMNS}
    columns: list[Column | None] = list(understood(names, LINK_COLUMNS).columns)
    missing = [end for end in ("source", "target") if fields[end] not in columns]
    free = [i for i, column in enumerate(columns) if column is None]
    if len(free) < len(missing):  # then the first two, whatever they are called
        columns[:2], missing, free = [None, None], ["source", "target"], [0, 1]
        columns[2:] = [None if c in (fields["source"], fields["target"]) else c for c in columns[2:]]
    for end, index in zip(missing, free, strict=False):
        columns[index] = fields[end]
    if len(names) > 2 and columns[2] is None and _numeric([row[2] for row in samples if len(row) > 2]):
        columns[2] = None if fields["weight"] in columns else fields["weight"]
    return Header(names, tuple(columns))


def _words_over_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """A first row of words where the rows below have numbers is a header."""
    top, below = rows[0], [row for row in rows[1:60] if any(row)]
    for index, cell in enumerate(top):
        under = [row[index] for row in below if index < len(row)]
        if cell and not _numeric([cell]) and under and _numeric(under):
            return True
    return False


def _numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    for cell in filled:
        try:
            number(cell)
        except BadCell:
            return False
    return bool(filled)


def _matrix(rows: Sequence[Sequence[str]]) -> bool:
    """Names across and down, at least half of the fewer in both, and between them nothing but numbers,
    crosses, how often, and blanks; where they are the same, whatever stands between them.
    """
    if len(rows[0]) < 3:
        return False
    across = [straight(name) for name in rows[0][1:]]
    alike = set(across)
    if len(alike) != len(across) or not all(across):
        return False
    marks = all(marked(cell) for row in rows[1:20] for cell in row[1:])
    if not marks and not all(straight(row[0]) in alike for row in rows[1:20] if any(row)):
        return False
    body = [row for row in rows[1:] if any(row)]
    down = [straight(row[0]) for row in body]
    if min(len(across), len(down)) < 2 or not all(down) or len(set(down)) != len(down):
        return False
    cells = {cell for row in body for cell in row[1:]}
    if set(down) == alike:
        return not any(straight(cell) in alike for cell in cells if cell)
    if len(alike & set(down)) < max(2, min(len(across), len(down)) / 2):
        return False
    return all(map(marked, cells))
