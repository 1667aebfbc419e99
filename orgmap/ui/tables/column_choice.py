"""Which columns of a table are in view, in which order and how wide: chosen by hand, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from orgmap.i18n import Text, say
from orgmap.ui.settings import Settings

KEPT_AFTER = 400  # milliseconds of quiet before a choice is written down
NARROWEST, WIDEST = 24, 2_000  # px of a column that is taken over from the settings


class Headed(Protocol):
    """What a column says of itself. `width` in average letters; `asked`: in view at first."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def width(self) -> int: ...
    @property
    def asked(self) -> bool: ...


class ColumnChoice(QObject):
    """The columns of one table, kept in the settings under `key`. The first is always in view."""

    changed = Signal()  # by hand: which are in view, their order or their width
    menu_begun = Signal(object, int)  # QMenu and the column pointed at: entries of others stand first

    def __init__(
        self, table: QTableView, columns: Sequence[Headed], settings: Settings, key: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._table, self._columns, self._settings, self._key = table, columns, settings, key
        self._page = parent
        self._keeping = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._keeping.timeout.connect(self._remember)
        head = table.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._head_menu)
        head.sectionResized.connect(self._changed)
        head.sectionMoved.connect(self._changed)

    def offer_below(self, button: QWidget) -> None:
        """A menu of all columns below a button."""
        self._show_menu(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def show_column(self, place: int, shown: bool) -> None:
        """Show a column, or put it away; it is remembered."""
        self._table.setColumnHidden(place, not shown)
        self._changed()

    def show_all(self) -> None:
        """Every column."""
        for place in range(len(self._columns)):
            self._table.setColumnHidden(place, False)
        self._changed()

    def as_at_first(self) -> None:
        """As nobody has chosen yet."""
        self._settings.put_listing(self._key, [])
        self.restore()
        self.changed.emit()

    def restore(self) -> None:
        """As the settings say."""
        head = self._table.horizontalHeader()
        metrics = self._page.fontMetrics()
        letter = metrics.averageCharWidth()
        for place, column in enumerate(self._columns):
            self._table.setColumnHidden(place, not column.asked)
            wide = metrics.horizontalAdvance(str(column.label())) + 40
            self._table.setColumnWidth(place, max(column.width * letter + 24, wide))
            head.moveSection(head.visualIndex(place), place)
        known = {column.id: place for place, column in enumerate(self._columns)}
        for to, entry in enumerate(self._settings.listing(self._key)):
            name, _, width = entry.partition(":")
            at = known.get(name.removeprefix("-"))
            if at is None:
                continue
            head.moveSection(head.visualIndex(at), min(to, head.count() - 1))
            self._table.setColumnHidden(at, name.startswith("-") and at > 0)
            if width.isdigit() and NARROWEST <= int(width) <= WIDEST:
                self._table.setColumnWidth(at, int(width))
        self._keeping.stop()

    def _head_menu(self, at: QPoint) -> None:
        head = self._table.horizontalHeader()
        self._show_menu(head.mapToGlobal(at), head.logicalIndexAt(at))

    def _show_menu(self, where: QPoint, pointed: int = -1) -> None:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._columns):
            action = menu.addAction(str(column.label()).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(place))
            action.setEnabled(place > 0)
            action.toggled.connect(partial(self.show_column, place))
        menu.addSeparator()
        everything = menu.addAction(say("table", "Show all"))
        everything.triggered.connect(self.show_all)
        usual = menu.addAction(say("table", "As at first"))
        usual.triggered.connect(self.as_at_first)
        if pointed >= 0:
            self.menu_begun.emit(menu, pointed)
        menu.popup(where)

    def _changed(self) -> None:
        self._keeping.start()
        self.changed.emit()

    def _remember(self) -> None:
        """Which columns, in which order, how wide."""
        head = self._table.horizontalHeader()
        order = [head.logicalIndex(place) for place in range(head.count())]
        kept = []
        for at in order:
            hidden = self._table.isColumnHidden(at)
            width = 0 if hidden else self._table.columnWidth(at)
            kept.append(f"{'-' if hidden else ''}{self._columns[at].id}:{width}")
        self._settings.put_listing(self._key, kept)
