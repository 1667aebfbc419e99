"""Importing: what is in a file, what is doubtful about it, and what comes of it before it is done.

The wizard reads beside the interface and edits nothing: `decided` says what the user wants.

    an answer → look (first rows, columns) → reading (the whole file, its doubts) → outcome (a sentence)

Each piece silences the one before of its kind, so no stale look ever lands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from orgmap.files import disk, formats
from orgmap.files.reading import Arrows, Opened, ReadOptions
from orgmap.i18n import say, text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui.dialogs.importing.doubt_page import DoubtPage
from orgmap.ui.dialogs.importing.doubts import Doubts
from orgmap.ui.dialogs.importing.foot import Foot
from orgmap.ui.dialogs.importing.look import Look, NoTableError, Together, looked_at, taken_together
from orgmap.ui.dialogs.importing.outcome import Into, Outcome, reckoned, sentence
from orgmap.ui.dialogs.importing.remembered import Answers, Remembered, answers_of
from orgmap.ui.dialogs.importing.table_page import TablePage
from orgmap.ui.jobs import Errand, Task
from orgmap.ui.notices import notice_of
from orgmap.ui.widgets.words import Words

LATER = 30  # milliseconds after the last change of an answer before the table is looked at again
WIDE, HIGH, FRAME = 800, 740, 80  # px at text scale 100 %, and what a desktop needs round it
PLAIN_HEIGHT = 16  # px of a line there

_READING = text("work", "Reading the table")


@dataclass(frozen=True, slots=True)
class Decided:
    """What the user decided. `opened`: what was read with these options, if reading was through."""

    path: Path
    options: ReadOptions
    into: Into
    opened: Opened | None = None


class ImportWizard(QDialog):
    """Shows files as they would be read. `decided` rings when the user wants it so."""

    decided = Signal(object)  # Decided
    other_file_asked = Signal()

    def __init__(
        self,
        paths: Sequence[Path],
        base: Document,
        remembered: Remembered,
        window: QWidget,
        *,
        pasted: bool = False,
    ) -> None:
        """`base`: the map that is open. `pasted`: from the clipboard, which has no name, for that map."""
        super().__init__(window)
        self.setObjectName("import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("import", "Import"))
        self._paths = tuple(paths)
        self._path = paths[0]
        self._base = base
        self._remembered = remembered
        self._pasted = pasted
        self._recalled = False  # what was remembered was looked up
        self._begun = False  # something was seen
        self._seen: Look | None = None
        self._opened: Opened | None = None
        self._outcome: Outcome | None = None
        self._doubts = Doubts()
        self._looking, self._reading, self._reckoning = Errand(self), Errand(self), Errand(self)
        self._reading.working.connect(self._on_reading)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=LATER)
        self._again.timeout.connect(self._read)
        self._title = Words("", "title")
        self.table_page = TablePage()
        self.doubt_page = DoubtPage(self._doubts)
        self.foot = Foot()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_count()
        open_map = bool(base.nodes or base.modules)
        self.foot.offer_open(offered=open_map)
        if pasted and open_map:
            self.foot.set_into(Into.OPEN)
        self._show_title()
        scale = max(1.0, self.fontMetrics().height() / PLAIN_HEIGHT)
        room = self.screen().availableGeometry().adjusted(0, 0, -FRAME, -FRAME)
        self.resize(min(round(WIDE * scale), room.width()), min(round(HIGH * scale), room.height()))
        self.foot.enable_import(False)
        if len(self._paths) > 1:
            self._looking.run(partial(taken_together, self._paths), self._on_sorted, self._on_unreadable)
        else:
            self._look()

    @property
    def look(self) -> Look | None:
        """What was seen with the answers given; None while looking, or if it cannot be read."""
        return self._seen

    @property
    def outcome(self) -> Outcome | None:
        """What comes of it as it is answered; None while reading."""
        return self._outcome

    @property
    def waiting(self) -> bool:
        """Is there an answer that was not read yet?"""
        return self._later.isActive() or self._again.isActive() or self._outcome is None

    @property
    def options(self) -> ReadOptions:
        """The answers given so far."""
        return self._doubts.applied(self.table_page.options)

    @property
    def on_doubts(self) -> bool:
        """Is the list of doubts in view?"""
        return self._pages.currentWidget() is self.doubt_page

    def follow(self, base: Document) -> None:
        """Another map is open by now, or the same one was changed: reckon with that."""
        if base is self._base:
            return
        self._base = base
        open_map = bool(base.nodes or base.modules)
        self.foot.offer_open(offered=open_map)
        self.foot.show_where(shown=self._seen is not None)
        self._reckon()

    def done(self, result: int, /) -> None:
        """The dialog closes: nobody waits for a look at the table any more."""
        self._later.stop()
        self._again.stop()
        for errand in (self._looking, self._reading, self._reckoning):
            errand.stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc in the list of doubts goes back to the table."""
        if event.key() == Qt.Key.Key_Escape and self.on_doubts:
            self._show_table()
        else:
            super().keyPressEvent(event)

    # -- building -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table_page)
        self._pages.addWidget(self.doubt_page)
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 0)
        head.addWidget(self._title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        page, foot = self.table_page, self.foot
        page.told.connect(self._ask_later)
        page.rows_told.connect(self._on_rows_told)
        page.direction_told.connect(self._read)
        page.other_file_asked.connect(self._on_other_file)
        self.doubt_page.answered.connect(self._on_answered)
        foot.into_told.connect(self._reckon)
        foot.doubts_asked.connect(self._show_doubts)
        foot.back_asked.connect(self._show_table)
        foot.cancelled.connect(self.reject)
        foot.import_asked.connect(self._on_import)

    def _show_title(self) -> None:
        name = say("import", "The clipboard") if self._pasted else disk.shown(self._path)
        where = say("import", "Rows in doubt") if self.on_doubts else ""
        self._title.setText(say("import", "{file}: {step}", file=name, step=where) if where else name)

    # -- looking ------------------------------------------------------------------------------

    def _on_sorted(self, found: Together) -> None:
        self._path = found.main
        self.table_page.set_files(found.main, found.people, found.links, found.left)
        self._show_title()
        self._look()

    def _ask_later(self) -> None:
        self._later.start()

    def _on_rows_told(self) -> None:
        """Other rows or columns: what was said of single cells may be said of others."""
        self._doubts.clear()
        self._later.start()

    def _look(self) -> None:
        """Look at the table again, beside the interface; an older look is silenced."""
        self._reading.stop()
        self._reckoning.stop()
        self._seen = self._opened = self._outcome = None
        self.foot.enable_import(False)
        work = partial(looked_at, self._path, self.table_page.options)
        self._looking.run(work, self._on_seen, self._on_unreadable)

    def _on_seen(self, look: Look) -> None:
        page = self.table_page
        if look.people is not None and not page.people_told:
            page.set_people(look.people)  # found beside it; look again, with names in place of numbers
            self._look()
            return
        if not self._recalled:
            self._recalled = True
            if self._recall(look):
                self._look()
                return
        self._seen = look
        page.show_look(look)
        self.foot.show_where(shown=True)
        self.foot.enable_import(self._can_import)
        if not self._begun:
            self._begun = True
            self.foot.focus()  # Enter is enough for who has no doubts
        if self._can_import:
            self._read()
        else:
            self.foot.show_sentence("")

    def _recall(self, look: Look) -> bool:
        """Answer as last time; does that ask for another look?"""
        answers = self._remembered.of(look.columns)
        told = self._remembered.told((self._path.name, look.columns), look.digest)
        again = answers is not None and answers != _proposed(look)
        if answers is not None and again:
            self.table_page.set_answers(answers)
        self._doubts.recall(told)
        self.table_page.say_last_time(of_columns=again, of_rows=bool(told))
        return again

    @property
    def _can_import(self) -> bool:
        return self._seen is not None and (self._seen.table is None or self.table_page.rows.whole)

    def _on_unreadable(self, error: Exception) -> None:
        self._seen = None
        other, signs = not self._pasted, not isinstance(error, NoTableError)
        self.table_page.show_unreadable(notice_of(error).words(), other=other, signs=signs)
        self.foot.show_where(shown=False)
        self.foot.show_sentence("")
        self.foot.show_work(None)
        self.foot.enable_import(False)
        self._show_table()

    # -- reading ------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read all of it with the answers given; the doubts and what comes of it follow."""
        self._again.stop()
        if self._seen is None:
            return  # a look is under way, and reading follows it
        self._reckoning.stop()
        self._opened = self._outcome = None
        work = partial(read_whole, self._path, self.options)
        self._reading.run(work, self._on_read, self._on_unread, _READING())

    def _on_reading(self, _said: object, task: Task) -> None:
        self.foot.show_work(0.0)
        task.progressed.connect(self.foot.show_work)

    def _on_read(self, opened: Opened) -> None:
        self.foot.show_work(None)
        self._opened = opened
        self._reckon()

    def _on_unread(self, error: Exception) -> None:
        """The columns can be seen, but no row says anything as it is read now."""
        self.foot.show_work(None)
        self.foot.show_sentence(notice_of(error).words())
        self.foot.enable_import(False)

    def _reckon(self) -> None:
        """What comes of it, where it goes now."""
        if self._opened is None:
            return  # reading is under way, and this follows it
        self._outcome = None
        taken_out = frozenset(self._doubts.left_out)
        into, same = self.foot.into, dict(self._doubts.same)
        work = partial(reckoned, self._path, self._opened, into, self._base, taken_out, same=same)
        self._reckoning.run(work, self._on_reckoned)

    def _on_reckoned(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._doubts.heard(outcome.notes)  # names near those of the map that it goes into among them
        if self.on_doubts:
            self.doubt_page.renew()
        self._show_count()
        self.foot.show_sentence(str(sentence(outcome)))
        self.foot.enable_import(self._can_import)

    # -- the steps ----------------------------------------------------------------------------

    def _show_count(self) -> None:
        doubts = self._doubts
        self.foot.show_doubts(doubts.open, doubts.total, on_them=self.on_doubts)

    def _show_doubts(self) -> None:
        self.doubt_page.renew()
        self._pages.setCurrentWidget(self.doubt_page)
        self._show_title()
        self._show_count()
        self.foot.focus()

    def _show_table(self) -> None:
        if self.on_doubts:
            self._pages.setCurrentWidget(self.table_page)
            self._show_title()
            self._show_count()
            self.foot.focus()

    def _on_answered(self) -> None:
        """Read anew with what was said, once the hand has rested."""
        self._show_count()
        self._again.start()

    def _on_other_file(self) -> None:
        self.reject()
        self.other_file_asked.emit()

    def _on_import(self) -> None:
        if not self._can_import or self._seen is None:
            return
        waiting = self._again.isActive()  # said, and not read yet
        opened = None if waiting else self._opened
        options = self.options
        columns = self._seen.columns
        self._remembered.keep(columns, answers_of(options))
        self._remembered.keep_told((self._path.name, columns), self._seen.digest, self._doubts.told)
        self.decided.emit(Decided(self._path, options, self.foot.into, opened))
        self.accept()


def _proposed(look: Look) -> Answers:
    """What is answered if nobody says anything."""
    asks = look.table is not None and look.table.asks
    survey = look.table is not None and bool(look.table.questions)
    return Answers(arrows=None if survey else Arrows.ASKS if asks else Arrows.FLOW)


def read_whole(path: Path, options: ReadOptions, progress: Progress) -> Opened:
    """In a thread: the whole file."""
    return formats.read(path, options, progress)
