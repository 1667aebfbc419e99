"""A line in which the words of a list are completed as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget


class WordLine(QLineEdit):
    """A line that completes what is typed; with `several`, the word after the last comma."""

    settled = Signal()  # a word was chosen from the list, and it is the whole answer

    def __init__(self, options: Sequence[str], *, several: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._several = several
        self._words = QStringListModel(list(options), self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self)
        self._popup = self._completer.popup() or QListView(self)
        self._completer.activated.connect(self._chosen)
        self.textEdited.connect(self._edited)

    def set_options(self, options: Sequence[str]) -> None:
        """Offer other words."""
        if list(options) != self._words.stringList():
            self._words.setStringList(list(options))

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
