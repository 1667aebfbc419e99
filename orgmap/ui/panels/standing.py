"""How a list of findings follows the map while somebody reads it. Plain values, no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from orgmap.analysis.findings import AT_FIRST, Finding
from orgmap.model.document import Document
from orgmap.model.entities import Remark
from orgmap.model.remarks import Subject, akin, matched

NEW_FOR = 30.0  # s that a finding is marked as new
RESOLVED_FOR = 6.0  # s that a resolved finding stays to be seen

Key = tuple[object, ...]


class Mark(Enum):
    """What became of a finding since the last report."""

    PLAIN = auto()
    NEW = auto()
    RESOLVED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding in the list. `since`: when it got its mark, in seconds of some clock.

    `key` is the row's own for as long as it stands, also while what it says changes. `remark`: what
    the room said of it.
    """

    key: Key
    finding: Finding
    mark: Mark = Mark.PLAIN
    since: float = 0.0
    remark: Remark | None = None

    @property
    def aside(self) -> bool:
        """Did the room dismiss it?"""
        return self.remark is not None and self.remark.dismissed


def first(findings: Iterable[Finding]) -> tuple[Standing, ...]:
    """The list of a map that was just opened: nothing is new."""
    return tuple(Standing(key, finding) for key, finding in _keyed(findings))


def followed(
    before: Sequence[Standing],
    findings: Iterable[Finding],
    now: float,
    *,
    reading: bool,
    known: Collection[Subject] = (),
    held: Key | None = None,
) -> tuple[Standing, ...]:
    """The list after a new report.

    A finding of the same code that shares a subject with one that is gone is the same one, changed:
    "four modules hang on one person each" becomes "three modules". What is gone stays as resolved
    for `RESOLVED_FOR` seconds; what came is marked as new for `NEW_FOR`. While somebody is reading,
    nothing moves and new findings come last; otherwise the order is that of the report. `known`: what
    is not new though it comes, as after an undo. `held`: a row that stays while a hand is on it.
    """
    current = dict(_keyed(findings))
    heirs = _heirs(before, current)
    row_of = {heir: row.key for row, heir in zip(before, heirs, strict=True) if heir is not None}
    after = [
        _renewed(old, current[heir] if heir is not None else None, now, held)
        for old, heir in zip(before, heirs, strict=True)
    ]
    kept = [one for one in after if one is not None]
    taken = {one.key for one in kept}
    came = []
    for key, finding in current.items():
        if key not in row_of:
            row_of[key] = _free(key, taken)
            taken.add(row_of[key])
            mark = Mark.PLAIN if finding.subject in known else Mark.NEW
            came.append(Standing(row_of[key], finding, mark, now))
    if reading:
        return (*kept, *came)
    standing = {one.key: one for one in (*kept, *came)}
    ordered = [standing[row_of[key]] for key in current]
    for place, one in enumerate(kept):
        if one.mark is Mark.RESOLVED:
            previous = kept[place - 1].key if place else None
            at = next((i + 1 for i, other in enumerate(ordered) if other.key == previous), 0)
            ordered.insert(at, one)
    return tuple(ordered)


def faded(rows: Sequence[Standing], now: float, held: Key | None = None) -> tuple[Standing, ...]:
    """The list without what has been shown as resolved for long enough."""
    return tuple(
        r for r in rows if r.mark is not Mark.RESOLVED or now - r.since < RESOLVED_FOR or r.key == held
    )


def remarked(rows: Sequence[Standing], document: Document) -> tuple[Standing, ...]:
    """The list with what the room says of each finding now; what is dismissed is new no longer."""
    here = [row for row in rows if row.mark is not Mark.RESOLVED]
    said = dict(zip((r.key for r in here), matched(document, [r.finding.subject for r in here]), strict=True))
    after = (replace(row, remark=said[row.key]) if row.key in said else row for row in rows)
    return tuple(
        replace(row, mark=Mark.PLAIN) if row.aside and row.mark is Mark.NEW else row for row in after
    )


def read(rows: Sequence[Standing], key: Key) -> tuple[Standing, ...]:
    """The list after somebody has looked at a finding: it is new no longer."""
    return tuple(replace(r, mark=Mark.PLAIN) if r.key == key and r.mark is Mark.NEW else r for r in rows)


def shown(rows: Sequence[Standing], chosen: Key | None) -> tuple[Standing, ...]:
    """What the list opens with: the first seven causes, and what must not be missed behind "more".

    A finding that is told with another waits, as long as that other is there and nobody noted anything
    on it.
    """
    there = {row.finding.subject for row in rows if row.mark is not Mark.RESOLVED}
    leading = [row for row in rows if row.finding.told_with not in there or row.remark is not None]
    first_ones = {row.key for row in leading[:AT_FIRST]}
    return tuple(row for row in rows if row.key in first_ones or row.key == chosen or row.mark is Mark.NEW)


def _heirs(before: Sequence[Standing], current: Mapping[Key, Finding]) -> list[Key | None]:
    """For each row the key of what it now says; None if that is gone."""
    heirs: list[Key | None] = [
        key if key in current else None for key, _ in _keyed(row.finding for row in before)
    ]
    waiting = [key for key in current if key not in heirs]
    for place, row in enumerate(before):
        if heirs[place] is None and row.mark is not Mark.RESOLVED:
            subject = row.finding.subject
            heir = next((key for key in waiting if akin(subject, current[key].subject)), None)
            if heir is not None:
                heirs[place] = heir
                waiting.remove(heir)
    return heirs


def _free(key: Key, taken: Collection[Key]) -> Key:
    while key in taken:
        key = (*key, "again")
    return key


def _renewed(old: Standing, finding: Finding | None, now: float, held: Key | None) -> Standing | None:
    if finding is None:
        if old.mark is not Mark.RESOLVED:
            return replace(old, mark=Mark.RESOLVED, since=now)
        return old if now - old.since < RESOLVED_FOR or old.key == held else None
    still_new = old.mark is Mark.NEW and now - old.since < NEW_FOR
    return replace(old, finding=finding, mark=Mark.NEW if still_new else Mark.PLAIN)


def _keyed(findings: Iterable[Finding]) -> list[tuple[Key, Finding]]:
    """Findings by key; a second one with the same key gets a key of its own."""
    seen: Counter[Key] = Counter()
    keyed: list[tuple[Key, Finding]] = []
    for finding in findings:
        keyed.append(((*finding.key, seen[finding.key]), finding))
        seen[finding.key] += 1
    return keyed
