"""The native file, `.orgmap`: one UTF-8 JSON file that holds everything. See `docs/format.md`.

Read and written with the standard library: its hooks see a key that stands twice, a NaN and a number
of five thousand digits before they become values, which faster libraries swallow.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.mending import Parts, clean, mended
from orgmap.files.migrations import CURRENT, migrated
from orgmap.files.plain import (
    BACKDROP,
    CHANNEL,
    INFO,
    LINK,
    MODULE,
    MOST_DIGITS,
    NODE,
    REMARK,
    STICKY,
    Wrong,
    entity,
    json_value,
    record,
    whole,
)
from orgmap.files.reading import Note, Opened, opened
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    Channel,
    Link,
    MapInfo,
    Module,
    Node,
    Remark,
    StickyNote,
    default_channels,
)
from orgmap.progress import SILENT, Progress

SUFFIX = ".orgmap"
MOST_NODES = 100_000  # nodes and modules together
MOST_LINKS = 500_000
_TABLES = (
    ("channels", CHANNEL),
    ("modules", MODULE),
    ("nodes", NODE),
    ("links", LINK),
    ("stickies", STICKY),
    ("backdrops", BACKDROP),
    ("remarks", REMARK),
)
_KNOWN = ("orgmap", "serial", "map", *(table for table, _ in _TABLES))
_LATER = (
    "stickies",
    "backdrops",
    "remarks",
)  # written only where there are any: older programs read the rest
SUSPECT = re.compile(  # JSON that may hold what `clean` replaces
    r"\\[bf]|\\u(?:00[01789]|[dD][89a-fA-F]|[fF]{3}[eEfF])|[\x7f-\x9f\ufffe\uffff]"
)

_EMPTY = text("files", "The file is empty.")
_NOT_OURS = text("files", "This is not an orgmap file.")
_ELSEWHERE = text("files", "Open another file, or an older copy of this one.")
_ZEROS = text("files", "The end of the file is missing: it holds nothing but zeros, as after a power cut.")
_CUT = text("files", "The file ends in the middle, at line {line}.")
_BROKEN = text("files", "The file is damaged at line {line}, column {column}.")
_CODE = text("files", "The file is damaged: byte {byte} is no text in UTF-8.")
_NUMBER = text("files", "There is a number that cannot be: {number}.")
_DEEP = text("files", "The file is nested too deeply to be a map.")
_NEWER = text(
    "files",
    "This file was made with a newer orgmap: its format is {found}, this program reads up to {known}.",
)
_NEWER_HINT = text("files", "The file was left as it is. Open it with the newer program.")
_VERSION = text("files", "The format version cannot be {found}.")
_MANY = text("files", "The map has {n} {table}; more than {most} cannot be opened.")
_PREVIOUS = text("files", "The version before the last save is kept in {file}.")
_KEY_TWICE = text("notes", "The name {key} stands twice in one object; the last one counts.")
_CLEANED = text("notes", "Characters that no text can hold were replaced.")


def load(path: Path, progress: Progress = SILENT) -> Document:
    """The map in the file. Raises ReadError, with the way out if a previous version is there."""
    return read(disk.read_bytes(path), path, progress).document


def save(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the map, whole or not at all; answers with warnings, usually none.

    The version before is kept: `disk.previous_version(path)`. Raises WriteError.
    """
    return disk.write_bytes(path, encoded(document, progress.part(0.0, 0.9)))


def read(data: bytes, path: Path, progress: Progress = SILENT) -> Opened:
    """The map in these bytes and what had to be mended. `path` is for messages only."""
    notes: list[Note] = []
    name = disk.shown(path)
    try:
        words = _decoded(data)
        plain = _parsed(words, name, notes)
        progress.at(0.3)
        version = _version(plain, name)
        if SUSPECT.search(words) and (made := cleaned(plain)) != plain:
            plain = made
            notes.append(Note(None, name, _CLEANED()))
        parts = _parts(migrated(plain, version), name, progress.part(0.3, 0.8))
    except ReadError as error:
        before = disk.previous_version(path)
        hint = error.hint
        if hint is None and before != path and before.is_file():
            hint = _PREVIOUS(file=disk.shown(before))
        elif hint is None:
            hint = _ELSEWHERE()
        raise ReadError(error.message, place=error.place or name, hint=hint) from error
    except RecursionError:
        raise ReadError(_DEEP(), place=name) from None
    document = mended(parts, notes)
    progress.at(1.0)
    return opened(document, notes, native=True)


