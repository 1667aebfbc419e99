"""The map and its file: opening, saving, and asking before anything would be lost.

Reading and writing run beside the interface, one at a time. Nothing is written over a file that
another program has changed since it was read, or that another window has open, unless the user says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.files import disk
from orgmap.files.claims import Hold, InUse
from orgmap.files.journal import Restored
from orgmap.i18n import Said, say, text
from orgmap.model.document import Document, difference
from orgmap.progress import Progress
from orgmap.ui.asking import ask_in_use, ask_outside, ask_replace_open, ask_unsaved
from orgmap.ui.jobs import Task
from orgmap.ui.journalling import Journalling
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer, notice_of
from orgmap.ui.recent import Recent, there
from orgmap.ui.session import Session
from orgmap.ui.storing import Claiming, Outside, Read, Stored, read_map, read_restored, store_map

SUFFIX = ".orgmap"
LONGEST = 80  # characters of a proposed file name
LEAVE_WITHIN = 10.0  # seconds that leaving waits for a save under way

Then = Callable[[], object]
Work = TypeVar("Work")

OPENING = text("work", "Opening {name}")
SAVING = text("work", "Saving {name}")
_GONE = text("notice", "{name} is no longer there.")
_TAKE_OUT = text("notice", "Take it out of the list")
_SAVE_AS = text("notice", "Save as…")
_TRY_AGAIN = text("notice", "Try again")
_PREVIOUS = text("notice", "Open the version before")
_MENDED = text(
    "notice",
    "{n} thing in {name} was not in order and was mended. The file is as it was.",
    "{n} things in {name} were not in order and were mended. The file is as it was.",
)
_SHOW = text("notice", "Show the list")
_SAVE = text("notice", "Save")
_UNKEPT = text("notice", "Edits cannot be kept for the case of a crash ({reason}). Save now and then.")


class Keeper(QObject):
    """Keeps the file of one session. Whatever takes time is told through `working`.

    `opened_file` rings after a map from a file is on the screen, `import_wanted` when a file turns
    out to be in a foreign format, `elsewhere_wanted` when the window that has a file open is asked for.
    """

    working = Signal(object, object)  # Said, Task
    opened_file = Signal(object)  # Path
    import_wanted = Signal(object)  # Path
    notes_wanted = Signal(object)  # tuple[Note, ...]
    elsewhere_wanted = Signal(object)  # Path
    stored = Signal(object)  # Stored

    def __init__(self, session: Session, recent: Recent, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._recent = recent
        self._notices = notices
        self._window = window
        self._reading: Task | None = None
        self._writing: Task | None = None
        self._target = Path()  # of `_writing`
        self._digest: str | None = None  # of the file as we last read or wrote it
        self._on_file: Document | None = None  # what that was
        self._hold: Hold | None = None  # our claim on the file
        self._releasing: threading.Thread | None = None
        self.journal = Journalling(session, self._known, self)
        self.journal.troubled.connect(self._on_journal_trouble)
        session.opened.connect(self._on_opened)
        self._after_saving: Then | None = None
        self._restoring: Restored | None = None
        self._next: tuple[Path, str | None] | None = None  # asked for while a save is under way

    # -- opening ------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin an empty map, after asking about the one that is open."""
        self.leave(self._begin_new)

    def ask_open(self) -> None:
        """Let the user choose a file."""
        dialog = QFileDialog(self._window, say("dialog", "Open a map or a table"), str(self.folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(readable_filters())
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Open a map, after asking about the one that is open; another format is to be imported."""
        if path.suffix.casefold() != SUFFIX and not path.name.casefold().endswith(SUFFIX + ".bak"):
            self.import_wanted.emit(path)
        elif not there(path):
            offer = Offer(_TAKE_OUT, partial(self._recent.remove, path))
            listed = (offer,) if path in self._recent.paths else ()
            self._notices.tell(Notice(_GONE(name=disk.shown(path)), Kind.PROBLEM, offers=listed))
        else:
            self.leave(partial(self._read, path, path))

    def open_restored(self, restored: Restored) -> None:
        """Go on with what a journal holds, after asking about the map that is open."""
        self.leave(partial(self._read_restored, restored))

    def open_copy(self, path: Path) -> None:
        """Open a map as a new one, so that saving asks where: samples, templates, older versions."""
        self.leave(partial(self._read, path, None))

    def show_document(self, document: Document) -> None:
        """Show a map that has no file, such as an imported one; it counts as unsaved."""
        self._forget_file()
        self._session.open(document, None, saved=False)

    # -- saving -------------------------------------------------------------------------------

    def save(self, then: Then | None = None) -> None:
        """Save to the map's file, or ask for one. `then` is done once the map is safe."""
        path = self._session.path
        if path is None:
            self.save_as(then)
        else:
            self._write(path, then, self._digest)

    def save_over(self) -> None:
        """Save to the map's file, whatever stands there now; it stays among the previous versions."""
        path = self._session.path
        if path is not None:
            self._write(path, None, None)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save to it."""
        proposed = self.folder() / (proposed_name(self._session.document) + SUFFIX)
        dialog = QFileDialog(self._window, say("dialog", "Save the map as"), str(proposed.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([say("dialog", "Maps ({pattern})", pattern=f"*{SUFFIX}")])
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(partial(self._on_target, then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def saving(self) -> bool:
        """Is a save under way?"""
        return self._writing is not None

    def after_saving(self, then: Then) -> None:
        """Do `then` when the save under way is through, well or not."""
        if self._writing is not None:
            self._writing.ended.connect(then)

    # -- leaving ------------------------------------------------------------------------------

    def leave(self, then: Then) -> None:
        """Do `then` when the map that is open may go: it is saved, or the user lets it go."""
        self._session.going.emit()  # what is half typed is a change, too
        if not self._session.modified:
            then()
            return
        ask_unsaved(self._window, shown_title(self._session), partial(self.save, then), then)

    def stop(self) -> None:
        """The window goes: reading is called off, a save under way is waited for."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading.wait(1.0)
        if self._writing is not None:
            self._writing.wait(LEAVE_WITHIN)
        self.journal.stop()
        self._claim(None)
        if self._releasing is not None:
            self._releasing.join(1.0)

    # -- the file, for those who watch it ----------------------------------------------------------

    @property
    def digest(self) -> str | None:
        """What the file held when it was read or written, as a hash."""
        return self._digest

    def accept(self, digest: str | None) -> None:
        """What another program wrote is known now: saving may replace it. The map counts as unsaved."""
        self._digest = digest
        self._session.unsave()

    def take_over(self, theirs: Document, digest: str, label: Said) -> None:
        """Make the map what another program wrote to its file, as one step of undo."""
        path = self._session.path
        if path is None:
            return
        self._session.edit(label, difference(self._session.document, theirs))
        self._digest, self._on_file = digest, theirs
        self._session.saved(path, theirs)
        self.journal.saved(Stored(theirs, path, digest))

    # -- inside -------------------------------------------------------------------------------

    def _begin_new(self) -> None:
        self._forget_file()
        self._session.open(Document())

    def _known(self) -> str | None:
        return self._digest

    def _forget_file(self) -> None:
        self._digest = self._on_file = None

    def _on_opened(self) -> None:
        """Without a file, nobody else is kept from one."""
        if self._session.path is None:
            self._forget_file()
            self._claim(None)

    def _claim(self, hold: Hold | None) -> None:
        """Hold another file, and let the last one go; in a thread, for a share may be out of reach."""
        old, self._hold = self._hold, hold
        if old is not None:
            go = partial(old.release, remove=True)
            self._releasing = threading.Thread(target=go, name="releasing", daemon=True)
            self._releasing.start()

    def _claiming(self, *, anyway: bool = False) -> Claiming:
        return Claiming(self._hold.path if self._hold is not None else None, anyway=anyway)

    def _on_journal_trouble(self, error: OSError) -> None:
        said = _UNKEPT(reason=error.strerror or type(error).__name__)
        self._notices.tell(Notice(said, Kind.WARNING, offers=(Offer(_SAVE, self.save),), key="journal"))

    def folder(self) -> Path:
        """Where to look for files first: beside the map, or where the last ones were."""
        places = [self._session.path, *self._recent.paths]
        for path in places:
            if path is not None and path.parent.is_dir():
                return path.parent
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(where) if Path(where).is_dir() else Path.home()

    def _on_chosen(self, name: str) -> None:
        self.open_path(Path(name))

    def _read(self, path: Path, keep: Path | None, *, anyway: bool = False) -> None:
        claiming = self._claiming(anyway=anyway)
        self._run_reading(partial(read_map, path, keep, self._session.revision, claiming), path)

    def _read_restored(self, restored: Restored, *, anyway: bool = False) -> None:
        self._restoring = restored
        path = restored.head.path if restored.head.path is not None else restored.sources[0]
        self._run_reading(
            partial(read_restored, restored, self._session.revision, self._claiming(anyway=anyway)), path
        )

    def _run_reading(self, read: Callable[[Progress], Read], path: Path) -> None:
        if self._reading is not None:
            self._reading.cancel()
        task = Task(_after(self._releasing, read), self)
        self._reading = task
        task.done.connect(self._on_read)
        task.failed.connect(self._on_unread)
        task.ended.connect(task.deleteLater)
        self.working.emit(OPENING(name=disk.shown(path)), task)
        self._unread = path
        task.start()

    def _on_read(self, read: Read) -> None:
        self._reading = None
        self._session.going.emit()
        if self._session.modified and self._session.revision != read.asked_at:
            self.leave(partial(self._show, read))  # the map was edited while the file was read
        else:
            self._show(read)

    def _show(self, read: Read) -> None:
        mended = bool(read.opened.notes)
        self._digest = read.digest if read.keep is not None else None
        self._on_file = read.opened.document if read.keep is not None and read.restored is None else None
        self._notices.clear()
        if read.keep is not None and read.hold is not None:
            self._claim(read.hold)
        self._session.open(read.opened.document, read.keep, saved=not mended and read.restored is None)
        if read.restored is not None:
            self.journal.opened_ahead(read.restored.away, read.restored.sources)
        if read.keep is not None:
            self._recent.add(read.keep)
            self.opened_file.emit(read.keep)
        if mended:
            notes = read.opened.notes
            said = _MENDED(n=len(notes), name=disk.shown(read.path))
            offer = Offer(_SHOW, partial(self.notes_wanted.emit, notes))
            self._notices.tell(Notice(said, Kind.WARNING, offers=(offer,)))

    def _on_unread(self, error: Exception) -> None:
        self._reading = None
        path = self._unread
        if isinstance(error, InUse):
            restored, self._restoring = self._restoring, None
            if restored is not None and restored.head.path == error.path:
                copy = partial(self.show_restored_copy, restored)
                anyway = partial(self._read_restored, restored, anyway=True)
            else:
                copy = partial(self._read, path, None)
                anyway = partial(self._read, path, path, anyway=True)
            ask_in_use(self._window, error, copy, anyway, partial(self.elsewhere_wanted.emit, error.path))
            return
        before = disk.previous_version(path)
        offers = (Offer(_PREVIOUS, partial(self.open_copy, before)),) if there(before) else ()
        self._notices.tell(notice_of(error, offers=offers, key="open"))

    def show_restored_copy(self, restored: Restored) -> None:
        """What a journal holds as a new map, because its file is open elsewhere."""
        self.show_document(restored.document)
        self.journal.opened_ahead(restored.away, restored.sources)

    def _on_target(self, then: Then | None, name: str) -> None:
        path = Path(name)
        known = self._digest if path == self._session.path else None
        self._write(path, then, known)

    def _write(self, path: Path, then: Then | None, known: str | None, *, anyway: bool = False) -> None:
        """`known`: what the file has to hold still; None: whatever it holds may go."""
        self._after_saving = then
        if self._writing is not None:
            self._next = (path, known)
            return
        before = self._on_file if path == self._session.path else None
        claiming, marked = self._claiming(anyway=anyway), self.journal.saving()
        store = partial(store_map, self._session.document, path, known, before, claiming, marked)
        task = Task(_after(self._releasing, store), self, stoppable=False)
        self._writing, self._target = task, path
        task.done.connect(self._on_written)
        task.failed.connect(self._on_unwritten)
        task.ended.connect(task.deleteLater)
        self.working.emit(SAVING(name=disk.shown(path)), task)
        task.start()

    def _on_written(self, stored: Stored) -> None:
        self._writing = None
        if stored.hold is not None:
            self._claim(stored.hold)
        self._digest, self._on_file = stored.digest, stored.document
        self._session.saved(stored.path, stored.document)
        self.journal.saved(stored)
        self.stored.emit(stored)
        self._recent.add(stored.path)
        self._notices.withdraw("save")
        for warning in stored.warnings:
            self._notices.tell(Notice(warning, Kind.WARNING, disk.shown(stored.path), key="backup"))
        following, self._next = self._next, None
        then, self._after_saving = self._after_saving, None
        if following is not None and following[0] != stored.path:
            path, known = following
            self._write(path, then, known)
        elif self._session.modified and (following is not None or then is not None):
            self.save(then)  # edited since: `then` might let go of it
        elif then is not None:
            then()

    def _on_unwritten(self, error: Exception) -> None:
        self._writing = None
        following, self._next = self._next, None
        then, self._after_saving = self._after_saving, None
        if following is not None and following[0] != self._target:
            self._notices.tell(notice_of(error, key="save"))
            path, known = following
            self._write(path, then, known)
            return
        save_as = partial(self.save_as, then)
        if isinstance(error, Outside):
            ask_outside(self._window, error, partial(self._write, error.path, then, None), save_as)
            return
        if isinstance(error, InUse):
            anyway = None if error.holder.here else partial(self._write, error.path, then, None, anyway=True)
            ask_replace_open(self._window, error, save_as, anyway)
            return
        offers = (Offer(_SAVE_AS, self.save_as), Offer(_TRY_AGAIN, self.save))
        self._notices.tell(notice_of(error, offers=offers, key="save"))


def _after(first: threading.Thread | None, work: Callable[[Progress], Work]) -> Callable[[Progress], Work]:
    """The work, once a file that is just being let go is let go."""

    def whole(progress: Progress) -> Work:
        if first is not None:
            first.join(2.0)
        return work(progress)

    return whole


def readable_filters() -> list[str]:
    """The filters of the open dialog: everything that can be read, then each format."""
    from orgmap.files.formats import READABLE

    every = " ".join(f"*{each.suffix}" for each in READABLE)
    single = [_filter(each.name(), f"*{each.suffix}") for each in READABLE]
    return [say("dialog", "Everything readable ({pattern})", pattern=every), *single]


def proposed_name(document: Document) -> str:
    """A file name made of the title, without signs that some system refuses."""
    kept = "".join(" " if c in '<>:"/\\|?*' or not c.isprintable() else c for c in document.info.title)
    words = " ".join(kept.split()).strip(". ")[:LONGEST].strip(". ")
    return words or say("file", "Map")


def shown_title(session: Session) -> str:
    """What the map is called: its title, else its file, else that it has no name yet."""
    if session.names_hidden:
        return say("state", "Map without names")
    title = " ".join(session.document.info.title.split())
    if title:
        return title
    return disk.shown(session.path.with_suffix("")) if session.path is not None else say("map", "Unnamed map")


def _filter(name: Said, pattern: str) -> str:
    return say("dialog", "{name} ({pattern})", name=str(name), pattern=pattern)
