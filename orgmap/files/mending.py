"""From entities as a file has them to a document that keeps its rules; each repair is a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from orgmap.files.reading import Note
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    Channel,
    ChannelId,
    Extra,
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
)
from orgmap.progress import SILENT, Progress

Entity = TypeVar("Entity", Channel, Module, Node, Link, StickyNote, Backdrop, Remark)
Stuck = TypeVar("Stuck", StickyNote, Backdrop)
Named = TypeVar("Named", Channel, Module, Node)

MOST_NAME = 1_000  # characters of a name or an id
MOST_AMOUNT = 1e15  # of minutes, hours, a strength ...; no table holds more
MOST_PLACE = 1e7  # map units from the middle; farther out nothing can be drawn
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_TWICE = text("notes", "The id {id} is used a second time; this one is now {new}.")
_SAME = text("notes", "{id} stands here a second time, the same in every way; it was taken once.")
_NO_ID = text("notes", "It had no id; it is now {new}.")
_NO_END = text("notes", "The link {id} ends on {end}, which is not there; it was left out.")
_SELF = text("notes", "The link {id} leads from {end} to itself; it was left out.")
_NO_CHANNEL = text("notes", "The link {id} names the channel {channel}, which is not there.")
_ONE_WAY = text("notes", "The link {id} does not talk, so it cannot go both ways; it points one way now.")
_NO_MODULE = text("notes", "{name} is said to be in {module}, which is not there.")
_MODULE_TWICE = text("notes", "{name} is named twice in one module; once is kept.")
_NO_PARENT = text("notes", "{name} is said to lie in {parent}, which is not there.")
_RING = text("notes", "{names} lie in one another; {name} was taken out to the top.")
_NO_LEAD = text("notes", "{name} is said to be led by {lead}, who is not there.")
_HALF = text("notes", "{name} had no place that can be drawn; it will be placed anew.")
_NEGATIVE = text("notes", "{what} of {name} cannot be {value}; it was left out.")
_LONG = text("notes", "A name had {n} characters; the first {most} were kept.")
_LONG_ID = text("notes", "An id had {n} characters; a shorter one stands for it.")
_NOT_DRAWN = text("notes", "{id} has no size or place that can be drawn; it was left out.")
_FRAME = text("notes", "The frame of {name} cannot be drawn; it will be drawn round its people.")


@dataclass
class Parts:
    """What a file holds, in its order; a place for each entity, for the notes."""

    info: MapInfo = field(default_factory=MapInfo)
    channels: list[tuple[str, Channel]] = field(default_factory=list)
    modules: list[tuple[str, Module]] = field(default_factory=list)
    nodes: list[tuple[str, Node]] = field(default_factory=list)
    links: list[tuple[str, Link]] = field(default_factory=list)
    stickies: list[tuple[str, StickyNote]] = field(default_factory=list)
    backdrops: list[tuple[str, Backdrop]] = field(default_factory=list)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    serial: int = 1
    unread: Extra = field(default_factory=dict)


def clean(words: str) -> str:
    """Text without half characters and control characters, which no other file could take."""
    if not words.isprintable() and _BROKEN.search(words):
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        words = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", words)
    return words


def mended(parts: Parts, notes: list[Note], progress: Progress = SILENT) -> Document:
    """The document of these parts. Its `problems` are none; what had to give way is in `notes`."""
    _shorten(parts, notes)
    mender = _Mender(notes)
    channels = mender.unique(parts.channels, "c", ChannelId)
    modules = mender.unique(parts.modules, "m", ModuleId)
    nodes = mender.unique(parts.nodes, "n", NodeId)
    links = mender.unique(progress.part(0.0, 0.4).over(parts.links), "l", LinkId)
    stickies = mender.unique(parts.stickies, "s", StickyId)
    backdrops = mender.unique(parts.backdrops, "b", BackdropId)
    remarks = mender.unique(parts.remarks, "r", RemarkId)
    for key, (place, channel) in channels.items():
        channels[key] = (place, mender.numbers(place, mender.named(place, channel), ("delay",)))
    for m, (place, module) in modules.items():
        modules[m] = (place, mender.module(place, module, modules.keys(), nodes.keys()))
    for n, (place, node) in nodes.items():
        nodes[n] = (place, mender.node(place, node, modules.keys()))
    mender.break_rings(modules)
    ends: set[str] = {*modules, *nodes}
    listed = progress.part(0.4, 1.0).over(links.items())
    kept = ((k, mender.link(place, link, ends, channels.keys())) for k, (place, link) in listed)
    return Document(
        info=parts.info,
        channels={k: channel for k, (_, channel) in channels.items()},
        modules={k: module for k, (_, module) in modules.items()},
        nodes={k: node for k, (_, node) in nodes.items()},
        links={k: link for k, link in kept if link is not None},
        stickies={k: note for k, (place, s) in stickies.items() if (note := mender.drawn(place, s))},
        backdrops={k: back for k, (place, b) in backdrops.items() if (back := mender.drawn(place, b))},
        remarks={k: remark for k, (_, remark) in remarks.items()},
        serial=max(parts.serial, 1),
        unread=parts.unread,
    )


def _shorten(parts: Parts, notes: list[Note]) -> None:
    """Let ids over `MOST_NAME` characters give way to their beginning and a number, wherever they stand."""
    short: dict[Any, Any] = {}
    lists = (parts.channels, parts.modules, parts.nodes, parts.links)
    for listed in (*lists, parts.stickies, parts.backdrops, parts.remarks):
        for place, entity in listed:
            if len(entity.id) > MOST_NAME and entity.id not in short:
                short[entity.id] = f"{entity.id[: MOST_NAME - 20]}~{len(short) + 1}"
                notes.append(Note(None, place, _LONG_ID(n=len(entity.id))))
    if not short:
        return

    def own(entity: Entity, *names: str) -> Entity:
        found = {name: getattr(entity, name) for name in ("id", *names)}
        return replace(entity, **{name: short.get(key, key) for name, key in found.items()})

    parts.channels = [(place, own(channel)) for place, channel in parts.channels]
    parts.modules = [(place, own(module, "parent", "lead")) for place, module in parts.modules]
    parts.nodes = [
        (place, replace(own(node), modules=tuple(short.get(m, m) for m in node.modules)))
        for place, node in parts.nodes
    ]
    parts.links = [(place, own(link, "source", "target", "channel")) for place, link in parts.links]
    parts.remarks = [
        (place, replace(own(remark), about=tuple(short.get(key, key) for key in remark.about)))
        for place, remark in parts.remarks
    ]


class _Mender:
    def __init__(self, notes: list[Note]) -> None:
        self._notes = notes
        self._taken: set[str] = set()

    def note(self, place: str, message: Said) -> None:
        self._notes.append(Note(None, place, message))

    def unique(self, listed: Iterable[tuple[str, Entity]], prefix: str, kind: Any) -> dict[Any, Any]:  # noqa: ANN401
        """Each entity under an id of its own; the first keeps the id it has."""
        found: dict[Any, tuple[str, Entity]] = {}
        for place, entity in listed:
            key: str = entity.id
            if not key or key in self._taken:
                if key in found and found[key][1] == entity:
                    self.note(place, _SAME(id=key))
                    continue
                new = kind(self._fresh(prefix))
                self.note(place, _TWICE(id=key, new=new) if key else _NO_ID(new=new))
                entity, key = replace(entity, id=new), new
            self._taken.add(key)
            found[key] = (place, entity)
        return found

    def _fresh(self, prefix: str) -> str:
        number = len(self._taken) + 1
        while f"{prefix}{number}" in self._taken:
            number += 1
        return f"{prefix}{number}"

    def named(self, place: str, entity: Named) -> Named:
        if len(entity.name) <= MOST_NAME:
            return entity
        self.note(place, _LONG(n=len(entity.name), most=MOST_NAME))
        return replace(entity, name=entity.name[:MOST_NAME])

    def numbers(self, place: str, entity: Entity, fields: Sequence[str]) -> Entity:
        """Without numbers below zero, or beyond what any reader takes, where there can be none."""
        for name in fields:
            value = getattr(entity, name)
            if value is not None and not 0 <= value <= MOST_AMOUNT:
                who = getattr(entity, "name", "") or entity.id
                self.note(place, _NEGATIVE(what=name, name=who, value=value))
                instead: dict[str, Any] = {name: 0.0 if name == "delay" else None}
                entity = replace(entity, **instead)
        return entity

    def module(self, place: str, module: Module, modules: Iterable[str], nodes: Iterable[str]) -> Module:
        module = self.named(place, module)
        name = module.name or module.id
        if module.parent is not None and module.parent not in modules:
            self.note(place, _NO_PARENT(name=name, parent=module.parent))
            module = replace(module, parent=None)
        if module.lead is not None and module.lead not in nodes:
            self.note(place, _NO_LEAD(name=name, lead=module.lead))
            module = replace(module, lead=None)
        frame = module.frame
        if frame is not None:
            far = max(abs(frame.x), abs(frame.y), frame.width, frame.height) > MOST_PLACE
            if far or frame.width <= 0 or frame.height <= 0:
                self.note(place, _FRAME(name=name))
                module = replace(module, frame=None)
        return self.numbers(place, module, ("colour",))

    def node(self, place: str, node: Node, modules: Iterable[str]) -> Node:
        node = self.named(place, node)
        name = node.name or node.id
        if node.modules:
            kept = tuple(dict.fromkeys(m for m in node.modules if m in modules))
            for module in node.modules:
                if module not in modules:
                    self.note(place, _NO_MODULE(name=name, module=module))
            if len(set(node.modules)) != len(node.modules):
                self.note(place, _MODULE_TWICE(name=name))
            if kept != node.modules:
                node = replace(node, modules=kept)
        if node.x is not None or node.y is not None:
            far = node.x is None or node.y is None or max(abs(node.x), abs(node.y)) > MOST_PLACE
            if far:
                self.note(place, _HALF(name=name))
                node = replace(node, x=None, y=None)
        return node if node.hours is None else self.numbers(place, node, ("hours",))

    def drawn(self, place: str, thing: Stuck) -> Stuck | None:
        """A note or picture that can be drawn; None, with a note, for one that cannot."""
        far = max(map(abs, (thing.x, thing.y, thing.width, thing.height))) > MOST_PLACE
        if far or thing.width <= 0 or thing.height <= 0 or (isinstance(thing, Backdrop) and not thing.data):
            self.note(place, _NOT_DRAWN(id=thing.id))
            return None
        if isinstance(thing, Backdrop):
            return replace(thing, strength=min(max(thing.strength, 0.0), 1.0))
        return replace(thing, colour=max(thing.colour, 0))

    def link(self, place: str, link: Link, ends: set[str], channels: Iterable[str]) -> Link | None:
        if link.source not in ends or link.target not in ends:
            end = link.source if link.source not in ends else link.target
            self.note(place, _NO_END(id=link.id, end=end))
            return None
        if link.source == link.target:
            self.note(place, _SELF(id=link.id, end=link.source))
            return None
        if link.channel is not None and link.channel not in channels:
            self.note(place, _NO_CHANNEL(id=link.id, channel=link.channel))
            link = replace(link, channel=None)
        if link.two_way and link.kind is not LinkKind.TALKS:
            self.note(place, _ONE_WAY(id=link.id))
            link = replace(link, two_way=False)
        fields = ("per_week", "minutes", "needed_within", "answers_needed", "strength")
        return self.numbers(place, link, fields)

    def break_rings(self, modules: dict[Any, Any]) -> None:
        """Modules that lie in one another: the one that stands first comes out."""
        sound: set[str] = set()
        order = {key: number for number, key in enumerate(modules)}
        for start in order:
            way: dict[str, int] = {}
            at: str | None = start
            while at is not None and at not in sound and at not in way:
                way[at] = len(way)
                at = modules[at][1].parent
            if at is not None and at in way:
                ring = list(way)[way[at] :]
                first = min(ring, key=order.__getitem__)
                place, module = modules[first]
                listed = ", ".join(modules[key][1].name or key for key in ring[:6])
                self.note(place, _RING(names=listed, name=module.name or first))
                modules[first] = (place, replace(module, parent=None))
            sound.update(way)
