"""A map in which every text is a mark of its own, and a search that finds marks however they are written.

What a text is goes by the types of the fields, so a field that is added is filled as well.
"""

from __future__ import annotations

import base64
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints
from urllib.parse import unquote_to_bytes

from orgmap.analysis.catalogue import CUTOFFS, ISOLATED
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    Channel,
    ChannelId,
    Frame,
    Link,
    MapInfo,
    Module,
    Node,
    NodeKind,
    Remark,
    StickyNote,
    default_channels,
)

E = TypeVar("E")


class Marks:
    """Hands out words that stand nowhere else. `falling`: later ones sort before earlier ones."""

    def __init__(self, stem: str = "Quzq", *, falling: bool = False) -> None:
        self.stem, self._falling = stem, falling
        self.of: dict[str, str] = {}

    def __call__(self, where: str) -> str:
        """A new word, noted with where it is put."""
        n = len(self.of)
        word = f"{self.stem}{999 - n if self._falling else n:03d}"
        self.of[word] = where
        return word


def hostile(marks: Marks) -> Document:
    """A sound map of six people in two modules, with notes, a picture, remarks, and a mark in every text."""
    frame = Frame(x=0, y=0, width=400, height=300)
    upper = filled(marks, Module, parent=None, lead=None, collapsed=False, frame=frame)
    lower = filled(marks, Module, parent=upper.id, lead=None, collapsed=False, frame=None)
    kinds = (NodeKind.PERSON, NodeKind.PERSON, *NodeKind, NodeKind.PERSON)
    nodes = [
        filled(marks, Node, kind=kind, modules=home, x=120.0 * at, y=90.0 * (at % 3), pinned=False, level=at)
        for at, (kind, home) in enumerate(
            zip(kinds, ((upper.id,), (lower.id, upper.id), (lower.id,), (), (), (), ()), strict=True)
        )
    ]
    own = filled(marks, Channel)
    renamed = filled(marks, Channel, id=ChannelId("mail"))
    ends = [(nodes[a].id, nodes[b].id) for a, b in ((0, 1), (0, 2), (1, 3), (2, 4), (5, 0))]
    links = [
        filled(marks, Link, source=a, target=b, channel=channel, two_way=at == 1, step=None)
        for at, ((a, b), channel) in enumerate(
            zip([*ends, (upper.id, nodes[4].id)], [own.id, renamed.id, None, ChannelId("chat"), own.id, None],
                strict=True)
        )
    ]  # fmt: skip
    about = (nodes[0].id, upper.id)
    remarks = [
        filled(marks, Remark, about=about, dismissed=True),
        filled(marks, Remark, code=ISOLATED, about=(*about, marks("Remark.about")), dismissed=True),
        filled(marks, Remark, code=ISOLATED, about=about, dismissed=False),
    ]
    picture = base64.b64encode(photo(marks("Backdrop.data"))).decode()
    sticky, backdrop = filled(marks, StickyNote), filled(marks, Backdrop, data=picture, strength=0.5)
    cutoffs = {marks("MapInfo.thresholds"): 0.5, next(iter(CUTOFFS)): 2.0}
    channels = default_channels() | {renamed.id: renamed, own.id: own}
    return Document(
        info=filled(marks, MapInfo, thresholds=cutoffs),
        channels=channels,
        modules={each.id: each for each in (upper, lower)},
        nodes={each.id: each for each in nodes},
        links={each.id: each for each in links},
        stickies={sticky.id: sticky},
        backdrops={backdrop.id: backdrop},
        remarks={each.id: each for each in remarks},
        serial=1000,
        unread=_odd(marks, "Document.unread"),
    )


def filled(marks: Marks, kind: type[E], /, **given: Any) -> E:  # noqa: ANN401 - the values of fields
    """An entity of which every field is `given`, or holds marks, or a number, or yes."""
    hints = get_type_hints(kind)
    for each in fields(cast("Any", kind)):
        if each.name not in given:
            value = _value(marks, f"{kind.__name__}.{each.name}", hints[each.name])
            if value is not None:
                given[each.name] = value
    return kind(**given)


