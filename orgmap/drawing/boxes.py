"""Module frames on the sheet, and their names."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from orgmap.drawing import batches
from orgmap.drawing.columns import Floats
from orgmap.drawing.frames import CORNER
from orgmap.drawing.gauges import frame_tone
from orgmap.drawing.lettering import hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import mixed
from orgmap.i18n import language

BORDER = 0.5  # share of the line colour in a border
PATTERN = 0.17  # the same in the lines of a pattern
STEP = 13.0  # pixels between two lines of a pattern
LEAST_PATTERNED = 64.0  # pixels wide: in a smaller frame no pattern can be told from another
_PATTERNS = (  # directions of the lines: down, across
    ((-1, 1),),
    ((1, 1),),
    ((0, 1),),
    ((1, 0),),
    ((-1, 1), (1, 1)),
    ((0, 1), (1, 0)),
)
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
    grounds, shade = sheet.scene.looks.grounds, int(sheet.scene.shades.modules[row])
    if grounds is not None:
        fill = sheet.theme["ground"] if shade < 0 else frame_tone(sheet.theme, shade, grounds.classes)
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(fill)
    corner = corner_of(sheet)
    if corner:
        sheet.painter.drawRoundedRect(rect, corner, corner)
    else:
        sheet.painter.drawRect(rect)
    pattern = sheet.theme.pattern(int(sheet.scene.module_hue[row]))
    if pattern and rect.width() >= LEAST_PATTERNED * sheet.unit:
        colours = sheet.theme.module(hue)
        sheet.painter.setPen(QPen(mixed(colours.line, colours.fill, PATTERN), 1.0 * sheet.grown(0.6, 1.5)))
        inset = 0.3 * corner  # so that no line leaves the round corner
        inner = rect.adjusted(inset, inset, -inset, -inset)
        draw_pattern(sheet.painter, inner, pattern, STEP * sheet.grown(0.5, 2.0))


def corner_of(sheet: Sheet) -> float:
    """The radius of the corners of frames, pixels; 0 where it could not be seen."""
    corner = CORNER * min(sheet.scale, 1.5 * sheet.unit)
    return corner if corner >= LEAST_CORNER * sheet.unit else 0.0


def draw_pattern(painter: QPainter, rect: QRectF, pattern: int, step: float) -> None:
    """Fill a rectangle with the lines of a pattern, from 1 on, with the painter's pen.

    Six patterns of one or two directions, then the same wider apart, and so on.
    """
    wide, high = rect.width(), rect.height()
    step *= 1 + (pattern - 1) // len(_PATTERNS) * 0.8
    lines: list[Floats] = []
    for rise, run in _PATTERNS[(pattern - 1) % len(_PATTERNS)]:
        reach = high if rise and run else 0.0  # a slanting line begins beside the rectangle
        length = wide if run else high
        along = np.arange(step * 0.6, (wide if rise else high) + reach, step * (1.4 if reach else 1.0))
        zero = np.zeros(len(along))
        if reach:
            begin, end = np.stack((along - high, zero + high), 1), np.stack((along, zero), 1)
            if rise > 0:
                begin, end = np.stack((along - high, zero), 1), np.stack((along, zero + high), 1)
        elif rise:
            begin, end = np.stack((along, zero), 1), np.stack((along, zero + length), 1)
        else:
            begin, end = np.stack((zero, along), 1), np.stack((zero + length, along), 1)
        lines.append(_inside(begin, end, wide))
    if lines:
        batches.draw_lines(painter, np.concatenate(lines) + np.array((rect.x(), rect.y()) * 2))


def _inside(begin: Floats, end: Floats, wide: float) -> Floats:
    """The parts (n, 4) of lines that lie between 0 and `wide`; upright ones as they are."""
    run = end[:, 0] - begin[:, 0]
    slope = np.where(run != 0, (end[:, 1] - begin[:, 1]) / np.where(run != 0, run, 1.0), 0.0)
    first, last = np.clip(begin[:, 0], 0, wide), np.clip(end[:, 0], 0, wide)
    top = begin[:, 1] + (first - begin[:, 0]) * slope
    bottom = np.where(run != 0, begin[:, 1] + (last - begin[:, 0]) * slope, end[:, 1])
    kept = (last > first) | (run == 0)
    found: Floats = np.stack((first, top, last, bottom), axis=1)[kept]
    return found


def _inks(sheet: Sheet, hue: int, lit: bool) -> tuple[QPen, QColor]:
    colours = sheet.theme.module(hue)
    share = 1.0 if sheet.theme.weight > 1 or sheet.theme.patterned else BORDER
    border = sheet.theme[sheet.lighting.token] if lit else mixed(colours.line, colours.fill, share)
    width = (2.4 if lit else 1.2) * sheet.theme.weight
    return QPen(border, width * sheet.grown(0.7, 1.5)), colours.fill
