"""The one list of formats: what can be read, what can be written, and which one a file has."""

from __future__ import annotations

import difflib
import gc
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.errors import ReadError, UsageError
from orgmap.files import disk, native, packed
from orgmap.files.reading import Note, Opened, ReadOptions
from orgmap.i18n import Said, Text, text
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.files.losses import Loss

__all__ = ["FORMATS", "READABLE", "WRITABLE", "Format", "Note", "Opened", "ReadOptions", "read", "write"]

STANDARD_STREAM = Path("-")
_XLSX, _ODS = ".xlsx", ".ods"
_PAJEK = re.compile(rb"(?:%[^\r\n]*[\r\n]\s*)*\*(vertices|network)\b", re.IGNORECASE)
_TEXTS = (".csv", ".tsv", ".txt", ".md")

_INSTEAD = {
    ".gexf": ".graphml",
    _ODS: _XLSX,
    ".xls": _XLSX,
    ".paj": ".net",
    ".txt": ".tsv",
    ".md": ".tsv",
}  # read only

Reader = Callable[[bytes, Path, ReadOptions, Progress], Opened]
Writer = Callable[[Document, Path, Progress], list[Said]]

_CANNOT_READ = text("files", "A file of the kind {suffix} cannot be read; it can be {allowed}.")
_CANNOT_WRITE = text("files", "A file of the kind {suffix} cannot be written; it can be {allowed}.")
_NO_SUFFIX = text("files", "The name has no ending that tells the format; it can be {allowed}.")
_DID_YOU_MEAN = text("files", "Did you mean {suffix}?")
_EMPTY = text("files", "The file is empty.")
_NO_WORKBOOK = text("files", "This is no workbook, whatever its name says.")
_FOREIGN = text("files", "This is {kind}, which cannot be read.")
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", text("files", "a picture")),
    (b"\xff\xd8\xff", text("files", "a picture")),
    (b"GIF8", text("files", "a picture")),
    (b"%PDF", text("files", "a PDF")),
    (b"\x7fELF", text("files", "a program")),
    (b"MZ", text("files", "a program")),
    (b"\x1f\x8b", text("files", "a packed file")),
)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `name` is for file dialogs; `picture`: it shows the map and keeps none of it."""

    suffix: str
    name: Text
    read: Reader | None
    write: Writer | None
    picture: bool = False


def _read_native(data: bytes, path: Path, _options: ReadOptions, progress: Progress) -> Opened:
    return native.read(data, path, progress)


def _write_native(document: Document, path: Path, progress: Progress) -> list[Said]:
    return native.save(document, path, progress)


def _read_table(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Opened:
    from orgmap.files import tables

    return tables.read(data, path, options, progress)


def _write_table(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import table_writer

    return table_writer.write(document, path, progress)


def _write_workbook(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import workbook_writer

    return workbook_writer.write(document, path, progress)


def _read_graphml(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Opened:
    from orgmap.files import graphml

    return graphml.read(data, path, options, progress)


def _write_graphml(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import graphml

    return graphml.write(document, path, progress)


def _read_gexf(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Opened:
    from orgmap.files import gexf

    return gexf.read(data, path, options, progress)


def _read_pajek(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Opened:
    from orgmap.files import pajek

    return pajek.read(data, path, options, progress)


def _write_pajek(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import pajek_writer

    return pajek_writer.write(document, path, progress)


def _read_json(data: bytes, path: Path, options: ReadOptions, progress: Progress) -> Opened:
    from orgmap.files import node_link

    return node_link.read(data, path, options, progress)


def _write_json(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import node_link

    return node_link.write(document, path, progress)


def _write_picture(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.files import pictures

    return pictures.write(document, path, progress=progress)


def _write_page(document: Document, path: Path, progress: Progress) -> list[Said]:
    from orgmap.drawing import qt_ready

    qt_ready.demand()
    from orgmap.files import page

    return page.write(document, path, progress=progress)


FORMATS: tuple[Format, ...] = (
    Format(".orgmap", text("format", "Map"), _read_native, _write_native),
    Format(".csv", text("format", "Tables of links and people"), _read_table, _write_table),
    Format(".tsv", text("format", "Tables with tabs"), _read_table, _write_table),
    Format(".txt", text("format", "Table as text"), _read_table, None),
    Format(".md", text("format", "Table in Markdown"), _read_table, None),
    Format(_XLSX, text("format", "Workbook"), _read_table, _write_workbook),
    Format(_ODS, text("format", "Workbook of LibreOffice"), _read_table, None),
    Format(".graphml", text("format", "GraphML"), _read_graphml, _write_graphml),
    Format(".gexf", text("format", "GEXF"), _read_gexf, None),
    Format(".net", text("format", "Pajek network"), _read_pajek, _write_pajek),
    Format(".paj", text("format", "Pajek project"), _read_pajek, None),
    Format(".json", text("format", "JSON of nodes and links"), _read_json, _write_json),
    Format(".png", text("format", "Picture"), None, _write_picture, picture=True),
    Format(".svg", text("format", "Drawing"), None, _write_picture, picture=True),
    Format(".pdf", text("format", "PDF"), None, _write_picture, picture=True),
    Format(".html", text("format", "Page for a browser"), None, _write_page, picture=True),
)
READABLE = tuple(each for each in FORMATS if each.read is not None)
WRITABLE = tuple(each for each in FORMATS if each.write is not None)


def read(path: Path, options: ReadOptions | None = None, progress: Progress = SILENT) -> Opened:
    """The map in a file of any readable format; "-" is the standard input.

    The format goes by content where the content tells, else by suffix. Raises ReadError, and
    UsageError for a suffix nobody knows.
    """
    if path == STANDARD_STREAM:
        return read_bytes(sys.stdin.buffer.read(disk.MOST_BYTES + 1), path, options, progress)
    return read_bytes(disk.read_bytes(path), path, options, progress)


def read_bytes(
    data: bytes, path: Path, options: ReadOptions | None = None, progress: Progress = SILENT
) -> Opened:
    """As `read`, from bytes in hand; `path` gives the suffix and stands in messages."""
    found = format_of(data, path)
    assert found.read is not None
    with _undisturbed():
        return found.read(data, path, options or ReadOptions(), progress)


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the map in the format of the suffix, whole or not at all; answers with what got lost.

    Raises WriteError, and UsageError for a suffix that cannot be written. Called off, it leaves the file as
    it was.
    """
    found = writable(path)
    assert found.write is not None
    progress.at(0.0)
    warnings = found.write(document, path, progress.part(0.0, 0.95))
    return [*warnings, *losses(document, path)]


