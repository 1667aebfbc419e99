"""Does a screen reader find every person and link? Asks a real AT-SPI client, under a virtual screen.

    python -m checks.screen_reader [--tree]

Starts a session bus, Xvfb and the accessibility bus, shows a small map on the canvas in a process
of its own, and reads its tree as a screen reader does, through pyatspi of the system's Python.
Ends with 0 if every expected name is there, the focus was announced on its way over the map, and
the program was still alive afterwards; with 1 if something is missing, each thing on a line; with
2 if a tool is. `--tree` prints the whole tree.

Needs (Debian): xvfb at-spi2-core dbus-daemon dbus-x11 python3-pyatspi. Takes some ten seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from orgmap.analysis.findings import Report
    from orgmap.model.document import Document

HERE = Path(__file__).resolve()
SYSTEM_PYTHON = "/usr/bin/python3"  # pyatspi is a package of the system, not of the environment
TITLE = "Reading test"
SOCKETS = Path("/tmp/.X11-unix")
PATIENCE = 30.0  # seconds until the program has to be on the bus

EXPECTED = (
    "Map: Reading test, 4 people, 2 modules, 3 links",
    "People and modules",
    "Links",
    "Sales, module, 2 people",
    "Ana Novak, person, Sales, 2 links out, 1 in, 1 finding",
    "R&D <b>x</b>, person, Sales, 2 links out, 1 in",
    "Cy, person, Factory, 0 links out, 2 in",
    "Dov, role, 0 links out, 0 in",
    "Ana Novak and R&D <b>x</b>, both ways, face to face",
    "Ana Novak to Cy, chat, no way back",
    "R&D <b>x</b> to Cy, formal line",
    "Zoom in",
    "Zoom out",
    "Show the whole map",
    "Legend",
)
ANNOUNCED = "R&D <b>x</b>, person, Sales"  # gets the focus by Alt and an arrow


def main(arguments: list[str]) -> int:
    """Choose the part to play; see the docstring."""
    tree = "--tree" in arguments
    rest = [argument for argument in arguments if argument != "--tree"]
    match rest:
        case []:
            return run(tree=tree)
        case ["--inside", screen]:
            return inside(screen, tree=tree)
        case ["--show"]:
            return show()
        case ["--read"]:
            return read(tree=tree)
    print(__doc__)
    return 2


def run(*, tree: bool) -> int:
    """Play all parts: buses, screen, program, client."""
    missing = [tool for tool in ("dbus-run-session", "Xvfb", SYSTEM_PYTHON) if shutil.which(tool) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}")
        return 2
    taken = {path.name for path in SOCKETS.glob("X*")}
    screen = next(f":{number}" for number in range(90, 1_000) if f"X{number}" not in taken)
    command = ["dbus-run-session", "--", sys.executable, str(HERE), "--inside", screen]
    return subprocess.run([*command, *(["--tree"] if tree else [])], check=False, timeout=180).returncode


def inside(screen: str, *, tree: bool) -> int:
    """Within the session bus: start the screen, the program, and the client that reads it."""
    environment = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(HERE.parent.parent),
    }
    started: list[subprocess.Popen[bytes]] = []
    try:
        server = ["Xvfb", screen, "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        started.append(subprocess.Popen(server, stderr=subprocess.DEVNULL))
        end = time.monotonic() + PATIENCE
        while not (SOCKETS / f"X{screen[1:]}").exists() and time.monotonic() < end:
            time.sleep(0.05)
        program = subprocess.Popen([sys.executable, str(HERE), "--show"], env=environment)
        started.append(program)
        client = [SYSTEM_PYTHON, str(HERE), "--read", *(["--tree"] if tree else [])]
        result = subprocess.run(client, env=environment, check=False, timeout=4 * PATIENCE).returncode
        if program.poll() is not None:
            print(f"the program ended by itself with {program.returncode}")
            return 1
        return result
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=10)


def show() -> int:
    """The program: a canvas with a small map, whose focus walks between two people."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from orgmap.drawing.style import theme
    from orgmap.ui import theme as looks
    from orgmap.ui.canvas.view import CanvasView
    from orgmap.ui.session import Session

    app = QApplication([])
    looks.apply(app, theme("light"))
    session = Session()
    view = CanvasView(session, theme("light"))
    view.resize(1000, 700)
    document, report = _example()
    session.open(document)
    view.set_report(report)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.set_selection(["n1"])
    to_and_fro = cycle((Qt.Key.Key_Right, Qt.Key.Key_Left))

    def walk() -> None:
        QTest.keyClick(view, next(to_and_fro), Qt.KeyboardModifier.AltModifier)

    timer = QTimer()
    timer.timeout.connect(walk)
    timer.start(300)
    return app.exec()


