"""Small things drawn many times: each rendered once, then laid down from a page."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from orgmap.drawing import batches
from orgmap.drawing.columns import Floats, Ints

WIDTH = 2048  # pixels of a page

Render = Callable[[QPainter, Ints, Floats], None]


class Page:
    """`count` things, each rendered at `steps` x `steps` places between two pixels.

    `render(painter, which, middles)` draws the things `which` (n,) about the points (n, 2);
    none may reach farther from its point than `reach` pixels.
    """

    def __init__(self, count: int, steps: int, reach: float, render: Render) -> None:
        self._steps = steps
        self._side = 2 * (int(np.ceil(reach)) + 2)
        self._across = max(1, WIDTH // self._side)
        box = np.arange(count * steps * steps)
        step = box % (steps * steps)
        between = np.stack((step // steps, step % steps), axis=1) / steps
        size = self._side * np.array((self._across, -(-len(box) // self._across)))
        image = QImage(int(size[0]), max(int(size[1]), 1), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        render(painter, box // (steps * steps), self._corners(box) + self._side / 2 + between)
        painter.end()
        self._pixmap = QPixmap.fromImage(image)

    def draw(self, painter: QPainter, which: Ints, middles: Floats) -> None:
        """Lay down the things `which` (n,) at the points (n, 2), in this order."""
        stepped = np.floor(middles * self._steps + 0.5).astype(np.int64)
        between = stepped % self._steps
        box = (which * self._steps + between[:, 0]) * self._steps + between[:, 1]
        sources = np.full((len(box), 4), float(self._side))
        sources[:, :2] = self._corners(box)
        batches.draw_fragments(painter, self._pixmap, np.floor(stepped / self._steps), sources)

    def tinted(self, colour: int) -> Page:
        """The same things, each in one colour (rgba)."""
        made = copy.copy(self)
        made._pixmap = QPixmap(self._pixmap)
        painter = QPainter(made._pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(made._pixmap.rect(), QColor.fromRgba(colour))
        painter.end()
        return made

    @property
    def pixels(self) -> int:
        """How many pixels the page has."""
        return self._pixmap.width() * self._pixmap.height()

    def _corners(self, box: Ints) -> Floats:
        """The top left corners (n, 2) of boxes on the page."""
        corners = np.stack((box % self._across, box // self._across), axis=1) * self._side
        return corners.astype(np.float64)
