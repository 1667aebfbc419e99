"""Where the program keeps what nobody should lose, in the user's state folder: journals of what is not
saved yet, previous versions, and copies of maps whose journal could not be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from orgmap.errors import OrgmapError
from orgmap.files import native
from orgmap.model.document import Document

MOST = 5  # copies kept after they were offered
HIDDEN = "-hidden"  # at the end of the name of a copy: its names were hidden, and are when it is opened


_elsewhere: Path | None = None


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Keep everything in this folder for a while, so that nothing of the user's is touched."""
    global _elsewhere
    before, _elsewhere = _elsewhere, folder
    try:
        yield
    finally:
        _elsewhere = before


def _state() -> Path:
    return user_state_path("orgmap", appauthor=False) if _elsewhere is None else _elsewhere


def journals() -> Path:
    """Where journals lie. It may not exist."""
    return _state() / "journals"


def versions() -> Path:
    """Where previous versions lie. It may not exist."""
    return _state() / "versions"


def folder() -> Path:
    """Where copies lie. It may not exist."""
    return _state() / "recovery"


def keep(document: Document, *, hidden: bool = False) -> Path | None:
    """Write a copy; None if it cannot be written anywhere, or there is nothing in the map.

    `hidden`: its names were not to be seen.
    """
    if not document.nodes and not document.modules:
        return None
    mark = HIDDEN if hidden else ""
    path = folder() / f"map-{datetime.now(tz=UTC):%Y%m%d-%H%M%S-%f}{mark}{native.SUFFIX}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        native.save(document, path)
    except (OSError, OrgmapError):
        return None
    return path


def waiting() -> Path | None:
    """The newest copy that was not offered yet. Its name tells, for clocks and times of files go wrong."""
    found = sorted(folder().glob(f"map-*{native.SUFFIX}")) if folder().is_dir() else []
    return found[-1] if found else None


def offered() -> Path | None:
    """As `waiting`, and lay all copies aside, so that each is offered once and still not lost."""
    newest = waiting()
    if newest is None:
        return None
    aside = folder() / "offered"
    moved = aside / newest.name
    try:
        aside.mkdir(exist_ok=True)
        for path in folder().glob(f"map-*{native.SUFFIX}"):
            path.replace(aside / path.name)
        for old in sorted(aside.glob(f"map-*{native.SUFFIX}"))[:-MOST]:
            old.unlink()
    except OSError:
        return newest if newest.exists() else moved
    return moved


def was_hidden(path: Path) -> bool:
    """Were the names in this copy hidden?"""
    return path.stem.endswith(HIDDEN)


def discard(path: Path) -> None:
    """The map is safe elsewhere."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
