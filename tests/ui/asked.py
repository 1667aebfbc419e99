"""The tab "Ask" on the screen, answered at once by the analysis itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import Question, answer
from orgmap.drawing.lighting import Lit
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.ui.panels.ask_asking import Kind
from orgmap.ui.panels.ask_fields import NameLine
from orgmap.ui.panels.ask_panel import AskPanel
from orgmap.ui.session import Session
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import Words
from tests.workshop import WORKSHOP

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class Shown:
    """A panel on the screen, answered at once by the analysis itself."""

    def __init__(self, qtbot: QtBot, document: Document = WORKSHOP, width: int = 392) -> None:
        self.session = Session()
        self.session.open(document)
        self.panel = AskPanel(self.session, theme("light"))
        self.heard: list[Question] = []
        self.selected: list[frozenset[str]] = []
        self.lit: list[Lit | None] = []
        self.silent = False
        self.panel.asked.connect(self._answer)
        self.panel.selection_asked.connect(self._select)
        self.panel.lit_changed.connect(self.lit.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(width, 1_000)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)

    def _answer(self, question: Question) -> None:
        self.heard.append(question)
        if not self.silent:
            self.panel.show_answer(question, answer(question, Maps(self.session.document)))

    def _select(self, ids: frozenset[str]) -> None:
        self.selected.append(ids)
        self.panel.set_selection(ids)  # as the canvas does

    def select(self, *ids: str) -> None:
        self.panel.set_selection(ids)

    def press(self, kind: Kind) -> None:
        QTest.mouseClick(self.panel.head.choice.buttons[kind], LEFT)

    def type(self, field: NameLine, words: str) -> None:
        field.line.setFocus()
        field.line.selectAll()
        QTest.keyClicks(field.line, words)

    def enter(self, field: NameLine, words: str) -> None:
        self.type(field, words)
        QTest.keyClick(field.line, Key.Key_Return)

    @property
    def light(self) -> Lit | None:
        return self.lit[-1]

    @property
    def words(self) -> list[str]:
        QApplication.processEvents()
        return [w.text() for w in self.panel.findChildren(Words) if w.isVisible() and w.text()]

    @property
    def rows(self) -> dict[str, RowButton]:
        QApplication.processEvents()
        return {row.words: row for row in self.panel.findChildren(RowButton) if row.isVisible()}
