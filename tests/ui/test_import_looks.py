"""What the wizard shows of files that are no tables, and of reading that takes long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QRadioButton
from pytestqt.qtbot import QtBot

from orgmap.files import formats
from orgmap.ui.dialogs.importing.wizard import ImportWizard
from orgmap.ui.widgets.folds import Fold
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.test_hanging import HangingPath
from tests.words import org


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    HangingPath.gate.set()
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made
        HangingPath.gate.set()


def wizard_on(desk: Desk, path: Path) -> ImportWizard:
    desk.window.open_path(path)
    wizard = desk.dialog("import")
    assert isinstance(wizard, ImportWizard)
    return wizard


@pytest.mark.parametrize(("data", "signs"), [(b"\x89PNG\r\n\x1a\n1234", False), (b"one\ntwo\n", True)])
def test_letters_and_signs_are_asked_about_only_where_they_matter(
    desk: Desk, tmp_path: Path, data: bytes, signs: bool
) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(data)

    wizard = wizard_on(desk, path)
    desk.until(
        lambda: any("cannot be read" in words or "one column" in words for words in desk.words(wizard))
    )

    fold = wizard.table_page.findChild(Fold)
    assert fold is not None
    assert fold.isVisible() == signs
    wizard.reject()


def test_of_a_graph_some_names_are_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "plan.graphml"
    formats.write(org("Ana <> Ben, Ben > Cy"), path)

    wizard = wizard_on(desk, path)
    desk.until(lambda: wizard.look is not None)

    assert any("3 people" in words and "Ana, Ben and Cy" in words for words in desk.words(wizard))
    wizard.reject()


@pytest.mark.skipif(sys.platform == "win32", reason="a path of its own kind")
def test_reading_that_takes_long_shows_how_far_it_is_and_can_be_called_off(
    desk: Desk, tmp_path: Path
) -> None:
    path = HangingPath(tmp_path / "plan.csv")
    path.write_text("from,to\nAna,Ben\nBen,Cy\n", encoding="utf-8")
    told: list[object] = []
    desk.window.room.importer.begin(path)
    wizard = desk.dialog("import")
    assert isinstance(wizard, ImportWizard)
    wizard.decided.connect(told.append)
    desk.until(lambda: wizard.outcome is not None and not wizard.waiting)
    bar, asks = wizard.foot.findChild(QProgressBar), wizard.findChild(QRadioButton, "direction-1")
    assert bar is not None
    assert asks is not None
    before = bar.isVisible()

    HangingPath.gate.clear()
    QTest.keyClick(asks, Qt.Key.Key_Space)
    desk.until(bar.isVisible)
    desk.press("Cancel", wizard)
    HangingPath.gate.set()
    desk.until(lambda: not [t for t in threading.enumerate() if t.name == "task"])

    assert not before
    assert told == []
    assert desk.window.on_start_page
