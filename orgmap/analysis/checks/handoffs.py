"""handoff-unbacked: the work of one needs that of another, and no talk goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import ENTRIES, HANDOFF_UNBACKED
from orgmap.analysis.checks.broadcast import people_told
from orgmap.analysis.checks.feedback import open_arcs
from orgmap.analysis.checks.feedback_pairs import late_pairs
from orgmap.analysis.checks.isolated import told_apart, unfinished
from orgmap.analysis.checks.listening import only_hearing
from orgmap.analysis.checks.situation import Situation, once, steps, together
from orgmap.analysis.checks.work import needs, talk_directly, unlinked
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import by_cause, same
from orgmap.analysis.lacking import NEEDS
from orgmap.analysis.repairs import MOST, known, ranked
from orgmap.i18n import Said, text
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId

MOST_ALONE = 3  # people with several unbacked hand-overs who are told one by one; the rest together
SUM_UP = 3  # hand-overs without a common end, from which they are told together

_ONE = text("finding", "{one} needs the work of {other}, and no talk goes with it.")
_HUB = text("finding", "{name} shares work with {others}, and no talk goes with it.")
_SUM = text(
    "finding",
    "{n} hand-over of work has no talk that goes with it.",
    "{n} hand-overs of work have no talk that goes with them.",
)
_WHY_FAR = text(
    "finding",
    "What they say to each other passes through {n} other person.",
    "What they say to each other passes through {n} other people.",
)
_WHY_NONE = text("finding", "On this map, nothing they tell each other gets there and back.")
_WHY_HUB = text(
    "finding",
    "{n} hand-over of work, and no talk both ways between the same two.",
    "{n} hand-overs of work, and no talk both ways between the same two.",
)
_WHY_SUM = text("finding", "Among them: {pairs}.")
_TELLS = text("finding", "Only one of the two tells the other something.")
_PAIR = text("finding", "{one} and {other}")
_OF_ALL = text(
    "finding",
    "Talk goes with {met} of the {n} hand-over of the map.",
    "Talk goes with {met} of the {n} hand-overs of the map.",
)
_FOR_MODULE = text("finding", "With {module}, a talk with anybody in it counts.")
_ASK = text("finding", "How does {one} hear that something changed at {other}?")
_ASK_HUB = text("finding", "How do {name} and the others hear that something changed?")
_ASK_SUM = text("finding", "Where did a hand-over not work out lately, and who heard of it when?")
_MENDED = text("advice", "talk then goes with {n} hand-over", "talk then goes with {n} hand-overs")

Pair = tuple[EndId, EndId]


@dataclass(frozen=True, slots=True)
class Handoff:
    """Two ends of whom one needs the work of the other, at least one of them a person.

    `here`, `there`: who could talk about it. `one_way`: something runs straight between them.
    """

    pair: Pair
    links: tuple[LinkId, ...]
    here: tuple[NodeId, ...]
    there: tuple[NodeId, ...]
    one_way: bool = False


def handoff_unbacked(situation: Situation) -> Iterator[Finding]:
    """By the person at most of them; many without a common end are summed up. O(n + m)."""
    missing = situation.untold or unfinished(situation)
    if missing is None and not needs(situation):
        missing = NEEDS.missing
    if missing is not None:
        yield situation.not_judged(HANDOFF_UNBACKED, missing)
        return
    grouped, rest = by_cause(unbacked(situation), lambda h: h.pair)
    further = [h for _, own in grouped[MOST_ALONE:] for h in own] + rest
    for cause, own in grouped[:MOST_ALONE]:
        yield _finding(situation, own, cause)
    if len(further) >= SUM_UP:
        yield _finding(situation, further, None)
    else:
        for handoff in further:
            yield _finding(situation, [handoff], None)


@once
def handoffs(situation: Situation) -> tuple[Handoff, ...]:
    """Every pair of ends of a need that could be judged, by its first link."""
    found: dict[Pair, Handoff] = {}
    drawn = [link for link in needs(situation) if not link.no_answer_needed]
    for (one, other), links in same(drawn, lambda link: (link.source, link.target)):
        pair = (one, other)
        here, there = (_speakers(situation, end) for end in pair)
        people = situation.people
        if not here or not there or set(here) & set(there) or not {one, other} & people:
            continue
        back = found.pop((other, one), None)
        keys = tuple(link.id for link in links) + (back.links if back is not None else ())
        found[pair] = Handoff(pair, keys, here, there, _one_way(situation, here, there))
    return tuple(found.values())


def unbacked(situation: Situation) -> list[Handoff]:
    """Those without a two-way line straight between them, and whose cause is not told otherwise.

    Where something runs one way and an end did not answer the survey, the other way is not known.
    """
    apart = told_apart(situation)
    answers = _answers_told(situation)
    modules = unlinked(situation)
    told = {link.id for links in modules.values() for link in links}
    return [
        h
        for h in handoffs(situation)
        if not _met(situation, h)
        and not told.intersection(h.links)
        and not apart.issuperset(h.here)
        and not apart.issuperset(h.there)
        and not (h.one_way and situation.silent.intersection((*h.here, *h.there)))
        and not any((u, v) in answers or (v, u) in answers for u in h.here for v in h.there)
    ]


def _answers_told(situation: Situation) -> set[tuple[NodeId, NodeId]]:
    """Teller and hearer wherever it is told already that no answer comes, or comes late."""
    if situation.one_way is not None:
        return set()
    found = set(open_arcs(situation))
    found |= {(u, late.hearer) for u, own in late_pairs(situation).items() for late in own}
    found |= {(u, v) for u, voice in people_told(situation).items() for v in voice.audience}
    found |= {(u, v) for v in only_hearing(situation) for u in situation.into[v]}
    return found


def _speakers(situation: Situation, end: EndId) -> tuple[NodeId, ...]:
    """Persons and filled roles who could talk about it: of a module everybody, and its lead."""
    module = situation.document.modules.get(ModuleId(end))
    if module is None:
        return (NodeId(end),) if end in situation.people else ()
    lead = {module.lead} if module.lead is not None else set()
    return tuple(sorted(situation.people & {*situation.maps.members[module.id], *lead}))


def _one_way(situation: Situation, here: Iterable[NodeId], there: Iterable[NodeId]) -> bool:
    arcs = situation.maps.arcs
    return any((u, v) in arcs or (v, u) in arcs for u in here for v in there)


def _finding(situation: Situation, own: list[Handoff], cause: EndId | None) -> Finding:
    ends = list(dict.fromkeys(end for h in own for end in h.pair))
    modules = tuple(ModuleId(end) for end in ends if end in situation.document.modules)
    people = tuple(NodeId(end) for end in ends if end in situation.people)
    keys = tuple(dict.fromkeys(key for h in own for key in h.links))
    every = handoffs(situation)
    met = sum(_met(situation, h) for h in every)
    claim, because, question = _words(situation, own, cause, keys)
    concerned = {v for h in own for v in (*_named(h.here), *_named(h.there))}
    return Finding(
        code=HANDOFF_UNBACKED,
        weight=Weight.LOOK,
        severity=min(len(concerned) / max(len(situation.people), 1), 1.0),
        claim=claim,
        because=together(
            because,
            _FOR_MODULE(module=situation.name(modules[0])) if modules else None,
            _OF_ALL(met=met, n=len(every)) if len(every) > len(own) and not situation.small else None,
        ),
        question=question,
        people=tuple(sorted(people)),
        modules=tuple(sorted(modules)),
        advice=_advice(situation, own),
        evidence={
            "pairs": tuple(" - ".join(h.pair) for h in own),
            "needs": keys,
            "with_talk": met,
            "hand_overs": len(every),
        },
        lit_nodes=people,
        lit_links=keys,
        lit_modules=modules,
        source=ENTRIES[HANDOFF_UNBACKED].source,
    )


def _named(side: tuple[NodeId, ...]) -> tuple[NodeId, ...]:
    """One person; whoever speaks for a module is not meant in person."""
    return side if len(side) == 1 else ()


def _met(situation: Situation, h: Handoff) -> bool:
    both = situation.maps.two_way.adj
    return any(not both[v].keys().isdisjoint(h.there) for v in h.here)


def _words(
    situation: Situation, own: list[Handoff], cause: EndId | None, keys: tuple[LinkId, ...]
) -> tuple[Said, Said, Said]:
    if cause is not None:
        name = situation.name(cause)
        others = situation.names(dict.fromkeys(end for h in own for end in h.pair if end != cause))
        return _HUB(name=name, others=others), _WHY_HUB(n=len(keys)), _ASK_HUB(name=name)
    if len(own) > 1:
        pairs = situation.listing(
            _PAIR(one=situation.name(a), other=situation.name(b)) for a, b in (h.pair for h in own[:MOST])
        )
        return _SUM(n=len(own)), _WHY_SUM(pairs=pairs), _ASK_SUM()
    (handoff,) = own
    one, other = map(situation.name, handoff.pair)
    far = _steps(situation, handoff)
    way = _WHY_NONE() if far is None else _WHY_FAR(n=far - 1)
    because = together(_TELLS() if handoff.one_way else None, way)
    return _ONE(one=one, other=other), because, _ASK(one=one, other=other)


def _steps(situation: Situation, h: Handoff) -> int | None:
    """Steps of the shortest two-way path between the two; None without one."""
    found = steps(situation.maps.two_way.adj, h.here)
    return min((found[v] for v in h.there if v in found), default=None)


def _advice(situation: Situation, own: list[Handoff]) -> tuple[Advice, ...]:
    made = []
    for h in sorted(own, key=lambda h: -len(h.links))[:MOST]:
        one = h.here[0] if len(h.here) == 1 else _best(situation, h.here)
        other = h.there[0] if len(h.there) == 1 else _best(situation, h.there)
        made.append(talk_directly(situation, one, other, _MENDED(n=len(h.links)), len(h.links)))
    return ranked(made)


def _best(situation: Situation, side: Iterable[NodeId]) -> NodeId:
    return known(situation.maps.two_way, side)[0]
