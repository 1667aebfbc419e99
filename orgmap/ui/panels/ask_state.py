"""The line below a question while there is no answer: what is missing, how far it is, why none came."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.i18n import say
from orgmap.ui.widgets.words import Words, WordsButton


class AskState(QWidget):
    """Words, and where it helps a button that stops or asks again; hidden without words."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words(role="body-quiet")
        self.button = WordsButton()
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def tell(self, words: str, button: str = "") -> None:
        """Say this, with this button."""
        self.words.setText(words)
        if button:
            self.button.set_words(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(words))

    def looking(self, share: float | None) -> None:
        """It is being worked out; `share` 0..1 is done, None while that is not known."""
        self.tell(looking(share), say("ask", "Stop") if share is not None else "")

    def failed(self) -> None:
        """There is no answer, and none will come."""
        self.tell(say("ask", "There is no answer to this yet."), say("ask", "Ask again"))


def looking(share: float | None) -> str:
    """How far it is."""
    if share is None:
        return say("ask", "Looking\N{HORIZONTAL ELLIPSIS}")
    return say("ask", "Looking\N{HORIZONTAL ELLIPSIS} {percent} %", percent=round(100 * share))
