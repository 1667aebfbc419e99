"""Where people come to stand who were typed, not pointed at: near their links, in their module.

Nobody who is there moves, nobody is covered, and no frame grows over others. Everything in map units.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF

from orgmap.drawing.frames import frames
from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import EndId, Frame, ModuleId, Node
from orgmap.model.frames import EMPTY, PADDING, TAB, node_box
from orgmap.model.query import above, home
from orgmap.ui.canvas.landing import Floats, boxes, free, overlapping, row

Place = tuple[float, float]

ACROSS, DOWN = 120.0, 96.0  # between two people of one block
BETWEEN = 44.0  # between two frames
TALLER = 1.4  # how much sooner a map is to grow wide than high
ROW = 4  # people who still stand in one row
FEW = 60  # people whom one can untangle while somebody waits


def settled(document: Document) -> Change:
    """A place for every node that has none, and for every module that would stand nowhere."""
    if not _unsettled(document):
        return Change()
    settling = _Settling(document)
    for nodes in settling.groups():
        settling.settle(nodes)
    for module in document.modules:
        settling.stand(module)
    return settling.change()


def _unsettled(document: Document) -> bool:
    """Is there a node without a place, or a module without people, modules or a frame in it?"""
    if any(node.x is None for node in document.nodes.values()):
        return True
    lived = {home(node) for node in document.nodes.values()} | {m.parent for m in document.modules.values()}
    return any(m.frame is None and m.id not in lived for m in document.modules.values())


class _Settling:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._draft = Draft(document)
        self._taken: Floats = boxes(document)
        self._frames: dict[ModuleId, QRectF] = dict(frames(document))
        self._linked: dict[EndId, list[EndId]] = {}
        lost = {n.id for n in document.nodes.values() if n.x is None}
        for link in document.links.values() if lost else ():
            if link.source in lost:
                self._linked.setdefault(link.source, []).append(link.target)
            if link.target in lost:
                self._linked.setdefault(link.target, []).append(link.source)

    def groups(self) -> list[list[Node]]:
        """Who is settled together: the people of a module that is new, a loose group; others one by one.

        Those with a link to somebody who stands come first, so that the rest finds them standing.
        """
        lost = [node for node in self._document.nodes.values() if node.x is None]
        together: dict[ModuleId | None, list[Node]] = {}
        single: list[list[Node]] = []
        for node in lost:
            own = home(node)
            if own in self._frames or (own is None and self._near(node)):
                single.append([node])
            else:
                together.setdefault(own, []).append(node)
        return [*single, *together.values()]

    def settle(self, nodes: list[Node]) -> None:
        """Put a group where it belongs; as a block if they are several."""
        own = home(nodes[0])
        offsets = self._untangled(nodes) or _block(nodes)
        rect = _round(nodes, offsets)
        if own is not None and own not in self._frames:  # a frame will stand round it
            rect = rect.adjusted(-PADDING, 8 - PADDING - TAB, PADDING, PADDING - 8)
            rect = rect.adjusted(-BETWEEN / 2, -BETWEEN / 2, BETWEEN / 2, BETWEEN / 2)
        mine = {m.id for m in above(self._document, own)} if own is not None else set[ModuleId]()
        x, y = self._wanted(nodes, own)
        start = (x - rect.center().x(), y - rect.center().y())
        dx, dy = self._beside(rect, start, mine) or free(rect, start, self._taken, self._frames, mine)
        for node, (ox, oy) in zip(nodes, offsets, strict=True):
            place = (round(ox + dx, 1), round(oy + dy, 1))
            stood = replace(node, x=place[0], y=place[1])
            self._draft.put(stood)
            left, top, right, bottom = node_box(stood)
            box = QRectF(place[0] + left, place[1] + top, right - left, bottom - top)
            self._taken = np.vstack([self._taken, row(box)])
        self._grow(own, rect.translated(dx, dy))

    def _untangled(self, nodes: list[Node]) -> list[Place]:
        """Places by the lines among a few who come together; none if there are no such lines."""
        ids = {node.id for node in nodes}
        among = {
            link.id: link
            for link in self._document.links.values()
            if link.source in ids and link.target in ids
        } if 2 < len(nodes) <= FEW else {}  # fmt: skip
        if not among:
            return []
        from orgmap.analysis import layouts  # brings the graphs along; loaded while nobody waits

        alone = {node.id: replace(node, modules=()) for node in nodes}
        found = layouts.place(Document(nodes=alone, links=among), "force")
        places = [found[node.id] for node in nodes]
        forth = sum(
            found[link.target][0] - found[link.source][0] for link in among.values() if not link.two_way
        )
        return [(-x if forth < 0 else x, y) for x, y in places]

    def stand(self, module: ModuleId) -> None:
        """A frame of its own for a module with nobody in it, if it has none yet."""
        if module in self._frames:
            return
        rect = QRectF(-EMPTY[0] / 2, -EMPTY[1] / 2, *EMPTY)
        wide = rect.adjusted(-BETWEEN / 2, -BETWEEN / 2, BETWEEN / 2, BETWEEN / 2)
        mine = {m.id for m in above(self._document, module)}
        x, y = self._middle()
        dx, dy = self._beside(wide, (x, y), mine) or free(wide, (x, y), self._taken, self._frames, mine)
        rect.translate(dx, dy)
        own = self._document.modules[module]
        frame = Frame(x=rect.x(), y=rect.y(), width=rect.width(), height=rect.height())
        self._draft.put(replace(own, frame=frame))
        self._grow(module, rect)

    def change(self) -> Change:
        """Everything that was settled."""
        return self._draft.change()

    def _beside(self, rect: QRectF, start: Place, mine: set[ModuleId]) -> Place | None:
        """How far to move a new frame so that it lines up with one that stands; None if none has room."""
        if rect.height() < EMPTY[1] or mine & self._frames.keys():
            return None
        spare = BETWEEN / 2
        obstacles = np.vstack([self._taken, *map(row, self._frames.values())])
        spots = []
        for frame in self._frames.values():
            around = frame.adjusted(-spare, -spare, spare, spare)
            for x in (around.left(), around.right() - rect.width()):
                spots += [(x, around.bottom()), (x, around.top() - rect.height())]
            for y in (around.top(), around.bottom() - rect.height()):
                spots += [(around.right(), y), (around.left() - rect.width(), y)]
        if not spots:
            return None
        moves = np.array(spots) - (rect.left(), rect.top())
        low = np.array((rect.left(), rect.top())) + moves + 1.0
        high = np.array((rect.right(), rect.bottom())) + moves - 1.0
        able = moves[~overlapping(low, high, obstacles)]
        if not len(able):
            return None
        away = np.hypot(able[:, 0] - start[0], (able[:, 1] - start[1]) * TALLER)
        dx, dy = able[int(np.argmin(away))]
        return float(dx), float(dy)

    def _grow(self, own: ModuleId | None, rect: QRectF) -> None:
        """The frames round `own` hold this now."""
        for module in above(self._document, own) if own is not None else ():
            self._frames[module.id] = self._frames.get(module.id, rect).united(rect)

    def _near(self, node: Node) -> list[Place]:
        """Where those stand whom a node is linked with."""
        return [place for end in self._linked.get(node.id, ()) if (place := self._where(end)) is not None]

    def _where(self, end: EndId) -> Place | None:
        node = self._draft.get(end)
        if isinstance(node, Node):
            return (node.x, node.y) if node.x is not None and node.y is not None else None
        rect = self._frames.get(ModuleId(end))
        return (rect.center().x(), rect.center().y()) if rect is not None else None

    def _wanted(self, nodes: list[Node], own: ModuleId | None) -> Place:
        near = [place for node in nodes for place in self._near(node)]
        rect = self._frames.get(own) if own is not None else None
        if rect is not None and near:  # in the frame, on the side of those it is linked with
            x, y = _mean(near)
            return min(max(x, rect.left()), rect.right()), min(max(y, rect.top()), rect.bottom())
        if rect is not None:
            return rect.center().x(), rect.center().y()
        return _mean(near) if near else self._middle()

    def _middle(self) -> Place:
        """The middle of the map: what is put there comes to lie close round it."""
        whole = QRectF()
        for rect in self._frames.values():
            whole |= rect
        if len(self._taken):
            low, high = self._taken[:, :2].min(axis=0), self._taken[:, 2:].max(axis=0)
            whole |= QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])
        return (whole.center().x(), whole.center().y()) if not whole.isNull() else (0.0, 0.0)


def _block(nodes: Collection[Node]) -> list[Place]:
    """Rows about the origin, each in the middle; wide enough for the longest name."""
    count = len(nodes)
    across = count if count <= ROW and home(next(iter(nodes))) is None else math.ceil(math.sqrt(count * 1.2))
    across = max(across, 1)
    step = max([ACROSS, *(node_box(node)[2] * 2 + 24 for node in nodes)])
    places = []
    for at in range(count):
        line, column = divmod(at, across)
        inside = min(across, count - line * across)
        places.append(((column - (inside - 1) / 2) * step, line * DOWN))
    return places


def _round(nodes: Iterable[Node], offsets: Iterable[Place]) -> QRectF:
    whole = QRectF()
    for node, (x, y) in zip(nodes, offsets, strict=True):
        left, top, right, bottom = node_box(node)
        whole |= QRectF(x + left, y + top, right - left, bottom - top)
    return whole


def _mean(places: list[Place]) -> Place:
    return sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)
