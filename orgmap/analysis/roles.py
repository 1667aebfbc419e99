"""Brokerage between modules: which part a person plays in passing things on.

Source: Gould and Fernandez 1989. Groups are home modules.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis.graphs import Maps
from orgmap.analysis.groups import groups
from orgmap.analysis.paths import matrix
from orgmap.analysis.ties import masked_product
from orgmap.progress import SILENT, Progress

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")

Counts = NDArray[np.int64]


def brokerage(maps: Maps, progress: Progress = SILENT) -> Mapping[str, Counts]:
    """For each role, how often each person plays it; by the index of `maps.nodes`.

    Counted are the ordered pairs a, b with arcs a to v and v to b in F, but none from a to b:
    *coordinator* all three in one module, *itinerant* a and b in one and v in another,
    *representative* a with v, b elsewhere, *gatekeeper* b with v, a elsewhere, *liaison* all in
    different ones. Who is in no module takes no part and has 0. Cost: the triangles of F.
    """
    own = groups(maps)
    size = len(own)
    arcs = sparse.coo_array(matrix(maps).astype(np.int64))
    sources, targets = arcs.coords
    placed = (own[sources] >= 0) & (own[targets] >= 0)
    sources, targets = sources[placed], targets[placed]
    same = own[sources] == own[targets]
    inside = _made(sources[same], targets[same], size)
    across = _made(sources[~same], targets[~same], size)
    everything = sparse.csr_array(inside + across)

    to_own, to_others = _rows(inside), _rows(across)
    from_own, from_others = _columns(inside), _columns(across)
    mutual_inside = _rows(inside.multiply(inside.T))
    mutual_across = _rows(across.multiply(across.T))
    modules = int(own.max(initial=-1)) + 1
    member = _made(np.flatnonzero(own >= 0), own[own >= 0], size, modules)
    there_and_back = _rows((across.T @ member).multiply(across @ member))
    through = from_others * to_others

    found = {
        "coordinator": from_own * to_own
        - mutual_inside
        - _closed(inside, everything, inside, progress.part(0, 0.2)),
        "itinerant": there_and_back
        - mutual_across
        - _closed(across, inside, across, progress.part(0.2, 0.4)),
        "representative": from_own * to_others - _closed(inside, everything, across, progress.part(0.4, 0.6)),
        "gatekeeper": from_others * to_own - _closed(across, everything, inside, progress.part(0.6, 0.8)),
        "liaison": through - there_and_back - _closed(across, across, across, progress.part(0.8, 1)),
    }
    return {role: np.asarray(found[role], dtype=np.int64) for role in ROLES}


def expected(maps: Maps) -> Mapping[str, NDArray[np.float64]]:
    """For each role, how often it is played on average if as many arcs fell anywhere; index of `maps.nodes`.

    All m arcs among people with a module, on P = N(N-1) ordered pairs of them, drawn at random: two
    arcs a to v and v to b without a to b have the probability m(m-1)(P-m) / (P(P-1)(P-2)); times the
    ordered pairs a, b that make the role, by the sizes of the modules. NaN for who is in no module;
    0 below 3 people with one. The same for everybody of a module. O(n + modules).
    """
    own = groups(maps)
    sizes = np.bincount(own[own >= 0]).astype(np.float64)
    people = float(sizes.sum())
    arcs = matrix(maps).tocoo()
    lines = float(np.count_nonzero((own[arcs.coords[0]] >= 0) & (own[arcs.coords[1]] >= 0)))
    pairs = people * (people - 1)
    each = lines * (lines - 1) * (pairs - lines) / (pairs * (pairs - 1) * (pairs - 2)) if people >= 3 else 0.0
    mine = np.where(own >= 0, sizes[own] if len(sizes) else 0.0, np.nan)
    others = people - mine
    squares = float((sizes**2).sum()) - mine**2
    chances = {
        "coordinator": (mine - 1) * (mine - 2),
        "itinerant": squares - others,
        "representative": (mine - 1) * others,
        "gatekeeper": (mine - 1) * others,
        "liaison": others**2 - squares,
    }
    return {role: chances[role] * each for role in ROLES}


def _closed(
    first: sparse.csr_array, shortcut: sparse.csr_array, second: sparse.csr_array, progress: Progress
) -> Counts:
    """For each v the pairs a to v in `first`, v to b in `second`, that have a to b in `shortcut`."""
    size = first.shape[0]
    found = np.zeros(size, np.int64)
    second_back = sparse.csr_array(second.T)
    for _, closed in masked_product(shortcut, second_back, first.astype(np.bool_), progress):
        found += np.asarray(closed.sum(axis=0), dtype=np.int64).ravel()
    return found


def _made(
    rows: NDArray[np.intp], columns: NDArray[np.intp], size: int, width: int | None = None
) -> sparse.csr_array:
    cells = np.ones(len(rows), np.int64)
    return sparse.csr_array((cells, (rows, columns)), shape=(size, size if width is None else width))


def _rows(values: sparse.csr_array) -> Counts:
    return np.asarray(values.sum(axis=1), dtype=np.int64).ravel()


def _columns(values: sparse.csr_array) -> Counts:
    return np.asarray(values.sum(axis=0), dtype=np.int64).ravel()
