"""Sticky notes and backdrops as rectangles: what lies where, and which part of it is hit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, Literal, TypedDict, TypeVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from orgmap.drawing.fonts import font
from orgmap.drawing.looks import Looks
from orgmap.drawing.plain import shown
from orgmap.model.document import Document
from orgmap.model.entities import Backdrop, BackdropId, StickyId, StickyNote
from orgmap.model.frames import LETTER

NOTE_SIZE = 13.0  # map units: the letters of a note
NOTE_LINE = 18.0  # from line to line
NOTE_PADDING = 12.0
MOST_SIGNS = 4_000  # of a note that are laid out; nobody reads more on a map
MOST_LINES = 200
NARROWEST = 1.5  # map units of a letter

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
Piece = Literal["inside"] | Corner
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True, eq=False)
class Things(Generic[Key]):
    """Rectangles in map units by id, in the order in which they are drawn: the last lies on top.

    `fixed`: those that no hand on the canvas touches.
    """

    rects: dict[Key, QRectF] = field(default_factory=dict)
    fixed: frozenset[Key] = frozenset()

    def at(self, x: float, y: float, tolerance: float = 0.0, *, fixed: bool = False) -> Key | None:
        """The topmost that holds the point; `fixed`: those too that are fixed."""
        found = self.part_at(x, y, tolerance, fixed=fixed)
        return None if found is None else found[0]

    def part_at(
        self, x: float, y: float, tolerance: float = 6.0, *, fixed: bool = False
    ) -> tuple[Key, Piece] | None:
        """The topmost at the point, and which part: a corner within `tolerance` of it, or the inside."""
        for key in reversed(self.rects):
            if key in self.fixed and not fixed:
                continue
            piece = piece_at(self.rects[key], x, y, tolerance)
            if piece is not None:
                return key, piece
        return None

    def within(self, rect: QRectF) -> list[Key]:
        """Those that lie wholly inside a rectangle and are not fixed."""
        rect = rect.normalized()
        return [key for key, own in self.rects.items() if key not in self.fixed and rect.contains(own)]


def piece_at(rect: QRectF, x: float, y: float, tolerance: float) -> Piece | None:
    """Which part of a rectangle a point lies on; corners reach `tolerance` outside and inside."""
    for corner, at in corners(rect).items():
        if abs(at.x() - x) <= tolerance and abs(at.y() - y) <= tolerance:
            return corner
    return "inside" if rect.contains(x, y) else None


def corners(rect: QRectF) -> dict[Corner, QPointF]:
    """The corners of a rectangle, where it is taken to be resized."""
    return {
        "top-left": rect.topLeft(),
        "top-right": rect.topRight(),
        "bottom-left": rect.bottomLeft(),
        "bottom-right": rect.bottomRight(),
    }


def stickies_of(document: Document, hidden: frozenset[str] = frozenset()) -> Things[StickyId]:
    """Where the notes lie, grown downwards where their text needs it."""
    return Things({note.id: note_rect(note) for note in _shown(document.stickies.values(), hidden)})


def backdrops_of(document: Document, hidden: frozenset[str] = frozenset()) -> Things[BackdropId]:
    """Where the pictures behind the map lie."""
    listed = list(_shown(document.backdrops.values(), hidden))
    return Things(
        {each.id: QRectF(each.x, each.y, each.width, each.height) for each in listed},
        frozenset(each.id for each in listed if each.locked),
    )


class Both(TypedDict):
    """Notes and backdrops."""

    stickies: Things[StickyId]
    backdrops: Things[BackdropId]


def things_of(document: Document, looks: Looks) -> Both:
    """Notes and backdrops as a view shows them: not where no text of the user's may be seen."""
    if not looks.names:
        return {"stickies": Things(), "backdrops": Things()}
    return {
        "stickies": stickies_of(document, looks.hidden),
        "backdrops": backdrops_of(document, looks.hidden),
    }


Thing = TypeVar("Thing", StickyNote, Backdrop)


def _shown(listed: Iterable[Thing], hidden: frozenset[str]) -> list[Thing]:
    return [each for each in listed if each.id not in hidden] if hidden else list(listed)


def note_rect(note: StickyNote) -> QRectF:
    """The rectangle a note takes, map units."""
    lines = len(note_lines(note.text, note.width))
    return QRectF(note.x, note.y, note.width, max(note.height, 2 * NOTE_PADDING + lines * NOTE_LINE))


@lru_cache(maxsize=2_000)
def note_lines(words: str, width: float) -> tuple[str, ...]:
    """The text of a note in lines that fit its width, map units; plain text, line ends kept."""
    room = max(width - 2 * NOTE_PADDING, NOTE_SIZE)
    lines: list[str] = []
    for line in words[:MOST_SIGNS].splitlines():
        lines += _wrapped(shown(line, MOST_SIGNS), room)
        if len(lines) > MOST_LINES:
            return (*lines[: MOST_LINES - 1], "\u2026")
    return tuple(lines)


def _wrapped(line: str, room: float) -> list[str]:
    """One line in pieces no wider than `room`: between words, and within one that is too long."""
    found: list[str] = []
    begun = ""
    for word in line.split(" "):
        longer = f"{begun} {word}" if begun else word
        if _width(longer[: _most(room)]) <= room and len(longer) <= _most(room):
            begun = longer
            continue
        if begun:
            found.append(begun)
        *pieces, begun = _cut(word, room)
        found += pieces
        if len(found) > MOST_LINES:
            break
    return [*found, begun]


def _cut(word: str, room: float) -> list[str]:
    """A word in pieces no wider than `room`, of one letter at least; the last of more than are drawn
    is the rest, however wide.
    """
    pieces: list[str] = []
    while len(pieces) <= MOST_LINES and (len(word) > _most(room) or _width(word) > room) and len(word) > 1:
        fitting = range(1, min(len(word), _most(room)))
        at = max(1, bisect_right(fitting, room, key=lambda end: _width(word[:end])))
        pieces.append(word[:at])
        word = word[at:]
    return [*pieces, word]


def _most(room: float) -> int:
    """More letters than this need more room: words longer than that are not measured."""
    return int(room / NARROWEST) + 2


def _width(words: str) -> float:
    """How wide words are on a note, map units; without an application only roughly."""
    if QGuiApplication.instance() is None:
        return len(words) * LETTER
    return QFontMetricsF(font(NOTE_SIZE)).horizontalAdvance(words)
