"""The program on odd machines: no home, other habits of number and script, files of its own missing.

Each start is a process of its own, as a person would begin it (rows 79 to 83 of the faults).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from orgmap import i18n
from orgmap.__main__ import main
from orgmap.files import native
from orgmap.i18n import Language, text
from tests.program import ROOT, environment, orgmap
from tests.words import org

WITHIN = 90  # seconds
FOLDERS = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
MAP = org("ana <> ben, ben <> cy", title="Plan")
ROWS = "from;to;per_week;minutes\nAna;Ben;2,5;30\nİlkay;Can;1,25;15\n"

_START = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["orgmap"])
told = []
def look():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "window" and w.isVisible()), None)
    if window is None or window._room is None or window.on_start_page:
        return
    document, current = window.session.document, window.notices.current
    if not told:
        told.append("edited")
        from orgmap.i18n import verbatim
        from orgmap.model import edits
        window.session.edit(verbatim("x"), edits.add_node(document, "Cy", (0.0, 90.0))[0])
    elif len(told) == 1 and (current is not None or sys.argv[2] == "quiet"):
        told.append(current.words() if current is not None else "")
        window.keeper.save()
    elif len(told) == 2 and not window.session.modified:
        clock.stop()
        window.grab()
        print(json.dumps({"told": told[1], "side": app.layoutDirection().name}), flush=True)
        window.close()
def give_up():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "window"), None)
    shown = [(type(w).__name__, w.windowTitle()) for w in app.topLevelWidgets() if w.isVisible()]
    print(told, shown, window and window.on_start_page, window and window.notices.current, file=sys.stderr)
    os._exit(9)
clock = QTimer()
clock.setInterval(5)
clock.timeout.connect(look)
clock.start()
QTimer.singleShot(int(sys.argv[3]), give_up)
if __name__ == "__main__":
    from orgmap.ui.app import run
    sys.exit(run(sys.argv[1:2]))
"""


@dataclass(frozen=True, slots=True)
class Started:
    """How a start of the window with a map ended that was edited and saved. `told`: its first notice."""

    code: int
    told: str
    side: str
    people: int
    err: str


def started(
    folder: Path, env: Mapping[str, str | None], *, quiet: bool = True, checkout: Path = ROOT
) -> Started:
    """Open a map in the window, edit, save and close. `quiet`: nothing is expected to be told.

    `env`: variables that differ; None takes one away.
    """
    script, path = folder / "start.py", folder / "plan.orgmap"
    script.write_text(_START, encoding="utf-8")
    native.save(MAP, path)
    whole = {**environment(QT_QPA_PLATFORM="offscreen"), "PYTHONPATH": str(checkout), **env}
    done = subprocess.run(
        [
            *(sys.executable, "-X", "utf8=0", str(script), str(path)),
            *("quiet" if quiet else "told", str((WITHIN - 10) * 1_000)),
        ],
        env={key: value for key, value in whole.items() if value is not None},
        capture_output=True,
        timeout=WITHIN,
        check=False,
    )
    lines = done.stdout.decode().splitlines()
    found = json.loads(lines[-1]) if lines else {"told": "", "side": ""}
    err = done.stderr.decode(errors="replace")
    return Started(done.returncode, found["told"], found["side"], len(native.load(path).nodes), err)


def test_without_a_home_and_a_folder_for_a_run_the_window_works(tmp_path: Path) -> None:
    nowhere: dict[str, str | None] = dict.fromkeys((*FOLDERS, "XDG_RUNTIME_DIR"))

    found = started(tmp_path, nowhere | {"HOME": str(tmp_path / "gone")})

    assert (found.code, found.people, found.told) == (0, 4, ""), found.err


def test_where_nothing_can_be_kept_in_the_home_it_starts_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    blocked: dict[str, str | None] = {
        name: str(tmp_path / "file" / name) for name in ("HOME", "XDG_RUNTIME_DIR", *FOLDERS)
    }

    found = started(tmp_path, blocked, quiet=False)

    assert (found.code, found.people) == (0, 4), found.err
    assert "cannot be" in found.told
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "de_DE.UTF-8"},
        {"LC_ALL": "ar_EG.UTF-8"},
    ],
    ids=lambda env: env["LC_ALL"],
)
def test_files_are_the_same_whatever_the_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    table, plain, odd = tmp_path / "rows.csv", tmp_path / "plain.orgmap", tmp_path / "odd.orgmap"
    table.write_text(ROWS, encoding="utf-8")
    assert main(["convert", str(table), str(plain)]) == 0

    ended = orgmap("convert", table, odd, env=locale)

    assert (ended.code, ended.err) == (0, "")
    assert odd.read_bytes() == plain.read_bytes()
    assert [link.minutes for link in native.load(odd).links.values()] == [30.0, 15.0]


def test_a_language_read_from_the_right_turns_the_window_round(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / "orgmap").mkdir(parents=True)
    (config / "orgmap" / "settings.ini").write_text("[look]\nlanguage=ar\n")

    found = started(tmp_path, {"XDG_CONFIG_HOME": str(config), "LC_ALL": "ar_EG.UTF-8"})

    assert (found.code, found.side) == (0, "RightToLeft"), found.err


def test_without_files_of_its_own_the_window_works_with_what_is_left(tmp_path: Path) -> None:
    lost = ("fonts", "icons", "i18n", "help", "samples", "templates")
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "orgmap").symlink_to(ROOT / "orgmap")
    shutil.copytree(ROOT / "resources", checkout / "resources", ignore=shutil.ignore_patterns(*lost))

    found = started(tmp_path, {}, checkout=checkout)

    assert (found.code, found.people) == (0, 4), found.err
    assert "Traceback" not in found.err


@pytest.mark.parametrize("damage", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40], ids=len)
def test_a_damaged_translation_says_everything_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    catalogue = tmp_path / "i18n" / "cs" / "LC_MESSAGES" / "orgmap.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(damage)
    monkeypatch.setattr(i18n, "asset", tmp_path.joinpath)

    assert Language("cs").said(text("menu", "Open")()) == "Open"


def test_another_binding_of_qt_that_is_installed_too_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "beside" / "PyQt6"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("raise ImportError('another binding was loaded')\n")

    all_that_draws = "import orgmap.ui.app, orgmap.ui.main_window, orgmap.ui.charts.plot, sys"
    done = subprocess.run(
        [sys.executable, "-c", f"{all_that_draws}; print('pyqtgraph' in sys.modules)"],
        env=environment(PYTHONPATH=os.pathsep.join((str(other.parent), str(ROOT)))),
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


@pytest.mark.parametrize(("lost", "word"), [("rustworkx", ""), ("nx_rustworkx", ""), ("scipy", "scipy")])
def test_without_a_library_of_the_analysis_the_rest_works_and_the_reason_is_said(
    tmp_path: Path, lost: str, word: str
) -> None:
    (tmp_path / lost).mkdir()
    (tmp_path / lost / "__init__.py").write_text(f"raise ImportError('broken {lost}')\n")
    path = tmp_path / "plan.orgmap"
    native.save(MAP, path)

    beside = {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))), "PYTHONWARNINGS": "default"}

    ended = orgmap("analyze", path, env=beside)  # networkx itself warns of a damaged backend

    assert "Traceback" not in ended.err
    assert word in ended.err
    assert ended.code == (2 if word else 0)
