"""Pictures, data and paper: what leaves the program without being the map's own file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.drawing.hidden import nameless
from orgmap.drawing.looks import WHOLE, Sight
from orgmap.files import disk, formats
from orgmap.i18n import Said, say, text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui.jobs import Task
from orgmap.ui.file_names import proposed_name
from orgmap.ui.notices import Kind, Notice, NoticeBar
from orgmap.ui.session import Session

SCREEN = 96  # pixels per inch on which the drawing's own sizes are based

WRITING = text("work", "Writing {name}")
_WRITTEN = text("notice", "{name} was written.")
_NO_PRINTER = text("notice", "The printer did not take the map. Try another one, or export a PDF.")
_LOST = text("notice", "{name} was written. It cannot hold everything: {losses}")


class Exporter(QObject):
    """Writes the map of one session in other formats."""

    working = Signal(object, object)  # Said, Task

    def __init__(self, session: Session, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._notices = notices
        self._window = window
        self._tasks: list[Task] = []  # being written
        self._sight = WHOLE

    def ask_picture(self, sight: Sight = WHOLE) -> None:
        """Let the user choose the file of a picture of what `sight` shows."""
        self._sight = sight
        self._ask(say("dialog", "Export a picture"), picture=True)

    def ask_data(self, sight: Sight = WHOLE) -> None:
        """Let the user choose the file for another program; of `sight` only the names count."""
        self._sight = sight
        self._ask(say("dialog", "Export data"), picture=False)

    def print_map(self, sight: Sight = WHOLE) -> None:
        """Let the user choose a printer; what `sight` shows is as large as the paper allows."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # seldom needed, slow to load

        self._sight = sight
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._proposed())
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        dialog = QPrintDialog(printer, self._window)
        accepted = dialog.exec()
        dialog.deleteLater()
        if not accepted:
            return
        painter = QPainter()
        if not painter.begin(printer):
            self._notices.tell(Notice(_NO_PRINTER(), Kind.PROBLEM, key="export"))
            return
        try:
            print_on(painter, self._session.document, printer.resolution(), sight)
        finally:
            painter.end()

    def stop(self) -> None:
        """The window goes: what is being written is finished first."""
        for task in self._tasks:
            task.wait(5.0)

    def _proposed(self) -> str:
        """What the file could be called: as the map, or as its file; both are names, too."""
        document, path = self._session.document, self._session.path
        if not self._sight.looks.names:
            return proposed_name(nameless(document))
        return path.stem if path is not None and not document.info.title.strip() else proposed_name(document)

    def _ask(self, title: str, *, picture: bool) -> None:
        found = [e for e in formats.WRITABLE if e.picture == picture and e.suffix != ".orgmap"]
        folder = self._session.path.parent if self._session.path is not None else Path.home()
        dialog = QFileDialog(self._window, title, str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(
            [say("dialog", "{name} ({pattern})", name=e.name(), pattern=f"*{e.suffix}") for e in found]
        )
        dialog.setDefaultSuffix(found[0].suffix.removeprefix("."))
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.selectFile(self._proposed() + found[0].suffix)
        dialog.fileSelected.connect(self._on_target)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_target(self, name: str) -> None:
        path = Path(name)
        task = Task(partial(_written, self._session.document, path, self._sight), self)
        self._tasks.append(task)
        task.done.connect(self._on_written)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        task.ended.connect(task.deleteLater)
        self.working.emit(WRITING(name=disk.shown(path)), task)
        task.start()

    def _on_written(self, written: tuple[Path, list[Said]]) -> None:
        path, losses = written
        name = disk.shown(path)
        if losses:
            words = " ".join(str(loss) for loss in losses)
            self._notices.tell(Notice(_LOST(name=name, losses=words), Kind.WARNING, key="export"))
        else:
            self._notices.tell(Notice(_WRITTEN(name=name), key="export"))

    def _on_failed(self, error: Exception) -> None:
        self._notices.tell_error(error, key="export")

    def _on_ended(self) -> None:
        self._tasks = [task for task in self._tasks if task.running]


def _written(document: Document, path: Path, sight: Sight, progress: Progress) -> tuple[Path, list[Said]]:
    """The file written, and what it could not hold."""
    if formats.writable(path).picture:
        return path, formats.write_picture(document, path, sight)
    return path, formats.write(_as_seen(document, sight), path, progress)


def _as_seen(document: Document, sight: Sight) -> Document:
    """The map, without names if they are not seen; "Person 3" is who it is on the screen."""
    return document if sight.looks.names else nameless(document, sight.looks.numbers)


def print_on(painter: QPainter, document: Document, resolution: int, sight: Sight = WHOLE) -> None:
    """Draw what `sight` shows, with heading and legend, on a page of `resolution` dots per inch."""
    from orgmap.drawing.picture import paint_page

    factor = resolution / SCREEN
    page = QRectF(painter.viewport())
    painter.save()
    painter.scale(factor, factor)
    paint_page(painter, document, QRectF(0, 0, page.width() / factor, page.height() / factor), sight=sight)
    painter.restore()


def _follow_filter(dialog: QFileDialog, chosen: str) -> None:
    """The ending of the name follows the kind chosen."""
    suffix = chosen.rpartition("*.")[2].rstrip(")")
    dialog.setDefaultSuffix(suffix)
    name = dialog.selectedFiles()[0] if dialog.selectedFiles() else ""
    if name:
        dialog.selectFile(Path(name).with_suffix(f".{suffix}").name)
