"""Rows that stand for things of the map: which are selected, seen from here and from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from orgmap.ui.widgets.roles import set_role

Flag = QItemSelectionModel.SelectionFlag
FEW = 500  # rows selected; with more, Qt asks every cell of a column how to paint its head
OWN = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.Find,
)


class Listing(Protocol):
    """What a model of rows says of them."""

    @property
    def ids(self) -> Sequence[str]: ...
    def row_of(self, key: str) -> int | None: ...


class RowsView(QTableView):
    """Shows the rows of a model that is a `Listing`, too. Their ids are the selection of the map."""

    selection_changed = Signal(object)  # frozenset of ids
    menu_asked = Signal(object)  # QPoint, global

    def __init__(self, model: QAbstractItemModel, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rows")
        self._listing = listing
        self._told = False
        self.setModel(model)
        self._nothing = QItemSelectionModel(model, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as it leaves every other part
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setHighlightSections(True)
        head.setMinimumSectionSize(40)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        numbers = self.verticalHeader()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setHighlightSections(True)
        self._measure()
        self.selectionModel().selectionChanged.connect(self._selected)

    # -- selection ----------------------------------------------------------------------------

    @property
    def selected_ids(self) -> frozenset[str]:
        """The ids of the rows in which a cell is selected."""
        found: set[str] = set()
        for part in self._parts():
            found.update(self._listing.ids[part.top() : part.bottom() + 1])
        return frozenset(found)

    def set_selection(self, ids: Collection[str]) -> None:
        """Select the rows of these ids, as chosen elsewhere; the first of them comes into view."""
        if self.selected_ids == frozenset(key for key in ids if self._listing.row_of(key) is not None):
            return
        rows = sorted(row for key in ids if (row := self._listing.row_of(key)) is not None)
        model = self.model()
        last = model.columnCount() - 1
        wanted = QItemSelection()
        for first, end in runs(rows):  # Qt goes through all of them for each cell that it paints
            wanted.append(QItemSelectionRange(model.index(first, 0), model.index(end, last)))
        self._told = True
        try:
            self.selectionModel().select(wanted, Flag.ClearAndSelect)
            current = self.currentIndex()
            if rows and current.row() not in set(rows):
                top = model.index(rows[0], max(current.column(), 0))
                self.selectionModel().setCurrentIndex(top, Flag.NoUpdate)
                self.scrollTo(top)
        finally:
            self._told = False

    def _parts(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def _selected(self) -> None:
        few = sum(part.height() for part in self._parts()) <= FEW
        self.horizontalHeader().setSelectionModel(self.selectionModel() if few else self._nothing)
        if not self._told:
            self.selection_changed.emit(self.selected_ids)

    # -- columns ------------------------------------------------------------------------------

    def shown_columns(self) -> list[int]:
        """The columns in view, as they stand on the screen."""
        head = self.horizontalHeader()
        order = (head.logicalIndex(place) for place in range(head.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def _first_column(self) -> int:
        return next(iter(self.shown_columns()), 0)

    # -- keys and looks -----------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys of the clipboard belong to the table while it has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _own(event):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """There is always a cell for the keys."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._listing.ids:
            first = self.model().index(0, self._first_column())
            self.selectionModel().setCurrentIndex(first, Flag.NoUpdate)

    def _measure(self) -> None:
        height = max(28, self.fontMetrics().height() + 12)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumWidth(self.fontMetrics().horizontalAdvance("00000") + 8)

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_asked.emit(self.viewport().mapToGlobal(at))


def _own(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in OWN)


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows in order as pieces without a gap: first and last."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
