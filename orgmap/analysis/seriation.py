"""An order in which those who are alike stand side by side, so that a matrix shows its blocks.

Average-linkage clustering by nearest-neighbour chains, the branches of each joint turned so that
their nearest ends touch (Gruvaeus and Wainer 1972). Deterministic; O(n^2) time and memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from orgmap.progress import SILENT, Progress

Floats = NDArray[np.float32]

MOST = 6_000  # beyond it the distances would fill the memory; the order given stays


def by_likeness(
    weights: Mapping[tuple[int, int], float], count: int, progress: Progress = SILENT
) -> list[int]:
    """Places 0..count-1 in an order by likeness of whom they tell and hear.

    `weights`: (row, column) to a positive number. Two are alike if they talk with the same people,
    and if they talk with one another. Who talks with nobody comes last, in the order given.
    """
    linked = sorted({place for pair in weights for place in pair})
    rest = sorted(set(range(count)) - set(linked))
    if len(linked) < 3 or len(linked) > MOST:
        return [*linked, *rest]
    at = {place: number for number, place in enumerate(linked)}
    table = np.zeros((len(linked), len(linked)), dtype=np.float32)
    for (row, column), weight in weights.items():
        table[at[row], at[column]] += np.log1p(max(weight, 0.0))
    return [*(linked[place] for place in _leaves(_distances(table), progress)), *rest]


def _distances(table: Floats) -> Floats:
    """1 minus the cosine of the profiles, each with itself in it, so that neighbours are near."""
    both = table + table.T
    np.fill_diagonal(both, both.max(axis=1))
    lengths = np.sqrt((both * both).sum(axis=1))
    lengths[lengths == 0] = 1.0
    unit = both / lengths[:, None]
    found: Floats = 1.0 - unit @ unit.T
    np.clip(found, 0.0, None, out=found)
    return found


def _leaves(distances: Floats, progress: Progress) -> list[int]:
    """Join the two nearest until one branch is left; its leaves from left to right."""
    far = distances.copy()
    np.fill_diagonal(far, np.inf)
    count = len(far)
    size = np.ones(count, dtype=np.float32)
    branch: dict[int, list[int]] = {place: [place] for place in range(count)}
    chain: list[int] = []
    while len(branch) > 1:
        if len(branch) % 64 == 0:
            progress.at(1 - len(branch) / count)
        if not chain:
            chain = [min(branch)]
        while True:
            tip = chain[-1]
            near = int(np.argmin(far[tip]))
            if len(chain) > 1 and far[tip, chain[-2]] <= far[tip, near]:
                near = chain[-2]
                break
            chain.append(near)
        one, other = sorted((chain.pop(), chain.pop()))
        joint = (size[one] * far[one] + size[other] * far[other]) / (size[one] + size[other])
        far[one], far[:, one] = joint, joint
        far[other], far[:, other] = np.inf, np.inf
        far[one, one] = np.inf
        size[one] += size[other]
        branch[one] = _joined(branch[one], branch.pop(other), distances)
    return _turned_up(next(iter(branch.values())))


def _joined(left: list[int], right: list[int], distances: Floats) -> list[int]:
    """The two branches side by side, turned so that the nearest of their ends touch."""
    ways = (
        (distances[left[-1], right[0]], 0),
        (distances[left[-1], right[-1]], 1),
        (distances[left[0], right[0]], 2),
        (distances[left[0], right[-1]], 3),
    )
    way = min(ways)[1]
    first = left[::-1] if way >= 2 else left
    second = right[::-1] if way in (1, 3) else right
    return first + second


def _turned_up(order: Sequence[int]) -> list[int]:
    """Whichever end has the earlier place comes first, so that equal maps look equal."""
    return list(order) if order[0] <= order[-1] else list(reversed(order))
