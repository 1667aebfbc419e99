"""Cold start to a usable empty window, against a bare PySide6 window started in turn with it.

Each start is a process of its own, timed from outside until it says that its window is painted and
its event loop turns. Bytecode is there, as after an installation; settings are empty. What is
loaded by then is checked too: nothing heavy.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Case, case

RUNS = 15
HEAVY = ("networkx", "scipy", "pyqtgraph", "nx_rustworkx", "rustworkx")
ALLOWED = "1.2 times a bare window + 300 ms"

_STAND = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["window"])
turns = []
def look():
    window = next((w for w in app.topLevelWidgets() if w.isVisible()), None)
    handle = window.windowHandle() if window is not None else None
    turns.append(handle is not None and handle.isExposed())
    if turns[-2:] == [True, True]:
        print("stands", *sorted(set({heavy!r}) & sys.modules.keys()), flush=True)
        clock.stop()
        app.closeAllWindows()
clock = QTimer()
clock.setInterval(0)
clock.timeout.connect(look)
clock.start()
"""
_BARE = "from PySide6.QtWidgets import QMainWindow\nwindow = QMainWindow()\nwindow.show()\napp.exec()\n"
_OURS = "from orgmap.ui.app import run\nrun([])\n"


def run(_people: int | None, _links: int | None, _pictures: Path | None) -> Iterator[Case]:
    """One case; RuntimeError if something heavy was loaded before the window stood."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        for code in (_BARE, _OURS):
            started(code, env)  # writes the bytecode, fills the disk cache
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(RUNS):
            bare.append(started(_BARE, env)[0])
            took, heavy = started(_OURS, env)
            if heavy:
                raise RuntimeError(f"loaded before the window stood: {', '.join(heavy)}")
            ours.append(took)
    allowed = 1.2 * statistics.median(bare) + 300
    yield case(f"startup; {ALLOWED} is {allowed:.0f} ms", 0, 0, ours, rival=("bare PySide6 window", bare))


def environment(folder: Path) -> dict[str, str]:
    """Settings and bytecode of their own, and no screen unless one is named."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        env[name] = str(folder / name.lower())
    env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    env["PYTHONPATH"] = str(Path(__file__).parent.parent)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def started(code: str, env: dict[str, str]) -> tuple[float, list[str]]:
    """Milliseconds until the window stood, and what heavy was loaded by then."""
    script = _STAND.format(heavy=HEAVY) + code
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = 1000 * (time.perf_counter() - began)
        process.wait(timeout=30)
    if not line.startswith("stands"):
        raise RuntimeError("the window never stood")
    return took, line.split()[1:]
