"""What rows pasted from a spreadsheet, a mail or a note are: a table, a list of names, or no telling.

Nothing is read into a map here; `Rows` says how `orgmap.files.tables` is to read them.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import mailed, tables
from orgmap.files.delimited import sheet
from orgmap.files.mending import clean
from orgmap.files.reading import Form, Opened, ReadOptions
from orgmap.files.recognition import Table, recognize
from orgmap.files.values import BadCell, often
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

MOST_CHARACTERS = 16 * 1024 * 1024  # of one paste
NAME = "clipboard.tsv"  # what notes and messages call it
CALLED = "clipboard"
_PEOPLE = "clipboard-people.tsv"
_LONGEST_NAME, _MOST_WORDS = 60, 6
_LARGE = text("files", "What is on the clipboard is too large: {n} characters, and {most} can be pasted.")
_NOTHING = text("files", "There is no text on the clipboard.")
_BULLET = re.compile(r"^\s*(?:[-*•‣–]|\d{1,3}[.)])\s+")
_PROSE = re.compile(r"[.;!?:]\s|[.;!?:]$|[<>={}\[\]|\\/]")
_SAYS = re.compile(r"<>|[<>]|\s@\S|\s(?:knows|seeks|reports to|needs)\s", re.IGNORECASE)
_LONGEST_LINE = 300
_ADDRESS = re.compile(
    r"(?<![ \t])[ \t]*<[^<>\s@]+@[^<>\s@]+>[,;]?"
)  # as mail programs copy whom a mail is for
_BLANK = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table to be read. `people`: a table of people that stood before the links.

    `clear`: there is no doubt what it is; else somebody should look at it first.
    """

    table: str
    options: ReadOptions = field(default_factory=ReadOptions)
    people: str | None = None
    clear: bool = False


def recognized(plain: str, html: str, document: Document) -> Rows:
    """What the text, or the table in the page, is; names of `document` help to tell.

    Raises ReadError for nothing, and for too much.
    """
    if max(len(plain), len(html)) > MOST_CHARACTERS:
        raise ReadError(_LARGE(n=max(len(plain), len(html)), most=MOST_CHARACTERS))
    words = _ADDRESS.sub("\n", clean(plain)).replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    if "\t" not in words and html:
        found = _from_page(html)
        if found and max(map(len, found)) > 1:
            words = _tabbed(found)
    if not words.strip():
        raise ReadError(_NOTHING())
    words = mailed.unquoted(words)
    alone = True
    if "\t" not in words:
        laid_out = mailed.drawn(words) or mailed.aligned(words)
        if laid_out is None:
            laid_out = mailed.amid(words)
            alone = laid_out is None
        if laid_out is not None:
            words = _tabbed(laid_out)
    names = _names(words)
    if names is not None:
        told = ReadOptions(header=False, mapping={"1": "name"}, delimiter="\t")
        return Rows(_tabbed([[name] for name in names]), told, clear=True)
    blocks = [block for block in _BLANK.split(words) if block.strip()]
    if len(blocks) == 2 and "\t" in words:
        first, second = (_table(block) for block in blocks)
        if _is(first, Form.PEOPLE) and _is(second, Form.LINKS):
            return Rows(blocks[1], people=blocks[0], clear=second is not None and not second.asks)
    table = _table(words)
    if table is None:
        return Rows(words)
    if table.named or table.form is Form.MATRIX:
        return Rows(words, clear=alone and table.sure and table.told and not table.asks)
    options = _by_content(table.sheet.rows, document)
    return Rows(words, options or ReadOptions(), clear=alone and options is not None)


def sentences(plain: str) -> str | None:
    """Lines as one types them into the one-line entry, as `Ana > Ben: chat daily`; else None.

    A mail that quotes another, and prose, are none.
    """
    if len(plain) > MOST_CHARACTERS or "\t" in plain or _ADDRESS.search(plain):
        return None
    lines = [line.strip() for line in clean(plain).splitlines()]
    filled = [line for line in lines if line]
    says = [bool(_SAYS.search(line)) for line in filled]
    listed = len(filled) == 1 and "," in filled[0] and not _PROSE.search(filled[0])
    if not any(says) and not listed:
        return None
    for line, said in zip(filled, says, strict=True):
        if line.startswith(">") or len(line) > _LONGEST_LINE or not (said or _names(line.replace(",", " "))):
            return None
    return "\n".join(lines)


