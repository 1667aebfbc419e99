"""Betweenness of people and of lines, by counting shortest paths from some dozens of people at a time.

The steps of Brandes's algorithm are products of a sparse matrix with a few columns, one for each
person in whom paths start. That is two to three times as fast as a search for each person in a
compiled library as long as paths are short, which they are in organizations; and between two batches
somebody may call it off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.progress import SILENT, Progress

BATCH = 32  # people at a time: what is written to fits into the processor's cache up to some thousands
MOST_STEPS = 64  # of a shortest path; beyond, each step still costs all lines, and a plain search is quicker

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passing:
    """How many shortest connections of ordered pairs pass each person, and each line.

    `through`: by the row of the matrix, a pair's own ends left out. `over`: by the stored cells of
    the matrix, row by row, the line's own ends included; None if nobody asked.
    """

    through: Floats
    over: Floats | None


def passing(
    lines: sparse.csr_array,
    *,
    over: bool,
    starts: NDArray[np.intp] | None = None,
    most: int = MOST_STEPS,
    progress: Progress = SILENT,
) -> Passing | None:
    """Betweenness, not normalized, on a matrix in which row tells column; every stored cell is a line.

    A pair with several shortest paths counts with the share of them. `starts`: only the paths from
    these rows. None where some path has more than `most` steps; with `over` at most 125.
    O(n m) for each step of the longest path, some hundred million
    multiplications a second; some 10 ms for a batch of a map of 5,000 people and 50,000 arcs.
    Source: Brandes 2001, Journal of Mathematical Sociology 25.
    """
    size = lines.shape[0]
    ahead = sparse.csr_array((np.ones(lines.nnz), lines.indices, lines.indptr), shape=lines.shape)
    back = sparse.csr_array(ahead.T)
    sources, targets = np.repeat(np.arange(size), np.diff(lines.indptr)), lines.indices
    through, carried = np.zeros(size), np.zeros(lines.nnz)
    firsts = np.arange(size) if starts is None else starts
    for start in range(0, len(firsts), BATCH):
        progress.at(start / len(firsts))
        own = firsts[start : start + BATCH]
        found = _levels(back, own, most)
        if found is None:
            return None
        paths, levels = found
        # `behind`: of the pairs that start in the column's person, how many pass the row's person
        behind = np.zeros_like(paths)
        shares = 1 / np.maximum(paths, 1)
        squares = shares * shares
        for before, at in zip(reversed(levels[:-1]), reversed(levels[1:]), strict=True):
            ends = behind + 1
            ends *= squares
            ends *= at  # `at` is the number of paths, or 0 off this step: once divided by
            passed = _product(ahead, ends)
            passed *= before
            behind += passed
        if over:
            carried += _carried(sources, targets, paths, levels, (behind + 1) * shares)
        behind[own, np.arange(len(own))] = 0
        through += behind.sum(axis=1)
    return Passing(through, carried if over else None)


def _levels(back: sparse.csr_array, own: NDArray[np.intp], most: int) -> tuple[Floats, list[Floats]] | None:
    """The number of shortest paths from each of `own` (columns) to everybody, and the same step by step."""
    paths = np.zeros((back.shape[0], len(own)))
    paths[own, np.arange(len(own))] = 1
    levels = [paths.copy()]
    while True:
        new = _product(back, levels[-1])
        new *= paths == 0
        if not new.any():
            return paths, levels
        if len(levels) > most:
            return None
        paths += new
        levels.append(new)


def _product(lines: sparse.csr_array, columns: Floats) -> Floats:
    return np.asarray(lines @ columns, dtype=np.float64)


def _carried(
    sources: NDArray[np.intp],
    targets: NDArray[np.int32],
    paths: Floats,
    levels: list[Floats],
    ends: Floats,
) -> Floats:
    """What the lines carry of the pairs that start in the columns' people."""
    steps = np.zeros(paths.shape, np.int8)
    for number, level in enumerate(levels, 1):  # the start is 1; 0 stays who is not reached
        steps += np.multiply(level > 0, np.int8(number))
    met = steps[targets]
    onward = met == steps[sources] + 1
    onward &= met > 1
    share = paths[sources]
    share *= onward
    return np.asarray(np.einsum("ij,ij->i", share, ends[targets]), dtype=np.float64)
