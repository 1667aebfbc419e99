"""Tooltips of what lies on the map: whole names, kinds and links, as plain text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from orgmap.ui.canvas.hands import Hands
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.widgets.words import plain_tip


class Tips(QObject):
    """Answers when the pointer rests on one canvas."""

    def __init__(self, stage: Stage, hands: Hands, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._hands = hands
        self._host = host
        host.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Say what lies under the pointer; any other event goes on."""
        if not isinstance(event, QHelpEvent) or event.type() is not QEvent.Type.ToolTip:
            return False
        words = self._stage.words.tooltip(self._hands.told(event.pos()))
        if words:
            QToolTip.showText(event.globalPos(), plain_tip(words), self._host, QRect())
        else:
            QToolTip.hideText()
        return True
