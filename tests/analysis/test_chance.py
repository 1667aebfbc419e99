"""Shuffled maps keep what they are to keep, and a number is rare only if shuffles seldom reach it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import networkx as nx
import pytest

from orgmap.analysis import engine
from orgmap.analysis.chance import rarities, shuffled
from orgmap.analysis.findings import Rarity
from orgmap.analysis.graphs import DiGraph, Maps
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION
from tests.workshop import WORKSHOP

Kinds = dict[NodeId, tuple[int, int, int]]


def kinds(graph: DiGraph) -> Kinds:
    """Per person: two-way lines, one-way lines out, one-way lines in."""
    both = {v: sum(1 for w in graph.successors(v) if graph.has_edge(w, v)) for v in graph}
    return {v: (both[v], graph.out_degree(v) - both[v], graph.in_degree(v) - both[v]) for v in graph}


def directed(arcs: Iterable[tuple[str, str]]) -> DiGraph:
    """A graph of these arcs."""
    graph: DiGraph = nx.DiGraph()
    graph.add_edges_from((NodeId(u), NodeId(v)) for u, v in arcs)
    return graph


@pytest.mark.parametrize("document", [TEST_ORGANIZATION, WORKSHOP], ids=["nine", "workshop"])
def test_everybody_keeps_as_many_two_way_outgoing_and_incoming_lines(document: Document) -> None:
    graph = Maps(document).flow

    others = list(shuffled(graph, 20))

    assert len(others) == 20
    for other in others:
        assert kinds(other) == kinds(graph)
        assert nx.number_of_selfloops(other) == 0


def test_the_lines_do_not_stay_where_they_were() -> None:
    graph = Maps(WORKSHOP).flow

    shared = [len(graph.edges & other.edges) for other in shuffled(graph, 20)]

    # 67 of 380 possible arcs: two maps drawn apart share some 12, and people with many lines more
    assert max(shared) < 40


def test_the_same_seed_gives_the_same_maps_and_another_one_others() -> None:
    graph = Maps(WORKSHOP).flow

    one, again, other = ([sorted(g.edges) for g in shuffled(graph, 3, seed=s)] for s in (1, 1, 2))

    assert one == again
    assert one != other


def test_every_arrangement_of_a_small_map_comes_up_about_as_often() -> None:
    """Three two-way pairs among six people: 15 perfect matchings (5!! = 5 * 3 * 1)."""
    graph = directed([(u, v) for a, b in ("ab", "cd", "ef") for u, v in ((a, b), (b, a))])

    seen = Counter(frozenset(other.edges) for other in shuffled(graph, 3_000))

    assert len(seen) == 15
    # each is drawn 200 times on average, with a standard deviation of 14
    assert min(seen.values()) > 130
    assert max(seen.values()) < 270


def test_a_map_on_which_nothing_can_be_swapped_stays_as_it_is() -> None:
    star = directed([("hub", leaf) for leaf in "abc"])

    assert all(other.edges == star.edges for other in shuffled(star, 5))


def test_whoever_joins_two_halves_is_rare_and_the_hub_of_a_star_is_not() -> None:
    """Two cliques of six joined by one person; in a star every shuffle is the star again."""
    halves = [(u, v) for half in ("abcdef", "ghijkl") for u in half for v in half if u != v]
    bridge = [(u, v) for end in "ag" for u, v in (("x", end), (end, "x"))]
    joined = directed(halves + bridge)
    star = directed([(u, v) for leaf in "abcdefgh" for u, v in (("x", leaf), (leaf, "x"))])

    rare = rarities(joined, engine.betweenness)
    common = rarities(star, engine.betweenness)

    assert rare[NodeId("x")].p <= 0.05
    assert common[NodeId("x")] == Rarity(200, 200)
    assert common[NodeId("x")].p == 1.0


def test_the_map_itself_counts_as_one_of_those_drawn() -> None:
    assert Rarity(3, 200).p == pytest.approx(4 / 201)
    assert Rarity(0, 200).p == pytest.approx(1 / 201)


def test_shuffling_can_be_called_off() -> None:
    graph = Maps(WORKSHOP).flow

    with pytest.raises(Cancelled):
        list(shuffled(graph, progress=Progress(cancelled=lambda: True)))
