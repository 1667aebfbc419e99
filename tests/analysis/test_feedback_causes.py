"""no-way-back: what lies apart is the cause, and what has one cause is told once."""

from __future__ import annotations

from orgmap.analysis import registry
from orgmap.model.document import Document
from tests.words import org

RING = "a <> b, b <> c, c <> d, d <> e, e <> f, f <> a, a <> c, c <> e, e <> a, b <> d"


def hearers(document: Document) -> list[tuple[str, ...]]:
    """Whom each no-way-back finding says nothing comes back from."""
    found = registry.run(document).judged
    return sorted(
        tuple(str(v) for v in listed)
        for f in found
        if f.code == "no-way-back" and isinstance(listed := f.evidence.get("no_way_back"), tuple)
    )


def test_two_groups_that_cannot_answer_are_two_findings_though_one_part_tells_both() -> None:
    document = org(f"{RING}, a > night1, night1 <> night2, d > gate")

    assert hearers(document) == [("gate",), ("night1", "night2")]


def test_somebody_told_of_as_only_listening_is_not_told_again_as_having_no_way_back() -> None:
    document = org(f"{RING}, a > desk, c > desk, e > desk")

    codes = [f.code for f in registry.run(document).judged]

    assert "only-listens" in codes
    assert "no-way-back" not in codes
