"""Bytes from and to the disk: nothing half read, nothing half written.

A file is replaced only when its successor stands complete beside it and has been read back. The
version that was there before is kept as `NAME.bak` in the same folder (`previous_version`).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from orgmap.errors import OrgmapError, ReadError, WriteError
from orgmap.i18n import Said, text

MOST_BYTES = 256 * 1024 * 1024  # largest file read; a map of 5,000 people and 35,000 links has 5 MB
MOST_NAME = 255  # bytes of a file name, on every file system in use
_CHUNK = 1 << 20
_LEFTOVER = re.compile(r"\.orgmap-[0-9a-f]{16}\.(part|old)")
_GRACE = 3_600.0  # seconds
_ACCESS_LIST = "system.posix_acl_access"

_NOT_FOUND = text("files", "There is no such file.")
_NO_FOLDER = text("files", "The folder of this file is not there.")
_NOT_INTO = text("files", "The folder {folder} is not there.")
_FOLDER = text("files", "This is a folder, not a file.")
_DEVICE = text("files", "This is a device or a pipe, not a file.")
_TOO_BIG = text("files", "The file has {size} MB; more than {most} MB cannot be read.")
_DENIED = text("files", "Reading this file is not permitted.")
_NO_WRITING = text("files", "Writing here is not permitted.")
_LOCKED = text("files", "The file is write-protected.")
_FULL = text("files", "The disk is full.")
_LARGE = text("files", "The file is larger than this disk or this account may hold.")
_LOOP = text("files", "The links of this path lead round in a ring.")
_LONG = text("files", "The name or the path is too long.")
_NAME = text("files", "A file cannot have this name.")
_SHORT = text("files", "The disk took less than was written.")
_DIFFERS = text("files", "What was written reads back differently; the disk may be failing.")
_CHANGED = text("files", "The file changed while it was being read.")
_SYSTEM = text("files", "The system says: {reason}.")
_ELSEWHERE = text("files", "Nothing was changed. Save it in another place.")
_AGAIN = text("files", "Try again.")
_NO_PREVIOUS = text("files", "It was saved, but the version before it could not be kept ({reason}).")

_WORDS = {
    errno.ENOENT: _NOT_FOUND,
    errno.EISDIR: _FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _LARGE,
    errno.ELOOP: _LOOP,
    errno.ENAMETOOLONG: _LONG,
}
_WINDOWS_NAMES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}"
    for port in ("com", "lpt")
    for number in "123456789\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
}


class Disk:
    """The calls a save makes, one method each, so that a test can let any of them fail."""

    def create(self, path: Path, mode: int) -> int:
        """A new file for writing; its descriptor."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """How many bytes the system took."""
        return os.write(descriptor, data)

    def flush(self, descriptor: int) -> None:
        """Wait until the bytes are on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close the file."""
        os.close(descriptor)

    def set_owner(self, path: Path, like: Path) -> None:
        """Give the file the owner and the group of the one it replaces, or the group alone."""
        if sys.platform != "win32":
            wanted, found = like.stat(), path.stat()
            if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
                try:
                    os.chown(path, wanted.st_uid, wanted.st_gid)
                except PermissionError:
                    os.chown(path, -1, wanted.st_gid)

    def set_mode(self, path: Path, mode: int) -> None:
        """Give the file the permissions of the one it replaces."""
        path.chmod(mode)

    def set_marks(self, path: Path, like: Path) -> None:
        """Give the file the access list and the labels of the one it replaces."""
        if sys.platform == "linux":
            for name in os.listxattr(like):
                if name == _ACCESS_LIST or name.startswith("user."):
                    os.setxattr(path, name, os.getxattr(like, name))

    def read(self, path: Path) -> bytes:
        """What the file holds now."""
        return path.read_bytes()

    def keep(self, path: Path, copy: Path) -> None:
        """A second name for the file, or a copy where the file system has no second names."""
        try:
            os.link(path, copy)
        except OSError:
            copy.write_bytes(path.read_bytes())

    def replace(self, path: Path, target: Path) -> None:
        """Put `path` in the place of `target`, at once."""
        path.replace(target)

    def flush_folder(self, folder: Path) -> None:
        """Wait until the folder knows; Windows has no such call."""
        if sys.platform != "win32":
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def check_source(path: Path, most: int = MOST_BYTES) -> None:
    """Raise ReadError if there is no plain file at `path` of at most so many bytes; nothing is read."""
    with _in_words(path, ReadError, _DENIED()):
        found = path.stat()
        _check_plain(found.st_mode, path, ReadError)
        if found.st_size > most:
            size, limit = round(found.st_size / 1e6), round(most / 1e6)
            raise ReadError(_TOO_BIG(size=size, most=limit), place=path.name)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The whole of a plain file. Raises ReadError for anything else, before reading any of it."""
    check_source(path, most)
    with _in_words(path, ReadError, _DENIED()), path.open("rb") as stream:
        data = stream.read(most + 1)
        after = os.fstat(stream.fileno())
        if len(data) != after.st_size and after.st_size != 0:  # files of /proc claim no size at all
            raise ReadError(_CHANGED(), place=path.name, hint=_AGAIN())
        return data


