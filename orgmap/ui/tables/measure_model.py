"""The rows of a table of measures: read only, sorted in an instant, narrowed down by words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from orgmap.analysis.measure_catalogue import Scope
from orgmap.ui.tables.narrowing import Narrowing
from orgmap.ui.tables.sheets import Sheet, headings
from orgmap.ui.widgets.words import plain_tip

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class MeasureModel(QAbstractTableModel):
    """Shows one `Sheet`. Without a number comes last, whichever way rows are sorted."""

    def __init__(self, scope: Scope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scope = scope
        self.columns = headings(scope)
        self.sheet: Sheet | None = None
        self.sorted_by: tuple[int, bool] = (-1, False)  # the column, descending
        self._wanted = Narrowing()
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._ids: list[str] = []
        self._row_of: dict[str, int] = {}

    # -- what is there ------------------------------------------------------------------------

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the rows in view, from above."""
        return self._ids

    @property
    def total(self) -> int:
        """How many rows there would be without narrowing down."""
        return len(self.sheet.ids) if self.sheet is not None else 0

    def row_of(self, key: str) -> int | None:
        """The row of an id, if it is in view."""
        return self._row_of.get(key)

    def place(self, row: int) -> int:
        """Which row of the sheet stands here."""
        return int(self._order[row])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows in view."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """All columns, also those put away."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Names of columns with all there is to know of the measure; numbers of rows."""
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        heading = self.columns[section]
        match role:
            case Role.DisplayRole:
                return str(heading.label())
            case Role.ToolTipRole:
                return plain_tip(heading.told())
            case Role.TextAlignmentRole:
                return _RIGHT if heading.numbers else _LEFT
            case _:
                return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The cell as it is shown, the number in full as a tip and as it is spoken."""
        if not index.isValid() or self.sheet is None:
            return None
        at, column = self.place(index.row()), index.column()
        match role:
            case Role.DisplayRole:
                return self.sheet.said(at, column)
            case Role.ToolTipRole:
                return plain_tip(self.sheet.told(at, column))
            case Role.AccessibleTextRole:
                return self.sheet.told(at, column)
            case Role.TextAlignmentRole:
                return _RIGHT if self.columns[column].numbers else _LEFT
            case _:
                return None

    # -- showing ------------------------------------------------------------------------------

    def show(self, sheet: Sheet | None) -> None:
        """Other numbers, or other names; order and choice stay."""
        self._again(sheet)

    def narrow(self, wanted: Narrowing) -> None:
        """Keep the rows in which every word occurs and of which every comparison is true."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._again(self.sheet)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one is the order of the map."""
        self.sorted_by = (column, order is Qt.SortOrder.DescendingOrder)
        self._again(self.sheet)

    def say(self) -> None:
        """Every word again."""
        self._again(self.sheet)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _again(self, sheet: Sheet | None) -> None:
        """Rows in another order or choice; what is selected goes along by its id."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [(self._ids[index.row()], index.column()) for index in held]
        self.sheet = sheet
        self._order = _arranged(sheet, self._wanted, *self.sorted_by)
        ids = sheet.ids if sheet is not None else ()
        self._ids = [ids[at] for at in self._order.tolist()]
        self._row_of = {key: row for row, key in enumerate(self._ids)}
        moved = [
            self.index(self._row_of[key], column) if key in self._row_of else QModelIndex()
            for key, column in keys
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()


def _arranged(sheet: Sheet | None, wanted: Narrowing, column: int, descending: bool) -> NDArray[np.intp]:
    """The rows of the sheet that are wanted, in order; equal ones as on the map."""
    if sheet is None:
        return np.empty(0, dtype=np.intp)
    kept = np.ones(len(sheet.ids), dtype=bool)
    places = {heading.id: at for at, heading in enumerate(sheet.columns)}
    for comparison in wanted.comparisons:
        values = sheet.numbers(places[comparison.column])
        if values is not None:
            kept &= comparison.holds(values)
    if wanted.words:
        kept &= sheet.having(wanted.words)
    rows = np.flatnonzero(kept)
    if column < 0:
        return rows
    numbers = sheet.numbers(column)
    if numbers is None:
        values = sheet.ranks(column)[rows].astype(float)
        there = values >= 0
    else:
        values = numbers[rows]
        there = ~np.isnan(values)
    found = values[there]
    order = np.argsort(-found if descending else found, kind="stable")
    return np.concatenate([rows[there][order], rows[~there]])
