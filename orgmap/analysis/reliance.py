"""How many ordered pairs rely on somebody, and how many fewer would with another line.

A pair relies on those who are away if its shortest connection is lost or longer without them, as in
`paths.without`. A new line spares a pair where the shortest way is then no shorter with them than
without.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.distances import NO_WAY, distances, steps_to
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import indices
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

FAR = 16_000  # steps; farther than any way, and twice as much is still a small number
FEW = 20_000  # pairs looked at to rank lines; those that are told are counted whole
MOST_PEOPLE = 5_600  # above, the matrix of steps does not come in one block

Far = NDArray[np.int16]


class Reliance:
    """The ordered pairs of others that rely on `away`. Costs one search of the whole map.

    Not for maps of more than `MOST_PEOPLE`, see `can_count`.
    """

    def __init__(self, maps: Maps, away: Collection[NodeId], progress: Progress = SILENT) -> None:
        gone = indices(maps, sorted(away))
        stays = np.setdiff1d(np.arange(len(maps.nodes), dtype=np.intp), gone)
        known = distances(maps, progress=progress).matrix
        steps = known[:, stays] if known is not None else steps_to(maps, stays, progress=progress)
        self._at = {maps.nodes[row]: place for place, row in enumerate(stays.tolist())}
        self._with = _far(steps[stays])
        self._without = _far(steps_to(maps, stays, without=gone, progress=progress)[stays])
        self._rows, self._columns = np.nonzero(self._with < self._without)
        self._thin = max(1, len(self._rows) // FEW)

    @property
    def pairs(self) -> int:
        """How many rely on them now."""
        return len(self._rows)

    def spared(
        self, one: NodeId, others: Sequence[NodeId], *, both: bool = True, roughly: bool = False
    ) -> int:
        """How many of them would not with lines from `one` to `others`; `roughly`, to compare lines."""
        every = self._thin if roughly else 1
        rows, columns = self._rows[::every], self._columns[::every]
        least = []
        for steps in (self._with, self._without):
            to, on = self._ends(steps, one, others, both)
            least.append(np.minimum(steps[rows, columns], to[rows] + on[columns]))
        return int(np.count_nonzero(least[0] >= least[1])) * every

    def fewer(self, one: NodeId, others: Sequence[NodeId], *, both: bool = True) -> int:
        """As `spared`, less the pairs that would begin to rely on them; below 0 if more do."""
        left = []
        for steps in (self._with, self._without):
            to, on = self._ends(steps, one, others, both)
            left.append(np.minimum(steps, to[:, None] + on[None, :]))
        return self.pairs - int(np.count_nonzero(left[0] < left[1]))

    def _ends(self, steps: Far, one: NodeId, others: Sequence[NodeId], both: bool) -> tuple[Far, Far]:
        """Steps from everybody to `one`, and from `one` to everybody, with the new lines."""
        centre, ends = self._at[one], [self._at[v] for v in others]
        on = np.minimum(steps[centre], 1 + steps[ends].min(axis=0))
        to = np.minimum(steps[:, centre], 1 + steps[:, ends].min(axis=1)) if both else steps[:, centre]
        return to, on


def can_count(maps: Maps) -> bool:
    """Is the map small enough for `Reliance`?"""
    return len(maps.nodes) <= MOST_PEOPLE


def _far(steps: NDArray[np.int16]) -> Far:
    found: Far = steps.astype(np.int16)
    found[steps == NO_WAY] = FAR
    return found
