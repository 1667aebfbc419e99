"""Step one of an import: what was recognized, the first rows of it, and what only the user can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.plain import shown as in_one_line
from orgmap.files import disk
from orgmap.files.answering import Question
from orgmap.files.reading import Arrows, Form, ReadOptions, RowKind, Way
from orgmap.files.tables import Preview
from orgmap.i18n import names, say
from orgmap.ui.dialogs.importing.direction import Asked, Direction
from orgmap.ui.dialogs.importing.look import Look
from orgmap.ui.dialogs.importing.preview_rows import PreviewRows
from orgmap.ui.dialogs.importing.remembered import Answers
from orgmap.ui.dialogs.importing.sheets import SheetChoice
from orgmap.ui.dialogs.importing.words import DELIMITERS, ENCODINGS, FORMS, KINDS, WEIGHTS
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.words import Words, WordsButton

_ARROWS = {Way.ASKS: Arrows.ASKS}


class TablePage(QWidget):
    """`told` rings when an answer asks for another look; `rows_told` when the rows are others, too."""

    told = Signal()
    rows_told = Signal()  # other rows, other columns: what was said of single rows is void
    direction_told = Signal()
    other_file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: Path | None = None
        self._people_told = False
        self._links: tuple[Path, ...] = ()
        self._header_told = False
        self._form_told: Form | None = None
        self._survey = False  # each of its questions has a way of its own
        self._folder = Path()
        self._top: tuple[tuple[str, str], ...] = ()  # what the columns hold, if the first row names them
        self._build()
        self._lay_out()

    @property
    def options(self) -> ReadOptions:
        """The answers given so far."""
        way = self.direction.way
        return ReadOptions(
            form=self._form_told,
            kind=RowKind(self._kind.currentData()),
            arrows=None if self._survey else _ARROWS.get(way, Arrows.FLOW),
            undirected=way is Way.BOTH and not self._survey,
            weight=self._weight.currentData(),
            delimiter=self._delimiter.currentData(),
            encoding=self._encoding.currentData(),
            sheets=self._sheets.chosen,
            header=self._header.isChecked() if self._header_told else None,
            mapping=dict(self.rows.mapping),
            people=self._people,
            links=tuple((path, ReadOptions()) for path in self._links),
            ways=dict(self.direction.ways),
        )

    @property
    def people_told(self) -> bool:
        """Did the user say which table has the people, or that none has?"""
        return self._people_told

    def set_files(
        self, main: Path, people: Path | None, links: tuple[Path, ...], left: tuple[Path, ...]
    ) -> None:
        """The files that are imported; `left` cannot be taken together with them."""
        self._folder = main.parent
        self._links = links
        if people is not None:
            self.set_people(people)
        said = []
        if links:
            said.append(
                say("import", "Links are read from {files}, too.", files=names(map(disk.shown, links)))
            )
        if left:
            apart = say(
                "import",
                "{files} cannot be taken together with this one; import it by itself.",
                files=names(map(disk.shown, left)),
            )
            said.append(apart)
        self._also.setText(" ".join(said))
        self._also.setVisible(bool(said))

    def set_people(self, path: Path | None) -> None:
        """The table of people; None for none."""
        self._people_told = True
        self._people = path
        self._people_name.setText(disk.shown(path) if path is not None else say("import", "none"))
        self._choose.setText(say("import", "Choose…") if path is None else say("import", "Leave out"))

    def set_answers(self, answers: Answers) -> None:
        """As last time, or with `Answers()` as if nothing had been said."""
        with QSignalBlocker(self._kind), QSignalBlocker(self._weight):
            self._kind.setCurrentIndex(max(self._kind.findData(answers.kind), 0))
            self._weight.setCurrentIndex(max(self._weight.findData(answers.weight), 0))
        self._form_told = answers.form
        self.rows.mapping = dict(answers.mapping)
        self.direction.set_ways(answers.ways)
        self.direction.by_hand = answers.arrows is not None
        way = Way.BOTH if answers.undirected else Way.ASKS if answers.arrows == Arrows.ASKS else Way.FLOW
        self.direction.set_way(way)

    def say_last_time(self, *, of_columns: bool, of_rows: bool) -> None:
        """Tell that the answers are those of last time."""
        if of_rows:
            self._as_last.setText(
                say("import", "Answered as last time for this file, its rows in doubt, too.")
            )
        else:
            self._as_last.setText(say("import", "Answered as last time for a table with these columns."))
        self._last.setVisible(of_columns or of_rows)

    # -- showing ------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """What was seen with the answers given."""
        table = look.table
        self._said.setText(str(look.summary))
        self.rows.setVisible(table is not None)
        self._show_headed(table)
        if table is not None:
            self._header.setChecked(table.header)
            self._show_form(table.form)
            self._sheets.show_sheets(table.sheets)
            if not self.direction.by_hand:
                self.direction.set_way(Way.ASKS if table.asks else Way.FLOW)
            self.rows.show_rows(table)
        whole = self.rows.whole or table is None
        self._show_problem("" if whole else say("import", "One column has to say from, another to."))
        self._other.hide()
        self._show_rows_of(look)
        self._ask(look)

    def _show_headed(self, table: Preview | None) -> None:
        """Doubt a first row that was taken for a link, where the table looks like people and their groups."""
        self._top = table.headed if table is not None else ()
        self._headed.setVisible(bool(self._top))
        if table is not None and table.headed:
            words = names(in_one_line(cell, 40) for cell in table.rows[0])
            self._may.setText(
                say(
                    "import", "The first row may name the columns of a table of people: {names}.", names=words
                )
            )

    def show_unreadable(self, words: str, *, other: bool, signs: bool) -> None:
        """It cannot be read, for this reason; the letters and signs can be said where that helps, and another
        file chosen where it is one.
        """
        self._said.setText("")
        self.rows.hide()
        self._show_problem(words)
        self._other.setVisible(other)
        self._headed.hide()
        self._show_rows_of(None)
        self._letters.setVisible(signs)
        self.direction.say_only("")

    def _show_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _show_form(self, form: Form) -> None:
        """What it is read as; only what looks like a matrix can be one."""
        with QSignalBlocker(self._read_as):
            if form is Form.MATRIX and self._read_as.findData(form) < 0:
                self._read_as.addItem(str(FORMS[form]()), form)
            self._read_as.setCurrentIndex(max(self._read_as.findData(form), 0))

    def _show_rows_of(self, look: Look | None) -> None:
        """The answers that this file needs."""
        table = look.table if look is not None else None
        links = look is not None and (table is None or table.form is not Form.PEOPLE)
        form = self._form
        self._as.setVisible(table is not None or self._form_told is not None)
        self._header.setVisible(table is not None and table.form in (Form.LINKS, Form.PEOPLE))
        form.setRowVisible(self._kind, table is not None and table.form in (Form.LINKS, Form.MATRIX))
        form.setRowVisible(self._weight, table is not None and table.weighted)
        form.setRowVisible(self._sheets, self._sheets.several)
        inside = table is not None and any(each is Form.PEOPLE for _, each in table.sheets)
        form.setRowVisible(self._people_row, table is not None and links and not inside)
        self._letters.setVisible(look is None or (table is not None and not table.sheet))

    def _ask(self, look: Look) -> None:
        """Ask about the direction, where there is one to ask about."""
        table = look.table
        asked = tuple(map(_asked, table.questions)) if table is not None else ()
        links = table is None or table.form is not Form.PEOPLE
        talks = table is None or self._kind.currentData() == RowKind.TALKS
        self._survey = bool(asked)
        if asked:
            self.direction.ask_each(asked)
        elif links and talks and look.first:
            self.direction.ask(look.first, look.second)
        else:
            self.direction.say_only(str(table.sentence) if table is not None and links and not talks else "")

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self._said = Words("", "body-quiet")
        self._also = Words("", "body-quiet")
        self._also.hide()
        self._problem = Words("", "problem")
        self._problem.hide()
        self._other = WordsButton(say("import", "Choose another file…"))
        self._other.setAutoDefault(False)
        self._other.clicked.connect(self.other_file_asked)
        self._other.hide()
        self._last = QWidget()
        row = QHBoxLayout(self._last)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._as_last = Words("", "body")
        row.addWidget(self._as_last, 1)
        afresh = WordsButton(say("import", "Start afresh"), "quiet")
        afresh.setAutoDefault(False)
        afresh.clicked.connect(self._on_afresh)
        row.addWidget(afresh)
        self._last.hide()
        self._headed = QWidget()
        row = QHBoxLayout(self._headed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._may = Words("", "body")
        row.addWidget(self._may, 1)
        named = WordsButton(say("import", "It names the columns"), "quiet")
        named.setObjectName("headed")
        named.setAutoDefault(False)
        named.clicked.connect(self._on_headed)
        row.addWidget(named)
        self._headed.hide()
        self.rows = PreviewRows()
        self.rows.mapped.connect(self._on_mapped)
        self._header = QCheckBox(say("import", "The first row names the columns"))
        self._header.setObjectName("header")
        self._header.clicked.connect(self._on_header)
        forms = (Form.LINKS, Form.PEOPLE, Form.SURVEY)
        self._read_as = _choice([(each, str(FORMS[each]())) for each in forms], self._on_form)
        self._read_as.setObjectName("read-as")
        self._read_as.setAccessibleName(say("import", "Read as"))
        self.direction = Direction()
        self.direction.told.connect(self.direction_told)
        self._kind = _choice([(kind, str(words())) for kind, words in KINDS.items()], self._on_told)
        self._kind.setAccessibleName(say("import", "The rows say"))
        self._weight = _choice([(kind, str(words())) for kind, words in WEIGHTS.items()], self._on_told)
        self._weight.setAccessibleName(say("import", "Weight means"))
        self._sheets = SheetChoice()
        self._sheets.told.connect(self._on_sheets)
        found = say("import", "as found")
        signs = [(sign, str(words())) for sign, words in DELIMITERS.items()]
        self._delimiter = _choice([(None, found), *signs], self._on_signs)
        self._delimiter.setAccessibleName(say("import", "What parts the columns"))
        self._encoding = _choice([(None, found), *zip(ENCODINGS, ENCODINGS, strict=True)], self._on_signs)
        self._encoding.setAccessibleName(say("import", "How letters are written in the file"))
        self._people_name = Words(say("import", "none"), "body")
        self._choose = QPushButton(say("import", "Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.setAccessibleName(say("import", "Table of people"))
        self._choose.clicked.connect(self._on_choose_people)

    def _lay_out(self) -> None:
        self._people_row = people = QHBoxLayout()
        people.setSpacing(12)
        people.addWidget(self._people_name)
        people.addWidget(self._choose)
        self._form = form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(say("import", "The rows say"), self._kind)
        form.addRow(say("import", "Weight means"), self._weight)
        form.addRow(say("import", "Sheets"), self._sheets)
        form.addRow(say("import", "Table of people"), people)
        body = QWidget()
        signs = QFormLayout(body)
        signs.setContentsMargins(24, 0, 0, 0)
        signs.setHorizontalSpacing(16)
        signs.setVerticalSpacing(8)
        signs.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        signs.addRow(say("import", "Letters in"), self._encoding)
        signs.addRow(say("import", "Columns parted by"), self._delimiter)
        self._letters = Fold(body)
        self._letters.head.setAutoDefault(False)
        self._letters.set_words(say("import", "Letters or columns look wrong?"))
        self._as = QWidget()
        flow = FlowLayout(self._as, gap=16)
        read_as = QWidget()
        words = QHBoxLayout(read_as)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addWidget(Words(say("import", "Read as"), "body"))
        words.addWidget(self._read_as)
        flow.addWidget(read_as)
        self._header.setMinimumHeight(self._read_as.sizeHint().height())
        flow.addWidget(self._header)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        for widget in (self._said, self._also, self._problem):
            column.addWidget(widget)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._last)
        column.addWidget(self._headed)
        column.addWidget(self.rows, 1)
        column.addWidget(self._as)
        column.addWidget(self.direction)  # the one question that has to be seen on a small screen, too
        column.addSpacing(4)
        column.addLayout(form)
        column.addWidget(self._letters)
        column.addStretch()
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # -- answers ------------------------------------------------------------------------------

    def _on_told(self) -> None:
        self.told.emit()

    def _on_mapped(self) -> None:
        """What was said of the columns was said of the rows that were shown."""
        self._header_told = True
        self.told.emit()

    def _on_header(self) -> None:
        """What was said about columns was said of columns that went by other names."""
        self._header_told = True
        self.rows.mapping.clear()
        self.rows_told.emit()

    def _on_headed(self) -> None:
        """The first row names the columns of a table of people."""
        self._header_told = True
        self._header.setChecked(True)
        self._form_told = Form.PEOPLE
        self.rows.mapping = dict(self._top)
        self._headed.hide()
        self.rows_told.emit()

    def _on_form(self) -> None:
        """Other fields for the same columns."""
        self._form_told = Form(self._read_as.currentData())
        self.rows.mapping.clear()
        self.rows_told.emit()

    def _on_signs(self) -> None:
        self.rows_told.emit()

    def _on_sheets(self) -> None:
        """Other sheets, other columns."""
        self.rows.mapping.clear()
        self._header_told = False
        self._form_told = None
        self.rows_told.emit()

    def _on_afresh(self) -> None:
        self.set_answers(Answers())
        self._header_told = False
        self._last.hide()
        self.rows_told.emit()

    def _on_choose_people(self) -> None:
        if self._people is not None:
            self._take_people(None)
            return
        dialog = QFileDialog(self, say("import", "Table of people"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                say("dialog", "Tables ({pattern})", pattern="*.csv *.tsv *.txt *.md *.xlsx *.ods"),
                say("dialog", "All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._on_people_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_people_chosen(self, name: str) -> None:
        self._take_people(Path(name))

    def _take_people(self, path: Path | None) -> None:
        self.set_people(path)
        self.told.emit()


def _asked(question: Question) -> Asked:
    ends = dict(question.sentence.values)
    words = question.name or say("import", "The answers")
    only = str(question.sentence) if question.of_bosses else ""
    return Asked(
        question.name, words, str(ends.get("first", "")), str(ends.get("second", "")), question.way, only
    )


def _choice(entries: Iterable[tuple[object, str]], slot: Callable[[], None]) -> QComboBox:
    box = ChoiceBox()
    for data, words in entries:
        box.addItem(words, data)
    box.currentIndexChanged.connect(slot)
    return box
