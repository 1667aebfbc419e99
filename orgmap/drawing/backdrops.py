"""Pictures behind the map: read with care, and drawn below everything."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPen

from orgmap.drawing.fonts import font
from orgmap.drawing.sheet import Sheet
from orgmap.i18n import say

MOST_SIGNS = 56_000_000  # of base64: a file of 42 million bytes
MOST_PIXELS = 100_000_000  # of a picture that is read at all
LARGEST = 4_096  # pixels of the longer side that are kept
ALLOCATION = 512  # million bytes that reading one may take
KEPT = 4  # pictures that are kept as they are drawn
HALVED = 3  # times, at which they are kept too
_LEAST = QSize(1, 1)
FORMATS = (b"png", b"jpeg", b"jpg")


def draw_backdrops(sheet: Sheet) -> None:
    """Every backdrop in view that this layer holds, in their order."""
    shown, seen = sheet.scene.document.backdrops, sheet.seen_map
    for key, rect in sheet.scene.backdrops.rects.items():
        if not sheet.holds(key) or not seen.intersects(rect):
            continue
        place = QRectF(sheet.point(rect.x(), rect.y()), rect.size() * sheet.scale)
        image = picture_of(shown[key].data)
        if image is None:
            _broken(sheet, place)
            continue
        if not sheet.vector:
            image = _near(shown[key].data, place.width()) or image
        painter = sheet.painter
        painter.save()
        painter.setOpacity(min(max(shown[key].strength, 0.0), 1.0))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.restore()


def _near(data: str, width: float) -> QImage | None:
    """The picture halved as often as it is still as wide as it will be drawn: a smaller one is drawn
    faster, and without the flicker of left out pixels."""
    whole = picture_of(data)
    if whole is None or width < 1:
        return None
    return _halved(data, min(int(math.log2(max(whole.width() / width, 1.0))), HALVED))


def make_ready(pictures: Iterable[str]) -> None:
    """Read pictures, and halve them, before they are drawn. For a thread: a large one takes a while."""
    for data in islice(pictures, KEPT):
        _halved(data, HALVED)


@lru_cache(maxsize=KEPT * (HALVED + 1))
def _halved(data: str, times: int) -> QImage | None:
    larger = picture_of(data) if times == 0 else _halved(data, times - 1)
    if larger is None or times == 0:
        return larger
    size = (larger.size() * 0.5).expandedTo(_LEAST)
    smooth = Qt.TransformationMode.SmoothTransformation
    return larger.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


@lru_cache(maxsize=KEPT)
def picture_of(data: str) -> QImage | None:
    """The picture in base64 as an image of at most LARGEST pixels a side; None if it is none.

    Only PNG and JPEG are read, whatever the data call themselves, and none that would fill the memory.
    """
    if len(data) > MOST_SIGNS:
        return None
    try:
        plain = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(plain))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if reader.format().data() not in FORMATS or not size.isValid():
        return None
    if size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return None
    QImageReader.setAllocationLimit(ALLOCATION)
    if max(size.width(), size.height()) > LARGEST:
        reader.setScaledSize(size.scaled(LARGEST, LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _broken(sheet: Sheet, place: QRectF) -> None:
    """A quiet frame where a picture cannot be shown."""
    painter = sheet.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(sheet.theme["quiet"], 1.2 * sheet.unit, Qt.PenStyle.DashLine))
    painter.drawRect(place)
    painter.setFont(font(13.0 * sheet.unit))
    painter.setPen(sheet.theme["quiet"])
    if place.width() > 120 * sheet.unit:
        words = say("canvas", "This picture cannot be shown.")
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
