"""no-answer-route: who seeks a topic, or is new, and gets no answer, or only with difficulty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document, problems
from orgmap.model.entities import NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org

CHAIN = "a <> b <> c <> d <> e <> f"
RING = "a <> b <> c <> d <> e <> f <> g <> h <> a"


def asking(
    document: Document,
    *,
    knows: Mapping[str, str] | None = None,
    seeks: Mapping[str, str] | None = None,
    new: str = "",
) -> Document:
    """Who knows and seeks which topics (words apart by comma), and who is new."""
    nodes = dict(document.nodes)
    fields: list[tuple[str, dict[str, Any]]] = [(v, {"newcomer": True}) for v in new.split()]
    fields += [(v, {"knows": tuple(t.split(", "))}) for v, t in (knows or {}).items()]
    fields += [(v, {"seeks": tuple(t.split(", "))}) for v, t in (seeks or {}).items()]
    for name, said in fields:
        nodes[NodeId(name)] = replace(nodes[NodeId(name)], **said)
    return replace(document, nodes=nodes)


def found(document: Document) -> list[Finding]:
    return list(run(document, measures=False, only=["no-answer-route"]).judged)


def noted(document: Document) -> list[str]:
    return [str(f.because) for f in run(document, measures=False, only=["no-answer-route"]).not_judged]


def test_in_the_test_organization_x2_can_ask_nobody() -> None:
    document = asking(TEST_ORGANIZATION, knows={"z1": "tax"}, seeks={"x2": "tax"})

    (finding,) = found(document)

    assert finding.people == ("x2",)
    assert finding.weight is Weight.ACT
    assert str(finding.claim) == "x2 has no way to an answer about tax."
    assert str(finding.because) == "z1 could answer, but on this map no way leads there and back."
    assert finding.evidence == {"asks_about": {"x2": ("tax",)}, "who_knows": ("z1",)}


def test_x1_asks_z1_in_four_steps_which_is_just_near_enough() -> None:
    document = asking(TEST_ORGANIZATION, knows={"z1": "tax"}, seeks={"x1": "tax"})

    assert found(document) == []  # A is on every way, and told as a bottleneck


def test_a_question_that_arrives_and_is_not_answered_has_no_way() -> None:
    document = asking(org("a > b, b <> c, c <> d, d <> e, e <> b"), knows={"c": "tax"}, seeks={"a": "tax"})

    (finding,) = found(document)

    assert (finding.people, finding.weight) == (("a",), Weight.ACT)


def test_four_hand_offs_are_many_and_three_are_not() -> None:
    ring = org("a <> b <> c <> d <> e <> f <> g <> h <> i <> j <> a")

    far = found(asking(ring, knows={"f": "tax"}, seeks={"a": "tax"}))
    near = found(asking(ring, knows={"e": "tax"}, seeks={"a": "tax"}))

    assert near == []
    assert [(f.people, f.weight) for f in far] == [(("a",), Weight.LOOK)]
    assert str(far[0].claim) == "Questions of a about tax pass through many hands."
    assert str(far[0].because) == "It passes 4 people before it reaches somebody who can answer, such as f."


def test_the_cut_off_of_the_map_decides_what_is_many() -> None:
    ring = org(RING, thresholds={"no-answer-route.hand-offs": 1})

    (finding,) = found(asking(ring, knows={"e": "tax"}, seeks={"b": "tax"}))

    assert str(finding.because).startswith("It passes 2 people")


def test_one_person_on_every_way_is_looked_at_with_those_who_need_them() -> None:
    document = org(RING + ", x <> a, y <> a, x <> y")

    (finding,) = found(asking(document, knows={"b": "tax", "h": "law"}, seeks={"x": "tax, law", "y": "tax"}))

    assert (finding.people, finding.weight) == (("x", "y", "a"), Weight.LOOK)
    assert str(finding.claim) == "x and y reach an answer about law and tax only through a."
    assert str(finding.because) == "b and h could answer. Every way there leads through a."
    assert str(finding.question) == "Who passes a question on while a is away?"


def test_who_asks_directly_needs_nobody_between() -> None:
    document = asking(org("a <> b, b <> c <> d <> e, e <> b"), knows={"b": "tax"}, seeks={"a": "tax"})

    assert found(document) == []


def test_a_bottleneck_is_told_once_and_not_again_for_every_question() -> None:
    star = org("hub <> a, a <> b, hub <> c, c <> d, hub <> e, e <> f")
    document = asking(star, knows={"a": "tax"}, seeks={"d": "tax", "f": "tax"})

    assert run(document, measures=False, only=["bottleneck"]).judged
    assert found(document) == []


def test_nobody_on_the_map_is_drawn_as_knowing_it() -> None:
    document = asking(org(RING), knows={"a": "law"}, seeks={"b": "Tax", "c": "tax"})

    (finding,) = found(document)

    assert (finding.people, finding.weight) == (("b", "c"), Weight.ACT)
    assert str(finding.claim) == "The map shows nobody who knows about Tax."
    assert str(finding.because) == "2 people look for an answer: b and c."


def test_notes_that_all_can_look_up_are_an_answer() -> None:
    document = asking(org(RING), knows={"a": "law"}, seeks={"b": "tax", "c": "tax"})
    (advice,) = found(document)[0].advice

    after = document.apply(advice.change)

    assert problems(after) == []
    assert str(advice.text) == "Keep notes on tax where b and c can look: 2 people gain a way to an answer."
    assert [n.kind for n in after.nodes.values() if n.name == "tax"] == [NodeKind.SOURCE]
    assert found(after) == []


def test_where_nobody_is_drawn_as_knowing_anything_that_is_what_is_missing() -> None:
    document = asking(org(RING), seeks={"b": "tax", "c": "law"})

    assert found(document) == []
    assert noted(document) == ["The map does not say yet who knows what."]


def test_topics_and_letters_are_compared_without_case() -> None:
    assert found(asking(org(RING), knows={"a": "Taxes"}, seeks={"b": "taxes "})) == []


def test_one_topic_that_many_cannot_reach_is_one_finding() -> None:
    document = asking(
        org(RING + ", h > x, h > y, h > z"), knows={"a": "tax"}, seeks={"x": "tax", "y": "tax", "z": "tax"}
    )

    (finding,) = found(document)

    assert finding.people == ("x", "y", "z")
    assert str(finding.claim) == "x, y and z have no way to an answer about tax."


def test_one_person_who_can_ask_nobody_is_one_finding_for_all_topics() -> None:
    document = asking(org(RING + ", h > x"), knows={"a": "tax", "b": "law"}, seeks={"x": "tax, law, art"})

    (finding,) = found(document)

    assert str(finding.claim) == "x has no way to an answer about art, law and tax."
    assert "The map shows nobody who knows about art." in str(finding.because)


def test_many_causes_are_told_one_by_one_up_to_three_and_then_together() -> None:
    words = ["ale", "bee", "cat", "dog", "elk", "fox"]
    document = asking(org(RING), knows={"a": "law"}, seeks=dict(zip("bcdefg", words, strict=True)))

    report = found(document)

    assert [f.people for f in report] == [("e", "f", "g"), ("b",), ("c",), ("d",)]
    assert len({f.key for f in report}) == len(report)


def test_somebody_told_to_be_apart_is_not_told_again() -> None:
    document = asking(org(RING, people="lone"), knows={"a": "tax"}, seeks={"lone": "tax"})

    assert [f.people for f in run(document, measures=False, only=["isolated"]).judged] == [("lone",)]
    assert found(document) == []


def test_a_person_drawn_a_moment_ago_is_left_in_peace() -> None:
    document = asking(org(RING + ", h > x"), knows={"a": "tax"}, seeks={"x": "tax"})

    report = run(document, measures=False, only=["no-answer-route"], recent=[NodeId("x")])

    assert report.judged == ()


def test_a_newcomer_who_seeks_nothing_in_particular_needs_somebody_with_experience() -> None:
    document = asking(org(RING + ", h > x", modules={"M": "x a b"}), new="x")

    (finding,) = found(document)

    assert (finding.people, finding.weight) == (("x",), Weight.ACT)
    assert str(finding.claim) == "x is new and has no way to anybody with experience."
    assert finding.evidence["who_knows"] == ("a", "b")


def test_a_newcomer_beside_a_colleague_of_experience_is_well() -> None:
    assert found(asking(org(RING + ", h <> x", modules={"M": "x h b"}), new="x")) == []


def test_a_newcomer_asks_in_the_module_first_those_who_know_something() -> None:
    document = org(RING + ", a <> x", modules={"M": "x a e", "N": "b c d"})

    assert found(asking(document, knows={"c": "law"}, new="x")) == []
    (finding,) = found(asking(document, knows={"e": "law"}, new="x"))
    assert finding.evidence["steps_to_an_answer"] == {"x": 5}


def test_a_newcomer_among_newcomers_only_looks_further_round() -> None:
    document = org(RING + ", x <> y, x <> a, y <> a", modules={"M": "x y", "N": "a b c d e f g h"})

    assert found(asking(document, new="x y")) == []


def test_nobody_seeks_and_nobody_is_new_so_there_is_nothing_to_judge() -> None:
    assert noted(org(RING)) == ["The map does not say who looks for an answer, or who is new."]
    assert found(org(RING)) == []


@pytest.mark.parametrize(
    "lines", ["boss ^ a, boss ^ b, b ^ c", "boss > a, boss > b, b > c, boss ^ a, boss ^ b, b ^ c"]
)
def test_a_chart_and_a_chain_of_command_are_not_judged(lines: str) -> None:
    document = asking(org(lines), knows={"a": "tax"}, seeks={"c": "tax"})

    assert found(document) == []
    assert len(noted(document)) == 1


def test_who_did_not_answer_a_survey_may_well_hear_an_answer() -> None:
    document = asking(org(RING + ", x > a", asked=True), knows={"c": "tax"}, seeks={"x": "tax"})

    assert found(document) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [(NodeKind.SOURCE, "Let x look it up in wiki: "), (NodeKind.OUTSIDE, "Let x talk with wiki: ")],
)
def test_where_only_a_wiki_or_somebody_outside_knows_the_way_there_is_advised(
    kind: NodeKind, words: str
) -> None:
    drawn = asking(org(CHAIN + " <> wiki, f <> x"), knows={"wiki": "tax"}, seeks={"x": "tax"})
    wiki = replace(drawn.nodes[NodeId("wiki")], kind=kind)
    drawn = replace(drawn, nodes={**drawn.nodes, wiki.id: wiki})

    (finding,) = found(drawn)

    assert str(finding.advice[0].text).startswith(words)
    assert found(drawn.apply(finding.advice[0].change)) == []


def test_every_advice_helps_as_many_as_it_says() -> None:
    document = asking(
        org(RING + ", x <> y, x <> z, h > x, b <> i <> j <> c"),
        knows={"i": "tax"},
        seeks={"x": "tax", "y": "tax", "z": "tax"},
    )
    (finding,) = found(document)

    for advice in finding.advice:
        after = document.apply(advice.change)
        left = {v for f in found(after) if f.weight is Weight.ACT for v in f.people}
        assert len(finding.people) - len(left) == advice.gain, str(advice.text)


def test_the_first_advice_is_the_line_that_helps_most() -> None:
    document = asking(
        org(RING + ", x <> y, x <> z, h > x"), knows={"c": "tax"}, seeks={"x": "tax", "y": "tax", "z": "tax"}
    )

    (finding,) = found(document)

    assert [a.gain for a in finding.advice] == sorted((a.gain for a in finding.advice), reverse=True)
    assert str(finding.advice[0].text) == "Let x and c talk: 3 people gain a way to an answer."


def test_below_eight_people_and_above_the_words_are_the_same() -> None:
    few, many = org("a <> b <> c <> d <> a, d > x"), org(RING + ", h > x")

    claims = [str(found(asking(m, knows={"a": "tax"}, seeks={"x": "tax"}))[0].claim) for m in (few, many)]

    assert claims == ["x has no way to an answer about tax."] * 2
