"""The doubtful rows as a table: where, what is written there, why it is in doubt, what became of it."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from orgmap.drawing.plain import shown
from orgmap.i18n import Said, say, text
from orgmap.ui.dialogs.importing.doubts import Doubt, Doubts, State
from orgmap.ui.widgets.words import plain_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

LONGEST = 300  # letters of a cell or a reason
_NOWHERE = QModelIndex()
_STATES = {
    State.OPEN: text("doubt", "open"),
    State.MENDED: text("doubt", "mended"),
    State.LEFT_OUT: text("doubt", "left out"),
    State.ONE: text("doubt", "one name"),
    State.TWO: text("doubt", "two names"),
}
_OR = text("doubt", "{first} or {second}")
_BOTH = text("doubt", "{first} and {second}")


class Column(IntEnum):
    """From left to right."""

    WHERE = 0
    CELL = 1
    WHY = 2
    STATE = 3


class DoubtModel(QAbstractTableModel):
    """Shows those of `doubts` that have the reason asked for. `corrected` rings when a cell was typed."""

    corrected = Signal(object, str)  # Doubt, what was typed

    def __init__(self, doubts: Doubts, parent: QObject) -> None:
        super().__init__(parent)
        self._doubts = doubts
        self._rows: list[Doubt] = []
        self._reason: Said | None = None
        self._several = False  # tables

    @property
    def rows(self) -> list[Doubt]:
        """What is listed, from the top."""
        return self._rows

    def show_reason(self, reason: Said | None) -> None:
        """List those in doubt for this reason; None: all."""
        self._reason = reason
        self.renew()

    def renew(self) -> None:
        """The doubts are others than before, or are the same and were answered."""
        entries = self._doubts.entries
        reason = self._reason
        listed = [d for d in entries if reason is None or d.reason == reason]
        if [d.note for d in listed] == [d.note for d in self._rows]:
            self._rows = listed
            self.dataChanged.emit(self.index(0, 0), self.index(len(listed) - 1, Column.STATE))
            return
        self.beginResetModel()
        self._rows = listed
        self._several = len({doubt.note.place for doubt in entries}) > 1
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE, /) -> int:
        """One for each doubt listed."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE, /) -> int:
        """Where, the cell, why, and what became of it."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole, /
    ) -> object:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (
            say("doubt", "Row"),
            say("doubt", "What stands there"),
            say("doubt", "Why it is in doubt"),
            say("doubt", "Now"),
        )[section]

    def flags(self, index: Index, /) -> Qt.ItemFlag:
        """Cells can be typed into while their row is read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == Column.CELL:
            doubt = self._rows[index.row()]
            if doubt.spot is not None and self._doubts.state(doubt) is not State.LEFT_OUT:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole, /) -> object:
        """Words on one line; what is cut off stands in the tip."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        doubt, column = self._rows[index.row()], Column(index.column())
        if role == Role.DisplayRole:
            return shown(self.words(doubt, column), LONGEST)
        if role == Role.EditRole and column is Column.CELL:
            return self._doubts.cell(doubt)
        if role == Role.ToolTipRole:
            return plain_tip(self.words(doubt, column))
        if role == Role.AccessibleTextRole:
            words = shown(self.words(doubt, column), LONGEST)
            return words or say("doubt", "empty cell")
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole, /) -> bool:
        """What was typed into a cell."""
        if role != Role.EditRole or not index.isValid():
            return False
        self.corrected.emit(self._rows[index.row()], str(value))
        return True

    def words(self, doubt: Doubt, column: Column) -> str:
        """What a column says of a doubt."""
        note = doubt.note
        if column is Column.WHERE:
            if note.more:
                return say("doubt", "further rows")
            if note.row is None:
                return say("doubt", "all rows")
            if not self._several:
                return str(note.row)
            return say("doubt", "{place}, {row}", place=note.place, row=str(note.row))
        if column is Column.CELL:
            if note.spellings is None:
                return self._doubts.cell(doubt)
            first, second = note.spellings
            name = self._doubts.name(doubt)
            if name:
                return name
            two = self._doubts.state(doubt) is State.TWO
            return str((_BOTH if two else _OR)(first=first, second=second))
        if column is Column.WHY:
            return str(note.message)
        return str(_STATES[self._doubts.state(doubt)]())

    def state(self, row: int) -> State:
        """What became of the doubt in this row."""
        return self._doubts.state(self._rows[row])
