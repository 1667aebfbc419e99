"""Fields that show a value of the map and say when a person has finished changing it.

A field is given the values of everything selected. Where they differ it shows "mixed". It commits
on Enter and when the focus leaves it, never while one types; what is half typed stays when the map
changes elsewhere, and gives way only when that very value changed. Esc brings the value back. Several
lines of words are handed over whenever the typing pauses, so that a crash takes no more than that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from orgmap.i18n import Said, say, text
from orgmap.ui.widgets.roles import set_state
from orgmap.ui.widgets.words import Words, fill, plain_tip


class Mixed(Enum):
    """What a field shows when the selected things differ."""

    MIXED = "mixed"


MIXED: Final = Mixed.MIXED
_UNSHOWN: Final = object()
_NOTES_LINES = 4
PAUSE = 400  # milliseconds without a key, after which what was written so far is handed over

_NOT_A_NUMBER = text("field", "Please give a number, such as {example}, or leave it empty.")
_NOT_WHOLE = text("field", "Please give a whole number, such as {example}, or leave it empty.")
_TOO_SMALL = text("field", "Please give {least} or more, or leave it empty.")


class UnclearError(Exception):
    """What was typed cannot be understood; `said` tells the person kindly."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


class Field(QWidget):
    """One value: an editor, and below it a word if what was typed makes no sense."""

    committed = Signal(object)  # the new value

    def __init__(self, editor: QWidget, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._shown: object = _UNSHOWN
        self._touched = False
        self._tip = ""
        self._problem = Words(role="problem")
        self._problem.hide()
        editor.setAccessibleName(label)
        editor.installEventFilter(self)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(editor, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addLayout(self.row)
        self.column.addWidget(self._problem)
        self.setFocusProxy(editor)

    def explain(self, tip: str) -> None:
        """What it is about: on hovering, and for a screen reader."""
        self._tip = tip
        self.editor.setToolTip(plain_tip(tip))
        if self._problem.isHidden():
            self.editor.setAccessibleDescription(tip)

    @property
    def problem(self) -> str:
        """The word about what was typed; empty if there is none."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def show_values(self, values: Sequence[object]) -> None:
        """Show the value all share, or "mixed". Half-typed words go only if this value is another."""
        now: object = values[0] if values and all(v == values[0] for v in values) else MIXED
        if now == self._shown and type(now) is type(self._shown):
            return
        self._shown = now
        self.restore()

    def restore(self) -> None:
        """Forget what is half typed and show the map's value."""
        self._touched = False
        self._complain(None)
        self.display(self._shown)

    def commit(self) -> None:
        """Take what stands in the editor, if a person changed it; say why if it makes no sense."""
        if not self._touched:
            return
        try:
            value = self.value()
        except UnclearError as problem:
            self._complain(problem.said)
            return
        before, self._shown = self._shown, value
        self.restore()
        if value != before:
            self.committed.emit(value)

    def touch(self) -> None:
        """A person has begun to change the value."""
        self._touched = True
        self._complain(None)

    def display(self, value: object) -> None:
        """Put a value, or `MIXED`, into the editor."""
        raise NotImplementedError

    def value(self) -> object:
        """What the editor says. Raises UnclearError."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter commits, Esc restores, leaving commits."""
        if watched is self.editor:
            if event.type() == QEvent.Type.FocusOut:
                self.commit()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def ends_on(self, event: QKeyEvent) -> bool:
        """Is this key the one that says "done"?"""
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def _key(self, event: QKeyEvent) -> bool:
        if self.ends_on(event):
            self.commit()
            return True
        if event.key() == Qt.Key.Key_Escape and self._touched:
            self.give_up()
            return True
        return False

    def give_up(self) -> None:
        """Forget what was typed since the editor was entered."""
        self.restore()

    def _complain(self, said: Said | None) -> None:
        words = str(said) if said is not None else ""
        self._problem.setText(words)
        self._problem.setHidden(said is None)
        self.editor.setAccessibleDescription(words or self._tip)
        set_state(self.editor, "problem", said is not None)


class LineField(Field):
    """One line of words."""

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self._hint = hint
        super().__init__(self.line, label, parent)
        self.line.textEdited.connect(self._edited)

    def display(self, value: object) -> None:
        """The words, from their beginning."""
        self.line.setText("" if value is MIXED else self.written(value))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(mixed_word() if value is MIXED else self._hint)

    def written(self, value: object) -> str:
        """A value as one types it."""
        return str(value)

    def value(self) -> object:
        """The words without the space round them."""
        return self.line.text().strip()

    def _edited(self, _words: str) -> None:
        self.touch()


class ListField(LineField):
    """Words separated by commas; the value is a tuple without doubles."""

    def written(self, value: object) -> str:
        """Joined with commas."""
        return ", ".join(value) if isinstance(value, tuple) else ""

    def value(self) -> object:
        """Each word once, in the order typed."""
        words = (word.strip() for word in self.line.text().replace(";", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))


class NumberField(LineField):
    """A number that may be unknown (empty: None). Comma or point, spaces between thousands."""

    def __init__(
        self,
        label: str,
        unit: str = "",
        *,
        whole: bool = False,
        least: float = 0,
        example: float = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, "", parent)
        self._whole, self._least, self._example = whole, least, example
        if unit:
            self.row.addWidget(Words(unit, "quiet"), 1)
            self.line.setAccessibleName(f"{label}, {unit}")

    def written(self, value: object) -> str:
        """The shortest way to write it; nothing for None."""
        return "" if not isinstance(value, int | float) else f"{value:.12g}"

    def value(self) -> object:
        """A finite number not below the least, or None."""
        typed = "".join(self.line.text().split()).replace(",", ".")
        if not typed:
            return None
        try:
            number = float(typed)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise UnclearError(_NOT_A_NUMBER(example=self._example))
        if self._whole and not number.is_integer():
            raise UnclearError(_NOT_WHOLE(example=int(self._example)))
        if number < self._least:
            raise UnclearError(_TOO_SMALL(least=self._least))
        return int(number) if self._whole else number


class NotesField(Field):
    """Several lines of words; Ctrl+Enter or leaving commits, Tab leaves."""

    paused = Signal(object)  # the words so far; more may come, or Esc may take them back

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.area = QPlainTextEdit()
        self.writing = 0  # the how manieth time somebody writes here
        self._hint = hint
        self._first: object = _UNSHOWN  # the value before somebody began to write, once it has changed
        super().__init__(self.area, label, parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        self.area.setTabChangesFocus(True)
        self._displaying = False
        self.area.textChanged.connect(self._edited)

    def display(self, value: object) -> None:
        """The words; an equal text keeps the cursor where it is."""
        self._displaying = True
        self.area.setFixedHeight(_NOTES_LINES * self.area.fontMetrics().lineSpacing() + 20)
        words = "" if value is MIXED else str(value)
        if words != self.area.toPlainText():
            fill(self.area, words)
        self.area.setPlaceholderText(mixed_word() if value is MIXED else self._hint)
        self._displaying = False

    def value(self) -> object:
        """The words without blank lines round them."""
        return self.area.toPlainText().strip()

    def ends_on(self, event: QKeyEvent) -> bool:
        """Enter alone begins a new line."""
        return super().ends_on(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def restore(self) -> None:
        """Show the map's value; whoever writes next writes anew."""
        self._pause.stop()
        self._first = _UNSHOWN
        super().restore()

    def commit(self) -> None:
        """Take what stands there; whoever writes next writes anew."""
        super().commit()
        self.writing += 1

    def give_up(self) -> None:
        """Bring back the value there was before somebody began to write."""
        first, shown = self._first, self._shown
        if first is not _UNSHOWN:
            self._shown = first
        self.restore()
        if first is not _UNSHOWN and first != shown:
            self.paused.emit(first)
        self.writing += 1

    def _edited(self) -> None:
        if not self._displaying:
            self.touch()
            self._pause.start()

    def _keep(self) -> None:
        value, before = self.value(), self._shown
        if not self._touched or before is MIXED or value == before:
            return
        if self._first is _UNSHOWN:
            self._first = before
        self._shown = value
        self.paused.emit(value)


def mixed_word() -> str:
    """What stands where the selected things differ."""
    return say("field", "mixed")
