"""Walks of `tests/ui/crowded.py` on a screen of 800 x 600, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.program import ROOT, environment

WITHIN = 200  # seconds


def walked(walk: str, density: float, folder: Path) -> tuple[int, str]:
    """The exit code of pytest and what it said. `density`: pixels of the screen to one of Qt's."""
    screen = {"name": "small", "x": 0, "y": 0, "width": 800, "height": 600, "dpr": density}
    told = folder / "screen.json"
    told.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"),
            f"{ROOT}/tests/ui/crowded.py::{walk}",
        ],
        env=environment(QT_QPA_PLATFORM=f"offscreen:configfile={told}", PYTHONWARNINGS="default"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )
    return done.returncode, done.stdout
