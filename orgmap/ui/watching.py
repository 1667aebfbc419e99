"""Keeps an eye on the file of the map: did another program change it, or take it away?

It is looked at every two seconds in a thread, because that also works on a share, where nobody is told
of changes, and because a share that hangs must not hold up the window.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.journal import digest_of
from orgmap.progress import Progress
from orgmap.ui.jobs import Task
from orgmap.ui.session import Session

EVERY = 2_000  # milliseconds
HANGS = 5  # looks that go by without an answer until the file counts as out of reach

Mark = tuple[int, int, int]  # time of change, size, number of the file


class State(Enum):
    """How the file stands to what was read from it or written to it."""

    SAME = auto()
    CHANGED = auto()
    GONE = auto()  # its folder is there
    AWAY = auto()  # not even its folder


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the file found. `digest` and `mark`: of what is there now."""

    path: Path
    state: State
    digest: str | None = None
    mark: Mark | None = None


def look(path: Path, known: str, mark: Mark | None, _progress: Progress) -> Seen:
    """Look at the file; it is read only if its `mark` is another than last time."""
    try:
        found = path.stat()
    except OSError:
        return Seen(path, State.GONE if os.path.isdir(path.parent) else State.AWAY)  # noqa: PTH112 - never raises
    now = (found.st_mtime_ns, found.st_size, found.st_ino)
    if now == mark:
        return Seen(path, State.SAME, known, now)
    try:
        digest = digest_of(disk.read_bytes(path))
    except ReadError:
        return Seen(path, State.CHANGED, None, now)
    return Seen(path, State.SAME if digest == known else State.CHANGED, digest, now)


class Watching(QObject):
    """Rings `seen` once for every state of the file that is news. `known`: what it should hold.

    While `busy`, nothing is looked at: then it is we who change the file.
    """

    seen = Signal(object)  # Seen

    def __init__(
        self,
        session: Session,
        known: Callable[[], str | None],
        busy: Callable[[], bool],
        parent: QObject,
        every: int = EVERY,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._known = known
        self._busy = busy
        self._clock = QTimer(self, singleShot=True, interval=every)
        self._clock.timeout.connect(self.look)
        self._task: Task | None = None
        self._asked: tuple[Path, str] | None = None
        self._late = 0
        self._mark: Mark | None = None
        self._told: tuple[State, str | None] = (State.SAME, None)
        session.opened.connect(self.begin_again)

    def begin_again(self) -> None:
        """The map has another file, or the same one with something else in it."""
        self._mark = None
        self._told = (State.SAME, None)
        self._late = 0
        if self._session.path is not None and self._known() is not None:
            self._clock.start()
        else:
            self._clock.stop()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        path, known = self._session.path, self._known()
        if path is None or known is None:
            return
        self._clock.start()
        if self._task is not None:
            self._late += 1
            if self._late == HANGS:
                self._tell(Seen(path, State.AWAY))
            return
        if self._busy():
            return
        self._asked = (path, known)
        self._task = Task(partial(look, path, known, self._mark), self)
        self._task.done.connect(self._on_looked)
        self._task.ended.connect(self._on_ended)
        self._task.start()

    def stop(self) -> None:
        """The window goes."""
        self._clock.stop()
        if self._task is not None:
            self._task.cancel()
            self._task.wait(0.5)

    def _on_looked(self, seen: Seen) -> None:
        if self._asked != (self._session.path, self._known()) or self._busy():
            return  # saved or opened meanwhile
        self._late = 0
        gone = seen.state in (State.GONE, State.AWAY)
        if gone and self._mark is not None:
            self._mark = None  # another program may be replacing it just now: look once more
            return
        self._mark = seen.mark if seen.state is State.SAME else None
        self._tell(seen)

    def _tell(self, seen: Seen) -> None:
        news = (seen.state, seen.digest if seen.state is State.CHANGED else None)
        if news != self._told:
            self._told = news
            self.seen.emit(seen)

    def _on_ended(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
        self._task = None
