"""The rectangles of modules: round their people and the modules inside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from orgmap.drawing.columns import Floats, Ints, Nodes
from orgmap.model.document import Document
from orgmap.model.entities import Module, ModuleId

SIDE = 36.0  # map units from the rim of a node to the border left and right
TOP = 46.0  # room for the name of the module
BOTTOM = 38.0  # room for the name below the lowest node
AROUND = 18.0  # from a module inside to the border
TAB = 34.0  # height of the strip with the name
CORNER = 14.0
COLLAPSED = 34.0  # half the side of a collapsed module


@dataclass(frozen=True, eq=False)
class Frames:
    """One row per module, in the order of the document.

    `rect`: x0, y0, x1, y1 in map units of what is drawn, nan where a module has no frame;
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

    @property
    def shown(self) -> list[int]:
        """The rows that are drawn, outermost first."""
        return [row for row in self.order if self.hidden_in[row] < 0 and not np.isnan(self.rect[row, 0])]


def framed(document: Document, nodes: Nodes) -> Frames:
    """The frames of all modules. O(nodes + modules)."""
    modules = list(document.modules.values())
    ids = [module.id for module in modules]
    index = {key: row for row, key in enumerate(ids)}
    parent, depth = _nesting(modules, index)
    order = sorted(range(len(ids)), key=lambda row: (depth[row], row))
    whole = _people_in(nodes, len(ids))
    collapsed = np.array([module.collapsed for module in modules], dtype=np.int32)
    for row in reversed(order):
        own = modules[row].frame
        if np.isnan(whole[row, 0]) and own is not None:
            whole[row] = (own.x, own.y, own.x + own.width, own.y + own.height)
        up = parent[row]
        if up >= 0 and not np.isnan(whole[row, 0]):
            room = whole[row] + (-AROUND, -TOP, AROUND, AROUND)
            whole[up] = np.concatenate((np.fmin(whole[up, :2], room[:2]), np.fmax(whole[up, 2:], room[2:])))
    hidden_in = np.full(len(ids), -1, dtype=np.int32)
    rect = whole.copy()
    for row in order:
        up = parent[row]
        if up >= 0:
            hidden_in[row] = hidden_in[up] if hidden_in[up] >= 0 else (up if collapsed[up] else -1)
        if collapsed[row]:
            middle = (whole[row, :2] + whole[row, 2:]) / 2
            rect[row] = np.concatenate((middle - COLLAPSED, middle + COLLAPSED))
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
    the modules inside it; its own frame while it is empty; a small square when collapsed.
    """
    index = {key: row for row, key in enumerate(document.modules)}
    made = framed(document, Nodes.of(document, index))
    return {made.ids[row]: made.of_row(row) for row in made.shown}


def _people_in(nodes: Nodes, modules: int) -> Floats:
    rect = np.full((modules, 4), np.nan)
    rows = np.flatnonzero((nodes.home >= 0) & ~np.isnan(nodes.centre[:, 0]))
    home = nodes.home[rows]
    half = nodes.radius[rows, None]
    low = nodes.centre[rows] - half - (SIDE, TOP)
    high = nodes.centre[rows] + half + (SIDE, BOTTOM)
    for axis in (0, 1):
        np.fmin.at(rect[:, axis], home, low[:, axis])
        np.fmax.at(rect[:, 2 + axis], home, high[:, axis])
    return rect


def _nesting(modules: list[Module], index: dict[ModuleId, int]) -> tuple[list[int], list[int]]:
    parent = [index.get(module.parent, -1) if module.parent is not None else -1 for module in modules]
    depth = [0] * len(modules)
    for row in range(len(modules)):
        seen = {row}
        up = parent[row]
        while up >= 0 and up not in seen:
            seen.add(up)
            depth[row] += 1
            up = parent[up]
    return parent, depth
