"""A line that unfolds something below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from orgmap.ui.widgets.words import WordsButton


class Fold(QWidget):
    """A button with a chevron, and the body that it shows or hides."""

    unfolded = Signal(bool)

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = body
        self.head = WordsButton(role="fold")
        self.head.setCheckable(True)
        self.head.toggled.connect(self._toggled)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.head)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(body)
        self._toggled(False)

    @property
    def is_open(self) -> bool:
        """Does the body show?"""
        return self.head.isChecked()

    def open(self) -> None:
        """Show the body."""
        self.head.setChecked(True)

    def set_words(self, words: str) -> None:
        """What the line says."""
        self.head.set_words(words)

    def _toggled(self, on: bool) -> None:
        self.head.set_icon("chevron-down" if on else "chevron-right")
        self.body.setVisible(on)
        self.unfolded.emit(on)
