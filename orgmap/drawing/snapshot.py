"""A picture of a part of the map, and where it lies in other views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage

from orgmap.drawing.camera import Camera


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a snapped camera sees, `ratio` pixels of the device for each of the view.

    `around`: the part of the map in which the names on it were placed.
    """

    image: QImage
    camera: Camera
    around: Camera
    ratio: float

    def stretched(self, camera: Camera) -> QRectF:
        """Where it lies in a view of any magnification."""
        factor = camera.scale / self.camera.scale
        middle = camera.to_screen(self.camera.x, self.camera.y)
        wide, high = self.camera.width * factor, self.camera.height * factor
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def holds(self, other: Snapshot) -> bool:
        """Is all of the map that is on the other one on this one too?"""
        return self.camera.seen.contains(other.camera.seen)


def pixels_of(image: QImage) -> NDArray[np.uint32]:
    """The pixels of a 32-bit image, shape (height, width), shared with it."""
    flat: NDArray[np.uint32] = np.frombuffer(cast("memoryview", image.bits()), dtype=np.uint32)
    return flat.reshape(image.height(), -1)[:, : image.width()]


def view_of(camera: Camera) -> QRectF:
    """The rectangle of a view."""
    return QRectF(0, 0, camera.width, camera.height)


def corner(camera: Camera, ratio: float) -> QPoint:
    """The upper left corner of a snapped view, in pixels of the device from the map's origin."""
    scale = camera.scale * ratio
    x, y = camera.x * scale - camera.width * ratio / 2, camera.y * scale - camera.height * ratio / 2
    return QPoint(round(x), round(y))


def outside(whole: QRect, inner: QRect) -> list[QRect]:
    """Rectangles that make up what of one lies outside another: above, below, left, right."""
    inner = inner.intersected(whole)
    if inner.isEmpty():
        return [whole]
    top, bottom = inner.y(), inner.y() + inner.height()
    left, right = inner.x(), inner.x() + inner.width()
    end_x, end_y = whole.x() + whole.width(), whole.y() + whole.height()
    found = (
        QRect(whole.x(), whole.y(), whole.width(), top - whole.y()),
        QRect(whole.x(), bottom, whole.width(), end_y - bottom),
        QRect(whole.x(), top, left - whole.x(), bottom - top),
        QRect(right, top, end_x - right, bottom - top),
    )
    return [rect for rect in found if not rect.isEmpty()]
