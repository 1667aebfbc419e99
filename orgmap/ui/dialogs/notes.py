"""What a reader had to decide, mend or leave out, row by row; to be read beside the map and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from orgmap.drawing.plain import shown
from orgmap.files.reading import Note
from orgmap.i18n import say
from orgmap.ui.placing import open_wide
from orgmap.ui.widgets.words import Words

MOST = 5_000  # lines shown; the rest is counted
LONGEST = 400  # letters of a line


def lines_of(notes: Sequence[Note]) -> list[str]:
    """One line for each note: row, file and what it says; those beyond `MOST` as a number."""
    lines = [shown(_line(note), LONGEST) for note in notes[:MOST]]
    rest = len(notes) - MOST
    if rest > 0:
        lines.append(say("notes", "and {n} more", "and {n} more", n=rest))
    return lines


class NotesDialog(QDialog):
    """Stays beside the map until it is closed."""

    def __init__(self, notes: Sequence[Note], window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("notes", "Notes"))
        open_wide(self, 80, 26)
        self._list = QPlainTextEdit("\n".join(lines_of(notes)))
        self._list.setReadOnly(True)
        self._list.setAccessibleName(say("notes", "Notes, one a line"))
        self._list.setTabChangesFocus(True)
        title = say("notes", "{n} note on what was read", "{n} notes on what was read", n=len(notes))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(say("notes", "&Copy all"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy_all)
        buttons.rejected.connect(self.reject)
        close.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(Words(title, "title"))
        column.addWidget(self._list, 1)
        column.addWidget(buttons)

    def copy_all(self) -> None:
        """Put the whole list on the clipboard, as text."""
        QGuiApplication.clipboard().setText(self._list.toPlainText())


def _line(note: Note) -> str:
    if note.row is None:
        return say("notes", "{place}: {message}", place=note.place, message=note.message)
    return say(
        "notes", "{place}, row {row}: {message}", place=note.place, row=str(note.row), message=note.message
    )
