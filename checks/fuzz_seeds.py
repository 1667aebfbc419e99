"""Small sound files for `checks.fuzz_targets` to begin with, and those that hold others, taken apart.

Texts lie in `checks/seeds` as READER-NUMBER.SUFFIX, the words of each format in NAME.words, one a line.
What our own writers make is made here.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from orgmap.files import fragments, journal, native, versions, workbook_writer
from orgmap.model import edits
from orgmap.model import fragments as model_fragments
from orgmap.model.document import Document, difference
from orgmap.model.entities import Frame, ModuleId, NodeId, Remark, RemarkId, StickyId, StickyNote
from tests.files.workbooks import cell, ods, ods_table, row, unpacked, xlsx
from tests.words import org

Parts = dict[str, bytes]
AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
OPEN = org("ana <> ben, ben > cy, ana ^ ben", modules={"Sales": "ana ben", "Desk": "cy"}, title="Open")
"""The map into which things are pasted, typed and imported."""
PLAN = Path("/nowhere/plan.orgmap")
_SEEDS = Path(__file__).with_name("seeds")


@dataclass(frozen=True, slots=True)
class Wrap:
    """A file that is more than its words: what is within, and the file of that again, checksums and all."""

    parts: Callable[[bytes], Parts]
    whole: Callable[[Mapping[str, bytes]], bytes]


def texts(name: str) -> tuple[bytes, ...]:
    """The seeds of a reader that lie in files."""
    return tuple(path.read_bytes() for path in sorted(_SEEDS.glob(f"{name}-*")))


def words(*names: str) -> tuple[bytes, ...]:
    """Words of formats."""
    listed = (line for name in names for line in (_SEEDS / f"{name}.words").read_bytes().split(b"\n"))
    return tuple(filter(None, listed))


@lru_cache(1)
def folder() -> Path:
    """Where files lie while they are read."""
    return Path(tempfile.mkdtemp(prefix="orgmap-fuzz-"))


def small() -> Document:
    """A map that has one of everything."""
    document = org(
        "ana <> ben, ben > cy, ana ^ ben, cy needs dov, ana > cy",
        modules={"Sales": "ana ben", "Łódź": "ben cy"},
        levels={"ana": 1, "ben": 2},
        title="Größe",
        purpose="Bread by seven",
    )
    ana = replace(document.nodes[NodeId("ana")], x=10.0, y=-5.5, knows=("a;b", "pay"), extra={"shoe": 38})
    frame = Frame(x=0, y=0, width=9, height=9)
    module = replace(document.modules[ModuleId("Sales")], lead=NodeId("ana"), frame=frame)
    first = next(iter(document.links.values()))
    channel = next(iter(document.channels))
    link = replace(first, per_week=2.5, minutes=10.0, purpose="prices", channel=channel)
    note, said = StickyId("s1"), RemarkId("r1")
    return replace(
        document,
        nodes={**document.nodes, ana.id: ana},
        modules={**document.modules, module.id: module},
        links={**document.links, link.id: link},
        stickies={note: StickyNote(id=note, text="Look", x=1, y=2, width=100, height=50)},
        remarks={said: Remark(id=said, code="bottleneck", about=("ana",), note="known")},
    )


# -- workbooks


def _members(data: bytes) -> Parts:
    try:
        return unpacked(data)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return {}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


ZIP = Wrap(_members, _packed)


def books() -> tuple[bytes, ...]:
    """Workbooks of another program, of ours, and one with odd cells; without what nobody reads."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = made.add_worksheet("Staff")
        for at, cells in enumerate((("id", "name", "since", "level", "new"), (7, "Ana", 45_352.4, 1, True))):
            sheet.write_row(at, 0, cells)
        sheet.write_datetime(2, 2, datetime(2024, 3, 1, 9, 30), day)
        sheet.write_formula(2, 3, "=1+1", None, 2)
        sheet.merge_range(3, 0, 5, 0, "8")
        made.add_worksheet("Old").hide()
    links = row("from", "to", "channel") + row("ana", "ben", "chat") + row("ben", "cy")
    links += (
        '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4"><f>A1</f></c></row>'
    )
    listed = (stream.getvalue(), workbook_writer.encoded(small()), xlsx({"a": links, "b": row("x")}))
    return tuple(_packed({n: c for n, c in _members(each).items() if _counts(n)}) for each in listed)


