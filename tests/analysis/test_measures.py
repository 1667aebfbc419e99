"""Every measure on every kind of map: a number in its range or nothing, never NaN."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.analysis import hours, ties
from orgmap.analysis.findings import Number
from orgmap.analysis.graphs import Maps
from orgmap.analysis.measure_catalogue import MEASURES, NOTABLE_WORDS, POSTURE, SHARE, Scope
from orgmap.analysis.measures import all_measures
from orgmap.model.document import Document
from orgmap.model.edits import set_fields
from orgmap.model.entities import LinkId, ModuleId, NodeId, NodeKind, Status
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION, org

NAMES = [f"p{i}" for i in range(9)]
LINES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([">", "<>", "^", "needs"]), st.sampled_from(NAMES)),
    max_size=30,
)
MODULES = st.lists(st.integers(0, 3), min_size=9, max_size=9)


def drawn(lines: list[tuple[str, str, str]], modules: list[int], people: int = 9) -> Document:
    """A map of p0 to p8 or fewer; module 3 is none."""
    names = NAMES[:people]
    held = {
        f"m{m}": " ".join(n for n, own in zip(names, modules, strict=False) if own == m) for m in range(3)
    }
    chosen = ", ".join(f"{u} {s} {v}" for u, s, v in lines if u != v and u in names and v in names)
    return org(chosen, people=" ".join(names), modules=held)


def numbers(document: Document) -> list[tuple[Scope, str, Number]]:
    """Every number of the map, with what it is."""
    whole, people, modules, links = all_measures(Maps(document))
    tables = (
        (Scope.MAP, {"": whole}),
        (Scope.PEOPLE, people),
        (Scope.MODULES, modules),
        (Scope.LINKS, links),
    )
    return [(scope, key, v) for scope, table in tables for row in table.values() for key, v in row.items()]


@settings(max_examples=80, deadline=None)
@given(lines=LINES, modules=MODULES, people=st.integers(0, 9))
def test_every_number_is_defined_in_its_range_or_absent(
    lines: list[tuple[str, str, str]], modules: list[int], people: int
) -> None:
    for scope, key, value in numbers(drawn(lines, modules, people)):
        if value is None or key == "open":
            continue
        assert math.isfinite(value), (scope, key)
        found = MEASURES[scope][key].range
        most = math.inf if found.most is None else found.most
        assert found.least - 1e-9 <= value <= most + 1e-9, (scope, key, value)


@pytest.mark.parametrize("scope", list(Scope))
def test_the_catalogue_names_exactly_the_measures_there_are(scope: Scope) -> None:
    given_keys = {key for found, key, _ in numbers(TEST_ORGANIZATION) if found is scope}

    assert given_keys - {"open"} == set(MEASURES[scope])


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_map_too_small_for_a_measure_has_none(people: int) -> None:
    whole, persons, _, _ = all_measures(Maps(org(people=" ".join(NAMES[:people]))))

    assert whole["centralization_betweenness"] is None
    assert whole["average_distance"] is whole["diameter"] is whole["reciprocity_arc"] is None
    assert (whole["density"] is None) == (people < 2)
    assert all(person["betweenness"] is None for person in persons.values())
    assert all(person["constraint"] is None for person in persons.values())


def test_lines_between_the_same_two_count_once() -> None:
    single, parallel = org("a > b, b <> c"), org("a > b, a > b, b <> c, c <> b, b > c")

    assert all_measures(Maps(single))[:3] == all_measures(Maps(parallel))[:3]


def test_a_proposed_line_carries_nothing_yet() -> None:
    document = org("a <> b, b <> c, c <> a")
    proposed = document.apply(set_fields(document, ["l3"], status=Status.PROPOSED))

    links = all_measures(Maps(proposed))[3]

    assert links[LinkId("l3")] == dict.fromkeys(("return_length", "open", "betweenness", "hours_per_week"))
    assert links[LinkId("l1")]["return_length"] == 1


def test_a_complete_map_and_a_ring_and_a_star_of_five_hundred() -> None:
    complete = org(", ".join(f"{u} <> {v}" for i, u in enumerate(NAMES) for v in NAMES[:i]))
    star = org(", ".join(f"hub <> leaf{i:03}" for i in range(500)))

    whole = all_measures(Maps(complete))[0]
    persons = all_measures(Maps(star))[1]

    assert (whole["density"], whole["efficiency"], whole["hierarchy"]) == (1, 0, 0)
    assert persons[NodeId("hub")]["betweenness"] == pytest.approx(1)
    assert persons[NodeId("hub")]["dependence"] == pytest.approx(1)
    assert persons[NodeId("hub")]["effective_size"] == pytest.approx(500)
    assert persons[NodeId("leaf000")]["constraint"] == pytest.approx(1)


def test_products_made_a_few_rows_at_a_time_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ", ".join(
        f"q{i:02} > q{(i * j + j) % 60:02}" for i in range(60) for j in (1, 5, 7) if (i * j + j) % 60 != i
    )
    document = org(lines, modules={"one": " ".join(f"q{i:02}" for i in range(30))})
    at_once = all_measures(Maps(document))

    monkeypatch.setattr(ties, "MOST_TERMS", 7)
    monkeypatch.setattr(ties, "DENSE", 2.0)
    piecemeal = all_measures(Maps(document))

    for person, row in at_once[1].items():
        assert piecemeal[1][person] == pytest.approx(row, abs=1e-9)


def test_hours_count_each_link_once_and_share_out_what_a_module_hears() -> None:
    document = org("a <> b, a > m", modules={"m": "c d"})
    timed = document.apply(set_fields(document, ["l1", "l2"], per_week=4, minutes=30))
    maps = Maps(timed)

    # 2 hours with b, and 2 hours with m: one hour with each of c and d
    assert hours.hours_of_map(maps) == pytest.approx(4)
    found = hours.hours_of_people(maps)
    assert found == pytest.approx({"a": 4, "b": 2, "c": 1, "d": 1})
    assert hours.hours_of_map(Maps(document)) is None


def test_listening_goes_by_contacts_where_every_line_says_how_often() -> None:
    document = org("boss > ana, ana > boss, ana > ben")
    timed = document.apply(set_fields(document, ["l1"], per_week=9))
    timed = timed.apply(set_fields(timed, ["l2"], per_week=1))

    persons = all_measures(Maps(timed))[1]

    assert persons[NodeId("boss")]["listening_share"] == pytest.approx(0.1)  # 1 of 10 contacts
    assert persons[NodeId("ana")]["listening_share"] == pytest.approx(1 / 3)  # lines: one says nothing


def test_a_module_counts_the_people_nested_in_it_and_the_lines_across_its_border() -> None:
    document = org("a <> b, b > c, c > d", modules={"inner": "a b", "outer": "c", "other": "d"})
    inner = replace(document.modules[ModuleId("inner")], parent=ModuleId("outer"))
    nested = replace(document, modules={**document.modules, inner.id: inner})

    found = all_measures(Maps(nested))[2]

    assert found[ModuleId("outer")] == pytest.approx(
        {
            "people": 3,
            "inside_links": 3,
            "out_links": 1,
            "in_links": 0,
            "ei_index": -0.5,
            "reciprocity": 2 / 3,
            "listening_share": 0,
            "ei_expected": 0,  # 6 pairs across its border, 6 inside
            "centralization_in": 0,  # a, b and c hear from one inside
            "centralization_out": 3 / 4,  # b tells two, a one, c nobody: (1 + 0 + 2) of 4
            "closed_link_share": 2 / 4,  # b to c and c to d are never answered
            "hours_per_week": None,
        }
    )


def test_work_fits_talk_where_whoever_needs_one_another_talks_both_ways() -> None:
    document = org(
        "a needs b, b needs a, b needs c, a <> b, b > c, sales needs plant, d <> e",
        modules={"sales": "d", "plant": "e f"},
    )

    whole = all_measures(Maps(document))[0]

    assert whole["congruence"] == pytest.approx(2 / 3)  # b and c talk one way only


def test_a_module_of_two_has_nobody_in_the_middle() -> None:
    found = all_measures(Maps(org("a > b, b > c", modules={"pair": "a b"})))[2][ModuleId("pair")]

    assert found["centralization_in"] is found["centralization_out"] is None


def test_the_map_listens_to_the_outside_by_the_lines_that_cross_its_border() -> None:
    document = org("buyer > ana, ana > buyer, ben > buyer, ana > ben, wiki > ben")
    outside = {NodeId("buyer"): NodeKind.OUTSIDE, NodeId("wiki"): NodeKind.SOURCE}
    nodes = {
        key: replace(node, kind=outside.get(key, NodeKind.PERSON)) for key, node in document.nodes.items()
    }

    whole = all_measures(Maps(replace(document, nodes=nodes)))[0]

    assert whole["listening_share"] == pytest.approx(1 / 3)
    assert all_measures(Maps(document))[0]["listening_share"] is None


def test_how_near_all_are_is_not_said_where_two_way_lines_do_not_join_all() -> None:
    whole = all_measures(Maps(org("a <> b, b <> c, c > d")))[0]
    joined = all_measures(Maps(org("a <> b, b <> c, c > a")))[0]

    assert whole["centralization_closeness"] is None
    assert joined["centralization_closeness"] == pytest.approx(1)  # a star of three


@pytest.mark.parametrize("scope", list(Scope))
def test_each_measure_says_what_it_is_where_it_lies_and_when_it_is_missing(scope: Scope) -> None:
    for measure in MEASURES[scope].values():
        for said in (measure.definition, measure.edges, measure.range.words, NOTABLE_WORDS[measure.notable]):
            assert str(said())
        assert all(len(sentence.split()) < 25 for sentence in str(measure.edges()).split(". "))
        assert measure.source


def test_the_posture_is_a_profile_of_measures_and_no_score() -> None:
    for scope, keys in POSTURE.items():
        assert len(keys) == 5
        assert all(MEASURES[scope][key].unit is SHARE for key in keys)


def test_measuring_ends_when_it_is_called_off() -> None:
    with pytest.raises(Cancelled):
        all_measures(Maps(TEST_ORGANIZATION), Progress(cancelled=lambda: True))
