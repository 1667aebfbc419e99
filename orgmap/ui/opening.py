"""From a file to the screen: reading beside the interface, and what to do where that fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.errors import ReadError
from orgmap.files import disk, rescue
from orgmap.files.claims import InUse
from orgmap.files.journal import Restored
from orgmap.files.rescue import Rescue, Source
from orgmap.i18n import Said, say, text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui import recovery
from orgmap.ui.asking import ask_in_use
from orgmap.ui.file_names import SUFFIX, first_folder, readable_filters
from orgmap.ui.jobs import Errand, Task
from orgmap.ui.journalling import Journalling
from orgmap.ui.map_file import MapFile
from orgmap.ui.moments import moment
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer, notice_of
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.storing import Read, all_placed, read_map, read_restored
from orgmap.ui.waiting import Waiting

Then = Callable[[], object]

OPENING = text("work", "Opening {name}")
_TAKE_OUT = text("notice", "Take it out of the list")
_COPY = text("notice", "Open the newest whole copy")
_FROM_JOURNAL = text("notice", "Its edits up to {when} were kept and can be reopened.")
_FROM_VERSIONS = text("notice", "The newest whole copy is the version that was saved {when}.")
_FROM_BESIDE = text("notice", "The newest whole copy is the one beside the file, of {when}.")
_HANGS = text("notice", "{name} does not answer. The disk or the share may be out of reach.")
_MENDED = text(
    "notice",
    "{n} thing in {name} was not in order and was mended. The file is as it was.",
    "{n} things in {name} were not in order and were mended. The file is as it was.",
)
_SHOW = text("notice", "Show the list")
_FROM = {Source.JOURNAL: _FROM_JOURNAL, Source.VERSIONS: _FROM_VERSIONS, Source.BESIDE: _FROM_BESIDE}


class Opening(QObject):
    """Opens files in one session. `leave` does a thing when the map that is open may go."""

    working = Signal(object, object)  # Said, Task
    opened_file = Signal(object)  # Path
    import_wanted = Signal(object)  # Path
    notes_wanted = Signal(object)  # tuple[Note, ...]
    elsewhere_wanted = Signal(object)  # Path

    def __init__(
        self,
        session: Session,
        recent: Recent,
        file: MapFile,
        journal: Journalling,
        leave: Callable[[Then], None],
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._recent = recent
        self._file = file
        self._journal = journal
        self._leave = leave
        self._notices = notices
        self._window = window
        self._reading: Task | None = None
        self._unread = Path()
        self._restoring: Restored | None = None
        self._hiding: Path | None = None  # the names in this one are not to be seen
        self._looking = Errand(self)
        self.waiting = Waiting(notices, self._hangs, self._stop_waiting, self)

    def ask(self) -> None:
        """Let the user choose a file."""
        folder = first_folder(self._session, self._recent)
        dialog = QFileDialog(self._window, say("dialog", "Open a map or a table"), str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(readable_filters())
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def path(self, path: Path, *, hidden: bool = False) -> None:
        """Open a map, after asking about the one that is open; another format is to be imported."""
        self._hiding = path if hidden else None
        if path.suffix.casefold() != SUFFIX and not path.name.casefold().endswith(SUFFIX + ".bak"):
            self.import_wanted.emit(path)
        else:
            self._begin(partial(_there, path), path, self._on_there)

    def restored(self, restored: Restored) -> None:
        """Go on with what a journal holds, after asking about the map that is open."""
        self._leave(partial(self._read_restored, restored))

    def copy(self, path: Path) -> None:
        """Open a map as a new one, so that saving asks where."""
        self._hiding = path if recovery.was_hidden(path) else None
        self._leave(partial(self._read, path, None))

    def document(self, document: Document, *, hidden: bool = False) -> None:
        """Show a map that has no file; it counts as unsaved."""
        self._file.forget()
        self._session.open(document, None, saved=False, names_hidden=hidden)

    @property
    def reading(self) -> bool:
        """Is a file on its way?"""
        return self._reading is not None

    def stop(self) -> None:
        """The window goes: reading is called off."""
        self.waiting.over()
        self._looking.close()
        if self._reading is not None:
            self._reading.cancel()
            self._reading.wait(1.0)

    # -- inside -------------------------------------------------------------------------------

    def _on_chosen(self, name: str) -> None:
        self.path(Path(name))

    def _on_there(self, path: Path) -> None:
        self._over()
        self._leave(partial(self._read, path, path))

    def _read(self, path: Path, keep: Path | None, *, anyway: bool = False) -> None:
        claiming = self._file.claiming(anyway=anyway)
        self._begin(partial(read_map, path, keep, self._session.revision, claiming), path, self._on_read)

    def _read_restored(self, restored: Restored, *, anyway: bool = False) -> None:
        self._restoring = restored
        claiming = self._file.claiming(anyway=anyway)
        path = restored.head.path if restored.head.path is not None else restored.sources[0]
        self._begin(partial(read_restored, restored, self._session.revision, claiming), path, self._on_read)

    def _begin(self, work: Callable[[Progress], object], path: Path, done: Callable[[Any], object]) -> None:
        if self._reading is not None:
            self._reading.cancel()
        task = Task(self._file.after(work), self)
        self._reading = task
        task.done.connect(done)
        task.failed.connect(self._on_unread)
        task.ended.connect(self._on_ended)
        task.ended.connect(task.deleteLater)
        self._unread = path
        self.working.emit(OPENING(name=disk.shown(path)), task)
        task.start()
        self.waiting.follow(task)

    def _hangs(self) -> Said:
        return _HANGS(name=disk.shown(self._unread))

    def _stop_waiting(self) -> None:
        """What is read after all is dropped; its claim is let go then."""
        reading = self._reading
        self._over()
        if reading is not None:
            reading.abandon()

    def _on_ended(self) -> None:
        if self.sender() is self._reading:
            self._over()  # called off: nobody waits for it any more

    def _over(self) -> None:
        self._reading = None
        self.waiting.over()

    def _on_read(self, read: Read) -> None:
        self._over()
        self._session.going.emit()
        if self._session.modified and self._session.revision != read.asked_at:
            self._leave(partial(self._show, read))  # the map was edited while the file was read
        else:
            self._show(read)

    def _show(self, read: Read) -> None:
        mended = bool(read.opened.notes)
        self._file.digest = read.digest if read.keep is not None else None
        own = read.keep is not None and read.restored is None
        self._file.document = read.opened.document if own else None
        self._notices.clear()
        if read.keep is not None and read.hold is not None:
            self._file.claim(read.hold)
        hidden = read.restored.head.hidden if read.restored is not None else read.path == self._hiding
        saved = not mended and read.restored is None
        self._session.open(read.opened.document, read.keep, saved=saved, names_hidden=hidden)
        if read.restored is not None:
            self._journal.opened_ahead(read.restored.away, read.restored.sources)
        if read.keep is not None:
            self._recent.add(read.keep)
            self.opened_file.emit(read.keep)
        if mended:
            notes = read.opened.notes
            said = _MENDED(n=len(notes), name=disk.shown(read.path))
            offer = Offer(_SHOW, partial(self.notes_wanted.emit, notes))
            self._notices.tell(Notice(said, Kind.WARNING, offers=(offer,)))

    def _on_unread(self, error: Exception) -> None:
        self._over()
        path = self._unread
        if isinstance(error, InUse):
            self._ask_in_use(error)
            return
        listed = path in self._recent.paths
        take_out = (Offer(_TAKE_OUT, partial(self._recent.remove, path)),) if listed else ()
        self._notices.tell(notice_of(error, offers=take_out, key="open"))
        if isinstance(error, ReadError):
            look = partial(_rescued, path, recovery.journals(), recovery.versions())
            self._looking.run(look, partial(self._offer_rescue, error))

    def _ask_in_use(self, used: InUse) -> None:
        restored, self._restoring = self._restoring, None
        if restored is not None and restored.head.path == used.path:
            copy = partial(self._show_restored_copy, restored)
            anyway = partial(self._read_restored, restored, anyway=True)
        else:
            copy = partial(self._read, self._unread, None)
            anyway = partial(self._read, self._unread, self._unread, anyway=True)
        ask_in_use(self._window, used, copy, anyway, partial(self.elsewhere_wanted.emit, used.path))

    def _offer_rescue(self, error: ReadError, found: Rescue | None) -> None:
        if found is None:
            return
        offers = (Offer(_COPY, partial(self._leave, partial(self._show_rescued, found))),)
        hint = _FROM[found.source](when=moment(found.at))
        self._notices.tell(Notice(error.message, Kind.PROBLEM, error.place, hint, offers, "open"))

    def _show_rescued(self, found: Rescue) -> None:
        if found.restored is not None:
            self._show_restored_copy(found.restored)
        else:
            self.document(found.document)
        self._notices.withdraw("open")

    def _show_restored_copy(self, restored: Restored) -> None:
        """What a journal holds as a new map, because its file is damaged or open elsewhere."""
        self.document(restored.document, hidden=restored.head.hidden)
        self._journal.opened_ahead(restored.away, restored.sources)


def _there(path: Path, _progress: Progress) -> Path:
    disk.check_source(path)
    return path


def _rescued(path: Path, journals: Path, kept: Path, progress: Progress) -> Rescue | None:
    """The newest whole copy, with a place for everybody."""
    found = rescue.newest_whole(path, journals, kept)
    if found is None:
        return None
    document = all_placed(found.document, progress)
    restored = replace(found.restored, document=document) if found.restored is not None else None
    return replace(found, document=document, restored=restored)
