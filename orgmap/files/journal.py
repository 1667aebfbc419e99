"""What was edited since the last save, on the disk within a second: the way back after a crash.

A journal is a file of lines, each the checksum of a JSON object and the object: who it is of (`Head`),
the map before the first edit, then the edits. It is only ever added to, so whatever cuts it off, all
lines before the cut hold. It is held (`claims.Hold`) as long as its window lives; a journal nobody
holds was left by a crash. See `docs/format.md`, "The journal".
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from orgmap.errors import OrgmapError, ReadError
from orgmap.files import disk, native
from orgmap.files.changes import patch, patched
from orgmap.files.claims import Hold, hold
from orgmap.files.plain import Wrong
from orgmap.i18n import text
from orgmap.model.document import Change, Document

VERSION = 1
SUFFIX = ".journal"
MOST = 20  # journals left by crashes that are kept; the oldest go first
MOST_BYTES = 512 * 1024 * 1024

_TOO_MUCH = (OverflowError, RecursionError)  # numbers without end, lists within lists

_NO_BASE = text("journal", "The map these edits belong to cannot be found any more.")
_NO_JOURNAL = text("journal", "This is not the journal of a map.")
_NEWER = text("journal", "This journal was made with a newer orgmap.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose edits these are. `path`, `digest`: the file they come after; None if never saved.

    `lineage` is the same for all journals of one window and map; `away`: how many edits `base` is
    ahead of the file. `hidden`: were names hidden in that window?
    """

    lineage: str
    path: Path | None
    digest: str | None
    away: int
    at: datetime
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """A map as a journal has it: `away` edits newer than the file, last edited at `at`.

    `head` is as things stood in the end.
    """

    document: Document
    head: Head
    away: int
    at: datetime
    sources: tuple[Path, ...]  # journals that may go once the map is safe elsewhere
    saves: Mapping[str, int] = field(default_factory=dict)  # digest of a file written: edits after it

    def beyond_file(self) -> Restored | None:
        """This, as it stands to its file now; None if it holds nothing that the file does not hold.

        A crash may come after a save and before the journal heard of it.
        """
        head = self.head
        if head.path is None:
            found = self.document
            return self if found.nodes or found.modules or found.stickies else None
        try:
            data = disk.read_bytes(head.path)
            digest = digest_of(data)
            if digest in self.saves:
                after = self.saves[digest]
                return replace(self, head=replace(head, digest=digest), away=after) if after else None
            return self if native.read(data, head.path).document != self.document else None
        except OrgmapError:
            return self


class Writer:
    """Adds to one journal. Raises OSError; what was written before an error stays good."""

    def __init__(self, folder: Path, head: Head, base: Document | None = None) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1 + max((_sequence(path) for path in folder.glob(f"*{SUFFIX}")), default=0)
        while True:
            path = folder / f"{number:010d}-{secrets.token_hex(4)}{SUFFIX}"
            held = hold(path)
            if held is not None:
                break
        self._hold: Hold = held
        self._sound = 0  # bytes that are known to be whole lines
        self.grown = 0  # bytes since the last base
        self.has_base = base is not None
        try:
            self._add(_lines(_head(head), *([_base(base)] if base is not None else ())))
            self.grown = 0
        except OSError:
            self.close(remove=True)
            raise
        with contextlib.suppress(OSError):
            disk.Disk().flush_folder(folder)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._hold.path

    def add_base(self, base: Document) -> None:
        """The map before the first edit; until it is here, the user's file has to serve."""
        self._add(_lines(_base(base)))
        self.has_base = True
        self.grown = 0

    def add(self, change: Change, away: int, at: datetime) -> None:
        """What was edited, and how far the map now is ahead of its file."""
        self._add(_lines({"change": patch(change), "away": away, "at": at.isoformat()}))

    def mark(self, number: int, digest: str | None = None) -> None:
        """The map as it is now goes to its file; later, with the same number, as these bytes."""
        self._add(_lines({"save": number} | ({} if digest is None else {"digest": digest})))

    def hide_names(self, hidden: bool) -> None:
        """Names are hidden in the window from here on, or shown again."""
        self._add(_lines({"hidden": hidden}))

    def close(self, *, remove: bool) -> None:
        """End; the journal stays for the next start, or goes."""
        self._hold.release(remove=remove)

    def _add(self, data: bytes) -> None:
        descriptor = self._hold.descriptor
        try:
            os.lseek(descriptor, self._sound, os.SEEK_SET)
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, self._sound)
            raise
        self._sound += len(data)
        self.grown += len(data)


