"""What the program has to say while one works: a thin bar, never in the way, plain text.

One of the three borders where errors become words: `notice_of` turns what was raised into what
happened, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.errors import OrgmapError
from orgmap.i18n import APART, Said, Text, say, text, verbatim
from orgmap.ui import theme as looks
from orgmap.ui.widgets.roles import set_role, set_state
from orgmap.ui.widgets.words import Words

MOST = 8  # notices kept; more is a storm, and the oldest go
PASSING = 12_000  # milliseconds after which what only confirms goes by itself
MOST_WORDS = 600  # characters of one line; the rest of a monster is left out

_BUG = text("notice", "Something went wrong inside orgmap. Your map is as it was.")
_REPORT = text("notice", "A report without any names lies in {path}.")
_MEMORY = text("notice", "The computer has no memory left for this.")
_SYSTEM = text("notice", "The system said: {words}.")
_MORE = text("notice", "{n} more", "{n} more")


class Kind(StrEnum):
    """How urgent a notice is."""

    INFO = "info"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done about a notice: a button."""

    label: Text
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened, where, and what next. A notice replaces the one that has the same `key`."""

    message: Said
    kind: Kind = Kind.INFO
    place: str = ""
    hint: Said | None = None
    offers: tuple[Offer, ...] = ()
    key: str = ""

    def words(self) -> str:
        """All of it on two lines at most."""
        head = f"{self.place}: {self.message}" if self.place else str(self.message)
        lines = [head] if self.hint is None else [head, str(self.hint)]
        return "\n".join(one_line(line) for line in lines)


def notice_of(error: BaseException, *, offers: tuple[Offer, ...] = (), key: str = "") -> Notice:
    """What was raised, as words. A bug leaves a report; the notice says where it lies."""
    match error:
        case OrgmapError():
            return Notice(error.message, Kind.PROBLEM, error.place, error.hint, offers, key)
        case MemoryError():
            return Notice(_MEMORY(), Kind.PROBLEM, offers=offers, key=key)
        case OSError():
            where = str(error.filename) if error.filename is not None else ""
            said = _SYSTEM(words=error.strerror or type(error).__name__)
            return Notice(said, Kind.PROBLEM, where, None, offers, key)
    from orgmap import crash  # seldom needed

    path = crash.save_report(error, "window")
    hint = _REPORT(path=str(path)) if path is not None else None
    return Notice(_BUG(), Kind.PROBLEM, "", hint, offers, key or "bug")


def one_line(words: str) -> str:
    """A text that stays on its line and ends: control signs and turned writing made visible."""
    if len(words) <= MOST_WORDS and words.isprintable():
        return words
    kept = (sign if sign.isprintable() or sign in APART else " " for sign in words[: MOST_WORDS + 1])
    shown = "".join(kept)
    return shown if len(words) <= MOST_WORDS else shown[:MOST_WORDS] + "…"


class NoticeBar(QFrame):
    """Shows the newest notice, with its offers; closing it shows the one before.

    What lasts stands in the layout of the window. What only confirms and goes by itself lies over the
    foot of the window instead, so that the map does not move for it.

    `shown` rings with each notice that comes into view, `left` when the last goes with the keyboard on it.
    """

    shown = Signal(object)  # Notice
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "notice")
        self.setObjectName("notices")
        self._notices: list[Notice] = []
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self._words = Words()
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._more = Words(role="quiet")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._more)
        row.addLayout(self._buttons)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.addLayout(row)
        self._host: QWidget | None = None  # over whose foot it lies
        self._passing = QTimer(self, singleShot=True, interval=PASSING)
        self._passing.timeout.connect(self._pass)
        self._theme = theme
        self.set_theme(theme)
        self.hide()

    @property
    def current(self) -> Notice | None:
        """The notice in view."""
        return self._notices[-1] if self._notices else None

    def tell(self, notice: Notice) -> None:
        """Show a notice, in front of those before it."""
        self._notices = [n for n in self._notices if n != notice and not (n.key and n.key == notice.key)]
        self._notices = [*self._notices[1 - MOST :], notice]
        self._show_current()
        self.shown.emit(notice)

    def tell_error(self, error: BaseException, *offers: Offer, key: str = "") -> None:
        """Show what was raised."""
        self.tell(notice_of(error, offers=offers, key=key))

    def dismiss(self) -> None:
        """Take the notice in view away."""
        if self._notices:
            self._notices.pop()
        self._show_current()

    def withdraw(self, key: str) -> None:
        """What the notices with this key said is no longer true."""
        self._notices = [notice for notice in self._notices if notice.key != key]
        self._show_current()

    def clear(self) -> None:
        """Take all notices away."""
        self._notices.clear()
        self._show_current()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        self._theme = theme
        self._close.setIcon(looks.icon("x", theme["quiet"]))
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes the notice."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language says everything again."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_current()
        super().changeEvent(event)

    def _pass(self) -> None:
        """Time for what only confirms to go, unless somebody has the pointer or the keyboard on it."""
        if self.underMouse() or self._held:
            self._passing.start()
        else:
            self.dismiss()

    @property
    def _held(self) -> bool:
        """Is the keyboard on it?"""
        held = self.window().focusWidget()
        return held is not None and self.isAncestorOf(held)

    def _show_current(self) -> None:
        notice, held = self.current, self._held
        self._close.setToolTip(say("notice", "Close"))
        self._close.setAccessibleName(say("notice", "Close this notice"))
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        passes = notice is not None and notice.kind is Kind.INFO and not notice.offers
        self._lie_over(self.parentWidget() if passes else None)
        self.setVisible(notice is not None)
        if passes:
            self._passing.start()
        else:
            self._passing.stop()
        if notice is None:
            if held:
                self.left.emit()
            return
        set_state(self, "kind", notice.kind.value)
        name, token = {
            Kind.INFO: ("info", "accent"),
            Kind.WARNING: ("circle-alert", "look"),
            Kind.PROBLEM: ("circle-alert", "act"),
        }[notice.kind]
        self._icon.setPixmap(looks.picture(name, self._theme[token], 20, self.devicePixelRatioF()))
        words = notice.words()
        self._words.setText(words)
        self.setAccessibleName(words)
        rest = len(self._notices) - 1
        self._more.setText(str(_MORE(n=rest)) if rest else "")
        for offer in notice.offers:
            self._buttons.addWidget(_OfferButton(self, notice, offer))
        if held and not self._held:
            self._close.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._lie()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Keep to the foot of the window while it changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._lie()
        return super().eventFilter(watched, event)

    def _lie_over(self, host: QWidget | None) -> None:
        """Out of the layout and over the foot of `host`, or with None back into the layout."""
        home = self.parentWidget()
        column = home.layout() if home is not None else None
        if home is None or not isinstance(column, QVBoxLayout) or host is self._host:
            return
        self._host = host
        if host is None:
            home.removeEventFilter(self)
            column.insertWidget(0, self)
        else:
            column.removeWidget(self)
            home.installEventFilter(self)

    def _lie(self) -> None:
        if self._host is not None:
            width = self._host.width()
            own = self.heightForWidth(width)
            high = own if own > 0 else self.sizeHint().height()
            self.setGeometry(0, self._host.height() - high, width, high)
            self.raise_()


class _OfferButton(QPushButton):
    """Does what a notice offers, and takes the notice away."""

    def __init__(self, bar: NoticeBar, notice: Notice, offer: Offer) -> None:
        super().__init__(str(offer.label()))
        self._bar, self._notice, self._offer = bar, notice, offer
        self.setAutoDefault(True)
        self.clicked.connect(self._do)

    def _do(self) -> None:
        if self._bar.current is self._notice:
            self._bar.dismiss()
        self._offer.do()


def told(words: str, kind: Kind = Kind.INFO) -> Notice:
    """A notice of words that were said already."""
    return Notice(verbatim(words), kind)
