"""Who outside meets whom inside, and how far it is from there to those who decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from orgmap.analysis.checks.isolated import told_apart
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.lacking import OUTSIDE
from orgmap.analysis.reaching import steps_from_any, steps_to_any
from orgmap.i18n import Said
from orgmap.model.entities import NodeId, NodeKind

DECIDING = 2  # levels, the top one and the next, that count as deciding where nobody is marked


class Unheard(StrEnum):
    """How word from outside fails to do its work."""

    NONE = "none"  # no way to anybody who decides
    FAR = "far"
    NO_ANSWER = "no answer"  # those who decide hear it, and nothing comes back


@dataclass(frozen=True, slots=True)
class Word:
    """Word from `outside` to those of the `front` line, where it fails. `steps` to those who decide."""

    outside: NodeId
    front: tuple[NodeId, ...]
    trouble: Unheard
    steps: int | None


@once
def contacts(situation: Situation) -> tuple[Mapping[NodeId, list[NodeId]], Mapping[NodeId, list[NodeId]]]:
    """By outside party: who inside hears from it, and who inside tells it; both in order of id."""
    nodes, people = situation.document.nodes, situation.people
    heard: dict[NodeId, list[NodeId]] = {}
    told: dict[NodeId, list[NodeId]] = {}
    outside = {v for v, node in nodes.items() if node.kind is NodeKind.OUTSIDE}
    if outside:
        for u, v in situation.maps.all_arcs:
            if u in outside and v in people:
                heard.setdefault(u, []).append(v)
            elif v in outside and u in people:
                told.setdefault(v, []).append(u)
    return heard, told


def nobody_outside(situation: Situation) -> tuple[Said, Said] | None:
    """What is missing on a map that nobody outside meets."""
    return None if any(contacts(situation)) else OUTSIDE.missing


@once
def deciders(situation: Situation) -> tuple[NodeId, ...]:
    """Who is marked as deciding, else those of the top level and the next, 1 and 2; in order of id."""
    nodes, people = situation.document.nodes, situation.maps.people
    marked = tuple(v for v in people if nodes[v].decides)
    levels = deciding_levels(situation)
    return marked or tuple(v for v in people if nodes[v].level in levels)


def deciding_levels(situation: Situation) -> range:
    """The levels that count as deciding where nobody is marked."""
    return range(situation.maps.top_level, situation.maps.top_level + DECIDING)


@once
def steps_in(situation: Situation) -> Mapping[NodeId, int]:
    """Steps from each person to the nearest who decides."""
    return steps_to_any(situation.maps, deciders(situation))


@once
def steps_out(situation: Situation) -> Mapping[NodeId, int]:
    """Steps to each person from the nearest who decides."""
    return steps_from_any(situation.maps, deciders(situation))


@once
def words_unheard(situation: Situation) -> tuple[Word, ...]:
    """What each outside party tells that is not heard by those who decide, or not answered."""
    return tuple(_unheard(situation))


def _unheard(situation: Situation) -> Iterator[Word]:
    most = situation.cut("front-line-unheard.steps")
    for outside, front in sorted(contacts(situation)[0].items()):
        if told_apart(situation).issuperset(front):
            continue
        ways = [step for v in front if (step := steps_in(situation).get(v)) is not None]
        steps = min(ways, default=None)
        if steps is None:
            yield Word(outside, tuple(front), Unheard.NONE, None)
        elif steps > most:
            yield Word(outside, tuple(front), Unheard.FAR, steps)
        elif _answer_wanted(situation, outside, front) and not any(v in steps_out(situation) for v in front):
            yield Word(outside, tuple(front), Unheard.NO_ANSWER, steps)


def _answer_wanted(situation: Situation, outside: NodeId, front: list[NodeId]) -> bool:
    """Is an answer wanted, and did those of the front line who were asked name anybody?"""
    arcs, links = situation.maps.all_arcs, situation.document.links
    carried = [links[key] for v in front for key in arcs[outside, v].links]
    return not all(link.no_answer_needed for link in carried) and not situation.silent.issuperset(front)
