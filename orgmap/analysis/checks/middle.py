"""disconnected-middle: the middle meets only over the top, misses a side, or is passed by.

Facts: `middle_facts`; repairs: `middle_ways`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from orgmap.analysis.catalogue import DISCONNECTED_MIDDLE, ENTRIES
from orgmap.analysis.checks.layers import LEAST, middle, no_layers
from orgmap.analysis.checks.middle_facts import Lateral, Passed, lateral, passed, rarity, without_side
from orgmap.analysis.checks.middle_ways import ways
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Finding, Rarity, Weight
from orgmap.i18n import Said, text
from orgmap.model.entities import LinkKind, NodeId, Status

PAIRS = 3  # pairs of the middle in different modules, below which there is no side by side
FORMAL = 0.9  # share of reporting lines from which talk is hardly drawn

_OVER = text("finding", "{names} reach each other across modules only through the top.")
_APART = text("finding", "{names} do not reach each other across modules.")
_SPARSE = text("finding", "{names} hardly reach each other across modules without the top.")
_PINS = text(
    "finding",
    "The map shows no talk both ways between {names} and one side, up or down.",
    "The map shows no talk both ways between each of {names} and one side, up or down.",
)
_PAST = text("finding", "Much of what the top and the others tell each other does not go through {names}.")
_REACH_WHY = text(
    "finding",
    "Without the top, {n} of {all} pairs in the middle can reach each other directly or through one person.",
    "Without the top, {n} of {all} pairs in the middle can reach each other directly or through one person.",
)
_REACH_WHY_SMALL = text(
    "finding",
    "Without the top, {n} pair in the middle can reach each other directly or through one person.",
    "Without the top, {n} pairs in the middle can reach each other directly or through one person.",
)
_NONE_WHY = text(
    "finding", "Without the top, no two in the middle reach each other directly or through one person."
)
_UP_WHY = text("finding", "No talk up, both ways, is shown for {names}.")
_DOWN_WHY = text("finding", "No talk down, both ways, is shown for {names}.")
_PAST_WHY = text(
    "finding",
    "Counting each direction, {n} of {all} contacts between the top and the others skips the middle.",
    "Counting each direction, {n} of {all} contacts between the top and the others skip the middle.",
)
_PAST_WHY_SMALL = text(
    "finding",
    "Counting each direction, {n} contact between the top and the others skips the middle.",
    "Counting each direction, {n} contacts between the top and the others skip the middle.",
)
_ASK_MEET = text("finding", "What could {names} settle among themselves?")
_ASK_PINS = text("finding", "How does {names} learn what is wanted above, and what is going on below?")
_ASK_PINS_MANY = text("finding", "How do {names} learn what is wanted above, and what is going on below?")
_ASK_PAST = text("finding", "What should {names} hear before, or together with, the others?")
_COMMON = text("finding", "Contact is sparse here, but no more so in the middle than elsewhere.")
_RARE = text(
    "finding",
    "This is hardly chance: of {of} random groups with about as many contacts, {n} meets as little.",
    "This is hardly chance: of {of} random groups with about as many contacts, {n} meet as little.",
)
_NEVER = text(
    "finding",
    "This is hardly chance: of {of} random groups with about as many contacts, none meets as little.",
)
_FORMAL = text("finding", "Nearly all that the map shows is who reports to whom.")
_FORMAL_ASK = text("finding", "Who really talks with whom, besides the chart?")
_FEW = text("finding", "Fewer than three people stand between top and front.")
_FEW_ASK = text("finding", "Who passes on what the top says, and what the front sees?")
_SAME = text("finding", "Nearly all of those between top and front are in the same module.")
_SAME_ASK = text("finding", "Which modules do those in the middle speak for?")


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is wrong with the middle; at least one of these.

    `lateral`: it hardly meets; `up`, `down`: who misses a line to that side, enough of them; `passed`.
    """

    lateral: Lateral | None
    up: tuple[NodeId, ...]
    down: tuple[NodeId, ...]
    passed: Passed | None

    @property
    def pins(self) -> tuple[NodeId, ...]:
        """Whoever misses a side, by id."""
        return tuple(sorted({*self.up, *self.down}))

    def people(self, reach: float) -> tuple[NodeId, ...]:
        """All whom it is about; of those who hardly meet, whoever reaches at most `reach` of the others."""
        found = {*self.up, *self.down, *(self.passed.people if self.passed else ())}
        if self.lateral is not None:
            found |= set(self.lateral.lonely(reach))
        return tuple(sorted(found))


def disconnected_middle(situation: Situation) -> Iterator[Finding]:
    """One finding for the map, about those in the middle whom it concerns."""
    missing = situation.untold or situation.one_way or _formal(situation) or no_layers(situation)
    if missing is None:
        if len(middle(situation).people) < LEAST:
            missing = _FEW(), _FEW_ASK()
        elif lateral(situation).pairs < PAIRS:
            missing = _SAME(), _SAME_ASK()
    if missing is not None:
        yield situation.not_judged(DISCONNECTED_MIDDLE, missing)
        return
    gaps = _gaps(situation)
    if gaps.lateral or gaps.pins or gaps.passed:
        yield _finding(situation, gaps)


def _formal(situation: Situation) -> tuple[Said, Said] | None:
    kinds = [
        link.kind
        for link in situation.document.links.values()
        if link.kind is not LinkKind.NEEDS and link.status is not Status.PROPOSED
    ]
    formal = sum(1 for kind in kinds if kind is LinkKind.REPORTS)
    return (_FORMAL(), _FORMAL_ASK()) if formal > FORMAL * len(kinds) else None


