"""The maps opened last. Those that are gone stay in the list, greyed, until they are taken out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from orgmap.ui.settings import Settings
from orgmap.ui.shares import there

MOST = 10  # as many as a menu can show without scrolling on a small screen
_KEY = "files/recent"


class Recent(QObject):
    """Newest first, each file once, kept in the settings."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them, whether they are still there or not."""
        listed = dict.fromkeys(word for word in self._settings.listing(_KEY) if word)
        return tuple(Path(word) for word in listed)[:MOST]

    def add(self, path: Path) -> None:
        """This map was just opened or saved."""
        known = path.absolute()
        self._put([known, *(other for other in self.paths if other != known)])

    def remove(self, path: Path) -> None:
        """Take one out; the file itself stays."""
        self._put([other for other in self.paths if other != path])

    def remove_gone(self) -> None:
        """Take out everything that is no longer on disk."""
        self._put([path for path in self.paths if there(path)])

    def _put(self, paths: list[Path]) -> None:
        self._settings.put_listing(_KEY, [str(path) for path in paths[:MOST]])
        self.changed.emit()
