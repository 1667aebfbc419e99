"""The entities of a document as columns: what is drawn of them, one row each, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from orgmap.drawing.plain import shown
from orgmap.model.document import Document, Pair
from orgmap.model.entities import (
    Channel,
    ChannelId,
    Dash,
    EndId,
    Link,
    LinkId,
    LinkKind,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    Status,
)
from orgmap.model.frames import RADIUS, node_box

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.signedinteger[Any]]
Flags: TypeAlias = NDArray[np.bool_]

__all__ = [
    "DASHES",
    "KINDS",
    "LINK_KINDS",
    "RADIUS",
    "STATUSES",
    "WIDTHS",
    "Flags",
    "Floats",
    "Ints",
    "Links",
    "Nodes",
    "goes_badly",
]

KINDS = tuple(NodeKind)
LINK_KINDS = tuple(LinkKind)
DASHES = tuple(Dash)
STATUSES = tuple(Status)

LARGER = {1: 4.0, 2: 2.0}  # map units added at the upper levels
SHAPE = {NodeKind.PERSON: 1.0, NodeKind.ROLE: 1.0, NodeKind.OUTSIDE: 1.2, NodeKind.SOURCE: 0.92}

WIDTHS = (1.3, 1.9, 2.6, 3.4)  # map units, by contact
STEPS_OF_CONTACT = (2.0, 5.0, 12.0)  # contacts per week from which a line is thicker
STEPS_OF_STRENGTH = (0.25, 0.5, 0.75)  # of the largest strength on the map


@dataclass(frozen=True, eq=False)
class Nodes:
    """One row per node. `centre` is nan while a node has no place; `home` is -1 outside modules.

    `kind`: index into KINDS; `radius`: map units, half the width of the sign; `half_box`: half the
    width of the room the node and its name take in a frame; `second`: the module it belongs to
    besides its home, -1 none; `purpose`: does it hold the purpose.
    """

    ids: list[NodeId]
    index: dict[NodeId, int]
    names: list[str]
    centre: Floats
    radius: Floats
    half_box: Floats
    kind: Ints
    vacant: Flags
    home: Ints
    second: Ints
    newcomer: Flags
    decides: Flags
    purpose: Flags
    pinned: Flags

    @staticmethod
    def of(document: Document, modules: Mapping[ModuleId, int]) -> Nodes:
        """All nodes of the document. O(nodes)."""
        return _nodes(list(document.nodes.values()), modules)

    def changed(
        self, pairs: Mapping[NodeId, Pair[Node]], modules: Mapping[ModuleId, int]
    ) -> tuple[Nodes, Ints]:
        """The columns after a change, and for every old row its new one (-1: gone)."""
        gone = [self.index[key] for key, (_, after) in pairs.items() if after is None]
        kept = np.ones(len(self.ids), dtype=bool)
        kept[gone] = False
        moved = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        same = [node for key, (old, node) in pairs.items() if node is not None and old is not None]
        new = [node for old, node in pairs.values() if node is not None and old is None]
        base = self if not gone and not new else _joined(self, kept, _nodes(new, modules))
        if not same:
            return base, moved
        rows = [base.index[node.id] for node in same]
        part = _nodes(same, modules)
        made = replace(
            base,
            names=list(base.names),
            **{name: getattr(base, name).copy() for name in _NODE_ARRAYS},
        )
        for row, name in zip(rows, part.names, strict=True):
            made.names[row] = name
        for name in _NODE_ARRAYS:
            getattr(made, name)[rows] = getattr(part, name)
        return made, moved


_NODE_ARRAYS = (
    "centre",
    "radius",
    "half_box",
    "kind",
    "vacant",
    "home",
    "second",
    "newcomer",
    "decides",
    "purpose",
    "pinned",
)


def _nodes(nodes: list[Node], modules: Mapping[ModuleId, int]) -> Nodes:
    places = [(n.x, n.y) if n.x is not None and n.y is not None else (np.nan, np.nan) for n in nodes]
    homes = [modules.get(n.modules[0], -1) if n.modules else -1 for n in nodes]
    ids = [n.id for n in nodes]
    return Nodes(
        ids=ids,
        index={key: row for row, key in enumerate(ids)},
        names=[shown(n.name) for n in nodes],
        centre=np.array(places, dtype=np.float64).reshape(-1, 2),
        radius=np.array([radius(n) for n in nodes], dtype=np.float64),
        half_box=np.array([node_box(n)[2] for n in nodes], dtype=np.float64),
        kind=np.array([KINDS.index(n.kind) for n in nodes], dtype=np.int32),
        vacant=np.array([n.vacant for n in nodes], dtype=bool),
        home=np.array(homes, dtype=np.int32),
        second=np.array([modules.get(n.modules[1], -1) if n.modules[1:] else -1 for n in nodes], np.int32),
        newcomer=np.array([n.newcomer for n in nodes], dtype=bool),
        decides=np.array([n.decides for n in nodes], dtype=bool),
        purpose=np.array([n.holds_purpose for n in nodes], dtype=bool),
        pinned=np.array([n.pinned for n in nodes], dtype=bool),
    )


def radius(node: Node) -> float:
    """Half the width of the sign of a node, map units."""
    return (RADIUS + LARGER.get(node.level or 0, 0.0)) * SHAPE[node.kind]


def _joined(base: Nodes, kept: Flags, new: Nodes) -> Nodes:
    ids = [key for key, keep in zip(base.ids, kept, strict=True) if keep] + new.ids
    names = [key for key, keep in zip(base.names, kept, strict=True) if keep] + new.names
    arrays: dict[str, Any] = {
        name: np.concatenate((getattr(base, name)[kept], getattr(new, name))) for name in _NODE_ARRAYS
    }
    return Nodes(ids=ids, index={key: row for row, key in enumerate(ids)}, names=names, **arrays)


@dataclass(frozen=True, eq=False)
class Links:
    """One row per link. Ends: a row of Nodes, or -1 - row of a module.

    `kind`, `dash`, `status`: indices into LINK_KINDS, DASHES, STATUSES; `contact`: contacts per
    week, nan unknown; `strength`: as in a foreign file, nan unknown; `step`: -1 none; `channel`:
    its row in the document, -1 none; `ill`: does it go badly; `quiet`: is no answer needed.
    """

    ids: list[LinkId]
    index: dict[LinkId, int]
    source: Ints
    target: Ints
    kind: Ints
    two_way: Flags
    dash: Ints
    status: Ints
    contact: Floats
    strength: Floats
    step: Ints
    channel: Ints
    ill: Flags
    quiet: Flags

    @staticmethod
    def of(document: Document, nodes: Mapping[NodeId, int], modules: Mapping[ModuleId, int]) -> Links:
        """All links of the document. O(links)."""
        return _links(document.links.values(), document.channels, nodes, modules)

    def changed(
        self,
        document: Document,
        pairs: Mapping[LinkId, Pair[Link]],
        nodes: Mapping[NodeId, int],
        modules: Mapping[ModuleId, int],
        moved: Ints,
    ) -> Links:
        """The columns after a change; `moved` gives for every old node row its new one."""
        gone = [self.index[key] for key, (_, after) in pairs.items() if after is None]
        new = [link for old, link in pairs.values() if link is not None and old is None]
        same = [link for old, link in pairs.values() if link is not None and old is not None]
        kept = np.ones(len(self.ids), dtype=bool)
        kept[gone] = False
        columns: dict[str, Any] = {name: getattr(self, name)[kept] for name in _LINK_ARRAYS}
        for name in ("source", "target"):
            ends = columns[name]
            on_node = ends >= 0
            ends[on_node] = moved[ends[on_node]]
        ids, index = self.ids, self.index
        if gone or new:
            part = _links(new, document.channels, nodes, modules)
            if gone:
                ids = list(compress(ids, kept.tolist()))
                index = dict(zip(ids, range(len(ids)), strict=True))
            if new:
                index = index | {key: row for row, key in enumerate(part.ids, len(ids))}
                ids = ids + part.ids
            columns = {
                name: np.concatenate((column, getattr(part, name))) for name, column in columns.items()
            }
        if same:
            part = _links(same, document.channels, nodes, modules)
            rows = [index[link.id] for link in same]
            for name, column in columns.items():
                column[rows] = getattr(part, name)
        return Links(ids=ids, index=index, **columns)

    def at(self, rows: Ints) -> Links:
        """Some of the rows."""
        ids = [self.ids[row] for row in rows.tolist()]
        index = {key: row for row, key in enumerate(ids)}
        return Links(ids=ids, index=index, **{name: getattr(self, name)[rows] for name in _LINK_ARRAYS})

    @cached_property
    def width(self) -> Ints:
        """Per row, how thick the line is: an index into WIDTHS."""
        wide = np.digitize(np.nan_to_num(self.contact), STEPS_OF_CONTACT)
        known = ~np.isnan(self.strength)
        if known.any():
            most = float(self.strength[known].max())
            share = np.nan_to_num(self.strength) / most if most > 0 else np.zeros(len(self.ids))
            by_strength = np.digitize(share, STEPS_OF_STRENGTH)
            wide = np.where(known & np.isnan(self.contact), by_strength, wide)
        return wide.astype(np.int32)


_LINK_ARRAYS = (
    "source",
    "target",
    "kind",
    "two_way",
    "dash",
    "status",
    "contact",
    "strength",
    "step",
    "channel",
    "ill",
    "quiet",
)
WELL = (
    "",
    "good",
    "well",
    "fine",
    "ok",
    "okay",
    "healthy",
    "strong",
)  # what `Link.health` says of a good one


def goes_badly(link: Link) -> bool:
    """Does what was said of a link's health not say that it is well?"""
    return bool(link.health) and link.health.strip().lower() not in WELL


