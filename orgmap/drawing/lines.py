"""Links on the sheet: grouped by pen, each group handed over as one array."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPen

from orgmap.drawing import batches
from orgmap.drawing.columns import DASHES, LINK_KINDS, STATUSES, WIDTHS, Flags, Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.lettering import hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.signs import Head, corners_of, draw_heads
from orgmap.drawing.style import mixed
from orgmap.model.entities import Dash, LinkId, LinkKind, Status

HEAD = 8.5  # pixels long at 100 %
HEAD_HALF = 3.5  # half its width
MANY_HEADS = 250  # from here on heads are laid down from a page
TURNS = 90  # directions in which it holds them
DASHES_FROM = 0.4  # magnification from which broken lines can be told apart
HEADS_FROM = 0.3  # and heads
RAIL = 1.7  # half the distance between the two lines of a reporting link
DENSE = 0.05  # area of the lines, of the view's, above which they grow paler
PALEST = 0.36  # share of their own colour left at least
TINTED_BELOW = 0.55  # strength below which lines inside a module take its colour
ACROSS = 0.7  # of that strength, for lines between modules, the longest and the least told apart
FINE = 1.0  # pixels up to which Qt strokes a curve as fast as a line
OVERLAP = 0.35  # pixels by which the pieces of a curve overlap, so that no joint is seen

DASH_PATTERNS: dict[Dash, list[float]] = {
    Dash.DASH: [6.0, 3.5],
    Dash.DOT: [1.6, 2.6],
    Dash.DASH_DOT: [7.0, 2.8, 1.6, 2.8],
}
LONG_DASH = [8.0, 5.0]  # of what is only proposed

_REPORTS = LINK_KINDS.index(LinkKind.REPORTS)
_ASSUMED, _PROPOSED = STATUSES.index(Status.ASSUMED), STATUSES.index(Status.PROPOSED)
_FADED, _PLAIN, _LIT = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Way:
    """Curves in pixels, one row each."""

    start: Floats
    control: Floats
    end: Floats
    curved: Flags

    def of(self, rows: Flags | Ints | slice) -> Way:
        return Way(self.start[rows], self.control[rows], self.end[rows], self.curved[rows])

    def beside(self, distance: float) -> Way:
        """The same ways, moved sideways by pixels."""
        along = self.end - self.start
        length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
        off = np.stack((-along[:, 1], along[:, 0]), axis=1) / length * distance
        return Way(self.start + off, self.control + off, self.end + off, self.curved)

    def middle(self) -> Floats:
        return (self.start + 2 * self.control + self.end) / 4

    def at(self, share: Floats) -> Floats:
        """Points (n, k, 2) at shares (n, k) of the ways."""
        on = share[:, :, None]
        start, control, end = (part[:, None, :] for part in (self.start, self.control, self.end))
        points: Floats = (1 - on) ** 2 * start + 2 * (1 - on) * on * control + on**2 * end
        return points

    def length(self) -> Floats:
        return np.hypot(self.end[:, 0] - self.start[:, 0], self.end[:, 1] - self.start[:, 1])


@dataclass(frozen=True, slots=True)
class _Group:
    """What lines drawn with one pen share. `hue`: module colour + 1, 0 for none."""

    what: int
    hue: int
    kind: int
    status: int
    dash: int
    width: int


@dataclass(frozen=True, eq=False)
class Batch:
    """Links in view that share a pen. `at_end`, `at_start`: which bear a head there."""

    way: Way
    rows: Ints
    kind: LinkKind
    status: Status
    pen: QPen
    at_end: Flags
    at_start: Flags
    head: float  # length of a head, pixels


def draw_links(sheet: Sheet) -> None:
    """Every link in view: the faded first, then the plain, the lit on top."""
    for batch in batched(sheet):
        _draw_batch(sheet, batch)
        if sheet.camera.scale < HEADS_FROM:
            continue
        if batch.kind is LinkKind.NEEDS:
            steps = sheet.scene.links.step[batch.rows]
            words = [str(step) if step >= 0 else "" for step in map(int, steps)]
            _draw_badges(sheet, batch.way.middle(), words, batch.pen)
        if batch.status is Status.DISPUTED:
            _draw_badges(sheet, batch.way.middle(), ["?"] * len(batch.rows), batch.pen)


def batched(sheet: Sheet) -> Iterator[Batch]:
    """The links in view by pen, in the order in which they are drawn."""
    rows, way = _in_view(sheet)
    if not len(rows):
        return
    scene, links, lighting = sheet.scene, sheet.scene.links, sheet.lighting
    class_of = np.full(len(rows), _FADED if lighting.any_lit else _PLAIN)
    if lighting.lit_links:
        lit = [links.index[key] for key in lighting.lit_links if key in links.index]
        class_of[np.isin(rows, lit)] = _LIT
    width = links.width()[rows]
    strength = _strength(sheet, way, width)
    code = np.zeros((len(rows), 6), dtype=np.int64)
    code[:, 0] = class_of
    if strength < TINTED_BELOW:
        plain = (class_of == _PLAIN) & (scene.link_hue[rows] >= 0)
        code[:, 1] = np.where(plain, scene.link_hue[rows] % len(sheet.theme.modules) + 1, 0)
    code[:, 2], code[:, 3] = links.kind[rows], links.status[rows]
    code[:, 4] = links.dash[rows] if sheet.camera.scale >= DASHES_FROM else 0
    code[:, 5] = width
    flat = code @ np.array((10_000_000, 10_000, 1_000, 100, 10, 1))
    order = np.argsort(flat, kind="stable")
    rows, way, code, flat = rows[order], way.of(order), code[order], flat[order]
    edges = [0, *(np.flatnonzero(np.diff(flat)) + 1).tolist(), len(rows)]
    for begin, end in itertools.pairwise(edges):
        group = _Group(*code[begin].tolist())
        pen, part = _pen(sheet, group, strength), way.of(slice(begin, end))
        kind = LINK_KINDS[group.kind]
        both = links.two_way[rows[begin:end]] & (kind is LinkKind.TALKS)
        at_end, at_start, head = _heads(sheet, part, both, pen)
        yield Batch(part, rows[begin:end], kind, STATUSES[group.status], pen, at_end, at_start, head)


def draw_proposed(sheet: Sheet) -> None:
    """The links that an advice would add: long dashes in the accent."""
    for source, target, both in sheet.lighting.proposed:
        path = _proposed_way(sheet, source, target)
        if path is not None:
            pen = QPen(sheet.theme["accent"], 1.8 * sheet.grown(0.6, 2.0))
            pen.setDashPattern([d / 1.8 * 1.3 for d in LONG_DASH])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            heads = _heads(sheet, path, np.array([both]), pen)
            row = np.zeros(1, dtype=np.int32)
            _draw_batch(sheet, Batch(path, row, LinkKind.TALKS, Status.PROPOSED, pen, *heads))


def highlight(sheet: Sheet, ids: frozenset[str], colour: QColor, extra: float) -> None:
    """Lay a band of a colour along links, wider than their line by `extra` pixels."""
    links = sheet.scene.links
    wanted = [links.index[key] for key in cast("frozenset[LinkId]", ids) if key in links.index]
    shown = np.array([row for row in wanted if sheet.scene.arcs.shown[row]], dtype=np.int64)
    if not len(shown):
        return
    way = _placed(sheet, shown)
    painter = sheet.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = WIDTHS[0] * sheet.grown(0.6, 2.0) + extra * sheet.unit
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(batches.curves(way.start, way.control, way.end))


def _proposed_way(sheet: Sheet, source: str, target: str) -> Way | None:
    """From rim to rim, gently bowed so that it does not cover a line that is there; None unseen."""
    scene = sheet.scene
    a, b = scene.centre(source), scene.centre(target)
    if a is None or b is None or a == b:
        return None
    ends = np.array(((a.x(), a.y()), (b.x(), b.y())))
    along = ends[1] - ends[0]
    control = ends.mean(axis=0) + np.array((-along[1], along[0])) * 0.12
    start = scene.rim_toward(source, float(control[0]), float(control[1]))
    end = scene.rim_toward(target, float(control[0]), float(control[1]))
    points = sheet.place(np.array(((start.x(), start.y()), control, (end.x(), end.y()))))
    return Way(points[0:1], points[1:2], points[2:3], np.array([True]))


def _in_view(sheet: Sheet) -> tuple[Ints, Way]:
    rows = np.flatnonzero(sheet.scene.arcs.shown & sheet.links)
    way = _placed(sheet, rows)
    low = np.minimum(np.minimum(way.start, way.end), way.control)
    high = np.maximum(np.maximum(way.start, way.end), way.control)
    seen = sheet.within(low, high)
    return rows[seen].astype(np.int32), way if seen.all() else way.of(seen)


def _placed(sheet: Sheet, rows: Ints) -> Way:
    arcs = sheet.scene.arcs
    start, control, end = (sheet.place(part[rows]) for part in (arcs.start, arcs.control, arcs.end))
    off = np.abs(control - (start + end) / 2).max(axis=1)
    return Way(start, control, end, arcs.curved[rows] & (off > 1.5 * sheet.unit))


def _strength(sheet: Sheet, way: Way, width: Ints) -> float:
    """1, or less where so many lines are in view that they would merge into one grey."""
    if sheet.detail is Detail.FULL:
        return 1.0
    wide, high = sheet.size
    lengths = np.minimum(way.length(), max(wide, high))
    ink = float((lengths * np.array(WIDTHS)[width]).sum()) * sheet.grown(0.6, 2.0)
    share = ink / max(wide * high, 1.0)
    return 1.0 if share <= DENSE else max(PALEST, float((DENSE / share) ** 0.35))


def _pen(sheet: Sheet, group: _Group, strength: float) -> QPen:
    theme, grown = sheet.theme, sheet.grown(0.6, 2.0)
    colour = theme[{_FADED: "faded", _PLAIN: "link", _LIT: sheet.lighting.token}[group.what]]
    pixels = WIDTHS[group.width] * grown
    if group.what == _PLAIN:
        if group.status == _PROPOSED:
            colour = theme["accent"]
        elif group.status == _ASSUMED:
            colour, pixels = theme["assumed"], pixels * 0.75
        elif group.hue:
            colour = theme.module(group.hue - 1).line
    if group.what == _LIT:
        pixels *= 1.45
    else:
        share = strength if group.hue or strength >= TINTED_BELOW else strength * ACROSS
        colour = mixed(colour, theme["ground"], share)
    if group.kind == _REPORTS:
        pixels = min(pixels, 1.1 * grown) * (1.3 if group.what == _LIT else 1.0)
    pen = QPen(colour, pixels)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pattern = LONG_DASH if group.status == _PROPOSED else DASH_PATTERNS.get(DASHES[group.dash])
    if pattern is not None and sheet.camera.scale >= DASHES_FROM:
        pen.setDashPattern([d * 1.3 / WIDTHS[group.width] for d in pattern])
    return pen


def without_heads(batch: Batch) -> Way:
    """The lines of a batch, ending where their heads begin."""
    if not batch.at_end.any() and not batch.at_start.any():
        return batch.way
    cut = batch.head * {LinkKind.TALKS: 0.75, LinkKind.REPORTS: 1.0, LinkKind.NEEDS: 0.1}[batch.kind]
    return _shortened(
        batch.way, batch.at_end.astype(np.float64) * cut, batch.at_start.astype(np.float64) * cut
    )


def rails(sheet: Sheet, batch: Batch) -> tuple[Way, ...]:
    """The lines to draw for a batch: reporting links are two beside one another."""
    line = without_heads(batch)
    if batch.kind is not LinkKind.REPORTS or sheet.camera.scale < DASHES_FROM:
        return (line,)
    apart = RAIL * sheet.grown(0.6, 2.0)
    return line.beside(-apart), line.beside(apart)


def heads_of(batch: Batch) -> tuple[Floats, Floats]:
    """The tips (n, 2) of the heads of a batch, and where they point, unit vectors."""
    way = batch.way
    tips = np.concatenate((way.end[batch.at_end], way.start[batch.at_start]))
    toward = np.concatenate(
        ((way.end - way.control)[batch.at_end], (way.start - way.control)[batch.at_start])
    )
    return tips, _unit(toward)


def _draw_batch(sheet: Sheet, batch: Batch) -> None:
    painter, pen = sheet.painter, batch.pen
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in rails(sheet, batch):
        painter.setPen(pen)
        if sheet.vector:
            painter.drawPath(batches.curves(part.start, part.control, part.end))
            continue
        if not part.curved.any():
            batches.draw_lines(painter, np.concatenate((part.start, part.end), axis=1))
        else:
            straight = ~part.curved
            batches.draw_lines(painter, np.concatenate((part.start[straight], part.end[straight]), axis=1))
            bowed = part.of(part.curved)
            if pen.widthF() <= FINE and pen.style() is Qt.PenStyle.SolidLine:
                painter.drawPath(batches.curves(bowed.start, bowed.control, bowed.end))
                continue
            pieces = _dashed(bowed, pen) if pen.style() is Qt.PenStyle.CustomDashLine else _pieces(bowed)
            plain = QPen(pen)
            plain.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(plain)
            batches.draw_lines(painter, pieces)
    tips, unit = heads_of(batch)
    if len(tips):
        _draw_heads(sheet, tips, unit, batch.head, batch.kind, pen)


def _draw_heads(sheet: Sheet, tips: Floats, unit: Floats, length: float, kind: LinkKind, pen: QPen) -> None:
    half = length * HEAD_HALF / HEAD
    look = Head(kind, 0.0, length, half, pen.widthF(), pen.color().rgba(), sheet.theme["node"].rgba())
    if sheet.vector or len(tips) < MANY_HEADS:
        draw_heads(sheet.painter, look, corners_of(tips, unit, length, half))
        return
    turn = np.rint(np.arctan2(unit[:, 1], unit[:, 0]) * (TURNS / math.tau)).astype(np.int64) % TURNS
    looks = [replace(look, angle=number * math.tau / TURNS) for number in range(TURNS)]
    sheet.pens.stamps(look).draw(sheet.painter, looks, turn, tips, vector=False)


def _pieces(way: Way) -> Floats:
    """Curves as short lines (n, 4): stroking wide ones as paths costs fifteen times as much."""
    off = np.abs(way.control - (way.start + way.end) / 2).max(axis=1) / 2
    found: list[Floats] = []
    for least, most, count in ((0.0, 6.0, 6), (6.0, 40.0, 12), (40.0, np.inf, 24)):
        rows = (off >= least) & (off < most)
        if rows.any():
            share = np.linspace(0.0, 1.0, count + 1)
            points = way.of(rows).at(np.broadcast_to(share, (int(rows.sum()), count + 1)))
            found.append(_overlapping(points[:, :-1].reshape(-1, 2), points[:, 1:].reshape(-1, 2)))
    return np.concatenate(found)


def _dashed(way: Way, pen: QPen) -> Floats:
    """The dashes of curves as lines (n, 4), in the pattern of the pen."""
    pattern = np.array(pen.dashPattern()) * pen.widthF()
    edges = np.concatenate(([0.0], np.cumsum(pattern)))
    period = float(edges[-1])
    length = np.maximum(way.length(), 1e-6)
    times = np.ceil(length / period).astype(np.int64)
    row = np.repeat(np.arange(len(times)), times)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    found: list[Floats] = []
    for begin, end in zip(edges[0:-1:2], edges[1::2], strict=False):
        share = np.stack((turn * period + begin, turn * period + end), axis=1) / length[row, None]
        kept = share[:, 0] < 1.0
        points = way.of(row[kept]).at(np.minimum(share[kept], 1.0))
        found.append(points.reshape(-1, 4))
    return np.concatenate(found)


def _overlapping(a: Floats, b: Floats) -> Floats:
    more = _unit(b - a) * OVERLAP
    return np.concatenate((a - more, b + more), axis=1)


def _heads(sheet: Sheet, way: Way, both: Flags, pen: QPen) -> tuple[Flags, Flags, float]:
    """Which lines bear a head at the end, at the start; and how long it is, pixels."""
    none = np.zeros(len(both), dtype=bool)
    length = HEAD * sheet.grown(0.55, 2.0) * (1 + 0.22 * max(0.0, pen.widthF() / sheet.unit - 1.6))
    if sheet.detail is Detail.FULL:
        return ~none, both, length
    if sheet.detail is Detail.LINES or sheet.camera.scale < HEADS_FROM:
        return none, none, length
    long = way.length()
    return long > 1.6 * length, both & (long > 2.4 * length), length


def _shortened(way: Way, at_end: Floats, at_start: Floats) -> Way:
    """The ways without the stretch that lies under their heads."""
    start = way.start + _unit(way.control - way.start) * at_start[:, None]
    end = way.end + _unit(way.control - way.end) * at_end[:, None]
    return Way(start, way.control, end, way.curved)


def _unit(toward: Floats) -> Floats:
    length = np.maximum(np.hypot(toward[:, 0], toward[:, 1]), 1e-9)
    unit: Floats = toward / length[:, None]
    return unit


def _draw_badges(sheet: Sheet, middles: Floats, words: list[str], pen: QPen) -> None:
    """A small round with a sign in the middle of a line."""
    painter, grown = sheet.painter, sheet.grown(0.6, 2.0)
    painter.setBrush(sheet.theme["node"])
    painter.setPen(QPen(pen.color(), 1.1 * grown))
    for word, (x, y) in zip(words, middles, strict=True):
        radius = (6.5 if word else 3.0) * grown
        painter.drawEllipse(QPointF(float(x), float(y)), radius, radius)
    marked = [row for row, word in enumerate(words) if word]
    if marked:
        look = hand(9.5 * grown, sheet.theme["text"], None, QFont.Weight.DemiBold)
        signs = [words[row] for row in marked]
        sheet.pens.lettering.draw(painter, signs, middles[marked], look, vector=sheet.vector)
