"""A short list of rows in a panel: links of a person, people of a module; long ones unfold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import Words, WordsButton

AT_FIRST = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what it selects, an icon, its words, a quiet word at the end, and what is spoken."""

    ids: frozenset[str]
    icon: str
    words: str
    aside: str = ""
    spoken: str = ""


class Listing(QWidget):
    """Rows that select what they name. An equal list is left as it is."""

    selection_asked = Signal(object)  # frozenset of ids

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._all = False
        self._theme: Theme | None = None
        self._heading = Words(title, "section")
        self._heading.setContentsMargins(0, 8, 0, 0)
        if not title:
            self._heading.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = WordsButton(role="quiet")
        self._more.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._rows)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> list[RowButton]:
        """The rows on the screen."""
        found: list[RowButton] = []
        for place in range(self._rows.count()):
            item = self._rows.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, RowButton):
                found.append(widget)
        return found

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of the eye."""
        return [*self.rows, self._more]

    def show_items(self, theme: Theme, items: Sequence[Item]) -> None:
        """Show these; without any the whole list is hidden."""
        if (tuple(items), theme) == (self._items, self._theme):
            return
        self._items, self._theme = tuple(items), theme
        self._fill(theme)

    def _fill(self, theme: Theme) -> None:
        for old in self.rows:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        shown = self._items if self._all else self._items[:AT_FIRST]
        for item in shown:
            row = _Row(theme, item, self)
            row.asked.connect(self.selection_asked)
            self._rows.addWidget(row)
        rest = len(self._items) - len(shown)
        self._more.set_words(say("inspector", "{n} more", "{n} more", n=rest) if rest else "")
        self._more.setVisible(rest > 0)
        self.setVisible(bool(self._items))

    def _show_all(self) -> None:
        self._all = True
        if self._theme is not None:
            self._fill(self._theme)


class _Row(RowButton):
    asked = Signal(object)  # frozenset of ids

    def __init__(self, theme: Theme, item: Item, parent: QWidget) -> None:
        super().__init__(theme, item.icon, item.words, item.aside, spoken=item.spoken, parent=parent)
        self._ids = item.ids
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.asked.emit(self._ids)
