"""Module frames on the sheet, and their names."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from orgmap.drawing.frames import CORNER
from orgmap.drawing.lettering import hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import mixed
from orgmap.i18n import language

BORDER = 0.5  # share of the line colour in a border


def on_sheet(sheet: Sheet, row: int) -> QRectF:
    """The frame of a module in pixels, on whole pixels so that its border is crisp."""
    x0, y0, x1, y1 = (float(v) for v in sheet.place(sheet.scene.frames.rect[row].reshape(2, 2)).ravel())
    return QRectF(QPointF(x0, y0), QPointF(x1, y1))


def draw_frames(sheet: Sheet) -> None:
    """Every frame in view, the outermost first; collapsed ones are left to `draw_collapsed`."""
    view = QRectF(0, 0, *sheet.size)
    scene = sheet.scene
    for row in scene.frames.shown:
        rect = on_sheet(sheet, row)
        if scene.frames.collapsed[row] or not rect.intersects(view) or not sheet.holds(scene.frames.ids[row]):
            continue
        _box(sheet, row, rect)


def draw_collapsed(sheet: Sheet) -> None:
    """Collapsed modules: a large rounded square with the number of people inside."""
    view = QRectF(0, 0, *sheet.size)
    scene = sheet.scene
    for row in scene.frames.shown:
        if not scene.frames.collapsed[row] or not sheet.holds(scene.frames.ids[row]):
            continue
        rect = on_sheet(sheet, row)
        if not rect.intersects(view):
            continue
        _box(sheet, row, rect)
        if rect.width() > 24 * sheet.unit:
            colour = sheet.theme.module(int(scene.module_hue[row])).line
            face = hand(
                min(20.0 * sheet.grown(0.6, 2.5), rect.height() * 0.5), colour, None, QFont.Weight.DemiBold
            )
            middle = sheet.place(scene.frames.rect[row].reshape(2, 2)).mean(axis=0)[None, :]
            count = language().number(int(scene.held[row]))
            sheet.pens.lettering.draw(sheet.painter, [count], middle, face, vector=sheet.vector)


def _box(sheet: Sheet, row: int, rect: QRectF) -> None:
    lit = sheet.scene.frames.ids[row] in sheet.lighting.lit_modules
    colours = sheet.theme.module(int(sheet.scene.module_hue[row]))
    border = sheet.theme[sheet.lighting.token] if lit else mixed(colours.line, colours.fill, BORDER)
    pen = QPen(border, (2.4 if lit else 1.2) * sheet.grown(0.7, 1.5))
    if not sheet.scene.held[row]:
        pen.setStyle(Qt.PenStyle.DashLine)
    corner = CORNER * min(sheet.scale, 1.5 * sheet.unit)
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(colours.fill)
    sheet.painter.drawRoundedRect(rect, corner, corner)