def write_bytes(path: Path, data: bytes, *, previous: bool = True, disk: Disk | None = None) -> list[Said]:
    """Put `data` in the file at `path`, whole or not at all. Answers with warnings, usually none.

    A symbolic link stays and its target is written. Permissions are kept, and so are owner, group and
    access list where the system lets us. `previous` keeps what was there before under
    `previous_version(path)`. Raises WriteError, with the old file untouched.
    """
    disk = disk or Disk()
    warnings: list[Said] = []
    with _standing(path, data, disk) as (part, target):
        kept = part.with_suffix(".old")
        previous = previous and target.exists()
        try:
            if previous:
                warnings += _tried(lambda: disk.keep(target, kept))
            disk.replace(part, target)
            if previous and not warnings:
                warnings += _tried(lambda: disk.replace(kept, previous_version(target)))
        finally:
            with contextlib.suppress(OSError):
                kept.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the file is in place; some network folders refuse this
            disk.flush_folder(target.parent)
    return warnings


def write_together(files: Mapping[Path, bytes], disk: Disk | None = None) -> None:
    """Put `files` where they belong, none before all of them stand complete beside their places.

    As `write_bytes`, without versions before.
    """
    disk = disk or Disk()
    with contextlib.ExitStack() as stack:
        standing = [stack.enter_context(_standing(path, data, disk)) for path, data in files.items()]
        for part, target in standing:
            disk.replace(part, target)
        for folder in {target.parent for _, target in standing}:
            with contextlib.suppress(OSError):
                disk.flush_folder(folder)


def check_target(path: Path) -> None:
    """Raise WriteError if a file cannot be put at `path`, before any work is done for it."""
    check_name(path)
    with _in_words(path, WriteError, _NO_WRITING(), _ELSEWHERE()):
        target = _resolved(path)
        _writable(target)
        if not os.access(target.parent, os.W_OK):
            raise WriteError(_NO_WRITING(), place=shown(path), hint=_ELSEWHERE())


def previous_version(path: Path) -> Path:
    """Where the version before the last save is kept: `plan.orgmap.bak` beside `plan.orgmap`.

    A name too long for that is cut and told from others by eight letters of its hash.
    """
    raw = os.fsencode(path.name)
    if len(raw) + 4 <= MOST_NAME:
        return path.with_name(path.name + ".bak")
    mark = hashlib.sha256(raw).hexdigest()[:8]
    return path.with_name(f"{raw[: MOST_NAME - 16].decode('utf-8', 'ignore')}-{mark}.bak")


def check_name(path: Path, windows: bool = sys.platform == "win32") -> None:
    """Raise WriteError for a name no file can have; the rules of Windows only where they hold."""
    name = path.name
    bad = not name or "\0" in str(path) or name in (".", "..")
    if windows:
        stem = name.split(".")[0].strip().casefold()
        bad = bad or stem in _WINDOWS_NAMES or name != name.rstrip(". ")
        bad = bad or any(c in '<>:"|?*' or ord(c) < 32 for c in name)
    if bad:
        raise WriteError(_NAME(), place=shown(path), hint=_ELSEWHERE())
    if len(os.fsencode(name)) > MOST_NAME:
        raise WriteError(_LONG(), place=shown(path), hint=_ELSEWHERE())


def shown(path: Path) -> str:
    """The name of a file as it can be shown: one line, no invisible or half characters."""
    return _printable(path.name or str(path))