def encoded(document: Document, progress: Progress = SILENT) -> bytes:
    """The file of a map, an entity a line, so that two versions can be compared by eye.

    The same document gives the same bytes.
    """
    head = [
        f'"orgmap": {CURRENT}',
        f'"serial": {document.serial}',
        f'"map": {_line(record(document.info, INFO))}',
    ]
    total, done = sum(len(getattr(document, table)) for table, _ in _TABLES), 0
    for table, shape in _TABLES:
        if table in _LATER and not getattr(document, table):
            continue
        lines = []
        for value in getattr(document, table).values():
            if not done % 1_000:
                progress.at(done / total)
            done += 1
            lines.append(_line(record(value, shape)))
        inside = "\n" + ",\n".join(lines) + "\n" if lines else ""
        head.append(f'"{table}": [{inside}]')
    for key, value in document.unread.items():
        if key not in _KNOWN:
            head.append(f"{_line(key)}: {_line(json_value(value))}")
    return ("{\n" + ",\n".join(head) + "\n}\n").encode()


def looks_native(data: bytes) -> bool:
    """Do these bytes begin like a native file?"""
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    return start.startswith(b"{") and b'"orgmap"' in start


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)


def _line(value: object) -> str:
    line = _ENCODER.encode(value)
    return line if line.isascii() else clean(line)


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise ReadError(_EMPTY())
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if data.rstrip(b"\0") != data:
            raise ReadError(_ZEROS())
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            raise ReadError(_NOT_OURS())
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(_CODE(byte=error.start)) from None


def _parsed(words: str, name: str, notes: list[Note]) -> dict[str, Any]:
    def pairs(listed: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(listed)
        if len(made) != len(listed):
            keys = [key for key, _ in listed]
            twice = next(key for key in keys if keys.count(key) > 1)
            notes.append(Note(None, name, _KEY_TWICE(key=clean(twice))))
        return made

    try:
        plain = json.loads(
            words, object_pairs_hook=pairs, parse_constant=_refused, parse_float=_real, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        if not words[error.pos :].strip() or error.msg.startswith("Unterminated"):
            raise ReadError(_CUT(line=error.lineno)) from None
        raise ReadError(_BROKEN(line=error.lineno, column=error.colno)) from None
    if not isinstance(plain, dict) or "orgmap" not in plain:
        raise ReadError(_NOT_OURS())
    return plain


def _version(plain: dict[str, Any], name: str) -> int:
    found = plain["orgmap"]
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ReadError(_VERSION(found=clean(str(found))[:40]), place=f"{name}, $.orgmap")
    if found > CURRENT:
        raise ReadError(_NEWER(found=found, known=CURRENT), hint=_NEWER_HINT())
    return found


def _parts(plain: dict[str, Any], name: str, progress: Progress) -> Parts:
    parts = Parts()
    at = "$"
    try:
        parts.serial = whole(plain.get("serial", 1))
        info = plain.get("map", {})
        at = "$.map"
        parts.info = entity(MapInfo, INFO, info)
        at = "$"
        parts.unread = {key: json_value(value) for key, value in plain.items() if key not in _KNOWN}
        tables = {key: _listed(plain.get(key, []), key) for key, _ in _TABLES}
        _limit(len(tables["nodes"]) + len(tables["modules"]), "nodes", MOST_NODES)
        _limit(len(tables["links"]), "links", MOST_LINKS)
        if "channels" not in plain:
            named = (raw.get("id") for rows in tables.values() for raw in rows if isinstance(raw, dict))
            taken = {key for key in named if isinstance(key, str)}
            defaults = default_channels().values()
            parts.channels = [(name, channel) for channel in defaults if channel.id not in taken]
        total = max(sum(map(len, tables.values())), 1)
        done = 0
        kinds: tuple[type, ...] = (Channel, Module, Node, Link, StickyNote, Backdrop, Remark)
        for (table, shape), kind in zip(_TABLES, kinds, strict=True):
            made = getattr(parts, table)
            for index, raw in enumerate(tables[table]):
                at = f"$.{table}[{index}]"
                made.append((f"{name}, {at}", entity(kind, shape, raw)))
                done += 1
                if not done % 2_000:
                    progress.at(done / total)
    except Wrong as wrong:
        raise ReadError(wrong.message, place=f"{name}, {at}{wrong.path}") from None
    return parts


def _listed(value: object, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong.kind("list", value, f".{key}")
    return value


def _limit(count: int, table: str, most: int) -> None:
    if count > most:
        raise ReadError(_MANY(n=count, table=table, most=most))


def _refused(word: str) -> object:
    raise ReadError(_NUMBER(number=word))


def _real(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ReadError(_NUMBER(number=digits[:40]))
    return value


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ReadError(_NUMBER(number=digits[:20] + "…"))
    return int(digits)


def cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
    """JSON whose every text, however deep, is one that any file can hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    return value


assert {field.name for field in fields(Document)} == {"info", *(t for t, _ in _TABLES), "serial", "unread"}
