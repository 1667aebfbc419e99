"""Putting things in line and at even distances. Nodes, modules with all in them, and notes alike.

A node is aligned by its sign, since that is what the eye lines up; its name only has to find room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from orgmap.model.document import Change, Document
from orgmap.model.edits import outermost, shift
from orgmap.model.entities import Frame, ModuleId, NodeId, StickyId
from orgmap.model.frames import RADIUS, frames, node_box

APART = 8.0  # map units left at least between two things set at even distances


class Side(Enum):
    """What is brought in line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class _Box:
    """A thing along one axis (`low` to `high` its sign) and the room it takes, name included."""

    key: str
    low: float
    high: float
    room_low: float
    room_high: float
    other_low: float  # the room across that axis
    other_high: float


def align(document: Document, ids: Iterable[str], side: Side) -> Change:
    """Bring these in line at the outermost of them on that side, or at their common middle."""
    across = side in (Side.LEFT, Side.CENTRE, Side.RIGHT)
    boxes = _boxes(document, ids, across=across)
    if len(boxes) < 2:
        return Change()
    low, high = min(box.low for box in boxes), max(box.high for box in boxes)
    by: dict[str, tuple[float, float]] = {}
    for box in boxes:
        match side:
            case Side.LEFT | Side.TOP:
                way = low - box.low
            case Side.RIGHT | Side.BOTTOM:
                way = high - box.high
            case _:
                way = (low + high) / 2 - (box.low + box.high) / 2
        by[box.key] = (way, 0.0) if across else (0.0, way)
    return shift(document, by)


def distribute(document: Document, ids: Iterable[str], *, across: bool) -> Change:
    """Even gaps from left to right (`across`) or from top to bottom; the outer two stay.

    Where there is no room for that, they spread about their middle until nothing overlaps.
    """
    boxes = sorted(_boxes(document, ids, across=across), key=lambda box: (box.low + box.high, box.key))
    if len(boxes) < 2:
        return Change()
    low, high = boxes[0].low, max(box.high for box in boxes)
    sizes = sum(box.high - box.low for box in boxes)
    steps = len(boxes) - 1
    even = (high - low - sizes) / steps
    gap = max([even, *(_least_gap(one, other) for one, other in pairwise(boxes))])
    at = low if gap == even else (low + high - sizes - gap * steps) / 2
    by: dict[str, tuple[float, float]] = {}
    for box in boxes:
        way = at - box.low
        by[box.key] = (way, 0.0) if across else (0.0, way)
        at += box.high - box.low + gap
    return shift(document, by)


def _least_gap(one: _Box, other: _Box) -> float:
    """How far the signs of two neighbours must stay apart so that their room does not overlap."""
    if one.other_high <= other.other_low or other.other_high <= one.other_low:
        return -float("inf")
    return (one.room_high - one.high) + (other.low - other.room_low) + APART


def _boxes(document: Document, ids: Iterable[str], *, across: bool) -> list[_Box]:
    """The outermost of these that have a place, in the order given."""
    found: list[_Box] = []
    rects = frames(document)
    for key in outermost(document, ids):
        sign, room = _sides(document, rects, key)
        if sign is None or room is None:
            continue
        along, beside = ((0, 2), (1, 3)) if across else ((1, 3), (0, 2))
        found.append(
            _Box(key, *(sign[i] for i in along), *(room[i] for i in along), *(room[i] for i in beside))
        )
    return found


_Sides = tuple[float, float, float, float]  # left, top, right, bottom


def _sides(document: Document, rects: dict[ModuleId, Frame], key: str) -> tuple[_Sides | None, _Sides | None]:
    """The sign of a thing, and the room it takes; None for what has no place."""
    node = document.nodes.get(NodeId(key))
    if node is not None:
        if node.x is None or node.y is None:
            return None, None
        left, top, right, bottom = node_box(node)
        sign = (node.x - RADIUS, node.y - RADIUS, node.x + RADIUS, node.y + RADIUS)
        return sign, (node.x + left, node.y + top, node.x + right, node.y + bottom)
    rect = rects.get(ModuleId(key)) or document.stickies.get(StickyId(key))
    if rect is None:
        return None, None
    sides = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
    return sides, sides
