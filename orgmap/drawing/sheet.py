"""One drawing in the making: the painter, and where and how large things are on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import Flags, Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.lettering import Lettering
from orgmap.drawing.lighting import Lighting
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.scene import Scene
from orgmap.drawing.signs import Head, Look, corners_of, draw_heads
from orgmap.drawing.stamps import Page
from orgmap.drawing.style import Theme
from orgmap.model.entities import LinkKind

if TYPE_CHECKING:
    from orgmap.drawing.people import Signed
    from orgmap.drawing.writing import Words

MOST_PIXELS = 8_000_000  # of pages kept before they are forgotten
TURNS = 90  # directions in which a page holds heads
HEAD_STEPS = 2  # places between two pixels at which it holds each, each way
SIGN_STEPS = 3  # the same for signs
BLACK = 0xFF000000  # of heads that are rendered once and tinted for each colour
AT_ONCE = 50  # heads in one path: Qt is slow with longer ones
SMALLEST_RADIUS = 2.6  # pixels: a node is never smaller than a dot one can see
DOT = 5.0  # pixels: a node smaller than this is a filled dot
EDGE = 24.0  # pixels that what is drawn reaches out of where it lies, at most
FINEST = 1_024  # of a pixel: what is finer is an error of arithmetic, and would not repeat itself


def reach(scale: float) -> float:
    """How far, in pixels, what is drawn at a magnification reaches out of where it lies."""
    return EDGE * min(max(1.5 * scale, 0.3), 1.0)


class Pens:
    """What is kept from one drawing to the next: rendered names and signs. Never shared by threads.

    `letters`: how much larger than usual the smallest names are, for those who need or sit farther
    away; 1.0 to 2.0.
    """

    def __init__(self, letters: float = 1.0) -> None:
        self.letters = letters
        self.lettering = Lettering()
        self.written: tuple[tuple[object, ...], list[Words]] | None = None
        self.signed: tuple[tuple[object, ...], Signed] | None = None
        self._pages: dict[Head | tuple[Look, ...], Page] = {}

    def heads(self, head: Head) -> Page:
        """A page of this head, pointing in each of TURNS directions."""
        if head.kind is not LinkKind.REPORTS and head.colour != BLACK:
            black = self.heads(replace(head, colour=BLACK, fill=BLACK))
            return self._kept(head, partial(black.tinted, head.colour))
        reach = head.length + 2 * head.width
        render = partial(_render_heads, head)
        return self._kept(head, partial(Page, TURNS, HEAD_STEPS, reach, render))

    def signs(self, looks: tuple[Look, ...]) -> Page:
        """A page of these signs."""
        reach = max(look.reach for look in looks)
        render = partial(_render_signs, looks)
        return self._kept(looks, partial(Page, len(looks), SIGN_STEPS, reach, render))

    def _kept(self, key: Head | tuple[Look, ...], make: Callable[[], Page]) -> Page:
        if key not in self._pages:
            if sum(page.pixels for page in self._pages.values()) > MOST_PIXELS:
                self._pages.clear()
            self._pages[key] = make()
        return self._pages[key]


def _render_heads(head: Head, painter: QPainter, which: Ints, tips: Floats) -> None:
    angle = which * (math.tau / TURNS)
    corners = corners_of(tips, np.stack((np.cos(angle), np.sin(angle)), axis=1), head.length, head.half)
    for begin in range(0, len(corners), AT_ONCE):
        draw_heads(painter, head, corners[begin : begin + AT_ONCE])


def _render_signs(looks: tuple[Look, ...], painter: QPainter, which: Ints, middles: Floats) -> None:
    for row, (x, y) in zip(which.tolist(), middles.tolist(), strict=True):
        looks[row].draw(painter, x, y)


@dataclass(frozen=True, eq=False)
class Sheet:
    """`unit`: pixels of the painter per pixel of the camera (2 on a high-density screen).

    `vector`: the painter writes a file of shapes and text, so nothing may be rendered beforehand.
    """

    painter: QPainter
    scene: Scene
    theme: Theme
    camera: Camera
    lighting: Lighting
    detail: Detail
    unit: float
    vector: bool
    pens: Pens
    nodes: Flags  # which are drawn at all
    links: Flags
    only: frozenset[str] | None
    without: frozenset[str]
    reading: Camera | None = None  # the part of the map in which names are placed; None: what is seen
    mosaic: Mosaic | None = None  # the cells of the sheet that are looked at; None: all of it

    def holds(self, key: str) -> bool:
        """Does this layer hold the module with this id?"""
        return (self.only is None or key in self.only) and key not in self.without

    @property
    def scale(self) -> float:
        """Pixels of the painter per map unit."""
        return self.camera.scale * self.unit

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, pixels of the painter."""
        return self.camera.width * self.unit, self.camera.height * self.unit

    @property
    def dots(self) -> bool:
        """Are people mere dots at this magnification?"""
        return self.camera.scale * 17.0 < DOT and self.detail is not Detail.FULL

    def grown(self, least: float, most: float) -> float:
        """How much larger than at 100 % a mark is: it grows with the map within these bounds."""
        return min(max(self.camera.scale, least), most) * self.unit

    def place(self, points: Floats) -> Floats:
        """Map points (n, 2) as pixels of the painter."""
        wide, high = self.size
        moved: Floats = points * self.scale
        x, y = wide / 2 - self.camera.x * self.scale, high / 2 - self.camera.y * self.scale
        moved += (round(x * FINEST) / FINEST, round(y * FINEST) / FINEST)
        return moved

    @cached_property
    def seen_map(self) -> QRectF:
        """What is in view, map units, with the edge that is still drawn."""
        edge = EDGE / self.camera.scale
        return self.camera.seen.adjusted(-edge, -edge, edge, edge)

    def point(self, x: float, y: float) -> QPointF:
        """The pixel of a map point."""
        return self.camera.to_screen(x, y) * self.unit

    @cached_property
    def bounds(self) -> Floats:
        """The corners (2, 2) of the map in pixels: top left, bottom right."""
        rect = self.scene.bounds
        return self.place(np.array(((rect.left(), rect.top()), (rect.right(), rect.bottom()))))

    @property
    def sees_all(self) -> bool:
        """Does the whole map lie in the view?"""
        return bool((self.bounds[0] >= 0).all() and (self.bounds[1] <= self.size).all())

    @cached_property
    def radius(self) -> Floats:
        """Per node, half its width in pixels of the painter."""
        return np.maximum(self.scene.nodes.radius * self.scale, SMALLEST_RADIUS * self.unit)

    @cached_property
    def frames(self) -> dict[int, QRectF]:
        """The modules in view that this layer holds, outermost first: row and rectangle in pixels."""
        boxes = self.scene.frames
        corners = np.concatenate((self.place(boxes.rect[:, :2]), self.place(boxes.rect[:, 2:])), axis=1)
        seen = self.within(corners[:, :2], corners[:, 2:])
        found: dict[int, QRectF] = {}
        if not seen.any():
            return found
        listed, in_view = corners.tolist(), seen.tolist()
        for row in boxes.shown:
            if in_view[row] and self.holds(boxes.ids[row]):
                x0, y0, x1, y1 = listed[row]
                found[row] = QRectF(x0, y0, x1 - x0, y1 - y0)
        return found

    def within(self, low: Floats, high: Floats) -> Flags:
        """Which of the boxes (n, 2), (n, 2) in pixels touch the view."""
        wide, tall = self.size
        edge = EDGE * self.unit
        seen: Flags = (
            (high[:, 0] >= -edge)
            & (low[:, 0] <= wide + edge)
            & (high[:, 1] >= -edge)
            & (low[:, 1] <= tall + edge)
        )
        if self.mosaic is not None:
            edge = reach(self.camera.scale) * self.unit
            seen &= self.mosaic.touched(low - edge, high + edge)
        return seen
