"""How firm a finding is, in words for whoever would have to ask: who may talk though the map lacks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orgmap.analysis.findings import Finding
from orgmap.analysis.graphs import Maps
from orgmap.analysis.repairs import called
from orgmap.i18n import Said, Value, names, text
from orgmap.model.entities import NodeId

MOST_NAMED = 3  # lines

FIRM = text("finding", "A few talks missing elsewhere on the map would hardly matter.")
FEWER = text(
    "finding",
    "On {n} of {of} trial maps with a tenth of the lines left out, this finding stays.",
    "On {n} of {of} trial maps with a tenth of the lines left out, this finding stays.",
)
MORE = text(
    "finding",
    "On {n} of {of} trial maps with a tenth more lines, this finding stays.",
    "On {n} of {of} trial maps with a tenth more lines, this finding stays.",
)
ALL_ONE_WAY = text(
    "finding", "If every one-way line of the map is in truth answered, this finding goes away."
)
LARGE = text("finding", "On a map of so many people, trying what gaps would change takes too long.")
ANYBODY = text(
    "finding",
    "If {names} does talk with anybody and only the map lacks it, this finding goes away. Ask first.",
    "If {names} do talk with anybody and only the map lacks it, this finding goes away. Ask them first.",
)

_ANSWER = text(
    "finding",
    "If {who} does answer {whom} and only the map lacks it, this finding goes away. Ask them first.",
)
_ANSWER_BOTH = text(
    "finding",
    "If both {who} answer {whom} and only the map lacks it, this finding goes away. Ask them first.",
)
_ANSWER_ALL = text(
    "finding",
    "If {who} all answer {whom} and only the map lacks it, this finding goes away. Ask them first.",
)
_TALK = text(
    "finding",
    "If {who} does talk with {whom} and only the map lacks it, this finding goes away. Ask them first.",
)
_ONE_OF = text(
    "finding",
    "If even one of these is true and only the map lacks it, this finding goes away: {which}. Ask first.",
)
_ALL_OF = text(
    "finding",
    "If all of these are true and only the map lacks them, this finding goes away: {which}. Ask first.",
)
_NO_TALK = text("finding", "If {who} does not really talk with {whom}, this finding does not hold.")
_NO_TELLING = text("finding", "If {who} does not really tell {whom} anything, this finding does not hold.")
_ONE_NOT = text("finding", "If even one of these is not true, this finding does not hold: {which}.")
_ALL_NOT = text("finding", "If none of these is true, this finding does not hold: {which}.")
_ASK = text("finding", "Ask first: does {who} answer {whom}?")
_ASK_ANY = text("finding", "Ask first whether any of these is true: {which}.")
_TALKING = text("finding", "{one} and {other} talk")
_TELLING = text("finding", "{one} tells {other}")
_OR = text("list", "{first} or {last}")
_COMMA = text("list", "{first}, {next}")
_SEMICOLON = text("list", "{first}; {next}")


@dataclass(frozen=True, slots=True)
class Line:
    """Two who talk, or of whom `one` tells the other."""

    one: NodeId
    other: NodeId
    one_way: bool = False


def missing(maps: Maps, finding: Finding, lines: Sequence[Line], *, any_of: bool) -> Said:
    """The finding goes away if these are real and the map lacks them: any one of them, or all together."""
    named = _called(maps, finding)
    common = _common(lines)
    if common is None:
        return (_ONE_OF if any_of else _ALL_OF)(which=_listed(maps, lines))
    who, whom = common
    if not lines[0].one_way:
        return _TALK(who=_any(who, named), whom=_any(whom, named) if any_of else _all(whom, named))
    if any_of or len(lines) == 1:
        return _ANSWER(who=_any(who, named), whom=_any(whom, named))
    if len(who) == 1:
        return _ANSWER(who=_any(who, named), whom=_all(whom, named))
    return (_ANSWER_BOTH if len(who) == 2 else _ANSWER_ALL)(who=_all(who, named), whom=_any(whom, named))


def unreal(maps: Maps, finding: Finding, lines: Sequence[Line], *, any_of: bool) -> Said:
    """The finding does not hold without these: without any one of them, or without all together."""
    common = _common(lines) if any_of or len(lines) == 1 else None
    if common is None:
        return (_ONE_NOT if any_of else _ALL_NOT)(which=_listed(maps, lines))
    named = _called(maps, finding)
    who, whom = (_any(ends, named) for ends in common)
    return (_NO_TELLING if lines[0].one_way else _NO_TALK)(who=who, whom=whom)


def doubtful(maps: Maps, finding: Finding, lines: Sequence[Line]) -> Said:
    """Where to ask, though no few lines would let the finding go away."""
    common = _common(lines)
    if common is None or not lines[0].one_way:
        return _ASK_ANY(which=_listed(maps, lines))
    named = _called(maps, finding)
    who, whom = (_any(ends, named) for ends in common)
    return _ASK(who=who, whom=whom)


def _common(lines: Sequence[Line]) -> tuple[list[NodeId], list[NodeId]] | None:
    """All the ones and all the others where one of the two is the same person; None where neither is."""
    if len({line.one_way for line in lines}) > 1:
        return None
    ones = [line.one for line in lines]
    others = [line.other for line in lines]
    if len(set(ones)) > 1 and len(set(others)) > 1 and not lines[0].one_way:
        shared = set.intersection(*({line.one, line.other} for line in lines))
        for v in shared:
            ones, others = [v], [line.other if line.one == v else line.one for line in lines]
    one, other = list(dict.fromkeys(ones)), list(dict.fromkeys(others))
    return (one, other) if 1 in (len(one), len(other)) else None


def _called(maps: Maps, finding: Finding) -> Callable[[NodeId], Value]:
    """A name; of somebody the finding has not named yet with the module, where it is about modules."""
    known = {*finding.people, *finding.lit_nodes}

    def so(person: NodeId) -> Value:
        return called(maps, person, maps.home.get(person) in finding.modules and person not in known)

    return so


def _any(people: Sequence[NodeId], named: Callable[[NodeId], Value]) -> Value:
    first = named(people[0])
    for person in people[1:-1]:
        first = _COMMA(first=first, next=named(person))
    return _OR(first=first, last=named(people[-1])) if len(people) > 1 else first


def _all(people: Sequence[NodeId], named: Callable[[NodeId], Value]) -> Value:
    return names([str(named(person)) for person in people], MOST_NAMED)


def _listed(maps: Maps, lines: Sequence[Line]) -> Said:
    said = [
        (_TELLING if line.one_way else _TALKING)(one=maps.name(line.one), other=maps.name(line.other))
        for line in lines[:MOST_NAMED]
    ]
    joined = said[0]
    for one in said[1:]:
        joined = _SEMICOLON(first=joined, next=one)
    return joined
