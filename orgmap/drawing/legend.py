"""What colours, lines and signs on a map mean; only what occurs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from orgmap.drawing.columns import KINDS, LINK_KINDS, STATUSES
from orgmap.drawing.fonts import font
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.lines import DASH_PATTERNS, HEAD, HEAD_HALF, LONG_DASH, RAIL
from orgmap.drawing.plain import middle_cut, shown
from orgmap.drawing.scene import Scene
from orgmap.drawing.signs import Head, Look, corners_of, draw_heads
from orgmap.drawing.style import Theme
from orgmap.i18n import names, say, text
from orgmap.model.entities import Dash, LinkKind, NodeKind, Status

MOST_MODULES = 8  # as many as there are colours one can tell apart
MOST_LETTERS = 24
PADDING, ROW, GAP = 14.0, 22.0, 18.0  # pixels
SAMPLE = 30.0  # pixels: length of a line that stands for its kind
SIGN = 13.0  # pixels: room for a node that stands for its kind
SIZE = 12.0
SLACK = 2.0  # pixels by which a card on whole pixels may be smaller than it asked for

_TITLE = text("legend", "Legend")


@dataclass(frozen=True, slots=True)
class Line:
    """A sample of a line. `token`: its colour."""

    token: str = "link"
    kind: LinkKind = LinkKind.TALKS
    both: bool = False
    dash: tuple[float, ...] = ()
    width: float = 1.4
    head: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample and what it means: a line, a module's hue, or the kind of a node."""

    words: str
    line: Line | None = None
    hue: int | None = None
    kind: NodeKind | None = None
    vacant: bool = False
    section: int = field(default=0)

    @property
    def room(self) -> float:
        """Pixels the sample takes."""
        return SAMPLE if self.line is not None else SIGN if self.hue is not None or self.kind else 0.0


def entries(scene: Scene, lighting: Lighting = UNLIT) -> list[Entry]:
    """What this map has to explain: evidence, lines, channels, signs, modules."""
    found = [*_evidence(lighting), *_lines(scene), *_channels(scene), *_signs(scene), *_modules(scene)]
    plain = Entry(say("legend", "tells"), Line(), section=1)
    return [] if found in ([plain], []) else found


def legend_size(scene: Scene, lighting: Lighting = UNLIT, most_wide: float = 480.0) -> QSizeF:
    """The room the legend of this scene needs, pixels; empty if there is nothing to explain."""
    return _laid(entries(scene, lighting), most_wide)[1]


def paint_legend(
    painter: QPainter, scene: Scene, theme: Theme, rect: QRectF, lighting: Lighting = UNLIT
) -> None:
    """Draw the legend as a card at the top left of `rect`, at most as wide as that; pixels."""
    listed = entries(scene, lighting)
    places, size = _laid(listed, rect.width())
    if size.isEmpty():
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.setPen(QPen(theme["line"], 1.0))
    painter.setBrush(theme["panel"])
    painter.drawRoundedRect(QRectF(QPointF(0.5, 0.5), size - QSizeF(1, 1)), 9, 9)
    painter.setFont(font(SIZE, QFont.Weight.Medium))
    painter.setPen(theme["quiet"])
    painter.drawText(QPointF(PADDING, PADDING + 10), str(_TITLE()))
    face = font(SIZE)
    for entry, (x, y) in zip(listed, places, strict=True):
        _sample(painter, entry, x, y, theme)
        painter.setFont(face)
        painter.setPen(theme["text"])
        painter.drawText(QPointF(x + entry.room + (7 if entry.room else 0), y + 4), entry.words)
    painter.restore()


def _laid(listed: list[Entry], most_wide: float) -> tuple[list[tuple[float, float]], QSizeF]:
    """Where each sample begins (left, middle height), and the size of the card."""
    if not listed:
        return [], QSizeF()
    metrics = QFontMetricsF(font(SIZE))
    limit = max(most_wide, 160.0) - PADDING
    x, y, widest = PADDING, PADDING + 10 + ROW - 4, 0.0
    places: list[tuple[float, float]] = []
    section = listed[0].section
    for entry in listed:
        wide = entry.room + (7 if entry.room else 0) + metrics.horizontalAdvance(entry.words)
        if places and (entry.section != section or x + wide > limit + SLACK):
            x, y = PADDING, y + ROW
        section = entry.section
        places.append((x, y))
        widest = max(widest, x + wide)
        x += wide + GAP
    return places, QSizeF(min(widest, limit) + PADDING, y + PADDING)


def _evidence(lighting: Lighting) -> Iterator[Entry]:
    if lighting.any_lit:
        yield Entry(say("legend", "what the finding is about"), Line(lighting.token, width=1.9))
        yield Entry(say("legend", "the rest"), Line("faded"))
    if lighting.proposed:
        yield Entry(say("legend", "suggested"), Line("accent", dash=tuple(LONG_DASH), width=1.8))