def shown_apart(paths: Iterable[Path]) -> dict[Path, str]:
    """What files that are read together are called: as `shown`, those of one name with as many of their
    folders before it as tell them apart.
    """
    whole = {path: path.absolute().parts for path in paths}
    found: dict[Path, str] = {}
    for path, parts in whole.items():
        others = {each for each in whole.values() if each != parts and each[-1:] == parts[-1:]}
        deep = next(
            (n for n in range(1, len(parts)) if all(o[-n:] != parts[-n:] for o in others)), len(parts)
        )
        found[path] = _printable("/".join(parts[-deep:])) if deep > 1 else shown(path)
    return found


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


@contextlib.contextmanager
def _standing(path: Path, data: bytes, disk: Disk) -> Iterator[tuple[Path, Path]]:
    """The data complete in a file of its own, and the one that it is to replace, beside it."""
    check_name(path)
    with _in_words(path, WriteError, _NO_WRITING(), _ELSEWHERE()):
        target = _resolved(path)
        old_mode = _writable(target)
        part = target.with_name(f".orgmap-{secrets.token_hex(8)}.part")
        _sweep(target.parent)
        try:
            _write_part(part, data, target, old_mode, disk, path)
            yield part, target
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _resolved(path: Path) -> Path:
    """Where a symbolic link leads, also when nothing stands there yet."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def _writable(target: Path) -> int | None:
    """The permissions of the file to be replaced, None if there is none yet."""
    try:
        found = target.stat()
    except FileNotFoundError:
        if not target.parent.is_dir():
            folder = _printable(str(target.parent))
            raise WriteError(_NOT_INTO(folder=folder), hint=_ELSEWHERE()) from None
        return None
    _check_plain(found.st_mode, target, WriteError)
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise WriteError(_LOCKED(), place=shown(target), hint=_ELSEWHERE())
    return stat.S_IMODE(found.st_mode)


def _write_part(part: Path, data: bytes, target: Path, mode: int | None, disk: Disk, path: Path) -> None:
    descriptor = disk.create(part, 0o666 if mode is None else 0o600)
    try:
        view = memoryview(data)
        for start in range(0, len(data), _CHUNK):
            chunk = view[start : start + _CHUNK]
            taken = disk.write(descriptor, chunk)
            if taken != len(chunk):
                disk.write(descriptor, chunk[taken:])  # a full disk says so only now
                raise WriteError(_SHORT(), place=shown(path), hint=_ELSEWHERE())
        disk.flush(descriptor)
    finally:
        disk.close(descriptor)
    if mode is not None:
        with contextlib.suppress(OSError):  # not everybody may give a file away
            disk.set_owner(part, target)
        disk.set_mode(part, mode)
        with contextlib.suppress(OSError):  # not every file system has them
            disk.set_marks(part, target)
    if disk.read(part) != data:
        raise WriteError(_DIFFERS(), place=shown(path), hint=_ELSEWHERE())


def _sweep(folder: Path) -> None:
    """Remove what a save that was killed left behind; an hour's grace for one that is still at work."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if _LEFTOVER.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _GRACE:
                Path(entry.path).unlink(missing_ok=True)


def _tried(step: Callable[[], None]) -> list[Said]:
    """Do what a save can do without."""
    try:
        step()
    except OSError as error:
        return [_NO_PREVIOUS(reason=error.strerror or str(error))]
    return []


def _check_plain(mode: int, path: Path, kind: type[OrgmapError]) -> None:
    if stat.S_ISDIR(mode):
        raise kind(_FOLDER(), place=shown(path))
    if not stat.S_ISREG(mode):
        raise kind(_DEVICE(), place=shown(path))


@contextlib.contextmanager
def _in_words(path: Path, kind: type[OrgmapError], denied: Said, hint: Said | None = None) -> Iterator[None]:
    """What the system says becomes words."""
    try:
        yield
    except OSError as error:
        message = _SYSTEM(reason=error.strerror or str(error))
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            message = denied
        elif error.errno in _WORDS:
            message = _WORDS[error.errno]()
        raise kind(message, place=shown(path), hint=hint) from error
    except ValueError as error:  # a NUL in a path
        raise kind(_NAME(), place=shown(path), hint=hint) from error
