"""A scene on any QPainter: the one place where a map becomes ink."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import DASHES, KINDS, LINK_KINDS, STATUSES, WIDTHS
from orgmap.drawing.detail import Detail
from orgmap.drawing.fonts import font
from orgmap.drawing.frames import CORNER
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.plain import initial
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.model.entities import Dash, LinkKind, NodeKind, Status


def paint(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    camera: Camera,
    lighting: Lighting = UNLIT,
    detail: Detail = Detail.AUTO,
    *,
    only: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
) -> None:
    """Draw what the camera sees, pixel (0, 0) being the painter's origin. No ground is filled.

    `only`: these nodes and the links on them, nothing else (a layer that is dragged);
    `without`: everything but these nodes and the links on them.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(camera.width / 2, camera.height / 2)
    painter.scale(camera.scale, camera.scale)
    painter.translate(-camera.x, -camera.y)
    dim = lighting.any_lit
    with_heads = detail is not Detail.LINES
    if only is None:
        for row in scene.frames.shown:
            colours = theme.module(int(scene.module_hue[row]))
            rect = scene.frames.of_row(row)
            border = QColor(colours.line)
            border.setAlphaF(0.45)
            painter.setPen(QPen(border, 1.2))
            painter.setBrush(colours.fill)
            painter.drawRoundedRect(rect, CORNER, CORNER)
            painter.setPen(colours.line)
            painter.setFont(font(13, QFont.Weight.DemiBold))
            painter.drawText(QPointF(rect.x() + 16, rect.y() + 26), scene.module_names[row])
    arcs, links, nodes = scene.arcs, scene.links, scene.nodes
    wide = links.width()

    def drawn(row: int) -> bool:
        key = nodes.ids[row]
        return (only is None or key in only) and key not in without

    for row in map(int, np.flatnonzero(arcs.shown)):
        ends = [int(e) for e in arcs.ends[row] if e >= 0]
        if only is not None and not any(nodes.ids[e] in only for e in ends):
            continue
        if any(nodes.ids[e] in without for e in ends):
            continue
        colour = theme["link"]
        if links.ids[row] in lighting.lit_links:
            colour = theme[lighting.token]
        elif dim:
            colour = theme["faded"]
        elif STATUSES[links.status[row]] is Status.PROPOSED:
            colour = theme["accent"]
        if links.ids[row] in lighting.selected:
            colour = theme["accent"]
        pen = QPen(colour, WIDTHS[wide[row]])
        pen.setStyle(_PENS[DASHES[links.dash[row]]])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(*arcs.start[row]))
        path.quadTo(QPointF(*arcs.control[row]), QPointF(*arcs.end[row]))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if not with_heads:
            continue
        _head(painter, arcs.end[row], arcs.end[row] - arcs.control[row])
        if links.two_way[row] and LINK_KINDS[links.kind[row]] is LinkKind.TALKS:
            _head(painter, arcs.start[row], arcs.start[row] - arcs.control[row])
    for row in map(int, np.flatnonzero(scene.visible)):
        if not drawn(int(row)):
            continue
        key = nodes.ids[row]
        at, r = QPointF(*nodes.centre[row]), float(nodes.radius[row])
        line = theme.module(int(scene.hue[row])).line
        faded = dim and key not in lighting.lit_nodes
        pen = QPen(theme["faded"] if faded else line, 1.6)
        if nodes.vacant[row]:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme["node"])
        box = QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r)
        match KINDS[nodes.kind[row]]:
            case NodeKind.OUTSIDE:
                painter.drawPolygon(
                    QPolygonF(
                        [at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)]
                    )
                )
            case NodeKind.SOURCE:
                painter.drawRoundedRect(box, 5, 5)
            case _:
                painter.drawEllipse(box)
        if key in lighting.selected or key == lighting.focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme["accent"], 2))
            painter.drawEllipse(at, r + 4, r + 4)
        painter.setPen(theme["faded_text"] if faded else line)
        painter.setFont(font(13, QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initial(nodes.names[row]))
        painter.setPen(theme["faded_text"] if faded else theme["text"])
        face = font(13)
        painter.setFont(face)
        width = QFontMetricsF(face).horizontalAdvance(nodes.names[row])
        painter.drawText(QPointF(at.x() - width / 2, at.y() + r + 16), nodes.names[row])
    painter.restore()


def _head(painter: QPainter, tip: np.ndarray, toward: np.ndarray) -> None:
    length = float(np.hypot(toward[0], toward[1])) or 1.0
    ux, uy = float(toward[0]) / length, float(toward[1]) / length
    x, y = float(tip[0]), float(tip[1])
    back = (x - 8 * ux, y - 8 * uy)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x, y),
                QPointF(back[0] - 3.4 * uy, back[1] + 3.4 * ux),
                QPointF(back[0] + 3.4 * uy, back[1] - 3.4 * ux),
            ]
        )
    )


_PENS = {
    Dash.SOLID: Qt.PenStyle.SolidLine,
    Dash.DASH: Qt.PenStyle.DashLine,
    Dash.DOT: Qt.PenStyle.DotLine,
    Dash.DASH_DOT: Qt.PenStyle.DashDotLine,
}
