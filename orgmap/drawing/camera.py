"""Which part of the map is seen, and how large."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

CLOSEST = 8.0  # pixels per map unit
FARTHEST = 0.005


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of `width` x `height` pixels whose middle shows the map point (x, y).

    `scale`: pixels per map unit, > 0.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def to_screen(self, x: float, y: float) -> QPointF:
        """The pixel of a map point."""
        return QPointF(
            (x - self.x) * self.scale + self.width / 2, (y - self.y) * self.scale + self.height / 2
        )

    def to_map(self, x: float, y: float) -> QPointF:
        """The map point under a pixel."""
        return QPointF(
            (x - self.width / 2) / self.scale + self.x, (y - self.height / 2) / self.scale + self.y
        )

    @property
    def seen(self) -> QRectF:
        """What is in view, map units."""
        wide, high = self.width / self.scale, self.height / self.scale
        return QRectF(self.x - wide / 2, self.y - high / 2, wide, high)

    def panned(self, dx: float, dy: float) -> Camera:
        """The view after the map was moved by pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """The view magnified by `factor`, the map point under the pixel (x, y) staying there."""
        scale = min(max(self.scale * factor, FARTHEST), CLOSEST)
        fixed = self.to_map(x, y)
        ratio = self.scale / scale
        return replace(
            self,
            scale=scale,
            x=fixed.x() + (self.x - fixed.x()) * ratio,
            y=fixed.y() + (self.y - fixed.y()) * ratio,
        )

    def snapped(self, ratio: float) -> Camera:
        """The nearest view in which the origin of the map lies on a pixel of the device.

        So at one magnification every view shows the same pixels, only elsewhere. `ratio`: device
        pixels per pixel of the view.
        """
        scale = self.scale * ratio
        x, y = (
            (side * ratio / 2 - round(side * ratio / 2 - middle * scale)) / scale
            for side, middle in ((self.width, self.x), (self.height, self.y))
        )
        return replace(self, x=x, y=y)

    def resized(self, width: float, height: float) -> Camera:
        """The same middle in a view of another size."""
        return replace(self, width=max(width, 1.0), height=max(height, 1.0))

    @staticmethod
    def fitted(rect: QRectF, width: float, height: float, largest: float = 1.5) -> Camera:
        """The view that shows the whole of `rect` (map units), magnified at most `largest` times."""
        width, height = max(width, 1.0), max(height, 1.0)
        wide, high = max(rect.width(), 1e-6), max(rect.height(), 1e-6)
        scale = min(max(min(width / wide, height / high, largest), FARTHEST), CLOSEST)
        return Camera(scale, rect.center().x(), rect.center().y(), width, height)
