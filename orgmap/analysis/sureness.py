"""How sure a finding is: compared with what chance would draw. See `docs/findings.md`, "How sure".

The comparison takes its time, so it comes after the findings. It may change their class and words,
never their code, their subjects or the order in which somebody is reading them. Each code that has
something to compare with has one function in `COMPARISONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import TypeAlias

from orgmap.analysis.catalogue import BOTTLENECK, BROADCAST_ONLY, DISCONNECTED_MIDDLE, cutoff
from orgmap.analysis.chance import SHUFFLES, drawn
from orgmap.analysis.checks.middle import against_chance
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Fact, Finding, Number, Rarity, Weight
from orgmap.analysis.graphs import Maps
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

Comparison: TypeAlias = Callable[[Maps, Finding, int, Progress], Finding]
"""A finding on its map, with the seed: the same finding with what chance says of it."""

MOST_WORK = 20_000_000  # people times arcs; on larger maps two hundred shuffles would take minutes
OFTEN_UNHEARD = 0.01  # share of the people from which chance is a fair reason to ask first
NEVER = 1_000_000  # maps; what chance draws less often than on one of so many is said to be never

_NEVER = text(
    "finding",
    "This is hardly chance: in {of} maps made up with as many lines, never did so much depend on {name}.",
)
_RARE = text(
    "finding",
    "This is hardly chance: in {n} of {of} shuffles of who talks with whom, as much depends on {name}.",
    "This is hardly chance: in {n} of {of} shuffles of who talks with whom, as much depends on {name}.",
)
_COMMON = text(
    "finding",
    "It comes with so many contacts: in {n} of {of} shuffles of who talks with whom, "
    "as much depends on {name}.",
    "It comes with so many contacts: in {n} of {of} shuffles of who talks with whom, "
    "as much depends on {name}.",
)
_UNHEARD_OFTEN = text(
    "finding", "On a map with so few lines, chance alone leaves about 1 person in {many} hearing from nobody."
)
_UNHEARD_SELDOM = text(
    "finding", "On a map with so many lines, chance leaves about 1 person in {many} hearing from nobody."
)
_UNHEARD_NEVER = text("finding", "On a map with so many lines, everybody would by chance hear from somebody.")


def compared(
    maps: Maps, findings: Sequence[Finding], *, seed: int = 1, progress: Progress = SILENT
) -> tuple[Finding, ...]:
    """The findings in the same places, those of `COMPARISONS` with what chance says. Raises `Cancelled`."""
    if _small(maps):
        return tuple(findings)
    each = max(len(findings), 1)
    return tuple(
        made(maps, finding, seed, progress.part(place / each, (place + 1) / each))
        if finding.judged and (made := COMPARISONS.get(finding.code)) is not None
        else finding
        for place, finding in enumerate(findings)
    )


def expected(
    maps: Maps, findings: Sequence[Finding], *, seed: int = 1, progress: Progress = SILENT
) -> dict[str, Number]:
    """Measures of the map that only shuffled maps can tell, by name. Raises `Cancelled`."""
    if _small(maps) or not any(maps.home.values()) or not _affordable(maps):
        return {}
    between = any(_holder(finding) is not None for finding in findings)
    return {"modularity_expected": drawn(maps, between, SHUFFLES, seed, progress=progress).modularity}


def _small(maps: Maps) -> bool:
    return len(maps.people) < cutoff(maps.document, "shares-from")


def _affordable(maps: Maps) -> bool:
    return len(maps.nodes) * len(maps.arcs) <= MOST_WORK


# -- bottleneck


def _held(maps: Maps, finding: Finding, seed: int, progress: Progress) -> Finding:
    """Is it seldom that chance puts as much on the person on whom most hangs?

    To be acted on if much hangs there (a quarter of the others would be cut off, or a quarter of the
    pairs depend) and chance would seldom draw such a map: p <= .05.
    """
    person = _holder(finding)
    if person is None or not _affordable(maps):
        return finding
    rarity = drawn(maps, True, SHUFFLES, seed, progress=progress).rarity(maps, person)
    return finding if rarity is None else _told(maps, finding, person, rarity)


def _holder(finding: Finding) -> NodeId | None:
    """The person on whom most hangs, if the finding is about bottlenecks among people."""
    if finding.code != BOTTLENECK or not finding.judged:
        return None
    shares = {v: _share(finding, v) for v in finding.people}
    if not any(shares.values()):
        return None
    return min(shares, key=lambda v: (-shares[v], v))


def _share(finding: Finding, person: NodeId) -> float:
    """Of the pairs of others, how many depend on the person, 0..1."""
    found = _fact(finding, person).get("dependence")
    return found if isinstance(found, float) else 0.0


def _fact(finding: Finding, person: NodeId) -> dict[str, Fact]:
    without = finding.evidence.get("without")
    if not isinstance(without, dict):
        return {}
    found = without.get(person)
    return found if isinstance(found, dict) else {}


def _told(maps: Maps, finding: Finding, person: NodeId, rarity: Rarity) -> Finding:
    cut = [_fact(finding, v).get("cut_off") for v in finding.people]
    away = max((len(found) for found in cut if isinstance(found, tuple)), default=0)
    quarter = cutoff(maps.document, "bottleneck.act")
    others = max(len(maps.nodes) - 1, 1)
    much = away >= quarter * others or _share(finding, person) >= quarter
    return replace(
        finding,
        weight=Weight.ACT if much and rarity.rare else Weight.LOOK,
        sure=_words(maps, person, rarity),
        rarity=rarity,
    )


def _words(maps: Maps, person: NodeId, rarity: Rarity) -> Said:
    name = maps.name(person)
    if not rarity.count:
        return _NEVER(of=rarity.of, name=name)
    return (_RARE if rarity.rare else _COMMON)(n=rarity.count, of=rarity.of, name=name)


# -- broadcast-only


def _unheard(maps: Maps, finding: Finding, seed: int, progress: Progress) -> Finding:
    """How often somebody hears nobody by chance: shuffles keep who does, so it is worked out.

    Each other sender u misses one person with probability 1 - out(u)/(n-1). B0 of people only.
    """
    del seed
    progress.at(0.0)
    if finding.evidence.get("kind") != "B0" or not finding.people:
        return finding
    others = len(maps.nodes) - 1
    (person,) = finding.people
    share = prod(1 - len(maps.flow.succ[u]) / others for u in maps.nodes if u != person)
    if share * NEVER < 1:
        sure = _UNHEARD_NEVER()
    else:
        often = share > OFTEN_UNHEARD
        sure = (_UNHEARD_OFTEN if often else _UNHEARD_SELDOM)(many=round(1 / share))
    return replace(finding, sure=sure, evidence={**finding.evidence, "unheard_by_chance": share})


# -- disconnected-middle


def _met(maps: Maps, finding: Finding, seed: int, progress: Progress) -> Finding:
    """Do other people with as many lines meet as little as those in the middle?"""
    return against_chance(Situation(maps, progress=progress), finding, seed)


COMPARISONS: Mapping[str, Comparison] = {
    BOTTLENECK: _held,
    BROADCAST_ONLY: _unheard,
    DISCONNECTED_MIDDLE: _met,
}
"""What has a yardstick of chance; the other codes count facts that chance has no say in."""
