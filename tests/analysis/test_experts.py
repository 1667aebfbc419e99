"""expert-interrupted: questions that come to the most senior of those who know first."""

from __future__ import annotations

import pytest

from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document, problems
from tests.analysis.test_answers import asking
from tests.words import org

LINES = "ann <> a, ann <> b, ann <> c, ann <> d, ann <> jo, jo <> d, a <> b, b <> c"
LEVELS = {"ann": 1, "jo": 3, "a": 4, "b": 4, "c": 4, "d": 4}
KNOWS = {"ann": "tax", "jo": "tax"}


def found(document: Document) -> list[Finding]:
    return list(run(document, measures=False, only=["expert-interrupted"]).judged)


def noted(document: Document) -> list[str]:
    return [str(f.because) for f in run(document, measures=False, only=["expert-interrupted"]).not_judged]


def organization(seekers: str = "a b c") -> Document:
    document = org(LINES, levels=LEVELS)
    return asking(document, knows=KNOWS, seeks=dict.fromkeys(seekers.split(), "tax"))


def test_three_who_reach_the_most_senior_first_are_a_finding_about_the_most_senior() -> None:
    (finding,) = found(organization())

    assert (finding.people, finding.weight) == (("ann",), Weight.LOOK)
    assert str(finding.claim) == "Questions about tax from 3 people come to ann first."
    assert str(finding.because) == (
        "ann is the most senior of those who know, and nearer than jo by one go-between. "
        "The questions come from a, b and c."
    )
    assert str(finding.question) == "Which of these questions need ann, and which could jo take first?"
    assert finding.evidence["askers"] == ("a", "b", "c")
    assert finding.evidence["could_answer_too"] == ("jo",)
    assert finding.severity == pytest.approx(3 / 5)


def test_two_askers_are_none() -> None:
    assert found(organization("a b")) == []


def test_who_can_ask_somebody_less_senior_as_soon_does_not_count() -> None:
    assert found(organization("a b d")) == []


def test_a_less_senior_one_two_steps_farther_is_no_choice() -> None:
    far = org(LINES.replace("ann <> jo, ", "").replace("jo <> d", "jo <> e, e <> d"), levels=LEVELS)

    assert found(asking(far, knows=KNOWS, seeks=dict.fromkeys("abc", "tax"))) == []


def test_who_is_as_senior_may_ask() -> None:
    document = org(LINES, levels={**LEVELS, "a": 1})

    assert found(asking(document, knows=KNOWS, seeks=dict.fromkeys("abc", "tax"))) == []


def test_one_expert_for_several_topics_is_one_finding() -> None:
    document = org(LINES, levels=LEVELS)
    both = {"ann": "tax, law", "jo": "tax, law"}

    (finding,) = found(asking(document, knows=both, seeks=dict.fromkeys("abc", "tax, law")))

    assert str(finding.claim) == "Questions about law and tax from 3 people come to ann first."


def test_without_levels_nobody_is_more_senior() -> None:
    document = asking(org(LINES), knows=KNOWS, seeks=dict.fromkeys("abc", "tax"))

    assert noted(document) == ["The map does not say who of those who know is more senior."]


def test_where_nobody_seeks_there_is_nothing_to_judge() -> None:
    assert noted(org(LINES, levels=LEVELS)) == [
        "The map does not say who looks for an answer, or who is new."
    ]
    assert noted(asking(org(LINES), new="a")) == ["The map does not say who looks for an answer."]


def test_every_advice_spares_the_most_senior_as_many_as_it_says() -> None:
    document = organization("a b c")
    (finding,) = found(document)

    assert str(finding.advice[0].text) == "Let jo and a talk: 1 person can ask jo just as soon."
    for advice in finding.advice:
        after = document.apply(advice.change)
        assert problems(after) == []
        assert found(after) == []


def test_a_line_to_somebody_between_helps_several_at_once() -> None:
    lines = "ann <> hub, hub <> a, hub <> b, hub <> c, hub <> x, x <> jo"
    levels = {"ann": 1, "jo": 3, "a": 4, "b": 4, "c": 4}
    document = asking(org(lines, levels=levels), knows=KNOWS, seeks=dict.fromkeys("abc", "tax"))

    (finding,) = found(document)

    assert str(finding.advice[0].text) == "Let jo and hub talk: 3 people can ask jo just as soon."
    assert finding.advice[0].gain == 3
    assert found(document.apply(finding.advice[0].change)) == []
