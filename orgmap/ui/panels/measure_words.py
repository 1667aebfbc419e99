"""A person's measures in words: shares as "11 of 40", numbers with what they mean as a tip."""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.analysis.findings import Numbers, Report
from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId


@dataclass(frozen=True, slots=True)
class Told:
    """One line of measures and the definition behind it."""

    line: Said
    definition: Said


_HEARS = text("measure", "Hears from {n} of {all} people")
_TELLS = text("measure", "Tells {n} of {all} people")
_HANGS = text("measure", "{n} of {all} ways between colleagues need this person")
_HOURS = text("measure", "{n} hour of talk a week", "{n} hours of talk a week")
_BETWEEN = text("measure", "Betweenness {value}")

_DEFINITION = text("measure", "{definition} Source: {source}.")


def told(report: Report, node: NodeId) -> list[Told]:
    """What the report says of one node; nothing for what it does not measure."""
    numbers = report.people.get(node)
    return [] if numbers is None else list(_lines(numbers, len(report.people)))


def _lines(numbers: Numbers, people: int) -> list[Told]:
    others = people - 1
    pairs = others * (others - 1)
    lines = []
    for key, entry in (("in_degree", _HEARS), ("out_degree", _TELLS)):
        value = numbers.get(key)
        if value is not None and others > 0:
            lines.append(Told(entry(n=int(value), all=others), _definition(key)))
    dependence = numbers.get("dependence")
    if dependence is not None and pairs > 0:
        shared = _HANGS(n=round(dependence * pairs), all=pairs)
        lines.append(Told(shared, _definition("dependence")))
    betweenness = numbers.get("betweenness")
    if betweenness is not None:
        lines.append(Told(_BETWEEN(value=betweenness), _definition("betweenness")))
    hours = numbers.get("hours_per_week")
    if hours is not None:
        lines.append(Told(_HOURS(n=hours), _definition("hours_per_week")))
    return lines


def _definition(key: str) -> Said:
    """What a measure means, and where it is from."""
    measure = MEASURES[Scope.PEOPLE][key]
    return _DEFINITION(definition=measure.definition(), source=measure.source)
