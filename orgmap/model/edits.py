"""Every verb a user has: a document in, a `Change` out. Nothing here alters anything.

Verbs raise `EditError` for what makes no sense and give an empty change for what changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from orgmap.errors import EditError
from orgmap.i18n import say, text
from orgmap.model.document import Change, Document, Draft, Entity
from orgmap.model.entities import (
    Backdrop,
    Channel,
    ChannelId,
    EndId,
    Frame,
    Link,
    LinkId,
    LinkKind,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    StickyNote,
)
from orgmap.model.query import above, inside, links_of

Place = tuple[float, float]

_SELF_LINK = text("edit", "{name} cannot be linked to itself.")
_RING = text("edit", "{name} cannot lie inside itself.")
_NO_END = text("edit", "One end of this link is no longer on the map.")


def add_node(
    document: Document,
    name: str,
    at: Place | None = None,
    *,
    kind: NodeKind = NodeKind.PERSON,
    module: ModuleId | None = None,
) -> tuple[Change, NodeId]:
    """Put a node on the map; its id comes back with the change."""
    draft = Draft(document)
    made = NodeId(draft.fresh("n"))
    modules = (module,) if module is not None else ()
    x, y = at if at is not None else (None, None)
    return draft.put(Node(id=made, name=name, kind=kind, modules=modules, x=x, y=y)).change(), made


def add_link(
    document: Document,
    source: EndId,
    target: EndId,
    *,
    two_way: bool = True,
    kind: LinkKind = LinkKind.TALKS,
    **fields: Any,  # noqa: ANN401 - the fields of Link
) -> tuple[Change, LinkId]:
    """Link two nodes or modules. Drawn by hand, talk is two-way unless one says otherwise."""
    if source == target:
        end = document.end(source)
        raise EditError(_SELF_LINK(name=end.name if end is not None else str(source)))
    if document.end(source) is None or document.end(target) is None:
        raise EditError(_NO_END())
    draft = Draft(document)
    made = LinkId(draft.fresh("l"))
    both = two_way and kind is LinkKind.TALKS
    draft.put(Link(id=made, source=source, target=target, kind=kind, two_way=both, **fields))
    return draft.change(), made


def link_each(
    document: Document, sources: Iterable[EndId], targets: Iterable[EndId]
) -> tuple[Change, list[LinkId]]:
    """Two-way talk between each source and each target, nobody with themselves; the ids of the links.

    Raises EditError if an end is no longer on the map.
    """
    draft, made, others = Draft(document), list[LinkId](), list(dict.fromkeys(targets))
    for source in sources:
        for target in others:
            if document.end(source) is None or document.end(target) is None:
                raise EditError(_NO_END())
            if source != target:
                made.append(LinkId(draft.fresh("l")))
                draft.put(Link(id=made[-1], source=source, target=target, two_way=True))
    return draft.change(), made


def add_module(
    document: Document,
    name: str,
    nodes: Iterable[NodeId] = (),
    *,
    frame: Frame | None = None,
    parent: ModuleId | None = None,
) -> tuple[Change, ModuleId]:
    """A module round `nodes`, which make it their home; `frame` is where it stands while empty."""
    draft = Draft(document)
    made = ModuleId(draft.fresh("m"))
    draft.put(Module(id=made, name=name, frame=frame, parent=parent))
    for key in nodes:
        node = document.nodes[key]
        draft.put(replace(node, modules=(made, *node.modules[1:])))
    return draft.change(), made


def join(document: Document, nodes: Iterable[NodeId], module: ModuleId | None) -> Change:
    """Make `module` the home of `nodes`; with None they leave their home module."""
    draft = Draft(document)
    for key in nodes:
        node = document.nodes[key]
        rest = tuple(m for m in node.modules[1:] if m != module)
        draft.put(replace(node, modules=(module, *rest) if module is not None else rest))
    return draft.change()


def also_in(document: Document, nodes: Iterable[NodeId], module: ModuleId) -> Change:
    """Let nodes belong to a further module; their home stays what it was, if they have one."""
    draft = Draft(document)
    for key in nodes:
        node = document.nodes[key]
        if module not in node.modules:
            draft.put(replace(node, modules=(*node.modules, module)))
    return draft.change()


def take_out(document: Document, nodes: Iterable[NodeId], module: ModuleId) -> Change:
    """End the membership of nodes in one module, home or further."""
    draft = Draft(document)
    for key in nodes:
        node = document.nodes[key]
        if module in node.modules:
            draft.put(replace(node, modules=tuple(m for m in node.modules if m != module)))
    return draft.change()


def nest(document: Document, module: ModuleId, parent: ModuleId | None) -> Change:
    """Lay a module inside another, or with None at the top. Raises EditError for a ring."""
    own = document.modules[module]
    if parent is not None and parent in inside(document, module):
        raise EditError(_RING(name=own.name or str(module)))
    return Draft(document).put(replace(own, parent=parent)).change()


def move(document: Document, to: Mapping[NodeId, Place] | Mapping[EndId, Place]) -> Change:
    """Put nodes in new places, and frames that stand by themselves: the place is their middle."""
    draft = Draft(document)
    for key, (x, y) in to.items():
        found = document.end(key)
        if isinstance(found, Node):
            draft.put(replace(found, x=x, y=y))
        elif found is not None and found.frame is not None:
            frame = replace(found.frame, x=x - found.frame.width / 2, y=y - found.frame.height / 2)
            draft.put(replace(found, frame=frame))
    return draft.change()


def lay_out(
    document: Document, to: Mapping[NodeId, Place] | Mapping[EndId, Place], of: Iterable[EndId] | None = None
) -> Change:
    """`move` as a layout does it: the frames of modules close round their people again.

    `of`: what the layout looked after, None: the whole map. Empty modules keep their frames.
    """
    chosen = None if of is None else set[str](of)
    full = {n.modules[0] for n in document.nodes.values() if n.modules and (chosen is None or n.id in chosen)}
    full |= {m.parent for m in document.modules.values() if m.parent and (chosen is None or m.id in chosen)}
    draft = Draft(document)
    for module in {m.id: m for key in full for m in above(document, key)}.values():
        if module.frame is not None:
            draft.put(replace(module, frame=None))
    change = draft.change()
    return change.then(move(document.apply(change), to))


def outermost(document: Document, ids: Iterable[str]) -> list[str]:
    """Those of `ids` that do not lie in a module that is itself among them, in the order given."""
    listed = list(dict.fromkeys(ids))
    modules = document.modules.keys() & set(listed)
    if not modules:
        return listed
    held = {inner for module in modules for inner in inside(document, module) if inner != module}
    full = modules | held

    def lies_within(key: str) -> bool:
        node = document.nodes.get(cast(NodeId, key))
        return key in held if node is None else bool(node.modules) and node.modules[0] in full

    return [key for key in listed if not lies_within(key)]


def shift(document: Document, by: Mapping[str, Place]) -> Change:
    """Move nodes, notes, pictures, and modules with everything that has its home in them.

    What lies in a module that moves goes with the module, and once; map units.
    """
    draft = Draft(document)
    carried: dict[ModuleId, Place] = {}
    for key in outermost(document, by):
        module = document.modules.get(cast(ModuleId, key))
        if module is not None:
            carried |= dict.fromkeys(inside(document, module.id), by[key])
            continue
        entity = draft.get(key)
        if not isinstance(entity, Node | StickyNote | Backdrop):
            continue
        if entity.x is not None and entity.y is not None:
            draft.put(replace(entity, x=entity.x + by[key][0], y=entity.y + by[key][1]))
    if not carried:
        return draft.change()
    for inner, (dx, dy) in carried.items():
        module = document.modules[inner]
        if module.frame is not None:
            frame = replace(module.frame, x=module.frame.x + dx, y=module.frame.y + dy)
            draft.put(replace(module, frame=frame))
    for node in document.nodes.values():
        if node.modules and node.modules[0] in carried and node.x is not None and node.y is not None:
            dx, dy = carried[node.modules[0]]
            draft.put(replace(node, x=node.x + dx, y=node.y + dy))
    return draft.change()


def rename(document: Document, end: EndId, name: str) -> Change:
    """Give a node or module another name."""
    found = document.end(end)
    if found is None:
        return Change()
    return Draft(document).put(replace(found, name=name)).change()


def set_fields(document: Document, ids: Iterable[str], **fields: Any) -> Change:  # noqa: ANN401
    """Set the same fields on several nodes, modules, links or channels at once.

    Each entity takes the fields it has; a link that does not talk stays one-way.
    """
    draft = Draft(document)
    for key in ids:
        entity = draft.get(key)
        if entity is not None:
            draft.put(with_fields(entity, **fields))
    return draft.change()


def with_fields(entity: Entity, **fields: Any) -> Entity:  # noqa: ANN401
    """The entity with those of `fields` that it has; a link that does not talk is one-way."""
    known = {name: value for name, value in fields.items() if name in type(entity).__slots__}
    changed = replace(entity, **known)
    if isinstance(changed, Link) and changed.two_way and changed.kind is not LinkKind.TALKS:
        return replace(changed, two_way=False)
    return changed


def turn_round(document: Document, links: Iterable[LinkId]) -> Change:
    """Let links point the other way."""
    draft = Draft(document)
    for key in links:
        link = document.links[key]
        draft.put(replace(link, source=link.target, target=link.source))
    return draft.change()


def reattach(
    document: Document, link: LinkId, *, source: EndId | None = None, target: EndId | None = None
) -> Change:
    """Let a link begin or end elsewhere. Raises EditError if both ends would be the same."""
    before = document.links[link]
    after = replace(before, source=source or before.source, target=target or before.target)
    if document.end(after.source) is None or document.end(after.target) is None:
        raise EditError(_NO_END())
    if after.source == after.target:
        end = document.end(after.source)
        raise EditError(_SELF_LINK(name=end.name if end is not None else str(after.source)))
    return Draft(document).put(after).change()


def set_two_way(document: Document, links: Iterable[LinkId], two_way: bool) -> Change:
    """Make links of talk go both ways, or one."""
    draft = Draft(document)
    for key in links:
        link = document.links[key]
        if link.kind is LinkKind.TALKS:
            draft.put(replace(link, two_way=two_way))
    return draft.change()


def delete(document: Document, ids: Iterable[str]) -> Change:
    """Remove nodes, modules, links, notes and pictures, with the links that hung on them.

    The people of a removed module stay; modules inside it move up to where it lay.
    """
    wanted = dict.fromkeys(ids)  # in the order given, so that the same edit is the same Change
    gone = set(wanted)
    draft = Draft(document)
    ends = cast("set[EndId]", {i for i in gone if document.end(cast(EndId, i)) is not None})
    for link in links_of(document, ends) if ends else ():
        draft.drop(link)
    for key in wanted:
        entity = draft.get(key)
        if entity is not None:
            draft.drop(entity)
    modules = gone & document.modules.keys()
    if modules:
        for node in document.nodes.values():
            if node.id not in gone and modules.intersection(node.modules):
                draft.put(replace(node, modules=tuple(m for m in node.modules if m not in modules)))
    for module in document.modules.values():
        if module.id in gone:
            continue
        parent = module.parent
        while parent is not None and parent in modules:
            parent = document.modules[parent].parent
        lead = None if module.lead in gone else module.lead
        if parent != module.parent or lead != module.lead:
            draft.put(replace(module, parent=parent, lead=lead))
    return draft.change()


def set_info(document: Document, info: MapInfo) -> Change:
    """Change the title, purpose or settings of the map."""
    return Draft(document).set_info(info).change()


def set_cutoff(document: Document, name: str, value: float | None) -> Change:
    """Let something be said from `value` on; None: from where it is said on every map."""
    own = {key: other for key, other in document.info.thresholds.items() if key != name}
    if value is not None:
        own[name] = value
    return set_info(document, replace(document.info, thresholds=own))


def add_channel(document: Document, name: str) -> tuple[Change, ChannelId]:
    """A channel at the end of the list; its id comes back with the change. A name in use is numbered."""
    taken = {channel.name.casefold() for channel in document.channels.values()}
    wanted, number = name, 2
    while wanted.casefold() in taken:
        wanted, number = say("channels", "{name} {number}", name=name, number=number), number + 1
    draft = Draft(document)
    made = ChannelId(draft.fresh("c"))
    rank = max((channel.rank for channel in document.channels.values()), default=0) + 1
    return draft.put(Channel(id=made, name=wanted, rank=rank)).change(), made


def order_channels(document: Document, channels: Iterable[ChannelId]) -> Change:
    """List the channels in this order."""
    draft = Draft(document)
    for rank, key in enumerate(channels):
        draft.put(replace(document.channels[key], rank=rank))
    return draft.change()


def delete_channel(document: Document, channel: ChannelId) -> Change:
    """Remove a channel; its links keep everything else."""
    draft = Draft(document)
    for link in document.links.values():
        if link.channel == channel:
            draft.put(replace(link, channel=None))
    if channel in document.channels:
        draft.drop(document.channels[channel])
    return draft.change()


def unnamed(document: Document) -> str:
    """A name for a node nobody has named yet, as in "Person 4"."""
    taken = {node.name for node in document.nodes.values()}
    number = len(document.nodes) + 1
    while (name := say("node", "Person {number}", number=number)) in taken:
        number += 1
    return name
