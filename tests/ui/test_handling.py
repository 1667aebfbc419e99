"""What work by hand needs from the window: switches, the lock, pictures behind the map."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.drawing.backdrop_source import MOST_SIDE, taken_in
from orgmap.errors import ReadError
from orgmap.files import native
from orgmap.progress import Progress
from tests.desk import Desk, seated
from tests.ui.hand import Key, laid
from tests.ui.puppet import obedient
from tests.words import org

ROW = {"ana": (0.0, 0.0), "ben": (150.0, 0.0)}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Two linked people in a window."""
    with seated(qtbot, tmp_path, obedient, laid(org("ana > ben"), ROW)) as found:
        yield found


def painted(path: Path, width: int, height: int) -> Path:
    """A picture file."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    assert image.save(str(path))
    return path


def drop(desk: Desk, path: Path) -> None:
    """Drop a file onto the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(5, 5), *args))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(5, 5), *args))


def test_a_picture_chosen_in_the_dialog_lies_behind_the_map_and_is_saved_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = painted(tmp_path / "plan.jpg", 3000, 1500)

    desk.window.actions_table["backdrop"].trigger()
    desk.choose_file(path)
    desk.until(lambda: desk.document.backdrops)

    found = next(iter(desk.document.backdrops.values()))
    assert found.locked
    assert found.width / found.height == pytest.approx(2.0)
    data = base64.b64decode(found.data)
    assert max(QImage.fromData(data).width(), QImage.fromData(data).height()) == MOST_SIDE
    desk.window.keeper.save()
    desk.until(lambda: not desk.window.session.modified)
    assert native.load(tmp_path / "map.orgmap").backdrops == desk.document.backdrops
    desk.window.session.undo()
    assert desk.document.backdrops == {}


def test_a_picture_dropped_on_the_map_goes_behind_it_and_a_map_is_opened(desk: Desk, tmp_path: Path) -> None:
    picture = painted(tmp_path / "plan.png", 400, 300)
    other = tmp_path / "other.orgmap"
    native.save(org("zoe > yan"), other)

    drop(desk, picture)
    desk.until(lambda: desk.document.backdrops)
    desk.window.session.undo()
    drop(desk, other)
    desk.until(lambda: desk.window.session.path == other)

    assert "zoe" in desk.document.nodes


def test_what_is_no_picture_is_said_and_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "plan.png"
    path.write_text("not a picture")
    before = desk.document

    drop(desk, path)
    desk.until(lambda: desk.notice)

    assert desk.notice == (
        "plan.png: This is not a picture that can be put behind a map.\nChoose a PNG, JPEG or WebP file."
    )
    assert desk.document == before


def test_a_heavy_picture_is_made_light(tmp_path: Path) -> None:
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    noise = bytes((x * 7919 + x // 3 * 104729) % 251 for x in range(image.sizeInBytes()))
    image = QImage(noise, 1600, 1200, QImage.Format.Format_RGB32).copy()
    path = tmp_path / "noise.png"
    image.save(str(path))

    source = taken_in(path, Progress())

    assert len(base64.b64decode(source.data)) <= 3_000_000
    assert source.width / source.height == pytest.approx(4 / 3, rel=0.01)


def test_a_picture_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        taken_in(tmp_path / "gone.png", Progress())
    text = tmp_path / "a.webp"
    text.write_bytes(b"RIFF....WEBPVP8 ")
    with pytest.raises(ReadError):
        taken_in(text, Progress())


def test_the_lock_holds_the_actions_that_alter_and_lets_go_again(desk: Desk) -> None:
    actions = desk.window.actions_table
    desk.click_person("ana")

    actions["lock"].trigger()
    held = [name for name in ("delete", "person", "pin", "note", "duplicate") if actions[name].isEnabled()]
    desk.key(Key.Key_Delete)
    assert held == []
    assert actions["fit"].isEnabled()
    assert set(desk.document.nodes) == {"ana", "ben"}
    assert "locked" in desk.notice
    actions["lock"].trigger()

    assert desk.notice == ""
    assert actions["delete"].isEnabled()
    assert not actions["lock"].isChecked()


def test_pin_is_ticked_for_whoever_is_pinned(desk: Desk) -> None:
    actions = desk.window.actions_table
    desk.click_person("ana")

    actions["pin"].trigger()
    ticked = [actions["pin"].isChecked()]
    for name in ("ben", "ana"):
        desk.click_person(name)
        ticked.append(actions["pin"].isChecked())

    assert ticked == [True, False, True]


def test_the_switch_of_snapping_is_remembered(desk: Desk) -> None:
    action, stage = desk.window.actions_table["snap"], desk.window.canvas.stage
    told = [(stage.snapping, action.isChecked())]

    action.trigger()
    told.append((stage.snapping, action.isChecked()))

    assert told == [(True, True), (False, False)]
    assert not desk.window.settings.snapping


def test_aligning_asks_for_two_and_following_for_a_link(desk: Desk) -> None:
    actions = desk.window.actions_table
    desk.click_person("ana")
    one = (actions["align_left"].isEnabled(), actions["other_end"].isEnabled())
    desk.click_person("ben", Qt.KeyboardModifier.ShiftModifier)
    two = actions["align_left"].isEnabled()
    desk.window.canvas.set_selection(["l1"])

    assert one == (False, False)
    assert two
    assert actions["other_end"].isEnabled()
    actions["other_end"].trigger()
    assert desk.window.canvas.selection == {"ana"}
