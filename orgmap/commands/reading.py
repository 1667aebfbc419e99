"""The options of every command that reads, and reading a file with them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from orgmap.commands import output
from orgmap.commands.arguments import LINKS, STANDARD, Arguments, Option, one_of
from orgmap.errors import OrgmapError, UsageError
from orgmap.files import formats
from orgmap.files.reading import Arrows, Note, Opened, ReadOptions, RowKind, Weight
from orgmap.files.values import brief, listed
from orgmap.i18n import Names, Said, Value, names, text

_ONLY_ONCE = text("command line", "Standard input can be read only once.")
_NO_ENCODING = text(
    "command line", "There is no encoding called {word}; utf-8, cp1250 and cp1252 are common."
)
_STDIN = text("command line", "standard input")
_KEPT = text("command line", "Columns kept as they are: {columns}.")
_ROW = text("command line", "{place}, row {row}: {message}")
_PLACE = text("command line", "{place}: {message}")

HIDE_NAMES = "--hide-names"  # whoever writes with it reads with it, too
_HIDDEN = "\N{HORIZONTAL ELLIPSIS}"
_YES, _NO = "yes", "no"
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


def _encoding(_: str, word: str) -> object:
    try:
        b"a".decode(word)  # refuses codecs that are none of letters, such as hex
        return codecs.lookup(word).name
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(_NO_ENCODING(word=word)) from None


def _delimiter(option: str, word: str) -> object:
    one_sign = len(word) == 1 and not word.isalnum() and word not in '"\r\n'
    return word if one_sign else SIGNS[str(one_of(*SIGNS)(option, word))]


READING = (
    Option(
        name="--people",
        value="FILE",
        help=text("command line", "a table of people and modules: attributes for the ends of the links"),
    ),
    Option(
        name=LINKS,
        value="FILE",
        help=text(
            "command line",
            "a further table of links; may stand more than once, and --kind, --arrows, --undirected and"
            " --weight after it count for it alone",
        ),
    ),
    Option(
        name="--kind",
        value="KIND",
        read=one_of(*RowKind),
        per_links=True,
        help=text(
            "command line",
            "what a row is that does not say so itself: talks, reports (the first reports to the second),"
            " needs (the first needs the second), member (the first belongs to module second) or part-of"
            " (module in module)",
        ),
    ),
    Option(
        name="--arrows",
        value="WAY",
        read=one_of(*Arrows),
        per_links=True,
        help=text(
            "command line",
            "flow: information goes from the first to the second; asks: the first names whom it asks, so"
            " information goes the other way; flow if not said, unless a column is called asks",
        ),
    ),
    Option(
        name="--undirected",
        per_links=True,
        help=text("command line", "each line goes both ways"),
    ),
    Option(
        name="--weight",
        value="MEANING",
        read=one_of(*Weight),
        per_links=True,
        help=text(
            "command line",
            "what a column called weight holds: strength (thickness only), per_week or minutes",
        ),
    ),
    Option(
        name="--encoding",
        value="NAME",
        read=_encoding,
        per_links=True,
        help=text("command line", "how letters are kept in a table, such as cp1252; found out if not said"),
    ),
    Option(
        name="--delimiter",
        value="SIGN",
        read=_delimiter,
        per_links=True,
        help=text(
            "command line",
            "what parts the columns of a table: comma, semicolon, tab, pipe or any one sign; found out if"
            " not said",
        ),
    ),
    Option(
        name="--sheets",
        value="NAMES",
        help=text(
            "command line",
            "which sheets of a workbook count, with a semicolon between them; all that are not hidden and"
            " hold tables if not said",
        ),
    ),
    Option(
        name="--header",
        value="YES",
        read=one_of(_YES, _NO),
        per_links=True,
        help=text(
            "command line",
            "yes or no: does the first row of a table name its columns; found out if not said",
        ),
    ),
)


def read(arguments: Arguments, which: int = 0, of: int = 1) -> Opened:
    """Read one of the files of a command with its options; what was noted goes to standard error.

    The first `of` files are read, the others written.

    Raises `ReadError` or `UsageError`.
    """
    people = arguments.text("--people")
    if [*arguments.files[:of], people, *(name for name, _ in arguments.links)].count(STANDARD) > 1:
        raise UsageError(_ONLY_ONCE())
    options = replace(
        _options(arguments.options),
        people=Path(people) if people else None,
        links=tuple((Path(name), _options(own)) for name, own in arguments.links),
    )
    try:
        opened = formats.read(Path(arguments.files[which]), options)
    except OrgmapError as error:
        error.place = _place(error.place)
        raise
    kept = (Note(None, place, _KEPT(columns=names(map(brief, columns)))) for place, columns in opened.kept)
    notes = (*opened.notes, *kept)
    if arguments.has(HIDE_NAMES):
        given = (*arguments.files[:of], people, *dict(arguments.links))
        files = [Path(name).name for name in given if name]
        notes = tuple(_nameless(note, files) for note in notes)
    tell_notes(notes)
    return opened


def tell_notes(notes: Iterable[Note]) -> None:
    """Every row that was mended or left out, on standard error."""
    for note in notes:
        if note.row is not None:
            output.message(str(_ROW(place=_place(note.place), row=str(note.row), message=note.message)))
        elif note.place:
            output.message(str(_PLACE(place=_place(note.place), message=note.message)))
        else:
            output.message(str(note.message))


def _nameless(note: Note, files: Iterable[str]) -> Note:
    """The note without a word of the files: what it says and its row stay, and of its place which file."""
    place = next((name for name in files if note.place.startswith(name)), "")
    return Note(note.row, place or (_HIDDEN if note.place else ""), _masked(note.message))


def _masked(said: Said) -> Said:
    """The same text with its numbers, and for every word that came from a file an ellipsis."""
    return Said(said.text, tuple((key, _mask(value)) for key, value in said.values))


def _mask(value: Value) -> Value:
    if isinstance(value, Said):
        return _masked(value)
    return _HIDDEN if isinstance(value, str | Names) else value


def _place(place: str) -> str:
    """The place of a message, in words where it is no file."""
    return str(_STDIN()) if place == STANDARD else place


def _options(given: Mapping[str, object]) -> ReadOptions:
    return ReadOptions(
        kind=RowKind(str(given.get("--kind", RowKind.TALKS))),
        arrows=Arrows(str(given["--arrows"])) if "--arrows" in given else None,
        undirected="--undirected" in given,
        weight=Weight(str(given.get("--weight", Weight.STRENGTH))),
        encoding=str(given["--encoding"]) if "--encoding" in given else None,
        delimiter=str(given["--delimiter"]) if "--delimiter" in given else None,
        header=given["--header"] == _YES if "--header" in given else None,
        sheets=listed(str(given["--sheets"])) if "--sheets" in given else (),
    )
