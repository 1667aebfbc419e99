"""Which way information flows, asked with a sentence from the user's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from orgmap.drawing.plain import shown as in_one_line
from orgmap.files.reading import Way
from orgmap.i18n import Text, say, text
from orgmap.ui.dialogs.importing.words import ASKS, BOTH, TELLS
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.words import Words

LONGEST = 160  # letters of a sentence
WAYS: tuple[tuple[Way, Text], ...] = ((Way.FLOW, TELLS), (Way.ASKS, ASKS), (Way.BOTH, BOTH))
_SKIPPED = text("import", "Leave this question out")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a survey. `first` answered it and named `second`; `way`: what is proposed.

    `only`: the one thing it can mean, where no way is to be asked about.
    """

    key: str
    words: str
    first: str
    second: str
    way: Way
    only: str = ""


class Direction(QWidget):
    """One question with three answers to click, or one line for each question of a survey."""

    told = Signal()  # of the user: an answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("import", "Which way information flows"))
        self.by_hand = False  # the user spoke about the one question
        self.ways: dict[str, Way] = {}  # what the user said of questions of a survey
        self._boxes: list[tuple[str, ChoiceBox]] = []
        self._shown: tuple[Asked, ...] = ()
        self._head = Words("", "section")
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._head)
        self._answers = [QRadioButton() for _ in WAYS]
        for index, button in enumerate(self._answers):
            button.setObjectName(f"direction-{index}")
            button.setMinimumHeight(24)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, index)
            self._column.addWidget(button)
        self._answers[0].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)
        self._survey = QWidget()
        self._questions = QVBoxLayout(self._survey)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._questions.setSpacing(4)
        self._column.addWidget(self._survey)

    @property
    def way(self) -> Way:
        """The answer to the one question."""
        return WAYS[max(self._group.checkedId(), 0)][0]

    def set_way(self, way: Way) -> None:
        """Propose an answer to the one question."""
        self._answers[next((i for i, (each, _) in enumerate(WAYS) if each is way), 0)].setChecked(True)

    def set_ways(self, ways: Mapping[str, Way]) -> None:
        """Take answers to questions of a survey for the user's."""
        self.ways = dict(ways)

    def ask(self, first: str, second: str) -> None:
        """The question, about two people of the file."""
        self._show(one=True)
        self._head.setText(say("import", "Which of these is true?"))
        for button, (_, words) in zip(self._answers, WAYS, strict=True):
            said = in_one_line(str(words(first=first, second=second)), LONGEST)
            button.setAccessibleName(said)
            button.setToolTip("")
        self._break()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Narrower: what an answer means comes in a second line."""
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        for button in self._answers:
            said = button.accessibleName()
            wide = button.fontMetrics().horizontalAdvance(said) + 2 * button.fontMetrics().height()
            lines = said.replace(": ", ":\n", 1) if wide > self.width() else said
            button.setText(lines.replace("&", "&&"))

    def ask_each(self, asked: tuple[Asked, ...]) -> None:
        """The questions of a survey, one below the other, with what is proposed for each."""
        self._show(one=False)
        self._survey.show()
        self._head.setText(say("import", "Which way does information flow? Once for each question:"))
        if asked != self._shown:
            self._shown = asked
            self._build(asked)
        for key, box in self._boxes:
            proposed = next(each.way for each in asked if each.key == key)
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(self.ways.get(key, proposed)), 0))

    def say_only(self, words: str) -> None:
        """There is nothing to ask: say how it is read, or with "" nothing at all."""
        self._show(one=False)
        self._head.setText(in_one_line(words, LONGEST))
        self._head.setVisible(bool(words))

    def _show(self, *, one: bool) -> None:
        self._head.show()
        self._survey.hide()
        for button in self._answers:
            button.setVisible(one)

    def _build(self, asked: tuple[Asked, ...]) -> None:
        while (item := self._questions.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._boxes = []
        for each in asked:
            title = in_one_line(each.words, LONGEST)
            box = ChoiceBox()
            box.setObjectName(f"question-{len(self._boxes)}")
            box.setAccessibleName(title)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            ways = ((each.way, each.only),) if each.only else _worded(each)
            for way, words in ways:
                box.addItem(in_one_line(words, LONGEST), way)
            box.addItem(str(_SKIPPED()), Way.SKIP)
            box.currentIndexChanged.connect(self._on_told)
            self._questions.addWidget(Words(title, "body"))
            self._questions.addWidget(box)
            self._boxes.append((each.key, box))

    def _on_clicked(self, _index: int) -> None:
        self.by_hand = True
        self.told.emit()

    def _on_told(self, _index: int) -> None:
        self.ways = {key: Way(box.currentData()) for key, box in self._boxes}
        self.told.emit()


def _worded(asked: Asked) -> tuple[tuple[Way, str], ...]:
    return tuple((way, str(words(first=asked.first, second=asked.second))) for way, words in WAYS)
