"""The window stands before anything heavy is loaded, and the interface never loads the analysis."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.startup import HEAVY, environment, started

_BARE_START = "from orgmap.ui.app import run\nrun([])\n"
_LATER = """
import json, sys
from PySide6.QtWidgets import QApplication
app = QApplication(["window"])
from pathlib import Path
from orgmap.drawing.style import theme
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings
window = MainWindow(Settings(Path(sys.argv[1])), theme("light"))
window.room
print(json.dumps(sorted(sys.modules)))
"""


def test_nothing_heavy_is_loaded_before_the_window_stands(tmp_path: Path) -> None:
    _, heavy = started(_BARE_START, environment(tmp_path))

    assert heavy == []


def test_the_room_of_the_map_loads_no_analysis_and_no_charts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LATER, str(tmp_path / "settings.ini")],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert {name.partition(".")[0] for name in json.loads(done.stdout)} & set(HEAVY) == set()
