"""An order by likeness: planted blocks come out whole, always in the same order."""

from __future__ import annotations

import itertools
import random

import pytest

from orgmap.analysis.seriation import by_likeness
from orgmap.progress import Cancelled, Progress


def planted(blocks: int, size: int, seed: int) -> tuple[dict[tuple[int, int], float], list[int]]:
    """Blocks that talk within, two stray links between each two blocks; shuffled. The block of each."""
    draw = random.Random(seed)
    count = blocks * size
    places = list(range(count))
    draw.shuffle(places)
    block = [0] * count
    for at, place in enumerate(places):
        block[place] = at // size
    weights = {}
    for one in range(count):
        for other in range(count):
            if one != other and block[one] == block[other] and draw.random() < 0.7:
                weights[one, other] = 1.0
    for one in range(0, count, 3):
        weights[one, draw.randrange(count)] = 1.0
    return weights, block


@pytest.mark.parametrize("seed", range(5))
def test_planted_blocks_stand_together(seed: int) -> None:
    weights, block = planted(5, 12, seed)

    order = by_likeness(weights, 60)

    changes = sum(block[a] != block[b] for a, b in itertools.pairwise(order))
    assert sorted(order) == list(range(60))
    assert changes == 4


def test_the_same_map_gives_the_same_order() -> None:
    weights, _ = planted(4, 10, 7)

    assert by_likeness(weights, 40) == by_likeness(dict(reversed(weights.items())), 40)


def test_a_chain_comes_out_as_a_chain() -> None:
    chain = [3, 0, 4, 1, 5, 2]
    weights = dict.fromkeys(itertools.pairwise(chain), 1.0)

    order = by_likeness(weights, 6)

    neighbours = {frozenset(pair) for pair in itertools.pairwise(order)}
    kept = sum(frozenset(pair) in neighbours for pair in weights)
    assert kept >= 4


def test_who_talks_with_nobody_comes_last_in_the_order_given() -> None:
    assert by_likeness({(1, 3): 1.0, (3, 5): 1.0, (5, 1): 2.0}, 7)[3:] == [0, 2, 4, 6]


def test_nothing_and_very_little_are_left_as_they_are() -> None:
    assert by_likeness({}, 3) == [0, 1, 2]
    assert by_likeness({(2, 0): 1.0}, 3) == [0, 2, 1]


def test_it_can_be_called_off() -> None:
    weights, _ = planted(8, 16, 1)

    with pytest.raises(Cancelled):
        by_likeness(weights, 128, Progress(cancelled=lambda: True))
