"""Who stands above whom: a rank for each piece of a board, 0 at the top.

`formal_ranks` follows the levels people said, else the reporting lines; `flow_ranks` follows one-way
talk, so that what is said comes from above.
"""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import Board
from orgmap.model.entities import EndId, LinkKind, ModuleId, Node, NodeKind, Status

_UNKNOWN = -1


def formal_ranks(board: Board) -> Ints:
    """By level where levels are said, from boss to report where not; by flow where neither is.

    Who has neither stands beside those they talk with; outside parties and sources stand below all.
    """
    levels = np.array([_level(board, row) for row in range(len(board))], dtype=np.intp)
    arcs = _arcs(board, LinkKind.REPORTS)
    if (levels == _UNKNOWN).all():
        if not len(arcs):
            return flow_ranks(board)
        reporting = np.isin(np.arange(len(board)), arcs)
        levels = np.where(reporting, _downwards(len(board), arcs), _UNKNOWN)
    else:
        _hung_on(levels, arcs)
    inner = np.array([_belongs(board, row) for row in range(len(board))], dtype=bool)
    outer = ~inner & (levels == _UNKNOWN)
    _beside(board, levels, ~outer)
    if outer.any():
        levels[outer] = (levels[inner].max() if inner.any() else 0) + 1
    return _without_gaps(levels)


def flow_ranks(board: Board) -> Ints:
    """From those who tell to those who are told, by one-way talk; cycles stand together.

    Heights are trophic levels (MacKay, Johnson and Sansom 2020), in which each line wants to lead
    one level down; then parts that are not in a cycle with each other are set so that every line
    between them does lead down.
    """
    arcs = _arcs(board, LinkKind.TALKS)
    if not len(arcs):
        return np.zeros(len(board), dtype=np.intp)
    told = np.isin(np.arange(len(board)), arcs)
    ranks = np.where(told, _downwards(len(board), arcs), _UNKNOWN)
    _beside(board, ranks, np.ones(len(board), dtype=bool))
    return _without_gaps(ranks)


def _level(board: Board, row: int) -> int:
    said = [
        node.level
        for part, _, _ in board.pieces[row].parts
        if isinstance(node := board.document.end(part), Node) and node.level is not None
    ]
    return min(said, default=_UNKNOWN)


def _belongs(board: Board, row: int) -> bool:
    """Is there anybody of the organization in this piece, or nobody at all?"""
    ends = [board.document.end(part) for part, _, _ in board.pieces[row].parts]
    kinds = [end.kind for end in ends if isinstance(end, Node)]
    return not kinds or any(kind in (NodeKind.PERSON, NodeKind.ROLE) for kind in kinds)


def _arcs(board: Board, kind: LinkKind) -> Ints:
    """One-way lines of a kind between pieces (m, 2), from above to below, each once."""
    found: set[tuple[int, int]] = set()
    for link in board.document.links.values():
        if link.kind is not kind or link.two_way or link.status is Status.PROPOSED:
            continue
        one, other = _speaker(board, link.source), _speaker(board, link.target)
        if one is not None and other is not None and one != other:
            found.add((one, other))
    return np.array(sorted(found), dtype=np.intp).reshape(-1, 2)


def _speaker(board: Board, end: EndId) -> int | None:
    found = board.of.get(end)
    if found is None and end in board.document.modules:
        lead = board.document.modules[cast(ModuleId, end)].lead
        return None if lead is None else board.of.get(lead)
    return found


def _downwards(n: int, arcs: Ints) -> Ints:
    """Ranks by arcs; those of one cycle near one another, all other arcs lead down."""
    heights = np.round(_trophic(n, arcs) + 1e-9).astype(np.intp)
    matrix = csr_array((np.ones(len(arcs)), (arcs[:, 0], arcs[:, 1])), shape=(n, n))
    count, part = connected_components(matrix, connection="strong")
    between = arcs[part[arcs[:, 0]] != part[arcs[:, 1]]]
    waiting = np.zeros(count, dtype=np.intp)
    ways = np.unique(np.column_stack([part[between[:, 0]], part[between[:, 1]]]), axis=0)
    np.add.at(waiting, ways[:, 1], 1)
    out: dict[int, list[int]] = defaultdict(list)
    for above, below in ways.tolist():
        out[above].append(below)
    into: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for above, below in between.tolist():
        into[int(part[below])].append((above, below))
    members = np.split(np.argsort(part, kind="stable"), np.cumsum(np.bincount(part, minlength=count))[:-1])
    ready = np.flatnonzero(waiting == 0).tolist()
    while ready:
        at = ready.pop()
        low = max((heights[above] + 1 - heights[below] for above, below in into[at]), default=0)
        if low > 0:
            heights[members[at]] += low
        for below in out[at]:
            waiting[below] -= 1
            if waiting[below] == 0:
                ready.append(below)
    return heights


def _trophic(n: int, arcs: Ints) -> Floats:
    """Heights h with sum over arcs (h_v - h_u - 1)^2 least; 0 for the highest of each component."""
    ones = np.ones(len(arcs))
    one_way = csr_array((ones, (arcs[:, 0], arcs[:, 1])), shape=(n, n))
    both = one_way + one_way.T
    degree: Floats = np.asarray(both.sum(axis=1)).ravel()
    pull: Floats = np.asarray(one_way.sum(axis=0)).ravel() - np.asarray(one_way.sum(axis=1)).ravel()
    laplacian = diags_array(degree + 1e-9) - both
    heights = np.atleast_1d(spsolve(csr_array(laplacian).tocsc(), pull))
    count, part = connected_components(both, directed=False)
    least = np.full(count, np.inf)
    np.minimum.at(least, part, heights)
    return np.asarray(heights - least[part])


def _hung_on(levels: Ints, arcs: Ints) -> None:
    """Who has no level stands one below the boss, or one above the highest report."""
    for _ in range(len(levels)):
        below = [(v, levels[u] + 1) for u, v in arcs if levels[v] == _UNKNOWN != levels[u]]
        above = [(u, max(levels[v] - 1, 0)) for u, v in arcs if levels[u] == _UNKNOWN != levels[v]]
        if not below and not above:
            return
        for row, level in below or above:
            levels[row] = level


def _beside(board: Board, ranks: Ints, wanted: Floats | Ints) -> None:
    """Who has no rank stands on that of most of those they are linked with, else at the bottom."""
    near: dict[int, list[int]] = defaultdict(list)
    for u, v in board.pairs.tolist():
        near[u].append(v)
        near[v].append(u)
    lost = [int(row) for row in np.flatnonzero((ranks == _UNKNOWN) & wanted)]
    known = ranks != _UNKNOWN
    bottom = int(ranks.max()) if known.any() else 0
    for row in lost:
        seen = sorted(int(ranks[other]) for other in near[row] if known[other])
        ranks[row] = seen[len(seen) // 2] if seen else max(bottom, 0)


def _without_gaps(ranks: Ints) -> Ints:
    return np.unique(ranks, return_inverse=True)[1].astype(np.intp)
