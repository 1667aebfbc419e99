"""The matrix as a table for Qt: its order, and what a cell says to a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from orgmap.i18n import language
from orgmap.model.crossing import Cell, Crossing, Grain, number
from orgmap.model.document import Document
from orgmap.model.entities import EndId
from orgmap.ui.tables.cell_words import called, sentence

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


LEAST_MOST = 4.0  # a number below it is never the strongest shade


class Order(StrEnum):
    """In which order rows and columns stand."""

    MODULE = "module"
    NAME = "name"
    LIKENESS = "likeness"


class MatrixModel(QAbstractTableModel):
    """Rows tell columns. `place` gives it another table or another order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Crossing(Document(), Grain.PEOPLE)
        self.keys: Sequence[EndId] = ()
        self.place_of: Mapping[EndId, int] = {}
        self.contact = False
        self.most = 1.0

    def place(self, table: Crossing, keys: Sequence[EndId], *, contact: bool) -> None:
        """Show this table with its rows in this order. Equal rows keep the cell one is on."""
        most = table.most(contact=contact)
        if list(keys) == list(self.keys):
            self.table, self.contact, self.most = table, contact, most
            if keys:
                last = self.index(len(keys) - 1, len(keys) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.table, self.keys, self.contact, self.most = table, list(keys), contact, most
        self.place_of = {key: place for place, key in enumerate(self.keys)}
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As many as there are people or modules."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as rows."""
        return 0 if parent.isValid() else len(self.keys)

    def cell(self, row: int, column: int) -> Cell | None:
        """What a row says to a column."""
        return self.table.cell(self.keys[row], self.keys[column])

    def words(self, cell: Cell) -> str:
        """The number of a cell, as it is painted; a sign where nobody said how often."""
        value = number(cell, contact=self.contact)
        if value is None:
            return "·"
        return language().number(value) + ("+" if self.contact and cell.vague else "")

    def share(self, cell: Cell) -> float:
        """How strong a cell is, 0..1, against the strongest; where all are one, none is strong."""
        return min(1.0, (number(cell, contact=self.contact) or 0.0) / max(self.most, LEAST_MOST))

    def sentence(self, row: int, column: int) -> str:
        """What a cell says."""
        return str(sentence(self.table, self.keys[row], self.keys[column]))

    def name(self, place: int) -> str:
        """What a row and column is called."""
        return called(self.table.document, self.keys[place])

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The number, and the sentence for those who do not see it."""
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            cell = self.cell(index.row(), index.column())
            return self.words(cell) if cell is not None else None
        if role == Role.AccessibleTextRole:
            return self.sentence(index.row(), index.column())
        return None

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Names."""
        return self.name(section) if role in (Role.DisplayRole, Role.AccessibleTextRole) else None
