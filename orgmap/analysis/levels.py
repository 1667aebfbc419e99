"""By level: ranks from the top down, modules in lanes side by side, few lines crossing.

A layered drawing (Sugiyama, Tagawa and Toda 1981) with lanes: ranks first, then the order within each
rank and lane by barycentres and by exchanges, then places near those one is linked with. A rank with
many people takes several rows, so that the map stays about as wide as a screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import FRAME_GAP, Board
from orgmap.analysis.crossings import untwisted
from orgmap.analysis.lanes import Lane, lanes_of
from orgmap.analysis.ranks import flow_ranks, formal_ranks
from orgmap.model.frames import LETTER, MOST_LETTERS, PADDING, TAB
from orgmap.progress import SILENT, Progress

RANK_GAP = 64.0  # map units between two ranks
ROW_GAP = 12.0  # between the rows of one rank
SIDE_GAP = 22.0  # between neighbours, so that a line between them can be seen
WIDE = 2.0  # times as wide as high, if the ranks allow it
TOO_WIDE = 5.0  # from here on the lanes stand on several shelves
_MOST_ROWS = 14  # of one rank
_SWEEPS = 8

Cell = tuple[int, int]  # leaf lane, rank


def by_level(board: Board, progress: Progress = SILENT, *, formal: bool = True) -> Floats:
    """Middles for all pieces: `formal` by level and reporting lines, else by the flow of one-way talk."""
    ranks = formal_ranks(board) if formal else flow_ranks(board)
    progress.at(0.1)
    lanes = lanes_of(board)
    at = np.zeros((len(board), 2))
    shelves = _shelves(board, lanes, ranks)
    top = 0.0
    for number, shelf in enumerate(shelves):
        progress.at(0.1 + 0.3 * number / len(shelves))
        rows = np.concatenate([lane.rows for lane in shelf.lanes])
        shelf.lay(at)
        low, high = at[rows, 1] - board.half[rows, 1], at[rows, 1] + board.half[rows, 1]
        at[rows, 1] += top - float(low.min())
        at[rows, 0] -= shelf.width / 2
        top += float((high - low).max() if len(rows) == 1 else high.max() - low.min())
        top += FRAME_GAP + 2 * PADDING + TAB * shelf.depth
    cells = [
        np.array(rows, dtype=np.intp) for shelf in shelves for rows in shelf.cells.values() if len(rows) > 1
    ]
    return untwisted(board, at, cells, progress.part(0.4, 1.0), mirror=False, alike=SIDE_GAP / 2)


def _shelves(board: Board, lanes: list[Lane], ranks: Ints) -> list[_Shelf]:
    """All lanes on one shelf, or on several, those that begin higher first."""
    whole = _Shelf(board, lanes, ranks)
    if len(lanes) < 2 or whole.width < TOO_WIDE * whole.height:
        return [whole]
    ordered = sorted(lanes, key=lambda lane: int(ranks[lane.rows].min()))
    for count in range(2, len(lanes) + 1):
        share = sum(len(lane.rows) ** 0.5 for lane in ordered) / count
        groups: list[list[Lane]] = [[]]
        filled = 0.0
        for lane in ordered:
            if groups[-1] and filled >= share * len(groups):
                groups.append([])
            groups[-1].append(lane)
            filled += len(lane.rows) ** 0.5
        made = [_Shelf(board, group, ranks) for group in groups]
        high = sum(shelf.height + FRAME_GAP + TAB for shelf in made)
        if max(shelf.width for shelf in made) < 0.6 * TOO_WIDE * high:
            return made
    return [whole]


class _Shelf:
    """Lanes side by side, each rank at one height in all of them."""

    def __init__(self, board: Board, lanes: list[Lane], ranks: Ints) -> None:
        self.lanes = lanes
        self.cells: dict[Cell, list[int]] = defaultdict(list)
        self._board = board
        self._leaves = [leaf for lane in lanes for leaf in lane.leaves()]
        held = np.concatenate([leaf.rows for leaf in self._leaves])
        self._numbers = {int(rank): k for k, rank in enumerate(np.unique(ranks[held]))}
        for number, leaf in enumerate(self._leaves):
            for row in leaf.rows.tolist():
                self.cells[number, self._numbers[int(ranks[row])]].append(row)
        self._rank = {row: rank for (_, rank), rows in self.cells.items() for row in rows}
        self._high = np.array(
            [
                max(
                    2 * board.half[row, 1] for (_, r), rows in self.cells.items() if r == rank for row in rows
                )
                for rank in self._numbers.values()
            ]
        )
        self._deep = self._rows_for_each_rank()
        self.depth = max(_depth(lane) for lane in lanes)
        self._low: dict[int, float] = {}
        self._wide: dict[int, float] = {}
        for number in range(len(self._leaves)):
            needed = [
                self._needed(rows, self._deep[r]) for (leaf, r), rows in self.cells.items() if leaf == number
            ]
            self._wide[number] = max(needed)
        self.width = self._span_lanes(lanes, 0.0, iter(range(len(self._leaves))), FRAME_GAP)
        self.height = self._height(self._deep)

    def lay(self, at: Floats) -> None:
        """Set the middles of the pieces in these lanes; the upper left corner is about (0, 0)."""
        near = self._neighbours()
        tops = np.concatenate([[0.0], np.cumsum(self._deep * (self._high + ROW_GAP) + RANK_GAP)])
        for sweep in range(_SWEEPS):
            ranks = range(len(self._deep)) if sweep % 2 == 0 else range(len(self._deep) - 1, -1, -1)
            for rank in ranks:
                for number in range(len(self._leaves)):
                    rows = self.cells.get((number, rank))
                    if rows:
                        self._lay_cell(at, number, rank, rows, near, tops, first=sweep == 0)

    def _lay_cell(
        self,
        at: Floats,
        number: int,
        rank: int,
        rows: list[int],
        near: dict[int, list[int]],
        tops: Floats,
        *,
        first: bool,
    ) -> None:
        deep = _filled(len(rows), int(self._deep[rank]))
        middle = self._low[number] + self._wide[number] / 2
        wanted = {
            row: float(
                np.mean(
                    [at[other, 0] for other in near[row] if not first or self._rank[other] < rank]
                    or [middle if first else at[row, 0]]
                )
            )
            for row in rows
        }
        rows.sort(key=lambda row: (wanted[row], row))
        columns = [rows[k : k + deep] for k in range(0, len(rows), deep)]
        widths = np.array(
            [max(2 * self._board.half[row, 0] + SIDE_GAP for row in column) for column in columns]
        )
        stagger = deep > 1 and len(rows) > deep
        spare = float(widths.max()) / 4 if stagger else 0.0
        aim = np.array([np.mean([wanted[row] for row in column]) for column in columns])
        x = _in_order(aim, widths, self._low[number] + spare, self._low[number] + self._wide[number] - spare)
        for column, spot, width in zip(columns, x, widths, strict=True):
            for k, row in enumerate(column):
                shift = (width / 4 if k % 2 else -width / 4) if stagger else 0.0
                at[row, 0] = spot + shift
                at[row, 1] = tops[rank] + (k + 0.5) * (self._high[rank] + ROW_GAP)

    def _neighbours(self) -> dict[int, list[int]]:
        """Linked pieces of other ranks on this shelf."""
        near: dict[int, list[int]] = defaultdict(list)
        for u, v in self._board.pairs.tolist():
            if u in self._rank and v in self._rank and self._rank[u] != self._rank[v]:
                near[u].append(v)
                near[v].append(u)
        return near

    def _needed(self, rows: list[int], deep: int) -> float:
        """The width that these pieces need in so many rows, in the worst order."""
        deep = _filled(len(rows), deep)
        widths = np.sort(2 * self._board.half[rows, 0] + SIDE_GAP)[::-1]
        columns = -(-len(rows) // deep)
        spare = float(widths[0]) / 2 if deep > 1 and len(rows) > deep else 0.0
        return float(widths[:columns].sum()) + spare

    def _rows_for_each_rank(self) -> Ints:
        """How many rows each rank takes, so that all is about `WIDE` times as wide as high."""
        leaves, ranks = len(self._leaves), len(self._numbers)
        count = np.zeros((leaves, ranks))
        cell = np.zeros((leaves, ranks))
        for (leaf, rank), rows in self.cells.items():
            count[leaf, rank] = len(rows)
            cell[leaf, rank] = 2 * float(self._board.half[rows, 0].mean()) + SIDE_GAP
        deep = np.ones(ranks, dtype=np.intp)
        most = np.minimum(_MOST_ROWS, np.maximum(1, np.ceil(count.max(axis=0) / 2)))  # one column hides lines
        frames = 2 * PADDING + FRAME_GAP

        def wide(rows: Ints) -> float:
            return float((np.ceil(count / rows) * cell).max(axis=1).sum()) + frames * leaves

        while True:
            now = wide(deep)
            if now <= WIDE * self._height(deep):
                return deep
            best, gain = -1, 0.0
            for rank in range(ranks):
                for more in (1, 2, 3):
                    if deep[rank] + more > most[rank]:
                        continue
                    tried = deep.copy()
                    tried[rank] += more
                    won = (now - wide(tried)) / more
                    if won > gain:
                        best, gain, step = rank, won, more
            if best < 0:
                return deep
            deep[best] += step

    def _height(self, deep: Ints) -> float:
        return float((deep * (self._high + ROW_GAP) + RANK_GAP).sum())

    def _span_lanes(
        self, lanes: list[Lane], left: float, numbers: Iterator[int], gap: float = FRAME_GAP / 2
    ) -> float:
        """Give each leaf its left side; the width of all these lanes."""
        x = left
        for k, lane in enumerate(lanes):
            x += gap + 2.0 if k else 0.0
            x += self._span_lane(lane, x, numbers)
        return x - left

    def _span_lane(self, lane: Lane, left: float, numbers: Iterator[int]) -> float:
        first = len(self._low)
        begin = left if lane.module is None else left + PADDING
        if lane.inner:
            width = self._span_lanes(lane.inner, begin, numbers)
        else:
            number = next(numbers)
            self._low[number] = begin
            width = self._wide[number]
        if lane.module is None:
            return width
        name = min(len(self._board.document.modules[lane.module].name), 2 * MOST_LETTERS) * LETTER
        spare = max(0.0, name - width)  # the name is wider than what is in the lane
        for number in range(first, len(self._low)):
            self._low[number] += spare / 2
        return width + spare + 2 * PADDING


def _filled(count: int, most: int) -> int:
    """How many rows, so that no column is much shorter than the others."""
    columns = -(-count // most)
    return -(-count // columns)


def _depth(lane: Lane) -> int:
    return (lane.module is not None) + max((_depth(inner) for inner in lane.inner), default=0)


def _in_order(aim: Floats, widths: Floats, low: float, high: float) -> Floats:
    """Middles nearest to `aim` for boxes that stand in this order side by side between two walls.

    Least squares by pooling neighbours that want the same ground.
    """
    offset = np.concatenate([[0.0], np.cumsum((widths[1:] + widths[:-1]) / 2)])
    pools: list[list[float]] = []  # sum, count
    for value in aim - offset:
        pools.append([float(value), 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    flat = np.concatenate([np.full(int(count), total / count) for total, count in pools])
    first, last = low + widths[0] / 2, high - widths[-1] / 2 - offset[-1]
    return np.asarray(np.clip(flat, first, max(first, last)) + offset)
