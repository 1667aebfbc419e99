"""What reading and saving do in their thread: no widget, no session, values in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from orgmap.errors import OrgmapError, ReadError
from orgmap.files import disk, native, versions
from orgmap.files.claims import Hold, claim, claim_file
from orgmap.files.journal import Restored, digest_of
from orgmap.files.reading import Opened, opened
from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Document, difference
from orgmap.model.tally import tally
from orgmap.progress import Progress
from orgmap.ui import recovery

_NO_VERSIONS = text("files", "It was saved, but could not be added to the previous versions ({reason}).")


@dataclass(frozen=True, slots=True)
class Read:
    """A map that was read. `keep`: the file it is saved to, None for a copy.

    `asked_at`: revision of the session when it was asked for. `restored`: the journal it came from.
    `hold`: the claim on `keep` that was taken, None where there is none or the session has it already.
    """

    opened: Opened
    path: Path
    keep: Path | None
    digest: str | None
    asked_at: int
    restored: Restored | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A map that is safe on disk."""

    document: Document
    path: Path
    digest: str
    warnings: tuple[Said, ...] = ()
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What a save knows of the file it replaces. `known`: it has to hold this still, None if it need not.

    `document`: that as a map. `origin`: what the file the map came from held, wherever that is.
    `ours`: does this digest belong to an earlier save of ours that came to its end late?
    """

    known: str | None = None
    document: Document | None = None
    origin: str | None = None
    ours: Callable[[str], bool] = field(default=lambda _digest: False)


@dataclass(frozen=True, slots=True)
class Claiming:
    """How to say that a map is open here. `mine`: the lock file that is held already.

    `anyway`: also if a lock file says that somebody on another machine has it open.
    """

    mine: Path | None = None
    anyway: bool = False

    def take(self, path: Path) -> Hold | None:
        """Raises `claims.InUse`."""
        if self.mine is not None and claim_file(path) == self.mine:
            return None
        return claim(path, anyway=self.anyway)


class Outside(Exception):  # noqa: N818 - it is a question, not an error
    """Another program changed the file since it was read, or took it away (`gone`)."""

    def __init__(self, path: Path, *, gone: bool) -> None:
        super().__init__(path, gone)
        self.path = path
        self.gone = gone


def read_map(path: Path, keep: Path | None, asked_at: int, claiming: Claiming, progress: Progress) -> Read:
    """Read a native file and give a place to whoever has none. Raises ReadError, `InUse`.

    With `keep` it is claimed first, so that two windows never save over one another unasked.
    """
    hold = claiming.take(keep) if keep is not None else None
    try:
        data = disk.read_bytes(path)
        found = native.read(data, path, progress.part(0.0, 0.6))
        ready = _ready(found, progress)
        progress.at(1.0)
    except BaseException:
        _let_go(hold)
        raise
    return Read(ready, path, keep, digest_of(data), asked_at, hold=hold)


def read_restored(restored: Restored, asked_at: int, claiming: Claiming, progress: Progress) -> Read:
    """Make ready what a journal holds. It goes on as the map of its file, saved to it when asked.

    Raises `InUse`.
    """
    head = restored.head
    hold = claiming.take(head.path) if head.path is not None else None
    ready = _ready(opened(restored.document, [], native=True), progress)
    path = head.path if head.path is not None else restored.sources[0]
    return Read(ready, path, head.path, head.digest, asked_at, restored, hold)


def store_map(
    document: Document,
    path: Path,
    before: Before,
    claiming: Claiming,
    about_to: Callable[[str], object],
    _progress: Progress,
) -> Stored:
    """Save, only if the file still holds what is `known`. Raises WriteError, `Outside`, `InUse`.

    Both versions are kept, see `versions`. `about_to` is told the digest of what will stand in the file.
    """
    replaced = _replaced(path)
    now = digest_of(replaced) if replaced is not None else None
    if before.known is not None and now != before.known:
        if now is None or not before.ours(now):
            raise Outside(path, gone=now is None and not path.exists())
        before = replace(before, known=None)
    hold = claiming.take(path)
    try:
        data = native.encoded(document)
        about_to(digest_of(data))
        warnings = disk.write_bytes(path, data)
    except BaseException:
        _let_go(hold)
        raise
    try:
        _keep_versions(path, replaced, before, data, document)
    except OSError as error:
        warnings.append(_NO_VERSIONS(reason=error.strerror or str(error)))
    return Stored(document, path, digest_of(data), tuple(warnings), hold)


def all_placed(document: Document, progress: Progress) -> Document:
    """The document with a place for everybody; the same one if nobody lacks it."""
    if all(node.x is not None for node in document.nodes.values()):
        return document
    from orgmap.analysis import layouts  # heavy, and most maps have their places

    return document.apply(edits.move(document, layouts.missing(document, progress)))


def _ready(found: Opened, progress: Progress) -> Opened:
    placed = all_placed(found.document, progress.part(0.6, 0.9))
    if placed.backdrops:
        from orgmap.drawing.backdrops import make_ready  # most maps have none

        make_ready(backdrop.data for backdrop in placed.backdrops.values())
    return replace(found, document=placed, placed=True)


def _replaced(path: Path) -> bytes | None:
    try:
        return disk.read_bytes(path)
    except ReadError:
        return None


def _keep_versions(
    path: Path, replaced: bytes | None, known: Before, data: bytes, document: Document
) -> None:
    """What stood in the file, if it is a map and not kept yet, and what stands in it now."""
    folder = recovery.versions()
    origin = known.origin if replaced is None or known.known is not None else digest_of(replaced)
    if origin is not None:
        versions.carried(folder, path, origin)
    before = known.document if known.known is not None else None
    if replaced is not None and before is None:
        try:
            before = native.read(replaced, path).document
        except OrgmapError:
            replaced = None  # no map; it lies in the version before, beside the file
    if replaced is not None and before is not None:
        was = disk.previous_version(path)
        at = datetime.fromtimestamp((was if was.exists() else path).stat().st_mtime, tz=UTC)
        versions.keep(folder, path, replaced, before, at)
    differs = tally(difference(before, document)) if before is not None else None
    versions.keep(folder, path, data, document, datetime.now(tz=UTC), differs)


def _let_go(hold: Hold | None) -> None:
    if hold is not None:
        hold.release(remove=True)
