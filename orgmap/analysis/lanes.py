"""Lanes side by side, one for each module: who belongs together stands in one strip of the map.

A lane is a module with the lanes of the modules in it; the pieces in no module have one, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import Board
from orgmap.analysis.nested import everybody_in
from orgmap.model.entities import ModuleId

_ROUNDS = 6


@dataclass(eq=False)
class Lane:
    """A strip of the map. `rows`: pieces that stand in it directly; `inner`: lanes inside, in order."""

    module: ModuleId | None
    rows: Ints
    inner: list[Lane] = field(default_factory=list)

    def leaves(self) -> Iterator[Lane]:
        """The lanes in which pieces stand, from left to right."""
        if not self.inner:
            yield self
        for lane in self.inner:
            yield from lane.leaves()


def lanes_of(board: Board) -> list[Lane]:
    """All lanes, those with much talk between them side by side."""
    return _ordered(board, _inside(board, None))


def _inside(board: Board, module: ModuleId | None) -> list[Lane]:
    made = []
    own = board.inside.get(module)
    if own:
        made.append(Lane(None, np.array(own, dtype=np.intp)))
    for child in board.below.get(module, ()):
        inner = _ordered(board, _inside(board, child))
        rows = everybody_in(board, child)
        made.append(Lane(child, rows, inner if len(inner) > 1 or inner[0].module is not None else []))
    return made


def _ordered(board: Board, lanes: list[Lane]) -> list[Lane]:
    """The order in which the lines between the lanes are short: greedily, then by exchanges."""
    n = len(lanes)
    if n < 3:
        return lanes
    whose = np.full(len(board), -1, dtype=np.intp)
    for number, lane in enumerate(lanes):
        whose[lane.rows] = number
    ends = whose[board.pairs]
    there = (ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1])
    pull = np.zeros((n, n))
    np.add.at(pull, (ends[there, 0], ends[there, 1]), board.strength[there])
    pull += pull.T
    order = shortened(pull)
    return [lanes[k] for k in order]


def shortened(pull: Floats) -> list[int]:
    """An order of 0..n-1 in which what pulls at each other (n, n) is near; deterministic, O(n^3)."""
    n = len(pull)
    left = set(range(n))
    first = int(pull.sum(axis=1).argmax())
    order = [first]
    left.discard(first)
    while left:  # each next one to the end at which it is wanted more
        near = np.arange(len(order))
        right = {k: float((pull[k, order] / (len(order) - near)).sum()) for k in left}
        begin = {k: float((pull[k, order] / (near + 1)).sum()) for k in left}
        best = max(sorted(left), key=lambda k: max(right[k], begin[k]))
        order = [best, *order] if begin[best] > right[best] else [*order, best]
        left.discard(best)
    spot = np.empty(n)
    for _ in range(_ROUNDS):
        better = False
        for k in range(n):
            for j in range(k + 1, min(n, k + 12)):
                spot[order] = np.arange(n)
                a, b = order[k], order[j]
                gain = _length(pull, spot, a, b)
                spot[a], spot[b] = spot[b], spot[a]
                if _length(pull, spot, a, b) < gain - 1e-9:
                    order[k], order[j] = b, a
                    better = True
        if not better:
            break
    return order


def _length(pull: Floats, spot: Floats, a: int, b: int) -> float:
    return float((pull[a] * np.abs(spot - spot[a])).sum() + (pull[b] * np.abs(spot - spot[b])).sum())
