"""Who was edited a moment ago: somebody just put on the map is not called isolated yet."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import cast

from orgmap.model.document import Change, Document
from orgmap.model.entities import NodeId

SILENCE = 60.0  # seconds after the last edit near a person without any line; docs/findings.md, isolated


class Drafts:
    """The nodes edited in the last `silence` seconds, themselves or at one of their links."""

    def __init__(self, silence: float = SILENCE, clock: Callable[[], float] = monotonic) -> None:
        self._silence = silence
        self._clock = clock
        self._edited: dict[NodeId, float] = {}

    def note(self, change: Change) -> None:
        """Something was edited just now."""
        now = self._clock()
        near = [*change.nodes]
        for pair in change.links.values():
            near += [
                cast(NodeId, end) for link in pair if link is not None for end in (link.source, link.target)
            ]
        for key in near:
            self._edited[key] = now

    def clear(self) -> None:
        """Another map is open."""
        self._edited.clear()

    def recent(self) -> frozenset[NodeId]:
        """Who is left in peace now."""
        self._forget()
        return frozenset(self._edited)

    def wait(self, document: Document) -> float | None:
        """Seconds until somebody without any line stops being a draft; None if there is nobody."""
        self._forget()
        linked = {end for link in document.links.values() for end in (link.source, link.target)}
        ends = [
            at + self._silence
            for key, at in self._edited.items()
            if key in document.nodes and key not in linked
        ]
        return max(0.0, min(ends) - self._clock()) if ends else None

    def _forget(self) -> None:
        since = self._clock() - self._silence
        self._edited = {key: at for key, at in self._edited.items() if at > since}
