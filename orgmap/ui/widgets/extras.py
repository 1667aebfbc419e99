"""What a file brought that has no field of its own: names and values, each of them editable."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from orgmap.i18n import say
from orgmap.model.entities import Json
from orgmap.ui.widgets.fields import MIXED, Field
from orgmap.ui.widgets.words import Words, WordsButton


class ExtraField(Field):
    """A mapping of names to values. Leaving a line commits; an empty name takes its row away."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box = QWidget()
        super().__init__(self.box, label, parent)
        self._grid = QGridLayout(self.box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._lines: list[tuple[QLineEdit, QLineEdit]] = []
        self._was: Mapping[str, Json] = {}

    def display(self, value: object) -> None:
        """A row for each name and an empty one to add; while the selected things differ, a word."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._lines = []
        if value is MIXED or not isinstance(value, Mapping):
            self._grid.addWidget(Words(say("field", "mixed"), "quiet"), 0, 0)
            return
        self._was = value
        for name, found in [*value.items(), ("", "")]:
            self._add_row(name, _written(found))
        before = self._before()
        if before is None:
            return
        for called, line in self._lines:  # made later than the fields below: Tab would come here last
            QWidget.setTabOrder(before, called)
            QWidget.setTabOrder(called, line)
            before = line

    def value(self) -> object:
        """The names that are not empty, with their values in the type they had."""
        return {
            name.text().strip(): _read(line.text(), self._was.get(name.text().strip()))
            for name, line in self._lines
            if name.text().strip()
        }

    def _before(self) -> QWidget | None:
        """The field from which Tab comes here."""
        at = self.box.previousInFocusChain()
        while at is not None and at is not self.box:
            if at.focusPolicy() is not Qt.FocusPolicy.NoFocus and not self.box.isAncestorOf(at):
                return at
            at = at.previousInFocusChain()
        return None

    def _add_row(self, name: str, value: str) -> None:
        row = len(self._lines)
        called, line = QLineEdit(name), QLineEdit(value)
        called.setPlaceholderText(say("field", "name"))
        called.setAccessibleName(say("field", "Name of a further value"))
        line.setAccessibleName(say("field", "Value of {name}", name=name or say("field", "a further value")))
        called.setToolTip(say("tip", "What a file brought besides. Empty the name to take it away."))
        for editor in (called, line):
            editor.textEdited.connect(self._edited)
            editor.editingFinished.connect(self.commit)
            editor.setCursorPosition(0)
        self._grid.addWidget(called, row, 0)
        self._grid.addWidget(line, row, 1)
        if name:
            remove = WordsButton("×", "quiet")
            remove.setAccessibleName(say("field", "Remove {name}", name=name))
            remove.clicked.connect(called.clear)
            remove.clicked.connect(self._edited)
            remove.clicked.connect(self.commit)
            self._grid.addWidget(remove, row, 2)
        self._lines.append((called, line))

    def _edited(self) -> None:
        self.touch()

    def commit(self) -> None:
        """A new row whose value is still to come waits for it."""
        name, line = self._lines[-1] if self._lines else (None, None)
        begun = name is not None and line is not None and name.text().strip() and not line.text()
        if begun and QApplication.focusWidget() is line:
            return
        super().commit()


def _written(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read(words: str, before: Json) -> Json:
    """What was no text before stays what it was, if the words can be read so."""
    if before is None or isinstance(before, str):
        return words
    try:
        found: Json = json.loads(words)
    except (ValueError, RecursionError):
        return words
    return found if found == found else words  # NaN is no value of a map
