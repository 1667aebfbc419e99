"""What the tab "Ask" says: the sentences, held against maps whose numbers are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from orgmap.analysis.answers import Absence, Aftermath, Fitting, Journey
from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import Away, AwayFindings, Fit, RouteTo, answer
from orgmap.model.document import Document
from orgmap.model.entities import NodeId, NodeKind
from orgmap.ui.panels.ask_asking import Asking, Kind, all_topics, following, standing
from orgmap.ui.panels.ask_away_words import after_section, away_sections
from orgmap.ui.panels.ask_fit_words import fit_sections
from orgmap.ui.panels.ask_route_words import lit_on, route_sections
from orgmap.ui.panels.ask_section import Section, as_text
from orgmap.ui.panels.ask_times import hours_said, span
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

LINE = org("a <> b <> c <> d <> e", modules={"M": "a b", "N": "c d e"})


def told(document: Document, **fields: dict[str, Any]) -> Document:
    """The same map with some fields of nodes filled in."""
    nodes = dict(document.nodes)
    for name, said in fields.items():
        nodes[NodeId(name)] = replace(nodes[NodeId(name)], **said)
    return replace(document, nodes=nodes)


def away(document: Document, *ids: str) -> tuple[Section, ...]:
    found = answer(Away(frozenset(ids)), Maps(document))
    assert isinstance(found, Absence)
    return away_sections(document, ids, found)


def fits(document: Document, person: str) -> dict[str, Section]:
    found = answer(Fit(NodeId(person)), Maps(document))
    assert isinstance(found, Fitting)
    return {part.key: part for part in fit_sections(document, found)}


def way(
    document: Document, start: str, goal: str = "", topic: str = "", *, waiting: bool = False
) -> dict[str, Section]:
    question = RouteTo(NodeId(start), NodeId(goal) if goal else None, topic, waiting)
    found = answer(question, Maps(document))
    assert isinstance(found, Journey)
    return {part.key: part for part in route_sections(document, question, found)}


def rows(part: Section) -> list[tuple[str, str]]:
    return [(row.words, row.aside) for row in part.items]


def test_without_pia_the_factory_loses_its_lines_and_36_pairs_lose_contact() -> None:
    claim, modules, cut, *_ = away(WORKSHOP, "Pia")

    assert claim.lines == (
        "Without Pia, Factory loses its last two-way line to Product and Sales.",
        "36 ways between colleagues are lost and 37 get longer.",
    )
    assert [row.words for row in modules.items] == ["Factory and Product", "Factory and Sales"]
    assert {row.words for row in cut.items} == {"Sven", "Tove", "Quentin", "Rosa"}


def test_where_nobody_notices_it_says_so() -> None:
    claim, *_ = away(WORKSHOP, "Dov")

    assert claim.lines == ("Without Dov, no way between colleagues is lost or gets longer.",)


def test_without_the_top_of_the_test_organization_28_pairs_lose_contact() -> None:
    claim, *_ = away(TEST_ORGANIZATION, "A")

    assert claim.lines == ("Without A, 28 ways between colleagues are lost.",)


def test_one_pair_is_one_pair() -> None:
    claim, *_ = away(org("a > b > c"), "b")
    ring = away(org("a <> b <> c <> e, e > d > a"), "d")[0]

    assert claim.lines == ("Without b, 1 way between colleagues is lost.",)
    assert ring.lines == ("Without d, 1 way between colleagues gets longer.",)


def test_a_line_that_is_away_is_called_by_its_ends() -> None:
    claim, *_ = away(LINE, "l2")

    assert claim.lines == (
        "Without the line b ↔ c, M loses its last two-way line to N.",
        "12 ways between colleagues are lost.",
    )


def test_a_module_is_away_with_all_its_people() -> None:
    claim, *_ = away(WORKSHOP, "Factory")

    assert claim.lines[0].startswith("Without Factory, ")


def test_hours_and_seekers_who_lose_their_way_are_told() -> None:
    links = {
        key: replace(link, per_week=2.0, minutes=90.0) if key == "l2" else link
        for key, link in LINE.links.items()
    }
    document = told(replace(LINE, links=links), a={"seeks": ("tax",)}, e={"knows": ("tax",)})

    parts = {part.key: part for part in away(document, "c")}

    assert parts["topics"].lines == ("a loses the way to an answer about tax.",)
    assert parts["hours"].lines == (
        "3 hours a week of talk fall free.",
        "1 line does not say how much time it takes.",
    )
    assert rows(parts["hours"]) == [("b", "3 hours")]


def test_findings_that_come_and_go_are_told_by_their_claims() -> None:
    found = answer(AwayFindings(frozenset({"Pia"})), Maps(WORKSHOP))
    assert isinstance(found, Aftermath)

    lines = after_section(found).lines

    assert lines[0] == "More would be found:"
    assert all(line.startswith("– ") for line in lines[1:])
    assert len(lines) == 1 + len(found.new)
    assert after_section(Aftermath((), ())).lines == ("The findings on the others stay as they are.",)


def test_the_way_from_x1_to_z1_is_asked_of_x0_first() -> None:
    parts = way(TEST_ORGANIZATION, "x1", "z1")

    assert parts["claim"].lines == (
        "Ask X0 first: it takes 4 steps to z1.",
        "3 people hand it on: X0, A and Z0.",
        "The answer comes back the same way.",
        "No line says how often people talk, so no time can be told.",
        "Every way there passes X0.",
    )
    assert [row.words for row in parts["there"].items] == ["X0", "A", "Z0", "z1"]
    assert "back" not in parts


def test_x2_can_ask_nobody() -> None:
    parts = way(TEST_ORGANIZATION, "x2", "A")

    assert parts["claim"].lines == ("No way leads from x2 to A.", "Word from there reaches x2 all the same.")


def test_an_answer_on_another_way_is_told_step_by_step() -> None:
    parts = way(org("a > b > c > d > a"), "a", "c")

    assert "The answer comes back in 2 steps." in parts["claim"].lines
    assert [row.words for row in parts["back"].items] == ["d", "a"]


def test_a_question_without_an_answer_says_so() -> None:
    assert "No answer comes back." in way(org("a > b > c"), "a", "c")["claim"].lines


def test_waiting_is_told_in_days_and_what_nobody_said_is_named() -> None:
    links = {key: replace(link, per_week=1.0) if key == "l1" else link for key, link in LINE.links.items()}

    lines = way(replace(LINE, links=links), "a", "c", waiting=True)["claim"].lines

    assert "Waits add up to 7 days there and 7 days back." in lines
    assert "For 1 line nobody said how often; it counts as 1 contact a week." in lines


def test_a_topic_is_asked_of_the_nearest_and_the_others_are_listed() -> None:
    document = told(LINE, c={"knows": ("tax",)}, e={"knows": ("Tax",)})

    parts = way(document, "a", topic="tax")

    assert parts["claim"].lines[0] == "Ask b first: it takes 2 steps to c."
    assert rows(parts["others"]) == [("e", "4 steps")]
    assert way(document, "c", topic="tax")["claim"].lines[0] == "c knows it already."
    assert way(document, "a", topic="law")["claim"].lines == ("Nobody on the map is drawn as knowing it.",)


def test_separate_ways_are_counted_and_listed() -> None:
    parts = way(org("a <> b <> d, a <> c <> d"), "a", "d")

    assert "There are 2 ways that share nobody in between." in parts["claim"].lines
    assert [row.words for row in parts["ways"].items] == ["a, b and d", "a, c and d"]


def test_a_jump_over_a_level_is_named() -> None:
    document = org("a <> b <> c", levels={"a": 3, "b": 1, "c": 2})

    assert "From a to b it skips a level." in way(document, "a", "c")["claim"].lines


def test_only_what_lies_on_the_way_is_lit() -> None:
    found = answer(RouteTo(NodeId("a"), NodeId("c")), Maps(LINE))
    assert isinstance(found, Journey)

    light = lit_on(found)

    assert light.lit_nodes == {"a", "b", "c"}
    assert light.lit_links == {"l1", "l2"}
    assert light.subjects == {"a", "c"}


def test_where_x1_fits_is_told_from_the_top_down() -> None:
    parts = fits(TEST_ORGANIZATION, "x1")

    assert rows(parts["place"]) == [("X", "module"), ("X0", "boss")]
    assert parts["purpose"].lines == (
        "What level 1 says arrives in 2 steps.",
        "Word from here reaches them in 2 steps.",
    )
    assert parts["talk"].lines == (
        "Hears from 2 people, is heard by 1.",
        "Two steps away: hears from 1 more, is heard by 2 more.",
    )
    assert [row.spoken for row in parts["talk"].items] == ["talks both ways with X0", "hears from N"]
    assert parts["sight"].lines == ("Word comes from 2 of 4 other modules within 2 steps.",)
    assert parts["away"].lines == ("Without x1, 1 way between colleagues gets longer.",)


def test_many_who_report_are_one_row_that_selects_them_all() -> None:
    chart = ", ".join(f"boss ^ {name}, boss <> {name}" for name in "abcdef")

    (row,) = fits(org(chart), "boss")["place"].items

    assert (row.words, row.ids) == ("6 people report here", frozenset("abcdef"))


def test_who_alone_hands_it_on_is_named_once() -> None:
    lines = way(LINE, "a", "c")["claim"].lines

    assert lines[0] == "Ask b first: it takes 2 steps to c."
    assert [line for line in lines if "hand" in line] == []


def test_an_outside_party_that_loses_its_last_line_is_told() -> None:
    document = told(org("a <> b <> c, customer > c"), customer={"kind": NodeKind.OUTSIDE})

    parts = {part.key: part for part in away(document, "c")}

    assert parts["outside"].lines == ("1 outside party or source loses its last line.",)
    assert rows(parts["outside"]) == [("customer", "")]


def test_topics_hours_and_work_of_a_person_are_told() -> None:
    links = {
        key: replace(link, per_week=4.0, minutes=60.0) if key == "l1" else link
        for key, link in LINE.links.items()
    }
    document = replace(LINE, links=links)
    document = told(
        document, a={"seeks": ("tax", "art"), "knows": ("law",), "hours": 3.0}, e={"knows": ("tax",)}
    )

    parts = fits(document, "a")

    assert rows(parts["topics"]) == [
        ("tax", "ask b, 4 steps"),
        ("art", "nobody knows it"),
        ("law", "known here"),
    ]
    assert parts["hours"].lines == (
        "Talk takes 4 hours a week, more than the 3 hours a week that were said.",
    )
    needs = fits(org("a <> b <> c <> d, a needs c"), "a")
    assert rows(needs["work"]) == [("c", "work is needed")]
    assert rows(fits(org("a <> b <> c <> d, a needs c"), "c")["work"]) == [("a", "needs this work")]


def test_while_names_are_hidden_topics_are_not_told() -> None:
    document = told(LINE, a={"seeks": ("tax",)}, e={"knows": ("tax",)})
    found = answer(Fit(NodeId("a")), Maps(document))
    gone = answer(Away(frozenset("e")), Maps(document))
    assert isinstance(found, Fitting)
    assert isinstance(gone, Absence)

    parts = (*fit_sections(document, found, hidden=True), *away_sections(document, "e", gone, hidden=True))

    assert "tax" not in as_text("", parts)
    assert "a topic" in as_text("", parts)


@pytest.mark.parametrize("document", [WORKSHOP, TEST_ORGANIZATION, LINE], ids=["workshop", "nine", "line"])
def test_every_sentence_has_at_most_25_words_and_no_gap(document: Document) -> None:
    lines: list[str] = []
    for key in (*document.nodes, *document.modules, *document.links):
        lines += [line for part in away(document, key) for line in part.lines]
    for person in document.nodes:
        lines += [line for part in fits(document, person).values() for line in part.lines]
        for other in document.nodes:
            if other != person:
                lines += [line for part in way(document, person, other).values() for line in part.lines]

    assert [line for line in lines if len(line.split()) > 25 or re.search(r"[{}]", line)] == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "no wait"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (2_880, "2 days"),
        (10_080, "7 days"),
    ],
)
def test_waits_are_told_as_coarsely_as_they_are_long(minutes: int, words: str) -> None:
    assert str(span(minutes)) == words


def test_an_hour_is_one_and_less_is_told_in_minutes() -> None:
    assert [str(hours_said(h)) for h in (0.25, 1.0, 1.54)] == [
        "15 minutes a week", "1 hour a week", "1.5 hours a week",
    ]  # fmt: skip


def test_text_to_copy_has_the_question_the_sentences_and_the_rows() -> None:
    copied = as_text("Where does x1 fit?", list(fits(TEST_ORGANIZATION, "x1").values()))

    assert copied.startswith("Where does x1 fit?\n\nPlace\n- X: module\n- X0: boss\n\nPurpose\n")
    assert copied.endswith("If away\nWithout x1, 1 way between colleagues gets longer.\n")


def _followed(
    asking: Asking, ids: Sequence[str], before: Sequence[str] = (), kept: Sequence[str] = ()
) -> Asking:
    return following(asking, LINE, ids, before, kept)


def test_one_person_is_asked_about_two_for_the_way_and_all_else_for_absence() -> None:
    start = Asking()

    assert _followed(start, ["a"]).question == Fit(NodeId("a"))
    assert _followed(start, ["a", "c"], ["a"]).question == RouteTo(NodeId("a"), NodeId("c"))
    assert _followed(start, ["a", "c"], ["c"]).question == RouteTo(NodeId("c"), NodeId("a"))
    assert _followed(start, ["l1"]).question == Away(frozenset({"l1"}))
    assert _followed(start, ["M"]).question == Away(frozenset({"M"}))
    assert _followed(start, ["a", "b", "c"]).question == Away(frozenset("abc"))


def test_a_question_about_absence_stays_one() -> None:
    asking = Asking(Kind.AWAY, away=frozenset("a"))

    assert _followed(asking, ["b"]).question == Away(frozenset("b"))
    assert _followed(asking, []) == asking


def test_looking_at_somebody_on_the_way_asks_nothing_new() -> None:
    asking = Asking(Kind.ROUTE, NodeId("a"), NodeId("c"))

    assert _followed(asking, ["b"], kept=["b", "l1"]) == asking
    assert _followed(asking, ["d"], kept=["b", "l1"]).question == Fit(NodeId("d"))


def test_what_is_gone_is_not_asked_about() -> None:
    asking = Asking(Kind.ROUTE, NodeId("zoe"), NodeId("c"), away=frozenset({"a", "zoe", "l9"}))

    left = standing(asking, LINE)

    assert left == Asking(Kind.ROUTE, None, NodeId("c"), away=frozenset("a"))
    assert left.question is None


def test_topics_are_listed_once_whatever_their_letters() -> None:
    document = told(LINE, a={"knows": ("Tax", "law")}, b={"seeks": ("tax",)})

    assert all_topics(document) == ["law", "Tax"]


def test_a_way_is_turned_round_between_people_only() -> None:
    asking = Asking(Kind.ROUTE, NodeId("a"), NodeId("c"))

    assert asking.turned().question == RouteTo(NodeId("c"), NodeId("a"))
    assert replace(asking, goal=None, topic="tax").turned().topic == "tax"
