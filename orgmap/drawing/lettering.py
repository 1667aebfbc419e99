"""Words rendered once and laid down many times, each with a halo of the ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap

from orgmap.drawing import batches
from orgmap.drawing.columns import Floats
from orgmap.drawing.fonts import font

HALO = 2  # pixels round the letters
PLATE = 1.45  # of the size of the letters: how high a plate below them is
PAGE_WIDTH = 2048
MOST_PIXELS = 16_000_000  # kept before everything is forgotten
_MEASURED_AT = 64  # pixels; widths are taken there and scaled


@dataclass(frozen=True, slots=True)
class Hand:
    """How a word is written. `pixels`: size of the letters; `halo`: None for none; `plate`: the
    halo is a whole round plate below the word."""

    pixels: int
    weight: QFont.Weight
    colour: int  # rgba
    halo: int | None
    plate: bool = False

    @property
    def font(self) -> QFont:
        """The font of this hand."""
        return font(self.pixels, self.weight)


def hand(
    pixels: float, colour: QColor, halo: QColor | None = None, weight: QFont.Weight = QFont.Weight.Normal
) -> Hand:
    """A hand from colours and a size."""
    return Hand(max(1, round(pixels)), weight, colour.rgba(), None if halo is None else halo.rgba())


class Lettering:
    """Measures words, and draws them from pages on which each was rendered once."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, QFont.Weight], float] = {}
        self._metrics: dict[QFont.Weight, QFontMetricsF] = {}
        self._pages: list[QPixmap] = []
        self._found: dict[Hand, dict[str, tuple[int, int, int, int, int]]] = {}
        self._pixels = 0

    def width(self, word: str, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> float:
        """How wide the word is, pixels."""
        key = (word, weight)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > 50_000:
                self._widths.clear()
            if weight not in self._metrics:
                self._metrics[weight] = QFontMetricsF(font(_MEASURED_AT, weight))
            found = self._metrics[weight].horizontalAdvance(word) / _MEASURED_AT
            self._widths[key] = found
        return found * pixels

    def fitted(self, word: str, pixels: float, weight: QFont.Weight, most: float) -> str:
        """The word, its middle left out where it is wider than `most` pixels."""
        if self.width(word, pixels, weight) <= most:
            return word
        metrics = self._metrics[weight]
        return metrics.elidedText(word, Qt.TextElideMode.ElideMiddle, most * _MEASURED_AT / pixels)

    def draw(self, painter: QPainter, words: list[str], middles: Floats, look: Hand, *, vector: bool) -> None:
        """Draw words centred on points (n, 2), pixels of an untransformed painter."""
        if vector:
            for word, (x, y) in zip(words, middles, strict=True):
                self._written(painter, word, float(x), float(y), look)
            return
        found, place = self._laid(words, middles, look)
        for page in np.unique(found[:, 0]):
            of_page = found[:, 0] == page
            batches.draw_fragments(painter, self._pages[int(page)], place[of_page], found[of_page, 1:5])

    def pieces(
        self, words: list[str], middles: Floats, look: Hand
    ) -> Iterator[tuple[str, QPixmap, tuple[float, float]]]:
        """Each word as a picture of its own, and its top left corner: for whoever draws one by one."""
        found, place = self._laid(words, middles, look)
        for word, (page, x, y, wide, tall), (cx, cy) in zip(words, found, place, strict=True):
            piece = self._pages[int(page)].copy(int(x), int(y), int(wide), int(tall))
            yield word, piece, (float(cx - wide / 2), float(cy - tall / 2))

    def _laid(self, words: list[str], middles: Floats, look: Hand) -> tuple[Floats, Floats]:
        """Where the words stand on the pages (page, x, y, width, height), and their middles."""
        spots = self._spots(words, look)
        found = np.array([spots[word] for word in words], dtype=np.float64).reshape(-1, 5)
        place: Floats = np.floor(middles - found[:, 3:5] / 2 + 0.5) + found[:, 3:5] / 2
        return found, place

    def _written(self, painter: QPainter, word: str, x: float, y: float, look: Hand) -> None:
        face = look.font
        metrics = QFontMetricsF(face)
        at = QPointF(x - metrics.horizontalAdvance(word) / 2, y + (metrics.ascent() - metrics.descent()) / 2)
        if look.halo is not None and look.plate:
            wide = max(metrics.horizontalAdvance(word) + 0.45 * look.pixels, PLATE * look.pixels)
            _plate(
                painter,
                QRectF(x - wide / 2, y - PLATE / 2 * look.pixels, wide, PLATE * look.pixels),
                look.halo,
            )
        elif look.halo is not None:
            path = QPainterPath()
            path.addText(at, face, word)
            painter.strokePath(
                path,
                QPen(
                    QColor.fromRgba(look.halo),
                    2 * HALO,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.RoundCap,
                    Qt.PenJoinStyle.RoundJoin,
                ),
            )
        painter.setFont(face)
        painter.setPen(QColor.fromRgba(look.colour))
        painter.drawText(at, word)

    def _spots(self, words: list[str], look: Hand) -> dict[str, tuple[int, int, int, int, int]]:
        """Where the words of this hand stand on the pages; rendered are those that are new."""
        new = [word for word in dict.fromkeys(words) if word not in self._found.get(look, ())]
        if new and self._pixels > MOST_PIXELS:
            self._pages.clear()
            self._found.clear()
            self._pixels = 0
            new = list(dict.fromkeys(words))
        if new:
            self._render(new, look)
        return self._found.get(look, {})

    def _render(self, words: list[str], look: Hand) -> None:
        """Put words on a new page."""
        face = look.font
        metrics = QFontMetricsF(face)
        rim = HALO if look.halo is not None else 1
        if look.plate:
            rim = max(rim, round(0.2 * look.pixels))
        tall = int(np.ceil(metrics.height())) + 2 * rim
        tall += tall % 2
        spots: list[tuple[int, int, int, int, int]] = []
        x = y = 0
        for word in words:
            wide = int(np.ceil(metrics.horizontalAdvance(word))) + 2 * rim + 2
            wide = min(wide + wide % 2, PAGE_WIDTH)
            if x + wide > PAGE_WIDTH:
                x, y = 0, y + tall
            spots.append((len(self._pages), x, y, wide, tall))
            x += wide
        wide_page = PAGE_WIDTH if y else x
        image = QImage(wide_page, y + tall, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(face)
        painter.setPen(QColor.fromRgba(look.colour))
        for word, (_, left, top, wide, _) in zip(words, spots, strict=True):
            painter.setClipRect(left, top, wide, tall)
            if look.plate and look.halo is not None:
                high = min(PLATE * look.pixels, tall)
                _plate(painter, QRectF(left, top + (tall - high) / 2, wide, high), look.halo)
                painter.setPen(QColor.fromRgba(look.colour))
            room = wide - metrics.horizontalAdvance(word)
            painter.drawText(QPointF(left + room / 2, top + rim + metrics.ascent()), word)
        painter.end()
        if look.halo is not None and not look.plate:
            image = _haloed(image, QColor.fromRgba(look.halo))
        self._pages.append(QPixmap.fromImage(image))
        self._pixels += image.width() * image.height()
        # ascent and descent differ: the middle of the letters, not of the box, belongs on the point
        self._found.setdefault(look, {}).update(zip(words, spots, strict=True))


def _plate(painter: QPainter, rect: QRectF, colour: int) -> None:
    """A round plate below a word."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(colour))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def _haloed(image: QImage, colour: QColor) -> QImage:
    """The words with the colour laid round and below them, HALO pixels wide."""
    words = _pixels(image)
    cover = words[..., 3].astype(np.uint8)
    padded = np.pad(cover, HALO)
    high, wide = cover.shape
    round_about = np.zeros_like(cover)
    for dy in range(-HALO, HALO + 1):
        for dx in range(-HALO, HALO + 1):
            if dx * dx + dy * dy <= HALO * HALO + 1:
                part = padded[HALO + dy : HALO + dy + high, HALO + dx : HALO + dx + wide]
                np.maximum(round_about, part, out=round_about)
    made = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    out = _pixels(made)
    ground = np.array((colour.blue(), colour.green(), colour.red(), 255), dtype=np.uint16)
    rest = (round_about.astype(np.uint16) * (255 - cover.astype(np.uint16)) + 127) // 255
    out[...] = (words + (rest[..., None] * ground + 127) // 255).astype(np.uint8)
    return made


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """The bytes of a 32-bit image, shape (height, width, 4), shared with it: blue first."""
    bits: Any = image.bits()
    flat: NDArray[np.uint8] = np.frombuffer(bits, dtype=np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
