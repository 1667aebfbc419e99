"""What is known of the file of the open map: what it held when it was last read or written, and our
claim on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from orgmap.files.claims import Hold
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui.storing import Claiming

LET_GO_WITHIN = 2.0  # seconds that work waits for another claim to be let go

Work = TypeVar("Work")


class MapFile:
    """`digest`: of what the file holds as far as we know; None without a file. `document`: that as a map."""

    def __init__(self) -> None:
        self.digest: str | None = None
        self.document: Document | None = None
        self._hold: Hold | None = None
        self._left: list[list[str]] = []  # per save that nobody waits for any more: what it was to write
        self._releasing: threading.Thread | None = None

    def known(self) -> str | None:
        """The digest, for those who ask later."""
        return self.digest

    def forget(self) -> None:
        """The map has no file."""
        self.digest = self.document = None
        self._left = []

    def leave(self, begun: list[str]) -> None:
        """Nobody waits any more for a save that puts into `begun` the digest of what it is about to write."""
        self._left = [*self._left, begun]

    def ours(self, digest: str) -> bool:
        """Is this what a save wrote that nobody waits for any more? Asked from any thread."""
        return any(digest in begun for begun in self._left)

    def claim(self, hold: Hold | None) -> None:
        """Hold another file, and let the last one go; in a thread, for a share may be out of reach."""
        old, self._hold = self._hold, hold
        self.let_go(old)

    def let_go(self, hold: Hold | None) -> None:
        """A claim that is not wanted, also one that was never ours to keep."""
        if hold is not None:
            go = partial(hold.release, remove=True)
            self._releasing = threading.Thread(target=go, name="releasing", daemon=True)
            self._releasing.start()

    def claiming(self, *, anyway: bool = False) -> Claiming:
        """How a file is to be claimed."""
        return Claiming(self._hold.path if self._hold is not None else None, anyway=anyway)

    def after(self, work: Callable[[Progress], Work]) -> Callable[[Progress], Work]:
        """The work, once a file that is just being let go is let go."""
        first = self._releasing

        def whole(progress: Progress) -> Work:
            if first is not None:
                first.join(LET_GO_WITHIN)
            return work(progress)

        return whole

    def stop(self) -> None:
        """The window goes."""
        self.claim(None)
        if self._releasing is not None:
            self._releasing.join(1.0)
