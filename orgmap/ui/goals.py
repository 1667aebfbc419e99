"""Everything the palette can find: each action, and each name on the map. No widgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from orgmap.analysis.catalogue import named
from orgmap.analysis.findings import Finding, Report
from orgmap.i18n import Text, say, text
from orgmap.model.document import Document
from orgmap.model.entities import LinkId
from orgmap.model.matching import Names
from orgmap.model.query import home, members, name_of
from orgmap.ui.actions import Actions, Needs, plain
from orgmap.ui.kinds import NODE_KINDS
from orgmap.ui.menu_order import menu_paths
from orgmap.ui.notices import one_line
from orgmap.ui.shortcuts import shown

_STEP = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


class Kind(StrEnum):
    """What a goal is."""

    ACTION = "action"
    MODULE = "module"
    PERSON = "person"
    TOPIC = "topic"
    CHANNEL = "channel"
    FINDING = "finding"
    LINK = "link"


ICONS = {
    Kind.ACTION: "command",
    Kind.MODULE: "panel-top",
    Kind.PERSON: "user-round",
    Kind.TOPIC: "lightbulb",
    Kind.CHANNEL: "radio",
    Kind.FINDING: "circle-alert",
    Kind.LINK: "spline",
}
_WHY: dict[Needs, Text] = {
    Needs.MAP: text("why not", "open a map first"),
    Needs.PEOPLE: text("why not", "put a person on the map first"),
    Needs.NODES: text("why not", "select a person first"),
    Needs.ONE: text("why not", "select one person or module first"),
    Needs.SELECTION: text("why not", "select something first"),
    Needs.LINKS: text("why not", "select a link first"),
    Needs.LINK: text("why not", "select one link first"),
    Needs.THINGS: text("why not", "select a person, module or note first"),
    Needs.SEVERAL: text("why not", "select two or more first"),
    Needs.TEAM: text("why not", "select a module or its people first"),
}
_LINK = text("palette", "{source} to {target}")
_NOT_NOW = text("why not", "not now")
_NOTHING = {
    "undo": text("why not", "nothing to undo"),
    "redo": text("why not", "nothing to do again"),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that can be gone to or done. `ids`: what to select, or the id of the action.

    `why`: what is missing before it can be done, empty if nothing is.
    """

    kind: Kind
    name: str
    ids: tuple[str, ...]
    detail: str = ""
    keys: str = ""
    icon: str = ""
    why: str = ""
    finding: Finding | None = None
    where: str = ""  # the menus in which an action stands

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.kind}:{self.ids[0] if self.ids else self.name}"


def actions_of(actions: Actions) -> Iterator[Goal]:
    """Every action, in the order of the menus, with its menu, its first keys and why it is not to be had."""
    paths = menu_paths()
    by_id = {entry.id: (entry, action) for entry, action in actions}
    order = [*(key for key in paths if key in by_id), *(key for key in by_id if key not in paths)]
    for key in order:
        entry, action = by_id[key]
        why = ""
        if not action.isEnabled():
            why = str(_NOTHING.get(key, _WHY.get(entry.needs, _NOT_NOW))())
        where = _STEP.join(plain(str(title())) for title in paths.get(key, ()))
        yield Goal(
            Kind.ACTION,
            one_line(plain(action.text())),
            (key,),
            why or where,
            shown(action.shortcuts()[:1]),
            entry.icon or ICONS[Kind.ACTION],
            why,
            where=where,
        )


def names_of(document: Document, report: Report | None) -> Iterator[Goal]:
    """Modules, people, topics, channels in use, findings; each kind by name."""
    inside = members(document)
    listed = [
        Goal(
            Kind.MODULE,
            one_line(module.name or key),
            (key,),
            say("palette", "module, {people}", people=_people(len(inside.get(key, ())))),
        )
        for key, module in document.modules.items()
    ]
    yield from _sorted(listed)
    people = []
    details: dict[tuple[str, str | None], str] = {}
    for node in document.nodes.values():
        own = home(node)
        detail = details.get((node.kind, own), "")
        if not detail:
            where = one_line(name_of(document, own)) if own is not None else ""
            kind = str(NODE_KINDS[node.kind]())
            detail = say("palette", "{kind}, {module}", kind=kind, module=where) if where else kind
            details[node.kind, own] = detail
        people.append(Goal(Kind.PERSON, one_line(node.name or node.id), (node.id,), detail))
    yield from _sorted(people)
    yield from _sorted(_topics(document))
    yield from _sorted(_channels(document))
    for finding in report.judged if report is not None else ():
        name = one_line(str(finding.claim))
        ids = (finding.code, *finding.people, *finding.modules, *finding.links)
        yield Goal(Kind.FINDING, name, ids, str(named(finding.code)), finding=finding)


def links_of(document: Document) -> tuple[list[LinkId], Names]:
    """The id of every link, and their names, as in "Ana to Ben", to be searched."""
    names: dict[str, str] = {node.id: node.name or node.id for node in document.nodes.values()}
    names |= {module.id: module.name or module.id for module in document.modules.values()}
    pairs = [(link.source, link.target) for link in document.links.values()]
    return list(document.links), Names.of_pairs(names, pairs, str(_LINK(source="", target="")))


def link_goal(document: Document, key: LinkId) -> Goal:
    """A link that was found."""
    link = document.links[key]
    name = str(_LINK(source=name_of(document, link.source), target=name_of(document, link.target)))
    channel = document.channels.get(link.channel) if link.channel is not None else None
    detail = say("palette", "link, {channel}", channel=channel.name) if channel else say("palette", "link")
    return Goal(Kind.LINK, one_line(name), (key,), one_line(detail))


def _topics(document: Document) -> list[Goal]:
    known: dict[str, list[str]] = defaultdict(list)
    sought: dict[str, list[str]] = defaultdict(list)
    for node in document.nodes.values():
        for topics, table in ((node.knows, known), (node.seeks, sought)):
            for topic in topics:
                table[topic].append(node.id)
    return [
        Goal(
            Kind.TOPIC,
            one_line(topic),
            tuple(dict.fromkeys((*known[topic], *sought[topic]))),
            say(
                "palette",
                "topic, known to {known}, sought by {sought}",
                known=len(known[topic]),
                sought=len(sought[topic]),
            ),
        )
        for topic in list({**known, **sought})
    ]


def _channels(document: Document) -> list[Goal]:
    carried: dict[str, list[str]] = defaultdict(list)
    for link in document.links.values():
        if link.channel is not None:
            carried[link.channel].append(link.id)
    links = text("status", "{n} link", "{n} links")
    return [
        Goal(
            Kind.CHANNEL,
            one_line(channel.name),
            tuple(carried[key]),
            say("palette", "channel, {links}", links=links(n=len(carried[key]))),
        )
        for key, channel in document.channels.items()
        if carried[key]
    ]


def _people(count: int) -> str:
    return say("status", "{n} person", "{n} people", n=count)


def _sorted(goals: list[Goal]) -> list[Goal]:
    return sorted(goals, key=lambda goal: goal.name.casefold())