def losses(document: Document, path: Path) -> list[Said]:
    """What a file of this name cannot hold of this map; `write` tells the same again.

    Raises UsageError for a suffix that cannot be written.
    """
    from orgmap.files.losses import told

    return told(document, _losses(path))


def left(document: Document, path: Path) -> Document:
    """The map that a file of this name would give back. Pictures give none back.

    Raises UsageError for a suffix that cannot be written.
    """
    from orgmap.files.losses import left as after

    return after(document, _losses(path))


def _losses(path: Path) -> tuple[Loss, ...]:
    from orgmap.files.losses import BY_SUFFIX
    from orgmap.files.pajek_writer import LOSSES

    suffix = writable(path).suffix
    return LOSSES if suffix == ".net" else BY_SUFFIX.get(suffix, ())


def second_file(path: Path) -> Path | None:
    """What `write` puts beside a file of this name, None if it is one file."""
    if path.suffix.casefold() not in (".csv", ".tsv"):
        return None
    from orgmap.files.table_writer import people_path

    return people_path(path)


def writable(path: Path) -> Format:
    """The format a file of this name is written in; UsageError if there is none."""
    return _by_suffix(path, WRITABLE, _CANNOT_WRITE)


def format_of(data: bytes, path: Path) -> Format:
    """The format these bytes are in. Raises ReadError, or UsageError if only the suffix is wrong."""
    suffix = path.suffix.casefold()
    name = disk.shown(path)
    if suffix == native.SUFFIX or native.looks_native(data):
        return _named(native.SUFFIX)
    if not data.strip():
        raise ReadError(_EMPTY(), place=name)
    if data.startswith(packed.OLE):
        packed.refuse_ole(data, path)
    if data.startswith(packed.MAGIC):
        return _named(_ODS if suffix == _ODS else _XLSX)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(_FOREIGN(kind=kind()), place=name)
    if suffix in (_XLSX, _ODS):
        raise ReadError(_NO_WORKBOOK(), place=name)
    start = data[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    if start.startswith((b"*", b"%")) and _PAJEK.match(start):
        return _named(".net")
    if start.startswith(b"<") and b"<gexf" in start:
        return _named(".gexf")
    if start.startswith(b"<") and (b"<graphml" in start or suffix not in _TEXTS):
        return _named(".graphml")
    if suffix not in [each.suffix for each in READABLE]:
        if path == STANDARD_STREAM:
            return _named(".json" if start.startswith(b"{") else ".csv")
        if start.startswith(b"{"):
            return _named(".json")
    return _by_suffix(path, READABLE, _CANNOT_READ)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Reading makes a hundred thousand values, none of them garbage: collecting costs a quarter."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _named(suffix: str) -> Format:
    return next(each for each in FORMATS if each.suffix == suffix)


def _by_suffix(path: Path, among: tuple[Format, ...], refusal: Text) -> Format:
    suffix = path.suffix.casefold()
    for each in among:
        if each.suffix == suffix:
            return each
    known = [each.suffix for each in among]
    near = [_INSTEAD[suffix]] if suffix in _INSTEAD else difflib.get_close_matches(suffix, known, 1, 0.6)
    hint = _DID_YOU_MEAN(suffix=near[0]) if near else None
    allowed = ", ".join(known)
    message = (
        refusal(suffix=disk.shown(Path(suffix)), allowed=allowed) if suffix else _NO_SUFFIX(allowed=allowed)
    )
    raise UsageError(message, place=disk.shown(path), hint=hint)
