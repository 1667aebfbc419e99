"""Where everybody stands: layouts of a map. Deterministic; pinned people never move.

`place` answers with new places (map units) for the nodes it moved; what the user does with them
is an edit like any other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from orgmap.analysis import stress
from orgmap.analysis.packing import packed
from orgmap.errors import UsageError
from orgmap.i18n import names, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, ModuleId, Node, NodeId
from orgmap.model.frames import PADDING, TAB, frames, node_box
from orgmap.model.query import children
from orgmap.progress import SILENT, Progress

Place = tuple[float, float]
Places = dict[NodeId, Place]

STYLES: Final = ("modules", "force")
STEP = 118.0  # wanted length of a line inside a module
LONG_STEP = 150.0  # wanted length of a line of a map without modules
GAP = 16.0  # least room between two nodes with their names
FRAME_GAP = 64.0  # room between two frames
LARGE = 2_000  # people; from here on a missing place is given roughly

_UNKNOWN = text("layout", "There is no layout called {style}.")
_KNOWN = text("layout", "Known are {styles}.")


def place(
    document: Document,
    style: str = "modules",
    *,
    only: Collection[NodeId] | None = None,
    progress: Progress = SILENT,
) -> Places:
    """New places for everybody who is not pinned, or for `only` those.

    `modules`: people untangled inside their module, frames packed so that linked ones are near.
    `force`: distance follows the lines alone. With `only`, the rest stays and is kept clear of.
    Raises UsageError for an unknown style. O(n^2) up to 700 linked people, O(n + m) above.
    """
    if style not in STYLES:
        raise UsageError(_UNKNOWN(style=style), hint=_KNOWN(styles=names(STYLES)))
    chosen = set(document.nodes) if only is None else set(only) & document.nodes.keys()
    moving = sorted(v for v in chosen if not document.nodes[v].pinned)
    if not moving:
        return {}
    if only is None and style == "modules" and document.modules:
        places = _by_module(document, progress)
    else:
        step = LONG_STEP if only is None else STEP
        places = _blob(document, moving, _pairs(document), step, progress)
    moved = {v: places[v] for v in moving}
    return _settled(document, moved, whole=only is None)


def missing(document: Document, progress: Progress = SILENT) -> Places:
    """Places for the nodes that have none, near their links and in their module; nobody else moves."""
    lost = sorted(v for v, node in document.nodes.items() if node.x is None)
    if not lost:
        return {}
    if len(lost) == len(document.nodes):
        if len(lost) > LARGE:
            return rough(document)
        return place(document, "modules" if document.modules else "force", progress=progress)
    near: dict[NodeId, list[Place]] = defaultdict(list)
    for u, v in _pairs(document):
        for one, other in ((u, v), (v, u)):
            node = document.nodes[other]
            if document.nodes[one].x is None and node.x is not None and node.y is not None:
                near[one].append((node.x, node.y))
    boxes = frames(document)
    places: Places = {}
    for v in lost:
        module = document.nodes[v].modules[0] if document.nodes[v].modules else None
        if module is not None and module in boxes:
            box = boxes[module]
            places[v] = (box.x + box.width / 2, box.y + box.height - PADDING)
        elif near[v]:
            places[v] = (
                sum(x for x, _ in near[v]) / len(near[v]) + STEP / 2,
                sum(y for _, y in near[v]) / len(near[v]) + STEP / 2,
            )
        else:
            placed = [n for n in document.nodes.values() if n.x is not None and n.y is not None]
            places[v] = (
                sum(n.x or 0.0 for n in placed) / len(placed),
                max(n.y or 0.0 for n in placed) + STEP,
            )
    return _settled(document, places, whole=False)


def free_spot(document: Document, near: Place, name: str = "") -> Place:
    """The spot nearest to `near` at which a node with this name lies on nobody."""
    made = Node(id=NodeId(""), name=name or "Somebody")
    taken = [n for n in document.nodes.values() if n.x is not None and n.y is not None]
    if not taken:
        return near
    at = np.array([(n.x or 0.0, n.y or 0.0) for n in taken])
    halves = np.array([_half(n) for n in taken]) + np.array(_half(made))
    for ring in range(200):
        count = max(1, 8 * ring)
        for k in range(count):
            angle = 2 * math.pi * k / count
            spot = np.array([near[0] + 24 * ring * math.cos(angle), near[1] + 24 * ring * math.sin(angle)])
            if not (np.abs(at - spot) < halves).all(axis=1).any():
                return float(spot[0]), float(spot[1])
    return near


def rough(document: Document) -> Places:
    """Places in rows, module by module: at once, for a first picture of a large map."""
    groups: dict[ModuleId | None, list[NodeId]] = defaultdict(list)
    for node in document.nodes.values():
        if not node.pinned:
            groups[node.modules[0] if node.modules else None].append(node.id)
    wide, high = 2 * STEP * 0.6, STEP * 0.75
    sizes, blocks = [], []
    for members in groups.values():
        columns = max(1, math.ceil(math.sqrt(len(members) * 0.75)))
        sizes.append((columns * wide + 2 * PADDING, math.ceil(len(members) / columns) * high + TAB + PADDING))
        blocks.append((members, columns))
    places: Places = {}
    centres = packed(sizes, {}, gap=FRAME_GAP)
    for (members, columns), (x, y), (w, h) in zip(blocks, centres, sizes, strict=True):
        for k, v in enumerate(members):
            row, column = divmod(k, columns)
            places[v] = (
                x - w / 2 + PADDING + (column + 0.5) * wide,
                y - h / 2 + TAB + (row + 0.5) * high,
            )
    return places


def _half(node: Node) -> Place:
    left, top, right, bottom = node_box(node)
    return (right - left + GAP) / 2, (bottom - top + GAP) / 2


def _lift(node: Node) -> float:
    """How far the middle of a node's box lies below its centre."""
    _, top, _, bottom = node_box(node)
    return (top + bottom) / 2


