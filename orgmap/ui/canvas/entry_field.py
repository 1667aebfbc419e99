"""The field of the one-line entry: what could follow stands pale behind the cursor, errors are underlined."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from orgmap.drawing.style import Theme

_BREAK = re.compile("[\r\n\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryField(QLineEdit):
    """One line. `entered` rings with whether Shift was held; several lines pasted ring `lines_pasted`."""

    entered = Signal(bool)
    stepped = Signal(int)  # up -1, down +1: through the options, or the lines typed before
    accepted = Signal()  # Tab, or Right at the end: what stands pale is meant
    left = Signal()  # Esc
    lines_pasted = Signal(str)
    typed = Signal()  # the line is another by hand

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry")
        self.setFrame(False)
        self._ghost = ""
        self._wrong: tuple[int, int] | None = None
        self._quiet, self._act = QColor(), QColor()
        self.textEdited.connect(self._part_lines)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._quiet, self._act = theme["quiet"], theme["act"]
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 2px 0px; }")
        self.update()

    @property
    def ghost(self) -> str:
        """What stands pale behind the cursor."""
        return self._ghost if self._at_end() else ""

    def show_ghost(self, words: str) -> None:
        """What could follow."""
        self._ghost = words
        self.update()

    @property
    def wrong(self) -> tuple[int, int] | None:
        """From where to where the line is underlined."""
        return self._wrong

    def mark(self, start: int, end: int) -> None:
        """Underline what is wrong, and put the cursor behind it."""
        self._wrong = (start, end)
        self.setCursorPosition(min(end, len(self.text())))
        self.update()

    def unmark(self) -> None:
        """Nothing is wrong."""
        if self._wrong is not None:
            self._wrong = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter, Esc, Up, Down and Right have a meaning of their own; no key reaches the canvas."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER:
            self.entered.emit(shift)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Right and not shift and self.ghost:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab accepts what stands pale; without that it leaves, as everywhere."""
        if forward and self.ghost:
            self.accepted.emit()
            return True
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent, /) -> bool:
        """Plain keys are typed here, whatever the window has them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not self.text() and any(event.matches(key) for key in _STEPS):
                event.ignore()  # there is nothing to take back here: the map's last step is meant
                return False
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """The line; behind it what could follow, under it what is wrong."""
        super().paintEvent(event)
        if not self.ghost and self._wrong is None:
            return
        painter = QPainter(self)
        if self.ghost:
            cursor = self.cursorRect()
            painter.setFont(self.font())
            painter.setPen(self._quiet)
            base = cursor.center().y() + (self.fontMetrics().ascent() - self.fontMetrics().descent()) / 2
            painter.drawText(QPointF(cursor.center().x() + 1, base), self.ghost)
        if self._wrong is not None:
            low = self.cursorRect().bottom() - 1
            painter.setPen(QPen(self._act, 2.0, Qt.PenStyle.DotLine))
            start, end = (self._x(place) for place in self._wrong)
            painter.drawLine(QPointF(start, low), QPointF(max(end, start + 6), low))
        painter.end()

    def _part_lines(self, words: str) -> None:
        """What is pasted or dropped may hold several lines, which are none for this field."""
        lines = words.strip("\r\n")
        if _BREAK.search(lines):
            self.setText("")
            self.lines_pasted.emit(lines)
            return
        if lines != words:
            self.setText(lines)
        self.typed.emit()

    def _at_end(self) -> bool:
        return self.cursorPosition() == len(self.text()) and not self.hasSelectedText()

    def _x(self, place: int) -> float:
        """The pixel at which the letter at `place` begins."""
        letters = self.fontMetrics()
        before = letters.horizontalAdvance(self.text()[: self.cursorPosition()])
        return self.cursorRect().center().x() - before + letters.horizontalAdvance(self.text()[:place])
