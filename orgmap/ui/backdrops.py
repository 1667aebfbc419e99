"""Pictures behind the map: chosen in a dialog or dropped, made small in a thread, put in one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.drawing.backdrop_source import ENDINGS, Source, is_picture, taken_in
from orgmap.files import disk
from orgmap.i18n import say, text
from orgmap.model import scenery
from orgmap.model.entities import Frame
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.jobs import Errand
from orgmap.ui.notices import NoticeBar
from orgmap.ui.session import Session

LEAST = (800.0, 500.0)  # map units a picture covers at least, however little is on the map
ROOM = 80.0  # map units round the map that it covers too

_READING = text("work", "Reading {name}")
_PUT = text("undo", "Put a picture behind the map")


class Backdrops(QObject):
    """Puts pictures behind the map of one session."""

    working = Signal(object, object)  # Said, Task

    def __init__(self, session: Session, stage: Stage, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._stage = stage
        self._notices = notices
        self._window = window
        self._errand = Errand(self)
        self._errand.working.connect(self.working)
        session.opened.connect(self._errand.stop)

    def ask(self) -> None:
        """Let the user choose a picture."""
        folder = self._session.path.parent if self._session.path is not None else Path.home()
        dialog = QFileDialog(self._window, say("dialog", "Choose a background picture"), str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*.{ending}" for ending in ENDINGS)
        dialog.setNameFilters([say("dialog", "Pictures ({endings})", endings=endings)])
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def takes(self, path: Path) -> bool:
        """Does the name of a file say that it is a picture?"""
        return is_picture(path)

    def put(self, path: Path) -> None:
        """Read a picture and put it behind the map, round the middle of what is drawn."""
        self._errand.stop()
        if not self._stage.refuses():
            said = _READING(name=disk.shown(path))
            self._errand.run(partial(taken_in, path), self._on_read, self._on_failed, said)

    def stop(self) -> None:
        """The window goes."""
        self._errand.close()

    def _chosen(self, name: str) -> None:
        if name:
            self.put(Path(name))

    def _on_read(self, source: Source) -> None:
        frame = scenery.fitted(source.width, source.height, self._around())
        change, made = scenery.add_backdrop(self._session.document, source.data, frame)
        self._stage.edit(_PUT(), change)
        self._stage.select([made])

    def _on_failed(self, error: Exception) -> None:
        self._notices.tell_error(error, key="backdrop")

    def _around(self) -> Frame:
        """What a new picture covers: the map, or where one looks while there is none."""
        stage = self._stage
        rect = stage.extent([*stage.document.nodes, *stage.document.modules])
        middle = rect.center() if not rect.isEmpty() else stage.camera.seen.center()
        wide, high = max(rect.width() + 2 * ROOM, LEAST[0]), max(rect.height() + 2 * ROOM, LEAST[1])
        return Frame(x=middle.x() - wide / 2, y=middle.y() - high / 2, width=wide, height=high)
