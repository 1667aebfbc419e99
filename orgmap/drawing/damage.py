"""Where two pictures of a map differ: found by comparing what is drawn, not by knowing the edit.

Every column of a scene is compared, row by row; what is new in a scene and unknown here counts as
everything. So an edit, an undo, or a person lifted off the map costs what it touches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from orgmap.drawing.alike import same_rows
from orgmap.drawing.columns import Flags, Floats, Ints
from orgmap.drawing.lighting import Lighting
from orgmap.drawing.mosaic import CELL
from orgmap.drawing.scene import Scene
from orgmap.drawing.sheet import reach
from orgmap.drawing.style import Theme

FEW, MOST = 8, 64  # pieces into which a line is cut, to be boxed more closely
LINE = 5.0  # pixels that a line, its rails and what marks it reach out of its middle; twice that at 100 %
SEVERAL = 400  # lines from which each is cut into few
MANY = 4_000  # rows from which more is damaged than is worth finding out

_PARTS = {
    "nodes": ("nodes", ("hue", "visible")),
    "links": ("links", ("link_hue", "strokes")),
    "frames": ("frames", ("module_hue", "held", "module_names")),
}
_LINKS_TOO = "arcs"  # one row per link, like `links`
_THINGS = ("stickies", "backdrops")
_KNOWN = frozenset((*_PARTS, _LINKS_TOO, *_THINGS, "document", "looks", "veil"))
Rows = Ints | slice
_ALL = slice(None)
_KEYS = frozenset(("ids", "index", "order", "source", "target", "ends", "stands"))  # rows, not looks


@dataclass(frozen=True, eq=False)
class Shown:
    """What a picture shows: a scene in a light, without what is lifted off it.

    `theme`: fills some frames with patterns, which move with their corners.
    """

    scene: Scene
    lighting: Lighting
    theme: Theme
    without: frozenset[str] = frozenset()


def damaged(old: Shown, new: Shown, scale: float) -> Floats | None:
    """Boxes (n, 4) in map units, x0, y0, x1, y1, that hold all that differs but the words; None for
    everything. What is drawn reaches out of them by `sheet.reach` at most. `scale`: the
    magnification, by which it is known how finely to box a line."""
    one, other = old.scene, new.scene
    if one.looks != other.looks or not _same_light(old.lighting, new.lighting):
        return None
    if any(
        getattr(one, field.name) is not getattr(other, field.name)
        for field in fields(Scene)
        if field.name not in _KNOWN
    ):
        return None
    marked = _pointed(old.lighting) ^ _pointed(new.lighting) if old.lighting != new.lighting else frozenset()
    lifted = old.without ^ new.without
    boxes: list[Floats] = []
    if one is not other:
        rows = {part: _differing(part, one, other) for part in _PARTS}
        if sum(len(each) for pair in rows.values() for each in pair) > MANY:
            return None
        for which, scene in enumerate((one, other)):
            boxes += [_of_nodes(scene, rows["nodes"][which]), _of_links(scene, rows["links"][which], scale)]
        boxes.append(_of_frames(one, other, *rows["frames"], new.theme))
        boxes.append(_of_things(one, other))
    for scene in {id(one): one, id(other): other}.values():
        boxes += _of_ids(scene, marked | lifted, scale, with_links=bool(lifted))
    return np.concatenate(boxes) if boxes else np.empty((0, 4))


def _same_light(one: Lighting, other: Lighting) -> bool:
    if one is other:
        return True
    plain: dict[str, Any] = {"selected": frozenset[str](), "hovered": None, "focused": None}
    return one.pointing(**plain) == other.pointing(**plain)


def _pointed(light: Lighting) -> frozenset[str]:
    return light.selected | {key for key in (light.hovered, light.focused) if key is not None}


# -- which rows differ ------------------------------------------------------------------------


def _differing(part: str, one: Scene, other: Scene) -> tuple[Ints, Ints]:
    """The rows of a part that look different: of the old scene, of the new."""
    name, derived = _PARTS[part]
    before, after = getattr(one, name), getattr(other, name)
    there, here = same_rows(before, after)
    altered = np.zeros(len(here), dtype=bool)
    altered[1:] = there[1:] < there[:-1]  # drawn in another order
    alike = len(here) == len(after.ids) == len(before.ids) and not altered.any()
    for left, right in _columns(part, name, derived, one, other):
        if not alike:
            altered |= _unlike(left, right, there, here)
        elif left is not right:
            altered |= _unlike(left, right)
    gone = np.ones(len(before.ids), dtype=bool)
    gone[there[~altered]] = False
    made = np.ones(len(after.ids), dtype=bool)
    made[here[~altered]] = False
    return np.flatnonzero(gone), np.flatnonzero(made)


def _columns(
    part: str, name: str, derived: tuple[str, ...], one: Scene, other: Scene
) -> Iterator[tuple[Any, Any]]:
    """The columns of a part before and after, one row each per entity."""
    tables = [(getattr(one, name), getattr(other, name))]
    if part == "links":
        tables.append((one.arcs, other.arcs))
    for column in derived:
        pair = (getattr(one, column), getattr(other, column))
        if isinstance(pair[0], (np.ndarray, list)):
            yield pair
        else:
            tables.append(pair)
    for before, after in tables:
        for field in fields(before):
            if field.name not in _KEYS:
                yield getattr(before, field.name), getattr(after, field.name)
    for field in fields(one.veil):
        if field.name.startswith(part):
            yield getattr(one.veil, field.name), getattr(other.veil, field.name)


def _unlike(before: Any, after: Any, there: Rows = _ALL, here: Rows = _ALL) -> Flags:  # noqa: ANN401
    """Which of the rows differ in a column; rows `there` before, `here` after."""
    if isinstance(before, np.ndarray):
        left, right = before[there], after[here]
        differ: Flags = left != right
        if left.dtype.kind == "f":
            differ &= ~(np.isnan(left) & np.isnan(right))
        return differ if differ.ndim == 1 else np.logical_or.reduce(differ.T)
    if isinstance(there, slice) or isinstance(here, slice):
        return np.array([a != b for a, b in zip(before, after, strict=True)], dtype=bool)
    pairs = zip(there.tolist(), here.tolist(), strict=True)
    return np.array([before[a] != after[b] for a, b in pairs], dtype=bool)


# -- where they lie ---------------------------------------------------------------------------


def _of_nodes(scene: Scene, rows: Ints) -> Floats:
    rows = rows[scene.visible[rows]]
    half = scene.nodes.radius[rows, None]
    middle = scene.nodes.centre[rows]
    return np.concatenate((middle - half, middle + half), axis=1)


def _of_links(scene: Scene, rows: Ints, scale: float) -> Floats:
    """A box for each of the pieces into which a line is cut: so much smaller than the piece, even turned
    inside out, that a line's own width reaches out of it by `sheet.reach`. At its ends and in the middle,
    where signs may be, a point."""
    arcs = scene.arcs
    rows = rows[arcs.shown[rows]]
    if not len(rows):
        return np.empty((0, 4))
    longest = float(np.abs(arcs.end[rows] - arcs.start[rows]).max())
    pieces = min(max(math.ceil(longest * scale / CELL), FEW), MOST) if len(rows) < SEVERAL else FEW
    share = np.linspace(0.0, 1.0, pieces + 1)[None, :, None]
    start, control, end = (part[rows][:, None, :] for part in (arcs.start, arcs.control, arcs.end))
    at: Floats = (1 - share) ** 2 * start + 2 * (1 - share) * share * control + share**2 * end
    low, high = np.minimum(at[:, :-1], at[:, 1:]), np.maximum(at[:, :-1], at[:, 1:])
    less = max(reach(scale) - LINE * (1 + min(scale, 2.0)), 0.0) / scale
    boxes = np.concatenate((low + less, high - less), axis=2).reshape(-1, 4)
    points = np.tile(at[:, (0, pieces // 2, pieces)].reshape(-1, 2), 2)
    return np.concatenate((boxes, points))


def _of_frames(one: Scene, other: Scene, before: Ints, after: Ints, theme: Theme) -> Floats:
    """Whole frames; of one that is only larger or smaller, the strips its borders went over."""
    found: list[Floats] = []
    same = {one.frames.ids[row]: row for row in before.tolist()}
    for row in after.tolist():
        rect = other.frames.rect[row]
        past = same.pop(other.frames.ids[row], None)
        old = one.frames.rect[past] if past is not None else None
        plain = not theme.pattern(int(other.module_hue[row]))
        if plain and past is not None and old is not None and _only_resized(one, other, past, row):
            low, high = np.minimum(old, rect), np.maximum(old, rect)
            for side in range(4):
                strip = np.concatenate((low[:2], high[2:]))
                strip[side % 2], strip[side % 2 + 2] = low[side], high[side]
                found.append(strip)
            continue
        found += [each for each in (old, rect) if each is not None]
    found += [one.frames.rect[row] for row in same.values()]
    boxes = np.array(found, dtype=np.float64).reshape(-1, 4)
    return boxes[~np.isnan(boxes).any(axis=1)]


def _only_resized(one: Scene, other: Scene, before: int, after: int) -> bool:
    """Is a frame drawn as it was, but for where its borders are?"""
    for scene, row in ((one, before), (other, after)):
        if scene.frames.collapsed[row] or not scene.held[row] or np.isnan(scene.frames.rect[row, 0]):
            return False
    same = one.module_hue[before] == other.module_hue[after]
    return bool(same and one.frames.hidden_in[before] == other.frames.hidden_in[after] == -1)


def _of_things(one: Scene, other: Scene) -> Floats:
    """Notes and backdrops that look or lie differently."""
    found: list[QRectF] = []
    for table in _THINGS:
        drawn = [cast("Mapping[str, QRectF]", getattr(scene, table).rects) for scene in (one, other)]
        said = [cast("Mapping[str, object]", getattr(scene.document, table)) for scene in (one, other)]
        if said[0] is said[1] and drawn[0] is drawn[1]:
            continue
        if list(said[0]) != list(said[1]):  # what lies above what
            listed: Iterable[str] = {**drawn[0], **drawn[1]}
        else:
            listed = [key for key in {**drawn[0], **drawn[1]} if said[0].get(key) is not said[1].get(key)]
        found += [rects[key] for key in listed for rects in drawn if key in rects]
    return _boxes(found)


def _of_ids(scene: Scene, ids: frozenset[str], scale: float, *, with_links: bool) -> list[Floats]:
    """Round these nodes, links, modules and notes; `with_links`: and the lines on them."""
    if not ids:
        return []
    known: Mapping[Any, int] = scene.links.index
    links = [known[key] for key in ids if key in known]
    nodes = [scene.nodes.index[key] for key in cast("frozenset[Any]", ids) if key in scene.nodes.index]
    shown = set(scene.frames.shown)
    modules = [scene.frames.index.get(key, -1) for key in cast("frozenset[Any]", ids)]
    rects = [scene.frames.of_row(row) for row in modules if row in shown]
    rects += [rect for key in ids if (rect := scene.thing(key)) is not None]
    rows: NDArray[Any] = np.array(links, dtype=np.int64)
    if with_links:
        on = np.isin(scene.arcs.ends, scene.end_rows(ids)).any(axis=1)
        rows = np.union1d(rows, np.flatnonzero(on))
    stands = scene.arcs.stands[rows]
    rows = np.union1d(rows, stands[stands >= 0])
    return [_of_nodes(scene, np.array(nodes, dtype=np.int64)), _of_links(scene, rows, scale), _boxes(rects)]


def _boxes(rects: Iterable[QRectF]) -> Floats:
    listed = [(r.left(), r.top(), r.left() + r.width(), r.top() + r.height()) for r in rects]
    return np.array(listed, dtype=np.float64).reshape(-1, 4)
