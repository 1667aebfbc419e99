"""Importing: what was recognized is shown, the direction asked in the user's words, notes listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QPushButton,
    QRadioButton,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from orgmap.files.reading import Arrows
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.query import name_of
from orgmap.ui.dialogs.importing.wizard import ImportWizard
from orgmap.ui.widgets.words import Words
from tests.desk import CTRL, Desk, seated
from tests.files.workbooks import row, xlsx
from tests.ui import puppet
from tests.ui.dressed import dressed
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("ana <> ben"), {"ana": (-80.0, 0.0), "ben": (80.0, 0.0)})
ASKED = "who,whom,weight\nAna Novak,Ben <b>,3\nBen <b>,Cy & Co,1\n,Dan,2\n"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made


@pytest.fixture
def over_a_map(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def table(folder: Path, words: str = ASKED, name: str = "advice.csv") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def looked(desk: Desk) -> ImportWizard:
    found = desk.dialog("import")
    assert isinstance(found, ImportWizard)
    desk.until(lambda: found.look is not None)
    return found


def choose(dialog: QDialog, number: int) -> None:
    button = dialog.findChild(QRadioButton, f"direction-{number}")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def said(dialog: QDialog) -> str:
    labels = [label.text() for label in dialog.findChildren(Words) if label.isVisible()]
    return "\n".join([*labels, *(b.text() for b in dialog.findChildren(QRadioButton) if b.isVisible())])


def arrows(desk: Desk) -> list[tuple[str, str, bool]]:
    document = desk.document
    return [
        (name_of(document, k.source), name_of(document, k.target), k.two_way) for k in document.links.values()
    ]


def test_the_direction_is_asked_with_the_first_row_of_the_table(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path))
    dialog = looked(desk)

    assert "Ana Novak tells Ben <b>: information flows from Ana Novak to Ben <b>." in said(dialog)
    assert "Ana Novak asks Ben <b>: information flows from Ben <b> to Ana Novak." in said(dialog)
    assert "3 rows" in said(dialog)


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        (0, ("Ana Novak", "Ben <b>", False)),
        (1, ("Ben <b>", "Ana Novak", False)),
        (2, ("Ana Novak", "Ben <b>", True)),
    ],
)
def test_the_answer_decides_which_way_information_flows(
    desk: Desk, tmp_path: Path, answer: int, first: tuple[str, str, bool]
) -> None:
    desk.window.open_path(table(tmp_path))
    dialog = looked(desk)

    choose(dialog, answer)
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert arrows(desk)[0] == first
    assert all(node.x is not None for node in desk.document.nodes.values())
    assert desk.document.info.title == "advice"
    assert desk.window.session.modified


def test_rows_left_out_are_listed_with_their_number_and_can_be_copied(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path))
    desk.press("Import", looked(desk))
    desk.until(lambda: desk.notice)

    desk.press("Show the summary", desk.window.notices)
    desk.press("Copy", desk.dialog("summary"))
    listed = QGuiApplication.clipboard().text().splitlines()
    QGuiApplication.clipboard().clear()

    assert "left out\trow\tadvice.csv, row 4\tThe row names only one end; it was left out." in listed


def test_what_a_column_holds_can_be_said_by_hand(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path, "a,b,c\nAna,7,Ben\nBen,8,Cy\n"))
    dialog = looked(desk)
    rows = dialog.findChild(QTableWidget, "rows")
    assert rows is not None

    for column, field in ((1, "minutes"), (2, "target"), (0, "source")):
        box = rows.cellWidget(0, column)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(field))
    desk.until(lambda: dialog.look is not None and dialog.look.second == "Ben")
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert arrows(desk)[0][:2] == ("Ana", "Ben")
    assert next(iter(desk.document.links.values())).minutes == 7


def test_whether_the_first_row_names_the_columns_can_be_said(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path, "alfa,beta\nJana,Petr\nPetr,Eva\n"))
    dialog = looked(desk)
    box = dialog.findChild(QCheckBox, "header")
    assert box is not None
    found = box.isChecked()

    QTest.keyClick(box, Qt.Key.Key_Space)
    desk.until(lambda: dialog.look is not None and dialog.look.first == "Jana")
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert not found
    assert arrows(desk) == [("Jana", "Petr", False), ("Petr", "Eva", False)]


def test_a_first_row_taken_for_a_header_is_ticked_and_can_be_unticked(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path, "Anfang,Ziel,Channel\nJana,Petr,chat\nPetr,Eva,chat\n"))
    dialog = looked(desk)
    box = dialog.findChild(QCheckBox, "header")
    assert box is not None
    ticked = box.isChecked()

    QTest.keyClick(box, Qt.Key.Key_Space)
    desk.until(lambda: dialog.look is not None and dialog.look.first == "Anfang")
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert ticked
    assert [arrow[:2] for arrow in arrows(desk)] == [("Anfang", "Ziel"), ("Jana", "Petr"), ("Petr", "Eva")]


def test_a_column_called_asks_proposes_the_answer_and_the_user_has_the_last_word(
    desk: Desk, tmp_path: Path
) -> None:
    desk.window.open_path(table(tmp_path, "name,asks\nJana,Petr\nPetr,Eva\n"))
    dialog = looked(desk)
    proposed = dialog.options.arrows

    choose(dialog, 0)
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert proposed is Arrows.ASKS
    assert [arrow[:2] for arrow in arrows(desk)] == [("Jana", "Petr"), ("Petr", "Eva")]


def third_column(dialog: ImportWizard) -> str:
    """What the third column is taken for, once the table was looked at again."""
    look = dialog.look
    return look.table.mapping[2][1] if look is not None and look.table is not None else ""


def test_naming_a_column_by_hand_loses_no_row(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path, "Jana,Petr,mail\nPetr,Eva,chat\n"))
    dialog = looked(desk)
    rows = dialog.findChild(QTableWidget, "rows")
    assert rows is not None

    box = rows.cellWidget(0, 2)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("channel"))
    desk.until(lambda: third_column(dialog) == "channel")
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert [arrow[:2] for arrow in arrows(desk)] == [("Jana", "Petr"), ("Petr", "Eva")]


def test_the_direction_is_asked_with_a_line_that_has_one(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path, "from,to,two_way\nAna,Ben,yes\nCy,Dan,no\n"))

    assert "Cy tells Dan: information flows from Cy to Dan." in said(looked(desk))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_dialog_fits_its_screen_and_import_is_in_view(
    desk: Desk, tmp_path: Path, qapp: QApplication, scale: float
) -> None:
    with dressed(qapp, scale=scale):
        desk.window.open_path(table(tmp_path))
        dialog = looked(desk)
        button = next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == "Import")
        high, room = dialog.height(), dialog.screen().availableGeometry().height()
        seen = dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))

    assert high <= room
    assert seen


def test_the_next_table_is_looked_for_where_the_last_one_was(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    desk.window.open_path(table(folder))
    QTest.keyClick(looked(desk), Qt.Key.Key_Escape)
    desk.back()

    desk.window.actions_table["import"].trigger()
    dialog = desk.window.findChildren(QFileDialog)[-1]
    where = Path(dialog.directory().absolutePath())
    dialog.reject()

    assert where == folder


def test_the_weight_is_asked_about_and_never_taken_for_contacts_by_itself(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_path(table(tmp_path))
    desk.press("Import", looked(desk))
    desk.until(lambda: desk.document.links)

    link = next(iter(desk.document.links.values()))
    assert (link.strength, link.per_week) == (3, None)


def test_a_table_of_people_beside_it_is_found_and_its_names_are_used(desk: Desk, tmp_path: Path) -> None:
    table(tmp_path, "id,name,team\n1,Ana,Sales\n2,Ben,Sales\n", "nodes.csv")

    desk.window.open_path(table(tmp_path, "from,to\n1,2\n", "edges.csv"))
    dialog = looked(desk)
    desk.until(lambda: dialog.look is not None and dialog.look.first == "Ana")
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert arrows(desk)[0][:2] == ("Ana", "Ben")
    assert [module.name for module in desk.document.modules.values()] == ["Sales"]


def test_into_the_open_map_the_same_names_are_the_same_people_and_undo_takes_it_back(
    over_a_map: Desk, tmp_path: Path
) -> None:
    desk, before = over_a_map, over_a_map.document

    desk.window.open_path(table(tmp_path, "from,to\nAna,Cy\nCy,Ben\n"))
    dialog = looked(desk)
    into = next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith("Into the map"))
    QTest.keyClick(into, Qt.Key.Key_Space)
    desk.press("Import", dialog)
    desk.until(lambda: len(desk.document.links) == 3)

    assert [node.name for node in desk.document.nodes.values()] == ["ana", "ben", "Cy"]
    assert all(desk.document.nodes[key] == node for key, node in before.nodes.items())
    assert all(node.x is not None for node in desk.document.nodes.values())
    desk.back()
    desk.window.canvas.setFocus()
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.document == before


def test_what_was_taken_back_is_no_longer_said_to_be_imported(over_a_map: Desk, tmp_path: Path) -> None:
    desk = over_a_map
    desk.window.open_path(table(tmp_path, "from,to\nAna,Cy\n,Dan\n"))
    dialog = looked(desk)
    into = next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith("Into the map"))
    QTest.keyClick(into, Qt.Key.Key_Space)
    desk.press("Import", dialog)
    desk.until(lambda: len(desk.document.links) == 2)
    told = desk.notice

    desk.back()
    desk.window.canvas.setFocus()
    desk.key(Qt.Key.Key_Z, CTRL)

    assert "1 person and 1 link are added" in told
    assert desk.document == MAP
    assert "imported" not in desk.notice


def test_a_new_map_asks_first_about_the_one_that_is_open(over_a_map: Desk, tmp_path: Path) -> None:
    desk = over_a_map
    desk.click_person("ana")
    desk.key(Qt.Key.Key_Delete)

    desk.window.open_path(table(tmp_path))
    desk.press("Import", looked(desk))
    desk.answer("unsaved", "Cancel")

    assert [node.name for node in desk.document.nodes.values()] == ["ben"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("one.csv", b"alone\nalone\n"),
        ("bomb.graphml", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>'),
        ("broken.graphml", b"<graphml><graph>"),
    ],
)
def test_what_cannot_be_read_says_why_in_the_dialog_and_cannot_be_imported(
    desk: Desk, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    desk.window.open_path(tmp_path / name)
    dialog = desk.dialog("import")
    desk.until(lambda: name in said(dialog) and len(said(dialog).splitlines()) > 1)

    button = next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == "Import")
    assert not button.isEnabled()
    assert "Traceback" not in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.window.on_start_page


def test_graphml_is_asked_about_its_direction_only(desk: Desk, tmp_path: Path) -> None:
    words = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
        '<node id="Ana"/><node id="Ben"/><edge source="Ana" target="Ben"/></graph></graphml>'
    )

    desk.window.open_path(table(tmp_path, words, "map.graphml"))
    dialog = looked(desk)
    rows = dialog.findChild(QTableWidget, "rows")
    shown = rows is not None and rows.isVisible()
    choose(dialog, 1)
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert not shown
    assert arrows(desk)[0][:2] == ("Ben", "Ana")


def test_the_start_page_leads_to_the_import(desk: Desk, tmp_path: Path) -> None:
    desk.press_card("Import a table")
    desk.choose_file(table(tmp_path))

    assert "Ana Novak" in said(looked(desk))


def test_what_is_drawn_while_a_table_is_read_is_not_replaced_unasked(desk: Desk, tmp_path: Path) -> None:
    desk.window.show_map()
    desk.window.open_path(table(tmp_path))
    dialog = looked(desk)
    desk.press("Import", dialog)
    change, _ = edits.add_node(desk.document, "Mine", (0.0, 0.0))
    desk.window.session.edit(verbatim("Add"), change)

    desk.answer("unsaved", "Cancel")

    assert [node.name for node in desk.document.nodes.values()] == ["Mine"]


def test_the_sheets_of_a_workbook_are_ticked_and_what_is_ticked_is_imported(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "survey.xlsx"
    path.write_bytes(
        xlsx(
            {
                "Staff": row("id", "name") + row("1", "Ana Novak") + row("2", "Ben &lt;b&gt;"),
                "May": row("from", "to") + row("1", "2"),
                "June": row("from", "to") + row("2", "1"),
                "Old": row("from", "to") + row("1", "3"),
            },
            hidden=("Old",),
        )
    )
    desk.window.open_path(path)
    dialog = looked(desk)
    boxes = [dialog.findChild(QCheckBox, f"sheet-{number}") for number in range(4)]
    assert all(boxes)
    assert [box.text() for box in boxes if box is not None] == [
        "Staff: a table of people",
        "May: a table of links",
        "June: a table of links",
        "Old: left out",
    ]
    assert "Found a table of links on the sheet May: 1 row." in said(dialog)
    assert "Ana Novak tells Ben <b>: information flows from Ana Novak to Ben <b>." in said(dialog)

    may = boxes[1]
    assert may is not None
    QTest.mouseClick(may, Qt.MouseButton.LeftButton, pos=QPoint(10, may.height() // 2))
    desk.until(lambda: dialog.look is not None and "sheet June" in str(dialog.look.summary))
    desk.press("Import", dialog)
    desk.until(lambda: desk.document.links)

    assert arrows(desk) == [("Ben <b>", "Ana Novak", False)]
