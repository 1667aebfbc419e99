"""The small field in which a name is typed on the map itself."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from orgmap.drawing.style import Theme

LONGEST_NAME = 500  # characters; what is pasted beyond it is cut
NARROWEST, WIDEST = 120, 360  # pixels


class Ended(Enum):
    """How typing came to its end."""

    ENTER = "enter"
    TAB = "tab"
    ESCAPE = "escape"
    LEFT = "left"  # the focus went elsewhere


_ENDS = {
    Qt.Key.Key_Return: Ended.ENTER,
    Qt.Key.Key_Enter: Ended.ENTER,
    Qt.Key.Key_Tab: Ended.TAB,
    Qt.Key.Key_Escape: Ended.ESCAPE,
}
BORROWED = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)  # and given back


class NameField(QLineEdit):
    """One line of plain text above a point of the map. No key typed here reaches the canvas."""

    ended = Signal(object)  # Ended

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self.setMaxLength(LONGEST_NAME)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFrame(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.set_theme(theme)
        self._at = QPoint()
        self.textChanged.connect(self._fit)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme['panel'].name()}; color: {theme['text'].name()};"
            f" border: 2px solid {theme['accent'].name()}; border-radius: 7px; padding: 3px 8px;"
            f" selection-background-color: {theme['accent'].name()};"
            f" selection-color: {theme['panel'].name()}; }}"
        )

    def open(self, words: str, hint: str, name: str, at: QPoint, *, all_selected: bool = True) -> None:
        """Show the field, centred on the pixel `at`; `name` is what a screen reader calls it."""
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setText(words)
        self.go(at)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if all_selected:
            self.selectAll()
        else:
            self.deselect()
            self.end(False)

    def go(self, at: QPoint) -> None:
        """Follow the point that is named."""
        self._at = at
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Tab and Esc end; everything else is text, and stays here."""
        how = _ENDS.get(Qt.Key(event.key()))
        if how is not None:
            event.accept()
            self.ended.emit(how)
            return
        super().keyPressEvent(event)
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab is a key of this field; Shift+Tab leaves it."""
        if forward:
            return False
        self.ended.emit(Ended.LEFT)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A popup or another window only borrows the focus."""
        super().focusOutEvent(event)
        if event.reason() not in BORROWED and self.isVisible():
            self.ended.emit(Ended.LEFT)

    def event(self, event: QEvent) -> bool:
        """Keys that the window has shortcuts for are typed as long as one types here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain:
                event.accept()
                return True
        return super().event(event)

    def _fit(self) -> None:
        shown = self.text() or self.placeholderText()
        wide = min(max(self.fontMetrics().horizontalAdvance(shown) + 44, NARROWEST), WIDEST)
        high = max(self.sizeHint().height(), 28)
        host = self.parentWidget()
        limit = host.width() if host is not None else wide
        x = min(max(self._at.x() - wide // 2, 4), max(limit - wide - 4, 4))
        self.setGeometry(x, self._at.y() - high // 2, wide, high)
