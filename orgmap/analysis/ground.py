"""Free spots on a map: near where one is wanted, on nobody, on no note, in no frame of others."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from orgmap.analysis.apart import Floats
from orgmap.analysis.board import GAP, Place, node_half, node_lift
from orgmap.model.document import Document
from orgmap.model.entities import Frame, ModuleId, Node
from orgmap.model.frames import PADDING, TAB, frames
from orgmap.model.query import above, inside

_RING = 24.0  # map units between two rings of spots that are tried
_RINGS = 120


class Ground:
    """What lies where on a map. A spot that was handed out is taken."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._frames = frames(document)
        placed = [n for n in document.nodes.values() if n.x is not None and n.y is not None]
        notes = document.stickies.values()
        boxes = [((n.x or 0.0), (n.y or 0.0) + node_lift(n), *node_half(n)) for n in placed]
        boxes += [
            (s.x + s.width / 2, s.y + s.height / 2, (s.width + GAP) / 2, (s.height + GAP) / 2) for s in notes
        ]
        self._boxes: Floats = np.array(boxes).reshape(-1, 4)
        self._count = len(boxes)
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
        rings = _rings() + np.array([near[0], near[1] + lift])
        clear = self._clear(rings, half, home)
        frame = self._frames.get(home) if home is not None else None
        if frame is not None:
            low = np.array([frame.x, frame.y + TAB]) + half - GAP / 2 + (PADDING / 2, 0.0)
            high = np.array([frame.x + frame.width, frame.y + frame.height]) - half + GAP / 2 - PADDING / 2
            within = clear & (rings >= low).all(axis=1) & (rings <= high).all(axis=1)
            if within.any():
                clear = within
        x, y = rings[int(clear.argmax())] if clear.any() else (near[0], near[1] + lift)
        self._occupy(float(x), float(y), half)
        return float(x), float(y) - lift

    def _clear(self, spots: Floats, half: Floats, home: ModuleId | None) -> Floats:
        boxes = np.concatenate([self._boxes[: self._count], self._walls_for(home)])
        reach = float(np.abs(spots - spots[0]).max()) + float(half.max())
        near = (np.abs(boxes[:, :2] - spots[0]) < reach + boxes[:, 2:]).all(axis=1)
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


def _rings() -> Floats:
    """Spots round (0, 0), the nearest first."""
    spots = [np.zeros((1, 2))]
    for ring in range(1, _RINGS):
        angle = 2 * np.pi * np.arange(8 * min(ring, 12)) / (8 * min(ring, 12))
        spots.append(_RING * ring * np.column_stack([np.cos(angle), np.sin(angle)]))
    return np.concatenate(spots)


def linked_places(document: Document) -> dict[str, list[Place]]:
    """Where those stand to whom each node is linked."""
    found: dict[str, list[Place]] = defaultdict(list)
    for link in document.links.values():
        for one, other in ((link.source, link.target), (link.target, link.source)):
            node = document.end(other)
            if isinstance(node, Node) and node.x is not None and node.y is not None:
                found[one].append((node.x, node.y))
    return found
