"""Ten seeded kills of what `checks.killed` does by the hundred; and would it tell a journal that is none?"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.program import ROOT, environment

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork"),
    pytest.mark.timeout(180),
]
KILLS = "import sys; from checks import killed; sys.exit(killed.main(sys.argv[1:]))"
KEEPS_NOTHING = "from orgmap.files import journal; journal.Writer.add = lambda *_: None; "


def test_a_program_that_is_killed_leaves_a_whole_file_and_all_but_the_last_second() -> None:
    ended = kills("--kills", "10", "--seed", "370")  # ten that are soon over

    assert ended.returncode == 0, ended.stdout
    assert "10 kills, 0 went wrong" in ended.stdout
    alone = re.search(r"edits that only the journal held: (\d+)", ended.stdout)
    assert alone is not None
    assert int(alone[1]) > 100


def test_a_journal_that_keeps_nothing_is_told_as_wrong() -> None:
    ended = kills("--kills", "1", "--seed", "281", journal=KEEPS_NOTHING)

    assert ended.returncode == 1, ended.stdout
    assert "1 kills, 1 went wrong" in ended.stdout
    assert "edits of more than a second are lost (0 < " in ended.stdout
    assert "what is offered is not newer than the file" in ended.stdout


def kills(*words: str, journal: str = "") -> subprocess.CompletedProcess[str]:
    """The check as a program of its own, perhaps with a journal that is spoilt."""
    return subprocess.run(
        [sys.executable, "-c", journal + KILLS, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
