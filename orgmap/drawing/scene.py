"""A document as arrays, ready to be drawn and to be hit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from orgmap.drawing.arcs import GAP, Arcs, laid
from orgmap.drawing.channels import channel_signs
from orgmap.drawing.columns import KINDS, WIDTHS, Flags, Floats, Ints, Links, Nodes
from orgmap.drawing.frames import TAB, Frames, framed, frames
from orgmap.drawing.gauges import sized
from orgmap.drawing.hidden import Numbers, called_channels, called_module, called_names
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.drawing.plain import shown
from orgmap.drawing.relaid import Standing, relaid
from orgmap.drawing.shades import Shades
from orgmap.drawing.strokes import Strokes, Veil, rows_in
from orgmap.drawing.things import Both, Piece, Things, things_of
from orgmap.model.document import Change, Document
from orgmap.model.entities import (
    BackdropId,
    ChannelId,
    LinkId,
    Module,
    ModuleId,
    NodeId,
    NodeKind,
    StickyId,
)

__all__ = ["Scene", "frames"]

Part = Literal["tab", "border", "inside"]

_NAME_BELOW = 24.0  # map units below the rim that a name takes
_CURVE_POINTS = 9
_STRIPE = 8.0  # map units: lines with their middles in one are drawn in their own order


@dataclass(frozen=True, eq=False)
class Scene:
    """What is drawn of a document. Everything in map units; nodes without a place are left out.

    `nodes`, `links`: columns with one row per entity; `frames`: one row per module; `arcs`: one
    row per link; `stickies`, `backdrops`: where notes and pictures lie. Immutable: an edit gives
    a new scene that shares what it did not touch.
    """

    document: Document
    nodes: Nodes
    links: Links
    frames: Frames
    arcs: Arcs
    veil: Veil
    looks: Looks = PLAIN
    stickies: Things[StickyId] = field(default_factory=Things)
    backdrops: Things[BackdropId] = field(default_factory=Things)

    @staticmethod
    def of(document: Document, looks: Looks = PLAIN) -> Scene:
        """The scene of a document as a view shows it. O(nodes + modules + links)."""
        modules = {key: row for row, key in enumerate(document.modules)}
        nodes = sized(document, Nodes.of(document, modules), looks.size)
        return _made(document, nodes, Links.of(document, nodes.index, modules), looks)

    def updated(self, document: Document, change: Change) -> Scene:
        """The scene of `document`, which is this one's after `change`; only what differs is read."""
        if change.channels or not _same_modules(change):
            return Scene.of(document, self.looks)
        modules = self.frames.index
        nodes, moved = self.nodes.changed(change.nodes, modules)
        links = self.links
        if change.links or nodes.index is not self.nodes.index:
            links = links.changed(document, change.links, nodes.index, modules, moved)
        things: Both = {"stickies": self.stickies, "backdrops": self.backdrops}
        if change.stickies or change.backdrops:
            things = things_of(document, self.looks)
        if not (change.nodes or change.links or change.modules):
            return replace(self, document=document, **things)
        looks, boxes = self.looks, self.frames
        if change.nodes:
            nodes = sized(document, nodes, looks.size)
        if change.nodes or change.modules:
            boxes = framed(document, nodes, looks)
        veil = Veil.of(looks, nodes, links)
        before = Standing(self.nodes, self.links, self.frames, self.veil)
        now = Standing(nodes, links, boxes, veil)
        arcs = relaid(self.arcs, before, now, moved, bundled=looks.bundled)
        return Scene(document, nodes, links, boxes, arcs, veil, looks, **things)

    def seen_as(self, looks: Looks) -> Scene:
        """The same document as another view shows it; its columns are shared."""
        nodes = sized(self.document, self.nodes, looks.size, before=self.looks.size)
        return _made(self.document, nodes, self.links, looks)

    # what stands where

    @cached_property
    def visible(self) -> Flags:
        """Per node: is it drawn, that is, has it a place outside collapsed modules, and does the
        view show it?"""
        placed: Flags = ~np.isnan(self.nodes.centre[:, 0]) & ~self.veil.nodes_gone
        if not self.frames.ids:
            return placed
        shut = self.frames.shut_in[np.maximum(self.nodes.home, 0)] >= 0
        return placed & ~((self.nodes.home >= 0) & shut)

    @cached_property
    def across(self) -> Ints:
        """The rows of the drawn links from left to right: neighbours are drawn faster in turn."""
        rows = np.flatnonzero(self.arcs.shown)
        middle = (self.arcs.start[rows, 0] + self.arcs.end[rows, 0]) / 2
        order = np.argsort((middle // _STRIPE).astype(np.int16), kind="stable")  # fast with two bytes
        return rows[order].astype(np.int32)

    @cached_property
    def ink(self) -> float:
        """The area of all drawn lines at 100 %, pixels: their lengths by their widths."""
        along = self.arcs.end - self.arcs.start
        length = np.where(self.arcs.shown, np.hypot(along[:, 0], along[:, 1]), 0.0)
        return float(np.bincount(self.links.width, length, len(WIDTHS)) @ WIDTHS)

    @cached_property
    def degree(self) -> Ints:
        """Per node: how many drawn lines end on it."""
        ends = self.arcs.ends[self.arcs.shown].ravel()
        return np.bincount(ends[ends >= 0], minlength=len(self.nodes.ids)).astype(np.int32)

    @cached_property
    def hue(self) -> Ints:
        """Per node: the module colour, -1 outside modules."""
        if not self.frames.ids:
            return np.full(len(self.nodes.ids), -1, dtype=np.int32)
        home = self.nodes.home
        return np.where(home >= 0, self.module_hue[np.maximum(home, 0)], -1).astype(np.int32)

    @cached_property
    def leads(self) -> Flags:
        """Per node: does it lead a module?"""
        leads = {module.lead for module in self.document.modules.values() if module.lead is not None}
        return rows_in(self.nodes.index, leads)

    @cached_property
    def module_hue(self) -> Ints:
        """Per module: its colour."""
        modules = self.document.modules.values()
        listed = [row if m.colour is None else m.colour for row, m in enumerate(modules)]
        return np.array(listed, dtype=np.int32)

    @cached_property
    def link_hue(self) -> Ints:
        """Per link: the colour of the module in which both its ends have their home, else -1."""
        if not self.frames.ids or not len(self.nodes.ids):
            return np.full(len(self.links.ids), -1, dtype=np.int32)
        homes = np.append(self.nodes.home, -1)
        inside = [homes[np.where(ends >= 0, ends, -1)] for ends in self.arcs.ends.T]
        same = (inside[0] == inside[1]) & (inside[0] >= 0)
        return np.where(same, self.module_hue[np.maximum(inside[0], 0)], -1).astype(np.int32)

    @cached_property
    def shades(self) -> Shades:
        """The classes of the measures that colour people, lines and modules."""
        ids = self.nodes.ids, self.links.ids, self.frames.ids
        return Shades.of(self.looks, *ids, self.arcs.stands)

    @cached_property
    def strokes(self) -> Strokes:
        """Per link: how its line looks."""
        arcs = self.arcs
        return Strokes.of(self.links, arcs.ends, arcs.stands, arcs.count, self.veil.links_pale)

    @cached_property
    def names(self) -> list[str]:
        """Per node: its name as it can be shown; "Person 1" in a view without names."""
        if self.looks.names:
            return self.nodes.names
        kinds = zip(self.nodes.ids, self.nodes.kind.tolist(), strict=True)
        return called_names(((key, KINDS[kind]) for key, kind in kinds), self.looks.numbers or Numbers())

    @cached_property
    def module_names(self) -> list[str]:
        """Per module: its name as it can be shown; "Module A" in a view without names."""
        if self.looks.names:
            return [shown(module.name) for module in self.document.modules.values()]
        numbers = self.looks.numbers or Numbers()
        return [called_module(key, numbers) for key in self.document.modules]

    @cached_property
    def channel_names(self) -> list[str]:
        """Per channel of the document: its name as it can be shown."""
        channels = self.document.channels
        if self.looks.names:
            return [shown(channel.name) for channel in channels.values()]
        return called_channels(channels, self.looks.numbers or Numbers())

    @cached_property
    def channel_signs(self) -> list[str]:
        """Per channel of the document: the small sign of its lines."""
        channels = self.document.channels
        if not self.looks.names:
            channels = {key: replace(channel, sign="") for key, channel in channels.items()}
        return channel_signs(channels, self.channel_names)

    def together(self, link: LinkId) -> list[LinkId]:
        """The links that are drawn as one line with this one, itself included; none if it is not drawn."""
        stands = int(self.arcs.stands[self.links.index[link]])
        rows = np.flatnonzero(self.arcs.stands == stands) if stands >= 0 else ()
        return [self.links.ids[int(row)] for row in rows]

    @cached_property
    def bounds(self) -> QRectF:
        """Round everything that is drawn, names included; empty if nothing is."""
        things = self.rect_of((*self.stickies.rects, *self.backdrops.rects))
        rows = np.array(self.frames.shown, dtype=np.int64)
        boxes = self.frames.rect[rows]
        shut = self.frames.collapsed[rows] > 0
        boxes[shut, 1] -= _NAME_BELOW
        boxes[shut, 3] += _NAME_BELOW
        bowed = self.arcs.at(0.5)[self.arcs.curved]
        boxes = np.concatenate((boxes, np.tile(bowed, 2)))
        return things.united(self._round(np.flatnonzero(self.visible), boxes))

    @cached_property
    def channels_used(self) -> list[ChannelId]:
        """The channels of drawn links, in the order of the document."""
        used = np.bincount(self.links.channel[self.arcs.stands >= 0] + 1, minlength=2)[1:] > 0
        return [key for row, key in enumerate(self.document.channels) if row < len(used) and used[row]]

    @cached_property
    def held(self) -> Ints:
        """Per module: how many nodes have their home in it or in one nested in it."""
        home = self.nodes.home[self.nodes.home >= 0]
        found = np.bincount(home, minlength=len(self.frames.ids))
        for row in reversed(self.frames.order):
            up = int(self.frames.parent[row])
            if up >= 0:
                found[up] += found[row]
        return found

    @property
    def empty(self) -> bool:
        """Is nothing drawn at all?"""
        things = self.stickies.rects or self.backdrops.rects
        return not self.visible.any() and not self.frames.shown and not things

    def thing(self, key: str) -> QRectF | None:
        """The rectangle of a sticky note or backdrop that is drawn, map units."""
        note = self.stickies.rects.get(cast(StickyId, key))
        return note if note is not None else self.backdrops.rects.get(cast(BackdropId, key))

    def rect_of(self, ids: Iterable[str]) -> QRectF:
        """Round the nodes, modules and links with these ids; empty if none is drawn."""
        found = QRectF()
        rows: list[int] = []
        for key in ids:
            node = self.nodes.index.get(cast(NodeId, key))
            if node is not None:
                rows.append(node)
                continue
            module = self.frames.index.get(cast(ModuleId, key))
            if module is not None:
                if self.frames.hidden_in[module] < 0 and not np.isnan(self.frames.rect[module, 0]):
                    found = found.united(self.frames.of_row(module))
                continue
            thing = self.thing(key)
            if thing is not None:
                found = found.united(thing)
                continue
            link = self.links.index.get(cast(LinkId, key))
            if link is not None:
                rows += [int(end) for end in self.arcs.ends[link] if end >= 0]
        listed = np.array(rows, dtype=np.int64)
        return found.united(self._round(listed[self.visible[listed]], np.empty((0, 4))))

    def _round(self, rows: Ints, boxes: Floats) -> QRectF:
        """Round nodes with their names, and boxes (n, 4); empty without any."""
        half, middle = self.nodes.radius[rows, None], self.nodes.centre[rows]
        signs = np.concatenate((middle - half, middle + half + (0.0, _NAME_BELOW)), axis=1)
        corners = np.concatenate((signs, boxes)).T
        if not corners.size:
            return QRectF()
        x0, y0, x1, y1 = corners[0].min(), corners[1].min(), corners[2].max(), corners[3].max()
        return QRectF(float(x0), float(y0), float(x1 - x0), float(y1 - y0))

    # hits

    def node_at(self, x: float, y: float, tolerance: float = 0.0) -> NodeId | None:
        """The node under a point, the last drawn first; `tolerance` widens every sign."""
        rows = np.flatnonzero(self.visible & (self._beside(x, y) <= tolerance))
        return self.nodes.ids[int(rows[-1])] if len(rows) else None

    def rim_at(self, x: float, y: float, tolerance: float = 4.0) -> NodeId | None:
        """The node near whose rim the point lies: from where a link is pulled out."""
        beside = self._beside(x, y)
        inner = -np.minimum(self.nodes.radius * 0.3, 6.0)
        rows = np.flatnonzero(self.visible & (beside <= tolerance) & (beside >= inner))
        return self.nodes.ids[int(rows[-1])] if len(rows) else None

    def rim_point(self, node: NodeId, x: float, y: float) -> QPointF:
        """The point of the node's rim toward (x, y), where its link handle shows."""
        row = self.nodes.index[node]
        cx, cy = (float(v) for v in self.nodes.centre[row])
        dx, dy = x - cx, y - cy
        if dx == 0 and dy == 0:
            dx = 1.0
        half = float(self.nodes.radius[row])
        match KINDS[int(self.nodes.kind[row])]:
            case NodeKind.OUTSIDE:
                reach = half / (abs(dx) + abs(dy))
            case NodeKind.SOURCE:
                reach = half / max(abs(dx), abs(dy))
            case _:
                reach = half / float(np.hypot(dx, dy))
        return QPointF(cx + dx * reach, cy + dy * reach)

    def rim_toward(self, end: str, x: float, y: float) -> QPointF:
        """The point on the border of a drawn node or module toward (x, y), a gap outside it."""
        if cast(NodeId, end) in self.nodes.index:
            rim = self.rim_point(cast(NodeId, end), x, y)
            middle = self.centre(end) or rim
            away = rim - middle
            length = max(float(np.hypot(away.x(), away.y())), 1e-9)
            return rim + away * (GAP / length)
        rect = self.frames.of_row(self.frames.index[cast(ModuleId, end)])
        dx, dy = x - rect.center().x(), y - rect.center().y()
        share = min(rect.width() / 2 / max(abs(dx), 1e-9), rect.height() / 2 / max(abs(dy), 1e-9))
        return rect.center() + QPointF(dx, dy) * min(share, 1.0)

    def link_at(self, x: float, y: float, tolerance: float = 4.0) -> LinkId | None:
        """The link whose line passes nearest to the point, within `tolerance`."""
        rows = self.arcs.within(x - tolerance, y - tolerance, x + tolerance, y + tolerance)
        if not len(rows):
            return None
        way = self._polyline(rows)
        a, b = way[:, :-1], way[:, 1:]
        along = b - a
        length = np.maximum((along**2).sum(axis=2), 1e-12)
        to = np.array((x, y)) - a
        share = np.clip((to * along).sum(axis=2) / length, 0.0, 1.0)
        off = to - along * share[:, :, None]
        distance = np.sqrt((off**2).sum(axis=2)).min(axis=1)
        nearest = int(np.argmin(distance))
        return self.links.ids[int(rows[nearest])] if distance[nearest] <= tolerance else None

    def module_at(self, x: float, y: float, tolerance: float = 0.0) -> ModuleId | None:
        """The innermost module frame that holds the point, its tab and border included."""
        found = self.module_part_at(x, y, tolerance)
        return found[0] if found is not None else None

    def module_part_at(self, x: float, y: float, tolerance: float = 4.0) -> tuple[ModuleId, Part] | None:
        """The innermost module frame at the point, and which part of it: a collapsed one is all tab."""
        for row in reversed(self.frames.shown):
            rect = self.frames.of_row(row)
            if not rect.adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(x, y):
                continue
            inner = rect.adjusted(tolerance, tolerance, -tolerance, -tolerance)
            part: Part = "inside"
            if self.frames.collapsed[row] or (inner.contains(x, y) and y <= rect.top() + TAB):
                part = "tab"
            elif not inner.contains(x, y):
                part = "border"
            return self.frames.ids[row], part
        return None

    def sticky_at(self, x: float, y: float, tolerance: float = 0.0) -> StickyId | None:
        """The topmost sticky note at a point; notes lie above everything else."""
        return self.stickies.at(x, y, tolerance)

    def sticky_part_at(self, x: float, y: float, tolerance: float = 6.0) -> tuple[StickyId, Piece] | None:
        """The topmost note at the point, and whether its inside or one of its corners is hit."""
        return self.stickies.part_at(x, y, tolerance)

    def backdrop_part_at(
        self, x: float, y: float, tolerance: float = 6.0, *, fixed: bool = False
    ) -> tuple[BackdropId, Piece] | None:
        """The topmost backdrop at the point, and whether its inside or one of its corners is hit."""
        return self.backdrops.part_at(x, y, tolerance, fixed=fixed)

    def nodes_in(self, rect: QRectF) -> list[NodeId]:
        """The nodes whose middle lies in a rectangle."""
        x, y = self.nodes.centre[:, 0], self.nodes.centre[:, 1]
        rect = rect.normalized()
        inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
        return [self.nodes.ids[int(row)] for row in np.flatnonzero(self.visible & inside)]

    def links_of(self, ids: Iterable[str]) -> list[LinkId]:
        """The drawn links that touch any of these nodes or modules."""
        rows = np.flatnonzero(self.arcs.shown & np.isin(self.arcs.ends, self.end_rows(ids)).any(axis=1))
        return [self.links.ids[int(row)] for row in rows]

    def centre(self, end: str) -> QPointF | None:
        """The middle of a drawn node or module; None for what is not drawn."""
        row = self.nodes.index.get(cast(NodeId, end))
        if row is not None:
            return QPointF(*map(float, self.nodes.centre[row])) if self.visible[row] else None
        module = self.frames.index.get(cast(ModuleId, end))
        if module is None or np.isnan(self.frames.rect[module, 0]):
            return None
        return self.frames.of_row(module).center() if self.frames.hidden_in[module] < 0 else None

    def end_rows(self, ids: Iterable[str]) -> Ints:
        """The rows of nodes, and -1 - row of modules, among ids."""
        rows = [row for row in map(self._end_row, ids) if row is not None]
        return np.array(rows, dtype=np.int32)

    def _end_row(self, end: str) -> int | None:
        node = self.nodes.index.get(cast(NodeId, end))
        if node is not None:
            return node
        module = self.frames.index.get(cast(ModuleId, end))
        return None if module is None else -1 - module

    def _beside(self, x: float, y: float) -> Floats:
        """How far the point lies outside the rim of each node; negative inside, nan without place."""
        dx = np.abs(self.nodes.centre[:, 0] - x)
        dy = np.abs(self.nodes.centre[:, 1] - y)
        away = np.hypot(dx, dy)
        diamond = self.nodes.kind == KINDS.index(NodeKind.OUTSIDE)
        box = self.nodes.kind == KINDS.index(NodeKind.SOURCE)
        away = np.where(diamond, dx + dy, np.where(box, np.maximum(dx, dy), away))
        beside: Floats = away - self.nodes.radius
        return beside

    def _polyline(self, rows: Ints) -> Floats:
        """The curves of `rows` as points, shape (rows, points, 2)."""
        share = np.linspace(0.0, 1.0, _CURVE_POINTS)[None, :, None]
        arcs = self.arcs
        start, control, end = (part[rows][:, None, :] for part in (arcs.start, arcs.control, arcs.end))
        points: Floats = (1 - share) ** 2 * start + 2 * (1 - share) * share * control + share**2 * end
        return points


def _made(document: Document, nodes: Nodes, links: Links, looks: Looks) -> Scene:
    """The scene of columns as a view shows them."""
    boxes = framed(document, nodes, looks)
    veil = Veil.of(looks, nodes, links)
    arcs = laid(nodes, links, boxes, veil, bundled=looks.bundled)
    return Scene(document, nodes, links, boxes, arcs, veil, looks, **things_of(document, looks))


def _same_modules(change: Change) -> bool:
    pairs: Mapping[ModuleId, tuple[Module | None, Module | None]] = change.modules
    return all(before is not None and after is not None for before, after in pairs.values())
