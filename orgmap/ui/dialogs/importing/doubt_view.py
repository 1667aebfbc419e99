"""The list of doubtful rows under the hands: up and down, Enter or typing mends a cell, Delete leaves out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from orgmap.i18n import say
from orgmap.ui.dialogs.importing.doubt_model import Column, DoubtModel
from orgmap.ui.dialogs.importing.doubts import Doubt, State
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.word_line import WordLine

Index = QModelIndex | QPersistentModelIndex
_ROOM = {Column.WHERE: 9, Column.CELL: 18, Column.STATE: 9}  # letters; why has the rest
_MOST_PLACE = 24  # letters of a table and the number of its row


class DoubtView(QTableView):
    """One row at a time. Tab leaves the list."""

    chosen = Signal()  # another row
    leaving_asked = Signal(object)  # Doubt: leave its row out, or read it after all
    answering_asked = Signal()  # Enter on a row that has no cell to type into
    settled = Signal()  # an editor closed

    def __init__(self, model: DoubtModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doubts")
        set_role(self, "rows")
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(say("doubt", "Rows in doubt"))
        self._cells = DoubtCells(model, self)
        self._cells.taken.connect(self.to_next_open)
        self._cells.closed.connect(self.settled)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
            | triggers.SelectedClicked
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self.chosen)
        self._measure()

    @property
    def current(self) -> Doubt | None:
        """The doubt of the row chosen."""
        row = self.currentIndex().row()
        return self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None

    @property
    def editing(self) -> bool:
        """Is a cell being typed into?"""
        return self._cells.editor is not None

    def choose(self, row: int) -> None:
        """Go to this row, if there is one."""
        if 0 <= row < len(self.rows.rows):
            self.setCurrentIndex(self.rows.index(row, Column.CELL))

    def to_next_open(self) -> None:
        """Go to the next row nobody has spoken about, round the end; stay if there is none."""
        count, at = len(self.rows.rows), self.currentIndex().row()
        for step in range(1, count):
            row = (at + step) % count
            if self.rows.state(row) is State.OPEN:
                self.choose(row)
                return

    def make_room(self) -> None:
        """The first column says the table, too, if there are several."""
        places = {doubt.note.place for doubt in self.rows.rows}
        longest = max(map(len, places), default=0) + 6 if len(places) > 1 else 0
        self.setColumnWidth(Column.WHERE, self._width(min(max(longest, _ROOM[Column.WHERE]), _MOST_PLACE)))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter mends, Delete leaves out; a letter begins the cell anew."""
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and index.column() != Column.CELL:
            index = self.rows.index(index.row(), Column.CELL)
            self.setCurrentIndex(index)
        doubt = self.current
        if doubt is not None and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.answering_asked.emit()
            event.accept()
        elif doubt is not None and plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.leaving_asked.emit(doubt)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another size of text."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """From the font, once: asking ten thousand rows for their size takes its time."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        for column, letters in _ROOM.items():
            self.setColumnWidth(column, self._width(letters))

    def _width(self, letters: int) -> int:
        return self.fontMetrics().horizontalAdvance("n") * letters + 24


class DoubtCells(QStyledItemDelegate):
    """Lines that complete to what a cell could be; answered rows are quieter."""

    taken = Signal()  # Enter: on to the next
    closed = Signal()

    def __init__(self, model: DoubtModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.editor: WordLine | None = None
        self._ground: QWidget | None = None

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """What was answered steps back."""
        super().initStyleOption(option, index)
        if self._model.state(index.row()) is not State.OPEN:
            # PySide does not declare what every style option has
            palette: QPalette = option.palette
            palette.setBrush(QPalette.ColorRole.Text, palette.placeholderText())

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line with what the reader offers."""
        doubt = self._model.rows[index.row()]
        made = WordLine(doubt.note.offers, several=False, parent=parent)
        set_role(made, "cell")
        made.setAccessibleName(say("doubt", "What shall stand in row {row}", row=str(doubt.note.row)))
        made.settled.connect(self._take)
        made.popup.installEventFilter(self)
        self.editor = made
        self._ground = parent  # once Python lets go of it, the list of words is taken for deleted
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """On its cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What the cell holds; nothing one is typing is written over."""
        if isinstance(editor, WordLine) and not editor.property("begun"):
            editor.setProperty("begun", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """What was typed."""
        if isinstance(editor, WordLine) and isinstance(model, DoubtModel):
            model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """It is done."""
        self.editor = None
        super().destroyEditor(editor, index)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter takes what stands there, or the word marked in the list."""
        editor = self.editor
        if editor is not None and _enters(event) and watched in (editor, editor.popup):
            word = editor.marked
            editor.popup.hide()
            if word:
                editor.take(word)
            self._take()
            return True
        if editor is not None and watched is editor.popup:
            return False
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        editor = self.editor
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.taken.emit()


def _enters(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
