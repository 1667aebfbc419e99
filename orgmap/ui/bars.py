"""The frame round the map: top bar and tool strip. They show and ask; they decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.style import Theme
from orgmap.i18n import Text, say, text
from orgmap.ui import theme as looks
from orgmap.ui.actions import Actions, plain
from orgmap.ui.menu_order import THEMES
from orgmap.ui.notices import one_line
from orgmap.ui.shortcuts import shown
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import Segments, follow_the_eye

GAP = 8  # pixels between what stands side by side
NARROWEST_TITLE, WIDEST_TITLE = 120, 420  # pixels
LONGEST_TITLE = 200  # characters
TOOLS: tuple[tuple[str, str, Text, str], ...] = (
    ("select", "mouse-pointer-2", text("tool", "Select and move"), "V"),
    ("person", "user-round", text("tool", "Person"), "N"),
    ("module", "panel-top", text("tool", "Module"), "M"),
    ("link", "pull-link", text("tool", "Link"), "L"),
    ("note", "sticky-note", text("tool", "Note"), "T"),
)


class TitleEdit(QLineEdit):
    """The title of the map, as wide as its words; `titled` rings when it was changed by hand."""

    titled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "name")
        self.setObjectName("title")
        self.setMaxLength(LONGEST_TITLE)
        self._given = ""
        self.textChanged.connect(self.updateGeometry)
        self.editingFinished.connect(self._tell)

    def show_title(self, title: str) -> None:
        """Show the title the map has, unless one is typing."""
        self._given = title
        if not (self.hasFocus() and self.isModified()):
            self.setText(one_line(title))
            self.setCursorPosition(0)

    def sizeHint(self) -> QSize:
        """Room for the words, within bounds."""
        words = self.text() or self.placeholderText()
        letters = self.fontMetrics()
        width = letters.horizontalAdvance(words) + 2 * letters.height()
        widest = max(WIDEST_TITLE, 24 * letters.height())
        return QSize(min(max(width, NARROWEST_TITLE), widest), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc takes back what was typed; Enter stays here instead of pressing a button."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(one_line(self._given))
            self.clearFocus()
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
            event.accept()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """The start of a long title is what one wants to see."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    def _tell(self) -> None:
        words = " ".join(self.text().split())
        if words != " ".join(self._given.split()):
            self._given = words
            self.titled.emit(words)
        self.setModified(False)


