"""The matrix on the screen: painted in one go, walked with the arrows, altered cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget

from orgmap.drawing.style import Theme, mixed
from orgmap.model.crossing import Cell, Grain
from orgmap.ui.tables.matrix_head import Head
from orgmap.ui.tables.matrix_model import MatrixModel
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import plain_tip

Key = Qt.Key
Index = QModelIndex | QPersistentModelIndex
FAINTEST, STRONGEST = 0.14, 0.5  # share of the accent in a cell; numbers stay readable on each
MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine)


class MatrixView(QTableView):
    """Shows a `MatrixModel`. Signals are facts: what the hand asked of which cell."""

    cell_entered = Signal(int, int)  # what one looks at, by pointer or key; -1, -1: nothing
    cell_chosen = Signal(int, int)  # one went there by hand
    cell_struck = Signal(int, int)  # Enter, Space, or a click on the cell one is on
    cell_emptied = Signal(int, int)
    key_given = Signal(int, int, str)  # R, B or a digit on a cell
    name_chosen = Signal(int)  # a header was clicked
    menu_asked = Signal(int, int, object)  # QPoint, global

    def __init__(self, model: MatrixModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rows")
        self.matrix, self.theme = model, theme
        self.selected: frozenset[str] = frozenset()
        self._seen = (-1, -1)
        self._pressed = QModelIndex()
        self.setModel(model)
        self.left = Head(Qt.Orientation.Vertical, model, theme, self)
        self.top = Head(Qt.Orientation.Horizontal, model, theme, self)
        self.setVerticalHeader(self.left)
        self.setHorizontalHeader(self.top)
        for head in (self.left, self.top):
            head.sectionClicked.connect(self.name_chosen)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.measure()

    @property
    def current(self) -> tuple[int, int]:
        """The cell the keyboard is on; -1, -1 if there is none."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (-1, -1)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = self.left.theme = self.top.theme = theme
        self.viewport().update()

    def mark(self, ids: Collection[str]) -> None:
        """Show what is selected elsewhere: names of people and modules, cells of links."""
        self.selected = frozenset(ids)
        rows = frozenset(p for key, p in self.matrix.place_of.items() if key in self.selected)
        for head in (self.left, self.top):
            head.marked = rows
            head.viewport().update()
        self.viewport().update()

    def measure(self) -> None:
        """Cells as large as the text needs, and never below 24 px."""
        letters = self.fontMetrics()
        wide = letters.horizontalAdvance("88") + 10
        people = self.matrix.table.grain is Grain.PEOPLE
        height = max(24, letters.height() + (8 if people else 20))
        width = max(24, wide + (0 if people else 28) + (24 if self.matrix.contact else 0))
        self.left.setDefaultSectionSize(height)
        self.top.setDefaultSectionSize(width)
        self.left.measure()
        self.top.room_as(self.left)
        self.updateGeometries()

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Everything in view, row by row; only what is filled is looked at."""
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(event.rect(), self.theme["panel"])
            if self.matrix.keys:
                self._paint(painter, event.rect())
        finally:
            painter.end()

    def _paint(self, painter: QPainter, area: QRect) -> None:
        first, last = self._span(self.rowAt, area.top(), area.bottom())
        begin, end = self._span(self.columnAt, area.left(), area.right())
        self._paint_ground(painter, (first, last), (begin, end))
        keys, place_of, rows = self.matrix.keys, self.matrix.place_of, self.matrix.table.rows
        font = QFont(self.font())
        painter.setFont(font)
        for row in range(first, last + 1):
            for key, cell in rows.get(keys[row], {}).items():
                column = place_of.get(key, -1)
                if begin <= column <= end:
                    self._paint_cell(painter, row, column, cell)
        for one, other in self.matrix.table.questions:
            row, column = place_of.get(one, -1), place_of.get(other, -1)
            if first <= row <= last and begin <= column <= end:
                self._paint_question(painter, self._rect(row, column))
        row, column = self.current
        if row >= 0:
            strong = self.hasFocus()
            painter.setPen(QPen(self.theme["accent" if strong else "quiet"], 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._rect(row, column).adjusted(1, 1, -1, -1))

    def _paint_ground(self, painter: QPainter, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Crosshair, diagonal, and lines; stronger ones where a module ends."""
        whole = QRect(
            self._rect(rows[0], columns[0]).topLeft(), self._rect(rows[1], columns[1]).bottomRight()
        )
        band = mixed(self.theme["accent"], self.theme["panel"], 0.08)
        if rows[0] <= self._seen[0] <= rows[1]:
            rect = self._rect(self._seen[0], columns[0])
            painter.fillRect(QRect(whole.left(), rect.top(), whole.width(), rect.height()), band)
        if columns[0] <= self._seen[1] <= columns[1]:
            rect = self._rect(rows[0], self._seen[1])
            painter.fillRect(QRect(rect.left(), whole.top(), rect.width(), whole.height()), band)
        for place in range(max(rows[0], columns[0]), min(rows[1], columns[1]) + 1):
            painter.fillRect(self._rect(place, place), self.theme["line"])
        for vertical, (low, high) in ((False, rows), (True, columns)):
            for place in range(low, high + 1):
                rect = self._rect(place if not vertical else rows[0], place if vertical else columns[0])
                ends = place + 1 < len(self.matrix.keys) and self.left.hue(place) != self.left.hue(place + 1)
                ends = ends and self.matrix.table.grain is Grain.PEOPLE
                painter.setPen(self.theme["faded" if ends else "line"])
                if vertical:
                    painter.drawLine(rect.right(), whole.top(), rect.right(), whole.bottom())
                else:
                    painter.drawLine(whole.left(), rect.bottom(), whole.right(), rect.bottom())

    def _paint_cell(self, painter: QPainter, row: int, column: int, cell: Cell) -> None:
        rect = self._rect(row, column).adjusted(0, 0, -1, -1)
        share = FAINTEST + (STRONGEST - FAINTEST) * self.matrix.share(cell)
        ground = mixed(self.theme["accent"], self.theme["panel"], share)
        if cell.proposed:
            painter.setPen(QPen(self.theme["accent"], 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(2, 2, -3, -3))
            painter.setPen(self.theme["accent"])
        else:
            painter.fillRect(rect, ground)
            painter.setPen(self.theme["text"])
        painter.drawText(rect, MIDDLE, self.matrix.words(cell))
        if not self.selected.isdisjoint(cell.links):
            painter.setPen(QPen(self.theme["text"], 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        if row != column and self.matrix.cell(column, row) is None:
            self._paint_corner(painter, QRectF(rect))

    def _paint_corner(self, painter: QPainter, rect: QRectF) -> None:
        """No way back: a cut corner, in a colour and a shape."""
        size = min(8.0, rect.height() / 3)
        right, top = rect.right() + 1, rect.top()
        corner = QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme["act"])
        painter.drawPolygon(corner)

    def _paint_question(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(self.theme["look"], 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(3, 3, -4, -4))
        painter.setPen(self.theme["look"])
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.drawText(rect, MIDDLE, "?")
        painter.setFont(self.font())

    def _span(self, at: Callable[[int], int], low: int, high: int) -> tuple[int, int]:
        """First and last section between two pixels."""
        last = at(high)
        return max(0, at(low)), last if last >= 0 else len(self.matrix.keys) - 1

    def _rect(self, row: int, column: int) -> QRect:
        return QRect(
            self.columnViewportPosition(column),
            self.rowViewportPosition(row),
            self.columnWidth(column),
            self.rowHeight(row),
        )

    # -- hands and keys -----------------------------------------------------------------------

    def look_at(self, row: int, column: int) -> None:
        """Let the names of a cell stand out."""
        if (row, column) != self._seen:
            self._seen = (row, column)
            self.left.light(row)
            self.top.light(column)
            self.viewport().update()
            self.cell_entered.emit(row, column)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        """The cell below the pointer."""
        index = self.indexAt(event.position().toPoint())
        self.look_at(*((index.row(), index.column()) if index.isValid() else self.current))

    def leaveEvent(self, event: QEvent, /) -> None:
        """Back to the cell the keyboard is on."""
        self.look_at(*self.current)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """A first click goes to a cell; a click on the cell one is on strikes it."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        here = index == self.currentIndex()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        if here:
            self.cell_struck.emit(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        """The second press of two in a row is a press."""
        self.mousePressEvent(event)

    def currentChanged(self, current: Index, previous: Index, /) -> None:
        """One went to another cell."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.look_at(current.row(), current.column())
            self.cell_chosen.emit(current.row(), current.column())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and Space strike, Del empties, R turns, B makes both ways, digits choose a channel."""
        row, column = self.current
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        typed = event.text().upper()
        if row < 0 or not plain:
            super().keyPressEvent(event)
        elif event.key() in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self.cell_struck.emit(row, column)
        elif event.key() in (Key.Key_Delete, Key.Key_Backspace):
            self.cell_emptied.emit(row, column)
        elif typed and typed in "RB0123456789":
            self.key_given.emit(row, column, typed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """There is always a cell for the keys."""
        super().focusInEvent(event)
        self.stand()
        self.viewport().update()

    def stand(self) -> None:
        """With the keyboard here, be on some cell."""
        if self.hasFocus() and self.matrix.keys and not self.currentIndex().isValid():
            self.setCurrentIndex(self.matrix.index(0, min(1, len(self.matrix.keys) - 1)))

    def viewportEvent(self, event: QEvent, /) -> bool:
        """The sentence of a cell as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid():
                words = self.matrix.sentence(index.row(), index.column())
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.measure()

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
        row, column = self.current
        if row >= 0:
            self.menu_asked.emit(row, column, self.viewport().mapToGlobal(at))
