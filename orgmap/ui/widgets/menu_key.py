"""Shift+F10 opens the menu of what has the keyboard, on systems where Qt knows only the menu key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


class MenuKey(QShortcut):
    """Asks whatever has the keyboard in `window` for its menu, as the menu key does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(QKeySequence("Shift+F10"), window)
        self.activated.connect(self._ask)

    def _ask(self) -> None:
        asked = QApplication.focusWidget()
        if asked is None:
            return
        at = asked.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        spot = at.center() if at is not None and at.isValid() else asked.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(asked, QContextMenuEvent(reason, spot, asked.mapToGlobal(spot)))
