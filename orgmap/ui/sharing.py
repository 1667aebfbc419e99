"""Pictures, data and paper, as the screen shows the map: what is hidden there is not sent unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from orgmap.drawing.looks import PLAIN, WHOLE, Sight
from orgmap.i18n import say
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.dialogs.sending import SendingDialog
from orgmap.ui.exporting import Exporter

Send = Callable[[Sight], None]


class Sharing(QObject):
    """Sends the map of one window away; asks first if the screen shows it otherwise than it is.

    `commands`: its slots by the ids of `ui.actions`.
    """

    def __init__(self, stage: Stage, shown: Shown, exporter: Exporter, window: QWidget) -> None:
        super().__init__(window)
        self._stage = stage
        self._shown = shown
        self._exporter = exporter
        self._window = window

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        """What the actions do."""
        return {
            "export_picture": self.picture,
            "export_data": self.data,
            "print": self.paper,
        }

    def picture(self) -> None:
        """A picture in a file."""
        self._ask(say("dialog", "Export a picture"), self._exporter.ask_picture)

    def paper(self) -> None:
        """The map on paper."""
        self._ask(say("dialog", "Print"), self._exporter.print_map)

    def data(self) -> None:
        """A file for another program; it always holds the whole map."""
        if not self._stage.session.names_hidden:
            self._exporter.ask_data(WHOLE)
            return
        self._open(say("dialog", "Export data"), self._exporter.ask_data, as_shown=False)

    def _ask(self, title: str, send: Send) -> None:
        if self._stage.looks == PLAIN:
            send(WHOLE)
        else:
            self._open(title, send, as_shown=replace(self._stage.looks, names=True) != PLAIN)

    def _open(self, title: str, send: Send, *, as_shown: bool) -> None:
        left_out = self._shown.left_out() if as_shown else ()
        names = self._stage.looks.names
        dialog = SendingDialog(title, left_out, as_shown=as_shown, names=names, parent=self._window)
        dialog.chosen.connect(partial(self._send, send))
        dialog.open()

    def _send(self, send: Send, as_shown: bool, names: bool) -> None:
        session = self._stage.session
        numbers = None if names else session.numbers.of_map(session.document)  # used in a thread
        looks = replace(self._stage.looks if as_shown else PLAIN, names=names, numbers=numbers)
        left_out = self._shown.left_out(names=names) if as_shown else ()
        send(Sight(looks, left_out))
