"""What an open card proposes: each advice in a sentence, to be tried, made real or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.analysis.findings import Advice
from orgmap.i18n import say
from orgmap.model import proposals
from orgmap.model.document import Document
from orgmap.ui.panels.finding_words import line_of
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip


class Deed(Enum):
    """What a hand wants of an advice."""

    TRY = auto()  # as a proposal, dashed
    APPLY = auto()
    TAKE_BACK = auto()  # the proposal


@dataclass(frozen=True, slots=True)
class Advised:
    """An advice, and what to do with it."""

    advice: Advice
    deed: Deed


class AdviceList(QWidget):
    """The advice of one finding in its order; what is tried stays in the list as long as it is tried."""

    advised = Signal(object)  # Advised

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Words(role="section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._head)
        self._blocks: list[_Block] = []

    def show_advice(self, advice: Sequence[Advice], real: Document, shown: Document, *, open_: bool) -> bool:
        """Show these on the map `real`, called as in `shown`; did a block go that had the keyboard?

        Not `open_`: the finding is resolved, and nothing can be done.
        """
        self._head.setText(say("finding", "What could be tried"))
        left = [one for one in advice if not any(block.is_for(one) for block in self._blocks)]
        before = [block.advice for block in self._blocks]
        going = [b for b in self._blocks if not any(b.is_for(one) for one in advice)]
        going = [block for block in going if not proposals.tried(real, block.advice.change)]
        lost = any(block.has_focus() for block in going)
        for block in going:
            self._blocks.remove(block)
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        for one in left:
            block = _Block(one)
            block.advised.connect(self.advised)
            self._blocks.append(block)
        order = [next(block for block in self._blocks if block.is_for(one)) for one in advice]
        self._blocks = [*order, *(block for block in self._blocks if block not in order)]
        if before != [block.advice for block in self._blocks] or left:
            for place, block in enumerate(self._blocks, 1):
                if self._column.indexOf(block) != place:
                    self._column.removeWidget(block)
                    self._column.insertWidget(place, block)
        for place, block in enumerate(self._blocks):
            own = next((one for one in advice if block.is_for(one)), block.advice)
            block.show_advice(own, real, shown, main=place == 0, open_=open_)
        self.setVisible(bool(self._blocks))
        return lost

    def stops(self) -> list[QWidget]:
        """The buttons, in order."""
        return [stop for block in self._blocks for stop in block.stops()]


class _Block(QWidget):
    """One advice: its sentence, what it mends, and what one can do with it."""

    advised = Signal(object)  # Advised

    def __init__(self, advice: Advice) -> None:
        super().__init__()
        self.advice = advice
        self._said, self._gained = Words(role="body"), Words(role="quiet")
        self._state = Words(role="new")
        self._try, self._apply, self._back = WordsButton(), WordsButton(), WordsButton(role="quiet")
        row = QWidget()
        flow = FlowLayout(row)
        for button in self._buttons():
            flow.addWidget(button)
        self._try.clicked.connect(self._on_try)
        self._apply.clicked.connect(self._on_apply)
        self._back.clicked.connect(self._on_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._said, self._gained, self._state, row):
            column.addWidget(part)

    def is_for(self, advice: Advice) -> bool:
        """Is it the same advice, perhaps made anew for a map that has changed?"""
        mine, other = proposals.lines(self.advice.change), proposals.lines(advice.change)
        if mine and other:
            return [proposals.course(link) for link in mine] == [proposals.course(link) for link in other]
        return self.advice == advice

    def show_advice(
        self, advice: Advice, real: Document, shown: Document, *, main: bool, open_: bool
    ) -> None:
        """Fill in; the button under the keyboard hands it to the one that takes its place."""
        self.advice = advice
        can_try = bool(proposals.lines(advice.change))
        tried = bool(proposals.tried(real, advice.change))
        self._said.setText(str(advice.text))
        gained = str(advice.gained) if advice.gained is not None else ""
        self._gained.setText(gained)
        self._gained.setVisible(bool(gained))
        state = say("advice", "Drawn as a proposal, which does not count yet.") if tried else ""
        self._state.setText(state)
        self._state.setVisible(bool(state))
        focused = next((button for button in self._buttons() if button.hasFocus()), None)
        line = line_of(advice, shown)
        for button, words, there in (
            (self._try, say("advice", "Try: {line}", line=line) if line else say("advice", "Try"), not tried),
            (self._apply, say("advice", "Apply") if can_try else say("advice", "Apply at once"), True),
            (self._back, say("advice", "Take back"), tried),
        ):
            button.set_words(words)
            button.setVisible(there and (can_try or button is self._apply))
            button.setEnabled(open_)
            button.setToolTip(plain_tip(self._tip(button)))
            button.setAccessibleDescription(str(advice.text))
        first = self._apply if tried or not can_try else self._try
        set_role(self._try, "primary" if main and first is self._try else "")
        set_role(self._apply, "primary" if main and first is self._apply else "")
        if focused is not None and focused.isHidden() and open_:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """The buttons that are there."""
        return [button for button in self._buttons() if not button.isHidden()]

    def has_focus(self) -> bool:
        """Has one of its buttons the keyboard?"""
        return any(button.hasFocus() for button in self._buttons())

    def _buttons(self) -> tuple[WordsButton, ...]:
        return (self._try, self._apply, self._back)

    def _tip(self, button: WordsButton) -> str:
        if button is self._try:
            return say("tip", "Draw it as a proposal: seen by everybody, counted by nothing")
        if button is self._apply and not proposals.lines(self.advice.change):
            return say("tip", "It is no new line, so it cannot be drawn as a proposal. Undo takes it back.")
        if button is self._apply:
            return say("tip", "Make it real: the findings follow")
        return say("tip", "Take the proposal off the map")

    def _on_try(self) -> None:
        self.advised.emit(Advised(self.advice, Deed.TRY))

    def _on_apply(self) -> None:
        self.advised.emit(Advised(self.advice, Deed.APPLY))

    def _on_back(self) -> None:
        self.advised.emit(Advised(self.advice, Deed.TAKE_BACK))
