"""The window: it puts the parts in their places and connects them. What they do, they do themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from orgmap.analysis import worker
from orgmap.analysis.findings import Advice, Finding, Report
from orgmap.assets import asset
from orgmap.drawing.style import Theme
from orgmap.files.reading import Note
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.query import counts
from orgmap.ui import analysing
from orgmap.ui.actions import Actions, Needs
from orgmap.ui.arranging import Arranger
from orgmap.ui.bars import StatusLine, ToolStrip, TopBar, hairline
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.dialogs.about import AboutDialog
from orgmap.ui.dialogs.notes import NotesDialog
from orgmap.ui.dialogs.preferences import PreferencesDialog
from orgmap.ui.dialogs.shortcut_sheet import ShortcutSheet
from orgmap.ui.dialogs.start import StartPage
from orgmap.ui.exporting import Exporter
from orgmap.ui.importing import Importer
from orgmap.ui.jobs import Analyst, Health
from orgmap.ui.keeping import Keeper, shown_title
from orgmap.ui.notices import Kind, Notice, NoticeBar, one_line
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings, ThemeChoice
from orgmap.ui.side import USUAL, SidePanel
from orgmap.ui.viewing import Viewing
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.window_menus import Menus

SMALLEST = QSize(640, 420)

_TITLE = text("edit", "Change the title")
_TRY = text("edit", "Try: {advice}")
_STALE = text("notice", "The map has changed since this was proposed. The list will follow in a moment.")


class MainWindow(QMainWindow):
    """One window, one session. `begin` starts what may wait until the window stands.

    `main` runs in the worker process.
    """

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        main: Callable[[Connection], None] = worker.main,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST)
        self.setWindowIcon(QIcon(str(asset("icons", "orgmap.svg"))))
        self.settings = settings
        self.theme = theme
        self.session = Session(self)
        self.recent = Recent(settings, self)
        self.actions_table = Actions(self)
        self.notices = NoticeBar(theme)
        self.keeper = Keeper(self.session, self.recent, self.notices, self)
        self.importer = Importer(self.session, self.notices, self, self.keeper.leave)
        self.exporter = Exporter(self.session, self.notices, self)
        self.analyst = Analyst(self.session, main, self)
        self.arranger = Arranger(self.session, self.analyst, self)
        self.start = StartPage(theme, self.recent)
        self.canvas = CanvasView(self.session, theme)
        self.side = SidePanel(self.session, theme)
        self.top = TopBar(self.actions_table)
        self.tools = ToolStrip(theme)
        self.status = StatusLine(theme)
        self.menus = Menus(self.menuBar(), self.actions_table, self.recent, self.keeper.open_path, self)
        self._lay_out()
        self.viewing = Viewing(
            self, settings, self.actions_table, self._splitter, self.canvas, self.side, self.tools, self.top
        )
        self._connect()
        self._leaving = False
        self.set_theme(theme)
        self._follow_settings("")
        self.viewing.restore()
        self.show_start()

    # -- building -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("splitter")
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.canvas)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([1000, USUAL])
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.tools)
        middle.addWidget(self._splitter, 1)
        map_page = QWidget()
        column = _column(map_page)
        column.addWidget(self.top)
        column.addWidget(hairline())
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        column.addWidget(self.status)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(map_page)
        whole = QWidget()
        set_role(whole, "panel")
        column = _column(whole)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session, canvas, side = self.session, self.canvas, self.side
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)
        session.state_changed.connect(self._show_state)
        canvas.selection_changed.connect(self._on_selected)
        canvas.lit_changed.connect(self._on_lit)
        canvas.link_opened.connect(self._on_link_opened)
        canvas.tool_changed.connect(self.tools.show_tool)
        canvas.escaped.connect(self.viewing.leave_full_screen)
        self.tools.tool_chosen.connect(self._take_tool)
        self.top.titled.connect(self._retitle)
        side.selection_asked.connect(canvas.set_selection)
        side.finding_chosen.connect(canvas.light)
        side.advice_chosen.connect(self._try)
        for source in (self.keeper, self.importer, self.exporter):
            source.working.connect(self.status.follow)
        for notes in (self.keeper.notes_wanted, self.importer.notes_wanted):
            notes.connect(self._show_notes)
        self.keeper.import_wanted.connect(self.importer.begin)
        self.importer.new_map_ready.connect(self.keeper.show_document)
        self.start.draw_chosen.connect(self.keeper.new)
        self.start.import_chosen.connect(self.importer.ask)
        self.start.open_asked.connect(self.keeper.ask_open)
        self.start.open_chosen.connect(self.keeper.open_path)
        self.start.sample_chosen.connect(self.keeper.open_copy)
        self.start.template_chosen.connect(self.keeper.open_copy)
        self.analyst.report_ready.connect(self._on_report)
        self.analyst.busy_changed.connect(self._on_busy)
        self.analyst.progressed.connect(self.status.show_share)
        self.analyst.health_changed.connect(self._on_health)
        self.analyst.failed.connect(self._on_failed)
        self.status.stopped.connect(self.analyst.cancel)
        self.settings.changed.connect(self._follow_settings)
        self.actions_table.connect_all(self._slots())

    def _slots(self) -> dict[str, Callable[..., object]]:
        own: dict[str, Callable[..., object]] = {
            "new": self.keeper.new,
            "open": self.keeper.ask_open,
            "import": self.importer.ask,
            "save": self.save,
            "save_as": self.save_as,
            "export_picture": self.exporter.ask_picture,
            "export_data": self.exporter.ask_data,
            "print": self.exporter.print_map,
            "close": self.close_map,
            "quit": self.close,
            "undo": self.session.undo,
            "redo": self.session.redo,
            "preferences": self._show_preferences,
            "tidy": partial(self._tidy, "modules"),
            "tidy_force": partial(self._tidy, "force"),
            "theme_system": partial(self._choose_theme, ThemeChoice.SYSTEM),
            "theme_light": partial(self._choose_theme, ThemeChoice.LIGHT),
            "theme_dark": partial(self._choose_theme, ThemeChoice.DARK),
            "tools": self.viewing.show_tools,
            "panel": self.viewing.show_side,
            "next_area": self.viewing.next_area,
            "reset_layout": self.viewing.reset,
            "full_screen": self.viewing.toggle_full_screen,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }
        return {**{name: _once(command) for name, command in self.canvas.commands.items()}, **own}

    # -- for app, tests and the self-test -----------------------------------------------------

    def begin(self) -> None:
        """The window stands: what is heavy may start."""
        self.analyst.start()

    def open_path(self, path: Path) -> None:
        """Open a map, or import a foreign file."""
        self.keeper.open_path(path)

    def show_start(self) -> None:
        """The start page."""
        self._pages.setCurrentWidget(self.start)
        self.start.setFocus()
        self._show_state()

    def show_map(self) -> None:
        """The map, with the keyboard on it."""
        self._pages.setCurrentIndex(1)
        self.canvas.setFocus()
        self._show_state()

    @property
    def on_start_page(self) -> bool:
        """Is the start page in view?"""
        return self._pages.currentWidget() is self.start

    def set_theme(self, theme: Theme) -> None:
        """Dress every part in another theme; the style sheet is the application's."""
        self.theme = theme
        self.actions_table.set_theme(theme)
        for part in (self.start, self.notices, self.canvas, self.side, self.tools, self.status):
            part.set_theme(theme)

    def relabel(self) -> None:
        """Say everything in the language now in use; widgets hear of it by LanguageChange."""
        self.actions_table.relabel()
        self.menus.say()
        self.canvas.relabel()
        self._show_state()

    # -- files --------------------------------------------------------------------------------

    def save(self) -> None:
        """Save what is there, what is being typed too."""
        self._commit()
        self.keeper.save()

    def save_as(self) -> None:
        """Save under another name."""
        self._commit()
        self.keeper.save_as()

    def close_map(self) -> None:
        """Back to the start page, after asking."""
        self._commit()
        self.keeper.leave(self._close_map)

    def _close_map(self) -> None:
        self.session.open(Document())
        self.show_start()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Ask about what is not saved; then end the worker and remember where the window stood."""
        self._commit()
        if self.session.modified and not self._leaving:
            event.ignore()
            self.keeper.leave(self._leave)
            return
        self.viewing.remember()
        self.stop()
        super().closeEvent(event)

    def stop(self) -> None:
        """End what works beside the window; a save under way is finished first."""
        self.importer.stop()
        self.exporter.stop()
        self.keeper.stop()
        self.analyst.close()

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _commit(self) -> None:
        """A name or field that is being typed counts."""
        self.canvas.naming.leave()
        field = self.focusWidget()
        if field is not None and field is not self.canvas and field.isVisible():
            field.clearFocus()
            field.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """A file may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Open or import the first file dropped."""
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            event.acceptProposedAction()
            QTimer.singleShot(0, partial(self.open_path, Path(path)))

    # -- the map ------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self.canvas.set_report(None)
        self.show_map()
        self._show_counts()

    def _on_changed(self, change: Change) -> None:
        if change.structural():
            self._show_counts()

    def _show_counts(self) -> None:
        self.status.show_counts(*counts(self.session.document))

    def _show_state(self) -> None:
        """Title, what undo says, and which actions make sense."""
        session = self.session
        self.top.show_state(
            session.document.info.title, modified=session.modified, has_file=session.path is not None
        )
        if self.on_start_page:
            self.setWindowTitle("orgmap")
            self.actions_table.say_steps(None, None)
        else:
            name = one_line(shown_title(session)).replace("[*]", "[*][*]")
            self.setWindowTitle(f"{name}[*] \N{EN DASH} orgmap")
            self.actions_table.say_steps(session.history.undo_label, session.history.redo_label)
        self.setWindowModified(session.modified)
        self.actions_table.enable(self._present())

    def _present(self) -> set[Needs]:
        if self.on_start_page:
            return set()
        document, selected = self.session.document, self.canvas.selection
        found = {Needs.MAP}
        for need, there in {
            Needs.PEOPLE: bool(document.nodes),
            Needs.NODES: any(key in document.nodes for key in selected),
            Needs.LINKS: any(key in document.links for key in selected),
            Needs.ONE: len(selected) == 1 and not any(key in document.links for key in selected),
            Needs.SELECTION: bool(selected),
        }.items():
            if there:
                found.add(need)
        return found

    def _retitle(self, title: str) -> None:
        info = replace(self.session.document.info, title=title)
        self.session.edit(_TITLE(), edits.set_info(self.session.document, info))
        self.canvas.setFocus()

    def _take_tool(self, name: str) -> None:
        self.canvas.set_tool(name)
        self.canvas.setFocus()

    def _on_selected(self, ids: frozenset[str]) -> None:
        self.side.inspector.set_selection(ids)
        self.actions_table.enable(self._present())

    def _on_link_opened(self, _link: object) -> None:
        self.viewing.show_side(True)
        self.side.setCurrentWidget(self.side.inspector)

    def _tidy(self, style: str, _checked: bool = False) -> None:
        chosen = [key for key in self.session.document.nodes if key in self.canvas.selection]
        self.arranger.tidy(style, chosen if len(chosen) > 1 else None)

    # -- what the map says --------------------------------------------------------------------

    def _on_report(self, report: Report) -> None:
        self.side.show_report(report)
        self.canvas.set_report(report)

    def _on_busy(self, busy: bool) -> None:
        self.side.findings.set_busy(busy)
        self.status.show_analysis(busy)

    def _on_health(self, health: Health) -> None:
        notice = analysing.notice_of_health(health, self.analyst.restart)
        if notice is not None:
            self.notices.tell(notice)

    def _on_failed(self, failed: worker.Failed) -> None:
        self.notices.tell(analysing.notice_of_failure(failed))

    def _on_lit(self, finding: Finding | None) -> None:
        """The canvas let go of the light, by Esc or its chip: the card closes too."""
        if finding is None and self.side.findings.chosen is not None:
            self.side.findings.choose(None)

    def _try(self, advice: Advice) -> None:
        """Do what a finding advises, as a step that undo takes back."""
        try:
            self.session.edit(_TRY(advice=advice.text), advice.change)
        except ValueError:
            self.notices.tell(Notice(_STALE(), Kind.INFO, key="advice"))
            return
        self.session.seal()
        made = [key for key in advice.change.touched() if self.canvas.stage.exists(key)]
        self.canvas.set_selection(made)

    # -- the window ---------------------------------------------------------------------------

    def _follow_settings(self, _key: str) -> None:
        settings = self.settings
        self.arranger.reduced = settings.reduced_motion
        self.canvas.set_single_keys(settings.single_keys)
        self.canvas.set_wheel_zooms(settings.wheel_zooms)
        self.actions_table.set_single_keys(settings.single_keys)
        self.actions_table[f"theme_{settings.theme}"].setChecked(True)

    def _choose_theme(self, choice: ThemeChoice, _checked: bool = False) -> None:
        self.settings.theme = choice

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        NotesDialog(notes, self).show()

    def _show_preferences(self) -> None:
        PreferencesDialog(self.settings, self).show()

    def _show_shortcuts(self) -> None:
        ShortcutSheet(self.actions_table, self).show()

    def _show_about(self) -> None:
        AboutDialog(self).show()


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _once(command: Callable[[], object]) -> Callable[..., object]:
    """A slot for a command that must not hear whether the action is checked."""

    def run(*_: object) -> None:
        command()

    return run
