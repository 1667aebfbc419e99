"""The program as a person or a script runs it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
WITHIN = 60  # seconds until a command that hangs fails the test


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code, and what stood on the two streams."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """That of the tests, with this checkout importable and without a screen."""
    hidden = {
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "QT_QPA_PLATFORM",
        "QT_ACCESSIBILITY",
        "COLUMNS",
        "PYTHONIOENCODING",
    }
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | more


def orgmap(
    *words: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, folder: Path | None = None
) -> Ended:
    """Run `orgmap` with these words."""
    ended = subprocess.run(
        [sys.executable, "-m", "orgmap", *map(str, words)],
        input=stdin,
        capture_output=True,
        timeout=WITHIN,
        check=False,
        env=environment(**(env or {})),
        cwd=folder,
    )
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))
