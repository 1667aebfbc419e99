"""Lines and gaps that a dragged thing falls into: those of its neighbours.

Pure functions of a scene, in map units. A node snaps by its middle; a frame or a note by its
edges and middle. What a person made even by eye becomes exactly even.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from orgmap.drawing.scene import Scene
from orgmap.model.entities import NodeId

Floats = NDArray[np.float64]
NEARBY = 6.0  # pixels within which something falls into place
ROW = 24.0  # map units across a row within which people count as being in it
OVER = 24.0  # map units that a guide reaches beyond what it joins


@dataclass(frozen=True, slots=True)
class Guide:
    """A thin line that says why: from (x1, y1) to (x2, y2). `gap`: one of several equal distances."""

    x1: float
    y1: float
    x2: float
    y2: float
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Snapped:
    """How far to move instead, and the guides to show."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What one can fall into line with. Boxes as rows of left, top, right, bottom; middles of nodes."""

    nodes: Floats
    boxes: Floats


def neighbours(scene: Scene, seen: QRectF, held: Collection[str]) -> Neighbours:
    """What is in view and not held. `held`: ids of what moves, frames round it included."""
    centre = scene.nodes.centre
    inside = (centre[:, 0] >= seen.left()) & (centre[:, 0] <= seen.right())
    inside &= (centre[:, 1] >= seen.top()) & (centre[:, 1] <= seen.bottom()) & scene.visible
    for key in held:
        row = scene.nodes.index.get(NodeId(key))
        if row is not None:
            inside[row] = False
    rects = [scene.frames.of_row(row) for row in scene.frames.shown if scene.frames.ids[row] not in held]
    rects += [rect for key, rect in scene.stickies.rects.items() if key not in held]
    boxes = [(r.left(), r.top(), r.right(), r.bottom()) for r in rects if seen.intersects(r)]
    return Neighbours(centre[inside].astype(np.float64), np.array(boxes, dtype=np.float64).reshape(-1, 4))


def snapped(
    box: QRectF, dx: float, dy: float, others: Neighbours, near: float, *, node: bool, axes: str = "xy"
) -> Snapped:
    """Where a thing that lay at `box` and was moved by (dx, dy) falls into place within `near`.

    `node`: it is a node, and snaps by its middle. `axes`: along which it may be moved.
    """
    moved = box.translated(dx, dy)
    middle = np.array((moved.center().x(), moved.center().y()))
    offset = np.zeros(2)
    for axis in (0, 1):
        if "xy"[axis] in axes:
            offset[axis] = _in_line(moved, others, near, axis, node=node)
    gaps: list[Guide] = []
    if node:
        for axis in (0, 1):
            if "xy"[axis] not in axes:
                continue
            way, drawn = _even(middle + offset * (np.arange(2) != axis), others.nodes, near, axis)
            aligned = offset[axis] != 0.0 or _on_a_line(middle, others.nodes, axis)
            if drawn and (not aligned or abs(way) < abs(offset[axis])):
                offset[axis] = way
                gaps += drawn
    after = moved.translated(float(offset[0]), float(offset[1]))
    lines = [guide for axis in (0, 1) if "xy"[axis] in axes for guide in _lines(after, others, axis, node)]
    return Snapped(dx + float(offset[0]), dy + float(offset[1]), (*lines, *gaps))


def _marks(rect: QRectF, axis: int, *, node: bool) -> Floats:
    """Where a thing lines up along an axis: its middle, and unless it is a node its edges."""
    low, high = (rect.left(), rect.right()) if axis == 0 else (rect.top(), rect.bottom())
    return np.array([(low + high) / 2] if node else [low, (low + high) / 2, high])


def _targets(others: Neighbours, axis: int, *, node: bool) -> Floats:
    if node:
        return others.nodes[:, axis]
    low, high = others.boxes[:, axis], others.boxes[:, axis + 2]
    return np.concatenate((low, (low + high) / 2, high, others.nodes[:, axis]))


def _in_line(rect: QRectF, others: Neighbours, near: float, axis: int, *, node: bool) -> float:
    """The shortest way along an axis into line with something; 0 if nothing is near."""
    away = _targets(others, axis, node=node)[:, None] - _marks(rect, axis, node=node)[None, :]
    if not away.size:
        return 0.0
    best = away.flat[int(np.argmin(np.abs(away)))]
    return float(best) if abs(best) <= near else 0.0


def _on_a_line(middle: Floats, nodes: Floats, axis: int) -> bool:
    return bool((np.abs(nodes[:, axis] - middle[axis]) < 1e-6).any())


def _even(middle: Floats, nodes: Floats, near: float, axis: int) -> tuple[float, list[Guide]]:
    """The way to where the distances to the neighbours in the row are equal, and their guides."""
    across = 1 - axis
    row = np.sort(nodes[np.abs(nodes[:, across] - middle[across]) <= ROW][:, axis])
    at = float(middle[axis])
    before, after = row[row < at - near], row[row > at + near]
    found: list[tuple[float, list[tuple[float, float]]]] = []
    if len(before) and len(after):
        left, right = float(before[-1]), float(after[0])
        spot = (left + right) / 2
        found.append((spot, [(left, spot), (spot, right)]))
    if len(before) > 1:
        outer, left = float(before[-2]), float(before[-1])
        spot = 2 * left - outer
        found.append((spot, [(outer, left), (left, spot)]))
    if len(after) > 1:
        right, outer = float(after[0]), float(after[1])
        spot = 2 * right - outer
        found.append((spot, [(spot, right), (right, outer)]))
    found = [(spot, pairs) for spot, pairs in found if abs(spot - at) <= near]
    if not found:
        return 0.0, []
    spot, pairs = min(found, key=lambda one: abs(one[0] - at))
    level = float(middle[across])
    return spot - at, [_along(one, other, level, axis) for one, other in pairs]


def _along(one: float, other: float, level: float, axis: int) -> Guide:
    if axis == 0:
        return Guide(one, level, other, level, gap=True)
    return Guide(level, one, level, other, gap=True)


def _lines(rect: QRectF, others: Neighbours, axis: int, node: bool) -> list[Guide]:
    """The guides through what is now in line with something along an axis."""
    found: list[Guide] = []
    across = 1 - axis
    own = (rect.top(), rect.bottom()) if axis == 0 else (rect.left(), rect.right())
    for mark in _marks(rect, axis, node=node):
        spans = [own]
        in_line = others.nodes[np.abs(others.nodes[:, axis] - mark) < 1e-6]
        spans += [(float(p[across]), float(p[across])) for p in in_line]
        if not node:
            low, high = others.boxes[:, axis], others.boxes[:, axis + 2]
            near = np.abs(np.stack((low, (low + high) / 2, high)) - mark) < 1e-6
            spans += [(float(b[across]), float(b[across + 2])) for b in others.boxes[near.any(axis=0)]]
        if len(spans) == 1:
            continue
        start, end = min(s for s, _ in spans) - OVER, max(e for _, e in spans) + OVER
        at = float(mark)
        found.append(Guide(at, start, at, end) if axis == 0 else Guide(start, at, end, at))
    return found
