"""Questions about a document that need no graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from orgmap.model.document import Document
from orgmap.model.entities import Channel, EndId, Link, Module, ModuleId, Node, NodeId, NodeKind


def name_of(document: Document, end: EndId) -> str:
    """The name of a node or module; its id if it has none; empty if there is no such end."""
    found = document.end(end)
    return "" if found is None else found.name or found.id


def is_person(node: Node) -> bool:
    """Does a finding about people speak of this node: a person or a filled role?"""
    return node.kind is NodeKind.PERSON or (node.kind is NodeKind.ROLE and not node.vacant)


def links_of(document: Document, ends: Iterable[EndId]) -> Iterator[Link]:
    """The links that touch any of `ends`. O(links)."""
    wanted = set(ends)
    return (link for link in document.links.values() if link.source in wanted or link.target in wanted)


def home(node: Node) -> ModuleId | None:
    """The module whose frame holds the node."""
    return node.modules[0] if node.modules else None


def members(document: Document) -> dict[ModuleId, list[NodeId]]:
    """Who is in each module, by any membership, nested modules apart; every module is a key."""
    found: dict[ModuleId, list[NodeId]] = {module: [] for module in document.modules}
    for node in document.nodes.values():
        for module in node.modules:
            if module in found:
                found[module].append(node.id)
    return found


def children(document: Document) -> dict[ModuleId | None, list[ModuleId]]:
    """The modules directly inside each module; None holds those at the top."""
    found: dict[ModuleId | None, list[ModuleId]] = defaultdict(list)
    for module in document.modules.values():
        found[module.parent if module.parent in document.modules else None].append(module.id)
    return found


def above(document: Document, module: ModuleId) -> Iterator[Module]:
    """The module and those it lies in, innermost first. Ends even if the modules form a ring."""
    seen: set[ModuleId] = set()
    at: ModuleId | None = module
    while at is not None and at in document.modules and at not in seen:
        seen.add(at)
        yield document.modules[at]
        at = document.modules[at].parent


def inside(document: Document, module: ModuleId) -> set[ModuleId]:
    """The module and everything nested in it."""
    below = children(document)
    found: set[ModuleId] = set()
    waiting = [module]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += below.get(at, [])
    return found


def named(document: Document, name: str) -> list[EndId]:
    """Nodes, then modules, with this name, letter case and outer space ignored."""
    wanted = name.strip().casefold()
    found: list[EndId] = [n.id for n in document.nodes.values() if n.name.strip().casefold() == wanted]
    found += [m.id for m in document.modules.values() if m.name.strip().casefold() == wanted]
    return found


def listed_channels(document: Document) -> list[Channel]:
    """The channels in the order in which one chooses among them."""
    return sorted(document.channels.values(), key=lambda channel: channel.rank)


def counts(document: Document) -> tuple[int, int, int]:
    """People (persons and filled roles), modules, links."""
    people = sum(1 for node in document.nodes.values() if is_person(node))
    return people, len(document.modules), len(document.links)
