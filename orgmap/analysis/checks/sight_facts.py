"""What gets through to whom: which modules each person hears from within two steps, and who sees little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.checks.bottlenecks import told_hanging
from orgmap.analysis.checks.broadcast import people_told
from orgmap.analysis.checks.isolated import told_apart
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.paths import matrix, matrix_two_way, within
from orgmap.model.entities import ModuleId, NodeId

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who hears from which modules, as a table: a row for each person of `maps.nodes`.

    `modules`: its columns, those with somebody in them, in order of id. `heard`: somebody else there
    reaches the person within the steps of the cut-off. `others`: the modules that count for the person:
    those outside the person's own, each whole, and beside the own ones in detail; not those of which
    it is told that no line joins them to the rest, since nobody can hear from there.
    """

    modules: tuple[ModuleId, ...]
    heard: Flags
    others: Flags

    @property
    def seen(self) -> NDArray[np.int64]:
        """How many of the others each person hears from."""
        return np.asarray((self.heard & self.others).sum(axis=1), np.int64)

    @property
    def all(self) -> NDArray[np.int64]:
        """How many others there are for each person."""
        return np.asarray(self.others.sum(axis=1), np.int64)


@once
def staffed(situation: Situation) -> tuple[ModuleId, ...]:
    """Modules with people in them, in order of id."""
    members = situation.maps.members
    return tuple(sorted(m for m, own in members.items() if not situation.people.isdisjoint(own)))


@once
def inside(situation: Situation) -> NDArray[np.float32]:
    """1 where a person (row, of `maps.nodes`) is in a module (column, of `staffed`) or one nested in it."""
    maps = situation.maps
    table = np.zeros((len(maps.nodes), len(staffed(situation))), np.float32)
    for column, module in enumerate(staffed(situation)):
        table[[maps.index[v] for v in maps.members[module]], column] = 1
    return table


@once
def sight(situation: Situation) -> Sight:
    """The table for the map. O(m modules) for each step."""
    maps = situation.maps
    modules = staffed(situation)
    steps = max(int(situation.cut("out-of-sight.steps")), 1)
    heard = _heard(situation, steps)
    others = np.zeros(heard.shape, np.bool_)
    known: dict[frozenset[ModuleId], Flags] = {}
    apart = told_apart(situation)
    joined = np.array([not apart.issuperset(maps.members[m]) for m in modules], np.bool_)
    for v in maps.nodes:
        own = frozenset(maps.modules_of(v))
        if own not in known:
            known[own] = joined & np.array([_counts(situation, m, own) for m in modules], np.bool_)
        others[maps.index[v]] = known[own]
    return Sight(modules, heard, others)


def _heard(situation: Situation, steps: int) -> Flags:
    """Who hears from somebody else in which module; up to two steps the ways are counted, not listed."""
    maps, own = situation.maps, inside(situation)
    if steps > 2:
        return np.asarray(within(maps, steps, progress=situation.progress).astype(np.float32).T @ own) > 0
    told = matrix(maps).T.astype(np.float32)
    straight = np.asarray(told @ own)
    if steps == 1:
        return straight > 0
    situation.progress.at(0.5)
    back = np.asarray(matrix_two_way(maps).sum(axis=1), np.float32)  # ways of two steps that end at home
    return (straight > 0) | (np.asarray(told @ straight) > own * back.reshape(-1, 1))


@once
def few_seen(situation: Situation) -> Mapping[NodeId, int]:
    """People who hear from fewer than the wanted share of the others, and of how many; by id.

    Left out is whoever did not answer a survey, and whoever is told to be apart, to hear from nobody, or
    to hang on one person.
    """
    maps, table = situation.maps, sight(situation)
    seen, others = table.seen, table.all
    least = situation.cut("out-of-sight.share")
    spared = told_apart(situation) | situation.silent | situation.recent | told_hanging(situation)
    deaf = {v for v in people_told(situation) if not situation.into[v]}
    found = {}
    for v in maps.people:
        at = maps.index[v]
        if others[at] >= 2 and seen[at] < least * others[at] and v not in spared and v not in deaf:
            found[v] = int(seen[at])
    return found


def _counts(situation: Situation, module: ModuleId, own: frozenset[ModuleId]) -> bool:
    """Does `module` count as one of the rest: outside `own`, and nothing around it is outside too?"""
    if module in own:
        return False
    parent = situation.document.modules[module].parent
    return parent is None or parent in own or parent not in situation.document.modules
