"""What a person's ties are worth: structural holes, mutual ties, core, and the two-paths of brokers.

Products of large sparse matrices are only ever wanted where a third matrix has an entry; they are
made some rows at a time, so that a star of thousands does not fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import matrix
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

MOST_TERMS = 4_000_000  # products added up at one go: some 50 MB, and some 20 ms between two checkpoints
DENSE = 0.1  # share of filled cells from which plain matrices are quicker

Floats = NDArray[np.float64]


def constraint(maps: Maps, progress: Progress = SILENT) -> Floats:
    """How much of a person's contact leads back to the same few people, on F; NaN for isolates.

    With p_ij the share of i's ties (both directions added) that go to j: the sum over i's partners j
    of (p_ij + sum over q of p_iq p_qj)^2. Low is free, near 1 is enclosed; no partner
    adds more than 1 and all together have no more than 2 before squaring, so it is at most 2.
    Source: Burt 1992, p. 54 f. Cost: the triangles of F.
    """
    ties = _ties(maps)
    shares = _by_row(ties, np.asarray(ties.sum(axis=1)))
    found = np.zeros(len(maps.nodes))
    partners = ties.astype(np.bool_)
    for rows, indirect in masked_product(shares, shares, partners, progress):
        both = shares[rows] + indirect
        found[rows] = np.asarray(both.multiply(both).sum(axis=1)).ravel()
    found[np.diff(ties.indptr) == 0] = np.nan
    return found


def effective_size(maps: Maps, progress: Progress = SILENT) -> Floats:
    """How many of a person's partners are not redundant, on F; from 1 to their number, NaN for isolates.

    The sum over partners j of 1 - sum over q of p_iq m_jq, with m_jq the tie of j and q by j's
    strongest. Source: Burt 1992, p. 51 f. Cost: the triangles of F.
    """
    ties = _ties(maps)
    shares = _by_row(ties, np.asarray(ties.sum(axis=1)))
    strengths = _by_row(ties, ties.max(axis=1).toarray() if ties.shape[0] else np.zeros(0))
    found = np.diff(ties.indptr).astype(np.float64)
    partners = ties.astype(np.bool_).astype(np.float64)
    for rows, linked in masked_product(partners, strengths, ties.astype(np.bool_), progress):
        found[rows] -= np.asarray(shares[rows].multiply(linked).sum(axis=1)).ravel()
    found[np.diff(ties.indptr) == 0] = np.nan
    return found


def reciprocity(maps: Maps) -> dict[NodeId, float | None]:
    """The share of a person's arcs in F, in and out, that are answered straight; None without arcs."""
    flow, both = maps.flow, maps.two_way
    lines = {v: flow.in_degree(v) + flow.out_degree(v) for v in maps.nodes}
    return {v: 2 * both.degree(v) / lines[v] if lines[v] else None for v in maps.nodes}


@kept
def core(maps: Maps, *, progress: Progress = SILENT) -> dict[NodeId, int]:
    """The largest k such that the person is among people with at least k two-way lines each; T, from 0.

    O(n + m). Source: Seidman 1983.
    """
    progress.at(0.0)
    return dict(nx.core_number(maps.two_way))


def masked_product(
    left: sparse.csr_array, right: sparse.csr_array, mask: sparse.csr_array, progress: Progress
) -> Iterator[tuple[slice, sparse.csr_array]]:
    """`left @ right` where `mask` is true, some rows at a time: (which rows, those rows)."""
    size = left.shape[0]
    if size == 0:
        return
    if left.nnz > DENSE * size * size:
        progress.at(0.0)
        whole = left.astype(np.float64).toarray() @ right.astype(np.float64).toarray()
        yield slice(0, size), sparse.csr_array(np.where(mask.toarray(), whole, 0.0))
        return
    lengths = np.diff(right.indptr)
    terms = np.concatenate(([0], np.cumsum(lengths[left.indices])))[left.indptr[1:]]
    start = 0
    while start < size:
        progress.at(start / size)
        done = terms[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(terms, done + MOST_TERMS, side="right")))
        rows = slice(start, stop)
        yield rows, sparse.csr_array((left[rows] @ right).multiply(mask[rows]))
        start = stop


def _ties(maps: Maps) -> sparse.csr_array:
    """a_ij + a_ji: 0, 1 or 2."""
    arcs = matrix(maps).astype(np.float64)
    return sparse.csr_array(arcs + arcs.T)


def _by_row(values: sparse.csr_array, divisors: NDArray[np.float64]) -> sparse.csr_array:
    flat = np.asarray(divisors, dtype=np.float64).ravel()
    safe = np.where(flat > 0, flat, 1.0)
    return sparse.csr_array(sparse.diags_array(1 / safe) @ values) if len(flat) else values
