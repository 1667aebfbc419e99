"""A chart sent away as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.drawing.hidden import nameless
from orgmap.files import disk
from orgmap.i18n import say, text
from orgmap.progress import Progress
from orgmap.ui.file_names import proposed_name
from orgmap.ui.jobs import Errand
from orgmap.ui.notices import Kind, Notice
from orgmap.ui.session import Session

Drawn = Callable[[], bytes]
_WRITTEN = text("notice", "{name} was written.")


class ChartSender(QObject):
    """Asks for a file and writes the picture into it, whole or not at all."""

    noticed = Signal(object)  # Notice
    failed = Signal(object)  # Exception

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._writing = Errand(self)
        self._drawn: Mapping[str, Drawn] = {}

    def ask(self, name: str, drawn: Mapping[str, Drawn]) -> None:
        """Let the user choose the file. `drawn`: by the ending of a file, what makes its bytes."""
        self._drawn = drawn
        session = self._session
        document = nameless(session.document) if session.names_hidden else session.document
        folder = session.path.parent if session.path is not None else Path.home()
        dialog = QFileDialog(self._page.window(), say("chart", "Save a picture of the chart"), str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([say("chart", "Picture (*.png)"), say("chart", "Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.selectFile(f"{proposed_name(document)} {name}.png")
        dialog.fileSelected.connect(self._on_target)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_target(self, name: str) -> None:
        path = Path(name)
        make = self._drawn.get(path.suffix.casefold(), self._drawn[".png"])
        self._writing.run(partial(_written, path, make()), self._on_written, self.failed.emit)

    def _on_written(self, path: Path) -> None:
        self.noticed.emit(Notice(_WRITTEN(name=disk.shown(path)), Kind.INFO, key="export"))


def _follow_filter(dialog: QFileDialog, chosen: str) -> None:
    """The ending of the name follows the kind chosen."""
    suffix = chosen.rpartition("*.")[2].rstrip(")")
    dialog.setDefaultSuffix(suffix)
    name = dialog.selectedFiles()[0] if dialog.selectedFiles() else ""
    if name:
        dialog.selectFile(Path(name).with_suffix(f".{suffix}").name)


def _written(path: Path, data: bytes, _progress: Progress) -> Path:
    """In a thread: the file."""
    disk.write_bytes(path, data, previous=False)
    return path
