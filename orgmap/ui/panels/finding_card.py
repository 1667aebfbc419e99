"""One finding as a card: the claim and its reason; opened also question, advice and evidence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from orgmap.analysis import catalogue
from orgmap.analysis.findings import Advice
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.ui.panels.finding_words import button_words, evidence_words, spoken
from orgmap.ui.panels.standing import Key, Mark, Standing
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.signs import Sign
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip


class FindingCard(QAbstractButton):
    """A card that is clicked to be chosen. It shows a `Standing` and changes in place."""

    advice_chosen = Signal(object)  # Advice
    picked = Signal(object)  # Key

    def __init__(self, theme: Theme, row: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row, self._chosen = theme, row, False
        self._document: Document | None = None
        set_role(self, "finding")
        set_state(self, "chosen", False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sign = Sign(theme, row.finding.weight)
        self._title, self._mark = Words(), Words(role="new")
        self._claim, self._because = Words(role="claim"), Words(role="body-quiet")
        self._detail: _Detail | None = None
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        head.addWidget(self._mark)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 14)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self._claim)
        self._column.addWidget(self._because)
        self.clicked.connect(self._clicked)

    @property
    def key(self) -> Key:
        """Whose card it is."""
        return self._row.key

    @property
    def row(self) -> Standing:
        """What it shows."""
        return self._row

    @property
    def chosen(self) -> bool:
        """Is it open?"""
        return self._chosen

    def show_row(self, theme: Theme, row: Standing, document: Document, *, chosen: bool) -> None:
        """Show this; what is already there is not touched."""
        same = (row, chosen, theme) == (self._row, self._chosen, self._theme)
        if same and self._document is not None and (not chosen or document is self._document):
            return
        self._theme, self._row, self._chosen, self._document = theme, row, chosen, document
        resolved = row.mark is Mark.RESOLVED
        finding = row.finding
        self._sign.show_class(theme, finding.weight, resolved=resolved)
        title = catalogue.named(finding.code)
        self._title.setText(say("finding", "Resolved: {title}", title=title) if resolved else str(title))
        set_role(self._title, "good" if resolved else finding.weight.value)
        self._mark.setText(say("finding", "new") if row.mark is Mark.NEW else "")
        self._mark.setVisible(row.mark is Mark.NEW)
        self._claim.setText(str(finding.claim))
        set_role(self._claim, "body-quiet" if resolved else "claim")
        self._because.setText(str(finding.because))
        self._because.setVisible(not resolved)
        self.setAccessibleName(spoken(row))
        told = say("finding spoken", "Chosen. Its evidence is lit on the map.")
        self.setAccessibleDescription(told if chosen else "")
        self._show_detail(document, shown=chosen and not resolved)
        set_state(self, "chosen", chosen)
        self.updateGeometry()

    def retell(self) -> None:
        """The language is another one: the next `show_row` says everything anew."""
        self._document = None

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order: the card, and the buttons of an open one."""
        return [self, *(self._detail.stops() if self._detail is not None and self._chosen else [])]

    def sizeHint(self) -> QSize:
        """What its words need."""
        return self._column.sizeHint()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Space clicks; the keys that go through the list are the panel's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The ground of the style sheet; the words are widgets of their own."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()

    def _clicked(self) -> None:
        self.picked.emit(self.key)

    def _show_detail(self, document: Document, *, shown: bool) -> None:
        if not shown:
            if self._detail is not None:
                self._keep_focus(self._detail)
                self._detail.hide()
            return
        if self._detail is None:
            self._detail = _Detail()
            self._detail.advice_chosen.connect(self.advice_chosen)
            self._column.addWidget(self._detail)
        if self._detail.offers_other(self._row):
            self._keep_focus(self._detail)
        self._detail.show_row(self._row, document)
        self._detail.show()

    def _keep_focus(self, part: QWidget) -> None:
        """A button that goes, once pressed, leaves the keyboard to its card, not to the next field."""
        if holds_focus(part):
            self.setFocus(Qt.FocusReason.OtherFocusReason)


class _Detail(QWidget):
    """What an open card says besides: the question, what could be tried, where it comes from."""

    advice_chosen = Signal(object)  # Advice

    def __init__(self) -> None:
        super().__init__()
        self._ask = Words(role="section")
        self._question = Words(role="body")
        self._advice = Words(role="body-quiet")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self._offered: list[_AdviceButton] = []
        self._more = WordsButton(role="fold")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._unfold)
        self._facts = Words(role="quiet")
        self._facts.hide()
        self._sure = Words(role="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._ask)
        column.addWidget(self._question)
        column.addSpacing(6)
        column.addWidget(self._advice)
        column.addSpacing(2)
        column.addWidget(self._buttons)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._more)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self._facts)
        column.addWidget(self._sure)  # last: it comes later than the rest, and moves nothing

    def show_row(self, row: Standing, document: Document) -> None:
        """Fill in; buttons are made anew only when the advice is another."""
        finding = row.finding
        self._ask.setText(say("finding", "Ask the room"))
        self._question.setText(str(finding.question))
        main = finding.advice[0] if finding.advice else None
        self._advice.setText(str(main.text) if main is not None else "")
        self._advice.setVisible(main is not None)
        self._buttons.setVisible(main is not None)
        if self.offers_other(row):
            self._offer(finding.advice)
        for place, button in enumerate(self._offered):
            button.show_advice(document, main=place == 0)
        self._more.set_words(say("finding", "How this was found"))
        self._unfold(self._more.isChecked())
        lines = evidence_words(finding, document)
        meaning = catalogue.ENTRIES.get(finding.code)
        if meaning is not None:
            lines.insert(0, str(meaning.meaning()))
        if finding.source:
            lines.append(say("finding", "Where this comes from: {source}", source=finding.source))
        self._facts.setText("\n".join(lines))
        sure = finding.sure
        self._sure.setText(say("finding", "How sure: {words}", words=sure) if sure is not None else "")
        self._sure.setVisible(sure is not None)

    def offers_other(self, row: Standing) -> bool:
        """Is another advice to be offered than there are buttons for?"""
        return [button.advice for button in self._offered] != list(row.finding.advice)

    def stops(self) -> list[QWidget]:
        """The buttons, in order."""
        return [*self._offered, self._more]

    def _offer(self, advice: tuple[Advice, ...]) -> None:
        for old in self._offered:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._offered = []
        for place, one in enumerate(advice):
            button = _AdviceButton(one, "primary" if place == 0 else "")
            button.advised.connect(self.advice_chosen)
            self._flow.addWidget(button)
            self._offered.append(button)

    def _unfold(self, unfolded: bool) -> None:
        self._more.set_icon("chevron-down" if unfolded else "chevron-right")
        self._facts.setVisible(unfolded)


class _AdviceButton(WordsButton):
    """One thing that could be tried."""

    advised = Signal(object)  # Advice

    def __init__(self, advice: Advice, role: str) -> None:
        super().__init__("", role)
        self.advice = advice
        self.clicked.connect(self._clicked)

    def show_advice(self, document: Document, *, main: bool) -> None:
        """The line it would draw; the sentence as tip and for screen readers."""
        self.set_words(button_words(self.advice, document, main=main))
        self.setToolTip(plain_tip(str(self.advice.text)))
        self.setAccessibleDescription(str(self.advice.text))

    def _clicked(self) -> None:
        self.advised.emit(self.advice)


def holds_focus(widget: QWidget) -> bool:
    """Has the widget, or anything in it, the focus of the keyboard?"""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
