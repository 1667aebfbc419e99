"""All keys and gestures on one sheet, made from the table of actions; found by typing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from orgmap.i18n import Text, say, text
from orgmap.ui.actions import Actions, plain
from orgmap.ui.menu_order import menu_paths
from orgmap.ui.placing import open_wide
from orgmap.ui.shortcuts import shown
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

KEY_LETTERS = 25  # letters of the keys before what they do
ON_THE_MAP: tuple[tuple[Text, Text], ...] = (
    (text("keys", "Double-click on the ground"), text("keys", "a new person, named at once")),
    (text("keys", "Double-click on a name"), text("keys", "rename")),
    (text("keys", "Drag from a person's rim"), text("keys", "a link; onto empty ground with a new person")),
    (
        text("keys", "Drag a person into a frame"),
        text("keys", "the module takes them in; Alt keeps them out"),
    ),
    (
        text("keys", "Drag into a frame with Ctrl"),
        text("keys", "they belong to that module too, and stay where they are"),
    ),
    (text("keys", "Drag a frame into another"), text("keys", "lay a module into it, or out again")),
    (text("keys", "Drag with Shift, with Alt"), text("keys", "keep to one axis; make a copy")),
    (text("keys", "Drag with Ctrl"), text("keys", "do not fall into line with neighbours")),
    (
        text("keys", "Drag an end of the selected link"),
        text("keys", "lead it to another person or module"),
    ),
    (
        text("keys", "Drag a corner"),
        text("keys", "resize a note, an empty frame, an unlocked picture"),
    ),
    (text("keys", "Drag on the ground"), text("keys", "select what lies inside; Shift adds, Ctrl removes")),
    (
        text("keys", "Double-click on a link"),
        text("keys", "edit it in place"),
    ),
    (
        text("keys", "Click with Shift"),
        text("keys", "add to the selection, or take out of it"),
    ),
    (text("keys", "Wheel"), text("keys", "zoom at the pointer; the preferences turn it")),
    (
        text("keys", "Two fingers, pinch, Ctrl and wheel"),
        text("keys", "on a touchpad: move the view, zoom, zoom"),
    ),
    (
        text("keys", "On a touch screen"),
        text("keys", "one finger as the mouse, two move and zoom, one held still opens the menu"),
    ),
    (text("keys", "Middle button, or Space and drag"), text("keys", "move the view")),
    (text("keys", "Right-click, menu key, Shift+F10"), text("keys", "what can be done with what lies there")),
    (text("keys", "Drag a file in"), text("keys", "open or import it; a picture goes behind the map")),
    (text("keys", "Esc"), text("keys", "end the gesture, then the selection, then the light")),
    (text("keys", "Enter, or typing"), text("keys", "rename what is selected")),
    (text("keys", "Enter, Tab while naming"), text("keys", "the next person; a linked one")),
    (text("keys", "Ctrl+Arrow"), text("keys", "a new linked person that way")),
    (text("keys", "Alt+Arrow"), text("keys", "go to the nearest that way; with Shift select on the way")),
    (
        text("keys", "Digits"),
        text("keys", "with links selected the channel, else the focus in steps; 0 is everybody"),
    ),
    (text("keys", "Arrows"), text("keys", "nudge the selection, with Shift ten steps; else move the view")),
    (
        text("keys", "Alt+Enter"),
        text("keys", "into the links of a person: Up, Down round; Left, Right to the ends"),
    ),
)
IN_THE_TABLES: tuple[tuple[Text, Text], ...] = (
    (text("keys", "Typing, F2, Enter"), text("keys", "change the cell; Enter again goes down, Tab aside")),
    (text("keys", "Ctrl+Enter while typing"), text("keys", "the same into all selected cells of the column")),
    (text("keys", "Space"), text("keys", "tick or untick the selected boxes; in the matrix as Enter")),
    (text("keys", "Del, Ctrl+Del"), text("keys", "empty the cells; delete the rows")),
    (text("keys", "F4, Alt+Down while typing"), text("keys", "all the words there are to choose from")),
    (text("keys", "Ctrl+F"), text("keys", "narrow the table down")),
    (
        text("keys", "Enter, Del, R, B, digits in the matrix"),
        text("keys", "row tells column, then both ways; nothing; turn round; both ways; channel"),
    ),
)


class ShortcutSheet(QDialog):
    """Opens beside the map; typing narrows it down. `change_asked`: other keys are wanted."""

    change_asked = Signal()

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("keys", "Keys and gestures"))
        open_wide(self, 78, 40)
        self._rows: list[tuple[str, Words, Words]] = []
        self._sections: list[tuple[Words, int, int]] = []
        self._find = QLineEdit()
        self._find.setPlaceholderText(say("keys", "Find a key or what it does"))
        self._find.setAccessibleName(say("keys", "Find a key or what it does"))
        self._find.setClearButtonEnabled(False)
        self._find.textChanged.connect(self._narrow)
        page = QWidget()
        set_role(page, "page")
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._fill(actions)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        buttons = QDialogButtonBox()
        change = buttons.addButton(say("keys", "Change keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setAutoDefault(False)
        change.clicked.connect(self.change_asked)
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._find)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self._find.setFocus()

    def found(self) -> list[str]:
        """What the rows in view say, key and meaning."""
        return [words for words, key, _ in self._rows if not key.isHidden()]

    def _fill(self, actions: Actions) -> None:
        self._section(say("keys", "On the map"), ((str(key()), str(what())) for key, what in ON_THE_MAP))
        tables = ((str(key()), str(what())) for key, what in IN_THE_TABLES)
        self._section(say("keys", "In the tables and the matrix"), tables)
        told = actions.told_keys()
        sections: dict[str, list[tuple[str, str]]] = {}
        for action_id, titles in menu_paths().items():
            keys = shown([key for key in told[action_id] if key in actions[action_id].shortcuts()])
            if keys:
                title = plain(str(titles[0]()))
                sections.setdefault(title, []).append((keys, plain(actions[action_id].text())))
        for title, keyed in sections.items():
            self._section(title, iter(keyed))
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _section(self, title: str, rows: Iterator[tuple[str, str]]) -> None:
        head = Words(title, "section")
        head.setContentsMargins(0, 12, 0, 2)
        at = self._grid.rowCount()
        self._grid.addWidget(head, at, 0, 1, 2)
        first = len(self._rows)
        for key, what in rows:
            at += 1
            cells = (Words(key, "body"), Words(what, "body-quiet"))
            cells[0].setMinimumWidth(KEY_LETTERS * self.fontMetrics().averageCharWidth())
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, at, column)
            self._rows.append((f"{key} {what}", *cells))
        self._sections.append((head, first, len(self._rows)))

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().split()
        for words, *cells in self._rows:
            hit = all(word in words.casefold() for word in wanted)
            for cell in cells:
                cell.setVisible(hit)
        for head, first, last in self._sections:
            head.setVisible(any(not key.isHidden() for _, key, _ in self._rows[first:last]))
