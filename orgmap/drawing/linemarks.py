"""Quiet marks on the middle of lines: counts, steps, and how sure and how well a link is."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from orgmap.drawing import batches
from orgmap.drawing.columns import LINK_KINDS, STATUSES, Flags, Floats, Ints
from orgmap.drawing.lettering import hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.strokes import Strokes
from orgmap.drawing.style import Theme
from orgmap.drawing.ways import Way, direction
from orgmap.i18n import language
from orgmap.model.entities import LinkKind, Status

MARKS_FROM = 0.3  # magnification from which marks are drawn
RADIUS = 6.5  # pixels at 100 %
APART = 15.0  # pixels between the middles of two marks of one line
BAR = 5.5  # pixels: half the bar across a line that needs no answer
BAR_AT = 17.0  # pixels before its end

COUNT, STEP, DISPUTED, CLAIMED, ILL = range(5)
_NEEDS = LINK_KINDS.index(LinkKind.NEEDS)
_DISPUTED, _CLAIMED = STATUSES.index(Status.DISPUTED), STATUSES.index(Status.CLAIMED)


def marks_of(strokes: Strokes, rows: Ints) -> Flags:
    """Which marks (rows, 5) the lines `rows` bear."""
    status = strokes.status[rows]
    listed = (
        strokes.count[rows] > 1,
        (strokes.kind[rows] == _NEEDS) & (strokes.step[rows] >= 0),
        status == _DISPUTED,
        status == _CLAIMED,
        strokes.ill[rows],
    )
    return np.stack(listed, axis=1)


def draw_marks(sheet: Sheet, rows: Ints, way: Way, pen: QPen) -> None:
    """The marks of lines drawn with one pen, beside one another on the middle of each."""
    if sheet.camera.scale < MARKS_FROM:
        return
    strokes = sheet.scene.strokes
    quiet = strokes.quiet[rows]
    if quiet.any():
        _draw_bars(sheet, way.of(quiet), pen)
    marked = marks_of(strokes, rows)
    if not marked.any():
        return
    grown = sheet.grown(0.6, 2.0)
    length = np.maximum(way.length(), 1.0)
    place = np.cumsum(marked, axis=1) - 1
    several = marked.sum(axis=1)
    for mark in range(marked.shape[1]):
        of = np.flatnonzero(marked[:, mark])
        if not len(of):
            continue
        off = (place[of, mark] - (several[of] - 1) / 2) * APART * grown / length[of]
        middles = way.of(of).at(np.clip(0.5 + off, 0.1, 0.9)[:, None])[:, 0]
        _draw(sheet, mark, strokes, rows[of], middles, pen.color(), grown)


def _draw(
    sheet: Sheet, mark: int, strokes: Strokes, rows: Ints, middles: Floats, line: QColor, grown: float
) -> None:
    """One kind of mark on several lines."""
    for x, y in middles.tolist():
        draw_mark(sheet.painter, mark, QPointF(x, y), RADIUS * grown, line, sheet.theme)
    words: list[str] = []
    match mark:
        case _ if mark == COUNT:
            words = [language().number(number) for number in strokes.count[rows].tolist()]
        case _ if mark == STEP:
            words = [language().number(number) for number in strokes.step[rows].tolist()]
        case _ if mark == DISPUTED:
            words = ["?"] * len(rows)
        case _ if mark == ILL:
            words = ["!"] * len(rows)
    if words:
        token = "act" if mark == ILL else "text"
        look = hand(9.5 * grown, sheet.theme[token], None, QFont.Weight.DemiBold)
        sheet.pens.lettering.draw(sheet.painter, words, middles, look, vector=sheet.vector)


def draw_mark(painter: QPainter, mark: int, at: QPointF, radius: float, line: QColor, theme: Theme) -> None:
    """The ground of a mark, without what is written on it: a round; a square for a step of the
    work; one half filled for what only one of the two says."""
    width = 1.1 * radius / RADIUS
    painter.setBrush(theme["node"])
    painter.setPen(QPen(theme["act"] if mark == ILL else line, width))
    if mark == STEP:
        side = radius * 0.88
        painter.drawRoundedRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side), 2.0, 2.0)
        return
    if mark == COUNT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at, radius * 1.15, radius * 1.15)
        painter.setPen(QPen(line, width * 1.3))
    if mark == CLAIMED:
        radius *= 0.7
    painter.drawEllipse(at, radius, radius)
    if mark == CLAIMED:
        painter.setBrush(line)
        box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(box, 90 * 16, 180 * 16)


def _draw_bars(sheet: Sheet, way: Way, pen: QPen) -> None:
    """A short bar across lines before their end: nothing need come back."""
    grown = sheet.grown(0.6, 2.0)
    toward = direction(way.end - way.control)
    share = np.clip(1 - BAR_AT * grown / np.maximum(way.length(), 1.0), 0.5, 1.0)
    middle = way.at(share[:, None])[:, 0]
    across = np.stack((-toward[:, 1], toward[:, 0]), axis=1) * BAR * grown
    sheet.painter.setPen(QPen(pen.color(), 1.6 * grown, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    batches.draw_lines(sheet.painter, np.concatenate((middle - across, middle + across), axis=1))


def room_of_marks(strokes: Strokes, rows: Ints, grown: float) -> Floats:
    """How far, in pixels, the marks of `rows` reach from the middle of each line; 0 without any."""
    several = marks_of(strokes, rows).sum(axis=1)
    reach: Floats = np.where(several > 0, (several - 1) / 2 * APART + RADIUS + math.sqrt(RADIUS), 0.0) * grown
    return reach