def _links(
    links: Iterable[Link],
    channels: Mapping[ChannelId, Channel],
    nodes: Mapping[NodeId, int],
    modules: Mapping[ModuleId, int],
) -> Links:
    listed = list(links)
    dashes = {key: DASHES.index(channel.dash) for key, channel in channels.items()}
    places = {key: row for row, key in enumerate(channels)}
    kinds = {kind: row for row, kind in enumerate(LINK_KINDS)}
    statuses = {status: row for row, status in enumerate(STATUSES)}

    def row(end: EndId) -> int:
        found = nodes.get(cast(NodeId, end))
        return found if found is not None else -1 - modules[cast(ModuleId, end)]

    ids = [link.id for link in listed]
    return Links(
        ids=ids,
        index={key: place for place, key in enumerate(ids)},
        source=np.array([row(link.source) for link in listed], dtype=np.int32),
        target=np.array([row(link.target) for link in listed], dtype=np.int32),
        kind=np.array([kinds[link.kind] for link in listed], dtype=np.int32),
        two_way=np.array([link.two_way for link in listed], dtype=bool),
        dash=np.array(
            [dashes.get(link.channel, 0) if link.channel is not None else 0 for link in listed],
            dtype=np.int32,
        ),
        status=np.array([statuses[link.status] for link in listed], dtype=np.int32),
        contact=_optional([link.per_week for link in listed]),
        strength=_optional([link.strength for link in listed]),
        step=np.array([-1 if link.step is None else link.step for link in listed], dtype=np.int32),
        channel=np.array(
            [-1 if link.channel is None else places.get(link.channel, -1) for link in listed], dtype=np.int32
        ),
        ill=np.array([goes_badly(link) for link in listed], dtype=bool),
        quiet=np.array([link.no_answer_needed for link in listed], dtype=bool),
    )


def _optional(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
