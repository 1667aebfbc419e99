"""A letter typed while the menu bar has the keyboard chooses in the menu, and does nothing to the map."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class MenuLetters(QObject):
    """Keeps letters for the menus it watches, with `installEventFilter`.

    The menu bar has the keyboard then, so Qt takes the actions in its menus, T for a note too, for
    those of the widget in use, and does them before the menu hears of the letter.
    """

    def eventFilter(self, _watched: QObject, event: QEvent, /) -> bool:
        """Let no key of the canvas come before the menu."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        letter = event.modifiers() in _HELD and event.text().isprintable() and bool(event.text())
        if letter:
            event.accept()
        return letter
