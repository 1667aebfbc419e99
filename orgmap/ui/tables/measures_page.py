"""Every number that the analysis has, for people, modules, links and the map: sorted, found, copied."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from orgmap.analysis.findings import Report
from orgmap.analysis.measure_catalogue import Scope
from orgmap.drawing.style import Theme
from orgmap.i18n import Said, say, text
from orgmap.model.document import Change
from orgmap.ui.analyst import Analyst
from orgmap.ui.measured import Things, has_numbers, standing_of
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from orgmap.ui.tables.column_choice import ColumnChoice
from orgmap.ui.tables.measure_foot import MeasureFoot
from orgmap.ui.tables.measure_model import MeasureModel
from orgmap.ui.tables.measure_view import MeasureView
from orgmap.ui.tables.narrowing import narrowing
from orgmap.ui.tables.sheets import OfMap, OfThings, Sheet
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import Segments, follow_the_eye
from orgmap.ui.widgets.words import Words, WordsButton

TYPING = 120  # milliseconds of quiet before the table is narrowed down
LOWEST = 120  # px of the table, where large letters need the rest to be read
SCOPES = (Scope.PEOPLE, Scope.MODULES, Scope.LINKS, Scope.MAP)
_ROWS = text("table", "{n} row", "{n} rows")
_SHOWN = text("table", "{shown} of {total}")


class MeasuresPage(QWidget):
    """Follows the analysis of a session while it is in view. `selection_changed` rings for hands."""

    selection_changed = Signal(object)  # frozenset of ids
    gauged = Signal(object, str)  # Gauged and the key of a measure, to be seen on the map
    left = Signal()  # Esc, and nothing was left here to end

    def __init__(
        self,
        session: Session,
        analyst: Analyst,
        settings: Settings,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._analyst, self._settings, self._theme = session, analyst, settings, theme
        self._report: Report | None = analyst.report if has_numbers(analyst.report) else None
        self._ids: frozenset[str] = frozenset()
        self._stale = True
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = Segments([scope.value for scope in SCOPES])
        self.search = QLineEdit()
        self.search.installEventFilter(self)
        self._line = Words(role="quiet")
        self._problem: Said | None = None
        self._copy, self._columns = WordsButton(), WordsButton()
        for button in (self._copy, self._columns):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.foot = MeasureFoot()
        self._tables = QStackedWidget()
        self._made: dict[Scope, tuple[MeasureView, ColumnChoice]] = {}
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.scope.set_value(Scope.PEOPLE.value)
        self._choose()
        self.say()

    def _lay_out(self) -> None:
        choices = QWidget()
        top = FlowLayout(choices, gap=12)
        self.search.setMinimumWidth(260)
        for part in (self.scope, self.search, self._columns, self._copy):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(choices)
        column.addWidget(self._line)
        self._tables.setMinimumHeight(LOWEST)
        column.addWidget(self._tables, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.scope.chosen.connect(self._choose)
        self.search.textEdited.connect(self._typing.start)
        self._typing.timeout.connect(self._narrow)
        self._soon.timeout.connect(self._show)
        self._columns.clicked.connect(self._offer_columns)
        self._copy.clicked.connect(self._copy_all)
        self.foot.gauged.connect(self.gauged)
        self._session.changed.connect(self._map_changed)
        self._session.opened.connect(self._map_opened)
        self._session.names_changed.connect(self._later)
        self._analyst.report_ready.connect(self._reported)
        self._analyst.busy_changed.connect(self._say_state)
        self._analyst.health_changed.connect(self._say_state)

    # -- for others ---------------------------------------------------------------------------

    @property
    def view(self) -> MeasureView:
        """The table in view."""
        return self._made[self._scope][0]

    @property
    def choice(self) -> ColumnChoice:
        """The columns of the table in view."""
        return self._made[self._scope][1]

    @property
    def about(self) -> str:
        """What stands below the table."""
        return f"{self.foot.name.text()}\n{self.foot.about.text()}"

    def show_scope(self, scope: Scope) -> None:
        """People, modules, links or the map."""
        self.scope.set_value(scope.value)
        self._choose()

    def set_selection(self, ids: Collection[str]) -> None:
        """Select the rows of these ids."""
        self._ids = frozenset(ids)
        if self._scope is not Scope.MAP and not self._stale:
            self.view.set_selection(self._ids)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for view, _ in self._made.values():
            view.set_theme(theme)

    def say(self) -> None:
        """Every word again, in the language in use."""
        name = say("table", "Measures of")
        self.scope.say(
            name,
            (
                (Scope.PEOPLE.value, say("scope", "People")),
                (Scope.MODULES.value, say("scope", "Modules")),
                (Scope.LINKS.value, say("scope", "Links")),
                (Scope.MAP.value, say("scope", "The map")),
            ),
        )
        find = say("table", "Find, or: betweenness > 0.2")
        self.search.setPlaceholderText(find)
        self.search.setAccessibleName(say("table", "Find rows by words or numbers"))
        tip = say("table", "Words are found in names and modules. Numbers are compared, as in: tells >= 5")
        self.search.setToolTip(tip)
        self._columns.set_words(say("table", "Columns"))
        self._columns.setToolTip(say("table", "Choose which columns are shown"))
        self._copy.set_words(say("table", "Copy the table"))
        self._copy.setToolTip(say("table", "Copy all rows in view for a spreadsheet, numbers in full"))
        titles = {
            Scope.PEOPLE: say("table", "Measures of people"),
            Scope.MODULES: say("table", "Measures of modules"),
            Scope.LINKS: say("table", "Measures of links"),
            Scope.MAP: say("table", "Measures of the map"),
        }
        for scope, (view, _) in self._made.items():
            view.setAccessibleName(titles[scope])
            view.rows.say()
        self._later()

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._show()

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

    def eventFilter(self, watched: object, event: QEvent, /) -> bool:
        """In the field, Down and Enter go to the rows, Esc empties it."""
        if watched is not self.search or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._narrow()
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
                self._narrow()
            else:
                self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    # -- which table --------------------------------------------------------------------------

    @property
    def _scope(self) -> Scope:
        return Scope(self.scope.value)

    def _choose(self, *_: object) -> None:
        """The table of the scope chosen; built now if it is not there yet."""
        scope = self._scope
        if scope not in self._made:
            self._make(scope)
        view = self.view
        self._tables.setCurrentWidget(view)
        self.setFocusProxy(view)
        parts = [*self.scope.buttons, self.search, self._columns, self._copy]
        follow_the_eye([*parts, view, *self.foot.ways.values()])
        self._show()
        self._say_about(view.currentIndex())

    def _make(self, scope: Scope) -> None:
        model = MeasureModel(scope, self)
        view = MeasureView(model, self._theme)
        choice = ColumnChoice(view, model.columns, self._settings, f"measures/{scope.value}", self)
        choice.restore()
        self._made[scope] = view, choice
        self._tables.addWidget(view)
        view.selection_changed.connect(self._selected)
        view.cell_entered.connect(self._say_about)
        view.left.connect(self.left)
        view.horizontalHeader().setStretchLastSection(scope is Scope.MAP)
        view.menu_asked.connect(self._open_menu)
        head = view.horizontalHeader()
        head.sectionClicked.connect(self._head_clicked)
        choice.menu_begun.connect(self._fill_menu)

    # -- numbers ------------------------------------------------------------------------------

    def _reported(self, report: Report) -> None:
        """New numbers; findings without numbers leave the old ones standing."""
        if has_numbers(report):
            if self._report is not None and report.people is self._report.people:
                return  # only the findings are new
            self._report = report
            self._later()
        self._say_state()

    def _map_changed(self, _change: Change) -> None:
        self._later()

    def _map_opened(self) -> None:
        self._report = None
        self.search.clear()
        self._later()

    def _later(self, *_: object) -> None:
        """What is shown may be otherwise; looked up once the event is over, and only in view."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _show(self) -> None:
        self._stale = False
        view = self.view
        view.rows.show(self._sheet())
        if not view.currentIndex().isValid() and view.rows.ids:  # the keys begin at a number
            first = view.rows.index(0, 1 if self._scope is Scope.MAP else 2)
            view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self._scope is not Scope.MAP:
            view.set_selection(self._ids)
        self._narrow()
        self._say_state()

    def _sheet(self) -> Sheet | None:
        if self._report is None:
            return None
        if self._scope is Scope.MAP:
            return OfMap(self._report)
        return OfThings(Things(self._session.shown, self._report, self._scope))

    def _narrow(self) -> None:
        self._typing.stop()
        view = self.view
        numbers = {c.id: str(c.label()) for c in view.rows.columns if c.numbers}
        at = view.currentIndex().column() if view.currentIndex().isValid() else view.rows.sorted_by[0]
        current = view.rows.columns[at].id if at >= 0 else ""
        found = narrowing(self.search.text(), numbers, current if current in numbers else "")
        view.rows.narrow(found)
        self._problem = found.problem
        self._say_state()

    # -- words --------------------------------------------------------------------------------

    @property
    def standing(self) -> str:
        """How old the numbers are; empty if they are those of the map as it is."""
        return standing_of(self._analyst, self._report)

    def _say_state(self, *_: object) -> None:
        """How many rows there are, or what could not be read, and how old the numbers are."""
        shown, total = len(self.view.rows.ids), self.view.rows.total
        counted = _ROWS(n=total) if shown == total else _SHOWN(shown=shown, total=total)
        there = self._report is not None
        told = (str(self._problem or (counted if total else self._none() if there else "")), self.standing)
        self._line.setText("  \N{MIDDLE DOT}  ".join(filter(None, told)))
        set_role(self._line, "quiet" if self._problem is None else "problem")

    def _none(self) -> str:
        """Why there is no row."""
        match self._scope:
            case Scope.PEOPLE:
                return say("table", "Nobody is on the map yet.")
            case Scope.MODULES:
                return say("table", "The map has no modules yet.")
            case _:
                return say("table", "Nobody talks to anybody on the map yet.")

    def _say_about(self, index: QModelIndex) -> None:
        """What there is to know of the column, or of the measure, that the keyboard is on."""
        sheet, column = self.view.rows.sheet, max(index.column(), 0)
        if sheet is not None and index.isValid() and index.row() < len(self.view.rows.ids):
            name, about = sheet.about(self.view.rows.place(index.row()), column)
        else:
            name, about = "", ""
        self.foot.show_measure(name, about, self._scope, self._shown_by_map(column))

    def _shown_by_map(self, column: int) -> str:
        """The key of the measure in a column, if any row has a number there; else empty."""
        view = self.view
        values = view.rows.sheet.numbers(column) if view.rows.sheet is not None else None
        there = values is not None and bool(np.isfinite(values).any())
        return view.rows.columns[column].id if there and self._scope is not Scope.MAP else ""

    # -- hands --------------------------------------------------------------------------------

    def _selected(self, ids: frozenset[str]) -> None:
        if self._scope is not Scope.MAP:
            self._ids = ids
            self.selection_changed.emit(ids)

    def _head_clicked(self, column: int) -> None:
        """A click on a head sorts, and says what the column means."""
        view = self.view
        if view.rows.ids and self._scope is not Scope.MAP:
            self._say_about(view.rows.index(0, column))

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(say("menu", "Copy") + "\tCtrl+C")
        copy.triggered.connect(self.view.copy)
        everything = menu.addAction(say("table", "Copy the table"))
        everything.triggered.connect(self._copy_all)
        self._fill_menu(menu, self.view.currentIndex().column())
        menu.popup(where)

    def _fill_menu(self, menu: QMenu, column: int) -> None:
        """The ways to see a column on the map, first."""
        if column >= 0:
            self.foot.fill(menu, self._scope, self._shown_by_map(column))

    def _offer_columns(self) -> None:
        self.choice.offer_below(self._columns)

    def _copy_all(self) -> None:
        self.view.copy_all()
