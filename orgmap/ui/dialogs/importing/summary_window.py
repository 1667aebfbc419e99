"""The summary of an import beside the map: lists to read, copy and save."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.plain import shown
from orgmap.files import disk
from orgmap.i18n import say
from orgmap.progress import Progress
from orgmap.ui.blocks import as_text
from orgmap.ui.copying import Copier
from orgmap.ui.dialogs.importing.outcome import Outcome, sentence
from orgmap.ui.dialogs.importing.summary import FATES, Fate, Line, cells_of, lines_of
from orgmap.ui.jobs import Errand
from orgmap.ui.notices import notice_of
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, plain_tip

Index = QModelIndex | QPersistentModelIndex
LONGEST = 300  # letters of a cell
COLUMNS = 4
WIDE, HIGH, FRAME = 760, 460, 80  # px at text scale 100 %, and what a desktop needs round it
PLAIN_HEIGHT = 16  # px of a line there
_NOWHERE = QModelIndex()


class SummaryModel(QAbstractTableModel):
    """The lines of one fate, or all. Names are those the session shows."""

    def __init__(self, lines: list[Line], session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._lines = lines
        self._session = session
        self._rows = lines

    def show_fate(self, fate: Fate | None) -> None:
        """List what became of things in this way; None: all."""
        self.beginResetModel()
        self._rows = [line for line in self._lines if fate is None or line.fate is fate]
        self.endResetModel()

    def heads(self) -> list[str]:
        """What the columns are called."""
        return [
            say("summary", "What happened"),
            say("summary", "What"),
            say("summary", "Who or where"),
            say("summary", "Why, or what is new"),
        ]

    def block(self) -> list[list[str]]:
        """The list with its head, for a spreadsheet."""
        document, hidden = self._session.shown, self._session.names_hidden
        return [self.heads(), *(list(cells_of(line, document, hidden=hidden)) for line in self._rows)]

    def rowCount(self, parent: Index = _NOWHERE, /) -> int:
        """One for each line."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE, /) -> int:
        """Four."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> object:
        """What the columns are called."""
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads()[section] if across else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        """Words on one line."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        session = self._session
        words = cells_of(self._rows[index.row()], session.shown, hidden=session.names_hidden)[index.column()]
        return shown(words, LONGEST) if role == Qt.ItemDataRole.DisplayRole else plain_tip(words)


class SummaryWindow(QDialog):
    """Stays beside the map until it is closed. Ctrl+C copies what is listed."""

    def __init__(self, outcome: Outcome, session: Session, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("summary")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("summary", "Summary of the import"))
        scale = max(1.0, self.fontMetrics().height() / PLAIN_HEIGHT)
        room = self.screen().availableGeometry().adjusted(0, 0, -FRAME, -FRAME)
        self.resize(min(round(WIDE * scale), room.width()), min(round(HIGH * scale), room.height()))
        self._outcome = outcome
        self._folder = folder
        self._lines = lines_of(outcome)
        self._model = SummaryModel(self._lines, session, self)
        self._copier = Copier(self)
        self._writing = Errand(self)
        self._build()
        self._lay_out()
        session.names_changed.connect(self._on_names)

    def done(self, result: int, /) -> None:
        """A list that is being written is finished first."""
        self._writing.close()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the list on the clipboard, for a spreadsheet or a mail."""
        self._copier.copy(self._model.block, self._model.rowCount() * COLUMNS)
        self._told.setText(say("summary", "Copied."))

    def _build(self) -> None:
        counted = Counter(line.fate for line in self._lines)
        self._choice = ChoiceBox()
        self._choice.setObjectName("fates")
        self._choice.setAccessibleName(say("summary", "Which lines are listed"))
        self._choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(22)
        self._choice.addItem(say("summary", "Everything ({n})", n=len(self._lines)), None)
        for fate, words in FATES.items():
            if counted[fate]:
                label = say("summary", "{what} ({n})", what=str(words()).capitalize(), n=counted[fate])
                self._choice.addItem(label, fate)
        self._choice.currentIndexChanged.connect(self._on_chosen)
        self._table = table = QTableView()
        set_role(table, "rows")
        table.setModel(self._model)
        table.setAccessibleName(say("summary", "What the import did, line by line"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        letter = self.fontMetrics().horizontalAdvance("n")
        for column, letters in enumerate((14, 9, 30)):
            table.setColumnWidth(column, letter * letters + 24)
        head.setStretchLastSection(True)

    def _lay_out(self) -> None:
        self._told = Words("", "quiet")
        copy = QPushButton(say("summary", "&Copy the list"))
        copy.clicked.connect(self.copy)
        save = QPushButton(say("summary", "&Save as CSV…"))
        save.clicked.connect(self._ask_file)
        close = QPushButton(say("dialog", "Close"))
        close.clicked.connect(self.reject)
        for button in (copy, save):
            button.setAutoDefault(False)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(copy)
        foot.addWidget(save)
        foot.addWidget(self._told, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(Words(disk.shown(self._outcome.path), "title"))
        column.addWidget(Words(str(sentence(self._outcome)), "body-quiet"))
        column.addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._table, 1)
        column.addLayout(foot)

    def _on_chosen(self, _index: int) -> None:
        self._model.show_fate(self._choice.currentData())
        self._told.setText("")

    def _on_names(self, _shown: bool) -> None:
        self._on_chosen(0)

    def _ask_file(self) -> None:
        name = say("summary", "{name} summary", name=self._outcome.path.stem)
        dialog = QFileDialog(self, say("summary", "Save the list as"), str(self._folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([say("dialog", "Tables ({pattern})", pattern="*.csv")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{name}.csv")
        dialog.fileSelected.connect(self._on_target)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_target(self, name: str) -> None:
        path = Path(name)
        self._writing.run(partial(written, self._model.block(), path), self._on_written, self._on_failed)

    def _on_written(self, path: Path) -> None:
        self._told.setText(say("summary", "{name} was written.", name=disk.shown(path)))

    def _on_failed(self, error: Exception) -> None:
        self._told.setText(notice_of(error).words())


def written(block: list[list[str]], path: Path, _progress: Progress) -> Path:
    """In a thread: the list as a table that spreadsheets open, in which no formula can hide."""
    disk.check_target(path)
    words = as_text(block, "excel") + "\n"
    disk.write_bytes(path, words.encode("utf-8-sig"), previous=False)
    return path
