"""What is asked in the tab "Ask", and how it follows the selection. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from orgmap.analysis.questions import Away, Fit, RouteTo
from orgmap.model.document import Document
from orgmap.model.entities import EndId, ModuleId, NodeId
from orgmap.model.matching import folded


class Kind(StrEnum):
    """The three questions."""

    FIT = "fit"
    ROUTE = "route"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Asking:
    """One of the questions, and whom each of them is about as far as that is known.

    `person`: who fits, and who asks. `goal` or `topic`: to whom or about what. `away`: ids of people,
    modules and links. `waiting`: a quick way is wanted, else one of few steps.
    """

    kind: Kind = Kind.FIT
    person: NodeId | None = None
    goal: EndId | None = None
    topic: str = ""
    away: frozenset[str] = frozenset()
    waiting: bool = False

    @property
    def question(self) -> Fit | RouteTo | Away | None:
        """What the analysis is asked; None while something is not said yet."""
        match self.kind:
            case Kind.FIT:
                return Fit(self.person) if self.person is not None else None
            case Kind.AWAY:
                return Away(self.away) if self.away else None
            case Kind.ROUTE:
                if self.person is None or (self.goal is None and not self.topic):
                    return None
                return RouteTo(self.person, self.goal, self.topic, self.waiting)

    def turned(self) -> Asking:
        """The way back asked for; only between two people."""
        if self.person is None or self.goal is None:
            return self
        return replace(self, person=NodeId(self.goal), goal=self.person)


def standing(asking: Asking, document: Document) -> Asking:
    """The same without what the map does not have any more."""
    here = {key for key in asking.away if _askable(document, key)}
    return replace(
        asking,
        person=asking.person if asking.person in document.nodes else None,
        goal=asking.goal if asking.goal is not None and document.end(asking.goal) is not None else None,
        away=asking.away if len(here) == len(asking.away) else frozenset(here),
    )


def following(
    asking: Asking,
    document: Document,
    ids: Collection[str],
    before: Collection[str],
    kept: Collection[str] = (),
) -> Asking:
    """What is asked when `ids` are selected after `before`.

    One person: where they fit; two: the way from who was selected first; anything else: what if it
    were away. A question about absence stays one. `kept`: what the answer in view speaks of; looking
    at one of these asks nothing new.
    """
    nodes = [v for v in document.nodes if v in ids]
    chosen = frozenset(key for key in ids if _askable(document, key))
    if not chosen or chosen <= frozenset(kept):
        return asking
    about = replace(asking, away=chosen, person=nodes[0] if nodes else asking.person)
    if asking.kind is Kind.AWAY:
        return about
    if len(chosen) == 1 and nodes:
        return replace(about, kind=Kind.FIT)
    if len(chosen) == len(nodes) == 2:
        start, goal = nodes if nodes[1] not in before or nodes[0] in before else nodes[::-1]
        return replace(about, kind=Kind.ROUTE, person=start, goal=goal, topic="")
    return replace(about, kind=Kind.AWAY)


def asked_by_hand(asking: Asking, document: Document, kind: Kind, ids: Collection[str]) -> Asking:
    """The question `kind` about what is selected; what it lacks is asked for in a field."""
    nodes = [v for v in document.nodes if v in ids]
    chosen = frozenset(key for key in ids if _askable(document, key))
    person = nodes[0] if nodes else asking.person
    found = replace(asking, kind=kind, person=person, away=chosen or asking.away)
    if kind is Kind.ROUTE and len(nodes) == 2:
        asked = (asking.person, asking.goal)
        start, goal = nodes if asked != (nodes[1], nodes[0]) else nodes[::-1]
        return replace(found, person=start, goal=goal, topic="")
    if kind is Kind.ROUTE and (modules := [m for m in document.modules if m in ids]):
        return replace(found, goal=modules[0], topic="")
    if kind is Kind.ROUTE and asking.goal == person:
        return replace(found, goal=None)
    return found


def all_topics(document: Document) -> list[str]:
    """Every topic somebody knows or seeks, once, accents and letter case aside, in order."""
    words: dict[str, str] = {}
    for node in document.nodes.values():
        for topic in (*node.knows, *node.seeks):
            if key := folded(topic):
                words.setdefault(key, topic.strip())
    return [words[key] for key in sorted(words)]


def _askable(document: Document, key: str) -> bool:
    """Is it a node, a module or a link, and no note, picture or channel?"""
    return NodeId(key) in document.nodes or ModuleId(key) in document.modules or key in document.links
