"""What stands below a table of measures: what the one in hand means, and the ways to see it on the map."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.i18n import Said, Text, say, text
from orgmap.ui.gauging import Gauged
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip

_SHORT: dict[Gauged, Text] = {
    Gauged.COLOUR: text("table", "Colour people"),
    Gauged.SIZE: text("table", "Size people"),
    Gauged.LINES: text("table", "Colour lines"),
    Gauged.GROUNDS: text("table", "Colour modules"),
}
_ON_THE_MAP: dict[Gauged, Text] = {
    Gauged.COLOUR: text("table", "Colour people by {measure}"),
    Gauged.SIZE: text("table", "Size people by {measure}"),
    Gauged.LINES: text("table", "Colour lines by {measure}"),
    Gauged.GROUNDS: text("table", "Colour modules by {measure}"),
}


class MeasureFoot(QWidget):
    """Name and meaning of a measure, with a button for each way in which the map can show it."""

    gauged = Signal(object, str)  # Gauged and the key of the measure: by hand

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.name, self.about = Words(role="claim"), Words(role="quiet")
        self.ways = {what: WordsButton() for what in Gauged}
        head = QWidget()
        row = FlowLayout(head, gap=8)
        row.addWidget(self.name)
        self.name.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        for what, button in self.ways.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._pressed, what))
            button.hide()
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self.about)

    def show_measure(self, name: str, about: str, scope: Scope, key: str) -> None:
        """Tell of this one. `key`: "" where the map cannot show it, as for words or without a number."""
        self._key = key
        self.name.setText(name)
        self.about.setText(about)
        ways = dict(offered(scope, key))
        for what, button in self.ways.items():
            button.setVisible(what in ways)
            if what in ways:
                button.set_words(str(_SHORT[what]()))
                button.setAccessibleName(str(ways[what]))
                tip = say("table", "{way}, on the map; a chip there takes it away again", way=ways[what])
                button.setToolTip(plain_tip(tip))
                self.name.setMinimumHeight(button.sizeHint().height())

    def fill(self, menu: QMenu, scope: Scope, key: str) -> None:
        """Put the same ways at the top of a menu, above what it holds."""
        first = next(iter(menu.actions()), None)
        added = []
        for what, words in offered(scope, key):
            action = QAction(str(words).replace("&", "&&"), menu)
            action.triggered.connect(partial(self.gauged.emit, what, key))
            added.append(action)
        if added and first is not None:
            menu.insertActions(first, added)
            menu.insertSeparator(first)
        else:
            menu.addActions(added)

    def _pressed(self, what: Gauged, *_: object) -> None:
        self.gauged.emit(what, self._key)


def offered(scope: Scope, key: str) -> list[tuple[Gauged, Said]]:
    """The ways in which the map can show a measure, none for one of the map or an empty key."""
    if scope is Scope.MAP or key not in MEASURES[scope]:
        return []
    measure = MEASURES[scope][key].name()
    return [(what, words(measure=measure)) for what, words in _ON_THE_MAP.items() if what.scope is scope]