def _example() -> tuple[Document, Report]:
    """Four people, two modules, three links, one finding."""
    from orgmap.analysis.findings import Finding, Report, Weight
    from orgmap.i18n import verbatim
    from orgmap.model.document import Document
    from orgmap.model.entities import (
        ChannelId,
        Link,
        LinkId,
        LinkKind,
        MapInfo,
        Module,
        ModuleId,
        Node,
        NodeId,
        NodeKind,
    )

    sales, factory = ModuleId("m1"), ModuleId("m2")
    ana, rnd, cy, dov = (NodeId(f"n{number}") for number in range(1, 5))
    nodes = (
        Node(id=ana, name="Ana Novak", modules=(sales,), x=-200.0, y=0.0),
        Node(id=rnd, name="R&D <b>x</b>", modules=(sales,), x=-60.0, y=0.0),
        Node(id=cy, name="Cy", modules=(factory,), x=200.0, y=140.0),
        Node(id=dov, name="Dov", kind=NodeKind.ROLE, x=0.0, y=260.0),
    )
    modules = (Module(id=sales, name="Sales"), Module(id=factory, name="Factory"))
    links = (
        Link(id=LinkId("l1"), source=ana, target=rnd, two_way=True, channel=ChannelId("face")),
        Link(id=LinkId("l2"), source=ana, target=cy, channel=ChannelId("chat")),
        Link(id=LinkId("l3"), source=rnd, target=cy, kind=LinkKind.REPORTS),
    )
    document = Document(
        info=MapInfo(title=TITLE),
        nodes={node.id: node for node in nodes},
        modules={module.id: module for module in modules},
        links={link.id: link for link in links},
        serial=100,
    )
    nothing = verbatim("")
    finding = Finding(
        code="broadcast-only",
        weight=Weight.ACT,
        severity=0.5,
        claim=nothing,
        because=nothing,
        question=nothing,
        people=(ana,),
    )
    return document, Report(links={LinkId("l2"): {"open": True}}, findings=(finding,))


def read(*, tree: bool) -> int:
    """The client, run by the system's Python: names in the tree, and what is announced."""
    import pyatspi
    from gi.repository import GLib

    heard: list[str] = []
    pyatspi.Registry.registerEventListener(
        lambda event: heard.append(event.source.name if event.detail1 else ""), "object:state-changed:focused"
    )
    context = GLib.MainContext.default()
    names: list[str] = []
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not _all(names, heard):
        context.iteration(False)
        names = [name for _, _, name in _tree(pyatspi)]
        time.sleep(0.05)
    if tree:
        for depth, role, name in _tree(pyatspi):
            print(f"{'  ' * depth}{role}: {name}")
    for name in EXPECTED:
        if name not in names:
            print(f"not in the tree: {name}")
    if not any(name.startswith(ANNOUNCED) for name in heard):
        print(f"never announced: {ANNOUNCED}; heard {heard[:6]}")
    if not _all(names, heard):
        return 1
    print(f"{len(names)} things in the tree, all {len(EXPECTED)} expected among them; the focus is announced")
    return 0


def _all(names: list[str], heard: list[str]) -> bool:
    """Is every expected name there, and was the focus announced?"""
    return set(EXPECTED) <= set(names) and any(name.startswith(ANNOUNCED) for name in heard)


def _tree(pyatspi: ModuleType) -> list[tuple[int, str, str]]:
    """Everything the programs of this desktop show: depth, role, name."""
    found: list[tuple[int, str, str]] = []
    waiting = [(0, application) for application in reversed(list(pyatspi.Registry.getDesktop(0)))]
    while waiting:
        depth, item = waiting.pop()
        if item is not None:
            found.append((depth, item.getRoleName(), item.name))
            waiting += [(depth + 1, child) for child in reversed(list(item))]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
