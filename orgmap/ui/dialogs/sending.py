"""Asks what leaves the program when the screen does not show all of the map, or shows no names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from orgmap.i18n import say
from orgmap.ui.widgets.words import Words

MOST = 6  # lines on what is missing
NARROWEST = 380  # pixels


class SendingDialog(QDialog):
    """As shown, or the whole map; with names, or without. `chosen` rings once, with both answers.

    `left_out`: what the screen leaves out, in sentences; without any there is no choice about it.
    """

    chosen = Signal(bool, bool)  # as shown; with names

    def __init__(
        self,
        title: str,
        left_out: Sequence[str],
        *,
        as_shown: bool,
        names: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sending")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(NARROWEST)
        self.as_shown = QRadioButton(say("dialog", "As shown on the screen"))
        self.whole = QRadioButton(say("dialog", "The whole map"))
        self.as_shown.setChecked(True)
        self.without_names = QCheckBox(say("dialog", "Without names"))
        self.without_names.setChecked(not names)
        missing = Words("\n".join(left_out[:MOST]), "quiet")
        missing.setContentsMargins(24, 0, 0, 8)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(say("dialog", "Go on…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("dialog", "Cancel"))
        buttons.accepted.connect(self._answer)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for part in (self.as_shown, missing, self.whole):
            column.addWidget(part)
            part.setVisible(as_shown)
        missing.setVisible(as_shown and bool(left_out))
        column.addSpacing(8 if as_shown else 0)
        column.addWidget(self.without_names)
        column.addSpacing(12)
        column.addWidget(buttons)
        go.setDefault(True)  # only now is there a dialog whose default it could be

    def _answer(self) -> None:
        as_shown, names = self.as_shown.isChecked(), not self.without_names.isChecked()
        self.accept()
        self.chosen.emit(as_shown, names)
