"""A map with some lines fewer or more, as matrices, and whether a finding would still be said of it.

The conditions are those of the checks, without their words; on the map itself each has to answer
yes, else nothing is judged by it. See `docs/findings.md`, "How sure".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis import catalogue as codes
from orgmap.analysis.findings import Fact, Finding
from orgmap.analysis.graphs import Maps
from orgmap.model.entities import NodeId

Flags: TypeAlias = NDArray[np.bool_]
Steps: TypeAlias = NDArray[np.int16]
Condition: TypeAlias = Callable[["Trial"], bool]
Arcs: TypeAlias = list[tuple[int, int]]

NO_WAY = 9_999  # steps to whom no path leads


@dataclass(eq=False)
class Trial:
    """`flow`: F as a matrix, row tells column, shape (people, people), false on the diagonal."""

    flow: Flags

    @cached_property
    def two_way(self) -> Flags:
        """T: pairs between which information can go both ways directly."""
        both: Flags = self.flow & self.flow.T
        return both

    @cached_property
    def steps(self) -> Steps:
        """Fewest steps from row to column on F, `NO_WAY` where no path leads."""
        return steps_between(self.flow)

    def without(self, person: int) -> Steps:
        """As `steps`, while a person is away; their own row and column are `NO_WAY`."""
        flow = self.flow.copy()
        flow[person] = flow[:, person] = False
        return steps_between(flow)

    def group(self, person: int, away: int) -> Flags:
        """Whom a person reaches on T while another is away, the person too."""
        graph = self.two_way
        found = np.zeros(len(graph), dtype=bool)
        found[person] = True
        new = found
        while new.any():
            new = graph[new].any(axis=0) & ~found
            new[away] = False
            found = found | new
        return found


def steps_between(flow: Flags) -> Steps:
    """Fewest steps between everybody, by levels: one product of matrices for each step."""
    size = len(flow)
    found = np.full((size, size), NO_WAY, dtype=np.int16)
    found[np.arange(size), np.arange(size)] = 0
    lines = flow.astype(np.float32)
    new, level = flow & (found == NO_WAY), 1
    while new.any():
        found[new] = level
        new = ((new.astype(np.float32) @ lines) > 0) & (found == NO_WAY)
        level += 1
    return found


def condition(maps: Maps, finding: Finding) -> Condition | None:
    """When this finding would still be said, of at least one of those it is about.

    None where that is not worked out here: notes, and findings about modules that need more than
    the lines between their people.
    """
    made = _MADE.get(finding.code)
    return made(maps, finding) if made is not None and finding.judged else None


def _bottleneck(maps: Maps, finding: Finding) -> Condition | None:
    people = _rows(maps, finding.people)
    if not people:
        return None
    least, cut = _cut(maps, "bottleneck.dependence"), _cut(maps, "bottleneck.cut-off")
    longer = _cut(maps, "bottleneck.lengthened")

    def holds(trial: Trial, v: int) -> bool:
        before, after = trial.steps, trial.without(v)
        others = np.ones(len(before), dtype=bool)
        others[v] = False
        worse = (after > before) & others[:, None] & others
        size = len(before)
        if worse.sum() < least * (size - 1) * (size - 2):
            return False
        fallen = _fallen(trial, v)
        if sum(map(len, fallen)) >= cut and len(fallen[0]) >= 2:
            return True
        leaf = trial.two_way[v] & (trial.two_way.sum(axis=0) == 1)
        lengthened = worse & (after < NO_WAY)
        return bool((lengthened & ~leaf[:, None] & ~leaf).sum() >= longer)

    return lambda trial: any(holds(trial, v) for v in people)


def _fallen(trial: Trial, v: int) -> list[list[int]]:
    """The parts of T into which the neighbours of `v` fall without them, but the largest; largest first."""
    left = set(np.flatnonzero(trial.two_way[v]).tolist())
    parts = []
    while left:
        part = np.flatnonzero(trial.group(min(left), v)).tolist()
        left -= set(part)
        parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part))[1:] or [[]]


def _sole(maps: Maps, finding: Finding) -> Condition | None:
    people, least = _rows(maps, finding.people), _cut(maps, "sole-contact.people")

    def holds(trial: Trial) -> bool:
        leaf = trial.two_way.sum(axis=0) == 1
        return any((trial.two_way[v] & leaf).sum() >= least for v in people)

    return holds


def _broadcast(maps: Maps, finding: Finding) -> Condition | None:
    if not finding.people or finding.evidence.get("kind") not in ("B0", "B1"):
        return None
    people = _rows(maps, finding.people)
    least, part = _cut(maps, "broadcast-only.receivers"), _cut(maps, "broadcast-only.audience")
    answering = _cut(maps, "broadcast-only.answering")
    links = maps.document.links
    deaf = np.zeros((len(maps.nodes), len(maps.nodes)), dtype=bool)  # lines on which no answer is wanted
    for (u, w), arc in maps.arcs.items():
        deaf[maps.index[u], maps.index[w]] = all(links[key].no_answer_needed for key in arc.links)

    def holds(trial: Trial, v: int) -> bool:
        told = trial.flow[v] & ~deaf[v]
        heard = trial.flow[:, v]
        if told.sum() < least:
            return False
        if not heard.any():
            return True
        audience = told & ~heard
        early = audience & (trial.steps[:, v] <= 2)
        enough = audience.sum() >= max(least, part * told.sum())
        return bool(enough and early.sum() <= answering * audience.sum())

    return lambda trial: any(holds(trial, v) for v in people)


def _listens(maps: Maps, finding: Finding) -> Condition | None:
    people, least = _rows(maps, finding.people), _cut(maps, "only-listens.heard")
    return lambda trial: any(trial.flow[:, v].sum() >= least and not trial.flow[v].any() for v in people)


def _open(maps: Maps, finding: Finding) -> Condition | None:
    own = set(finding.links)
    arcs = _arcs(maps, (pair for pair, arc in maps.arcs.items() if own.intersection(arc.links)))
    if finding.modules or not arcs:
        return None
    return lambda trial: any(trial.flow[u, v] and trial.steps[v, u] == NO_WAY for u, v in arcs)


def _slow(maps: Maps, finding: Finding) -> Condition | None:
    found = finding.evidence.get("steps_back")
    pairs = _pairs(found) if isinstance(found, Mapping) else []
    arcs, least = _arcs(maps, pairs), _cut(maps, "slow-way-back.steps")
    if not arcs:
        return None
    return lambda trial: any(trial.flow[u, v] and least <= trial.steps[v, u] < NO_WAY for u, v in arcs)


def _pairs(found: Mapping[str, Fact]) -> list[tuple[NodeId, NodeId]]:
    return [(NodeId(u), NodeId(v)) for u, own in found.items() if isinstance(own, Mapping) for v in own]


def _thread(maps: Maps, finding: Finding) -> Condition | None:
    """Between modules: all lines of T end in one person on a side. Else one line between two parts."""
    least = _cut(maps, "single-thread.people")
    members = {m: set(_rows(maps, maps.members[m])) for m in finding.modules}
    pairs = [(members[a], members[b]) for a, b in combinations(finding.modules, 2)]
    pairs = [(a, b) for a, b in pairs if a and b and not a & b]
    lines = finding.evidence.get("lines")
    ends = [tuple(line.split(" - ")) for line in lines] if isinstance(lines, tuple) and not pairs else []
    cuts = _arcs(maps, ((NodeId(e[0]), NodeId(e[1])) for e in ends if len(e) == 2))

    def thread(trial: Trial, here: set[int], there: set[int]) -> bool:
        found = np.argwhere(trial.two_way[np.ix_(sorted(here), sorted(there))])
        return len(found) > 0 and bool((found == found[0]).all(axis=0).any())

    def bridge(trial: Trial, u: int, v: int) -> bool:
        if not trial.two_way[u, v]:
            return False
        flow = trial.flow.copy()
        flow[u, v] = flow[v, u] = False
        other = Trial(flow)
        one, two = other.group(u, u), other.group(v, v)
        return not one[v] and min(one.sum(), two.sum()) >= least

    def holds(trial: Trial) -> bool:
        return any(thread(trial, *pair) for pair in pairs) or any(bridge(trial, *line) for line in cuts)

    return holds if pairs or cuts else None


def _isolated(maps: Maps, finding: Finding) -> Condition | None:
    """Nobody has drawn a line over the border: of a module, of a group, of each person alone."""
    group = finding.evidence.get("group") or finding.evidence.get("members")
    if isinstance(group, tuple):
        groups = [_rows(maps, (NodeId(v) for v in group))]
    else:
        groups = [[v] for v in _rows(maps, finding.people)]

    def apart(trial: Trial, own: list[int]) -> bool:
        rest = np.ones(len(trial.flow), dtype=bool)
        rest[own] = False
        return not (trial.flow[own][:, rest].any() or trial.flow[rest][:, own].any())

    return (lambda trial: any(apart(trial, own) for own in groups)) if groups else None


_MADE: Mapping[str, Callable[[Maps, Finding], Condition | None]] = {
    codes.BOTTLENECK: _bottleneck,
    codes.SOLE_CONTACT: _sole,
    codes.BROADCAST_ONLY: _broadcast,
    codes.ONLY_LISTENS: _listens,
    codes.NO_WAY_BACK: _open,
    codes.SLOW_WAY_BACK: _slow,
    codes.SINGLE_THREAD: _thread,
    codes.ISOLATED: _isolated,
}


def _cut(maps: Maps, name: str) -> float:
    return codes.cutoff(maps.document, name)


def _rows(maps: Maps, people: Iterable[NodeId]) -> list[int]:
    return [maps.index[v] for v in people if v in maps.index]


def _arcs(maps: Maps, pairs: Iterable[tuple[NodeId, NodeId]]) -> Arcs:
    return [(maps.index[u], maps.index[v]) for u, v in pairs if u in maps.index and v in maps.index]
