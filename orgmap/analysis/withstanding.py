"""What holds together while people leave: those first on whom most hangs, against anybody by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import matrix_two_way
from orgmap.analysis.robustness import Curve, largest_parts, robustness
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

TIMES = 40  # orders drawn by chance
LARGE = 1_000  # people from which fewer orders say as much
TIMES_LARGE = 8


@dataclass(frozen=True, slots=True)
class Withstanding:
    """Two curves of the share of all people in the largest part, by how many have left.

    `whole`: that share with everybody there. `curve`: the busiest first. `by_chance`: the mean over
    `times` orders by chance, as many values as `curve.left`. All on T.
    """

    whole: float
    curve: Curve
    by_chance: tuple[float, ...]
    times: int


def withstanding(document: Document, *, seed: int = 1, progress: Progress = SILENT) -> Withstanding:
    """Both curves. O(times (n + m)) beside `robustness`. Same document and seed, same curves."""
    maps = Maps(document)
    curve = robustness(maps, seed=seed, progress=progress.part(0.0, 0.8))
    size = len(maps.nodes)
    if not size:
        return Withstanding(0.0, curve, (), 0)
    lines, chance = matrix_two_way(maps), np.random.default_rng(seed)
    times = TIMES if size < LARGE else TIMES_LARGE
    total = np.zeros(size)
    for time in range(times):
        progress.at(0.8 + 0.2 * time / times)
        total += largest_parts(lines, chance.permutation(size).tolist())
    _, part = connected_components(lines, directed=False)
    whole = int(np.bincount(part).max()) / size
    return Withstanding(whole, curve, tuple((total / times / size).tolist()), times)
