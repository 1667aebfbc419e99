"""The tab "Ask" while an answer takes its time, or does not come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import Away, AwayFindings, Fit, answer
from orgmap.model.entities import NodeId
from orgmap.ui.widgets.words import WordsButton
from tests.ui.asked import Shown
from tests.workshop import WORKSHOP

LEFT = Qt.MouseButton.LeftButton


def test_a_slow_answer_says_how_far_it_is_and_can_be_stopped_and_asked_for_again(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")
    shown.silent = True
    dropped: list[object] = []
    shown.panel.dropped.connect(dropped.append)
    question = Fit(NodeId("Dov"))
    shown.select("Dov")

    shown.panel.show_share(question, 0.42)

    assert "Looking… 42 %" in shown.words
    assert shown.rows == {}
    press(shown, "Stop")
    assert dropped == [question]
    assert "There is no answer to this yet." in shown.words
    shown.silent = False
    press(shown, "Ask again")
    assert shown.heard[-2:] == [question] * 2
    assert "Ana" in shown.rows


def test_an_answer_that_will_not_come_is_said(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.silent = True
    shown.select("Dov")

    shown.panel.show_failure(Fit(NodeId("Dov")))

    assert "There is no answer to this yet." in shown.words


def test_findings_that_take_their_time_come_below_what_is_known(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.silent = True
    ids = frozenset({"Factory"})
    shown.select("Factory")
    shown.panel.show_answer(Away(ids), answer(Away(ids), Maps(WORKSHOP)))

    shown.panel.show_share(AwayFindings(ids), 0.5)

    assert shown.panel.sections[-1].lines == ("Looking… 50 %",)
    shown.panel.show_answer(AwayFindings(ids), answer(AwayFindings(ids), Maps(WORKSHOP)))
    assert "Looking… 50 %" not in shown.words


def press(shown: Shown, words: str) -> None:
    QApplication.processEvents()
    buttons = shown.panel.findChildren(WordsButton)
    QTest.mouseClick(next(b for b in buttons if b.isVisible() and b.words == words), LEFT)
