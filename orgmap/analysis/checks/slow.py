"""slow-way-back: lines whose answer takes three steps or more, grouped by who sends."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.catalogue import ENTRIES, SLOW_WAY_BACK
from orgmap.analysis.checks.broadcast import people_told
from orgmap.analysis.checks.broadcast_modules import modules_told
from orgmap.analysis.checks.feedback_pairs import late_pairs
from orgmap.analysis.checks.situation import Situation, steps, together
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.grouping import same
from orgmap.analysis.paths import return_lengths
from orgmap.analysis.repairs import ranked, return_lines, telling
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId

SEVERAL = 3  # slow lines of one sender from which they are a finding of their own
SENDERS = 8  # of one finding, for whom a return line is looked for
MOST_ALONE = 3  # such senders; where there are more, slow ways are the way of the map: one note

_SENDER = text(
    "finding",
    "When {name} tells {hearers} something, the answer passes through at least {n} other person.",
    "When {name} tells {hearers} something, the answer passes through at least {n} other people.",
)
_SUM = text("finding", "Some answers to {names} pass through two other people or more.")
_WHY_ONE = text(
    "finding",
    "{hearers} hears from {name} directly. The shortest way back needs {n} go-between.",
    "{hearers} hears from {name} directly. The shortest way back needs {n} go-betweens.",
)
_WHY = text(
    "finding",
    "It is so for {n} answer, that of {hearers}. It needs at least {least} go-betweens.",
    "It is so for {n} answers, those of {hearers}. Each needs at least {least} go-betweens.",
)
_WHY_UP = text(
    "finding",
    "It is so for {n} answer, that of {hearers}. It needs {least} to {most} go-betweens.",
    "It is so for {n} answers, those of {hearers}. They need {least} to {most} go-betweens.",
)
_ASK_ONE = text("finding", "Does {name} need the answer of {hearer} sooner?")
_ASK = text("finding", "Which of these answers would be needed sooner?")
_SOONER = text("advice", "{n} answer has a shorter way back", "{n} answers have a shorter way back")
_SOONER_OF = text("advice", "the answer of {hearer} to {name} has a shorter way back")

Arc = tuple[NodeId, NodeId]


def slow_way_back(situation: Situation) -> Iterator[Finding]:
    """Each sender with several slow lines, and one note that sums up the rest."""
    missing = situation.untold or situation.one_way
    if missing is not None:
        yield situation.not_judged(SLOW_WAY_BACK, missing)
        return
    slow = slow_arcs(situation)
    told = people_told(situation)
    late = {(sender, pair.hearer) for sender, pairs in late_pairs(situation).items() for pair in pairs}
    heard = [(set(v.speakers), set(v.audience)) for v in modules_told(situation).values()]
    left = [
        (u, v)
        for u, v in slow
        if u not in told
        and (u, v) not in late
        and not any(u in speakers and v in audience for speakers, audience in heard)
    ]
    many = [(u, arcs) for u, arcs in same(left, lambda arc: arc[0]) if len(arcs) >= SEVERAL]
    alone = {u for u, _ in many} if len(many) <= MOST_ALONE else set[NodeId]()
    for _, arcs in many:
        if arcs[0][0] in alone:
            yield _finding(situation, arcs, slow)
    rest = [arc for arc in left if arc[0] not in alone]
    if rest:
        yield _finding(situation, rest, slow)


def slow_arcs(situation: Situation) -> dict[Arc, int]:
    """Arcs on which an answer is wanted and takes three steps or more, with those steps."""
    links, arcs = situation.document.links, situation.maps.arcs
    least = situation.cut("slow-way-back.steps")
    return {
        arc: back
        for arc, back in return_lengths(situation.maps, progress=situation.progress).items()
        if back is not None
        and back >= least
        and back > 1
        and arc[0] in situation.people
        and not all(links[key].no_answer_needed for key in arcs[arc].links)
    }


def _finding(situation: Situation, arcs: list[Arc], slow: dict[Arc, int]) -> Finding:
    senders = tuple(dict.fromkeys(u for u, _ in arcs))
    hearers = tuple(sorted({v for _, v in arcs}))
    links = situation.links_of(arcs)
    back = [slow[arc] for arc in arcs]
    names = situation.names(hearers, 3)
    claim = (
        _SENDER(name=situation.name(senders[0]), hearers=names, n=min(back) - 1)
        if len(senders) == 1
        else _SUM(names=situation.names(senders))
    )
    because = (
        _WHY_ONE(hearers=names, name=situation.name(senders[0]), n=min(back) - 1)
        if len(arcs) == 1
        else _WHY(n=len(arcs), hearers=names, least=min(back) - 1)
        if min(back) == max(back)
        else _WHY_UP(n=len(arcs), hearers=names, least=min(back) - 1, most=max(back) - 1)
    )
    per_sender: dict[str, Fact] = {
        str(u): {str(v): slow[u, v] for _, v in own} for u, own in same(arcs, lambda arc: arc[0])
    }
    return Finding(
        code=SLOW_WAY_BACK,
        weight=Weight.NOTE,
        severity=min(len(hearers) / situation.others, 1.0),
        claim=claim,
        because=together(because, situation.for_whom(links)),
        question=_ask(situation, arcs),
        people=senders,
        links=links,
        advice=_advice(situation, arcs, slow),
        evidence={"steps_back": per_sender, "slow_lines": len(arcs), "slow_lines_of_map": len(slow)},
        lit_nodes=tuple(dict.fromkeys((*senders, *hearers))),
        lit_links=links,
        source=ENTRIES[SLOW_WAY_BACK].source,
    )


def _advice(situation: Situation, arcs: list[Arc], slow: dict[Arc, int]) -> tuple[Advice, ...]:
    """For the senders with most slow lines the best return line each."""
    by_sender = sorted(same(arcs, lambda arc: arc[0]), key=lambda item: -len(item[1]))
    made = []
    for sender, own in by_sender[:SENDERS]:
        hearers = [v for _, v in own]
        for source, target, _ in return_lines(situation.maps, hearers, [sender])[:1]:
            before, after = steps(situation.into, [source]), steps(situation.out, [target])
            sooner = [
                (u, v)
                for u, v in arcs
                if v in before and u in after and before[v] + 1 + after[u] < slow[u, v]
            ]
            made.append(telling(situation.maps, source, target, _sooner(situation, sooner), len(sooner)))
    return ranked(made)


def _ask(situation: Situation, arcs: list[Arc]) -> Said:
    if len(arcs) > 1:
        return _ASK()
    ((sender, hearer),) = arcs
    return _ASK_ONE(name=situation.name(sender), hearer=situation.name(hearer))


def _sooner(situation: Situation, arcs: list[Arc]) -> Said:
    if len(arcs) != 1:
        return _SOONER(n=len(arcs))
    ((sender, hearer),) = arcs
    return _SOONER_OF(n=1, name=situation.name(sender), hearer=situation.name(hearer))
