"""over-response: a call that reaches far more people than answers are needed. Repairs: `call_ways`.

Definition: docs/findings.md, over-response.
"""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.catalogue import ENTRIES, OVER_RESPONSE
from orgmap.analysis.checks.call_ways import Call, ways
from orgmap.analysis.checks.situation import Situation, once, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.lacking import ANSWERS
from orgmap.i18n import Said, text
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, ModuleId, NodeId, Status

MOST_ALONE = 3  # calls told one by one; where there are more, the milder ones are one finding

_CALL = text(
    "finding",
    "A call of {name} reaches {reached}, and {n} answer is needed.",
    "A call of {name} reaches {reached}, and {n} answers are needed.",
)
_MANY = text(
    "finding",
    "{n} more call reaches far more people than it needs: {names}.",
    "{n} more calls reach far more people than they need: {names}.",
)
_WHY = text("finding", "Reaches {reached}, needs {needed}.")
_EACH = text("finding", "{name} reaches {reached}, needs {needed}")
_FULL = text("finding", "{listed}.")
_TOO_MANY = text(
    "finding",
    "If all of them answer, {n} answer is read for nothing.",
    "If all of them answer, {n} answers are read for nothing.",
)
_ASK = text("finding", "Whom would {name} ask, if everybody asked had to answer?")
_ASK_MANY = text("finding", "Whom would they ask, if everybody asked had to answer?")


def over_response(situation: Situation) -> Iterator[Finding]:
    """The calls with most answers too many one by one, the milder ones as one."""
    if situation.untold is not None or not calls(situation):
        yield situation.not_judged(OVER_RESPONSE, situation.untold or ANSWERS.missing)
        return
    times = situation.cut("over-response.times")
    over = [call for call in calls(situation) if len(call.reached) > times * call.needed]
    over.sort(key=lambda call: (-call.spare, call.sender, call.purpose))
    alone = over if len(over) == MOST_ALONE + 1 else over[:MOST_ALONE]
    for call in alone:
        yield _finding(situation, [call])
    if over[len(alone) :]:
        yield _finding(situation, over[len(alone) :])


@once
def calls(situation: Situation) -> list[Call]:
    """Lines on which answers are needed, by who sends and what for; by id.

    A module sends by its lead, else as itself. Receivers are persons and filled roles, the sender
    left out. Where the lines of a call say different numbers, the largest holds.
    """
    maps, found = situation.maps, dict[tuple[EndId, str], list[Link]]()
    for key in sorted(situation.document.links):
        link = situation.document.links[key]
        asks = link.answers_needed and not link.no_answer_needed
        if asks and link.kind is LinkKind.TALKS and link.status is not Status.PROPOSED:
            found.setdefault((_sender(situation, link), link.purpose.strip().casefold()), []).append(link)
    made = []
    for (sender, _), links in sorted(found.items()):
        pairs = {(link.id, v) for link in links for _, v in maps.pairs(link) if v in situation.people}
        by_link: dict[LinkId, set[NodeId]] = {link.id: set() for link in links}
        for key, v in pairs:
            by_link[key] |= {v} - {sender}
        needed = max(link.answers_needed or 0 for link in links)
        purpose = links[0].purpose.strip()
        made.append(
            Call(sender, purpose, tuple(links), {k: frozenset(own) for k, own in by_link.items()}, needed)
        )
    return made


def _sender(situation: Situation, link: Link) -> EndId:
    module = situation.document.modules.get(ModuleId(link.source))
    if module is None:
        return link.source
    speaks = situation.maps.carriers(link.source, link.target)
    return speaks[0] if speaks == [module.lead] else link.source


def _finding(situation: Situation, group: list[Call]) -> Finding:
    first, spare = group[0], max(call.spare for call in group)
    senders = list(dict.fromkeys(call.sender for call in group))
    people = tuple(sorted(NodeId(v) for v in senders if v in situation.people))
    modules = tuple(sorted(ModuleId(v) for v in senders if v in situation.document.modules))
    links = tuple(link.id for call in group for link in call.links)
    reached = sorted({v for call in group for v in call.reached})
    name, told = situation.name(first.sender), situation.count(len(first.reached))
    total = sum(call.spare for call in group)
    if len(group) == 1:
        claim, because = _CALL(name=name, reached=told, n=first.needed), _why(first)
        question = _ASK(name=name)
    else:
        claim = _MANY(n=len(group), names=situation.names(senders))
        because, question = (
            _FULL(listed=situation.listing(_each(situation, call) for call in group[:2])),
            _ASK_MANY(),
        )
    return Finding(
        code=OVER_RESPONSE,
        weight=Weight.ACT if spare >= situation.cut("over-response.act") else Weight.LOOK,
        severity=min(len(reached) - min(len(reached), first.needed), situation.others) / situation.others,
        claim=claim,
        because=together(because, _TOO_MANY(n=total), situation.for_whom(links)),
        question=question,
        people=people,
        modules=modules,
        links=links,
        advice=tuple(sorted((a for call in group[:MOST_ALONE] for a in ways(situation, call)), key=_gain)),
        evidence={
            "reached": tuple(reached),
            "answers_needed": sum(call.needed for call in group),
            "too_many": total,
        },
        lit_nodes=tuple(dict.fromkeys((*people, *reached))),
        lit_links=links,
        lit_modules=modules,
        source=ENTRIES[OVER_RESPONSE].source,
    )


def _why(call: Call) -> Said:
    return _WHY(reached=len(call.reached), needed=call.needed)


def _each(situation: Situation, call: Call) -> Said:
    return _EACH(name=situation.name(call.sender), reached=len(call.reached), needed=call.needed)


def _gain(advice: Advice) -> float:
    return -advice.gain
