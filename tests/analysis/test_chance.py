"""Shuffled maps keep what they are to keep, and a number is rare only if shuffles seldom reach it."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from scipy import sparse

from orgmap.analysis.chance import drawn, shuffled
from orgmap.analysis.findings import Rarity
from orgmap.analysis.graphs import Maps
from orgmap.analysis.groups import modularity
from orgmap.analysis.paths import matrix
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

Kinds = dict[int, tuple[int, int, int]]


def graph_of(lines: sparse.csr_array) -> nx.DiGraph[int]:
    """The same as a graph."""
    graph: nx.DiGraph[int] = nx.from_scipy_sparse_array(lines, create_using=nx.DiGraph)
    return graph


def kinds(lines: sparse.csr_array) -> Kinds:
    """Per person: two-way lines, one-way lines out, one-way lines in."""
    graph = graph_of(lines)
    both = {v: sum(1 for w in graph.successors(v) if graph.has_edge(w, v)) for v in graph}
    return {v: (both[v], graph.out_degree(v) - both[v], graph.in_degree(v) - both[v]) for v in graph}


def edges(lines: sparse.csr_array) -> set[tuple[int, int]]:
    """Who tells whom."""
    return set(graph_of(lines).edges)


@pytest.mark.parametrize("document", [TEST_ORGANIZATION, WORKSHOP], ids=["nine", "workshop"])
def test_everybody_keeps_as_many_two_way_outgoing_and_incoming_lines(document: Document) -> None:
    lines = matrix(Maps(document))

    others = list(shuffled(lines, 20))

    assert len(others) == 20
    for other in others:
        assert kinds(other) == kinds(lines)
        assert nx.number_of_selfloops(graph_of(other)) == 0


def test_the_lines_do_not_stay_where_they_were() -> None:
    lines = matrix(Maps(WORKSHOP))

    shared = [len(edges(lines) & edges(other)) for other in shuffled(lines, 20)]

    # 67 of 380 possible arcs: two maps drawn apart share some 12, and people with many lines more
    assert max(shared) < 40


def test_the_same_seed_gives_the_same_maps_and_another_one_others() -> None:
    lines = matrix(Maps(WORKSHOP))

    one, again, other = ([edges(made) for made in shuffled(lines, 3, seed=s)] for s in (1, 1, 2))

    assert one == again
    assert one != other


def test_every_arrangement_of_a_small_map_comes_up_about_as_often() -> None:
    """Three two-way pairs among six people: 15 perfect matchings (5!! = 5 * 3 * 1)."""
    lines = matrix(Maps(org("a <> b, c <> d, e <> f")))

    seen = Counter(frozenset(edges(other)) for other in shuffled(lines, 3_000))

    assert len(seen) == 15
    # each is drawn 200 times on average, with a standard deviation of 14
    assert min(seen.values()) > 130
    assert max(seen.values()) < 270


def test_a_map_on_which_nothing_can_be_swapped_stays_as_it_is() -> None:
    star = matrix(Maps(org("hub > a, hub > b, hub > c")))

    assert all(edges(other) == edges(star) for other in shuffled(star, 5))


def test_whoever_joins_two_halves_is_rare_and_the_hub_of_a_star_is_not() -> None:
    """Two cliques of six joined by one person; in a star every shuffle is the star again."""
    halves = [f"{u} <> {v}" for half in ("abcdef", "ghijkl") for u in half for v in half if u < v]
    joined = Maps(org(", ".join([*halves, "x <> a, x <> g"])))
    star = Maps(org(", ".join(f"x <> {leaf}" for leaf in "abcdefgh")))

    rare = drawn(joined, True).rarity(joined, NodeId("x"))
    common = drawn(star, True).rarity(star, NodeId("x"))

    assert rare is not None
    assert rare.p <= 0.05
    assert common == Rarity(200, 200)
    assert common.p == 1.0


def test_modules_that_keep_to_themselves_are_more_modular_than_chance_and_drawn_ones_are_not() -> None:
    teams = {"Left": "abcdef", "Right": "ghijkl"}
    inside = ", ".join(f"{u} <> {v}" for team in teams.values() for u in team for v in team if u < v)
    modules = {name: " ".join(team) for name, team in teams.items()}
    apart = Maps(org(f"{inside}, a <> g", modules=modules))

    mean = drawn(apart, False).modularity

    assert mean is not None
    assert modularity(apart) == pytest.approx(0.467, abs=0.01)
    # of the 11 others five are of the own module: a little below 0, as with E-I
    assert -0.15 < mean < 0.02


def test_without_modules_or_lines_no_modularity_is_expected() -> None:
    assert drawn(Maps(org("a <> b, b <> c")), False).modularity is None
    assert drawn(Maps(org("", modules={"Left": "a b"})), False).modularity is None


def test_the_map_itself_counts_as_one_of_those_drawn() -> None:
    assert Rarity(3, 200).p == pytest.approx(4 / 201)
    assert Rarity(0, 200).p == pytest.approx(1 / 201)


def test_shuffling_can_be_called_off() -> None:
    for between in (False, True):
        with pytest.raises(Cancelled):
            drawn(Maps(WORKSHOP), between, progress=Progress(cancelled=lambda: True))
