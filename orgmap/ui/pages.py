"""The forms of the same map in the middle of the window: drawing, people, links, matrix, measures, charts.

The drawing is always there; the others are built when first wanted. What is selected is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from orgmap.analysis.findings import Finding
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.actions import Actions
from orgmap.ui.analyst import Analyst
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.charts.page import ChartsPage
from orgmap.ui.gauging import Gauged
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from orgmap.ui.shortcuts import shown
from orgmap.ui.tables.links import Links
from orgmap.ui.tables.matrix_page import MatrixPage
from orgmap.ui.tables.measures_page import MeasuresPage
from orgmap.ui.tables.page import TablePage
from orgmap.ui.tables.people import People
from orgmap.ui.widgets.framing import framed
from orgmap.ui.widgets.segments import Segments

PAGES = ("map", "people", "links", "matrix", "measures", "charts")
DRAWN = (
    "entry",
    "rename",
    "module",
    "link",
    "note",
    "person",
    "move_start",
    "move_end",
    "fit",
    "fit_selection",
)

Command = Callable[..., object]
Page = TablePage | MatrixPage | MeasuresPage | ChartsPage


class MapPages(QStackedWidget):
    """One page is in view. `switch` shows which, and lets the hand choose another."""

    page_changed = Signal(str)
    selection_chosen = Signal(object)  # frozenset of ids, by a hand on a page that is not the drawing
    deletion_asked = Signal()  # of what is selected
    headed_pasted = Signal()  # the clipboard holds rows below their own headings
    noticed = Signal(object)  # Notice
    failed = Signal(object)  # Exception: a picture of a chart could not be written
    left = Signal()  # Esc, and nothing was left to end

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        canvas: CanvasView,
        analyst: Analyst,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings, self._actions, self._theme = session, settings, actions, theme
        self._canvas, self._analyst = canvas, analyst
        self._pages: dict[str, Page] = {}
        self._frames: dict[str, QScrollArea] = {}  # round each page
        self._ids: frozenset[str] = frozenset()
        self.addWidget(canvas)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(canvas)
        self.switch = Segments(PAGES)
        self.switch.chosen.connect(self.show_page)
        self._group = QActionGroup(self)
        for name in PAGES:
            self._group.addAction(actions[f"view_{name}"])
        self.say()
        self._mark("map")
        session.opened.connect(self._opened)

    @property
    def commands(self) -> dict[str, Command]:
        """A slot for each action of the table that chooses a page."""
        return {f"view_{name}": partial(self.show_page, name) for name in PAGES}

    @property
    def page(self) -> str:
        """The name of the page in view."""
        at = self.currentWidget()
        return next((name for name, frame in self._frames.items() if frame is at), "map")

    def table(self, name: str) -> Page:
        """The page of this name, which is not the drawing; built now if it is not there yet."""
        if name not in self._pages:
            made: Page
            if name == "matrix":
                made = MatrixPage(self._session, self._theme)
            elif name == "measures":
                made = MeasuresPage(self._session, self._analyst, self._settings, self._theme)
                made.gauged.connect(self._show_gauged)
            elif name == "charts":
                made = ChartsPage(self._session, self._analyst, self._theme)
                made.noticed.connect(self.noticed)
                made.failed.connect(self.failed)
            else:
                listed = People() if name == "people" else Links()
                made = TablePage(self._session, listed, self._settings, self._theme)
                made.deletion_asked.connect(self.deletion_asked)
                made.headed_pasted.connect(self.headed_pasted)
            made.selection_changed.connect(self.selection_chosen)
            made.left.connect(self.left)
            self._pages[name], self._frames[name] = made, framed(made)
            self.addWidget(self._frames[name])
        return self._pages[name]

    def show_page(self, name: str, *_: object) -> None:
        """Show this form of the map, with the keyboard on it."""
        if name == self.page:
            self._mark(name)
            return
        page = self._canvas if name == "map" else self.table(name)
        self.setFocusProxy(page)
        self.setCurrentWidget(self._frames.get(name, page))
        if not isinstance(page, CanvasView):
            page.set_selection(self._ids)
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._mark(name)
        self.page_changed.emit(name)

    def set_selection(self, ids: Collection[str]) -> None:
        """What is selected on the map."""
        self._ids = frozenset(ids)
        page = self._pages.get(self.page)
        if page is not None:
            page.set_selection(self._ids)

    def show_evidence(self, finding: Finding | None) -> None:
        """Where the drawing is not in view, the evidence of a finding is selected."""
        page = self._pages.get(self.page)
        if page is not None and finding is not None:
            page.set_selection({*finding.people, *finding.modules, *finding.links})

    def on_the_map(self, commands: dict[str, Command]) -> dict[str, Command]:
        """The commands with those that work on the drawing brought there first."""
        found = {key: partial(self._drawn, key, commands[key]) for key in DRAWN if key in commands}
        return {**commands, **found}

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for page in self._pages.values():
            page.set_theme(theme)

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def say(self) -> None:
        """Every word of the switch again."""
        words = (
            ("map", say("page", "Map")),
            ("people", say("page", "People")),
            ("links", say("page", "Links")),
            ("matrix", say("page", "Matrix")),
            ("measures", say("page", "Measures")),
            ("charts", say("page", "Charts")),
        )
        tips = (
            say("page", "The map as a drawing"),
            say("page", "Everybody as a table"),
            say("page", "Every link as a table"),
            say("page", "Who tells whom, row by column"),
            say("page", "Every number for people, modules, links and the map"),
            say("page", "The numbers as pictures"),
        )
        keys = [shown(self._actions[f"view_{name}"].shortcuts()[:1]) for name in PAGES]
        told = [
            say("bar", "{name} ({key})", name=tip, key=key) if key else tip
            for tip, key in zip(tips, keys, strict=True)
        ]
        self.switch.say(say("page", "Form of the map"), words, told)

    def _show_gauged(self, what: Gauged, key: str) -> None:
        """The drawing, coloured or sized by a measure of the table."""
        self._canvas.shown.measure(what, key)
        self.show_page("map")

    def _opened(self) -> None:
        """Another map is shown as a drawing first."""
        self.show_page("map")

    def _mark(self, name: str) -> None:
        self.switch.set_value(name)
        self._actions[f"view_{name}"].setChecked(True)

    def _drawn(self, key: str, command: Command, *_: object) -> None:
        page = self._pages.get(self.page)
        if (key, self.page) in (("person", "people"), ("link", "links")) and isinstance(page, TablePage):
            page.grid.add_row()
            return
        self.show_page("map")
        command()
