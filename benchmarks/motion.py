"""Frames of the real canvas in motion: a mouse event is sent, and the widget painted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks.canvas_rival import ItemView
from benchmarks.timing import Case, case, talk
from orgmap.drawing.camera import Camera
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session

WIDTH, HEIGHT = 1600, 1000
FRAMES = 60  # of a movement; the first is left out, it is that of the press
RIVALS = 9  # frames of the rival, which are all alike
REST = 0.4  # seconds after which all is surely sharp
MIDDLE = QPoint(WIDTH // 2, HEIGHT // 2)
ITEMS = "an item per person and link"
Look = Callable[[int], tuple[float, float, float]]  # magnification and way in pixels of a frame
LEFT, MIDDLE_BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton


class Canvas:
    """A shown canvas of 1600 x 1000 and a hand that moves over it."""

    def __init__(self, document: Document) -> None:
        self.session = Session()
        self.view = CanvasView(self.session, theme("light"))
        self.view.resize(WIDTH, HEIGHT)
        self.session.open(document)
        self.view.show()
        self.rest()

    def rest(self) -> None:
        """Let everything come to rest."""
        until = time.perf_counter() + REST
        while time.perf_counter() < until:
            QApplication.processEvents()

    def framed(self, act: Callable[[], object]) -> float:
        """Milliseconds from an event until the widget is painted; slices between frames do not count."""
        QApplication.processEvents()
        start = time.perf_counter()
        act()
        self.view.repaint()
        return (time.perf_counter() - start) * 1_000

    def mouse(
        self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton = NONE, held: Qt.MouseButton = NONE
    ) -> None:
        """Send what a mouse would."""
        spot, none = QPointF(at), Qt.KeyboardModifier.NoModifier
        where = QPointF(self.view.mapToGlobal(at))
        QApplication.sendEvent(self.view, QMouseEvent(kind, spot, where, button, held, none))

    def wheel(self, up: bool) -> None:
        """Turn the wheel by a notch, with Ctrl: that zooms."""
        at, where = QPointF(MIDDLE), QPointF(self.view.mapToGlobal(MIDDLE))
        angle, phase = QPoint(0, 120 if up else -120), Qt.ScrollPhase.NoScrollPhase
        held = Qt.KeyboardModifier.ControlModifier
        event = QWheelEvent(at, where, QPoint(), angle, NONE, held, phase, False)
        QApplication.sendEvent(self.view, event)

    def moved(self, button: Qt.MouseButton, start: QPoint, step: QPoint) -> list[float]:
        """The times of frames while a button is held and the pointer moves there and back again."""
        times: list[float] = []
        gc.collect()
        self.mouse(QEvent.Type.MouseButtonPress, start, button, button)
        for turn in range(FRAMES + 1):
            at = start + step * (turn if turn <= FRAMES // 2 else FRAMES - turn) + QPoint(4, 4)
            times.append(self.framed(partial(self.mouse, QEvent.Type.MouseMove, at, NONE, button)))
        self.mouse(QEvent.Type.MouseButtonRelease, at, button)
        self.rest()
        return times[1:]


def cases(document: Document, rival: ItemView) -> Iterator[Case]:
    """Panned, zoomed and dragged on, the map whole and at 100 %."""
    canvas = Canvas(document)
    people, links = len(document.nodes), talk(document)

    def told(name: str, times: list[float], look: Look | None = None) -> Case:
        if look is None:
            return case(name, people, links, times)
        theirs = [_seen(rival, *look(turn)) for turn in range(1, RIVALS + 1)]
        rival.look(1.0, 0.0, 0.0)
        return case(name, people, links, times, rival=(ITEMS, theirs))

    someone = list(document.nodes.values())[people // 2]
    close = Camera(1.0, someone.x or 0.0, someone.y or 0.0, WIDTH, HEIGHT)
    for where, camera in (("whole", canvas.view.camera), ("at 100 %", close)):
        canvas.view.set_camera(camera)
        canvas.rest()
        own = where == "whole"  # what the rival shows
        times = canvas.moved(MIDDLE_BUTTON, MIDDLE, QPoint(12, 7))
        yield told(f"panning, {where}", times, _panned if own else None)
        canvas.view.set_camera(camera)
        canvas.rest()
        times = [canvas.framed(partial(canvas.wheel, turn % 20 < 10)) for turn in range(FRAMES)]
        yield told(f"zooming, {where}", times, _zoomed if own else None)
        start = time.perf_counter()
        while canvas.view.moving:
            QApplication.processEvents()
        canvas.view.repaint()
        sharp = (time.perf_counter() - start) * 1_000
        yield case(f"sharp after zooming, {where}", people, links, [sharp])
        canvas.view.set_camera(camera)
        canvas.rest()
        at = canvas.view.camera.to_screen(someone.x or 0.0, someone.y or 0.0).toPoint()
        yield told(f"dragging a person, {where}", canvas.moved(LEFT, at, QPoint(3, 2)))
        canvas.session.undo()
    canvas.view.close()


def _panned(turn: int) -> tuple[float, float, float]:
    return 1.0, 12.0 * turn, 7.0


def _zoomed(turn: int) -> tuple[float, float, float]:
    return 1.0 + 0.2 * turn, 0.0, 0.0


def _seen(rival: ItemView, scale: float, dx: float, dy: float) -> float:
    """Milliseconds that the rival takes for a frame of another view."""
    gc.collect()
    start = time.perf_counter()
    rival.look(scale, dx, dy)
    rival.frame()
    return (time.perf_counter() - start) * 1_000
