"""The commands round a map that belong to no single part of it: clipboard, history, palette, finding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from orgmap.ui.actions import Actions
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.clipboard import Clipboard
from orgmap.ui.importing import Importer
from orgmap.ui.notices import NoticeBar
from orgmap.ui.pasting import Pasting
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings


class Commanding(QObject):
    """Makes them for one window. `commands`: a slot for each of their actions, by id."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        canvas: CanvasView,
        importer: Importer,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._canvas = canvas
        self.pasting = Pasting(session, importer, notices, window)
        self.clipboard = Clipboard(session, canvas, self.pasting, notices, window)
        self.pasting.pasted.connect(self._on_pasted)

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        """What the actions do."""
        return {
            "cut": self.clipboard.cut,
            "copy": self.clipboard.copy,
            "paste": self.clipboard.paste,
        }

    def stop(self) -> None:
        """The window goes."""
        self.pasting.stop()

    def _on_pasted(self, new: tuple[str, ...]) -> None:
        """Show who is new."""
        if not new:
            return
        self._canvas.set_selection(new)
        if not self._canvas.stage.in_view(self._canvas.stage.extent(new)):
            self._canvas.zoom_to(new)
