"""The engine gives the numbers of networkx, whether its backend is there or not."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.analysis import engine
from orgmap.analysis.distances import NO_WAY, arcs, steps_by_block
from orgmap.analysis.graphs import Maps
from orgmap.model.entities import NodeId
from tests.words import TEST_ORGANIZATION, org

ROOT = Path(__file__).parent.parent.parent
PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=60)


def graph(pairs: list[tuple[int, int]], kind: type[nx.Graph[int]]) -> nx.Graph[int]:
    """Twelve nodes and the arcs between different ones."""
    made = kind()
    made.add_nodes_from(range(12))
    made.add_edges_from((u, v) for u, v in pairs if u != v)
    return made


@settings(max_examples=40, deadline=None)
@given(pairs=PAIRS, directed=st.booleans(), normalized=st.booleans())
def test_betweenness_is_that_of_networkx(
    pairs: list[tuple[int, int]], directed: bool, normalized: bool
) -> None:
    drawn = graph(pairs, nx.DiGraph if directed else nx.Graph)

    nodes = engine.betweenness(drawn, normalized=normalized)
    edges = engine.edge_betweenness(drawn, normalized=normalized)

    assert nodes == pytest.approx(nx.betweenness_centrality(drawn, normalized=normalized), abs=1e-9)
    theirs = nx.edge_betweenness_centrality(drawn, normalized=normalized)
    assert edges == pytest.approx(
        {pair if directed else tuple(sorted(pair)): value for pair, value in theirs.items()}, abs=1e-9
    )


def test_an_empty_graph_has_no_betweenness() -> None:
    assert engine.betweenness(nx.DiGraph()) == {}
    assert engine.edge_betweenness(nx.Graph()) == {}


ABSENT = """
import sys
from orgmap.analysis.graphs import Maps
from orgmap.analysis.measures import all_measures
from orgmap.model.entities import NodeId
from tests.words import TEST_ORGANIZATION
print(all_measures(Maps(TEST_ORGANIZATION))[1]["X0"]["betweenness"])
print([name for name in sys.modules if "rustworkx" in name])
"""


def test_without_the_backend_plain_networkx_answers_with_the_same_numbers(tmp_path: Path) -> None:
    # an installation of its own, with every library but these
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        if "rustworkx" not in installed.name and installed.suffix != ".pth":
            (tmp_path / installed.name).symlink_to(installed)
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))

    ran = subprocess.run(
        [sys.executable, "-S", "-W", "error", "-c", ABSENT],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stderr == ""
    betweenness, loaded = ran.stdout.splitlines()
    assert float(betweenness) == pytest.approx(49 / 3 / 56, abs=1e-9)  # docs/findings.md: 16.3333 of 56
    assert loaded == "[]"


def test_a_function_the_backend_does_not_know_is_answered_by_networkx() -> None:
    graph = nx.path_graph(4)

    with pytest.raises(NotImplementedError):
        nx.flow_hierarchy(nx.DiGraph(graph), backend=engine.BACKEND)
    assert engine.dispatched(nx.flow_hierarchy, nx.DiGraph(graph)) == 0.0


def test_the_backend_runs_in_one_thread_so_that_numbers_repeat() -> None:
    shown = "import os, orgmap.analysis.engine; print(os.environ['RAYON_NUM_THREADS'])"

    ran = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "1"


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, away=st.none() | st.integers(0, 11))
def test_steps_are_those_of_a_search_from_each_person(pairs: list[tuple[int, int]], away: int | None) -> None:
    names = [NodeId(f"p{i:02}") for i in range(12)]
    lines = ", ".join(f"{names[u]} > {names[v]}" for u, v in pairs if u != v)
    maps = Maps(org(lines, people=" ".join(names)))

    [(columns, steps)] = steps_by_block(maps, without=away)

    rest = maps.flow.subgraph([v for v in names if away is None or v != names[away]])
    lengths = dict(nx.all_pairs_shortest_path_length(rest))
    assert (columns.start, columns.stop) == (0, 12)
    for i, u in enumerate(names):
        for j, v in enumerate(names):
            expected = 0 if i == j else lengths.get(u, {}).get(v, NO_WAY)
            assert steps[i, j] == expected


def test_a_map_too_wide_for_one_block_gives_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"p{i:03}" for i in range(150)]
    maps = Maps(org(" > ".join(names) + f", {names[-1]} > {names[0]}"))
    [(_, whole)] = steps_by_block(maps)

    monkeypatch.setattr("orgmap.analysis.distances.MOST_CELLS", 64 * 150)
    blocks = list(steps_by_block(maps))

    assert [(c.start, c.stop) for c, _ in blocks] == [(0, 64), (64, 128), (128, 150)]
    for columns, steps in blocks:
        assert (steps == whole[:, columns]).all()


def test_what_is_kept_is_worked_out_once_for_each_map() -> None:
    maps, others = Maps(TEST_ORGANIZATION), Maps(TEST_ORGANIZATION)

    assert arcs(maps) is arcs(maps)
    assert arcs(maps) is not arcs(others)
