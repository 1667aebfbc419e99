"""The way back to a previous version: as one step of undo, or as a copy. The file stays as it is."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from orgmap.files import disk, versions
from orgmap.files.versions import Version
from orgmap.i18n import text
from orgmap.model.document import Document, difference
from orgmap.model.tally import tally
from orgmap.progress import Progress
from orgmap.ui import recovery
from orgmap.ui.asking import ask_forget
from orgmap.ui.dialogs.versions import VersionsDialog
from orgmap.ui.file_names import shown_title
from orgmap.ui.jobs import Errand
from orgmap.ui.keeping import Keeper
from orgmap.ui.moments import moment
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer, notice_of
from orgmap.ui.session import Session
from orgmap.ui.storing import all_placed
from orgmap.ui.tallied import names_of, words_of

_BACK = text("edit", "Bring back the version of {when}")
_NO_FILE = text("notice", "Previous versions are kept from the first save on. This map has no file yet.")
_SAVE_AS = text("notice", "Save as…")


class Previous(QObject):
    """Shows the versions of the open map and brings one back."""

    def __init__(self, session: Session, keeper: Keeper, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._keeper = keeper
        self._notices = notices
        self._window = window
        self._listing = Errand(self)
        self._reading = Errand(self)
        self._read: tuple[Version, Document] | None = None
        session.opened.connect(self._close)
        session.changed.connect(self._compare)
        session.names_changed.connect(self._on_names)
        keeper.stored.connect(self._list)

    @property
    def dialog(self) -> VersionsDialog | None:
        """The list, while it is open."""
        return self._window.findChild(VersionsDialog)

    def show(self) -> None:
        """Open the list; there is one of it."""
        path = self._session.path
        if path is None:
            offer = Offer(_SAVE_AS, self._keeper.save_as)
            self._notices.tell(Notice(_NO_FILE(), Kind.INFO, offers=(offer,), key="versions"))
            return
        dialog = self.dialog
        if dialog is None:
            dialog = VersionsDialog(self._name(path), self._window)
            dialog.looked_at.connect(self._look)
            dialog.restore_asked.connect(self._restore)
            dialog.copy_asked.connect(self._copy)
            dialog.forget_asked.connect(self._ask_forget)
            self._list()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def stop(self) -> None:
        """The window goes."""
        self._listing.close()
        self._reading.close()

    def _list(self, _stored: object = None) -> None:
        path = self._session.path
        if self.dialog is not None and path is not None:
            listed = partial(_listed, recovery.versions(), path, self._keeper.digest)
            self._listing.run(listed, self._on_listed)

    def _on_listed(self, found: list[Version]) -> None:
        if self.dialog is not None:
            self.dialog.show_versions(found, self._keeper.digest)

    def _look(self, version: Version) -> None:
        self._read = None
        self._reading.run(partial(_ready, version), self._on_read, self._on_unread)

    def _on_read(self, read: tuple[Version, Document]) -> None:
        self._read = read
        self._compare()

    def _on_unread(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.show_trouble(notice_of(error).words())

    def _compare(self, _change: object = None) -> None:
        if self.dialog is None or self._read is None:
            return
        version, then = self._read
        change = difference(self._session.document, then)
        differs = tally(change)
        names = "" if self._session.names_hidden else names_of(change)
        self.dialog.show_comparison(version, words_of(differs), names, same=not differs)

    def _restore(self, version: Version) -> None:
        if self._read is not None and self._read[0] == version:
            self._session.going.emit()  # what is half typed is a step of its own
            label = _BACK(when=moment(version.at))
            self._session.edit(label, difference(self._session.document, self._read[1]))
            self._session.seal()

    def _copy(self, version: Version) -> None:
        if self._read is not None and self._read[0] == version:
            hidden = self._session.names_hidden
            self._keeper.leave(partial(self._keeper.show_document, self._read[1], hidden=hidden))

    def _name(self, path: Path) -> str:
        return shown_title(self._session) if self._session.names_hidden else disk.shown(path)

    def _on_names(self, _shown: object) -> None:
        path = self._session.path
        if self.dialog is not None and path is not None:
            self.dialog.show_name(self._name(path))
            self._compare()

    def _ask_forget(self) -> None:
        path = self._session.path
        if self.dialog is not None and path is not None:
            ask_forget(self.dialog, self._name(path), partial(self._forget, path))

    def _forget(self, path: Path) -> None:
        self._read = None
        self._listing.run(partial(_forgotten, recovery.versions(), path), self._on_listed)

    def _close(self) -> None:
        """Another map: the list was that of the last one."""
        self._read = None
        if self.dialog is not None:
            self.dialog.close()


def _listed(folder: Path, path: Path, digest: str | None, _progress: Progress) -> list[Version]:
    """With those of the map this file was, before it was renamed or copied."""
    if digest is not None:
        with contextlib.suppress(OSError):
            versions.carried(folder, path, digest)
    return versions.kept(folder, path)


def _forgotten(folder: Path, path: Path, _progress: Progress) -> list[Version]:
    versions.forget(folder, path)
    return versions.kept(folder, path)


def _ready(version: Version, progress: Progress) -> tuple[Version, Document]:
    return version, all_placed(versions.load(version), progress)
