"""Every number in tables: sorted, found, selected with the map, copied in full, explained where it stands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.analysis.registry import run
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.gauging import Gauged
from orgmap.ui.measured import Things, of_map
from orgmap.ui.tables.measure_model import MeasureModel
from orgmap.ui.tables.measures_page import MeasuresPage
from orgmap.ui.tables.narrowing import Comparison, Narrowing
from orgmap.ui.tables.sheets import OfThings
from tests.desk import CTRL, LEFT, Desk, seated
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.words import TEST_ORGANIZATION, org

Key = Qt.Key
Down = Qt.SortOrder.DescendingOrder
REPORT = run(TEST_ORGANIZATION, measures=True)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=TEST_ORGANIZATION) as made:
        made.until(lambda: made.analyst.report is not None and bool(made.analyst.report.people))
        made.key(Key.Key_5, CTRL)
        yield made
        QGuiApplication.clipboard().clear()


def page(desk: Desk) -> MeasuresPage:
    found = desk.window.room.pages.table("measures")
    assert isinstance(found, MeasuresPage)
    desk.until(lambda: found.view.rows.total > 0)
    return found


def column(desk: Desk, key: str) -> int:
    return next(at for at, c in enumerate(page(desk).view.rows.columns) if c.id == key)


def cell(desk: Desk, row: str, key: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    rows = page(desk).view.rows
    at = rows.row_of(row)
    assert at is not None
    return str(rows.index(at, column(desk, key)).data(role))


def click(desk: Desk, row: str) -> None:
    view = page(desk).view
    at = view.rows.index(view.rows.row_of(row) or 0, 0)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(at).center())


def model(scope: Scope = Scope.PEOPLE) -> MeasureModel:
    made = MeasureModel(scope)
    made.show(OfThings(Things(TEST_ORGANIZATION, REPORT, scope)))
    return made


def place(rows: MeasureModel, key: str) -> int:
    return next(at for at, c in enumerate(rows.columns) if c.id == key)


def test_the_key_shows_every_person_of_the_report_with_their_numbers(desk: Desk) -> None:
    rows = page(desk).view.rows

    assert desk.window.room.pages.page == "measures"
    assert sorted(rows.ids) == sorted(REPORT.people)
    assert cell(desk, "A", "betweenness") == "0.5"
    assert "28 of 56" in cell(desk, "A", "dependence")
    assert "3 of 8" in cell(desk, "A", "in_degree", Qt.ItemDataRole.ToolTipRole)


def test_a_click_on_a_head_sorts_and_tells_what_the_column_means(desk: Desk) -> None:
    view = page(desk).view
    head = view.horizontalHeader()
    at = column(desk, "betweenness")
    x = head.sectionViewportPosition(at) + 20
    QTest.mouseClick(head.viewport(), LEFT, pos=QPoint(x, head.height() // 2))
    QTest.mouseClick(head.viewport(), LEFT, pos=QPoint(x, head.height() // 2))

    measure = MEASURES[Scope.PEOPLE]["betweenness"]
    assert list(view.rows.ids)[:2] == ["A", "X0"]
    assert str(measure.definition()) in page(desk).about
    assert measure.source in page(desk).about
    assert str(measure.edges()) in page(desk).about


def test_what_has_no_number_comes_last_whichever_way_rows_are_sorted() -> None:
    rows = model()
    at = place(rows, "dependence")
    found = []
    for order in (Qt.SortOrder.AscendingOrder, Down):
        rows.sort(at, order)
        found.append([rows.index(row, at).data() for row in range(rows.rowCount())])

    assert found[0][-1] == found[1][-1] == "–"
    assert found[1][0] == "28 of 56"
    assert [one == "–" for one in found[0]] == sorted(one == "–" for one in found[0])


def test_a_dash_says_why_there_is_no_number() -> None:
    rows = model()
    at = place(rows, "dependence")
    rows.sort(at)
    last = rows.index(rows.rowCount() - 1, at)

    assert str(MEASURES[Scope.PEOPLE]["dependence"].edges()) in str(last.data(Qt.ItemDataRole.ToolTipRole))


def test_a_way_back_that_does_not_exist_is_said_and_is_longer_than_any() -> None:
    rows = model(Scope.LINKS)
    at = place(rows, "return_length")
    rows.sort(at, Down)
    there = np.isinf(Things(TEST_ORGANIZATION, REPORT, Scope.LINKS).series("return_length").values)

    assert there.sum() == 5  # open links of the test organization, findings.md section 6
    assert [rows.index(row, at).data() for row in range(6)] == ["no way back"] * 5 + ["1"]


def test_words_and_numbers_narrow_the_rows_down() -> None:
    rows = model()
    rows.narrow(Narrowing(words=("x",)))
    of_x = set(rows.ids)
    rows.narrow(Narrowing(words=("x",), comparisons=(Comparison("out_degree", ">", 2.0),)))

    assert of_x == {"X0", "x1", "x2"}
    assert set(rows.ids) == {"X0"}


def test_rows_typed_for_are_found_and_the_selection_stays(desk: Desk) -> None:
    shown = page(desk)
    desk.window.canvas.set_selection(["X0"])
    desk.key(Key.Key_F, CTRL)
    desk.type("tells >= 3")
    desk.key(Key.Key_Return)

    assert sorted(shown.view.rows.ids) == ["A", "N", "X0"]
    assert shown.view.selected_ids == {"X0"}
    assert shown.view.hasFocus()


def test_the_selection_is_shared_with_the_map_both_ways(desk: Desk) -> None:
    desk.window.canvas.set_selection(["y1"])
    there = page(desk).view.selected_ids
    click(desk, "Z0")

    assert there == {"y1"}
    assert desk.window.canvas.selection == {"Z0"}


def test_modules_and_links_select_themselves_on_the_map(desk: Desk) -> None:
    shown = page(desk)
    for scope, key in ((Scope.MODULES, "X"), (Scope.LINKS, "l7")):
        button = shown.scope.findChild(QPushButton, f"segment-{scope.value}")
        assert button is not None
        QTest.mouseClick(button, LEFT)
        click(desk, key)

        assert desk.window.canvas.selection == {key}


def test_the_map_has_a_row_for_every_measure_and_chance_beside_it(desk: Desk) -> None:
    shown = page(desk)
    shown.show_scope(Scope.MAP)

    assert cell(desk, "density", "value") == "17 of 72"
    assert cell(desk, "ei_index", "value") == "0.18"
    assert cell(desk, "ei_index", "chance") not in ("", "–")
    assert "ei_expected" not in shown.view.rows.ids
    assert of_map(REPORT, "ei_index").values[0] == pytest.approx(0.17647058823529413)


def test_ctrl_c_copies_the_selected_rows_with_heads_and_numbers_in_full(desk: Desk) -> None:
    shown = page(desk)
    shown.view.setFocus()
    click(desk, "X0")
    desk.key(Key.Key_C, CTRL)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]

    assert lines[0][:3] == ["Name", "Module", "Hears from"]
    assert len(lines) == 2
    assert lines[1][0] == "X0"
    assert float(lines[1][lines[0].index("Betweenness")]) == pytest.approx(16.333333333333332 / 56, abs=1e-11)


def test_a_copied_number_below_nought_stays_a_number_and_a_formula_does_not_run(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = org("=1+1 <> ben, ben <> cy, cy <> =1+1, ben > dov", modules={"M": "=1+1 ben cy", "O": "dov"})
    with seated(qtbot, tmp_path, document=document) as made:
        made.until(lambda: made.analyst.report is not None and bool(made.analyst.report.people))
        made.key(Key.Key_5, CTRL)
        shown = page(made)
        made.press("Copy the table", shown)
        people = QGuiApplication.clipboard().text()
        shown.show_scope(Scope.MODULES)
        made.press("Copy the table", shown)
        modules = QGuiApplication.clipboard().text()

    assert "\n'=1+1\t" in people
    assert "\t-0." in modules
    QGuiApplication.clipboard().clear()


def test_numbers_of_before_are_said_to_be_old_until_the_new_ones_are_there(desk: Desk) -> None:
    shown = page(desk)
    change, _ = edits.add_link(desk.document, NodeId("x2"), NodeId("N"), two_way=False)
    desk.window.session.edit(verbatim("Link"), change)
    meanwhile = " ".join(desk.words(shown))
    desk.until(lambda: shown.standing == "")

    assert "changed" in meanwhile
    assert cell(desk, "x2", "out_degree") == "1"


def test_hidden_names_are_hidden_here_too(desk: Desk) -> None:
    desk.window.session.hide_names(True)
    shown = page(desk)
    desk.until(lambda: not any(cell(desk, key, "name") == key for key in shown.view.rows.ids))
    shown.view.copy_all()

    assert "X0" not in QGuiApplication.clipboard().text()


def test_columns_are_chosen_and_remembered(desk: Desk) -> None:
    shown = page(desk)
    at = column(desk, "core")
    before = shown.view.isColumnHidden(at)
    shown.choice.show_column(at, True)
    desk.until(lambda: any(w.startswith("core:") for w in desk.window.settings.listing("measures/people")))

    assert before
    assert not shown.view.isColumnHidden(at)


def test_numbers_read_with_two_decimals_and_their_tip_tells_all() -> None:
    rows = model()
    at = place(rows, "betweenness")
    row = rows.row_of("X0")
    assert row is not None
    tip = str(rows.index(row, at).data(Qt.ItemDataRole.ToolTipRole))

    assert rows.index(row, at).data() == "0.29"
    assert "0.291666666667" in tip
    assert math.isclose(16.333333333333332 / 56, 0.291666666667, abs_tol=1e-9)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_in_large_letters_or_long_words(
    desk: Desk, scale: float, qapp: QApplication
) -> None:
    shown = page(desk)
    with dressed(qapp, "dark", scale), pseudo_language():
        shown.say()
        shown.view.setCurrentIndex(shown.view.rows.index(0, column(desk, "constraint")))

        assert clipped(shown) == []


@pytest.mark.parametrize(
    ("scope", "key", "what"),
    [
        (Scope.PEOPLE, "betweenness", Gauged.COLOUR),
        (Scope.PEOPLE, "out_degree", Gauged.SIZE),
        (Scope.LINKS, "return_length", Gauged.LINES),
        (Scope.MODULES, "out_links", Gauged.GROUNDS),
    ],
)
def test_a_button_below_the_table_shows_the_measure_in_hand_on_the_map(
    desk: Desk, scope: Scope, key: str, what: Gauged
) -> None:
    page(desk).show_scope(scope)
    view = page(desk).view
    view.setCurrentIndex(view.rows.index(0, column(desk, key)))

    button = page(desk).foot.ways[what]
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)

    pages = desk.window.room.pages
    assert pages.page == "map"
    assert getattr(desk.window.canvas.shown.showing, what.value) == key
    assert getattr(desk.window.canvas.stage.looks, what.value) is not None
    assert desk.window.canvas.hasFocus()


def test_words_and_measures_without_a_number_are_not_offered_for_the_map(desk: Desk) -> None:
    view, ways = page(desk).view, page(desk).foot.ways
    view.setCurrentIndex(view.rows.index(0, column(desk, "betweenness")))
    assert not ways[Gauged.COLOUR].isHidden()
    assert ways[Gauged.LINES].isHidden()

    view.setCurrentIndex(view.rows.index(0, column(desk, "name")))
    assert all(button.isHidden() for button in ways.values())
    view.setCurrentIndex(view.rows.index(0, column(desk, "hours_per_week")))
    assert all(button.isHidden() for button in ways.values())
    page(desk).show_scope(Scope.MAP)

    assert all(button.isHidden() for button in ways.values())


def test_the_menu_of_a_head_and_of_a_cell_show_the_column_on_the_map(desk: Desk) -> None:
    view = page(desk).view
    head = view.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(column(desk, "out_degree")) + 5, 5)
    head.customContextMenuRequested.emit(spot)
    menu = opened_menu(desk)
    assert [action.text() for action in menu.actions()[:2]] == [
        "Colour people by Tells",
        "Size people by Tells",
    ]
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)

    assert desk.window.canvas.shown.showing.colour == "out_degree"
    desk.key(Key.Key_5, CTRL)
    view.setCurrentIndex(view.rows.index(0, column(desk, "betweenness")))
    view.menu_asked.emit(view.mapToGlobal(QPoint(40, 40)))
    menu = opened_menu(desk)
    for _ in range(2):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)

    assert desk.window.canvas.shown.showing.size == "betweenness"
    assert desk.window.canvas.shown.showing.colour == "out_degree"


def opened_menu(desk: Desk) -> QMenu:
    desk.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_what_is_selected_on_the_map_stays_selected_when_the_table_is_first_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with seated(qtbot, tmp_path, document=TEST_ORGANIZATION) as desk:
        desk.until(lambda: desk.analyst.report is not None and bool(desk.analyst.report.people))
        desk.window.canvas.set_selection({"x1", "z1"})

        desk.key(Key.Key_5, CTRL)

        assert desk.window.canvas.selection == {"x1", "z1"}
        assert page(desk).view.selected_ids == {"x1", "z1"}


def test_a_large_table_is_copied_beside_the_interface_and_reads_the_same(desk: Desk) -> None:
    view, clipboard = page(desk).view, QGuiApplication.clipboard()
    view.copy_all()
    at_once = clipboard.text()
    assert at_once.count("\n") == 9
    clipboard.clear()

    view.copier.at_once = 0
    view.copy_all()
    assert clipboard.text() == ""
    desk.until(clipboard.text)

    assert clipboard.text() == at_once
