"""Free spots on a map: near where one is wanted, on nobody, on no note, in no frame of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from orgmap.model.document import Document
from orgmap.model.entities import Frame, ModuleId, Node, NodeId
from orgmap.model.frames import (
    LETTER,
    MOST_LETTERS,
    NAME_DROP,
    NAME_HEIGHT,
    PADDING,
    RADIUS,
    TAB,
    frames,
    node_box,
)
from orgmap.model.query import above, inside

Place = tuple[float, float]
Floats = npt.NDArray[np.float64]

GAP = 16.0  # least room between two nodes with their names
_RING = 24.0  # map units between two rings of spots that are tried
_RINGS = 120


class Ground:
    """What lies where on a map. A spot that was handed out is taken."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._frames = frames(document)
        placed = [n for n in document.nodes.values() if n.x is not None and n.y is not None]
        notes = document.stickies.values()
        boxes = [
            (s.x + s.width / 2, s.y + s.height / 2, (s.width + GAP) / 2, (s.height + GAP) / 2) for s in notes
        ]
        self._boxes: Floats = np.concatenate([_boxes(placed), np.array(boxes).reshape(-1, 4)])
        self._count = len(self._boxes)
        self._walls: dict[ModuleId | None, Floats] = {}

    @property
    def bare(self) -> bool:
        """Is nothing on the map?"""
        return self._count == 0 and not self._frames

    def below(self) -> Place:
        """Under everything that is there."""
        taken = self._boxes[: self._count]
        lows = [frame.y + frame.height for frame in self._frames.values()]
        lows += [float((taken[:, 1] + taken[:, 3]).max())] if len(taken) else []
        middles = [frame.x + frame.width / 2 for frame in self._frames.values()]
        middles += [float(taken[:, 0].mean())] if len(taken) else []
        return float(np.mean(middles or [0.0])), max(lows, default=0.0) + 2 * PADDING

    def frame(self, module: ModuleId | None) -> Frame | None:
        """The frame of a module, if it is on the map."""
        return None if module is None else self._frames.get(module)

    def take(self, node: Node, near: Place) -> Place:
        """The spot nearest to `near` where the node lies on nothing; in its module's frame if it fits."""
        half, lift = np.array(node_half(node)), node_lift(node)
        home = node.modules[0] if node.modules else None
        wanted = np.array([near[0], near[1] + lift])
        spot = wanted
        for corners in (self._inside(home, half), None) if home in self._frames else (None,):
            found = self._nearest(wanted, half, home, corners)
            if found is not None:
                spot = found
                break
        x, y = float(round(spot[0])), float(round(spot[1] - lift))
        self._occupy(x, y + lift, half)
        return x, y

    def _inside(self, home: ModuleId | None, half: Floats) -> Floats | None:
        """The corners (2, 2) between which the middle of a box lies well inside the frame."""
        frame = self.frame(home)
        if frame is None:
            return None
        low = np.array([frame.x + PADDING / 2, frame.y + TAB]) + half - GAP / 2
        high = np.array([frame.x + frame.width, frame.y + frame.height]) - half + GAP / 2 - PADDING / 2
        return np.array([low, high])

    def _nearest(
        self, wanted: Floats, half: Floats, home: ModuleId | None, corners: Floats | None
    ) -> Floats | None:
        """The first clear spot of the rings round `wanted`, between the `corners` if there are any."""
        for rings in _rings():
            spots = rings + wanted
            clear = self._clear(spots, wanted, half, home)
            if corners is not None:
                clear &= (spots >= corners[0]).all(axis=1) & (spots <= corners[1]).all(axis=1)
            if clear.any():
                return np.asarray(spots[int(clear.argmax())])
        return None

    def _clear(
        self, spots: Floats, middle: Floats, half: Floats, home: ModuleId | None
    ) -> npt.NDArray[np.bool_]:
        boxes = np.concatenate([self._boxes[: self._count], self._walls_for(home)])
        reach = np.abs(spots - middle).max(axis=0) + half
        near = (np.abs(boxes[:, :2] - middle) < reach + boxes[:, 2:]).all(axis=1)
        boxes = boxes[near]
        free = np.ones(len(spots), dtype=bool)
        for box in boxes:
            free &= ~(np.abs(spots - box[:2]) < half + box[2:] - 1e-6).all(axis=1)
        return free

    def _walls_for(self, home: ModuleId | None) -> Floats:
        """The frames that somebody of this module must keep out of, as middles and halves."""
        if home not in self._walls:
            around = {m.id for m in above(self._document, home)} if home is not None else set()
            mine = around | (inside(self._document, home) if home is not None else set())
            rows = []
            for module, frame in self._frames.items():
                if module not in around and (module not in mine or module != home):
                    rows.append(
                        (
                            frame.x + frame.width / 2,
                            frame.y + frame.height / 2,
                            frame.width / 2,
                            frame.height / 2,
                        )
                    )
            for module in around:
                own = self._frames.get(module)
                if own is not None:  # the tab with its name
                    rows.append((own.x + own.width / 2, own.y + TAB / 2, own.width / 2, TAB / 2))
            self._walls[home] = np.array(rows).reshape(-1, 4)
        return self._walls[home]

    def _occupy(self, x: float, y: float, half: Floats) -> None:
        if self._count == len(self._boxes):
            self._boxes = np.concatenate([self._boxes, np.zeros((max(64, self._count), 4))])
        self._boxes[self._count] = (x, y, half[0], half[1])
        self._count += 1


