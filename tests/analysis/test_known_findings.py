"""The findings of maps whose answers were worked out beforehand: docs/findings.md, "Known answers"."""

from __future__ import annotations

import re

import pytest

from orgmap.analysis.findings import AT_FIRST, Finding, Report, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def of(report: Report, code: str) -> list[Finding]:
    return [f for f in report.judged if f.code == code]


def test_the_news_desk_of_the_test_organization_is_the_one_that_cannot_be_answered() -> None:
    report = run(TEST_ORGANIZATION)

    (news,) = of(report, "broadcast-only")

    # docs/findings.md, the test organization: N (B0), severity 4/8
    assert news.people == ("N",)
    assert news.modules == ()
    assert news.evidence["kind"] == "B0"
    assert news.evidence["audience"] == ("x1", "x2", "y1", "z1")
    assert news.severity == pytest.approx(4 / 8)
    assert news.weight is Weight.ACT


def test_the_head_of_the_test_organization_holds_28_of_56_pairs() -> None:
    report = run(TEST_ORGANIZATION)

    (head,) = of(report, "bottleneck")

    # docs/findings.md, the test organization: dep (of 56) A 28, all lost; X0 16, Y0 and Z0 11
    assert head.people == ("A",)
    assert head.severity == pytest.approx(28 / 56)
    assert head.evidence["without"] == {
        "A": {
            "dependence": pytest.approx(28 / 56),
            "pairs": 28,
            "lost": 28,
            "lengthened": 0,
            "of": 56,
            "cut_off": ("Y0", "Z0", "y1", "z1"),
            "betweenness": pytest.approx(28 / 56),
        }
    }
    assert "about half of the ways between colleagues (28 of 56)" in str(head.because)


def test_the_one_open_line_not_told_of_the_news_desk_is_told_and_closed_by_the_right_link() -> None:
    report = run(TEST_ORGANIZATION)

    (back,) = of(report, "no-way-back")

    # docs/findings.md, the test organization: open links 5, closed 12; links to close 1 (x2 to N)
    assert back.links == ("l7",)
    assert back.evidence["open_lines"] == 5
    assert back.evidence["lines"] == 17
    assert back.evidence["links_to_close"] == 1
    assert back.severity == pytest.approx(1 / 8)
    (added,) = back.advice[0].change.links.values()
    assert added[1] is not None
    assert (added[1].source, added[1].target, added[1].two_way) == ("x2", "N", False)


def test_nobody_in_the_test_organization_only_listens_or_is_isolated() -> None:
    # docs/findings.md, the test organization: nobody hears from three and is silent
    report = run(TEST_ORGANIZATION)

    assert {f.code for f in report.judged} == {
        "apex-dependence",
        "bottleneck",
        "broadcast-only",
        "disconnected-middle",
        "no-way-back",
    }


def test_the_feedback_example_has_two_open_lines_and_one_link_closes_both() -> None:
    report = run(FEEDBACK_EXAMPLE)

    first, second = of(report, "no-way-back")

    # docs/findings.md, the feedback example: returns inf, 2, 1, inf, 2, 1, 2; links to close 1
    assert {first.links, second.links} == {("l1",), ("l4",)}
    after = run(FEEDBACK_EXAMPLE.apply(first.advice[0].change))
    assert of(after, "no-way-back") == []
    assert after.map["links_to_close"] == 0


def test_goran_of_the_workshop_map_reaches_six_who_cannot_answer() -> None:
    report = run(WORKSHOP)

    (goran,) = of(report, "broadcast-only")

    # docs/findings.md, the workshop map: B1, each way back 3 steps over Farah
    six = ("Dov", "Lars", "Quentin", "Rosa", "Sven", "Tove")
    assert goran.people == ("Goran",)
    assert goran.evidence["kind"] == "B1"
    assert goran.evidence["audience"] == six
    assert goran.evidence["no_way_back_within_two_steps"] == six
    assert goran.evidence["steps_back"] == dict.fromkeys(six, 3)
    assert goran.evidence["way_back_over"] == ("Farah",)
    assert goran.weight is Weight.ACT
    assert str(goran.claim) == "6 people hear from Goran, but their answers need at least 2 go-betweens."
    assert "Each of the shortest ways back passes Farah." in str(goran.because)


