"""The page of cards that scrolls, and can keep one thing on it where it is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class CardArea(QScrollArea):
    """Scrolls by wheel and page; the arrows belong to the cards."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def keep_still(self, part: QWidget, show: Callable[[], None]) -> None:
        """Do `show`, which may lengthen what stands above `part`, and leave `part` where it was."""
        before = part.mapTo(self, QPoint(0, 0)).y()
        show()
        layout = self._page.layout()
        if layout is not None:
            layout.activate()
            room = layout.totalHeightForWidth(self._page.width())
            self._page.resize(self._page.width(), max(room, self.viewport().height()))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + part.mapTo(self, QPoint(0, 0)).y() - before)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let the panel have the keys that go through the cards."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        else:
            super().keyPressEvent(event)
