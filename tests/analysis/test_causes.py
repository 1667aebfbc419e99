"""What has one cause is told as one finding, and nothing is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.defects import PLANTERS
from checks.healthy import healthy
from checks.planted import KINDS
from orgmap.analysis.causes import by_cause
from orgmap.analysis.findings import Finding, Report, Weight
from orgmap.analysis.registry import run
from orgmap.assets import asset
from orgmap.files.native import load
from orgmap.i18n import verbatim
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from tests.words import TEST_ORGANIZATION
from tests.workshop import WORKSHOP


def finding(code: str, *people: str, weight: Weight = Weight.LOOK) -> Finding:
    said = verbatim(code)
    named = tuple(map(NodeId, people))
    return Finding(
        code=code, weight=weight, severity=0.2, claim=said, because=said, question=said, people=named
    )


def led(report: Report) -> dict[str, str]:
    return {f.code: f.told_with[0] for f in report.judged if f.told_with is not None}


def test_somebody_over_whom_too_much_goes_is_told_once() -> None:
    thread, gate, hours = (finding(c, "ann") for c in ("single-thread", "bottleneck", "overload"))

    first, *others = by_cause(Document(), [thread, gate, hours])

    assert first.told_with is None
    assert first.also == (gate.claim, hours.claim)
    assert [f.told_with for f in others] == [thread.subject, thread.subject]


def test_two_people_of_whom_one_is_told_already_are_told_again() -> None:
    found = by_cause(Document(), [finding("single-thread", "ann"), finding("bottleneck", "ann", "ben")])

    assert [f.told_with for f in found] == [None, None]


def test_one_kind_of_finding_is_never_told_with_itself() -> None:
    found = by_cause(Document(), [finding("bottleneck", "ann", "ben"), finding("bottleneck", "ann")])

    assert [f.told_with for f in found] == [None, None]


def test_a_note_that_says_what_is_missing_leads_nothing_and_is_not_led() -> None:
    missing = replace(finding("overload"), judged=False)

    assert by_cause(Document(), [finding("bottleneck", "ann"), missing])[1] == missing


def test_nothing_is_dropped_nor_moved_and_what_leads_is_not_led() -> None:
    for document in (TEST_ORGANIZATION, WORKSHOP, load(sorted(asset("samples").glob("*.orgmap"))[2])):
        report = run(document, measures=False)
        leaders = {f.subject for f in report.leading}

        assert by_cause(document, report.findings) == report.findings
        assert all(f.told_with in leaders for f in report.judged if f.told_with is not None)
        assert sum(len(f.also) for f in report.leading) == len(report.judged) - len(report.leading)
        assert not any(f.also for f in report.judged if f.told_with is not None)


def test_the_top_of_the_test_organization_is_told_once() -> None:
    assert led(run(TEST_ORGANIZATION, measures=False)) == {"bottleneck": "apex-dependence"}


@pytest.mark.parametrize(
    ("planted", "told", "lead"),
    [
        ("no-answer-route", "no-way-back", "no-answer-route"),
        ("front-line-unheard", "no-way-back", "front-line-unheard"),
        ("disconnected-middle", "chart-and-talk", "disconnected-middle"),
        ("over-response", "single-thread", "over-response"),
        ("no-way-back", "no-way-back", "no-way-back"),
        ("front-line-unheard, no answer", "front-line-unheard", "no-way-back"),
        ("front-line-unheard, no answer", "out-of-sight", "no-way-back"),
        ("broadcast-only, a module", "out-of-sight", "broadcast-only"),
        ("no-answer-route, long", "bottleneck", "single-thread"),
    ],
)
def test_a_planted_defect_leads_what_comes_of_it(planted: str, told: str, lead: str) -> None:
    made = healthy(1)
    KINDS[planted][1](made)

    assert led(run(made.document, measures=False)).get(told) == lead


def test_whoever_lengthens_ways_and_holds_newcomers_is_told_as_both_and_shown_once() -> None:
    made = healthy(21)
    PLANTERS["sole-contact"](made)

    report = run(made.document, measures=False, only=("bottleneck", "sole-contact"))

    assert {f.code for f in report.judged} == {"bottleneck", "sole-contact"}
    assert len(report.leading) == 1
