"""A soft passage from what the canvas showed to what it shows now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

LASTS = 180  # milliseconds


class Fading(QObject):
    """Keeps the last picture and lets it pale over the new one; at once where less motion is wanted.

    `draw` paints the canvas as it is.
    """

    def __init__(self, host: QWidget, draw: Callable[[QPainter], None]) -> None:
        super().__init__(host)
        self._host = host
        self._draw = draw
        self._before: QPixmap | None = None
        self.reduced = False
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(LASTS)
        self._motion.setStartValue(1.0)
        self._motion.setEndValue(0.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._host.update)
        self._motion.finished.connect(self._over)

    @property
    def under_way(self) -> bool:
        """Is an older picture still paling?"""
        return self._before is not None

    def begin(self) -> None:
        """Another view is about to come: keep the picture of this one."""
        if self.reduced or self.under_way or not self._host.isVisible():
            return
        ratio = self._host.devicePixelRatioF()
        picture = QPixmap(self._host.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:  # a painter left open by an error would take the process with it
            self._draw(painter)
        finally:
            painter.end()
        self._before = picture
        self._motion.stop()
        self._motion.start()

    def paint(self, painter: QPainter) -> None:
        """What is left of the old picture."""
        if self._before is not None:
            painter.setOpacity(float(self._motion.currentValue()))
            painter.drawPixmap(0, 0, self._before)
            painter.setOpacity(1.0)

    def stop(self) -> None:
        """The view moves: the old picture would not fit."""
        if self._before is not None:
            self._motion.stop()
            self._over()

    def _over(self) -> None:
        self._before = None
        self._host.update()
