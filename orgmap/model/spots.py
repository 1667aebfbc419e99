"""Free spots for people who come onto the map without anybody pointing at a place."""

from __future__ import annotations

from orgmap.model.document import Document
from orgmap.model.entities import Frame, ModuleId
from orgmap.model.frames import PADDING, TAB, frames
from orgmap.model.query import above, inside

Place = tuple[float, float]

ACROSS, DOWN = 120.0, 96.0  # map units between neighbours
_IN_A_ROW = 8
_ROWS = 200


class Spots:
    """Hands out places of one document, each once: in a module's frame, or in rows below the map."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._frames = frames(document)
        self._taken: set[tuple[int, int]] = set()
        self._out: dict[ModuleId | None, list[Frame]] = {}  # strangers of a module
        self._full: dict[ModuleId | None, int] = {}  # rows of a module with no spot left
        places = [(n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None]
        for x, y in places:
            self._occupy(x, y)
        bottoms = [y for _, y in places] + [f.y + f.height for f in self._frames.values()]
        lefts = [x for x, _ in places] + [f.x + ACROSS / 2 for f in self._frames.values()]
        self._start = (min(lefts, default=0.0), max(bottoms, default=-DOWN) + DOWN)

    def take(self, module: ModuleId | None = None) -> Place:
        """A spot nobody has; in the frame of `module`, which grows downwards if it is full."""
        frame = self._frames.get(module) if module is not None else None
        if frame is None or module is None:
            return self._first(self._start, _IN_A_ROW, None)
        start = (frame.x + PADDING + ACROSS / 3, frame.y + TAB + PADDING)
        row = max(1, int((frame.width - 2 * PADDING) // ACROSS) + 1)
        return self._first(start, row, module)

    def has_frame(self, module: ModuleId) -> bool:
        """Is the module drawn anywhere?"""
        return module in self._frames

    def holds(self, module: ModuleId, place: Place) -> bool:
        """Does the place lie in the frame of this module?"""
        frame = self._frames.get(module)
        return frame is not None and _within(frame, place)

    def _first(self, start: Place, across: int, module: ModuleId | None) -> Place:
        strangers = self._strangers(module)
        for row in range(self._full.get(module, 0), _ROWS):
            for column in range(across):
                place = (start[0] + column * ACROSS, start[1] + row * DOWN)
                if not self._near(place) and not any(_within(f, place) for f in strangers):
                    self._occupy(*place)
                    return place
            self._full[module] = row + 1
        return start

    def _strangers(self, module: ModuleId | None) -> list[Frame]:
        """The frames that neither lie in a module nor round it."""
        if module not in self._out:
            own = set[ModuleId]()
            if module is not None:
                own = inside(self._document, module) | {m.id for m in above(self._document, module)}
            self._out[module] = [frame for key, frame in self._frames.items() if key not in own]
        return self._out[module]

    def _near(self, place: Place) -> bool:
        x, y = _cell(*place)
        return any((x + dx, y + dy) in self._taken for dx in (-1, 0, 1) for dy in (-1, 0, 1))

    def _occupy(self, x: float, y: float) -> None:
        self._taken.add(_cell(x, y))


def _cell(x: float, y: float) -> tuple[int, int]:
    """Cells so small that two people one cell apart still have room for their names."""
    return round(x / (ACROSS / 2)), round(y / (DOWN / 2))


def _within(frame: Frame, place: Place) -> bool:
    return frame.x <= place[0] <= frame.x + frame.width and frame.y <= place[1] <= frame.y + frame.height
