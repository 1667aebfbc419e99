"""What has one cause is one finding to whoever reads: which finding is told with which other.

A check is silent where another tells the same. What is left are findings of different kinds that
come from one thing: somebody over whom too much goes is the thread between two parts, a bottleneck
and short of hours. None of them is dropped, since each counts something else and has a question of
its own; the lesser ones are told with the one that leads, and the list opens with that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orgmap.analysis.catalogue import (
    APEX_DEPENDENCE,
    BOTTLENECK,
    BROADCAST_ONLY,
    CHART_AND_TALK,
    DISCONNECTED_MIDDLE,
    FRONT_LINE_UNHEARD,
    NO_ANSWER_ROUTE,
    NO_WAY_BACK,
    OUT_OF_SIGHT,
    OVER_RESPONSE,
    OVERLOAD,
    SINGLE_THREAD,
    SOLE_CONTACT,
)
from orgmap.analysis.findings import Fact, Finding, Weight
from orgmap.model.document import Document

TOO_MUCH = {APEX_DEPENDENCE, BOTTLENECK, OVER_RESPONSE, OVERLOAD, SINGLE_THREAD, SOLE_CONTACT}
"""Too much goes over the people these name."""


def by_cause(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, in their order, each with the one it is told with, or what is told with it.

    Only an earlier finding leads, so that what opens the list weighs most; it is never led itself.
    Those that are not judged are left as they are. O(f^2) in the number of findings.
    """
    led: dict[int, int] = {}
    for place, finding in enumerate(findings):
        for before in range(place):
            if before not in led and finding.judged and _explains(document, findings[before], finding):
                led[place] = before
                break
    return tuple(
        replace(
            finding,
            told_with=findings[led[place]].subject if place in led else None,
            also=tuple(findings[other].claim for other, leader in led.items() if leader == place),
        )
        for place, finding in enumerate(findings)
    )


def _explains(document: Document, lead: Finding, other: Finding) -> bool:
    """Do both come from one thing?"""
    if lead.code in TOO_MUCH and other.code in TOO_MUCH:
        return _over_the_same(lead, other) or _on_one_tail(lead, other)
    if {lead.code, other.code} == {FRONT_LINE_UNHEARD, NO_WAY_BACK} and _told_nothing(lead, other):
        return True
    if other.code == NO_WAY_BACK:
        return _cannot_tell(lead, other)
    if other.code == OUT_OF_SIGHT:
        return _hears_nothing(lead, other)
    if {lead.code, other.code} == {CHART_AND_TALK, DISCONNECTED_MIDDLE}:
        return _silent_above(document, lead, other)
    return False


def _over_the_same(lead: Finding, other: Finding) -> bool:
    """All the people of one are people of the other; or the lines of a call are what joins two modules."""
    if lead.code == OVER_RESPONSE and other.code == SINGLE_THREAD and not other.people:
        return bool(other.links) and {*other.links} <= {*lead.links, *lead.lit_links}
    return lead.code != other.code and bool(other.people) and {*other.people} <= {*lead.people}


def _on_one_tail(lead: Finding, other: Finding) -> bool:
    """A row of people that hangs on the map by one line: of each further line and person it is true again."""
    tail = _ids(lead.evidence.get("smaller_side"))
    if lead.code != SINGLE_THREAD or lead.modules or other.modules or not tail:
        return False
    if other.code == SINGLE_THREAD:
        return bool(other.links) and _ids(other.evidence.get("smaller_side")) <= tail
    without = other.evidence.get("without")
    facts = list(without.values()) if isinstance(without, Mapping) else []
    return other.code == BOTTLENECK and all(
        isinstance(each, Mapping) and tail <= _ids(each.get("cut_off")) for each in facts
    )


def _told_nothing(lead: Finding, other: Finding) -> bool:
    """Those who get no answer to what they tell are the front line that gets none for the outside."""
    front, open_lines = (lead, other) if lead.code == FRONT_LINE_UNHEARD else (other, lead)
    tellers = _ids(open_lines.evidence.get("tellers"))
    return bool(tellers) and tellers <= _ids(front.evidence.get("front_line"))


def _hears_nothing(lead: Finding, other: Finding) -> bool:
    """Those to whom no other module gets through hear nobody at all, and that is told."""
    heard = other.evidence.get("modules_heard")
    if not isinstance(heard, Mapping) or any(heard.values()):
        return False
    if lead.code == BROADCAST_ONLY:
        return not other.people and lead.evidence.get("kind") == "B0" and {*other.modules} <= {*lead.modules}
    named = {FRONT_LINE_UNHEARD: "front_line", NO_WAY_BACK: "tellers"}.get(lead.code)
    return named is not None and not other.modules and {*other.people} <= _ids(lead.evidence.get(named))


def _cannot_tell(lead: Finding, other: Finding) -> bool:
    """Those who cannot answer are told as a module, or have no way to ask or to pass on what they hear."""
    silent = _ids(other.evidence.get("no_way_back"))
    if not silent or lead.weight is not Weight.ACT:
        return False
    if lead.code == NO_WAY_BACK:
        return bool(lead.modules) and silent <= _ids(lead.evidence.get("no_way_back"))
    if lead.code == FRONT_LINE_UNHEARD:
        return silent <= _ids(lead.evidence.get("front_line"))
    if lead.code == NO_ANSWER_ROUTE:  # and who knows is among those who tell them something
        tellers = _ids(other.evidence.get("tellers"))
        return silent <= {*lead.people} and bool(tellers & _ids(lead.evidence.get("who_knows")))
    return False


def _silent_above(document: Document, lead: Finding, other: Finding) -> bool:
    """The reporting lines without talk are those over which the middle misses a side."""
    chart, middle = (lead, other) if lead.code == CHART_AND_TALK else (other, lead)
    missing = _ids(middle.evidence.get("no_line_up")) | _ids(middle.evidence.get("no_line_down"))
    if lead is chart:
        return bool(middle.people) and {*middle.people} <= missing
    ends = [{document.links[key].source, document.links[key].target} for key in chart.links]
    return bool(ends) and all(pair & missing for pair in ends)


def _ids(fact: Fact) -> set[str]:
    return set(fact) if isinstance(fact, tuple) else set()
