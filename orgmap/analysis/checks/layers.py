"""Who stands at the top, who in the middle, and who over and under whom; by levels or reporting lines.

Definition: docs/findings.md, "The top and the middle".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.checks.situation import Situation, once, steps
from orgmap.analysis.distances import Indices
from orgmap.analysis.lacking import LAYERS
from orgmap.analysis.paths import indices
from orgmap.i18n import Said
from orgmap.model.entities import ModuleId, NodeId

Flags = NDArray[np.bool_]

LEAST = 3  # people in the middle, below which there is none to speak of


@dataclass(frozen=True, slots=True)
class Middle:
    """Those in the middle, by id.

    `above`, `below`: everybody over them, and under them, who is not one of them. `over` and `under`:
    for each of the middle those who count as their boss, and as their reports.
    """

    people: tuple[NodeId, ...]
    above: frozenset[NodeId]
    below: frozenset[NodeId]
    over: Mapping[NodeId, Collection[NodeId]]
    under: Mapping[NodeId, Collection[NodeId]]


@once
def top(situation: Situation) -> tuple[NodeId, ...]:
    """Those of the top level, else the roots of the reporting lines; by id, vacant posts too."""
    maps, reports = situation.maps, situation.maps.reports
    said = tuple(v for v in maps.nodes if situation.document.nodes[v].level == maps.top_level)
    return said or tuple(v for v in maps.nodes if reports.succ[v] and not reports.pred[v])


def would_talk(situation: Situation, person: NodeId, ends: Iterable[NodeId]) -> list[NodeId]:
    """Those of `ends` with whom a line of the person would be drawn: no vacant posts, nor a closed module."""
    return [w for w in ends if w in situation.people and not situation.may_talk(person, w)]


def no_layers(situation: Situation) -> tuple[Said, Said] | None:
    """What is missing where neither levels nor reporting lines say who stands where."""
    if situation.maps.reports.size() or _levels(situation):
        return None
    return LAYERS.missing


@once
def middle(situation: Situation) -> Middle:
    """Those with a boss and a report; by levels where the reporting lines name too few.

    By levels: strictly between top and bottom, and in a module in which at least as many stand lower
    as on their own level, so that a large team with two trainees is no middle.
    """
    by_lines = _by_lines(situation)
    if len(by_lines.people) >= LEAST:  # the cheaper of the two, and the surer
        return by_lines
    by_levels = _by_levels(situation)
    return by_levels if len(by_levels.people) > len(by_lines.people) else by_lines


def _by_lines(situation: Situation) -> Middle:
    reports = situation.maps.reports
    people = tuple(v for v in situation.maps.people if reports.pred[v] and reports.succ[v])
    above, below = (steps(way, people).keys() - set(people) for way in (reports.pred, reports.succ))
    return Middle(
        people,
        frozenset(above),
        frozenset(below),
        {v: tuple(reports.pred[v]) for v in people},
        {v: tuple(reports.succ[v]) for v in people},
    )


def _by_levels(situation: Situation) -> Middle:
    levels, top_level = _levels(situation), situation.maps.top_level
    bottom = max(levels.values(), default=top_level)
    higher = {
        level: frozenset(v for v, other in levels.items() if other < level) for level in {*levels.values()}
    }
    able = [v for v in situation.maps.people if top_level < levels.get(v, top_level) < bottom]
    led = _led(situation, levels)
    under = {v: found for v in able if (found := led(v))}
    people = tuple(under)
    first = min((levels[v] for v in people), default=top_level)
    above = higher[first] if people else frozenset[NodeId]()
    below = frozenset[NodeId]().union(*under.values()) - set(people)
    return Middle(people, above, below, {v: higher[levels[v]] for v in people}, under)


def _led(situation: Situation, levels: Mapping[NodeId, int]) -> Callable[[NodeId], frozenset[NodeId]]:
    """Says who is under a person: those lower in the modules in which the person's level leads.

    People in no module are seen among everybody.
    """
    members, nodes = situation.maps.members, situation.document.nodes
    found: dict[tuple[ModuleId | None, int], frozenset[NodeId]] = {}

    def in_module(module: ModuleId | None, level: int) -> frozenset[NodeId]:
        if (module, level) not in found:
            group = [w for w in (levels if module is None else members[module]) if w in levels]
            below = frozenset(w for w in group if levels[w] > level)
            alike = sum(1 for w in group if levels[w] == level)
            found[module, level] = below if len(below) >= alike else frozenset()
        return found[module, level]

    def under(person: NodeId) -> frozenset[NodeId]:
        own: list[ModuleId | None] = [m for m in nodes[person].modules if m in members]
        return frozenset[NodeId]().union(*(in_module(m, levels[person]) for m in own or [None]))

    return under


@once
def _levels(situation: Situation) -> dict[NodeId, int]:
    nodes = situation.document.nodes
    return {v: level for v in situation.maps.nodes if (level := nodes[v].level) is not None}


@once
def around(situation: Situation) -> dict[NodeId, tuple[frozenset[ModuleId], frozenset[ModuleId]]]:
    """For each person in a module: their own modules, and these with all that lie around them."""
    nodes, maps = situation.document.nodes, situation.maps
    return {
        v: (frozenset(nodes[v].modules), frozenset(maps.modules_of(v)))
        for v in maps.nodes
        if nodes[v].modules
    }


def across(situation: Situation, one: NodeId, other: NodeId) -> bool:
    """Are the two in different modules? Nobody is across from somebody without one."""
    found = around(situation)
    if one not in found or other not in found:
        return False
    return not (found[one][0] & found[other][1] or found[other][0] & found[one][1])


@once
def all_across(situation: Situation) -> Flags:
    """`across` for everybody at once, by the rows of `maps.nodes`. O(n^2)."""
    able, shared = sharing(situation)
    found = np.asarray(able[:, None] & able[None, :])
    rows, columns = shared.tocoo().coords
    found[rows, columns] = False
    return found


@once
def sharing(situation: Situation) -> tuple[Flags, sparse.csr_array]:
    """Who is in a module, and who is in one with whom, themselves too: 1, by the rows of `maps.nodes`."""
    maps, places = situation.maps, around(situation)
    able = np.zeros(len(maps.nodes), np.bool_)
    able[indices(maps, places)] = True
    own, outer = (_members(situation, {v: sides[k] for v, sides in places.items()}) for k in (0, 1))
    shared = own @ outer.T
    return able, ((shared + shared.T) > 0).astype(np.float32).tocsr()


def _members(situation: Situation, modules: Mapping[NodeId, frozenset[ModuleId]]) -> sparse.csr_array:
    """People by modules, 1 where they belong."""
    maps = situation.maps
    place = {m: i for i, m in enumerate(maps.members)}
    cells = [(maps.index[v], place[m]) for v, own in modules.items() for m in own if m in place]
    where: Indices = np.array(cells, np.intp).reshape(-1, 2)
    return sparse.csr_array(
        (np.ones(len(cells), np.int32), (where[:, 0], where[:, 1])),
        shape=(len(maps.nodes), max(len(place), 1)),
    )
