"""Where what is pasted comes to lie: near where it is wanted, and never on top of others.

Map units; x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from orgmap.drawing.frames import frames
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import Backdrop, ModuleId, NodeId, StickyNote
from orgmap.model.fragments import Fragment, Place, moved
from orgmap.model.frames import PADDING, RADIUS, TAB, node_box
from orgmap.model.query import above, home

STEP = (40.0, 34.0)  # from one place tried to the next
REACH = 45  # steps tried each way
AT_ONCE = 256  # places tried in one go
APART = 10.0  # kept between what is pasted and what is there
ACROSS = 120.0  # between people who have no place yet

Floats = NDArray[np.float64]


def landed(document: Document, fragment: Fragment, at: Place | None, own: Collection[ModuleId]) -> Fragment:
    """The fragment, moved to where there is room.

    `at`: where its middle is wanted; None: beside where it lies, those of each module near their
    own. `own`: modules of the map that take it in, so that it may lie in their frames.
    """
    fragment = _placed(fragment)
    standing = frames(document)
    taken = boxes(document)
    by: dict[str, Place] = {}
    groups = [(fragment.chosen, frozenset(own))] if at is not None else _groups(document, fragment)
    for ids, mine in groups:
        rect = _extent(fragment, ids)
        if rect.isNull():
            continue
        start = (0.0, 0.0) if at is None else (at[0] - rect.center().x(), at[1] - rect.center().y())
        offset = free(rect, start, taken, standing, {m.id for key in mine for m in above(document, key)})
        by |= dict.fromkeys(ids, offset)
        taken = np.vstack([taken, row(rect.translated(*offset))])
    return moved(fragment, by)


def put_aside(document: Document, key: NodeId) -> Change:
    """Somebody who was put down on another goes to the nearest free place; nobody else moves."""
    node = document.nodes.get(key)
    if node is None or node.x is None or node.y is None:
        return Change()
    others = [n for n in document.nodes.values() if n.id != key and n.x is not None and n.y is not None]
    places = np.array([(n.x, n.y) for n in others], dtype=float).reshape(-1, 2)
    if not (np.hypot(*(places - (node.x, node.y)).T) < 2 * RADIUS).any():
        return Change()
    left, top, right, bottom = node_box(node)
    rect = QRectF(node.x + left, node.y + top, right - left, bottom - top)
    own = home(node)
    mine = {m.id for m in above(document, own)} if own is not None else set[ModuleId]()
    rest = document.apply(edits.delete(document, [key]))
    dx, dy = free(rect, (0.0, 0.0), boxes(rest), frames(rest), mine)
    return edits.move(document, {key: (node.x + dx, node.y + dy)})


def clearing(document: Document, at: Place, size: tuple[float, float]) -> Place:
    """The middle of free ground of this size, in no frame and on nobody, as near to `at` as there is."""
    rect = QRectF(at[0] - size[0] / 2, at[1] - size[1] / 2, *size)
    dx, dy = free(rect, (0.0, 0.0), boxes(document), frames(document), set())
    return at[0] + dx, at[1] + dy


def _placed(fragment: Fragment) -> Fragment:
    """With a place in a row for everybody who has none."""
    homeless = [node.id for node in fragment.parts.nodes.values() if node.x is None]
    if not homeless:
        return fragment
    row = {key: (ACROSS * at, 0.0) for at, key in enumerate(homeless)}
    return Fragment(fragment.parts.apply(edits.move(fragment.parts, row)), fragment.context)


def _groups(document: Document, fragment: Fragment) -> list[tuple[list[str], frozenset[ModuleId]]]:
    """What keeps together: the people of one module of the map, and all the rest."""
    parts = fragment.parts
    found: dict[ModuleId | None, list[str]] = {}
    for key in fragment.chosen:
        node = parts.nodes.get(NodeId(key))
        own = home(node) if node is not None else None
        known = own in fragment.context and own in document.modules
        found.setdefault(own if known else None, []).append(key)
    return [(ids, frozenset((own,) if own is not None else ())) for own, ids in found.items()]


def _extent(fragment: Fragment, ids: Collection[str]) -> QRectF:
    """The rectangle round these parts, with names and frames; null if nothing of it is drawn."""
    parts, whole = fragment.parts, QRectF()
    standing = frames(parts)
    for key in ids:
        node = parts.nodes.get(NodeId(key))
        if node is not None and node.x is not None and node.y is not None:
            left, top, right, bottom = node_box(node)
            whole |= QRectF(node.x + left, node.y + top, right - left, bottom - top)
        elif ModuleId(key) in standing:
            whole |= standing[ModuleId(key)]
    flats: list[StickyNote | Backdrop] = [*parts.stickies.values(), *parts.backdrops.values()]
    for flat in flats:
        if flat.id in ids:
            whole |= QRectF(flat.x, flat.y, flat.width, flat.height)
    return whole


def boxes(document: Document) -> Floats:
    """Left, top, right, bottom of every node, with its name, and every note. Shape (n, 4)."""
    rows = [
        (n.x + box[0], n.y + box[1], n.x + box[2], n.y + box[3])
        for n in document.nodes.values()
        if n.x is not None and n.y is not None and (box := node_box(n))
    ]
    rows += [(s.x, s.y, s.x + s.width, s.y + s.height) for s in document.stickies.values()]
    return np.array(rows, dtype=float).reshape(-1, 4)


def free(
    rect: QRectF, start: Place, taken: Floats, standing: Mapping[ModuleId, QRectF], own: set[ModuleId]
) -> Place:
    """How far to move `rect` so that it lies on nobody, in no frame of others, and its own frames
    do not grow over anybody; as near to `start` as there is room.
    """
    strangers = [frame for key, frame in standing.items() if key not in own]
    obstacles = np.vstack([taken, *map(row, strangers)])
    mine = [standing[key] for key in own if key in standing]
    outside = _outside(obstacles, mine)
    for offsets in _offsets(start):
        low = np.array((rect.left(), rect.top())) + offsets
        high = np.array((rect.right(), rect.bottom())) + offsets
        bad = overlapping(low - APART, high + APART, obstacles)
        for frame in mine:
            grown_low = np.minimum(low - (PADDING, PADDING + TAB), (frame.left(), frame.top()))
            grown_high = np.maximum(high + PADDING, (frame.right(), frame.bottom()))
            bad = bad | overlapping(grown_low, grown_high, outside)
        room = np.flatnonzero(~bad)
        if len(room):
            x, y = offsets[int(room[0])]
            return float(x), float(y)
    edge = obstacles[:, 2].max(initial=rect.left())
    return float(edge - rect.left() + 2 * ACROSS), start[1]


def _outside(obstacles: Floats, mine: list[QRectF]) -> Floats:
    """The obstacles that touch none of these frames now."""
    x0, y0, x1, y1 = obstacles.T
    inside = np.zeros(len(obstacles), dtype=bool)
    for frame in mine:
        inside |= (frame.left() < x1) & (x0 < frame.right()) & (frame.top() < y1) & (y0 < frame.bottom())
    return obstacles[~inside]


def overlapping(low: Floats, high: Floats, obstacles: Floats) -> NDArray[np.bool_]:
    """Which of the rectangles lie on any obstacle. Shape (k,)."""
    if not len(low):
        return np.zeros(0, dtype=bool)
    left, top = low.min(axis=0)
    right, bottom = high.max(axis=0)
    x0, y0, x1, y1 = obstacles.T
    near = obstacles[(left < x1) & (x0 < right) & (top < y1) & (y0 < bottom)]
    bad: NDArray[np.bool_] = (low[:, :1] < near[:, 2]) & (near[:, 0] < high[:, :1])
    bad &= (low[:, 1:] < near[:, 3]) & (near[:, 1] < high[:, 1:])
    return np.asarray(bad.any(axis=1))


def _offsets(start: Place) -> Iterator[Floats]:
    """Moves to try, the nearest to `start` first, some at a time. Shapes (k, 2)."""
    every = _spiral() + np.array(start)
    for at in range(0, len(every), AT_ONCE):
        yield every[at : at + AT_ONCE]


@cache
def _spiral() -> Floats:
    """Steps by distance, to the right and downwards first."""
    line = np.arange(-REACH, REACH + 1)
    steps = np.array([(i, j) for i in line for j in line], dtype=float) * STEP
    ahead = 0.01 * (steps[:, 0] < 0) + 0.01 * (steps[:, 1] < 0)
    return steps[np.argsort(np.hypot(steps[:, 0], steps[:, 1]) + STEP[0] * ahead, kind="stable")]


def row(rect: QRectF) -> Floats:
    return np.array([[rect.left(), rect.top(), rect.right(), rect.bottom()]])
