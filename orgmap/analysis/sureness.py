"""How sure a finding is: compared with maps that chance would draw. See `docs/findings.md`, "How sure".

The comparison takes its time, so it comes after the findings. It may change their class and words,
never their code, their subjects or the order in which somebody is reading them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orgmap.analysis import engine
from orgmap.analysis.catalogue import BOTTLENECK, cutoff
from orgmap.analysis.chance import SHUFFLES, rarities
from orgmap.analysis.findings import Fact, Finding, Rarity, Weight
from orgmap.analysis.graphs import Maps
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

MOST_WORK = 20_000_000  # people times arcs; on larger maps two hundred shuffles would take minutes

_NEVER = text(
    "finding",
    "Of {of} maps drawn at random, with as many lines for everybody, none puts so much on {name}.",
)
_RARE = text(
    "finding",
    "Of {of} maps drawn at random, with as many lines for everybody, {n} puts as much on {name}.",
    "Of {of} maps drawn at random, with as many lines for everybody, {n} put as much on {name}.",
)
_COMMON = text(
    "finding",
    "It comes with having so many lines: {n} of {of} maps drawn at random puts as much on {name}.",
    "It comes with having so many lines: {n} of {of} maps drawn at random put as much on {name}.",
)


def can_compare(maps: Maps, findings: Sequence[Finding]) -> bool:
    """Is there a finding that chance has a say in, on a map neither too small nor too large for it?"""
    if len(maps.people) < cutoff(maps.document, "shares-from"):
        return False
    return any(_holder(f) for f in findings) and len(maps.nodes) * len(maps.arcs) <= MOST_WORK


def compared(
    maps: Maps,
    findings: Sequence[Finding],
    *,
    seed: int = 1,
    count: int = SHUFFLES,
    progress: Progress = SILENT,
) -> tuple[Finding, ...]:
    """The findings in the same places, those about bottlenecks with what chance says of them.

    A bottleneck is to be acted on if much hangs on the person (a quarter of the others would be cut
    off, or a quarter of the pairs depend) and chance would seldom draw such a map: p <= .05. Raises
    `Cancelled`.
    """
    if not can_compare(maps, findings):
        return tuple(findings)
    found = rarities(maps.flow, engine.betweenness, count=count, seed=seed, progress=progress)
    return tuple(
        finding if (person := _holder(finding)) is None else _told(maps, finding, person, found[person])
        for finding in findings
    )


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
