"""Small signs above the map while a gesture lasts: words at the pointer, frames lit or left."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from orgmap.drawing.camera import Camera
from orgmap.drawing.frames import CORNER
from orgmap.drawing.plain import middle_cut, shown
from orgmap.drawing.style import Theme
from orgmap.model.entities import ModuleId
from orgmap.ui.canvas.gestures import chevron
from orgmap.ui.canvas.stage import Stage

LONGEST = 48  # letters at the pointer
BESIDE = QPointF(16.0, 20.0)  # pixels from the pointer to the sign


def paint_words(painter: QPainter, theme: Theme, words: str, at: QPointF, camera: Camera) -> None:
    """Words beside the pointer, on a ground of their own and within the view."""
    said = middle_cut(shown(words), LONGEST)
    painter.save()
    face = QFont(painter.font())
    face.setWeight(QFont.Weight.Medium)
    painter.setFont(face)
    size = QFontMetricsF(face).size(0, said)
    place = QRectF(at + BESIDE, size).adjusted(0, 0, 20, 10)
    place.moveLeft(max(min(place.left(), camera.width - place.width() - 4), 4.0))
    place.moveTop(max(min(place.top(), camera.height - place.height() - 4), 4.0))
    painter.setPen(QPen(theme["accent"], 1.0))
    painter.setBrush(theme["panel"])
    painter.drawRoundedRect(place, 7, 7)
    painter.setPen(theme["text"])
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
    painter.restore()


def light_frame(painter: QPainter, stage: Stage, theme: Theme, module: str) -> None:
    """A frame that would take in what is held: an outline of 3 px and a breath of colour."""
    place = _place(stage, module)
    fill = QColor(theme["accent"])
    fill.setAlphaF(0.10)
    _outline(painter, stage, place, QPen(theme["accent"], 3.0), fill)


def pale_frame(painter: QPainter, stage: Stage, theme: Theme, module: str) -> None:
    """A frame that would be left: it pales, and its border is dashed."""
    place = _place(stage, module)
    veil = QColor(theme["ground"])
    veil.setAlphaF(0.55)
    _outline(painter, stage, place, QPen(theme["quiet"], 2.0, Qt.PenStyle.DashLine), veil)


def paint_chevron(painter: QPainter, stage: Stage, theme: Theme, module: ModuleId, *, lit: bool) -> None:
    """The sign in a tab that collapses the module, or expands it. `lit`: the pointer is on it."""
    place = chevron(stage, module)
    if place is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    if lit:
        ground = QColor(theme["accent"])
        ground.setAlphaF(0.16)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, 6, 6)
    middle, step = place.center(), place.width() / 6
    way = -1.0 if not stage.document.modules[module].collapsed else 1.0
    pen = QPen(theme["text"], 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = QPointF(middle.x(), middle.y() + way * step / 2)
    painter.drawPolyline([tip + QPointF(-step, -way * step), tip, tip + QPointF(step, -way * step)])


def _place(stage: Stage, module: str) -> QRectF:
    rect = stage.scene.rect_of([module])
    return QRectF(stage.camera.to_screen(rect.x(), rect.y()), rect.size() * stage.camera.scale)


def _outline(painter: QPainter, stage: Stage, place: QRectF, pen: QPen, fill: QColor) -> None:
    if place.isEmpty():
        return
    corner = min(CORNER * stage.camera.scale, place.height() / 2)
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawRoundedRect(place, corner, corner)
