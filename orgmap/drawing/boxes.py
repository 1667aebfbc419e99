"""Module frames on the sheet, and their names."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen

from orgmap.drawing.frames import CORNER
from orgmap.drawing.lettering import hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import mixed
from orgmap.i18n import language

BORDER = 0.5  # share of the line colour in a border
LEAST_CORNER = 1.5  # pixels; a rounder one takes twice as long to draw


def draw_frames(sheet: Sheet) -> None:
    """Every frame in view, the outermost first; collapsed ones are left to `draw_collapsed`."""
    inks: dict[int, tuple[QPen, QColor]] = {}
    for row, rect in sheet.frames.items():
        if not sheet.scene.frames.collapsed[row]:
            _box(sheet, row, rect, inks)


def draw_collapsed(sheet: Sheet) -> None:
    """Collapsed modules: a large rounded square with the number of people inside."""
    scene = sheet.scene
    for row, rect in sheet.frames.items():
        if not scene.frames.collapsed[row]:
            continue
        _box(sheet, row, rect, {})
        if rect.width() > 24 * sheet.unit:
            colour = sheet.theme.module(int(scene.module_hue[row])).line
            pixels = min(20.0 * sheet.grown(0.6, 2.5), rect.height() * 0.5)
            face = hand(pixels, colour, None, QFont.Weight.DemiBold)
            middle = np.array(((rect.center().x(), rect.center().y()),))
            count = language().number(int(scene.held[row]))
            sheet.pens.lettering.draw(sheet.painter, [count], middle, face, vector=sheet.vector)


def _box(sheet: Sheet, row: int, rect: QRectF, inks: dict[int, tuple[QPen, QColor]]) -> None:
    hue = int(sheet.scene.module_hue[row]) % len(sheet.theme.modules)
    lit = sheet.scene.frames.ids[row] in sheet.lighting.lit_modules
    if lit or not sheet.scene.held[row]:
        pen, fill = _inks(sheet, hue, lit)
        if not sheet.scene.held[row]:
            pen.setStyle(Qt.PenStyle.DashLine)
    else:
        if hue not in inks:
            inks[hue] = _inks(sheet, hue, lit)
        pen, fill = inks[hue]
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(fill)
    corner = corner_of(sheet)
    if corner:
        sheet.painter.drawRoundedRect(rect, corner, corner)
    else:
        sheet.painter.drawRect(rect)


def corner_of(sheet: Sheet) -> float:
    """The radius of the corners of frames, pixels; 0 where it could not be seen."""
    corner = CORNER * min(sheet.scale, 1.5 * sheet.unit)
    return corner if corner >= LEAST_CORNER * sheet.unit else 0.0


def _inks(sheet: Sheet, hue: int, lit: bool) -> tuple[QPen, QColor]:
    colours = sheet.theme.module(hue)
    border = sheet.theme[sheet.lighting.token] if lit else mixed(colours.line, colours.fill, BORDER)
    return QPen(border, (2.4 if lit else 1.2) * sheet.grown(0.7, 1.5)), colours.fill
