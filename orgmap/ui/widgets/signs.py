"""The sign of a finding's class: triangle, square or dot, so that colour never speaks alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from orgmap.analysis.findings import Weight
from orgmap.drawing.style import Theme
from orgmap.i18n import Text, text

NAMES: dict[Weight, Text] = {
    Weight.ACT: text("class of a finding", "Act"),
    Weight.LOOK: text("class of a finding", "Look"),
    Weight.NOTE: text("class of a finding", "Note"),
}


class Sign(QWidget):
    """The sign of a class, or a tick once the finding is resolved. Silent for screen readers."""

    def __init__(self, theme: Theme, weight: Weight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._weight, self._resolved = theme, weight, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_class(self, theme: Theme, weight: Weight, *, resolved: bool = False) -> None:
        """Draw another sign, or the same in other colours."""
        if (theme, weight, resolved) != (self._theme, self._weight, self._resolved):
            self._theme, self._weight, self._resolved = theme, weight, resolved
            self.update()

    def sizeHint(self) -> QSize:
        """As tall as the letters beside it."""
        side = max(14, self.fontMetrics().height() - 2)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """A shape that can be told apart without its colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._resolved:
            _tick(painter, rect, self._theme["good"])
        else:
            paint_sign(painter, rect, self._weight, self._theme[self._weight.value])
        painter.end()


def paint_sign(painter: QPainter, rect: QRectF, weight: Weight, colour: QColor) -> None:
    """The sign of a class, filling `rect`."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if weight is Weight.ACT:
        tip, right, left = (rect.center().x(), rect.top()), rect.bottomRight(), rect.bottomLeft()
        painter.drawPolygon(QPolygonF([QPointF(*tip), right, left]))
    elif weight is Weight.LOOK:
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.drawEllipse(rect)


def _tick(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    pen = QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    w, h, x, y = rect.width(), rect.height(), rect.x(), rect.y()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(x + 0.08 * w, y + 0.55 * h),
                QPointF(x + 0.38 * w, y + 0.84 * h),
                QPointF(x + 0.94 * w, y + 0.2 * h),
            ]
        )
    )
