"""The forms of the same map in one window: what is selected and edited in one shows in all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from orgmap.model.entities import LinkId, NodeId
from orgmap.ui.dialogs.channels import ChannelsDialog
from orgmap.ui.tables.matrix_page import MatrixPage
from orgmap.ui.tables.page import TablePage
from tests.desk import CTRL, LEFT, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.ui.reports import finding
from tests.words import org

Key = Qt.Key
MAP = laid(
    org("ana <> ben, ben > cy", modules={"R&D": "ana ben"}, people="ana ben cy", title="Plan"),
    {"ana": (-90.0, 0.0), "ben": (90.0, 0.0), "cy": (0.0, 160.0)},
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def table(desk: Desk, name: str) -> TablePage:
    page = desk.window.room.pages.table(name)
    assert isinstance(page, TablePage)
    return page


def show(desk: Desk, number: int) -> None:
    desk.key((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4)[number - 1], CTRL)


def test_ctrl_and_a_digit_show_each_form_with_the_keyboard_on_it(desk: Desk) -> None:
    pages = desk.window.room.pages
    seen = []
    for number in (2, 3, 4, 1):
        show(desk, number)
        at = pages.currentWidget()
        focus = desk.window.focusWidget()
        seen.append((pages.page, pages.switch.value, focus is at or at.isAncestorOf(focus)))

    assert seen == [(name, name, True) for name in ("people", "links", "matrix", "map")]


def test_the_switch_in_the_top_bar_shows_a_form(desk: Desk) -> None:
    button = desk.window.room.top.findChild(QPushButton, "segment-matrix")
    assert button is not None
    QTest.mouseClick(button, LEFT)

    assert desk.window.room.pages.page == "matrix"
    assert desk.window.actions_table["view_matrix"].isChecked()


def test_what_is_selected_on_the_map_is_selected_in_the_table_and_back(desk: Desk) -> None:
    desk.click_person("ben")
    show(desk, 2)
    grid = table(desk, "people").grid
    there = grid.selected_ids
    desk.key(Key.Key_Down)

    assert there == {"ben"}
    assert desk.window.canvas.selection == {"cy"}
    assert desk.window.side.inspector.selection == {"cy"}


def test_a_cell_of_the_matrix_selects_its_link_everywhere(desk: Desk) -> None:
    show(desk, 4)
    page = desk.window.room.pages.table("matrix")
    assert isinstance(page, MatrixPage)
    at = page.model.place_of
    page.view.setCurrentIndex(page.model.index(at[NodeId("ben")], at[NodeId("cy")]))
    show(desk, 3)

    assert desk.window.canvas.selection == {"l2"}
    assert table(desk, "links").grid.selected_ids == {"l2"}


def test_a_name_typed_into_the_table_stands_on_the_map_and_undo_takes_it_back(desk: Desk) -> None:
    show(desk, 2)
    for letter in "Anna":
        desk.type(letter)
    desk.key(Key.Key_Return)
    named = desk.document.nodes[NodeId("ana")].name
    desk.key(Key.Key_Z, CTRL)

    assert named == "Anna"
    assert desk.document.nodes[NodeId("ana")].name == "ana"


def test_deleted_rows_take_their_links_along_and_undo_brings_all_back(desk: Desk) -> None:
    show(desk, 2)
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Delete, CTRL)
    left = set(desk.document.nodes), len(desk.document.links)
    desk.key(Key.Key_Z, CTRL)

    assert left == ({"ana", "cy"}, 0)
    assert desk.document == MAP


def test_a_new_person_of_the_menu_is_a_row_in_the_table_and_a_name_on_the_map(desk: Desk) -> None:
    show(desk, 2)
    desk.window.actions_table["person"].trigger()
    for letter in "Dov":
        desk.type(letter)
    desk.key(Key.Key_Return)
    on_table = desk.window.room.pages.page
    show(desk, 4)
    desk.window.actions_table["person"].trigger()

    assert on_table == "people"
    assert "Dov" in [node.name for node in desk.document.nodes.values()]
    assert desk.window.room.pages.page == "map"
    assert desk.window.canvas.naming.active


def test_another_map_is_shown_as_a_drawing(desk: Desk, tmp_path: Path) -> None:
    show(desk, 3)
    desk.open(tmp_path / "map.orgmap")
    desk.window.session.open(MAP)

    assert desk.window.room.pages.page == "map"
    assert desk.window.room.pages.switch.value == "map"


def test_f6_goes_from_the_table_to_the_panel_and_round(desk: Desk) -> None:
    show(desk, 2)
    grid = table(desk, "people").grid
    stops = []
    for _ in range(4):
        desk.key(Key.Key_F6)
        stops.append(desk.window.focusWidget())

    assert grid in stops
    assert any(desk.window.side.isAncestorOf(stop) for stop in stops if stop is not None)


def test_the_evidence_of_a_finding_is_selected_where_the_map_is_not_in_view(desk: Desk) -> None:
    show(desk, 2)
    desk.window.room.pages.show_evidence(finding(people=(NodeId("cy"),)))

    assert table(desk, "people").grid.selected_ids == {"cy"}


def test_a_new_channel_is_made_where_a_link_wants_one_and_its_name_is_open(desk: Desk) -> None:
    desk.window.canvas.set_selection(["l2"])
    side = desk.window.side
    side.setCurrentWidget(side.inspector)
    boxes = side.inspector.findChildren(QComboBox)
    box = next(b for b in boxes if b.accessibleName() == "Channel" and b.isVisibleTo(side))
    row = box.findText("New channel…")
    box.setCurrentIndex(row)
    box.activated.emit(row)

    dialog = desk.dialog("channels")
    assert isinstance(dialog, ChannelsDialog)
    made = desk.document.links[LinkId("l2")].channel
    assert made is not None
    assert dialog.current == made
    assert desk.document.channels[made].name == "new channel"
    assert len(desk.window.session.history.steps[0]) == 1

    dialog.form.name_field.line.setText("")
    QTest.keyClicks(dialog.form.name_field.line, "radio")
    QTest.keyClick(dialog.form.name_field.line, Key.Key_Return)

    assert desk.document.channels[made].name == "radio"
    dialog.close()


def test_ctrl_f_finds_in_the_table_that_is_in_view(desk: Desk) -> None:
    show(desk, 2)
    desk.key(Key.Key_F, CTRL)
    for letter in "ben":
        desk.type(letter)
    desk.key(Key.Key_Return)

    assert list(table(desk, "people").model.ids) == ["ben"]
    assert table(desk, "people").grid.hasFocus()


def test_copy_in_a_table_copies_its_cells(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    show(desk, 2)
    table(desk, "people").grid.selectRow(0)
    desk.key(Key.Key_C, CTRL)
    row = clipboard.text()
    clipboard.clear()

    assert row.startswith("ana\tperson\tR&D")


def test_tab_goes_through_a_table_as_the_eye_does(desk: Desk) -> None:
    show(desk, 2)
    page = table(desk, "people")
    page.search.setFocus()
    stops = []
    for _ in range(3):
        desk.key(Key.Key_Tab)
        stops.append(QApplication.focusWidget())

    assert [type(stop).__name__ for stop in stops] == ["WordsButton", "WordsButton", "Grid"]
    assert [stop.accessibleName() for stop in stops if stop is not None] == [
        "Add a person",
        "Columns",
        "People",
    ]


def test_tab_goes_from_the_title_to_the_switch_above_the_map(desk: Desk) -> None:
    desk.window.room.top.title.setFocus()
    desk.key(Key.Key_Tab)
    at = QApplication.focusWidget()
    assert at is not None
    first = at.objectName()
    desk.key(Key.Key_Right)

    assert first == "segment-map"
    assert desk.window.room.pages.page == "people"


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (2, "Name\tModule\tTitle\nben\tSales\tclerk\nEva\tSales\thead"),
        (3, "From\tTo\tChannel\nben\tEva\tchat"),
    ],
)
def test_rows_below_headings_pasted_into_a_table_are_joined_by_name(desk: Desk, form: int, rows: str) -> None:
    QGuiApplication.clipboard().setText(rows)
    show(desk, form)
    desk.key(Key.Key_V, CTRL)
    desk.until(lambda: len(desk.document.nodes) == 4)

    assert [node.name for node in desk.document.nodes.values()] == ["ana", "ben", "cy", "Eva"]
    assert len(desk.window.session.history.steps[0]) == 1
    assert set(MAP.links) <= set(desk.document.links)
