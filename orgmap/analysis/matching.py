"""Which node, module and link of one map is which of another: by id, then by name or by ends.

Two files of one organization share ids if one was made from the other, and names in any case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkId, Module, ModuleId, Node, NodeId

LOOKS = frozenset({"id", "x", "y", "pinned", "frame", "colour", "collapsed", "unread"})
"""Fields that say nothing of the organization."""

Entity = TypeVar("Entity", Node, Module, Link)
Key = TypeVar("Key", NodeId, ModuleId, LinkId)


@dataclass(frozen=True, slots=True)
class Matching:
    """Id in the later map to id in the earlier one, for everything that is in both."""

    nodes: Mapping[NodeId, NodeId]
    modules: Mapping[ModuleId, ModuleId]
    links: Mapping[LinkId, LinkId]

    def end(self, end: EndId) -> EndId | None:
        """The end of a link in the earlier map; None if it was not there."""
        return self.nodes.get(cast(NodeId, end)) or self.modules.get(cast(ModuleId, end))

    def node(self, node: Node) -> Node:
        """A node of the later map in the ids of the earlier; modules that were not there keep theirs."""
        return replace(node, modules=tuple(self.modules.get(m, m) for m in node.modules))

    def module(self, module: Module) -> Module:
        """A module of the later map in the ids of the earlier."""
        parent = module.parent if module.parent is None else self.modules.get(module.parent, module.parent)
        lead = module.lead if module.lead is None else self.nodes.get(module.lead, module.lead)
        return replace(module, parent=parent, lead=lead)

    def link(self, link: Link) -> Link:
        """A link of the later map in the ids of the earlier."""
        return replace(
            link, source=self.end(link.source) or link.source, target=self.end(link.target) or link.target
        )


def matched(before: Document, after: Document) -> Matching:
    """What is the same in two maps.

    Nodes and modules: same id, then the same name if it stands once on each side among the rest.
    Links: same kind and ends (two-way ones either way round), same id first; then same id if they
    still share an end. O(entities).
    """
    nodes = _by_id_then(before.nodes, after.nodes, _name)
    modules = _by_id_then(before.modules, after.modules, _name)
    ends = Matching(nodes, modules, {})
    return replace(ends, links=_links(before, after, ends))


def differing(before: Entity, after: Entity) -> tuple[str, ...]:
    """The fields in which two entities differ, looks left aside."""
    return tuple(
        f.name
        for f in fields(before)
        if f.name not in LOOKS and getattr(before, f.name) != getattr(after, f.name)
    )


def _by_id_then(
    before: Mapping[Key, Entity], after: Mapping[Key, Entity], sign: Callable[[Entity], str]
) -> dict[Key, Key]:
    found = {key: key for key in after if key in before}
    old = _once(((sign(entity), key) for key, entity in before.items() if key not in after))
    new = _once(((sign(entity), key) for key, entity in after.items() if key not in before))
    found |= {key: old[name] for name, key in new.items() if name and name in old}
    return found


def _once(pairs: Iterable[tuple[str, Key]]) -> dict[str, Key]:
    listed = list(pairs)
    often = Counter(name for name, _ in listed)
    return {name: key for name, key in listed if often[name] == 1}


def _name(entity: Node | Module) -> str:
    return entity.name.strip().casefold()


def _links(before: Document, after: Document, ends: Matching) -> dict[LinkId, LinkId]:
    new = {key: ends.link(link) for key, link in after.links.items()}
    found: dict[LinkId, LinkId] = {}
    waiting: dict[Hashable, list[LinkId]] = defaultdict(list)
    for key, link in before.links.items():
        same = new.get(key)
        if same is not None and _sign(same) == _sign(link):
            found[key] = key
        else:
            waiting[_sign(link)].append(key)
    for key, link in new.items():
        if key not in found and waiting[_sign(link)]:
            found[key] = waiting[_sign(link)].pop(0)
    taken = set(found.values())
    for key, link in new.items():
        old: Any = before.links.get(key)
        if key in found or old is None or key in taken:
            continue
        if {link.source, link.target} & {old.source, old.target}:
            found[key] = key
    return found


def _sign(link: Link) -> Hashable:
    pair = (link.source, link.target)
    return (link.kind, link.two_way, tuple(sorted(pair)) if link.two_way else pair)
