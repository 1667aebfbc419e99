"""Small marks on the rim of people: who leads, decides, holds the purpose, is new, belongs elsewhere too."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from orgmap.drawing.columns import Flags, Ints
from orgmap.drawing.lettering import hand
from orgmap.drawing.people import FADED, lettering, standing
from orgmap.drawing.plain import initial
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import Theme, contrast
from orgmap.i18n import language

SIZE = 5.2  # pixels at 100 %: half of a mark
SECOND = 6.8  # half of the mark of a second module, which holds a letter
STEP = 8.0  # half of the number of a step on a way

LEADS, DECIDES, PURPOSE, NEWCOMER = "leads", "decides", "purpose", "newcomer"
ANGLES = {LEADS: -135.0, DECIDES: -45.0, PURPOSE: -90.0, NEWCOMER: 140.0}  # degrees, clockwise from right
_SECOND_ANGLE = 40.0
_STEP_ANGLE = 0.0
_PIN_ANGLE = 180.0


def badged(sheet: Sheet) -> dict[str, Flags]:
    """Per mark, which nodes bear it."""
    nodes = sheet.scene.nodes
    return {
        LEADS: sheet.scene.leads,
        DECIDES: nodes.decides,
        PURPOSE: nodes.purpose,
        NEWCOMER: nodes.newcomer,
    }


def bears(sheet: Sheet, row: int) -> bool:
    """Does a node bear a mark that is drawn?"""
    marked = any(flags[row] for flags in badged(sheet).values()) or sheet.scene.nodes.second[row] >= 0
    return lettering(sheet) and bool(marked)


def draw_badges(sheet: Sheet, rows: Ints) -> None:
    """The marks of the nodes `rows`; none where people are too small to bear a letter."""
    if not lettering(sheet) or not len(rows):
        return
    scene, size = sheet.scene, SIZE * sheet.grown(0.6, 2.0)
    faded = standing(sheet) == FADED
    for mark, flags in badged(sheet).items():
        for row in rows[flags[rows]].tolist():
            colour = sheet.theme["faded"] if faded[row] else sheet.theme.module(int(scene.hue[row])).line
            draw_badge(sheet.painter, mark, _at(sheet, row, ANGLES[mark]), size, colour, sheet.theme)
    _draw_second(sheet, rows[scene.nodes.second[rows] >= 0], faded)


def draw_steps(sheet: Sheet) -> None:
    """The numbers of the people along a way, after the first."""
    scene, size = sheet.scene, STEP * sheet.grown(0.9, 2.0)
    index = scene.nodes.index
    for number, key in enumerate(sheet.lighting.steps[1:], 1):
        row = index.get(key)
        if row is None or not scene.visible[row] or not sheet.nodes[row]:
            continue
        at = _at(sheet, row, _STEP_ANGLE) + QPointF(size * 0.4, 0)
        ground = sheet.theme[sheet.lighting.token]
        sheet.painter.setPen(QPen(sheet.theme["node"], size * 0.2))
        sheet.painter.setBrush(ground)
        sheet.painter.drawEllipse(at, size, size)
        inks = (sheet.theme["text"], sheet.theme["ground"])
        ink = max(inks, key=lambda each: contrast(each, ground))
        look = hand(size * 1.3, ink, None, QFont.Weight.DemiBold)
        middle = np.array(((at.x(), at.y()),))
        words = [language().number(number)]
        sheet.pens.lettering.draw(sheet.painter, words, middle, look, vector=sheet.vector)


def draw_badge(painter: QPainter, mark: str, at: QPointF, size: float, colour: QColor, theme: Theme) -> None:
    """One mark about a point."""
    painter.setPen(QPen(theme["node"], size * 0.24))
    painter.setBrush(colour)
    _SHAPES[mark](painter, at, size, colour, theme)


def draw_second(painter: QPainter, at: QPointF, size: float, rim: QColor, fill: QColor) -> None:
    """The round of a second module, without its letter."""
    painter.setPen(QPen(rim, size * 0.2))
    painter.setBrush(fill)
    painter.drawEllipse(at, size * 0.9, size * 0.9)


def draw_pin(sheet: Sheet, row: int, colour: QColor) -> None:
    """A pin beside a node that no layout moves; only seen while it is selected or pointed at."""
    grown = sheet.grown(0.7, 1.6)
    at = _at(sheet, row, _PIN_ANGLE) - QPointF(9.0 * sheet.unit, 0)
    painter = sheet.painter
    painter.setPen(QPen(colour, 1.8 * grown, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(at, at + QPointF(0, 6.5 * grown))
    painter.setPen(QPen(sheet.theme["node"], 1.0 * grown))
    painter.setBrush(colour)
    painter.drawEllipse(at - QPointF(0, 2.5 * grown), 4.0 * grown, 4.0 * grown)


def _draw_second(sheet: Sheet, rows: Ints, faded: Flags) -> None:
    """A round in the colour of the module somebody belongs to besides home, and its letter."""
    scene, size = sheet.scene, SECOND * sheet.grown(0.6, 2.0)
    for row in rows.tolist():
        module = int(scene.nodes.second[row])
        colours = sheet.theme.module(int(scene.module_hue[module]))
        rim = sheet.theme["faded"] if faded[row] else colours.line
        at = _at(sheet, row, _SECOND_ANGLE)
        draw_second(sheet.painter, at, size, rim, colours.fill)
        word = module_initial(scene.module_names[module])
        look = hand(
            size * 1.15, sheet.theme["faded_text"] if faded[row] else rim, None, QFont.Weight.DemiBold
        )
        middle = np.array(((at.x(), at.y()),))
        sheet.pens.lettering.draw(sheet.painter, [word], middle, look, vector=sheet.vector)


def module_initial(name: str) -> str:
    """The letter that stands for a module: of its last word, so that "Module B" is B."""
    words = name.split()
    return initial(words[-1] if words and len(words[-1]) == 1 else name)


def _at(sheet: Sheet, row: int, angle: float) -> QPointF:
    """The point on the rim of a node at an angle, pixels."""
    x, y = (float(v) for v in sheet.place(sheet.scene.nodes.centre[row : row + 1])[0])
    turned, reach = math.radians(angle), float(sheet.radius[row]) + 0.5 * sheet.unit
    return QPointF(x + math.cos(turned) * reach, y + math.sin(turned) * reach)


def _diamond(painter: QPainter, at: QPointF, size: float, _colour: QColor, _theme: Theme) -> None:
    points = ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))
    painter.drawPolygon(QPolygonF([at + QPointF(x * size, y * size) for x, y in points]))


def _star(painter: QPainter, at: QPointF, size: float, _colour: QColor, _theme: Theme) -> None:
    points = []
    for turn in range(10):
        reach = size * (1.4 if turn % 2 == 0 else 0.62)
        angle = math.pi * turn / 5 - math.pi / 2
        points.append(at + QPointF(math.cos(angle) * reach, math.sin(angle) * reach))
    painter.drawPolygon(QPolygonF(points))


def _target(painter: QPainter, at: QPointF, size: float, colour: QColor, theme: Theme) -> None:
    painter.setPen(QPen(colour, size * 0.32))
    painter.setBrush(theme["node"])
    painter.drawEllipse(at, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(at, size * 0.42, size * 0.42)


def _sprout(painter: QPainter, at: QPointF, size: float, colour: QColor, theme: Theme) -> None:
    painter.setPen(QPen(colour, size * 0.24))
    painter.setBrush(theme["node"])
    painter.drawEllipse(at, size, size)
    painter.setPen(QPen(colour, size * 0.26, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(at + QPointF(0, 0.66 * size), at + QPointF(0, -0.02 * size))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for side in (-1, 1):
        painter.save()
        painter.translate(at + QPointF(side * 0.36 * size, -0.26 * size))
        painter.rotate(side * -38)
        painter.drawEllipse(QPointF(0, 0), 0.44 * size, 0.23 * size)
        painter.restore()


_SHAPES: dict[str, Callable[[QPainter, QPointF, float, QColor, Theme], None]] = {
    LEADS: _star,
    DECIDES: _diamond,
    PURPOSE: _target,
    NEWCOMER: _sprout,
}
