"""front-line-unheard: word from outside that reaches nobody who decides, or to which nothing comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgmap.analysis.catalogue import ENTRIES, FRONT_LINE_UNHEARD
from orgmap.analysis.checks.outside_facts import (
    Unheard,
    Word,
    deciders,
    deciding_levels,
    nobody_outside,
    steps_in,
    steps_out,
    words_unheard,
)
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.grouping import by_cause
from orgmap.analysis.reaching import net_of
from orgmap.analysis.repairs import ranked, talking, telling
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId

MOST_ALONE = 3  # groups with one kind of trouble that are told one by one; further ones together
LOOKED_AT = 4  # of the front line

_NONE = text("finding", "Word from {outside} to {front} reaches nobody who decides.")
_FAR = text(
    "finding",
    "Word from {outside} to {front} is handed on at least {n} time before anybody who decides hears it.",
    "Word from {outside} to {front} is handed on at least {n} times before anybody who decides hears it.",
)
_NO_ANSWER = text("finding", "On word from {outside}, nothing comes back to {front}.")
_DECIDE = text("finding", "{names} can decide.")
_NO_LINES = text("finding", "On this map, no way leads there from {front}.")
_LIMIT = text(
    "finding",
    "More than {n} time is a long way.",
    "More than {n} times is a long way.",
)
_NO_RETURN = text("finding", "They hear it, but no way leads back from them to {front}.")
_BY_LEVEL = text("finding", "The map does not say who decides, so levels {first} and {last} count.")
_ASK = text("finding", "What came from {outside} lately that should be known?")
_ASK_BACK = text("finding", "What would {front} pass on to {outside} if there were an answer?")
_GAIN = {
    Unheard.NONE: text("advice", "word from {outside} reaches those who decide"),
    Unheard.FAR: text("advice", "word from {outside} has a shorter way"),
    Unheard.NO_ANSWER: text("advice", "an answer to {outside} can come back"),
}
_NO_DECIDERS = text("finding", "The map does not say who decides, and shows nobody on level 1 or 2.")
_NO_DECIDERS_ASK = text("finding", "Who decides what is done with word from outside?")


def front_line_unheard(situation: Situation) -> Iterator[Finding]:
    """Outside parties by whom they tell: no way in, then a long one, then no answer. O(n + m)."""
    missing = situation.untold or situation.one_way or nobody_outside(situation)
    if missing is None and not deciders(situation):
        missing = _NO_DECIDERS(), _NO_DECIDERS_ASK()
    if missing is not None:
        yield situation.not_judged(FRONT_LINE_UNHEARD, missing)
        return
    for kind in Unheard:
        own = [word for word in words_unheard(situation) if word.trouble is kind]
        groups = [words for _, words in by_cause(own, lambda word: word.front, least=1)[0]]
        if len(groups) > MOST_ALONE:
            groups = [*groups[:MOST_ALONE], [word for words in groups[MOST_ALONE:] for word in words]]
        for words in groups:
            yield _finding(situation, kind, words)


def _finding(situation: Situation, kind: Unheard, words: Sequence[Word]) -> Finding:
    outside = tuple(sorted({word.outside for word in words}))
    front = tuple(sorted({v for word in words for v in word.front}))
    decide = deciders(situation)
    claim, because, question = _words(situation, kind, words, outside, front)
    arcs = situation.maps.all_arcs
    links = {key for word in words for v in word.front for key in arcs[word.outside, v].links}
    evidence: dict[str, Fact] = {"outside": outside, "front_line": front, "who_decides": decide}
    steps = {str(v): step for v in front if (step := steps_in(situation).get(v)) is not None}
    if steps:
        evidence["steps_to_those_who_decide"] = steps
    return Finding(
        code=FRONT_LINE_UNHEARD,
        weight=Weight.ACT if kind is Unheard.NONE else Weight.LOOK,
        severity=len(front) / max(len(situation.people), 1),
        claim=claim,
        because=because,
        question=question,
        people=front,
        advice=_advice(situation, kind, words, front),
        evidence=evidence,
        lit_nodes=tuple(dict.fromkeys((*outside, *front, *decide[:6]))),
        lit_links=tuple(sorted(links)),
        source=ENTRIES[FRONT_LINE_UNHEARD].source,
    )


def _words(
    situation: Situation,
    kind: Unheard,
    words: Sequence[Word],
    outside: tuple[NodeId, ...],
    front: tuple[NodeId, ...],
) -> tuple[Said, Said, Said]:
    """Claim, reason and question."""
    who, whom = situation.names(outside, 3), situation.names(front, 3)
    decide = _DECIDE(names=situation.names(deciders(situation), 3))
    marked = any(situation.document.nodes[v].decides for v in deciders(situation))
    levels = deciding_levels(situation)
    by_level = None if marked else _BY_LEVEL(first=levels[0], last=levels[-1])
    if kind is Unheard.NONE:
        because = together(decide, _NO_LINES(front=whom), by_level)
        return _NONE(outside=who, front=whom), because, _ASK(outside=who)
    if kind is Unheard.FAR:
        steps = min(word.steps or 0 for word in words)
        because = together(decide, _LIMIT(n=int(situation.cut("front-line-unheard.steps"))), by_level)
        return _FAR(outside=who, front=whom, n=steps), because, _ASK(outside=who)
    because = together(decide, _NO_RETURN(front=whom), by_level)
    return _NO_ANSWER(outside=who, front=whom), because, _ASK_BACK(outside=who, front=whom)


def _advice(
    situation: Situation, kind: Unheard, words: Sequence[Word], front: tuple[NodeId, ...]
) -> tuple[Advice, ...]:
    """Talk of somebody of the front line with somebody near those who decide; or one who tells them."""
    helped = {v: [word.outside for word in words if v in word.front] for v in front}
    made = []
    for v in sorted(front, key=lambda v: (-len(helped[v]), v))[:LOOKED_AT]:
        gained = _GAIN[kind](outside=situation.names(sorted(helped[v]), 3))
        for w in _contacts(situation, kind, v)[:2]:
            if kind is Unheard.NO_ANSWER:
                made.append(telling(situation.maps, w, v, gained, len(helped[v])))
            else:
                made.append(talking(situation.maps, v, [w], gained, len(helped[v])))
    return ranked(made)


def _contacts(situation: Situation, kind: Unheard, v: NodeId) -> list[NodeId]:
    """With whom v could talk so that word gets through: no level jumped, of the same module first."""
    net, home = net_of(situation.maps), situation.maps.home
    near = steps_out(situation) if kind is Unheard.NO_ANSWER else steps_in(situation)
    most = situation.cut("front-line-unheard.steps")
    able = [
        w
        for w in situation.maps.people
        if w != v and w in near and (kind is Unheard.NO_ANSWER or near[w] + 1 <= most)
    ]
    return sorted(
        able,
        key=lambda w: (
            w not in steps_out(situation),
            net.jump(v, w),
            home[w] is None or home[w] != home[v],
            near[w],
            w,
        ),
    )
