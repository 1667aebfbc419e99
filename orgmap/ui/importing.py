"""Bringing foreign files in: the dialog, the reading beside the interface, the notes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.files import disk, formats
from orgmap.files.merging import merge
from orgmap.files.reading import Note
from orgmap.i18n import Said, say, text
from orgmap.model.document import Change, Document, difference
from orgmap.model.query import counts
from orgmap.progress import Progress
from orgmap.ui.dialogs.import_table import Decided, ImportDialog
from orgmap.ui.jobs import Task
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer
from orgmap.ui.session import Session
from orgmap.ui.storing import all_placed

IMPORTING = text("work", "Importing {name}")
IMPORT = text("edit", "Import {name}")
_DONE = text("notice", "{name} was imported: {people}, {links}.")
_NOTHING = text("notice", "Everything in {name} was on the map already.")
_NOTES = text("notice", "{n} note says what had to be decided.", "{n} notes say what had to be decided.")
_SHOW = text("notice", "Show the notes")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brings: a map of its own, or a `change` to `base`, the map that was open."""

    path: Path
    document: Document
    notes: tuple[Note, ...]
    base: Document | None = None
    change: Change | None = None


class Importer(QObject):
    """Imports into one session. `new_map_ready` hands over a map to be shown as a new one."""

    working = Signal(object, object)  # Said, Task
    new_map_ready = Signal(object)  # Document
    notes_wanted = Signal(object)  # tuple[Note, ...]

    def __init__(
        self,
        session: Session,
        notices: NoticeBar,
        window: QWidget,
        leave: Callable[[Callable[[], object]], None],
        folder: Callable[[], Path],
    ) -> None:
        """`leave`: does something once the map that is open may go. `folder`: where to look first."""
        super().__init__(window)
        self._session = session
        self._notices = notices
        self._window = window
        self._leave = leave
        self._folder = folder
        self._last: Path | None = None  # where the last table came from
        self._task: Task | None = None
        self._decided: Decided | None = None
        self._asked_at = -1  # revision of the session when reading began
        session.opened.connect(self._on_opened)

    def ask(self) -> None:
        """Let the user choose a file, then ask about it."""
        dialog = QFileDialog(self._window, say("import", "Import a table"), str(self._last or self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        known = " ".join(f"*{each.suffix}" for each in formats.READABLE if each.suffix != ".orgmap")
        dialog.setNameFilters(
            [
                say("dialog", "Tables and graphs ({pattern})", pattern=known),
                say("dialog", "All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, path: Path, *, remember: bool = True) -> None:
        """Ask what is to be known about this file, then import it.

        `remember`: look there next time; not so for what was pasted, which is for the map that is open.
        """
        if remember:
            self._last = path.parent if path.parent.is_dir() else None
        document = self._session.document
        into_open = bool(document.nodes or document.modules)
        dialog = ImportDialog(path, self._window, into_open=into_open)
        if not remember:  # pasted
            dialog.of_clipboard()
        dialog.decided.connect(self._on_decided)
        dialog.open()

    def stop(self) -> None:
        """The window goes."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait(1.0)

    def _on_chosen(self, name: str) -> None:
        self.begin(Path(name))

    def _on_decided(self, decided: Decided) -> None:
        if decided.merge:
            self._read(decided)
        else:
            self._leave(partial(self._read, decided))

    def _read(self, decided: Decided) -> None:
        if self._task is not None:
            self._task.cancel()
        self._decided, self._asked_at = decided, self._session.revision
        base = self._session.document if decided.merge else None
        task = Task(partial(imported, decided, base), self)
        task.done.connect(self._on_read)
        task.failed.connect(self._on_failed)
        task.ended.connect(task.deleteLater)
        self._task = task
        self.working.emit(IMPORTING(name=disk.shown(decided.path)), task)
        task.start()

    def _on_read(self, found: Imported) -> None:
        self._task = None
        if found.change is None:
            self._session.going.emit()
            if self._session.modified and self._session.revision != self._asked_at:
                self._leave(partial(self._show, found))  # the map was edited while the file was read
            else:
                self._show(found)
            return
        if found.base is self._session.document:
            self._session.edit(IMPORT(name=disk.shown(found.path)), found.change)
            self._session.seal()
        elif self._decided is not None:
            self._read(self._decided)  # the map was edited meanwhile: once more, from where it is now
            return
        self._tell(found)

    def _on_opened(self) -> None:
        """What was to be added to the map before is not for this one."""
        if self._task is not None and self._decided is not None and self._decided.merge:
            self._task.cancel()
            self._task = None

    def _show(self, found: Imported) -> None:
        self.new_map_ready.emit(found.document)
        self._tell(found)

    def _tell(self, found: Imported) -> None:
        self._notices.tell(_outcome(found, partial(self.notes_wanted.emit, found.notes)))

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._notices.tell_error(error, key="import")


def imported(decided: Decided, base: Document | None, progress: Progress) -> Imported:
    """Read the file as decided, and give everybody a place. Raises OrgmapError."""
    opened = formats.read(decided.path, decided.options, progress.part(0.0, 0.6))
    rest = progress.part(0.6, 1.0)
    if base is None:
        document = opened.document
        if not document.info.title:
            document = replace(document, info=replace(document.info, title=decided.path.stem))
        return Imported(decided.path, all_placed(document, rest), opened.notes)
    together = all_placed(base.apply(merge(base, opened.document)), rest)
    return Imported(decided.path, opened.document, opened.notes, base, difference(base, together))


def _outcome(found: Imported, show: Callable[[], object]) -> Notice:
    name = disk.shown(found.path)
    people, _, links = counts(found.document)
    said: Said = _DONE(
        name=name,
        people=say("status", "{n} person", "{n} people", n=people),
        links=say("status", "{n} link", "{n} links", n=links),
    )
    if found.change is not None and not found.change:
        said = _NOTHING(name=name)
    if not found.notes:
        return Notice(said, key="import")
    hint = _NOTES(n=len(found.notes))
    return Notice(said, Kind.WARNING, hint=hint, offers=(Offer(_SHOW, show),), key="import")
