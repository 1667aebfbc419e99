"""Numbers that are printed elsewhere, each with its source; see docs/findings.md, section 6."""

from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest

from orgmap.analysis import centrality, congruence, groups, paths, roles, structure, ties
from orgmap.analysis.graphs import Graph, Maps
from orgmap.analysis.measures import all_measures
from orgmap.analysis.paths import cut_points
from orgmap.analysis.robustness import key_players, robustness
from orgmap.model.edits import add_link
from orgmap.model.entities import NodeId
from tests.analysis import literature
from tests.analysis.literature import FLORENCE, HOLES, KITE, LESSONS, TRIANGLE_MODULES, TWO_TRIANGLES, tells
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org

ROUNDED = 5.1e-5  # printed with four decimals
ROUGH = 5.1e-4  # with three
FIRST_TWO = 5.1e-3  # with two


def people(*names: str) -> list[NodeId]:
    return [NodeId(name) for name in names]


def of(maps: Maps, values: np.typing.NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(maps.nodes, values.tolist(), strict=True))


def test_the_krackhardt_kite() -> None:
    # Krackhardt 1990; betweenness and constraint as in the documentation of NetworkX and igraph
    between = centrality.betweenness_two_way(KITE)
    directed = centrality.betweenness(KITE)
    graph = KITE.two_way

    assert graph.number_of_edges() == 18
    expected = {
        "Heather": 0.3889,
        "Fernando": 0.2315,
        "Garth": 0.2315,
        "Ike": 0.2222,
        "Diane": 0.1019,
        "Andre": 0.0231,
        "Beverly": 0.0231,
        "Carol": 0.0,
        "Ed": 0.0,
        "Jane": 0.0,
    }
    assert between == pytest.approx(expected, abs=ROUNDED)
    assert directed == pytest.approx(between, abs=1e-9)  # all lines two-way: both are the same share
    assert cut_points(KITE) == ("Heather", "Ike")
    assert of(KITE, ties.constraint(KITE))["Heather"] == pytest.approx(0.4311, abs=ROUNDED)
    assert sorted(set(ties.core(KITE).values()), reverse=True) == [3, 2, 1]
    assert structure.fragmentation_without(graph, people("Heather")) == pytest.approx(0.3889, abs=ROUNDED)
    best = key_players(KITE, 2)
    assert best is not None
    assert best.people == ("Fernando", "Garth")
    assert best.fragmentation == pytest.approx(0.5357, abs=ROUNDED)


@pytest.mark.parametrize(
    ("others", "medici", "guadagni", "albizzi"),
    [("", 0.522, 0.255, 0.212), ("Pucci", 0.4524, 0.2206, 0.1841)],
)
def test_the_marriages_of_florence(others: str, medici: float, guadagni: float, albizzi: float) -> None:
    # Padgett and Ansell 1993; Newman 2010 for the shares
    between = centrality.betweenness_two_way(literature.ties(FLORENCE, people=others))

    assert between[NodeId("Medici")] == pytest.approx(medici, abs=ROUGH)
    assert between[NodeId("Guadagni")] == pytest.approx(guadagni, abs=ROUGH)
    assert between[NodeId("Albizzi")] == pytest.approx(albizzi, abs=ROUGH)


def test_the_structural_holes_of_burt() -> None:
    # Burt 1992, p. 52 and 56
    sizes = of(HOLES, ties.effective_size(HOLES))
    constraints = of(HOLES, ties.constraint(HOLES))

    assert {v: sizes[v] for v in "GAC"} == pytest.approx({"G": 4.67, "A": 2.50, "C": 1}, abs=FIRST_TWO)
    assert {v: constraints[v] for v in "GAC"} == pytest.approx({"G": 0.400, "A": 0.595, "C": 1}, abs=ROUGH)


def test_constraint_and_effective_size_are_those_of_networkx_on_one_way_lines_too() -> None:
    graph = nx.gnp_random_graph(25, 0.15, seed=4, directed=True)
    maps = tells(" ".join(f"p{u:02}>p{v:02}" for u, v in graph.edges))

    constraints, sizes = of(maps, ties.constraint(maps)), of(maps, ties.effective_size(maps))

    assert constraints == pytest.approx(nx.constraint(maps.flow), abs=1e-9)
    # networkx has two ways to compute the effective size, which differ on one-way lines: the one
    # asked for by name is the sum over partners; it gives NaN for those who tell nobody
    tellers = [v for v in maps.nodes if maps.flow.out_degree(v)]
    named = nx.effective_size(maps.flow, nodes=tellers)
    assert {v: sizes[v] for v in tellers} == pytest.approx(named, abs=1e-9)


