"""Betweenness by matrices is that of networkx, and can be called off between two batches."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from orgmap.analysis import brandes, centrality
from orgmap.analysis.graphs import Maps
from orgmap.progress import Cancelled, Progress
from tests.words import org

PAIRS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=70)


def matrix(graph: nx.DiGraph[int]) -> sparse.csr_array:
    """Row tells column."""
    size, (rows, columns) = len(graph), np.array(sorted(graph.edges), np.intp).reshape(-1, 2).T
    return sparse.csr_array((np.ones(len(rows), np.bool_), (rows, columns)), shape=(size, size))


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, batch=st.sampled_from([1, 3, 32]))
def test_people_and_lines_have_the_betweenness_of_networkx(pairs: list[tuple[int, int]], batch: int) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(14))
    graph.add_edges_from((u, v) for u, v in pairs if u != v)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brandes, "BATCH", batch)
        found = brandes.passing(matrix(graph), over=True)

    assert found is not None
    people = nx.betweenness_centrality(graph, normalized=False)
    assert found.through.tolist() == pytest.approx([people[v] for v in range(14)], abs=1e-9)
    lines = nx.edge_betweenness_centrality(graph, normalized=False)
    assert found.over is not None
    assert found.over.tolist() == pytest.approx([lines[pair] for pair in sorted(graph.edges)], abs=1e-9)


@pytest.mark.parametrize("people", [brandes.MOST_STEPS + 1, brandes.MOST_STEPS + 2])
def test_a_chain_of_any_length_has_its_betweenness(people: int) -> None:
    names = [f"p{i:03}" for i in range(people)]
    maps = Maps(org(" <> ".join(names)))

    through = centrality.betweenness(maps)
    over = centrality.arc_betweenness(maps)

    assert (brandes.passing(matrix(nx.DiGraph(nx.path_graph(people))), over=False) is None) == (
        people > brandes.MOST_STEPS + 1
    )
    assert list(through.values()) == pytest.approx(
        [2 * i * (people - 1 - i) / (people - 1) / (people - 2) for i in range(people)], abs=1e-9
    )
    assert max(over.values()) == pytest.approx(
        (people // 2) * (people - people // 2) / people / (people - 1), abs=1e-9
    )


def test_it_ends_before_the_next_batch_when_it_is_called_off() -> None:
    graph = nx.gnp_random_graph(100, 0.05, seed=1, directed=True)
    asked: list[float] = []

    with pytest.raises(Cancelled):
        brandes.passing(matrix(graph), over=False, progress=Progress(asked.append, lambda: len(asked) == 2))

    assert asked == pytest.approx([0, 0.32])


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_map_of_hardly_anybody_has_none(people: int) -> None:
    found = brandes.passing(sparse.csr_array((people, people), dtype=np.bool_), over=True)

    assert found is not None
    assert found.over is not None
    assert found.through.tolist() == [0] * people
    assert found.over.tolist() == []
