"""A row of buttons of which one is down: a choice between a few that one sees at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from orgmap.ui.widgets.roles import set_role

Option = tuple[str, str]  # a value and its words


class Segments(QFrame):
    """`chosen` rings when a hand chooses another one. The arrows go along the row."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for value in options:
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"segment-{value}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "segment")
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def buttons(self) -> list[QPushButton]:
        """From left to right."""
        return list(self._buttons.values())

    @property
    def value(self) -> str:
        """The one that is down."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Put this one down, without ringing."""
        self._buttons[value].setChecked(True)

    def say(self, name: str, words: Sequence[Option], tips: Sequence[str] = ()) -> None:
        """What the row is called, and each button, with what it tells on hovering."""
        self.setAccessibleName(name)
        for place, (value, label) in enumerate(words):
            self._buttons[value].setText(label.replace("&", "&&"))
            self._buttons[value].setAccessibleName(f"{name}: {label}" if name else label)
            self._buttons[value].setToolTip(tips[place] if place < len(tips) else "")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Left and Right choose."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        values = list(self._buttons)
        if step is None or self.value not in values:
            super().keyPressEvent(event)
            return
        button = self._buttons[values[(values.index(self.value) + step) % len(values)]]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, button: QPushButton) -> None:
        self.chosen.emit(button.objectName().removeprefix("segment-"))


def follow_the_eye(widgets: Sequence[QWidget]) -> None:
    """Let Tab go from one to the next."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)