def restored(path: Path) -> Restored:
    """The map in a journal, up to its last whole line. Raises ReadError."""
    name = disk.shown(path)
    records = _records(disk.read_bytes(path, MOST_BYTES))
    try:
        head = _read_head(next(records, {}), name)
        rest = list(records)
        found = next((each["base"] for each in rest if "base" in each), None)
        document = _base_of(head, found, path)
        away, at, edits = head.away, head.at, 0
        marks: dict[int, int] = {}
        saves: dict[str, int] = {}
        for each in rest:
            if "save" in each:
                number = int(each["save"])
                if "digest" in each:
                    saves[str(each["digest"])] = marks.get(number, 0)
                else:
                    marks[number] = edits
            elif "change" in each:
                try:
                    document = patched(document, native.cleaned(each["change"]))
                except (Wrong, ValueError, KeyError, TypeError, AttributeError, *_TOO_MUCH):
                    break  # what comes before it holds
                edits += max(abs(int(each["away"]) - away), 1)
                away, at = int(each["away"]), datetime.fromisoformat(each["at"])
            elif "hidden" in each:
                head = replace(head, hidden=each["hidden"] is True)
    except (ValueError, KeyError, TypeError, AttributeError, *_TOO_MUCH):
        raise ReadError(_NO_JOURNAL(), place=name) from None
    after = {digest: edits - before for digest, before in saves.items()}
    if edits:  # as a save would have given it back: lines may be whole and not go together
        document = native.read(native.encoded(document), path).document
    return Restored(document, head, away, at, (path,), after)


def orphans(folder: Path) -> Iterator[Restored]:
    """What readable journals hold whose window no longer lives, newest first by their names."""
    for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
        if orphaned(path):
            with contextlib.suppress(OrgmapError):
                yield restored(path)


def left_behind(folder: Path) -> list[Restored]:
    """What crashes left in `folder`, newest first, each map once; sweeps up what is of no use.

    Journals held by a window that lives are not touched. Names count, not clocks.
    """
    found: dict[str, Restored] = {}
    saved: set[str] = set()
    orphans = [path for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True) if orphaned(path)]
    for path in orphans[MOST:]:
        _remove(path)
    for path in orphans[:MOST]:
        try:
            one = restored(path)
        except OrgmapError:
            continue  # kept: another version of the program may read it
        known = found.get(one.head.lineage)
        if known is not None:
            found[one.head.lineage] = replace(known, sources=(*known.sources, path))
        elif one.head.lineage not in saved and (ahead := one.beyond_file()) is not None:
            found[one.head.lineage] = ahead
        else:
            saved.add(one.head.lineage)
            _remove(path)
    return list(found.values())


def forget(sources: tuple[Path, ...]) -> None:
    """The map is safe elsewhere, or nobody wants it: remove its journals, unless a window holds them."""
    for path in sources:
        if orphaned(path):
            _remove(path)


def digest_of(data: bytes) -> str:
    """How a file is told from what it was."""
    return hashlib.sha256(data).hexdigest()


def orphaned(path: Path) -> bool:
    """Is no window holding this journal? One that is not there is held by nobody."""
    try:
        held = hold(path, create=False)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if held is None:
        return False
    held.release(remove=False)
    return True


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sequence(path: Path) -> int:
    number = path.name.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def _lines(*records: dict[str, Any]) -> bytes:
    """Pure ASCII, so that whatever a name holds, a line is a line."""
    words = (json.dumps(each, separators=(",", ":"), allow_nan=False).encode() for each in records)
    return b"".join(b"%08x %b\n" % (zlib.crc32(data), data) for data in words)


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    """The objects of all whole lines up to the first that is not."""
    for line in data.split(b"\n")[:-1]:
        mark, _, words = line.partition(b" ")
        try:
            if int(mark, 16) != zlib.crc32(words):
                return
            found = json.loads(words)
        except (ValueError, RecursionError):
            return
        if not isinstance(found, dict):
            return
        yield found


def _head(head: Head) -> dict[str, Any]:
    return {
        "orgmap-journal": VERSION,
        "lineage": head.lineage,
        "path": None if head.path is None else str(head.path),
        "digest": head.digest,
        "away": head.away,
        "at": head.at.isoformat(),
    } | ({"hidden": True} if head.hidden else {})


def _read_head(plain: dict[str, Any], name: str) -> Head:
    if plain.get("orgmap-journal", 0) > VERSION:
        raise ReadError(_NEWER(), place=name)
    path = plain["path"]
    return Head(
        lineage=str(plain["lineage"]),
        path=None if path is None else Path(path),
        digest=plain["digest"],
        away=int(plain["away"]),
        at=datetime.fromisoformat(plain["at"]),
        hidden=plain.get("hidden") is True,
    )


def _base(document: Document) -> dict[str, Any]:
    return {"base": native.encoded(document).decode()}


def _base_of(head: Head, found: str | None, path: Path) -> Document:
    """The map before the first edit: from the journal, else the file or the version before it."""
    if found is not None:
        return native.read(found.encode(), path).document
    for place in (head.path, head.path and disk.previous_version(head.path)):
        if place is not None and head.digest is not None:
            with contextlib.suppress(OrgmapError):
                data = disk.read_bytes(place)
                if digest_of(data) == head.digest:
                    return native.read(data, place).document
    raise ReadError(_NO_BASE(), place=disk.shown(path))
