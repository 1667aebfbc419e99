"""Editors of cells: a line, a line that completes, several lines; and the delegate that opens them.

Enter takes what was typed and goes down, Tab goes to the side, Ctrl+Enter writes it into every
selected cell of the column, Esc leaves the cell as it was. What makes no sense stays in the editor.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from orgmap.ui.tables.columns import Shape
from orgmap.ui.tables.model import TableModel
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.words import fill

Index = QModelIndex | QPersistentModelIndex
LONG_LINES = 5


class Then(Enum):
    """Where the keyboard goes when a cell was taken."""

    STAY = auto()
    DOWN = auto()
    RIGHT = auto()
    LEFT = auto()


class WordLine(QLineEdit):
    """A line that completes what is typed; with `several`, the word after the last comma."""

    settled = Signal()  # a word was chosen from the list, and it is the whole answer

    def __init__(self, options: Sequence[str], *, several: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._several = several
        self._completer = QCompleter(QStringListModel(list(options), self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self)
        self._popup = self._completer.popup() or QListView(self)
        self._completer.activated.connect(self._chosen)
        self.textEdited.connect(self._edited)

    @property
    def popup_open(self) -> bool:
        """Is the list of words in view?"""
        return self._popup.isVisible()

    @property
    def popup(self) -> QWidget:
        """The list of words, which has the keyboard while it is in view."""
        return self._popup

    @property
    def marked(self) -> str:
        """The word of the list that is marked; empty if none is."""
        return str(self._popup.currentIndex().data() or "") if self._popup.isVisible() else ""

    def show_all(self) -> None:
        """The whole list."""
        self._completer.setCompletionPrefix("")
        self._completer.complete(self._below())

    def take(self, word: str) -> None:
        """Put a word of the list into the line."""
        if not self._several:
            self.setText(word)
            return
        head, comma, _ = self.text().rpartition(",")
        self.setText(f"{head}{comma}{' ' if comma else ''}{word}")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """F4 and Alt+Down open the list."""
        down = event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or down:
            self.show_all()
            return
        super().keyPressEvent(event)

    def _below(self) -> QRect:
        return QRect(0, 0, max(self.width(), 160), self.height())

    def _edited(self, _typed: str) -> None:
        word = self.text().rpartition(",")[2].strip() if self._several else self.text().strip()
        self._completer.setCompletionPrefix(word)
        if word and self._completer.completionCount():
            self._completer.complete(self._below())
        else:
            self._popup.hide()

    def _chosen(self, word: str) -> None:
        self.take(word)
        if not self._several:
            self.settled.emit()


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
