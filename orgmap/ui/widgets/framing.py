"""Something that may be too large for where it stands, with bars to move it by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def framed(part: QWidget) -> QScrollArea:
    """The part as large as there is room, or moved where a small screen or large text leaves too little."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(part)
    return area
