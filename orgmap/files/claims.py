"""Who has a file open: a claim that the system itself lets go when its process ends, however it ends.

A `Hold` is a lock of the system on one file. A claim on a map is a hold on a small file beside it,
`.NAME.lock`, that says who it is, so that others, also on another machine, can be told.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orgmap.files.disk import MOST_NAME
from orgmap.files.mending import clean

_MOST = 4_096  # bytes read of a lock file; ours have two hundred
_UNSURE = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)  # file systems without locks


class Hold:
    """An open file that nobody else can hold. It ends with `release` or with the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor

    def __del__(self) -> None:
        """Nobody knows of it any more, as when opening was called off."""
        self.release(remove=False)

    def release(self, *, remove: bool) -> None:
        """Let go, and take the file away."""
        if self.descriptor < 0:
            return
        descriptor, self.descriptor = self.descriptor, -1
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):  # while it is still held: nobody takes it in between
                self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.close(descriptor)
        if remove and sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def hold(path: Path, *, create: bool = True) -> Hold | None:
    """Hold the file, private if it is made; None if somebody holds it. Raises OSError."""
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    while True:
        descriptor = os.open(path, flags | (os.O_CREAT if create else 0), 0o600)
        try:
            if not _locked(descriptor):
                os.close(descriptor)
                return None
            if _same(path, descriptor):
                return Hold(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # taken away between opening and locking


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a map open. `since` is as their clock had it; `ours` is another window of this process."""

    user: str
    host: str
    pid: int
    since: datetime | None
    ours: bool = False

    @property
    def here(self) -> bool:
        """Is it on this machine?"""
        return self.host == _host()


class InUse(Exception):  # noqa: N818 - it is a question, not an error
    """Somebody has the map open."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(path, holder)
        self.path = path
        self.holder = holder


def claim_file(path: Path) -> Path:
    """The lock file of a map: hidden, beside it. A name too long is cut and told by its hash."""
    real = Path(os.path.realpath(path))
    raw = os.fsencode(real.name)
    if len(raw) + 6 <= MOST_NAME:
        return real.with_name(f".{real.name}.lock")
    mark = hashlib.sha256(raw).hexdigest()[:8]
    return real.with_name(f".{raw[: MOST_NAME - 20].decode('utf-8', 'ignore')}-{mark}.lock")


def claim(path: Path, *, anyway: bool = False) -> Hold | None:
    """Say that the map is open here; None where no lock file can be written. Raises InUse.

    A claim whose process is gone is taken over, and so is a lock file that holds nothing sensible.
    One from another machine cannot be tested from here: it counts, unless `anyway`.
    """
    beside = claim_file(path)
    try:
        before = _read(beside)
        taken = hold(beside)
        if taken is None:
            now = _read(beside) or before or Holder("", _host(), 0, None)
            raise InUse(path, now)
        if before is not None and not before.here and not anyway:
            taken.release(remove=False)
            raise InUse(path, before)
        _write(taken)
    except OSError as error:
        if error.errno in _UNSURE and not anyway and before is not None and _alive(before):
            raise InUse(path, before) from None
        return None
    return taken


def _read(beside: Path) -> Holder | None:
    try:
        with beside.open("rb") as stream:
            said = json.loads(stream.read(_MOST))
        since = datetime.fromisoformat(said["since"])
        pid, host = int(said["pid"]), str(said["host"])
        ours = pid == os.getpid() and host == _host()
        return Holder(clean(str(said["user"])[:80]), clean(host[:80]), pid, since, ours)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _write(taken: Hold) -> None:
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    said = {"orgmap": "lock", "user": _user(), "host": _host(), "pid": os.getpid(), "since": now}
    data = (json.dumps(said) + "\n").encode()
    os.ftruncate(taken.descriptor, 0)
    os.lseek(taken.descriptor, 0, os.SEEK_SET)
    os.write(taken.descriptor, data)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchmod(taken.descriptor, 0o644)  # colleagues who share the folder may read who it is


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        return ""


def _host() -> str:
    return socket.gethostname()


def _alive(holder: Holder) -> bool:
    """Is its process there? Only asked where the file system has no locks."""
    if not holder.here:
        return True
    if sys.platform == "win32":
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _same(path: Path, descriptor: int) -> bool:
    """Is the file that was locked still the one with this name?"""
    if sys.platform == "win32":
        return True  # an open file cannot be taken away there
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # beyond the end, where a lock keeps nobody from reading

    def _locked(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
