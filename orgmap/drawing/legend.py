"""What colours, lines and signs on a map mean; only what occurs on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme


def legend_size(scene: Scene, lighting: Lighting = UNLIT, most_wide: float = 480.0) -> QSizeF:
    """The room the legend of this scene needs, pixels; empty if there is nothing to explain."""
    shown = min(len(scene.frames.ids), 8)
    return QSizeF(min(most_wide, 320.0), 40.0 + 20.0 * shown) if shown else QSizeF()


def paint_legend(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    rect: QRectF,
    lighting: Lighting = UNLIT,
) -> None:
    """Draw the legend as a card at the top left of `rect`, as wide as that at most; pixels."""
    size = legend_size(scene, lighting, rect.width())
    if size.isEmpty():
        return
    painter.setPen(theme["line"])
    painter.setBrush(theme["panel"])
    painter.drawRoundedRect(QRectF(rect.topLeft(), size), 8, 8)
