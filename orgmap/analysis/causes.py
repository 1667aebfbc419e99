"""What has one cause is one finding to whoever reads: which finding is told with which other.

A check is silent where another tells the same. What is left are findings of different kinds that
come from one thing: somebody over whom too much goes is the thread between two parts, a bottleneck
and short of hours. None of them is dropped, since each counts something else and has a question of
its own; the lesser ones are told with the one that leads, and the list opens with that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orgmap.analysis.catalogue import (
    APEX_DEPENDENCE,
    BOTTLENECK,
    CHART_AND_TALK,
    DISCONNECTED_MIDDLE,
    FRONT_LINE_UNHEARD,
    NO_ANSWER_ROUTE,
    NO_WAY_BACK,
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
        return _over_the_same(lead, other)
    if other.code == NO_WAY_BACK:
        return _cannot_tell(lead, other)
    if {lead.code, other.code} == {CHART_AND_TALK, DISCONNECTED_MIDDLE}:
        return _silent_above(document, lead, other)
    return False


def _over_the_same(lead: Finding, other: Finding) -> bool:
    """All the people of one are people of the other; or the lines of a call are what joins two modules."""
    if lead.code == OVER_RESPONSE and other.code == SINGLE_THREAD and not other.people:
        return bool(other.links) and {*other.links} <= {*lead.links, *lead.lit_links}
    return lead.code != other.code and bool(other.people) and {*other.people} <= {*lead.people}


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
