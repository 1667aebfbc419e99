"""expert-interrupted: questions come to the most senior of those who know first, though a junior is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from orgmap.analysis.catalogue import ENTRIES, EXPERT_INTERRUPTED
from orgmap.analysis.checks.asking import nobody_seeks, sought, topics_of
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import same
from orgmap.analysis.reaching import answering, nearest, net_of, steps_to_any
from orgmap.analysis.repairs import ranked, talking
from orgmap.analysis.routes import Topic
from orgmap.i18n import names, text
from orgmap.model.entities import NodeId

LOOKED_AT = 12  # people with whom a line of a junior one is tried

_CLAIM = text(
    "finding",
    "Questions about {topics} from {n} person come to {name} first.",
    "Questions about {topics} from {n} people come to {name} first.",
)
_WHY = text(
    "finding",
    "{name} is the most senior of those who know, and nearer than {juniors} by one go-between.",
)
_WHY_FAR = text(
    "finding",
    "{name} is the most senior of those who know. {juniors} could answer as well.",
)
_WHO = text("finding", "The questions come from {askers}.")
_ASK = text("finding", "Which of these questions need {name}, and which could {juniors} take first?")
_GAINED = text(
    "advice",
    "{n} person can ask {junior} just as soon",
    "{n} people can ask {junior} just as soon",
)
_LEVELS = text("finding", "The map does not say who of those who know is more senior.")
_LEVELS_ASK = text("finding", "Who of them is more senior?")


@dataclass(frozen=True, slots=True)
class Call:
    """`asker` reaches `expert` first, in `steps`; `juniors` are little farther, the nearest first."""

    expert: NodeId
    topic: str
    asker: NodeId
    steps: int
    juniors: tuple[NodeId, ...]


def expert_interrupted(situation: Situation) -> Iterator[Finding]:
    """One finding for each expert whom enough people ask first. Cost: the pairs of askers and holders."""
    missing = situation.untold or situation.one_way
    known = [topics_of(situation)[key] for key in sought(situation)]
    if missing is None and not known:
        missing = nobody_seeks(situation)
    if missing is None and not any(_levels(situation, topic) for topic in known):
        missing = _LEVELS(), _LEVELS_ASK()
    if missing is not None:
        yield situation.not_judged(EXPERT_INTERRUPTED, missing)
        return
    least = situation.cut("expert-interrupted.askers")
    calls = [call for key in sought(situation) for call in _calls(situation, key)]
    by_topic = same(calls, lambda call: (call.expert, call.topic))
    told = [call for _, own in by_topic if len(own) >= least for call in own]
    for _, own in sorted(same(told, lambda call: call.expert)):
        yield _finding(situation, own)


def _calls(situation: Situation, key: str) -> Iterator[Call]:
    """Who asks the most senior first about one topic. Askers of the same level or above do not count."""
    maps, topic = situation.maps, topics_of(situation)[key]
    levels = _levels(situation, topic)
    top = min(levels.values(), default=0)
    if len(set(levels.values())) < 2:
        return
    nodes, farther = situation.document.nodes, int(situation.cut("expert-interrupted.farther"))
    juniors = [v for v, level in levels.items() if level > top]
    for asker in topic.seekers:
        situation.progress.at(0.5)
        own = nodes[asker].level
        if asker in topic.holders or (own is not None and own <= top):
            continue
        able = answering(maps, asker, topic.holders)
        first = nearest(maps, asker, able)
        if first is None or levels.get(first[-1]) != top:
            continue
        steps = len(first) - 1
        ways = {v: way for v in juniors if (way := nearest(maps, asker, answering(maps, asker, [v])))}
        near = {v: len(way) - 1 for v, way in ways.items() if steps < len(way) - 1 <= steps + farther}
        if near and len(near) == sum(len(way) - 1 <= steps + farther for way in ways.values()):
            yield Call(first[-1], key, asker, steps, tuple(sorted(near, key=lambda v: (near[v], v))))


def _levels(situation: Situation, topic: Topic) -> dict[NodeId, int]:
    """The levels of those people who know, as far as they are drawn, in order of id."""
    nodes = situation.document.nodes
    return {
        v: level for v in topic.holders if v in situation.people and (level := nodes[v].level) is not None
    }


def _finding(situation: Situation, calls: list[Call]) -> Finding:
    expert = calls[0].expert
    askers = tuple(sorted({call.asker for call in calls}))
    juniors = tuple(sorted({v for call in calls for v in call.juniors}))
    words = names((topics_of(situation)[key].words for key in sorted({c.topic for c in calls})), 3)
    name, others = situation.name(expert), situation.names(juniors, 3)
    ways = [nearest(situation.maps, call.asker, [expert]) or () for call in calls]
    links = situation.links_of(arc for way in ways for arc in pairwise(way))
    usual = situation.cut("expert-interrupted.farther") == 1
    because = (_WHY if usual else _WHY_FAR)(name=name, juniors=others)
    return Finding(
        code=EXPERT_INTERRUPTED,
        weight=Weight.LOOK,
        severity=min(len(askers) / situation.others, 1.0),
        claim=_CLAIM(topics=words, n=len(askers), name=name),
        because=together(because, _WHO(askers=situation.names(askers))),
        question=_ASK(name=name, juniors=others),
        people=(expert,),
        advice=_advices(situation, calls, juniors),
        evidence={
            "askers": askers,
            "could_answer_too": juniors,
            "steps_to_the_most_senior": {str(call.asker): call.steps for call in calls},
        },
        lit_nodes=tuple(dict.fromkeys((expert, *juniors, *askers))),
        lit_links=links,
        source=ENTRIES[EXPERT_INTERRUPTED].source,
    )


def _advices(situation: Situation, calls: list[Call], juniors: tuple[NodeId, ...]) -> tuple[Advice, ...]:
    """A line from a junior one to whomever most askers reach sooner than the expert; or to askers."""
    maps, net, made = situation.maps, net_of(situation.maps), list[Advice]()
    spare = int(situation.cut("expert-interrupted.askers")) - 1
    for junior in sorted(juniors, key=lambda v: (len(net.out[v]), v)):
        own = [call for call in calls if junior in call.juniors]
        free = {call.asker for call in own if not maps.two_way.has_edge(call.asker, junior)}
        best: tuple[int, NodeId] | None = None
        for x in _near(situation, own):
            if x in juniors or x == own[0].expert or maps.two_way.has_edge(x, junior):
                continue
            near = steps_to_any(maps, [x], max(call.steps for call in own) - 1)
            helped = len({call.asker for call in own if near.get(call.asker, call.steps) < call.steps})
            if helped > 1 and (best is None or helped > best[0]):
                best = helped, x
        if best is not None:
            made.append(_talk(situation, junior, [best[1]], best[0]))
        several = sorted(free)[: max(len({call.asker for call in own}) - spare, 1)]
        if several:
            made.append(_talk(situation, junior, several, len(several)))
    return ranked(made)


def _near(situation: Situation, calls: list[Call]) -> list[NodeId]:
    """The askers and those whom they tell, first who is near most of them."""
    net = net_of(situation.maps)
    counts = Counter(v for call in calls for v in (call.asker, *net.out[call.asker]) if v in net.passing)
    return sorted(counts, key=lambda v: (-counts[v], v))[:LOOKED_AT]


def _talk(situation: Situation, junior: NodeId, others: list[NodeId], helped: int) -> Advice:
    gained = _GAINED(n=helped, junior=situation.name(junior))
    return talking(situation.maps, junior, others, gained, helped)
