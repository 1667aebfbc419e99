"""The report of a bug: where in the code it happened, and nothing of what was on the map.

Where the system ends the process (a mistake inside a library, an abort), Python notes at the last moment
where it was (`Fatal`); the next start makes a report of that, so that no path with the name of a
user in it is left (`fatal_report`).
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import os
import platform
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from orgmap import __version__

MOST_REPORTS = 20  # older ones are removed, so that a bug in a loop does not fill the disk
_LIBRARIES = ("PySide6-Essentials", "networkx", "nx-rustworkx", "numpy", "scipy", "pyqtgraph")

_NOTES = "ending-*.note"
_DEATH = re.compile(r"^(?:Fatal Python error|Windows fatal exception): ([A-Za-z ]+)")
_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (\S+)')
_THREAD = re.compile(r"^(Current thread|Thread) ")

_saved: dict[bytes, Path] = {}  # the reports of this run, by a hash of what they say


def crash_folder() -> Path:
    """Where reports are kept. It may not exist."""
    return user_state_path("orgmap", appauthor=False) / "crashes"


def report_of(error: BaseException, doing: str = "") -> str:
    """The report as text: versions, kinds of error and places in the code.

    The message of an error and the values of variables can hold names of people, so neither is
    in it; `doing` is a word of ours, such as the name of the command.
    """
    lines = _head(doing)
    at: BaseException | None = error
    while at is not None:
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        lines += [
            f"  {_place(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(at.__traceback__)
        ]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
        if at is not None:
            lines.append("which came from")
    return "\n".join(lines) + "\n"


def save_report(error: BaseException, doing: str = "") -> Path | None:
    """Write the report and answer where it lies; None if it cannot be written anywhere.

    The same error at the same place has one report in a run: the fifteenth says no more than the first.
    """
    folder = crash_folder()
    words = report_of(error, doing)
    mark = hashlib.sha256(words.encode("utf-8", "replace")).digest()
    before = _saved.get(mark)
    if before is not None and before.parent == folder and before.is_file():
        return before
    path = _written(words)
    if path is not None:
        _saved[mark] = path
    return path


class Fatal:
    """As long as this is open, Python notes where it was if the system ends the process."""

    def __init__(self) -> None:
        self._before = faulthandler.is_enabled()
        self._path = crash_folder() / f"ending-{os.getpid()}-{time.time_ns()}.note"
        self._stream = None
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("wb")
            _held(self._stream.fileno())
            faulthandler.enable(self._stream)

    def close(self) -> None:
        """The program ends by itself."""
        if self._stream is None:
            return
        faulthandler.disable()
        if self._before:
            faulthandler.enable()
        self._stream.close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def fatal_report() -> Path | None:
    """Make reports of the notes that processes left at their end; the newest, None if there is none."""
    newest = None
    for note in sorted(crash_folder().glob(_NOTES)):
        try:
            with note.open("rb") as stream:
                over = _held(stream.fileno())
                words = stream.read().decode("utf-8", "replace")
            if over is not False and words:
                newest = _written(_fatal(words)) or newest
            if over or (over is None and words):
                note.unlink()  # on Windows that is refused as long as the process has it open
        except OSError:
            continue
    return newest


def _held(descriptor: int) -> bool | None:
    """Hold a note until it is closed; False if its process does, None where nobody can tell.

    The system lets go of it when the process ends, however that ends and whoever gets its number next.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return None
    return True


def _fatal(note: str) -> str:
    """Only kinds of ends and places in the code."""
    lines = _head("window")
    for line in note.splitlines():
        if found := _DEATH.match(line):
            lines.append(found[1])
        elif found := _FRAME.match(line):
            lines.append(f"  {_place(found[1])}:{found[2]} in {found[3]}")
        elif found := _THREAD.match(line):
            lines.append(f"{found[1].lower()}, the last call first")
    return "\n".join(lines) + "\n"


def _head(doing: str) -> list[str]:
    return [
        f"orgmap {__version__}, Python {platform.python_version()}, {platform.platform()}",
        ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
        f"while: {doing}" if doing else "",
        "",
    ]


def _written(words: str) -> Path | None:
    """Where the report lies; None if it cannot be written anywhere."""
    now = datetime.now(tz=UTC)
    folder = crash_folder()
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-MOST_REPORTS]:
            old.unlink()
    except OSError:
        return path if path.is_file() else None
    return path


def _version(name: str) -> str:
    from importlib import metadata  # a fiftieth of a second that no start should pay

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _place(filename: str) -> str:
    """The path below the folder it was imported from: the start of it may name a person.

    What was imported from nowhere known, or from so far up that names would be left, is its last part.
    """
    path = Path(filename)
    ours = str(Path(__file__).parent.parent)  # also where a program was begun by its folder alone
    for root in sorted((*sys.path, ours), key=len, reverse=True):
        if root and path.is_relative_to(root):
            below = path.relative_to(root)
            return below.as_posix() if below.parts[0] in _tops() else path.name
    return path.name


def _tops() -> frozenset[str]:
    """What a path in a report may begin with: modules that were imported, by their first names."""
    names = {name.partition(".")[0] for name in list(sys.modules)}
    return frozenset(names | {f"{name}.py" for name in names})
