"""A picture file made small enough to be kept in a map, behind the people."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from orgmap.drawing.backdrops import ALLOCATION, MOST_PIXELS, make_ready
from orgmap.errors import ReadError
from orgmap.i18n import text
from orgmap.progress import Progress

ENDINGS = ("png", "jpg", "jpeg", "webp")
MOST_SIDE = 2_400  # pixels of the longer side
MOST_BYTES = 3_000_000
QUALITIES = (88, 78, 66, 54)

_NO_PICTURE = text("error", "This is not a picture that can be put behind a map.")
_WHICH = text("error", "Choose a PNG, JPEG or WebP file.")
_TOO_LARGE = text("error", "This picture has too many pixels to be read.")
_SMALLER = text("error", "Make it smaller in a picture program, then choose it again.")


@dataclass(frozen=True, slots=True)
class Source:
    """`data`: a PNG or JPEG in base64; `width`, `height`: pixels, > 0."""

    data: str
    width: int
    height: int


def is_picture(path: Path) -> bool:
    """Does the name of a file say that it is a picture one could put behind a map?"""
    return path.suffix.lower().lstrip(".") in ENDINGS


def taken_in(path: Path, progress: Progress) -> Source:
    """Read a picture and make it small enough. Safe in a thread.

    Raises ReadError for what is no such picture, OSError for what cannot be read, Cancelled.
    """
    with path.open("rb"):  # says why a file cannot be read; Qt would only say that it cannot
        pass
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if (
        bytes(reader.format().data()).decode("ascii", "replace") not in ENDINGS
        or not size.isValid()
        or size.isEmpty()
    ):
        raise ReadError(_NO_PICTURE(), place=path.name, hint=_WHICH())
    if size.width() * size.height() > MOST_PIXELS:
        raise ReadError(_TOO_LARGE(), place=path.name, hint=_SMALLER())
    if max(size.width(), size.height()) > MOST_SIDE:
        reader.setScaledSize(size.scaled(MOST_SIDE, MOST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    QImageReader.setAllocationLimit(ALLOCATION)
    image = reader.read()
    if image.isNull():
        raise ReadError(_NO_PICTURE(), place=path.name, hint=_WHICH())
    progress.at(0.5)
    data, image = _packed(image, progress)
    made = Source(base64.b64encode(data).decode("ascii"), image.width(), image.height())
    make_ready([made.data])
    return made


def _packed(image: QImage, progress: Progress) -> tuple[bytes, QImage]:
    """As PNG where it is see-through or that is small, else as JPEG; smaller until it is light enough."""
    see_through = image.hasAlphaChannel()
    while True:
        tries = [("PNG", -1)] if see_through else [("PNG", -1), *(("JPEG", q) for q in QUALITIES)]
        for kind, quality in tries:
            progress.at(0.7)
            data = _written(image, kind, quality)
            if 0 < len(data) <= MOST_BYTES:  # without JPEG in this Qt nothing is written
                return data, image
        half = image.size() * 0.75
        image = image.scaled(
            half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind.encode())
    writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
