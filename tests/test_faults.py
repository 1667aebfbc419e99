"""Every row of docs/faults.md names tests, and every test it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*) \|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+)::(test_\w+)`")


def rows() -> dict[int, str]:
    """The tests column of each row, by its number."""
    words = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {int(number): tests for number, _, tests in _ROW.findall(words)}


def test_each_of_the_105_rows_is_there_and_names_a_test() -> None:
    found = rows()

    assert sorted(found) == list(range(1, 106))
    assert [number for number, tests in found.items() if not _TEST.search(tests)] == []
    assert [number for number, tests in found.items() if "not yet" in tests] == []


def test_every_test_that_is_named_is_there() -> None:
    named = {pair for tests in rows().values() for pair in _TEST.findall(tests)}

    lost = [
        f"{module}::{test}"
        for module, test in sorted(named)
        if not (path := ROOT / "tests" / f"{module}.py").is_file()
        or f"def {test}(" not in path.read_text(encoding="utf-8")
    ]

    assert lost == []
