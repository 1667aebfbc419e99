"""What work by hand needs from the window: what is there to work on, switches, pictures, the lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from orgmap.ui.actions import ALTERING, Actions, Needs
from orgmap.ui.backdrops import Backdrops
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.notices import NoticeBar
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings


class Handling(QObject):
    """Keeps the actions that concern hands in step with one canvas."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        canvas: CanvasView,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._canvas = canvas
        self.backdrops = Backdrops(session, canvas.stage, notices, window)
        self.commands: Mapping[str, Callable[..., object]] = {
            "backdrop": self.backdrops.ask,
            "snap": self._toggle_snapping,
            "lock": self._toggle_lock,
        }
        canvas.selection_changed.connect(self._follow)
        session.changed.connect(self._follow)
        settings.changed.connect(self._follow_settings)
        canvas.stage.locked_changed.connect(self._on_locked)
        self._follow_settings("")

    def present(self) -> dict[Needs, bool]:
        """What there is to work on."""
        stage = self._canvas.stage
        nodes, modules, notes = stage.selected_nodes, stage.selected_modules, stage.selected_notes
        things = len(nodes) + len(modules) + len(notes)
        document = self._session.document
        return {
            Needs.LINK: len(stage.selected_links) == 1,
            Needs.THINGS: things > 0,
            Needs.SEVERAL: things > 1,
            Needs.TEAM: bool(modules) or any(document.nodes[key].modules for key in nodes),
        }

    def stop(self) -> None:
        """End what works beside the window."""
        self.backdrops.stop()

    def _follow(self, _what: object) -> None:
        nodes = self._canvas.stage.selected_nodes
        pinned = bool(nodes) and all(self._session.document.nodes[key].pinned for key in nodes)
        self._actions["pin"].setChecked(pinned)

    def _follow_settings(self, _key: str) -> None:
        self._canvas.stage.snapping = self._settings.snapping
        self._actions["snap"].setChecked(self._settings.snapping)

    def _toggle_snapping(self) -> None:
        self._settings.snapping = not self._settings.snapping
        self._follow_settings("")

    def _toggle_lock(self) -> None:
        stage = self._canvas.stage
        stage.lock(not stage.locked)

    def _on_locked(self, locked: bool) -> None:
        self._actions["lock"].setChecked(locked)
        self._actions.hold(ALTERING if locked else ())
