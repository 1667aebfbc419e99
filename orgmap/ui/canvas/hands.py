"""Mouse, wheel and touchpad over the canvas: which gesture begins, and what the pointer is over."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputDevice,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.model.entities import LinkId, ModuleId, NodeId, StickyId
from orgmap.ui.canvas.dragging import Drag
from orgmap.ui.canvas.gestures import ENDS, NODE, Gesture, Hit, Pointer, hit
from orgmap.ui.canvas.linking import Linking
from orgmap.ui.canvas.menu import ContextMenu
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.notes import Notes
from orgmap.ui.canvas.pulling import HANDLE, MoveEnd, PullLink, paint_ends
from orgmap.ui.canvas.signs import paint_chevron
from orgmap.ui.canvas.sizing import Resize, cursor_of
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.tools import Band, Click, DrawFrame, Fold, Pan, Put, PutNote, put_person
from orgmap.ui.canvas.verbs import Verbs

WHEEL_NOTCH = 120.0  # eighths of a degree
ZOOM_PER_NOTCH = 1.2
_SHOWN = {"rim", "tab", "chevron"}  # parts over which something of its own is painted
_MAKES = Put | PutNote | DrawFrame  # a tool that makes something is laid down after it


class Hands:
    """What the pointer does on one canvas. `wheel_zooms`: does the wheel of a mouse zoom, or scroll?"""

    def __init__(
        self,
        stage: Stage,
        naming: Naming,
        notes: Notes,
        verbs: Verbs,
        linking: Linking,
        menu: ContextMenu,
        host: QWidget,
    ) -> None:
        self._stage = stage
        self._naming = naming
        self._notes = notes
        self._verbs = verbs
        self._linking = linking
        self._menu = menu
        self._host = host
        self._pointer = Pointer(0.0, 0.0, 0.0, 0.0)
        self._under = Hit("ground")
        self._over = False
        self._space = False
        self.gesture: Gesture | None = None
        self.wheel_zooms = True

    def pressed(self, event: QMouseEvent) -> None:
        """Begin the gesture that belongs to what is pressed."""
        at = self._pointed(event.position(), event.modifiers())
        under = hit(self._stage, at)
        event.accept()
        if self._linking.active and event.button() is Qt.MouseButton.LeftButton:
            if under.id is not None and under.part in ENDS:
                self._linking.to(NodeId(under.id))
                return
            self._linking.cancel()
        self._naming.leave()
        self._notes.leave()
        self._host.setFocus(Qt.FocusReason.MouseFocusReason)
        self._stage.show_keyboard(False)
        self.cancel()
        self.gesture = self._chosen(event, hit(self._stage, at))
        if self.gesture is not None:
            self._host.setCursor(self.gesture.cursor)
            self.gesture.press(at)

    def moved(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or see what the pointer is over."""
        at = self._pointed(event.position(), event.modifiers())
        event.accept()
        if self.gesture is not None:
            self.gesture.move(at)
        else:
            self._hover(at)

    def released(self, event: QMouseEvent) -> None:
        """The gesture takes effect; a tool that makes something is laid down after it."""
        gesture, self.gesture = self.gesture, None
        at = self._pointed(event.position(), event.modifiers())
        event.accept()
        if gesture is not None:
            gesture.move(at)
            gesture.release(at)
            if isinstance(gesture, _MAKES):
                self._stage.set_tool("select")
            elif isinstance(gesture, PullLink) and not gesture.moving and self._stage.tool == "link":
                self._linking.start([gesture.source])
        self._hover(at)
        self._host.update()

    def double_clicked(self, event: QMouseEvent) -> None:
        """Rename a node or module, open a link, write on a note, put a person on the ground."""
        if event.button() is not Qt.MouseButton.LeftButton or self._stage.tool != "select":
            self.pressed(event)
            return
        at = self._pointed(event.position(), event.modifiers())
        under = hit(self._stage, at)
        self.cancel()
        event.accept()
        if self._stage.locked:
            return
        if under.id is None or under.part in ("inside", "picture"):
            put_person(self._stage, self._naming, at)
        elif under.part == "link":
            self._stage.select([under.id])
            self._stage.link_opened.emit(under.id)
        elif under.part in ("note", "grip") and under.id in self._stage.document.stickies:
            self._stage.select([under.id], focus=under.id)
            self._notes.edit(StickyId(under.id))
        elif under.part in ENDS:
            self._enter(under, at)

    def _enter(self, under: Hit, at: Pointer) -> None:
        """Rename a node or an open module, open a collapsed one; a quick drag still drags."""
        key = under.id or ""
        module = self._stage.document.modules.get(ModuleId(key))
        if under.part == "chevron":
            return  # the first click has done it
        self._stage.select([key], focus=key)
        if module is not None and module.collapsed:
            self._verbs.collapse(False)
            return
        self.gesture = Drag(self._stage, self._naming, key)
        self.gesture.press(at)
        self._naming.rename(NodeId(key))

    def wheeled(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with a mouse, pan with two fingers; Ctrl always zooms."""
        stage, pixels, notches = self._stage, event.pixelDelta(), event.angleDelta()
        fingers = event.device() is not None and event.device().type() is QInputDevice.DeviceType.TouchPad
        fingers = fingers or event.phase() is not Qt.ScrollPhase.NoScrollPhase
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        event.accept()
        if ctrl or (self.wheel_zooms and not fingers):
            turned = (notches.y() or notches.x()) / WHEEL_NOTCH
            at = event.position()
            stage.look(stage.camera.zoomed(ZOOM_PER_NOTCH**turned, at.x(), at.y()))
            return
        way = pixels if not pixels.isNull() else notches
        dx, dy = way.x(), way.y()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
            dx, dy = dy, 0
        stage.look(stage.camera.panned(dx, dy))

    def asked(self, event: QContextMenuEvent) -> None:
        """The menu of what lies there; by key, of what is selected."""
        event.accept()
        if self.gesture is not None:
            return
        self._naming.leave()
        self._notes.leave()
        at = self._pointed(QPointF(event.pos()), Qt.KeyboardModifier.NoModifier)
        under, where = hit(self._stage, at), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            under, where = self._under_keyboard()
        self._menu.open(under, at, where)

    @property
    def pointer(self) -> QPointF | None:
        """The pixel the pointer is at; None while it is elsewhere."""
        return QPointF(self._pointer.x, self._pointer.y) if self._over else None

    def left(self) -> None:
        """The pointer is over nothing any more."""
        self._over = False
        self._stage.pointed = None
        if self.gesture is None:
            self._under = Hit("ground")
            self._stage.hover(None)

    def hold_space(self, held: bool) -> None:
        """While Space is held, the left button pans."""
        self._space = held
        if self.gesture is None:
            self._shape()

    def modifiers(self, held: Qt.KeyboardModifier) -> None:
        """Shift and Alt alter a gesture at once, without a movement of the pointer."""
        if self.gesture is not None:
            self.gesture.move(self._pointed(QPointF(self._pointer.x, self._pointer.y), held))

    def cancel(self) -> bool:
        """End the gesture under way as if it had not begun; False if there was none."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._shape()
        self._host.update()
        return True

    def told(self, at: QPoint) -> str:
        """The id of what a tooltip at this pixel is about, "" for the ground."""
        under = hit(self._stage, self._pointed(QPointF(at), Qt.KeyboardModifier.NoModifier))
        return under.id if under.id is not None and under.part != "inside" else ""

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The dot one pulls a link from, and what the gesture shows."""
        stage, node = self._stage, self._under.id
        if self.gesture is not None:
            self.gesture.paint(painter, theme)
        elif self._under.part == "rim" and node in stage.scene.nodes.index:
            at = stage.scene.rim_point(NodeId(node), self._pointer.map_x, self._pointer.map_y)
            painter.setPen(QPen(theme["panel"], 1.5))
            painter.setBrush(theme["accent"])
            painter.drawEllipse(stage.camera.to_screen(at.x(), at.y()), HANDLE, HANDLE)
        if self.gesture is None:
            paint_ends(painter, stage, theme)
            if self._under.part in ("tab", "chevron") and node is not None and not stage.locked:
                paint_chevron(painter, stage, theme, ModuleId(node), lit=self._under.part == "chevron")

    def _chosen(self, event: QMouseEvent, under: Hit) -> Gesture | None:
        """The gesture for a button and what lies under it, with the tool in hand."""
        stage = self._stage
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and self._space):
            return Pan(stage)
        if not left:
            return None
        if stage.locked:
            return Click(stage, under.id) if under.id and under.part != "inside" else Pan(stage, click=True)
        if under.id is not None:
            found = self._of_thing(under, under.id)
            if found is not None:
                return found
        match stage.tool:
            case "module":
                return DrawFrame(stage, self._verbs)
            case "person":
                return Put(stage, self._naming)
            case "note":
                return PutNote(stage, self._notes)
        return Band(stage)

    def _of_thing(self, under: Hit, key: str) -> Gesture | None:
        """The gesture for what lies under the pointer; None if the tool in hand goes over it."""
        stage, tool = self._stage, self._stage.tool
        drawing = tool in ("module", "note", "person")
        match under.part:
            case "grip" if tool == "select":
                return Resize(stage, key, under.side)
            case "picture" if tool == "select":
                return Resize(stage, key, "")
            case "note" if tool == "select":
                return Drag(stage, self._naming, key)
            case "end" if tool in ("select", "link"):
                return MoveEnd(stage, self._verbs, LinkId(key), under.side)
            case "link" if not drawing:
                return Click(stage, key)
            case "chevron" if not drawing:
                return Fold(stage, self._verbs, ModuleId(key))
        if under.part == "rim" or (tool == "link" and under.part in ENDS):
            return PullLink(stage, self._naming, self._verbs, NodeId(key))
        if under.part in ENDS and (not drawing or tool == "person" or under.part in NODE):
            return Drag(stage, self._naming, key)
        return None

    def _under_keyboard(self) -> tuple[Hit, QPoint]:
        """What the keyboard is on, and the global pixel where its menu opens."""
        stage, host = self._stage, self._host
        key = stage.focused if stage.focused in stage.selection else next(iter(stage.selection), None)
        middle = QPointF(stage.camera.x, stage.camera.y)
        if key is not None:
            middle = stage.extent([key]).center()
        spot = stage.camera.to_screen(middle.x(), middle.y()).toPoint()
        where = host.mapToGlobal(spot if host.rect().contains(spot) else host.rect().center())
        if key is None:
            return Hit("ground"), where
        if key in stage.document.links:
            return Hit("link", key), where
        if key in stage.document.stickies or key in stage.document.backdrops:
            return Hit("note" if key in stage.document.stickies else "picture", key), where
        return Hit("node" if key in stage.document.nodes else "tab", key), where

    def _hover(self, at: Pointer) -> None:
        under, before = hit(self._stage, at), self._under
        self._under = under
        self._stage.hover(under.id if under.part not in ("inside", "picture") else None)
        if under.part == "rim" or (under != before and _SHOWN & {under.part, before.part}):
            self._host.update()
        self._shape()

    def _shape(self) -> None:
        """The pointer says what a press would do."""
        shape = Qt.CursorShape.ArrowCursor
        if self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._stage.locked:
            pass
        elif self._under.part in ("rim", "end") or self._stage.tool != "select":
            shape = Qt.CursorShape.CrossCursor
        elif self._under.part == "grip":
            shape = cursor_of(self._under.side)
        elif self._under.part == "chevron":
            shape = Qt.CursorShape.PointingHandCursor
        elif self._under.part in ("tab", "border", "picture"):
            shape = Qt.CursorShape.SizeAllCursor
        if self._host.cursor().shape() is not shape:
            self._host.setCursor(shape)

    def _pointed(self, at: QPointF, held: Qt.KeyboardModifier) -> Pointer:
        self._over = True
        place = self._stage.camera.to_map(at.x(), at.y())
        self._stage.pointed = (place.x(), place.y())
        self._pointer = Pointer(
            at.x(),
            at.y(),
            place.x(),
            place.y(),
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
        )
        return self._pointer