def _settled(document: Document, moved: Places, *, whole: bool) -> Places:
    """Nobody on top of anybody: the moved ones give way to those that stay; whole units."""
    stay = [n for v, n in document.nodes.items() if v not in moved and n.x is not None and n.y is not None]
    if not whole:
        centre = _centre(document, moved)
        if centre is not None:
            dx, dy = centre
            moved = {v: (x + dx, y + dy) for v, (x, y) in moved.items()}
    ids = sorted(moved)
    nodes = [document.nodes[v] for v in ids] + stay
    at = np.array([moved[v] for v in ids] + [(n.x or 0.0, n.y or 0.0) for n in stay])
    lift = np.array([(0.0, _lift(n)) for n in nodes])
    halves = np.array([_half(n) for n in nodes])
    fixed = np.arange(len(nodes)) >= len(ids)
    if whole and not stay:
        fixed_or_none = None
        if not len(stress.overlapping(at + lift, halves)):
            return {v: (float(round(x)), float(round(y))) for v, (x, y) in zip(ids, at, strict=True)}
    else:
        fixed_or_none = fixed
    settled = stress.apart(at + lift, halves, fixed_or_none) - lift
    return {v: (float(np.round(settled[i, 0])), float(np.round(settled[i, 1]))) for i, v in enumerate(ids)}


def _centre(document: Document, moved: Places) -> Place | None:
    """How far the moved ones must go so that they stay round the middle where they stood."""
    before = [document.nodes[v] for v in moved]
    placed = [(n.x, n.y) for n in before if n.x is not None and n.y is not None]
    if len(placed) != len(before) or not placed:
        return None
    count = len(placed)
    return (
        (sum(x for x, _ in placed) - sum(x for x, _ in moved.values())) / count,
        (sum(y for _, y in placed) - sum(y for _, y in moved.values())) / count,
    )


def _pairs(document: Document) -> list[tuple[NodeId, NodeId]]:
    """Linked pairs of nodes, all kinds of links, each pair once, in order of id."""
    found: set[tuple[NodeId, NodeId]] = set()
    for link in document.links.values():
        one, other = NodeId(link.source), NodeId(link.target)
        if one in document.nodes and other in document.nodes and one != other:
            found.add((min(one, other), max(one, other)))
    return sorted(found)


def _blob(
    document: Document,
    nodes: list[NodeId],
    linked: Sequence[tuple[NodeId, NodeId]],
    step: float,
    progress: Progress = SILENT,
) -> Places:
    """People untangled by their lines among one another: components packed, single ones in rows."""
    index = {v: i for i, v in enumerate(nodes)}
    pairs = np.array(
        [(index[u], index[v]) for u, v in linked if u in index and v in index], dtype=np.intp
    ).reshape(-1, 2)
    halves = np.array([_half(document.nodes[v]) for v in nodes])
    lift = np.array([(0.0, _lift(document.nodes[v])) for v in nodes])
    parts = stress.components(len(nodes), pairs)
    boxes: list[tuple[float, float]] = []
    laid = []
    for number, part in enumerate(parts):
        progress.at(0.9 * number / len(parts))
        renumbered = np.full(len(nodes), -1, dtype=np.intp)
        renumbered[part] = np.arange(len(part))
        inside = renumbered[pairs[(renumbered[pairs] >= 0).all(axis=1)]]
        at = stress.laid_out(len(part), inside, length=step)
        at = stress.apart(at + lift[part], halves[part])
        low, high = (at - halves[part]).min(axis=0), (at + halves[part]).max(axis=0)
        laid.append(at - (low + high) / 2)
        boxes.append((float(high[0] - low[0]), float(high[1] - low[1])))
    places: Places = {}
    for part, at, (x, y) in zip(parts, laid, packed(boxes, {}, gap=GAP), strict=True):
        for i, spot in zip(part, at, strict=True):
            places[nodes[int(i)]] = (float(spot[0]) + x, float(spot[1]) + y - float(lift[int(i), 1]))
    return places


