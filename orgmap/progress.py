"""How long work says how far it is, and hears that nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

Item = TypeVar("Item")
OFTEN = 4_000  # items between two words on how far it is


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The work was called off; whoever started it knows."""


class Progress:
    """Handed to long work. `at` is both the percentage and the place where cancelling happens.

    `tell` is called with a share in 0..1; `cancelled` answers True when the work should stop.
    """

    def __init__(
        self,
        tell: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._tell = tell
        self._cancelled = cancelled
        self._from, self._to = 0.0, 1.0

    def at(self, share: float) -> None:
        """Report `share` (0..1) of this piece of work; raises `Cancelled` when called off."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._tell is not None:
            self._tell(self._from + (self._to - self._from) * min(max(share, 0.0), 1.0))

    def over(self, items: Collection[Item]) -> Iterator[Item]:
        """The items one by one, with a word on how far it is now and then."""
        for index, item in enumerate(items):
            if not index % OFTEN:
                self.at(index / len(items))
            yield item

    def part(self, start: float, end: float) -> Progress:
        """A progress for the piece of work between the shares `start` and `end` of this one."""
        piece = Progress(self._tell, self._cancelled)
        width = self._to - self._from
        piece._from, piece._to = self._from + width * start, self._from + width * end
        return piece


SILENT = Progress()
