"""The list of findings: what the map says, in cards that stay where one is reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Change
from orgmap.model.query import counts
from orgmap.ui.panels import standing
from orgmap.ui.panels.finding_card import FindingCard, holds_focus
from orgmap.ui.panels.finding_words import notes_words, spoken
from orgmap.ui.panels.standing import Key, Mark, Standing
from orgmap.ui.session import Session
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

LEAST_PEOPLE = 4  # below, a map is a draft and is left in peace


class FindingsPanel(QWidget):
    """Cards in order of weight. Up and Down go through them, Esc closes the open one.

    `clock`: seconds, for how long a mark has stood.
    """

    finding_chosen = Signal(object)  # Finding | None
    advice_chosen = Signal(object)  # Advice
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
            before = self._rows
            self._rows = standing.followed(before, report.judged, self._clock(), reading=self._reading())
            if counts(self._session.document)[0] < LEAST_PEOPLE:  # nothing is judged, so nothing is better
                self._rows = tuple(row for row in self._rows if row.mark is not Mark.RESOLVED)
            self._announce(before)
        self._report = report
        self._busy = False
        if any(row.mark is Mark.RESOLVED for row in self._rows):
            self._forget.start()
        self._show()
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
        return sum(1 for row in self._rows if row.mark is not Mark.RESOLVED)

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
        self._column.addLayout(self._list)
        self._column.addWidget(self._empty)  # below what has just been resolved, which stays in its place
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._column.addWidget(self._notes)
        self._area = _Area()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def _visible_rows(self) -> tuple[Standing, ...]:
        return self._rows if self._all else standing.shown(self._rows, self._chosen)

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
        document = self._session.shown
        for place, row in enumerate(rows):
            card = self._cards.get(row.key) or self._added(row)
            if self._list.indexOf(card) != place:
                self._list.removeWidget(card)
                self._list.insertWidget(place, card)
            card.show_row(self._theme, row, document, chosen=row.key == self._chosen)
            card.setVisible(True)
        hidden = len(self._rows) - len(rows)
        self._more.set_words(say("finding", "{n} more", "{n} more", n=hidden) if hidden else "")
        self._more.setVisible(hidden > 0)
        self._order_focus()
        self._show_state()

    def _pass_focus(self, card: FindingCard) -> None:
        """A card that leaves hands the keyboard to the one above or below it, or to the list."""
        at = self._list.indexOf(card)
        beside = [self._list.itemAt(place) for place in (at - 1, at + 1) if 0 <= place < self._list.count()]
        heir = next((item.widget() for item in beside if item is not None), None)
        (heir or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, row: Standing) -> FindingCard:
        card = FindingCard(self._theme, row)
        card.advice_chosen.connect(self.advice_chosen)
        card.picked.connect(self._card_clicked)
        self._cards[row.key] = card
        return card

    def _order_focus(self) -> None:
        """Tab stops at the open card, else at the first; arrows go through the others."""
        cards = self.cards
        stop = next((card for card in cards if card.key == self._chosen), cards[0] if cards else None)
        for card in cards:
            wanted = Qt.FocusPolicy.StrongFocus if card is stop else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(wanted)
        order = [*(one for card in cards for one in card.stops()), self._more]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_state(self) -> None:
        """Say what an empty list means; and below, what could not be judged."""
        state, hint = "", ""
        people, _, links = counts(self._session.document)
        if not self.count:
            if people < LEAST_PEOPLE:
                state = say("finding", "Findings start with four people.")
                hint = say("finding", "Draw who talks to whom. Until then the map is left in peace.")
            elif not links:
                state = say("finding", "Findings start with the first lines.")
                hint = say(
                    "finding",
                    "Pull a line from the rim of one person to another, or select somebody and press L.",
                )
            elif self._report is None:
                state = say("finding", "Reading the map ...") if self._busy else ""
            else:
                state = say("finding", "Nothing stands out.")
                hint = say(
                    "finding",
                    "No line on this map breaks in a way that can be seen from here. "
                    "What the map leaves out is still worth a question to the room.",
                )
        self._state.setText(state)
        self._state_hint.setText(hint)
        self._empty.setVisible(bool(state))
        self._state_hint.setVisible(bool(hint))
        notes = notes_words(self._report.not_judged) if self._report is not None and links else []
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
            self._area.ensureWidgetVisible(card, 0, 12)

    def _tell(self) -> None:
        """Ring once for every finding that is now another one; a resolved one has nothing to light."""
        row = next((r for r in self._rows if r.key == self._chosen), None)
        if row is None:
            self._chosen = None
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
        self._rows = standing.faded(self._rows, self._clock())
        if any(row.mark is Mark.RESOLVED for row in self._rows):
            self._forget.start()
        self._tell()
        self._show()

    def _map_changed(self, _change: Change) -> None:
        if not self.count:
            self._show_state()

    def _announce(self, before: tuple[Standing, ...]) -> None:
        """Tell screen readers politely what is new and what is resolved."""
        known = {(row.key, row.mark) for row in before}
        fresh = [r for r in self._rows if r.mark is not Mark.PLAIN and (r.key, r.mark) not in known]
        if fresh and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, " ".join(spoken(row) for row in fresh[:3]))
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)


class _Area(QScrollArea):
    """Scrolls by wheel and page; the arrows belong to the cards."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let the panel have the keys that go through the cards."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        else:
            super().keyPressEvent(event)
