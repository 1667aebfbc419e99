"""Links on the sheet: grouped by pen, each group handed over as one array."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from orgmap.drawing import batches
from orgmap.drawing.columns import DASHES, LINK_KINDS, STATUSES, WIDTHS, Flags, Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.gauges import line_tone
from orgmap.drawing.linemarks import draw_marks
from orgmap.drawing.mosaic import CELL
from orgmap.drawing.sheet import TURNS, Sheet, reach
from orgmap.drawing.signs import Head, corners_of, draw_heads
from orgmap.drawing.strokes import rows_in
from orgmap.drawing.style import mixed
from orgmap.drawing.ways import Way, direction
from orgmap.model.entities import Dash, LinkId, LinkKind, Status

HEAD = 8.5  # pixels long at 100 %
HEAD_HALF = 3.5  # half its width
MANY_LINKS = 250  # on the map; from here on heads are laid down from a page
DASHES_FROM = 0.4  # magnification from which broken lines can be told apart
HEADS_FROM = 0.3  # and heads
RAIL = 1.7  # half the distance between the two lines of a reporting link
FINEST = 0.42  # magnification below which lines grow no finer
DENSE = 0.06  # area of the lines, of what the map covers, above which they grow paler
FAR = ((0.3, 0.8), (0.8, 1.0))  # magnifications, and the share of their colour that lines have there
PALEST = 0.42  # share of their own colour left at least
SHADES = 24  # steps of paleness: one more line does not change the colour of all others
AT_ONCE = 4_000  # lines drawn before anything else may have its turn
TINTED_BELOW = 0.55  # strength below which lines inside a module take its colour
ACROSS = 0.7  # of that strength, for lines between modules, the longest and the least told apart
FINE = 1.0  # pixels up to which Qt strokes five times faster
OVERLAP = 0.35  # pixels by which the pieces of a wide curve overlap, so that no joint is seen
LEAST_LIT = 1.2  # pixels: evidence is never finer

DASH_PATTERNS: dict[Dash, list[float]] = {
    Dash.DASH: [6.0, 3.5],
    Dash.DOT: [1.6, 2.6],
    Dash.DASH_DOT: [7.0, 2.8, 1.6, 2.8],
}
LONG_DASH = [8.0, 5.0]  # of what is only proposed
NEEDS_DOTS = [1.6, 4.2]  # of work that is needed, whatever it is carried by

_TALKS, _REPORTS, _NEEDS = (
    LINK_KINDS.index(kind) for kind in (LinkKind.TALKS, LinkKind.REPORTS, LinkKind.NEEDS)
)
_UNDER = {LinkKind.TALKS: 0.75, LinkKind.REPORTS: 1.0, LinkKind.NEEDS: 0.1}  # of a head its line ends
_ASSUMED, _PROPOSED = STATUSES.index(Status.ASSUMED), STATUSES.index(Status.PROPOSED)
_FADED, _PLAIN, _LIT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Group:
    """What lines drawn with one pen share. `hue`: module colour, or class of a measure, + 1; 0 for none."""

    what: int
    hue: int
    kind: int
    status: int
    dash: int
    width: int


@dataclass(frozen=True, eq=False)
class Batch:
    """Links in view that share a pen, the curved ones last.

    `line`: the way without what lies under the heads; `tips`, `toward`: where heads end and the
    directions (n, 2) in which they point; `head`: how long each is, pixels.
    """

    way: Way
    line: Way
    rows: Ints
    kind: LinkKind
    status: Status
    pen: QPen
    tips: Floats
    toward: Floats
    head: float


def draw_links(sheet: Sheet) -> Iterator[None]:
    """Every link in view: the faded first, then the plain, the lit on top. Yields now and then."""
    for batch in batched(sheet):
        yield from _draw_batch(sheet, batch)
        draw_marks(sheet, batch.rows, batch.way, batch.pen)


def batched(sheet: Sheet) -> Iterator[Batch]:
    """The links in view by pen, in the order in which they are drawn."""
    rows, way = in_view(sheet)
    if not len(rows):
        return
    scene, links, lighting = sheet.scene, sheet.scene.strokes, sheet.lighting
    what = np.full(len(rows), _FADED if lighting.any_lit else _PLAIN)
    what[links.pale[rows]] = _FADED
    if lighting.lit_links:
        index, stands = scene.links.index, scene.arcs.stands
        lit = [stands[index[key]] for key in lighting.lit_links if key in index]
        what[np.isin(rows, lit)] = _LIT
    away = away_rows(sheet, rows)
    what[away] = _FADED
    width = links.width[rows]
    shade = strength(sheet)
    hue = dash = np.zeros(len(rows), dtype=np.int32)
    if scene.looks.lines is not None:
        hue = np.where(what == _PLAIN, scene.shades.lines[rows] + 1, 0)
        width = np.where(hue > 0, np.minimum(hue - 1, len(WIDTHS) - 1), width)
    elif shade < TINTED_BELOW:
        hue = scene.link_hue[rows]
        hue = np.where((what == _PLAIN) & (hue >= 0), hue % len(sheet.theme.modules) + 1, 0)
    if sheet.camera.scale >= DASHES_FROM:
        dash = np.where(away, DASHES.index(Dash.DOT), links.dash[rows])
    columns = (what, hue, links.kind[rows], links.status[rows], dash, width, way.curved)
    sizes = (3, len(sheet.theme.modules) + 1, len(LINK_KINDS), len(STATUSES), len(DASHES), len(WIDTHS), 2)
    code = np.ravel_multi_index(columns, sizes).astype(np.uint16)  # of two bytes: sorted ten times faster
    if (code[1:] < code[:-1]).any():
        order = np.argsort(code, kind="stable")
        rows, way, code = rows[order], way.of(order), code[order]
    edges = [0, *(np.flatnonzero(np.diff(code // 2)) + 1).tolist(), len(rows)]
    groups = [_Group(*map(int, np.unravel_index(int(code[begin]), sizes)[:-1])) for begin in edges[:-1]]
    pens = [_pen(sheet, group, shade) for group in groups]
    heads = [_head(sheet, pen) for pen in pens]
    at_end, at_start = _headed(sheet, way, links.both[rows], np.repeat(heads, np.diff(edges)))
    cut = np.repeat(
        [_UNDER[LINK_KINDS[g.kind]] * h for g, h in zip(groups, heads, strict=True)], np.diff(edges)
    )
    line = _without_heads(way, at_end, at_start, cut)
    of, tips, toward = _heads(way, at_end, at_start)
    head_edges = np.searchsorted(of, edges).tolist()
    for row, (group, pen, head) in enumerate(zip(groups, pens, heads, strict=True)):
        part, bearing = slice(*edges[row : row + 2]), slice(*head_edges[row : row + 2])
        yield Batch(
            way=way.of(part),
            line=line.of(part),
            rows=rows[part],
            kind=LINK_KINDS[group.kind],
            status=STATUSES[group.status],
            pen=pen,
            tips=tips[bearing],
            toward=toward[bearing],
            head=head,
        )


def away_rows(sheet: Sheet, rows: Ints) -> Flags:
    """Which drawn rows stand only for links that are away."""
    scene = sheet.scene
    if not sheet.lighting.away:
        return np.zeros(len(rows), dtype=bool)
    away, stands = rows_in(scene.links.index, sheet.lighting.away), scene.arcs.stands
    gone = np.zeros(len(stands), dtype=bool)
    gone[stands[away & (stands >= 0)]] = True
    gone[stands[~away & (stands >= 0)]] = False
    found: Flags = gone[rows]
    return found


def draw_proposed(sheet: Sheet) -> None:
    """The links that an advice would add: long dashes in the accent."""
    for source, target, both in sheet.lighting.proposed:
        path = _proposed_way(sheet, source, target)
        if path is not None:
            pen = QPen(sheet.theme["accent"], 1.8 * sheet.grown(0.6, 2.0))
            pen.setDashPattern([d / 1.8 * 1.3 for d in LONG_DASH])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            head, row = _head(sheet, pen), np.zeros(1, dtype=np.int32)
            ends = _headed(sheet, path, np.array([both]), np.array([head]))
            kind, status = LinkKind.TALKS, Status.PROPOSED
            line = _without_heads(path, *ends, np.array([head * _UNDER[kind]]))
            _, tips, toward = _heads(path, *ends)
            for _ in _draw_batch(sheet, Batch(path, line, row, kind, status, pen, tips, toward, head)):
                pass


def highlight(sheet: Sheet, ids: frozenset[str], colour: QColor, extra: float) -> None:
    """Lay a band of a colour along links, wider than their line by `extra` pixels."""
    links = sheet.scene.links
    wanted = [links.index[key] for key in cast("frozenset[LinkId]", ids) if key in links.index]
    shown = np.unique(sheet.scene.arcs.stands[wanted])
    shown = shown[shown >= 0]
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


def in_view(sheet: Sheet) -> tuple[Ints, Way]:
    """The rows of the lines in view, from left to right, and their ways in pixels."""
    rows, arcs = sheet.scene.across, sheet.scene.arcs
    if not sheet.links.all():
        rows = rows[sheet.links[rows]]
    if not sheet.sees_all:
        edge = reach(sheet.camera.scale) / sheet.camera.scale
        seen = sheet.camera.seen.adjusted(-edge, -edge, edge, edge)
        near = np.zeros(len(arcs.shown), dtype=bool)
        near[arcs.within(seen.left(), seen.top(), seen.right(), seen.bottom())] = True
        rows = rows[near[rows]]
    way = _placed(sheet, rows)
    if sheet.mosaic is None:
        return rows, way
    touched = sheet.mosaic.touched(*way.box(reach(sheet.camera.scale) * sheet.unit))
    rows, way = rows[touched], way.of(touched)
    return rows, way


def _placed(sheet: Sheet, rows: Ints) -> Way:
    arcs = sheet.scene.arcs
    start, end = (sheet.place(part.take(rows, axis=0)) for part in (arcs.start, arcs.end))
    middle, curved = (start + end) / 2, arcs.curved[rows]
    if not curved.any():
        return Way(start, middle, end, curved)
    control = sheet.place(arcs.control.take(rows, axis=0))
    off = np.abs(control - middle)
    curved &= np.maximum(off[:, 0], off[:, 1]) > 1.5 * sheet.unit
    return Way(start, control, end, curved)


def _grown(sheet: Sheet) -> float:
    """How much thicker than at 100 % lines are: they grow finer with the map when it is far away."""
    return sheet.grown(FINEST, 2.0) * sheet.theme.weight


def strength(sheet: Sheet) -> float:
    """1, or less where so many lines are on the map that they would merge into one grey, and where
    it is far away. The same for every part of the map that is drawn at one magnification."""
    if sheet.detail is Detail.FULL:
        return 1.0
    scene = sheet.scene
    ink = scene.ink * sheet.camera.scale * sheet.grown(FINEST, 2.0) / sheet.unit
    area = scene.bounds.width() * scene.bounds.height() * sheet.camera.scale**2
    share = ink / max(area, 1.0)
    crowded = 1.0 if share <= DENSE else float((DENSE / share) ** 0.35)
    crowded = math.ceil(crowded * SHADES) / SHADES
    far = float(np.interp(sheet.camera.scale, *FAR))
    return max(PALEST, crowded * far)


def _pen(sheet: Sheet, group: _Group, shade: float) -> QPen:
    theme, grown, measured = sheet.theme, _grown(sheet), sheet.scene.looks.lines
    colour = theme[{_FADED: "faded", _PLAIN: "link", _LIT: sheet.lighting.token}[group.what]]
    pixels = WIDTHS[group.width] * grown
    if group.what == _PLAIN:
        if group.status == _PROPOSED:
            colour = theme["accent"]
        elif group.status == _ASSUMED:
            colour, pixels = theme["assumed"], pixels * 0.75
        elif group.hue and measured is not None:
            colour = line_tone(theme, group.hue - 1, measured.classes)
        elif group.hue:
            colour = theme.module(group.hue - 1).line
        elif group.kind != _TALKS:
            colour = theme["formal" if group.kind == _REPORTS else "needs"]
    if group.kind == _REPORTS:
        pixels = min(pixels, 1.1 * grown)
    if group.what == _LIT:
        pixels = max(pixels * 1.45, LEAST_LIT * sheet.unit)
    else:
        share = shade if group.hue or shade >= TINTED_BELOW else shade * ACROSS
        if measured is None:
            colour = mixed(colour, theme["ground"], share)
        if shade < TINTED_BELOW:
            pixels = min(pixels, FINE)
    pen = QPen(colour, pixels)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pattern = DASH_PATTERNS.get(DASHES[group.dash])
    if group.status == _PROPOSED:
        pattern = LONG_DASH
    elif group.kind == _NEEDS:
        pattern = NEEDS_DOTS
    if pattern is not None and sheet.camera.scale >= DASHES_FROM:
        pen.setDashPattern([d * 1.3 / WIDTHS[group.width] for d in pattern])
    return pen


def _head(sheet: Sheet, pen: QPen) -> float:
    """How long the heads of lines drawn with a pen are, pixels."""
    length = HEAD * sheet.grown(0.55, 2.0) * (1 + 0.22 * max(0.0, pen.widthF() / sheet.unit - 1.6))
    return round(length * 4) / 4  # so that pages of heads serve more than one magnification


def _headed(sheet: Sheet, way: Way, both: Flags, head: Floats) -> tuple[Flags, Flags]:
    """Which lines bear a head at the end, and at the start."""
    if sheet.detail is Detail.FULL:
        return np.ones(len(both), dtype=bool), both
    if sheet.detail is Detail.LINES or sheet.camera.scale < HEADS_FROM:
        return np.zeros(len(both), dtype=bool), np.zeros(len(both), dtype=bool)
    long = way.length()
    return long > 1.6 * head, both & (long > 2.4 * head)


def _without_heads(way: Way, at_end: Flags, at_start: Flags, cut: Floats) -> Way:
    """The lines, ending where their heads begin."""
    if not at_end.any() and not at_start.any():
        return way
    return way.shortened(np.where(at_end, cut, 0.0), np.where(at_start, cut, 0.0))


def _heads(way: Way, at_end: Flags, at_start: Flags) -> tuple[Ints, Floats, Floats]:
    """Which way each head is on, in rising order; its tip, and the direction in which it points."""
    ends, starts = np.flatnonzero(at_end), np.flatnonzero(at_start)
    of = np.concatenate((ends, starts))
    order = np.argsort(of, kind="stable")
    tips = np.concatenate((way.end[ends], way.start[starts]))[order]
    return of[order], tips, direction(tips - way.control[of[order]])


def rails(sheet: Sheet, batch: Batch) -> tuple[Way, ...]:
    """The lines to draw for a batch: reporting links are two beside one another."""
    if batch.kind is not LinkKind.REPORTS or sheet.camera.scale < DASHES_FROM:
        return (batch.line,)
    apart = RAIL * _grown(sheet)
    return batch.line.beside(-apart), batch.line.beside(apart)


def _draw_batch(sheet: Sheet, batch: Batch) -> Iterator[None]:
    painter, pen = sheet.painter, batch.pen
    for part in rails(sheet, batch):
        dashed = pen.style() is Qt.PenStyle.CustomDashLine  # Qt begins to count where it clips
        straight = 0 if dashed else len(part.curved) - int(np.count_nonzero(part.curved))
        if sheet.vector:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawPath(batches.curves(part.start, part.control, part.end))
            continue
        for begin in range(0, straight, AT_ONCE):
            painter.setPen(pen)
            lines = part.of(slice(begin, min(begin + AT_ONCE, straight))).straight()
            batches.draw_lines(painter, _seen(sheet, lines, pen))
            if begin + AT_ONCE < straight:
                yield
        if straight < len(part.curved):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            _draw_curves(sheet, part.of(slice(straight, None)), pen)
    if len(batch.tips):
        _draw_heads(sheet, batch)
    yield


def _seen(sheet: Sheet, lines: Floats, pen: QPen) -> Floats:
    """What has to be drawn of lines (n, 4)."""
    return lines if sheet.mosaic is None else sheet.mosaic.cut(lines, pen.widthF())


def _draw_curves(sheet: Sheet, way: Way, pen: QPen) -> None:
    """Fine ones as a path, others in pieces: Qt strokes a wide path fifteen times slower than those."""
    painter, dashed = sheet.painter, pen.style() is Qt.PenStyle.CustomDashLine
    if pen.widthF() <= FINE and not dashed:
        if sheet.mosaic is not None:
            of, spots = way.sampled(CELL)
            near = of[sheet.mosaic.near(spots, 2 * CELL)]
            way = way.of(np.bincount(near, minlength=len(way.curved)) > 0)
        painter.drawPath(batches.curves(way.start, way.control, way.end))
        return
    plain = QPen(pen)
    plain.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(plain)
    pattern = np.array(pen.dashPattern()) * pen.widthF()
    lines = way.dashes(pattern) if dashed else way.pieces(OVERLAP)
    batches.draw_lines(painter, _seen(sheet, lines, plain))


def heads_paged(sheet: Sheet) -> bool:
    """Are there so many lines that their heads are laid down from a page?"""
    return not sheet.vector and len(sheet.scene.links.ids) >= MANY_LINKS


def _draw_heads(sheet: Sheet, batch: Batch) -> None:
    length, half, pen = batch.head, batch.head * HEAD_HALF / HEAD, batch.pen
    width = 0.0 if batch.kind is LinkKind.TALKS else pen.widthF()
    look = Head(batch.kind, length, half, width, pen.color().rgba(), sheet.theme["node"].rgba())
    if not heads_paged(sheet):
        draw_heads(sheet.painter, look, corners_of(batch.tips, batch.toward, length, half))
        return
    angle = np.arctan2(batch.toward[:, 1], batch.toward[:, 0])
    turn = np.rint(angle * (TURNS / math.tau)).astype(np.int64) % TURNS
    tips = batch.tips
    if sheet.mosaic is not None:
        near = sheet.mosaic.near(tips, length + width)
        turn, tips = turn[near], tips[near]
    sheet.pens.heads(look).draw(sheet.painter, turn, tips)
