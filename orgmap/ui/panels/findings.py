"""The list of findings: what the map says, in cards that stay where one is reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from orgmap.analysis.catalogue import cutoff
from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Change
from orgmap.model.query import counts
from orgmap.model.remarks import Subject
from orgmap.ui.panels import remarking, standing
from orgmap.ui.panels.card_area import CardArea
from orgmap.ui.panels.dismissed import Dismissed
from orgmap.ui.panels.finding_card import FindingCard, holds_focus
from orgmap.ui.panels.finding_words import notes_words, spoken, state_words
from orgmap.ui.panels.sift_row import SiftRow
from orgmap.ui.panels.standing import Key, Mark, Standing
from orgmap.ui.session import Session
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

_KEEPS_ARROWS = (QPlainTextEdit, QLineEdit, QComboBox, QAbstractSlider, QAbstractSpinBox)


class FindingsPanel(QWidget):
    """Cards in order of weight. Up and Down go through them, Esc closes the open one.

    What the room says of a finding, and where a cut-off lies, is edited here; what an advice changes
    is told, since it concerns the map.

    `clock`: seconds, for how long a mark has stood.
    """

    finding_chosen = Signal(object)  # Finding | None
    advised = Signal(object)  # Advised
    cutoffs_asked = Signal(str)  # the code whose cut-offs, among all others, are wanted
    count_changed = Signal(int)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._clock = session, theme, clock
        self._report: Report | None = None
        self._rows: tuple[Standing, ...] = ()
        self._chosen: Key | None = None
        self._told: Finding | None = None
        self._all, self._busy = False, False
        self._seen: set[Subject] = set()
        self._cards: dict[Key, FindingCard] = {}
        self._build()
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(int(1000 * standing.RESOLVED_FOR) + 100)
        self._forget.timeout.connect(self._let_go)
        session.opened.connect(self.clear)
        session.changed.connect(self._map_changed)
        self._show()

    # what others tell it

    def show_report(self, report: Report) -> None:
        """Follow a new report without moving what one reads."""
        if self._report is None:
            self._rows = standing.first(report.judged)
        else:
            before, document = self._rows, self._session.document
            known = self._seen if self._session.retraced else ()
            self._rows = standing.followed(
                before,
                report.judged,
                self._clock(),
                reading=self._reading(),
                known=known,
                held=self._held(),
            )
            if counts(document)[0] < cutoff(document, "people"):  # nothing is judged, so nothing is better
                self._rows = tuple(row for row in self._rows if row.mark is not Mark.RESOLVED)
            self._rows = standing.remarked(self._rows, document)
            self._announce(before)
        self._rows = standing.remarked(self._rows, self._session.document)
        self._seen.update(finding.subject for finding in report.judged)
        self._report = report
        self._busy = False
        if any(row.mark is Mark.RESOLVED for row in self._rows):
            self._forget.start()
        self._show_still()
        self._tell()
        self.count_changed.emit(self.count)

    def set_busy(self, busy: bool) -> None:
        """An analysis is under way; said only while there is nothing else to show."""
        if busy != self._busy:
            self._busy = busy
            self._show_state()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self._show()

    def clear(self) -> None:
        """Another map was opened: nothing is known of it yet."""
        self._report, self._rows, self._chosen, self._all = None, (), None, False
        self._seen.clear()
        self.sifting.clear()
        self._show()
        self._tell()
        self.count_changed.emit(0)

    def choose(self, finding: Finding | None) -> None:
        """Open the card of this finding, or close the open one."""
        found = next((row.key for row in self._rows if row.finding == finding), None)
        self._choose(found)

    # what it tells others

    @property
    def count(self) -> int:
        """How many findings the map has now."""
        return len(self._counted())

    @property
    def chosen(self) -> Finding | None:
        """The finding of the open card."""
        return self._told

    def title(self) -> str:
        """What stands on the tab: the word, and the count once there is one."""
        if not self.count:
            return say("tab", "Findings")
        return say("tab", "Findings {n}", "Findings {n}", n=self.count)

    @property
    def cards(self) -> tuple[FindingCard, ...]:
        """The cards on the screen, from the top."""
        return tuple(self._cards[row.key] for row in self._visible_rows())

    # keys

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up and Down choose the neighbour, Home and End the first and last, Enter opens, Esc closes."""
        if isinstance(QApplication.focusWidget(), _KEEPS_ARROWS) and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        cards = self.cards
        at = next((i for i, card in enumerate(cards) if holds_focus(card)), -1)
        step = {Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: max(0, at - 1), Qt.Key.Key_Home: 0}
        step[Qt.Key.Key_End] = len(cards) - 1
        key = Qt.Key(event.key())
        if key in step and cards:
            card = cards[min(step[key], len(cards) - 1)]
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            self._choose(card.key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0 and cards[at].hasFocus():
            cards[at].click()
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            if at >= 0:
                cards[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another language: say everything anew."""
        if event.type() == QEvent.Type.LanguageChange:
            for card in self._cards.values():
                card.retell()
            self._show()
        super().changeEvent(event)

    # inside

    def _build(self) -> None:
        self.setAccessibleName(say("panel", "Findings"))
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = QWidget()
        set_role(page, "page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 12, 12, 16)
        self._column.setSpacing(8)
        self._state, self._state_hint = Words(role="claim"), Words(role="body-quiet")
        self._empty = QWidget()
        state = QVBoxLayout(self._empty)
        state.setContentsMargins(16, 12, 16, 12)
        state.setSpacing(4)
        state.addWidget(self._state)
        state.addWidget(self._state_hint)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._more = WordsButton(role="quiet")
        self._more.clicked.connect(self._show_all)
        self._notes = Words(role="quiet")
        self._notes.setContentsMargins(16, 0, 16, 0)
        self.sifting = SiftRow()
        self.sifting.changed.connect(self._sifted)
        self._aside = Dismissed()
        self._aside.brought_back.connect(self._bring_back)
        self._aside.fold.unfolded.connect(self._order_focus)
        self._column.addWidget(self.sifting)
        self._column.addLayout(self._list)
        self._column.addWidget(self._empty)  # below what has just been resolved, which stays in its place
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._aside)
        self._column.addStretch(1)
        self._column.addWidget(self._notes)
        self.area = CardArea(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _visible_rows(self) -> tuple[Standing, ...]:
        """The cards there are: not what is dismissed or sifted out, the first seven unless all are wanted."""
        sift, document = self.sifting.sift, self._session.document
        rows = tuple(
            row
            for row in self._rows
            if not row.aside and (row.key == self._chosen or sift.passes(row.finding, document))
        )
        return rows if self._all or sift else standing.shown(rows, self._chosen)

    def _counted(self) -> tuple[Standing, ...]:
        """What the map has now and nobody has left aside."""
        return tuple(row for row in self._rows if row.mark is not Mark.RESOLVED and not row.aside)

    def _show(self) -> None:
        """Bring the cards in line with the rows; a card that is right already is left alone."""
        rows = self._visible_rows()
        wanted = [row.key for row in rows]
        for key in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(key)
            if holds_focus(card):
                self._pass_focus(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, row in enumerate(rows):
            card = self._cards.get(row.key) or self._added(row)
            if self._list.indexOf(card) != place:
                self._list.removeWidget(card)
                self._list.insertWidget(place, card)
            card.show_row(self._theme, row, chosen=row.key == self._chosen)
            card.setVisible(True)
        self._show_rest(rows)
        self._order_focus()
        self._show_state()

    def _show_rest(self, rows: tuple[Standing, ...]) -> None:
        """What is not on a card: behind "more", sifted out, dismissed."""
        counted, shown = self._counted(), self._session.shown
        seen = {row.key for row in rows}
        behind = [row for row in counted if row.key not in seen]
        sifted, hidden = (behind, 0) if self.sifting.sift else ([], len(behind))
        self._more.set_words(say("finding", "{n} more", "{n} more", n=hidden) if hidden else "")
        self._more.setVisible(hidden > 0)
        self.sifting.show_findings([row.finding for row in counted], shown)
        new = sum(1 for row in sifted if row.mark is Mark.NEW)
        self.sifting.show_hidden(len(sifted), len(counted), new)
        self.sifting.setVisible(bool(counted) or bool(self.sifting.sift))
        aside = [row for row in self._rows if row.aside and row.mark is not Mark.RESOLVED]
        self._aside.show_rows(self._theme, aside, shown)

    def _show_still(self) -> None:
        """`_show`, and a cut-off that a hand is on stays under the hand."""
        key = self._held()
        grip = self._cards[key].grip() if key is not None else None
        if grip is None:
            self._show()
        else:
            self.area.keep_still(grip, self._show)

    def _held(self) -> Key | None:
        """The row on whose cut-offs there is a hand."""
        return next((key for key, card in self._cards.items() if card.held), None)

    def _pass_focus(self, card: FindingCard) -> None:
        """A card that leaves hands the keyboard to the one above or below it, or to the list."""
        at = self._list.indexOf(card)
        beside = [self._list.itemAt(place) for place in (at - 1, at + 1) if 0 <= place < self._list.count()]
        heir = next((item.widget() for item in beside if item is not None), None)
        (heir or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, row: Standing) -> FindingCard:
        card = FindingCard(self._session, self._theme, row)
        card.advised.connect(self.advised)
        card.picked.connect(self._card_clicked)
        card.noted.connect(self._note)
        card.dismissed.connect(self._dismiss)
        card.cutoffs_asked.connect(self.cutoffs_asked)
        card.released.connect(self._let_go)
        self._cards[row.key] = card
        return card

    def _order_focus(self) -> None:
        """Tab stops at the open card, else at the first; arrows go through the others."""
        cards = self.cards
        stop = next((card for card in cards if card.key == self._chosen), cards[0] if cards else None)
        for card in cards:
            wanted = Qt.FocusPolicy.StrongFocus if card is stop else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(wanted)
        listed = (one for card in cards for one in card.stops())
        order = [*self.sifting.stops(), *listed, self._more, *self._aside.stops()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_state(self) -> None:
        """Say what an empty list means; and below, what could not be judged."""
        document, (state, hint) = self._session.document, ("", "")
        if not self.count:
            state, hint = state_words(document, read=self._report is not None, busy=self._busy)
        self._state.setText(state)
        self._state_hint.setText(hint)
        self._empty.setVisible(bool(state))
        self._state_hint.setVisible(bool(hint))
        notes = notes_words(self._report.not_judged) if self._report is not None and document.links else []
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _card_clicked(self, key: Key) -> None:
        self._choose(None if key == self._chosen else key)

    def _choose(self, key: Key | None) -> None:
        if key == self._chosen:
            return
        self._chosen = key
        if key is not None:
            self._rows = standing.read(self._rows, key)
        self._show()
        self._tell()
        if key is not None:
            QTimer.singleShot(0, self._bring_into_view)

    def _bring_into_view(self) -> None:
        card = self._cards.get(self._chosen) if self._chosen is not None else None
        if card is not None:
            self.area.ensureWidgetVisible(card, 0, 12)

    def _tell(self) -> None:
        """Ring once for every finding that is now another one; a resolved one has nothing to light."""
        row = self._row(self._chosen) if self._chosen is not None else None
        if row is None or row.aside:
            self._chosen, row = None, None
        now = row.finding if row is not None and row.mark is not Mark.RESOLVED else None
        if now != self._told:
            self._told = now
            self.finding_chosen.emit(now)

    def _reading(self) -> bool:
        """Is somebody in the middle of the list?"""
        return self._chosen is not None or self.underMouse() or holds_focus(self)

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _let_go(self) -> None:
        self._rows = standing.faded(self._rows, self._clock(), self._held())
        if any(row.mark is Mark.RESOLVED for row in self._rows):
            self._forget.start()
        self._tell()
        self._show()

    def _map_changed(self, change: Change) -> None:
        if change.remarks:
            self._rows = standing.remarked(self._rows, self._session.document)
            self._tell()
            self._show()
            self.count_changed.emit(self.count)
        elif change.links and self._chosen is not None:
            self._show()  # a proposal has come or gone
        elif not self.count:
            self._show_state()

    def _sifted(self, _sift: object) -> None:
        self._show()

    # what the room says

    def _dismiss(self, key: Key, reason: str) -> None:
        if (row := self._row(key)) is not None:
            remarking.dismiss(self._session, row, reason)

    def _bring_back(self, key: Key) -> None:
        if (row := self._row(key)) is not None:
            remarking.bring_back(self._session, row)

    def _note(self, key: Key, words: str) -> None:
        if (row := self._row(key)) is not None:
            remarking.note(self._session, row, words)

    def _row(self, key: Key) -> Standing | None:
        return next((row for row in self._rows if row.key == key), None)

    def _announce(self, before: tuple[Standing, ...]) -> None:
        """Tell screen readers politely what is new and what is resolved."""
        known = {(row.key, row.mark) for row in before}
        fresh = [
            r for r in self._rows if r.mark is not Mark.PLAIN and not r.aside and (r.key, r.mark) not in known
        ]
        if fresh and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, " ".join(spoken(row) for row in fresh[:3]))
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)
