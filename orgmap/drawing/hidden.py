"""A map without names: the same structure and drawing, and nobody can be recognized in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.entities import (
    Channel,
    ChannelId,
    EndId,
    Link,
    LinkId,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    Remark,
    RemarkId,
    default_channels,
)
from orgmap.model.fragments import Fragment


class Numbers:
    """The numbers of stand-ins: given in turn, and kept for what is deleted and comes back.

    Whoever goes by "Person 3" goes by it as long as these numbers are used, and nobody else does.
    """

    def __init__(self) -> None:
        self._given: dict[str, dict[str, int]] = {}

    def of(self, kind: str, key: str) -> int:
        """The number of the thing with this id among those of its kind, from 1."""
        given = self._given.setdefault(kind, {})
        return given.setdefault(key, len(given) + 1)

    def clear(self) -> None:
        """Begin again, for another map."""
        self._given.clear()

    def of_map(self, document: Document) -> Numbers:
        """A copy in which all of the map have theirs, for a thread: nothing alters it meanwhile.

        Who had no number yet has one here, too.
        """
        called_names(((node.id, node.kind) for node in document.nodes.values()), self)
        for module in document.modules:
            self.of(_MODULE, module)
        for channel in document.channels:
            self.of(_CHANNEL, channel)
        made = Numbers()
        made._given = {kind: dict(given) for kind, given in self._given.items()}
        return made


_MODULE, _CHANNEL = "module", "channel"  # beside the kinds of nodes


def nameless(document: Document, numbers: Numbers | None = None) -> Document:
    """The document with other ids, "Person 1", "Module A" for names, and no text of the user's.

    What stays is what the drawing and the analysis need: places, kinds, levels, numbers. Channels
    that every map starts with keep their names. `numbers`: those given already, if any were, so that
    whoever is "Person 3" on the screen is so in the file; for a thread, `Numbers.of_map`.
    """
    numbers = numbers or Numbers()
    modules = {key: ModuleId(f"m{n}") for n, key in enumerate(document.modules, 1)}
    nodes = {key: NodeId(f"n{n}") for n, key in enumerate(document.nodes, 1)}
    channels = {key: _channel_key(key, numbers) for key in document.channels}
    made_nodes: dict[NodeId, Node] = {}
    names = called_names(((node.id, node.kind) for node in document.nodes.values()), numbers)
    for (key, node), name in zip(document.nodes.items(), names, strict=True):
        made = _bare_node(node, nodes[key], name)
        made_nodes[made.id] = replace(made, modules=tuple(modules[m] for m in node.modules if m in modules))
    made_modules = {
        modules[key]: Module(
            id=modules[key],
            name=called_module(key, numbers),
            parent=modules.get(module.parent) if module.parent is not None else None,
            lead=nodes.get(module.lead) if module.lead is not None else None,
            colour=module.colour,
            collapsed=module.collapsed,
            frame=module.frame,
        )
        for key, module in document.modules.items()
    }
    ends: dict[EndId, EndId] = dict(nodes.items())
    ends.update(modules.items())
    made_links = {}
    link_ids = {key: LinkId(f"l{n}") for n, key in enumerate(document.links, 1)}
    for link in document.links.values():
        bare = _bare_link(link, link_ids[link.id], ends[link.source], ends[link.target], channels)
        made_links[bare.id] = bare
    return Document(
        info=_bare_info(document.info),
        channels={channels[key]: _bare_channel(c, channels[key]) for key, c in document.channels.items()},
        modules=made_modules,
        nodes=made_nodes,
        links=made_links,
        remarks=_bare_remarks(document, dict([*modules.items(), *nodes.items(), *link_ids.items()])),
        serial=1 + len(nodes) + len(modules) + len(link_ids),
    )


def new_ids(before: Document, after: Document) -> dict[str, str]:
    """Ids of a map by those of the same map with others; the order of entities is the same."""
    new: dict[str, str] = {}
    for table in ("nodes", "modules", "links"):
        new |= zip(getattr(before, table), getattr(after, table), strict=True)
    return new


def without_names(fragment: Fragment, numbers: Numbers) -> Fragment:
    """The same part of a map as `nameless` makes it."""
    parts = nameless(fragment.parts, numbers)
    new = new_ids(fragment.parts, parts)
    return Fragment(parts, frozenset(new[key] for key in fragment.context))


def letters(number: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def called_names(nodes: Iterable[tuple[NodeId, NodeKind]], numbers: Numbers) -> list[str]:
    """The stand-ins for the names of nodes, numbered by kind; new ones in their order."""
    return [called(kind, numbers.of(kind.value, key)) for key, kind in nodes]


def called_module(module: ModuleId, numbers: Numbers) -> str:
    """The stand-in for the name of a module."""
    return say("hidden", "Module {letters}", letters=letters(numbers.of(_MODULE, module) - 1))


def called_topics(document: Document) -> dict[str, str]:
    """The stand-ins for topics, by the topic as somebody wrote it and in small letters."""
    topics = (topic for node in document.nodes.values() for topic in (*node.knows, *node.seeks))
    found, number = dict[str, str](), dict[str, int]()
    for topic in (*topics, *(link.topic for link in document.links.values())):
        small = topic.strip().casefold()
        if small:
            called = say("hidden", "Topic {number}", number=number.setdefault(small, len(number) + 1))
            found |= dict.fromkeys((topic, topic.strip(), small, topic.casefold()), called)
    return found


def called_channels(channels: Mapping[ChannelId, Channel], numbers: Numbers) -> list[str]:
    """The names of channels: only those that every map starts with are called as they are."""
    return [_bare_channel(channel, _channel_key(key, numbers)).name for key, channel in channels.items()]


def called(kind: NodeKind, number: int) -> str:
    """The stand-in for the name of the `number`-th node of its kind, from 1."""
    match kind:
        case NodeKind.ROLE:
            return say("hidden", "Role {number}", number=number)
        case NodeKind.OUTSIDE:
            return say("hidden", "Outside {number}", number=number)
        case NodeKind.SOURCE:
            return say("hidden", "Source {number}", number=number)
        case _:
            return say("hidden", "Person {number}", number=number)


def _bare_info(info: MapInfo) -> MapInfo:
    """What counts for the analysis. A file can hold cut-offs of any name; only those there are stay."""
    from orgmap.analysis.catalogue import CUTOFFS  # seldom needed, and not while the window starts

    known = {name: value for name, value in info.thresholds.items() if name in CUTOFFS}
    return MapInfo(reporting_is_talk=info.reporting_is_talk, asked=info.asked, thresholds=known)


def _bare_node(node: Node, key: NodeId, name: str) -> Node:
    return Node(
        id=key,
        name=name,
        kind=node.kind,
        level=node.level,
        newcomer=node.newcomer,
        decides=node.decides,
        holds_purpose=node.holds_purpose,
        vacant=node.vacant,
        hours=node.hours,
        x=node.x,
        y=node.y,
        pinned=node.pinned,
    )


def _bare_link(
    link: Link, key: LinkId, source: EndId, target: EndId, channels: Mapping[ChannelId, ChannelId]
) -> Link:
    return Link(
        id=key,
        source=source,
        target=target,
        kind=link.kind,
        two_way=link.two_way,
        channel=None if link.channel is None else channels.get(link.channel),
        per_week=link.per_week,
        minutes=link.minutes,
        formal=link.formal,
        status=link.status,
        step=link.step,
        needed_within=link.needed_within,
        answers_needed=link.answers_needed,
        no_answer_needed=link.no_answer_needed,
        strength=link.strength,
    )


def _bare_remarks(document: Document, ids: Mapping[str, str]) -> dict[RemarkId, Remark]:
    """What was left aside stays so, without a word; notes go, and what no finding is called."""
    from orgmap.analysis.catalogue import ENTRIES  # as above

    found = {}
    dismissed = (each for each in document.remarks.values() if each.dismissed and each.code in ENTRIES)
    for number, remark in enumerate(dismissed, 1):
        about = tuple(ids[key] for key in remark.about if key in ids)
        made = Remark(id=RemarkId(f"r{number}"), code=remark.code, about=about, dismissed=True)
        found[made.id] = made
    return found


def _channel_key(key: ChannelId, numbers: Numbers) -> ChannelId:
    number = numbers.of(_CHANNEL, key)
    return key if key in default_channels() else ChannelId(f"c{number}")


def _bare_channel(channel: Channel, key: ChannelId) -> Channel:
    known = default_channels().get(channel.id)
    if known is not None and known.name == channel.name:
        name = channel.name
    else:
        name = say("hidden", "Channel {key}", key=key)
    return Channel(
        id=key,
        name=name,
        delay=channel.delay,
        answers=channel.answers,
        at_once=channel.at_once,
        formal=channel.formal,
        dash=channel.dash,
        rank=channel.rank,
    )
