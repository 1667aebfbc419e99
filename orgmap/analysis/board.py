"""What a layout moves, as arrays: nodes, and collapsed modules with all their people as one piece.

A `Board` is made from a document, a layout answers with the middles of its pieces, and the board
turns them into places again, nobody on top of anybody. Arrays of places have shape (n, 2), map units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orgmap.analysis.apart import Bools, Floats, Ints, apart, overlapping
from orgmap.analysis.ground import GAP, Place, node_half, node_lift
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Frame, ModuleId, Node
from orgmap.model.frames import frames
from orgmap.model.query import above, children
from orgmap.progress import SILENT, Progress

Places = dict[EndId, Place]

FRAME_GAP = 64.0  # room between two frames


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that moves: a node, a collapsed module with what is in it, or an empty frame.

    `home`: the module whose frame holds it. `half`: half the width and height of its box with the
    gap; `middle`: where the box stands, None while it has no place; `parts`: what is moved, by how
    much each stands off the middle.
    """

    id: EndId
    home: ModuleId | None
    half: Place
    middle: Place | None
    free: bool
    parts: tuple[tuple[EndId, float, float], ...]


class Board:
    """The pieces of a map in order of their id, and the lines between them.

    `home[i]`, `half` (n, 2), `at` (n, 2; nan without a place) and `free` (n,) as in `Piece`;
    `pairs` (m, 2) linked pieces, each pair once, `strength` (m,) the number of their links.
    `below`: the modules that hold pieces, directly or further in, by their parent.
    """

    def __init__(self, document: Document, only: Collection[str] | None = None) -> None:
        self.document = document
        self._take(sorted(_pieces(document, only), key=lambda piece: piece.id), whole=only is None)

    def _take(self, pieces: list[Piece], *, whole: bool) -> None:
        self.pieces, self.whole = pieces, whole
        n = len(pieces)
        self.ids = [piece.id for piece in pieces]
        self.index = {piece.id: i for i, piece in enumerate(pieces)}
        self.home = [piece.home for piece in pieces]
        self.half: Floats = np.array([piece.half for piece in pieces]).reshape(n, 2)
        nowhere = (np.nan, np.nan)
        self.at: Floats = np.array([piece.middle or nowhere for piece in pieces]).reshape(n, 2)
        self.free: Bools = np.array([piece.free for piece in pieces], dtype=bool)
        self.of = {part: i for i, piece in enumerate(pieces) for part, _, _ in piece.parts}

    def __len__(self) -> int:
        return len(self.pieces)

    @cached_property
    def below(self) -> dict[ModuleId | None, list[ModuleId]]:
        """The modules in which pieces stand, by the module round them; in order of id."""
        found: dict[ModuleId | None, set[ModuleId]] = defaultdict(set)
        for home in set(self.home) - {None}:
            inner: ModuleId | None = None
            for module in above(self.document, home) if home is not None else ():
                if inner is not None:
                    found[module.id].add(inner)
                inner = module.id
            if inner is not None:
                found[None].add(inner)
        return {key: sorted(value) for key, value in found.items()}

    @cached_property
    def inside(self) -> dict[ModuleId | None, list[int]]:
        """The pieces whose home is the module itself; None: in no module."""
        found: dict[ModuleId | None, list[int]] = defaultdict(list)
        for i, home in enumerate(self.home):
            found[home].append(i)
        return dict(found)

    @cached_property
    def _lines(self) -> tuple[Ints, Floats]:
        counted: dict[tuple[int, int], float] = defaultdict(float)
        for link in self.document.links.values():
            one, other = self.of.get(link.source), self.of.get(link.target)
            if one is not None and other is not None and one != other:
                counted[min(one, other), max(one, other)] += 1.0
        keys = sorted(counted)
        pairs = np.array(keys, dtype=np.intp).reshape(-1, 2)
        return pairs, np.array([counted[key] for key in keys])

    @property
    def pairs(self) -> Ints:
        """Linked pieces (m, 2)."""
        return self._lines[0]

    @property
    def strength(self) -> Floats:
        """How many links each of `pairs` has."""
        return self._lines[1]

    def part(self) -> Board:
        """A board of what moves, all of it, with the lines among those."""
        made = Board.__new__(Board)
        made.document = self.document
        made._take([piece for piece in self.pieces if piece.free], whole=False)
        return made

    def spread(self, part: Board, at: Floats) -> Floats:
        """The middles that a layout of `part` gave, in the rows of this board; nan for the others."""
        if part is self:
            return at
        found = np.full((len(self), 2), np.nan)
        found[[self.index[key] for key in part.ids]] = at
        return found

    def settled(self, at: Floats, progress: Progress = SILENT) -> Places:
        """Places of what moved, in whole units; `at` (n, 2) are middles, of the free pieces.

        The moved ones stay round the middle where they stood if only some move, or in step with
        those that are pinned, and give way to all that stay: pieces, notes, frames of others.
        """
        free = np.flatnonzero(self.free)
        if not len(free):
            return {}
        stays = np.flatnonzero(~self.free & ~np.isnan(self.at[:, 0]))
        moved = at[free] + self._aligned(at, free, stays)
        obstacles = self._obstacles(free)
        middles = np.concatenate([moved, self.at[stays], obstacles[:, :2]])
        halves = np.concatenate([self.half[free], self.half[stays], obstacles[:, 2:]])
        fixed = np.arange(len(middles)) >= len(free)
        if fixed.any():
            middles = apart(middles, halves, fixed, progress=progress)
        elif len(overlapping(middles, halves)):
            middles = apart(middles, halves, progress=progress)
        places: Places = {}
        for number, i in enumerate(free):
            x, y = float(np.round(middles[number, 0])), float(np.round(middles[number, 1]))
            for part, dx, dy in self.pieces[i].parts:
                places[part] = (x + dx, y + dy)
        return places

    def _aligned(self, at: Floats, free: Ints, stays: Ints) -> Floats:
        """How far everything has to move as a whole."""
        nowhere = np.zeros(2)
        if not self.whole:
            if np.isnan(self.at[free]).any():
                return nowhere
            return np.asarray((self.at[free] - at[free]).mean(axis=0))
        if not len(stays):
            return nowhere
        return np.asarray((self.at[stays] - at[stays]).mean(axis=0))

    def _obstacles(self, free: Ints) -> Floats:
        """Notes and, for a part of the map, frames of others: middles and halves (k, 4)."""
        rows = [
            (s.x + s.width / 2, s.y + s.height / 2, (s.width + GAP) / 2, (s.height + GAP) / 2)
            for s in self.document.stickies.values()
        ]
        if not self.whole:
            moving = {self.home[i] for i in free} - {None}
            around = {a.id for m in moving if m is not None for a in above(self.document, m)}
            rows += [_box(f) for m, f in frames(self.document).items() if m not in around | set(self.ids)]
        return np.array(rows).reshape(-1, 4)


