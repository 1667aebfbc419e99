"""no-way-back between modules: A informs B, and nobody in B reaches anybody in A within two steps."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.catalogue import ENTRIES, NO_WAY_BACK
from orgmap.analysis.checks.broadcast import NEAR, people_told
from orgmap.analysis.checks.broadcast_modules import modules_told
from orgmap.analysis.checks.situation import Situation, once, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import by_cause
from orgmap.analysis.paths import reached_within
from orgmap.analysis.repairs import known, named_first, ranked, telling
from orgmap.i18n import text
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above

PAIRS = 12  # of one finding, for which a line back is looked for
MIN_PEOPLE = 2  # below, the hearing module is one person, whom the lines speak for
MOST_ALONE = 3  # modules told one by one; further pairs are summed up

_ONE = text(
    "finding", "{tellers} tells {hearers} things, and no answer comes back directly or through one person."
)
_SEVERAL = text(
    "finding", "{tellers} tell {hearers} things, and no answer comes back directly or through one person."
)
_MANY = text(
    "finding",
    "In {n} pair of modules, one tells the other and no answer comes back directly or through one person.",
    "In {n} pairs of modules, one tells the other and no answer comes back directly or through one person.",
)
_WHY = text(
    "finding",
    "{n} contact tells them things. Nobody there reaches anybody back, not even through one other person.",
    "{n} contacts tell them things. Nobody there reaches anybody back, not even through one other person.",
)
_ASK = text("finding", "What would {hearers} answer, and to whom?")
_ANSWER = text(
    "advice",
    "{n} person of {hearers} can answer {tellers} directly or through one person",
    "{n} people of {hearers} can answer {tellers} directly or through one person",
)

Pair = tuple[ModuleId, ModuleId]


def modules_unheard(situation: Situation) -> Iterator[Finding]:
    """By the module that tells several or hears several; many are summed up. O(modules and lines)."""

    def causes(pair: Pair) -> tuple[tuple[str, ModuleId], ...]:
        return (("tells", pair[0]), ("hears", pair[1]))

    grouped, _ = by_cause(unheard(situation), causes, least=1)
    for _, pairs in grouped[:MOST_ALONE]:
        yield _finding(situation, pairs)
    rest = [pair for _, pairs in grouped[MOST_ALONE:] for pair in pairs]
    if rest:
        yield _finding(situation, rest)


@once
def unheard(situation: Situation) -> list[Pair]:
    """Pairs (A, B) of modules, neither inside the other: A informs B and hears nothing back."""
    maps, members = situation.maps, situation.maps.members
    alone = set(people_told(situation)) | situation.silent
    modules_of: dict[NodeId, set[ModuleId]] = {v: maps.modules_of(v) for v in maps.nodes}
    tellers: dict[Pair, set[NodeId]] = {}
    for u, v in maps.arcs:
        for a in modules_of[u] - modules_of[v]:
            for b in modules_of[v] - modules_of[u]:
                tellers.setdefault((a, b), set()).add(u)
    people = {m: frozenset(own) for m, own in members.items()}
    answers: dict[ModuleId, set[NodeId]] = {}
    found: dict[tuple[frozenset[NodeId], frozenset[NodeId]], Pair] = {}
    for a, b in sorted(tellers, key=lambda p: (len(people[p[0]]) + len(people[p[1]]), p)):
        own, other = people[a], people[b]
        if len(other) < MIN_PEOPLE or own & other or tellers[a, b] <= alone or a in modules_told(situation):
            continue
        if b not in answers:
            answers[b] = reached_within(maps, other, NEAR)
        if not answers[b] & own:
            found.setdefault((own, other), (a, b))
    pairs = set(found.values())
    return [pair for pair in found.values() if not _implied(situation, pair, pairs)]


def _implied(situation: Situation, pair: Pair, pairs: set[Pair]) -> bool:
    """Is the same said of modules around these two?"""
    around = [[m.id for m in above(situation.document, end)] for end in pair]
    return any((a, b) in pairs and (a, b) != pair for a in around[0] for b in around[1])


def _finding(situation: Situation, pairs: list[Pair]) -> Finding:
    members = situation.maps.members
    tellers = tuple(dict.fromkeys(a for a, _ in pairs))
    hearers = tuple(dict.fromkeys(b for _, b in pairs))
    arcs = [
        (u, v)
        for a, b in pairs
        for u in members[a]
        for v in sorted(situation.out[u].keys() & set(members[b]))
    ]
    links = situation.links_of(arcs)
    people = sorted({v for b in hearers for v in members[b]})
    told, hear = situation.names(tellers), situation.names(hearers)
    if len(tellers) > 1 and len(hearers) > 1:
        claim = _MANY(n=len(pairs))
    else:
        claim = (_ONE if len(tellers) == 1 else _SEVERAL)(tellers=told, hearers=hear)
    return Finding(
        code=NO_WAY_BACK,
        weight=Weight.ACT,
        severity=min(len(people) / situation.others, 1.0),
        claim=claim,
        because=together(_WHY(n=len(links)), situation.for_whom(links)),
        question=_ASK(hearers=hear),
        modules=tuple(dict.fromkeys((*tellers, *hearers))),
        advice=ranked(_advice(situation, pair) for pair in pairs[:PAIRS]),
        evidence={"tellers": tellers, "hearers": hearers, "no_way_back": tuple(people)},
        lit_nodes=tuple(dict.fromkeys(v for arc in arcs for v in arc)),
        lit_links=links,
        lit_modules=tuple(dict.fromkeys((*tellers, *hearers))),
        source=ENTRIES[NO_WAY_BACK].source,
    )


def _advice(situation: Situation, pair: Pair) -> Advice:
    """From whom most of B tell, to whoever speaks to most of B."""
    maps, (a, b) = situation.maps, pair
    there = set(maps.members[b])
    speaking = [u for u in maps.members[a] if situation.out[u].keys() & there]
    target = max(named_first(maps, speaking), key=lambda u: len(situation.out[u].keys() & there))
    source = max(
        known(maps.two_way, named_first(maps, there)), key=lambda v: len(situation.into[v].keys() & there)
    )
    helped = len({source, *situation.into[source]} & there)
    mended = _ANSWER(n=helped, hearers=situation.name(b), tellers=situation.name(a))
    return telling(maps, source, target, mended, helped)
