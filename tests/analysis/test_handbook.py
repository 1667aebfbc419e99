"""docs/findings.md says of every kind of finding what there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgmap.analysis.catalogue import CUTOFFS, ENTRIES

PAGE = (Path(__file__).parents[2] / "docs" / "findings.md").read_text("utf-8")
PARTS = ("Definition", "Advice", "Why it matters", "What it does not say", "Where it goes wrong")


def section(code: str) -> str:
    found = re.search(rf"^## {code}(?::[^\n]*)?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, code
    return found[1]


@pytest.mark.parametrize("code", ENTRIES)
def test_every_kind_is_defined_defended_and_doubted(code: str) -> None:
    written = section(code)

    assert [part for part in PARTS if f"**{part}" not in written] == []


@pytest.mark.parametrize("code", ENTRIES)
def test_every_cut_off_of_a_kind_is_named_in_its_section(code: str) -> None:
    written = section(code)
    names = [name for name in CUTOFFS if name.startswith(f"{code}.")]

    assert [n for n in names if f"`{n}`" not in written and f"`.{n.split('.')[1]}`" not in written] == []


def test_the_sources_are_those_of_the_cards() -> None:
    rows = dict(re.findall(r"^\| ([a-z-]+) \| ([^|]+) \|$", PAGE.split("## Sources")[1], re.MULTILINE))

    del rows["code"]  # the head of the table
    assert rows == {code: entry.source for code, entry in ENTRIES.items()}


def test_every_kind_has_one_section_and_no_section_is_of_a_kind_nobody_knows() -> None:
    heads = re.findall(r"^## ([a-z]+(?:-[a-z]+)*)(?::[^\n]*)?$", PAGE, re.MULTILINE)

    assert sorted(heads) == sorted(ENTRIES)
