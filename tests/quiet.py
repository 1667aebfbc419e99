"""Whether a process, or one that it starts, asks for a network: every connection is refused and noted."""

from __future__ import annotations

import os
from pathlib import Path

from tests.program import ROOT

_LOG = "connections.log"
_HOOK = """
import atexit, os, sys

_ASKED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request", "webbrowser.open",
)


def _note(words):
    with open(os.environ["ORGMAP_TEST_LOG"], "a", encoding="utf-8") as log:
        log.write(words + "\\n")


def _asked(event, given):
    if event == "socket.__new__" and given[1] not in (-1, 1):  # 1: within this machine
        _note(f"{event} {given!r}")
        raise OSError("this test has no network")
    if event in _ASKED and not isinstance(given[-1], (str, bytes)):  # a path leads to a process beside
        _note(f"{event} {given!r}")
        raise OSError("this test has no network")


def _left():
    loaded = " ".join(sys.modules)
    if os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps", encoding="utf-8") as maps:
            loaded += maps.read()
    if "QtNetwork" in loaded or "Qt6Network" in loaded:
        _note("Qt's network is loaded")


_note("begun")
sys.addaudithook(_asked)
atexit.register(_left)
"""


def watched(folder: Path) -> dict[str, str]:
    """What the environment of a process needs so that it is watched; notes are kept in `folder`."""
    place = folder / "watching"
    place.mkdir()
    (place / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join((str(place), str(ROOT))), "ORGMAP_TEST_LOG": str(folder / _LOG)}


def noted(folder: Path) -> list[str]:
    """One "begun" for each process, and what any of them asked for."""
    log = folder / _LOG
    return log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
