"""Opening, saving, asking: nothing is lost, nothing is written unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from orgmap.files import disk, native
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.file_names import proposed_name
from orgmap.ui.jobs import Task
from tests.desk import CTRL, SHIFT, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-80.0, 0.0), "ben": (80.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def edit(desk: Desk, name: str = "Cy") -> None:
    change, _ = edits.add_node(desk.document, name, (0.0, 120.0))
    desk.window.session.edit(verbatim("Add"), change)


def on_disk(desk: Desk) -> list[str]:
    assert desk.window.session.path is not None
    return [node.name for node in native.load(desk.window.session.path).nodes.values()]


def saved(desk: Desk) -> bool:
    return not desk.window.session.modified and not desk.window.keeper.saving


def test_ctrl_s_saves_what_is_there(desk: Desk) -> None:
    edit(desk)
    assert desk.window.isWindowModified()

    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))

    assert on_disk(desk) == ["ana", "ben", "Cy"]
    assert not desk.window.isWindowModified()


def test_ten_times_ctrl_s_with_edits_between_ends_with_the_last_state(desk: Desk) -> None:
    for number in range(10):
        edit(desk, f"p{number}")
        desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))

    assert len(on_disk(desk)) == 12


def test_a_new_map_asks_where_to_save(desk: Desk, tmp_path: Path) -> None:
    desk.key(Key.Key_N, CTRL)
    edit(desk)

    desk.key(Key.Key_S, CTRL)
    desk.choose_file(tmp_path / "new.orgmap")
    desk.until(lambda: saved(desk))

    assert desk.window.session.path == tmp_path / "new.orgmap"
    assert desk.window.recent.paths[0] == tmp_path / "new.orgmap"


def test_save_as_while_a_save_is_under_way_writes_both_files(desk: Desk, tmp_path: Path) -> None:
    edit(desk)

    desk.key(Key.Key_S, CTRL | SHIFT)
    desk.window.keeper.save()
    under_way = desk.window.keeper.saving
    desk.choose_file(tmp_path / "other.orgmap")
    desk.until(lambda: saved(desk) and desk.window.session.path == tmp_path / "other.orgmap")

    assert under_way
    assert len(native.load(tmp_path / "map.orgmap").nodes) == 3
    assert len(native.load(tmp_path / "other.orgmap").nodes) == 3


def test_what_is_edited_while_the_save_before_leaving_is_under_way_is_saved_too(desk: Desk) -> None:
    edit(desk, "Cy")
    left: list[list[str]] = []

    desk.window.keeper.save(lambda: left.append(on_disk(desk)))
    edit(desk, "Dan")
    desk.until(lambda: bool(left))

    assert left == [["ana", "ben", "Cy", "Dan"]]


def test_a_save_that_takes_long_cannot_be_stopped_half_way(desk: Desk) -> None:
    status = desk.window.room.status
    gate = Event()
    ended: list[str] = []
    offered = []
    for stoppable in (True, False):
        task = Task(lambda _: gate.wait(10), desk.window, stoppable=stoppable)
        task.done.connect(lambda _, kind=str(stoppable): ended.append(kind))
        status.follow(verbatim("Working"), task)
        task.start()
        desk.until(lambda: status.working)
        offered.append(any(b.isVisible() for b in status.findChildren(QToolButton)))
        task.cancel()

    gate.set()
    desk.until(lambda: bool(ended))

    assert offered == [True, False]
    assert ended == ["False"]


def test_save_as_gives_the_ending_and_leaves_the_first_file_alone(desk: Desk, tmp_path: Path) -> None:
    edit(desk)

    desk.key(Key.Key_S, CTRL | SHIFT)
    desk.choose_file(tmp_path / "copy")
    desk.until(lambda: saved(desk))

    assert len(on_disk(desk)) == 3
    assert len(native.load(tmp_path / "map.orgmap").nodes) == 2
    assert desk.window.session.path == tmp_path / "copy.orgmap"


def test_closing_with_changes_asks_and_cancel_stays(desk: Desk) -> None:
    edit(desk)

    desk.window.close()
    desk.answer("unsaved", "Cancel")

    assert desk.window.isVisible()
    assert desk.window.session.modified


def test_saving_is_what_enter_does_in_the_question(desk: Desk) -> None:
    edit(desk)

    desk.window.close()
    question = desk.dialog("unsaved")

    assert isinstance(question, QMessageBox)
    assert question.defaultButton().text().replace("&", "") == "Save"
    desk.answer("unsaved", "Save")
    desk.until(lambda: not desk.window.isVisible())
    assert on_disk(desk) == ["ana", "ben", "Cy"]


def test_not_saving_lets_the_changes_go(desk: Desk) -> None:
    edit(desk)

    desk.window.close()
    desk.answer("unsaved", "Don't save")
    desk.until(lambda: not desk.window.isVisible())

    assert on_disk(desk) == ["ana", "ben"]


def test_ctrl_w_goes_back_to_the_start_page_after_asking(desk: Desk) -> None:
    edit(desk)

    desk.key(Key.Key_W, CTRL)
    desk.answer("unsaved", "Don't save")

    assert desk.window.on_start_page
    assert not desk.document.nodes


def test_a_name_that_is_being_typed_is_saved_too(desk: Desk) -> None:
    desk.click_person("ana")
    desk.key(Key.Key_F2)
    desk.window.canvas.naming.field.selectAll()
    desk.type("Anna")

    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))

    assert on_disk(desk) == ["Anna", "ben"]


def test_where_saving_fails_the_map_stays_modified_and_save_as_is_offered(desk: Desk, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    desk.key(Key.Key_S, CTRL | SHIFT)
    desk.choose_file(gone / "a.orgmap")
    desk.until(lambda: desk.window.session.path == gone / "a.orgmap" and saved(desk))
    edit(desk)
    for path in gone.iterdir():
        path.unlink()
    gone.rmdir()

    desk.key(Key.Key_S, CTRL)
    desk.answer("outside", "Save it there again")
    desk.until(lambda: desk.notice)

    assert desk.window.session.modified
    desk.press("Save as", desk.window.notices)
    desk.choose_file(tmp_path / "b.orgmap")
    desk.until(lambda: saved(desk))
    assert len(on_disk(desk)) == 3
    assert desk.notice == ""


def test_a_file_changed_by_another_program_is_not_replaced_unasked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    theirs = path.read_bytes() + b"\n"
    path.write_bytes(theirs)
    edit(desk)

    desk.key(Key.Key_S, CTRL)
    desk.answer("outside", "Cancel")

    assert path.read_bytes() == theirs
    assert desk.window.session.modified

    desk.key(Key.Key_S, CTRL)
    desk.answer("outside", "Replace it")
    desk.until(lambda: saved(desk))
    assert len(on_disk(desk)) == 3
    assert disk.previous_version(path).read_bytes() == theirs


def test_a_touched_file_with_the_same_words_is_no_alarm(desk: Desk, tmp_path: Path) -> None:
    os.utime(tmp_path / "map.orgmap", (0, 0))
    edit(desk)

    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))

    assert desk.no_dialog()


def test_a_file_that_is_no_map_gives_a_notice_and_the_open_map_stays(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.orgmap").write_bytes(b"\x89PNG\r\n")
    before = desk.document

    desk.window.open_path(tmp_path / "bad.orgmap")
    desk.until(lambda: desk.notice)

    assert "bad.orgmap" in desk.notice
    assert desk.document is before
    assert desk.window.session.path == tmp_path / "map.orgmap"


def test_a_damaged_file_offers_the_newest_whole_copy_and_says_when_it_is_from(
    desk: Desk, tmp_path: Path
) -> None:
    edit(desk)
    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))
    path = tmp_path / "map.orgmap"
    path.write_bytes(path.read_bytes()[:100])
    desk.window.session.open(org("zoe"))

    desk.window.open_path(path)
    desk.until(lambda: "newest whole copy is the version that was saved" in desk.notice)
    desk.press("Open the newest whole copy", desk.window.notices)
    desk.until(lambda: len(desk.document.nodes) == 3)

    assert desk.window.session.path is None  # saving asks where, and never writes over what is there
    assert desk.window.session.modified
    assert path.stat().st_size == 100


def test_a_damaged_file_without_kept_versions_offers_the_one_beside_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "other.orgmap"
    path.write_bytes(b"")
    native.save(org("ana <> ben, ben > zoe"), disk.previous_version(path))

    desk.window.open_path(path)
    desk.until(lambda: "the one beside the file" in desk.notice)
    desk.press("Open the newest whole copy", desk.window.notices)

    desk.until(lambda: len(desk.document.nodes) == 3)
    assert all(node.x is not None for node in desk.document.nodes.values())


def test_a_recent_map_that_is_gone_says_so_and_can_be_taken_out(desk: Desk, tmp_path: Path) -> None:
    gone = tmp_path / "gone.orgmap"
    desk.window.recent.add(gone)

    desk.window.open_path(gone)
    desk.until(lambda: desk.notice)
    desk.press("Take it out", desk.window.notices)

    assert gone not in desk.window.recent.paths


def test_the_title_can_be_changed_in_the_bar_and_taken_back(desk: Desk) -> None:
    title = desk.window.room.top.title
    title.setFocus()
    title.selectAll()

    desk.type("R&D [*] <b>")
    desk.key(Key.Key_Return)

    assert desk.document.info.title == "R&D [*] <b>"
    assert desk.window.windowTitle().startswith("R&D [*][*] <b>")
    desk.window.canvas.setFocus()
    desk.key(Key.Key_Z, CTRL)
    assert title.text() == "Plan"


def test_a_title_that_is_half_typed_is_asked_about_before_another_map_comes(desk: Desk) -> None:
    title = desk.window.room.top.title
    title.setFocus()
    title.selectAll()
    desk.type("Half")

    desk.window.actions_table["new"].trigger()
    desk.answer("unsaved", "Cancel")

    assert desk.document.info.title == "Half"
    assert [node.name for node in desk.document.nodes.values()] == ["ana", "ben"]


def test_what_is_half_typed_never_lands_on_the_map_that_comes(desk: Desk) -> None:
    title = desk.window.room.top.title
    title.setFocus()
    title.selectAll()
    desk.type("Half")

    desk.window.session.open(org("cy", title="Other"))
    desk.window.canvas.setFocus()

    assert desk.document.info.title == "Other"
    assert title.text() == "Other"
    assert not desk.window.session.modified


def test_a_sample_opens_as_a_new_map_and_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "sample.orgmap"
    native.save(MAP, path)

    desk.window.open_copy(path)
    desk.until(lambda: desk.window.session.path is None and desk.document.nodes)
    title = desk.window.windowTitle()
    edit(desk)
    desk.key(Key.Key_S, CTRL)
    desk.choose_file(tmp_path / "mine.orgmap")
    desk.until(lambda: saved(desk))

    assert title.startswith("Plan (not saved)")  # beside the window of what it is a copy of
    assert "not saved" not in desk.window.windowTitle()
    assert len(native.load(path).nodes) == 2


def test_a_title_becomes_a_file_name_that_every_system_takes() -> None:
    names = [proposed_name(org("a <> b", title=title)) for title in ("a/b: c?", " .. ", "x" * 300, "Plan")]

    assert names == ["a b c", "Map", "x" * 80, "Plan"]


def test_opening_another_map_while_one_is_read_shows_the_last(desk: Desk, tmp_path: Path) -> None:
    for name in ("one", "two"):
        native.save(org(f"{name} <> other"), tmp_path / f"{name}.orgmap")

    desk.window.open_path(tmp_path / "one.orgmap")
    desk.window.open_path(tmp_path / "two.orgmap")
    desk.until(lambda: NodeId("two") in desk.document.nodes)

    assert desk.window.session.path == tmp_path / "two.orgmap"
