"""What maps and their files are called, and where a dialog looks for them first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from orgmap.files import disk
from orgmap.i18n import Said, say
from orgmap.model.document import Document
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.shares import folder_there

SUFFIX = ".orgmap"
LONGEST = 80  # characters of a proposed file name


def readable_filters() -> list[str]:
    """The filters of the open dialog: everything that can be read, then each format."""
    from orgmap.files.formats import READABLE

    every = " ".join(f"*{each.suffix}" for each in READABLE)
    single = [_filter(each.name(), f"*{each.suffix}") for each in READABLE]
    return [say("dialog", "Everything readable ({pattern})", pattern=every), *single]


def proposed_name(document: Document) -> str:
    """A file name made of the title, without signs that some system refuses."""
    kept = "".join(" " if c in '<>:"/\\|?*' or not c.isprintable() else c for c in document.info.title)
    words = " ".join(kept.split()).strip(". ")[:LONGEST].strip(". ")
    return words or say("file", "Map")


def shown_title(session: Session) -> str:
    """What the map is called: its title, else its file, else that it has no name yet."""
    if session.names_hidden:
        return say("state", "Map without names")
    title = " ".join(session.document.info.title.split())
    if title:
        return title
    return disk.shown(session.path.with_suffix("")) if session.path is not None else say("map", "Unnamed map")


def first_folder(session: Session, recent: Recent | None = None) -> Path:
    """Where to look for files first: beside the map, or where the last ones were, if that answers."""
    for path in (session.path, *(recent.paths if recent is not None else ())):
        if path is not None and folder_there(path.parent):
            return path.parent
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(where) if Path(where).is_dir() else Path.home()


def _filter(name: Said, pattern: str) -> str:
    return say("dialog", "{name} ({pattern})", name=str(name), pattern=pattern)