def _by_module(document: Document, progress: Progress) -> Places:
    below = children(document)
    homes: dict[ModuleId | None, list[NodeId]] = defaultdict(list)
    for v in sorted(document.nodes):
        modules = document.nodes[v].modules
        homes[modules[0] if modules else None].append(v)
    home_of = {v: m for m, members in homes.items() for v in members}
    linked = _pairs(document)
    within: dict[ModuleId | None, list[tuple[NodeId, NodeId]]] = defaultdict(list)
    between: dict[tuple[ModuleId | None, ModuleId | None], float] = defaultdict(float)
    for u, v in linked:
        one, other = home_of[u], home_of[v]
        if one == other:
            within[one].append((u, v))
        else:
            between[one, other] += 1.0
    done = [0]

    def arranged(module: ModuleId | None) -> tuple[Places, float, float]:
        """The places inside a module about its own middle, and its width and height with the frame."""
        boxes: list[tuple[Places, float, float]] = []
        if homes[module]:
            blob = _blob(document, homes[module], within[module], STEP)
            boxes.append((blob, *_extent(document, blob)))
            done[0] += len(blob)
            progress.at(0.8 * done[0] / len(document.nodes))
        boxes += [box for child in sorted(below.get(module, ())) if (box := arranged(child))[0]]
        if not boxes:
            return {}, 0.0, 0.0
        whose = {home_of[v]: k for k, (inner, _, _) in enumerate(boxes) for v in inner}
        pulls: dict[tuple[int, int], float] = defaultdict(float)
        for (one, other), count in between.items():
            a, b = whose.get(one, -1), whose.get(other, -1)
            if a >= 0 and b >= 0 and a != b:
                pulls[min(a, b), max(a, b)] += count
        centres = packed(
            [(w, h) for _, w, h in boxes], pulls, gap=FRAME_GAP if module is None else FRAME_GAP / 2
        )
        places: Places = {}
        for (inner, _, _), (x, y) in zip(boxes, centres, strict=True):
            places |= {v: (px + x, py + y) for v, (px, py) in inner.items()}
        left = min(x - w / 2 for (x, _), (_, w, _) in zip(centres, boxes, strict=True))
        right = max(x + w / 2 for (x, _), (_, w, _) in zip(centres, boxes, strict=True))
        top = min(y - h / 2 for (_, y), (_, _, h) in zip(centres, boxes, strict=True))
        bottom = max(y + h / 2 for (_, y), (_, _, h) in zip(centres, boxes, strict=True))
        if module is None:
            return places, right - left, bottom - top
        name = len(document.modules[module].name) * 7.2
        width = max(right - left, name) + 2 * PADDING
        height = bottom - top + TAB + 2 * PADDING - 8
        dx, dy = -(left + right) / 2, -(top + bottom) / 2 + (TAB - 8) / 2
        return {v: (x + dx, y + dy) for v, (x, y) in places.items()}, width, height

    places, _, _ = arranged(None)
    progress.at(0.85)
    return _mirrored(document, places, homes, linked)


def _extent(document: Document, blob: Places) -> tuple[float, float]:
    """Width and height of a blob, which is then centred in place."""
    boxes = {v: node_box(document.nodes[v]) for v in blob}
    left = min(x + boxes[v][0] for v, (x, _) in blob.items())
    right = max(x + boxes[v][2] for v, (x, _) in blob.items())
    top = min(y + boxes[v][1] for v, (_, y) in blob.items())
    bottom = max(y + boxes[v][3] for v, (_, y) in blob.items())
    dx, dy = (left + right) / 2, (top + bottom) / 2
    for v, (x, y) in blob.items():
        blob[v] = (x - dx, y - dy)
    return right - left, bottom - top


def _mirrored(
    document: Document,
    places: Places,
    homes: Mapping[ModuleId | None, list[NodeId]],
    linked: Sequence[tuple[NodeId, NodeId]],
) -> Places:
    """Each module's people turned over where that shortens the lines that leave the module."""
    outward: dict[NodeId, list[NodeId]] = defaultdict(list)
    where: dict[EndId, ModuleId | None] = {v: m for m, members in homes.items() for v in members}
    for u, v in linked:
        if where[u] != where[v]:
            outward[u].append(v)
            outward[v].append(u)
    for _ in range(2):
        for _, members in sorted(homes.items(), key=lambda item: str(item[0])):
            reaching = [v for v in members if outward[v]]
            if not reaching:
                continue
            left = min(places[v][0] + node_box(document.nodes[v])[0] for v in members)
            right = max(places[v][0] + node_box(document.nodes[v])[2] for v in members)
            top = min(places[v][1] for v in members)
            bottom = max(places[v][1] for v in members)
            turns = [(a, b) for a in (False, True) for b in (False, True)]
            best, best_length = turns[0], math.inf
            for turn in turns:
                length = 0.0
                for v in reaching:
                    x, y = _turned(places[v], turn, left + right, top + bottom)
                    length += sum(math.hypot(x - places[w][0], y - places[w][1]) for w in outward[v])
                if length < best_length - 1e-6:
                    best, best_length = turn, length
            for v in members:
                places[v] = _turned(places[v], best, left + right, top + bottom)
    return places


def _turned(spot: Place, turn: tuple[bool, bool], across: float, down: float) -> Place:
    x, y = spot
    return (across - x if turn[0] else x, down - y if turn[1] else y)
