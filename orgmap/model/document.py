"""One map, never altered, only replaced: `Document`, and what differs between two: `Change`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar, cast

from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    Channel,
    ChannelId,
    EndId,
    Link,
    LinkId,
    LinkKind,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    Remark,
    RemarkId,
    StickyId,
    StickyNote,
    default_channels,
)

K = TypeVar("K")
V = TypeVar("V")
Pair = tuple[V | None, V | None]  # before and after; None is absent
Pairs = Mapping[K, Pair[V]]

Entity = Channel | Module | Node | Link | StickyNote | Backdrop | Remark
# In an order in which each may name those before it; the last three mean nothing to the analysis.
TABLES = ("channels", "modules", "nodes", "links", "stickies", "backdrops", "remarks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole map. `serial` is the next number tried for a new id, so that none is used twice."""

    info: MapInfo = field(default_factory=MapInfo)
    channels: Mapping[ChannelId, Channel] = field(default_factory=default_channels)
    modules: Mapping[ModuleId, Module] = field(default_factory=dict)
    nodes: Mapping[NodeId, Node] = field(default_factory=dict)
    links: Mapping[LinkId, Link] = field(default_factory=dict)
    stickies: Mapping[StickyId, StickyNote] = field(default_factory=dict)
    backdrops: Mapping[BackdropId, Backdrop] = field(default_factory=dict)
    remarks: Mapping[RemarkId, Remark] = field(default_factory=dict)
    serial: int = field(default=1, compare=False)
    unread: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, change: Change) -> Document:
        """The document after `change`. Raises ValueError if it was made for another document.

        Cost: one copy of each table that is touched.
        """
        tables = {
            name: _applied(getattr(self, name), pairs, name)
            for name in TABLES
            if (pairs := getattr(change, name))
        }
        info = self.info
        if change.info is not None:
            if self.info != change.info[0]:
                raise ValueError("the change was made for another document: info")
            info = change.info[1]
        unread = self.unread if change.unread is None else change.unread[1]
        return replace(self, info=info, serial=max(self.serial, change.serial), unread=unread, **tables)

    def end(self, end: EndId) -> Node | Module | None:
        """The node or module with this id."""
        return self.nodes.get(cast(NodeId, end)) or self.modules.get(cast(ModuleId, end))

    def fresh(self, prefix: str, taken: int = 0) -> str:
        """An id nobody has had: the `taken`-th free one counted from `serial`, as in "n12"."""
        return f"{prefix}{self.serial + taken}"

    def has(self, any_id: str) -> bool:
        """Is this id in use, in any table?"""
        return any(any_id in getattr(self, name) for name in TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between two documents: per id, the value before and after.

    None means absent: (None, v) adds, (v, None) removes, (v, w) updates.
    `unread`: what a newer program keeps in the file beside the tables, before and after.
    An empty change is false. Changes are plain data and cross processes.
    """

    info: tuple[MapInfo, MapInfo] | None = None
    channels: Pairs[ChannelId, Channel] = field(default_factory=dict)
    modules: Pairs[ModuleId, Module] = field(default_factory=dict)
    nodes: Pairs[NodeId, Node] = field(default_factory=dict)
    links: Pairs[LinkId, Link] = field(default_factory=dict)
    stickies: Pairs[StickyId, StickyNote] = field(default_factory=dict)
    backdrops: Pairs[BackdropId, Backdrop] = field(default_factory=dict)
    remarks: Pairs[RemarkId, Remark] = field(default_factory=dict)
    serial: int = field(default=0, compare=False)
    unread: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None

    def __bool__(self) -> bool:
        about = self.info is not None or self.unread is not None
        return about or any(getattr(self, name) for name in TABLES)

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(
            info=(self.info[1], self.info[0]) if self.info is not None else None,
            serial=self.serial,
            unread=(self.unread[1], self.unread[0]) if self.unread is not None else None,
            **{name: {key: (b, a) for key, (a, b) in getattr(self, name).items()} for name in TABLES},
        )

    def then(self, later: Change) -> Change:
        """One change that does this and then `later`; what ends where it began is left out."""
        return Change(
            info=_joined(self.info, later.info),
            serial=max(self.serial, later.serial),
            unread=_joined(self.unread, later.unread),
            **{name: _squashed(getattr(self, name), getattr(later, name)) for name in TABLES},
        )

    def touched(self) -> Iterator[str]:
        """The ids of everything that differs, all tables."""
        for name in TABLES:
            yield from getattr(self, name)

    def structural(self) -> bool:
        """Does it alter anything an analysis could see, that is, more than places and looks?"""
        if self.info is not None or self.channels:
            return True
        looks: dict[str, Any] = {"x": None, "y": None, "pinned": False}
        for before, after in self.nodes.values():
            if before is None or after is None or replace(before, **looks) != replace(after, **looks):
                return True
        frames: dict[str, Any] = {"frame": None, "colour": None, "collapsed": False}
        for old, new in self.modules.values():
            if old is None or new is None or replace(old, **frames) != replace(new, **frames):
                return True
        return bool(self.links)


def difference(before: Document, after: Document) -> Change:
    """The change that turns `before` into `after`. O(entities); identical values cost nothing."""
    tables: dict[str, Any] = {}
    for name in TABLES:
        old, new = getattr(before, name), getattr(after, name)
        if old is new:
            continue
        pairs = {key: (value, new.get(key)) for key, value in old.items() if new.get(key) != value}
        pairs |= {key: (None, value) for key, value in new.items() if key not in old}
        tables[name] = pairs
    info = (before.info, after.info) if before.info != after.info else None
    unread = (before.unread, after.unread) if before.unread != after.unread else None
    return Change(info=info, serial=after.serial, unread=unread, **tables)


def problems(document: Document) -> list[str]:
    """What breaks the rules every document keeps; empty for a sound one. For tests and readers."""
    found: list[str] = []
    ids: set[str] = set()
    for name in TABLES:
        for key, value in getattr(document, name).items():
            if key != value.id:
                found.append(f"{name} {key}: stands under another id than its own ({value.id})")
            if key in ids:
                found.append(f"{name} {key}: the id is used twice")
            ids.add(key)
    for node in document.nodes.values():
        found += [f"node {node.id}: no module {m}" for m in node.modules if m not in document.modules]
        if len(set(node.modules)) != len(node.modules):
            found.append(f"node {node.id}: twice in one module")
        if (node.x is None) != (node.y is None):
            found.append(f"node {node.id}: half a place")
    rings = _in_rings(document)
    for module in document.modules.values():
        if module.parent is not None and module.parent not in document.modules:
            found.append(f"module {module.id}: no parent {module.parent}")
        if module.lead is not None and module.lead not in document.nodes:
            found.append(f"module {module.id}: no lead {module.lead}")
        if module.id in rings:
            found.append(f"module {module.id}: inside itself")
    for link in document.links.values():
        found += [
            f"link {link.id}: no end {e}" for e in (link.source, link.target) if document.end(e) is None
        ]
        if link.source == link.target:
            found.append(f"link {link.id}: from {link.source} to itself")
        if link.channel is not None and link.channel not in document.channels:
            found.append(f"link {link.id}: no channel {link.channel}")
        if link.two_way and link.kind is not LinkKind.TALKS:
            found.append(f"link {link.id}: only talks go both ways")
    return found


def _in_rings(document: Document) -> set[ModuleId]:
    """The modules that lie inside themselves. O(modules), however deep they lie."""
    found: set[ModuleId] = set()
    seen: set[ModuleId] = set()
    for start in document.modules:
        way: dict[ModuleId, None] = {}
        at: ModuleId | None = start
        while at is not None and at in document.modules and at not in seen and at not in way:
            way[at] = None
            at = document.modules[at].parent
        if at in way:
            listed = list(way)
            found.update(listed[listed.index(at) :])
        seen.update(way)
    return found


def _applied(table: Mapping[K, V], pairs: Pairs[K, V], name: str) -> Mapping[K, V]:
    after = dict(table)
    for key, (old, new) in pairs.items():
        found = after.get(key)
        if found is not old and found != old:
            raise ValueError(f"the change was made for another document: {name} {key}")
        if new is None:
            del after[key]
        else:
            after[key] = new
    return after


def _joined(first: tuple[V, V] | None, later: tuple[V, V] | None) -> tuple[V, V] | None:
    if first is None or later is None:
        return first or later
    return (first[0], later[1]) if first[0] != later[1] else None


def _squashed(first: Pairs[K, V], later: Pairs[K, V]) -> Pairs[K, V]:
    if not first or not later:
        return first or later
    both = dict(first)
    for key, (old, new) in later.items():
        before = both[key][0] if key in both else old
        if before == new:
            both.pop(key, None)
        else:
            both[key] = (before, new)
    return both


class Draft:
    """Several changes made one after the other, each seeing the last; `change` is the sum.

    A verb of `edits` uses it to speak about the document it is in the middle of making.
    """

    def __init__(self, document: Document) -> None:
        self.base = document
        self._tables: dict[str, dict[str, Any]] = {}
        self._info = document.info
        self._serial = document.serial

    def fresh(self, prefix: str) -> str:
        """A new id, as in "n12"."""
        while True:
            made = f"{prefix}{self._serial}"
            self._serial += 1
            if not self.base.has(made) and not any(made in table for table in self._tables.values()):
                return made

    def put(self, entity: Entity) -> Self:
        """Add the entity, or replace the one with its id."""
        self._table(_table_of(entity))[entity.id] = entity
        return self

    def drop(self, entity: Entity) -> Self:
        """Remove the entity."""
        self._table(_table_of(entity))[entity.id] = None
        return self

    def set_info(self, info: MapInfo) -> Self:
        """Replace what is said of the map as a whole."""
        self._info = info
        return self

    def get(self, any_id: str) -> Entity | None:
        """The entity with this id as the draft has it now."""
        for name in TABLES:
            if any_id in self._tables.get(name, {}):
                return cast(Entity | None, self._tables[name][any_id])
            found = getattr(self.base, name).get(any_id)
            if found is not None:
                return cast(Entity, found)
        return None

    def change(self) -> Change:
        """Everything done so far as one change."""
        tables: dict[str, Any] = {}
        for name, table in self._tables.items():
            old = getattr(self.base, name)
            tables[name] = {k: (old.get(k), v) for k, v in table.items() if old.get(k) != v}
        info = (self.base.info, self._info) if self._info != self.base.info else None
        return Change(info=info, serial=self._serial, **tables)

    def _table(self, name: str) -> dict[str, Any]:
        return self._tables.setdefault(name, {})


def _table_of(entity: Entity) -> str:
    match entity:
        case Node():
            return "nodes"
        case Link():
            return "links"
        case Module():
            return "modules"
        case Channel():
            return "channels"
        case StickyNote():
            return "stickies"
        case Backdrop():
            return "backdrops"
        case Remark():
            return "remarks"
