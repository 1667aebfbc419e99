"""The names on a picture: placed once for a part of the map larger than what is drawn, then laid down.

So a name stands in the same place in every piece of the map that is drawn at one magnification,
and a picture can be put together from pieces, or mended where something changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import Floats, Ints
from orgmap.drawing.labels import NAME, placed_names
from orgmap.drawing.lettering import HALO, Hand
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.people import seen_nodes
from orgmap.drawing.sheet import Sheet
from orgmap.model.frames import LETTER, MOST_LETTERS

BLOCK = 512  # pixels: the steps in which the part in which names are placed follows the view
AROUND = 256  # pixels it is larger than the view, at least
MISPLACED = 2.0  # pixels by which a word lies elsewhere when it is laid on whole ones
FINEST = 1_024  # of a pixel: what is finer is an error of arithmetic


@dataclass(frozen=True, eq=False)
class Words:
    """Words in one hand: their middles (n, 2) and half their widths and heights (n, 2), pixels."""

    look: Hand
    words: list[str]
    at: Floats
    half: Floats

    def moved(self, by: Floats) -> Words:
        """The same words elsewhere."""
        return replace(self, at=self.at + by)

    def within(self, width: float, height: float, mosaic: Mosaic | None = None) -> Words:
        """Those of which something is seen on a sheet of this size, in the cells of a mosaic."""
        low, high = self.at - self.half, self.at + self.half
        seen = ((high > 0) & (low < (width, height))).all(axis=1)
        if mosaic is not None:
            seen &= mosaic.touched(low - MISPLACED, high + MISPLACED)
        if seen.all():
            return self
        rows = np.flatnonzero(seen)
        listed = rows.tolist()
        return Words(self.look, [self.words[row] for row in listed], self.at[rows], self.half[rows])


def reading(camera: Camera, unit: float) -> Camera:
    """The view of the part of the map in which the names for a view are placed: in steps of BLOCK."""
    scale = camera.scale * unit
    sides: list[tuple[float, float]] = []
    for middle, length in ((camera.x, camera.width), (camera.y, camera.height)):
        low, high = middle * scale - length * unit / 2, middle * scale + length * unit / 2
        begin = np.floor((low - AROUND) / BLOCK) * BLOCK
        end = np.ceil((high + AROUND) / BLOCK) * BLOCK
        sides.append((float(begin), float(end)))
    (left, right), (top, bottom) = sides
    return Camera(
        camera.scale,
        (left + right) / 2 / scale,
        (top + bottom) / 2 / scale,
        (right - left) / unit,
        (bottom - top) / unit,
    )


def draw_words(sheet: Sheet, rows: Ints) -> None:
    """The names of modules and of the nodes `rows`, as many as there is room for."""
    for group in written(sheet, rows):
        seen = group.within(*sheet.size, sheet.mosaic)
        if seen.words:
            sheet.pens.lettering.draw(sheet.painter, seen.words, seen.at, seen.look, vector=sheet.vector)


def written(sheet: Sheet, rows: Ints) -> list[Words]:
    """What is written on the sheet, in the order in which it is drawn."""
    around = sheet.reading
    if around is None:
        return list(_placed(sheet, rows))
    plain = sheet.lighting.pointing(selected=frozenset(), hovered=None, focused=None)
    key = (sheet.scene, sheet.theme, around, plain, sheet.detail, sheet.unit, sheet.only, sheet.without)
    found = sheet.pens.written
    if found is None or found[0] != key:
        larger = replace(sheet, camera=around, reading=None, mosaic=None)
        found = sheet.pens.written = (key, list(_placed(larger, seen_nodes(larger))))
    here, there = (
        np.array((view.x * sheet.scale, view.y * sheet.scale))
        - np.array((view.width * sheet.unit / 2, view.height * sheet.unit / 2))
        for view in (sheet.camera, around)
    )
    by = np.rint((there - here) * FINEST) / FINEST
    return [group.moved(by) for group in found[1]]


def name_of(sheet: Sheet, row: int) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of a node's name as it was last written at this magnification, pixels
    of the sheet; None if it was not. Places nothing anew."""
    found = sheet.pens.written
    if found is None:
        return None
    (scene, _, around, _, _, unit, *_), groups = cast("tuple[tuple[Any, ...], list[Words]]", found)
    if scene is not sheet.scene or around.scale != sheet.camera.scale or unit != sheet.unit:
        return None
    larger = replace(sheet, camera=around)
    at = larger.place(scene.nodes.centre[row : row + 1])[0]
    by = sheet.place(scene.nodes.centre[row : row + 1])[0] - at
    radius, name = float(sheet.radius[row]), scene.names[row]
    best: tuple[float, Floats, Floats] | None = None
    for group in groups:
        word = sheet.pens.lettering.fitted(
            name, group.look.pixels, group.look.weight, MOST_LETTERS * LETTER * group.look.pixels / NAME
        )
        for place in [i for i, other in enumerate(group.words) if other == word]:
            off = np.abs(group.at[place] - at) - group.half[place] - radius
            away = float(off.max())  # beside or above or below it touches, but for a little
            if away < group.look.pixels and (best is None or away < best[0]):
                best = away, group.at[place] + by, group.half[place]
    if best is None:
        return None
    low, high = best[1] - best[2], best[1] + best[2]
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _placed(sheet: Sheet, rows: Ints) -> Iterator[Words]:
    for group in placed_names(sheet, rows):
        for look, listed in group.items():
            words = [word for word, _, _ in listed]
            at = np.array([(x, y) for _, x, y in listed], dtype=np.float64).reshape(-1, 2)
            wide = [sheet.pens.lettering.width(word, look.pixels, look.weight) / 2 for word in words]
            half = np.full((len(words), 2), look.pixels * 0.8 + 2 * HALO)
            half[:, 0] = np.array(wide) + 3 * HALO
            yield Words(look, words, at, half)
