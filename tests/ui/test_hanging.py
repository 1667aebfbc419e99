"""A share that hangs: the window stays alive, tells after a while, and can be left. Nothing piles up."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path, PosixPath
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from orgmap.files import journal, native
from orgmap.files.claims import claim_file
from orgmap.progress import SILENT
from orgmap.ui import recovery
from orgmap.ui.jobs import Task
from orgmap.ui.shares import PATIENCE, folder_there, there
from orgmap.ui.storing import Before, Claiming, Outside, store_map
from tests.desk import CTRL, SHIFT, Desk, seated
from tests.ui import puppet
from tests.ui.lost import MAP, THEIRS, edit, look, names, save, saved

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a path of its own kind")


class HangingPath(PosixPath):
    """A path on a share that answers only when the gate is open."""

    gate = Event()

    def stat(self, **more: Any) -> Any:  # noqa: ANN401
        assert self.gate.wait(30)
        return super().stat(**more)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    HangingPath.gate.clear()
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made
        HangingPath.gate.set()


def hang(desk: Desk, waiting: QObject) -> None:
    """The share has not answered for as long as one is patient."""
    (clock,) = waiting.findChildren(QTimer)
    assert clock.isActive()
    clock.start(0)
    desk.until(lambda: desk.window.notices.current is not None)


def test_opening_from_a_share_that_hangs_is_told_and_can_be_left(desk: Desk, tmp_path: Path) -> None:
    path = HangingPath(tmp_path / "far.orgmap")
    native.save(THEIRS, tmp_path / "far.orgmap")

    desk.window.open_path(path)
    hang(desk, desk.window.keeper.opening.waiting)
    assert "far.orgmap does not answer" in desk.notice
    edit(desk, "Cy")  # the window works on
    desk.press("Stop waiting", desk.window.notices)
    HangingPath.gate.set()
    desk.until(lambda: not [t for t in threading.enumerate() if t.name == "task"])

    assert names(desk.document) == ["ana", "ben", "Cy"]
    assert desk.window.session.path == tmp_path / "map.orgmap"
    assert desk.notice == ""
    assert not desk.window.room.status.working


def test_saving_to_a_share_that_hangs_is_told_and_can_be_left_with_the_work_kept(
    desk: Desk, tmp_path: Path
) -> None:
    desk.window.session.saved(HangingPath(tmp_path / "map.orgmap"), desk.document)
    edit(desk, "Cy")

    desk.window.keeper.save()
    hang(desk, desk.window.keeper.waiting)
    assert "does not come to an end" in desk.notice
    desk.press("Stop waiting", desk.window.notices)

    assert not desk.window.keeper.saving
    assert desk.window.session.modified
    assert "map.orgmap may not be saved" in desk.notice
    kept = desk.window.keeper.journal.keep()
    assert kept is not None
    assert names(journal.restored(kept).document) == ["ana", "ben", "Cy"]


def leave_save(desk: Desk, path: Path) -> None:
    """A save to a share that does not answer begins, and nobody waits for it."""
    desk.window.session.saved(HangingPath(path), desk.document)
    edit(desk, "Cy")
    desk.window.keeper.save()
    hang(desk, desk.window.keeper.waiting)
    desk.press("Stop waiting", desk.window.notices)


def test_a_save_that_ends_after_it_was_left_counts_and_is_taken_for_nobody_elses(
    desk: Desk, tmp_path: Path
) -> None:
    leave_save(desk, tmp_path / "map.orgmap")

    HangingPath.gate.set()
    desk.until(lambda: saved(desk))
    look(desk)
    desk.until(lambda: not desk.window.findChildren(Task))

    assert names(native.load(tmp_path / "map.orgmap")) == ["ana", "ben", "Cy"]
    assert desk.notice == ""


def test_a_save_that_ends_after_it_was_left_is_not_the_map_that_was_edited_since(
    desk: Desk, tmp_path: Path
) -> None:
    leave_save(desk, tmp_path / "map.orgmap")
    edit(desk, "Dov")

    HangingPath.gate.set()
    desk.until(lambda: not desk.window.findChildren(Task))
    assert desk.window.session.modified
    save(desk)

    assert names(native.load(tmp_path / "map.orgmap")) == ["ana", "ben", "Cy", "Dov"]
    assert desk.notice == ""


def test_a_save_elsewhere_that_ends_after_it_was_left_keeps_nobody_from_that_file(
    desk: Desk, tmp_path: Path
) -> None:
    far = tmp_path / "far.orgmap"
    shutil.copy(tmp_path / "map.orgmap", far)
    leave_save(desk, far)
    desk.window.session.saved(tmp_path / "map.orgmap", desk.document)

    HangingPath.gate.set()
    desk.until(lambda: not desk.window.findChildren(Task))
    desk.until(lambda: not claim_file(far).exists())

    assert names(native.load(far)) == ["ana", "ben", "Cy"]
    assert claim_file(tmp_path / "map.orgmap").exists()


def test_what_a_save_left_alone_wrote_may_be_saved_over_and_what_others_wrote_may_not(tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    native.save(MAP, path)
    first = journal.digest_of(path.read_bytes())
    native.save(THEIRS, path)
    late = journal.digest_of(path.read_bytes())

    with pytest.raises(Outside):
        store_map(MAP, path, Before(first, MAP, first), Claiming(), str, SILENT)
    stored = store_map(MAP, path, Before(first, MAP, first, {late}.__contains__), Claiming(), str, SILENT)

    assert stored.digest == first
    assert native.load(path) == MAP


def test_a_share_that_answers_in_time_is_not_told_of(desk: Desk, tmp_path: Path) -> None:
    path = HangingPath(tmp_path / "far.orgmap")
    native.save(THEIRS, tmp_path / "far.orgmap")

    desk.window.open_path(path)
    HangingPath.gate.set()
    desk.until(lambda: desk.document.info.title == "Theirs")

    assert desk.notice == ""
    assert not desk.window.keeper.opening.waiting.clock.isActive()


def test_lists_of_files_never_wait_for_a_share_and_ask_it_once(desk: Desk, tmp_path: Path) -> None:
    path = HangingPath(tmp_path / "far.orgmap")

    answers = [there(path), there(path), folder_there(path.parent)]
    asking = [t for t in threading.enumerate() if t.name == "asking"]
    HangingPath.gate.set()
    native.save(THEIRS, tmp_path / "far.orgmap")

    assert answers == [False, False, False]
    assert len(asking) == 1
    desk.until(lambda: there(path))


@pytest.mark.usefixtures("desk")
def test_many_shares_that_hang_keep_the_window_no_longer_than_one(tmp_path: Path) -> None:
    begun = time.monotonic()

    answers = [folder_there(HangingPath(tmp_path / str(number))) for number in range(12)]

    assert time.monotonic() - begun < 12 * PATIENCE / 2
    assert not any(answers)


def test_exporting_a_map_from_a_share_that_hangs_begins_in_another_folder(desk: Desk, tmp_path: Path) -> None:
    desk.window.session.saved(HangingPath(tmp_path / "map.orgmap"), desk.document)

    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.press("Export…", desk.dialog("export"))
    dialog = desk.window.findChild(QFileDialog)

    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.directory().absolutePath()) != tmp_path
    dialog.reject()


def test_clocks_and_threads_do_not_pile_up_with_edits_looks_and_saves(desk: Desk) -> None:
    def round_of_work() -> tuple[int, int, int]:
        for number in range(5):
            edit(desk, f"p{number}")
            look(desk)
        save(desk)
        desk.until(
            lambda: not [t for t in threading.enumerate() if t.name in ("task", "journal", "releasing")]
        )
        desk.until(lambda: not desk.window.findChildren(Task))
        window = desk.window
        return len(window.findChildren(QTimer)), len(window.findChildren(QObject)), threading.active_count()

    first = round_of_work()
    later = [round_of_work() for _ in range(3)]

    assert later == [first] * 3
    assert list(recovery.journals().glob("*")) == []


def test_a_second_window_opens_a_file_while_the_first_waits_for_an_answer(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    native.save(THEIRS, tmp_path / "far.orgmap")
    edit(desk, "Cy")
    desk.window.close()
    question = desk.dialog("unsaved")

    (tmp_path / "second").mkdir()
    with seated(qtbot, tmp_path / "second", puppet.obedient) as second:
        second.open(tmp_path / "far.orgmap")
        edit(second, "Dov")

        assert names(second.document) == ["ana", "ben", "zoe", "Dov"]
        assert question.isVisible()
        assert names(desk.document) == ["ana", "ben", "Cy"]
