"""After a crash: the maps that were not saved are offered in the first window, each with one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QObject

from orgmap.files import journal
from orgmap.files.journal import Restored
from orgmap.i18n import text
from orgmap.progress import Progress
from orgmap.ui import recovery
from orgmap.ui.dialogs.recovered import RecoveredDialog, ahead_of, name_of
from orgmap.ui.jobs import Errand
from orgmap.ui.main_window import MainWindow
from orgmap.ui.moments import moment
from orgmap.ui.notices import Kind, Notice, Offer

KEY = "recovered"
LET_GO_WITHIN = 10.0  # seconds until a process that started this one has ended
LOOK_EVERY = 0.1  # seconds

_ONE = text("notice", "orgmap ended before this map was saved. It can be reopened as of {when}: {ahead}.")
_MANY = text(
    "notice",
    "orgmap ended before {n} map was saved. It can be reopened.",
    "orgmap ended before {n} maps were saved. They can be reopened.",
)
_REOPEN = text("notice", "Reopen it")
_DISCARD = text("notice", "Discard it")
_DIED = text("notice", "orgmap ended unexpectedly the last time. Nothing was lost.")
_REPORT = text("notice", "A report without any names lies in {path}.")
_SHOW = text("notice", "Show them…")


class Recovering(QObject):
    """Looks, in a thread, for what a crash left behind. `another` opens one more window."""

    def __init__(self, another: Callable[[], MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._another = another
        self._window: MainWindow | None = None
        self._reopen_at_once: frozenset[Path] = frozenset()
        self._died: Path | None = None
        self._errand = Errand(self)

    def offer(self, window: MainWindow, reopen: Sequence[Path] = (), died: Path | None = None) -> None:
        """Offer in this window what is found. `reopen`: journals that are to be reopened without asking.

        `died`: the report of how the last run ended, where the system ended it.
        """
        self._window = window
        self._reopen_at_once = frozenset(reopen)
        self._died = died
        window.closed.connect(self._on_closed)
        self._errand.run(partial(_found, self._reopen_at_once), self._on_found)

    def stop(self) -> None:
        """The program ends."""
        self._errand.close()

    def _on_closed(self) -> None:
        self._window = None

    def _on_found(self, found: list[Restored]) -> None:
        window = self._window
        if window is None:
            return
        for one in [each for each in found if self._reopen_at_once.intersection(each.sources)]:
            found.remove(one)
            self._reopen(one)
        hint = _REPORT(path=str(self._died)) if self._died is not None else None
        if not found:
            if hint is not None:
                window.notices.tell(Notice(_DIED(), Kind.INFO, hint=hint, offers=(), key=KEY))
            return
        if len(found) > 1:
            show = Offer(_SHOW, partial(self._show, tuple(found)))
            window.notices.tell(Notice(_MANY(n=len(found)), Kind.WARNING, "", hint, (show,), KEY))
            return
        one = found[0]
        offers = (
            Offer(_REOPEN, partial(self._reopen, one)),
            Offer(_DISCARD, partial(self._discard, one)),
        )
        said = _ONE(when=moment(one.at), ahead=ahead_of(one))
        window.notices.tell(Notice(said, Kind.WARNING, name_of(one), hint, offers, KEY))

    def _show(self, found: tuple[Restored, ...]) -> None:
        if self._window is None:
            return
        dialog = RecoveredDialog(found, self._window)
        dialog.reopen_asked.connect(self._reopen)
        dialog.discard_asked.connect(self._discard)
        dialog.show()

    def _reopen(self, one: Restored) -> None:
        """In the first window if nothing is open there, else in one of its own."""
        window = self._window
        if window is None or not window.free:
            window = self._another()
        window.keeper.open_restored(one)

    def _discard(self, one: Restored) -> None:
        journal.forget(one.sources)


def _found(wanted: frozenset[Path], progress: Progress) -> list[Restored]:
    """What crashes left. The process before may still be letting go of what is `wanted`."""
    limit = monotonic() + LET_GO_WITHIN
    while monotonic() < limit and not all(map(journal.orphaned, wanted)):
        progress.at(0.0)
        sleep(LOOK_EVERY)
    return journal.left_behind(recovery.journals())
