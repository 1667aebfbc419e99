"""Names of a file that are near those of the map it goes into are in doubt, and become one either way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from orgmap.files import tables
from orgmap.files.reading import ReadOptions
from orgmap.ui.dialogs.importing.remembered import Remembered
from orgmap.ui.dialogs.importing.wizard import ImportWizard

LONG = 30_000  # milliseconds, on a busy machine
BASE = tables.read(b"from,to\nAna Kos,Ben\n", Path("map.csv"), ReadOptions()).document


@pytest.mark.parametrize(
    ("button", "people"), [(0, ["Ana Kos", "Ben", "Dan"]), (1, ["Anna Kos", "Ben", "Dan"])]
)
def test_a_name_near_one_of_the_map_is_one_name_with_that_or_the_other(
    qtbot: QtBot, tmp_path: Path, button: int, people: list[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("from,to\nAnna Kos,Dan\n", encoding="utf-8")
    host = QWidget()
    qtbot.addWidget(host)
    wizard = ImportWizard((path,), BASE, Remembered(), host)
    wizard.open()
    qtbot.waitUntil(lambda: wizard.outcome is not None, timeout=LONG)
    alone = wizard.doubt_page.doubts.open
    choice = wizard.findChild(QRadioButton, "into-open")
    assert choice is not None

    QTest.keyClick(choice, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not wizard.waiting, timeout=LONG)
    (doubt,) = wizard.doubt_page.doubts.entries
    QTest.mouseClick(wizard.foot.doubts_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(wizard.doubt_page.buttons()[button], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not wizard.waiting, timeout=LONG)

    assert alone == 0
    assert doubt.note.spellings == ("Ana Kos", "Anna Kos")
    assert wizard.outcome is not None
    assert sorted(node.name for node in wizard.outcome.document.nodes.values()) == people
    assert wizard.doubt_page.doubts.open == 0
    wizard.reject()
