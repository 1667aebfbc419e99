"""The one-line entry: a field at the foot of the map in which one types who talks with whom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.plain import shown
from orgmap.drawing.style import Theme
from orgmap.i18n import Said, say
from orgmap.model.entry import Doubt, Reading
from orgmap.model.query import name_of
from orgmap.ui.canvas.entering import Entering
from orgmap.ui.canvas.entry_field import EntryField
from orgmap.ui.canvas.entry_help import EntryHelp
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.icons import icon
from orgmap.ui.widgets.roles import set_role, set_state

EDGE = 24  # pixels from the border of the canvas
GAP = 8
WIDEST, NARROWEST = 640, 300  # pixels, at text scale 100 %
MOST_ROWS = 6
THINKING = 60  # milliseconds after a key until it is said what the line would do


class EntryBar(QFrame):
    """Floats at the foot of one canvas. Ctrl+E comes here, Esc goes back to the map."""

    resized = Signal()

    def __init__(self, stage: Stage, entering: Entering, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("entry-bar")
        set_role(self, "float")
        self._stage = stage
        self._entering = entering
        self._host = host
        self._doubt: Doubt | None = None
        self._left: list[Reading] = []
        self._recalled = 0
        self.field = EntryField(theme)
        self._sign = QLabel()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.yes = self._button(self._yes)
        self.no = self._button(self._no)
        self.options = QListWidget(host)
        self.options.setObjectName("entry-options")
        self.options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.options.hide()
        self.options.itemClicked.connect(self._clicked)
        self.help = EntryHelp(host)
        self.helper = QToolButton()
        self.helper.setCheckable(True)
        self.helper.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.helper.setIconSize(QSize(16, 16))
        self.helper.setMinimumSize(QSize(26, 26))
        self.helper.toggled.connect(self._show_help)
        self._think = QTimer(self, singleShot=True, interval=THINKING)
        self._think.timeout.connect(self._preview)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sign)
        line.addWidget(self.field, 1)
        line.addWidget(self.helper)
        answer = QHBoxLayout()
        answer.setSpacing(6)
        answer.setContentsMargins(24, 4, 0, 0)  # over the letters of the line
        answer.addWidget(self.words, 1)
        answer.addWidget(self.yes)
        answer.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 6, 4)
        column.setSpacing(2)
        column.addLayout(answer)  # above, so that the line stays where it is while one types
        column.addLayout(line)
        self.field.typed.connect(self._edited)
        self.field.entered.connect(self._entered)
        self.field.stepped.connect(self._stepped)
        self.field.accepted.connect(self._accept)
        self.field.left.connect(self._go_back)
        self.field.lines_pasted.connect(self._pasted)
        self.field.installEventFilter(self)
        stage.session.opened.connect(self._begin)
        stage.session.names_changed.connect(self._names_changed)
        self.set_theme(theme)
        self.relabel()
        self._say(None)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.field.set_theme(theme)
        self.helper.setIcon(icon("info", theme["quiet"], 16))
        self._sign.setPixmap(icon("terminal", theme["quiet"], 16).pixmap(QSize(16, 16)))

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.field.setPlaceholderText(say("entry", "Type: Ana, Ben @Sales  or  Ana > Ben: chat daily"))
        self.field.setAccessibleName(say("entry", "Type people and links"))
        self.setAccessibleName(say("entry", "Entry line"))
        self._sign.setAccessibleName(say("entry", "Entry line"))
        self.words.setAccessibleName(self.words.text() or say("entry", "What the line does"))
        self.yes.setAccessibleName(say("entry", "Yes"))
        self.no.setAccessibleName(say("entry", "No"))
        self.helper.setToolTip(say("entry", "What can be typed"))
        self.helper.setAccessibleName(say("entry", "What can be typed"))
        self.help.relabel()
        self.options.setAccessibleName(say("entry", "How it could go on"))
        self._ask(self._doubt)

    @property
    def thinking(self) -> bool:
        """Is it still to be said what the line would do?"""
        return self._think.isActive()

    def open(self) -> None:
        """Come here with the keyboard; what stands there is there still."""
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.resized.emit()

    def arrange(self, left: int, zoom: QRect) -> bool:
        """At the foot of the canvas, left of the zoom control.

        Beside the legend, which ends at pixel `left`, only where there is plenty of room; else the
        legend has to stand on it, which is answered. So it stays in one place while the legend grows
        with the map. Where it is too narrow even so, it is seen only while one types, over the zoom
        control.
        """
        letters = max(self.fontMetrics().height() / 16, 1.0)
        widest, narrowest = round(WIDEST * letters), round(NARROWEST * letters)
        right = zoom.left()
        beside = right - left - 2 * GAP >= widest
        room = right - GAP - EDGE
        over = room < narrowest
        busy = self.field.hasFocus() or bool(self.field.text()) or self._stage.scene.empty
        self.setVisible(busy or not over)
        talks = self.field.hasFocus() and not self._stage.scene.empty
        self.words.setVisible(talks or bool(self.words.text()))
        width = self._host.width() - 2 * EDGE if over else min(widest, room)
        if (layout := self.layout()) is not None:
            layout.invalidate()
            layout.activate()  # else words that were hidden just now still have room
        own = self.heightForWidth(width)  # none while no words are to be broken into lines
        self.resize(width, own if own > 0 else self.sizeHint().height())
        middle = self._host.width() // 2
        middle = min(
            max(middle, (left if beside else EDGE - GAP) + GAP + width // 2), right - GAP - width // 2
        )
        foot = zoom.top() - GAP if over else self._host.height() - EDGE
        self.move(EDGE if over else middle - width // 2, foot - self.height())
        self.raise_()
        if self.options.isVisible():
            self.place_options()
        if self.help.isVisible():
            self.help.place(self)
        return not beside and self.isVisibleTo(self._host)

    def place_options(self) -> None:
        """The list of how it could go on stands on the field."""
        rows = self.options.count()
        if not rows:
            self.options.hide()
            return
        high = sum(self.options.sizeHintForRow(row) for row in range(min(rows, MOST_ROWS))) + 10
        wide = max(220, self.options.sizeHintForColumn(0) + 32)
        self.options.setGeometry(self.x() + 30, self.y() - high - 4, min(wide, self.width()), high)
        self.options.show()
        self.options.raise_()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """With the keyboard it is larger; without it, it asks nothing."""
        if watched is self.field and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            has = event.type() == QEvent.Type.FocusIn
            set_state(self, "active", has)
            if not has:
                self.options.hide()
            self.resized.emit()
        return super().eventFilter(watched, event)

    # -- typing -------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._doubt = None
        self._ask(None)
        self.field.unmark()
        self._complete()
        self._think.start()

    def _complete(self) -> None:
        field = self.field
        found = self._entering.completions(field.text(), field.cursorPosition())
        typed = field.text()[found.start : field.cursorPosition()]
        first = found.options[0] if found.options else ""
        same = first[: len(typed)].casefold() == typed.casefold()
        field.show_ghost(first[len(typed) :] if same else "")
        self.options.clear()
        if len(found.options) > 1 or (found.options and not same):
            self.options.addItems([shown(option) for option in found.options])
        self.place_options()

    def _accept(self, option: str = "") -> None:
        """Write what is chosen in the list, else what stands pale."""
        field = self.field
        found = self._entering.completions(field.text(), field.cursorPosition())
        row = max(self.options.currentRow(), 0)
        chosen = option or (found.options[row] if row < len(found.options) else "")
        if not chosen:
            return
        rest = field.text()[field.cursorPosition() :]
        field.setText(field.text()[: found.start] + chosen + rest)
        field.setCursorPosition(found.start + len(chosen))
        self.options.clear()
        self.place_options()
        field.show_ghost("")
        self._think.start()

    def _stepped(self, way: int) -> None:
        """Through the list; without one, through the lines typed before."""
        rows = self.options.count() if self.options.isVisible() else 0
        if rows:
            row = self.options.currentRow()
            start = rows if row < 0 and way < 0 else row
            self.options.setCurrentRow((start + way) % rows)
            self.field.show_ghost("")
            return
        lines = self._entering.lines
        now = lines[-self._recalled] if 0 < self._recalled <= len(lines) else ""
        if self.field.text() != now:  # a line of one's own is not given up for an old one
            return
        self._recalled = min(max(self._recalled - way, 0), len(lines))
        self.field.setText(lines[-self._recalled] if self._recalled else "")
        self.field.show_ghost("")

    def _clicked(self) -> None:
        self._accept()
        self.field.setFocus()

    def _preview(self) -> None:
        """Say what Enter would do; what is not finished yet is not called wrong."""
        if self._doubt is None and self.field.wrong is None:
            self._say(self._entering.preview(self.field.text()))

    # -- Enter --------------------------------------------------------------------------------

    def _entered(self, shift: bool) -> None:
        if self.options.isVisible() and self.options.currentRow() >= 0:
            self._accept()
            return
        if self._doubt is not None:
            (self._no if shift else self._yes)()
            return
        self._enter()

    def _enter(self) -> None:
        line = self.field.text()
        if not line.strip():
            self._next_left()
        if not line.strip() or self._entering.refused():
            return
        self._think.stop()
        self._told(self._entering.enter(line))

    def _told(self, reading: Reading) -> None:
        if reading.wrong is not None:
            self.field.mark(reading.wrong.start, reading.wrong.end)
            self._say(reading.wrong.message, problem=True)
        elif reading.doubts:
            self._ask(reading.doubts[0])
        else:
            self._ask(None)
            self._recalled = 0
            self.field.clear()
            self.field.unmark()
            self._say(self._entering.told)
            self._next_left()
        self.options.clear()
        self.place_options()
        self.field.show_ghost("")
        self.resized.emit()

    def _begin(self) -> None:
        """Another map: what was meant for the one before is not carried over."""
        self._left = []
        self._recalled = 0
        self.field.setText("")  # which cannot be taken back, as clearing can
        self.field.setAccessibleDescription("")
        self.field.unmark()
        self.field.show_ghost("")
        self.options.clear()
        self.place_options()
        self._ask(None)
        self._say(None)

    def _names_changed(self, told: bool) -> None:
        """Names are hidden: none is left in what was typed, nor in what was said of it."""
        if not told:
            self._entering.forget_lines()
            self._begin()

    def _yes(self) -> None:
        """The one who was meant, or the several."""
        doubt = self._doubt
        if doubt is None:
            return
        if doubt.instead:
            self.field.setSelection(doubt.start, doubt.end - doubt.start)
            self.field.insert(doubt.instead)
        else:
            self._entering.mean(doubt.typed, doubt.meant)
        self._decided()

    def _no(self) -> None:
        """Somebody new."""
        if self._doubt is not None:
            self._entering.mean(self._doubt.typed, None)
            self._decided()

    def _decided(self) -> None:
        self._doubt = None
        self._enter()
        self.field.setFocus()

    def _pasted(self, words: str) -> None:
        """Several lines are one step; those that are not understood come one by one into the field."""
        if self._entering.refused():
            return
        self._left = self._entering.enter_all(words)
        self._say(self._entering.told)
        self._next_left()
        self.resized.emit()

    def _next_left(self) -> None:
        if not self._left:
            return
        reading, *self._left = self._left
        self.field.setText(reading.line)
        if reading.wrong is not None:
            self.field.mark(reading.wrong.start, reading.wrong.end)
            self._say(self._entering.left_over(reading.wrong.message, len(self._left)), problem=True)

    def _go_back(self) -> None:
        """One thing at a time: the card, the list, the question; then the map has the keyboard.

        A line that is not finished stays where it is.
        """
        if self.help.isVisible():
            self.helper.setChecked(False)
        elif self.options.isVisible():
            self.options.clear()
            self.place_options()
        elif self._doubt is not None:
            self._ask(None)
            self.field.unmark()
            self._say(None)
        else:
            self._host.setFocus()
            if not self.field.text():
                self._say(None)
        self.resized.emit()

    def _show_help(self, shown_now: bool) -> None:
        self.help.setVisible(shown_now)
        if shown_now:
            self.help.place(self)
        self.field.setFocus()

    # -- words --------------------------------------------------------------------------------

    def _ask(self, doubt: Doubt | None) -> None:
        self._doubt = doubt
        for button in (self.yes, self.no):
            button.setVisible(doubt is not None)
        if doubt is None:
            return
        name = shown(doubt.instead or name_of(self._stage.session.shown, doubt.meant))
        self.field.mark(doubt.start, doubt.end)
        self._say(self._entering.did_you_mean(name))
        self.yes.setText(say("entry", "Yes (Enter)"))
        self.no.setText(say("entry", "Somebody new (Shift+Enter)"))
        self.yes.setAccessibleName(say("entry", "Yes, {name}", name=name))
        self.no.setAccessibleName(say("entry", "No, {name} is new", name=doubt.typed))

    def _say(self, said: Said | None, *, problem: bool = False) -> None:
        words = str(said) if said is not None else ""
        set_role(self.words, "problem" if problem else "quiet")
        self.words.setText(words)
        self.words.setAccessibleName(words or say("entry", "What the line does"))
        if words:
            self.field.setAccessibleDescription(words)
            if problem or self._doubt is not None:
                self._entering.announced.emit(said)
        self.resized.emit()

    def _button(self, slot: object) -> QPushButton:
        button = QPushButton()
        set_role(button, "small-quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        button.hide()
        return button
