"""A part of a map that is taken along: what copy, cut and paste carry.

A fragment is a small map of its own. Putting it on a map, the same or another, makes new things of
what was chosen, and finds again what only came along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from orgmap.model.document import TABLES, Change, Document, Draft
from orgmap.model.entities import (
    Backdrop,
    ChannelId,
    EndId,
    Link,
    Module,
    ModuleId,
    Node,
    NodeId,
    StickyNote,
)
from orgmap.model.query import above, home, inside

Place = tuple[float, float]
_PREFIX = {Node: "n", Module: "m", Link: "l", StickyNote: "s", Backdrop: "b"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """`parts`: a sound map that holds only what was taken.

    `context`: ids of the nodes and modules in it that only came along, the team of a person or the
    ends of a link. They are made anew only where the map has none like them.
    """

    parts: Document
    context: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self.parts, table) for table in TABLES if table != "channels")

    @property
    def chosen(self) -> list[str]:
        """The ids of what was taken for its own sake, links too."""
        tables = (getattr(self.parts, table) for table in TABLES if table != "channels")
        return [key for table in tables for key in table if key not in self.context]


def taken(document: Document, ids: Iterable[str]) -> Fragment:
    """What is chosen, with all that is in chosen modules and the links among it. O(map).

    The modules of people and the ends of chosen links come along as context, and so do the channels
    that are used. Ids that the map does not have are ignored.
    """
    wanted = set(ids)
    modules = {m for key in wanted for m in inside(document, ModuleId(key)) if key in document.modules}
    nodes = {n.id for n in document.nodes.values() if n.id in wanted or home(n) in modules}
    ends: set[EndId] = {*modules, *nodes}
    links = [
        link
        for link in document.links.values()
        if link.id in wanted or (link.source in ends and link.target in ends)
    ]
    around = {end for link in links for end in (link.source, link.target)} - ends
    people = nodes | (around & document.nodes.keys())
    teams = modules | (around & document.modules.keys())
    teams |= {m for key in people for m in document.nodes[cast(NodeId, key)].modules}
    teams |= {up.id for key in list(teams) for up in above(document, cast(ModuleId, key))}
    channels = {link.channel for link in links}
    parts = Document(
        channels={key: channel for key, channel in document.channels.items() if key in channels},
        modules={
            key: replace(module, lead=module.lead if module.lead in people else None)
            for key, module in document.modules.items()
            if key in teams
        },
        nodes={key: node for key, node in document.nodes.items() if key in people},
        links={link.id: link for link in links},
        stickies={key: note for key, note in document.stickies.items() if key in wanted},
        backdrops={key: picture for key, picture in document.backdrops.items() if key in wanted},
        serial=document.serial,
    )
    return Fragment(parts, frozenset((people | teams) - ends))


def moved(fragment: Fragment, by: Mapping[str, Place]) -> Fragment:
    """The fragment with each thing named in `by` moved so far, map units."""
    parts = fragment.parts
    modules, nodes = dict(parts.modules), dict(parts.nodes)
    stickies, backdrops = dict(parts.stickies), dict(parts.backdrops)
    for key, (dx, dy) in by.items():
        if key in modules and (frame := modules[ModuleId(key)].frame) is not None:
            there = replace(frame, x=frame.x + dx, y=frame.y + dy)
            modules[ModuleId(key)] = replace(modules[ModuleId(key)], frame=there)
        elif (node := parts.nodes.get(NodeId(key))) is not None and node.x is not None and node.y is not None:
            nodes[node.id] = replace(node, x=node.x + dx, y=node.y + dy)
        for table in (stickies, backdrops):
            flat = cast("dict[str, Any]", table)
            if key in flat:
                flat[key] = replace(flat[key], x=flat[key].x + dx, y=flat[key].y + dy)
    parts = replace(parts, modules=modules, nodes=nodes, stickies=stickies, backdrops=backdrops)
    return Fragment(parts, fragment.context)


def put(
    document: Document,
    fragment: Fragment,
    *,
    into: ModuleId | None = None,
    leaving: Iterable[ModuleId] = (),
    back: Change | None = None,
) -> tuple[Change, list[str]]:
    """Put a fragment on a map, where it says it lies; the new ids of what was chosen come with it.

    Channels are found by name or id, what is context by id and name, or by a name that only one
    has. `into`: the module that takes in whoever and whatever lay in a module that only came along.
    `leaving`: modules of this map whose people the fragment shall not join. `back`: the change that
    cut this fragment out of this map; then ids stay, and links to what was left are made again.
    """
    putting = _Putting(document, fragment, into, frozenset(leaving), keep=back is not None)
    putting.channels()
    putting.ends()
    putting.links()
    putting.loose()
    if back is not None:
        putting.return_to(back)
    return putting.draft.change(), putting.made


def copies(document: Document, ids: Iterable[str], by: Place) -> tuple[Change, list[str]]:
    """Copies on the same map, moved by `by`: with all that is in chosen modules and the links among it."""
    fragment = taken(document, ids)
    return put(document, moved(fragment, dict.fromkeys(fragment.chosen, by)))


class _Putting:
    def __init__(
        self,
        document: Document,
        fragment: Fragment,
        into: ModuleId | None,
        leaving: frozenset[ModuleId],
        *,
        keep: bool,
    ) -> None:
        self.draft = Draft(document)
        self.made: list[str] = []
        self._document, self._parts, self._context = document, fragment.parts, fragment.context
        self._into, self._leaving, self._keep = into, leaving, keep
        self._ids: dict[str, str] = {}
        self._used: set[str] = set()  # ids given away, though not all stand in the draft yet

    def channels(self) -> None:
        by_name = {c.name.strip().casefold(): c.id for c in self._document.channels.values()}
        for channel in self._parts.channels.values():
            same = by_name.get(channel.name.strip().casefold())
            ours = channel.id[1:].isdigit()  # such an id is a number, and means nothing on another map
            if same is None and channel.id in self._document.channels and not ours:
                same = channel.id
            if same is None:
                same = ChannelId(channel.id if self._free(channel.id) else self.draft.fresh("c"))
                self.draft.put(replace(channel, id=same))
            self._ids[channel.id] = same

    def ends(self) -> None:
        """Modules, then nodes; who lies in what is said when all have their ids."""
        ends: tuple[Node | Module, ...] = (*self._parts.modules.values(), *self._parts.nodes.values())
        new: list[Node | Module] = []
        for end in ends:
            same = self._like(end) if end.id in self._context else None
            if same is None:
                new.append(end)
                self._ids[end.id] = self._id(end)
            else:
                self._ids[end.id] = same
        for end in new:
            if isinstance(end, Module):
                lead = self._ids[end.lead] if end.lead is not None else None
                self._add(end, parent=self._inside(end.parent, end.id), lead=lead)
            else:
                self._add(end, modules=self._memberships(end))

    def links(self) -> None:
        alone = not self.made
        for link in self._parts.links.values():
            source, target = self._ids[link.source], self._ids[link.target]
            channel = self._ids[link.channel] if link.channel is not None else None
            if source != target:
                self._ids[link.id] = self._id(link)
                self._add(link, source=source, target=target, channel=channel)
                if not alone:
                    self.made.pop()  # they are seen by their ends

    def loose(self) -> None:
        things: list[StickyNote | Backdrop] = [
            *self._parts.stickies.values(),
            *self._parts.backdrops.values(),
        ]
        for thing in things:
            self._ids[thing.id] = self._id(thing)
            self._add(thing)

    def return_to(self, cut: Change) -> None:
        """What the cut took away besides: links to those who stayed, and who led their modules."""
        for link, _ in cut.links.values():
            if link is not None and self.draft.get(link.id) is None and all(self._there(link)):
                self.draft.put(link)
        for before, _ in cut.modules.values():
            now = self.draft.get(before.id) if before is not None else None
            if before is None or before.lead is None or not isinstance(now, Module):
                continue
            if now.lead is None and isinstance(self.draft.get(before.lead), Node):
                self.draft.put(replace(now, lead=before.lead))

    def _there(self, link: Link) -> Iterator[bool]:
        for end in (link.source, link.target):
            yield isinstance(self.draft.get(end), Node | Module)
        yield link.channel is None or self.draft.get(link.channel) is not None

    def _inside(self, parent: ModuleId | None, own: str) -> str | None:
        """The module a new module lies in."""
        if own not in self._context and (parent is None or parent in self._context):
            if self._into is not None:
                return self._into
            if parent is not None and self._ids[parent] in self._leaving:
                return None
        return self._ids[parent] if parent is not None else None

    def _memberships(self, node: Node) -> tuple[str, ...]:
        """The modules of a new node, the home first."""
        own = home(node)
        rest = [self._ids[m] for m in node.modules[1:]]
        if own is None:
            homes = [self._into] if self._into is not None else []
        elif own not in self._context or node.id in self._context:
            homes = [ModuleId(self._ids[own])]
        elif self._into is not None:
            homes = [self._into]
        else:
            found = ModuleId(self._ids[own])
            homes = [] if found in self._leaving else [found]
        return tuple(dict.fromkeys((*homes, *rest)))

    def _like(self, end: Node | Module) -> str | None:
        """The one of the map that a part which only came along stands for."""
        table = self._document.nodes if isinstance(end, Node) else self._document.modules
        found = cast("Mapping[str, Node | Module]", table)
        same = found.get(end.id)
        if same is not None and same.name == end.name:
            return same.id
        wanted = end.name.strip().casefold()
        named = [other.id for other in found.values() if other.name.strip().casefold() == wanted]
        return named[0] if len(named) == 1 and wanted else None

    def _add(self, entity: Node | Module | Link | StickyNote | Backdrop, **fields: Any) -> None:  # noqa: ANN401
        made = self._ids[entity.id]
        self.draft.put(replace(entity, id=cast(Any, made), **fields))
        if entity.id not in self._context:
            self.made.append(made)

    def _id(self, entity: Node | Module | Link | StickyNote | Backdrop) -> str:
        made = str(entity.id)
        while not (self._keep and self._free(made)):
            made = self.draft.fresh(_PREFIX[type(entity)])
            if self._free(made):
                break
        self._used.add(made)
        return made

    def _free(self, key: str) -> bool:
        return key not in self._used and self.draft.get(key) is None
