"""What one asks with: three questions of which one is down, and lines in which one types names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from orgmap.i18n import say
from orgmap.ui.labels import meant
from orgmap.ui.panels.ask_asking import Kind
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.word_line import WordLine
from orgmap.ui.widgets.words import Words, WordsButton


class KindChoice(QFrame):
    """The questions in full, one below the other; the arrows go through them. `chosen` rings for hands."""

    chosen = Signal(object)  # Kind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self.setAccessibleName(say("ask", "Question"))
        self._group = QButtonGroup(self)
        self.buttons: dict[Kind, WordsButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        for kind in Kind:
            button = _Question("", "segment")
            button.setCheckable(True)
            button.setObjectName(f"ask-{kind.value}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self.buttons[kind] = button
            column.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)

    def show_kind(self, kind: Kind, words: Mapping[Kind, str]) -> None:
        """Put this one down, and say each."""
        for each, button in self.buttons.items():
            button.set_words(words[each])
            set_state(button, "chosen", each is kind)
        self.buttons[kind].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up and Down choose."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        kinds = list(self.buttons)
        at = next((k for k, kind in enumerate(kinds) if self.buttons[kind].isChecked()), 0)
        button = self.buttons[kinds[(at + step) % len(kinds)]]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, button: WordsButton) -> None:
        self.chosen.emit(Kind(button.objectName().removeprefix("ask-")))


class _Question(WordsButton):
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """The arrows choose, where Qt would only go on."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class NameLine(QWidget):
    """A line that completes names. Enter, or a name taken from the list, says who is meant.

    With `several`, names apart by commas. What nobody is called is said below, and changes nothing.
    """

    named = Signal(object)  # tuple of what is meant, as `known` has it

    def __init__(self, *, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._known: Mapping[str, object] = {}
        self._shown = ""
        self.line = WordLine((), several=several, parent=self)
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.line.settled.connect(self._take)
        self.line.returnPressed.connect(self._entered)
        self._problem = Words(role="problem")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._problem)
        self.setFocusProxy(self.line)

    @property
    def problem(self) -> str:
        """What is said of a name that nobody has."""
        return self._problem.text()

    def call(self, name: str, hint: str) -> None:
        """What the line asks for."""
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)

    def show_names(self, known: Mapping[str, object], wanted: Sequence[object]) -> None:
        """Offer these, and show the labels of `wanted`; what is half typed stays."""
        self._known = known
        self.line.set_options(sorted(known, key=str.casefold))
        words = ", ".join(label for label, end in known.items() if end in wanted)
        if words != self._shown or not self.line.hasFocus():
            self._shown = words
            self.line.setText(words)
            self.line.setCursorPosition(0)
            self._complain("")

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Esc brings back what was there, and so does leaving."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.line.text() != self._shown:
                self._restore()
                return True
        elif watched is self.line and isinstance(event, QFocusEvent) and _left(event):
            self._restore()
        return super().eventFilter(watched, event)

    def _restore(self) -> None:
        self.line.setText(self._shown)
        self._complain("")

    def _entered(self) -> None:
        """Enter: the name marked in the list, else what is typed."""
        if self.line.marked:
            self.line.take(self.line.marked)
        self.line.popup.hide()
        self._take()

    def _take(self) -> None:
        typed = self.line.text()
        words = [one.strip() for one in typed.split(",")] if self._several else [typed.strip()]
        ends = {word: meant(word, self._known) for word in words if word}
        if typed.strip() in self._known:  # a name may hold a comma
            ends = {typed: self._known[typed.strip()]}
        unknown = next((word for word, end in ends.items() if end is None), None)
        if unknown is not None:
            self._complain(say("ask", "Nobody and nothing here is called {name}.", name=unknown))
            return
        self._complain("")
        self._shown = ", ".join(label for label, end in self._known.items() if end in ends.values())
        self.line.setText(self._shown)
        self.named.emit(tuple(ends.values()))

    def _complain(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        set_state(self.line, "problem", bool(words))
        self.line.setAccessibleDescription(words)


def _left(event: QFocusEvent) -> bool:
    """Has the keyboard gone elsewhere, and not only into the list of names or another window?"""
    borrowed = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
    return event.lostFocus() and event.reason() not in borrowed
