"""What would come up by chance: maps shuffled so that everybody keeps as many lines of each kind.

Keeping only how many lines go out and come in would break the two-way pairs up, and every map with
answers in it would look special. So two-way pairs are swapped with two-way pairs and one-way arcs
with one-way arcs. Definition and use: `docs/findings.md`, "How sure".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis import engine
from orgmap.analysis.brandes import passing
from orgmap.analysis.engine import kept
from orgmap.analysis.findings import Rarity
from orgmap.analysis.graphs import Maps
from orgmap.analysis.groups import groups, modularity_of
from orgmap.analysis.paths import matrix
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

SHUFFLES = 200
TRIES = 10  # swaps tried for each line between two shuffles
ROUNDING = 1e-6  # sums of shares of some million pairs that differ by less are the same
AT_A_TIME = 4_000  # swaps tried between two chances to call it off; some milliseconds

Floats: TypeAlias = NDArray[np.float64]
_Lines: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What `count` shuffled maps say.

    `passed`: by the index of `maps.nodes`, on how many of them the betweenness is at least as large
    as on the map itself; None if nobody asked. `modularity`: its mean, None without modules or lines.
    """

    count: int
    passed: NDArray[np.intp] | None
    modularity: float | None

    def rarity(self, maps: Maps, person: NodeId) -> Rarity | None:
        """How often chance puts as much on a person, if it was asked."""
        return None if self.passed is None else Rarity(int(self.passed[maps.index[person]]), self.count)


@kept
def drawn(
    maps: Maps, between: bool, count: int = SHUFFLES, seed: int = 1, *, progress: Progress = SILENT
) -> Drawn:
    """Shuffle F `count` times and look. `between`: at betweenness too. Raises `Cancelled`.

    O(count n m) with betweenness, else O(count m).
    """
    lines, own = matrix(maps), groups(maps)
    here = _betweenness(lines, progress) if between else None
    reached = np.zeros(len(maps.nodes), dtype=np.intp)
    found: list[float] = []
    for number, other in enumerate(shuffled(lines, count, seed=seed, progress=progress)):
        if here is not None:
            there = _betweenness(other, progress.part(number / count, (number + 1) / count))
            reached += there >= here - ROUNDING
        sources, targets = arcs_of(other)
        placed = (own[sources] >= 0) & (own[targets] >= 0)
        value = modularity_of(own, sources[placed], targets[placed])
        found += [] if value is None else [value]
    mean = float(np.mean(found)) if found else None
    return Drawn(count, reached if between else None, mean)


def shuffled(
    lines: sparse.csr_array, count: int = SHUFFLES, *, seed: int = 1, progress: Progress = SILENT
) -> Iterator[sparse.csr_array]:
    """`count` maps of the same people, each with as many two-way, outgoing and incoming lines as here.

    Row tells column. Each comes from the one before by `TRIES` tried swaps for each line: the ends of
    two two-way pairs or of two one-way arcs change places, unless a line would join two who are
    joined already, or somebody to themselves. A map on which nothing can be swapped comes back as it
    is. Same map and seed, same maps. Raises `Cancelled`.
    """
    size = lines.shape[0]
    arcs: _Lines = sorted(zip(*(ends.tolist() for ends in arcs_of(lines)), strict=True))
    progress.at(0.0)
    known = set(arcs)
    pairs = [(u, v) for u, v in arcs if u < v and (v, u) in known]
    singles = [(u, v) for u, v in arcs if (v, u) not in known]
    progress.at(0.0)
    joined = {(min(u, v), max(u, v)) for u, v in arcs}
    chance = np.random.default_rng(seed)
    for number in range(count):
        share = progress.part(number / count, number / count)
        _swap(pairs, joined, chance, share, both=True)
        _swap(singles, joined, chance, share, both=False)
        ends = np.array([*singles, *pairs, *((v, u) for u, v in pairs)], dtype=np.intp).reshape(-1, 2)
        cells = np.ones(len(ends), dtype=np.bool_)
        yield sparse.csr_array((cells, (ends[:, 0], ends[:, 1])), shape=(size, size))


def arcs_of(lines: sparse.csr_array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Who tells whom, row by row."""
    sources = np.repeat(np.arange(lines.shape[0], dtype=np.intp), np.diff(lines.indptr))
    return sources, lines.indices.astype(np.intp)


def _betweenness(lines: sparse.csr_array, progress: Progress) -> Floats:
    """Not normalized, by row."""
    found = passing(lines, over=False, progress=progress)
    if found is not None:
        return found.through
    graph = nx.from_scipy_sparse_array(lines, create_using=nx.DiGraph)
    values = engine.betweenness(graph, normalized=False, progress=progress)
    return np.fromiter((values[v] for v in range(lines.shape[0])), np.float64, lines.shape[0])


def _swap(
    lines: _Lines,
    joined: set[tuple[int, int]],
    chance: np.random.Generator,
    progress: Progress,
    *,
    both: bool,
) -> None:
    """Try swaps among `lines` in place; `joined` are the pairs with any line at all."""
    if len(lines) < 2:
        return
    tries = TRIES * len(lines)
    ones: list[int] = chance.integers(len(lines), size=tries).tolist()
    others: list[int] = chance.integers(len(lines), size=tries).tolist()
    turned: list[bool] = (chance.random(tries) < 0.5).tolist() if both else [False] * tries
    for number, (one, other, turn) in enumerate(zip(ones, others, turned, strict=True)):
        if number % AT_A_TIME == 0:
            progress.at(0.0)
        a, b = lines[one]
        c, d = lines[other]
        if turn:
            c, d = d, c
        if a in (c, d) or b in (c, d):
            continue
        first = (a, d) if a < d else (d, a)
        second = (c, b) if c < b else (b, c)
        if first in joined or second in joined:
            continue
        joined.remove((a, b) if a < b else (b, a))
        joined.remove((c, d) if c < d else (d, c))
        joined.add(first)
        joined.add(second)
        lines[one], lines[other] = (a, d), (c, b)
