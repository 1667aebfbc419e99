"""What holds together while people leave: those first on whom most hangs, against anybody by chance."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import connected_components

from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import matrix_two_way
from orgmap.analysis.questions import Withstanding
from orgmap.analysis.robustness import largest_parts, robustness
from orgmap.progress import SILENT, Progress

TIMES = 40  # orders drawn by chance
LARGE = 1_000  # people from which fewer orders say as much
TIMES_LARGE = 8


def withstanding(maps: Maps, *, seed: int = 1, progress: Progress = SILENT) -> Withstanding:
    """Both curves. O(times (n + m)) beside `robustness`. Same map and seed, same curves."""
    curve = robustness(maps, seed=seed, progress=progress.part(0.0, 0.8))
    size = len(maps.nodes)
    if not size:
        return Withstanding(0.0, (), (), (), 0, sampled=False)
    lines, chance = matrix_two_way(maps), np.random.default_rng(seed)
    times = TIMES if size < LARGE else TIMES_LARGE
    total = np.zeros(size)
    for time in range(times):
        progress.at(0.8 + 0.2 * time / times)
        total += largest_parts(lines, chance.permutation(size).tolist())
    _, part = connected_components(lines, directed=False)
    whole = int(np.bincount(part).max()) / size
    by_chance = tuple((total / times / size).tolist())
    return Withstanding(whole, curve.gone, curve.left, by_chance, times, curve.sampled)