def _pieces(document: Document, only: Collection[str] | None) -> Iterable[Piece]:
    shut = _shut(document)
    rects = frames(document) if shut or document.modules else {}
    held: dict[ModuleId, list[Node]] = defaultdict(list)
    singles = []
    for node in document.nodes.values():
        outer = shut.get(node.modules[0]) if node.modules else None
        if outer is not None:
            held[outer].append(node)
        else:
            singles.append(node)
    for outer in sorted(set(shut.values())):
        people = held.get(outer, [])
        if outer not in rects or any(node.x is None for node in people):
            singles += people  # nobody knows yet how they stand to each other
            continue
        yield _closed(document, outer, people, rects, shut, only)
    for node in singles:
        lift = node_lift(node)
        yield Piece(
            id=node.id,
            home=node.modules[0] if node.modules and node.modules[0] in document.modules else None,
            half=node_half(node),
            middle=None if node.x is None or node.y is None else (node.x, node.y + lift),
            free=not node.pinned and (only is None or node.id in only),
            parts=((node.id, 0.0, -lift),),
        )
    full = {module for node in document.nodes.values() for module in node.modules[:1]}
    below = children(document)
    for module, frame in rects.items():
        leaf = not any(child in rects for child in below.get(module, ()))
        if module not in full and leaf and module not in shut:
            yield _empty(document, module, frame, only)


def _shut(document: Document) -> dict[ModuleId, ModuleId]:
    """The outermost collapsed module round each module that is in one, or is one."""
    found = {}
    for module in document.modules:
        closed = [m.id for m in above(document, module) if m.collapsed]
        if closed:
            found[module] = closed[-1]
    return found


def _closed(
    document: Document,
    module: ModuleId,
    people: list[Node],
    rects: dict[ModuleId, Frame],
    shut: dict[ModuleId, ModuleId],
    only: Collection[str] | None,
) -> Piece:
    """A collapsed module keeps the room that it takes when it is opened again."""
    frame = rects[module]
    x, y = round(frame.x + frame.width / 2), round(frame.y + frame.height / 2)
    parts: list[tuple[EndId, float, float]] = [
        (node.id, node.x - x, node.y - y) for node in people if node.x is not None and node.y is not None
    ]
    full = {node.modules[0] for node in people}
    for inner, outer in shut.items():
        own = document.modules[inner].frame
        if (
            outer == module
            and inner in rects
            and own is not None
            and inner not in full
            and own == rects[inner]
        ):
            parts.append((inner, own.x + own.width / 2 - x, own.y + own.height / 2 - y))
    chosen = only is None or module in only or bool(people and all(node.id in only for node in people))
    parent = document.modules[module].parent
    return Piece(
        id=module,
        home=parent if parent in document.modules else None,
        half=((frame.width + FRAME_GAP / 2) / 2, (frame.height + FRAME_GAP / 2) / 2),
        middle=(x, y),
        free=chosen and not any(node.pinned for node in people),
        parts=tuple(parts),
    )


def _empty(document: Document, module: ModuleId, frame: Frame, only: Collection[str] | None) -> Piece:
    parent = document.modules[module].parent
    return Piece(
        id=module,
        home=parent if parent in document.modules else None,
        half=((frame.width + FRAME_GAP / 2) / 2, (frame.height + FRAME_GAP / 2) / 2),
        middle=(frame.x + frame.width / 2, frame.y + frame.height / 2),
        free=only is None or module in only,
        parts=((module, 0.0, 0.0),),
    )


def _box(frame: Frame) -> tuple[float, float, float, float]:
    return (
        frame.x + frame.width / 2,
        frame.y + frame.height / 2,
        (frame.width + GAP) / 2,
        (frame.height + GAP) / 2,
    )
