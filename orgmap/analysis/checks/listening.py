"""only-listens: people who hear from three or more and are heard by nobody; several are one finding."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.catalogue import ENTRIES, ONLY_LISTENS
from orgmap.analysis.checks.situation import Situation, once, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import MOST, named_first, ranked, telling
from orgmap.i18n import text
from orgmap.model.entities import NodeId

_ONE = text(
    "finding",
    "{tellers} tells {name} things, and the map shows nobody who hears from {name}.",
    "{tellers} tell {name} things, and the map shows nobody who hears from {name}.",
)
_SEVERAL = text("finding", "Others tell {names} things, and the map shows nobody who hears from them.")
_ONE_WHY = text("finding", "As far as the map shows, what {name} notices reaches nobody else.")
_SEVERAL_WHY = text(
    "finding",
    "It is so for {n} person of {all}, each of whom hears from three or more.",
    "It is so for {n} of {all} people, each of whom hears from three or more.",
)
_SEVERAL_WHY_SMALL = text(
    "finding",
    "It is so for {n} person, who hears from three or more.",
    "It is so for {n} people, each of whom hears from three or more.",
)
_ASK_ONE = text("finding", "What does {name} know that nobody has asked about?")
_ASK = text("finding", "What do they know that nobody has asked about?")
_HEARD = text(
    "advice",
    "what {name} knows reaches {n} person, directly or through {target}",
    "what {name} knows reaches {n} people, directly or through {target}",
)


def only_listens(situation: Situation) -> Iterator[Finding]:
    """Persons and filled roles with three incoming lines or more and none outgoing. O(n)."""
    missing = situation.untold or situation.one_way
    if missing is not None:
        yield situation.not_judged(ONLY_LISTENS, missing)
        return
    quiet = only_hearing(situation)
    if not quiet:
        return
    arcs = [(u, v) for v in quiet for u in sorted(situation.into[v])]
    links = situation.links_of(arcs)
    first, number = quiet[0], len(situation.maps.people)
    if len(quiet) == 1:
        claim = _ONE(name=situation.name(first), n=len(arcs), tellers=situation.names(u for u, _ in arcs))
        because, question = _ONE_WHY(name=situation.name(first)), _ASK_ONE(name=situation.name(first))
    else:
        claim = _SEVERAL(names=situation.names(quiet))
        entry = _SEVERAL_WHY_SMALL if situation.small else _SEVERAL_WHY
        because = entry(n=len(quiet), all=number)
        question = _ASK()
    yield Finding(
        code=ONLY_LISTENS,
        weight=Weight.NOTE,
        severity=len(quiet) / max(number, 1),
        claim=claim,
        because=together(because, situation.for_whom(links)),
        question=question,
        people=quiet,
        advice=ranked(_advice(situation, v) for v in quiet[:MOST]),
        evidence={"hears_from": {str(v): tuple(sorted(situation.into[v])) for v in quiet}},
        lit_nodes=tuple(dict.fromkeys((*quiet, *(u for u, _ in arcs)))),
        lit_links=links,
        source=ENTRIES[ONLY_LISTENS].source,
    )


@once
def only_hearing(situation: Situation) -> tuple[NodeId, ...]:
    """Who hears from enough people to be told of, and is heard by nobody; in order of id."""
    least = situation.cut("only-listens.heard")
    people = situation.maps.people
    return tuple(v for v in people if len(situation.into[v]) >= least and not situation.out[v])


def _advice(situation: Situation, v: NodeId) -> Advice:
    """A line to the one they hear from whom most others hear in turn."""
    able = named_first(situation.maps, situation.into[v])
    target = max(able, key=lambda u: len(situation.out[u]))
    hearers = {target, *situation.out[target]} - {v}
    words = _HEARD(n=len(hearers), name=situation.name(v), target=situation.name(target))
    return telling(situation.maps, v, target, words, len(hearers))
