"""A map as a Pajek network, which holds names, places, directions, kinds and strengths of links.

A kind that is not talk is the label of its line. Relations would say it too, but programs such as
SocNetV show and count one of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from orgmap.files import disk
from orgmap.files.assembly import Assembly
from orgmap.files.elements import called
from orgmap.files.losses import (
    ASKED,
    BACKDROPS,
    CUT_OFFS,
    INFO,
    REMARKS,
    STICKIES,
    TALK,
    UNNAMED,
    UNREAD,
    USUAL,
    Loss,
    altered,
    own_channels,
)
from orgmap.files.pajek import drawn, ids_of
from orgmap.i18n import Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, Module, Node, NodeId
from orgmap.progress import SILENT, Progress


def write(document: Document, path: Path, progress: Progress = SILENT) -> list[Said]:
    """Write the network; answers with warnings, usually none."""
    return disk.write_bytes(path, encoded(document, progress.part(0.0, 0.9)), previous=False)


def encoded(document: Document, progress: Progress = SILENT) -> bytes:
    """The network of a map. UTF-8."""
    return ("\r\n".join(_lines(document, progress)) + "\r\n").encode()


def _vertices(document: Document) -> list[Node | Module]:
    """Everybody, and the modules that links end on."""
    ends = {end for link in document.links.values() for end in (link.source, link.target)}
    return [*document.nodes.values(), *(each for each in document.modules.values() if each.id in ends)]


def _sections(document: Document) -> Iterator[tuple[LinkKind, bool, list[Link]]]:
    """Kind, whether both ways, and the links, in the order of the file."""
    for two_way in (False, True):
        for kind in LinkKind:
            found = [k for k in document.links.values() if k.kind is kind and k.two_way is two_way]
            if found:
                yield kind, two_way, found


def _lines(document: Document, progress: Progress) -> Iterator[str]:
    vertices = _vertices(document)
    number = {each.id: at for at, each in enumerate(vertices, 1)}
    places = _places(document)
    yield f"*Vertices {len(vertices)}"
    for each in vertices:
        yield f'{number[each.id]} "{_label(each)}"{places.get(each.id, "")}'
    done, section = 0, ""
    for kind, two_way, links in _sections(document):
        if section != (section := "*Edges" if two_way else "*Arcs"):
            yield section
        label = "" if kind is LinkKind.TALKS else f' l "{kind.value}"'
        for link in links:
            if not done % 1_000:
                progress.at(done / len(document.links))
            done += 1
            source, target = number[link.source], number[link.target]
            if kind is LinkKind.REPORTS:  # from the report to the boss, as everywhere outside the map
                source, target = target, source
            yield f"{source} {target} {_weight(link.strength)}{label}"


def _weight(strength: float | None) -> str:
    if strength is None:
        return "1"
    return str(int(strength)) if strength.is_integer() and strength < 1e15 else repr(strength)


def _label(end: Node | Module) -> str:
    return " ".join(called(end).replace('"', "'").split())


def _places(document: Document) -> dict[str, str]:
    """Everybody on a square from 0 to 1, the longer side of the map filling it."""
    placed = [(n.id, n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None]
    if not placed:
        return {}
    left, top = min(x for _, x, _ in placed), min(y for _, _, y in placed)
    size = max(max(x for _, x, _ in placed) - left, max(y for _, _, y in placed) - top) or 1.0
    return {key: f" {(x - left) / size:.6f} {(y - top) / size:.6f} 0.5" for key, x, y in placed}


def _without_modules(document: Document) -> Document:
    """Nobody is in a module, and only modules that links end on are there, by their names."""
    if not document.modules:
        return document
    linked = (Module(id=each.id, name=each.name) for each in _vertices(document) if isinstance(each, Module))
    alone = altered(document, lambda node: replace(node, modules=()) if node.modules else node, "nodes")
    return replace(alone, modules={each.id: each for each in linked})


def _ends_as_people(document: Document) -> Document:
    if not document.modules:
        return document
    people = {NodeId(key): Node(id=NodeId(key), name=each.name) for key, each in document.modules.items()}
    return replace(document, nodes={**document.nodes, **people}, modules={})


def _bare_people(document: Document) -> Document:
    def bare(node: Node) -> Node:
        made = Node(id=node.id, name=node.name, x=node.x, y=node.y)
        return node if node == made else made

    return altered(document, bare, "nodes")


def _bare_links(document: Document) -> Document:
    def bare(link: Link) -> Link:
        made = Link(
            id=link.id,
            source=link.source,
            target=link.target,
            kind=link.kind,
            two_way=link.two_way,
            strength=link.strength,
        )
        return link if link == made else made

    return altered(document, bare, "links")


def _weighed(document: Document) -> Document:
    """Without strengths that a line has anyway."""

    def weighed(link: Link) -> Link:
        usual = link.strength is not None and _weight(link.strength) in ("0", "1")
        return replace(link, strength=None) if usual else link

    return altered(document, weighed, "links")


def _without_own_channels(document: Document) -> Document:
    own = {channel.id for channel in own_channels(document)}
    usual = {key: channel for key, channel in document.channels.items() if key not in own}
    return replace(document, channels=usual) if own else document


def _labelled(document: Document) -> Document:
    def labelled(node: Node) -> Node:
        label = _label(node)
        return node if label == node.name else replace(node, name=label)

    return altered(document, labelled, "nodes")


def _in_proportion(document: Document) -> Document:
    places = {key: words.split()[:2] for key, words in _places(document).items()}
    ids = list(document.nodes)
    steps = {
        at: (float(places[key][0]), float(places[key][1])) for at, key in enumerate(ids) if key in places
    }
    found = {ids[at]: place for at, place in drawn(steps, len(ids)).items()}

    def moved(node: Node) -> Node:
        x, y = found.get(node.id, (None, None))
        return node if (x, y) == (node.x, node.y) else replace(node, x=x, y=y)

    return altered(document, moved, "nodes")


def _ids(document: Document) -> dict[EndId, NodeId]:
    """The ids that a reader gives to vertices: their labels, or numbers."""
    labels = [node.name for node in document.nodes.values()]
    return dict(zip(document.nodes, map(NodeId, ids_of(labels)), strict=True))


def _goes_by_other_ids(document: Document) -> bool:
    return any(old != new for old, new in _ids(document).items())


def _by_name(document: Document) -> Document:
    if not _goes_by_other_ids(document):
        return document
    key = _ids(document)
    nodes = [replace(node, id=key[old], name=node.name or key[old]) for old, node in document.nodes.items()]
    ends = altered(document, lambda k: replace(k, source=key[k.source], target=key[k.target]), "links")
    named = {node.id: node for node in nodes}
    channels = {channel.id: channel for channel in Assembly().channels(named).values()}
    return replace(ends, nodes=named, channels=channels)


def _numbers(document: Document) -> Iterator[tuple[LinkId, Link]]:
    """Links with the ids that a reader counts them by."""
    taken = set(_ids(document).values())
    number = 0
    for _, _, found in _sections(document):
        for link in found:
            number += 1
            while f"l{number}" in taken:
                number += 1
            yield LinkId(f"l{number}"), link


def _is_counted_anew(document: Document) -> bool:
    return any(link.id != key for key, link in _numbers(document))


def _counted(document: Document) -> Document:
    if not _is_counted_anew(document):
        return document
    return replace(document, links={key: replace(link, id=key) for key, link in _numbers(document)})


LOSSES = (
    *(REMARKS, STICKIES, BACKDROPS, UNREAD, UNNAMED, INFO, TALK, ASKED, CUT_OFFS),
    Loss(text("loss", "Modules, and who is in them, are not kept."), _without_modules),
    Loss(text("loss", "Modules that links end on are kept as people."), _ends_as_people),
    Loss(text("loss", "Of people only names and places are kept."), _bare_people),
    Loss(text("loss", "Of links only ends, direction, kind and strength are kept."), _bare_links),
    Loss(text("loss", "A strength of 0 or 1 comes back as none."), _weighed),
    Loss(
        text("loss", "The channels {channels} are not kept."),
        _without_own_channels,
        lambda document: {"channels": names(each.name or each.id for each in own_channels(document))},
    ),
    USUAL,
    Loss(text("loss", "Quotation marks and line ends in names are not kept."), _labelled),
    Loss(text("loss", "Places are kept in proportion to one another, not in size."), _in_proportion),
    Loss(text("loss", "Lines are numbered anew."), _counted, suffers=_is_counted_anew),
    Loss(text("loss", "Ids are not kept; people go by their names."), _by_name, suffers=_goes_by_other_ids),
)
