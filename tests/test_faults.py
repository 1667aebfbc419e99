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


def test_every_row_names_a_test_or_says_what_is_missing() -> None:
    silent = [
        number for number, tests in rows().items() if not _TEST.search(tests) and "not yet" not in tests
    ]

    assert rows()
    assert silent == []


def test_every_test_that_is_named_is_there() -> None:
    named = {pair for tests in rows().values() for pair in _TEST.findall(tests)}

    lost = [
        f"{module}::{test}"
        for module, test in sorted(named)
        if not (path := ROOT / "tests" / f"{module}.py").is_file()
        or f"def {test}(" not in path.read_text(encoding="utf-8")
    ]

    assert lost == []
