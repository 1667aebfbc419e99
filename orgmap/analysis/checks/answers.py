"""no-answer-route: who seeks a topic, or is new, and has no way, a long one or a single one to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from orgmap.analysis.catalogue import ENTRIES, NO_ANSWER_ROUTE
from orgmap.analysis.checks.asking import Ask, Trouble, newcomers, nobody_seeks, sought, topics_of, troubles
from orgmap.analysis.checks.asking_repairs import advices
from orgmap.analysis.checks.isolated import unfinished
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Fact, Finding, Weight
from orgmap.analysis.grouping import by_cause
from orgmap.analysis.reaching import answering, nearest
from orgmap.i18n import Names, Said, names, text
from orgmap.model.entities import NodeId

MOST_ALONE = 3  # groups with one kind of trouble that are told one by one; further ones together
SHOWN = 4  # askers of a finding whose way is lit

_NONE = text(
    "finding",
    "{names} has no way to an answer about {topics}.",
    "{names} have no way to an answer about {topics}.",
)
_NONE_NEW = text(
    "finding",
    "{names} is new and has no way to anybody with experience.",
    "{names} are new and have no way to anybody with experience.",
)
_NONE_WHY = text("finding", "{holders} could answer, but on this map no way leads there and back.")
_UNKNOWN = text("finding", "The map shows nobody who knows about {topics}.")
_UNKNOWN_WHY = text(
    "finding", "{n} person looks for an answer: {names}.", "{n} people look for an answer: {names}."
)
_LONG = text("finding", "Questions of {names} about {topics} pass through many hands.")
_LONG_NEW = text(
    "finding",
    "{names} is new, and questions to anybody with experience pass through many hands.",
    "{names} are new, and questions to anybody with experience pass through many hands.",
)
_LONG_WHY = text(
    "finding",
    "It passes {n} person before it reaches somebody who can answer, such as {holders}.",
    "It passes {n} people before it reaches somebody who can answer, such as {holders}.",
)
_LONG_WHY_UP = text(
    "finding",
    "It passes {n} person or more before it reaches somebody who can answer, such as {holders}.",
    "It passes {n} people or more before it reaches somebody who can answer, such as {holders}.",
)
_SINGLE = text(
    "finding",
    "{names} reaches an answer about {topics} only through {over}.",
    "{names} reach an answer about {topics} only through {over}.",
)
_SINGLE_NEW = text(
    "finding",
    "{names} is new and reaches anybody with experience only through {over}.",
    "{names} are new and reach anybody with experience only through {over}.",
)
_SINGLE_EACH = text("finding", "{names} reach an answer about {topics} only through one person each.")
_SINGLE_WHY_EACH = text("finding", "All their ways lead through one of these: {over}.")
_SINGLE_WHY = text("finding", "{holders} could answer. Every way there leads through {over}.")
_ASK_NONE = text("finding", "Where does such a question go today?")
_ASK_NEW = text("finding", "Whom does somebody new ask first, and who comes next?")
_ASK_UNKNOWN = text("finding", "Who knows about it, here or outside?")
_ASK_LONG = text("finding", "Who could answer nearer by?")
_ASK_SINGLE = text("finding", "Who passes a question on while {over} is away?")
_ASK_SINGLE_EACH = text("finding", "Who passes a question on while one of them is away?")
_NO_HOLDERS = text("finding", "The map does not say yet who knows what.")
_NO_HOLDERS_ASK = text("finding", "Who knows about {topics}?")


def no_answer_route(situation: Situation) -> Iterator[Finding]:
    """Askers by cause: no way, then a long one, then a single one. O(n + m) for each topic sought."""
    seek, new = sought(situation), newcomers(situation)
    missing = situation.untold or situation.one_way or unfinished(situation)
    if missing is None and not seek and not new:
        missing = nobody_seeks(situation)
    if missing is not None:
        yield situation.not_judged(NO_ANSWER_ROUTE, missing)
        return
    asks = troubles(situation)
    if seek and not any(topic.holders for topic in topics_of(situation).values()):
        asks = tuple(ask for ask in asks if ask.topic is None)
        words = names((topics_of(situation)[key].words for key in seek), 3)
        yield situation.not_judged(NO_ANSWER_ROUTE, (_NO_HOLDERS(), _NO_HOLDERS_ASK(topics=words)))
    none = [ask for ask in asks if ask.trouble in (Trouble.NONE, Trouble.UNKNOWN)]
    for kind in (
        none,
        [ask for ask in asks if ask.trouble is Trouble.LONG],
        [ask for ask in asks if ask.trouble is Trouble.SINGLE],
    ):
        for new_ones in (False, True):
            for group in _groups([ask for ask in kind if (ask.topic is None) == new_ones]):
                yield _finding(situation, group)


def _groups(asks: list[Ask]) -> list[list[Ask]]:
    """By topic, asker, or the person on every way, whatever explains most; beyond three the rest together."""

    def causes(ask: Ask) -> list[tuple[str, str]]:
        if ask.over is not None:
            return [("over", ask.over)]
        return [("topic", ask.topic), ("asker", ask.asker)] if ask.topic is not None else [("new", "")]

    found, _ = by_cause(asks, causes, least=1)
    groups = [own for _, own in found]
    if len(groups) > MOST_ALONE:
        groups = [*groups[:MOST_ALONE], [ask for own in groups[MOST_ALONE:] for ask in own]]
    joined: dict[tuple[object, ...], list[Ask]] = {}
    for own in groups:  # what is said of the same people is said at once
        joined.setdefault((_askers(own), _overs(own)), []).extend(own)
    return list(joined.values())


def _finding(situation: Situation, asks: list[Ask]) -> Finding:
    askers, overs = _askers(asks), _overs(asks)
    heavy = any(ask.trouble in (Trouble.NONE, Trouble.UNKNOWN) for ask in asks)
    ways = _ways(situation, asks)
    ends = tuple(sorted({end for ask in asks for end in ask.ends}))
    claim, because, question = _words(situation, asks, [way[-1] for way in ways])
    links = situation.links_of(arc for way in ways for arc in pairwise(way))
    steps = {ask.asker: ask.steps for ask in asks if ask.steps is not None}
    evidence: dict[str, Fact] = {"asks_about": _by_asker(situation, asks), "who_knows": ends}
    if steps:
        evidence["steps_to_an_answer"] = {str(v): step for v, step in sorted(steps.items())}
    if overs:
        evidence["only_over"] = overs
    return Finding(
        code=NO_ANSWER_ROUTE,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=len(askers) / max(len(situation.people), 1),
        claim=claim,
        because=because,
        question=question,
        people=(*askers, *(v for v in overs if v not in askers)),
        links=links if not heavy and not overs else (),
        advice=advices(situation, asks),
        evidence=evidence,
        lit_nodes=tuple(dict.fromkeys((*askers, *(v for way in ways for v in way), *ends[:SHOWN]))),
        lit_links=links,
        source=ENTRIES[NO_ANSWER_ROUTE].source,
    )


def _words(situation: Situation, asks: Sequence[Ask], reached: Sequence[NodeId]) -> tuple[Said, Said, Said]:
    """Claim, reason and question."""
    askers, new = _askers(asks), asks[0].topic is None
    who, n = situation.names(askers), len(askers)
    topics = _topics(situation, asks)
    overs = situation.names(_overs(asks))
    known = [ask for ask in asks if ask.trouble is not Trouble.UNKNOWN]
    unknown = [ask for ask in asks if ask.trouble is Trouble.UNKNOWN]
    ends = sorted({end for ask in known for end in ask.ends})
    holders = situation.names(ends, 3)
    if not known:
        claim = _UNKNOWN(topics=topics)
        return claim, _UNKNOWN_WHY(n=n, names=who), _ASK_UNKNOWN()
    kind = known[0].trouble
    if kind is Trouble.NONE:
        claim = _NONE_NEW(names=who, n=n) if new else _NONE(names=who, topics=topics, n=n)
        also = _UNKNOWN(topics=_topics(situation, unknown)) if unknown else None
        question = _ASK_NEW() if new else _ASK_NONE()
        return claim, together(_NONE_WHY(holders=holders), also), question
    if kind is Trouble.LONG:
        claim = _LONG_NEW(names=who, n=n) if new else _LONG(names=who, topics=topics)
        hands = sorted({(ask.steps or 1) - 1 for ask in known})
        why = _LONG_WHY if len(hands) == 1 else _LONG_WHY_UP
        nearest_ends = situation.names(dict.fromkeys(reached), 3)
        return claim, why(n=hands[0], holders=nearest_ends), _ASK_NEW() if new else _ASK_LONG()
    if len(_overs(asks)) > 1:
        claim = _SINGLE_EACH(names=who, topics=topics)
        return claim, _SINGLE_WHY_EACH(over=overs), _ASK_SINGLE_EACH()
    claim = (
        _SINGLE_NEW(names=who, over=overs, n=n) if new else _SINGLE(names=who, topics=topics, over=overs, n=n)
    )
    return claim, _SINGLE_WHY(holders=holders, over=overs), _ASK_SINGLE(over=overs)


def _ways(situation: Situation, asks: Sequence[Ask]) -> list[tuple[NodeId, ...]]:
    """The nearest way of the first few askers who have one."""
    maps = situation.maps
    found = (
        nearest(maps, ask.asker, answering(maps, ask.asker, ask.ends))
        for ask in [ask for ask in asks if ask.steps is not None][:SHOWN]
    )
    return [way for way in found if way is not None]


def _askers(asks: Sequence[Ask]) -> tuple[NodeId, ...]:
    return tuple(sorted({ask.asker for ask in asks}))


def _overs(asks: Sequence[Ask]) -> tuple[NodeId, ...]:
    return tuple(sorted({ask.over for ask in asks if ask.over is not None}))


def _topics(situation: Situation, asks: Sequence[Ask]) -> Names:
    keys = sorted({ask.topic for ask in asks if ask.topic is not None})
    return names((topics_of(situation)[key].words for key in keys), 3)


def _by_asker(situation: Situation, asks: Sequence[Ask]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for asker in _askers(asks):
        keys = sorted({ask.topic for ask in asks if ask.asker == asker and ask.topic is not None})
        found[str(asker)] = tuple(topics_of(situation)[key].words for key in keys)
    return found
