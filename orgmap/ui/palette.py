"""The command palette: a few letters find every action and every name, Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from orgmap.analysis.findings import Report
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.entities import LinkId
from orgmap.model.matching import SPREAD, Names, spans
from orgmap.ui import goals
from orgmap.ui.actions import Actions
from orgmap.ui.goals import ICONS, Goal, Kind
from orgmap.ui.settings import Settings
from orgmap.ui.widgets.lines import LINE, Line, LineDelegate
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

ACTIONS_ONLY, NAMES_ONLY = ">", "@"
MOST = 50  # goals listed
LATELY = 8  # actions remembered
ROWS = 10  # seen at once
WIDTH, TOP, ROOM = 640, 72, 48  # px: at text scale 100 %; from the top of the window; beside it
_KEPT = "palette/recent"
Index = QModelIndex | QPersistentModelIndex


class Named:
    """The names of one map, ready to be looked through."""

    def __init__(self, document: Document, report: Report | None) -> None:
        self.document, self.report = document, report
        self.goals = list(goals.names_of(document, report))
        self.names = Names(goal.name for goal in self.goals)
        self.rows = {goal.key: row for row, goal in enumerate(self.goals)}

    @cached_property
    def lines(self) -> tuple[list[LinkId], Names]:
        """Every link and how it is called: made when first sought, for it takes the longest."""
        return goals.links_of(self.document)


class Sought:
    """What can be found just now, and finding it. Links are said only when they are found."""

    def __init__(self, actions: Actions, named: Named) -> None:
        self._actions = list(goals.actions_of(actions))
        self._action_names = Names(goal.name for goal in self._actions)
        self._action_paths = Names((f"{goal.where} {goal.name}" for goal in self._actions), spread=0)
        self._action_rows = {goal.key: row for row, goal in enumerate(self._actions)}
        self._named = named

    def found(self, typed: str, lately: Sequence[str] = ()) -> list[tuple[Goal, str]]:
        """Goals, the best first, each with the letters that found it. Nothing typed: what was used
        lately, then every action.
        """
        sign = typed.lstrip()[:1]
        words = typed.lstrip()[1:] if sign in (ACTIONS_ONLY, NAMES_ONLY) else typed
        named = self._named
        places = []
        if sign != NAMES_ONLY:
            places.append((self._actions, self._action_names, self._action_rows))
        if sign != ACTIONS_ONLY:
            places.append((named.goals, named.names, named.rows))
        if not words.strip():
            first = [listed[rows[key]] for key in lately for listed, _, rows in places if key in rows]
            rest = (goal for goal in places[0][0][: max(MOST, len(self._actions))] if goal not in first)
            return [(goal, "") for goal in (*first, *rest)]
        hits: list[tuple[int, int, Goal]] = []
        for listed, names, rows in places:
            for hit in names.found(words, MOST, [rows[key] for key in lately if key in rows]):
                goal = listed[hit.row]
                hits.append((hit.fit, 2 * bool(goal.why), goal))
        if sign != NAMES_ONLY:  # "align top": what it is called in its menu, together with the menu
            known = {goal.key for _, _, goal in hits}
            for hit in self._action_paths.found(words, MOST):
                goal = self._actions[hit.row]
                if goal.key not in known:
                    hits.append((SPREAD + 1, 2 * bool(goal.why), goal))
        if sign != ACTIONS_ONLY and len(words.strip()) > 1:
            links, names = named.lines
            for hit in names.found(words, MOST):
                hits.append((hit.fit, 1, goals.link_goal(named.document, links[hit.row])))
        hits.sort(key=lambda hit: hit[:2])
        return [(goal, words) for _, _, goal in hits[:MOST]]


class _Found(QAbstractListModel):
    """The goals listed now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.goals: list[tuple[Goal, str]] = []

    def show(self, found: list[tuple[Goal, str]]) -> None:
        self.beginResetModel()
        self.goals = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.goals)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        goal, typed = self.goals[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return goal.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(goal)
        if role == LINE:
            marked = tuple(spans(goal.name, typed)) if typed else ()
            icon = goal.icon or ICONS[goal.kind]
            return Line(goal.name, marked, goal.detail, goal.keys, icon, pale=bool(goal.why))
        return None


class Palette(QFrame):
    """Floats above one window while it is asked. `chosen`: a goal, and whether to add to what is
    selected instead of selecting it alone.
    """

    chosen = Signal(object, bool)  # Goal

    def __init__(self, settings: Settings, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        set_role(self, "float")
        self._settings = settings
        self._window = window
        self._before: QWidget | None = None
        self._sought: Sought | None = None
        self._named: Named | None = None
        self._lately = settings.listing(_KEPT)[:LATELY]
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(False)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self._model = _Found(self)
        self.list = QListView()
        set_role(self.list, "bare")
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self._model)
        self._delegate = LineDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(self._on_clicked)
        self._nothing = Words("", "body-quiet")
        self._nothing.setContentsMargins(10, 10, 10, 10)
        self._hint = Words("", "quiet")
        self._hint.setContentsMargins(10, 4, 10, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        column.addWidget(self._hint)
        window.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    @property
    def found(self) -> list[Goal]:
        """The goals listed now, the best first."""
        return [goal for goal, _ in self._model.goals]

    def open(self, actions: Actions, document: Document, report: Report | None, typed: str = "") -> None:
        """Ask, over the map and the actions as they are now."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        named = self._named
        if named is None or named.document is not document or named.report is not report:
            named = Named(document, report)
        self._named = named
        self._sought = Sought(actions, named)
        self.field.setPlaceholderText(say("palette", "Find a command or a name"))
        self.field.setAccessibleName(say("palette", "Find a command or a name"))
        self.list.setAccessibleName(say("palette", "Found"))
        self._hint.setText(
            say(
                "palette",
                "Enter goes there   Ctrl+Enter adds it to the selection   {actions} commands only"
                "   {names} names only",
                actions=ACTIONS_ONLY,
                names=NAMES_ONLY,
            )
        )
        self._nothing.setText(say("palette", "Nothing here is called that."))
        if self.field.text() != typed:
            self.field.setText(typed)  # which looks
        else:
            self._look(typed)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_again(self) -> None:
        """Away, and the keyboard back to where it was."""
        if self.isHidden():
            return
        before = self._before
        self.hide()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Nothing of what was found is kept."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._before = self._sought = None
            self._model.show([])

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """The keys of the list, while one types; and the window's own size."""
        if watched is self.field:
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._pressed(event)
            if event.type() is QEvent.Type.FocusOut and self.isVisible() and not self._borrowed():
                self.hide()
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _borrowed(self) -> bool:
        """Has the keyboard gone only to a menu of the field, or with the whole window?"""
        return QApplication.activePopupWidget() is not None or not self._window.isActiveWindow()

    def _pressed(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: ROWS - 1,
            Qt.Key.Key_PageUp: 1 - ROWS,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            adding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self._choose(self.list.currentIndex().row(), bool(held & adding))
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = self.list.currentIndex().row() + by
            self._mark(row % count if abs(by) == 1 else min(max(row, 0), count - 1))

    def _look(self, typed: str) -> None:
        if self._sought is None:
            return
        found = self._sought.found(typed, self._lately)
        self._model.show(found)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._mark(0)
        self._place()

    def _mark(self, row: int) -> None:
        index = self._model.index(row)
        self.list.setCurrentIndex(index)
        if index.isValid() and QAccessible.isActive():
            words = spoken(self._model.goals[row][0])
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    def _on_clicked(self, index: QModelIndex) -> None:
        held = QApplication.keyboardModifiers()
        self._choose(index.row(), bool(held & Qt.KeyboardModifier.ControlModifier))

    def _choose(self, row: int, adding: bool) -> None:
        if not 0 <= row < self._model.rowCount():
            return
        goal = self._model.goals[row][0]
        if goal.why:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, spoken(goal)))
            return
        self._lately = [goal.key, *(key for key in self._lately if key != goal.key)][:LATELY]
        self._settings.put_listing(_KEPT, [key for key in self._lately if key.startswith(Kind.ACTION)])
        self.close_again()
        self.chosen.emit(goal, adding)

    def _place(self) -> None:
        """In the middle, near the top, as high as what it lists."""
        scale = self._delegate.scale
        room = self._window.rect()
        self.setFixedWidth(min(round(WIDTH * scale), room.width() - ROOM))
        rows = min(self._model.rowCount(), ROWS, max((room.height() - 2 * TOP) // self._delegate.high - 3, 3))
        self.list.setFixedHeight(rows * self._delegate.high + 4)
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, TOP)


def spoken(goal: Goal) -> str:
    """As in "Tidy by module, Arrange, Ctrl+T"; what cannot be had says why."""
    return ", ".join(filter(None, (goal.name, goal.detail, goal.keys)))
