"""A planned picture on any painter, or a part of it: ground, heading, map, legend, what is left out."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEngine, QPainter

from orgmap.drawing.content import Content
from orgmap.drawing.detail import Detail
from orgmap.drawing.fonts import font
from orgmap.drawing.legend import paint_legend
from orgmap.drawing.painter import painted, sheet_of
from orgmap.drawing.plan import LINE, Plan
from orgmap.drawing.sheet import Pens
from orgmap.drawing.writing import reading
from orgmap.i18n import say


def inked(
    painter: QPainter,
    content: Content,
    plan: Plan,
    part: QRectF | None = None,
    *,
    ground: bool = True,
    pens: Pens | None = None,
) -> Generator[None, None, None]:
    """Draw `part` of a picture, pixels of the plan, at the same place of the painter; None: all of it.

    Yields now and then, so that other things may have their turn. Whatever the parts, put together
    they are the same picture. `pens`: for several parts, so that nothing is rendered twice.
    """
    part = plan.whole if part is None else part.intersected(plan.whole)
    if part.isEmpty():
        return
    painter.save()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if ground:
            painter.fillRect(part, content.theme["ground"])
        if content.scene.empty:
            _say_nobody(painter, content, plan)
        else:
            yield from _map(painter, content, plan, part, pens or Pens())
        _draw_heading(painter, content, plan)
        _draw_legend(painter, content, plan)
        _say_below(painter, content, plan)
    finally:  # also if the rest is not wanted any more
        painter.restore()


def _map(
    painter: QPainter, content: Content, plan: Plan, part: QRectF, pens: Pens
) -> Generator[None, None, None]:
    """The map in the part; names are placed once for the whole."""
    seen = part.intersected(plan.map) if content.view is not None else part
    if seen.isEmpty():
        return
    unit = 1.0
    if painter.paintEngine().type() is QPaintEngine.Type.Raster:
        unit = painter.device().devicePixelRatioF()
    whole = plan.camera_of(plan.map if content.view is not None else plan.whole)
    painter.save()
    painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
    painter.translate(seen.topLeft())
    sheet = sheet_of(
        painter,
        content.scene,
        content.theme,
        plan.camera_of(seen),
        content.lighting,
        Detail.AUTO,
        pens,
        None,
        frozenset(),
        reading(whole, unit),
    )
    try:
        yield from painted(sheet)
    finally:
        painter.restore()


def _say_nobody(painter: QPainter, content: Content, plan: Plan) -> None:
    painter.setFont(font(14))
    painter.setPen(content.theme["quiet"])
    words = say("picture", "There is nobody on this map yet.")
    if content.scene.document.nodes:
        words = say("picture", "Everything on this map is hidden.")
    painter.drawText(plan.map, Qt.AlignmentFlag.AlignCenter, words)


def _draw_legend(painter: QPainter, content: Content, plan: Plan) -> None:
    if plan.legend.height() <= 0 or content.scene.empty:
        return
    painter.save()
    painter.translate(plan.legend.topLeft())
    painter.scale(plan.letters, plan.letters)
    place = QRectF(QPointF(0, 0), plan.legend.size() * (1 / plan.letters))
    paint_legend(painter, content.scene, content.theme, place, content.lighting)
    painter.restore()


def _draw_heading(painter: QPainter, content: Content, plan: Plan) -> None:
    """Title and size on one line, the purpose below them."""
    heading, theme = content.heading, content.theme
    if not heading.title:
        return
    large, small = font(18 * plan.letters, QFont.Weight.DemiBold), font(12.5 * plan.letters)
    room = max(plan.width - 2 * plan.margin, 16.0)
    base = plan.margin + 12 * plan.letters
    metrics, quiet = QFontMetricsF(large), QFontMetricsF(small)
    title = metrics.elidedText(heading.title, Qt.TextElideMode.ElideMiddle, room)
    painter.setFont(large)
    painter.setPen(theme["text"])
    painter.drawText(QPointF(plan.margin, base), title)
    painter.setFont(small)
    painter.setPen(theme["quiet"])
    wide = quiet.horizontalAdvance(heading.size)
    if metrics.horizontalAdvance(title) + wide + 24 * plan.letters <= room:
        painter.drawText(QPointF(plan.margin + room - wide, base), heading.size)
    if heading.purpose:
        words = quiet.elidedText(heading.purpose, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(plan.margin, base + 20 * plan.letters), words)


def _say_below(painter: QPainter, content: Content, plan: Plan) -> None:
    """Which finding is lit, and what the picture leaves out: a line each, below the legend."""
    face = font(12.5 * plan.letters)
    painter.setFont(face)
    painter.setPen(content.theme["quiet"])
    room = max(plan.width - 2 * plan.margin, 16.0)
    for row, words in enumerate(content.said):
        cut = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(plan.margin, plan.said + (row + 0.75) * LINE * plan.letters), cut)
