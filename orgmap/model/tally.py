"""How much differs between two maps, in numbers: so many people added, so many links removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from orgmap.model.document import TABLES, Change

_PLACES: dict[str, dict[str, Any]] = {  # what may differ in something that was only moved
    "nodes": {"x": None, "y": None, "pinned": False},
    "modules": {"frame": None, "collapsed": False},
    "stickies": {"x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0},
    "backdrops": {"x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0},
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one table; each thing is counted once."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    renamed: int = 0  # whatever else changed with the name


@dataclass(frozen=True, slots=True)
class Tally:
    """By table of the document, only those in which anything differs. `about`: title, purpose, cut-offs."""

    counts: Mapping[str, Count]
    about: bool = False

    def __bool__(self) -> bool:
        return self.about or bool(self.counts)


def tally(change: Change) -> Tally:
    """The numbers of a change. O(what differs)."""
    counts: dict[str, Count] = {}
    for table in TABLES:
        added = removed = changed = moved = renamed = 0
        for before, after in getattr(change, table).values():
            if before is None:
                added += 1
            elif after is None:
                removed += 1
            elif getattr(before, "name", "") != getattr(after, "name", ""):
                renamed += 1
            elif _only_moved(table, before, after):
                moved += 1
            else:
                changed += 1
        if added or removed or changed or moved or renamed:
            counts[table] = Count(added, removed, changed, moved, renamed)
    return Tally(counts, change.info is not None or change.unread is not None)


def _only_moved(table: str, before: Any, after: Any) -> bool:  # noqa: ANN401 - two entities of the table
    places = _PLACES.get(table)
    return places is not None and replace(before, **places) == replace(after, **places)
