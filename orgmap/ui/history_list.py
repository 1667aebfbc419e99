"""The history as a list: every step by its name, the one where the map is marked, any one click away."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.ui.notices import one_line
from orgmap.ui.session import Session
from orgmap.ui.widgets.lines import LINE, Line, LineDelegate
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

WIDTH, ROWS = 320, 14  # px at text scale 100 %; steps seen at once
Index = QModelIndex | QPersistentModelIndex

_OPENED = text("history", "As it was opened")
_EARLIER = text("history", "Earlier steps are forgotten")


class Steps(QAbstractListModel):
    """Row r is the map after r steps; 0 is how it was opened. Names are said when they are shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._labels = (*session.history.steps[0], *session.history.steps[1])
        self.here = 0
        self.follow()

    def follow(self) -> None:
        """Take over the steps as they are now."""
        done, undone = self._session.history.steps
        self.beginResetModel()
        self._labels = (*done, *undone)
        self.here = len(done)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - as Qt has it
        """One more than there are steps."""
        return 0 if parent.isValid() else len(self._labels) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        """The name of a step, where it lies, and what a screen reader says of it."""
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(row)
        if role == LINE:
            saved = say("history", "saved") if row == self._session.history.saved_at else ""
            return Line(self.name(row), right=saved, pale=row > self.here, dot=row == self.here)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        return None

    def name(self, row: int) -> str:
        """What was done in the step that led here."""
        if row:
            return one_line(str(self._session.said(self._labels[row - 1].label)))
        return str((_OPENED if self._session.history.complete else _EARLIER)())

    def spoken(self, row: int) -> str:
        """As in "Move Ana, undone, saved here"."""
        parts = [self.name(row)]
        if row == self.here:
            parts.append(say("history", "the map is here"))
        elif row > self.here:
            parts.append(say("history", "undone"))
        if row == self._session.history.saved_at:
            parts.append(say("history", "saved here"))
        return ", ".join(parts)


class HistoryList(QFrame):
    """Drops down under a button, stays while one travels, goes by Esc or a click elsewhere."""

    travelled = Signal(int)  # steps, negative is back

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("history")
        set_role(self, "float")
        self._session = session
        self._steps = Steps(session, self)
        self._title = Words("", "section")
        self._title.setContentsMargins(8, 4, 8, 4)
        self.list = QListView()
        self.list.setUniformItemSizes(True)
        set_role(self.list, "bare")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self._steps)
        self._delegate = LineDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(self._go)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 6)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self.list)
        session.state_changed.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._delegate.theme = theme

    def drop(self, under: QWidget) -> None:
        """Open under a button, at the step where the map is."""
        self._title.setText(say("history", "History"))
        self.list.setAccessibleName(say("history", "History: Enter goes to a step"))
        self._steps.follow()
        rows = min(self._steps.rowCount(), ROWS)
        self.list.setFixedHeight(rows * self._delegate.high + 4)
        self.setFixedWidth(round(WIDTH * self._delegate.scale))
        self.adjustSize()
        corner = under.mapToGlobal(QPoint(0, under.height() + 4))
        screen = under.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        self.move(corner)
        self.show()

    def showEvent(self, event: QShowEvent, /) -> None:
        """The keyboard is on the step where the map is."""
        super().showEvent(event)
        self.list.setFocus()
        self._mark()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter travels, Esc closes."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._go(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _go(self, index: QModelIndex) -> None:
        steps = index.row() - self._steps.here
        if not index.isValid() or not steps:
            return
        self.travelled.emit(steps)
        words = self._steps.spoken(self._steps.here)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))

    def _follow(self) -> None:
        if self.isVisible():
            self._steps.follow()
            self._mark()

    def _mark(self) -> None:
        here = self._steps.index(self._steps.here)
        self.list.setCurrentIndex(here)
        self.list.scrollTo(here, QListView.ScrollHint.EnsureVisible)
