"""Contact between modules that needs the top: which pairs, and which a further line would spare; numbers.

Definition: docs/findings.md, apex-dependence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from orgmap.analysis.checks.layers import Flags, all_across, top
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.distances import NO_WAY, Steps, distances, steps_to
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import indices
from orgmap.model.entities import ModuleId, NodeId

FAR = 10_000  # steps, farther than any way; twice this and one is still a number of 16 bits
LARGE = 2_000  # people from which a bound is looked at first
ROWS = 256  # people looked at to rank lines on a large map, before the best are counted whole


@dataclass(frozen=True, slots=True)
class Line:
    """A line that could be added, by rows of the matrices; both ways or from `one` to `other`."""

    one: int
    other: int
    both: bool = True


@dataclass(frozen=True)
class Apex:
    """What contact between modules needs of the top; rows tell, columns hear, as in `maps.nodes`.

    `judged`: ordered pairs of others in different modules that reach each other now, senders whom
    nobody tells left out. `over`: those that lose contact, or need a longer way, without the top.
    `before`, `after`: steps with and without the top, `FAR` where there is no way.
    """

    top: tuple[NodeId, ...]
    maps: Maps = field(repr=False)
    judged: Flags = field(repr=False)
    over: Flags = field(repr=False)
    before: Steps = field(repr=False)
    after: Steps = field(repr=False)

    @cached_property
    def of(self) -> int:
        """How many pairs are judged."""
        return int(np.count_nonzero(self.judged))

    @cached_property
    def pairs(self) -> int:
        """How many of them need the top."""
        return int(np.count_nonzero(self.over))

    @cached_property
    def lost(self) -> int:
        """How many would have no way at all."""
        return int(np.count_nonzero(self.over & (self.after == FAR)))

    @property
    def share(self) -> float:
        """Of the judged pairs, those that need the top; 0..1."""
        return self.pairs / self.of if self.of else 0.0

    @property
    def everything(self) -> int:
        """All ordered pairs of others."""
        others = len(self.maps.nodes) - len(self.top)
        return others * (others - 1)

    def spared(self, line: Line) -> int:
        """How many pairs fewer would need the top if this line were there; below 0 if more would."""
        return self._spared(line, slice(None))

    def best(self, lines: Iterable[Line], most: int) -> list[tuple[int, Line]]:
        """Those that spare most pairs, at most `most`, with how many; none that spares nothing."""
        size = len(self.maps.nodes)
        few = slice(None, None, -(-size // ROWS))
        guessed = sorted(lines, key=lambda line: -self._spared(line, few))
        counted = [(self.spared(line), line) for line in (guessed[: 2 * most] if size > ROWS else guessed)]
        return [item for item in sorted(counted, key=lambda item: -item[0]) if item[0] > 0][:most]

    def within(self, person: NodeId, others: Iterable[NodeId]) -> int:
        """Pairs of `person` with `others`, in either direction, that need the top."""
        at, rows = self.maps.index[person], indices(self.maps, others)
        return int(np.count_nonzero(self.over[at, rows]) + np.count_nonzero(self.over[rows, at]))

    def between(self) -> list[tuple[int, ModuleId, ModuleId]]:
        """Pairs of home modules by how many pairs of their people need the top, most first."""
        modules = sorted({m for m in self.maps.home.values() if m is not None})
        place = {m: i for i, m in enumerate(modules)}
        rows = [(place[m], i) for i, v in enumerate(self.maps.nodes) if (m := self.maps.home[v]) in place]
        if not rows:
            return []
        where = np.array(rows, np.intp).T
        sides = sparse.csr_array(
            (np.ones(len(rows), np.int32), (where[0], where[1])), shape=(len(modules), len(self.maps.nodes))
        )
        told = np.asarray(sides @ (sides @ self.over.astype(np.int32)).T)
        both = np.triu(told + told.T, 1)
        found = np.argwhere(both)
        return sorted(
            ((int(both[a, b]), modules[a], modules[b]) for a, b in found),
            key=lambda item: (-item[0], item[1:]),
        )

    def _spared(self, line: Line, rows: slice) -> int:
        now = self._with(self.before, line, rows)
        without = self._with(self.after, line, rows)
        left = int(np.count_nonzero(self.judged[rows] & (now != without)))
        return int(np.count_nonzero(self.over[rows])) - left

    def _with(self, steps: Steps, line: Line, rows: slice) -> Steps:
        found: Steps = np.minimum(steps[rows], steps[rows, line.one, None] + 1 + steps[None, line.other, :])
        if line.both:
            np.minimum(found, steps[rows, line.other, None] + 1 + steps[None, line.one, :], out=found)
        return found


def may_be(situation: Situation) -> bool:
    """Can enough run through the top at all? What shortest ways pass it is never less than what needs it.

    On a large map, where betweenness is worked out anyway and the exact number takes longer.
    """
    maps = situation.maps
    size, steps = len(maps.nodes), distances(maps, progress=situation.progress).matrix
    if size < LARGE or steps is None:
        return True
    judged = int(np.count_nonzero(_across(situation, top(situation)) & (steps > 0)))
    passing = sum(situation.betweenness[v] for v in top(situation)) * (size - 1) * (size - 2)
    return passing >= situation.cut("apex-dependence.look") * judged - 1


@once
def apex(situation: Situation) -> Apex | None:
    """The facts; None on a map of more than some 5,600 people, of which no whole matrix is kept.

    O(n m / 64) for each step of the longest path, twice, and n^2.
    """
    maps, found = situation.maps, top(situation)
    before = distances(maps, progress=situation.progress).matrix
    if before is None:
        return None
    away = indices(maps, found)
    after = steps_to(maps, np.arange(len(maps.nodes)), without=away, progress=situation.progress)
    judged = _across(situation, found) & (before > 0)
    over = judged & (before != after)
    return Apex(found, maps, judged, over, _far(before), _far(after))


def _far(steps: Steps) -> Steps:
    return np.asarray(np.where(steps == NO_WAY, np.int16(FAR), steps), np.int16)


def _across(situation: Situation, away: Sequence[NodeId]) -> Flags:
    """Ordered pairs of different modules, without those away and without senders whom nobody tells."""
    maps = situation.maps
    stays = np.ones(len(maps.nodes), np.bool_)
    stays[indices(maps, away)] = False
    heard = np.fromiter((bool(situation.into[v]) for v in maps.nodes), np.bool_, len(maps.nodes))
    return np.asarray(all_across(situation) & (stays & heard)[:, None] & stays)
