"""A hand over a canvas: real presses, movements and keys, at places named by what lies there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from orgmap.model import edits
from orgmap.model.document import Document, problems
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import name_of
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

Spot = str | tuple[float, float] | QPoint
Places = Mapping[str, tuple[float, float]]


def laid(document: Document, places: Places) -> Document:
    """The document with its nodes at places, map units."""
    return document.apply(edits.move(document, {NodeId(key): place for key, place in places.items()}))


class Hand:
    """Works on one canvas. A spot is the id of a node, a map point, or a pixel (QPoint)."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view
        self.session: Session = view.stage.session

    @property
    def document(self) -> Document:
        """The map as it is now, sound."""
        assert problems(self.session.document) == []
        return self.session.document

    @property
    def names(self) -> list[str]:
        """The names on the map, in its order."""
        return [node.name for node in self.document.nodes.values()]

    @property
    def lines(self) -> list[str]:
        """The links as words: "ana <> ben", "ana > ben"."""
        document = self.document
        return [
            f"{name_of(document, link.source)} {'<>' if link.two_way else '>'} "
            f"{name_of(document, link.target)}"
            for link in document.links.values()
        ]

    @property
    def steps(self) -> int:
        """How many steps undo could take back."""
        return len(self.session.history.steps[0])

    @property
    def selected(self) -> set[str]:
        """What is selected."""
        return set(self.view.selection)

    def pixel(self, spot: Spot) -> QPoint:
        """The pixel of a spot."""
        if isinstance(spot, QPoint):
            return spot
        if isinstance(spot, str):
            centre = self.view.stage.scene.centre(spot)
            assert centre is not None, f"{spot} is not drawn"
            return self.view.camera.to_screen(centre.x(), centre.y()).toPoint()
        return self.view.camera.to_screen(*spot).toPoint()

    def place(self, node: str) -> tuple[float, float]:
        """Where a node is, map units, rounded."""
        found = self.document.nodes[NodeId(node)]
        assert found.x is not None
        assert found.y is not None
        return round(found.x), round(found.y)

    def rim(self, node: str) -> QPoint:
        """A pixel on the lower right rim of a node."""
        at = self.place(node)
        point = self.view.stage.scene.rim_point(NodeId(node), at[0] + 50.0, at[1] + 50.0)
        return self.view.camera.to_screen(point.x(), point.y()).toPoint()

    def tab(self, module: str) -> QPoint:
        """A pixel on the tab of a module."""
        rect = self.view.stage.frame(ModuleId(module))
        assert rect is not None
        return self.view.camera.to_screen(rect.left() + 40, rect.top() + 14).toPoint()

    def click(self, spot: Spot, held: Qt.KeyboardModifier = NONE) -> None:
        """Press and let go, not as the second half of a double-click."""
        QTest.mouseClick(self.view, LEFT, held, self.pixel(spot))

    def double_click(self, spot: Spot) -> None:
        """A double-click, with the presses and releases it is made of."""
        at = self.pixel(spot)
        QTest.mouseClick(self.view, LEFT, NONE, at)
        self._send(QEvent.Type.MouseButtonDblClick, at, NONE, LEFT)
        self._send(QEvent.Type.MouseButtonRelease, at, NONE, LEFT)

    def press(self, spot: Spot, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """A button goes down."""
        self._send(QEvent.Type.MouseButtonPress, self.pixel(spot), held, button)

    def move(self, spot: Spot, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """The pointer moves with a button held; NoButton hovers."""
        self._send(QEvent.Type.MouseMove, self.pixel(spot), held, button)

    def release(self, spot: Spot, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """The button goes up."""
        self._send(QEvent.Type.MouseButtonRelease, self.pixel(spot), held, button)

    def drag(
        self,
        start: Spot,
        end: Spot,
        held: Qt.KeyboardModifier = NONE,
        *,
        then: Qt.KeyboardModifier | None = None,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """From one spot to another in three movements; `then`: the keys held from the first on."""
        begin, goal = self.pixel(start), self.pixel(end)
        later = held if then is None else then
        self.press(begin, held, button)
        for share in (0.2, 0.6, 1.0):
            way = QPointF(begin) + (QPointF(goal) - QPointF(begin)) * share
            self.move(way.toPoint(), later, button)
        self.release(goal, later, button)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """A key, where the focus is."""
        QTest.keyClick(self.focus, key, held)

    def type(self, words: str) -> None:
        """Letters, where the focus is."""
        QTest.keyClicks(self.focus, words)

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        return QApplication.focusWidget() or self.view

    def menu(self, spot: Spot) -> QMenu:
        """The context menu of a spot."""
        at = self.pixel(spot)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(self.view, QContextMenuEvent(reason, at, self.view.mapToGlobal(at)))
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        return found

    def choose(self, spot: Spot, *path: str) -> None:
        """Right-click, then choose an entry by the beginning of its words, through submenus."""
        menu = self.menu(spot)
        top = menu
        for words in path:
            action = next((a for a in menu.actions() if a.text().split("\t")[0].startswith(words)), None)
            assert action is not None, f"no entry {words!r} in {[a.text() for a in menu.actions()]}"
            inner = action.menu()
            if isinstance(inner, QMenu):
                menu = inner
            else:
                action.trigger()
        top.close()

    def _send(self, kind: QEvent.Type, at: QPoint, held: Qt.KeyboardModifier, button: Qt.MouseButton) -> None:
        moving = kind is QEvent.Type.MouseMove
        own = Qt.MouseButton.NoButton if moving else button
        down = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        where = QPointF(at)
        event = QMouseEvent(kind, where, QPointF(self.view.mapToGlobal(at)), own, down, held)
        QApplication.sendEvent(self.view, event)


def titled(document: Document, title: str) -> Document:
    """The document under a title."""
    return replace(document, info=replace(document.info, title=title))
