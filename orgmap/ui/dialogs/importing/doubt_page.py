"""Step two of an import: every row in doubt, why, and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import Said, say
from orgmap.ui.dialogs.importing.doubt_model import DoubtModel
from orgmap.ui.dialogs.importing.doubt_view import DoubtView
from orgmap.ui.dialogs.importing.doubts import Doubt, Doubts, State, key_of
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import Words, WordsButton

MOST_OFFERS = 4  # as buttons; all of them are completed
FEW = 8  # rows that one sees at once
LONGEST = 60  # letters of a cell on a button
LONGEST_REASON = 90


class DoubtPage(QWidget):
    """`answered` rings when the user said something that the rows have to be read anew for."""

    answered = Signal()
    counted = Signal()  # another number of them is open

    def __init__(self, doubts: Doubts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubts = doubts
        self._late = False  # there is news, and a cell is being typed into
        self._reasons: list[Said | None] = [None]
        self._model = DoubtModel(doubts, self)
        self._model.corrected.connect(self._on_corrected)
        self.view = DoubtView(self._model)
        self.view.setMinimumHeight(120)
        self.view.chosen.connect(self._show_strip)
        self.view.leaving_asked.connect(self._on_leaving)
        self.view.answering_asked.connect(self._to_answers)
        self.view.settled.connect(self._on_settled)
        self._said = Words("", "body-quiet")
        self._filter = ChoiceBox()
        self._filter.setObjectName("reasons")
        self._filter.setAccessibleName(say("doubt", "Show only rows in doubt for one reason"))
        self._filter.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._filter.setMinimumContentsLength(20)
        self._filter.currentIndexChanged.connect(self._on_filtered)
        self._all = WordsButton("")
        self._all.clicked.connect(self._leave_all_out)
        self._why = Words("", "body")
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers, gap=8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._filter, 1)
        top.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._why)
        column.addWidget(self._answers)

    def renew(self) -> None:
        """The rows were read: show what is in doubt now, in the place where one was."""
        if self.view.editing:
            self._late = True
            return
        self._late = False
        self._show_reasons()
        self._show()

    @property
    def doubts(self) -> Doubts:
        """What is listed, and what was said of it."""
        return self._doubts

    def buttons(self) -> list[WordsButton]:
        """What can be said of the row chosen, from left to right."""
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, WordsButton)]

    # -- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        at, current = self.view.currentIndex().row(), self.view.current
        key = key_of(current.note) if current is not None else None
        self._model.renew()
        rows = self._model.rows
        self.view.make_room()
        if current is not self.view.current or not self.view.currentIndex().isValid():
            again = next((i for i, doubt in enumerate(rows) if key_of(doubt.note) == key), None)
            self.view.choose(again if again is not None else min(max(at, 0), len(rows) - 1))
        total, still = self._doubts.total, self._doubts.open
        self._said.setText(
            say("doubt", "{n} row is in doubt.", "{n} rows are in doubt.", n=total)
            + " "
            + (
                say("doubt", "{n} is still open.", "{n} are still open.", n=still)
                + " "
                + say("doubt", "Open ones are imported as their reason says.")
                if still
                else say("doubt", "Each has its answer.")
            )
        )
        left = [doubt for doubt in rows if self._doubts.state(doubt) is State.OPEN and doubt.row is not None]
        self._all.setVisible(len(left) > 1 and self._model_filtered)
        self._all.set_words(say("doubt", "Leave out these {n} rows", "Leave out these {n} rows", n=len(left)))
        self._show_strip()
        self.counted.emit()

    @property
    def _model_filtered(self) -> bool:
        return self._filter.currentIndex() > 0

    def _show_reasons(self) -> None:
        """The reasons to choose from, where there are several and many rows."""
        found = self._doubts.reasons()
        chosen = self._reasons[max(self._filter.currentIndex(), 0)]
        with QSignalBlocker(self._filter):
            self._filter.clear()
            self._filter.addItem(say("doubt", "All reasons ({n})", n=len(self._doubts.entries)))
            for reason, count in found:
                words = shown(str(reason), LONGEST_REASON)
                self._filter.addItem(say("doubt", "{reason} ({n})", reason=words, n=count))
            self._reasons = [None, *(reason for reason, _ in found)]
            kept = self._reasons.index(chosen) if chosen in self._reasons else 0
            self._filter.setCurrentIndex(kept)
        self._filter.setVisible(len(found) > 1 and len(self._doubts.entries) > FEW)
        if self._reasons[kept] != chosen:
            self._model.show_reason(None)

    def _on_filtered(self, index: int) -> None:
        self._model.show_reason(self._reasons[max(index, 0)])
        self._show()

    def _show_strip(self) -> None:
        """The whole reason of the row chosen, and a button for each answer."""
        had = any(button.hasFocus() for button in self.buttons())
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        doubt = self.view.current
        self._why.setText(shown(str(doubt.note.message), 600) if doubt is not None else "")
        if doubt is not None:
            self._offer(doubt)
        if had:
            self.view.setFocus()

    def _offer(self, doubt: Doubt) -> None:
        state = self._doubts.state(doubt)
        if doubt.note.spellings is not None:
            for word in doubt.note.spellings:
                words = say("doubt", "One name: {name}", name=_brief(word))
                self._add(words, partial(self._decide, doubt, word), chosen=self._doubts.name(doubt) == word)
            two = say("doubt", "Two different names")
            self._add(two, partial(self._decide, doubt, None), chosen=state is State.TWO)
        elif doubt.spot is not None and state is not State.LEFT_OUT:
            now = self._doubts.cell(doubt)
            for offer in [each for each in doubt.note.offers if each != now][:MOST_OFFERS]:
                if doubt.names:
                    words = say("doubt", "{offer}, in all rows", offer=_brief(offer))
                else:
                    words = say("doubt", "Write {offer}", offer=_brief(offer))
                self._add(words, partial(self._write, doubt, offer))
            if now != doubt.cell:
                self._offer_more(doubt, now)
        if doubt.row is not None:
            out = state is State.LEFT_OUT
            words = say("doubt", "Read this row after all") if out else say("doubt", "Leave this row out")
            self._add(words, partial(self._on_leaving, doubt))

    def _offer_more(self, doubt: Doubt, now: str) -> None:
        """What was typed can be taken back, or said of all cells that hold the same."""
        alike = self._doubts.alike(doubt)
        if alike:
            words = say(
                "doubt",
                "The same in {n} other row with {cell}",
                "The same in {n} other rows with {cell}",
                n=len(alike),
                cell=_brief(doubt.cell) or say("doubt", "an empty cell"),
            )
            self._add(words, partial(self._write_all, alike, now))
        before = _brief(doubt.cell) or say("doubt", "empty")
        self._add(say("doubt", "As it was: {cell}", cell=before), partial(self._write, doubt, doubt.cell))

    def _add(self, words: str, do: Callable[[], object], *, chosen: bool = False) -> None:
        button = WordsButton(words, parent=self._answers)
        button.setAutoDefault(False)
        if chosen:
            button.setCheckable(True)
            button.setChecked(True)
        button.clicked.connect(partial(_done, do))
        QWidget.setTabOrder(next(iter(self.buttons()[-1:]), self.view), button)  # the order of the eye
        self._flow.addWidget(button)
        button.show()

    def _to_answers(self) -> None:
        for button in self.buttons()[:1]:
            button.setFocus()

    # -- answers ------------------------------------------------------------------------------

    def _on_corrected(self, doubt: Doubt, cell: str) -> None:
        if self._doubts.correct(doubt, cell.strip()):
            self._take()

    def _write(self, doubt: Doubt, cell: str) -> None:
        if self._doubts.correct(doubt, cell):
            self._take()
            if not self._doubts.alike(doubt):
                self.view.to_next_open()

    def _write_all(self, alike: list[Doubt], cell: str) -> None:
        for doubt in alike:
            self._doubts.correct(doubt, cell)
        self._take()
        self.view.to_next_open()

    def _decide(self, doubt: Doubt, name: str | None) -> None:
        pair = doubt.note.spellings
        if pair is None:
            return
        undo = self._doubts.name(doubt) == name or (name is None and self._doubts.state(doubt) is State.TWO)
        self._doubts.decide(pair, "" if undo else name)
        self._take()
        if not undo:
            self.view.to_next_open()

    def _on_leaving(self, doubt: Doubt) -> None:
        if doubt.row is None:
            return
        out = self._doubts.state(doubt) is not State.LEFT_OUT
        self._doubts.leave_out([doubt.row], out=out)
        self._take()
        if out:
            self.view.to_next_open()

    def _leave_all_out(self) -> None:
        state = self._doubts.state
        rows = [d.row for d in self._model.rows if d.row is not None and state(d) is State.OPEN]
        self._doubts.leave_out(rows, out=True)
        self._take()

    def _take(self) -> None:
        """Show what was said at once; the reader hears of it."""
        self._show()
        self.answered.emit()

    def _on_settled(self) -> None:
        if self._late:
            self.renew()


def _brief(words: str) -> str:
    return shown(middle_cut(words, LONGEST), LONGEST)


def _done(do: Callable[[], object], _checked: bool = False) -> None:
    do()