def _counts(name: str) -> bool:
    return "theme" not in name and not name.startswith("docProps")


def open_documents() -> tuple[bytes, ...]:
    """Workbooks as LibreOffice writes them."""
    named = '<table:table-cell office:value-type="'
    span = "<table:covered-table-cell/>" + cell("cy", number_columns_repeated="2")
    dated = f'{named}date" office:date-value="2024-03-01"><text:p>1.3.</text:p></table:table-cell>'
    timed = f'{named}time" office:time-value="PT36H00M00S"/>'
    number = f'{named}float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>'
    hidden = '<style:style style:name="h" style:family="table">'
    hidden += '<style:table-properties table:display="false"/></style:style>'
    ends = cell("from") + cell("to")
    return (
        ods(ods_table("L", ends, cell("ana", number_rows_spanned="2") + cell("ben"), span)),
        ods(ods_table("P", cell("name") + cell("since"), cell("ana") + dated, cell("ben") + timed + number)),
        ods(ods_table("A", ends, cell("a") + cell("b")) + ods_table("O", cell("x"), style="h"), hidden),
    )


# -- what the program keeps


def journals() -> tuple[bytes, ...]:
    """Journals of a map that was saved and of one that was not."""
    made: list[bytes] = []
    document = small()
    first = edits.add_node(document, "New", (0.0, 1.0))[0]
    changes = (first, edits.set_fields(document.apply(first), ["ana"], notes="x", level=3))
    for away, path in ((0, None), (2, folder() / "plan.orgmap")):
        digest = None if path is None else "0" * 64
        head = journal.Head(lineage="one", path=path, digest=digest, away=away, at=AT)
        writer = journal.Writer(folder() / "made", head, document)
        for number, change in enumerate(changes, 1):
            writer.add(change, away + number, AT)
            writer.mark(number)
            writer.mark(number, "f" * 64)
        writer.close(remove=False)
        made.append(writer.path.read_bytes())
    return tuple(made)


def _lines(data: bytes) -> Parts:
    return {"": b"\n".join(line.partition(b" ")[2] for line in data.split(b"\n")[:-1])}


def _checked(parts: Mapping[str, bytes]) -> bytes:
    return b"".join(b"%08x %b\n" % (zlib.crc32(line), line) for line in parts[""].split(b"\n"))


JOURNAL = Wrap(_lines, _checked)


def locks() -> tuple[bytes, ...]:
    """A lock file of another machine, and one of nobody."""
    said = {"orgmap": "lock", "user": "ana", "host": "elsewhere", "pid": 12, "since": AT.isoformat()}
    return tuple(json.dumps({**said, **more}).encode() for more in ({}, {"host": "", "pid": 0}))


def kept() -> tuple[bytes, ...]:
    """Two versions of a map."""
    from orgmap.model.tally import tally

    place, document = folder() / "kept", small()
    versions.keep(place, PLAN, native.encoded(OPEN), OPEN, AT)
    versions.keep(place, PLAN, native.encoded(document), document, AT, tally(difference(OPEN, document)))
    return tuple(each.file.read_bytes() for each in versions.kept(place, PLAN))


def _head_and_body(data: bytes) -> Parts:
    try:
        head, _, body = gzip.decompress(data).partition(b"\n")
    except (OSError, EOFError, zlib.error):
        return {}
    return {"head": head, "body": body}


def _version_of(parts: Mapping[str, bytes]) -> bytes:
    head, body = parts.get("head", b""), parts.get("body", b"")
    with contextlib.suppress(ValueError, TypeError, RecursionError):  # spoilt too far to put anything in
        head = json.dumps({**json.loads(head), "digest": hashlib.sha256(body).hexdigest()}).encode()
    return gzip.compress(head + b"\n" + body, 1, mtime=0)


VERSION = Wrap(_head_and_body, _version_of)


def clips() -> tuple[bytes, ...]:
    """What is on the clipboard after copying all of a map, and one person."""
    document = small()
    chosen = ([*document.nodes, *document.stickies], ["ben"])
    return tuple(fragments.encoded(model_fragments.taken(document, ids)) for ids in chosen)
