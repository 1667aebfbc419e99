"""Giving things other edges by their corners: notes, pictures behind the map, empty frames."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, text
from orgmap.model import edits, scenery
from orgmap.model.entities import Frame
from orgmap.ui.canvas.gestures import Gesture, Pointer, paint_rectangle
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import who

_CURSORS = {
    "left": Qt.CursorShape.SizeHorCursor,
    "right": Qt.CursorShape.SizeHorCursor,
    "top": Qt.CursorShape.SizeVerCursor,
    "bottom": Qt.CursorShape.SizeVerCursor,
    "top-left": Qt.CursorShape.SizeFDiagCursor,
    "bottom-right": Qt.CursorShape.SizeFDiagCursor,
    "top-right": Qt.CursorShape.SizeBDiagCursor,
    "bottom-left": Qt.CursorShape.SizeBDiagCursor,
}

RESIZE = text("undo", "Resize {what}")
_MOVE_PICTURE = text("undo", "Move the background picture")


def cursor_of(side: str) -> Qt.CursorShape:
    """The pointer over a grip."""
    return _CURSORS.get(side, Qt.CursorShape.SizeAllCursor)


class Resize(Gesture):
    """Moves the edges named in `side`, such as "bottom-right"; the others stay.

    A picture keeps its proportions unless Shift is held; with no side at all the whole is moved.
    """

    def __init__(self, stage: Stage, any_id: str, side: str) -> None:
        super().__init__(stage)
        self._id = any_id
        self._side = side
        self.cursor = cursor_of(side)
        self._from = self._standing()
        self._to = self._from

    def press(self, at: Pointer) -> None:
        """What is resized is selected."""
        super().press(at)
        self._before = self.stage.selection
        self.stage.select([self._id])

    def drag(self, at: Pointer) -> None:
        """Show the new edges."""
        self._to = self._wanted(at)
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """One step of undo."""
        if not self.moving:
            return
        to = self._wanted(at)
        document = self.stage.document
        if not self._side:
            by = {self._id: (to.x() - self._from.x(), to.y() - self._from.y())}
            self.stage.edit(_MOVE_PICTURE(), edits.shift(document, by))
            return
        frame = Frame(x=to.x(), y=to.y(), width=to.width(), height=to.height())
        self.stage.edit(self._label(), scenery.resize(document, self._id, frame))

    def cancel(self) -> None:
        """It stays as it was."""
        self.stage.select(self._before)

    def alive(self) -> bool:
        """Is it still there, as it was when taken?"""
        return self.stage.exists(self._id) and self._standing() == self._from

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The outline it will have."""
        if self.moving:
            corner = self.stage.camera.to_screen(self._to.x(), self._to.y())
            paint_rectangle(painter, theme, QRectF(corner, self._to.size() * self.stage.camera.scale))

    def _standing(self) -> QRectF:
        return QRectF(self.stage.scene.rect_of([self._id]))

    def _wanted(self, at: Pointer) -> QRectF:
        dx, dy = at.map_x - self.start.map_x, at.map_y - self.start.map_y
        old = self._from
        if not self._side:
            return old.translated(dx, dy)
        left, top, right, bottom = old.left(), old.top(), old.right(), old.bottom()
        wide, high = self._least()
        sides = self._side.split("-")
        if "left" in sides:
            left = min(left + dx, right - wide)
        if "right" in sides:
            right = max(right + dx, left + wide)
        if "top" in sides:
            top = min(top + dy, bottom - high)
        if "bottom" in sides:
            bottom = max(bottom + dy, top + high)
        if self._id in self.stage.document.backdrops and not at.shift:
            scale = max((right - left) / old.width(), (bottom - top) / old.height())
            width, height = old.width() * scale, old.height() * scale
            left = right - width if "left" in sides else left
            top = bottom - height if "top" in sides else top
            return QRectF(left, top, width, height)
        return QRectF(left, top, right - left, bottom - top)

    def _least(self) -> tuple[float, float]:
        document = self.stage.document
        if self._id in document.stickies:
            return scenery.LEAST_NOTE
        return scenery.LEAST_PICTURE if self._id in document.backdrops else scenery.LEAST_FRAME

    def _label(self) -> Said:
        return RESIZE(what=who(self.stage.document, [self._id]))
