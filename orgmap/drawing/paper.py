"""Sheets of paper: their sizes, which way they lie, and how a poster is cut into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSizeF

from orgmap.drawing.hidden import letters
from orgmap.errors import UsageError
from orgmap.i18n import text

PIXELS = 96 / 25.4  # of the screen, for a millimetre
LEAST, MOST = 50.0, 5_000.0  # millimetres of a side of a page; PDF readers go to 5,080
MOST_SHEETS = 10  # each way
MARGIN, MOST_MARGIN = 10.0, 100.0  # millimetres, of which printers need about five
OVERLAP, MOST_OVERLAP = 10.0, 50.0  # millimetres that neighbours in a poster have in common
_ROOM = 20.0  # millimetres of a sheet that must be left for the map

SIZES: dict[str, tuple[float, float]] = {  # millimetres, upright
    "A5": (148.0, 210.0),
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1_189.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
_OWN = re.compile(r"(\d{1,4}(?:\.\d)?)\s*[x×]\s*(\d{1,4}(?:\.\d)?)(?:\s*mm)?", re.IGNORECASE)

_UNKNOWN = text("page", "There is no page size {name}.")
_SIZES = text("page", "Possible: {sizes}, or width and height in millimetres, as in 300x400.")
_OUTSIDE = text("page", "A page of {width} x {height} mm cannot be made; a side has {least} to {most} mm.")
_NO_ROOM = text("page", "Margins and overlap leave no room on a page of {width} x {height} mm.")
_SMALLER = text("page", "Choose a larger page, or a smaller margin.")


class Turn(StrEnum):
    """Which way a page lies. AUTO: whichever shows the map larger."""

    AUTO = "auto"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a picture is put on. `width`, `height`, `margin` and `overlap` in millimetres.

    More than one sheet `across` or `down` make a poster, whose neighbours have `overlap` in common.
    Raises UsageError for what no sheet can be.
    """

    width: float
    height: float
    turn: Turn = Turn.AUTO
    margin: float = MARGIN
    across: int = 1
    down: int = 1
    overlap: float = OVERLAP

    def __post_init__(self) -> None:
        sides = {"width": round(self.width), "height": round(self.height)}
        if not all(LEAST <= side <= MOST for side in (self.width, self.height)):
            raise UsageError(_OUTSIDE(**sides, least=round(LEAST), most=round(MOST)))
        if min(self.width, self.height) - 2 * self.margin - 2 * self.overlap * self.poster < _ROOM:
            raise UsageError(_NO_ROOM(**sides), hint=_SMALLER())

    @property
    def poster(self) -> bool:
        """Is it made of several sheets?"""
        return self.across * self.down > 1

    def ways(self) -> tuple[Sheets, ...]:
        """The sheets as they may lie: upright, or on their side, or both."""
        short, long = sorted((self.width, self.height))
        upright, lying = (self._laid(*sides) for sides in ((short, long), (long, short)))
        match self.turn:
            case Turn.PORTRAIT:
                return (upright,)
            case Turn.LANDSCAPE:
                return (lying,)
            case _:
                return upright, lying

    def _laid(self, width: float, height: float) -> Sheets:
        overlap = self.overlap if self.poster else 0.0
        return Sheets(
            width * PIXELS, height * PIXELS, self.margin * PIXELS, overlap * PIXELS, self.across, self.down
        )


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of one picture, all alike: width, height, margin and overlap in pixels of the screen."""

    width: float
    height: float
    margin: float
    overlap: float
    across: int = 1
    down: int = 1

    @property
    def inner(self) -> QRectF:
        """Where on each sheet there is a picture."""
        return QRectF(0, 0, self.width, self.height).adjusted(
            self.margin, self.margin, -self.margin, -self.margin
        )

    @property
    def whole(self) -> QSizeF:
        """How large the picture is when they are put together."""
        inner = self.inner.size()
        return QSizeF(
            inner.width() * self.across - self.overlap * (self.across - 1),
            inner.height() * self.down - self.overlap * (self.down - 1),
        )

    @property
    def poster(self) -> bool:
        """Are there several?"""
        return self.across * self.down > 1

    def part(self, column: int, row: int) -> QRectF:
        """What of the whole picture is on the sheet in this column and row, from 0."""
        inner = self.inner.size()
        x, y = column * (inner.width() - self.overlap), row * (inner.height() - self.overlap)
        return QRectF(x, y, inner.width(), inner.height())

    def places(self) -> Iterator[tuple[int, int]]:
        """Column and row of each, row by row."""
        return ((column, row) for row in range(self.down) for column in range(self.across))


def label(column: int, row: int) -> str:
    """What a sheet of a poster is called: rows have letters, columns numbers, as in "B2"."""
    return f"{letters(row)}{column + 1}"


def size_named(name: str) -> tuple[float, float]:
    """Width and height of a page in millimetres, from "A3", "letter" or "300x400". Raises UsageError."""
    for known, size in SIZES.items():
        if known.casefold() == name.strip().casefold():
            return size
    own = _OWN.fullmatch(name.strip())
    if own is None:
        raise UsageError(_UNKNOWN(name=name), hint=_SIZES(sizes=", ".join(SIZES)))
    return float(own[1]), float(own[2])
