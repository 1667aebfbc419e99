"""Bringing foreign files in: the wizard, the reading beside the interface, the summary afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from orgmap.files import disk, formats
from orgmap.i18n import Said, say, text
from orgmap.model.document import Change, Document
from orgmap.progress import Progress
from orgmap.ui.dialogs.importing.outcome import Into, Outcome, reckoned, sentence
from orgmap.ui.dialogs.importing.remembered import Remembered
from orgmap.ui.dialogs.importing.summary_window import SummaryWindow
from orgmap.ui.dialogs.importing.wizard import Decided, ImportWizard
from orgmap.ui.jobs import Task
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer
from orgmap.ui.session import Session

KEY = "import"  # of the notice
IMPORTING = text("work", "Importing {name}")
IMPORT = text("edit", "Import {name}")
_DONE = text("notice", "{name} was imported. {sentence}")
_NOTHING = text("notice", "Everything in {name} was on the map already. Nothing was changed.")
_PASTED = text("notice", "Pasted: {sentence}")
_NOTHING_PASTED = text("notice", "Everything pasted was on the map already. Nothing was changed.")
_NONE_YET = text("notice", "Nothing was imported into this map since it was opened.")
_PASTE = text("edit", "Paste rows")
_NOTES = text("notice", "{n} note says what had to be decided.", "{n} notes say what had to be decided.")
_SHOW = text("notice", "Show the summary")
_UNDO = text("notice", "Undo")


class Importer(QObject):
    """Imports into one session. `new_map_ready` hands over a map to be shown as a new one."""

    working = Signal(object, object)  # Said, Task
    new_map_ready = Signal(object)  # Document

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
        self._remembered = Remembered()
        self._task: Task | None = None
        self._decided: Decided | None = None
        self._asked_at = -1  # revision of the session when reading began
        self._pasted: Path | None = None  # where the rows from the clipboard lie
        self._outcome: Outcome | None = None  # of the last import into the map that is open
        self._told: tuple[Outcome, int] | None = None  # what the notice is about, and the revision it made
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)

    def ask(self) -> None:
        """Let the user choose files, then ask about them."""
        dialog = QFileDialog(self._window, say("import", "Import a table"), str(self._last or self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        known = " ".join(f"*{each.suffix}" for each in formats.READABLE if each.suffix != ".orgmap")
        dialog.setNameFilters(
            [
                say("dialog", "Tables and graphs ({pattern})", pattern=known),
                say("dialog", "All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, path: Path) -> None:
        """Ask what is to be known about this file, then import it."""
        self.begin_all((path,))

    def begin_all(self, paths: Sequence[Path]) -> None:
        """The same for files that belong together: links, and the people they are between."""
        if paths:
            self._last = paths[0].parent if paths[0].parent.is_dir() else None
            self._show_wizard(paths, pasted=False)

    def begin_pasted(self, path: Path) -> None:
        """The same for rows from the clipboard, which are for the map that is open."""
        self._pasted = path
        self._show_wizard((path,), pasted=True)

    def stop(self) -> None:
        """The window goes."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait(1.0)

    def show_last(self) -> None:
        """What the last import into this map did, however long ago."""
        if self._outcome is not None:
            self.show_summary(self._outcome)
        else:
            self._notices.tell(Notice(_NONE_YET(), key=KEY))

    def tell(self, found: Outcome) -> None:
        """Something came onto the map: what, how to take it back, and the summary of it."""
        self._outcome = found
        self._told = (found, self._session.revision)
        self._notices.tell(self._notice(found))

    def show_summary(self, outcome: Outcome) -> None:
        """What an import did, beside the map."""
        window = SummaryWindow(outcome, self._session, self._last or self._folder(), self._window)
        window.show()
        window.raise_()
        window.activateWindow()

    def _show_wizard(self, paths: Sequence[Path], *, pasted: bool) -> None:
        self._session.going.emit()  # what is half typed is part of the map
        base = self._session.document
        wizard = ImportWizard(paths, base, self._remembered, self._window, pasted=pasted)
        wizard.decided.connect(self._on_decided)
        wizard.other_file_asked.connect(self.ask)
        wizard.open()

    def _follow(self) -> None:
        """What a wizard reckons with is the map as it is now."""
        for wizard in self._window.findChildren(ImportWizard):
            if wizard.isVisible():
                wizard.follow(self._session.document)

    def _on_chosen(self, files: list[str]) -> None:
        self.begin_all([Path(name) for name in files])

    # -- reading ------------------------------------------------------------------------------

    def _on_decided(self, decided: Decided) -> None:
        if decided.into is Into.NEW:
            self._leave(partial(self._read, decided))
        else:
            self._read(decided)

    def _read(self, decided: Decided) -> None:
        if self._task is not None:
            self._task.cancel()
        self._decided, self._asked_at = decided, self._session.revision
        task = Task(partial(imported, decided, self._session.document), self)
        task.done.connect(self._on_read)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        task.ended.connect(task.deleteLater)
        self._task = task
        self.working.emit(IMPORTING(name=disk.shown(decided.path)), task)
        task.start()

    def _on_read(self, found: Outcome) -> None:
        self._task = None
        found = replace(found, pasted=found.path == self._pasted)
        if found.base is None:
            self._session.going.emit()
            if self._session.modified and self._session.revision != self._asked_at:
                self._leave(partial(self._show, found))  # the map was edited while the file was read
            else:
                self._show(found)
            return
        if found.base is self._session.document:
            label = _PASTE() if found.pasted else IMPORT(name=disk.shown(found.path))
            self._session.edit(label, found.change)
            self._session.seal()
            self.tell(found)
        elif self._decided is not None:
            self._read(self._decided)  # the map was edited meanwhile: once more, from where it is now

    def _on_opened(self) -> None:
        """What was to be added to the map before is not for this one."""
        into_open = self._decided is not None and self._decided.into is not Into.NEW
        if self._task is not None and into_open:
            self._task.cancel()
            self._task = None
        self._told = self._outcome = None
        self._notices.withdraw(KEY)
        self._follow()

    def _on_ended(self) -> None:
        if self.sender() is self._task:
            self._task = None  # called off

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._notices.tell_error(error, key=KEY)

    # -- telling ------------------------------------------------------------------------------

    def _show(self, found: Outcome) -> None:
        self.new_map_ready.emit(found.document)
        self.tell(found)

    def _notice(self, found: Outcome, *, may_undo: bool = True) -> Notice:
        name = disk.shown(found.path)
        said: Said
        if found.pasted:
            said = _NOTHING_PASTED() if found.nothing else _PASTED(sentence=sentence(found))
        else:
            said = _NOTHING(name=name) if found.nothing else _DONE(name=name, sentence=sentence(found))
        offers = [Offer(_SHOW, partial(self.show_summary, found))]
        if found.change and may_undo:
            offers.append(Offer(_UNDO, self._take_back))
        hint = _NOTES(n=len(found.notes)) if found.notes else None
        kind = Kind.WARNING if found.left_out else Kind.INFO
        return Notice(said, kind, hint=hint, offers=tuple(offers), key=KEY)

    def _take_back(self) -> None:
        told, self._told = self._told, None
        if told is not None and told[1] == self._session.revision:
            self._session.undo()

    def _on_changed(self, _change: Change) -> None:
        """What the notice offers to take back is not the last step any more."""
        self._follow()
        if self._told is None or self._told[1] == self._session.revision:
            return
        (found, _), self._told = self._told, None
        current = self._notices.current
        undone = self._session.document == found.base
        if not undone and found.notes and current is not None and current.key == KEY:
            self._notices.tell(self._notice(found, may_undo=False))
        else:
            self._notices.withdraw(KEY)


def imported(decided: Decided, base: Document, progress: Progress) -> Outcome:
    """Read the file as decided, unless it is read, and give everybody a place. Raises OrgmapError."""
    opened = decided.opened
    if opened is None:
        opened = formats.read(decided.path, decided.options, progress.part(0.0, 0.6))
    rest = progress.part(0.6, 1.0)
    left_out, same = decided.options.left_out, decided.options.same
    return reckoned(decided.path, opened, decided.into, base, left_out, rest, place=True, same=same)
