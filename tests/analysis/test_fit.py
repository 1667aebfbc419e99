"""Where one person fits, and how a question travels: facts for the page and the route finder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from orgmap.analysis.answers import Fitting, Journey, Known, Need
from orgmap.analysis.fit import fit
from orgmap.analysis.graphs import Maps
from orgmap.analysis.journeys import journey
from orgmap.analysis.questions import Away, Fit, RouteTo, answer
from orgmap.analysis.waiting import DAY
from orgmap.model.document import Document
from orgmap.model.entities import Module, ModuleId, NodeId, NodeKind
from tests.analysis.maps import documents
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def fitting(document: Document, person: str) -> Fitting:
    found = fit(Maps(document), NodeId(person))
    assert found is not None
    return found


def asked(
    document: Document, start: str, goal: str | None = None, topic: str = "", *, waiting: bool = False
) -> Journey:
    end = NodeId(goal) if goal is not None else None
    found = journey(Maps(document), RouteTo(NodeId(start), end, topic, waiting))
    assert found is not None
    return found


def node(document: Document, key: str, **fields: Any) -> Document:  # noqa: ANN401 - fields of Node
    changed = replace(document.nodes[NodeId(key)], **fields)
    return replace(document, nodes={**document.nodes, changed.id: changed})


def test_who_is_heard_directly_and_at_second_hand_are_told_apart() -> None:
    found = fitting(TEST_ORGANIZATION, "x1")  # X0 <> x1, N > x1, A <> X0

    assert found.hears == ("N", "X0")
    assert found.heard_by == ("X0",)
    assert found.both_ways == ("X0",)
    assert found.hears_two == ("A",)
    assert found.heard_by_two == ("A", "x2")


def test_modules_that_word_comes_from_are_those_of_the_specification() -> None:
    rest = fitting(TEST_ORGANIZATION, "x1"), fitting(TEST_ORGANIZATION, "N")

    # findings.md 6: seen within 2 steps, own module included: x1 {News, Top, X}, N nothing
    assert rest[0].sees == ("News", "Top")
    assert rest[0].unseen == ("Y", "Z")
    assert rest[1].sees == ()
    assert rest[1].sight_steps == 2


def test_steps_from_the_top_and_back_are_counted_where_nobody_is_marked() -> None:
    found, top = fitting(TEST_ORGANIZATION, "x2"), fitting(TEST_ORGANIZATION, "A")

    assert (found.purpose, found.purpose_marked) == (("A",), False)
    assert (found.from_purpose, found.to_purpose) == (2, None)
    assert top.holds_purpose
    assert (top.purpose, top.from_purpose) == ((), None)


def test_whoever_is_marked_as_holding_the_purpose_goes_before_the_top() -> None:
    document = node(TEST_ORGANIZATION, "z1", holds_purpose=True)

    found = fitting(document, "x1")

    assert (found.purpose, found.purpose_marked) == (("z1",), True)
    assert (found.from_purpose, found.to_purpose) == (4, 4)


def test_boss_and_reports_come_from_the_chart() -> None:
    found = fitting(TEST_ORGANIZATION, "X0")

    assert found.bosses == ("A",)
    assert found.reports == ("x1", "x2")


def test_work_is_told_in_person_first_and_then_by_module() -> None:
    document = org(
        "b needs a, a needs c, D needs Team, Team needs D, b needs Team",
        modules={"Team": "a b", "D": "c"},
    )

    found = fitting(document, "a")

    assert found.needed_by == (Need(NodeId("b")), Need(ModuleId("D"), ModuleId("Team")))
    assert found.needs == (Need(NodeId("c")), Need(ModuleId("D"), ModuleId("Team")))


def test_modules_led_are_named() -> None:
    team = Module(id=ModuleId("Team"), name="Team", lead=NodeId("a"))
    document = replace(org("a <> b", modules={"Team": "a b"}), modules={team.id: team})

    assert fitting(document, "a").leads == ("Team",)
    assert fitting(document, "b").leads == ()


def test_topics_known_name_who_seeks_them_and_topics_sought_the_way_to_an_answer() -> None:
    document = node(org("new <> guide, guide <> old"), "new", seeks=("Taxes", "Fire drill"))
    document = node(document, "old", knows=("taxes ",))

    new, old = fitting(document, "new"), fitting(document, "old")

    taxes, drill = new.seeks
    assert (taxes.topic, taxes.holders) == ("Taxes", ("old",))
    assert taxes.route is not None
    assert taxes.route.people == ("new", "guide", "old")
    assert (drill.holders, drill.route) == ((), None)
    assert old.knows == (Known("Taxes", (NodeId("new"),)),)


def test_hours_stand_beside_the_hours_stated_and_the_lines_that_say_nothing() -> None:
    document = node(org("a <> b, a <> c, b <> c"), "a", hours=5.0)
    first = replace(next(iter(document.links.values())), per_week=2, minutes=30.0)
    document = replace(document, links={**document.links, first.id: first})

    found = fitting(document, "a")

    assert (found.hours, found.capacity) == (1.0, 5.0)
    assert (found.timed, found.lines) == (1, 2)


def test_outside_people_are_named_apart_and_have_a_page_of_their_own() -> None:
    document = node(org("cust > sam, sam <> kim"), "cust", kind=NodeKind.OUTSIDE)

    sam, cust = fitting(document, "sam"), fitting(document, "cust")

    assert (sam.hears, sam.outside) == (("kim",), ("cust",))
    assert cust.heard_by == ("sam",)
    assert cust.away is None


def test_the_page_says_what_if_away_as_the_question_does() -> None:
    assert fitting(WORKSHOP, "Pia").away == answer(Away(frozenset({"Pia"})), Maps(WORKSHOP))


def test_nobody_of_that_name_has_no_page_and_no_route() -> None:
    maps = Maps(WORKSHOP)

    assert answer(Fit(NodeId("nobody")), maps) is None
    assert answer(RouteTo(NodeId("nobody"), NodeId("Pia")), maps) is None
    assert answer(RouteTo(NodeId("Pia"), NodeId("nobody")), maps) is None


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_map_gives_everybody_a_page(document: Document) -> None:
    maps = Maps(document)

    for key in document.nodes:
        found = fit(maps, key)
        assert found is not None
        assert not {*found.hears_two} & {*found.hears, key}
        assert not {*found.sees} & {*found.unseen}
        assert found.timed <= found.lines


def test_a_question_to_a_module_goes_to_the_nearest_in_it_and_others_are_named() -> None:
    found = asked(WORKSHOP, "Dov", "Factory")

    assert found.routes[0].people == ("Dov", "Ana", "Pia")
    assert found.routes[0].only_over == "Ana"
    assert len(found.routes) == 5
    assert len({route.end for route in found.routes}) == 5
    assert found.separate == (("Dov", "Ana", "Pia"),)


def test_a_route_known_from_the_specification() -> None:
    found = asked(TEST_ORGANIZATION, "x1", "z1")  # findings.md 6

    assert found.routes[0].people == ("x1", "X0", "A", "Z0", "z1")


def test_whoever_can_ask_nobody_but_is_told_hears_of_it() -> None:
    found = asked(TEST_ORGANIZATION, "x2", "X0")  # findings.md 6: x2 can ask nobody

    assert found.routes == ()
    assert found.told_back


def test_whoever_knows_it_need_not_ask() -> None:
    document = node(org("a <> b"), "a", knows=("Law",))

    found = asked(document, "a", topic="law")

    assert found.here
    assert (found.ends, found.routes) == ((), ())


def test_a_topic_that_nobody_knows_has_no_ends() -> None:
    assert asked(WORKSHOP, "Dov", topic="Origami").ends == ()


def test_waiting_prefers_quick_lines_to_few_steps() -> None:
    document = org("a <> b, b <> c, a <> c")
    often = {"l1": 100.0, "l2": 100.0, "l3": 0.1}
    links = {key: replace(link, per_week=often[key]) for key, link in document.links.items()}
    document = replace(document, links=links)

    quick, short = asked(document, "a", "c", waiting=True), asked(document, "a", "c")

    assert quick.routes[0].people == ("a", "b", "c")
    assert short.routes[0].people == ("a", "c")
    assert quick.routes[0].minutes is not None
    assert quick.routes[0].minutes < DAY
