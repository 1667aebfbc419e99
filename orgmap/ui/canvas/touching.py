"""Fingers on a screen or a touchpad: one works as the mouse, two pan and zoom.

One that is held still opens the menu when it is lifted.

Nothing that two fingers began is left to the one that stays: it has to be lifted first.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QEventPoint,
    QGuiApplication,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from orgmap.ui.canvas.hands import Hands
from orgmap.ui.canvas.stage import Stage

TREMBLE = 10.0  # pixels a finger may move and still tap
NEAR = 28.0  # pixels between the taps of a double tap
CLOSEST = 24.0  # pixels between two fingers below which their distance says nothing

_TOUCH = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class Touch(QObject):
    """The fingers over one canvas."""

    def __init__(self, stage: Stage, hands: Hands, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._hands = hands
        self._host = host
        self._working = False  # does one finger work as the mouse?
        self._still = False  # has it stayed where it was put?
        self._asking = False  # has it been held so long that a menu is wanted?
        self._start = QPointF()
        self._two: tuple[QPointF, float] | None = None  # their middle and distance, pixels
        self._tapped: tuple[int, QPointF] | None = None  # when and where the last tap was
        self._held = QTimer(self)
        self._held.setSingleShot(True)
        self._held.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self._held.timeout.connect(self.wait_is_over)
        host.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        host.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take an event that is about fingers; False for any other."""
        if isinstance(event, QNativeGestureEvent):
            return self._pinched(event)
        if event.type() not in _TOUCH or not isinstance(event, QTouchEvent):
            return False
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._stop()
            return True
        lifted = QEventPoint.State.Released
        down = [point for point in event.points() if point.state() is not lifted]
        if len(down) >= 2:
            self._pan(down)
        elif event.type() is QEvent.Type.TouchBegin:
            self._put(event, down[0] if down else event.points()[0])
        elif down and self._working:
            self._move(down[0])
        elif not down:
            self._lift(event)
        else:
            self._two = None
        return True

    def _put(self, event: QTouchEvent, point: QEventPoint) -> None:
        at = point.position()
        self._working = self._still = True
        self._asking = False
        self._start = at
        self._two = None
        twice = self._tapped is not None and self._again(event, at)
        self._tapped = None
        kind = QEvent.Type.MouseButtonDblClick if twice else QEvent.Type.MouseButtonPress
        mouse = self._mouse(kind, at, Qt.MouseButton.LeftButton)
        if twice:
            self._hands.double_clicked(mouse)
        else:
            self._hands.pressed(mouse)
            self._held.start()

    def _move(self, point: QEventPoint) -> None:
        at = point.position()
        if self._still and hypot(at.x() - self._start.x(), at.y() - self._start.y()) <= TREMBLE:
            return
        self._still = False
        self._held.stop()
        self._hands.moved(self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton))

    def _lift(self, event: QTouchEvent) -> None:
        self._held.stop()
        self._two = None
        if self._asking:
            self._asking = False
            spot, reason = self._start.toPoint(), QContextMenuEvent.Reason.Other
            self._hands.asked(QContextMenuEvent(reason, spot, self._host.mapToGlobal(spot)))
            return
        if self._working:
            at = self._start if self._still else event.points()[0].position()
            if self._still:
                self._tapped = (event.timestamp(), at)
            self._hands.released(self._mouse(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton))
        self._working = self._still = False
        self._hands.left()

    def _pan(self, points: Sequence[QEventPoint]) -> None:
        """What lies between two fingers stays between them."""
        self._asking = False
        if self._working:
            self._stop()
        one, other = points[0].position(), points[1].position()
        middle, apart = (one + other) * 0.5, max(hypot(one.x() - other.x(), one.y() - other.y()), CLOSEST)
        if self._two is not None:
            before, was = self._two
            camera = self._stage.camera.panned(middle.x() - before.x(), middle.y() - before.y())
            self._stage.look(camera.zoomed(apart / was, middle.x(), middle.y()))
        self._two = (middle, apart)

    def _pinched(self, event: QNativeGestureEvent) -> bool:
        """Two fingers apart or together on a touchpad."""
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        at = event.position()
        self._stage.look(self._stage.camera.zoomed(1.0 + event.value(), at.x(), at.y()))
        return True

    def wait_is_over(self) -> None:
        """A finger held still asks what can be done there; the answer comes when it is lifted, since
        a menu that opens below a finger would close with it.
        """
        if self._working and self._still:
            self._stop()
            self._asking = True

    def _stop(self) -> None:
        """What one finger began is as if it had not been."""
        self._held.stop()
        self._working = self._still = False
        self._two = None
        self._hands.cancel()

    def _again(self, event: QTouchEvent, at: QPointF) -> bool:
        when, where = self._tapped or (0, at)
        soon = event.timestamp() - when <= QGuiApplication.styleHints().mouseDoubleClickInterval()
        return soon and hypot(at.x() - where.x(), at.y() - where.y()) <= NEAR

    def _mouse(self, kind: QEvent.Type, at: QPointF, down: Qt.MouseButton) -> QMouseEvent:
        moving = kind is QEvent.Type.MouseMove
        own = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
        held = QGuiApplication.keyboardModifiers()
        return QMouseEvent(kind, at, QPointF(self._host.mapToGlobal(at)), own, down, held)
