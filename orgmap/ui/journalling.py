"""The journal of one session: every edit goes to the disk within a second, until the map is saved."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from orgmap.files.journal import Head
from orgmap.model.document import Change, Document, difference
from orgmap.ui.carrier import Letter
from orgmap.ui.recovery import journals
from orgmap.ui.scribe import Begin, Drop, Edited, Forget, Hide, Mark, Scribe
from orgmap.ui.session import Session
from orgmap.ui.storing import Stored

WITHIN = 5.0  # seconds that leaving waits for the disk
MARKED = (
    1.0  # seconds that a save waits for the journal; without the mark it is only less clear after a crash
)


class Journalling(QObject):
    """Follows a session. `digest` says what the file of the map held when it was read or written.

    `troubled` rings when edits cannot be written; edits go on, and each tries again.
    """

    troubled = Signal(object)  # OSError

    def __init__(self, session: Session, digest: Callable[[], str | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._digest = digest
        self._scribe = Scribe(journals, Letter(self._on_trouble))
        self._base = session.document
        self._begun = False
        self._away = 0  # edits ahead of the file, besides those the history knows of
        self._saving_at = 0
        self._saves = 0
        self._lineage = secrets.token_hex(8)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.names_changed.connect(self._on_names)

    def opened_ahead(self, away: int, sources: tuple[Path, ...]) -> None:
        """The map just opened came from journals, so many edits ahead of its file."""
        self._away = away
        self._begin(at_once=True)
        self._scribe.give(Forget(sources))

    def saving(self) -> Callable[[str], None]:
        """A save begins with the map as it is now. The answer is to be told, in the thread that saves and
        just before the file is replaced, the digest of what goes there."""
        self._saving_at = self._session.history.away
        self._saves += 1
        self._scribe.give(Mark(self._saves))
        return partial(self._about_to_save, self._saves)

    def _about_to_save(self, number: int, digest: str) -> None:
        self._scribe.give(Mark(number, digest))
        self._scribe.flush(MARKED)

    def saved(self, stored: Stored) -> None:
        """A map is safe in its file; what was edited since begins a new journal."""
        self._away = 0
        self._base = stored.document
        self._begun = False
        document = self._session.document
        since = difference(stored.document, document)
        if not since:
            self._scribe.give(Drop())
            return
        self._away = -self._saving_at  # the history counts from a save before this one
        self._begin(at_once=True)
        self._scribe.give(Edited(since, document, self._steps(), _now()))

    def keep(self) -> Path | None:
        """Write everything now; the journal, if all of it is on the disk."""
        self._scribe.flush(WITHIN)
        return self._scribe.kept

    def let_go(self) -> None:
        """The map was saved or is not wanted any more."""
        self._begun = False
        self._scribe.give(Drop())

    def stop(self) -> None:
        """The window goes. What was not saved or let go stays for the next start."""
        if not self._session.modified:
            self._scribe.give(Drop())
        self._scribe.close(WITHIN)

    def _begin(self, *, at_once: bool) -> None:
        path, away = self._session.path, max(self._away, 0)
        head = Head(
            lineage=self._lineage,
            path=path,
            digest=self._digest(),
            away=away,
            at=_now(),
            hidden=self._session.names_hidden,
        )
        self._begun = True
        self._scribe.give(Begin(head, self._base, at_once))

    def _on_opened(self) -> None:
        self._base = self._session.document
        self._begun = False
        self._away = 0
        self._lineage = secrets.token_hex(8)
        self._scribe.give(Drop())
        if self._session.modified and not _empty(self._base):
            self._begin(at_once=True)

    def _on_changed(self, change: Change) -> None:
        if not self._begun:
            self._begin(at_once=False)
        self._scribe.give(Edited(change, self._session.document, self._steps(), _now()))

    def _on_names(self, shown: bool) -> None:
        if self._begun:
            self._scribe.give(Hide(not shown))

    def _steps(self) -> int:
        return abs(self._away + self._session.history.away)

    def _on_trouble(self, error: OSError) -> None:
        self.troubled.emit(error)


def _empty(document: Document) -> bool:
    return not (document.nodes or document.modules or document.stickies)


def _now() -> datetime:
    return datetime.now(tz=UTC)
