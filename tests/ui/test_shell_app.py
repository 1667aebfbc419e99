"""The program as a process: it starts, opens what it is given, and ends when it is told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.startup import environment
from orgmap.files import journal, native
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-90.0, 0.0), "ben": (90.0, 0.0)})

_SCRIPT = """
import json, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["orgmap"])
def look():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "window" and w.isVisible()), None)
    if window is None or window._room is None or window.analyst.pid is None:
        return
    if len(sys.argv) > 2 and window.on_start_page:
        return
    clock.stop()
    print(json.dumps({"title": window.windowTitle(), "worker": window.analyst.pid}), flush=True)
    if sys.argv[1] == "edit":
        from orgmap.i18n import verbatim
        from orgmap.model import edits
        document = window.session.document
        window.session.edit(verbatim("x"), edits.add_node(document, "Cy", (0.0, 90.0))[0])
        os.kill(os.getpid(), 15)
    elif sys.argv[1] == "close":
        window.close()
    else:
        os.kill(os.getpid(), int(sys.argv[1]))
clock = QTimer()
clock.setInterval(5)
clock.timeout.connect(look)
clock.start()
if __name__ == "__main__":
    from orgmap.ui.app import run
    sys.exit(run(sys.argv[2:]))
"""


def ran(folder: Path, *words: str) -> tuple[int, dict[str, object], str]:
    script = folder / "start.py"
    script.write_text(_SCRIPT)
    done = subprocess.run(
        [sys.executable, str(script), *words],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    lines = done.stdout.splitlines()
    return done.returncode, json.loads(lines[0]) if lines else {}, done.stderr


def noise(stderr: str) -> list[str]:
    return [
        line for line in stderr.splitlines() if "propagateSizeHints" not in line and "raise()" not in line
    ]


@pytest.mark.parametrize("how", ["close", str(int(signal.SIGTERM)), str(int(signal.SIGINT))])
def test_it_ends_with_code_0_and_without_a_word(tmp_path: Path, how: str) -> None:
    code, told, stderr = ran(tmp_path, how)

    assert (code, noise(stderr)) == (0, [])
    assert told["title"] == "orgmap"


def test_it_opens_the_file_it_is_given(tmp_path: Path) -> None:
    native.save(MAP, tmp_path / "plan.orgmap")

    code, told, stderr = ran(tmp_path, "close", str(tmp_path / "plan.orgmap"))

    assert (code, noise(stderr)) == (0, [])
    assert str(told["title"]).startswith("Plan")


def test_told_to_end_with_unsaved_changes_it_leaves_a_journal_and_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.orgmap"
    native.save(MAP, path)

    code, _, stderr = ran(tmp_path, "edit", str(path))

    (folder,) = (tmp_path / "xdg_state_home").rglob("journals")
    left = journal.left_behind(folder)
    assert (code, noise(stderr)) == (0, [])
    assert len(native.load(path).nodes) == 2
    assert [(len(one.document.nodes), one.head.path, one.away) for one in left] == [(3, path, 1)]
    assert not list(folder.parent.rglob("map-*.orgmap"))  # one offer, not two
