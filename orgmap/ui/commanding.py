"""The commands round a map that belong to no single part of it: clipboard, history, palette, keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.style import Theme
from orgmap.i18n import text
from orgmap.ui.actions import Actions
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.clipboard import Clipboard
from orgmap.ui.goals import Goal, Kind
from orgmap.ui.history_list import HistoryList
from orgmap.ui.importing import Importer
from orgmap.ui.keymap import custom_keys
from orgmap.ui.notices import Notice, NoticeBar, Offer
from orgmap.ui.palette import Palette
from orgmap.ui.pasting import Pasting
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings

_HIDDEN = text("palette", "{name} is not seen now: a filter, the focus or the module picture hides it.")
_SHOW_ALL = text("palette", "Show all")


class Commanding(QObject):
    """Makes them for one window. `commands`: a slot for each of their actions, by id.

    `report`: what the analysis says now. `finding_sought`: one was chosen in the palette.
    """

    finding_sought = Signal(object)  # Finding

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        canvas: CanvasView,
        importer: Importer,
        notices: NoticeBar,
        report: Callable[[], Report | None],
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._settings, self._actions = session, settings, actions
        self._canvas, self._window, self._report = canvas, window, report
        self._notices = notices
        self.pasting = Pasting(session, importer, notices, window)
        self.clipboard = Clipboard(session, canvas, self.pasting, notices, window)
        self.history = HistoryList(session, theme, window)
        self.palette = Palette(settings, theme, window)
        self.pasting.pasted.connect(self._on_pasted)
        self.history.travelled.connect(session.travel)
        self.palette.chosen.connect(self._on_chosen)
        settings.changed.connect(self._follow_settings)
        self._follow_settings("")

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        """What the actions do."""
        return {
            "cut": self.clipboard.cut,
            "copy": self.clipboard.copy,
            "paste": self.clipboard.paste,
            "history": self._show_history,
            "palette": self._show_palette,
        }

    def set_theme(self, theme: Theme) -> None:
        """Dress what floats in another theme."""
        self.history.set_theme(theme)
        self.palette.set_theme(theme)

    def stop(self) -> None:
        """The window goes."""
        self.pasting.stop()
        self.clipboard.stop()
        self.history.close()

    def _show_history(self) -> None:
        button = self._window.findChild(QWidget, "button-history")
        under = button if button is not None and button.isVisible() else self._canvas
        self.history.drop(under)

    def _show_palette(self) -> None:
        report = self._report()
        told = self._session.told(report) if report is not None else None
        self.palette.open(self._actions, self._session.shown, told)

    def _on_chosen(self, goal: Goal, adding: bool) -> None:
        if goal.kind is Kind.ACTION:
            self._actions[goal.ids[0]].trigger()
        elif goal.kind is Kind.FINDING:
            self._seek_finding(goal.finding)
        else:
            self._go(goal, adding=adding)

    def _go(self, goal: Goal, *, adding: bool) -> None:
        """Select what was found and show it; the keyboard is on it."""
        canvas, stage = self._canvas, self._canvas.stage
        ids = {key for key in goal.ids if stage.exists(key)}
        if not ids:
            return
        if not any(map(stage.shows, ids)):
            offer = Offer(_SHOW_ALL, self._canvas.commands["show_all"])
            self._notices.tell(Notice(_HIDDEN(name=goal.name), offers=(offer,), key="palette"))
        stage.select(ids | canvas.selection if adding else ids, focus=goal.ids[0])
        if len(ids) == 1:
            stage.reveal(goal.ids[0])
        elif not stage.camera.seen.contains(stage.extent(ids)):
            stage.fit(ids)
        canvas.setFocus()

    def _seek_finding(self, shown: Finding | None) -> None:
        """The finding itself, of which the palette knew what is shown of it."""
        report = self._report()
        same = (each for each in (report.judged if report is not None else ()) if shown is not None)
        found = next((each for each in same if shown is not None and each.key == shown.key), None)
        if found is not None:
            self.finding_sought.emit(found)

    def _on_pasted(self, new: tuple[str, ...]) -> None:
        """Show who is new, all of them and under nothing that floats above the map."""
        if not new:
            return
        canvas, stage = self._canvas, self._canvas.stage
        canvas.set_selection(new)
        if stage.clear.contains(stage.extent(new)):
            return
        if len(new) == 1:
            stage.reveal(new[0])
        else:
            canvas.zoom_to(new)

    def _follow_settings(self, key: str) -> None:
        if key in ("", "keys/custom"):
            self._actions.set_keys(custom_keys(self._settings))
            self._canvas.set_keys(self._actions.canvas_keys())
