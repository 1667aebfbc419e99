"""apex-dependence: contact between modules that runs through the top. Its repairs: `apex_ways`."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.catalogue import APEX_DEPENDENCE, ENTRIES
from orgmap.analysis.checks.apex_facts import Apex, apex, may_be
from orgmap.analysis.checks.apex_ways import ways
from orgmap.analysis.checks.layers import no_layers, top
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Finding, Weight
from orgmap.i18n import Said, Text, text

MOST_AT_TOP = 3  # people; more are a circle, and nobody's absence says much of it
LEAST_PAIRS = 6  # ordered pairs in different modules: as many as three people have

_ONLY = text("finding", "Without {names}, people of different modules can no longer reach each other.")
_ALL = text("finding", "People of different modules reach each other soonest, or only, through {names}.")
_NEARLY = text("finding", "Nearly all contact between modules depends on {names}.")
_MUCH = text("finding", "Much of the contact between modules depends on {names}.")
_WHY_LOST = text("finding", "Without {names}, {ways} would be lost.")
_WHY_LONGER = text("finding", "Without {names}, {ways} would be longer.")
_WHY_MOST = text("finding", "Without {names}, {ways} would be lost or longer. Most of them would be lost.")
_WHY_SOME = text("finding", "Without {names}, {ways} would be lost or longer. Some of them would be lost.")
_ASK = text("finding", "What could the modules settle between themselves, before it reaches {names}?")
_NOBODY = text("finding", "The map shows nobody at the top.")
_NOBODY_ASK = text("finding", "Who stands at the top of this map?")
_MANY = text("finding", "{n} person stands at the top.", "{n} people stand at the top.")
_MANY_ASK = text("finding", "Who of them has the last word?")
_FEW = text("finding", "On this map, hardly anybody can reach another module yet.")
_FEW_ASK = text("finding", "Who of one module talks with whom of another?")
_LARGE = text("finding", "The map is too large to follow every way on it.")
_LARGE_ASK = text("finding", "Which part of the map would be worth a look by itself?")


def apex_dependence(situation: Situation) -> Iterator[Finding]:
    """One finding for the map, about those at the top."""
    missing = situation.untold or situation.one_way or no_layers(situation) or _unclear_top(situation)
    if missing is None and not may_be(situation):
        return
    found = apex(situation) if missing is None else None
    if missing is None and found is None:
        missing = _LARGE(), _LARGE_ASK()
    elif found is not None and found.of < LEAST_PAIRS:
        missing = _FEW(), _FEW_ASK()
    if missing is not None:
        yield situation.not_judged(APEX_DEPENDENCE, missing)
    elif found is not None and found.share >= situation.cut("apex-dependence.look"):
        yield _finding(situation, found)


def _unclear_top(situation: Situation) -> tuple[Said, Said] | None:
    found = top(situation)
    if not situation.people.intersection(found):
        return _NOBODY(), _NOBODY_ASK()
    return (_MANY(n=len(found)), _MANY_ASK()) if len(found) > MOST_AT_TOP else None


def _finding(situation: Situation, found: Apex) -> Finding:
    people = tuple(v for v in found.top if v in situation.people)
    names = situation.names(people)
    heavy = found.share >= situation.cut("apex-dependence.act")
    near = [arc for arc in situation.maps.arcs if (arc[0] in people) != (arc[1] in people)]
    links = situation.links_of(near)
    claim = (
        _ONLY if found.lost == found.of else _ALL if found.pairs == found.of else _NEARLY if heavy else _MUCH
    )
    return Finding(
        code=APEX_DEPENDENCE,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=found.pairs / max(found.everything, 1),
        claim=claim(names=names),
        because=together(
            _why(found)(names=names, ways=situation.ways_across(found.pairs, found.of)),
            situation.for_whom(links),
        ),
        question=_ASK(names=names),
        people=people,
        advice=ways(situation, found),
        evidence={
            "share": found.share,
            "pairs_over_top": found.pairs,
            "pairs_between_modules": found.of,
            "lost": found.lost,
            "lengthened": found.pairs - found.lost,
        },
        lit_nodes=tuple(dict.fromkeys((*people, *(v for arc in near for v in arc)))),
        lit_links=links,
        source=ENTRIES[APEX_DEPENDENCE].source,
    )


def _why(found: Apex) -> Text:
    """How much of it would be lost, and how much only longer."""
    if found.lost == found.pairs:
        return _WHY_LOST
    if not found.lost:
        return _WHY_LONGER
    return _WHY_MOST if 2 * found.lost > found.pairs else _WHY_SOME
