"""The report of a bug: where in the code it happened, and nothing of what was on the map."""

from __future__ import annotations

import hashlib
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from orgmap import __version__

MOST_REPORTS = 20  # older ones are removed, so that a bug in a loop does not fill the disk
_LIBRARIES = ("PySide6-Essentials", "networkx", "nx-rustworkx", "numpy", "scipy", "pyqtgraph")

_saved: dict[bytes, Path] = {}  # the reports of this run, by a hash of what they say


def crash_folder() -> Path:
    """Where reports are kept. It may not exist."""
    return user_state_path("orgmap", appauthor=False) / "crashes"


def report_of(error: BaseException, doing: str = "") -> str:
    """The report as text: versions, kinds of error and places in the code.

    The message of an error and the values of variables can hold names of people, so neither is
    in it; `doing` is a word of ours, such as the name of the command.
    """
    lines = [
        f"orgmap {__version__}, Python {platform.python_version()}, {platform.platform()}",
        ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
        f"while: {doing}" if doing else "",
        "",
    ]
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
    now = datetime.now(tz=UTC)
    folder = crash_folder()
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    words = report_of(error, doing)
    mark = hashlib.sha256(words.encode("utf-8", "replace")).digest()
    before = _saved.get(mark)
    if before is not None and before.parent == folder and before.is_file():
        return before
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        _saved[mark] = path
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
    """The path below the folder it was imported from: the start of it may name a person."""
    path = Path(filename)
    for root in sorted(sys.path, key=len, reverse=True):
        if root and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
