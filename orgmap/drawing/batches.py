"""Whole arrays handed to QPainter at once, without a Python object for each line or sign."""

from __future__ import annotations

from typing import cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QLineF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from orgmap.drawing.columns import Floats

_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])
_MOVE, _LINE, _CURVE, _MORE = 0, 1, 2, 3  # QPainterPath.ElementType

FRAGMENT = 10  # numbers in a QPainter.PixmapFragment


def clip_to_image(painter: QPainter) -> None:
    """Clip to the image drawn on, if it is one: Qt draws antialiased lines twice as fast then."""
    image = painter.device()
    if not isinstance(image, QImage):
        return
    back, possible = painter.deviceTransform().inverted()
    if possible:
        painter.setClipRect(back.mapRect(QRectF(image.rect())), Qt.ClipOperation.IntersectClip)


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw the lines x1, y1, x2, y2 of an (n, 4) array with the painter's pen.

    Qt is fastest with an opaque pen of at most one pixel and flat caps, on lines that lie beside
    one another in the array as they do in the picture.
    """
    if not len(lines):
        return
    lines = np.ascontiguousarray(lines, dtype=np.float64)
    first = cast(QLineF, shiboken6.wrapInstance(lines.ctypes.data, QLineF))
    painter.drawLines(first, len(lines))


def draw_fragments(painter: QPainter, pixmap: QPixmap, places: Floats, sources: Floats) -> None:
    """Draw parts of a pixmap unscaled: middles (n, 2), and left, top, width, height (n, 4)."""
    count = len(places)
    if not count:
        return
    parts = np.zeros((count, FRAGMENT), dtype=np.float64)
    parts[:, 0:2] = places
    parts[:, 2:6] = sources
    parts[:, 6:8] = 1.0
    parts[:, 9] = 1.0
    kind = QPainter.PixmapFragment
    first = cast(QPainter.PixmapFragment, shiboken6.wrapInstance(parts.ctypes.data, kind))
    painter.drawPixmapFragments(first, count, pixmap)


def polygons(points: Floats) -> QPainterPath:
    """One path of n closed polygons from an (n, corners, 2) array, filled by winding."""
    count, corners = points.shape[:2]
    elements = np.empty((count, corners + 1), dtype=_ELEMENT)
    elements["type"] = _LINE
    elements["type"][:, 0] = _MOVE
    elements["x"][:, :corners], elements["y"][:, :corners] = points[..., 0], points[..., 1]
    elements["x"][:, corners], elements["y"][:, corners] = points[:, 0, 0], points[:, 0, 1]
    return _path(elements.ravel())


def polylines(points: Floats) -> QPainterPath:
    """One path of n open lines from an (n, points, 2) array."""
    elements = np.empty(points.shape[:2], dtype=_ELEMENT)
    elements["type"] = _LINE
    elements["type"][:, 0] = _MOVE
    elements["x"], elements["y"] = points[..., 0], points[..., 1]
    return _path(elements.ravel())


def curves(start: Floats, control: Floats, end: Floats) -> QPainterPath:
    """One path of n quadratic curves, each from three (n, 2) arrays."""
    elements = np.empty((len(start), 4), dtype=_ELEMENT)
    elements["type"] = (_MOVE, _CURVE, _MORE, _MORE)
    points = (start, start + (control - start) * (2 / 3), end + (control - end) * (2 / 3), end)
    for column, point in enumerate(points):
        elements["x"][:, column], elements["y"][:, column] = point[:, 0], point[:, 1]
    return _path(elements.ravel())


def _path(elements: NDArray[np.void]) -> QPainterPath:
    """A path from its elements, by way of Qt's own written form of it."""
    path = QPainterPath()
    if not len(elements):
        return path
    head = np.array([len(elements)], dtype=">i4").tobytes()
    tail = np.array([0, Qt.FillRule.WindingFill.value], dtype=">i4").tobytes()
    written = QByteArray(head + elements.tobytes() + tail)
    stream = QDataStream(written, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    return path
