"""Rows of the same entities are found however two tables differ."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from orgmap.drawing import alike
from orgmap.drawing.alike import same_rows


@dataclass
class Table:
    ids: list[str]
    index: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {key: row for row, key in enumerate(self.ids)}


@pytest.mark.parametrize("seed", range(40))
def test_the_rows_of_what_is_in_both_are_told_in_the_order_after(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(alike, "AT_ONCE", 4)
    chance = random.Random(seed)
    before = [f"k{n}" for n in range(chance.randrange(30))]
    after = [key for key in before if chance.random() < 0.8]
    for n in range(chance.randrange(4)):
        after.insert(chance.randint(0, len(after)), f"new{n}")
    if seed % 4 == 0:
        chance.shuffle(after)
    one, other = Table(before), Table(after)

    there, here = same_rows(one, other)

    assert [after[row] for row in here] == [key for key in after if key in one.index]
    assert [before[row] for row in there] == [after[row] for row in here]
