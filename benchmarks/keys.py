"""From a key press to the drawn change, in the whole window, while the analysis works beside it."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.timing import Case, case, organization, talk
from orgmap.analysis import worker
from orgmap.drawing.camera import Camera
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings

WIDTH, HEIGHT = 1600, 1000
SIZES = ((200, 1_400), (1_000, 7_000), (5_000, 35_000))
PRESSES = 15
BETWEEN = 0.06  # seconds between two presses: the worker hears of each
SETTLED = 2.0
NONE = Qt.KeyboardModifier.NoModifier


class Desk:
    """A window with a map, its worker running, and a hand on the keys."""

    def __init__(self, folder: Path, document: Document) -> None:
        self.window = MainWindow(Settings(folder / "settings.ini"), theme("light"), worker.main)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.window.activateWindow()
        start = time.perf_counter()
        self.window.session.open(document)
        self.opened = (time.perf_counter() - start) * 1_000
        self.canvas = self.window.room.canvas
        self.window.room.analyst.start()
        self.wait(SETTLED)

    def wait(self, seconds: float) -> float:
        """Let the event loop turn; the longest turn in milliseconds."""
        until, longest = time.perf_counter() + seconds, 0.0
        while (start := time.perf_counter()) < until:
            QApplication.processEvents()
            longest = max(longest, time.perf_counter() - start)
        return longest * 1_000

    def acted(self, act: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds from a press until all that shows the change is painted, and of the processor in
        this process."""
        revision = self.window.session.revision
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        act()
        QApplication.sendPostedEvents()
        took = (time.perf_counter() - start) * 1_000, (time.process_time() - used) * 1_000
        assert self.window.session.revision > revision, "nothing was edited"
        return took

    @property
    def field(self) -> QWidget:
        """The field in which one types."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, at: QWidget | None = None) -> None:
        """A key on the canvas, or on a field."""
        QTest.keyClick(at or self.canvas, key, held)

    def close(self) -> None:
        """End the worker and the window, asking nobody."""
        self.window.room.analyst.close()
        self.window.session.open(Document())
        self.window.close()
        self.window.deleteLater()


def run(people: int | None, links: int | None, pictures: Path | None = None) -> Iterator[Case]:
    """All cases for one size, or for the usual ones."""
    del pictures  # nothing is compared
    application = QApplication.instance() or QApplication(["benchmark", "-platform", "offscreen"])
    for size in SIZES if people is None or links is None else ((people, links),):
        with tempfile.TemporaryDirectory() as folder:
            yield from _cases(Path(folder), organization(*size))
    application.processEvents()


def _cases(folder: Path, document: Document) -> Iterator[Case]:
    desk = Desk(folder, document)
    people, links = len(document.nodes), talk(document)
    desk.window.room.analyst.restart()
    stall = desk.wait(SETTLED)
    yield case("longest turn while the map is sent and judged", people, links, [stall])
    someone = list(document.nodes.values())[people // 2]
    for where, camera in (("whole", None), ("at 100 %", Camera(1.0, someone.x or 0.0, someone.y or 0.0))):
        if camera is not None:
            desk.canvas.set_camera(camera)
            desk.wait(SETTLED / 4)
        for name, key, select in _keys(desk):
            yield from _pressed(desk, f"{name}, {where}", key, select)
        yield _named(desk, where)
        yield _typed(desk, where)
    desk.close()


def _pressed(desk: Desk, name: str, key: Qt.Key, select: Callable[[int], str]) -> Iterator[Case]:
    """A key on one thing after the other, and each time undone."""
    done: list[tuple[float, float]] = []
    undone: list[tuple[float, float]] = []
    for turn in range(PRESSES):
        desk.canvas.set_selection([select(turn)])
        desk.canvas.setFocus()
        desk.wait(BETWEEN)
        done.append(desk.acted(partial(desk.press, key)))
        desk.wait(BETWEEN)
        undone.append(desk.acted(desk.window.session.undo))
    yield _told(desk, name, done)
    yield _told(desk, f"{name}: undone", undone)


def _named(desk: Desk, where: str) -> Case:
    """A person renamed: from Enter in the field."""
    nodes, times = list(desk.window.session.document.nodes), []
    for turn in range(PRESSES):
        desk.canvas.set_selection([nodes[len(nodes) // 2 + turn]])
        desk.canvas.setFocus()
        desk.press(Qt.Key.Key_F2)
        desk.wait(BETWEEN)
        field = desk.field
        QTest.keyClicks(field, f"Anna {turn}")
        desk.wait(BETWEEN)
        times.append(desk.acted(partial(desk.press, Qt.Key.Key_Return, NONE, field)))
    return _told(desk, f"a person renamed, {where}", times)


def _typed(desk: Desk, where: str) -> Case:
    """A line in the entry that makes a person with a link: from Enter."""
    names, times = [node.name for node in desk.window.session.document.nodes.values()], []
    desk.canvas.entry.open()
    for turn in range(PRESSES):
        desk.wait(BETWEEN)
        field = desk.field
        QTest.keyClicks(field, f"{names[turn]} > Newcomer {len(where)} {turn}: chat daily")
        desk.wait(BETWEEN)
        times.append(desk.acted(partial(desk.press, Qt.Key.Key_Return, NONE, field)))
    desk.canvas.setFocus()
    return _told(desk, f"a linked person typed, {where}", times)


def _told(desk: Desk, name: str, times: list[tuple[float, float]]) -> Case:
    """The first is left out: it makes what later ones find."""
    document = desk.window.session.document
    wall, cpu = zip(*times[1:], strict=True)
    return case(name, len(document.nodes), talk(document), list(wall), cpu=list(cpu))


def _keys(desk: Desk) -> Iterator[tuple[str, Qt.Key, Callable[[int], str]]]:
    """What is pressed, and on what: always something else, in view or not."""
    document = desk.window.session.document
    nodes = list(document.nodes)
    lines = [link.id for link in document.links.values() if link.kind is LinkKind.TALKS]
    yield "a line made two-way (B)", Qt.Key.Key_B, lambda turn: lines[turn * 7]
    yield "a line turned round (R)", Qt.Key.Key_R, lambda turn: lines[turn * 7 + 1]
    yield "a channel (1)", Qt.Key.Key_1, lambda turn: lines[turn * 7 + 2]
    yield "a person nudged (arrow)", Qt.Key.Key_Right, lambda turn: nodes[len(nodes) // 2 + turn]
    yield "a person deleted", Qt.Key.Key_Delete, lambda turn: nodes[len(nodes) // 2 + 20 + turn]
