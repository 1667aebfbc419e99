"""A rendered picture of the map, kept larger than the view, that moves and scales with it.

While the view moves, a frame is one picture laid down; at rest the map is drawn anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera

REST_MS = 90  # after the last movement the canvas asks for a sharp frame; it is there within 150
MARGIN = 0.15  # of the view's width and height, kept on each side
STRETCH = 3.0  # magnification at which a kept picture is too coarse (or a shrunk one too small)
LEAST_COVERED = 0.6  # share of the view a kept picture has to fill

Render = Callable[[QPainter, Camera], None]


class KeptPicture:
    """Draws through `render`, which paints what a camera sees without any ground.

    `draw(...)` with `moving=False` renders when the camera or anything else has changed since;
    with `moving=True` it lays down what is there, and renders only when too little would be seen.
    """

    def __init__(self, render: Render, ground: QColor) -> None:
        self._render = render
        self._ground = ground
        self._image = QImage()
        self._camera: Camera | None = None
        self._stale = True

    def invalidate(self) -> None:
        """What is drawn has changed: the next frame renders, moving or not."""
        self._stale = True

    def set_ground(self, ground: QColor) -> None:
        """Another colour below everything."""
        self._ground = ground
        self._stale = True

    def sharp(self, camera: Camera) -> bool:
        """Is the kept picture exactly what this camera sees?"""
        return not self._stale and self._camera is not None and self._exact(camera)

    def draw(self, painter: QPainter, camera: Camera, *, moving: bool = False, ratio: float = 1.0) -> None:
        """Fill the view. `ratio`: device pixels per pixel of the view."""
        if self._stale or not (self.sharp(camera) or (moving and self._enough(camera))):
            self._renew(camera, ratio)
        place = self._placed(camera)
        view = QRectF(0, 0, camera.width, camera.height)
        if not place.contains(view):
            painter.fillRect(view, self._ground)
        painter.drawImage(place, self._image)

    def _renew(self, camera: Camera, ratio: float) -> None:
        wide = math.ceil(camera.width * MARGIN) * 2 + math.ceil(camera.width)
        high = math.ceil(camera.height * MARGIN) * 2 + math.ceil(camera.height)
        size = (math.ceil(wide * ratio), math.ceil(high * ratio))
        if (self._image.width(), self._image.height()) != size:
            self._image = QImage(*size, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(self._ground)
        larger = replace(camera, width=float(wide), height=float(high))
        painter = QPainter(self._image)
        try:
            self._render(painter, larger)
        finally:
            painter.end()
        self._camera = larger
        self._stale = False

    def _placed(self, camera: Camera) -> QRectF:
        """Where the kept picture lies in the view of a camera."""
        kept = self._camera or camera
        factor = camera.scale / kept.scale
        middle = camera.to_screen(kept.x, kept.y)
        wide, high = kept.width * factor, kept.height * factor
        x, y = middle.x() - wide / 2, middle.y() - high / 2
        if abs(factor - 1) < 1e-9:
            return QRectF(round(x), round(y), kept.width, kept.height)
        return QRectF(x, y, wide, high)

    def _exact(self, camera: Camera) -> bool:
        kept = self._camera
        if kept is None or abs(camera.scale / kept.scale - 1) > 1e-9:
            return False
        whole = self._placed(camera)
        return whole.adjusted(-0.01, -0.01, 0.01, 0.01).contains(QRectF(0, 0, camera.width, camera.height))

    def _enough(self, camera: Camera) -> bool:
        kept = self._camera
        if kept is None or not 1 / STRETCH <= camera.scale / kept.scale <= STRETCH:
            return False
        view = QRectF(0, 0, camera.width, camera.height)
        seen = self._placed(camera).intersected(view)
        return seen.width() * seen.height() >= LEAST_COVERED * view.width() * view.height()
