"""A mistake of the program itself: one dialog, a report without names, and the work is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from orgmap.crash import crash_folder
from orgmap.files import journal, native
from orgmap.ui import again, recovery
from orgmap.ui.app import Program
from orgmap.ui.bugs import Bugs
from orgmap.ui.main_window import MainWindow
from orgmap.ui.recovering import Recovering
from orgmap.ui.settings import Settings
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.ui.lost import crashed
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
            program.bugs.met(KeyError, error, error.__traceback__)

    desk.dialog("bug")
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
    program.bugs.met(KeyError, error, None)
    desk.dialog("bug")
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


@pytest.fixture
def left() -> list[str]:
    """What was done to leave the program."""
    return []


@pytest.fixture
def bugs(desk: Desk, left: list[str]) -> Iterator[Bugs]:
    """The border round the desk."""
    made = Bugs(lambda: [desk.window], lambda: left.append("left"), desk.window)
    yield made
    made.forget_copies()


def fall(bugs: Bugs) -> None:
    """The same mistake, every time."""
    error = KeyError("Ana Novak")
    bugs.met(KeyError, error, None)


def test_the_same_mistake_again_is_told_once_and_then_nobody_is_disturbed(desk: Desk, bugs: Bugs) -> None:
    fall(bugs)
    desk.answer("bug", "Go on")
    assert desk.notice == ""

    fall(bugs)
    desk.until(lambda: "a mistake of its own again" in desk.notice)
    desk.window.notices.dismiss()
    fall(bugs)
    desk.qtbot.waitUntil(lambda: bugs.again is None and desk.no_dialog())

    assert desk.notice == ""
    assert len(list(crash_folder().glob("*.txt"))) == 1


def test_starting_again_hands_over_what_is_saved_and_what_is_not(
    desk: Desk, bugs: Bugs, left: list[str], tmp_path: Path
) -> None:
    desk.click_person("ana")
    desk.key(Key.Key_Delete)

    fall(bugs)
    desk.press("Start again with my work", desk.dialog("bug"))
    work = bugs.again

    assert left == ["left"]
    assert work is not None
    assert work.files == ()
    (kept,) = work.kept
    assert journal.restored(kept).head.path == tmp_path / "map.orgmap"
    assert again.environment(work, {})[again.REOPEN] == str(kept)


def test_a_map_that_holds_nothing_new_is_opened_by_its_name(
    bugs: Bugs, left: list[str], tmp_path: Path
) -> None:
    bugs.start_again()

    assert left == ["left"]
    assert bugs.again == again.Work((tmp_path / "map.orgmap",), ())


def test_names_that_are_hidden_stay_hidden_when_the_program_starts_again(
    desk: Desk, bugs: Bugs, left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.orgmap"
    desk.window.canvas.setFocus()
    desk.key(Key.Key_H)
    bugs.start_again()
    work = bugs.again
    assert (left, work) == (["left"], again.Work((path,), (), (path,)))
    assert work is not None
    monkeypatch.setenv(again.HIDE, again.environment(work, {})[again.HIDE])

    desk.window.session.open(MAP)
    desk.window.open_path(path, hidden=path in again.hidden())
    desk.until(lambda: desk.window.session.path == path)

    assert desk.window.session.names_hidden
    assert again.hidden() == ()


def test_a_copy_of_a_map_whose_names_were_hidden_opens_without_them(desk: Desk) -> None:
    kept = recovery.keep(MAP, hidden=True)
    copy = recovery.offered()
    assert kept is not None
    assert copy is not None

    desk.window.open_copy(copy)
    desk.until(lambda: desk.window.session.path is None)

    assert copy.name == kept.name
    assert desk.window.session.names_hidden


def test_where_nothing_could_be_kept_starting_again_is_not_offered(desk: Desk, bugs: Bugs) -> None:
    recovery.journals().parent.parent.mkdir(parents=True, exist_ok=True)
    recovery.journals().parent.write_bytes(b"in the way")
    desk.click_person("ana")
    desk.key(Key.Key_Delete)

    fall(bugs)
    dialog = desk.dialog("bug")
    buttons = [b.text().replace("&", "") for b in dialog.findChildren(QPushButton)]

    assert buttons == ["Go on"]
    assert "could not be kept. Save it now." in dialog.property("informativeText")
    desk.answer("bug", "Go on")


def test_what_was_handed_over_is_reopened_without_a_question(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.orgmap"
    native.save(MAP, path)
    crashed(path, "Dov")
    (kept,) = recovery.journals().glob("*.journal")
    monkeypatch.setenv(again.REOPEN, str(kept))
    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        recovering = Recovering(_no_other, desk.window)
        recovering.offer(desk.window, again.reopened())
        desk.until(lambda: desk.window.session.path == path)

        assert "Dov" in [node.name for node in desk.document.nodes.values()]
        assert desk.window.session.modified
        assert desk.notice == ""
        assert again.reopened() == ()  # a program it starts itself is not told again
        recovering.stop()


def _no_other() -> MainWindow:
    raise AssertionError("a second window was opened")
