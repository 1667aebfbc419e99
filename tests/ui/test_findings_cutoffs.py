"""What a card says when it is unfolded: the words of the handbook, and cut-offs that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.catalogue import CUTOFFS
from orgmap.analysis.definitions import definition
from orgmap.analysis.findings import Weight
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.ui.widgets.cutoffs import CutoffRow
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.words import WordsButton
from tests.ui.listed import Shown
from tests.ui.reports import WORKSHOP, advice, finding, report

LEFT = Qt.MouseButton.LeftButton
GORAN = finding("Goran", advice=(advice(WORKSHOP, "Quentin", "Goran"), advice(WORKSHOP, "Rosa", "Goran")))
PIA = finding("Pia", Weight.LOOK, code="bottleneck")
DOV = finding("Dov", Weight.NOTE, code="isolated")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(qtbot)
    made.panel.show_report(report([GORAN, PIA, DOV]))
    yield made
    made.panel.close()


def told(shown: Shown) -> list[str]:
    """Whom the cards are about."""
    return [card.row.finding.people[0] for card in shown.panel.cards]


def unfold(shown: Shown, words: str) -> Fold:
    """Open a fold of the open card."""
    button = shown.button(words)
    QTest.mouseClick(button, LEFT)
    fold = button.parent()
    assert isinstance(fold, Fold)
    return fold


def _buttons(shown: Shown) -> list[WordsButton]:
    return shown.panel.findChildren(WordsButton)


def row_of(shown: Shown, name: str) -> CutoffRow:
    """The row of a cut-off on the screen."""
    return next(r for r in shown.panel.findChildren(CutoffRow) if r.name == name and r.isVisible())


def test_a_card_explains_itself_with_the_words_of_the_handbook(shown: Shown) -> None:
    shown.click(0)

    unfold(shown, "What this means")
    unfold(shown, "How this was found")

    written = definition("broadcast-only")
    assert "Where it goes wrong." in written.readable
    assert "Definition." in written.exact
    assert any(written.readable in said for said in shown.said)
    assert any(written.exact in said for said in shown.said)
    assert not any(mark in written.exact + written.readable for mark in ("**", "`", "]("))


def test_a_slider_is_pulled_and_the_map_keeps_the_cutoff(shown: Shown, qtbot: QtBot) -> None:
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.receivers")

    row.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(row.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(shown.session.document.info.thresholds))
    qtbot.waitUntil(lambda: shown.session.document.info.thresholds["broadcast-only.receivers"] == 6.0)

    assert row.number.value() == 6
    assert len(shown.session.history.steps[0]) == 1
    assert str(shown.session.history.undo_label) == "Cut-off: people somebody must reach"

    shown.session.undo()
    assert row.slider.value() == CUTOFFS["broadcast-only.receivers"].value
    assert not row.default.isEnabled()


def test_back_to_the_default_leaves_nothing_in_the_map(shown: Shown, qtbot: QtBot) -> None:
    shown.session.edit(verbatim("x"), edits.set_cutoff(WORKSHOP, "broadcast-only.audience", 0.9))
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.audience")

    assert row.number.value() == 90
    QTest.mouseClick(row.default, LEFT)

    qtbot.waitUntil(lambda: not shown.session.document.info.thresholds)
    assert row.number.value() == 50


def test_a_number_is_typed_and_holds_with_enter(shown: Shown, qtbot: QtBot) -> None:
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.audience")

    row.number.setFocus()
    row.number.selectAll()
    QTest.keyClicks(row.number, "75")
    QTest.keyClick(row.number, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: shown.session.document.info.thresholds == {"broadcast-only.audience": 0.75})
    assert row.slider.value() == 75


def test_the_finding_that_goes_does_not_take_the_slider_from_under_the_hand(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.receivers")
    row.slider.setFocus()
    QApplication.processEvents()
    before = row.slider.mapTo(shown.panel, QPoint(0, 0))

    shown.panel.show_report(report([PIA, DOV]))
    shown.clock.now = 60.0
    shown.panel.show_report(report([PIA, DOV]))

    assert row.slider.isVisible()
    assert row.slider.hasFocus()
    assert row.slider.mapTo(shown.panel, QPoint(0, 0)) == before
    assert "Resolved: Answers hardly get back" in shown.said
    assert shown.panel.chosen is None

    shown.panel.cards[1].setFocus()

    qtbot.waitUntil(lambda: told(shown) == ["Pia", "Dov"])


def test_a_slider_one_holds_stays_under_the_hand_when_the_words_above_grow(shown: Shown) -> None:
    shown.panel.resize(392, 400)
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.receivers")
    row.slider.setFocus()
    QApplication.processEvents()
    area = shown.panel.area
    area.ensureWidgetVisible(row)
    before = row.slider.mapTo(shown.panel, QPoint(0, 0)).y()

    longer = replace(GORAN, because=verbatim("Many words that need more lines than one. " * 8))
    shown.panel.show_report(report([longer, PIA, DOV]))
    QApplication.processEvents()

    assert abs(row.slider.mapTo(shown.panel, QPoint(0, 0)).y() - before) <= 2


def test_the_wheel_scrolls_the_page_and_moves_no_cutoff(shown: Shown) -> None:
    shown.click(0)
    unfold(shown, "From where on this is said")
    row = row_of(shown, "broadcast-only.receivers")
    at = row.slider.rect().center()
    where = row.slider.mapToGlobal(at)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        at, where, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier, phase, False
    )

    QApplication.sendEvent(row.slider, wheel)

    assert row.slider.value() == 3


def test_all_cutoffs_are_asked_for_from_the_card(shown: Shown, qtbot: QtBot) -> None:
    shown.click(1)
    unfold(shown, "From where on this is said")

    with qtbot.waitSignal(shown.panel.cutoffs_asked) as asked:
        QTest.mouseClick(shown.button("All cut-offs …"), LEFT)

    assert asked.args == ["bottleneck"]
