"""Samples of lines, marks and signs, as a legend shows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from orgmap.drawing.badges import draw_badge, draw_second
from orgmap.drawing.boxes import draw_pattern
from orgmap.drawing.columns import WIDTHS
from orgmap.drawing.fonts import font
from orgmap.drawing.gauges import frame_tone, line_tone, tone
from orgmap.drawing.linemarks import COUNT, DISPUTED, ILL, STEP, draw_mark
from orgmap.drawing.lines import HEAD, HEAD_HALF, RAIL
from orgmap.drawing.signs import Head, Look, corners_of, draw_heads
from orgmap.drawing.style import Theme, mixed
from orgmap.model.entities import LinkKind, NodeKind

SAMPLE = 30.0  # pixels: length of a line that stands for its kind
SIGNED = 46.0  # of one that bears a sign, so that its dash is seen on both sides
SIGN = 13.0  # pixels: room for a node that stands for its kind
PATTERN = 0.45  # share of the line colour in the pattern of a module
_WRITTEN = {COUNT: "3", STEP: "1", DISPUTED: "?", ILL: "!"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sample of a line. `token`: its colour; `sign`: of its channel; `bar`: nothing need come back."""

    token: str = "link"
    kind: LinkKind = LinkKind.TALKS
    both: bool = False
    dash: tuple[float, ...] = ()
    width: float = 1.4
    head: bool = True
    sign: str = ""
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample and what it means: a line, a mark on lines, a module's hue, the kind of a node, a
    badge on its rim, the letter of a second module, two people of different size, or one with a ring."""

    words: str
    line: Line | None = None
    mark: int | None = None
    hue: int | None = None
    kind: NodeKind | None = None
    vacant: bool = False
    badge: str = ""
    second: str = ""
    larger: bool = False
    tone: tuple[str, int, int] | None = None  # what is coloured, which class, of how many; -1 undefined
    sized: float | None = None  # pixels of radius
    ringed: str = ""  # the token of the second ring round a person
    section: int = 0

    @property
    def room(self) -> float:
        """Pixels the sample takes."""
        if self.line is not None:
            return SIGNED if self.line.sign else SAMPLE
        if self.larger:
            return 1.9 * SIGN
        if self.tone is not None:
            return SAMPLE if self.tone[0] == "lines" else SIGN
        if self.sized is not None:
            return 2 * self.sized + 2
        if self.ringed:
            return SIGN + 4
        bare = self.mark is None and self.hue is None and self.kind is None and not self.badge
        return 0.0 if bare else SIGN


def draw_sample(painter: QPainter, entry: Entry, x: float, y: float, theme: Theme) -> None:
    """The sample of an entry, its left edge at `x`, its middle at the height `y`."""
    middle = QPointF(x + SIGN / 2, y)
    if entry.line is not None:
        _draw_line(painter, entry.line, x, y, theme)
    elif entry.mark is not None:
        draw_mark(painter, entry.mark, middle, SIGN / 2, theme["link"], theme)
        token = "act" if entry.mark == ILL else "text"
        _write(painter, _WRITTEN.get(entry.mark, ""), middle, 9.0, theme[token])
    elif entry.ringed:
        rgba = theme[entry.ringed].rgba()
        look = Look(NodeKind.PERSON, False, SIGN / 2 - 1, 1.4, rgba, theme["node"].rgba(), rgba)
        look.draw(painter, middle.x() + 2, y)
    elif entry.badge:
        draw_badge(painter, entry.badge, middle, 5.2, theme["loose"], theme)
    elif entry.second:
        colours = theme.module(entry.hue or 0)
        draw_second(painter, middle, SIGN / 2, colours.line, colours.fill)
        _write(painter, entry.second, middle, 8.0, colours.line)
    elif entry.larger:
        for radius, at in ((SIGN * 0.32, x + SIGN * 0.35), (SIGN / 2, x + SIGN * 1.35)):
            _look(NodeKind.PERSON, False, radius, theme, -1, theme["node"]).draw(painter, at, y)
    elif entry.tone is not None:
        _draw_tone(painter, *entry.tone, x, y, theme)
    elif entry.sized is not None:
        look = _look(NodeKind.PERSON, False, entry.sized, theme, -1, theme["node"])
        look.draw(painter, x + entry.sized + 1, y)
    elif entry.hue is not None and theme.pattern(entry.hue):
        _draw_pattern(painter, QRectF(x, y - SIGN / 2, SIGN, SIGN), entry.hue, theme)
    elif entry.room:
        hue = -1 if entry.hue is None else entry.hue
        fill = theme["node"] if entry.hue is None else theme.module(hue).fill
        kind = entry.kind or NodeKind.PERSON
        _look(kind, entry.vacant, SIGN / 2, theme, hue, fill).draw(painter, middle.x(), y)


def _draw_tone(
    painter: QPainter, what: str, which: int, classes: int, x: float, y: float, theme: Theme
) -> None:
    """A person, a line or a module of a class."""
    if what == "lines":
        painter.setPen(QPen(line_tone(theme, which, classes), WIDTHS[min(which, len(WIDTHS) - 1)]))
        painter.drawLine(QPointF(x, y), QPointF(x + SAMPLE, y))
        return
    if what == "grounds":
        painter.setPen(QPen(theme["quiet"], 1.0))
        painter.setBrush(theme["ground"] if which < 0 else frame_tone(theme, which, classes))
        painter.drawRoundedRect(QRectF(x, y - SIGN / 2, SIGN, SIGN), 3.0, 3.0)
        return
    fill = theme["node"] if which < 0 else tone(theme, which, classes)
    rim = theme.module(-1).line.rgba()
    Look(NodeKind.PERSON, False, SIGN / 2, 1.2, rim, fill.rgba(), hatched=which < 0).draw(
        painter, x + SIGN / 2, y
    )


def _look(kind: NodeKind, vacant: bool, radius: float, theme: Theme, hue: int, fill: QColor) -> Look:
    return Look(kind, vacant, radius, 1.5, theme.module(hue).line.rgba(), fill.rgba())


def _draw_pattern(painter: QPainter, rect: QRectF, hue: int, theme: Theme) -> None:
    colours = theme.module(hue)
    painter.setBrush(colours.fill)
    painter.setPen(QPen(colours.line, 1.3))
    painter.drawRoundedRect(rect, 3.0, 3.0)
    painter.setPen(QPen(mixed(colours.line, colours.fill, PATTERN), 0.8))
    draw_pattern(painter, rect, theme.pattern(hue), 3.4)


def _write(painter: QPainter, word: str, middle: QPointF, size: float, colour: QColor) -> None:
    painter.setFont(font(size, QFont.Weight.DemiBold))
    painter.setPen(colour)
    box = QRectF(middle.x() - 20, middle.y() - 20, 40, 40)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def _draw_line(painter: QPainter, line: Line, x: float, y: float, theme: Theme) -> None:
    colour = QColor(theme[line.token])
    pen = QPen(colour, line.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dash:
        pen.setDashPattern([d * 1.3 / line.width for d in line.dash])
    painter.setPen(pen)
    cut = 0.0 if not line.head else HEAD * (1.0 if line.kind is LinkKind.REPORTS else 0.75)
    left = x + (cut if line.both else 0.0)
    wide = SIGNED if line.sign else SAMPLE
    for off in (-RAIL, RAIL) if line.kind is LinkKind.REPORTS else (0.0,):
        painter.drawLine(QPointF(left, y + off), QPointF(x + wide - cut, y + off))
    if line.sign:
        middle = QPointF(x + SIGNED / 2, y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme["panel"])
        painter.drawEllipse(middle, 6.5, 6.5)
        _write(painter, line.sign, middle, 9.5, theme["quiet"])
    if line.bar:
        painter.setPen(QPen(colour, 1.6))
        painter.drawLine(QPointF(x + SAMPLE * 0.58, y - 5), QPointF(x + SAMPLE * 0.58, y + 5))
    if not line.head:
        return
    look = Head(line.kind, HEAD, HEAD_HALF, line.width, colour.rgba(), theme["panel"].rgba())
    tips = [(x + SAMPLE, y)] + ([(x, y)] if line.both else [])
    unit = [(1.0, 0.0)] + ([(-1.0, 0.0)] if line.both else [])
    draw_heads(painter, look, corners_of(np.array(tips), np.array(unit), HEAD, HEAD_HALF))
