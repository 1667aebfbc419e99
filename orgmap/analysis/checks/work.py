"""Whose work needs whose, and which modules could talk about it; and the line that would help.

The work of a person belongs to their home module. A need between two people of different modules is
a reason for those modules to talk, just like one that was drawn between the modules themselves. This
is the product TA . TD . TA^T of Cataldo and others 2006 with modules for people and the two ends of
needs for tasks: its entries are the numbers of reasons, and the congruence is the share of the pairs
with a reason that also talk.
"""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.analysis.checks.feedback_modules import unheard
from orgmap.analysis.checks.isolated import told_apart
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.checks.thread_facts import Pair, meetings, pair_of
from orgmap.analysis.findings import Advice
from orgmap.analysis.repairs import talking
from orgmap.i18n import Said, text
from orgmap.model.edits import set_two_way
from orgmap.model.entities import EndId, Link, LinkKind, ModuleId, NodeId, Status
from orgmap.model.query import above

SEVERAL = 2  # needs of single people from which their modules need each other

_BOTH = text("advice", "Let {target} answer {source} as well: {mended}.")


@once
def needs(situation: Situation) -> tuple[Link, ...]:
    """The needs that are drawn and not only proposed, in order of id."""
    links = situation.document.links
    return tuple(
        links[key]
        for key in sorted(links)
        if links[key].kind is LinkKind.NEEDS and links[key].status is not Status.PROPOSED
    )


@once
def reasons(situation: Situation) -> dict[Pair, tuple[Link, ...]]:
    """By pair of modules, neither in the other and each with somebody in it, the needs between them."""
    found: dict[Pair, list[Link]] = {}
    for link in needs(situation):
        a, b = (_module_of(situation, end) for end in (link.source, link.target))
        if a is None or b is None or not (_staffed(situation, a) and _staffed(situation, b)):
            continue
        pair = pair_of(situation, a, b) if a != b else None
        if pair is not None:
            found.setdefault(pair, []).append(link)
    return {pair: tuple(links) for pair, links in sorted(found.items())}


@once
def unlinked(situation: Situation) -> dict[Pair, tuple[Link, ...]]:
    """The pairs whose work needs each other without anybody who talks across, and the needs.

    One need of one person is a matter of two people, not of their modules: it takes two such, or one
    between the modules themselves. Left out is what is told otherwise: modules that are apart from the
    rest, and pairs of which one tells the other and hears no answer.
    """
    if not reasons(situation):
        return {}
    told = set() if situation.one_way is not None else set(unheard(situation))
    apart = told_apart(situation)
    return {
        (a, b): links
        for (a, b), links in reasons(situation).items()
        if _enough(situation, links)
        and (a, b) not in meetings(situation)
        and not any(apart.issuperset(situation.maps.members[m]) for m in (a, b))
        and not _around(situation, a, b) & told
    }


def fitting(situation: Situation) -> tuple[int, int]:
    """Of the pairs of modules whose work needs each other: how many talk across, and how many there are."""
    wanted = reasons(situation).keys()
    return len(wanted & meetings(situation).keys()), len(wanted)


def congruence(situation: Situation) -> float | None:
    """Share of the pairs of modules whose work needs each other that talk across; None without any."""
    met, wanted = fitting(situation)
    return met / wanted if wanted else None


def talk_directly(situation: Situation, one: NodeId, other: NodeId, mended: Said, gain: float) -> Advice:
    """Let two talk both ways: over the one-way line between them if it can carry an answer, else anew."""
    document = situation.document
    for arc in ((one, other), (other, one)):
        carrier = situation.maps.arcs.get(arc)
        for key in carrier.links if carrier is not None else ():
            link = document.links[key]
            if (link.source, link.target) == arc and could_answer(situation, link):
                words = _BOTH(source=situation.name(arc[0]), target=situation.name(arc[1]), mended=mended)
                return Advice(words, set_two_way(document, [key], True), gain)
    return talking(situation.maps, one, [other], mended, gain)


def could_answer(situation: Situation, link: Link) -> bool:
    """Is it a one-way line of talk on which an answer could travel and would be wanted?"""
    channel = situation.document.channels.get(link.channel) if link.channel is not None else None
    able = link.kind is LinkKind.TALKS and (channel is None or channel.answers)
    return able and not link.two_way and not link.no_answer_needed


def nearer(situation: Situation, one: NodeId, other: NodeId, sides: Iterable[Iterable[NodeId]]) -> int:
    """How many come within two steps of the other side if two talk: both, and whom they know on theirs."""
    here, there = map(set, sides)
    known = situation.maps.two_way.adj
    near = {one, other, *(known[one].keys() & here), *(known[other].keys() & there)}
    return len(near & situation.people)


def _module_of(situation: Situation, end: EndId) -> ModuleId | None:
    if end in situation.document.modules:
        return ModuleId(end)
    return situation.maps.home.get(NodeId(end))


def _enough(situation: Situation, links: tuple[Link, ...]) -> bool:
    modules = situation.document.modules
    return len(links) >= SEVERAL or any({link.source, link.target} <= modules.keys() for link in links)


def _staffed(situation: Situation, module: ModuleId) -> bool:
    return not situation.people.isdisjoint(situation.maps.members.get(module, ()))


def _around(situation: Situation, a: ModuleId, b: ModuleId) -> set[Pair]:
    """The pair and those of modules around the two, in both orders."""
    here, there = ([m.id for m in above(situation.document, end)] for end in (a, b))
    return {pair for x in here for y in there for pair in ((x, y), (y, x))}