def _value(marks: Marks, where: str, hint: Any) -> Any:  # noqa: ANN401 - by the type of the field
    words = str(hint)
    if isinstance(hint, type) and issubclass(hint, str) and hint is not str:
        return None  # an enumeration keeps its default
    if hint is str or hasattr(hint, "__supertype__"):
        return marks(where)
    if "tuple[str" in words:
        return (marks(where), marks(where))
    if "Mapping[str" in words:
        return _odd(marks, where)
    return True if hint is bool else 2 if "int" in words else 2.0 if "float" in words else None


def _odd(marks: Marks, where: str) -> dict[str, Any]:
    """Keys and values with marks, some of them deep inside."""
    return {marks(f"{where}, key"): marks(where), marks(f"{where}, key"): [{marks(where): [marks(where)]}]}


def photo(word: str) -> bytes:
    """A small PNG that says in its own words who is on it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    said = chunk(b"tEXt", b"Title\0" + word.encode())
    body = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff\x00\x00" * 2) * 2))
    return b"\x89PNG\r\n\x1a\n" + head + said + body + chunk(b"IEND", b"")


# -- searching --------------------------------------------------------------------------------


def found(files: Iterable[Path], marks: Marks) -> dict[str, str]:
    """The marks in these files and their names, each with where it was put; and the stem alone."""
    seen: dict[str, str] = {}
    for path in files:
        for layer in (path.name.encode(), *layers(path.read_bytes())):
            seen |= in_bytes(layer, marks)
    return seen


def in_bytes(data: bytes, marks: Marks) -> dict[str, str]:
    """The marks in some bytes: as UTF-8 or UTF-16, in hexadecimal, base64, escaped for XML, JSON, the web."""
    plain = data.decode("utf-8", "replace")
    readings = {
        data.lower(),
        html.unescape(plain).lower().encode(),
        _unescaped(plain).lower().encode("utf-8", "replace"),
        unquote_to_bytes(data).lower(),
    }
    wanted: dict[bytes, str] = {}
    for word in (*marks.of, marks.stem):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = word.lower().encode(code)
            wanted |= dict.fromkeys((raw, raw.hex().encode(), word.encode(code).hex().encode()), word)
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + word.encode())[(0, 2, 3)[shift] :].rstrip(b"=")[:-1]
            wanted[coded.lower()] = word
    return {
        word: marks.of.get(word, "a part of some mark")
        for spelled, word in wanted.items()
        if any(spelled in reading for reading in readings)
    }


def _unescaped(words: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), words)


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and all that is packed in them: zip, PDF streams and their letters, PNG texts."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield packed.comment
            for member in packed.infolist():
                yield member.filename.encode() + member.comment + member.extra
                yield from layers(packed.read(member))
    elif data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png(data)
    else:
        for coded in re.findall(rb"iVBOR[A-Za-z0-9+/]{40,}", data):
            yield from layers(base64.b64decode(coded + b"=" * (-len(coded) % 4)))


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind not in (b"IHDR", b"IDAT"):
            yield body
            yield from (
                inflated(body[start:]) for start in range(len(body)) if body[start : start + 1] == b"x"
            )
        at += 12 + length


def inflated(data: bytes) -> bytes:
    """What zlib makes of it; nothing if it was not packed."""
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


def _pdf(data: bytes) -> Iterator[bytes]:
    """Every stream, and the letters of every text by the tables that say which glyph is which letter."""
    streams = [
        inflated(raw) or raw for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    ]
    yield from streams
    shown = b"".join(b"".join(re.findall(rb"<([0-9A-Fa-f\s]*)>", each)) for each in streams if b" Tf" in each)
    codes = [int(shown[at : at + 4], 16) for at in range(0, len(shown) - 3, 4)]
    for table in (_letters(each) for each in streams if b"beginbf" in each):
        yield "".join(table.get(code, "") for code in codes).encode("utf-8", "replace")


def _letters(table: bytes) -> Mapping[int, str]:
    letters: dict[int, str] = {}
    for first, last, to in re.findall(rb"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]{4})>", table):
        for code in range(int(first, 16), int(last, 16) + 1):
            letters[code] = chr(int(to, 16) + code - int(first, 16))
    ranges = rb"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]{4})> ?\[([^\]]*)\]"
    for first, _, many in re.findall(ranges, table):
        for at, to in enumerate(re.findall(rb"<([0-9A-Fa-f]{4,})>", many)):
            letters[int(first, 16) + at] = bytes.fromhex(to.decode()).decode("utf-16-be", "replace")
    return letters
