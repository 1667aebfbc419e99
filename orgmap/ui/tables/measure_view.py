"""The rows of a `MeasureModel` on the screen: numbers with small bars, copied in full."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from orgmap.drawing.style import Theme, mixed
from orgmap.ui.copying import Copier
from orgmap.ui.measured import NOTHING
from orgmap.ui.tables.measure_model import MeasureModel
from orgmap.ui.tables.rows_view import RowsView
from orgmap.ui.tables.sheets import Sheet

Key = Qt.Key
Align = Qt.AlignmentFlag
State = QStyle.StateFlag
RIGHT = int(Align.AlignRight | Align.AlignVCenter)
LEFT = int(Align.AlignLeft | Align.AlignVCenter)
SHORT = 7  # signs of a number that always have room
SIDE = 12  # px between the words of a cell and its rim, as the heads of the columns have
BAR = 2  # px high
SHY = 0.6  # of the accent, in a bar


class MeasureView(RowsView):
    """Whole rows are selected; Ctrl+C copies them, or all, with the heads of the columns in view."""

    cell_entered = Signal(object)  # QModelIndex: the keyboard is there
    left = Signal()  # Esc, and nothing was selected

    def __init__(self, model: MeasureModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, model, parent)
        self.rows = model
        self.copier = Copier(self)
        self._cells = NumberCells(model, theme, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.selectionModel().currentChanged.connect(self._entered)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._cells.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+C copies, Esc lets go of what is selected, then leaves."""
        if event.matches(QKeySequence.StandardKey.Find):
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Key.Key_Escape:
            if self.selected_ids:
                self.clearSelection()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows for a spreadsheet, or all of them if none is."""
        self._copy(only_selected=bool(self.selected_ids))

    def copy_all(self) -> None:
        """Every row in view for a spreadsheet."""
        self._copy(only_selected=False)

    def _copy(self, *, only_selected: bool) -> None:
        rows, columns = self._places(only_selected=only_selected), self.shown_columns()
        if rows:
            self.copier.copy(
                partial(_block, self.rows.sheet, self._heads(columns), rows, columns),
                len(rows) * len(columns),
            )

    def block(self, *, only_selected: bool) -> list[list[str]]:
        """The heads of the columns in view and the cells below, numbers in full."""
        columns = self.shown_columns()
        return _block(
            self.rows.sheet, self._heads(columns), self._places(only_selected=only_selected), columns
        )

    def _places(self, *, only_selected: bool) -> list[int]:
        """The rows of the sheet that are in view, or selected, from above."""
        chosen = self.selected_ids
        wanted = (row for row, key in enumerate(self.rows.ids) if not only_selected or key in chosen)
        return [self.rows.place(row) for row in wanted]

    def _heads(self, columns: Sequence[int]) -> list[str]:
        return [str(self.rows.columns[column].label()) for column in columns]

    def _entered(self, index: QModelIndex) -> None:
        self.cell_entered.emit(index)


def _block(
    sheet: Sheet | None, heads: Sequence[str], rows: Sequence[int], columns: Sequence[int]
) -> list[list[str]]:
    """Heads and the cells below."""
    if sheet is None:
        return [list(heads)]
    cells = (sheet.exact(rows, column) for column in columns)
    return [list(heads), *map(list, zip(*cells, strict=True))]


class NumberCells(QStyledItemDelegate):
    """Words and numbers painted straight from the sheet; below a number a bar, against the largest."""

    def __init__(self, model: MeasureModel, theme: Theme, parent: RowsView) -> None:
        super().__init__(parent)
        self._view, self._model = parent, model
        self.theme = theme

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._theme = theme
        self._bar = mixed(theme["accent"], theme["panel"], SHY)
        self._hover = mixed(theme["text"], theme["panel"], 0.05)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> None:
        """Ground, bar, words, and the rim of the cell that the keys are on."""
        sheet = self._model.sheet
        if sheet is None:
            return
        view, rect = self._view, option.rect
        at, column = self._model.place(index.row()), index.column()
        state = option.state
        if state & State.State_Selected:
            painter.fillRect(rect, self.theme["accent_ground"])
        elif state & State.State_MouseOver:
            painter.fillRect(rect, self._hover)
        share = sheet.bar(at, column)
        painter.setPen(self.theme["line"])
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(SIDE, 0, -SIDE, 0)
        if share:
            _paint_bar(painter, QRectF(inner), share, self._bar)
        words = sheet.said(at, column)
        numbers = self._model.columns[column].numbers
        painter.setPen(self.theme["quiet" if words == NOTHING else "text"])
        if not numbers or len(words) > SHORT:
            words = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT if numbers else LEFT, words)
        if state & State.State_HasFocus and view.hasFocus():
            painter.setPen(QPen(self.theme["accent"], 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _paint_bar(painter: QPainter, rect: QRectF, share: float, colour: QColor) -> None:
    """A bar at the foot of a cell; one below nought is dotted and grows from the right."""
    width = max(1.0, abs(share) * rect.width())
    left = rect.left() if share > 0 else rect.right() - width
    bar = QRectF(left, rect.bottom() - BAR - 2, width, BAR)
    if share > 0:
        painter.fillRect(bar, colour)
    else:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(bar.topLeft(), bar.topRight())
