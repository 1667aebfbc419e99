"""A table on the screen and a person at its keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.model.document import Document, problems
from orgmap.model.entities import Link, LinkId, Node, NodeId
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from orgmap.ui.tables.listed import Listed
from orgmap.ui.tables.page import TablePage
from tests.words import org

Key = Qt.Key
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
MAP = org(
    "ana > ben, ben <> cy, cy > ana",
    modules={"Sales": "ana ben", "Works": "cy"},
    people="ana ben cy dov",
)


class Table:
    """A table on the screen and a person at its keys."""

    def __init__(self, qtbot: QtBot, listed: Listed, settings: Settings, document: Document = MAP) -> None:
        self.session = Session()
        self.session.open(document)
        self.page = TablePage(self.session, listed, settings, theme("light"))
        qtbot.addWidget(self.page)
        self.page.resize(1200, 600)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        self.grid, self.model = self.page.grid, self.page.model
        self.grid.setFocus()
        qtbot.waitUntil(self.grid.hasFocus)
        self.told: list[frozenset[str]] = []
        self.page.selection_changed.connect(self.told.append)

    def column(self, name: str) -> int:
        return next(i for i, c in enumerate(self.model.columns) if c.id == name)

    def go(self, row: int, column: str) -> None:
        self.grid.setCurrentIndex(self.model.index(row, self.column(column)))

    def select(self, rows: range, column: str) -> None:
        self.go(rows[0], column)
        at = self.column(column)
        area = QItemSelection(self.model.index(rows[0], at), self.model.index(rows[-1], at))
        self.grid.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.listening, key, held)

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(self.listening, letter)

    @property
    def listening(self) -> QWidget:
        """Where a key goes: to an open list, else to what has the focus."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.grid

    def enter(self, row: int, column: str, words: str) -> None:
        self.go(row, column)
        self.type(words)
        self.key(Key.Key_Return)

    def cell(self, row: int, column: str) -> str:
        return str(self.model.index(row, self.column(column)).data() or "")

    def names(self) -> list[str]:
        return [self.cell(row, self.model.columns[0].id) for row in range(len(self.model.ids))]

    @property
    def document(self) -> Document:
        assert problems(self.session.document) == []
        return self.session.document

    @property
    def steps(self) -> int:
        return len(self.session.history.steps[0])

    def node(self, key: str) -> Node:
        return self.document.nodes[NodeId(key)]

    def link(self, key: str) -> Link:
        return self.document.links[LinkId(key)]
