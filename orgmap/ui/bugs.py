"""The border for what nobody expected: a report, the work kept, one question, and a way to start afresh."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from orgmap.i18n import say, text
from orgmap.ui.again import Work, work_of
from orgmap.ui.carrier import Letter
from orgmap.ui.notices import Kind, Notice, Offer

if TYPE_CHECKING:
    from orgmap.ui.asking import Question
    from orgmap.ui.main_window import MainWindow

MOST_ASKED = 3  # questions in a run; what goes wrong after that is told in the bar

_ANEW = text("notice", "orgmap met a mistake of its own again. You can go on, or start again with your work.")
_START_AGAIN = text("notice", "Start again with my work")


class Bugs(QObject):
    """Catches what falls. `windows`: those that are open; `leave` ends the program.

    The same mistake is asked about once in a run and told once more; a third time nobody is disturbed.
    """

    def __init__(
        self, windows: Callable[[], list[MainWindow]], leave: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._windows = windows
        self._leave = leave
        self._question: Question | None = None
        self._asked: set[str] = set()
        self._told: set[str] = set()
        self._copies: list[Path] = []
        self._leaving = False
        self.again: Work | None = None  # what to start again with, once this process has let go of it
        self._fallen = Letter(self._on_fallen)
        self._interrupted = Letter(self.end)

    def met(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception that nobody caught, in whatever thread and wherever it was.

        It may come out of painting, or of a widget that is just being deleted: a dialog must not open
        there, so all that follows is done when Qt is back in its loop.
        """
        if issubclass(kind, KeyboardInterrupt):
            self._interrupted()
            return
        from orgmap import crash

        self._fallen(kind.__qualname__, crash.save_report(error.with_traceback(trace), "window"))

    def _on_fallen(self, kind: str, report: Path | None) -> None:
        if self._question is not None or self._leaving:
            return
        mark = str(report) if report is not None else kind
        unsaved = self._unsaved()
        kept = self.keep_work()
        window = next((w for w in self._windows() if w.isVisible()), None)
        if window is None:
            print(say("bug", "orgmap met a mistake of its own."), report or "", file=sys.stderr)
        elif mark not in self._asked and len(self._asked) < MOST_ASKED:
            self._asked.add(mark)
            self._ask(window, report, kept, whole=len(kept) == len(unsaved))
        elif mark not in self._told:
            self._told.add(mark)
            offers = (Offer(_START_AGAIN, self.start_again),)
            window.notices.tell(Notice(_ANEW(), Kind.PROBLEM, offers=offers, key="bug"))

    def met_in_thread(self, found: threading.ExceptHookArgs) -> None:
        """As `met`, as `threading.excepthook` has it."""
        if found.exc_value is not None:
            self.met(found.exc_type, found.exc_value, found.exc_traceback)

    def end(self) -> None:
        """Asked to end from outside: what is not saved stays in its journal, or a copy; then go."""
        self.keep_work()
        self._copies = []  # nobody let these go on purpose: the next start offers them
        self._go()

    def start_again(self) -> None:
        """Keep what is not saved, end, and have another process reopen all of it."""
        windows = self._windows()
        unsaved = self._unsaved()
        saved = (w.session for w in windows if w not in unsaved and not w.left)
        files = {session.path: session.names_hidden for session in saved if session.path is not None}
        self.again = work_of(files, self.keep_work())
        self._copies = []
        self._go()

    def keep_work(self) -> list[Path]:
        """Where what is not saved lies now: in journals, or copies of maps whose journal failed."""
        from orgmap.ui import recovery

        written = {w: w.keeper.journal.keep() for w in self._unsaved()}
        aside = [w.session for w, path in written.items() if path is None]
        copies = [recovery.keep(session.document, hidden=session.names_hidden) for session in aside]
        kept = [path for path in copies if path is not None]
        for old in self._copies if kept else ():
            recovery.discard(old)
        self._copies = kept or self._copies
        return [path for path in (*written.values(), *kept) if path is not None]

    def forget_copies(self) -> None:
        """Everything was saved or let go on purpose: the copies of this run are not needed."""
        if self._copies:
            from orgmap.ui import recovery

            for path in self._copies:
                recovery.discard(path)
        self._copies = []

    def _unsaved(self) -> list[MainWindow]:
        return [w for w in self._windows() if w.session.modified and not w.left]

    def _go(self) -> None:
        """End, whatever else goes wrong on the way."""
        self._leaving = True
        try:
            for window in self._windows():
                window.stop()
        finally:
            self._leave()

    def _ask(self, window: MainWindow, report: Path | None, kept: list[Path], *, whole: bool) -> None:
        from orgmap.ui.asking import ask_bug

        self._question = ask_bug(window, report, kept[-1] if kept else None, self.start_again, whole=whole)
        self._question.finished.connect(self._on_answered)
        self._question.destroyed.connect(self._on_answered)  # its window may go without an answer

    def _on_answered(self) -> None:
        self._question = None
