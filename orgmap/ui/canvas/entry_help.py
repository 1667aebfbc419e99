"""The card at the one-line entry: what can be typed, each kind of line with an example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from orgmap.i18n import say
from orgmap.ui.widgets.roles import set_role

GAP = 8


class EntryHelp(QFrame):
    """Stands above the bar while it is wanted."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setObjectName("entry-help")
        set_role(self, "float")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self.hide()

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.setAccessibleName(say("entry", "What can be typed"))
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for row, (example, meaning) in enumerate(_lines()):
            for column, (words, role) in enumerate(((example, "body"), (meaning, "quiet"))):
                label = QLabel(words, self)
                label.setTextFormat(Qt.TextFormat.PlainText)
                set_role(label, role)
                self._grid.addWidget(label, row, column)
                label.show()
        self.setAccessibleDescription("; ".join(f"{a}: {b}" for a, b in _lines()))
        self._grid.activate()

    def place(self, bar: QWidget) -> None:
        """On the bar, at its left edge; with as many lines as there is room for."""
        room = bar.y() - 2 * GAP
        for row in range(self._grid.rowCount()):
            self._show_row(row, True)
        for row in reversed(range(1, self._grid.rowCount())):
            if self.sizeHint().height() <= room:
                break
            self._show_row(row, False)
        size = self.sizeHint()
        width = min(size.width(), self._host.width() - 2 * GAP)
        x = min(max(bar.x(), GAP), self._host.width() - width - GAP)
        self.setGeometry(x, max(bar.y() - size.height() - GAP, GAP), width, size.height())
        self.raise_()

    def _show_row(self, row: int, shown: bool) -> None:
        for column in (0, 1):
            item = self._grid.itemAtPosition(row, column)
            label = item.widget() if item is not None else None
            if label is not None:
                label.setVisible(shown)
        self._grid.activate()


def _lines() -> tuple[tuple[str, str], ...]:
    return (
        (say("entry", "Ana, Ben, Cy @Support"), say("entry", "three people in a module")),
        (say("entry", "Ana > Ben"), say("entry", "Ana tells Ben")),
        (say("entry", "Ana = Ben, Cy"), say("entry", "both ways, as Ana <> Ben, Cy")),
        (say("entry", "Ana > Ben: mail weekly 10m"), say("entry", "channel, how often, how long")),
        (say("entry", "Support > Sales"), say("entry", "between modules, if they are known")),
        (say("entry", "Ana reports to Ben"), say("entry", "the formal line")),
        (say("entry", "Sales needs Finance"), say("entry", "work that hangs on other work")),
        (say("entry", "Ana knows payroll, tax"), say("entry", "topics; also: Ana seeks law")),
        (say("entry", "Ana level 2"), say("entry", "also: is new, is vacant, is outside")),
        (say("entry", "Ana moves to Sales"), say("entry", "another home; also: Ana leads Sales")),
    )
