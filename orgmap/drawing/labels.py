"""Names on the sheet: the important first, each only where it covers nothing that matters."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from orgmap.drawing.captions import CAPTIONS_FROM, MOST_LINES, placed_captions, placed_signs
from orgmap.drawing.columns import Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.frames import TAB
from orgmap.drawing.lettering import Hand, hand
from orgmap.drawing.lines import in_view
from orgmap.drawing.people import FADED, LIT, SUBJECT, standing
from orgmap.drawing.room import CELL, Ink, Room
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.ways import Way
from orgmap.model.frames import LETTER, MOST_LETTERS

NAME = 13.0  # pixels at 100 %
SMALLEST = 11.0  # pixels: below this nobody reads
FULLEST = 7.0  # the same for Detail.FULL, which leaves nothing out
BELOW = 0.98  # of its size, from the rim of a node to the middle of its name
ABOVE = 1.25  # the same above it, clear of the ring round what is selected
BESIDE = 0.7  # from the rim to where a name beside it begins, clear of that ring too
FAR_NAMES = 40  # people named while they are only dots
MOST_GIVEN_WAY = 800  # links of a map up to which names stand where the fewest lines run
ELSEWHERE = 0.2  # of its height: as much of lines does a name rather cover than stand above its node
ASIDE = 0.3  # or on either side of it
STRUCK = 3.0  # times as bad are lines there: they go out from the node and strike through the word
NAMES_FROM = 0.16  # magnification below which only modules are named

Placed = dict[Hand, list[tuple[str, float, float]]]


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
    links, way, ink = _lines(sheet)
    modules = _module_names(sheet, room, ink)
    people = _people_names(sheet, room, rows, middles, stands, ink)
    signs = placed_signs(sheet, room, links, way)
    return modules, people, signs, placed_captions(sheet, room, links, way, ink)


def _lines(sheet: Sheet) -> tuple[Ints, Way, Ink | None]:
    """The lines beside and between which words are placed, none where they are too many; and what
    they cover, on a map where names can give way to them."""
    few, far = len(sheet.scene.links.ids) <= MOST_GIVEN_WAY, sheet.camera.scale < CAPTIONS_FROM
    if far and not few:
        points = np.empty((0, 2))
        return np.zeros(0, dtype=np.int32), Way(points, points, points, np.zeros(0, dtype=bool)), None
    links, way = in_view(sheet)
    ink = Ink(*sheet.size, CELL * sheet.unit, way) if few else None
    if len(links) > MOST_LINES or far:
        none = np.zeros(0, dtype=np.int32)
        return none, way.of(none), ink
    return links, way, ink


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


def _module_names(sheet: Sheet, room: Room, ink: Ink | None) -> Placed:
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
            x, y = _below_or_above(rect, half, size, ink)
        else:
            x, y = rect.center().x(), rect.top() + size * 0.2
        spot = (x - half, y - size * 0.6, x + half, y + size * 0.6)
        if auto and not in_tab and not room.free(spot):
            continue
        room.take((spot[0] - size / 2, spot[1], spot[2] + size / 2, spot[3]))
        hue = hues[row]
        if (hue, in_tab) not in hands:
            colours = sheet.theme.module(hue)
            halo = colours.fill if in_tab else sheet.theme["ground"]
            hands[hue, in_tab] = hand(size, colours.line, halo, weight)
        found[hands[hue, in_tab]].append((word, x, y))
    return found


def _below_or_above(rect: QRectF, half: float, size: float, ink: Ink | None) -> tuple[float, float]:
    """Where the name of a collapsed module stands: below it, unless fewer lines run above it."""
    x = rect.center().x()
    places = [(x, rect.bottom() + size * 0.95), (x, rect.top() - size * 0.85)]
    if ink is None:
        return places[0]
    at, reach = np.array(places), np.array((half, size * 0.5))
    covered = ink.under(np.concatenate((at - reach, at + reach), axis=1)) / size
    below, above = covered.tolist()
    return places[1] if below > above + ELSEWHERE else places[0]


def _people_names(
    sheet: Sheet, room: Room, rows: Ints, middles: Floats, stands: Ints, ink: Ink | None
) -> Placed:
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
    homes, frames = sheet.scene.nodes.home[rows].tolist(), sheet.frames
    costs: list[list[float]] | None = None
    if ink is not None:
        drawn = [lettering.fitted(names[row], size, QFont.Weight.Normal, most) for row in rows.tolist()]
        wide = np.array([lettering.width(word, size) for word in drawn])
        costs = _inked(middles, sheet.radius[rows], wide / 2, size, ink).tolist()
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
        cost = costs[place] if costs is not None else None
        for x, line in _places(at[place], radius[place], half, size, cost, frames.get(homes[place])):
            spot = (x - half, line - size * 0.5, x + half, line + size * 0.5)
            if full or stand == SUBJECT or room.free(spot):
                room.take(spot)
                found[look].append((word, x, line))
                budget -= 1
                break
    return found


def _inked(middles: Floats, radius: Floats, half: Floats, size: float, ink: Ink) -> Floats:
    """What names (n, of which `half` the widths) cover below, above, right and left of their nodes,
    by the length of lines in heights of a name, and what it costs to stand elsewhere: (n, 4)."""
    off = np.zeros((len(half), 4, 2))
    off[:, 0, 1], off[:, 1, 1] = radius + size * BELOW, -radius - size * ABOVE
    off[:, 2, 0], off[:, 3, 0] = radius + size * BESIDE + half, -radius - size * BESIDE - half
    reach = np.stack((half, np.full(len(half), size * 0.4)), axis=1)[:, None]  # what letters cover
    at = middles[:, None] + off
    spots = np.concatenate((at - reach, at + reach), axis=2).reshape(-1, 4)
    covered = ink.under(spots).reshape(-1, 4) / size
    costs: Floats = covered * (1.0, 1.0, STRUCK, STRUCK) + (0.0, ELSEWHERE, ASIDE, ASIDE)
    return costs


def _places(
    middle: tuple[float, float],
    radius: float,
    half: float,
    size: float,
    costs: list[float] | None,
    frame: QRectF | None,
) -> list[tuple[float, float]]:
    """Where the middle of a name may be, the best first: below its node, unless lines run there and
    fewer above it or beside it, inside the frame of its module. `costs`: see `_inked`."""
    x, y = middle
    below, above, beside = radius + size * BELOW, radius + size * ABOVE, radius + size * BESIDE + half
    places = [(x, y + below), (x, y - above)]
    if costs is None:
        return places
    if frame is None or x + beside + half < frame.right():
        places.append((x + beside, y))
    if frame is None or x - beside - half > frame.left():
        places.append((x - beside, y))
    cost = dict(zip(((x, y + below), (x, y - above), (x + beside, y), (x - beside, y)), costs, strict=True))
    return sorted(places, key=cost.__getitem__)


def _ranked(sheet: Sheet, rows: Ints, stands: Ints) -> list[int]:
    """Places in `rows`: the lit first, then those with most lines; ties by their order on the map."""
    order = np.lexsort((rows, -sheet.scene.degree[rows], -np.where(stands > 1, stands, 0)))
    return cast("list[int]", order.tolist())
