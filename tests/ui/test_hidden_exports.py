"""What the window sends away without names: every kind of file, and a copy of the map itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from orgmap.files import native
from orgmap.ui.dialogs.export import ExportDialog
from orgmap.ui.orders import COPY, NAMES, PAPER, Order
from orgmap.ui.sieve import Facet
from tests.desk import CTRL, SHIFT, Desk, seated
from tests.hostile import Marks, found, hostile
from tests.ui import puppet

Key = Qt.Key


@pytest.fixture
def marks() -> Marks:
    return Marks()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, marks: Marks) -> Iterator[Desk]:
    """A window whose map is full of marks, seen through filters that were made of such words."""
    with seated(qtbot, tmp_path, puppet.obedient, document=hostile(marks)) as made:
        shown = made.window.canvas.shown
        node = next(iter(made.document.nodes.values()))
        filtered = shown.showing.filtered(Facet.TOPIC, [node.knows[0].casefold()])
        shown.set(replace(filtered, words=marks.stem, chosen=frozenset(made.document.nodes)))
        yield made


def exported(desk: Desk, folder: Path, kind: str) -> list[Path]:
    """The files of one kind, written without names by what the dialog calls."""
    room = desk.window.room
    order = Order(kind=kind, names=False, theme="light")
    room.exporter.write(folder / f"out{kind}", order, room.sharing.sight_of(order))
    desk.until(lambda: f"out{kind}" in desk.notice)
    desk.window.notices.clear()
    return sorted(folder.glob(f"out*{kind}"))


def test_no_kind_of_file_holds_a_word_that_somebody_wrote_or_typed(
    desk: Desk, tmp_path: Path, marks: Marks
) -> None:
    into = tmp_path / "into"
    into.mkdir()

    for kind in NAMES:
        if kind != PAPER:
            files = exported(desk, into, kind)
            assert files, kind
            assert found(files, marks) == {}, kind


def test_a_copy_of_the_map_has_the_same_numbers_as_the_screen_and_no_names(
    desk: Desk, tmp_path: Path
) -> None:
    last = list(desk.document.nodes)[-1]
    desk.window.session.numbers.of("person", last)
    desk.key(Key.Key_E, CTRL | SHIFT)
    dialog = desk.dialog("export")
    assert isinstance(dialog, ExportDialog)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(COPY))
    dialog.without_names.click()

    desk.press("Export", dialog)
    desk.until(lambda: desk.window.findChild(QFileDialog) is not None)
    desk.choose_file(tmp_path / "away.orgmap")
    desk.until(lambda: desk.notice)
    desk.window.canvas.setFocus()
    desk.key(Key.Key_H)

    away = native.load(tmp_path / "away.orgmap")
    assert [node.name for node in away.nodes.values()][-1] == "Person 1"
    shown = desk.window.session.shown
    assert [node.name for node in away.nodes.values()] == [node.name for node in shown.nodes.values()]


def test_the_open_map_is_never_replaced_by_a_copy_without_names(desk: Desk) -> None:
    path = desk.window.session.path
    assert path is not None
    before = path.read_bytes()
    room, order = desk.window.room, Order(kind=COPY, names=False)

    room.exporter.write(path, order, room.sharing.sight_of(order))
    desk.until(lambda: desk.notice)

    assert "open in a window" in desk.notice
    assert path.read_bytes() == before
