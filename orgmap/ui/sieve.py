"""What filters catch of a document, remembered, so that an edit asks only what it touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from orgmap.model.document import Change, Document
from orgmap.model.entities import Link, LinkKind, ModuleId, Node
from orgmap.model.query import inside

YES, NO = "yes", "no"
BOTH, ONE = "both", "one"
MOST = 16  # rules remembered


class Facet(Enum):
    """What a filter asks of a thing: five ask nodes, four ask links."""

    KIND = "kind"
    MODULE = "module"
    LEVEL = "level"
    NEWCOMER = "newcomer"
    TOPIC = "topic"
    LINK = "link"
    CHANNEL = "channel"
    STATUS = "status"
    WAYS = "ways"

    @property
    def of_links(self) -> bool:
        """Does it ask links, or nodes?"""
        return self in (Facet.LINK, Facet.CHANNEL, Facet.STATUS, Facet.WAYS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Hides what has one of `values`; with `only`, hides everything else instead. "" is none."""

    facet: Facet
    values: frozenset[str]
    only: bool = False


@dataclass(frozen=True, slots=True)
class Unlike:
    """Hides nodes in whose name, title and topics these words do not stand, letter case ignored."""

    words: str


@dataclass(frozen=True, slots=True)
class Seldom:
    """Hides talk of which nobody says that it happens at least so often a week."""

    least: float


Rule = Filter | Unlike | Seldom
Asked = Callable[[Any], bool]  # of a node, or of a link


def node_values(node: Node, facet: Facet) -> tuple[str, ...]:
    """What a node answers to a facet; "" where it has nothing to say."""
    match facet:
        case Facet.KIND:
            return (node.kind.value,)
        case Facet.MODULE:
            return node.modules or ("",)
        case Facet.LEVEL:
            return ("" if node.level is None else str(node.level),)
        case Facet.NEWCOMER:
            return (YES if node.newcomer else NO,)
        case _:
            return tuple({topic.casefold() for topic in (*node.knows, *node.seeks)}) or ("",)


def link_value(link: Link, facet: Facet) -> str:
    """What a link answers to a facet; "" for no channel."""
    match facet:
        case Facet.LINK:
            return link.kind.value
        case Facet.CHANNEL:
            return link.channel or ""
        case Facet.STATUS:
            return link.status.value
        case _:
            return BOTH if link.two_way else ONE


def link_values(document: Document, facet: Facet) -> Iterator[str]:
    """What each link answers to a facet; the same as `link_value` of all, in less time."""
    links = document.links.values()
    match facet:
        case Facet.LINK:
            return (link.kind for link in links)
        case Facet.CHANNEL:
            return (link.channel or "" for link in links)
        case Facet.STATUS:
            return (link.status for link in links)
        case _:
            return (BOTH if link.two_way else ONE for link in links)


def nested(document: Document, ids: Collection[str]) -> frozenset[str]:
    """These, and the modules nested in those among them."""
    found = set(ids)
    for key in ids:
        if key in document.modules:
            found |= inside(document, ModuleId(key))
    return frozenset(found)


class Sieve:
    """Remembers for one document what each rule catches.

    `of` on another document begins anew, unless `follow` was told of the change that led there.
    """

    def __init__(self) -> None:
        self._document: Document | None = None
        self._kept: dict[Rule, tuple[bool, Asked, set[str]]] = {}

    def follow(self, document: Document, change: Change) -> None:
        """The document is this one now; only what the change touched is asked again."""
        self._document = document
        for of_links, asked, found in self._kept.values():
            pairs = change.links if of_links else change.nodes
            for key, (_, after) in pairs.items():
                found.discard(key)
                if after is not None and asked(after):
                    found.add(key)

    def of(self, document: Document, rule: Rule) -> set[str]:
        """The ids of the nodes or links the rule would hide, were it the only one. Not to be altered."""
        if document is not self._document:
            self._document = document
            self._kept.clear()
        if isinstance(rule, Filter) and rule.facet is Facet.MODULE:
            rule = Filter(rule.facet, nested(document, rule.values), rule.only)
        if rule not in self._kept:
            of_links = isinstance(rule, Seldom) or (isinstance(rule, Filter) and rule.facet.of_links)
            asked = _asked(rule)
            things = document.links if of_links else document.nodes
            found: set[str] = {key for key, thing in things.items() if asked(thing)}
            if len(self._kept) == MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[rule] = of_links, asked, found
        return self._kept[rule][2]


def _asked(rule: Rule) -> Asked:
    """Does the rule hide this node, or this link?"""
    match rule:
        case Unlike(words):
            wanted = words.strip().casefold()
            return lambda node: not any(wanted in said.casefold() for said in _sayings(node))
        case Seldom(least):
            return lambda link: (
                link.kind is LinkKind.TALKS and (link.per_week is None or link.per_week < least)
            )
    facet, values, only = rule.facet, rule.values, rule.only
    if facet.of_links:
        return lambda link: (link_value(link, facet) in values) != only
    if only:
        return lambda node: values.isdisjoint(node_values(node, facet))
    if facet is Facet.MODULE:  # a second module takes nobody along
        return lambda node: node_values(node, facet)[0] in values
    return lambda node: not values.isdisjoint(node_values(node, facet))


def _sayings(node: Node) -> tuple[str, ...]:
    return (node.name, node.title, *node.knows, *node.seeks)
