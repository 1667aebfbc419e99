"""The cells of a table under hand and keys: move, edit, tick, copy, paste, delete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from orgmap.i18n import Said
from orgmap.ui.blocks import as_text, from_text, headed
from orgmap.ui.tables.columns import Shape
from orgmap.ui.tables.editors import CellDelegate, Then, typed_in
from orgmap.ui.tables.model import TableModel
from orgmap.ui.tables.rows_view import RowsView
from orgmap.ui.widgets.words import Words

Key = Qt.Key


class Grid(RowsView):
    """Shows a `TableModel`. What is selected are cells; their rows are the selection of the map."""

    deletion_asked = Signal()  # the selected rows
    pasted = Signal(object)  # list of Said: what could not be read
    headed_pasted = Signal()  # rows that say themselves what stands in them: not for these cells

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(model, model, parent)
        self.rows = model
        self._problem = Words(role="bubble", parent=self.viewport())
        self._problem.hide()
        self.cells = CellDelegate(model, self)
        self.setItemDelegate(self.cells)
        self.cells.taken.connect(self._taken)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        model.refused.connect(self._refused)
        model.row_added.connect(self._row_added)
        self.selectionModel().currentChanged.connect(self.hide_problem)
        self.verticalScrollBar().valueChanged.connect(self.hide_problem)
        self.horizontalScrollBar().valueChanged.connect(self.hide_problem)

    # -- selection ----------------------------------------------------------------------------

    @property
    def problem(self) -> str:
        """What is said beside a cell that was not taken; empty if nothing is."""
        return self._problem.text() if self._problem.isVisible() else ""

    def _whole_rows(self) -> bool:
        """Are whole rows selected, and nothing else?"""
        parts = self._parts()
        last = self.rows.columnCount() - 1
        return bool(parts) and all(part.left() == 0 and part.right() == last for part in parts)

    def chosen_cells(self, column: int) -> list[QModelIndex]:
        """The selected cells of a column, from above."""
        parts = [p for p in self._parts() if p.left() <= column <= p.right()]
        rows = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        return [self.rows.index(row, column) for row in sorted(rows)]

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter edits, Space ticks, Del empties cells or deletes whole rows, Ctrl+Del deletes rows."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Find):
            event.ignore()  # the page round the table has the field
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in (Key.Key_Delete, Key.Key_Backspace) and (control or self._whole_rows()):
            self.delete_rows()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.clear_cells()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.edit_current()
        elif key == Key.Key_Space and self._shape() is Shape.FLAG:
            self.tick()
        elif key == Key.Key_Escape and self._parts():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def _shape(self) -> Shape | None:
        index = self.currentIndex()
        return self.rows.columns[index.column()].shape if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if self._shape() is Shape.FLAG:
            self.tick()
        else:
            self._begin(index)

    def _begin(self, index: QModelIndex) -> None:
        """Open the editor of a cell, if it is not shut; one that is open takes what was typed first."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus()
        free = self.state() is not QAbstractItemView.State.EditingState
        if free and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def edit_current(self) -> None:
        """Open the editor of the cell one is on, or tick its box."""
        if self.currentIndex().isValid():
            self._open(self.currentIndex())

    def add_row(self) -> None:
        """Go to the empty row and begin to type."""
        index = self.rows.index(len(self.rows.ids), self._first_column())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._begin(index)

    def tick(self) -> None:
        """Tick the selected boxes of the column; if all are ticked, untick them."""
        current = self.currentIndex()
        cells = [i for i in self._cells_of(current) if self.rows.id_at(i.row()) is not None]
        if cells:
            ticked = Qt.CheckState.Checked
            all_on = all(i.data(Qt.ItemDataRole.CheckStateRole) is ticked for i in cells)
            self.rows.set_cells(cells, "no" if all_on else "yes")

    def clear_cells(self) -> None:
        """Empty the selected cells in view."""
        self.rows.empty([index for column in self.shown_columns() for index in self.chosen_cells(column)])

    def delete_rows(self) -> None:
        """Delete what the selected rows stand for."""
        if self.selected_ids:
            self.deletion_asked.emit()

    # -- clipboard ----------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected cells as rows that a spreadsheet takes."""
        block = self.block()
        if block:
            QGuiApplication.clipboard().setText(as_text(block))

    def cut(self) -> None:
        """Copy the selected cells and empty them."""
        self.copy()
        self.clear_cells()

    def block(self) -> list[list[str]]:
        """The selected cells in view, in the order of the columns on the screen; gaps are empty."""
        cells = {
            (row, column)
            for part in self._parts()
            for row in range(part.top(), part.bottom() + 1)
            for column in range(part.left(), part.right() + 1)
        }
        wanted = {column for _, column in cells}
        columns = [c for c in self.shown_columns() if c in wanted]
        rows = sorted({row for row, _ in cells if self.rows.id_at(row) is not None})
        return [[self.rows.typed(row, c) if (row, c) in cells else "" for c in columns] for row in rows]

    def paste(self) -> None:
        """Write the block of the clipboard from the current cell on; one cell goes into all selected.

        Rows below their own headings are joined to the map by name, wherever one is.
        """
        block = from_text(QGuiApplication.clipboard().text())
        index = self.currentIndex()
        if headed(block):
            self.headed_pasted.emit()
            return
        if not block or not index.isValid():
            return
        cells = self._cells_of(index)
        if len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
            self.rows.set_cells(cells, block[0][0])
            return
        shown, parts = self.shown_columns(), self._parts()
        row = min((part.top() for part in parts), default=index.row())
        inside = [c for c in shown if any(part.left() <= c <= part.right() for part in parts)]
        first = inside[0] if inside else index.column()
        self.pasted.emit(self.rows.paste(row, shown[shown.index(first) :], block))

    def _cells_of(self, index: QModelIndex) -> list[QModelIndex]:
        cells = self.chosen_cells(index.column())
        return cells if index in cells else [index]

    # -- editors ------------------------------------------------------------------------------

    def _taken(self, editor: QWidget, then: Then, everywhere: bool) -> None:
        """What was typed goes into the cell, or with Ctrl+Enter into all selected of the column."""
        index = self.indexAt(editor.pos()) if not self.cells.index.isValid() else _plain(self.cells.index)
        typed = typed_in(editor)
        cells = self._cells_of(index) if everywhere else [index]
        before = [str(self.rows.data(i, Qt.ItemDataRole.EditRole) or "") for i in cells]
        if any(typed != words for words in before) and not self.rows.set_cells(cells, typed):
            self.cells.refused()
            return
        row, column = index.row(), index.column()
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()
        if not everywhere:
            self._go(row, column, then)

    def _go(self, row: int, column: int, then: Then) -> None:
        shown = self.shown_columns()
        place = shown.index(column) if column in shown else 0
        if then is Then.DOWN:
            row = min(row + 1, self.rows.rowCount() - 1)
        elif then is Then.RIGHT:
            row, place = (row, place + 1) if place + 1 < len(shown) else (row + 1, 0)
        elif then is Then.LEFT:
            place = max(place - 1, 0)
        row = min(row, self.rows.rowCount() - 1)
        if then is not Then.STAY:
            self.setCurrentIndex(self.rows.index(row, shown[place]))

    def _row_added(self, row: int) -> None:
        self.scrollTo(self.rows.index(row, self.currentIndex().column()))

    def _refused(self, index: QModelIndex | QPersistentModelIndex, said: Said) -> None:
        """The word about it below its cell."""
        self._problem.setText(str(said))
        rect = self.visualRect(self.rows.index(index.row(), index.column()))
        room = self.viewport().rect()
        width = min(360, room.width())
        height = self._problem.heightForWidth(width)
        top = rect.bottom() + 2
        if top + height > room.bottom():
            top = max(0, rect.top() - height - 2)
        self._problem.setGeometry(max(0, min(rect.left(), room.right() - width)), top, width, height)
        self._problem.show()
        self._problem.raise_()

    def hide_problem(self) -> None:
        """The word about a cell goes when one turns to another."""
        self._problem.hide()

    # -- looks --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The word about a cell does not hang about."""
        super().resizeEvent(event)
        self.hide_problem()


def _plain(index: QPersistentModelIndex) -> QModelIndex:
    return index.model().index(index.row(), index.column())
