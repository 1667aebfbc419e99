"""Whom all shortest ways pass, for everybody at once, is what one search for each absence finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.analysis import detours, paths
from orgmap.analysis.graphs import Maps
from orgmap.model.entities import NodeId
from orgmap.progress import Cancelled, Progress
from tests.words import org

NAMES = [f"p{i:02}" for i in range(13)]
LINES = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([">", "<>"]), st.integers(0, 12)), max_size=40)


@settings(max_examples=80, deadline=None)
@given(lines=LINES, cells=st.sampled_from([20, 10_000]))
def test_the_absence_of_anybody_costs_what_a_search_without_them_says(
    lines: list[tuple[int, str, int]], cells: int
) -> None:
    drawn = ", ".join(f"{NAMES[u]} {sign} {NAMES[v]}" for u, sign, v in lines if u != v)
    document = org(drawn, people=" ".join(NAMES))
    maps, other = Maps(document), Maps(document)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detours, "LONG", 99)
        one_by_one = [paths.without(maps, v) for v in maps.nodes]
        patch.setattr(detours, "LONG", -1)
        patch.setattr(detours, "MOST_CELLS", cells)
        at_once = [paths.without(other, v) for v in other.nodes]

    assert at_once == one_by_one


def test_in_a_chain_everybody_holds_all_pairs_across() -> None:
    many = detours.LONG + 20
    maps = Maps(org(" <> ".join(f"p{i:02}" for i in range(many))))

    assert detours.are_long(maps)
    found = [paths.without(maps, v) for v in maps.nodes]
    assert [(a.lost, a.lengthened) for a in found] == [(2 * i * (many - 1 - i), 0) for i in range(many)]


def test_in_a_long_ring_ways_are_lengthened_and_none_is_lost() -> None:
    many = 2 * detours.LONG + 5
    names = [f"p{i:02}" for i in range(many)]
    maps = Maps(org(" <> ".join([*names, names[0]])))

    found = paths.without(maps, NodeId("p07"))

    half = many // 2  # from each at k steps on one side to those up to half - k steps on the other
    assert (found.lost, found.lengthened) == (0, 2 * sum(half - k for k in range(1, half)))


def test_long_ways_are_called_off_inside() -> None:
    maps = Maps(org(" > ".join(f"p{i:02}" for i in range(60))))
    assert detours.are_long(maps)

    with pytest.raises(Cancelled):
        detours.noticed(maps, progress=Progress(cancelled=lambda: True))
    with pytest.raises(Cancelled):
        detours.lost(maps, 3, progress=Progress(cancelled=lambda: True))