def _gaps(situation: Situation) -> Gaps:
    side, past = lateral(situation), passed(situation)
    up, down = without_side(situation)
    enough = len({*up, *down}) >= situation.cut("disconnected-middle.pins") * len(middle(situation).people)
    by = past.share > situation.cut("disconnected-middle.passed") and len(past.past) >= situation.cut(
        "disconnected-middle.lines"
    )
    return Gaps(
        side if side.share <= situation.cut("disconnected-middle.reach") else None,
        up if enough else (),
        down if enough else (),
        past if by else None,
    )


def _finding(situation: Situation, gaps: Gaps) -> Finding:
    found, maps = middle(situation), situation.maps
    people = gaps.people(situation.cut("disconnected-middle.reach"))
    met = {w for v in people for m in situation.document.nodes[v].modules for w in maps.members.get(m, ())}
    side, past = lateral(situation), passed(situation)
    lit = dict.fromkeys(
        (*people, *(v for v in sorted(found.above) if maps.two_way.adj[v].keys() & set(people)))
    )
    arcs = [arc for arc in maps.arcs if arc[0] in lit and arc[1] in lit]
    arcs += gaps.passed.past if gaps.passed is not None else ()
    links = situation.links_of(arcs)
    claim, question = _claim(situation, gaps, people)
    return Finding(
        code=DISCONNECTED_MIDDLE,
        weight=Weight.ACT if _heavy(situation, gaps, None) else Weight.LOOK,
        severity=len(people) / len(found.people) * len(met | set(people)) / max(len(maps.nodes), 1),
        claim=claim,
        because=together(*_reasons(situation, gaps), situation.for_whom(links)),
        question=question,
        people=people,
        advice=ways(situation, gaps.up, gaps.down, gaps.lateral, gaps.passed),
        evidence={
            "middle": found.people,
            "lateral_reach": side.share,
            "near_pairs": side.met,
            "pairs_of_middle": side.pairs,
            "no_line_up": gaps.up,
            "no_line_down": gaps.down,
            "lines_past": len(past.past),
            "lines_of_top": past.arcs,
        },
        lit_nodes=tuple(dict.fromkeys((*lit, *(v for arc in arcs for v in arc)))),
        lit_links=links,
        source=ENTRIES[DISCONNECTED_MIDDLE].source,
    )


def against_chance(situation: Situation, finding: Finding, seed: int) -> Finding:
    """The same finding, compared with sets of people drawn at random, if it is about who meets whom."""
    gaps = _gaps(situation)
    chance = rarity(situation, seed) if gaps.lateral is not None else None
    if chance is None:
        return finding
    weight = Weight.ACT if _heavy(situation, gaps, chance) else Weight.LOOK
    return replace(finding, weight=weight, rarity=chance, sure=_sure(chance))


def _heavy(situation: Situation, gaps: Gaps, chance: Rarity | None) -> bool:
    """Half of the middle misses a side, or none of it meets and elsewhere more do."""
    if len(gaps.pins) >= situation.cut("disconnected-middle.act") * len(middle(situation).people):
        return True
    return gaps.lateral is not None and not gaps.lateral.met and (chance is None or chance.rare)


def _claim(situation: Situation, gaps: Gaps, people: tuple[NodeId, ...]) -> tuple[Said, Said]:
    """The claim and the question: of what concerns most of the middle."""
    names = situation.names
    if gaps.lateral is not None:
        claim = _SPARSE if gaps.lateral.met else _OVER if _over_top(situation, gaps.lateral) else _APART
        told = names(gaps.lateral.lonely(situation.cut("disconnected-middle.reach")))
        return claim(names=told), _ASK_MEET(names=told)
    if gaps.pins:
        told = names(gaps.pins)
        ask = _ASK_PINS if len(gaps.pins) == 1 else _ASK_PINS_MANY
        return _PINS(n=len(gaps.pins), names=told), ask(names=told)
    told = names(people)
    return _PAST(names=told), _ASK_PAST(names=told)


def _over_top(situation: Situation, side: Lateral) -> bool:
    """Do any two of them meet by somebody above both?"""
    graph, above = situation.maps.two_way, middle(situation).above
    over = [graph.adj[v].keys() & above for v in side.people]
    return any(over[i] & over[j] for i, j in np.argwhere(np.triu(side.across)))


def _reasons(situation: Situation, gaps: Gaps) -> Iterator[Said]:
    if gaps.lateral is not None:
        near, pairs = gaps.lateral.met, gaps.lateral.pairs
        if not near:
            yield _NONE_WHY()
        else:
            yield _REACH_WHY_SMALL(n=near) if situation.small else _REACH_WHY(n=near, all=pairs)
    for people, words in ((gaps.up, _UP_WHY), (gaps.down, _DOWN_WHY)):
        if people:
            yield words(names=situation.names(people))
    if gaps.passed is not None:
        past = len(gaps.passed.past)
        yield _PAST_WHY_SMALL(n=past) if situation.small else _PAST_WHY(n=past, all=gaps.passed.arcs)


def _sure(chance: Rarity) -> Said:
    if not chance.rare:
        return _COMMON()
    return _RARE(n=chance.count, of=chance.of) if chance.count else _NEVER(of=chance.of)
