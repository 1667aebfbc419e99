"""Twice the text on a small screen, at any density of pixels: everything fits (row 82 of the faults)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT, environment

WITHIN = 120  # seconds


@pytest.mark.parametrize(("density", "walk"), [(1.5, "test_every_screen"), (3, "test_every_dialog")])
def test_at_twice_the_text_everything_fits_a_screen_of_800_by_600(
    tmp_path: Path, density: float, walk: str
) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": 800, "height": 600, "dpr": density}
    told = tmp_path / "screen.json"
    told.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}))
    walked = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]

    done = subprocess.run(
        [*walked, f"{ROOT}/tests/ui/crowded.py::{walk}"],
        env=environment(QT_QPA_PLATFORM=f"offscreen:configfile={told}", PYTHONWARNINGS="default"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6_000:]
