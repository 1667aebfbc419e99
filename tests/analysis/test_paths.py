"""Ways back, dependence, who is cut off. Numbers: docs/findings.md, sections 3 and 6."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.analysis import paths
from orgmap.analysis.centrality import betweenness
from orgmap.analysis.graphs import Maps
from orgmap.model.edits import add_link
from orgmap.model.entities import NodeId
from orgmap.progress import Cancelled, Progress
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

ORGANIZATION = Maps(TEST_ORGANIZATION)


def lengths(maps: Maps) -> dict[str, int | None]:
    return {f"{u}>{v}": back for (u, v), back in paths.return_lengths(maps).items()}


def test_the_ways_back_of_the_feedback_example() -> None:
    found = lengths(Maps(FEEDBACK_EXAMPLE))

    assert found == {
        "boss>m1": None,
        "boss>m2": 2,
        "m1>w1": 1,
        "m1>w2": None,
        "m2>w3": 2,
        "w1>m1": 1,
        "w3>boss": 2,
    }


def test_five_links_of_the_test_organization_are_open_and_twelve_closed() -> None:
    found = lengths(ORGANIZATION)

    assert sorted(arc for arc, back in found.items() if back is None) == [
        "N>x1",
        "N>x2",
        "N>y1",
        "N>z1",
        "X0>x2",
    ]
    assert sum(back == 1 for back in found.values()) == 12


def test_one_link_from_x2_to_n_closes_the_test_organization() -> None:
    parts = paths.condensation(ORGANIZATION)
    change, _ = add_link(TEST_ORGANIZATION, NodeId("x2"), NodeId("N"), two_way=False)

    assert paths.links_to_close(ORGANIZATION) == 1
    assert [parts.parts[i] for i in parts.sources] == [("N",)]
    assert [parts.parts[i] for i in parts.sinks] == [("x2",)]
    assert paths.links_to_close(Maps(TEST_ORGANIZATION.apply(change))) == 0


@pytest.mark.parametrize(
    ("lines", "people", "fewest"),
    [
        ("", "", None),  # nobody there
        ("", "a", 0),
        ("", "a b", 2),  # two alone: one link there, one back
        ("a <> b", "", 0),
        ("a > b, a > c, a > d", "", 3),  # one source, three sinks
        ("a > b, c > d", "e", 3),  # two sources, two sinks, one alone
    ],
)
def test_the_fewest_links_that_close_everything(lines: str, people: str, fewest: int | None) -> None:
    # max(sources, sinks) + alone: Eswaran and Tarjan 1976
    assert paths.links_to_close(Maps(org(lines, people=people))) == fewest


def test_the_dependences_of_the_test_organization() -> None:
    found = {v: paths.dependence(ORGANIZATION, v) for v in ORGANIZATION.nodes}

    assert found == {
        "A": (28, 0),
        "X0": (16, 0),
        "Y0": (11, 0),
        "Z0": (11, 0),
        "x1": (0, 1),
        "y1": (0, 1),
        "z1": (0, 1),
        "x2": (0, 0),
        "N": (0, 0),
    }


def test_the_dependences_and_threads_of_the_workshop_map() -> None:
    maps = Maps(WORKSHOP)

    assert (len(maps.nodes), len(maps.arcs)) == (20, 67)
    assert len(paths.condensation(maps).parts) == 1
    noticed = {v: paths.without(maps, NodeId(v)) for v in ("Ana", "Kim", "Pia", "Farah")}
    assert {v: (found.pairs, found.lost) for v, found in noticed.items()} == {
        "Ana": (83, 36),
        "Kim": (74, 36),
        "Pia": (73, 36),
        "Farah": (72, 0),
    }
    assert paths.cut_points(maps) == ("Ana", "Farah", "Kim", "Pia")
    slow = [arc for arc, back in paths.return_lengths(maps).items() if back is None or back >= 3]
    assert sorted(u for u, _ in slow) == ["Cleo", *["Goran"] * 6, "Ivo", "Nils", "Olga", "Tove"]
    assert {paths.return_lengths(maps)[arc] for arc in slow} == {3}


def test_cut_points_are_seen_on_two_way_lines_and_hidden_by_any_projection() -> None:
    projected = nx.Graph(ORGANIZATION.flow.to_undirected())

    assert paths.cut_points(ORGANIZATION) == ("A", "X0", "Y0", "Z0")
    assert list(nx.articulation_points(projected)) == []


def test_who_had_no_two_way_line_before_is_not_cut_off_by_an_absence() -> None:
    # x2 and N have no two-way line at all; without A three pairs remain, and one counts as the rest
    assert paths.parts_without(ORGANIZATION, NodeId("A")) == (("X0", "x1"), ("Y0", "y1"), ("Z0", "z1"))
    assert paths.cut_off(ORGANIZATION, NodeId("A")) == ("Y0", "Z0", "y1", "z1")
    assert paths.cut_off(ORGANIZATION, NodeId("x1")) == ()


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=35))
def test_dependence_is_what_happens_when_the_person_is_taken_out(pairs: list[tuple[int, int]]) -> None:
    names = [f"p{i}" for i in range(9)]
    maps = Maps(
        org(", ".join(f"{names[u]} > {names[v]}" for u, v in pairs if u != v), people=" ".join(names))
    )
    before = dict(nx.all_pairs_shortest_path_length(maps.flow))

    for v in maps.nodes:
        rest = dict(nx.all_pairs_shortest_path_length(maps.flow.subgraph(set(maps.nodes) - {v})))
        others = [(s, t) for s in rest for t in rest if s != t and t in before[s]]
        lost = sum(t not in rest[s] for s, t in others)
        longer = sum(t in rest[s] and rest[s][t] > before[s][t] for s, t in others)

        assert paths.dependence(maps, v) == (lost, longer)
        assert betweenness(maps)[v] >= (lost + longer) / 56 - 1e-12  # so the cut-off is safe


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=35), most=st.integers(1, 4))
def test_within_some_steps_is_who_a_search_of_that_depth_meets(
    pairs: list[tuple[int, int]], most: int
) -> None:
    names = [f"p{i}" for i in range(9)]
    maps = Maps(
        org(", ".join(f"{names[u]} > {names[v]}" for u, v in pairs if u != v), people=" ".join(names))
    )

    reached = paths.within(maps, most).toarray()

    for i, u in enumerate(names):
        near = set(nx.single_source_shortest_path_length(maps.flow, NodeId(u), cutoff=most)) - {u}
        assert {names[j] for j in range(9) if reached[i, j]} == near
        assert paths.reached_within(maps, [NodeId(u)], most) == near | {u}


def test_long_work_ends_when_it_is_called_off() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    maps = Maps(org(" > ".join(f"p{i:02}" for i in range(60))))

    with pytest.raises(Cancelled):
        paths.return_lengths(maps, progress=Progress(cancelled=cancelled))
    assert paths.return_lengths(maps)[NodeId("p00"), NodeId("p01")] is None  # nothing half done was kept
