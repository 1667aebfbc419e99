"""What reading and saving do in their thread: no widget, no session, values in and out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk, native
from orgmap.files.reading import Opened
from orgmap.i18n import Said
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.progress import Progress


@dataclass(frozen=True, slots=True)
class Read:
    """A map that was read. `keep`: the file it is saved to, None for a copy.

    `asked_at`: revision of the session when it was asked for.
    """

    opened: Opened
    path: Path
    keep: Path | None
    digest: str
    asked_at: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A map that is safe on disk."""

    document: Document
    path: Path
    digest: str
    warnings: tuple[Said, ...]


class Outside(Exception):  # noqa: N818 - it is a question, not an error
    """Another program changed the file since it was read, or took it away (`gone`)."""

    def __init__(self, path: Path, *, gone: bool) -> None:
        super().__init__(path, gone)
        self.path = path
        self.gone = gone


def read_map(path: Path, keep: Path | None, asked_at: int, progress: Progress) -> Read:
    """Read a native file and give a place to whoever has none. Raises ReadError."""
    data = disk.read_bytes(path)
    opened = native.read(data, path, progress.part(0.0, 0.6))
    placed = all_placed(opened.document, progress.part(0.6, 0.9))
    if placed.backdrops:
        from orgmap.drawing.backdrops import make_ready  # most maps have none

        make_ready(backdrop.data for backdrop in placed.backdrops.values())
    return Read(
        opened=replace(opened, document=placed, placed=True),
        path=path,
        keep=keep,
        digest=_digest(data),
        asked_at=asked_at,
    )


def store_map(document: Document, path: Path, known: str | None, _progress: Progress) -> Stored:
    """Save. With `known`, only if the file still holds that. Raises WriteError, `Outside`."""
    if known is not None:
        try:
            found = _digest(disk.read_bytes(path))
        except ReadError:
            raise Outside(path, gone=not path.exists()) from None
        if found != known:
            raise Outside(path, gone=False)
    warnings = native.save(document, path)
    return Stored(document, path, _digest(disk.read_bytes(path)), tuple(warnings))


def all_placed(document: Document, progress: Progress) -> Document:
    """The document with a place for everybody; the same one if nobody lacks it."""
    if all(node.x is not None for node in document.nodes.values()):
        return document
    from orgmap.analysis import layouts  # heavy, and most maps have their places

    return document.apply(edits.move(document, layouts.missing(document, progress)))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