def test_four_modules_of_the_workshop_map_hang_on_their_leads_in_one_finding() -> None:
    report = run(WORKSHOP)

    (leads,) = of(report, "bottleneck")

    # docs/findings.md, the workshop map: dep of 342
    assert leads.people == ("Ana", "Farah", "Kim", "Pia")
    assert set(leads.modules) == {"Sales", "Product", "Support", "Factory"}
    assert leads.weight is Weight.LOOK
    without = leads.evidence["without"]
    assert isinstance(without, dict)
    found = {v: (fact["pairs"], fact["lost"], fact["of"]) for v, fact in without.items()}
    assert found == {
        "Ana": (83, 36, 342),
        "Kim": (74, 36, 342),
        "Pia": (73, 36, 342),
        "Farah": (72, 0, 342),
    }
    assert "about 1 in 4 of the ways between colleagues (83 of 342)" in str(leads.because)


def test_the_threads_of_the_workshop_map_are_told_by_who_holds_them() -> None:
    report = run(WORKSHOP)

    found = {str(f.claim): (f.people, f.evidence["lines"]) for f in of(report, "single-thread")}

    # docs/findings.md, the workshop map: Product-Sales, Factory-Sales, Factory-Product one line each,
    # Support-Factory none. By the definition Sales-Support is one too: both its lines end in Kim.
    assert found == {
        "Factory stays in touch with Product and Sales only through Pia.": (
            ("Pia",),
            ("Farah - Pia", "Ana - Pia"),
        ),
        "Product and Sales talk both ways only through Farah (Product) and Ana (Sales).": (
            (),
            ("Ana - Farah",),
        ),
        "Sales stays in touch with Support only through Kim.": (("Kim",), ("Ana - Kim", "Ben - Kim")),
    }


def test_the_slow_lines_of_the_workshop_map_are_one_note_besides_goran() -> None:
    report = run(WORKSHOP)

    (slow,) = of(report, "slow-way-back")

    # docs/findings.md, the workshop map: slow lines 11, all of 3 steps: Goran 6, one each of five
    assert slow.evidence["slow_lines_of_map"] == 11
    assert slow.people == ("Cleo", "Ivo", "Nils", "Olga", "Tove")
    assert len(slow.links) == 5
    assert slow.weight is Weight.NOTE


def test_the_workshop_map_shows_four_to_six_findings_and_all_of_its_talk_is_judged() -> None:
    report = run(WORKSHOP)

    # docs/findings.md, the workshop map; strongly connected, so nothing is open
    assert 4 <= len(report.judged) <= 6 <= AT_FIRST
    assert {f.code for f in report.not_judged}.isdisjoint(OF_TALK)
    assert of(report, "no-way-back") == []
    assert report.judged[0].code == "broadcast-only"


OF_TALK = {"bottleneck", "sole-contact", "single-thread", "broadcast-only", "only-listens"}
OF_TALK |= {"no-way-back", "slow-way-back", "isolated"}
"""Kinds that need nothing but lines of talk; others say what nobody has drawn yet."""

HEALTHY = org(
    """ada <> ben, ben <> cy, cy <> ada, dov <> eve, eve <> fay, fay <> dov,
       ada <> dov, ben <> eve, cy <> fay, ada <> eve""",
    modules={"Left": "ada ben cy", "Right": "dov eve fay"},
)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(HEALTHY, id="two teams with four lines"),
        pytest.param(
            org("a <> b, b <> c, c <> d, d <> e, e <> f, f <> a, a <> c, b <> d, c <> e"), id="mesh"
        ),
        pytest.param(org("a <> b, b <> c, c <> d, d <> e, e <> a"), id="ring of five"),
    ],
)
def test_a_healthy_map_has_no_findings(document: Document) -> None:
    report = run(document)

    assert report.judged == ()
    assert {f.code for f in report.not_judged}.isdisjoint(OF_TALK)


def test_below_eight_people_sentences_give_counts_and_no_shares() -> None:
    report = run(FEEDBACK_EXAMPLE)

    words = " ".join(str(f.because) for f in report.judged)

    assert report.judged
    assert not re.search(r"\d+ of \d+", words)
