"""Finding as one types: a slim field above the map; what is found is lit, the rest fades."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.search import Search
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.icons import icon
from orgmap.ui.widgets.roles import set_role, set_state

EDGE, TOP = 24, 12  # pixels from the border of the canvas
FIELD = 220  # pixels
NARROW = 60  # pixels, on a canvas without room for more


class SearchBar(QFrame):
    """Floats at the upper right of one canvas. Enter goes round what is found, Esc gives back."""

    def __init__(self, stage: Stage, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("search")
        set_role(self, "float")
        self._stage = stage
        self._host = host
        self._search: Search | None = None
        self._found: list[str] = []
        self._at = -1
        self.field = QLineEdit()
        self.field.setMinimumWidth(FIELD)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.count, "quiet")
        self.before = self._button(self.previous)
        self.after = self._button(self.next)
        self.all = self._button(self.select_all)
        self.away = self._button(self.close_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 6)
        column.setSpacing(4)
        self._row, self._below = row, below = QHBoxLayout(), QHBoxLayout()
        column.addLayout(row)
        column.addLayout(below)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button in (self.before, self.after, self.all, self.away):
            row.addWidget(button)
        self.set_theme(theme)
        self.relabel()
        host.installEventFilter(self)
        stage.scene_changed.connect(self._map_changed)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of another theme."""
        for button, name in (
            (self.before, "chevron-up"),
            (self.after, "chevron-down"),
            (self.all, "list-checks"),
            (self.away, "x"),
        ):
            button.setIcon(icon(name, theme["text"], 16, disabled=theme["faded_text"]))

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.field.setPlaceholderText(say("search", "Find on the map"))
        self.field.setAccessibleName(say("search", "Find on the map"))
        for button, words, keys in (
            (self.before, say("search", "The one before"), "Shift+Enter"),
            (self.after, say("search", "The next one"), "Enter"),
            (self.all, say("search", "Select all that was found"), "Alt+Enter"),
            (self.away, say("search", "Close"), "Esc"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(say("bar", "{name} ({key})", name=words, key=keys))
        self._tell()

    @property
    def found(self) -> list[str]:
        """The ids of what is found now."""
        return list(self._found)

    @property
    def here(self) -> str | None:
        """What of it one is at."""
        return self._found[self._at] if 0 <= self._at < len(self._found) else None

    def open(self) -> None:
        """Ask; what was typed the last time is there, and goes with the first letter."""
        self._search = None
        self.show()
        self.raise_()
        self._place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look(self.field.text())

    def close_again(self) -> None:
        """Everything as bright as before; where one is stays selected, and the map has the keyboard."""
        here = self.here
        self.hide()
        self._search, self._found, self._at = None, [], -1
        self._stage.seek(None)
        if here is not None and self._stage.exists(here):
            self._stage.select([here], focus=here)
        self._host.setFocus()

    def next(self) -> None:
        """On to the next one, round at the end."""
        self._go(1)

    def previous(self) -> None:
        """Back to the one before."""
        self._go(-1)

    def select_all(self) -> None:
        """Select all that is found, and be done."""
        found = self._found
        if found:
            self._at = -1
            self.close_again()
            self._stage.select(found)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter and Esc in the field; the canvas has another size."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held & Qt.KeyboardModifier.AltModifier:
                self.select_all()
            else:
                self._go(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_F3:
            self._go(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return False
        return True

    def _look(self, typed: str) -> None:
        if not self.isVisible():
            return
        if self._search is None:
            self._search = Search(self._stage.session.shown)
        here = self.here
        self._found = [key for key in self._search.found(typed) if self._stage.shows(key)]
        self._at = self._found.index(here) if here in self._found else min(0, len(self._found) - 1)
        self._stage.seek(self._found)
        if here != self.here:
            self._show()
        self._tell()

    def _go(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()
            self._tell()

    def _show(self) -> None:
        here = self.here
        if here is not None:
            self._stage.show_keyboard(True)
            self._stage.focus(here)
            self._stage.reveal(here)

    def _tell(self) -> None:
        typed, found = self.field.text().strip(), len(self._found)
        if not typed:
            words = ""
        elif not found:
            words = say("search", "nothing found")
        else:
            words = say("search", "{at} of {n}", at=self._at + 1, n=found)
        self.count.setText(words)
        self.field.setAccessibleDescription(words)
        set_state(self.field, "problem", bool(typed) and not found)
        for button in (self.before, self.after, self.all):
            button.setEnabled(bool(found))
        if self.isVisible():
            self._place()

    def _map_changed(self) -> None:
        self._search = None
        if self.isVisible():
            self._look(self.field.text())

    def _place(self) -> None:
        room = self._host.width() - 2 * TOP
        self.field.setMinimumWidth(FIELD)
        self._below.removeWidget(self.count)
        self._row.insertWidget(1, self.count)
        over = self.sizeHint().width() - room
        if over > FIELD - NARROW:
            self._row.removeWidget(self.count)
            self._below.addWidget(self.count)
            over -= self.count.sizeHint().width()
        self.field.setMinimumWidth(max(FIELD - max(over, 0), NARROW))
        wide = min(self.sizeHint().width(), room)
        self.resize(wide, self.sizeHint().height())
        self.move(max(self._host.width() - wide - EDGE, TOP), TOP)

    def _button(self, command: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        button.setMinimumSize(QSize(28, 26))
        button.clicked.connect(command)
        return button
