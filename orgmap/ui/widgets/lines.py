"""Lines of a list one goes through by key: icon, name, what it is, and its keys at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from orgmap.drawing.style import Theme, mixed
from orgmap.ui.icons import picture
from orgmap.ui.stylesheet import SMALL, TEXT

LINE = Qt.ItemDataRole.UserRole  # the `Line` of a row
HIGH = 32  # px, of a row at text scale 100 %
SIDE, GAP, ICON = 10, 10, 16  # px
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `spans`: start and length of the letters of `name` that stand out.

    `detail` follows the name in quiet letters, `right` stands at the end of the row. `pale`: it
    cannot be had now. `dot`: one is here.
    """

    name: str
    spans: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    right: str = ""
    icon: str = ""
    pale: bool = False
    dot: bool = False


class LineDelegate(QStyledItemDelegate):
    """Paints the lines of a list in the colours of a theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._host = parent

    @property
    def scale(self) -> float:
        """How much larger than usual letters are."""
        return max(self._host.fontInfo().pixelSize() / TEXT, 1.0)

    @property
    def high(self) -> int:
        """The height of a row, px."""
        return round(HIGH * self.scale)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """All rows are as high."""
        return QSize(10, self.high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """The ground of the row, then what stands on it from both ends."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        theme, rect = self.theme, QRect(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme["accent_ground"] if chosen else mixed(theme["text"], theme["panel"], 0.05))
            painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(SIDE, 0, -SIDE, 0)
        self._sign(painter, line, inner)
        inner.setLeft(inner.left() + round(ICON * self.scale) + GAP)
        small = _font(self._host.font(), SMALL * self.scale)
        if line.right:
            wide = min(QFontMetrics(small).horizontalAdvance(line.right), inner.width() // 2)
            self._write(painter, small, theme["quiet"], line.right, inner, Qt.AlignmentFlag.AlignRight)
            inner.setRight(inner.right() - wide - GAP)
        self._name(painter, line, inner)
        if line.detail:
            self._write(painter, small, theme["quiet"], line.detail, inner, Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _sign(self, painter: QPainter, line: Line, inner: QRect) -> None:
        side = round(ICON * self.scale)
        middle = QPointF(inner.left() + side / 2, inner.center().y() + 0.5)
        if line.dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme["accent"])
            painter.drawEllipse(middle, 4 * self.scale, 4 * self.scale)
        elif line.icon:
            colour = self.theme["faded_text" if line.pale else "quiet"]
            drawn = picture(line.icon, colour, side, painter.device().devicePixelRatioF())
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            painter.drawPixmap(place, drawn, QRectF(drawn.rect()))

    def _name(self, painter: QPainter, line: Line, inner: QRect) -> None:
        """The name, letters that were typed in the accent; `inner` shrinks to what is left."""
        font = _font(self._host.font(), TEXT * self.scale)
        letters = QFontMetrics(font)
        name = letters.elidedText(line.name, Qt.TextElideMode.ElideMiddle, inner.width())
        plain = self.theme["faded_text" if line.pale else "text"]
        self._write(painter, font, plain, name, inner, Qt.AlignmentFlag.AlignLeft)
        if line.spans and name == line.name and not line.pale:
            painter.setPen(QPen(self.theme["accent"], 1.6))
            base = round(inner.center().y() + letters.capHeight() / 2 + 3)
            for start, length in line.spans:
                left = inner.left() + letters.horizontalAdvance(name[:start])
                right = inner.left() + letters.horizontalAdvance(name[: start + length])
                painter.drawLine(QPointF(left, base), QPointF(right, base))
        inner.setLeft(inner.left() + letters.horizontalAdvance(name) + GAP)

    def _write(
        self, painter: QPainter, font: QFont, colour: QColor, words: str, inner: QRect, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(inner.width(), 0))
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _font(base: QFont, pixels: float) -> QFont:
    made = QFont(base)
    made.setPixelSize(round(pixels))
    return made
