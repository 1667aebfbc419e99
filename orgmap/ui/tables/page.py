"""A table with what stands round it: what it is narrowed down to, its columns, what went wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, Text, say, text
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from orgmap.ui.tables.column_choice import ColumnChoice
from orgmap.ui.tables.grid import Grid
from orgmap.ui.tables.listed import Listed
from orgmap.ui.tables.model import TableModel
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import follow_the_eye
from orgmap.ui.widgets.words import Words, WordsButton

TYPING = 120  # milliseconds of quiet before the table is narrowed down
SLICE = 0.03  # seconds that rows are read before others have their turn

_FIND = {"people": text("table", "Find people"), "links": text("table", "Find links")}
_ADD = {"people": text("table", "Add a person"), "links": text("table", "Add a link")}
_DELETE: dict[str, Text] = {
    "people": text("table", "Delete {n} person with their links", "Delete {n} people with their links"),
    "links": text("table", "Delete {n} link", "Delete {n} links"),
}
_COUNT = {
    "people": text("table", "{n} row", "{n} rows"),
    "links": text("table", "{n} row", "{n} rows"),
}
_HINT = text(
    "table",
    "Type to change a cell. Enter goes down, Ctrl+Enter fills all selected cells of the column. "
    "The last row adds.",
)
_SKIPPED = text(
    "table",
    "{n} cell was left as it was: {problem}.",
    "{n} cells were left as they were. The first: {problem}.",
)


class TablePage(QWidget):
    """The people or the links of a session as rows. `selection_changed` rings for hands, not for maps."""

    selection_changed = Signal(object)  # frozenset of ids
    deletion_asked = Signal()  # of what is selected
    headed_pasted = Signal()  # the clipboard holds rows below their own headings
    left = Signal()  # Esc, and nothing was left here to end

    def __init__(
        self,
        session: Session,
        listed: Listed,
        settings: Settings,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._id = theme, listed.id
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = TableModel(session, listed, theme, self)
        self.grid = Grid(self.model)
        self.choice = ColumnChoice(self.grid, self.model.columns, settings, f"tables/{listed.id}", self)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(False)
        self.search.installEventFilter(self)
        self._count = Words(role="quiet")
        self._columns = WordsButton()
        self._columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._add = WordsButton()
        self.note = Words(role="quiet")
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.choice.restore()
        self.say()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(360)
        top.addWidget(self.search, 3)
        top.addWidget(self._count, 2)
        top.addStretch(1)
        top.addWidget(self._add)
        top.addWidget(self._columns)
        for part in (self._count, self._add, self._columns):  # on one line: a page too wide can be moved
            policy = part.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Minimum)
            part.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.grid, 1)
        column.addWidget(self.note)
        self._count.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.grid)
        follow_the_eye([self.search, self._add, self._columns, self.grid])

    def _connect(self) -> None:
        self.search.textEdited.connect(self._typing.start)
        self._typing.timeout.connect(self._narrow)
        self._reading.timeout.connect(self._narrow)
        self._add.clicked.connect(self.grid.add_row)
        self._columns.clicked.connect(self._offer_columns)
        self.grid.selection_changed.connect(self._selected)
        self.grid.deletion_asked.connect(self.deletion_asked)
        self.grid.pasted.connect(self._pasted)
        self.grid.headed_pasted.connect(self.headed_pasted)
        self.grid.menu_asked.connect(self._open_menu)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.layoutChanged):
            signal.connect(self._say_count)
        self.model.modelReset.connect(self._say_count)

    # -- for others ---------------------------------------------------------------------------

    def set_selection(self, ids: Collection[str]) -> None:
        """Select the rows of these ids."""
        self.grid.set_selection(ids)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.model.say(theme)

    def say(self) -> None:
        """Every word again, in the language in use."""
        find = str(_FIND[self._id]())
        self.search.setPlaceholderText(find)
        self.search.setAccessibleName(find)
        self.grid.setAccessibleName(str(self.model.listed.title()))
        self._columns.set_words(say("table", "Columns"))
        self._columns.setToolTip(say("table", "Choose which columns are shown"))
        self._add.set_words(str(_ADD[self._id]()))
        self.note.setText(str(_HINT()))
        self.model.say()
        self._say_count()

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+F goes to the field that narrows down; Esc leaves."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_F:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- narrowing down -----------------------------------------------------------------------

    def eventFilter(self, watched: object, event: QEvent, /) -> bool:
        """In the field, Down and Enter go to the rows, Esc empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._narrow()
                self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
                if not self.grid.currentIndex().isValid():
                    self.grid.setCurrentIndex(self.model.index(0, 0))
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                    self._narrow()
                else:
                    self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _narrow(self) -> None:
        """At once; on a large map as soon as all rows have been read, a few at a time."""
        self._typing.stop()
        typed = self.search.text()
        if typed.strip() and not self.model.read(SLICE):
            self._reading.start()
        else:
            self.model.narrow(typed)

    def _say_count(self) -> None:
        shown, total = len(self.model.ids), self.model.total
        if shown == total:
            self._count.setText(str(_COUNT[self._id](n=total)))
        else:
            self._count.setText(say("table", "{shown} of {total}", shown=shown, total=total))

    def _selected(self, ids: frozenset[str]) -> None:
        self.note.setText(str(_HINT()))
        set_role(self.note, "quiet")
        self.selection_changed.emit(ids)

    def _pasted(self, problems: Sequence[Said]) -> None:
        if problems:
            self.note.setText(str(_SKIPPED(n=len(problems), problem=problems[0])))
            set_role(self.note, "problem")

    # -- menus --------------------------------------------------------------------------------

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid, chosen = self.grid, self.grid.selected_ids
        self._entry(menu, say("menu", "Change the cell"), grid.edit_current, "F2")
        self._entry(menu, str(_ADD[self._id]()), grid.add_row)
        menu.addSeparator()
        self._entry(menu, say("menu", "Cut"), grid.cut, "Ctrl+X")
        self._entry(menu, say("menu", "Copy"), grid.copy, "Ctrl+C")
        self._entry(menu, say("menu", "Paste"), grid.paste, "Ctrl+V")
        self._entry(menu, say("menu", "Empty the cells"), grid.clear_cells, "Del")
        menu.addSeparator()
        gone = self._entry(menu, str(_DELETE[self._id](n=len(chosen))), grid.delete_rows, "Ctrl+Del")
        gone.setEnabled(bool(chosen))
        menu.popup(where)

    def _entry(self, menu: QMenu, words: str, command: object, keys: str = "") -> QAction:
        action = menu.addAction(f"{words}\t{keys}" if keys else words)
        action.triggered.connect(command)
        return action

    def _offer_columns(self) -> None:
        self.choice.offer_below(self._columns)
