"""Undo and redo. Plain Python, since Qt's stack does not survive Python's garbage collector."""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.i18n import Said
from orgmap.model.document import Change

MOST = 2_000  # steps kept; an edit of a large map holds a few kilobytes


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did. Steps with the same `merge` key become one."""

    label: Said
    change: Change
    merge: str | None = None


class History:
    """The steps that led here and those taken back. `clean` is whether the file has what is here."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._clean_at: int | None = 0
        self._forgotten = 0

    def push(self, label: Said, change: Change, merge: str | None = None) -> None:
        """Record a step that was just applied. What ends where it began leaves no step."""
        if self._clean_at is not None and self._undone and self._clean_at > self._position():
            self._clean_at = None  # the saved state lay in the steps that now go
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and merge is not None and last.merge == merge and not self.clean:
            self._done.pop()
            change = last.change.then(change)
        if change:
            self._done.append(Step(label, change, merge))
        if len(self._done) > MOST:
            del self._done[0]
            self._forgotten += 1

    def seal(self) -> None:
        """The next step does not merge with the last one, whatever its key."""
        if self._done:
            last = self._done[-1]
            self._done[-1] = Step(last.label, last.change)

    def undo(self) -> Change | None:
        """The change to apply to take the last step back, or None."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(Step(step.label, step.change))
        return step.change.inverse()

    def redo(self) -> Change | None:
        """The change to apply to do again what was last taken back, or None."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step.change

    def travel(self, steps: int) -> Change | None:
        """The one change that takes back (negative) or does again so many steps, or all there are.

        None if there are none that way. The changes are joined two by two, so that a thousand
        steps over the same people cost their sum ten times and not a thousand times.
        """
        one = self.undo if steps < 0 else self.redo
        changes: list[Change] = []
        while len(changes) < abs(steps) and (change := one()) is not None:
            changes.append(change)
        while len(changes) > 1:
            pairs = zip(changes[::2], changes[1::2], strict=False)
            joined = [first.then(later) for first, later in pairs]
            changes = joined + changes[len(joined) * 2 :]
        return changes[0] if changes else None

    def mark_clean(self) -> None:
        """The file now holds what is here."""
        self._clean_at = self._position()

    def mark_dirty(self) -> None:
        """The file no longer holds what is here, however many steps are taken back."""
        self._clean_at = None

    @property
    def clean(self) -> bool:
        """Does the file hold what is here?"""
        return self._clean_at == self._position()

    @property
    def away(self) -> int:
        """How many steps lie between what the file holds and what is here; all, if it holds none of them."""
        return abs(self._position() - (self._clean_at or 0))

    @property
    def undo_label(self) -> Said | None:
        """What undo would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> Said | None:
        """What redo would do again."""
        return self._undone[-1].label if self._undone else None

    @property
    def steps(self) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """Done, oldest first; undone, next to redo first."""
        return tuple(self._done), tuple(reversed(self._undone))

    @property
    def saved_at(self) -> int | None:
        """After how many of all `steps`, done and undone, the file was saved; None if unreachable."""
        at = None if self._clean_at is None else self._clean_at - self._forgotten
        return at if at is not None and 0 <= at <= len(self._done) + len(self._undone) else None

    @property
    def complete(self) -> bool:
        """Do the steps reach back to where the map was opened?"""
        return not self._forgotten

    def _position(self) -> int:
        return self._forgotten + len(self._done)
