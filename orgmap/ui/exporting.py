"""Pictures, data and paper: what leaves the program without being the map's own file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.analysis.findings import Report
from orgmap.drawing.hidden import nameless
from orgmap.drawing.looks import Sight
from orgmap.errors import WriteError
from orgmap.files import claims, disk, formats, pictures
from orgmap.i18n import Said, say, text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui import beside, printing
from orgmap.ui.asking import ask_replace_second
from orgmap.ui.file_names import first_folder, proposed_name
from orgmap.ui.jobs import Task
from orgmap.ui.notices import Kind as NoticeKind
from orgmap.ui.notices import Notice, NoticeBar, Offer
from orgmap.ui.orders import AS_SHOWN, COPY, HTML, NAMES, PDF, PICTURES, PNG, Order, Part
from orgmap.ui.session import Session
from orgmap.ui.shares import folder_there, there

if TYPE_CHECKING:
    from orgmap.drawing.content import Content
    from orgmap.drawing.paper import Page, Sheets

GONE_WITHIN = 1.0  # seconds that leaving waits for what is called off

WRITING = text("work", "Writing {name}")
_PRINTING = text("work", "Printing")
_COPYING = text("work", "Drawing the picture")
_WRITTEN = text("notice", "{name} was written.")
_PRINTED = text("notice", "{n} sheet went to the printer.", "{n} sheets went to the printer.")
_COPIED = text("notice", "The picture of the map is on the clipboard.")
_COPIED_PART = text("notice", "The picture of what is selected is on the clipboard.")
_OPEN = text("files", "This map is open in a window.")
_ANOTHER = text("files", "Choose another name for the copy.")
_LOST = text("notice", "{name} was written. It cannot hold everything: {losses}")
_LEAVING = text("notice", "The window closes as soon as what is being exported is written.")
_CALL_OFF = text("notice", "Close without it")
_LEAVE = "leaving"


class Exporter(QObject):
    """Writes the map of one session in other formats, as orders say whose theme is a real one."""

    working = Signal(object, object)  # Said, Task
    target_chosen = Signal(object)  # Path

    def __init__(self, session: Session, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._notices = notices
        self._window = window
        self._tasks: list[Task] = []  # being written
        self._then: Callable[[], object] | None = None

    def ask(
        self, order: Order, sight: Sight, report: Report | None = None, folder: Path | None = None
    ) -> None:
        """Let the user choose the file for what is ordered. `report`: for what shows findings; `folder`:
        where to look first, if it is there."""
        beside_map = folder is None or not folder_there(folder)
        first = first_folder(self._session) if beside_map else folder
        dialog = QFileDialog(self._window, say("export", "Export"), str(first))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        pattern, name = f"*{order.kind}", str(NAMES[order.kind]())
        dialog.setNameFilters([say("dialog", "{name} ({pattern})", name=name, pattern=pattern)])
        dialog.setDefaultSuffix(order.kind.removeprefix("."))
        dialog.selectFile(self._proposed(order, sight) + order.kind)
        dialog.fileSelected.connect(partial(self._on_target, order, sight, report))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path, order: Order, sight: Sight, report: Report | None = None) -> None:
        """Write what is ordered at a path; the ending of its name has the last word on the format."""
        work = partial(_written, self._session.document, path, order, sight, report)
        self._begin(WRITING(name=disk.shown(path)), Task(work, self), self._on_written, _key(path))

    def print_map(self, order: Order, sight: Sight) -> None:
        """Let the user choose a printer; what is ordered lies on the paper as it does there best."""
        page = order.paper.page
        if page is not None:
            work = partial(printing.laid, self._session.document, order, sight, page)
            self._begin(_PRINTING(), Task(work, self), partial(self._on_laid, page))

    def copy(self, order: Order, sight: Sight) -> None:
        """Put a picture on the clipboard."""
        work = partial(_copied, self._session.document, order, sight)
        said = _COPIED_PART() if order.part is Part.SELECTION else _COPIED()
        self._begin(_COPYING(), Task(work, self), partial(self._on_copied, said))

    @property
    def busy(self) -> bool:
        """Is anything being written?"""
        return bool(self._tasks)

    def leave(self, then: Callable[[], object]) -> None:
        """Do `then` when all is written, or the user does not wait for it; never if something fails."""
        self._then = then
        offers = (Offer(_CALL_OFF, self._call_off),)
        self._notices.tell(Notice(_LEAVING(), NoticeKind.WARNING, offers=offers, key=_LEAVE))

    def stop(self) -> None:
        """The program ends: what is not written yet is called off, and leaves nothing behind."""
        self._then = None
        self._call_off()
        for task in self._tasks:
            task.wait(GONE_WITHIN)

    def _call_off(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _begin(self, said: Said, task: Task, done: object, key: str = "export") -> None:
        """`key`: of what is told of it, so that one export does not hide what went wrong with another."""
        self._tasks.append(task)
        task.done.connect(done)
        task.failed.connect(partial(self._on_failed, key))
        task.ended.connect(self._on_ended)
        task.ended.connect(task.deleteLater)
        self.working.emit(said, task)
        task.start()

    def _proposed(self, order: Order, sight: Sight) -> str:
        """What the file could be called: as the map, or as its file; both are names, too."""
        document, path = self._session.document, self._session.path
        if not sight.looks.names:
            return proposed_name(Document())
        called = path is not None and not document.info.title.strip()
        name = path.stem if path is not None and called else proposed_name(document)
        return f"{name} {say('file', 'copy')}" if order.kind == COPY else name

    def _on_target(self, order: Order, sight: Sight, report: Report | None, name: str) -> None:
        path = Path(name)
        self.target_chosen.emit(path)
        write = partial(self.write, path, order, sight, report)
        second = formats.second_file(path)
        if second is not None and there(second):  # the dialog asked about the first
            ask_replace_second(self._window, second, write)
        else:
            write()

    def _on_laid(self, page: Page, laid: tuple[Content, Sheets]) -> None:
        """Ask once the work is over: a dialog within would keep it from ending."""
        QTimer.singleShot(0, self, partial(self._ask_printer, page, laid))

    def _ask_printer(self, page: Page, laid: tuple[Content, Sheets]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # seldom needed, slow to load

        content, sheets = laid
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setCreator("orgmap")
        printer.setDocName(content.heading.title or say("picture", "Map"))
        printer.setFullPage(True)
        lying = sheets.width > sheets.height
        size = QSizeF(*sorted((page.width, page.height)))
        printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
        way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        printer.setPageOrientation(way)
        dialog = QPrintDialog(printer, self._window)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            work = partial(printing.printed, printer, content, page)
            done = partial(self._on_printed, printer.outputFileName())
            self._begin(_PRINTING(), Task(work, self), done)

    def _on_printed(self, file: str, sheets: int) -> None:
        said = _WRITTEN(name=disk.shown(Path(file))) if file else _PRINTED(n=sheets)
        self._notices.tell(Notice(said, key="export"))

    def _on_copied(self, said: Said, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._notices.tell(Notice(said, key="export"))

    def _on_written(self, written: tuple[Path, list[Said]]) -> None:
        path, losses = written
        name = disk.shown(path)
        if losses:
            words = " ".join(str(loss) for loss in losses)
            said = _LOST(name=name, losses=words)
            self._notices.tell(Notice(said, NoticeKind.WARNING, key=_key(path)))
        else:
            self._notices.tell(Notice(_WRITTEN(name=name), key=_key(path)))

    def _on_failed(self, key: str, error: Exception) -> None:
        self._then = None
        self._notices.withdraw(_LEAVE)
        self._notices.tell_error(error, key=key)

    def _on_ended(self) -> None:
        self._tasks = [task for task in self._tasks if task.running]
        if not self._tasks and self._then is not None:
            then, self._then = self._then, None
            self._notices.withdraw(_LEAVE)
            then()


def _key(path: Path) -> str:
    return f"export {path}"


def as_seen(document: Document, sight: Sight) -> Document:
    """The map, without names if they are not seen; "Person 3" is who it is on the screen."""
    return document if sight.looks.names else nameless(document, sight.looks.numbers)


def _written(
    document: Document, path: Path, order: Order, sight: Sight, report: Report | None, progress: Progress
) -> tuple[Path, list[Said]]:
    """The file written, and what it could not hold."""
    suffix = path.suffix.casefold()
    if suffix in PICTURES:
        disk.check_target(path)
        data = _drawn(document, path, order, sight, progress.part(0.0, 0.95))
        progress.at(0.95)
        return path, disk.write_bytes(path, data, previous=False)
    if suffix == HTML:
        from orgmap.files import page as html_page

        theme = None if order.theme == AS_SHOWN else order.theme
        disk.check_target(path)
        make = partial(html_page.page_bytes, document, report=report, sight=sight, theme=theme)
        data = beside.made(document, make, progress.part(0.0, 0.95))
        return path, disk.write_bytes(path, data, previous=False)
    if suffix == COPY:
        return path, _copy(as_seen(document, sight), path, progress)
    return path, formats.write(as_seen(document, sight), path, progress)


def _copy(document: Document, path: Path, progress: Progress) -> list[Said]:
    """The map in a file of its own; never in one that is open in any window, this one too."""
    try:
        held = claims.claim(path)
    except claims.InUse as used:
        raise WriteError(_OPEN(), place=disk.shown(path), hint=_ANOTHER()) from used
    try:
        return formats.write(document, path, progress)
    finally:
        if held is not None:
            held.release(remove=True)


def _drawn(document: Document, path: Path, order: Order, sight: Sight, progress: Progress) -> bytes:
    """A picture, in a process beside if the map is large."""
    draw = partial(
        pictures.drawn,
        document,
        path,
        width=order.width if order.kind == PNG else pictures.WIDTH,
        theme=order.theme,
        sight=sight,
        page=order.paper.page if path.suffix.casefold() == order.kind == PDF else None,
    )
    return beside.made(document, draw, progress)


def _copied(document: Document, order: Order, sight: Sight, progress: Progress) -> QImage:
    return QImage.fromData(_drawn(document, Path("map.png"), replace(order, kind=PNG), sight, progress))
