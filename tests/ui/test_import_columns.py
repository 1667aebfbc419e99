"""Importing: what each column holds and what the whole table is, said by the user."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton
from pytestqt.qtbot import QtBot

from orgmap.ui.dialogs.importing.wizard import ImportWizard
from tests.desk import Desk, seated
from tests.ui import puppet

STAFF = "Navn;Avdeling;Sjef\nEva Stone;Styre;\nAna Novak;Salg;Eva Stone\nBen Ash;Salg;Ana Novak\n"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made


def looked(desk: Desk) -> ImportWizard:
    found = desk.dialog("import")
    assert isinstance(found, ImportWizard)
    desk.until(lambda: found.look is not None)
    return found


def pick(box: QComboBox, data: str) -> None:
    """As by keys: down or up until it is there."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(data)):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_a_list_taken_for_links_is_said_to_be_one_of_people(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ansatte.csv"
    path.write_text(STAFF, encoding="utf-8")
    desk.window.open_path(path)
    dialog = looked(desk)
    read_as = dialog.findChild(QComboBox, "read-as")
    assert read_as is not None

    pick(read_as, "people")
    desk.until(lambda: dialog.look is not None and not dialog.waiting)
    pick(dialog.table_page.rows.boxes[1], "modules")
    desk.until(lambda: dialog.look is not None and not dialog.waiting)
    pick(dialog.table_page.rows.boxes[2], "manager")
    desk.until(lambda: dialog.look is not None and not dialog.waiting)
    desk.press("Import", dialog)
    desk.until(lambda: len(desk.document.nodes) == 3)

    assert {node.name: node.modules for node in desk.document.nodes.values()} == {
        "Eva Stone": ("Styre",),
        "Ana Novak": ("Salg",),
        "Ben Ash": ("Salg",),
    }
    assert len(desk.document.links) == 2


def test_the_wheel_over_a_column_does_not_change_what_it_holds(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "advice.csv"
    path.write_text("who,whom,weight\nAna,Ben,3\nBen,Cy,1\n", encoding="utf-8")
    desk.window.open_path(path)
    dialog = looked(desk)
    desk.until(lambda: not dialog.waiting)
    boxes = [box for box in dialog.findChildren(QComboBox) if box.isVisible()]
    before = [box.currentData() for box in boxes]

    for box in boxes:
        middle = QPointF(box.rect().center())
        at, turned = box.mapToGlobal(middle), QPoint(0, -120)
        no, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(middle, at, QPoint(), turned, no, none, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(box, event)

    assert boxes
    assert [box.currentData() for box in boxes] == before


def test_a_first_row_that_may_name_the_columns_is_doubted_and_one_click_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "ansatte.csv"
    path.write_text(STAFF, encoding="utf-8")
    desk.window.open_path(path)
    dialog = looked(desk)
    desk.until(lambda: not dialog.waiting)
    said = " ".join(desk.words(dialog))

    desk.press("It names the columns", dialog)
    desk.until(lambda: dialog.look is not None and not dialog.waiting)
    after = " ".join(desk.words(dialog))
    desk.press("Import", dialog)
    desk.until(lambda: len(desk.document.nodes) == 3)

    assert "The first row may name the columns of a table of people: Navn, Avdeling and Sjef." in said
    assert "may name" not in after
    assert [module.name for module in desk.document.modules.values()] == ["Styre", "Salg"]
    assert {str(link.kind) for link in desk.document.links.values()} == {"reports"}


def test_which_way_information_flows_is_asked_where_it_is_seen_on_a_small_screen(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("from,to,weight,notes\n" + "Ana,Ben,3,x\nBen,Cy,1,y\n" * 20, encoding="utf-8")
    desk.window.open_path(path)
    dialog = looked(desk)
    dialog.resize(800, 640)  # what 1280 x 720 leaves
    desk.until(lambda: not dialog.waiting)

    answers = [dialog.findChild(QRadioButton, f"direction-{number}") for number in range(3)]

    assert all(each is not None and each.visibleRegion().boundingRect() == each.rect() for each in answers)
