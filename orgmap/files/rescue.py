"""A file is damaged: which whole copy of its map is the newest, and where does it come from?

There may be three kinds: what was edited up to a crash (`journal`), the versions kept at each save
(`versions`), and the version before the last save, beside the file (`disk.previous_version`).
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from orgmap.errors import OrgmapError
from orgmap.files import disk, journal, native, versions
from orgmap.files.journal import Restored
from orgmap.files.versions import Version
from orgmap.model.document import Document


class Source(StrEnum):
    """Where a copy comes from, the one that knows most first."""

    JOURNAL = "journal"
    VERSIONS = "versions"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Rescue:
    """A whole copy of a map, as it was at `at`. `restored`: the journal, if it is from one."""

    document: Document
    at: datetime
    source: Source
    restored: Restored | None = None


def newest_whole(path: Path, journals: Path, kept: Path) -> Rescue | None:
    """The newest whole copy of the map at `path`; None if there is none.

    A journal that goes on from the newest version is newer than that, whatever the clock said. All
    else goes by time: a colleague may have saved the file, and an old journal may have been left lying.
    """
    listed = versions.kept(kept, path)
    crashed = _in_journals(path, journals)
    after = crashed.restored.head.digest if crashed is not None and crashed.restored is not None else None
    if listed and after == listed[0].digest:
        return crashed
    found = [each for each in (crashed, _in_versions(listed), _beside(path)) if each is not None]
    # versions know the second only; of the same one the likelier to be newer comes first
    return max(found, key=lambda each: each.at.replace(microsecond=0), default=None)


def _in_journals(path: Path, folder: Path) -> Rescue | None:
    if not folder.is_dir():
        return None
    for one in journal.orphans(folder):
        if one.head.path is not None and _same(one.head.path, path):
            return Rescue(one.document, one.at, Source.JOURNAL, one)
    return None


def _in_versions(listed: list[Version]) -> Rescue | None:
    for version in listed:
        with contextlib.suppress(OrgmapError):
            return Rescue(versions.load(version), version.at, Source.VERSIONS)
    return None


def _beside(path: Path) -> Rescue | None:
    before = disk.previous_version(path)
    try:
        document = native.read(disk.read_bytes(before), before).document
        at = datetime.fromtimestamp(before.stat().st_mtime, tz=UTC)
    except (OrgmapError, OSError, OverflowError, ValueError):
        return None
    return Rescue(document, at, Source.BESIDE)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
