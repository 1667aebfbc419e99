"""The signs of people, roles, outside parties and sources, and the heads of lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from orgmap.drawing import batches
from orgmap.drawing.columns import Floats
from orgmap.model.entities import LinkKind, NodeKind


@dataclass(frozen=True, slots=True)
class Look:
    """How a sign looks. `radius`, `rim`: pixels; colours as rgba; a `rim` of 0 is a filled dot."""

    kind: NodeKind
    vacant: bool
    radius: float
    rim: float
    line: int
    fill: int
    ring: int | None = None  # colour of a second ring outside
    hatched: bool = False  # there is nothing to say of what the fill stands for

    @property
    def reach(self) -> float:
        """How far it may reach from its middle, pixels."""
        return self.radius + 4 * self.rim

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its middle at (x, y), pixels."""
        _draw_sign(painter, self, x, y)


def _draw_sign(painter: QPainter, look: Look, x: float, y: float) -> None:
    line = QColor.fromRgba(look.line)
    painter.setBrush(QColor.fromRgba(look.fill))
    if look.rim:
        pen = QPen(line, look.rim)
        if look.vacant:
            pen.setDashPattern([2.6, 2.2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    _outline(painter, look.kind, x, y, look.radius - look.rim / 2)
    if look.hatched:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(line, Qt.BrushStyle.BDiagPattern))
        _outline(painter, look.kind, x, y, look.radius - look.rim)
    if look.ring is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor.fromRgba(look.ring), look.rim))
        _outline(painter, look.kind, x, y, look.radius + 2.6 * look.rim)


def _outline(painter: QPainter, kind: NodeKind, x: float, y: float, r: float) -> None:
    match kind:
        case NodeKind.OUTSIDE:
            points = [QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]
            painter.drawPolygon(QPolygonF(points))
        case NodeKind.SOURCE:
            painter.drawRoundedRect(QRectF(x - r, y - r, 2 * r, 2 * r), r * 0.32, r * 0.32)
        case _:
            painter.drawEllipse(QPointF(x, y), r, r)


@dataclass(frozen=True, slots=True)
class Head:
    """How the head of a line looks, pixels and colours as rgba."""

    kind: LinkKind
    length: float
    half: float
    width: float  # of its outline, pixels
    colour: int
    fill: int


def corners_of(tips: Floats, unit: Floats, length: float, half: float) -> Floats:
    """The corners (n, 3, 2) of heads with these tips, pointing in the directions `unit`."""
    back = tips - unit * length
    side = np.stack((-unit[:, 1], unit[:, 0]), axis=1) * half
    return np.stack((back + side, tips, back - side), axis=1)


def draw_heads(painter: QPainter, look: Head, corners: Floats) -> None:
    """Draw heads of one look: filled for talk, hollow for reports, an
    open angle for needs."""
    colour = QColor.fromRgba(look.colour)
    if look.kind is LinkKind.NEEDS:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(look.width, 1.3)))
        painter.drawPath(batches.polylines(corners))
        return
    if look.kind is LinkKind.REPORTS:
        painter.setPen(
            QPen(
                colour, look.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
            )
        )
        painter.setBrush(QColor.fromRgba(look.fill))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    painter.drawPath(batches.polygons(corners))
