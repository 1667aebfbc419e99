"""Which rows of two tables are of the same entities, told in the time it takes to compare two lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from orgmap.drawing.columns import Ints

AT_ONCE = 4_096  # ids compared in one go


class Table(Protocol):
    """One row per entity."""

    @property
    def ids(self) -> Sequence[Any]:
        """The id of each row."""
        ...

    @property
    def index(self) -> Mapping[Any, int]:
        """The row of each id."""
        ...


def same_rows(before: Table, after: Table) -> tuple[Ints, Ints]:
    """The rows before and after of what is in both, in the order after."""
    if before.ids is after.ids:
        rows = np.arange(len(after.ids))
        return rows, rows
    there: list[Ints] = []
    here: list[Ints] = []
    old = now = 0
    while old < len(before.ids) and now < len(after.ids):
        alike = _alike(before.ids[old : old + AT_ONCE], after.ids[now : now + AT_ONCE])
        there.append(np.arange(old, old + alike))
        here.append(np.arange(now, now + alike))
        old, now = old + alike, now + alike
        if old >= len(before.ids) or now >= len(after.ids) or before.ids[old] == after.ids[now]:
            continue
        gone, new = before.ids[old] not in after.index, after.ids[now] not in before.index
        if not gone and not new:
            return _in_another_order(before, after)
        old, now = old + gone, now + new
    nothing = np.empty(0, dtype=np.int64)
    return np.concatenate((*there, nothing)), np.concatenate((*here, nothing))


def _alike(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many ids at the beginning are the same."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low + 1 < high:  # the first `low` are the same, the first `high` are not
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _in_another_order(before: Table, after: Table) -> tuple[Ints, Ints]:
    here = [row for row, key in enumerate(after.ids) if key in before.index]
    there = [before.index[after.ids[row]] for row in here]
    return np.array(there, dtype=np.int64), np.array(here, dtype=np.int64)
