"""A map as a Pajek network, which holds names, places, directions, kinds and strengths of links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from orgmap.files import disk
from orgmap.files.elements import losses, lost_info
from orgmap.files.mending import clean
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import Channel, Link, LinkKind, Module, Node, Status, default_channels

_NAMES = text("loss", "Quotation marks and line ends in names are not kept.")
_IDS = text("loss", "Ids are not kept; people go by their names.")
_MODULES = text("loss", "Modules, and who is in them, are not kept.")
_ENDS = text("loss", "Modules that links end on are kept as people.")
_PEOPLE = text("loss", "Of people only names and places are kept.")
_LINKS = text("loss", "Of links only ends, direction, kind and strength are kept.")
_PLACES = text("loss", "Places are kept in proportion to one another, not in size.")
_CHANNELS = text("loss", "The channels {channels} are not kept.")

_OF_NODE = frozenset(("id", "name", "kind", "modules", "x", "y", "unread"))
_OF_LINK = frozenset(("id", "source", "target", "kind", "two_way", "strength", "status", "unread"))


def write(document: Document, path: Path) -> list[Said]:
    """Write the network; answers with what it cannot hold."""
    data, lost = encoded(document)
    return [*disk.write_bytes(path, data, previous=False), *lost]


def encoded(document: Document) -> tuple[bytes, list[Said]]:
    """The network of a map and what got lost. UTF-8."""
    ends = {end for link in document.links.values() for end in (link.source, link.target)}
    linked = [module for module in document.modules.values() if module.id in ends]
    vertices: list[Node | Module] = [*document.nodes.values(), *linked]
    return ("\r\n".join(_lines(document, vertices)) + "\r\n").encode(), list(_lost(document, linked))


def _lines(document: Document, vertices: list[Node | Module]) -> Iterator[str]:
    number = {each.id: at for at, each in enumerate(vertices, 1)}
    places = _places(document)
    yield f"*Vertices {len(vertices)}"
    for each in vertices:
        yield f'{number[each.id]} "{_label(each.name)}"{places.get(each.id, "")}'
    kinds = {link.kind for link in document.links.values()}
    for section, two_way in (("*Arcs", False), ("*Edges", True)):
        for at, kind in enumerate(LinkKind, 1):
            found = [k for k in document.links.values() if k.kind is kind and k.two_way is two_way]
            if found:
                yield f'{section} :{at} "{kind.value}"' if kinds != {LinkKind.TALKS} else section
            for link in found:
                source, target = number[link.source], number[link.target]
                if kind is LinkKind.REPORTS:  # from the report to the boss, as everywhere outside the map
                    source, target = target, source
                yield f"{source} {target} {_weight(link.strength)}"


def _weight(strength: float | None) -> str:
    if strength is None:
        return "1"
    return str(int(strength)) if strength.is_integer() and strength < 1e15 else repr(strength)


def _label(name: str) -> str:
    return " ".join(clean(name).replace('"', "'").split())


def _places(document: Document) -> dict[str, str]:
    """Everybody on a square from 0 to 1, the longer side of the map filling it."""
    placed = [(n.id, n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None]
    if not placed:
        return {}
    left, top = min(x for _, x, _ in placed), min(y for _, _, y in placed)
    size = max(max(x for _, x, _ in placed) - left, max(y for _, _, y in placed) - top) or 1.0
    return {key: f" {(x - left) / size:.6f} {(y - top) / size:.6f} 0.5" for key, x, y in placed}


def _lost(document: Document, linked: list[Module]) -> Iterator[Said]:
    nodes, links = document.nodes.values(), document.links.values()
    ends: list[Node | Module] = [*nodes, *linked]
    own = [c.name for c in document.channels.values() if c not in default_channels().values()]
    said = (
        (any(each.id != _label(each.name) for each in ends), _IDS),
        (any(_label(each.name) != each.name for each in ends), _NAMES),
        (bool(document.modules), _MODULES),
        (bool(linked), _ENDS),
        (any(node.kind != "person" or _says(node, _OF_NODE) for node in nodes), _PEOPLE),
        (any(link.status is not Status.CONFIRMED or _says(link, _OF_LINK) for link in links), _LINKS),
        (any(node.x is not None for node in nodes), _PLACES),
    )
    yield from (loss() for is_said, loss in said if is_said)
    if own:
        yield _CHANNELS(channels=", ".join(own))
    yield from lost_info(document)
    yield from losses(document, channels=False)


def _says(value: Node | Link | Channel, beside: frozenset[str]) -> bool:
    """Is anything said of it beside these fields?"""
    return any(
        getattr(value, each.name) not in (None, "", False, (), {})
        for each in fields(value)
        if each.name not in beside
    )
