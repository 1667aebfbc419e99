"""An import into a map that is open: one change, and none at all if it was imported before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from orgmap.files.acquaintance import Known, agreement, alike, instead
from orgmap.files.reading import Note
from orgmap.files.values import brief
from orgmap.i18n import Said, names, text
from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import (
    Channel,
    ChannelId,
    EndId,
    Link,
    LinkId,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
)

Told = TypeVar("Told", Node, Module, Link)
Named = TypeVar("Named", Node, Module)

_LINK_KEY = ("kind", "two_way", "purpose", "topic", "step")
_NOT_TAKEN = ("id", "extra", "unread", "modules", "x", "y", "parent", "lead", "source", "target", "channel")

_RING = text("notes", "{outer} lies in {name} on this map already, so {name} was not laid in it.")
_LOOP = text("notes", "Both ends of a link are {name} on this map; the link was left out.")
_OTHER_IDS = text(
    "notes",
    "The ids of this file belong to others on this map, as {id}: {mine} here, {theirs} in the file. Who is"
    " who was told by the names.",
)
_RENAMED = text(
    "notes",
    "{n} name is another one in the file and was taken from there, because the id is the same: {names}.",
    "{n} names are others in the file and were taken from there, because the ids are the same: {names}.",
)
_SEVERAL = text(
    "notes",
    "{n} name of the file is that of several, on this map or in the file, so nobody could be known again and"
    " one more was added: {names}.",
    "{n} names of the file are each those of several, on this map or in the file, so nobody could be known"
    " again and one more was added for each: {names}.",
)
_NEAR_PERSON = text(
    "notes",
    "{mine} on this map and {theirs} in the file may be the same person, spelt in two ways; nothing was"
    " merged.",
)
_NEAR_MODULE = text(
    "notes",
    "{mine} on this map and {theirs} in the file may be the same module, spelt in two ways; nothing was"
    " merged.",
)
_STUCK = text(
    "notes",
    "{n} note, picture or remark on a finding was left out: an import brings people, modules and links.",
    "{n} notes, pictures and remarks on findings were left out: an import brings people, modules and links.",
)

_TOLD: dict[type, list[tuple[str, Any]]] = {
    kind: [(each.name, each.default) for each in fields(kind) if each.name not in _NOT_TAKEN]
    for kind in (Node, Module, Link)
}


@dataclass(frozen=True, slots=True)
class Joined:
    """The one step of an import. `ids`: of its people, modules and links, as they are called in the map.

    `notes`: what of it could not be taken into this map, and why.
    """

    change: Change
    ids: Mapping[str, str]
    notes: tuple[Note, ...] = ()


def merge(document: Document, imported: Document) -> Change:
    """What the import adds to the open map or says anew, as one step; see `joined`."""
    return joined(document, imported).change


def joined(document: Document, imported: Document, same: Mapping[str, str] | None = None) -> Joined:
    """What the import adds to the open map or says anew, and who of it is who.

    A node or module is the same if it has the same id, or else the same name and no other has it; letter
    case counts only where names differ by nothing else. Where names differ, an id counts only if most ids
    that both have go with the same name: another file may have numbered other people from 1 on.
    What the import does not say stays as it is; nobody who has a place is moved; nothing is removed.
    The same file a second time changes nothing. `same`: names of the map that are to be others in the import,
    as of `ReadOptions`; names that are near one of the map, and new, are proposed in the notes.
    """
    merger = _Merger(document, imported, same or {})
    merger.channels()
    merger.modules()
    merger.nodes()
    merger.inside()
    merger.links()
    merger.info()
    merger.tell_names()
    merger.propose_names()
    merger.rest()
    return Joined(merger.draft.change(), merger.ids | merger.link_ids, tuple(merger.notes))


class _Merger:
    def __init__(self, document: Document, imported: Document, same: Mapping[str, str]) -> None:
        self.draft = Draft(document)
        self._open, self._new = document, imported
        self.ids: dict[str, str] = {}  # of channels, modules and people of the import, in the open map
        self.link_ids: dict[str, str] = {}
        self.notes: list[Note] = []
        self._known = Known(document, imported, same)
        self._same = same
        self._added: list[Node | Module] = []
        self._renamed: list[str] = []

    def channels(self) -> None:
        by_name = {c.name.casefold(): c.id for c in self._open.channels.values()}
        used = {link.channel for link in self._new.links.values()}
        for channel in self._new.channels.values():
            if channel.name.casefold() in by_name:
                self.ids[channel.id] = by_name[channel.name.casefold()]
            elif channel.id in used:
                self.ids[channel.id] = self._free(channel.id, "c")
                made: Channel = replace(channel, id=ChannelId(self.ids[channel.id]))
                self.draft.put(made)

    def modules(self) -> None:
        for module in self._new.modules.values():
            same = self._known.same(module)
            self.ids[module.id] = same.id if same is not None else self._free(module.id, "m")
            if isinstance(same, Module):
                updated = self._renaming(_updated(same, module), module)
                self._see_name(same, updated)
                self._put(updated)
            else:
                self._added.append(module)
                bare = replace(module, id=ModuleId(self.ids[module.id]), parent=None, lead=None)
                self.draft.put(bare)

    def nodes(self) -> None:
        for node in self._new.nodes.values():
            same = self._known.same(node)
            self.ids[node.id] = same.id if same is not None else self._free(node.id, "n")
            inside = tuple(ModuleId(self.ids[m]) for m in node.modules)
            if not isinstance(same, Node):
                self._added.append(node)
                self.draft.put(replace(node, id=NodeId(self.ids[node.id]), modules=inside))
                continue
            merged = self._renaming(_updated(same, node), node)
            self._see_name(same, merged)
            merged = replace(merged, modules=tuple(dict.fromkeys((*same.modules, *inside))))
            if same.x is None and node.x is not None:
                merged = replace(merged, x=node.x, y=node.y)
            self._put(merged)

    def inside(self) -> None:
        """Parents and leads, now that all modules are there; none that would close a ring."""
        for module in self._new.modules.values():
            mine = cast(Module, self.draft.get(self.ids[module.id]))
            if module.parent is not None:
                parent = ModuleId(self.ids[module.parent])
                if not self._lies_in(parent, mine.id):
                    mine = replace(mine, parent=parent)
                else:
                    outer = cast(Module, self.draft.get(parent))
                    self._note(_RING(name=brief(mine.name), outer=brief(outer.name)))
            if module.lead is not None:
                mine = replace(mine, lead=NodeId(self.ids[module.lead]))
            self._put(mine)

    def links(self) -> None:
        pool: dict[tuple[Any, ...], list[Link]] = defaultdict(list)
        for link in self._open.links.values():
            pool[_key(link)].append(link)
        for link in self._new.links.values():
            source, target = (cast(EndId, self.ids[end]) for end in (link.source, link.target))
            channel = ChannelId(self.ids[link.channel]) if link.channel is not None else None
            moved = replace(link, source=source, target=target, channel=channel)
            if source == target:
                end = cast(Node | Module, self.draft.get(source))
                self._note(_LOOP(name=brief(end.name)))
                continue
            waiting = pool[_key(moved)]
            if waiting:
                same = next((one for one in waiting if one.id == link.id), waiting[0])
                waiting.remove(same)
                self.link_ids[link.id] = same.id
                self._put(_updated(same, moved))
            else:
                self.link_ids[link.id] = self._free(link.id, "l")
                self.draft.put(replace(moved, id=LinkId(self.link_ids[link.id])))

    def tell_names(self) -> None:
        """Who is called otherwise now; and whose id was not trusted."""
        for theirs in self._known.numbered_anew.values():
            mine = cast(Node | Module, self._open.end(theirs.id))
            told = _OTHER_IDS(id=brief(theirs.id), mine=brief(mine.name), theirs=brief(theirs.name))
            self._note(told)
        if self._renamed:
            self._note(_RENAMED(n=len(self._renamed), names=names(self._renamed)))

    def propose_names(self) -> None:
        """Who is added under a name that several have, or that is near that of somebody who is not in the
        import.
        """
        several = [each.name for each in self._added if self._known.named_twice(each)]
        if several:
            self._note(_SEVERAL(n=len(several), names=names(map(brief, dict.fromkeys(several)))))
        met = set(self.ids.values())
        for kind, may_be in ((Node, _NEAR_PERSON), (Module, _NEAR_MODULE)):
            theirs = dict.fromkeys(each.name for each in self._added if _is_like(each, kind))
            here: list[Node | Module] = [*self._open.nodes.values(), *self._open.modules.values()]
            mine = dict.fromkeys(each.name for each in here if _is_like(each, kind) and each.id not in met)
            for pair in alike(mine, theirs.keys() - mine.keys()) if theirs else ():
                message = may_be(mine=brief(pair[0]), theirs=brief(pair[1]))
                self.notes.append(Note(None, "", message, spellings=pair))

    def rest(self) -> None:
        """What is drawn or said on the map of the import stays there."""
        stuck = len(self._new.stickies) + len(self._new.backdrops) + len(self._new.remarks)
        if stuck:
            self._note(_STUCK(n=stuck))

    def _note(self, message: Said) -> None:
        self.notes.append(Note(None, "", message))

    def info(self) -> None:
        """The open map keeps what is said of it; the import fills what is empty."""
        mine, theirs = self._open.info, self._new.info
        words = {name: getattr(mine, name) or getattr(theirs, name) for name in ("title", "purpose", "notes")}
        self.draft.set_info(replace(mine, asked=mine.asked or theirs.asked, **words))

    def _renaming(self, mine: Named, theirs: Named) -> Named:
        """With the name of the import, if somebody said so."""
        told = self._same.get(mine.name) == theirs.name
        return replace(mine, name=theirs.name) if told else mine

    def _see_name(self, before: Node | Module, after: Node | Module) -> None:
        told = self._same.get(before.name) == after.name
        if after.name != before.name and before.name != before.id and not told:
            self._renamed.append(f"{brief(before.name)} \N{RIGHTWARDS ARROW} {brief(after.name)}")

    def _put(self, entity: Node | Module | Link) -> None:
        if self.draft.get(entity.id) != entity:
            self.draft.put(entity)

    def _free(self, key: str, prefix: str) -> str:
        """The id itself, else one that is made of it, so that the same import finds it again."""
        if self.draft.get(key) is None:
            return key
        other = instead(key, prefix)
        return self.draft.fresh(prefix) if self.draft.get(other) is not None else other

    def _lies_in(self, module: ModuleId, outer: ModuleId) -> bool:
        at: ModuleId | None = module
        seen: set[str] = set()
        while at is not None and at not in seen:
            if at == outer:
                return True
            seen.add(at)
            found = self.draft.get(at)
            at = found.parent if isinstance(found, Module) else None
        return False


def _is_like(entity: Node | Module, kind: type[Node | Module]) -> bool:
    """Is it a module, or a person: of posts and systems there are many with names that are near."""
    return isinstance(entity, kind) and (isinstance(entity, Module) or entity.kind is NodeKind.PERSON)


def _updated(mine: Told, theirs: Told) -> Told:
    """What is here, with what the import says; what it leaves at its default is not said."""
    told: dict[str, Any] = {}
    for name, default in _TOLD[type(mine)]:
        value = getattr(theirs, name)
        if value != default and value != getattr(mine, name):
            told[name] = value
    if not isinstance(theirs, Link) and not isinstance(mine, Link):
        alike = agreement(mine, theirs) > 0
        if alike or theirs.name in ("", theirs.id):
            told.pop("name", None)
    extra = {**mine.extra, **theirs.extra}
    if extra != mine.extra:
        told["extra"] = extra
    return replace(mine, **told) if told else mine


def _key(link: Link) -> tuple[Any, ...]:
    """What a link says, whichever way round a two-way one is drawn."""
    ends = tuple(sorted((link.source, link.target))) if link.two_way else (link.source, link.target)
    return (ends, link.channel, *(getattr(link, name) for name in _LINK_KEY))
