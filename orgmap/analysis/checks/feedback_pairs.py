"""no-way-back for pairs that must hear back: top and front, the two ends of a need, marked lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from orgmap.analysis.catalogue import ENTRIES, NO_WAY_BACK
from orgmap.analysis.checks.broadcast import NEAR, people_told
from orgmap.analysis.checks.feedback_times import days_until_answer
from orgmap.analysis.checks.situation import Situation, once, steps
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.repairs import MOST, return_lines, tell
from orgmap.i18n import text
from orgmap.model.entities import NodeId

TWICE = 2  # a way back this many times the way there is too long for a pair that must hear back

_CLAIM = text(
    "finding",
    "What {name} says reaches {hearers}, and the answer takes far longer.",
)
_CLAIM_MANY = text(
    "finding",
    "What {name} says reaches {n} person, and the answer takes far longer.",
    "What {name} says reaches {n} people, and the answers take far longer.",
)
_NONE = text("finding", "What {name} says reaches {hearers}, and no answer comes back.")
_WHY = text(
    "finding",
    "It is {n} step from {name} to {who}, and {back} steps back.",
    "It is {n} steps from {name} to {who}, and {back} steps back.",
)
_WHY_NONE = text(
    "finding",
    "It is {n} step from {name} to {who}, and no path leads back.",
    "It is {n} steps from {name} to {who}, and no path leads back.",
)
_DAYS = text("finding", "An answer to {name} from {hearers} comes later than it is needed.")
_WHY_DAYS = text(
    "finding",
    "It takes {days} days or more until {who} is heard, and {n} day was given.",
    "It takes {days} days or more until {who} is heard, and {n} days were given.",
)
_ASK = text("finding", "How does {name} learn in time whether it worked?")
_TRY = text(
    "advice",
    "Let {source} tell {target}: the way back gets short for {n} person.",
    "Let {source} tell {target}: the way back gets short for {n} people.",
)


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who must hear back from `hearer`: steps there, and back, None without a way.

    `days` until the answer is back, and within how many it is `needed`, where that is what is wrong.
    """

    hearer: NodeId
    there: int
    back: int | None
    days: float | None = None
    needed: float | None = None


def pairs_unheard(situation: Situation, explained: Collection[NodeId]) -> Iterator[Finding]:
    """One finding for each sender. `explained`: who is known already to have no way back."""
    for sender, pairs in late_pairs(situation).items():
        late = [pair for pair in pairs if pair.back is not None or pair.hearer not in explained]
        if late:
            yield _finding(situation, sender, late)


@once
def late_pairs(situation: Situation) -> dict[NodeId, list[Late]]:
    """By sender, those from whom an answer must come back and takes too long or has no way."""
    told, wanted = people_told(situation), must_hear(situation)
    found: dict[NodeId, list[Late]] = {}
    for place, (sender, hearers) in enumerate(wanted.items()):
        situation.progress.at(place / len(wanted))
        if sender in told or sender in situation.silent:
            continue
        there, back = steps(situation.out, [sender]), steps(situation.into, [sender])
        late = [
            pair
            for v in sorted(hearers)
            if v in there
            and v != sender
            and (pair := _late(situation, sender, Late(v, there[v], back.get(v)))) is not None
        ]
        if late:
            found[sender] = late
    return found


def must_hear(situation: Situation) -> dict[NodeId, set[NodeId]]:
    """By sender, from whom an answer must come back; persons and filled roles send."""
    maps, document = situation.maps, situation.document
    wanted: dict[NodeId, set[NodeId]] = {}
    front = {v for v in maps.nodes if maps.reports.pred[v] and not maps.reports.succ[v]}
    levels = {v: level for v in maps.nodes if (level := document.nodes[v].level) is not None}
    if not front and levels and min(levels.values()) < max(levels.values()):
        front = {v for v, level in levels.items() if level == max(levels.values())}
    top = [v for v, level in levels.items() if level == 1] or [
        v for v in maps.nodes if maps.reports.succ[v] and not maps.reports.pred[v]
    ]
    for v in top:
        wanted.setdefault(v, set()).update(front)
    for one, other in maps.needs.edges:
        for u in maps.carriers(one) if one in maps.index else ():
            for v in maps.carriers(other) if other in maps.index else ():
                wanted.setdefault(u, set()).add(v)
                wanted.setdefault(v, set()).add(u)
    for (u, v), arc in maps.arcs.items():
        marked = [document.links[key] for key in arc.links]
        if any(link.answers_needed or link.needed_within is not None for link in marked):
            wanted.setdefault(u, set()).add(v)
    return {v: wanted[v] for v in sorted(wanted) if v in situation.people}


