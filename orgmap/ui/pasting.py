"""Rows pasted from a spreadsheet, a mail or a note: put on the map at once, or asked about first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from orgmap.errors import ReadError
from orgmap.files import pasted
from orgmap.files.pasted import Rows
from orgmap.files.reading import Note
from orgmap.i18n import Said, text
from orgmap.model import entry
from orgmap.model.document import Change, Document, difference
from orgmap.progress import SILENT, Progress
from orgmap.ui.dialogs.importing.outcome import Into, Outcome, reckoned
from orgmap.ui.importing import Importer
from orgmap.ui.jobs import Errand
from orgmap.ui.notices import NoticeBar
from orgmap.ui.session import Session
from orgmap.ui.storing import all_placed

QUICK = 100_000  # characters of which one knows in no time what they are
_WORK = text("work", "Pasting rows")
_PASTE = text("undo", "Paste {what}")
_AND = text("clipboard", "{first}, {next}")
_ROWS = text("clipboard", "rows")
_LEFT = text("clipboard", "{line}: {why} The line was left out.")
_UNSURE = text("clipboard", "It is not clear who is meant.")

Work = Callable[[Document, Progress], Outcome]


class Pasting(QObject):
    """Pastes text into one session. `pasted` rings with the ids of the people that are new."""

    working = Signal(object, object)  # Said, Task
    pasted = Signal(object)  # tuple[str, ...]

    def __init__(self, session: Session, importer: Importer, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._importer, self._notices = session, importer, notices
        self._errand = Errand(self)
        self._errand.working.connect(self.working)
        self._work: Work | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        session.opened.connect(self._forget)

    def paste(self, plain: str, html: str) -> None:
        """Put the rows on the map if it is clear what they are; else show them and ask."""
        work = partial(recognized, plain, html, self._session.document)
        if len(plain) + len(html) > QUICK:
            self._errand.run(work, self._on_recognized, self._on_failed, _WORK())
            return
        try:
            told = work(SILENT)
        except ReadError as error:
            self._on_failed(error)
            return
        self._on_recognized(told)

    def stop(self) -> None:
        """The window goes: nobody waits for these rows any more."""
        self._errand.close()
        self._forget()

    def _forget(self) -> None:
        """Another map is shown."""
        self._errand.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _on_recognized(self, told: str | Rows) -> None:
        if isinstance(told, str):
            self._read(partial(said, told))
        elif told.clear:
            self._read(partial(found, told))
        else:
            self._ask(told)

    def _ask(self, rows: Rows) -> None:
        self._forget()
        self._folder = tempfile.TemporaryDirectory(prefix="orgmap-")
        self._importer.begin_pasted(pasted.written(rows, Path(self._folder.name)))

    def _read(self, work: Work) -> None:
        self._forget()
        self._work = work
        self._errand.run(partial(work, self._session.document), self._on_found, self._on_failed, _WORK())

    def _on_found(self, found: Outcome) -> None:
        if found.base is not self._session.document:
            if self._work is not None:
                self._read(self._work)  # the map was edited meanwhile: once more, from where it is now
            return
        self._session.edit(_PASTE(what=_what(found.change)), found.change)
        self._session.seal()
        self._notices.withdraw("clipboard")
        self._importer.tell(found)
        ends = (found.change.nodes, found.change.modules)
        new = tuple(str(key) for table in ends for key, (before, _) in table.items() if before is None)
        self.pasted.emit(new)

    def _on_failed(self, error: Exception) -> None:
        self._notices.tell_error(error, key="clipboard")


def recognized(plain: str, html: str, document: Document, _: Progress) -> str | Rows:
    """What was pasted: lines as in the one-line entry, else rows. Raises ReadError."""
    lines = pasted.sentences(plain)
    return lines if lines is not None else pasted.recognized(plain, html, document)


def found(rows: Rows, base: Document, progress: Progress) -> Outcome:
    """In a thread: read the rows, join them to the map, give a place to whoever is new."""
    opened = pasted.read(rows, progress.part(0.0, 0.5))
    said_of_map = replace(opened, document=replace(opened.document, info=base.info))  # rows say nothing of it
    rest = progress.part(0.5, 1.0)
    made = reckoned(Path(pasted.NAME), said_of_map, Into.OPEN, base, progress=rest, place=True)
    return replace(made, pasted=True)


def said(lines: str, base: Document, progress: Progress) -> Outcome:
    """In a thread: what is said line by line, as in the one-line entry. Raises ReadError if no line
    says anything.
    """
    total, left = entry.understood_all(base, lines)
    rows = lines.split("\n")
    notes: list[Note] = []
    for reading in left:
        why = reading.wrong.message if reading.wrong is not None else _UNSURE()
        row = rows.index(reading.line) + 1 if reading.line in rows else None
        notes.append(Note(row, pasted.CALLED, _LEFT(line=reading.line, why=why)))
    if notes and not total.change:
        raise ReadError(notes[0].message)
    together = all_placed(base.apply(total.change), progress) if total.change else base
    left_out = frozenset((note.place, note.row) for note in notes if note.row is not None)
    step = difference(base, together)
    there = frozenset(str(key) for key in total.touched if base.has(key))
    path = Path(pasted.NAME)
    return Outcome(path, Into.OPEN, together, tuple(notes), left_out, base, step, there, pasted=True)


def _what(change: Change) -> Said:
    """As in "12 people, 30 links": what is new."""
    counted = (
        (text("status", "{n} person", "{n} people"), change.nodes),
        (text("status", "{n} module", "{n} modules"), change.modules),
        (text("status", "{n} link", "{n} links"), change.links),
    )
    said: Said | None = None
    for words, table in counted:
        new = sum(before is None for before, _ in table.values())
        if new:
            said = words(n=new) if said is None else _AND(first=said, next=words(n=new))
    return said if said is not None else _ROWS()
