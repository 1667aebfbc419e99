"""The panel of findings on a screen, under real clicks and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Finding
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.ui.panels.findings import FindingsPanel
from orgmap.ui.session import Session
from orgmap.ui.widgets.words import WordsButton
from tests.ui.reports import WORKSHOP


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Shown:
    """A panel on the screen, and what it told."""

    def __init__(self, qtbot: QtBot, document: Document = WORKSHOP) -> None:
        self.clock = Clock()
        self.session = Session()
        self.session.open(document)
        self.panel = FindingsPanel(self.session, theme("light"), clock=self.clock)
        self.chosen: list[Finding | None] = []
        self.panel.finding_chosen.connect(self.chosen.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(392, 900)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)

    def click(self, place: int) -> None:
        QTest.mouseClick(self.panel.cards[place], Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    @property
    def said(self) -> list[str]:
        labels = self.panel.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.panel) and label.text()]

    def button(self, words: str) -> WordsButton:
        return next(
            b for b in self.panel.findChildren(WordsButton) if b.words == words and b.isVisibleTo(self.panel)
        )
