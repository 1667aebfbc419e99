"""The last ten versions of each map, kept at each save in the user's own state folder.

A version is one compressed file, private: a line of JSON that says when and what changed, then the
native file as it was, byte for byte. Nothing here ever touches the map itself. A list belongs to the
path of a map. A map that turns up elsewhere, renamed, copied or saved under another name, is known by
its bytes and takes the list along (`carried`); from there on each has its own.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orgmap.errors import ReadError
from orgmap.files import disk, native
from orgmap.i18n import text
from orgmap.model.document import TABLES, Document
from orgmap.model.query import counts
from orgmap.model.tally import Count, Tally

MOST = 10  # versions of one map, besides the one that stands in the file
MOST_BYTES = 64 * 1024 * 1024  # of one map, compressed; a map of 5,000 people takes about half a megabyte
MOST_OF_ALL = 512 * 1024 * 1024
SUFFIX = ".orgmap.gz"
_HEAD = 65_536  # bytes within which the first line ends; a path may have 4,096 signs of up to 12 bytes
_BROKEN = (
    *(OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError),
    *(OverflowError, RecursionError),
)

_DAMAGED = text("versions", "This version is damaged and cannot be read.")


@dataclass(frozen=True, slots=True)
class Version:
    """One of them. `tally`: what differs from the version before, None if that was not known."""

    file: Path
    digest: str
    at: datetime
    people: int
    links: int
    tally: Tally | None

    @property
    def number(self) -> int:
        """Versions of a map are counted from 1; clocks go wrong."""
        return _number(self.file)


def keep(
    folder: Path, path: Path, data: bytes, document: Document, at: datetime, tally: Tally | None = None
) -> None:
    """Keep these bytes, which are `document`, as the newest version of the map at `path`.

    The same bytes as the newest are not kept twice. Raises OSError, with nothing half written.
    """
    own = folder / _key(path)
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256(data).hexdigest()
    files = _files(own)
    if files and files[-1].name.endswith(f"-{digest[:16]}{SUFFIX}"):
        return
    number = _number(files[-1]) + 1 if files else 1
    people, _, links = counts(document)
    head = {
        "orgmap-version": 1,
        "digest": digest,
        "path": os.path.realpath(path),
        "at": at.isoformat(timespec="seconds"),
        "people": people,
        "links": links,
        "tally": None if tally is None else _plain(tally),
    }
    _put(own / f"{number:08d}-{digest[:16]}{SUFFIX}", head, data)
    _thin(folder, own)


def _put(target: Path, head: Mapping[str, Any], data: bytes) -> None:
    """Write one version, whole or not at all. Raises OSError."""
    whole = gzip.compress(json.dumps(head).encode() + b"\n" + data, compresslevel=3, mtime=0)
    part = target.with_suffix(".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(whole)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def kept(folder: Path, path: Path) -> list[Version]:
    """The versions of the map at `path`, newest first. What cannot be read is left out."""
    found = (_version(file) for file in reversed(_files(folder / _key(path))))
    return [version for version in found if version is not None]


def carried(folder: Path, path: Path, digest: str) -> None:
    """If the map at `path` has no list yet, let it have that of the map that had these bytes.

    A list whose map is no longer where it was moves; else its files are shared, which costs next to no
    room. From then on it is known as that of the map at `path`. Raises OSError.
    """
    own = folder / _key(path)
    if _files(own) or not folder.is_dir():
        return
    others = sorted((each for each in folder.iterdir() if each.is_dir()), key=_touched, reverse=True)
    for other in others:
        files = _files(other)
        at = next((n for n, file in enumerate(files) if _is_of(file, digest)), None)
        if at == len(files) - 1 and _left(files[-1]):
            with contextlib.suppress(OSError):
                own.rmdir()
            other.replace(own)
            _sign(own / files[-1].name, path)
            return
        if at is not None:
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
            for file in files[: at + 1]:
                disk.Disk().keep(file, own / file.name)
            _sign(own / files[at].name, path)
            return


def _sign(newest: Path, path: Path) -> None:
    """Write into the newest version of a list whose it is now, so that it moves again when that moves.

    Raises OSError.
    """
    try:
        data = gzip.decompress(disk.read_bytes(newest, MOST_BYTES)).partition(b"\n")[2]
        head = _head(newest) | {"path": os.path.realpath(path)}
    except (ReadError, *_BROKEN):
        return  # it stays as it is
    _put(newest, head, data)


def load(version: Version) -> Document:
    """The map as it was then. Raises ReadError."""
    name = disk.shown(version.file)
    try:
        data = gzip.decompress(disk.read_bytes(version.file, MOST_BYTES)).partition(b"\n")[2]
    except (OSError, EOFError, zlib.error):
        raise ReadError(_DAMAGED(), place=name) from None
    if hashlib.sha256(data).hexdigest() != version.digest:
        raise ReadError(_DAMAGED(), place=name)
    return native.read(data, version.file).document


def forget(folder: Path, path: Path) -> None:
    """Remove all versions of one map."""
    for file in _files(folder / _key(path)):
        _remove(file)


def _is_of(file: Path, digest: str) -> bool:
    if not file.name.endswith(f"-{digest[:16]}{SUFFIX}"):
        return False
    version = _version(file)
    return version is not None and version.digest == digest


def _left(file: Path) -> bool:
    """Is the map of this version no longer where it was saved, though its folder is there?

    A list that does not say that it is of the file it lies there for stays.
    """
    try:
        path = Path(_head(file)["path"])
        return _key(path) == file.parent.name and path.parent.is_dir() and not path.exists()
    except _BROKEN:
        return False


def _head(file: Path) -> dict[str, Any]:
    """What the first line says. Raises one of `_BROKEN`."""
    with gzip.open(file) as stream:
        found = json.loads(stream.readline(_HEAD))
    if not isinstance(found, dict):
        raise TypeError
    return found


def _version(file: Path) -> Version | None:
    try:
        head = _head(file)
        return Version(
            file=file,
            digest=str(head["digest"]),
            at=datetime.fromisoformat(head["at"]).astimezone(UTC),
            people=int(head["people"]),
            links=int(head["links"]),
            tally=None if head["tally"] is None else _tally(head["tally"]),
        )
    except _BROKEN:
        return None


def _plain(tally: Tally) -> dict[str, Any]:
    return {"about": tally.about} | {table: asdict(count) for table, count in tally.counts.items()}


def _tally(plain: Mapping[str, Any]) -> Tally:
    found = {
        table: Count(**{key: int(n) for key, n in count.items()})
        for table, count in plain.items()
        if table in TABLES
    }
    return Tally(found, bool(plain["about"]))


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]


def _files(own: Path) -> list[Path]:
    """Oldest first."""
    try:
        return sorted(path for path in own.iterdir() if path.name.endswith(SUFFIX) and _number(path))
    except OSError:
        return []


def _number(file: Path) -> int:
    digits = file.name.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _thin(folder: Path, own: Path) -> None:
    """Drop the oldest beyond what one map may have, then the stalest maps beyond what all may have."""
    files = _files(own)
    while len(files) > MOST + 1 or (len(files) > 1 and sum(map(_size, files)) > MOST_BYTES):
        _remove(files.pop(0))
    others = sorted((each for each in folder.iterdir() if each != own and each.is_dir()), key=_touched)
    sizes = {each: sum(map(_size, _files(each))) for each in (own, *others)}
    while others and sum(sizes.values()) > MOST_OF_ALL:
        stale = others.pop(0)
        for file in _files(stale):
            _remove(file)
        with contextlib.suppress(OSError):
            stale.rmdir()
        del sizes[stale]


def _size(file: Path) -> int:
    with contextlib.suppress(OSError):
        return file.stat().st_size
    return 0


def _touched(folder: Path) -> float:
    with contextlib.suppress(OSError):
        return folder.stat().st_mtime
    return 0.0


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
