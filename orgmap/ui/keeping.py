"""The map and its file: saving, and asking before anything would be lost. For opening see `opening`.

Reading and writing run beside the interface, one at a time. Nothing is written over a file that
another program has changed since it was read, or that another window has open, unless the user says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.files import disk
from orgmap.files.claims import InUse
from orgmap.files.journal import Restored
from orgmap.i18n import Said, say, text
from orgmap.model.document import Document, difference
from orgmap.ui.asking import ask_outside, ask_replace_open, ask_unsaved
from orgmap.ui.file_names import SUFFIX, first_folder, proposed_name, shown_title
from orgmap.ui.jobs import Task
from orgmap.ui.journalling import Journalling
from orgmap.ui.map_file import MapFile
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer, notice_of
from orgmap.ui.opening import Opening, Then
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.storing import Before, Outside, Stored, store_map
from orgmap.ui.waiting import Waiting

LEAVE_WITHIN = 10.0  # seconds that leaving waits for a save under way

SAVING = text("work", "Saving {name}")
_SAVE_AS = text("notice", "Save as…")
_TRY_AGAIN = text("notice", "Try again")
_SAVE = text("notice", "Save")
_UNKEPT = text("notice", "Edits cannot be kept for the case of a crash ({reason}). Save now and then.")
_HANGS = text(
    "notice",
    "Saving {name} does not come to an end. The disk or the share may be out of reach."
    " What was edited is kept on this computer.",
)
_LEFT = text("notice", "{name} may not be saved. Save the map in another place.")


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
        self._file = MapFile()
        self._writing: Task | None = None
        self._target = Path()  # of `_writing`
        self._begun: list[str] = []  # the digest of what it is about to write
        self._after_saving: Then | None = None
        self._next: tuple[Path, str | None] | None = None  # asked for while a save is under way
        self.waiting = Waiting(notices, self._hangs, self._stop_waiting, self)
        self.journal = Journalling(session, self._file.known, self)
        self.journal.troubled.connect(self._on_journal_trouble)
        self.opening = Opening(session, recent, self._file, self.journal, self.leave, notices, window)
        for name in ("working", "opened_file", "import_wanted", "notes_wanted", "elsewhere_wanted"):
            getattr(self.opening, name).connect(getattr(self, name))
        session.opened.connect(self._on_opened)

    # -- opening ------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin an empty map, after asking about the one that is open."""
        self.leave(self._begin_new)

    def ask_open(self) -> None:
        """Let the user choose a file."""
        self.opening.ask()

    def open_path(self, path: Path, *, hidden: bool = False) -> None:
        """Open a map, after asking about the one that is open; another format is to be imported."""
        self.opening.path(path, hidden=hidden)

    def open_restored(self, restored: Restored) -> None:
        """Go on with what a journal holds, after asking about the map that is open."""
        self.opening.restored(restored)

    def open_copy(self, path: Path) -> None:
        """Open a map as a new one, so that saving asks where: samples, templates, older versions."""
        self.opening.copy(path)

    def show_document(self, document: Document, *, hidden: bool = False) -> None:
        """Show a map that has no file, such as an imported one; it counts as unsaved."""
        self.opening.document(document, hidden=hidden)

    def folder(self) -> Path:
        """Where to look for files first."""
        return first_folder(self._session, self._recent)

    # -- saving -------------------------------------------------------------------------------

    def save(self, then: Then | None = None) -> None:
        """Save to the map's file, or ask for one. `then` is done once the map is safe."""
        path = self._session.path
        if path is None:
            self.save_as(then)
        else:
            self._write(path, then, self._file.digest)

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
        self.opening.stop()
        self.waiting.over()
        if self._writing is not None:
            self._writing.wait(LEAVE_WITHIN)
        self.journal.stop()
        self._file.stop()

    # -- the file, for those who watch it ----------------------------------------------------------

    @property
    def digest(self) -> str | None:
        """What the file held when it was read or written, as a hash."""
        return self._file.digest

    def ours(self, digest: str | None) -> bool:
        """Did we write this, in a save that nobody waited for to the end?"""
        return digest is not None and self._file.ours(digest)

    def accept(self, digest: str | None) -> None:
        """What another program wrote is known now: saving may replace it. The map counts as unsaved."""
        self._file.digest = digest
        self._session.unsave()

    def take_over(self, theirs: Document, digest: str, label: Said) -> None:
        """Make the map what another program wrote to its file, as one step of undo."""
        path = self._session.path
        if path is None:
            return
        self._session.edit(label, difference(self._session.document, theirs))
        self._file.digest, self._file.document = digest, theirs
        self._session.saved(path, theirs)
        self.journal.saved(Stored(theirs, path, digest))

    # -- inside -------------------------------------------------------------------------------

    def _begin_new(self) -> None:
        self._file.forget()
        self._session.open(Document())

    def _on_opened(self) -> None:
        """Without a file, nobody else is kept from one."""
        if self._session.path is None:
            self._file.forget()
            self._file.claim(None)

    def _on_journal_trouble(self, error: OSError) -> None:
        said = _UNKEPT(reason=error.strerror or type(error).__name__)
        self._notices.tell(Notice(said, Kind.WARNING, offers=(Offer(_SAVE, self.save),), key="journal"))

    def _on_target(self, then: Then | None, name: str) -> None:
        path = Path(name)
        known = self._file.digest if path == self._session.path else None
        self._write(path, then, known)

    def _write(self, path: Path, then: Then | None, known: str | None, *, anyway: bool = False) -> None:
        """`known`: what the file has to hold still; None: whatever it holds may go."""
        self._after_saving = then
        if self._writing is not None:
            self._next = (path, known)
            return
        file, own = self._file, path == self._session.path
        before = Before(known, file.document if own else None, file.digest, file.ours)
        self._begun = []
        store = partial(
            store_map,
            self._session.document,
            path,
            before,
            file.claiming(anyway=anyway),
            partial(_about_to, self._begun, self.journal.saving()),
        )
        task = Task(file.after(store), self, stoppable=False)
        self._writing, self._target = task, path
        task.done.connect(self._on_written)
        task.failed.connect(self._on_unwritten)
        task.late.connect(self._on_late)
        self.working.emit(SAVING(name=disk.shown(path)), task)
        task.start()
        self.waiting.follow(task)

    def _hangs(self) -> Said:
        return _HANGS(name=disk.shown(self._target))

    def _stop_waiting(self) -> None:
        """Whether it is saved in the end nobody knows: the map counts as unsaved, its journal stays."""
        writing, self._writing = self._writing, None
        self.waiting.over()
        self._next = self._after_saving = None
        if writing is not None:
            self._session.unsave()
            self._file.leave(self._begun)
            writing.abandon()
            offers = (Offer(_SAVE_AS, self.save_as),)
            said = _LEFT(name=disk.shown(self._target))
            self._notices.tell(Notice(said, Kind.WARNING, offers=offers, key="save"))

    def _on_late(self, stored: Stored) -> None:
        """A save that nobody waited for came to its end: the file is ours, and holds an older or this map."""
        if stored.path != self._session.path:
            self._file.let_go(stored.hold)
        elif self._writing is None:  # else what is written now knows of it
            self._session.unsave()  # unless it is this one
            self._settle(stored)
        elif stored.hold is not None:
            self._file.claim(stored.hold)

    def _over(self) -> None:
        if self._writing is not None:
            self._writing.deleteLater()
        self._writing = None
        self.waiting.over()

    def _on_written(self, stored: Stored) -> None:
        self._over()
        self._settle(stored)
        following, self._next = self._next, None
        then, self._after_saving = self._after_saving, None
        if following is not None and following[0] != stored.path:
            path, known = following
            self._write(path, then, known)
        elif self._session.modified and (following is not None or then is not None):
            self.save(then)  # edited since: `then` might let go of it
        elif then is not None:
            then()

    def _settle(self, stored: Stored) -> None:
        """The map stands in this file, and whatever belongs to it goes by that."""
        if stored.hold is not None:
            self._file.claim(stored.hold)
        self._file.digest, self._file.document = stored.digest, stored.document
        self._session.saved(stored.path, stored.document)
        self.journal.saved(stored)
        self.stored.emit(stored)
        self._recent.add(stored.path)
        self._notices.withdraw("save")
        for warning in stored.warnings:
            self._notices.tell(Notice(warning, Kind.WARNING, disk.shown(stored.path), key="backup"))

    def _on_unwritten(self, error: Exception) -> None:
        self._over()
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


def _about_to(begun: list[str], tell: Callable[[str], object], digest: str) -> None:
    """In the thread that saves."""
    begun.append(digest)
    tell(digest)
