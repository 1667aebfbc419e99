"""Importing: what was recognized, a few rows of it, and the questions only the user can answer.

The dialog reads nothing into the map; `decided` says what the user wants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.plain import middle_cut
from orgmap.drawing.plain import shown as in_one_line
from orgmap.files import disk
from orgmap.files.columns import LINK_COLUMNS, PERSON_COLUMNS
from orgmap.files.reading import Arrows, ReadOptions, RowKind
from orgmap.files.recognition import Form
from orgmap.files.tables import Preview
from orgmap.i18n import say
from orgmap.ui.dialogs.import_look import Look, looked_at
from orgmap.ui.dialogs.import_sheets import SheetChoice
from orgmap.ui.dialogs.import_words import (
    ASKS,
    BOTH,
    DELIMITERS,
    ENCODINGS,
    FIELDS,
    KEPT,
    KINDS,
    TELLS,
    WEIGHTS,
)
from orgmap.ui.jobs import Task
from orgmap.ui.notices import notice_of
from orgmap.ui.widgets.words import Words

LATER = 30  # milliseconds after the last change of an answer before the table is looked at again
LONGEST = 40  # letters of a cell
WIDE, HIGH, FRAME = 760, 780, 80  # pixels: the dialog at first, and what a desktop needs round it


@dataclass(frozen=True, slots=True)
class Decided:
    """What the user decided. `merge`: into the map that is open."""

    path: Path
    options: ReadOptions
    merge: bool


class ImportDialog(QDialog):
    """Shows a file as it would be read. `decided` rings when the user wants it so."""

    decided = Signal(object)  # Decided

    def __init__(self, path: Path, window: QWidget, *, into_open: bool) -> None:
        """`into_open`: there is a map open that the table could go into."""
        super().__init__(window)
        self.setObjectName("import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("import", "Import a table"))
        self._path = path
        self._people: Path | None = None
        self._people_told = False
        self._mapping: dict[str, str] = {}
        self._keys: list[str] = []
        self._header_told = False
        self._direction_told = False
        self._columns: tuple[Form, int] | None = None
        self._seen: Look | None = None
        self._task: Task | None = None
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._look)
        self._build(into_open)
        self.resize(WIDE, min(HIGH, self.screen().availableGeometry().height() - FRAME))
        self._look()

    @property
    def look(self) -> Look | None:
        """What was seen with the answers given; None while looking, or if it cannot be read."""
        return self._seen

    @property
    def options(self) -> ReadOptions:
        """The answers given so far."""
        chosen = self._direction.checkedId()
        return ReadOptions(
            kind=self._kind.currentData(),
            arrows=Arrows.ASKS if chosen == 1 else Arrows.FLOW,
            undirected=chosen == 2,
            weight=self._weight.currentData(),
            delimiter=self._delimiter.currentData(),
            encoding=self._encoding.currentData(),
            sheets=self._sheets.chosen,
            header=self._header.isChecked() if self._header_told else None,
            mapping=dict(self._mapping),
            people=self._people,
        )

    def of_clipboard(self) -> None:
        """It was pasted: suggest the map that is open, if there is one, and name no file."""
        self._open.setChecked(self._open.isEnabled())
        self._title.setText(say("import", "The clipboard"))

    def done(self, result: int, /) -> None:
        """The dialog closes: nobody waits for a look at the table any more."""
        self._later.stop()
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    # -- building -----------------------------------------------------------------------------

    def _build(self, into_open: bool) -> None:
        self._title = Words(disk.shown(self._path), "title")
        self._said = Words("", "quiet")
        self._problem = Words("", "problem")
        self._problem.hide()
        self._rows = QTableWidget()
        self._rows.setObjectName("rows")
        self._rows.setAccessibleName(say("import", "The first rows of the table"))
        self._rows.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._rows.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.setMinimumHeight(190)
        self._rows.verticalHeader().hide()
        self._rows.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._rows.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header = QCheckBox(say("import", "The first row names the columns"))
        self._header.setObjectName("header")
        self._header.clicked.connect(self._on_header)
        self._kind = _choice([(kind, str(words())) for kind, words in KINDS.items()], self._ask_later)
        self._weight = _choice([(kind, str(words())) for kind, words in WEIGHTS.items()], self._ask_later)
        self._sheets = SheetChoice()
        self._sheets.told.connect(self._on_sheets)
        found = say("import", "as found")
        self._encoding = _choice([(None, found), *zip(ENCODINGS, ENCODINGS, strict=True)], self._ask_later)
        signs = [(sign, str(words())) for sign, words in DELIMITERS.items()]
        self._delimiter = _choice([(None, found), *signs], self._ask_later)
        self._question = Words(say("import", "Which of these is true?"), "section")
        self._direction = QButtonGroup(self)
        self._answers = [QRadioButton() for _ in range(3)]
        self._answers[0].setChecked(True)
        for index, button in enumerate(self._answers):
            button.setObjectName(f"direction-{index}")
            self._direction.addButton(button, index)
        self._direction.idClicked.connect(self._on_direction)
        self._people_name = Words(say("import", "none"), "body")
        self._choose = QPushButton(say("import", "Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose_people)
        self._into = QButtonGroup(self)
        self._new = QRadioButton(say("import", "As a new map"))
        self._open = QRadioButton(
            say("import", "Into the map that is open; the same names are the same people")
        )
        self._new.setChecked(True)
        self._open.setEnabled(into_open)
        for index, button in enumerate((self._new, self._open)):
            self._into.addButton(button, index)
        self._buttons = QDialogButtonBox()
        self._import = self._buttons.addButton(
            say("import", "&Import"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._buttons.addButton(say("dialog", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._import.setDefault(True)
        self._import.setEnabled(False)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._people_row = people = QHBoxLayout()
        people.setSpacing(12)
        people.addWidget(self._people_name)
        people.addWidget(self._choose)
        self._signs = signs = QHBoxLayout()
        signs.setSpacing(8)
        signs.addWidget(self._delimiter)
        signs.addWidget(self._encoding)
        signs.addStretch(1)
        form.addRow(say("import", "The rows say"), self._kind)
        form.addRow(say("import", "Weight means"), self._weight)
        form.addRow(say("import", "Sheets"), self._sheets)
        form.addRow(say("import", "Parted by, letters in"), signs)
        form.addRow(say("import", "Table of people"), people)
        self._form = form
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 8)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addWidget(self._problem)
        column.addWidget(self._rows, 1)
        column.addWidget(self._header, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addLayout(form)
        column.addSpacing(4)
        column.addWidget(self._question)
        for button in (*self._answers, self._new, self._open):
            if button is self._new:
                column.addSpacing(8)
            column.addWidget(button)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)

    # -- looking ------------------------------------------------------------------------------

    def _ask_later(self) -> None:
        self._later.start()

    def _look(self) -> None:
        """Look at the table again, beside the interface; an older look is silenced."""
        if self._task is not None:
            self._task.cancel()
        self._import.setEnabled(False)
        self._seen = None
        task = Task(partial(looked_at, self._path, self.options), self)
        task.done.connect(self._on_seen)
        task.failed.connect(self._on_unreadable)
        task.ended.connect(task.deleteLater)
        self._task = task
        task.start()

    def _on_seen(self, look: Look) -> None:
        self._task = None
        if look.people is not None and not self._people_told:
            self._set_people(look.people)  # found beside it; look again, with names in place of numbers
            return
        self._seen = look
        whole = self._ends_said(look)
        self._problem.setText("" if whole else say("import", "One column has to say from, another to."))
        self._problem.setHidden(whole)
        self._said.setText(str(look.summary))
        self._rows.setVisible(look.table is not None)
        if look.table is not None:
            self._header.setChecked(look.table.header)
            self._sheets.show_sheets(look.table.sheets)
            if not self._direction_told:
                self._answers[1 if look.table.asks else 0].setChecked(True)
            self._show_rows(look.table)
        self._show_question(look)
        self._import.setEnabled(whole)

    def _on_unreadable(self, error: Exception) -> None:
        self._task = None
        self._problem.setText(notice_of(error).words())
        self._problem.show()
        self._said.setText("")
        self._rows.hide()
        self._show_question(None)

    def _show_rows(self, preview: Preview) -> None:
        """The columns with what each one fills, and the first rows below."""
        table = self._rows
        names = [in_one_line(middle_cut(header, LONGEST)) for header, _ in preview.mapping]
        first = 0 if preview.form is Form.MATRIX else 1
        if (preview.form, len(names)) != self._columns:
            self._columns = (preview.form, len(names))
            table.clear()
            table.setColumnCount(len(names))
            table.setRowCount(first)
            for index in range(len(names) if first else 0):
                box = _field_choice(preview.form)
                box.currentIndexChanged.connect(partial(self._on_mapped, index, box))
                table.setCellWidget(0, index, box)
                table.setRowHeight(0, box.sizeHint().height() + 12)
        table.setRowCount(first + len(preview.rows))
        table.setHorizontalHeaderLabels(names)
        self._keys = [h if preview.header else str(i + 1) for i, (h, _) in enumerate(preview.mapping)]
        for index, (_, field) in enumerate(preview.mapping if first else ()):
            shown = table.cellWidget(0, index)
            if isinstance(shown, QComboBox):
                shown.setAccessibleName(say("import", "What the column {name} holds", name=names[index]))
                with QSignalBlocker(shown):
                    shown.setCurrentIndex(max(shown.findData(self._mapping.get(self._keys[index], field)), 0))
        for row, cells in enumerate(preview.rows):
            for column in range(len(names)):
                cell = cells[column] if column < len(cells) else ""
                item = QTableWidgetItem(in_one_line(middle_cut(cell, LONGEST)))
                table.setItem(row + first, column, item)
        table.resizeColumnsToContents()
        for column in range(table.columnCount()):
            table.setColumnWidth(column, max(table.columnWidth(column), 120))

    def _on_mapped(self, column: int, box: QComboBox, _index: int) -> None:
        """All columns as they are now said; what one takes, another lets go of."""
        chosen = box.currentData()
        for index, key in enumerate(self._keys):
            other = self._rows.cellWidget(0, index)
            if isinstance(other, QComboBox):
                if index != column and chosen and other.currentData() == chosen:
                    with QSignalBlocker(other):
                        other.setCurrentIndex(0)
                self._mapping[key] = other.currentData()
        self._header_told = True  # and of no other rows than those that were shown
        self._ask_later()

    def _ends_said(self, look: Look) -> bool:
        """Are there a from and a to among the columns the user has spoken about?"""
        asked = look.table is not None and look.table.form is Form.LINKS and bool(self._mapping)
        return not asked or {"source", "target"} <= set(self._mapping.values())

    def _show_question(self, look: Look | None) -> None:
        """Ask about the direction with the user's own first row, where there is one to ask about."""
        table = look.table if look is not None else None
        links = look is not None and (table is None or table.form is not Form.PEOPLE)
        talks = table is None or self._kind.currentData() == RowKind.TALKS
        asks = look is not None and links and talks and bool(look.first)
        self._question.setVisible(asks or (links and not talks))
        for button in self._answers:
            button.setVisible(asks)
        rows = self._form
        self._header.setVisible(table is not None and table.form is not Form.MATRIX)
        rows.setRowVisible(self._kind, table is not None and links)
        rows.setRowVisible(self._weight, table is not None and table.weighted)
        rows.setRowVisible(self._signs, (table is not None and not table.sheet) or look is None)
        rows.setRowVisible(self._sheets, self._sheets.several)
        inside = table is not None and any(form is Form.PEOPLE for _, form in table.sheets)
        rows.setRowVisible(self._people_row, table is not None and links and not inside)
        if look is not None and asks:
            self._question.setText(say("import", "Which of these is true?"))
            for button, words in zip(self._answers, (TELLS, ASKS, BOTH), strict=True):
                said = in_one_line(str(words(first=look.first, second=look.second)), 160)
                button.setText(said.replace("&", "&&"))
        elif table is not None and links:
            self._question.setText(in_one_line(str(table.sentence), 160))

    # -- answers ------------------------------------------------------------------------------

    def _on_direction(self, _index: int) -> None:
        self._direction_told = True

    def _on_header(self) -> None:
        """What was said about columns was said of columns that went by other names."""
        self._header_told = True
        self._mapping.clear()
        self._ask_later()

    def _on_sheets(self) -> None:
        """Other sheets, other columns."""
        self._mapping.clear()
        self._header_told = False
        self._ask_later()

    def _on_choose_people(self) -> None:
        if self._people is not None:
            self._set_people(None)
            return
        dialog = QFileDialog(self, say("import", "Table of people"), str(self._path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                say("dialog", "Tables ({pattern})", pattern="*.csv *.tsv *.txt *.xlsx *.ods"),
                say("dialog", "All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._on_people_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_people_chosen(self, name: str) -> None:
        self._set_people(Path(name))

    def _set_people(self, path: Path | None) -> None:
        self._people_told = True
        self._people = path
        self._people_name.setText(disk.shown(path) if path is not None else say("import", "none"))
        self._choose.setText(say("import", "Choose…") if path is None else say("import", "Leave out"))
        self._look()

    def _on_accepted(self) -> None:
        if self._seen is not None:
            self.decided.emit(Decided(self._path, self.options, self._open.isChecked()))
            self.accept()


def _field_choice(form: Form) -> QComboBox:
    """What a column can hold in this kind of table."""
    known = LINK_COLUMNS if form is Form.LINKS else PERSON_COLUMNS
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(11)
    box.addItem(str(KEPT()), "")
    for column in known:
        words = FIELDS.get(column.field)
        box.addItem(str(words()) if words is not None else column.field, column.field)
    return box


def _choice(entries: Iterable[tuple[object, str]], slot: Callable[[], None]) -> QComboBox:
    box = QComboBox()
    for data, words in entries:
        box.addItem(words, data)
    box.currentIndexChanged.connect(slot)
    return box