def test_two_triangles_joined_by_a_line() -> None:
    # Newman and Girvan 2004 for modularity; counted by hand for E-I: (1 - 6) / 7
    maps = literature.ties(TWO_TRIANGLES, modules=TRIANGLE_MODULES)

    assert groups.modularity(maps) == pytest.approx(0.357142857, abs=1e-9)
    assert groups.ei_index(maps) == pytest.approx(-0.7143, abs=ROUNDED)


@pytest.mark.parametrize(("pair", "largest"), [("", 6.0), ("1-5", 2.0), ("1-4", None)])
def test_only_the_right_line_takes_the_load_off_the_two_in_the_middle(
    pair: str, largest: float | None
) -> None:
    # docs/findings.md: betweenness counted by hand on the two triangles
    maps = literature.ties(f"{TWO_TRIANGLES} {pair}")

    found = max(centrality.betweenness_two_way(maps).values()) * 10  # (n-1)(n-2)/2 pairs

    assert found == pytest.approx(largest, abs=1e-9) if largest is not None else found > 2 + 1e-9


@pytest.mark.parametrize(
    ("name", "degree", "close", "between"),
    [
        ("star", 1, 1, 1),
        ("chain", 0.1667, 0.4222, 0.4167),
        ("Y", 0.5833, 0.6352, 0.7083),
        ("ring", 0, 0, 0),
        ("all-channel", 0, 0, 0),
    ],
)
def test_how_centred_five_people_are(name: str, degree: float, close: float, between: float) -> None:
    # Freeman 1979, table 2
    maps = LESSONS[name]
    graph: Graph = maps.two_way

    assert centrality.degree_centralization(graph) == pytest.approx(degree, abs=ROUNDED)
    assert centrality.closeness_centralization(graph) == pytest.approx(close, abs=ROUNDED)
    assert centrality.centralization_betweenness(maps) == pytest.approx(between, abs=ROUNDED)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("star", [8.00, 4.57, 4.57, 4.57, 4.57]),  # the wheel
        ("chain", [6.67, 5.71, 5.71, 4.00, 4.00]),
        ("Y", [7.20, 6.00, 4.50, 4.50, 4.00]),
        ("ring", [5.00] * 5),
    ],
)
def test_the_relative_centrality_of_bavelas_and_leavitt(name: str, expected: list[float]) -> None:
    # Leavitt 1951, Some effects of certain communication patterns, table 1
    found = centrality.relative_centrality(LESSONS[name].two_way)

    assert found is not None
    assert sorted(found.values(), reverse=True) == pytest.approx(expected, abs=FIRST_TWO)


@pytest.mark.parametrize(
    ("arcs", "connected", "hierarchical", "efficient", "unity"),
    [
        ("r>a r>b a>c a>d b>e b>f", 1, 1, 1, 1),  # the out-tree
        ("a>r b>r c>a d>a e>b f>b", 1, 1, 1, 0.2667),  # the same reversed
        ("1>2 1>3 2>4 2>5 3>4 3>5", 1, 1, 0.875, 0.8333),  # the diamond
        ("1>2 2>3 3>4 4>1", 1, 0, 0.889, 1),  # the ring
    ],
)
def test_the_graph_theoretical_dimensions_of_krackhardt(
    arcs: str, connected: float, hierarchical: float, efficient: float, unity: float
) -> None:
    # Krackhardt 1994; worked by two independent programs, docs/findings.md
    maps = tells(arcs)

    assert structure.connectedness(maps) == pytest.approx(connected, abs=ROUNDED)
    assert structure.hierarchy(maps) == pytest.approx(hierarchical, abs=ROUNDED)
    assert structure.efficiency(maps) == pytest.approx(efficient, abs=ROUGH)
    assert structure.least_upper_bound(maps) == pytest.approx(unity, abs=ROUNDED)


def test_the_five_brokers_of_gould_and_fernandez() -> None:
    # Gould and Fernandez 1989: every role, v in module a
    maps = tells("a1>v v>a2 v>b1 b2>v v>c1", modules={"a": "a1 a2 v", "b": "b1 b2", "c": "c1"})

    found = {role: int(counts[maps.index[NodeId("v")]]) for role, counts in roles.brokerage(maps).items()}

    assert found == {"coordinator": 1, "itinerant": 1, "representative": 2, "gatekeeper": 1, "liaison": 1}


@pytest.mark.parametrize("lines", [2, 10])
def test_the_expected_brokers_are_the_mean_over_all_maps_of_as_many_lines(lines: int) -> None:
    # Gould and Fernandez 1989: lines that take no notice of modules; all maps of four people listed
    names = {"a": "p q", "b": "r", "c": "s"}
    pairs = list(permutations("pqrs", 2))
    drawn = [
        Maps(org(", ".join(f"{u} > {v}" for u, v in chosen), people="p q r s", modules=names))
        for chosen in combinations(pairs, lines)
    ]

    counted = {role: np.array([roles.brokerage(maps)[role] for maps in drawn]) for role in roles.ROLES}

    for role, values in roles.expected(drawn[0]).items():
        assert values == pytest.approx(counted[role].mean(axis=0), abs=1e-9)


