"""talk-not-listen-outside: an outside party that is told things and can tell nobody anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgmap.analysis.catalogue import ENTRIES, TALK_NOT_LISTEN_OUTSIDE
from orgmap.analysis.checks.outside_facts import contacts, deciders, nobody_outside, steps_in
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import ranked, tell
from orgmap.i18n import text
from orgmap.model.entities import LinkId, NodeId

MOST_ALONE = 3  # outside parties told one by one; where there are more, they are one finding

_CLAIM = text(
    "finding", "People here tell {outside} things, and the map shows nobody who hears from {outside}."
)
_WHY = text(
    "finding",
    "{n} person tells them things: {names}.",
    "{n} people tell them things: {names}.",
)
_ASK = text("finding", "What would {outside} say if somebody asked?")
_TRY = text("advice", "Let {outside} tell {name}: what is known outside comes in.")
_TRY_ON = text(
    "advice",
    "Let {outside} tell {name}: from there, it is handed on {n} time to somebody who decides.",
    "Let {outside} tell {name}: from there, it is handed on {n} times to somebody who decides.",
)


def talk_not_listen_outside(situation: Situation) -> Iterator[Finding]:
    """Outside parties with lines to them and none from them; more than three are one finding. O(m)."""
    missing = situation.untold or nobody_outside(situation)
    if missing is not None:
        yield situation.not_judged(TALK_NOT_LISTEN_OUTSIDE, missing)
        return
    heard, told = contacts(situation)
    found = [o for o in sorted(told) if o not in heard and not _no_answer_needed(situation, o)]
    groups = [[o] for o in found] if len(found) <= MOST_ALONE else [found]
    for group in groups:
        yield _finding(situation, group)


def _finding(situation: Situation, outside: Sequence[NodeId]) -> Finding:
    told = contacts(situation)[1]
    speakers = tuple(sorted({v for o in outside for v in told[o]}))
    names = situation.names(outside, 3)
    return Finding(
        code=TALK_NOT_LISTEN_OUTSIDE,
        weight=Weight.LOOK,
        severity=min(len(speakers) / max(len(situation.people), 1), 1.0),
        claim=_CLAIM(outside=names),
        because=_WHY(n=len(speakers), names=situation.names(speakers, 3)),
        question=_ASK(outside=names),
        people=tuple(outside),
        advice=ranked(_advice(situation, outside)),
        evidence={"talked_to_by": speakers},
        lit_nodes=(*outside, *speakers),
        lit_links=tuple(sorted({key for o in outside for key in _links(situation, o)})),
        source=ENTRIES[TALK_NOT_LISTEN_OUTSIDE].source,
    )


def _advice(situation: Situation, outside: Sequence[NodeId]) -> Iterator[Advice]:
    """Of those who talk to them, whoever is nearest to somebody who decides could listen."""
    near = steps_in(situation) if deciders(situation) else {}
    far = len(situation.maps.nodes)
    for o in outside:
        speakers = sorted(contacts(situation)[1][o], key=lambda v: (near.get(v, far), v))
        for v in speakers[: 1 if len(outside) > 1 else 2]:
            name, named, steps = situation.name(v), situation.name(o), near.get(v)
            words = _TRY_ON(outside=named, name=name, n=steps) if steps else _TRY(outside=named, name=name)
            yield tell(situation.maps, o, v, words, 1.0)


def _no_answer_needed(situation: Situation, outside: NodeId) -> bool:
    links = situation.document.links
    return all(links[key].no_answer_needed for key in _links(situation, outside))


def _links(situation: Situation, outside: NodeId) -> list[LinkId]:
    arcs = situation.maps.all_arcs
    return [key for v in contacts(situation)[1][outside] for key in arcs[v, outside].links]
