"""The page of a PDF or of the printer: its size, which way it lies, margins, and a poster of several."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSpinBox, QWidget

from orgmap.drawing.paper import LEAST, MOST, MOST_MARGIN, MOST_OVERLAP, MOST_SHEETS, SIZES, Turn
from orgmap.i18n import say
from orgmap.ui.orders import AS_MAP, OWN, Paper
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.words import Words


class PaperFields(QObject):
    """The fields of one `Paper`, as the last rows of a form. `changed` rings when somebody chose."""

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QObject) -> None:
        super().__init__(parent)
        self.size_box = ChoiceBox()
        self.size_box.setAccessibleName(say("export", "Page"))
        self.width_box = _millimetres(say("export", "Width of the page"), LEAST, MOST)
        self.height_box = _millimetres(say("export", "Height of the page"), LEAST, MOST)
        self.turn_box = ChoiceBox()
        self.turn_box.setAccessibleName(say("export", "Which way the page lies"))
        for turn, words in (
            (Turn.AUTO, say("export", "As the map fits best")),
            (Turn.PORTRAIT, say("export", "Upright")),
            (Turn.LANDSCAPE, say("export", "On its long side")),
        ):
            self.turn_box.addItem(words, turn.value)
        self.margin_box = _millimetres(say("export", "Margin"), 0, MOST_MARGIN)
        self.across_box = _count(say("export", "Sheets side by side"))
        self.down_box = _count(say("export", "Sheets below one another"))
        self.overlap_box = _millimetres(say("export", "What neighbours have in common"), 0, MOST_OVERLAP)
        self.own = _row(self.width_box, Words(say("export", "by")), self.height_box)
        self.sheets = _row(
            self.across_box, Words(say("export", "by")), self.down_box, Words(say("export", "sheets"))
        )
        self._form = form
        self._shown = True
        for words, part in (
            (say("export", "Page"), self.size_box),
            (say("export", "Own size"), self.own),
            (say("export", "Lies"), self.turn_box),
            (say("export", "Margin"), self.margin_box),
            (say("export", "Poster"), self.sheets),
            (say("export", "Overlap"), self.overlap_box),
        ):
            self._form.addRow(words, part)
        for choice in (self.size_box, self.turn_box):
            choice.activated.connect(self._on_changed)
        for box in self._numbers():
            box.valueChanged.connect(self._on_changed)

    def show_paper(self, paper: Paper, *, printer: bool) -> None:
        """Show these choices. `printer`: paper has a size of its own."""
        blocked = [QSignalBlocker(box) for box in (self.size_box, self.turn_box, *self._numbers())]
        self.size_box.clear()
        if not printer:
            self.size_box.addItem(say("export", "As large as the map"), AS_MAP)
        for name in SIZES:
            self.size_box.addItem(name, name)
        self.size_box.addItem(say("export", "Own size"), OWN)
        self.size_box.setCurrentIndex(max(self.size_box.findData(paper.size), 0))
        self.turn_box.setCurrentIndex(self.turn_box.findData(paper.turn.value))
        for box, value in zip(
            self._numbers(),
            (paper.width, paper.height, paper.margin, paper.across, paper.down, paper.overlap),
            strict=True,
        ):
            box.setValue(round(value))
        del blocked
        self.show_rows(shown=self._shown)

    @property
    def paper(self) -> Paper:
        """What is chosen."""
        return Paper(
            size=self.size_box.currentData(),
            width=float(self.width_box.value()),
            height=float(self.height_box.value()),
            turn=Turn(self.turn_box.currentData()),
            margin=float(self.margin_box.value()),
            across=self.across_box.value(),
            down=self.down_box.value(),
            overlap=float(self.overlap_box.value()),
        )

    def _numbers(self) -> tuple[QSpinBox, ...]:
        return (
            self.width_box,
            self.height_box,
            self.margin_box,
            self.across_box,
            self.down_box,
            self.overlap_box,
        )

    def show_rows(self, *, shown: bool) -> None:
        """Show the rows, but of them only what matters to the size chosen; or none."""
        self._shown = shown
        size, several = self.size_box.currentData(), self.across_box.value() * self.down_box.value() > 1
        on_page = shown and size != AS_MAP
        self._form.setRowVisible(self.size_box, shown)
        self._form.setRowVisible(self.own, shown and size == OWN)
        for part in (self.turn_box, self.margin_box, self.sheets):
            self._form.setRowVisible(part, on_page)
        self._form.setRowVisible(self.overlap_box, on_page and several)

    def _on_changed(self, _value: int) -> None:
        self.show_rows(shown=self._shown)
        self.changed.emit()


def _millimetres(name: str, least: float, most: float) -> QSpinBox:
    box = QSpinBox()
    box.setRange(round(least), round(most))
    box.setSuffix(say("export", " mm"))
    return _named(box, name)


def _count(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, MOST_SHEETS)
    return _named(box, name)


def _named(box: QSpinBox, name: str) -> QSpinBox:
    box.setAccessibleName(name)
    box.setMinimumWidth(84)
    return box


def _row(*parts: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return held
