"""The window: menus, notices, the start page, and behind it the room of the map.

The room is built late (see `orgmap.ui.map_room`), so that the window stands at once.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from orgmap.assets import asset
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.ui.actions import ENTRIES, Actions
from orgmap.ui.carrier import Letter
from orgmap.ui.dialogs.start import StartPage
from orgmap.ui.notices import NoticeBar, one_line
from orgmap.ui.placing import place_window, remember_place
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings, ThemeChoice
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.window_menus import Menus

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from orgmap.ui.analyst import Analyst
    from orgmap.ui.canvas.view import CanvasView
    from orgmap.ui.keeping import Keeper
    from orgmap.ui.map_room import MapRoom
    from orgmap.ui.side import SidePanel

SMALLEST = QSize(640, 420)
THEMES = {f"theme_{choice}": choice for choice in ThemeChoice}


class MainWindow(QMainWindow):
    """One window, one session. `begin` starts what may wait until the window stands.

    `main` runs in the worker process, by default `analysis.worker.main`.
    """

    closed = Signal(object)  # this window: it is closed, and nothing of it works on any more
    elsewhere_wanted = Signal(object)  # Path: the window that has this map open
    another_asked = Signal()  # one more window, beside this one
    quit_asked = Signal()  # of all windows; this one closes by itself

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        main: Callable[[Connection], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST)
        self.setWindowIcon(QIcon(str(asset("icons", "orgmap.png"))))
        self.settings = settings
        self.theme = theme
        self.session = Session(self)
        self.recent = Recent(settings, self)
        self.actions_table = Actions(self)
        self.notices = NoticeBar(theme)
        self.start = StartPage(theme, self.recent)
        self._main = main
        self._room: MapRoom | None = None
        self._leaving = False
        self._pages = QStackedWidget()
        self._front = QWidget()
        front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.setSpacing(0)
        front.addWidget(self.start, 1)
        self._pages.addWidget(self._front)
        whole = QWidget()
        set_role(whole, "panel")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)
        self.menus = Menus(self.menuBar(), self.actions_table, self.recent, self.open_path, self)
        self._connect()
        self.actions_table.set_theme(theme)
        self._follow_settings("")
        place_window(self, settings)
        self.show_start()

    def _connect(self) -> None:
        self.session.opened.connect(self.show_map)
        self.session.state_changed.connect(self._show_state)
        self.settings.changed.connect(self._follow_settings)
        start = self.start
        for signal, command in (
            (start.draw_chosen, "new"),
            (start.import_chosen, "import"),
            (start.open_asked, "open"),
        ):
            signal.connect(partial(self._do, command))
        start.open_chosen.connect(self.open_path)
        self.notices.left.connect(self._back_to_work)
        start.several_dropped.connect(self.take_in)
        start.sample_chosen.connect(self.open_copy)
        start.template_chosen.connect(self.open_copy)
        own: dict[str, Callable[..., object]] = {
            "close": self.close_map,
            "quit": self._quit,
            "new_window": self._ask_another,
        }
        own |= {name: partial(self._choose_theme, choice) for name, choice in THEMES.items()}
        late: dict[str, Callable[..., object]] = {e.id: partial(self._do, e.id) for e in ENTRIES}
        self.actions_table.connect_all(late | own)

    # -- the parts ----------------------------------------------------------------------------

    @property
    def room(self) -> MapRoom:
        """Everything round the map; built now if it is not there yet."""
        if self._room is None:
            from orgmap.analysis import worker
            from orgmap.ui.map_room import MapRoom

            self._room = MapRoom(
                self.session,
                self.settings,
                self.recent,
                self.notices,
                self.actions_table,
                self.theme,
                self._main if self._main is not None else worker.main,
                self,
            )
            self._room.keeper.elsewhere_wanted.connect(self.elsewhere_wanted)
            self._room.commanding.clipboard.files_pasted.connect(self.take_in)
            self._pages.addWidget(self._room.page)
            front = self._front.layout()
            if front is not None:
                front.addWidget(self._room.under_way)
            self._show_state()
        return self._room

    @property
    def canvas(self) -> CanvasView:
        """The map on the screen."""
        return self.room.canvas

    @property
    def side(self) -> SidePanel:
        """Inspector and findings."""
        return self.room.side

    @property
    def keeper(self) -> Keeper:
        """The map's file."""
        return self.room.keeper

    @property
    def analyst(self) -> Analyst:
        """The analysis beside the window."""
        return self.room.analyst

    def begin(self) -> None:
        """The window stands: what is heavy may start. Loading is done in a thread, building is quick.

        The thread is no daemon: one that still loads while the interpreter goes down takes it along.
        """
        threading.Thread(target=_warm, args=(Letter(self._on_warmed),), name="loading").start()

    def _on_warmed(self) -> None:
        if not self._leaving:
            self.room.analyst.start()

    # -- what is in view ----------------------------------------------------------------------

    def open_path(self, path: Path, *, hidden: bool = False) -> None:
        """Open a map, its names hidden or not, or import a foreign file."""
        self.keeper.open_path(path, hidden=hidden)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Open one file, or a map among several; else import those that belong together."""
        from orgmap.files.native import SUFFIX  # not while the window starts

        maps = [path for path in paths if path.suffix.casefold() == SUFFIX]
        if maps or len(paths) == 1:
            self.open_path((maps or paths)[0])
        else:
            self.room.importer.begin_all(paths)

    def open_copy(self, path: Path) -> None:
        """Open a sample or a template as a new map."""
        self.keeper.open_copy(path)

    def show_start(self) -> None:
        """The start page."""
        self._pages.setCurrentWidget(self._front)
        self.start.setFocus()
        self._show_state()

    def show_map(self) -> None:
        """The map, with the keyboard on it; on an empty one, where one types who talks with whom."""
        self._pages.setCurrentWidget(self.room.page)
        self.canvas.setFocus()
        document = self.session.document
        if not (document.nodes or document.modules):
            self._do("entry")
        self._show_state()

    def _back_to_work(self) -> None:
        """The keyboard has lost its place: it goes to what is in view."""
        (self.start if self.on_start_page else self.room.pages).setFocus()

    @property
    def on_start_page(self) -> bool:
        """Is the start page in view?"""
        return self._pages.currentWidget() is self._front

    @property
    def free(self) -> bool:
        """Is nothing open here, and nothing being opened?"""
        return self.on_start_page and (self._room is None or not self._room.keeper.opening.reading)

    def set_theme(self, theme: Theme) -> None:
        """Dress every part in another theme; the style sheet is the application's."""
        self.theme = theme
        self.actions_table.set_theme(theme)
        self.start.set_theme(theme)
        self.notices.set_theme(theme)
        if self._room is not None:
            self._room.set_theme(theme)

    def relabel(self) -> None:
        """Say everything in the language now in use; widgets hear of it by LanguageChange."""
        self.actions_table.relabel()
        self.menus.say()
        if self._room is not None:
            self._room.canvas.relabel()
        self._show_state()

    def _show_state(self) -> None:
        """Title, what undo says, and which actions make sense."""
        history = self.session.history
        if self.on_start_page or self._room is None:
            self.setWindowModified(False)
            self.setWindowTitle("orgmap")
            self.actions_table.say_steps(None, None)
            self.actions_table.enable(())
        else:
            name = one_line(self._room.show_state())
            if self.session.path is None and self.session.document.info.title.strip():
                name = say("state", "{name} (not saved)", name=name)  # beside the window of its original
            name = name.replace("[*]", "[*][*]")
            self.setWindowTitle(f"{name}[*] \N{EN DASH} orgmap")
            said = self.session.said
            undo, redo = history.undo_label, history.redo_label
            self.actions_table.say_steps(undo and said(undo), redo and said(redo))
            self.actions_table.enable(self._room.present())
            self.setWindowModified(self.session.modified)

    def _do(self, command: str, *_: object) -> None:
        self.room.commands[command]()

    def _ask_another(self) -> None:
        self.another_asked.emit()

    def _quit(self) -> None:
        """Every window closes, each after asking about what it has not saved."""
        self.quit_asked.emit()
        self.close()

    def _choose_theme(self, choice: ThemeChoice, *_: object) -> None:
        self.settings.theme = choice

    def _follow_settings(self, _key: str) -> None:
        self.actions_table.set_single_keys(self.settings.single_keys)
        self.actions_table[f"theme_{self.settings.theme}"].setChecked(True)

    # -- leaving ------------------------------------------------------------------------------

    def close_map(self) -> None:
        """Back to the start page, after asking."""
        self.room.commit()
        self.keeper.leave(self._close_map)

    def _close_map(self) -> None:
        self.session.open(Document())
        self.notices.clear()
        self.show_start()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Ask about what is not saved; then end the worker and remember where the window stood."""
        if self._room is not None and not self._leaving:
            self._room.canvas.hands.cancel()  # a drag; what is typed counts
            self._room.commit()
            if self._room.keeper.saving:
                event.ignore()  # the file comes first; what happens then is decided then
                self._room.keeper.after_saving(self.close)
                return
            if self._room.exporter.busy:
                event.ignore()
                self._room.exporter.leave(self.close)
                return
            if self.session.modified:
                event.ignore()
                self._room.keeper.leave(self._leave)
                return
        self._leaving = True
        if self._room is not None:
            self._room.keeper.journal.let_go()  # saved, or not wanted
        remember_place(self, self.settings)
        self.stop()
        super().closeEvent(event)
        self.closed.emit(self)

    @property
    def left(self) -> bool:
        """Was it closed? What its map held was saved or let go on purpose."""
        return self._leaving

    def stop(self) -> None:
        """End what works beside the window; a save under way is finished first."""
        self._leaving = True
        if self._room is not None:
            self._room.viewing.remember()
            self._room.stop()

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """A file may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Open or import the files dropped; a picture goes behind the map."""
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, partial(self._drop, paths))

    def _drop(self, paths: Sequence[Path]) -> None:
        if self._room is None or self.on_start_page or not self._room.handling.backdrops.takes(paths[0]):
            self.take_in(paths)
        else:
            self._room.handling.backdrops.put(paths[0])


def _warm(warmed: Letter) -> None:
    """In a thread: load what the room of a map needs, then say so."""
    importlib.import_module("orgmap.ui.map_room")
    warmed()
    importlib.import_module("orgmap.analysis.layouts")  # for those who are typed or pasted
