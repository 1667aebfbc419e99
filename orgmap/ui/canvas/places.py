"""Where things lie and where there is room: walking from node to node, and a place for a new one.

Pure functions of a document, in map units; x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from orgmap.drawing.columns import RADIUS
from orgmap.drawing.frames import BOTTOM, SIDE, TOP, frames
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, Node, NodeId
from orgmap.model.frames import LETTER, node_box
from orgmap.model.query import above, home

Place = tuple[float, float]
Floats = NDArray[np.float64]

ACROSS, DOWN = 120.0, 104.0  # from one node of a row or column to the next
REACH = 10  # steps looked at in each direction for a free place
IN_A_ROW = 5  # people entered one after the other before a new row begins
NEW_NAME = 8 * LETTER / 2  # half the width kept free for a name nobody has typed yet
AROUND = 160.0  # map units round the places tried in which a long name may stand
BETWEEN = 16.0  # map units between a frame and one that may be drawn beside it
BORDER = SIDE  # kept between a new node and a frame it does not belong to


class Way(Enum):
    """The four arrow keys, as unit steps."""

    LEFT = (-1.0, 0.0)
    RIGHT = (1.0, 0.0)
    UP = (0.0, -1.0)
    DOWN = (0.0, 1.0)


def placed(document: Document) -> dict[NodeId, Place]:
    """The centre of every node that has a place."""
    return {n.id: (n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None}


def next_that_way(places: Mapping[str, Place], start: Place, way: Way, but: Iterable[str] = ()) -> str | None:
    """The thing nearest to `start` in the direction `way`, those straight ahead first; O(n).

    What lies within 60 degrees of the direction counts; `but` are left out.
    """
    left_out = set(but)
    found = [(key, place) for key, place in places.items() if key not in left_out]
    if not found:
        return None
    offsets = np.array([place for _, place in found]) - np.array(start)
    dx, dy = way.value
    along = offsets[:, 0] * dx + offsets[:, 1] * dy
    aside = np.abs(offsets[:, 0] * dy - offsets[:, 1] * dx)
    cost = np.where((along > 1.0) & (aside <= 1.75 * along), along + 2.0 * aside, np.inf)
    best = int(np.argmin(cost))
    return found[best][0] if np.isfinite(cost[best]) else None


def nearest(places: Mapping[str, Place], start: Place) -> str | None:
    """The thing nearest to a point."""
    return min(
        places,
        key=lambda key: (places[key][0] - start[0]) ** 2 + (places[key][1] - start[1]) ** 2,
        default=None,
    )


def beside(
    document: Document,
    start: Place,
    module: ModuleId | None,
    way: Way | None = None,
    standing: Mapping[ModuleId, QRectF] | None = None,
) -> Place:
    """A free place near `start` for a new node of `module`; nobody is moved, nothing is covered.

    With `way` it lies that way; without, it continues the row to the right and breaks into a new
    one. Frames of other modules are kept out of, the own frame does not grow over anybody, and
    somebody without a module finds room for a frame of their own, as long as there is such a place
    within `REACH` steps. `standing`: the frames, if they are known already.
    """
    there = standing if standing is not None else frames(document)
    spots = _spots(document, start, way)
    own = there.get(module, QRectF()) if module is not None else QRectF()
    low, high = spots.min(axis=0) - AROUND, spots.max(axis=0) + AROUND
    seen = QRectF(*low, *(high - low)).united(own)
    near = [
        node
        for node in document.nodes.values()
        if node.x is not None and node.y is not None and seen.contains(node.x, node.y)
    ]
    cost = (
        np.arange(len(spots))
        + 1e9 * _taken(near, spots)
        + 1e4 * _foreign(document, near, there, spots, module)
        + (1e3 * _crowding(there, spots) if module is None else 0.0)
    )
    x, y = spots[int(np.argmin(cost))]
    return float(x), float(y)


def _spots(document: Document, start: Place, way: Way | None) -> Floats:
    """Places to try, the most wanted first. Shape (k, 2)."""
    steps = np.arange(-REACH, REACH + 1)
    if way is None:
        row = _row_start(document, start)
        columns, rows = np.meshgrid(np.arange(IN_A_ROW), np.arange(REACH))
        listed = np.column_stack([columns.ravel(), rows.ravel()]).astype(float)
        own = round((start[0] - row) / ACROSS)
        after = (listed[:, 1] > 0) | (listed[:, 0] > own)
        rest = np.array([(i, j) for i in steps for j in steps], dtype=float)
        rest = rest[np.argsort(np.hypot(rest[:, 0], rest[:, 1]), kind="stable")]
        grid = np.vstack([listed[after], rest])
        listed_spots: Floats = np.array((row, start[1])) + grid * np.array((ACROSS, DOWN))
        return listed_spots
    dx, dy = way.value
    pairs = [(a, s) for a in range(1, REACH + 1) for s in steps]
    pairs.sort(key=lambda pair: (pair[0] - 1 + 1.5 * abs(pair[1]), -pair[1]))
    along, aside = np.array(pairs, dtype=float).T
    offsets = np.column_stack([along * dx + aside * abs(dy), along * dy + aside * abs(dx)])
    spots: Floats = np.array(start) + offsets * np.array((ACROSS * 1.25, DOWN * 1.25))
    return spots


def _row_start(document: Document, start: Place) -> float:
    """The x at which the row of neighbours to the left of `start` begins."""
    here = {(round(x), round(y)) for x, y in placed(document).values()}
    x = start[0]
    for _ in range(IN_A_ROW - 1):
        if (round(x - ACROSS), round(start[1])) not in here:
            break
        x -= ACROSS
    return x


def _taken(near: list[Node], spots: Floats) -> NDArray[np.bool_]:
    """Which spots would lie on a node or a name."""
    if not near:
        return np.zeros(len(spots), dtype=bool)
    xs, ys, halves = np.array([(n.x, n.y, node_box(n)[2]) for n in near], dtype=float).T
    near_x = np.abs(spots[:, :1] - xs) < np.maximum(halves + NEW_NAME + 6, 4 * RADIUS)
    near_y = np.abs(spots[:, 1:] - ys) < 0.8 * DOWN
    result: NDArray[np.bool_] = (near_x & near_y).any(axis=1)
    return result


def _foreign(
    document: Document,
    near: list[Node],
    standing: Mapping[ModuleId, QRectF],
    spots: Floats,
    module: ModuleId | None,
) -> NDArray[np.bool_]:
    """Which spots lie in a frame of others, or make the own frame cover others."""
    own = {m.id for m in above(document, module)} if module is not None else set()
    bad = np.zeros(len(spots), dtype=bool)
    for key, frame in standing.items():
        if key not in own:
            bad |= _within(spots, frame, BORDER + RADIUS)
    if module is None or module not in standing:
        return bad
    mine = standing[module]
    left = np.minimum(mine.left(), spots[:, 0] - NEW_NAME - SIDE)
    right = np.maximum(mine.right(), spots[:, 0] + NEW_NAME + SIDE)
    top = np.minimum(mine.top(), spots[:, 1] - RADIUS - TOP)
    bottom = np.maximum(mine.bottom(), spots[:, 1] + RADIUS + BOTTOM)
    for node in near:
        if node.x is None or node.y is None or home(node) == module or mine.contains(node.x, node.y):
            continue
        bad |= (left < node.x) & (node.x < right) & (top < node.y) & (node.y < bottom)
    for key, frame in standing.items():
        if key not in own and not mine.intersects(frame):
            across = (left < frame.right()) & (frame.left() < right)
            bad |= across & (top < frame.bottom()) & (frame.top() < bottom)
    return bad


def _crowding(standing: Mapping[ModuleId, QRectF], spots: Floats) -> NDArray[np.bool_]:
    """At which spots a frame drawn round the new node later would lie on one that is there."""
    bad = np.zeros(len(spots), dtype=bool)
    sides = (NEW_NAME + SIDE, RADIUS + TOP, NEW_NAME + SIDE, RADIUS + BOTTOM)
    for frame in standing.values():
        taken = frame.adjusted(
            -sides[2] - BETWEEN, -sides[3] - BETWEEN, sides[0] + BETWEEN, sides[1] + BETWEEN
        )
        bad |= _within(spots, taken, 0.0)
    return bad


def _within(spots: Floats, frame: QRectF, margin: float) -> NDArray[np.bool_]:
    inside_x = (frame.left() - margin < spots[:, 0]) & (spots[:, 0] < frame.right() + margin)
    inside_y = (frame.top() - margin < spots[:, 1]) & (spots[:, 1] < frame.bottom() + margin)
    result: NDArray[np.bool_] = inside_x & inside_y
    return result
