"""The findings that the room left aside: folded away below the list, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from orgmap.analysis import catalogue
from orgmap.analysis.findings import Weight
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.ui.panels.standing import Key, Standing
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.signs import Sign
from orgmap.ui.widgets.words import Words, WordsButton


class Dismissed(QWidget):
    """ "Dismissed (2)", which unfolds; not there while nothing is dismissed."""

    brought_back = Signal(object)  # Key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self.fold = Fold(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self.fold)
        self.rows: list[DismissedRow] = []
        self.hide()

    def show_rows(self, theme: Theme, rows: Sequence[Standing], shown: Document) -> None:
        """Show these; the keyboard goes to the next when a row is brought back."""
        self.fold.set_words(say("finding", "Dismissed ({n})", n=len(rows)))
        held = next((at for at, row in enumerate(self.rows) if row.back.hasFocus()), None)
        while len(self.rows) < len(rows):
            made = DismissedRow(theme)
            made.brought_back.connect(self.brought_back)
            self._list.addWidget(made)
            self.rows.append(made)
        for old in self.rows[len(rows) :]:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        del self.rows[len(rows) :]
        for row, standing in zip(self.rows, rows, strict=True):
            row.show_row(theme, standing, shown)
        if held is not None and held >= len(self.rows) and rows:
            self.rows[-1].back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(bool(rows))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.fold.head, *((row.back for row in self.rows) if self.fold.is_open else ())]


class DismissedRow(QWidget):
    """One finding left aside: its claim, why, and the way back."""

    brought_back = Signal(object)  # Key

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: Key = ()
        self._sign = Sign(theme, Weight.NOTE)
        self._title = Words()
        self._claim, self._why = Words(role="body"), Words(role="quiet")
        self.back = WordsButton(role="quiet")
        self.back.clicked.connect(self._on_back)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._claim)
        column.addWidget(self._why)

    def show_row(self, theme: Theme, row: Standing, shown: Document) -> None:
        """Show this finding and what was said of it."""
        self._key = row.key
        finding = row.finding
        self._sign.show_class(theme, finding.weight)
        self._title.setText(str(catalogue.named(finding.code)))
        set_role(self._title, finding.weight.value)
        self._claim.setText(str(finding.claim))
        remark = shown.remarks.get(row.remark.id) if row.remark is not None else None
        words = []
        if remark is not None and remark.reason:
            words.append(say("finding", "Reason: {reason}", reason=remark.reason))
        if remark is not None and remark.note:
            words.append(say("finding", "Note: {words}", words=remark.note))
        if remark is not None and set(remark.about) != set(finding.subject[1]):
            words.append(say("finding", "It has changed since: it is about others now, too, or about fewer."))
        self._why.setText("\n".join(words))
        self._why.setVisible(bool(words))
        self.back.set_words(say("finding", "Bring back"))
        self.back.setAccessibleDescription(str(finding.claim))

    def _on_back(self) -> None:
        self.brought_back.emit(self._key)
