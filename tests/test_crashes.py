"""One of the crashes of `checks.crashed`: the real program falls, starts again and has the work."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.program import ROOT, environment


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.timeout(240)
def test_a_program_that_falls_while_painting_starts_again_with_the_work() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "checks.crashed", "--only", "paint"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "1 crashes, 0 went wrong" in ended.stdout
