"""no-way-back for pairs that must hear back: top and front, the two ends of a need, marked lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from orgmap.analysis.catalogue import ENTRIES, NO_WAY_BACK
from orgmap.analysis.checks.broadcast import NEAR, answer_words, people_told
from orgmap.analysis.checks.feedback_times import days_until_answers, minutes_there
from orgmap.analysis.checks.layers import top
from orgmap.analysis.checks.situation import Situation, counted, once, said_days, together
from orgmap.analysis.distances import NO_WAY
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.paths import indices, steps_back, steps_from
from orgmap.analysis.repairs import MOST, ranked, return_lines, talk, talking, telling
from orgmap.analysis.waiting import DAY, WEEK
from orgmap.i18n import text
from orgmap.model.entities import NodeId

MOST_ALONE = 3  # senders told one by one; further ones are summed up
TWICE = 2  # a way back this many times the way there is too long for a pair that must hear back
MOST_OFTEN = 40.0  # contacts a week that can still be planned; beyond, one talks when it matters

_CLAIM = text(
    "finding",
    "{name} reaches {hearers} easily, but the answer goes through far more people.",
    "{name} reaches {hearers} easily, but their answers go through far more people.",
)
_CLAIM_MANY = text(
    "finding",
    "{name} reaches {n} person easily, but the answer goes through far more people.",
    "{name} reaches {n} people easily, but their answers go through far more people.",
)
_NONE = text("finding", "What {name} tells reaches {hearers}, and on this map no answer can get back.")
_WHY = text(
    "finding",
    "{who} hears from {name} through {n} go-between. The answer needs {back}.",
    "{who} hears from {name} through {n} go-betweens. The answer needs {back}.",
)
_WHY_DIRECT = text(
    "finding",
    "{who} hears from {name} directly. The answer needs {n} go-between.",
    "{who} hears from {name} directly. The answer needs {n} go-betweens.",
)
_WHY_NONE = text("finding", "{who} hears from {name}, and no way leads back, even through others.")
_DAYS = text("finding", "Answers to {name} from {hearers} come later than they are needed.")
_WHY_DAYS = text(
    "finding",
    "It takes {days} or more until {who} is heard, and {n} day was given.",
    "It takes {days} or more until {who} is heard, and {n} days were given.",
)
_CLAIM_SENDERS = text("finding", "Answers to {names} have a far longer way, come late, or cannot get back.")
_WHY_SENDERS = text(
    "finding",
    "It is so for {n} answer that matters.",
    "It is so for {n} answers that matter.",
)
_WHY_NEVER = text("finding", "{n} of them has no way at all.", "{n} of them have no way at all.")
_ASK_SENDERS = text("finding", "Who lets them know in time when something does not work?")
_ASK = text("finding", "Who lets {name} know in time when something does not work?")
_AT_ONCE = text("advice", "Let {one} and {other} talk as soon as it matters: {mended}.")
_IN_TIME = text("advice", "the answer of {hearer} can be back in time")


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

    @property
    def far(self) -> bool:
        """Is the way back missing, or long by itself and for the way there?"""
        return self.back is None or (self.back > NEAR and self.back > TWICE * self.there)


def pairs_unheard(situation: Situation, explained: Collection[NodeId]) -> Iterator[Finding]:
    """By sender, those with most pairs first; of many the rest is summed up.

    `explained`: who is known already to have no way back.
    """
    late = {
        sender: left
        for sender, pairs in late_pairs(situation).items()
        if (left := [pair for pair in pairs if pair.back is not None or pair.hearer not in explained])
    }
    senders = sorted(late, key=lambda v: (-len(late[v]), v))
    alone, rest = senders[:MOST_ALONE], sorted(senders[MOST_ALONE:])
    for sender in (*alone, *rest) if len(rest) == 1 else alone:
        yield _finding(situation, sender, late[sender])
    if len(rest) > 1:
        yield _several(situation, {sender: late[sender] for sender in rest})


@once
def late_pairs(situation: Situation) -> dict[NodeId, list[Late]]:
    """By sender, those from whom an answer must come back and takes too long or has no way."""
    told, wanted = people_told(situation), must_hear(situation)
    found: dict[NodeId, list[Late]] = {}
    for place, (sender, hearers) in enumerate(wanted.items()):
        situation.progress.at(place / len(wanted))
        if sender in told or sender in situation.silent:
            continue
        late = _late(situation, sender, sorted(hearers - {sender}))
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
    for v in top(situation):
        wanted.setdefault(v, set()).update(front)
    for one, other in maps.needs.edges:
        if one in maps.index and other in maps.index:
            u, v = NodeId(one), NodeId(other)
            wanted.setdefault(u, set()).add(v)
            wanted.setdefault(v, set()).add(u)
    for (u, v), arc in maps.arcs.items():
        marked = [document.links[key] for key in arc.links]
        if any(link.answers_needed or link.needed_within is not None for link in marked):
            wanted.setdefault(u, set()).add(v)
    return {v: wanted[v] for v in sorted(wanted) if v in situation.people}


def _late(situation: Situation, sender: NodeId, hearers: list[NodeId]) -> list[Late]:
    """Those whose way back is missing, too long, or too slow for what their own line says."""
    maps, needed = situation.maps, needed_days(situation)
    at = indices(maps, hearers)
    ways = zip(hearers, steps_from(maps, sender)[at], steps_back(maps, [sender])[at], strict=True)
    pairs = [Late(v, int(there), None if back == NO_WAY else int(back)) for v, there, back in ways]
    pairs = [pair for pair in pairs if pair.there != NO_WAY]
    asked = {
        pair.hearer: needed[sender, pair.hearer]
        for pair in pairs
        if (sender, pair.hearer) in needed and not pair.far and pair.back != 1
    }  # a straight answer on a slow channel is another finding
    days = days_until_answers(situation, sender, asked) if asked else {}
    late = {v: spent for v, spent in days.items() if spent is not None and spent > asked[v]}
    return [
        pair if pair.far else replace(pair, days=late[pair.hearer], needed=asked[pair.hearer])
        for pair in pairs
        if pair.far or pair.hearer in late
    ]


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
        claim = _CLAIM(n=len(late), name=name, hearers=situation.names(hearers))
    else:
        claim = _CLAIM_MANY(name=name, n=len(late))
    who = situation.name(worst.hearer)
    because = (
        _WHY_DAYS(who=who, days=said_days(worst.days), n=counted(worst.needed or 0.0))
        if worst.days is not None
        else _WHY_NONE(name=name, who=who)
        if worst.back is None
        else _WHY_DIRECT(n=worst.back - 1, name=name, who=who)
        if worst.there == 1
        else _WHY(n=worst.there - 1, name=name, who=who, back=worst.back - 1)
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
        advice=_advice(situation, sender, late),
        evidence={"must_hear_back_from": hearers, "steps": ways},
        lit_nodes=(sender, *hearers),
        lit_links=situation.links_of((sender, v) for v in hearers),
        source=ENTRIES[NO_WAY_BACK].source,
    )


def _several(situation: Situation, late: Mapping[NodeId, list[Late]]) -> Finding:
    """One finding for all these senders."""
    senders, pairs = tuple(late), [pair for own in late.values() for pair in own]
    hearers = sorted({pair.hearer for pair in pairs})
    severity = min(len(hearers) / situation.others, 1.0)
    never = sum(pair.back is None for pair in pairs)
    return Finding(
        code=NO_WAY_BACK,
        weight=Weight.ACT if severity >= situation.cut("no-way-back.act") else Weight.LOOK,
        severity=severity,
        claim=_CLAIM_SENDERS(names=situation.names(senders)),
        because=together(_WHY_SENDERS(n=len(pairs)), _WHY_NEVER(n=never) if never else None),
        question=_ASK_SENDERS(),
        people=senders,
        advice=ranked(
            advice
            for sender in sorted(senders, key=lambda v: (-len(late[v]), v))[:MOST]
            for advice in _advice(situation, sender, late[sender])[:1]
        ),
        evidence={
            "must_hear_back_from": tuple(hearers),
            "pairs": {str(v): tuple(pair.hearer for pair in own) for v, own in late.items()},
        },
        lit_nodes=tuple(dict.fromkeys((*senders, *hearers))),
        lit_links=situation.links_of((v, pair.hearer) for v, own in late.items() for pair in own),
        source=ENTRIES[NO_WAY_BACK].source,
    )


def _advice(situation: Situation, sender: NodeId, late: list[Late]) -> tuple[Advice, ...]:
    """Return lines for most of them; where days count, from the hearers themselves and often enough."""
    maps = situation.maps
    far = [pair.hearer for pair in late if pair.far]
    made = [
        telling(maps, source, target, answer_words(helped, len(far)), helped)
        for source, target, helped in return_lines(maps, far, [sender])[:MOST]
    ]
    for pair in [pair for pair in late if not pair.far][: MOST - len(made)]:
        mended = _IN_TIME(hearer=situation.name(pair.hearer))
        needed = (pair.needed or 0.0) * DAY
        left = needed - minutes_there(situation, sender, pair.hearer)
        often = WEEK / left / 2 if left >= 1 else WEEK / max(needed, 1)
        if often > MOST_OFTEN:
            ends = {"one": situation.name(sender), "other": situation.name(pair.hearer)}
            made.append(talk(maps, sender, pair.hearer, _AT_ONCE(**ends, mended=mended), 1))
        elif left >= 1:
            made.append(telling(maps, pair.hearer, sender, mended, 1, at_least=often))
        else:
            made.append(talking(maps, sender, [pair.hearer], mended, 1, at_least=often))
    return ranked(made)
