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
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.entities import Remark
from orgmap.ui.panels.finding_detail import Detail
from orgmap.ui.panels.finding_words import spoken
from orgmap.ui.panels.standing import Key, Mark, Standing
from orgmap.ui.session import Session
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.signs import Sign
from orgmap.ui.widgets.words import Words


class FindingCard(QAbstractButton):
    """A card that is clicked to be chosen. It shows a `Standing` and changes in place."""

    picked = Signal(object)  # Key
    advised = Signal(object)  # Advised
    noted = Signal(object, str)  # Key, the note
    dismissed = Signal(object, str)  # Key, the reason
    cutoffs_asked = Signal(str)  # code
    released = Signal()  # no hand is on its cut-offs any more

    def __init__(self, session: Session, theme: Theme, row: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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
        self._note = Words(role="small")
        self._detail: Detail | None = None
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
        self._column.addWidget(self._note)
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

    @property
    def held(self) -> bool:
        """Is a hand on one of its cut-offs?"""
        return self._detail is not None and self._detail.isVisible() and self._detail.cutoffs.held

    def grip(self) -> QWidget | None:
        """The cut-off that is held."""
        return self._detail.cutoffs.grip() if self._detail is not None else None

    def show_row(self, theme: Theme, row: Standing, *, chosen: bool) -> None:
        """Show this; what is already there is not touched. A resolved one stays open while it is held."""
        document = self._session.shown
        same = (row, chosen, theme) == (self._row, self._chosen, self._theme)
        told = chosen or row.remark is not None  # more of it than the row depends on the map
        if same and self._document is not None and (not told or document is self._document):
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
        self._because.setText(str(finding.because))
        open_ = chosen and (not resolved or self.held)
        set_role(self._claim, "body-quiet" if resolved and not open_ else "claim")
        self._because.setVisible(not resolved or open_)
        noted = self._noted(row.remark, document) if not chosen else ""
        self._note.setText(say("finding", "Note: {words}", words=noted) if noted else "")
        self._note.setVisible(bool(noted))
        self.setAccessibleName(spoken(row))
        lit = say("finding spoken", "Chosen. Its evidence is lit on the map.")
        self.setAccessibleDescription(lit if chosen else "")
        self._show_detail(shown=open_, resolved=resolved)
        set_state(self, "chosen", chosen)
        self.updateGeometry()

    def retell(self) -> None:
        """The language is another one: the next `show_row` says everything anew."""
        self._document = None
        if self._detail is not None:
            self._detail.retell()

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

    def _show_detail(self, *, shown: bool, resolved: bool) -> None:
        if not shown:
            if self._detail is not None:
                self._keep_focus(self._detail)
                self._detail.hide()
            return
        if self._detail is None:
            self._detail = Detail(self._session, self._row.finding.code)
            self._detail.advised.connect(self.advised)
            self._detail.noted.connect(self._on_noted)
            self._detail.dismissed.connect(self._on_dismissed)
            self._detail.cutoffs_asked.connect(self.cutoffs_asked)
            self._detail.released.connect(self.released)
            self._column.addWidget(self._detail)
        if self._detail.show_row(self._row, open_=not resolved):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._detail.show()

    def _on_noted(self, words: str) -> None:
        self.noted.emit(self.key, words)

    def _on_dismissed(self, reason: str) -> None:
        self.dismissed.emit(self.key, reason)

    def _noted(self, remark: Remark | None, document: Document) -> str:
        """What the room noted, as it is shown."""
        shown = document.remarks.get(remark.id) if remark is not None else None
        return shown.note if shown is not None else ""

    def _keep_focus(self, part: QWidget) -> None:
        """A button that goes, once pressed, leaves the keyboard to its card, not to the next field."""
        if holds_focus(part):
            self.setFocus(Qt.FocusReason.OtherFocusReason)


def holds_focus(widget: QWidget) -> bool:
    """Has the widget, or anything in it, the focus of the keyboard?"""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
