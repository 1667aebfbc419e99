"""While names are hidden, nothing that is copied or kept as a picture holds a word that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from orgmap.files.fragments import MIME
from orgmap.ui.charts.chart import Kind
from orgmap.ui.charts.page import ChartsPage
from orgmap.ui.tables.measures_page import MeasuresPage
from orgmap.ui.tables.page import TablePage
from tests.desk import CTRL, Desk, seated
from tests.hostile import Marks, hostile, in_bytes, layers
from tests.ui import puppet

Key = Qt.Key


@pytest.fixture
def marks() -> Marks:
    return Marks()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, marks: Marks) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, hostile(marks)) as made:
        hide_names(made)
        yield made
        QGuiApplication.clipboard().clear()


def hide_names(desk: Desk) -> None:
    desk.window.canvas.setFocus()
    desk.key(Key.Key_H)
    assert desk.window.session.names_hidden


def on_the_clipboard() -> bytes:
    """Everything that another program could take."""
    held = QGuiApplication.clipboard().mimeData()
    assert held is not None
    return b"\n".join([form.encode() + bytes(held.data(form).data()) for form in held.formats()])


def test_a_part_of_the_map_goes_on_the_clipboard_without_names_and_comes_back_with_them(
    desk: Desk, marks: Marks
) -> None:
    before = desk.document
    desk.window.canvas.set_selection([*before.nodes, *before.modules])

    desk.key(Key.Key_C, CTRL)
    held = on_the_clipboard()
    desk.key(Key.Key_V, CTRL)

    assert MIME.encode() in held
    assert in_bytes(held, marks) == {}
    assert b"Person 1" in held
    new = [node.name for key, node in desk.document.nodes.items() if key not in before.nodes]
    assert sorted(new) == sorted(node.name for node in before.nodes.values())


def test_on_another_map_what_was_copied_without_names_has_none(desk: Desk, marks: Marks) -> None:
    desk.window.canvas.set_selection(list(desk.document.nodes))
    desk.key(Key.Key_C, CTRL)

    desk.window.actions_table["new"].trigger()
    desk.until(lambda: not desk.document.nodes)
    desk.window.canvas.setFocus()
    desk.key(Key.Key_V, CTRL)

    assert desk.document.nodes
    assert in_bytes(repr(desk.document).encode(), marks) == {}


@pytest.mark.parametrize(("key", "page"), [(Key.Key_2, "people"), (Key.Key_3, "links")])
def test_the_cells_of_a_table_are_copied_without_names(desk: Desk, marks: Marks, key: Key, page: str) -> None:
    desk.key(key, CTRL)
    table = desk.window.room.pages.table(page)
    assert isinstance(table, TablePage)
    table.grid.setFocus()
    table.grid.selectAll()

    QTest.keyClick(table.grid, Key.Key_C, CTRL)

    assert b"Person 1" in on_the_clipboard()
    assert in_bytes(on_the_clipboard(), marks) == {}


def test_measures_charts_and_answers_are_copied_and_kept_without_names(
    qtbot: QtBot, tmp_path: Path, marks: Marks
) -> None:
    with seated(qtbot, tmp_path, document=hostile(marks)) as desk:
        desk.until(lambda: desk.analyst.report is not None and bool(desk.analyst.report.people))
        hide_names(desk)
        copied = [_answer(desk), _measures(desk), *_charts(desk)]
        QGuiApplication.clipboard().clear()

    assert all(b"Person" in data for data in copied[:3])
    assert [in_bytes(layer, marks) for data in copied for layer in layers(data)] == [
        {} for data in copied for _ in layers(data)
    ]


def _answer(desk: Desk) -> bytes:
    desk.window.canvas.set_selection(list(desk.document.nodes)[:2])
    desk.window.actions_table["route"].trigger()
    desk.press("Copy", desk.window.side)
    return on_the_clipboard()


def _measures(desk: Desk) -> bytes:
    desk.key(Key.Key_5, CTRL)
    page = desk.window.room.pages.table("measures")
    assert isinstance(page, MeasuresPage)
    desk.until(lambda: page.view.rows.total > 0)
    desk.press("Copy the table", page)
    return on_the_clipboard()


def _charts(desk: Desk) -> Iterator[bytes]:
    desk.key(Key.Key_6, CTRL)
    page = desk.window.room.pages.table("charts")
    assert isinstance(page, ChartsPage)
    desk.until(lambda: page.view is not None and page.chart is not None)
    for kind in (Kind.SCATTER, Kind.HOURS):
        page.show_kind(kind)
        page.copy_numbers()
        assert page.view is not None
        yield on_the_clipboard()
        yield page.view.as_svg()
        yield page.view.as_png()
