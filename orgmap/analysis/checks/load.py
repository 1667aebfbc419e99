"""overload: hours of talk a week beyond what somebody has for it, or far beyond everybody else's.

Definition: docs/findings.md, overload. Repairs: `load_ways`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from orgmap.analysis.catalogue import ENTRIES, OVERLOAD
from orgmap.analysis.checks.load_ways import time, ways
from orgmap.analysis.checks.situation import Situation, once, together
from orgmap.analysis.findings import Fact, Finding, Weight
from orgmap.analysis.hours import hours_of_people, talk
from orgmap.analysis.lacking import HOURS
from orgmap.i18n import Said, text
from orgmap.model.entities import LinkId, NodeId

NORMAL = 0.6745  # makes the typical distance from the median comparable to a standard deviation
MOST_ALONE = 3  # people told one by one; of more, all are one finding
ROUNDING = 1e-9  # hours; sums of thirds of hours must not exceed by their last bits

_MORE = text("finding", "Talk takes more of the week of {name} than was said to be there.")
_MORE_MANY = text("finding", "Talk takes more of the week than was said to be there for {names}.")
_FAR = text("finding", "{name} spends far more hours a week in talks than most others do.")
_FAR_MANY = text("finding", "{names} spend far more hours a week in talks than most others do.")
_WHY = text(
    "finding",
    "{name}: {hours} of talk on {n} line, and {own} were said to be there.",
    "{name}: {hours} of talk on {n} lines, and {own} were said to be there.",
)
_WHY_JUST = text(
    "finding",
    "{name}: a little more than {hours} of talk on {n} line, and no more were said to be there.",
    "{name}: a little more than {hours} of talk on {n} lines, and no more were said to be there.",
)
_FAR_WHY = text("finding", "For {name} it is {hours} a week. Half of the others spend {median} or less.")
_ASK = text("finding", "Which talks could {name} leave to somebody else, or have less often?")
_ASK_MANY = text("finding", "Which talks could {names} leave to somebody else, or have less often?")
_FEW = text("finding", "The hours of too few people are known to compare them.")
_ALIKE = text("finding", "Most spend the very same hours, so nobody's can be called unusual.")
_ALIKE_ASK = text("finding", "How many hours a week does each have for talk?")


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody with too much, in hours a week; `own`: what was said to be there, None if nobody did."""

    person: NodeId
    hours: float
    own: float | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the others spend: the middle one, and the most that two thirds of them spend; hours a week.

    `spread`: the median distance from the median.
    """

    median: float
    spread: float
    second: float


def overload(situation: Situation) -> Iterator[Finding]:
    """Those with more than they have, then those far above the rest; many are one finding."""
    if situation.untold is not None:
        yield situation.not_judged(OVERLOAD, situation.untold)
        return
    stated, unusual, missing = loads(situation)
    for found in (stated, unusual):
        groups = [[load] for load in found] if len(found) <= MOST_ALONE else [found]
        for group in groups:
            yield _finding(situation, group)
    if missing is not None:
        yield situation.not_judged(OVERLOAD, missing)


@once
def known(situation: Situation) -> dict[NodeId, float]:
    """Hours a week of everybody enough of whose lines say how often and how long; by id."""
    maps, least = situation.maps, situation.cut("overload.known")
    lines: dict[NodeId, int] = dict.fromkeys(maps.nodes, 0)
    timed = dict(lines)
    for link in talk(maps):
        full = link.per_week is not None and link.minutes is not None
        simple = link.source in lines and link.target in lines
        ends = (link.source, link.target) if simple else {v for pair in maps.pairs(link) for v in pair}
        for v in map(NodeId, ends):
            if v in lines:
                lines[v] += 1
                timed[v] += full
    spent = hours_of_people(maps)
    return {v: spent[v] or 0.0 for v in maps.people if lines[v] and timed[v] >= least * lines[v]}


def loads(situation: Situation) -> tuple[list[Load], list[Load], tuple[Said, Said] | None]:
    """Above the hours stated; unusual among all; and what is missing to judge most people, if it is."""
    hours, nodes = known(situation), situation.document.nodes
    stated = {v for v in hours if nodes[v].hours is not None}
    above = [
        Load(v, hours[v], own)
        for v in sorted(stated)
        if (own := nodes[v].hours) is not None and hours[v] > own + ROUNDING
    ]
    linked = sum(1 for v in situation.maps.people if situation.out[v] or situation.into[v])
    enough = situation.cut("overload.known") * linked
    if len(stated) >= enough and linked:
        return _worst(above), [], None
    if len(hours) < enough:
        return _worst(above), [], HOURS.missing
    if len(hours) < situation.cut("overload.people"):
        return _worst(above), [], (_FEW(), _ALIKE_ASK())
    crowd = _crowd(list(hours.values()))
    if crowd.spread <= ROUNDING:
        return _worst(above), [], (_ALIKE(), _ALIKE_ASK())
    unusual = [
        Load(v, spent, None)
        for v, spent in hours.items()
        if v not in stated
        and NORMAL * (spent - crowd.median) / crowd.spread > situation.cut("overload.deviation")
        and spent >= situation.cut("overload.above") * crowd.second
    ]
    return _worst(above), _worst(unusual), None


def _worst(found: list[Load]) -> list[Load]:
    return sorted(found, key=lambda load: (-(load.hours - (load.own or 0.0)), load.person))


def _crowd(values: Sequence[float]) -> Crowd:
    """Of all values; the second third ends where two of three values lie."""
    ordered = sorted(values)
    median = float(np.median(ordered))
    spread = float(np.median(np.abs(np.array(ordered) - median)))
    return Crowd(median, spread, ordered[ceil(2 * len(ordered) / 3) - 1])


def _finding(situation: Situation, group: list[Load]) -> Finding:
    worst, maps = group[0], situation.maps
    people = tuple(sorted(load.person for load in group))
    near = {w for v in people for w in (*situation.out[v], *situation.into[v])} - set(people)
    links = _lines(situation, people)
    names, one = situation.names(people), len(group) == 1
    heavy = worst.own is not None
    claim = (_MORE if heavy else _FAR)(name=situation.name(worst.person))
    if not one:
        claim = (_MORE_MANY if heavy else _FAR_MANY)(names=names)
    spent: dict[str, Fact] = {str(load.person): round(load.hours, 9) for load in group}
    stated: dict[str, Fact] = {str(load.person): load.own for load in group if load.own is not None}
    evidence: dict[str, Fact] = {"hours": spent}
    evidence |= {"hours_stated": stated} if heavy else {"median_hours": _others(situation).median}
    return Finding(
        code=OVERLOAD,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=min(len(near | set(people)) / max(len(maps.nodes), 1), 1.0),
        claim=claim,
        because=together(_because(situation, worst), situation.for_whom(links)),
        question=_ASK(name=situation.name(worst.person)) if one else _ASK_MANY(names=names),
        people=people,
        advice=ways(situation, known(situation), [load.person for load in group]),
        evidence=evidence,
        lit_nodes=(*people, *sorted(near)),
        lit_links=links,
        source=ENTRIES[OVERLOAD].source,
    )


def _because(situation: Situation, load: Load) -> Said:
    name, hours = situation.name(load.person), time(load.hours)
    if load.own is None:
        return _FAR_WHY(name=name, hours=hours, median=time(_others(situation).median))
    lines, own = len(_lines(situation, [load.person])), time(load.own)
    if hours == own:  # a few minutes, which rounded hours do not show
        return _WHY_JUST(name=name, hours=own, n=lines)
    return _WHY(name=name, hours=hours, n=lines, own=own)


def _lines(situation: Situation, people: Collection[NodeId]) -> tuple[LinkId, ...]:
    """Their lines of talk, those with outside parties and sources too, in order of id."""
    arcs, theirs = situation.maps.all_arcs, set(people)
    return tuple(
        sorted({key for (u, v), arc in arcs.items() if u in theirs or v in theirs for key in arc.links})
    )


def _others(situation: Situation) -> Crowd:
    return _crowd(list(known(situation).values()))