def read(rows: Rows, progress: Progress = SILENT) -> Opened:
    """The map in these rows. Raises ReadError as `tables.read` does."""
    with tempfile.TemporaryDirectory(prefix="orgmap-") as folder:
        return tables.read(rows.table.encode(), written(rows, Path(folder)), rows.options, progress)


def written(rows: Rows, folder: Path) -> Path:
    """The rows as a file for whoever reads files; the people lie beside it."""
    path = folder / NAME
    path.write_text(rows.table, "utf-8")
    if rows.people is not None:
        (folder / _PEOPLE).write_text(rows.people, "utf-8")
    return path


def _table(words: str) -> Table | None:
    path = Path(NAME)
    try:
        return recognize(sheet(words.encode(), path, encoding="utf-8"), path)
    except ReadError:
        return None


def _is(table: Table | None, form: Form) -> bool:
    return table is not None and table.named and table.form is form


def _names(words: str) -> list[str] | None:
    """A list of names, one a line, perhaps with bullets; None if it could be anything else."""
    if "\t" in words:
        return None
    lines = [_BULLET.sub("", line).strip() for line in words.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) > 1 and all("," in line or ";" in line for line in lines):
        return None
    for line in lines:
        if len(line) > _LONGEST_NAME or len(line.split()) > _MOST_WORDS or _PROSE.search(line):
            return None
        if "," in line or "@" in line or not any(sign.isalpha() for sign in line):
            return None
    header = len(lines) > 1 and lines[0].casefold() in ("name", "names", "person", "people")
    return lines[1:] if header else lines


def _by_content(rows: Sequence[Sequence[str]], document: Document) -> ReadOptions | None:
    """The columns of a table without a header, if what stands in them says enough."""
    filled = [row for row in rows if any(row)]
    width = max(map(len, filled))
    if width < 2 or any(len(row) < 2 or not row[0] or not row[1] for row in filled):
        return None
    first, second = ({row[at].casefold() for row in filled} for at in (0, 1))
    people = {node.name.casefold() for node in document.nodes.values()}
    teams = {module.name.casefold() for module in document.modules.values()}
    further: dict[str, str] = {}
    for at in range(2, width):
        meant = _meaning({row[at] for row in filled if at < len(row) and row[at]}, document)
        if meant is None or meant in further.values():
            return None
        further[str(at + 1)] = meant
    if second & (first | people) or (further and not second & teams):
        mapping = {"1": "source", "2": "target", **further}
    elif not further and (second & teams or (not first & second and 3 * len(second) <= len(filled))):
        mapping = {"1": "name", "2": "modules"}
    else:
        return None
    return ReadOptions(header=False, mapping=mapping)


def _meaning(cells: Collection[str], document: Document) -> str | None:
    """The field of a column of links that holds nothing but channels, or frequencies."""
    channels = {channel.name.casefold() for channel in document.channels.values()}
    channels |= {str(key) for key in document.channels} | {"e-mail", "email"}
    if all(cell.casefold() in channels for cell in cells):
        return "channel"
    try:
        words = [cell for cell in cells if often(cell) >= 0 and not cell[0].isdigit()]
    except BadCell:
        return None
    return "per_week" if len(words) == len(cells) else None


def _tabbed(rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows)
    return stream.getvalue().rstrip("\n")


def _from_page(html: str) -> list[list[str]]:
    """The rows of the innermost table with the most cells; none if the page has no table."""
    reader = _TableReader()
    with contextlib.suppress(AssertionError, ValueError):  # no declaration, a sign of five thousand digits
        reader.feed(_closed(html))
        reader.close()
    return max(reader.tables, key=lambda rows: sum(map(len, rows)), default=[])


def _closed(html: str) -> str:
    """The page without tags and comments that never end: each would cost a look through all the rest."""
    start = html.find("<!--", html.rfind("-->") + 1)
    html = html[:start] if start >= 0 else html
    end = html.rfind(">") + 1
    return html[:end] + html[end:].partition("<")[0]


class _TableReader(HTMLParser):
    """Gathers the cells of every table of a page; a cell that holds a table is not one of ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        if tag == "table":
            self._end_cell()
            self._open.append([])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            self._cell = []
        elif tag in ("style", "script"):
            self._silent += 1
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table, row or cell ends."""
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            rows = [row for row in self._open.pop() if any(row)]
            if rows:
                self.tables.append(rows)
        elif tag in ("style", "script"):
            self._silent = max(self._silent - 1, 0)

    def handle_data(self, data: str) -> None:
        """What stands in a cell."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1][-1].append(" ".join("".join(self._cell).split()))
        self._cell = None
