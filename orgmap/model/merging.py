"""One map into another: the same people and modules once, everything new beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar, cast

from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import ChannelId, EndId, Link, LinkId, Module, ModuleId, Node, NodeId

Named = TypeVar("Named", Node, Module)
_KEPT = ("id", "name", "modules", "x", "y", "pinned", "parent", "lead", "frame", "colour", "collapsed")


def merged(document: Document, other: Document) -> Change:
    """The change that brings `other` into `document`, as one step.

    Who or what has the same name (letter case ignored) is the same if the name is the only one of
    its kind on both maps; nobody moves, and only what was unsaid is filled in. A link that says
    the same between the same ends is not drawn twice. New nodes come without a place.
    """
    draft = Draft(document)
    modules = _partners(document.modules.values(), other.modules.values())
    nodes = _partners(document.nodes.values(), other.nodes.values())
    ends: dict[str, str] = {}
    ends |= {key: modules.get(key) or draft.fresh("m") for key in other.modules}
    ends |= {key: nodes.get(key) or draft.fresh("n") for key in other.nodes}
    channels = _channels(document, other, draft)
    for module in other.modules.values():
        _put_module(draft, module, ends)
    for node in other.nodes.values():
        _put_node(draft, node, ends)
    drawn = Counter(map(_saying, document.links.values()))
    for link in other.links.values():
        source, target = cast(EndId, ends[link.source]), cast(EndId, ends[link.target])
        channel = channels.get(link.channel) if link.channel is not None else None
        moved = replace(link, source=source, target=target, channel=channel)
        if drawn[_saying(moved)] > 0:
            drawn[_saying(moved)] -= 1
        else:
            draft.put(replace(moved, id=LinkId(draft.fresh("l"))))
    return draft.change()


def _partners(own: Iterable[Named], others: Iterable[Named]) -> dict[str, str]:
    """Which of the others is which of the own, by a name that is unique on both sides."""
    here, there = _by_name(own), _by_name(others)
    return {there[name]: here[name] for name in there if name in here}


def _by_name(entities: Iterable[Named]) -> dict[str, str]:
    listed = [(" ".join(entity.name.split()).casefold(), str(entity.id)) for entity in entities]
    times = Counter(name for name, _ in listed)
    return {name: key for name, key in listed if name and times[name] == 1}


def _channels(document: Document, other: Document, draft: Draft) -> dict[ChannelId, ChannelId]:
    """Channels are the same by name; those that links use and that are missing come along."""
    known = {channel.name.casefold(): channel.id for channel in document.channels.values()}
    used = {link.channel for link in other.links.values()}
    found: dict[ChannelId, ChannelId] = {}
    for channel in other.channels.values():
        same = known.get(channel.name.casefold())
        if same is not None:
            found[channel.id] = same
        elif channel.id in used:
            made = channel.id if not document.has(channel.id) else ChannelId(draft.fresh("c"))
            draft.put(replace(channel, id=made))
            found[channel.id] = made
    return found


def _put_module(draft: Draft, module: Module, ends: Mapping[str, str]) -> None:
    own = draft.base.modules.get(ModuleId(ends[module.id]))
    parent = ModuleId(ends[module.parent]) if module.parent is not None else None
    lead = NodeId(ends[module.lead]) if module.lead is not None else None
    if own is None:
        made = ModuleId(ends[module.id])
        draft.put(replace(module, id=made, parent=parent, lead=lead, frame=None, colour=None))
    else:
        draft.put(replace(own, **_unsaid(own, module), lead=own.lead or lead))


def _put_node(draft: Draft, node: Node, ends: Mapping[str, str]) -> None:
    own = draft.base.nodes.get(NodeId(ends[node.id]))
    modules = tuple(ModuleId(ends[module]) for module in node.modules)
    if own is None:
        made = NodeId(ends[node.id])
        draft.put(replace(node, id=made, modules=modules, x=None, y=None, pinned=False))
    else:
        both = tuple(dict.fromkeys((*own.modules, *modules)))
        draft.put(replace(own, **_unsaid(own, node), modules=both))


def _unsaid(own: Named, other: Named) -> dict[str, Any]:
    """The fields that the map leaves at their default and the other one fills."""
    found: dict[str, Any] = {}
    for field in fields(own):
        if field.name in _KEPT:
            continue
        default = field.default if field.default is not MISSING else {}
        here, there = getattr(own, field.name), getattr(other, field.name)
        if here == default and there != default:
            found[field.name] = there
    return found


def _saying(link: Link) -> tuple[object, ...]:
    """What a link says, whichever way round a two-way one is drawn."""
    pair = tuple(sorted((link.source, link.target))) if link.two_way else (link.source, link.target)
    return (pair, link.kind, link.two_way, link.channel, link.purpose, link.topic)
