"""Chips above the map: each says why something is not seen as usual, and takes that away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.icons import icon
from orgmap.ui.reasons import Reason
from orgmap.ui.showing import FARTHEST
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import plain_tip

CLOSE = "\N{MULTIPLICATION SIGN}"
GAP = 8  # pixels between chips
LEAST = 26  # pixels: height of a chip, and of a target on one
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

Command = Callable[[], object]


class Chip(QPushButton):
    """Says why something is not seen as usual; pressing it, or Delete, takes that away."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._words = ""
        set_role(self, "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def say(self, words: str, spoken: str) -> None:
        """Show the chip; `spoken` is what a screen reader says, as an action."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(spoken)
        self.adjustSize()
        self.show()

    def fitted(self, room: int) -> int:
        """Cut the words in the middle where they do not fit; the pixels it takes."""
        return _cut(self, self._words, self._words, room)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and Delete press it, as Space does."""
        if event.key() in _PRESSES and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class FocusChip(QFrame):
    """The focus: fewer steps, more, pale or hide the rest, and away with it."""

    def __init__(self, shown: Shown, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._shown = shown
        self._words = ""
        self._theme = theme
        set_role(self, "chips")
        self.setObjectName("focus-chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        self.fewer = self._button(self._fewer)
        self.whom = QPushButton(self)
        self.whom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.whom, "on-chip")
        self.whom.clicked.connect(shown.leave_focus)
        self.more = self._button(self._more)
        self.rest = QPushButton(self)
        self.rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rest.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self.rest, "on-chip")
        self.rest.clicked.connect(shown.toggle_focus_hides)
        self.away = self._button(shown.leave_focus)
        for part in (self.fewer, self.whom, self.more, self.rest, self.away):
            row.addWidget(part)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme, as large as the letters."""
        self._theme = theme
        size = max(self.fontMetrics().height() * 7 // 8, 14)
        for button, name in ((self.fewer, "minus"), (self.more, "plus"), (self.away, "x")):
            button.setIconSize(QSize(size, size))
            button.setIcon(icon(name, theme["text"], size, disabled=theme["faded"]))

    def changeEvent(self, event: QEvent, /) -> None:
        """Another size of text."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "away"):
            self.set_theme(self._theme)
        super().changeEvent(event)

    def show_reason(self, reason: Reason) -> None:
        """Show the focus there is."""
        focus = self._shown.showing.focus
        if focus is None:
            self.hide()
            return
        self._words = str(reason.words)
        self.whom.setMaximumWidth(16_777_215)
        self.whom.setText(self._words.replace("&", "&&"))
        self.whom.setAccessibleName(say("chip", "Stop the focus: {what}", what=reason.words))
        self.rest.setText(say("chip", "rest hidden") if focus.hides else say("chip", "rest faded"))
        hide, fade = say("chip", "Hide everybody else"), say("chip", "Only fade everybody else")
        for part, words in (
            (self.fewer, say("chip", "One step fewer")),
            (self.more, say("chip", "One step more")),
            (self.rest, fade if focus.hides else hide),
            (self.away, say("chip", "Show everybody")),
        ):
            part.setToolTip(words)
            part.setAccessibleName(words)
        self.fewer.setEnabled(focus.steps > 1)
        self.more.setEnabled(focus.steps < FARTHEST)
        self.adjustSize()
        self.show()

    def fitted(self, room: int) -> int:
        """Cut the words in the middle where they do not fit; the pixels it takes."""
        wide = self.sizeHint().width() - self.whom.sizeHint().width()
        whole = self.whom.accessibleName()
        self.whom.setMaximumWidth(_cut(self.whom, self._words, whole, max(room - wide, 1)))
        self.ensurePolished()
        return min(self.sizeHint().width(), room)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Delete takes the focus away, plus and minus alter it."""
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._shown.leave_focus()
            case Qt.Key.Key_Plus:
                self._more()
            case Qt.Key.Key_Minus:
                self._fewer()
            case _:
                super().keyPressEvent(event)

    def _fewer(self) -> None:
        self._shown.widen(-1)

    def _more(self) -> None:
        self._shown.widen(1)

    def _button(self, command: Command) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(14, 14))
        button.setMinimumSize(LEAST, LEAST)
        set_role(button, "on-chip")
        button.clicked.connect(command)
        return button


class ReasonChips(QObject):
    """A chip for each reason of a canvas, by its key, and one that takes all of them away."""

    changed = Signal()  # another number, or other words: they want other room

    def __init__(self, shown: Shown, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._shown = shown
        self._host = host
        self._made: dict[str, Chip] = {}
        self._keys: list[str] = []
        self._said: list[Reason] | None = None
        self.focus = FocusChip(shown, theme, host)
        self.all = Chip(host)
        self.all.setObjectName("show-all")
        self.all.clicked.connect(self._show_all)
        shown.changed.connect(self.refresh)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.focus.set_theme(theme)

    @property
    def widgets(self) -> list[Chip | FocusChip]:
        """What is shown, in order."""
        found: list[Chip | FocusChip] = [self.focus if k == "focus" else self._made[k] for k in self._keys]
        return [*found, self.all] if not self.all.isHidden() else found

    def chip(self, key: str) -> Chip | None:
        """The chip of a reason, if it is shown."""
        return self._made.get(key) if key in self._keys else None

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._said = None
        self.refresh()

    def refresh(self) -> None:
        """Show what there is to say now; the keyboard stays where it was, or goes to the next."""
        listed = self._shown.reasons()
        if listed == self._said:
            return
        self._said = listed
        before = self.widgets
        held = next((i for i, one in enumerate(before) if _holds_focus(one)), None)
        self._keys = [reason.key for reason in listed]
        for reason in listed:
            if reason.key == "focus":
                self.focus.show_reason(reason)
                continue
            chip = self._made.get(reason.key)
            if chip is None:
                chip = self._made[reason.key] = Chip(self._host)
                chip.setObjectName(f"chip-{reason.key}")
                chip.clicked.connect(self._pressed)
            words = say("chip", "{what} {close}", what=reason.words, close=CLOSE)
            chip.say(words, say("chip", "{what}. Take this away", what=reason.words))
        for key, chip in self._made.items():
            if key not in self._keys:
                chip.hide()
        self.focus.setMinimumHeight(self.all.sizeHint().height())
        if "focus" not in self._keys:
            self.focus.hide()
        if sum(reason.hides for reason in listed) > 1:
            words = say("chip", "Show all")
            self.all.say(words, words)
        else:
            self.all.hide()
        self._order()
        if held is not None and not _holds_focus(before[held]):
            rest = self.widgets
            to = rest[min(held, len(rest) - 1)] if rest else self._host
            (self.focus.away if to is self.focus else to).setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _order(self) -> None:
        """Tab goes through them as the eye does."""
        shown = self.widgets
        stops = [self.focus.fewer if one is self.focus else one for one in shown]
        ends = [self.focus.away if one is self.focus else one for one in shown]
        for end, stop in zip(ends, stops[1:], strict=False):
            QWidget.setTabOrder(end, stop)

    def _pressed(self) -> None:
        pressed = self.sender()
        key = next((key for key, chip in self._made.items() if chip is pressed), None)
        if key is not None:
            self._shown.take_away(key)

    def _show_all(self) -> None:
        self._shown.show_everything()


def _cut(button: QPushButton, words: str, whole: str, room: int) -> int:
    """Write the words, shortened in the middle to fit; the pixels the button takes."""
    button.setText(words.replace("&", "&&"))
    wide = button.sizeHint().width()
    if wide > room:
        metrics = button.fontMetrics()
        left = max(room - (wide - metrics.horizontalAdvance(words)), metrics.height())
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, left)
        button.setText(cut.replace("&", "&&"))
    button.setToolTip(plain_tip(whole) if wide > room else "")
    return min(wide, room)


def _holds_focus(widget: QWidget) -> bool:
    return not widget.isHidden() and (
        widget.hasFocus() or any(part.hasFocus() for part in widget.findChildren(QWidget))
    )