class TopBar(QFrame):
    """Title and state on the left, what one needs most on the right."""

    titled = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.title = TitleEdit()
        self.title.titled.connect(self.titled)
        self._state = QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._state, "quiet")
        self._icons = [_IconButton(actions[name]) for name in ("undo", "redo", "history", "filter")]
        self._looks = QToolButton()
        self._looks.setObjectName("button-theme")
        self._looks.setIconSize(QSize(20, 20))
        self._looks.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._looks.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._looks)
        menu.addActions([actions[name] for name in THEMES])
        self._looks.setMenu(menu)
        self._tidy = ActionButton(actions["tidy"])
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 16, 8)
        rows.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        left, self._middle, right = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._sides, self._below = (left, right), QHBoxLayout()
        self._switch: Segments | None = None
        rows.addLayout(row)
        rows.addLayout(self._below)
        row.addLayout(left, 1)  # both sides equally wide: the middle stays while the left one grows
        row.addLayout(self._middle)
        row.addLayout(right, 1)
        left.addWidget(self.title)
        left.addWidget(self._state)
        left.addStretch(1)
        right.addStretch(1)
        for button in self._icons:
            right.addWidget(button)
        right.addWidget(self._looks)
        right.addSpacing(8)
        right.addWidget(self._tidy)
        self.set_theme(theme)
        self.say()

    def put_in_the_middle(self, switch: Segments) -> None:
        """Which form of the map is in view stands between its title and the actions.

        Where there is no room for the three side by side, it stands below them.
        """
        self._switch = switch
        self._middle.addWidget(switch)
        follow_the_eye([self.title, *switch.buttons, *self._icons])

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the wider one of two rows."""
        least = super().minimumSizeHint()
        return QSize(max(self._wide(), self._switch_wide()) + self._margin(), least.height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """One row where there is room for all, else two."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent, /) -> bool:
        """Larger or longer words may need another row."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        if self._switch is None:
            return
        alone = self.width() < self._wide() + self._switch_wide() + 2 * GAP + self._margin()
        there, other = (self._below, self._middle) if alone else (self._middle, self._below)
        if there.count() == 0:
            other.removeWidget(self._switch)
            there.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft if alone else Qt.AlignmentFlag(0))
            there.setContentsMargins(0, GAP if alone else 0, 0, 0)
            other.setContentsMargins(0, 0, 0, 0)

    def _wide(self) -> int:
        """What title and actions need, px."""
        return sum(side.minimumSize().width() for side in self._sides) + 2 * GAP

    def _switch_wide(self) -> int:
        return self._switch.minimumSizeHint().width() if self._switch is not None else 0

    def _margin(self) -> int:
        margins = self._rows.contentsMargins()
        return margins.left() + margins.right()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        self._looks.setIcon(looks.icon("contrast", theme["text"]))

    def show_state(self, title: str, called: str, *, modified: bool, has_file: bool) -> None:
        """The title of the map, what it is called without one, and whether its file holds everything."""
        self.title.show_title(title)
        self.title.setPlaceholderText(one_line(called))
        self.title.updateGeometry()
        if modified:
            self._state.setText(say("state", "edited"))
        else:
            self._state.setText(say("state", "saved") if has_file else "")

    def say(self) -> None:
        """Say every word again, in the language now in use."""
        self.title.setAccessibleName(say("map", "Title of the map"))
        self.title.setToolTip(say("map", "Title of the map. Click to change it."))
        self._tidy.setText(say("bar", "Tidy"))
        self._looks.setToolTip(say("bar", "Theme"))
        self._looks.setAccessibleName(say("bar", "Theme"))

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)


class ToolStrip(QFrame):
    """The tools at the left edge. `tool_chosen` rings with the name of the tool clicked."""

    tool_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self._keys: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(12)
        for name, *_ in TOOLS:
            button = QToolButton()
            button.setObjectName(f"tool-{name}")
            button.setCheckable(True)
            button.setIconSize(QSize(20, 20))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._on_clicked)
        self.show_tool("select")
        self.set_theme(theme)
        self.say()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """From now on these keys take these tools, by name; empty where there are none."""
        self._keys = dict(keys)
        self.say()

    def show_tool(self, name: str) -> None:
        """The canvas has this tool in hand."""
        self._buttons[name].setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme; the one in use in the accent."""
        for name, icon, *_ in TOOLS:
            self._buttons[name].setIcon(looks.icon(icon, theme["text"]))

    def say(self) -> None:
        """Say every word again, in the language now in use."""
        for name, _, label, usual in TOOLS:
            key = self._keys.get(name, usual)
            words = say("tool", "{name} ({key})", name=label(), key=key) if key else str(label())
            self._buttons[name].setToolTip(words)
            self._buttons[name].setAccessibleName(str(label()))

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def _on_clicked(self, button: QToolButton) -> None:
        self.tool_chosen.emit(button.objectName().removeprefix("tool-"))


class ActionButton(QPushButton):
    """A push button that does an action of the table and is enabled when it is."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setObjectName(f"button-{action.objectName()}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(_hint(self._action))


class _IconButton(QToolButton):
    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.setDefaultAction(action)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName(f"button-{action.objectName()}")
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setToolTip(_hint(self._action))
        self.setAccessibleName(plain(self._action.text()))


def _hint(action: QAction) -> str:
    keys: Iterable[object] = action.shortcuts()[:1]
    name = one_line(plain(action.text()))
    return say("bar", "{name} ({key})", name=name, key=shown(action.shortcuts()[:1])) if keys else name


def hairline(*, upright: bool = False) -> QFrame:
    """A line of one pixel between two parts of the window."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    set_role(line, "upright-hairline" if upright else "hairline")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
