"""What comes out of the maps of docs/findings-seen.md: what it says is true of them now.

The real organizations are looked at where they are beside the checkout.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgmap.analysis.findings import AT_FIRST
from orgmap.analysis.registry import CODES, run
from orgmap.assets import asset
from orgmap.files.native import load
from orgmap.model.document import Document
from orgmap.model.query import counts
from tests.files.test_datasets import CHARTS, chart, faculty, rust, workplace
from tests.workshop import WORKSHOP

SEEN = (Path(__file__).parents[2] / "docs" / "findings-seen.md").read_text("utf-8")
ROW = re.compile(r"^\| ([a-z-]+), (act|look|note) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)


def written(start: str) -> list[tuple[str, str, str, str]]:
    """The rows of the table after the words `start`: code, class, names and what was judged."""
    after = SEEN.split(start)[1]
    table = re.split(r"\n\n(?!\|)", after[after.index("\n| finding") :])[0]
    return ROW.findall(table)


def told(document: Document) -> list[tuple[str, str]]:
    return sorted((f.code, f.weight.value) for f in run(document, measures=False).judged)


def sample(number: int) -> Document:
    return load(sorted(asset("samples").glob("*.orgmap"))[number])


MAPS = {
    "**Northlight": sample(0),
    "**Millbrook Foods**": sample(1),
    "**Alder Valley Hospital**": sample(2),
    "## The workshop map": WORKSHOP,
}


@pytest.mark.parametrize("start", MAPS)
def test_every_finding_of_a_map_that_ships_is_written_down_and_no_other(start: str) -> None:
    rows = written(start)

    assert sorted((code, weight) for code, weight, _, _ in rows) == told(MAPS[start])


@pytest.mark.parametrize("start", list(MAPS)[:3])
def test_the_size_of_a_sample_is_written_down(start: str) -> None:
    people, modules, links = counts(MAPS[start])

    assert f"({people} people, {modules} modules, {links} links" in SEEN.split(start)[1][:120]


@pytest.mark.parametrize("start", list(MAPS))
def test_what_is_told_with_another_is_written_so(start: str) -> None:
    together = sorted(f.code for f in run(MAPS[start], measures=False).judged if f.told_with is not None)

    rows = written(start)

    assert sorted(code for code, _, _, judged in rows if "told with it" in judged.lower()) == together


@pytest.mark.parametrize("name", CHARTS)
def test_a_government_chart_says_what_is_missing_and_names_nobody(datasets: Path, name: str) -> None:
    report = run(chart(datasets, name).document, measures=False)

    assert report.judged == ()
    assert {f.code for f in report.not_judged} == set(CODES) - {"disputed-link"}
    assert {str(f.because) for f in report.not_judged} == {"The map shows only who reports to whom."}
    assert not any(f.people or f.lit_nodes for f in report.not_judged)


def test_a_dense_workplace_has_nothing_to_tell(datasets: Path) -> None:
    report = run(workplace(datasets).document, measures=False)

    assert report.judged == ()


def test_a_faculty_shows_few_findings_and_each_by_name(datasets: Path) -> None:
    document = faculty(datasets).document

    report = run(document, measures=False)

    found = {f.code: (f.people or f.modules or f.links) for f in report.judged}
    assert len(report.judged) <= AT_FIRST
    rows = written("**University faculty**")
    assert sorted((code, weight) for code, weight, _, _ in rows) == told(document)
    assert found["broadcast-only"] == ("32",)
    assert found["bottleneck"] == ("62",)


def test_memberships_alone_show_who_links_teams_and_nothing_else(datasets: Path) -> None:
    report = run(rust(datasets).document, measures=False)

    assert {f.code for f in report.judged} == {"single-thread"}
    assert all("belongs to several modules" in str(f.because) for f in report.judged)
    assert {f.code for f in report.not_judged} == set(CODES) - {"single-thread", "disputed-link"}
