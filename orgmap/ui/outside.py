"""What happens to the file of the open map without us: told at once, and never settled unasked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from orgmap.files import disk
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.ui.jobs import Errand
from orgmap.ui.keeping import Keeper
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer
from orgmap.ui.session import Session
from orgmap.ui.storing import Claiming, Read, read_map
from orgmap.ui.watching import Seen, State, Watching

KEY = "outside"

_CHANGED = text("notice", "Another program has changed this file. The map here is as it was before.")
_BOTH = text("notice", "Another program has changed this file, and the map here has changes, too.")
_GONE = text("notice", "This file is no longer on the disk. The map here is whole; save it to have it again.")
_AWAY = text(
    "notice",
    "The folder of this file is out of reach. The map here is whole, and edits are kept on this computer.",
)
_BACK = text("notice", "The file is there again, as it was.")
_UNDO_HINT = text("notice", "Taking over theirs is one step; undo brings yours back.")
_THEIRS = text("notice", "Take over theirs")
_MINE = text("notice", "Keep mine")
_SAVE_AS = text("notice", "Save as…")
_THERE = text("notice", "Save it there again")
_TAKEN = text("edit", "Take over what another program wrote")


class Outsiders(QObject):
    """Watches the file of a session and offers what can be done."""

    def __init__(self, session: Session, keeper: Keeper, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._keeper = keeper
        self._notices = notices
        self._missed: Document | None = None  # a map that was saved when its file went
        self._out_of_reach = False
        self._errand = Errand(self)
        self.watching = Watching(session, self._known, self._busy, self)
        self.watching.seen.connect(self._on_seen)
        keeper.stored.connect(self._on_stored)

    def stop(self) -> None:
        """The window goes."""
        self._errand.close()
        self.watching.stop()

    def _known(self) -> str | None:
        return self._keeper.digest

    def _busy(self) -> bool:
        return self._keeper.saving

    def _on_stored(self, _stored: object) -> None:
        self._missed = None
        self._notices.withdraw(KEY)
        self.watching.begin_again()

    def _on_seen(self, seen: Seen) -> None:
        save_as = Offer(_SAVE_AS, self._keeper.save_as)
        if self._out_of_reach and seen.state is not State.AWAY:
            self._notices.withdraw("save")  # it said that the folder is not there
        self._out_of_reach = seen.state is State.AWAY
        if seen.state is State.SAME:
            self._welcome(seen)
        elif self._keeper.ours(seen.digest):
            self._keep_mine(seen)  # nobody else wrote: there is nothing to ask
        elif seen.state is State.CHANGED:
            mine = Offer(_MINE, partial(self._keep_mine, seen))
            theirs = Offer(_THEIRS, partial(self._read_theirs, seen.path))
            said = _BOTH() if self._session.modified else _CHANGED()
            hint = _UNDO_HINT() if self._session.modified else None
            offers = (theirs, mine, save_as) if self._session.modified else (theirs, mine)
            self._tell(seen.path, said, offers, hint)
        else:
            if not self._session.modified:
                self._missed = self._session.document
            self._session.unsave()
            gone = seen.state is State.GONE
            again = (Offer(_THERE, self._keeper.save_over),) if gone else ()
            self._tell(seen.path, _GONE() if gone else _AWAY(), (*again, save_as))

    def _welcome(self, seen: Seen) -> None:
        """The file is again what it was; if nothing was edited since, the map counts as saved again."""
        self._notices.withdraw(KEY)
        self._notices.tell(Notice(_BACK(), Kind.INFO, disk.shown(seen.path), key=KEY))
        missed, self._missed = self._missed, None
        if missed is not None and missed is self._session.document:
            self._session.saved(seen.path, missed)

    def _tell(self, path: Path, said: Said, offers: tuple[Offer, ...], hint: Said | None = None) -> None:
        self._notices.tell(Notice(said, Kind.WARNING, disk.shown(path), hint, offers, KEY))

    def _keep_mine(self, seen: Seen) -> None:
        """Saving replaces theirs without asking again; it stays among the previous versions."""
        if seen.path == self._session.path:
            self._keeper.accept(seen.digest)
            self.watching.begin_again()

    def _read_theirs(self, path: Path) -> None:
        read = partial(read_map, path, None, self._session.revision, Claiming())
        self._errand.run(read, self._on_theirs, self._on_unread)

    def _on_theirs(self, read: Read) -> None:
        if read.path != self._session.path or read.digest is None:
            return  # another map is open by now
        self._session.going.emit()  # what is half typed becomes a step of its own
        self._keeper.take_over(read.opened.document, read.digest, _TAKEN())
        self.watching.begin_again()

    def _on_unread(self, error: Exception) -> None:
        self._notices.tell_error(error, Offer(_SAVE_AS, self._keeper.save_as), key=KEY)
