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
from PySide6.QtWidgets import QApplication, QPushButton
app = QApplication(["orgmap"])
def look():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "window" and w.isVisible()), None)
    if window is None or window._room is None or window.analyst.pid is None:
        return
    if len(sys.argv) > 2 and window.on_start_page:
        return
    clock.stop()
    told = {"title": window.windowTitle(), "worker": window.analyst.pid}
    if sys.argv[1] in ("work", "typed"):
        from PySide6.QtCore import Qt
        from tests.ui.hand import Hand
        hand = Hand(window.canvas)
        window.activateWindow()
        window.canvas.setFocus()
        if sys.argv[1] == "work":
            window.actions_table["tidy_force"].trigger()
            hand.press("p0")
            hand.move(hand.pixel("p1"))
        else:
            hand.key(Qt.Key.Key_N)
            hand.type("Cy")
            window.room.save()
            window.canvas.setFocus()
            hand.key(Qt.Key.Key_N)
            hand.type("Dov")
    told |= {
        "judged": window.analyst.fresh, "placing": window.analyst.placing,
        "dragged": window.canvas.stage.lifted is not None,
        "named": window.canvas.naming.active, "saving": window.keeper.saving,
    }
    print(json.dumps(told), flush=True)
    if sys.argv[1] in ("work", "typed"):
        window.actions_table["quit"].trigger()
        saying.start()
    elif sys.argv[1] == "edit":
        from orgmap.i18n import verbatim
        from orgmap.model import edits
        document = window.session.document
        window.session.edit(verbatim("x"), edits.add_node(document, "Cy", (0.0, 90.0))[0])
        os.kill(os.getpid(), 15)
    elif sys.argv[1] == "close":
        window.close()
    else:
        os.kill(os.getpid(), int(sys.argv[1]))
def save():
    for button in (b for b in app.allWidgets() if isinstance(b, QPushButton) and b.isVisible()):
        if button.text() == "&Save" and app.activeModalWidget() is not None:
            saying.stop()
            button.click()
saying = QTimer()
saying.setInterval(5)
saying.timeout.connect(save)
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


def test_quit_while_it_judges_lays_out_and_drags_ends_with_code_0_and_leaves_the_file_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "big.orgmap"
    talk = ", ".join(f"p{at} <> p{(at * 7 + 3) % 200}" for at in range(200))
    native.save(laid(org(talk), {f"p{at}": (at % 20 * 130.0, at // 20 * 90.0) for at in range(200)}), path)
    before = path.read_bytes()

    code, told, stderr = ran(tmp_path, "work", str(path))

    assert (told["judged"], told["placing"], told["dragged"]) == (False, True, True)
    assert (code, noise(stderr)) == (0, [])
    assert path.read_bytes() == before
    assert not list((tmp_path / "xdg_state_home").rglob("*.journal"))


def test_it_opens_its_file_and_quit_while_it_saves_and_a_name_is_typed_ends_with_both_on_the_disk(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.orgmap"
    native.save(MAP, path)

    code, told, stderr = ran(tmp_path, "typed", str(path))

    assert str(told["title"]).startswith("Plan")
    assert (told["saving"], told["named"]) == (True, True)
    assert (code, noise(stderr)) == (0, [])
    assert [node.name for node in native.load(path).nodes.values()] == ["ana", "ben", "Cy", "Dov"]
