"""The maps that ship: sound, laid out, and each shows what its notes promise."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from orgmap.analysis import registry
from orgmap.analysis.findings import AT_FIRST, Weight
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model.document import problems
from orgmap.model.frames import node_box
from orgmap.model.query import counts

SAMPLES = sorted(asset("samples").glob("*.orgmap"))
TEMPLATES = sorted(asset("templates").glob("*.orgmap"))
EVERY_CODE = {
    "bottleneck",
    "sole-contact",
    "broadcast-only",
    "only-listens",
    "no-way-back",
    "slow-way-back",
    "single-thread",
    "isolated",
    "out-of-sight",
}


def _codes(path: Path) -> list[str]:
    return [finding.code for finding in registry.run(native.load(path)).judged]


def test_there_are_three_samples_and_eight_templates() -> None:
    assert [counts(native.load(path))[0] for path in SAMPLES] == [12, 40, 150]
    assert len(TEMPLATES) == 8


@pytest.mark.parametrize("path", SAMPLES + TEMPLATES, ids=lambda path: path.stem)
def test_a_shipped_map_is_sound_and_nobody_lies_on_anybody(path: Path) -> None:
    document = native.load(path)

    boxes = []
    for node in document.nodes.values():
        assert node.x is not None
        assert node.y is not None
        left, top, right, bottom = node_box(node)
        boxes.append((node.x + left, node.y + top, node.x + right, node.y + bottom))
    assert problems(document) == []
    assert document.info.title
    assert document.info.notes
    assert not [
        1 for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def test_the_start_up_shows_two_to_four_findings() -> None:
    assert 2 <= len(_codes(SAMPLES[0])) <= 4


def test_the_start_up_can_be_asked_who_knows_and_hears_the_outside() -> None:
    report = registry.run(native.load(SAMPLES[0]), measures=False)

    missing = {finding.code for finding in report.not_judged}
    assert missing == {"chart-and-talk", "disconnected-middle", "handoff-unbacked", "over-response"}


def test_the_company_shows_every_finding_once_and_explains_it_in_its_notes() -> None:
    document = native.load(SAMPLES[1])
    report = registry.run(document)

    assert sorted(f.code for f in report.judged) == sorted(EVERY_CODE)
    names = {str(v): node.name for v, node in document.nodes.items()}
    for finding in report.judged:
        ends = [str(e) for k in finding.links for e in (document.links[k].source, document.links[k].target)]
        assert any(names[v] in document.info.notes for v in [*finding.people, *ends] if v in names)


def test_the_hospital_shows_no_more_than_a_room_can_hold() -> None:
    report = registry.run(native.load(SAMPLES[2]), measures=False)

    assert 3 <= len([f for f in report.leading if f.weight is not Weight.NOTE]) <= AT_FIRST
    assert all(f.weight is not Weight.NOTE for f in report.leading[:AT_FIRST])


@pytest.mark.parametrize("name", ["4-circle", "5-all-channel", "8-team-of-teams"])
def test_a_healthy_template_raises_nothing(name: str) -> None:
    assert _codes(asset("templates", f"{name}.orgmap")) == []
