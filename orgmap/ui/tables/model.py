"""The rows of a table over the map: sorted, narrowed down, in step with every change.

Rows keep their places while one edits: they are sorted when a header is clicked, and what is added
comes last. The last row is empty; typing into it adds a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from orgmap.drawing.style import Theme
from orgmap.errors import EditError
from orgmap.files.values import BadCell
from orgmap.i18n import Said, text, unturned
from orgmap.model.document import Change
from orgmap.model.rows import Writing
from orgmap.ui.session import Session
from orgmap.ui.tables.columns import Column, Shape, Source
from orgmap.ui.tables.listed import Listed, RowOrder
from orgmap.ui.tables.rows_view import runs
from orgmap.ui.widgets.words import plain_tip

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LONG_TIP = 24  # letters from which a cell tells its whole text on hovering

_CELL = text("undo", "{field} of {name}")
_CELLS = text("undo", "{field} of {n} thing", "{field} of {n} things")
_BLOCK = text("undo", "Change {n} cell", "Change {n} cells")
_SPOKEN = text("cell", "{field} of {name}: {value}")
_SPOKEN_EMPTY = text("cell", "{field} of {name}: empty")
_NEW_ROW = text("cell", "{field} of a new row")
_CLEAR = text("cell", "{problem}. Nothing was changed; empty means that nobody said.")


class TableModel(QAbstractTableModel):
    """Follows a session. Every edit is one step of undo; `refused` says why a cell was not taken."""

    refused = Signal(object, object)  # QModelIndex, Said
    row_added = Signal(int)

    def __init__(self, session: Session, listed: Listed, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.listed, self.theme = session, listed, theme
        self.columns = listed.columns
        self.source = Source(session.shown)
        self.draft: dict[str, str] = {}
        self._rows = RowOrder(listed)
        self._ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._fill()
        session.changed.connect(self._follow)
        session.opened.connect(self._opened)
        session.names_changed.connect(self._names_changed)

    # -- what is there ------------------------------------------------------------------------

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the rows, without the empty one."""
        return self._ids

    @property
    def total(self) -> int:
        """How many rows there would be without narrowing down."""
        return len(self.listed.ids(self.session.document))

    def id_at(self, row: int) -> str | None:
        """The id of a row; None for the empty one."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, key: str) -> int | None:
        """The row of an id, if it is in view."""
        return self._row_of.get(key)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows in view and the empty one."""
        return 0 if parent.isValid() else len(self._ids) + 1

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """All columns, also those put away."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Names of columns with what they mean; numbers of rows."""
        if orientation is Qt.Orientation.Vertical:
            if role == Role.DisplayRole:
                return str(section + 1) if section < len(self._ids) else "+"
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return str(column.label())
        if role == Role.ToolTipRole:
            return plain_tip(str(column.tip()))
        if role == Role.TextAlignmentRole:
            return int(_alignment(column))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Counted cells are only read; boxes are ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        shape = column.shape
        if self._shut(column):
            return flags
        if shape is Shape.FIXED or (shape is Shape.FLAG and index.row() >= len(self._ids)):
            return flags
        return flags | (
            Qt.ItemFlag.ItemIsUserCheckable if shape is Shape.FLAG else Qt.ItemFlag.ItemIsEditable
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The cell in words, as a tick, as one types it, and as it is spoken."""
        if not index.isValid():
            return None
        column, key = self.columns[index.column()], self.id_at(index.row())
        if key is None:
            return self._empty_cell(index.column(), role)
        if role == Role.DisplayRole:
            return None if column.shape is Shape.FLAG else self._words(column, key)
        if role == Role.CheckStateRole:
            if column.shape is not Shape.FLAG:
                return None
            return Qt.CheckState.Checked if self._value(column, key) else Qt.CheckState.Unchecked
        if role == Role.EditRole:
            return column.typed(self.source, self._value(column, key))
        if role == Role.TextAlignmentRole:
            return int(_alignment(column))
        if role == Role.ToolTipRole:
            typed = column.typed(self.source, self._value(column, key))
            return plain_tip(typed) if len(typed) > LONG_TIP else None
        if role == Role.AccessibleTextRole:
            name, words = self.listed.name(self.session.shown, key), self._words(column, key)
            if column.shape is Shape.FLAG:
                words = column.typed(self.source, self._value(column, key))
            spoken = _SPOKEN if words else _SPOKEN_EMPTY
            return str(spoken(field=column.label(), name=name, value=words))
        return None

    def typed(self, row: int, column: int) -> str:
        """The cell as one types it."""
        found = self.data(self.index(row, column), Role.EditRole)
        return found if isinstance(found, str) else self._copied(row, column)

    def _copied(self, row: int, column: int) -> str:
        key = self.id_at(row)
        own = self.columns[column]
        return own.typed(self.source, self._value(own, key)) if key is not None else ""

    def _empty_cell(self, at: int, role: int) -> object:
        column = self.columns[at]
        drafted = self.draft.get(column.id, "")
        if role == Role.DisplayRole:
            return drafted or (str(self.listed.empty()) if at == 0 else None)
        if role == Role.EditRole:
            return drafted
        if role == Role.ForegroundRole and not drafted:
            return QColor(self.theme["quiet"])
        if role == Role.AccessibleTextRole:
            return str(_NEW_ROW(field=column.label()))
        return None

    def _value(self, column: Column, key: str) -> object:
        entity = self.listed.get(self.source.document, key)
        return column.value(self.source, entity) if entity is not None else None

    def _words(self, column: Column, key: str) -> str:
        return unturned(column.words(self.source, self._value(column, key)))

    # -- editing ------------------------------------------------------------------------------

    def parsed(self, index: Index, typed: str) -> object:
        """What was typed as a value of the column. Raises BadCell."""
        return self.columns[index.column()].parsed(self.source, typed)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed or ticked into one cell."""
        if role == Role.CheckStateRole:
            return self.set_cells([index], "yes" if Qt.CheckState(value) is Qt.CheckState.Checked else "no")
        return self.set_cells([index], str(value))

    def set_cells(self, indexes: Sequence[Index], typed: str) -> bool:
        """Write the same into several cells: one step of undo. False, with a word why, if it cannot be."""
        first = indexes[0]
        column = self.columns[first.column()]
        if self._shut(column):
            return False
        keys = [key for index in indexes if (key := self.id_at(index.row())) is not None]
        if not keys:
            return self._draft_cell(first, typed)
        writing = Writing(self.session.document)
        try:
            value = column.parsed(self.source, typed)
            for key in keys:
                column.write(writing, key, value)
        except (BadCell, EditError) as problem:
            self.refuse(first, problem)
            return False
        if len(keys) == 1:
            label = _CELL(field=column.label(), name=self.listed.name(self.session.document, keys[0]))
        else:
            label = _CELLS(field=column.label(), n=len(keys))
        self.session.edit(label, writing.change())
        return True

    def empty(self, indexes: Sequence[Index]) -> None:
        """Empty cells, whatever columns they are of: one step of undo. What cannot be empty stays."""
        cells = [i for i in indexes if self.id_at(i.row()) is not None and not self._fixed(i)]
        if len({index.column() for index in cells}) == 1:
            self.set_cells(cells, "")
            return
        writing = Writing(self.session.document)
        emptied = [
            self._pasted(writing, self._ids[index.row()], self.columns[index.column()], "") for index in cells
        ]
        self.session.edit(_BLOCK(n=emptied.count(None)), writing.change())

    def _fixed(self, index: Index) -> bool:
        return self.columns[index.column()].shape is Shape.FIXED

    def refuse(self, index: Index, problem: BadCell | EditError) -> None:
        """Say why a cell was not taken."""
        said = problem.message if isinstance(problem, EditError) else _CLEAR(problem=problem.message)
        self.refused.emit(index, said)

    def paste(self, row: int, columns: Sequence[int], block: Sequence[Sequence[str]]) -> list[Said]:
        """Write a block of cells from a row on into `columns`: one step of undo.

        What runs over the last row adds rows. Cells that make no sense stay as they are; what they
        said comes back.
        """
        writing = Writing(self.session.document)
        problems: list[Said] = []
        cells = 0
        for down, line in enumerate(block):
            typed = dict(zip(columns, line, strict=False))
            key = self.id_at(row + down)
            if key is None:
                key = self._made_row(writing, typed, problems)
                if key is None:
                    continue
                typed = {c: t for c, t in typed.items() if t.strip() and not self._makes(c)}
                cells += 1
            for at, words in typed.items():
                problem_said = self._pasted(writing, key, self.columns[at], words)
                cells += problem_said is None
                if problem_said is not None:
                    problems.append(problem_said)
        change = writing.change()
        after = self.session.document.apply(change)
        new = [key for key in writing.made if self.listed.get(after, key) is not None]
        label = self.listed.added(after, new) if new and len(new) == cells else _BLOCK(n=cells)
        self.session.edit(label, change)
        return problems

    def _made_row(self, writing: Writing, typed: dict[int, str], problems: list[Said]) -> str | None:
        """A row that a pasted line adds; None if it says too little, or makes no sense."""
        if self.session.names_hidden:
            return None
        try:
            return self.listed.made(writing, {self.columns[c].id: words for c, words in typed.items()})
        except EditError as problem:
            problems.append(problem.message)
            return None

    def _shut(self, column: Column) -> bool:
        """Are the user's words in this column hidden, so that nobody can type what they do not see?"""
        return column.told and self.session.names_hidden

    def _makes(self, at: int) -> bool:
        """Is this one of the columns that a new row is made from?"""
        return self.columns[at].id in ("name", "source", "target")

    def _pasted(self, writing: Writing, key: str, column: Column, typed: str) -> Said | None:
        if column.shape is Shape.FIXED or self._shut(column):
            return None
        try:
            column.write(writing, key, column.parsed(self.source, typed))
        except (BadCell, EditError) as problem:
            return problem.message
        return None

    def _draft_cell(self, index: Index, typed: str) -> bool:
        """A cell of the empty row: kept until there are enough of them for a new row."""
        column = self.columns[index.column()]
        draft = {**self.draft, column.id: typed.strip()}
        writing = Writing(self.session.document)
        try:
            column.parsed(self.source, typed)
            key = self.listed.made(writing, draft)
            for other in self.columns:
                if key is not None and draft.get(other.id) and not self._makes(self.columns.index(other)):
                    other.write(writing, key, other.parsed(self.source, draft[other.id]))
        except (BadCell, EditError) as problem:
            self.refuse(index, problem)
            return False
        self.draft = draft if key is None else {}
        if key is None:
            self.dataChanged.emit(index, index)
            return True
        change = writing.change()
        self.session.edit(self.listed.added(self.session.document.apply(change), [key]), change)
        if (row := self._row_of.get(key)) is not None:
            self.row_added.emit(row)
        return True

    # -- order and choice ---------------------------------------------------------------------

    def narrow(self, typed: str) -> None:
        """Keep the rows in which every word typed occurs."""
        if self._rows.narrow(typed):
            self._again()

    def read(self, seconds: float) -> bool:
        """Read rows, for so long, so that narrowing down is quick. True when all have been read."""
        return self._rows.read(self.source, seconds)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one is the order of the map."""
        chosen = self.columns[column] if 0 <= column < len(self.columns) else None
        self._rows.sort(chosen, descending=order is Qt.SortOrder.DescendingOrder)
        self._again()

    def say(self, theme: Theme | None = None) -> None:
        """Another language or theme: every word again."""
        self.theme = theme or self.theme
        self._rows.forget()
        self._again()

    def _again(self) -> None:
        """Rows in another order or choice; what is selected goes along by its id."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [(self.id_at(index.row()), index.column()) for index in held]
        self._fill()
        moved = [
            self.index(len(self._ids) if key is None else self._row_of[key], at)
            if key is None or key in self._row_of
            else QModelIndex()
            for key, at in keys
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _fill(self) -> None:
        self._ids = self._rows.arranged(self.source)
        self._number()

    def _number(self) -> None:
        self._row_of = {key: row for row, key in enumerate(self._ids)}

    # -- following ----------------------------------------------------------------------------

    def _opened(self) -> None:
        self.beginResetModel()
        self.source = Source(self.session.shown)
        self.draft = {}
        self._rows.forget()
        self._fill()
        self.endResetModel()

    def _names_changed(self) -> None:
        self.source = Source(self.session.shown)
        self.say()

    def _follow(self, change: Change) -> None:
        ends = self.source.follow(self.session.shown, change)
        touched = {key: (was, stands) for key, was, stands in self.listed.changed(change)}
        gone = [key for key, (_, stands) in touched.items() if not stands]
        new = [key for key, (was, stands) in touched.items() if stands and not was]
        stale = {key for key, (was, stands) in touched.items() if was and stands}
        stale |= self.listed.concerned(change, self.session.document)
        if self.listed.id == "people":
            stale |= ends
        self._rows.forget((*gone, *stale))
        self._take_out([row for key in gone if (row := self._row_of.get(key)) is not None])
        self._bring_in([key for key in new if key not in self._row_of and self._rows.fits(self.source, key)])
        rows = sorted(row for key in stale if (row := self._row_of.get(key)) is not None)
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _take_out(self, rows: Sequence[int]) -> None:
        for first, last in reversed(runs(sorted(rows))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self._number()
            self.endRemoveRows()

    def _bring_in(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        places: Mapping[str, int] = {key: n for n, key in enumerate(self.listed.ids(self.source.document))}
        self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(keys) - 1)
        self._ids += sorted(keys, key=lambda key: places[key])
        self._number()
        self.endInsertRows()


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
