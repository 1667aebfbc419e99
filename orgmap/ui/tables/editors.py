"""Editors of cells: a line, a line that completes, several lines; and the delegate that opens them.

Enter takes what was typed and goes down, Tab goes to the side, Ctrl+Enter writes it into every
selected cell of the column, Esc leaves the cell as it was. What makes no sense stays in the editor.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from orgmap.ui.tables.columns import Shape
from orgmap.ui.tables.model import TableModel
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.word_line import WordLine
from orgmap.ui.widgets.words import fill

Index = QModelIndex | QPersistentModelIndex
LONG_LINES = 5


class Then(Enum):
    """Where the keyboard goes when a cell was taken."""

    STAY = auto()
    DOWN = auto()
    RIGHT = auto()
    LEFT = auto()


class CellDelegate(QStyledItemDelegate):
    """Opens the editor that suits a column and gives what was typed to `taken`."""

    taken = Signal(object, object, bool)  # editor, Then, for all selected cells of the column

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.editor: QWidget | None = None
        self.index = QPersistentModelIndex()
        self.by_hand = False  # the next editor is opened by hand, not by a letter

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, with a list of words where there are any; several lines for notes."""
        column = self._model.columns[index.column()]
        shape = column.shape
        made: QWidget
        if shape is Shape.LONG:
            made = QPlainTextEdit(parent)
            made.setTabChangesFocus(True)
        elif shape in (Shape.CHOICE, Shape.LISTED):
            options = column.options(self._model.source)
            made = WordLine(options, several=shape is Shape.LISTED, parent=parent)
            made.settled.connect(self._settled)
            made.popup.installEventFilter(self)
        else:
            made = QLineEdit(parent)
        set_role(made, "cell")
        made.setAccessibleName(str(column.label()))
        made.setToolTip("")
        self.editor, self.index = made, QPersistentModelIndex(index)
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """On its cell; several lines reach below it."""
        rect: QRect = option.rect
        if isinstance(editor, QPlainTextEdit):
            rect = QRect(rect)
            rect.setHeight(LONG_LINES * editor.fontMetrics().lineSpacing() + 12)
            rect.setWidth(max(rect.width(), 260))
            around = editor.parentWidget()
            room = around.rect() if around is not None else rect
            rect.moveRight(min(rect.right(), room.right()))
            rect.moveBottom(min(rect.bottom(), room.bottom()))
        editor.setGeometry(rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What the cell says, as one types it; nothing one is typing is written over."""
        typed = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if typed_in(editor) == typed or editor.property("begun"):
            return
        editor.setProperty("begun", True)
        if isinstance(editor, QPlainTextEdit):
            fill(editor, typed)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(typed)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        """Leaving takes what was typed, if it is another text and makes sense."""
        typed = typed_in(editor)
        if typed != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            self._model.set_cells([index], typed)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """It is done."""
        self.editor = None
        super().destroyEditor(editor, index)

    def refused(self) -> None:
        """What stands in the editor makes no sense: mark it."""
        if self.editor is not None:
            set_state(self.editor, "problem", True)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter, Tab and Ctrl+Enter take; a letter takes the mark of a problem away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.editor is not None:
            editor = self.editor
            popup = isinstance(editor, WordLine) and watched is editor.popup
            if (watched is editor or popup) and self._key(editor, event):
                return True
            if popup:
                return False
        elif isinstance(self.editor, WordLine) and watched is self.editor.popup:
            return False
        return super().eventFilter(watched, event)

    def _key(self, editor: QWidget, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(editor, QPlainTextEdit) and held & Qt.KeyboardModifier.ShiftModifier:
                return False
            self._take(editor, Then.STAY if control else Then.DOWN, control)
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not control:
            self._take(editor, Then.LEFT if key == Qt.Key.Key_Backtab else Then.RIGHT, False)
            return True
        set_state(editor, "problem", False)
        return False

    def _take(self, editor: QWidget, then: Then, everywhere: bool) -> None:
        if isinstance(editor, WordLine):
            word = editor.marked
            editor.popup.hide()
            if word:
                editor.take(word)
        self.taken.emit(editor, then, everywhere)

    def _settled(self) -> None:
        if self.editor is not None:
            self.taken.emit(self.editor, Then.STAY, False)


def typed_in(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""
