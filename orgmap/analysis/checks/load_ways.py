"""How to relieve somebody whose hours are too full: hand a line on, make it shorter, or rarer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from orgmap.analysis.checks.situation import Situation, counted
from orgmap.analysis.findings import Advice
from orgmap.analysis.hours import MINUTES, timed_links
from orgmap.analysis.repairs import MOST
from orgmap.i18n import Said, text
from orgmap.model.edits import reattach, set_fields
from orgmap.model.entities import EndId, Link, NodeId, NodeKind

LINES = 4  # of one person, those that take most hours
SHORT = 10.0  # minutes; what is shorter is not worth shortening
SELDOM = 0.5  # contacts a week; what is rarer is not worth making rarer
HALF = 2

_HAND = text("advice", "Let {other} take over the talks of {name} with {end}: {name} saves {time} a week.")
_SHORTER = text(
    "advice", "Let {name} and {end} take {now} minutes instead of {before}: {name} saves {time} a week."
)
_RARER = text("advice", "Let {name} and {end} talk half as often: {name} saves {time} a week.")
_HOURS = text("finding", "{n} hour", "{n} hours")
_MINUTES = text("finding", "{n} minute", "{n} minutes")


def ways(situation: Situation, known: Mapping[NodeId, float], people: Sequence[NodeId]) -> tuple[Advice, ...]:
    """Changes by the hours a week they take off `people`; `known`: the hours of everybody."""
    lines = _lines(situation, set(people))
    made: list[Advice] = []
    for person in people[:MOST]:
        own = lines.get(person, [])
        made += [*_handed(situation, known, person, own), *_less(situation, person, own)]
    return tuple(sorted(made, key=lambda advice: -advice.gain)[: MOST + 1])


def time(hours: float) -> Said:
    """As it is said: "2.5 hours", below one hour "25 minutes"."""
    if hours < 1:
        return _MINUTES(n=round(hours * MINUTES))
    return _HOURS(n=counted(round(hours, 1)))


def _lines(situation: Situation, people: set[NodeId]) -> dict[NodeId, list[tuple[float, Link, EndId]]]:
    """For each of `people` the lines with hours on which they stand by name, most hours first."""
    found: dict[NodeId, list[tuple[float, Link, EndId]]] = {}
    for link, hours in timed_links(situation.maps):
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in people and hours > 0:
                found.setdefault(NodeId(end), []).append((hours, link, other))
    for own in found.values():
        own.sort(key=lambda item: (-item[0], item[1].id))
    return found


def _handed(
    situation: Situation,
    known: Mapping[NodeId, float],
    person: NodeId,
    lines: list[tuple[float, Link, EndId]],
) -> Iterator[Advice]:
    """The line that takes most hours and that a colleague of the same module has time for."""
    nodes, maps = situation.document.nodes, situation.maps
    usual = float(np.median(list(known.values()))) if known else 0.0
    near = {w for m in nodes[person].modules for w in maps.members.get(m, ())} & situation.people - {person}

    def spare(colleague: NodeId) -> float:
        """Hours left: to what was said, else to what the middle one of all spends, and as much again."""
        own = nodes[colleague].hours
        return (HALF * usual if own is None else own) - known.get(colleague, 0.0)

    for hours, link, other in lines:
        if other in nodes and not _may_be_handed(situation, person, NodeId(other)):
            continue
        able = [w for w in sorted(near) if w != other and w in known and spare(w) >= hours]
        if able:
            best = min(able, key=lambda w: (-spare(w), w))
            end = {"source": best} if link.source == person else {"target": best}
            words = _HAND(
                other=situation.name(best),
                name=situation.name(person),
                end=situation.name(other),
                time=time(hours),
            )
            yield Advice(words, reattach(situation.document, link.id, **end), hours)
            return


def _may_be_handed(situation: Situation, person: NodeId, other: NodeId) -> bool:
    """Not the line up to one's boss or down to one's report, nor what one reads."""
    reports = situation.maps.reports
    if other not in situation.maps.index:
        return situation.document.nodes[other].kind is not NodeKind.SOURCE
    return not (reports.has_edge(person, other) or reports.has_edge(other, person))


def _less(situation: Situation, person: NodeId, lines: list[tuple[float, Link, EndId]]) -> Iterator[Advice]:
    """Half the minutes on one line, and half as often on another."""
    name, told = situation.name(person), set[str]()
    for hours, link, other in lines[:LINES]:
        minutes, often = link.minutes or 0.0, link.per_week or 0.0
        end = situation.name(other)
        if minutes > SHORT and "minutes" not in told:
            told.add("minutes")
            now = _half(minutes)
            gain = hours - now * often / MINUTES
            words = _SHORTER(name=name, end=end, now=now, before=minutes, time=time(gain))
            yield Advice(words, set_fields(situation.document, [link.id], minutes=now), gain)
        elif often > SELDOM and "often" not in told:
            told.add("often")
            gain = hours / HALF
            words = _RARER(name=name, end=end, time=time(gain))
            yield Advice(words, set_fields(situation.document, [link.id], per_week=often / HALF), gain)


def _half(minutes: float) -> float:
    """Half of it, in steps of five minutes."""
    return max(5.0, 5.0 * round(minutes / HALF / 5.0))
