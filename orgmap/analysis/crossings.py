"""Lines that cross: counting them, and making them fewer by letting people change places.

Lines are straight, from middle to middle. Arrays: places (n, 2), lines (m, 2) as rows of places.
"""

from __future__ import annotations

import numpy as np

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import Board
from orgmap.analysis.ground import GAP
from orgmap.progress import SILENT, Progress

_ROUNDS = 3
_LARGE, _NEAR = 1_500, 10  # pieces; more are gone through once, each with the next few of the group
_MOST = 4e7  # comparisons of two lines; beyond that only lengths are looked at
_PER_LENGTH = 1.0 / 400.0  # crossings that one map unit of line is worth
_LONGER = 1.05  # times the length; an exchange that makes lines longer than that is not tried


def crossings(at: Floats, lines: Ints) -> int:
    """How many pairs of lines cross; lines that share an end do not. O(m^2)."""
    return sum(_crossed(at, lines[k : k + 1], lines[k + 1 :]) for k in range(len(lines)))


def untwisted(
    board: Board,
    at: Floats,
    groups: list[Ints],
    progress: Progress = SILENT,
    *,
    mirror: bool = True,
    alike: float = np.inf,
) -> Floats:
    """The middles after people of one group (rows) changed places wherever that made lines cross less.

    Two change only where both have room; nobody comes to lie on anybody of their group. `mirror`:
    whole groups may be turned over, too; `alike`: half widths of two that change differ by no more.
    """
    at = at.copy()
    touching: list[list[int]] = [[] for _ in range(len(board))]
    for number, (u, v) in enumerate(board.pairs.tolist()):
        touching[u].append(number)
        touching[v].append(number)
    lines = [np.array(numbers, dtype=np.intp) for numbers in touching]
    movable = [[int(i) for i in group if len(lines[i]) and board.free[i]] for group in groups]
    work = sum(len(lines[i]) * len(group) for group in movable for i in group) * len(board.pairs)
    exact = work * _ROUNDS < _MOST
    rounds, reach = (_ROUNDS, len(board)) if len(board) <= _LARGE else (1, _NEAR)
    for round_ in range(rounds):
        better = False
        for number, (group, rows) in enumerate(zip(movable, groups, strict=True)):
            progress.at((round_ + number / len(groups)) / rounds)
            if mirror:
                better |= _turned_over(board, at, rows, lines, exact)
            for k, i in enumerate(group):
                for j in group[k + 1 : k + 1 + reach]:
                    if abs(board.half[i, 0] - board.half[j, 0]) <= alike:
                        better |= _exchanged(board, at, rows, lines, i, j, exact)
        if not better:
            break
    return at


def _exchanged(board: Board, at: Floats, rows: Ints, lines: list[Ints], i: int, j: int, exact: bool) -> bool:
    own = np.union1d(lines[i], lines[j])
    long_before = _length(board, at, own)
    at[[i, j]] = at[[j, i]]
    long_after = _length(board, at, own)
    if long_after < _LONGER * long_before and _have_room(board, at, rows, i, j):
        after = long_after * _PER_LENGTH + (_crossed(at, board.pairs[own], board.pairs) if exact else 0)
        at[[i, j]] = at[[j, i]]
        before = long_before * _PER_LENGTH + (_crossed(at, board.pairs[own], board.pairs) if exact else 0)
        if after < before - 1e-6:
            at[[i, j]] = at[[j, i]]
            return True
        return False
    at[[i, j]] = at[[j, i]]
    return False


def _turned_over(board: Board, at: Floats, rows: Ints, lines: list[Ints], exact: bool) -> bool:
    """A whole group mirrored, across, down or both, if that is better."""
    if len(rows) < 2 or not board.free[rows].all():
        return False
    touched = [lines[i] for i in rows if len(lines[i])]
    if not touched:
        return False
    own = np.unique(np.concatenate(touched))
    half = board.half[rows]
    twice = (at[rows] - half).min(axis=0) + (at[rows] + half).max(axis=0)
    straight = at[rows].copy()
    best, found = _cost(board, at, own, exact) - 1e-6, straight
    for across, down in ((True, False), (False, True), (True, True)):
        at[rows] = np.where((across, down), twice - straight, straight)
        cost = _cost(board, at, own, exact)
        if cost < best:
            best, found = cost, at[rows].copy()
    at[rows] = found
    return found is not straight


def _have_room(board: Board, at: Floats, rows: Ints, i: int, j: int) -> bool:
    for one in (i, j):
        others = rows[rows != one]
        hit = np.abs(at[others] - at[one]) < board.half[others] + board.half[one] - GAP / 2
        if bool(hit.all(axis=1).any()):
            return False
    return True


def _cost(board: Board, at: Floats, own: Ints, exact: bool) -> float:
    length = _length(board, at, own) * _PER_LENGTH
    return length + (_crossed(at, board.pairs[own], board.pairs) if exact else 0)


def _length(board: Board, at: Floats, own: Ints) -> float:
    lines = board.pairs[own]
    gap = at[lines[:, 0]] - at[lines[:, 1]]
    return float(np.hypot(gap[:, 0], gap[:, 1]) @ board.strength[own])


def _crossed(at: Floats, some: Ints, others: Ints) -> int:
    """How many crossings there are of `some` lines with `others`."""
    x, y = np.ascontiguousarray(at[:, 0]), np.ascontiguousarray(at[:, 1])
    a, b = some[:, :1], some[:, 1:]
    c, d = np.ascontiguousarray(others[:, 0]), np.ascontiguousarray(others[:, 1])
    ax, ay, cx, cy = x[a], y[a], x[c], y[c]
    abx, aby, cdx, cdy = x[b] - ax, y[b] - ay, x[d] - cx, y[d] - cy
    acx, acy = cx - ax, cy - ay
    turn = abx * cdy - aby * cdx  # lines cross where both shares of the way lie between 0 and 1
    first = acx * cdy - acy * cdx
    second = acx * aby - acy * abx
    size = np.abs(turn)
    sign = np.sign(turn)
    first *= sign
    second *= sign
    hit = (first > 0) & (first < size)
    hit &= (second > 0) & (second < size)
    rows, columns = np.nonzero(hit)
    if not len(rows):
        return 0
    one, other = some[rows], others[columns]
    shared = (one[:, 0] == other[:, 0]) | (one[:, 0] == other[:, 1])
    shared |= (one[:, 1] == other[:, 0]) | (one[:, 1] == other[:, 1])
    return int(len(rows) - shared.sum())
