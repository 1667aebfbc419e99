"""A mistake of the program itself: one dialog, a report without names, and the work is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from orgmap.crash import crash_folder
from orgmap.files import journal, native
from orgmap.ui import recovery
from orgmap.ui.app import Program
from orgmap.ui.settings import Settings
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
MAP = laid(org("ana <> ben, ben <> cy"), {"ana": (-120.0, 0.0), "ben": (0.0, 0.0), "cy": (120.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def test_a_bug_gives_one_dialog_a_report_without_names_and_keeps_the_work(desk: Desk, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, Settings(tmp_path / "other.ini"))
    program.windows.append(desk.window)
    desk.click_person("ana")
    desk.key(Key.Key_Delete)

    for _ in range(3):
        try:
            raise KeyError("Ana Novak")
        except KeyError as error:
            program.on_bug(KeyError, error, error.__traceback__)

    dialogs = [d for d in desk.window.findChildren(QWidget, "bug") if d.isVisible()]
    reports = list(crash_folder().glob("*.txt"))
    kept = desk.window.keeper.journal.keep()
    assert len(dialogs) == 1
    assert len(reports) == 1
    assert all("Ana" not in path.read_text() for path in reports)
    assert kept is not None
    assert journal.restored(kept).document.nodes.keys() == {"ben", "cy"}
    assert recovery.waiting() is None  # one offer at the next start, not two
    desk.answer("bug", "Go on")
    program.forget_copies()
    program.deleteLater()


def test_a_bug_while_the_journal_cannot_be_written_keeps_a_copy_of_the_map(
    desk: Desk, tmp_path: Path
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, Settings(tmp_path / "other.ini"))
    program.windows.append(desk.window)
    recovery.journals().parent.mkdir(parents=True, exist_ok=True)
    recovery.journals().write_bytes(b"in the way")
    desk.click_person("ana")
    desk.key(Key.Key_Delete)

    error = KeyError("Ana Novak")
    program.on_bug(KeyError, error, None)
    copy = recovery.waiting()
    desk.answer("bug", "Go on")
    program.forget_copies()

    assert copy is not None
    assert copy.parent == recovery.folder()
    assert recovery.waiting() is None
    program.deleteLater()


def test_a_copy_left_by_the_last_run_is_offered_once_and_stays_on_disk() -> None:
    kept = recovery.keep(MAP)

    offered = recovery.offered()

    assert kept is not None
    assert offered is not None
    assert native.load(offered) == MAP
    assert recovery.offered() is None


def test_errors_in_slots_reach_the_border(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: caught.append(kind))

    def fall() -> None:
        raise ZeroDivisionError

    desk.window.session.state_changed.connect(fall)
    desk.window.session.state_changed.emit()
    desk.window.session.state_changed.disconnect(fall)

    assert caught == [ZeroDivisionError]
