"""A room and its findings, in the whole window with the real worker: left aside, tried, cut off later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.layouts import place
from orgmap.files import native
from orgmap.model import edits
from orgmap.model.entities import Status
from orgmap.ui.dialogs.thresholds import ThresholdsDialog
from orgmap.ui.panels.finding_card import FindingCard
from orgmap.ui.widgets.cutoffs import CutoffRow
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import WordsButton
from tests.desk import CTRL, LEFT, Desk, seated
from tests.workshop import WORKSHOP

Key = Qt.Key
PLACED = WORKSHOP.apply(edits.move(WORKSHOP, place(WORKSHOP)))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=PLACED) as made:
        made.until_judged()
        yield made


def card_of(desk: Desk, code: str) -> FindingCard:
    return next(c for c in desk.window.side.findings.cards if c.row.finding.code == code)


def told(desk: Desk) -> list[str]:
    return [c.row.finding.code for c in desk.window.side.findings.cards]


def press(desk: Desk, words: str) -> None:
    """Scroll to a button of the list of findings, and press it."""
    findings = desk.window.side.findings

    def found() -> WordsButton | None:
        every = findings.findChildren(WordsButton)
        return next((b for b in every if b.isVisible() and b.words.startswith(words)), None)

    desk.until(lambda: found() is not None)
    button = found()
    assert button is not None
    QApplication.processEvents()  # a card that was just opened finds its height first
    findings.area.ensureWidgetVisible(button)
    desk.until(lambda: button.visibleRegion().contains(button.rect().center()))
    QTest.mouseClick(button, LEFT)


def spoken_of(desk: Desk, words: str) -> bool:
    """Does the inspector tell a finding with these words of who is selected?"""
    side = desk.window.side
    side.setCurrentWidget(side.inspector)
    rows = side.inspector.findChildren(RowButton)
    said = any(words in row.accessibleName() for row in rows if row.isVisible())
    side.setCurrentWidget(side.findings)
    return said


def test_a_finding_left_aside_is_spoken_of_nowhere_until_it_is_brought_back(desk: Desk) -> None:
    window = desk.window
    before = window.side.findings.count
    QTest.mouseClick(card_of(desk, "broadcast-only"), LEFT)

    press(desk, "Dismiss …")
    press(desk, "Known and wanted")

    assert "broadcast-only" not in told(desk)
    assert window.side.tabText(1) == f"Findings {before - 1}"
    assert window.canvas.lit is None
    desk.click_person("Goran")
    assert not spoken_of(desk, "people hear from Goran")

    press(desk, "Dismissed (1)")
    press(desk, "Bring back")

    assert "broadcast-only" in told(desk)
    assert spoken_of(desk, "people hear from Goran")


def test_a_cutoff_is_moved_on_the_card_and_the_finding_goes_and_comes(desk: Desk, tmp_path: Path) -> None:
    findings = desk.window.side.findings
    QTest.mouseClick(card_of(desk, "broadcast-only"), LEFT)
    press(desk, "From where on this is said")
    name = "broadcast-only.receivers"
    row = next(r for r in findings.findChildren(CutoffRow) if r.name == name and r.isVisible())

    row.slider.setFocus()
    QTest.keyClick(row.slider, Key.Key_End)
    desk.until(lambda: desk.document.info.thresholds.get(name) == 20.0)
    desk.until_judged()

    report = desk.analyst.report
    assert report is not None
    assert "broadcast-only" not in [f.code for f in report.judged]
    assert row.slider.hasFocus()
    assert row.isVisible()

    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: not desk.window.session.modified)
    saved = native.load(tmp_path / "map.orgmap")
    assert saved.info.thresholds == {name: 20.0}

    desk.key(Key.Key_Z, CTRL)
    desk.until_judged()
    assert "broadcast-only" in told(desk)
    assert row.slider.value() == 3


def test_what_is_tried_is_dashed_and_taken_back_by_its_card(desk: Desk) -> None:
    before = desk.document
    QTest.mouseClick(card_of(desk, "broadcast-only"), LEFT)

    press(desk, "Try")
    desk.until_judged()
    drawn = [link for key, link in desk.document.links.items() if key not in before.links]
    press(desk, "Take back")

    assert [link.status for link in drawn] == [Status.PROPOSED]
    assert desk.document == before
    assert str(desk.window.session.history.undo_label).startswith("Take back")


def test_the_window_of_all_cutoffs_is_opened_from_the_menu_and_from_a_card(desk: Desk) -> None:
    window = desk.window
    window.actions_table["thresholds"].trigger()
    QTest.mouseClick(card_of(desk, "broadcast-only"), LEFT)
    press(desk, "From where on this is said")
    press(desk, "All cut-offs …")

    dialogs = window.findChildren(ThresholdsDialog)

    assert len(dialogs) == 1
    assert dialogs[0].sections["broadcast-only"].fold.is_open
    dialogs[0].close()
