"""The names along the matrix: at the left as they are, above turned by a quarter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from orgmap.drawing.style import Theme
from orgmap.ui.tables.matrix_model import MatrixModel

STRIP = 4  # px of a module's colour beside its people
LONGEST = 168  # px of a name
MEASURED = 40  # names, the longest ones


class Head(QHeaderView):
    """Names with the colour of their module; the row or column one looks at stands out."""

    def __init__(
        self, orientation: Qt.Orientation, model: MatrixModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self._matrix, self.theme = model, theme
        self.hue: Callable[[int], int] = _no_hue
        self.inset: Callable[[int], int] = _no_inset
        self.lit = -1
        self.marked: frozenset[int] = frozenset()
        self._room = 40
        self._nested = False
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def measure(self) -> None:
        """As much room as the longest name needs, within bounds."""
        letters = self.fontMetrics()
        places = range(len(self._matrix.keys))
        named = [(self._matrix.name(place), self.inset(place)) for place in places]
        longest = sorted(named, key=lambda name: -len(name[0]))[:MEASURED]
        widths = (letters.horizontalAdvance(name) + 12 * inset for name, inset in longest)
        self._nested = any(inset for _, inset in named)
        scale = max(1.0, letters.height() / 16)
        self._take(round(min(max(widths, default=40), LONGEST * scale)) + 24)

    def room_as(self, other: Head) -> None:
        """As much as the names at the other side need: they are the same."""
        self._nested = other._nested
        self._take(other._room)

    def _take(self, room: int) -> None:
        self._room = room
        self.setFixedWidth(room) if self._upright else self.setFixedHeight(room)
        self.updateGeometry()

    def changeEvent(self, event: QEvent, /) -> None:
        """Another size of text; it comes to the head after it came to the table."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.measure()

    def light(self, place: int) -> None:
        """Let a row or column stand out; -1: none."""
        if place != self.lit:
            self.lit = place
            self.viewport().update()

    def sizeHint(self) -> QSize:
        """Room for names."""
        return QSize(self._room, self._room)

    @property
    def _upright(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """The names in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme["panel"])
        area = self.viewport().rect()
        end = area.height() if self._upright else area.width()
        first = max(0, self.logicalIndexAt(0))
        for place in range(first, len(self._matrix.keys)):
            at = self.sectionViewportPosition(place)
            if at > end:
                break
            self._paint_name(painter, place, at)
        painter.setPen(self.theme["line"])
        if self._upright:
            painter.drawLine(area.right(), area.top(), area.right(), area.bottom())
        else:
            painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        painter.end()

    def _paint_name(self, painter: QPainter, place: int, at: int) -> None:
        size, room = self.sectionSize(place), self._room
        lit, marked = place == self.lit, place in self.marked
        band = QRect(0, at, room - 1, size) if self._upright else QRect(at, 0, size, room - 1)
        if lit or marked:
            painter.fillRect(band, self.theme["accent_ground"])
        hue = self.hue(place)
        if hue >= 0:
            colour: QColor = self.theme.module(hue).line
            strip = (
                QRect(room - 1 - STRIP, at, STRIP, size)
                if self._upright
                else QRect(at, room - 1 - STRIP, size, STRIP)
            )
            painter.fillRect(strip, colour)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if lit or marked else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.theme["accent" if marked else "text"])
        indent = 12 * self.inset(place)
        width = room - STRIP - 16 - indent
        words = painter.fontMetrics().elidedText(
            self._matrix.name(place), Qt.TextElideMode.ElideMiddle, width
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        if self._upright:
            side = int(Qt.AlignmentFlag.AlignLeft if self._nested else Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRect(8 + indent, at, width, size), flags | side, words)
            return
        painter.save()
        painter.translate(at + size / 2, room - STRIP - 8)
        painter.rotate(-90)
        painter.drawText(QRectF(0, -size / 2, width, size), flags | int(Qt.AlignmentFlag.AlignLeft), words)
        painter.restore()


def _no_hue(_place: int) -> int:
    return -1


def _no_inset(_place: int) -> int:
    return 0
