"""More numbers of docs/findings.md: of the test organization, of growth, and of what libraries do."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from orgmap.analysis import centrality, groups, hours, paths, roles, spans, structure
from orgmap.analysis.graphs import Maps
from orgmap.analysis.measures import all_measures
from orgmap.model.edits import set_fields
from orgmap.model.entities import LinkKind, NodeId
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

ORGANIZATION = Maps(TEST_ORGANIZATION)


def test_the_test_organization_has_nine_people_seventeen_arcs_and_three_strong_parts() -> None:
    # docs/findings.md, "The test organization": dyads mutual, one-way, none 6, 5, 25
    mutual = ORGANIZATION.two_way.number_of_edges()
    one_way = len(ORGANIZATION.arcs) - 2 * mutual

    assert (len(ORGANIZATION.nodes), len(ORGANIZATION.arcs)) == (9, 17)
    assert (mutual, one_way, spans.possible_pairs(9) - mutual - one_way) == (6, 5, 25)
    assert paths.condensation(ORGANIZATION).parts == (
        ("A", "X0", "Y0", "Z0", "x1", "y1", "z1"),
        ("N",),
        ("x2",),
    )


def test_the_seven_others_of_the_test_organization_pass_nothing_on_between_modules() -> None:
    # docs/findings.md, Gould-Fernandez of the test organization: A liaison 6, X0 1, 1, 2
    found = roles.brokerage(ORGANIZATION)

    of = {str(v): [int(found[role][i]) for role in roles.ROLES] for i, v in enumerate(ORGANIZATION.nodes)}
    assert of["A"] == [0, 0, 0, 0, 6]
    assert of["X0"] == [1, 0, 1, 2, 0]
    assert all(of[v] == [0] * 5 for v in ("x2", "N"))


def test_the_share_of_open_links_is_the_flow_hierarchy_of_networkx() -> None:
    # docs/findings.md, 3.2: Luo and Magee 2011
    for maps in (ORGANIZATION, Maps(FEEDBACK_EXAMPLE), Maps(WORKSHOP)):
        assert structure.open_link_share(maps) == pytest.approx(nx.flow_hierarchy(maps.flow), abs=1e-9)
        closed = structure.closed_link_share(maps)
        assert closed is not None
        assert closed + (structure.open_link_share(maps) or 0) == pytest.approx(1)


def test_hits_gives_the_apex_of_the_test_organization_no_hub_score() -> None:
    # docs/findings.md, 3.1: why it is not used
    hubs, _ = nx.hits(ORGANIZATION.flow)

    assert hubs[NodeId("A")] == pytest.approx(0, abs=1e-9)
    assert centrality.betweenness(ORGANIZATION)[NodeId("A")] == pytest.approx(28 / 56)


def test_three_lines_out_and_none_in_is_what_chance_does_to_one_in_twenty() -> None:
    # docs/findings.md, 3.1: the product over all other senders of 1 - out/(n-1), all with three lines
    assert pytest.approx(1 / 20, abs=5e-3) == (1 - 3 / 99) ** 99


def test_brooks_counts_pairs_and_graicunas_relations() -> None:
    # Brooks 1975; Graicunas 1933, table for 1 to 12 subordinates
    assert [spans.possible_pairs(n) for n in (0, 1, 2, 5, 10)] == [0, 0, 1, 10, 45]
    table = [1, 6, 18, 44, 100, 222, 490, 1_080, 2_376, 5_210, 11_374, 24_708]
    assert [spans.possible_relations(n) for n in range(1, 13)] == table


def test_a_boss_has_reports_and_relations_where_reporting_lines_are_drawn() -> None:
    persons = all_measures(ORGANIZATION)[1]
    unformal = all_measures(Maps(FEEDBACK_EXAMPLE))[1]
    wide = all_measures(Maps(org(", ".join(f"boss ^ p{i:02}" for i in range(31)))))[1][NodeId("boss")]

    assert [(persons[NodeId(v)]["reports"], persons[NodeId(v)]["possible_relations"]) for v in "AN"] == [
        (3, 18),
        (0, None),
    ]
    assert unformal[NodeId("boss")]["reports"] is None
    assert (wide["reports"], wide["possible_relations"]) == (31, None)


def test_the_expected_e_i_is_that_of_all_pairs() -> None:
    # docs/findings.md, section 6: (N(N-1) - 2 sum n_g(n_g-1)) / (N(N-1)); 1, 3, 2, 2 and 1 of nine
    assert groups.ei_expected(ORGANIZATION) == pytest.approx((72 - 2 * (6 + 2 + 2)) / 72, abs=1e-9)
    everything = org(
        ", ".join(f"{u} <> {v}" for u in "abcde" for v in "abcde" if u < v),
        modules={"one": "a b", "two": "c d e"},
    )
    assert groups.ei_index(Maps(everything)) == pytest.approx(groups.ei_expected(Maps(everything)), abs=1e-9)
    found = all_measures(Maps(everything))[2]
    assert [row["ei_index"] for row in found.values()] == [row["ei_expected"] for row in found.values()]


def test_the_hours_of_the_workshop_are_those_of_the_links_that_say_both() -> None:
    # workshop: Ana-Pia 15 minutes a week, Ben-Kim 20, Hana-Mina 25
    assert hours.hours_of_map(Maps(WORKSHOP)) == pytest.approx(1)
    persons = hours.hours_of_people(Maps(WORKSHOP))
    assert persons[NodeId("Kim")] == pytest.approx(20 / 60)
    assert persons[NodeId("Cleo")] is None  # how often, but not how long
    whole = all_measures(Maps(WORKSHOP))
    assert [row["hours_per_week"] for row in whole[2].values()] == pytest.approx(
        [15 / 60, 25 / 60, 35 / 60, 45 / 60]
    )
    assert sum(row["hours_per_week"] or 0 for row in whole[3].values()) == pytest.approx(1)


# -- what the libraries do: docs/findings.md, section 7; each is why something here is done by hand


def test_networkx_reads_an_attribute_called_weight_without_being_asked() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edge(1, 2, weight=5)
    graph.add_edge(2, 3, weight=1)

    with_it = nx.community.modularity(graph, [{1, 2}, {3}])

    assert with_it != pytest.approx(nx.community.modularity(graph, [{1, 2}, {3}], weight=None))
    arcs = [data for maps in (ORGANIZATION, Maps(WORKSHOP)) for _, _, data in maps.flow.edges(data=True)]
    assert all("weight" not in data for data in arcs)


def test_networkx_gives_pure_receivers_no_constraint_when_they_are_asked_for_by_name() -> None:
    graph: nx.DiGraph[int] = nx.DiGraph([(1, 2), (3, 2)])

    assert np.isnan(nx.constraint(graph, nodes=[2])[2])
    assert nx.constraint(graph)[2] == pytest.approx(0.5)


def test_networkx_knows_cut_points_only_where_lines_have_no_direction() -> None:
    for function in (nx.articulation_points, nx.bridges):
        with pytest.raises(nx.NetworkXNotImplemented):
            list(function(nx.DiGraph([(1, 2)])))
    assert nx.core_number(nx.DiGraph([(1, 2), (2, 1)])) == {1: 2, 2: 2}  # in and out added


def test_nothing_is_asked_of_networkx_on_a_map_on_which_it_would_raise() -> None:
    for function in (nx.flow_hierarchy, nx.reciprocity):
        with pytest.raises(nx.NetworkXError):
            function(nx.DiGraph())
    assert structure.open_link_share(Maps(org())) is None
    assert structure.reciprocity_arc(Maps(org(people="a b"))) is None


def test_reporting_lines_are_no_talk_unless_a_setting_says_so() -> None:
    # docs/findings.md, ground rule 2
    document = org("a ^ b, a ^ c")
    talking = document.apply(set_fields(document, list(document.links), kind=LinkKind.TALKS))

    assert Maps(document).arcs == {}
    assert len(Maps(talking).arcs) == 2
    assert len(Maps(org("a ^ b, a ^ c", reporting_is_talk=True)).arcs) == 4
