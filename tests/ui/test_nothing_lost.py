"""Beside another window and under the hands of another program nothing is lost, and all is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from orgmap.files import native
from orgmap.files.claims import Hold, claim, claim_file
from orgmap.model.document import Document
from orgmap.ui import recovery
from orgmap.ui.dialogs.versions import VersionsDialog
from tests.desk import CTRL, Desk, seated
from tests.files.test_claims import ELSEWHERE
from tests.ui import puppet
from tests.ui.lost import MAP, THEIRS, edit, look, names, save, saved


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


@pytest.fixture
def empty_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made


@pytest.fixture
def other() -> Iterator[list[Hold]]:
    """Claims of somebody else, let go at the end."""
    held: list[Hold] = []
    yield held
    for each in held:
        each.release(remove=True)


# -- open elsewhere -----------------------------------------------------------------------------------


def test_a_map_that_is_open_says_so_beside_its_file_until_it_is_closed(desk: Desk, tmp_path: Path) -> None:
    beside = claim_file(tmp_path / "map.orgmap")
    assert beside.exists()

    desk.window.close_map()

    desk.until(lambda: not beside.exists())


def test_a_map_open_in_another_window_opens_as_a_copy(
    empty_desk: Desk, tmp_path: Path, other: list[Hold]
) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    held = claim(path)
    assert held is not None
    other.append(held)
    wanted: list[Path] = []
    desk.window.keeper.elsewhere_wanted.connect(wanted.append)

    desk.window.open_path(path)
    desk.answer("in_use", "Go to that window")
    assert wanted == [path]
    assert desk.window.on_start_page
    desk.window.open_path(path)
    desk.answer("in_use", "Open a copy")
    desk.until(lambda: names(desk.document) == ["ana", "ben"])

    assert desk.window.session.path is None


def test_a_lock_from_another_machine_is_asked_about(empty_desk: Desk, tmp_path: Path) -> None:
    desk, path = empty_desk, tmp_path / "plan.orgmap"
    native.save(MAP, path)
    claim_file(path).write_text(json.dumps(ELSEWHERE))

    desk.window.open_path(path)
    dialog = desk.dialog("in_use")
    said = dialog.property("informativeText")
    desk.answer("in_use", "Open it anyway")
    desk.until(lambda: desk.window.session.path == path)

    assert "Ana has it open on far away" in said


def test_saving_as_a_file_that_is_open_elsewhere_does_not_replace_it(
    desk: Desk, tmp_path: Path, other: list[Hold]
) -> None:
    path = tmp_path / "theirs.orgmap"
    native.save(THEIRS, path)
    held = claim(path)
    assert held is not None
    other.append(held)
    edit(desk)

    desk.window.keeper.save_as()
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))  # its own question about replacing was answered with yes
    dialog.reject()
    desk.answer("replace_open", "Cancel")

    assert native.load(path) == THEIRS
    assert desk.window.session.path == tmp_path / "map.orgmap"
    assert desk.window.session.modified
    assert claim_file(tmp_path / "map.orgmap").exists()


# -- changed elsewhere --------------------------------------------------------------------------------


def test_a_change_by_another_program_is_told_and_taken_over_as_one_step(desk: Desk, tmp_path: Path) -> None:
    edit(desk, "Mine")
    mine = desk.document
    native.save(THEIRS, tmp_path / "map.orgmap")

    look(desk)
    desk.until(lambda: "Another program has changed this file" in desk.notice)
    desk.press("Take over theirs", desk.window.notices)
    desk.until(lambda: desk.document.info.title == "Theirs")

    assert desk.document == THEIRS
    assert desk.window.canvas.hasFocus()  # not whatever comes after the button that is gone
    assert not desk.window.session.modified
    desk.window.session.undo()
    assert desk.document == mine
    assert desk.window.session.modified


def test_a_title_that_nobody_is_typing_is_the_new_one_at_once_also_with_the_keyboard_on_it(
    desk: Desk,
) -> None:
    title = desk.window.room.top.title
    title.setFocus()
    desk.type("!")
    desk.key(Qt.Key.Key_Return)
    title.setFocus()

    desk.window.session.undo()

    assert title.hasFocus()
    assert title.text() == desk.document.info.title == "Plan"


def test_a_title_that_is_being_typed_is_left_to_whoever_types(desk: Desk) -> None:
    title = desk.window.room.top.title
    title.setFocus()
    desk.type("Ne")

    edit(desk)

    assert "Ne" in title.text()


def test_keeping_mine_replaces_theirs_at_the_next_save_and_theirs_can_be_brought_back(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "map.orgmap"
    native.save(THEIRS, path)
    look(desk)

    desk.press("Keep mine", desk.window.notices)
    assert desk.window.session.modified
    save(desk)

    assert native.load(path) == MAP
    desk.window.actions_table["versions"].trigger()
    previous = desk.window.room.previous
    desk.until(lambda: previous.dialog is not None and previous.dialog.restore.isEnabled())
    assert previous.dialog is not None
    desk.press("Bring it back", previous.dialog)
    assert desk.document == THEIRS


def test_the_same_words_written_again_are_no_news(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    watching = desk.window.room.outsiders.watching
    with desk.qtbot.assertNotEmitted(watching.seen):
        look(desk)
        desk.until(lambda: watching._task is None)

    assert desk.notice == ""


def test_a_file_that_is_gone_is_told_and_saved_there_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    path.unlink()

    look(desk)
    desk.until(lambda: "no longer on the disk" in desk.notice)
    assert desk.window.session.modified
    desk.press("Save it there again", desk.window.notices)
    desk.until(lambda: saved(desk))

    assert native.load(path) == MAP
    assert desk.notice == ""


def test_a_share_that_vanishes_is_told_and_welcomed_back(desk: Desk, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    native.save(MAP, share / "plan.orgmap")
    desk.open(share / "plan.orgmap")
    away = tmp_path / "away"
    share.rename(away)

    look(desk)
    desk.until(lambda: "out of reach" in desk.notice)
    assert desk.window.session.modified
    away.rename(share)
    look(desk)

    desk.until(lambda: "there again" in desk.notice)
    assert not desk.window.session.modified


def test_that_the_folder_is_not_there_is_said_only_until_it_is_back(desk: Desk, tmp_path: Path) -> None:
    share, away = tmp_path / "share", tmp_path / "away"
    share.mkdir()
    native.save(MAP, share / "plan.orgmap")
    desk.open(share / "plan.orgmap")
    edit(desk)
    share.rename(away)
    look(desk)
    desk.until(lambda: "out of reach" in desk.notice)
    desk.key(Qt.Key.Key_S, CTRL)
    desk.answer("outside", "Save it there again")
    desk.until(lambda: "not there" in desk.notice)

    away.rename(share)
    look(desk)
    desk.until(lambda: "there again" in desk.notice)
    desk.window.notices.dismiss()

    assert desk.notice == ""
    save(desk)


# -- previous versions --------------------------------------------------------------------------------


def test_the_list_says_what_changed_and_a_version_comes_back_as_one_step(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    edit(desk, "Cy")
    save(desk)
    edit(desk, "Dov")
    save(desk)
    now, file = desk.document, path.read_bytes()

    desk.window.actions_table["versions"].trigger()
    dialog = desk.window.room.previous.dialog
    assert dialog is not None
    desk.until(lambda: dialog.table.model().rowCount() == 3)
    model = dialog.table.model()
    rows = [[model.index(r, c).data() for c in (1, 2, 3)] for r in range(3)]
    dialog.table.selectRow(2)
    told = "Bringing it back: 2 people removed.\nRemoved: Cy, Dov."
    desk.until(lambda: dialog.compared.text() == told)
    desk.press("Bring it back", dialog)

    assert rows == [["1 person added", "4", "1"], ["1 person added", "3", "1"], ["as it was found", "2", "1"]]
    assert desk.document == MAP
    assert path.read_bytes() == file  # nothing is written unasked
    desk.window.session.undo()
    assert desk.document == now


@pytest.mark.parametrize("hidden", [False, True])
def test_a_version_opens_as_a_copy_with_names_hidden_if_they_were(desk: Desk, hidden: bool) -> None:
    edit(desk, "Cy")
    save(desk)
    desk.window.canvas.setFocus()
    if hidden:
        desk.key(Qt.Key.Key_H)
    desk.window.actions_table["versions"].trigger()
    dialog = desk.window.room.previous.dialog
    assert dialog is not None
    desk.until(dialog.restore.isEnabled)

    desk.press("Open as a copy", dialog)

    assert desk.window.session.path is None
    assert names(desk.document) == ["ana", "ben"]
    assert desk.window.session.names_hidden is hidden


def test_versions_that_cannot_be_kept_are_a_warning_and_the_save_holds(desk: Desk, tmp_path: Path) -> None:
    recovery.versions().parent.mkdir(parents=True, exist_ok=True)
    recovery.versions().write_bytes(b"in the way")
    edit(desk)

    save(desk)

    assert "could not be added to the previous versions" in desk.notice
    assert names(native.load(tmp_path / "map.orgmap")) == ["ana", "ben", "Cy"]


def test_with_names_hidden_the_list_of_versions_names_nobody(desk: Desk) -> None:
    edit(desk, "Cy")
    save(desk)
    dialog = versions(desk)
    desk.until(lambda: "Removed: Cy." in dialog.compared.text())

    desk.window.session.hide_names(True)
    said = " ".join(desk.words(dialog))

    assert dialog.compared.text() == "Bringing it back: 1 person removed."
    assert "map.orgmap" not in said
    assert "Cy" not in said
    desk.window.session.hide_names(False)
    assert "map.orgmap" in " ".join(desk.words(dialog))


def test_versions_are_forgotten_only_after_a_question(desk: Desk, tmp_path: Path) -> None:
    edit(desk, "Cy")
    save(desk)
    dialog = versions(desk)
    rows = dialog.table.model().rowCount

    desk.press("Forget versions", dialog)
    question = desk.dialog("forget")
    assert isinstance(question, QMessageBox)
    assert question.defaultButton().text() == "Cancel"  # Enter forgets nothing
    desk.answer("forget", "Cancel")
    assert rows() == 2
    desk.press("Forget versions", dialog)
    desk.answer("forget", "Forget them")
    desk.until(lambda: rows() == 0)

    assert not dialog.forget.isEnabled()
    assert not dialog.restore.isEnabled()
    assert "There is none yet" in dialog.compared.text()
    assert names(native.load(tmp_path / "map.orgmap")) == ["ana", "ben", "Cy"]


def test_a_map_saved_under_another_name_or_renamed_on_the_disk_keeps_its_versions(
    desk: Desk, tmp_path: Path
) -> None:
    edit(desk, "Cy")
    save(desk)
    desk.window.keeper.save_as()
    desk.choose_file(tmp_path / "other.orgmap")
    desk.until(lambda: desk.window.session.path == tmp_path / "other.orgmap" and saved(desk))
    assert versions(desk).table.model().rowCount() == 2
    versions(desk).reject()
    desk.window.session.open(Document())
    (tmp_path / "map.orgmap").rename(tmp_path / "renamed.orgmap")

    desk.open(tmp_path / "renamed.orgmap")

    assert versions(desk).table.model().rowCount() == 2


def test_taking_over_theirs_keeps_what_this_program_does_not_know(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    theirs = replace(THEIRS, unread={"later": {"kept": [1, 2]}})
    native.save(theirs, path)

    look(desk)
    desk.press("Take over theirs", desk.window.notices)
    desk.until(lambda: desk.document.info.title == "Theirs")
    edit(desk, "Dov")
    save(desk)

    assert native.load(path).unread == {"later": {"kept": [1, 2]}}
    for _ in range(2):
        desk.window.session.undo()
    assert desk.document == MAP


def versions(desk: Desk) -> VersionsDialog:
    """The list of versions, filled."""
    desk.window.actions_table["versions"].trigger()
    dialog = desk.window.room.previous.dialog
    assert dialog is not None
    desk.until(lambda: dialog.table.model().rowCount())
    return dialog
