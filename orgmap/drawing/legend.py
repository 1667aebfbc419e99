"""What colours, lines and signs on a map mean; only what occurs on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from orgmap.drawing.badges import DECIDES, LEADS, NEWCOMER, PURPOSE, module_initial
from orgmap.drawing.columns import KINDS, LINK_KINDS, STATUSES, Ints
from orgmap.drawing.fonts import font
from orgmap.drawing.gauges import UNSAID, radius_of
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.linemarks import CLAIMED, COUNT, DISPUTED, ILL, STEP, marks_of
from orgmap.drawing.lines import DASH_PATTERNS, LONG_DASH, NEEDS_DOTS
from orgmap.drawing.plain import middle_cut
from orgmap.drawing.samples import Entry, Line, draw_sample
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.i18n import language, say, text
from orgmap.model.entities import Dash, LinkKind, NodeKind, Status

MOST_MODULES = 8  # as many as there are colours one can tell apart
MOST_LETTERS = 24
PADDING, ROW, GAP = 14.0, 22.0, 18.0  # pixels
SIZE = 12.0
BUTTON = 22.0  # pixels beside the title, where the canvas has a button
LARGEST_SIGN = 2.6  # times smaller than on the map at 100 % are signs of a size
SLACK = 2.0  # pixels by which a card on whole pixels may be smaller than it asked for

_TITLE = text("legend", "Legend")
_PEOPLE = text("legend", "Colour of people: {measure}")
_LINES = text("legend", "Colour of lines: {measure}")
_MODULES = text("legend", "Colour of modules: {measure}")
_SIZE = text("legend", "Size of people: {measure}")


def entries(scene: Scene, lighting: Lighting = UNLIT) -> list[Entry]:
    """What this map has to explain: evidence, measures, lines, channels, signs, modules."""
    return list(_entries(scene, lighting, language()))


def brief(scene: Scene, lighting: Lighting = UNLIT) -> list[Entry]:
    """Only what nobody could guess: evidence and measures, for a legend that must not lie over people."""
    return [entry for entry in entries(scene, lighting) if entry.section <= 0]


@lru_cache(maxsize=1)  # asked for once to be measured and once to be drawn
def _entries(scene: Scene, lighting: Lighting, _language: object) -> list[Entry]:
    found = [
        *_evidence(lighting),
        *_measures(scene),
        *_lines(scene),
        *_channels(scene),
        *_signs(scene),
        *_modules(scene),
    ]
    plain = Entry(say("legend", "tells"), Line(), section=1)
    return [] if found in ([plain], []) else found


def legend_size(
    scene: Scene, lighting: Lighting = UNLIT, most_wide: float = 480.0, *, short: bool = False
) -> QSizeF:
    """The room the legend of this scene needs, pixels; empty if there is nothing to explain."""
    return _laid((brief if short else entries)(scene, lighting), most_wide)[1]


def paint_legend(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    rect: QRectF,
    lighting: Lighting = UNLIT,
    *,
    short: bool = False,
) -> None:
    """Draw the legend as a card at the top left of `rect`, at most as wide as that; pixels."""
    listed = (brief if short else entries)(scene, lighting)
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
        draw_sample(painter, entry, x, y, theme)
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
    title = QFontMetricsF(font(SIZE, QFont.Weight.Medium)).horizontalAdvance(str(_TITLE()))
    x, y, widest = PADDING, PADDING + 10 + ROW - 4, PADDING + title + BUTTON
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
        sought = say("legend", "what was found")
        about = say("legend", "what the finding is about") if lighting.weight is not None else sought
        if lighting.steps:
            about = say("legend", "the way, step by step")
        yield Entry(about, Line(lighting.token, width=1.9))
        yield Entry(say("legend", "the rest"), Line("faded"))
    if lighting.away:
        dots = tuple(DASH_PATTERNS[Dash.DOT])
        yield Entry(say("legend", "away for the moment"), Line("faded", dash=dots, head=False))
        if lighting.subjects:
            yield Entry(say("legend", "cut off then"), ringed=lighting.token)
    if lighting.proposed:
        yield Entry(say("legend", "suggested"), Line("accent", dash=tuple(LONG_DASH), width=1.8))


def _measures(scene: Scene) -> Iterator[Entry]:
    """The measures that colour and size: their names, and what each class holds."""
    looks = scene.looks
    shades = {
        "colour": (_PEOPLE, looks.colour, scene.shades.people[scene.visible]),
        "lines": (_LINES, looks.lines, scene.shades.lines[scene.arcs.shown]),
        "grounds": (_MODULES, looks.grounds, scene.shades.modules[scene.frames.shown]),
    }
    for section, (what, (heading, measured, rows)) in enumerate(shades.items()):
        if measured is None:
            continue
        yield Entry(str(heading(measure=measured.title())), section=-8 + section)
        for which in range(measured.classes):
            yield Entry(measured.words(which), tone=(what, which, measured.classes), section=-8 + section)
        if what != "lines" and (rows < 0).any():
            words = say("legend", "not defined")
            yield Entry(words, tone=(what, UNSAID, measured.classes), section=-8 + section)
    size = looks.size
    if size is not None:
        yield Entry(str(_SIZE(measure=size.title())), section=-4)
        for value in size.samples:
            radius = radius_of(size, value) / LARGEST_SIGN
            yield Entry(language().number(value), sized=radius, section=-4)


def _lines(scene: Scene) -> Iterator[Entry]:
    rows, strokes = scene.arcs.shown, scene.strokes
    kinds = {LINK_KINDS[kind] for kind in _found(strokes.kind[rows])}
    talks = rows & (strokes.kind == LINK_KINDS.index(LinkKind.TALKS))
    if (talks & ~strokes.both).any():
        yield Entry(say("legend", "tells"), Line(), section=1)
    if (talks & strokes.both).any():
        yield Entry(say("legend", "talk both ways"), Line(both=True), section=1)
    if LinkKind.REPORTS in kinds:
        words = say("legend", "is the boss of")
        yield Entry(words, Line("formal", kind=LinkKind.REPORTS, width=1.1), section=1)
    if LinkKind.NEEDS in kinds:
        line = Line("needs", kind=LinkKind.NEEDS, dash=tuple(NEEDS_DOTS))
        yield Entry(say("legend", "needs the work of"), line, section=1)
    if len(_found(strokes.width[rows])) > 1:
        yield Entry(say("legend", "more contact"), Line(width=3.2, head=False), section=1)
    statuses = {STATUSES[status] for status in _found(strokes.status[rows])}
    if Status.PROPOSED in statuses:
        yield Entry(say("legend", "proposed"), Line("accent", dash=tuple(LONG_DASH)), section=2)
    if Status.ASSUMED in statuses:
        yield Entry(say("legend", "assumed"), Line("assumed", width=1.0), section=2)
    marks = marks_of(strokes, np.flatnonzero(rows).astype(np.int32))
    for mark, words in (
        (CLAIMED, say("legend", "said by one of the two")),
        (DISPUTED, say("legend", "disputed")),
        (ILL, say("legend", "goes badly")),
        (STEP, say("legend", "step of the work")),
        (COUNT, say("legend", "so many links in one line")),
    ):
        if marks[:, mark].any():
            yield Entry(words, mark=mark, section=2)
    if strokes.quiet[rows].any():
        yield Entry(say("legend", "needs no answer"), Line(bar=True), section=2)


def _found(column: Ints) -> list[int]:
    """The different small numbers in a column: counted, which is quicker than sorted."""
    found: list[int] = np.flatnonzero(np.bincount(column)).tolist()
    return found


def _channels(scene: Scene) -> Iterator[Entry]:
    """Each channel with its dash and its sign; none where all talk alike and without a sign."""
    channels = list(scene.document.channels)
    told = [
        (scene.document.channels[key].dash, scene.channel_signs[row], scene.channel_names[row])
        for key in scene.channels_used
        for row in (channels.index(key),)
    ]
    if all(dash is Dash.SOLID and not sign for dash, sign, _ in told):
        return
    for dash, sign, name in sorted(told, key=lambda channel: list(Dash).index(channel[0])):
        words = say("legend", "by {channels}", channels=middle_cut(name, MOST_LETTERS))
        yield Entry(words, Line(dash=tuple(DASH_PATTERNS.get(dash, ())), head=False, sign=sign), section=3)


def _signs(scene: Scene) -> Iterator[Entry]:
    rows, nodes = scene.visible, scene.nodes
    kinds = {KINDS[kind] for kind in _found(nodes.kind[rows])}
    if NodeKind.OUTSIDE in kinds:
        yield Entry(say("legend", "outside"), kind=NodeKind.OUTSIDE, section=4)
    if NodeKind.SOURCE in kinds:
        yield Entry(say("legend", "source"), kind=NodeKind.SOURCE, section=4)
    if (rows & nodes.vacant).any():
        yield Entry(say("legend", "vacant"), kind=NodeKind.ROLE, vacant=True, section=4)
    for badge, flags, words in (
        (LEADS, scene.leads, say("legend", "leads a module")),
        (DECIDES, nodes.decides, say("legend", "decides")),
        (PURPOSE, nodes.purpose, say("legend", "holds the purpose")),
        (NEWCOMER, nodes.newcomer, say("legend", "newcomer")),
    ):
        if (rows & flags).any():
            yield Entry(words, badge=badge, section=4)
    if (
        scene.looks.size is None
        and len(np.unique(nodes.radius[rows & (nodes.kind == KINDS.index(NodeKind.PERSON))])) > 1
    ):
        yield Entry(say("legend", "larger: nearer to the top"), larger=True, section=4)
    second = nodes.second[rows & (nodes.second >= 0)]
    if len(second):
        module = int(second[0])
        letter = module_initial(scene.module_names[module])
        words = say("legend", "belongs to a second module too")
        yield Entry(words, hue=int(scene.module_hue[module]), second=letter, section=4)


def _modules(scene: Scene) -> Iterator[Entry]:
    listed = [row for row in scene.frames.shown if scene.module_names[row]]
    cut = listed if len(listed) <= MOST_MODULES else listed[: MOST_MODULES - 1]
    for row in cut:
        words = middle_cut(scene.module_names[row], MOST_LETTERS)
        yield Entry(words, hue=int(scene.module_hue[row]), section=5)
    rest = len(listed) - len(cut)
    if rest:
        words = say("legend", "and {n} more module", "and {n} more modules", n=rest)
        yield Entry(words, section=5)
