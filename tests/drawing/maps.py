"""Maps with places, and pixels, for the tests of the drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.detail import Detail
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.drawing.painter import paint
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.edits import move, set_fields
from orgmap.model.entities import NodeId
from tests.words import org

Place = tuple[float, float]


def placed(document: Document, **places: Place) -> Document:
    """The document with people in these places."""
    return document.apply(move(document, {NodeId(name): at for name, at in places.items()}))


def two_teams() -> Document:
    """Ana, Ben in Sales on the left, Cy and Di in Support on the right, 400 units apart."""
    document = org("ana <> ben, ana > cy, cy <> di", modules={"Sales": "ana ben", "Support": "cy di"})
    return placed(document, ana=(0, 0), ben=(0, 150), cy=(400, 0), di=(400, 150))


def drawn(
    document: Document,
    lighting: Lighting = UNLIT,
    *,
    name: str = "light",
    looks: Looks = PLAIN,
    scale: float = 1.0,
    **options: Any,  # noqa: ANN401
) -> QImage:
    """The map, at 100 % unless told otherwise, the map's (0, 0) in the middle of 1000 x 600 pixels."""
    image = QImage(1000, 600, QImage.Format.Format_ARGB32_Premultiplied)
    colours = theme(name)
    image.fill(colours["ground"])
    painter = QPainter(image)
    camera = Camera(scale, 0.0, 0.0, 1000.0, 600.0)
    paint(painter, Scene.of(document, looks), colours, camera, lighting, Detail.AUTO, **options)
    painter.end()
    return image


def at(image: QImage, x: float, y: float) -> QColor:
    """The colour of the map point (x, y) in a picture of `drawn`."""
    return image.pixelColor(math.floor(x + 500), math.floor(y + 300))


def close(one: QColor, other: QColor, most: int = 12) -> bool:
    """Are two colours alike but for antialiasing?"""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= most for a, b in pairs)


def count(image: QImage, colour: QColor, most: int = 2) -> int:
    """How many pixels have this colour."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(plain.constBits(), dtype=np.uint8)
    pixels = flat.reshape(plain.height(), plain.bytesPerLine() // 4, 4)[:, : plain.width(), :3]
    away = np.abs(pixels.astype(int) - (colour.red(), colour.green(), colour.blue()))
    return int((away.max(axis=2) <= most).sum())


def with_fields(document: Document, fields: Mapping[str, Mapping[str, object]]) -> Document:
    """The document with fields of entities set, by id."""
    for key, values in fields.items():
        document = document.apply(set_fields(document, [key], **values))
    return replace(document)
