"""Names on the sheet: the important first, each only where it covers nothing that matters."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFont

from orgmap.drawing.columns import Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.frames import TAB
from orgmap.drawing.lettering import Hand, hand
from orgmap.drawing.people import FADED, LIT, SUBJECT, standing
from orgmap.drawing.sheet import Sheet
from orgmap.model.frames import LETTER, MOST_LETTERS

NAME = 13.0  # pixels at 100 %
SMALLEST = 11.0  # pixels: below this nobody reads
FULLEST = 7.0  # the same for Detail.FULL, which leaves nothing out
BELOW = 0.98  # of its size, from the rim of a node to the middle of its name
CELL = 4  # pixels of the grid on which room is kept
FAR_NAMES = 40  # people named while they are only dots
NAMES_FROM = 0.16  # magnification below which only modules are named

Placed = dict[Hand, list[tuple[str, float, float]]]
Spot = tuple[float, float, float, float]  # left, top, right, bottom


class Room:
    """Which parts of the sheet are taken, on a grid of CELL pixels."""

    def __init__(self, width: float, height: float, cell: float) -> None:
        self._cell = cell
        self._taken: NDArray[np.bool_] = np.zeros((int(height / cell) + 2, int(width / cell) + 2), dtype=bool)

    def free(self, spot: Spot) -> bool:
        """Is nothing there? What lies outside the sheet is free."""
        x0, y0, x1, y1 = self._cells(spot)
        return not self._taken[y0:y1, x0:x1].any()

    def take(self, spot: Spot) -> None:
        """Keep this part."""
        x0, y0, x1, y1 = self._cells(spot)
        self._taken[y0:y1, x0:x1] = True

    def _cells(self, spot: Spot) -> tuple[int, int, int, int]:
        cell = self._cell
        x0, y0, x1, y1 = int(spot[0] / cell), int(spot[1] / cell), int(spot[2] / cell), int(spot[3] / cell)
        return max(x0, 0), max(y0, 0), max(x1 + 1, 0), max(y1 + 1, 0)


def draw_names(sheet: Sheet, rows: Ints) -> None:
    """The names of modules and of the nodes `rows`, as many as there is room for."""
    for group in placed_names(sheet, rows):
        for look, listed in group.items():
            words = [word for word, _, _ in listed]
            at = np.array([(x, y) for _, x, y in listed], dtype=np.float64)
            sheet.pens.lettering.draw(sheet.painter, words, at, look, vector=sheet.vector)


def placed_names(sheet: Sheet, rows: Ints) -> tuple[Placed, ...]:
    """Which names are drawn and where their middles are, by hand: of modules, of people."""
    if sheet.detail is Detail.LINES:
        return ()
    room = Room(*sheet.size, CELL * sheet.unit)
    middles = sheet.place(sheet.scene.nodes.centre[rows])
    stands = standing(sheet)[rows]
    if not sheet.dots:
        for (x, y), r in zip(middles, sheet.radius[rows] * 0.8, strict=True):
            room.take((x - r, y - r, x + r, y + r))
    modules = _module_names(sheet, room)
    people = _people_names(sheet, room, rows, middles, stands)
    return modules, people


def name_room(sheet: Sheet, row: int) -> tuple[float, float]:
    """The width of a node's name, and how far below the node's middle it ends, in pixels."""
    size = _name_size(sheet)
    word = sheet.pens.lettering.fitted(
        sheet.scene.nodes.names[row], size, QFont.Weight.Normal, MOST_LETTERS * LETTER * size / NAME
    )
    below = float(sheet.radius[row]) + size * (BELOW + 0.55)
    return sheet.pens.lettering.width(word, size), below


def _name_size(sheet: Sheet) -> float:
    least = FULLEST if sheet.detail is Detail.FULL else SMALLEST
    return max(NAME * sheet.grown(0.4, 1.6), least * sheet.pens.letters * sheet.unit)


def _module_names(sheet: Sheet, room: Room) -> Placed:
    found: Placed = defaultdict(list)
    scene, lettering, rects = sheet.scene, sheet.pens.lettering, sheet.frames
    size = max(NAME * sheet.grown(0.5, 1.6), SMALLEST * sheet.pens.letters * sheet.unit)
    inset, lowest = 16.0 * sheet.grown(0.4, 1.4), 26.0 * sheet.grown(0.5, 1.6)
    tab, weight, auto = TAB * sheet.scale, QFont.Weight.DemiBold, sheet.detail is Detail.AUTO
    far = MOST_LETTERS * LETTER * size / NAME
    hands: dict[tuple[int, bool], Hand] = {}
    shown = [row for row in rects if scene.module_names[row]]
    for row in sorted(shown, key=lambda row: -rects[row].width() * rects[row].height()):
        rect, beside = rects[row], bool(scene.frames.collapsed[row])
        in_tab = tab >= size * 1.25 and not beside
        most = rect.width() - 2 * inset if in_tab else far
        if auto and (most < 3 * size or rect.width() < 2 * size):
            continue
        word = lettering.fitted(scene.module_names[row], size, weight, most)
        half = lettering.width(word, size, weight) / 2
        if in_tab:
            x = rect.left() + inset + half
            y = rect.top() + min(tab * 0.5 + 2 * sheet.unit, lowest)
        elif beside:
            x, y = rect.center().x(), rect.bottom() + size * 0.95
        else:
            x, y = rect.center().x(), rect.top() + size * 0.2
        spot = (x - half, y - size * 0.6, x + half, y + size * 0.6)
        if auto and not in_tab and not room.free(spot):
            continue
        room.take(spot)
        hue = int(scene.module_hue[row])
        if (hue, in_tab) not in hands:
            colours = sheet.theme.module(hue)
            halo = colours.fill if in_tab else sheet.theme["ground"]
            hands[hue, in_tab] = hand(size, colours.line, halo, weight)
        found[hands[hue, in_tab]].append((word, x, y))
    return found


def _people_names(sheet: Sheet, room: Room, rows: Ints, middles: Floats, stands: Ints) -> Placed:
    found: Placed = defaultdict(list)
    full = sheet.detail is Detail.FULL
    size = _name_size(sheet)
    most = MOST_LETTERS * LETTER * size / NAME
    names, lettering = sheet.scene.nodes.names, sheet.pens.lettering
    wanted = _ranked(sheet, rows, stands)
    budget = FAR_NAMES if sheet.dots else len(rows)
    far = sheet.camera.scale < NAMES_FROM and not full
    for place in wanted:
        stand = int(stands[place])
        lit = stand in (LIT, SUBJECT)
        if not lit and (far or budget <= 0):
            break
        name = names[int(rows[place])]
        if not name:
            continue
        weight = QFont.Weight.DemiBold if lit else QFont.Weight.Normal
        word = lettering.fitted(name, size, weight, most)
        half = lettering.width(word, size, weight) / 2
        x, y = float(middles[place, 0]), float(middles[place, 1])
        below = float(sheet.radius[rows[place]]) + size * BELOW
        for at in (y + below, y - below):
            spot = (x - half, at - size * 0.5, x + half, at + size * 0.5)
            if full or stand == SUBJECT or room.free(spot):
                room.take(spot)
                token = "faded_text" if stand == FADED else "text"
                look = hand(size, sheet.theme[token], sheet.theme["ground"], weight)
                found[look].append((word, x, at))
                budget -= 1
                break
    return found


def _ranked(sheet: Sheet, rows: Ints, stands: Ints) -> list[int]:
    """Places in `rows`: the lit first, then those with most lines; ties by their order on the map."""
    order = np.lexsort((rows, -sheet.scene.degree[rows], -np.where(stands > 1, stands, 0)))
    return [int(place) for place in order]
