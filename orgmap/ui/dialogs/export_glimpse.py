"""A look at what will leave the program, fitted into the room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

from orgmap.i18n import say

GLIMPSE = QSize(420, 340)  # pixels of the look at it


class GlimpseLabel(QLabel):
    """The small picture, in the middle of a quiet ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("glimpse")
        self.setAccessibleName(say("export", "How it will look"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(GLIMPSE.width() // 2, GLIMPSE.height() // 2)
        self._image = QImage()

    def sizeHint(self) -> QSize:
        """As large as is drawn for it."""
        return GLIMPSE + QSize(16, 16)

    def show_image(self, image: QImage) -> None:
        """Show it as large as there is room."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Keep to the room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent, /) -> None:
        """Another screen, another number of pixels."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = QSize(max(self.width() - 16, 1), max(self.height() - 16, 1)) * ratio
        fitted = self._image
        if fitted.width() > room.width() or fitted.height() > room.height():
            fitted = fitted.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        picture = QPixmap.fromImage(fitted)
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)
