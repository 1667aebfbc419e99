"""Ten seeded kills of what `checks.killed` does by the hundred."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.program import ROOT, environment


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.timeout(180)
def test_a_program_that_is_killed_leaves_a_whole_file_and_all_but_the_last_second() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "checks.killed", "--kills", "10", "--seed", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )

    assert ended.returncode == 0, ended.stdout
    assert "10 kills, 0 went wrong" in ended.stdout
