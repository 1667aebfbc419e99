"""Names on the sheet: the important first, each only where it covers nothing that matters."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import numpy as np
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
    """Which parts of the sheet are taken, on a grid of CELL pixels: a number per row, a bit per cell."""

    def __init__(self, width: float, height: float, cell: float) -> None:
        self._cell = cell
        self._across = int(width / cell) + 2
        self._taken = [0] * (int(height / cell) + 2)

    def free(self, spot: Spot) -> bool:
        """Is nothing there? What lies outside the sheet is free."""
        top, bottom, bits = self._cells(spot)
        return not any(row & bits for row in self._taken[top:bottom])

    def take(self, spot: Spot) -> None:
        """Keep this part."""
        top, bottom, bits = self._cells(spot)
        for row in range(top, min(bottom, len(self._taken))):
            self._taken[row] |= bits

    def _cells(self, spot: Spot) -> tuple[int, int, int]:
        """The rows, from and to, and the bits of the columns."""
        x0, y0, x1, y1 = spot
        cell = self._cell
        left, top = int(x0 / cell) if x0 > 0 else 0, int(y0 / cell) if y0 > 0 else 0
        right = min(int(x1 / cell) + 1, self._across) if x1 > -cell else 0
        bits = ((1 << (right - left)) - 1) << left if right > left else 0
        return top, int(y1 / cell) + 1 if y1 > -cell else 0, bits


def placed_names(sheet: Sheet, rows: Ints) -> tuple[Placed, ...]:
    """Which names are drawn and where their middles are, by hand: of modules, of people."""
    if sheet.detail is Detail.LINES:
        return ()
    room = Room(*sheet.size, CELL * sheet.unit)
    middles = sheet.place(sheet.scene.nodes.centre[rows])
    stands = standing(sheet)[rows]
    if not sheet.dots:
        radii = (sheet.radius[rows] * 0.8).tolist()
        for (x, y), r in zip(middles.tolist(), radii, strict=True):
            room.take((x - r, y - r, x + r, y + r))
    modules = _module_names(sheet, room)
    people = _people_names(sheet, room, rows, middles, stands)
    return modules, people


def name_room(sheet: Sheet, row: int) -> tuple[float, float]:
    """The width of a node's name, and how far below the node's middle it ends, in pixels."""
    size = _name_size(sheet)
    word = sheet.pens.lettering.fitted(
        sheet.scene.names[row], size, QFont.Weight.Normal, MOST_LETTERS * LETTER * size / NAME
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
    hues, collapsed = (scene.module_hue % len(sheet.theme.modules)).tolist(), scene.frames.collapsed.tolist()
    shown = [row for row in rects if scene.module_names[row]]
    for row in sorted(shown, key=lambda row: -rects[row].width() * rects[row].height()):
        rect, beside = rects[row], collapsed[row]
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
        hue = hues[row]
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
    names, lettering = sheet.scene.names, sheet.pens.lettering
    if sheet.camera.scale < NAMES_FROM and not full:  # only the lit are named
        lit_only = stands >= LIT
        rows, middles, stands = rows[lit_only], middles[lit_only], stands[lit_only]
    at, radius, stood = middles.tolist(), sheet.radius[rows].tolist(), stands.tolist()
    budget = FAR_NAMES if sheet.dots else len(rows)
    hands: dict[int, Hand] = {}
    for place in _ranked(sheet, rows, stands):
        stand = stood[place]
        lit = stand in (LIT, SUBJECT)
        if not lit and budget <= 0:
            break
        name = names[rows[place]]
        if not name:
            continue
        if stand not in hands:
            colour = sheet.theme["faded_text" if stand == FADED else "text"]
            weight = QFont.Weight.DemiBold if lit else QFont.Weight.Normal
            hands[stand] = hand(size, colour, sheet.theme["ground"], weight)
        look = hands[stand]
        word = lettering.fitted(name, size, look.weight, most)
        half = lettering.width(word, size, look.weight) / 2
        x, y = at[place]
        below = radius[place] + size * BELOW
        for line in (y + below, y - below):
            spot = (x - half, line - size * 0.5, x + half, line + size * 0.5)
            if full or stand == SUBJECT or room.free(spot):
                room.take(spot)
                found[look].append((word, x, line))
                budget -= 1
                break
    return found


def _ranked(sheet: Sheet, rows: Ints, stands: Ints) -> list[int]:
    """Places in `rows`: the lit first, then those with most lines; ties by their order on the map."""
    order = np.lexsort((rows, -sheet.scene.degree[rows], -np.where(stands > 1, stands, 0)))
    return cast("list[int]", order.tolist())
