"""The program, started once more with the maps that were open: a fresh process, nothing asked.

What was not saved lies in journals, which are reopened; what was saved is opened by its name.
"""

from __future__ import annotations

import os
import site
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orgmap

REOPEN = "ORGMAP_REOPEN"  # in the environment of the new process: journals and copies, one a line
HIDE = "ORGMAP_HIDE_NAMES"  # as well: files whose names stay hidden, one a line


@dataclass(frozen=True, slots=True)
class Work:
    """What to open again: files that hold everything, and where lies what they do not hold.

    `hidden`: those of the files whose names were hidden.
    """

    files: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = ()


def start(work: Work) -> None:
    """Start it, on its own feet. Raises OSError."""
    apart = {"creationflags": 0x8} if sys.platform == "win32" else {"start_new_session": True}
    subprocess.Popen(
        [*command(), *map(str, work.files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # whoever reads ours waits for its end
        stderr=subprocess.DEVNULL,
        env=environment(work, os.environ),
        **apart,
    )


def command() -> list[str]:
    """How this program is called; never by what lies in the folder one happens to be in."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "orgmap"]


def environment(work: Work, now: Mapping[str, str]) -> dict[str, str]:
    """That of the new process."""
    lists = {REOPEN: work.kept, HIDE: work.hidden}
    told = dict(now) | {key: "\n".join(map(str, paths)) for key, paths in lists.items()}
    home = str(Path(orgmap.__file__).parent.parent)
    if home not in {*site.getsitepackages(), site.getusersitepackages()}:  # run from a checkout
        told["PYTHONPATH"] = os.pathsep.join(filter(None, (home, now.get("PYTHONPATH"))))
    return told


def reopened() -> tuple[Path, ...]:
    """What this process was started to reopen; asked once."""
    return _told(REOPEN)


def hidden() -> tuple[Path, ...]:
    """Which of the files it was started with are to be opened without names; asked once."""
    return _told(HIDE)


def work_of(files: Mapping[Path, bool], kept: Sequence[Path]) -> Work:
    """As it is handed over. `files`: are their names hidden?"""
    return Work(tuple(files), tuple(kept), tuple(path for path, hidden in files.items() if hidden))


def _told(key: str) -> tuple[Path, ...]:
    return tuple(Path(line) for line in os.environ.pop(key, "").split("\n") if line)
