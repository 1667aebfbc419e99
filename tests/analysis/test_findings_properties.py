"""What holds for the findings of every map, however odd."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.healthy import healthy
from checks.mended import numbers, trouble
from checks.planted import KINDS
from orgmap.analysis.findings import Finding
from orgmap.analysis.registry import CODES, run
from orgmap.i18n import Said
from orgmap.model.document import Document, problems
from tests.analysis.maps import documents, talking

Key = TypeVar("Key")
Value = TypeVar("Value")

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
JARGON = re.compile(
    r"\b(node|nodes|edge|edges|vertex|graph|degree|centrality|betweenness|component|components|"
    r"cut point|articulation|topology|he|she|his|her|him|hers|culprit|fault|blame)\b",
    re.IGNORECASE,
)


@MANY
@given(documents())
def test_any_map_is_analysed_the_same_whatever_the_order_it_was_drawn_in(document: Document) -> None:
    shuffled = _shuffled(document)

    first, second = run(document, measures=False), run(shuffled, measures=False)

    assert first.findings == second.findings


@pytest.mark.parametrize("name", KINDS)
def test_an_organization_with_a_defect_is_analysed_the_same_whatever_the_order_it_was_drawn_in(
    name: str,
) -> None:
    made = healthy(9, 40)
    KINDS[name][1](made)

    first, second = (run(d, measures=False) for d in (made.document, _shuffled(made.document)))

    assert first.findings == second.findings


@MANY
@given(documents())
def test_a_finding_is_whole_and_in_plain_words(document: Document) -> None:
    report = run(document, measures=False)

    for finding in report.findings:
        assert finding.code in CODES
        assert 0.0 <= finding.severity <= 1.0
        assert finding.firmness is None
        assert finding.source
        for said in (finding.claim, finding.because, finding.question, *(a.text for a in finding.advice)):
            _plain(said, document)
        assert all(math.isfinite(n) for n in numbers(dict(finding.evidence)))
        _known(finding, document)


@MANY
@given(documents())
def test_a_judged_finding_has_subjects_and_a_change_that_applies(document: Document) -> None:
    report = run(document, measures=False)

    for finding in report.judged:
        assert finding.people or finding.modules or finding.links
        for advice in finding.advice:
            after = document.apply(advice.change)
            assert problems(after) == []
            assert after != document


@MANY
@given(talking())
def test_applying_an_advice_mends_or_eases_what_it_was_given_for(document: Document) -> None:
    report = run(document, measures=False)

    for finding in report.judged:
        assert finding.advice, str(finding.claim)
        for advice in finding.advice:
            if finding.code == "apex-dependence" and not advice.gain:
                continue  # slack, or a place to look things up: it gives time and takes no pair off the top
            after = run(document.apply(advice.change), measures=False, only=[finding.code])

            assert trouble(after, finding) < trouble(report, finding), (finding.code, str(advice.text))


@MANY
@given(documents(most=3))
def test_fewer_than_four_people_have_no_findings(document: Document) -> None:
    report = run(document, measures=False)

    assert report.findings == ()


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from(CODES))
def test_asking_for_one_code_gives_what_all_give_of_it(document: Document, code: str) -> None:
    everything = run(document, measures=False)

    alone = run(document, measures=False, only=[code])

    assert _apart(alone.findings) == _apart(f for f in everything.findings if f.code == code)


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, whatever else is told with them."""
    return [replace(finding, told_with=None, also=()) for finding in findings]


def _shuffled(document: Document) -> Document:
    order = random.Random(7)

    def mixed(table: Mapping[Key, Value]) -> dict[Key, Value]:
        items = list(table.items())
        order.shuffle(items)
        return dict(items)

    return replace(
        document,
        nodes=mixed(dict(document.nodes)),
        links=mixed(dict(document.links)),
        modules=mixed(dict(document.modules)),
    )


def _plain(said: Said, document: Document) -> None:
    words = str(said)
    assert "{" not in words
    assert "  " not in words
    names = {n.name for n in document.nodes.values()} | {m.name for m in document.modules.values()}
    assert not JARGON.search(" ".join(w for w in words.split() if w.strip(".,:?") not in names))
    for sentence in re.split(r"(?<=[.?])\s", words):
        assert len(sentence.split()) <= 25, sentence


def _known(finding: Finding, document: Document) -> None:
    assert {*finding.people, *finding.lit_nodes} <= document.nodes.keys()
    assert {*finding.modules, *finding.lit_modules} <= document.modules.keys()
    assert {*finding.links, *finding.lit_links} <= document.links.keys()
