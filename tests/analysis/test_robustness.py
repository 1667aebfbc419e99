"""What holds while people leave, against slower ways to the same answers."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest

from orgmap.analysis import robustness as room
from orgmap.analysis.graphs import Maps
from orgmap.analysis.robustness import key_players, robustness
from orgmap.analysis.structure import fragmentation, fragmentation_without
from orgmap.model.entities import NodeId
from orgmap.progress import Cancelled, Progress
from tests.words import org
from tests.workshop import WORKSHOP


def drawn(people: int, lines: int, seed: int) -> Maps:
    """Two-way lines at random."""
    draw = random.Random(seed)
    names = [f"p{i:03}" for i in range(people)]
    pairs = draw.sample(list(combinations(names, 2)), lines)
    return Maps(org(", ".join(f"{u} <> {v}" for u, v in pairs), people=" ".join(names)))


@pytest.mark.parametrize("seed", range(4))
def test_the_busiest_leave_one_by_one_as_networkx_would_send_them(seed: int) -> None:
    maps = drawn(18, 26, seed)

    curve = robustness(maps)

    left: nx.Graph[NodeId] = nx.Graph(maps.two_way)
    for person, share in zip(curve.gone, curve.left, strict=True):
        between = nx.betweenness_centrality(left)
        if left.number_of_edges():  # afterwards nobody hangs on anybody, and they go by id
            assert person == min(left, key=lambda v: (-round(between[v], 12), v))
        left.remove_node(person)
        parts = [len(part) for part in nx.connected_components(left)]
        assert share == pytest.approx(max(parts, default=0) / 18)
    assert not curve.sampled


def test_the_curve_of_nobody_is_empty_and_that_of_people_without_lines_is_flat() -> None:
    assert robustness(Maps(org())).share is None
    alone = robustness(Maps(org(people="a b c")))

    assert alone.gone == ("a", "b", "c")
    assert alone.left == pytest.approx([1 / 3, 1 / 3, 0])


def test_a_large_map_is_sampled_in_the_same_way_each_time() -> None:
    maps = drawn(room.EXACT_PEOPLE + 40, 500, 1)

    first, again = robustness(maps, seed=3), robustness(maps, seed=3)

    assert first == again
    assert first.sampled
    assert sorted(first.gone) == maps.nodes
    assert all(before >= after for before, after in zip(first.left, first.left[1:], strict=False))


def test_the_estimate_of_a_large_map_is_near_the_exact_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    maps = drawn(150, 300, 2)
    exact = robustness(maps).share

    monkeypatch.setattr(room, "EXACT_PEOPLE", 100)
    sampled = robustness(maps).share

    assert exact is not None
    assert sampled == pytest.approx(exact, abs=0.05)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_best_set_is_the_best_of_all_sets(count: int) -> None:
    maps = drawn(11, 16, count)

    found = key_players(maps, count)

    assert found is not None
    assert found.exact
    most = max(fragmentation_without(maps.two_way, chosen) or 0 for chosen in combinations(maps.nodes, count))
    assert found.fragmentation == pytest.approx(most, abs=1e-9)
    assert found.fragmentation == pytest.approx(fragmentation_without(maps.two_way, found.people), abs=1e-9)
    assert found.before == pytest.approx(fragmentation(maps.two_way), abs=1e-9)


def test_the_best_set_need_not_hold_the_best_single() -> None:
    # Borgatti 2006: two in whom the same contacts meet are worth little more than one of them
    maps = Maps(
        org(
            """h <> i, i <> a1, i <> a2, i <> a3, h <> j, j <> b1, j <> b2, j <> b3""",
        )
    )

    found = key_players(maps, 2)

    assert found is not None
    assert found.people == ("i", "j")
    assert found.fragmentation == pytest.approx(1)


def test_exchanging_finds_nearly_what_trying_all_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(6):
        maps = drawn(24, 34, seed)
        exact = key_players(maps, 3)
        with monkeypatch.context() as patch:
            patch.setattr(room, "EXACT_SETS", 0)
            near = key_players(maps, 3)

        assert exact is not None
        assert near is not None
        assert not near.exact
        assert exact.fragmentation >= near.fragmentation >= 0.9 * exact.fragmentation


def test_the_key_players_of_the_workshop_map_are_named_in_order_of_id() -> None:
    found = key_players(Maps(WORKSHOP), 2)

    assert found is not None
    assert found.people == tuple(sorted(found.people))
    assert found.before == 0


@pytest.mark.parametrize("people", [0, 1, 2])
def test_where_too_few_would_be_left_there_are_no_key_players(people: int) -> None:
    assert key_players(Maps(org(people=" ".join("abc"[:people]))), 1) is None
    assert key_players(Maps(org(people="a b c")), 2) is None
    assert key_players(Maps(org(people="a b c")), 0) is None


def test_both_end_when_they_are_called_off() -> None:
    maps = drawn(60, 100, 1)

    with pytest.raises(Cancelled):
        robustness(maps, progress=Progress(cancelled=lambda: True))
    with pytest.raises(Cancelled):
        key_players(maps, 2, progress=Progress(cancelled=lambda: True))
