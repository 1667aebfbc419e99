"""The tables of people and links under real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Node, NodeId, NodeKind
from orgmap.ui.settings import Settings
from orgmap.ui.tables.links import Links
from orgmap.ui.tables.people import People
from orgmap.ui.widgets.word_line import WordLine
from tests.ui.dressed import pseudo_language
from tests.ui.pseudo import untranslated
from tests.ui.tabled import CTRL, MAP, NONE, Table
from tests.words import org

Key = Qt.Key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture(autouse=True)
def _clean_clipboard() -> Iterator[None]:
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def people(qtbot: QtBot, settings: Settings) -> Table:
    return Table(qtbot, People(), settings)


@pytest.fixture
def links(qtbot: QtBot, settings: Settings) -> Table:
    return Table(qtbot, Links(), settings)


def test_typing_into_a_cell_and_enter_change_it_in_one_step_and_go_down(people: Table) -> None:
    people.enter(0, "title", "Head of sales")

    assert people.node("ana").title == "Head of sales"
    assert people.steps == 1
    assert str(people.session.history.undo_label) == "Title of ana"
    assert people.grid.currentIndex().row() == 1
    assert people.grid.hasFocus()


def test_tab_takes_the_cell_and_goes_to_the_side(people: Table) -> None:
    people.go(0, "level")
    people.type("2")
    people.key(Key.Key_Tab)

    assert people.node("ana").level == 2
    assert people.model.columns[people.grid.currentIndex().column()].id == "title"


def test_escape_leaves_the_cell_as_it_was(people: Table) -> None:
    people.go(0, "name")
    people.type("Nobody")
    people.key(Key.Key_Escape)

    assert people.node("ana").name == "ana"
    assert people.steps == 0


def test_what_makes_no_sense_stays_in_the_editor_with_a_word_beside_it(people: Table) -> None:
    people.go(0, "level")
    people.type("low")
    people.key(Key.Key_Return)

    editor = people.grid.cells.editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "low"
    assert people.grid.problem.startswith("low is no number")
    assert people.steps == 0

    editor.selectAll()
    people.type("3")
    people.key(Key.Key_Return)

    assert people.node("ana").level == 3
    assert people.grid.problem == ""


def test_ctrl_enter_writes_into_all_selected_cells_as_one_step(people: Table) -> None:
    people.select(range(4), "level")
    people.type("4")
    people.key(Key.Key_Return, CTRL)

    assert [node.level for node in people.document.nodes.values()] == [4, 4, 4, 4]
    assert people.steps == 1
    assert str(people.session.history.undo_label) == "Level of 4 things"

    people.session.undo()

    assert people.cell(2, "level") == ""


def test_a_module_is_chosen_by_its_beginning_and_a_new_name_makes_one(people: Table) -> None:
    people.go(3, "home")
    people.type("Wo")
    editor = people.grid.cells.editor
    assert isinstance(editor, WordLine)
    assert editor.popup_open
    people.key(Key.Key_Down)
    people.key(Key.Key_Return)

    assert people.cell(3, "home") == "Works"

    people.enter(3, "home", "Depot")

    assert [module.name for module in people.document.modules.values()] == ["Sales", "Works", "Depot"]
    assert people.cell(3, "home") == "Depot"


def test_kinds_are_words_and_an_unknown_one_is_refused_with_the_words_there_are(people: Table) -> None:
    people.enter(0, "kind", "out")
    people.enter(1, "kind", "ghost")

    assert people.node("ana").kind is NodeKind.OUTSIDE
    assert people.node("ben").kind is NodeKind.PERSON
    assert "ghost is none of person, role, outside, source" in people.grid.problem


def test_several_words_are_parted_by_commas(people: Table) -> None:
    people.enter(0, "knows", "payroll, tax,payroll")
    people.enter(0, "also", "Works")

    assert people.node("ana").knows == ("payroll", "tax")
    assert people.cell(0, "also") == "Works"


def test_space_ticks_all_selected_boxes_and_unticks_them_again(people: Table) -> None:
    people.select(range(3), "newcomer")
    people.key(Key.Key_Space)
    ticked = [node.newcomer for node in people.document.nodes.values()]
    people.key(Key.Key_Space)

    assert ticked == [True, True, True, False]
    assert not any(node.newcomer for node in people.document.nodes.values())
    assert people.steps == 2


def test_a_click_on_a_box_ticks_it(people: Table) -> None:
    index = people.model.index(1, people.column("decides"))
    people.grid.scrollTo(index)
    rect = people.grid.visualRect(index)
    QTest.mouseClick(
        people.grid.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(rect.left() + 14, rect.center().y())
    )

    assert people.node("ben").decides


def test_a_name_in_the_last_row_adds_a_person(people: Table) -> None:
    people.page.grid.add_row()
    people.type("Edith")
    people.key(Key.Key_Return)
    people.type("Farah")
    people.key(Key.Key_Return)

    assert people.names() == ["ana", "ben", "cy", "dov", "Edith", "Farah"]
    assert people.steps == 2
    assert str(people.session.history.undo_label) == "Add Farah"


def test_deleting_rows_is_asked_for_the_rows_with_a_selected_cell(people: Table) -> None:
    asked: list[frozenset[str]] = []
    people.page.deletion_asked.connect(lambda: asked.append(people.grid.selected_ids))
    people.select(range(1, 3), "title")
    people.key(Key.Key_Delete, CTRL)

    assert asked == [frozenset({"ben", "cy"})]


def test_delete_empties_cells_and_leaves_the_rows(people: Table) -> None:
    people.enter(0, "level", "2")
    people.select(range(4), "level")
    people.key(Key.Key_Delete)

    assert people.node("ana").level is None
    assert len(people.document.nodes) == 4


def test_a_name_cannot_be_emptied(people: Table) -> None:
    people.select(range(1), "name")
    people.key(Key.Key_Delete)

    assert people.node("ana").name == "ana"
    assert "needs a name" in people.grid.problem


def test_selected_cells_are_copied_as_rows_and_no_cell_can_start_a_formula(people: Table) -> None:
    people.enter(0, "title", "=1+1")
    people.grid.clearSelection()
    model = people.grid.selectionModel()
    corner = QItemSelection(people.model.index(0, 0), people.model.index(1, people.column("title")))
    model.select(corner, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    people.key(Key.Key_C, CTRL)

    copied = QGuiApplication.clipboard().text().split("\n")

    assert copied == ["ana\tperson\tSales\t\t\t'=1+1", "ben\tperson\tSales\t\t\t"]


def test_a_pasted_block_is_one_step_and_what_runs_over_adds_people(people: Table) -> None:
    QGuiApplication.clipboard().setText("Anna\trole\tDepot\nBen\tperson\tDepot\nEdith\tperson\tDepot\n")
    people.go(2, "name")
    people.key(Key.Key_V, CTRL)

    assert people.names() == ["ana", "ben", "Anna", "Ben", "Edith"]
    assert people.steps == 1
    assert [people.cell(row, "home") for row in (2, 3, 4)] == ["Depot"] * 3
    assert people.node("cy").kind is NodeKind.ROLE

    people.session.undo()

    assert people.names() == ["ana", "ben", "cy", "dov"]


def test_cells_of_a_block_that_make_no_sense_are_left_and_told(people: Table) -> None:
    QGuiApplication.clipboard().setText("2\thead\nhigh\tclerk")
    people.go(0, "level")
    people.key(Key.Key_V, CTRL)

    assert (people.node("ana").level, people.node("ben").level) == (2, None)
    assert people.node("ben").title == "clerk"
    assert people.page.note.text() == "1 cell was left as it was: high is no number."


def test_one_copied_cell_goes_into_all_selected_ones(people: Table) -> None:
    QGuiApplication.clipboard().setText("clerk")
    people.select(range(3), "title")
    people.key(Key.Key_V, CTRL)

    assert [node.title for node in people.document.nodes.values()] == ["clerk", "clerk", "clerk", ""]
    assert people.steps == 1


def test_a_copied_block_reads_back_the_same(people: Table) -> None:
    people.enter(0, "title", '-a "quoted", one')
    people.enter(0, "hours", "2.5")
    whole = QItemSelection(people.model.index(0, 0), people.model.index(3, len(people.model.columns) - 1))
    people.grid.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    before = people.document
    people.grid.copy()
    people.go(0, "name")
    people.grid.paste()

    assert people.document == before


def test_a_click_on_a_header_sorts_and_what_nobody_said_comes_last(people: Table) -> None:
    people.enter(1, "level", "3")
    people.enter(2, "level", "1")
    people.grid.sortByColumn(people.column("level"), Qt.SortOrder.AscendingOrder)
    up = people.names()
    people.grid.sortByColumn(people.column("level"), Qt.SortOrder.DescendingOrder)

    assert up == ["cy", "ben", "ana", "dov"]
    assert people.names()[:2] == ["ben", "cy"]


def test_rows_keep_their_places_while_one_edits_a_sorted_table(people: Table) -> None:
    people.grid.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    people.enter(0, "name", "aaa")

    assert people.names() == ["aaa", "cy", "ben", "ana"]


def test_the_table_is_narrowed_down_to_rows_with_every_word_typed(people: Table) -> None:
    people.page.search.setFocus()
    people.type("sales b")
    people.key(Key.Key_Return)

    assert people.names() == ["ben"]
    assert people.grid.hasFocus()

    people.page.search.setFocus()
    people.key(Key.Key_Escape)

    assert len(people.names()) == 4


def test_hands_that_select_cells_tell_the_rows_and_maps_do_not_ring(people: Table) -> None:
    people.page.set_selection({"ben", "cy", "l1"})
    by_map, shown = list(people.told), people.grid.selected_ids
    people.go(0, "name")

    assert by_map == []
    assert shown == {"ben", "cy"}
    assert people.told == [frozenset({"ana"})]


def test_a_selection_stays_with_its_rows_when_they_are_sorted(people: Table) -> None:
    people.page.set_selection({"ben"})
    people.grid.sortByColumn(0, Qt.SortOrder.DescendingOrder)

    assert people.grid.selected_ids == {"ben"}


def test_changes_elsewhere_are_followed_row_by_row(people: Table) -> None:
    people.page.set_selection({"cy"})
    document = people.session.document
    people.session.edit(verbatim("gone"), edits.delete(document, ["ben"]))
    added, _ = edits.add_node(people.session.document, "new")
    people.session.edit(verbatim("new"), added)

    assert people.names() == ["ana", "cy", "dov", "new"]
    assert people.grid.selected_ids == {"cy"}
    assert [people.cell(row, "out") for row in range(4)] == ["0", "1", "0", "0"]

    people.session.undo()
    people.session.undo()

    assert sorted(people.names()) == ["ana", "ben", "cy", "dov"]


def test_renaming_a_module_is_seen_in_the_rows_of_its_people(people: Table) -> None:
    seen: list[int] = []
    people.model.dataChanged.connect(lambda first, _last: seen.append(first.row()))
    people.session.edit(
        verbatim("rename"), edits.set_fields(people.session.document, ["Sales"], name="Shops")
    )

    assert people.cell(1, "home") == "Shops"
    assert seen == [0]


def test_columns_that_are_put_away_stay_away(qtbot: QtBot, settings: Settings) -> None:
    first = Table(qtbot, People(), settings)
    first.page.choice.show_column(first.column("kind"), False)
    first.grid.setColumnWidth(first.column("title"), 333)
    first.grid.horizontalHeader().moveSection(5, 1)
    qtbot.waitUntil(lambda: bool(settings.listing("tables/people")))

    second = Table(qtbot, People(), settings)

    assert second.grid.isColumnHidden(second.column("kind"))
    assert second.grid.columnWidth(second.column("title")) == 333
    assert second.grid.horizontalHeader().visualIndex(second.column("title")) == 1


def test_a_spoilt_memory_of_columns_is_no_trouble(qtbot: QtBot, settings: Settings) -> None:
    settings.put_listing("tables/people", ["name", "-name:0", "ghost:10", "level:99999999", "title:x"])

    table = Table(qtbot, People(), settings)

    assert not table.grid.isColumnHidden(0)
    assert table.grid.columnWidth(table.column("level")) < 1_000


def test_the_menu_of_the_cells_does_what_it_says(people: Table) -> None:
    people.select(range(2), "title")
    QTest.keyClick(people.grid, Key.Key_Menu)
    people.grid.menu_asked.emit(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    menu.close()

    assert "Delete 2 people with their links" in entries
    assert entries[:2] == ["Change the cell", "Add a person"]


def test_a_cell_opened_while_another_is_typed_in_takes_what_was_typed_there(people: Table) -> None:
    people.go(0, "title")
    people.type("Lead")

    people.go(1, "title")
    people.grid.edit_current()
    people.type("Aide")
    people.grid.add_row()

    assert [people.cell(row, "title") for row in range(2)] == ["Lead", "Aide"]


def test_hidden_names_are_hidden_and_their_cells_are_shut(people: Table) -> None:
    people.session.hide_names(True)
    names = people.names()
    people.go(0, "name")
    people.type("x")

    people.grid.add_row()

    assert "ana" not in names
    assert people.grid.cells.editor is None

    people.session.hide_names(False)

    assert people.names()[0] == "ana"


def test_every_word_of_a_table_can_be_translated(qtbot: QtBot, settings: Settings) -> None:
    with pseudo_language():
        for listed in (People(), Links()):
            table = Table(qtbot, listed, settings, org())

            assert untranslated(table.page) == []
            heads = [table.model.headerData(i, Qt.Orientation.Horizontal) for i in range(5)]
            assert all(str(head).startswith("⟦") for head in heads)


def test_five_thousand_rows_follow_an_edit_without_a_pause(qtbot: QtBot, settings: Settings) -> None:
    many = Document(
        nodes={NodeId(f"n{i}"): Node(id=NodeId(f"n{i}"), name=f"Person {i}") for i in range(5_000)}
    )
    table = Table(qtbot, People(), settings, many)
    small = Table(qtbot, People(), settings, MAP)

    def cost(at: Table, key: str) -> float:
        began = process_time()
        for level in range(20):
            change = edits.set_fields(at.session.document, [key], level=level + 1)
            at.session.edit(verbatim("x"), change)
        return process_time() - began

    cost(small, "ana")
    assert cost(table, "n7") < 100 * max(cost(small, "ana"), 0.001)


def test_while_names_are_hidden_no_paste_and_no_key_writes_over_them(people: Table) -> None:
    people.session.hide_names(True)
    QGuiApplication.clipboard().setText("x\trole\tDepot\nNew\trole\tDepot")
    people.go(3, "name")
    people.key(Key.Key_V, CTRL)
    people.select(range(2), "title")
    people.key(Key.Key_Delete)

    assert [node.name for node in people.document.nodes.values()] == ["ana", "ben", "cy", "dov"]
    assert people.node("dov").kind is NodeKind.ROLE
    assert len(people.document.modules) == 2