def test_whose_work_needs_whom_against_who_talks() -> None:
    # Cataldo and others 2006: people by tasks, tasks by tasks
    assignment = np.array([[0, 1, 0], [0, 1, 1], [1, 1, 0]])
    dependence = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    talks = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])  # only A and B

    needed = congruence.required(assignment, dependence)

    assert needed.tolist() == [[1, 2, 2], [2, 4, 3], [2, 3, 4]]
    assert congruence.fit(needed, talks) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("maps", "held"),
    [
        (literature.ties(TWO_TRIANGLES), 1 / 3),
        (literature.ties(" ".join(f"{u}-{v}" for u in range(6) for v in range(u))), 0.4167),
        (literature.ties("c-1 c-2 c-3 c-4 c-5"), 0.1389),
    ],
)
def test_how_much_holds_while_the_busiest_go_one_by_one(maps: Maps, held: float) -> None:
    # Schneider and others 2011
    assert robustness(maps).share == pytest.approx(held, abs=ROUNDED)


def test_the_measures_of_the_test_organization() -> None:
    # docs/findings.md, "The test organization", worked by two independent programs
    whole, persons, modules, links = all_measures(Maps(TEST_ORGANIZATION))

    exact = {
        "density": 17 / 72,
        "reciprocity_arc": 12 / 17,
        "reciprocity_dyad": 6 / 11,
        "mutual_reach": 42 / 72,
        "open_link_share": 5 / 17,
        "links_to_close": 1,
        "connectedness": 1,
        "least_upper_bound": 1,
        "weak_components": 1,
        "strong_components": 3,
    }
    assert {name: whole[name] for name in exact} == pytest.approx(exact, abs=1e-9)
    rounded = {"hierarchy": 0.4167, "efficiency": 0.8594, "ei_index": 0.1765, "modularity": 0.2145}
    assert {name: whole[name] for name in rounded} == pytest.approx(rounded, abs=ROUNDED)
    raw = {v: (numbers["betweenness"] or 0) * 56 for v, numbers in persons.items()}
    expected = {"A": 28, "X0": 49 / 3, "Y0": 34 / 3, "Z0": 34 / 3, "x1": 4 / 3, "y1": 4 / 3, "z1": 4 / 3}
    assert raw == pytest.approx({**expected, "x2": 0, "N": 0}, abs=1e-9)
    depends = {str(v): numbers["dependence"] for v, numbers in persons.items()}
    assert depends["A"] == pytest.approx(28 / 56)
    assert depends["X0"] == pytest.approx(16 / 56)
    assert depends["Y0"] == depends["Z0"] == pytest.approx(11 / 56)
    assert depends["x1"] is depends["N"] is None  # betweenness below the cut-off
    assert persons[NodeId("A")]["liaison"] == 6
    x0 = persons[NodeId("X0")]
    assert [x0[role] for role in roles.ROLES] == [1, 0, 1, 2, 0]
    assert sum(numbers["open"] is True for numbers in links.values()) == 5
    assert sum(m["people"] or 0 for m in modules.values()) == 9


def test_what_the_people_of_the_test_organization_see_within_two_steps() -> None:
    seen = groups.visible_modules(Maps(TEST_ORGANIZATION))

    everything = {"News", "Top", "X", "Y", "Z"}
    assert seen == {
        "A": {"X", "Y", "Z"},
        "X0": everything,
        "Y0": everything,
        "Z0": everything,
        "x1": {"News", "Top", "X"},
        "x2": {"News", "Top", "X"},
        "y1": {"News", "Top", "Y"},
        "z1": {"News", "Top", "Z"},
        "N": set(),
    }


def test_the_feedback_example_is_answered_in_two_of_seven_arcs() -> None:
    # docs/findings.md, the feedback example: counted by hand
    maps = Maps(FEEDBACK_EXAMPLE)

    assert structure.reciprocity_arc(maps) == pytest.approx(2 / 7)
    assert structure.mutual_reach(maps) == pytest.approx(8 / 30)


def test_a_line_between_two_leads_takes_load_off_the_top() -> None:
    # docs/findings.md, the test organization: A carries 28 of 56 pairs; counted by hand, 18 with X0-Y0
    change, _ = add_link(TEST_ORGANIZATION, NodeId("X0"), NodeId("Y0"))

    before = paths.dependence(Maps(TEST_ORGANIZATION), NodeId("A"))
    after = paths.dependence(Maps(TEST_ORGANIZATION.apply(change)), NodeId("A"))

    assert sum(before) == 28
    assert sum(after) == 18
