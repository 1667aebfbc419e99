"""The window of all cut-offs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from orgmap.analysis.catalogue import CUTOFFS
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.ui.dialogs.thresholds import ThresholdsDialog
from orgmap.ui.session import Session
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.ui.reports import WORKSHOP


class Opened:
    """The dialog over a window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = Session()
        self.session.open(WORKSHOP)
        self.window = QWidget()
        self.dialog = ThresholdsDialog(self.session, self.window)
        qtbot.addWidget(self.window)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)

    @property
    def thresholds(self) -> dict[str, float]:
        return dict(self.session.document.info.thresholds)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    made = Opened(qtbot)
    yield made
    made.dialog.close()


def test_every_cutoff_can_be_moved_there(opened: Opened) -> None:
    listed = [row.name for section in opened.dialog.sections.values() for row in section.cutoffs.rows]

    assert sorted(listed) == sorted(CUTOFFS)


@pytest.mark.parametrize("name", CUTOFFS)
def test_every_slider_holds_its_default_and_can_be_moved_to_either_end(
    opened: Opened, name: str, qtbot: QtBot
) -> None:
    rows = [row for section in opened.dialog.sections.values() for row in section.cutoffs.rows]
    row = next(row for row in rows if row.name == name)
    cut = CUTOFFS[name]

    assert row.slider.minimum() <= row.slider.value() <= row.slider.maximum()
    assert not row.default.isEnabled()

    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: opened.thresholds.get(name, cut.value) > cut.value)
    QTest.keyClick(row.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: opened.thresholds.get(name, cut.value) <= cut.value)

    assert all(value >= 0 for value in opened.thresholds.values())
    assert len(opened.session.history.steps[0]) <= 1


def test_a_code_is_opened_and_what_is_changed_is_marked(opened: Opened) -> None:
    opened.dialog.choose("bottleneck")

    change = edits.set_cutoff(opened.session.document, "bottleneck.act", 0.5)
    opened.session.edit(verbatim("x"), change)

    section = opened.dialog.sections["bottleneck"]
    assert section.fold.is_open
    assert section.fold.head.words == "Much depends on one (changed)"
    assert opened.dialog.sections["isolated"].fold.head.words == "Not joined to the others yet"


def test_all_go_back_to_their_defaults_in_one_step(opened: Opened) -> None:
    for name, value in (("bottleneck.act", 0.5), ("isolated.island", 7.0)):
        opened.session.edit(verbatim("x"), edits.set_cutoff(opened.session.document, name, value))

    QTest.mouseClick(opened.dialog.reset, Qt.MouseButton.LeftButton)
    after = opened.thresholds
    opened.session.undo()

    assert after == {}
    assert opened.thresholds == {"bottleneck.act": 0.5, "isolated.island": 7.0}


def test_a_cutoff_is_found_by_its_words(opened: Opened) -> None:
    QTest.keyClicks(opened.dialog.search, "people cut off")

    seen = [code for code, section in opened.dialog.sections.items() if section.isVisible()]

    assert seen == ["bottleneck"]
    assert opened.dialog.sections["bottleneck"].fold.is_open

    opened.dialog.search.setText("nothing is called so")
    assert not any(section.isVisible() for section in opened.dialog.sections.values())


def test_every_word_can_be_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        opened = Opened(qtbot)
        for section in opened.dialog.sections.values():
            section.fold.open()

        assert untranslated(opened.dialog) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_is_clipped(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    with dressed(qapp, scale=scale):
        opened = Opened(qtbot)
        opened.dialog.choose("bottleneck")
        qtbot.waitUntil(lambda: clipped(opened.dialog) == [])
        opened.dialog.close()