def _lines(scene: Scene) -> Iterator[Entry]:
    rows, links = scene.arcs.shown, scene.links
    kinds = {LINK_KINDS[int(k)] for k in np.unique(links.kind[rows])}
    talks = rows & (links.kind == LINK_KINDS.index(LinkKind.TALKS))
    if (talks & ~links.two_way).any():
        yield Entry(say("legend", "tells"), Line(), section=1)
    if (talks & links.two_way).any():
        yield Entry(say("legend", "talk both ways"), Line(both=True), section=1)
    if LinkKind.REPORTS in kinds:
        words = say("legend", "is the boss of")
        yield Entry(words, Line(kind=LinkKind.REPORTS, width=1.1), section=1)
    if LinkKind.NEEDS in kinds:
        yield Entry(say("legend", "needs the work of"), Line(kind=LinkKind.NEEDS), section=1)
    statuses = {STATUSES[int(s)] for s in np.unique(links.status[rows])}
    if Status.PROPOSED in statuses:
        yield Entry(say("legend", "proposed"), Line("accent", dash=tuple(LONG_DASH)), section=1)
    if Status.ASSUMED in statuses:
        yield Entry(say("legend", "assumed"), Line("assumed", width=1.0), section=1)
    if Status.DISPUTED in statuses:
        yield Entry(say("legend", "? disputed"), section=1)
    if len(np.unique(links.width[rows])) > 1:
        yield Entry(say("legend", "more contact"), Line(width=3.2, head=False), section=1)


def _channels(scene: Scene) -> Iterator[Entry]:
    by_dash: dict[Dash, list[str]] = {}
    for key in scene.channels_used:
        channel = scene.document.channels[key]
        by_dash.setdefault(channel.dash, []).append(shown(channel.name, MOST_LETTERS))
    if set(by_dash) <= {Dash.SOLID}:
        return
    for dash, listed in sorted(by_dash.items(), key=lambda pair: list(Dash).index(pair[0])):
        words = say("legend", "by {channels}", channels=names(listed, most=3))
        pattern = tuple(DASH_PATTERNS.get(dash, ()))
        yield Entry(words, Line(dash=pattern, head=False), section=2)


def _signs(scene: Scene) -> Iterator[Entry]:
    rows, nodes = scene.visible, scene.nodes
    kinds = {KINDS[int(k)] for k in np.unique(nodes.kind[rows])}
    if NodeKind.OUTSIDE in kinds:
        yield Entry(say("legend", "outside"), kind=NodeKind.OUTSIDE, section=3)
    if NodeKind.SOURCE in kinds:
        yield Entry(say("legend", "source"), kind=NodeKind.SOURCE, section=3)
    if (rows & nodes.vacant).any():
        yield Entry(say("legend", "vacant"), kind=NodeKind.ROLE, vacant=True, section=3)


def _modules(scene: Scene) -> Iterator[Entry]:
    listed = [row for row in scene.frames.shown if scene.module_names[row]]
    cut = listed if len(listed) <= MOST_MODULES else listed[: MOST_MODULES - 1]
    for row in cut:
        words = middle_cut(scene.module_names[row], MOST_LETTERS)
        yield Entry(words, hue=int(scene.module_hue[row]), section=4)
    rest = len(listed) - len(cut)
    if rest:
        words = say("legend", "and {n} more module", "and {n} more modules", n=rest)
        yield Entry(words, section=4)


def _sample(painter: QPainter, entry: Entry, x: float, y: float, theme: Theme) -> None:
    if entry.line is not None:
        _draw_line(painter, entry.line, x, y, theme)
    elif entry.room:
        hue = -1 if entry.hue is None else entry.hue
        colours = theme.module(hue)
        fill = theme["node"] if entry.hue is None else colours.fill
        kind = entry.kind or NodeKind.PERSON
        look = Look(kind, entry.vacant, SIGN / 2, 1.5, colours.line.rgba(), fill.rgba())
        look.draw(painter, x + SIGN / 2, y)


def _draw_line(painter: QPainter, line: Line, x: float, y: float, theme: Theme) -> None:
    colour = QColor(theme[line.token])
    pen = QPen(colour, line.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dash:
        pen.setDashPattern([d * 1.3 / line.width for d in line.dash])
    painter.setPen(pen)
    cut = 0.0 if not line.head else HEAD * (1.0 if line.kind is LinkKind.REPORTS else 0.75)
    left = x + (cut if line.both else 0.0)
    for off in (-RAIL, RAIL) if line.kind is LinkKind.REPORTS else (0.0,):
        painter.drawLine(QPointF(left, y + off), QPointF(x + SAMPLE - cut, y + off))
    if not line.head:
        return
    look = Head(line.kind, HEAD, HEAD_HALF, line.width, colour.rgba(), theme["panel"].rgba())
    tips = [(x + SAMPLE, y)] + ([(x, y)] if line.both else [])
    unit = [(1.0, 0.0)] + ([(-1.0, 0.0)] if line.both else [])
    draw_heads(painter, look, corners_of(np.array(tips), np.array(unit), HEAD, HEAD_HALF))
