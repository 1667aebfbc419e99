"""The rectangles of modules: round their people and the modules inside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QRectF

from orgmap.drawing.columns import Flags, Floats, Ints, Nodes
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.model.document import Document
from orgmap.model.entities import Module, ModuleId
from orgmap.model.frames import LETTER, MOST_LETTERS, NAME_DROP, NAME_HEIGHT, PADDING, RADIUS, TAB

SIDE = PADDING  # map units from a node, or its name where that is wider, to the border
TOP = PADDING + TAB - 8.0  # from the rim of a node: room for the name of the module
BOTTOM = NAME_DROP + NAME_HEIGHT / 2 - RADIUS + PADDING - 8.0  # and for the name below the node
CORNER = 14.0
COLLAPSED = 36.0  # half the side of a collapsed module

__all__ = ["BOTTOM", "COLLAPSED", "CORNER", "SIDE", "TAB", "TOP", "Frames", "framed", "frames"]


@dataclass(frozen=True, eq=False)
class Frames:
    """One row per module, in the order of the document.

    `rect`: x0, y0, x1, y1 in map units of what is drawn, nan where a module has no frame or is hidden;
    `whole`: of what it would be uncollapsed. `parent`: row or -1; `depth`: 0 at the top;
    `hidden_in`: the row of the collapsed module that hides it, -1 when shown; for a collapsed
    module itself too. `order`: rows from the outermost in.
    """

    ids: list[ModuleId]
    index: dict[ModuleId, int]
    parent: Ints
    depth: Ints
    collapsed: Ints
    hidden_in: Ints
    order: list[int]
    rect: Floats
    whole: Floats

    @property
    def shut_in(self) -> Ints:
        """Per module the collapsed module that stands for it and its people, itself included; -1."""
        own = np.where(self.collapsed > 0, np.arange(len(self.ids)), -1)
        return np.where(self.hidden_in >= 0, self.hidden_in, own).astype(np.int32)

    def of_row(self, row: int) -> QRectF:
        """The frame of a row as a rectangle."""
        x0, y0, x1, y1 = (float(v) for v in self.rect[row])
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    @cached_property
    def shown(self) -> list[int]:
        """The rows that are drawn, outermost first."""
        drawn = ((self.hidden_in < 0) & ~np.isnan(self.rect[:, 0])).tolist()
        return [row for row in self.order if drawn[row]]


def framed(document: Document, nodes: Nodes, looks: Looks = PLAIN) -> Frames:
    """The frames of all modules, as `orgmap.model.frames` defines them. O(nodes + modules).

    A view that hides a module leaves the places of all others alone, and one that hides people
    that of their frame.
    """
    modules = list(document.modules.values())
    ids = [module.id for module in modules]
    index = {key: row for row, key in enumerate(ids)}
    parent, depth = _nesting(modules, index)
    order = sorted((row for row in range(len(ids)) if depth[row] >= 0), key=lambda row: (depth[row], row))
    held = _people_in(nodes, len(ids))
    drawn = _corners(modules)
    strays = _strays(nodes, drawn)
    whole = np.full((len(ids), 4), np.nan)
    shut = [
        module.collapsed or (looks.modules_only and up < 0)
        for module, up in zip(modules, parent, strict=True)
    ]
    collapsed = np.array(shut, dtype=np.int32)
    for row in reversed(order):
        if np.isnan(held[row, 0]):
            whole[row] = drawn[row]
        else:
            whole[row] = _padded(held[row], modules[row].name)
            if not strays[row] and modules[row].frame is not None:
                whole[row, :2] = np.fmin(whole[row, :2], drawn[row, :2])
                whole[row, 2:] = np.fmax(whole[row, 2:], drawn[row, 2:])
        up = parent[row]
        if up >= 0 and not np.isnan(whole[row, 0]):
            held[up, :2] = np.fmin(held[up, :2], whole[row, :2])
            held[up, 2:] = np.fmax(held[up, 2:], whole[row, 2:])
            if modules[up].frame is not None:
                strays[up] |= bool(_outside((whole[row, :2] + whole[row, 2:]) / 2, drawn[up]))
    hidden_in = np.full(len(ids), -1, dtype=np.int32)
    rect = whole.copy()
    for row in order:
        up = parent[row]
        if up >= 0:
            hidden_in[row] = hidden_in[up] if hidden_in[up] >= 0 else (up if collapsed[up] else -1)
        if collapsed[row]:
            middle = (whole[row, :2] + whole[row, 2:]) / 2
            rect[row] = np.concatenate((middle - COLLAPSED, middle + COLLAPSED))
    rect[[index[module.id] for module in modules if module.id in looks.hidden]] = np.nan
    return Frames(
        ids=ids,
        index=index,
        parent=np.array(parent, dtype=np.int32),
        depth=np.array(depth, dtype=np.int32),
        collapsed=collapsed,
        hidden_in=hidden_in,
        order=order,
        rect=rect,
        whole=whole,
    )


def frames(document: Document) -> dict[ModuleId, QRectF]:
    """The frame of every module that is drawn, map units: round the people whose home it is and
    the modules inside it, and its own frame while they all stand there; a small square when collapsed.
    """
    index = {key: row for row, key in enumerate(document.modules)}
    made = framed(document, Nodes.of(document, index))
    return {made.ids[row]: made.of_row(row) for row in made.shown}


def _padded(held: Floats, name: str) -> Floats:
    """The border round what a module holds, wide enough for its name."""
    wide = held[2] - held[0] + 2 * PADDING
    spare = max(0.0, min(len(name), 2 * MOST_LETTERS) * LETTER + 2 * PADDING - wide) / 2
    around = np.array((-PADDING - spare, 8.0 - PADDING - TAB, PADDING + spare, PADDING - 8.0))
    padded: Floats = held + around
    return padded


def _people_in(nodes: Nodes, modules: int) -> Floats:
    """Per module, round the people whose home it is, names included; nan where there is nobody."""
    rect = np.full((modules, 4), np.nan)
    rows = np.flatnonzero((nodes.home >= 0) & ~np.isnan(nodes.centre[:, 0]))
    home, centre, half = nodes.home[rows], nodes.centre[rows], nodes.half_box[rows]
    np.fmin.at(rect[:, 0], home, centre[:, 0] - half)
    np.fmin.at(rect[:, 1], home, centre[:, 1] - RADIUS)
    np.fmax.at(rect[:, 2], home, centre[:, 0] + half)
    np.fmax.at(rect[:, 3], home, centre[:, 1] + NAME_DROP + NAME_HEIGHT / 2)
    return rect


def _corners(modules: list[Module]) -> Floats:
    """Per module x0, y0, x1, y1 of its own frame, nan without one."""
    own = [module.frame for module in modules]
    rows = [(f.x, f.y, f.x + f.width, f.y + f.height) if f is not None else (np.nan,) * 4 for f in own]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _strays(nodes: Nodes, drawn: Floats) -> Flags:
    """Per module, whether somebody whose home it is stands outside its own frame."""
    found = np.zeros(len(drawn), dtype=bool)
    if np.isnan(drawn).all():
        return found
    rows = np.flatnonzero(nodes.home >= 0)
    home = nodes.home[rows]
    found[home[_outside(nodes.centre[rows], drawn[home])]] = True
    return found


def _outside(places: Floats, frame: Floats) -> Flags:
    """Which places lie outside the corners; shapes (..., 2) and (..., 4), nan lies nowhere."""
    return np.asarray(((places < frame[..., :2]) | (places > frame[..., 2:])).any(axis=-1))


def _nesting(modules: list[Module], index: dict[ModuleId, int]) -> tuple[list[int], list[int]]:
    """Per module the row of its parent, and how deep it lies; -1 for one that lies inside itself."""
    parent = [index.get(module.parent, -1) if module.parent is not None else -1 for module in modules]
    depth = [0] * len(modules)
    for row in range(len(modules)):
        seen = {row}
        up = parent[row]
        while up >= 0:
            if up in seen:
                depth[row] = -1
                break
            seen.add(up)
            depth[row] += 1
            up = parent[up]
    return parent, depth
