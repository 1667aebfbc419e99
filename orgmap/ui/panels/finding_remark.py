"""What the room says of a finding on its open card: a note, or why it is left aside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from orgmap.i18n import Text, say, text
from orgmap.model.entities import Remark
from orgmap.ui.widgets.fields import NotesField
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import Words, WordsButton

REASONS: tuple[Text, ...] = (
    text("reason", "Known and wanted"),
    text("reason", "The map is not complete here"),
    text("reason", "Not now"),
)


class RemarkPart(QWidget):
    """A note that is kept in the map, and the way to dismiss."""

    noted = Signal(str)
    dismissed = Signal(str)  # the reason

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add, self._aside = WordsButton(role="quiet"), WordsButton(role="quiet")
        self._note = NotesField(
            say("finding", "Note on this finding"), say("finding", "What the room says of it")
        )
        self._why = Words(role="section")
        self._own = QLineEdit()
        self._reasons = [WordsButton(role="chip") for _ in REASONS]
        self._dismiss, self._cancel = WordsButton(), WordsButton(role="quiet")
        foot = QWidget()
        row = FlowLayout(foot, gap=4)
        row.addWidget(self._add)
        row.addWidget(self._aside)
        self._ask = QWidget()
        chips, ends = QWidget(), QWidget()
        given, chosen = FlowLayout(chips, gap=4), FlowLayout(ends)
        for button in self._reasons:
            given.addWidget(button)
            button.clicked.connect(self._on_reason)
        chosen.addWidget(self._dismiss)
        chosen.addWidget(self._cancel)
        asked = QVBoxLayout(self._ask)
        asked.setContentsMargins(0, 4, 0, 0)
        asked.setSpacing(8)
        for part in (self._why, chips, self._own, ends):
            asked.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._note, foot, self._ask):
            column.addWidget(part)
        self._ask.hide()
        self._writing = False
        self._add.clicked.connect(self._begin_note)
        self._aside.clicked.connect(self._begin_dismissal)
        self._note.committed.connect(self._on_note)
        self._dismiss.clicked.connect(self._on_own)
        self._own.returnPressed.connect(self._on_own)
        self._own.textChanged.connect(self._on_typed)
        self._cancel.clicked.connect(self._end_dismissal)

    def show_remark(self, remark: Remark | None, *, secret: bool) -> None:
        """What is noted; `secret`: names and texts are hidden, so nothing is shown or changed."""
        note = remark.note if remark is not None else ""
        self._note.show_values([note])
        self._note.setEnabled(not secret)
        self._note.explain(
            say("field", "Names and texts are hidden. Show them to change this.")
            if secret
            else say("finding", "It is kept in the map. Ctrl+Enter when done.")
        )
        has_note = bool(note) or self._writing
        self._note.setVisible(has_note and not secret)
        self._add.set_words(say("finding", "Add a note"))
        self._add.setVisible(not has_note and not secret)
        self._aside.set_words(say("finding", "Dismiss …"))
        self._aside.setVisible(self._ask.isHidden())
        self._why.setText(say("finding", "Why can this be left aside?"))
        for button, reason in zip(self._reasons, REASONS, strict=True):
            button.set_words(str(reason()))
        self._own.setAccessibleName(say("finding", "Why it can be left aside"))
        self._own.setPlaceholderText(say("finding", "or in your own words"))
        self._dismiss.set_words(say("finding", "Dismiss"))
        self._cancel.set_words(say("dialog", "Cancel"))
        self._on_typed()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        every = (self._note.area, self._add, self._aside, *self._reasons, self._own, self._dismiss)
        return [stop for stop in (*every, self._cancel) if stop.isVisibleTo(self)]

    def _begin_note(self) -> None:
        self._writing = True
        self._note.setVisible(True)
        self._add.setVisible(False)
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_note(self, words: object) -> None:
        self._writing = False
        self.noted.emit(str(words))

    def _begin_dismissal(self) -> None:
        self._ask.setVisible(True)
        self._reasons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._aside.setVisible(False)

    def _end_dismissal(self) -> None:
        self._aside.setVisible(True)
        self._aside.setFocus(Qt.FocusReason.OtherFocusReason)
        self._own.clear()
        self._ask.setVisible(False)

    def _on_typed(self) -> None:
        self._dismiss.setEnabled(bool(self._own.text().strip()))

    def _on_reason(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, WordsButton):
            self.dismissed.emit(pressed.words)

    def _on_own(self) -> None:
        words = self._own.text().strip()
        if words:
            self.dismissed.emit(words)
