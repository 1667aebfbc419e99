"""Everything round an open map, put in its place and connected. What the parts do, they do themselves.

It is built when the first map is wanted, or when the window stands and nobody is in a hurry: the
start page needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from orgmap.analysis import worker
from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.style import Theme
from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Change
from orgmap.model.query import counts
from orgmap.ui import analysing
from orgmap.ui.actions import Actions, Needs
from orgmap.ui.advising import Advising
from orgmap.ui.analyst import Analyst, Health
from orgmap.ui.arranging import Arranger
from orgmap.ui.bars import TOOLS, ToolStrip, TopBar, hairline
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.commanding import Commanding
from orgmap.ui.exporting import Exporter
from orgmap.ui.file_names import shown_title
from orgmap.ui.handling import Handling
from orgmap.ui.importing import Importer
from orgmap.ui.keeping import Keeper
from orgmap.ui.notices import Kind, Notice, NoticeBar
from orgmap.ui.outside import Outsiders
from orgmap.ui.pages import MapPages
from orgmap.ui.previous import Previous
from orgmap.ui.questioning import Questioning
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from orgmap.ui.sharing import Sharing
from orgmap.ui.shortcuts import shown
from orgmap.ui.side import SidePanel
from orgmap.ui.small_windows import SmallWindows
from orgmap.ui.status_line import StatusLine
from orgmap.ui.tidying import Tidying
from orgmap.ui.viewing import Viewing

_TOOL_ACTIONS = {"select": "select_tool"}
_TITLE = text("edit", "Change the title")


class MapRoom(QObject):
    """The parts of one window that have to do with its map; `page` shows them.

    `commands` has a slot for each action of the table that concerns the map, by its id.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        recent: Recent,
        notices: NoticeBar,
        actions: Actions,
        theme: Theme,
        main: Callable[[Connection], None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._notices = notices
        self._actions = actions
        self._window = window
        self._report: Report | None = None
        self.keeper = Keeper(session, recent, notices, window)
        self.outsiders = Outsiders(session, self.keeper, notices, self)
        self.previous = Previous(session, self.keeper, notices, window)
        self.importer = Importer(session, notices, window, self.keeper.leave, self.keeper.folder)
        self.exporter = Exporter(session, notices, window)
        self.analyst = Analyst(session, main, self)
        self.arranger = Arranger(session, self.analyst, self)
        self.canvas = CanvasView(session, theme)
        self.tidying = Tidying(session, self.canvas, self.arranger, self)
        self.side = SidePanel(session, theme)
        self.advising = Advising(session, self.canvas, notices, self)
        self.commanding = Commanding(
            session,
            settings,
            actions,
            self.canvas,
            self.importer,
            notices,
            self._fresh_report,
            theme,
            window,
        )
        self.windows = SmallWindows(session, settings, actions, theme, window)
        self.handling = Handling(session, settings, actions, self.canvas, notices, window)
        self.pages = MapPages(session, settings, actions, self.canvas, self.analyst, theme)
        self.top = TopBar(actions, theme)
        self.top.put_in_the_middle(self.pages.switch)
        self.tools = ToolStrip(theme)
        self.status = StatusLine(theme)
        self.under_way = StatusLine(theme, passing=True)  # on the start page, while a map is on its way
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self.page = self._laid_out()
        self.viewing = Viewing(
            window, settings, actions, self._splitter, self.pages, self.side, self.tools, self.top
        )
        self.viewing.floating = self.canvas.overlay
        self.questioning = Questioning(session, self.analyst, self.canvas, self.side, self.viewing, window)
        self.sharing = Sharing(self.canvas, self.exporter, settings, self._fresh_report, theme, window)
        self._connect()
        self.commands = self._commands()
        self.viewing.restore()
        self._follow_settings("")
        self._show_counts()

    def _laid_out(self) -> QWidget:
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.pages)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.tools)
        middle.addWidget(self._splitter, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(hairline())
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        column.addWidget(self.status)
        return page

    def _connect(self) -> None:
        session, canvas, side = self._session, self.canvas, self.side
        session.changed.connect(self._on_changed)
        session.going.connect(self.commit)
        session.opened.connect(self._on_opened)
        canvas.selection_changed.connect(self._on_selected)
        canvas.stage.locked_changed.connect(self._on_locked)
        canvas.lit_changed.connect(self._on_lit)
        canvas.link_opened.connect(self._on_link_opened)
        canvas.tool_changed.connect(self.tools.show_tool)
        canvas.escaped.connect(self.viewing.leave_full_screen)
        canvas.stage.refused.connect(self._refuse)
        canvas.overlay.legend_folded.connect(self.viewing.keep_legend)
        canvas.overlay.nothing.places_asked.connect(self.tidying.everybody)
        canvas.shown.changed.connect(self._on_showing)
        session.names_changed.connect(self._on_names)
        self.tools.tool_chosen.connect(self._take_tool)
        self.top.titled.connect(self._retitle)
        side.selection_asked.connect(canvas.set_selection)
        side.finding_chosen.connect(self.pages.show_evidence)
        side.inspector.channel_made.connect(self.windows.show_channels)
        self.pages.selection_chosen.connect(canvas.set_selection)
        self.pages.deletion_asked.connect(canvas.verbs.delete)
        self.pages.headed_pasted.connect(self.commanding.clipboard.paste)
        self.pages.left.connect(self.viewing.leave_full_screen)
        self.pages.noticed.connect(self._notices.tell)
        self.pages.failed.connect(self._notices.tell_error)
        side.finding_chosen.connect(canvas.light)
        side.advised.connect(self.advising.follow)
        side.cutoffs_asked.connect(self.windows.show_thresholds)
        for source in (
            self.keeper, self.importer, self.exporter,
            self.commanding.pasting, self.commanding.clipboard, self.handling.backdrops
        ):  # fmt: skip
            source.working.connect(self.status.follow)
            source.working.connect(self.under_way.follow)
        self.keeper.notes_wanted.connect(self.windows.show_notes)
        self.keeper.import_wanted.connect(self.importer.begin)
        self.importer.new_map_ready.connect(self.keeper.show_document)
        self.analyst.report_ready.connect(self._on_report)
        self.analyst.busy_changed.connect(self._on_busy)
        self.analyst.progressed.connect(self.status.show_share)
        self.analyst.health_changed.connect(self._on_health)
        self.analyst.failed.connect(self._on_failed)
        self.status.stopped.connect(self.analyst.cancel)
        self.commanding.finding_sought.connect(self._on_finding_sought)
        self._settings.changed.connect(self._follow_settings)

    def _commands(self) -> dict[str, Callable[..., object]]:
        return {
            **self.pages.on_the_map(dict(self.canvas.commands)),
            **self.pages.commands,
            **self.windows.commands,
            **self.commanding.commands,
            **self.handling.commands,
            "new": self.keeper.new,
            "open": self.keeper.ask_open,
            "import": self.importer.ask,
            "last_import": self.importer.show_last,
            "save": self.save,
            "save_as": self.save_as,
            "versions": self.previous.show,
            **self.sharing.commands,
            **self.questioning.commands,
            "undo": self._session.undo,
            "redo": self._session.redo,
            **self.tidying.commands,
            "tools": self.viewing.toggle_tools,
            "panel": self.viewing.toggle_side,
            "legend": self.viewing.toggle_legend,
            "next_area": self.viewing.next_area,
            "reset_layout": self.viewing.reset,
            "full_screen": self.viewing.toggle_full_screen,
        }

    # -- for the window -----------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Dress every part in another theme."""
        for part in (
            self.canvas, self.pages, self.side, self.top, self.tools, self.status, self.under_way,
            self.commanding, self.sharing, self.windows,
        ):  # fmt: skip
            part.set_theme(theme)

    def present(self) -> set[Needs]:
        """What is there for actions to work on."""
        document, selected = self._session.document, self.canvas.selection
        there = {
            Needs.MAP: True,
            Needs.PEOPLE: bool(document.nodes),
            Needs.NODES: any(key in document.nodes for key in selected),
            Needs.LINKS: any(key in document.links for key in selected),
            Needs.ONE: len(selected) == 1 and not any(key in document.links for key in selected),
            Needs.SELECTION: bool(selected),
            **self.handling.present(),
        }
        return {need for need, is_there in there.items() if is_there}

    def show_state(self) -> str:
        """Show title and state in the top bar; the name the map goes by."""
        session = self._session
        called = shown_title(session)
        self.top.show_state(
            session.shown.info.title,
            called,
            modified=session.modified,
            has_file=session.path is not None,
        )
        self.top.title.setEnabled(not session.names_hidden)
        return called

    def commit(self) -> None:
        """A name, note or field that is being typed counts."""
        self.canvas.naming.leave()
        self.canvas.notes.leave()
        field = self._window.focusWidget()
        if field is not None and field is not self.canvas and field.isVisible():
            field.clearFocus()
            field.setFocus()

    def save(self) -> None:
        """Save what is there, what is being typed too."""
        self.commit()
        self.keeper.save()

    def save_as(self) -> None:
        """Save under another name."""
        self.commit()
        self.keeper.save_as()

    def stop(self) -> None:
        """End what works beside the window; a save under way is finished first."""
        self.commanding.stop()
        self.handling.stop()
        self.importer.stop()
        self.sharing.stop()
        self.exporter.stop()
        self.outsiders.stop()
        self.previous.stop()
        self.keeper.stop()
        self.analyst.close()

    # -- the map ------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._report = None
        self.canvas.set_report(None)
        self._show_counts()

    def _on_changed(self, change: Change) -> None:
        if change.structural():
            self._show_counts()
        if change.remarks:
            self._mark_report()

    def _show_counts(self) -> None:
        self.status.show_counts(*counts(self._session.document))

    def _retitle(self, title: str) -> None:
        info = replace(self._session.document.info, title=title)
        self._session.edit(_TITLE(), edits.set_info(self._session.document, info))

    def _take_tool(self, name: str) -> None:
        self.pages.show_page("map")
        self.canvas.set_tool(name)
        self.tools.show_tool(self.canvas.tool)
        self.canvas.setFocus()

    def _on_selected(self, ids: frozenset[str]) -> None:
        self.side.inspector.set_selection(ids)
        self.pages.set_selection(ids)
        self._actions.enable(self.present())

    def _on_locked(self, locked: bool) -> None:
        if not locked:
            self._notices.withdraw("refused")
        self._actions.enable(self.present())

    def _on_link_opened(self, _link: object) -> None:
        self.viewing.show_side(True)
        self.side.setCurrentWidget(self.side.inspector)

    def _refuse(self, why: Said) -> None:
        self._notices.tell(Notice(why, Kind.INFO, key="refused"))

    # -- what is shown of it ------------------------------------------------------------------

    def _on_showing(self) -> None:
        """Menus tick what holds; something may have been taken out of the selection."""
        for action_id, on in self.canvas.shown.ticked.items():
            self._actions[action_id].setChecked(on)

    def _on_names(self) -> None:
        """Every name is another one now: in the findings and the inspector, too."""
        self._tell_report()
        self.side.inspector.rename()

    # -- what the map says --------------------------------------------------------------------

    def _on_report(self, report: Report) -> None:
        self._report = report
        self._tell_report()

    def _tell_report(self) -> None:
        if self._report is not None:
            self.side.findings.show_report(self._session.told(self._report))
            self._mark_report()

    def _mark_report(self) -> None:
        """People and the inspector speak of what the room has not left aside."""
        if self._report is not None:
            told = self._session.told(analysing.counted(self._report, self._session.document))
            self.side.inspector.show_report(told)
            self.side.ask.show_report(told)
            self.canvas.set_report(told)

    def _fresh_report(self) -> Report | None:
        """What the analysis says of the map as it is and nobody left aside, if it has said it already."""
        report = self.analyst.report if self.analyst.fresh else None
        return analysing.counted(report, self._session.document) if report is not None else None

    def _on_busy(self, busy: bool) -> None:
        self.side.findings.set_busy(busy)
        self.status.show_analysis(busy, placing=self.analyst.placing)

    def _on_health(self, health: Health) -> None:
        notice = analysing.notice_of_health(health, self.analyst.restart)
        if notice is not None:
            self._notices.tell(notice)

    def _on_failed(self, failed: worker.Failed) -> None:
        self._notices.tell(analysing.notice_of_failure(failed))

    def _on_lit(self, lit: object) -> None:
        """The canvas let go of the light, by Esc or its chip: the card closes too."""
        if lit is None and self.side.findings.chosen is not None:
            self.side.findings.choose(None)

    def _on_finding_sought(self, finding: Finding) -> None:
        self.viewing.show_side(True)
        self.side.setCurrentWidget(self.side.findings)
        self.side.findings.choose(finding)

    # -- settings -----------------------------------------------------------------------------

    def _follow_settings(self, _key: str) -> None:
        settings = self._settings
        self.arranger.reduced = settings.reduced_motion
        self.canvas.set_single_keys(settings.single_keys)
        self.canvas.set_wheel_zooms(settings.wheel_zooms)
        of_tools = ((name, self._actions[_TOOL_ACTIONS.get(name, name)]) for name, *_ in TOOLS)
        self.tools.show_keys({name: shown(action.shortcuts()[:1]) for name, action in of_tools})
        self.canvas.fading.reduced = settings.reduced_motion
        self.viewing.show_legend(not settings.legend_folded)