@cache
def _rings() -> tuple[Floats, ...]:
    """Spots round (0, 0), the nearest first, in pieces: most often the first few are enough."""
    spots = [np.zeros((1, 2))]
    for ring in range(1, _RINGS):
        angle = 2 * np.pi * np.arange(8 * min(ring, 12)) / (8 * min(ring, 12))
        spots.append(_RING * ring * np.column_stack([np.cos(angle), np.sin(angle)]))
    return tuple(np.concatenate(spots[i:j]) for i, j in pairwise((0, 6, 14, 30, 60, _RINGS)))


def linked_places(document: Document, lost: Collection[NodeId]) -> dict[NodeId, list[Place]]:
    """Where those stand to whom each of the `lost` is linked."""
    found: dict[NodeId, list[Place]] = defaultdict(list)
    nodes = document.nodes
    for link in document.links.values():
        source, target = link.source, link.target
        if source in lost or target in lost:
            for one, other in ((source, target), (target, source)):
                node = nodes.get(NodeId(other))
                if one in lost and node is not None and node.x is not None and node.y is not None:
                    found[NodeId(one)].append((node.x, node.y))
    return found


def node_half(node: Node) -> Place:
    """Half the width and height of a node with its name and the gap."""
    left, top, right, bottom = node_box(node)
    return (right - left + GAP) / 2, (bottom - top + GAP) / 2


def node_lift(node: Node) -> float:
    """How far the middle of a node's box lies below its centre."""
    _, top, _, bottom = node_box(node)
    return (top + bottom) / 2


def _boxes(nodes: Sequence[Node]) -> Floats:
    """Middles and halves (n, 4) of many nodes at once, as `node_half` and `node_lift` have them."""
    wide = np.minimum(np.array([len(n.name) for n in nodes]), MOST_LETTERS) * (LETTER / 2)
    high = (RADIUS + NAME_DROP + NAME_HEIGHT / 2) / 2
    made = np.empty((len(nodes), 4))
    made[:, 0] = [n.x or 0.0 for n in nodes]
    made[:, 1] = [n.y or 0.0 for n in nodes]
    made[:, 1] += high - RADIUS
    made[:, 2] = np.maximum(RADIUS, wide) + GAP / 2
    made[:, 3] = high + GAP / 2
    return made