def _late(situation: Situation, sender: NodeId, pair: Late) -> Late | None:
    """The pair if its way back is missing, too long, or too slow for what its own line says."""
    if pair.back is None or (pair.back > NEAR and pair.back > TWICE * pair.there):
        return pair
    needed = needed_days(situation).get((sender, pair.hearer))
    if needed is None or pair.back == 1:  # a straight answer on a slow channel is another finding
        return None
    days = days_until_answer(situation, sender, pair.hearer)
    return replace(pair, days=days, needed=needed) if days is not None and days > needed else None


@once
def needed_days(situation: Situation) -> dict[tuple[NodeId, NodeId], float]:
    """By arc, within how many days an answer is needed, where a line says so; of several the least."""
    links = situation.document.links
    found: dict[tuple[NodeId, NodeId], float] = {}
    for arc, carrier in situation.maps.arcs.items():
        said = [days for key in carrier.links if (days := links[key].needed_within) is not None]
        if said:
            found[arc] = min(said)
    return found


def _finding(situation: Situation, sender: NodeId, late: list[Late]) -> Finding:
    name = situation.name(sender)
    severity = min(len(late) / situation.others, 1.0)
    worst = max(late, key=lambda p: (p.back is None, p.back or 0, -p.there, p.hearer))
    hearers = tuple(pair.hearer for pair in late)
    never = all(pair.back is None for pair in late)
    if all(pair.days is not None for pair in late):
        claim = _DAYS(name=name, hearers=situation.names(hearers, 3))
    elif never:
        claim = _NONE(name=name, hearers=situation.names(hearers, 3))
    elif len(late) <= MOST:
        claim = _CLAIM(name=name, hearers=situation.names(hearers))
    else:
        claim = _CLAIM_MANY(name=name, n=len(late))
    who = situation.name(worst.hearer)
    because = (
        _WHY_DAYS(who=who, days=worst.days, n=_counted(worst.needed or 0.0))
        if worst.days is not None
        else _WHY_NONE(n=worst.there, name=name, who=who)
        if worst.back is None
        else _WHY(n=worst.there, name=name, who=who, back=worst.back)
    )
    ways: dict[str, Fact] = {
        str(p.hearer): {"there": p.there, "back": p.back, "days": p.days, "needed_within": p.needed}
        for p in late
    }
    return Finding(
        code=NO_WAY_BACK,
        weight=Weight.ACT if severity >= situation.cut("no-way-back.act") else Weight.LOOK,
        severity=severity,
        claim=claim,
        because=because,
        question=_ASK(name=name),
        people=(sender,),
        advice=_advice(situation, sender, hearers),
        evidence={"must_hear_back_from": hearers, "steps": ways},
        lit_nodes=(sender, *hearers),
        lit_links=situation.links_of((sender, v) for v in hearers),
        source=ENTRIES[NO_WAY_BACK].source,
    )


def _counted(days: float) -> int | float:
    """Whole days as a number that has a singular."""
    return int(days) if days.is_integer() else days


def _advice(situation: Situation, sender: NodeId, hearers: tuple[NodeId, ...]) -> tuple[Advice, ...]:
    """Return lines for most of them; where days count, from the hearers themselves."""
    lines = return_lines(situation.maps, hearers, [sender])
    if any((sender, v) in needed_days(situation) for v in hearers):
        lines = [line for line in lines if line[0] in hearers]
    return tuple(
        tell(
            situation.maps,
            source,
            target,
            _TRY(source=situation.name(source), target=situation.name(target), n=helped),
        )
        for source, target, helped in lines[:MOST]
    )
