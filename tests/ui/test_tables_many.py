"""Many cells and rows at once: emptied, selected from elsewhere, narrowed down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Node, NodeId
from orgmap.ui.settings import Settings
from orgmap.ui.tables.people import People
from tests.ui.tabled import CTRL, Table

Key = Qt.Key


@pytest.fixture
def people(qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    """The table of four people, the clipboard empty afterwards."""
    yield Table(qtbot, People(), Settings(tmp_path / "settings.ini"))
    QGuiApplication.clipboard().clear()


def test_cells_of_several_columns_are_emptied_in_one_step(people: Table) -> None:
    people.enter(0, "level", "2")
    people.enter(0, "title", "cook")
    before = people.steps
    everything = QItemSelection(people.model.index(0, 0), people.model.index(1, people.column("in") - 1))
    people.grid.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    people.key(Key.Key_X, CTRL)

    assert (people.node("ana").level, people.node("ana").title, people.node("ana").name) == (None, "", "ana")
    assert people.steps == before + 1

    people.session.undo()

    assert (people.node("ana").level, people.node("ana").title) == (2, "cook")


def test_a_selection_from_elsewhere_is_as_few_ranges_as_it_has_gaps(people: Table) -> None:
    people.page.set_selection({"ana", "ben", "dov"})  # Qt asks each of them for every cell it paints

    assert people.grid.selected_ids == {"ana", "ben", "dov"}
    assert people.grid.selectionModel().selection().count() == 2


def test_a_large_table_is_narrowed_down_a_slice_at_a_time(qtbot: QtBot, tmp_path: Path) -> None:
    many = {NodeId(f"n{row}"): Node(id=NodeId(f"n{row}"), name=f"Person {row}") for row in range(12_000)}
    table = Table(qtbot, People(), Settings(tmp_path / "settings.ini"), Document(nodes=many))
    table.page.search.setFocus()
    table.type("person 11999")
    table.key(Key.Key_Return)

    assert len(table.model.ids) == 12_000

    qtbot.waitUntil(lambda: len(table.model.ids) == 1, timeout=20_000)  # names of thousands take long to ask

    assert table.names() == ["Person 11999"]

    table.session.edit(verbatim("x"), edits.set_fields(table.session.document, ["n11999"], title="cook"))
    table.page.search.setText("cook")
    table.page.search.setFocus()
    table.key(Key.Key_Return)

    assert table.names() == ["Person 11999"]
