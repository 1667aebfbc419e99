"""What if somebody were away: known answers, and the same by taking the map apart by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from orgmap.analysis.absence import absence, aftermath, without
from orgmap.analysis.answers import Absence
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import cut_off
from orgmap.analysis.paths import without as pairs_without
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkId, Module, ModuleId, Node, NodeId, NodeKind, Status
from orgmap.progress import Cancelled, Progress
from tests.analysis.maps import documents
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def away(document: Document, *ids: str) -> Absence:
    found = absence(Maps(document), ids)
    assert found is not None
    return found


def node(document: Document, key: str, **fields: Any) -> Document:  # noqa: ANN401 - fields of Node
    changed = replace(document.nodes[NodeId(key)], **fields)
    return replace(document, nodes={**document.nodes, changed.id: changed})


@pytest.mark.parametrize(
    ("person", "lost", "all_pairs"), [("A", 28, 28), ("X0", 16, 16), ("Y0", 11, 11), ("Z0", 11, 11)]
)
def test_in_the_test_organization_as_many_pairs_notice_as_are_said(
    person: str, lost: int, all_pairs: int
) -> None:
    found = away(TEST_ORGANIZATION, person)  # findings.md 6

    assert (found.lost, found.lost + found.lengthened, found.pairs) == (lost, all_pairs, 56)


@pytest.mark.parametrize(
    ("person", "lost", "longer"), [("Ana", 36, 47), ("Kim", 36, 38), ("Pia", 36, 37), ("Farah", 0, 72)]
)
def test_on_the_workshop_map_as_many_pairs_notice_as_are_said(person: str, lost: int, longer: int) -> None:
    found = away(WORKSHOP, person)  # findings.md 6

    assert (found.lost, found.lengthened, found.pairs) == (lost, longer, 342)


def test_without_pia_the_factory_loses_its_only_lines_and_falls_apart() -> None:
    found = away(WORKSHOP, "Pia")

    assert found.unlinked == (("Factory", "Product"), ("Factory", "Sales"))
    assert found.cut_off == (("Sven", "Tove"), ("Quentin",), ("Rosa",))
    assert found.noticed


@settings(max_examples=40, deadline=None)
@given(documents())
def test_one_person_away_is_what_the_bottleneck_counts(document: Document) -> None:
    maps = Maps(document)

    for person in maps.nodes[:6]:
        found = absence(maps, [person])
        assert found is not None
        counted = pairs_without(maps, person)
        assert set(cut_off(maps, person)) == {v for part in found.cut_off for v in part}
        if not any(
            link.source in document.modules or link.target in document.modules
            for link in document.links.values()
        ):
            assert (found.lost, found.lengthened) == (counted.lost, counted.lengthened)


@settings(max_examples=40, deadline=None)
@given(documents())
def test_several_people_and_lines_away_are_counted_as_by_hand(document: Document) -> None:
    maps = Maps(document)
    ids = [*maps.nodes[:2], *sorted(document.links)[:2]]

    found = absence(maps, ids)

    if found is None:
        assert not ids
        return
    left = Maps(without(maps, found.away, found.links))
    assert problems(left.document) == []
    before = dict(nx.all_pairs_shortest_path_length(maps.flow))
    after = dict(nx.all_pairs_shortest_path_length(left.flow))
    pairs = list(permutations(left.nodes, 2))
    known = [(before[u].get(v), after[u].get(v)) for u, v in pairs]
    assert found.pairs == len(pairs)
    assert found.lost == sum(was is not None and now is None for was, now in known)
    assert found.lengthened == sum(was is not None and now is not None and now > was for was, now in known)


def test_a_line_away_takes_only_itself_along() -> None:
    found = away(org("a <> b, b <> c, c <> d"), "l2")

    assert found.away == ()
    assert found.links == ("l2",)
    assert (found.lost, found.pairs) == (8, 12)
    assert found.cut_off == (("c", "d"),)


def test_a_module_away_takes_everybody_in_it_and_in_modules_within_it_along() -> None:
    document = org("a <> b, b <> c, c <> d, d <> e", modules={"Outer": "b", "Inner": "c"})
    inner = replace(document.modules[ModuleId("Inner")], parent=ModuleId("Outer"))
    document = replace(document, modules={**document.modules, inner.id: inner})

    found = away(document, "Outer")

    assert found.away == ("b", "c")
    assert found.links == ("l1", "l2", "l3")
    assert found.cut_off == (("a",),)


def test_a_line_to_a_module_goes_with_its_lead_and_not_with_a_member() -> None:
    document = org("a <> b, b <> c, out > Team", modules={"Team": "a b c"})
    team = Module(id=ModuleId("Team"), name="Team", lead=NodeId("b"))
    led = replace(document, modules={team.id: team})

    assert LinkId("l3") in away(led, "b").links
    assert LinkId("l3") not in away(led, "a").links
    assert LinkId("l3") not in away(document, "b").links


def test_hours_of_contact_fall_free_for_both_ends() -> None:
    document = org("a <> b, a <> c, b <> c, a <> d")
    timed = {"l1": (2, 30.0), "l2": (1, 60.0), "l3": (5, 60.0)}
    links = {
        key: replace(link, per_week=timed[key][0], minutes=timed[key][1]) if key in timed else link
        for key, link in document.links.items()
    }

    found = away(replace(document, links=links), "a")

    assert found.hours == 2
    assert found.untimed == 1
    assert found.freed == (("b", 1.0), ("c", 1.0))


def test_where_no_line_says_how_long_no_hours_are_told() -> None:
    assert away(org("a <> b, b <> c"), "a").hours is None


def test_who_seeks_what_only_the_absent_knows_or_leads_to_loses_the_answer() -> None:
    document = org("new <> guide, guide <> old, new <> other")
    document = node(document, "new", seeks=("Taxes", "Law"))
    document = node(document, "old", knows=("taxes",))
    document = node(document, "other", knows=("Law",))

    without_guide, without_old = away(document, "guide"), away(document, "old")

    assert without_guide.sought == without_old.sought == (("new", "Taxes"),)
    assert (without_guide.unknown, without_old.unknown) == ((), ("Taxes",))


def test_a_customer_whose_only_contact_is_away_is_named() -> None:
    document = org("cust <> sam, cust2 <> sam, cust2 <> kim, sam <> kim, kim <> lee")
    for key in ("cust", "cust2"):
        document = node(document, key, kind=NodeKind.OUTSIDE)

    assert away(document, "sam").outside == ("cust",)


def test_whose_work_needs_that_of_the_absent_is_named() -> None:
    document = org("b needs a, c needs Team, d needs b, e needs Other", modules={"Team": "a", "Other": "a f"})

    assert away(document, "a").work == ("b", "c")


def test_proposed_lines_carry_nothing_and_their_end_changes_nothing() -> None:
    document = org("a <> b, b <> c")
    links = {key: replace(link, status=Status.PROPOSED) for key, link in document.links.items()}

    found = away(replace(document, links=links), "b")

    assert not found.noticed
    assert found.untimed == 0


def test_nobody_of_that_name_gives_no_answer() -> None:
    assert absence(Maps(WORKSHOP), ["nobody"]) is None
    assert aftermath(Maps(WORKSHOP), ["nobody"]) is None


def test_two_modules_that_only_the_absent_joins_are_named_once_by_the_outer_pair() -> None:
    document = org(
        "a <> b, a <> x, b <> y",
        modules={"Left": "", "L1": "a", "Right": "", "R1": "b x y"},
    )
    modules = dict(document.modules)
    for inner, outer in (("L1", "Left"), ("R1", "Right")):
        modules[ModuleId(inner)] = replace(modules[ModuleId(inner)], parent=ModuleId(outer))
    document = replace(document, modules=modules)
    document = replace(
        document,
        nodes={**document.nodes, NodeId("a2"): Node(id=NodeId("a2"), name="a2", modules=(ModuleId("L1"),))},
    )

    assert away(document, "a").unlinked == (("Left", "Right"),)


def test_findings_that_come_are_told_and_those_about_the_absent_are_no_gain() -> None:
    found = aftermath(Maps(WORKSHOP), ["Pia"])

    assert found is not None
    assert {f.code for f in found.new} >= {"no-way-back", "out-of-sight"}
    assert not any("Pia" in f.people for f in (*found.new, *found.gone))


def test_what_was_said_of_somebody_among_others_is_not_new_when_it_is_said_of_them_alone() -> None:
    found = aftermath(Maps(WORKSHOP), ["Pia"])

    assert found is not None
    assert not any("Kim" in f.people for f in found.new if f.code == "bottleneck")


def test_the_map_itself_is_left_as_it_is() -> None:
    before = WORKSHOP

    away(WORKSHOP, "Pia")

    assert before == WORKSHOP
    assert NodeId("Pia") in WORKSHOP.nodes


def test_it_can_be_called_off() -> None:
    with pytest.raises(Cancelled):
        absence(Maps(WORKSHOP), ["Pia"], progress=Progress(cancelled=lambda: True))
