"""Every edit is on the disk within a second, and what a crash left is offered at the next start."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from orgmap.files import journal, native
from orgmap.ui import recovery
from orgmap.ui.dialogs.recovered import RecoveredDialog
from tests.desk import CTRL, Desk, seated
from tests.ui import puppet
from tests.ui.lost import MAP, THEIRS, crashed, edit, journals, names, offered, save

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


@pytest.fixture
def empty_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made


# -- the journal --------------------------------------------------------------------------------------


def test_every_edit_is_on_the_disk_and_the_file_is_as_it_was(desk: Desk, tmp_path: Path) -> None:
    before = (tmp_path / "map.orgmap").read_bytes()

    edit(desk, "Cy")
    edit(desk, "Dov")
    path = desk.window.keeper.journal.keep()

    assert path is not None
    found = journal.restored(path)
    assert found.document == desk.document
    assert (found.away, found.head.path) == (2, tmp_path / "map.orgmap")
    assert (tmp_path / "map.orgmap").read_bytes() == before


def test_undo_and_redo_are_in_the_journal_too(desk: Desk) -> None:
    edit(desk, "Cy")
    edit(desk, "Dov")
    desk.window.session.undo()

    path = desk.window.keeper.journal.keep()

    assert path is not None
    assert names(journal.restored(path).document) == ["ana", "ben", "Cy"]
    assert journal.restored(path).away == 1


def test_a_map_that_is_only_looked_at_leaves_no_trace(desk: Desk) -> None:
    desk.window.keeper.journal.keep()

    assert journals() == []


def test_saving_empties_the_journal(desk: Desk) -> None:
    edit(desk)
    desk.window.keeper.journal.keep()
    assert len(journals()) == 1

    save(desk)

    desk.until(lambda: journals() == [])


def test_what_is_edited_while_a_save_is_under_way_is_in_the_next_journal(desk: Desk) -> None:
    edit(desk, "Cy")
    desk.window.keeper.save()
    edit(desk, "Dov")
    desk.until(lambda: not desk.window.keeper.saving)

    path = desk.window.keeper.journal.keep()

    assert path is not None
    assert journals() == [path]
    assert names(journal.restored(path).document) == ["ana", "ben", "Cy", "Dov"]
    assert journal.restored(path).away == 1


def test_letting_changes_go_lets_the_journal_go(desk: Desk) -> None:
    edit(desk)
    desk.window.keeper.journal.keep()

    desk.window.close()
    desk.press("Don't save", desk.dialog("unsaved"))
    desk.until(lambda: not desk.window.isVisible())

    assert journals() == []


def test_a_window_that_is_stopped_from_outside_leaves_its_journal(desk: Desk) -> None:
    edit(desk)

    desk.window.stop()

    (left,) = journal.left_behind(recovery.journals())
    assert names(left.document) == ["ana", "ben", "Cy"]


def test_a_journal_that_has_grown_is_begun_anew_with_the_map_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgmap.ui.scribe.FRESH_FROM", 1_000)
    for number in range(20):
        edit(desk, "n" * 100 + str(number))
        desk.window.keeper.journal.keep()

    path = desk.window.keeper.journal.keep()

    assert path is not None
    assert journals() == [path]
    assert journal.restored(path).document == desk.document
    assert journal.restored(path).away == 20


def test_edits_that_cannot_be_kept_are_told_once_and_kept_as_soon_as_it_goes_again(desk: Desk) -> None:
    recovery.journals().parent.mkdir(parents=True, exist_ok=True)
    recovery.journals().write_bytes(b"in the way")
    edit(desk, "Cy")
    desk.until(lambda: desk.notice)
    first = desk.notice
    recovery.journals().unlink()

    edit(desk, "Dov")
    path = desk.window.keeper.journal.keep()

    assert "cannot be kept for the case of a crash" in first
    assert path is not None
    assert journal.restored(path).document == desk.document


# -- after a crash ------------------------------------------------------------------------------------


def test_the_next_start_offers_the_map_as_it_was_and_one_press_reopens_it(
    empty_desk: Desk, tmp_path: Path
) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    crashed(path, "Cy")
    (old,) = journals()
    recovering = offered(desk)
    desk.until(lambda: desk.notice)
    said = desk.notice

    desk.press("Reopen it", desk.window.notices)
    desk.until(lambda: desk.window.session.path == path)

    assert "plan.orgmap" in said
    assert "1 edit newer than the file" in said
    assert names(desk.document) == ["ana", "ben", "Cy"]
    assert desk.window.session.modified
    assert names(native.load(path)) == ["ana", "ben"]  # nothing is written unasked
    desk.until(lambda: not old.exists())
    assert len(journals()) == 1  # its own, in case of the next crash
    save(desk)
    assert names(native.load(path)) == ["ana", "ben", "Cy"]
    recovering.stop()


def test_names_that_were_hidden_when_it_crashed_are_hidden_when_it_is_reopened(
    empty_desk: Desk, tmp_path: Path
) -> None:
    desk, path = empty_desk, tmp_path / "secret.orgmap"
    native.save(MAP, path)
    crashed(path, "Cy", hidden=True)
    recovering = offered(desk)
    desk.until(lambda: desk.notice)
    said = desk.notice

    desk.press("Reopen it", desk.window.notices)
    desk.until(lambda: desk.window.session.path == path)

    assert "secret" not in said
    assert "Map without names" in said
    assert desk.window.session.names_hidden
    assert "secret" not in desk.window.windowTitle()
    assert desk.window.canvas.stage.looks.names is False
    assert desk.window.actions_table["hide_names"].isChecked()
    assert [str(each.words) for each in desk.window.canvas.shown.reasons()] == ["Names hidden"]
    kept = desk.window.keeper.journal.keep()
    assert kept is not None
    assert journal.restored(kept).head.hidden  # for the next crash
    recovering.stop()


@pytest.mark.parametrize("again", [False, True])
def test_the_journal_knows_whether_names_are_hidden_however_often_that_changes(
    desk: Desk, again: bool
) -> None:
    desk.window.canvas.setFocus()
    edit(desk)
    desk.key(Key.Key_H)
    if again:
        desk.key(Key.Key_H)
    hidden = desk.window.session.names_hidden

    path = desk.window.keeper.journal.keep()

    assert path is not None
    assert hidden is not again
    assert journal.restored(path).head.hidden is hidden


def test_another_map_is_opened_with_its_names(desk: Desk, tmp_path: Path) -> None:
    native.save(THEIRS, tmp_path / "theirs.orgmap")
    desk.window.canvas.setFocus()
    desk.key(Key.Key_H)

    desk.open(tmp_path / "theirs.orgmap")

    assert not desk.window.session.names_hidden
    assert not desk.window.actions_table["hide_names"].isChecked()


def test_a_second_crash_right_after_reopening_still_knows_how_far_ahead_it_is(
    empty_desk: Desk, tmp_path: Path
) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    crashed(path, "Cy")
    recovering = offered(desk)
    desk.press("Reopen it", desk.window.notices)
    desk.until(lambda: desk.window.session.path == path)
    edit(desk, "Dov")

    kept = desk.window.keeper.journal.keep()

    assert kept is not None
    assert journal.restored(kept).away == 2
    assert journal.restored(kept).document == desk.document
    recovering.stop()


def test_a_file_that_was_changed_since_the_crash_is_not_replaced_unasked(
    empty_desk: Desk, tmp_path: Path
) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    crashed(path, "Cy")
    native.save(THEIRS, path)
    recovering = offered(desk)
    desk.press("Reopen it", desk.window.notices)
    desk.until(lambda: desk.window.session.path == path)

    desk.key(Key.Key_S, CTRL)
    desk.answer("outside", "Cancel")

    assert native.load(path) == THEIRS
    recovering.stop()


def test_discarding_removes_what_was_left(empty_desk: Desk) -> None:
    crashed(None, "Cy")
    recovering = offered(empty_desk)

    empty_desk.press("Discard it", empty_desk.window.notices)

    assert journals() == []
    recovering.stop()


def test_several_maps_are_listed_and_closing_the_list_forgets_none(empty_desk: Desk, tmp_path: Path) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    crashed(None, "Cy", lineage="one")
    crashed(path, "Dov", lineage="two")
    recovering = offered(desk)
    desk.press("Show them", desk.window.notices)
    dialog = desk.dialog("recovered")
    assert isinstance(dialog, RecoveredDialog)
    model = dialog.table.model()
    rows = [[model.index(r, c).data() for c in (0, 2)] for r in range(model.rowCount())]

    dialog.reject()

    assert rows == [["plan.orgmap", "1 edit newer than the file"], ["Plan", "never saved"]]
    assert len(journals()) == 2
    recovering.stop()


def test_a_full_disk_while_the_journal_is_written_loses_no_edit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(desk, "Cy")
    desk.window.keeper.journal.keep()
    real = os.fsync

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    edit(desk, "Dov")
    desk.until(lambda: "No space left" in desk.notice)
    monkeypatch.setattr(os, "fsync", real)
    edit(desk, "Edith")
    path = desk.window.keeper.journal.keep()

    assert path is not None
    assert names(journal.restored(path).document) == ["ana", "ben", "Cy", "Dov", "Edith"]
    assert journals() == [path]
