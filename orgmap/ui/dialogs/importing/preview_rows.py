"""The first rows of a table, with a box over each column that says what it holds."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from orgmap.drawing.plain import middle_cut
from orgmap.drawing.plain import shown as in_one_line
from orgmap.files.columns import LINK_COLUMNS, LISTED_COLUMNS, SURVEY_COLUMNS
from orgmap.files.reading import Form
from orgmap.files.tables import Preview
from orgmap.i18n import say
from orgmap.ui.dialogs.importing.words import FIELDS, KEPT
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.roles import set_role

LONGEST = 40  # letters of a cell
NARROWEST = 120  # px of a column
LOWEST = 5  # rows in view at least
MOST_COLUMNS = 60  # with a box each; what lies further right is read all the same
_MAPPED = {Form.LINKS: LINK_COLUMNS, Form.PEOPLE: LISTED_COLUMNS, Form.SURVEY: SURVEY_COLUMNS}
_SHARED = ("answer", "person", "aside")  # fields that several columns can hold


class PreviewRows(QTableWidget):
    """`mapped` rings when the user says what a column holds."""

    mapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rows")
        self.setAccessibleName(say("import", "The first rows of the table"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "rows")
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.mapping: dict[str, str] = {}  # what the user said, by name or number of the column
        self._keys: list[str] = []
        self._taken: dict[int, tuple[QComboBox, object]] = {}  # by column: from which box it took what
        self._columns: tuple[Form, int] | None = None

    @property
    def whole(self) -> bool:
        """Are there a from and a to among the columns the user has spoken about?"""
        asked = self._columns is not None and self._columns[0] is Form.LINKS and bool(self.mapping)
        return not asked or {"source", "target"} <= set(self.mapping.values())

    @property
    def boxes(self) -> list[QComboBox]:
        """Over the columns, from the left; none over a matrix."""
        widgets = (self.cellWidget(0, column) for column in range(self.columnCount()))
        return [widget for widget in widgets if isinstance(widget, QComboBox)]

    def show_rows(self, preview: Preview) -> None:
        """The columns with what each one fills, and the first rows below."""
        listed = preview.mapping[:MOST_COLUMNS]
        names = [in_one_line(middle_cut(header, LONGEST)) for header, _ in listed]
        first = 1 if preview.form in _MAPPED else 0
        if (preview.form, len(names)) != self._columns:
            self._columns = (preview.form, len(names))
            self._taken.clear()
            self.clear()
            self.setColumnCount(len(names))
            self.setRowCount(first)
            for index in range(len(names) if first else 0):
                box = _field_choice(preview.form)
                box.currentIndexChanged.connect(partial(self._on_mapped, index, box))
                self.setCellWidget(0, index, box)
                self.setRowHeight(0, box.sizeHint().height() + 12)
        self.setRowCount(first + len(preview.rows))
        self.setHorizontalHeaderLabels(names)
        self._keys = [h if preview.header else str(i + 1) for i, (h, _) in enumerate(listed)]
        for box, name, key, (_, field) in zip(self.boxes, names, self._keys, listed, strict=False):
            box.setAccessibleName(say("import", "What the column {name} holds", name=name))
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(self.mapping.get(key, field)), 0))
        for row, cells in enumerate(preview.rows):
            for column in range(len(names)):
                cell = cells[column] if column < len(cells) else ""
                item = QTableWidgetItem(in_one_line(middle_cut(cell, LONGEST)))
                self.setItem(row + first, column, item)
        for row in range(first, self.rowCount()):
            self.setRowHeight(row, self.fontMetrics().height() + 12)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            self.setColumnWidth(column, max(self.columnWidth(column), NARROWEST))
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        high += self.horizontalScrollBar().sizeHint().height() + 2
        self.setMaximumHeight(high)
        self.setMinimumHeight(min(high, LOWEST * (self.fontMetrics().height() + 12)))

    def _on_mapped(self, column: int, box: QComboBox, _index: int) -> None:
        """All columns as they are now said; what one takes, another lets go of."""
        chosen = box.currentData()
        other, before = self._taken.pop(column, (box, None))
        if before not in (None, chosen) and not other.currentData():
            with QSignalBlocker(other):  # keys went past it on the way to another
                other.setCurrentIndex(other.findData(before))
        for index, (other, key) in enumerate(zip(self.boxes, self._keys, strict=False)):
            if index != column and chosen not in ("", *_SHARED) and other.currentData() == chosen:
                self._taken[column] = (other, chosen)
                with QSignalBlocker(other):
                    other.setCurrentIndex(0)
            self.mapping[key] = other.currentData()
        self.mapped.emit()


def _field_choice(form: Form) -> QComboBox:
    """What a column can hold in this kind of table."""
    box = ChoiceBox()
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(11)
    box.addItem(str(KEPT()), "")
    for column in _MAPPED[form]:
        words = FIELDS.get(column.field)
        box.addItem(str(words()) if words is not None else column.field, column.field)
    return box
