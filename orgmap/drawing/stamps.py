"""Small things drawn many times: each rendered once, then laid down from a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPixmap

from orgmap.drawing import batches
from orgmap.drawing.columns import Floats, Ints

FEW = 60  # things; from here on they are laid down from a page
STEPS = 4  # places between two pixels at which a thing on a page is rendered, each way
LARGEST = 56.0  # pixels of reach


class Stamp(Protocol):
    """Something small and hashable that can be drawn about a point."""

    @property
    def reach(self) -> float:
        """How far it may reach from that point, pixels."""

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it about (x, y), pixels."""


class Stamps:
    """Draws many small things; each look is rendered once, at a few places between two pixels."""

    def __init__(self) -> None:
        self._page = QPixmap()
        self._boxes: dict[tuple[Stamp, int], tuple[int, int, int]] = {}

    def draw(
        self, painter: QPainter, looks: Sequence[Stamp], look_of: Ints, middles: Floats, *, vector: bool
    ) -> None:
        """Draw `looks[look_of[i]]` at the point `middles[i]`, in this order."""
        largest = max((look.reach for look in looks), default=0.0)
        if vector or len(middles) < FEW or largest > LARGEST:
            for which, (x, y) in zip(look_of, middles, strict=True):
                looks[int(which)].draw(painter, float(x), float(y))
            return
        stepped = np.rint(middles * STEPS).astype(np.int64)
        step = (stepped[:, 0] % STEPS) * STEPS + stepped[:, 1] % STEPS
        code = look_of.astype(np.int64) * STEPS * STEPS + step
        wanted, which_box = np.unique(code, return_inverse=True)
        keys = [(looks[int(c) // (STEPS * STEPS)], int(c) % (STEPS * STEPS)) for c in wanted]
        if any(key not in self._boxes for key in keys):
            self._render(keys)
        boxes = np.array([self._boxes[key] for key in keys], dtype=np.float64).reshape(-1, 3)
        chosen = boxes[which_box]
        sources = np.stack((chosen[:, 0], chosen[:, 1], chosen[:, 2], chosen[:, 2]), axis=1)
        batches.draw_fragments(painter, self._page, np.floor(stepped / STEPS), sources)

    def _render(self, keys: list[tuple[Stamp, int]]) -> None:
        """A new page with exactly these: even squares, the middle between four pixels."""
        boxes: dict[tuple[Stamp, int], tuple[int, int, int]] = {}
        x = y = row = 0
        for key in sorted(keys, key=lambda k: -k[0].reach):
            look = key[0]
            half = int(np.ceil(look.reach)) + 2
            if x + 2 * half > 2048:
                x, y, row = 0, y + row, 0
            boxes[key] = (x, y, 2 * half)
            x, row = x + 2 * half, max(row, 2 * half)
        image = QImage(2048, y + row, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (look, step), (left, top, side) in boxes.items():
            look.draw(
                painter,
                left + side / 2 + (step // STEPS) / STEPS,
                top + side / 2 + step % STEPS / STEPS,
            )
        painter.end()
        self._page = QPixmap.fromImage(image)
        self._boxes = boxes
