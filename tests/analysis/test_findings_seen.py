"""What comes out of real organizations, where they are beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.analysis.findings import AT_FIRST
from orgmap.analysis.registry import CODES, run
from tests.files.test_datasets import CHARTS, chart, faculty, rust, workplace


@pytest.mark.parametrize("name", CHARTS)
def test_a_government_chart_says_what_is_missing_and_names_nobody(datasets: Path, name: str) -> None:
    report = run(chart(datasets, name).document, measures=False)

    assert report.judged == ()
    assert {f.code for f in report.not_judged} == set(CODES) - {"disputed-link"}
    assert {str(f.because) for f in report.not_judged} == {"Only reporting lines are drawn."}
    assert not any(f.people or f.lit_nodes for f in report.not_judged)


def test_a_dense_workplace_has_nothing_to_tell(datasets: Path) -> None:
    report = run(workplace(datasets).document, measures=False)

    assert report.judged == ()


def test_a_faculty_shows_few_findings_and_each_by_name(datasets: Path) -> None:
    report = run(faculty(datasets).document, measures=False)

    found = {f.code: (f.people or f.modules or f.links) for f in report.judged}
    assert len(report.judged) <= AT_FIRST
    assert found["broadcast-only"] == ("32",)
    assert found["bottleneck"] == ("62",)


def test_memberships_alone_show_who_links_teams_and_nothing_else(datasets: Path) -> None:
    report = run(rust(datasets).document, measures=False)

    assert {f.code for f in report.judged} == {"single-thread"}
    assert all("No line of talk is drawn" in str(f.because) for f in report.judged)
    assert {f.code for f in report.not_judged} == set(CODES) - {
        "single-thread",
        "disputed-link",
        "chart-and-talk",
    }
