"""Where heading, map and legend go in a picture of a given width, or on a page of a given size."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from orgmap.drawing.camera import Camera
from orgmap.drawing.content import Content, Heading
from orgmap.drawing.legend import legend_size

MARGIN = 32.0  # pixels round the map
LARGEST = 1.6  # magnification; a wider picture has finer pixels instead
NAMED = 0.6  # magnification from which everybody's name finds room
FINEST = 0.35  # how far a page may be drawn smaller than on the screen, so that names find room
NARROWEST = 540.0  # pixels of the screen that heading and legend need, however small the page
LEAST_HEIGHT = 160.0
LEAST_WIDTH = 640.0  # pixels of the screen across which heading and legend are laid out
LINE = 18.0  # pixels: a line of words on what is missing
TALLEST = 4.0  # times the width
POSTER = 1_300.0  # pixels of width from which title and legend grow with the picture
LARGEST_LETTERS = 2.0
BESIDE = 230.0  # pixels of a legend that stands beside the map
_STEPS = 24  # of halving in search of how finely a page is drawn


@dataclass(frozen=True, slots=True)
class Plan:
    """How a picture is laid out, in pixels of the screen; `fine`: pixels of the file for each.

    `camera`: the part of the map and its size; it begins at `left`, `top`. `letters`: how much larger
    than on the screen title and legend are, so that they can be read on a poster from where the
    whole of it is seen. `margin`: round heading and legend. `said`: where the words on what is
    missing begin, from the top.
    """

    width: float
    height: float
    camera: Camera
    left: float
    top: float
    legend: QRectF
    fine: float
    letters: float
    said: float
    margin: float = MARGIN

    @property
    def whole(self) -> QRectF:
        """All of it."""
        return QRectF(0, 0, self.width, self.height)

    @property
    def map(self) -> QRectF:
        """Where the map is."""
        return QRectF(self.left, self.top, self.camera.width, self.camera.height)

    def camera_of(self, part: QRectF) -> Camera:
        """The view of the map that belongs in a part of the picture."""
        scale, middle = self.camera.scale, part.center() - self.map.center()
        x, y = self.camera.x + middle.x() / scale, self.camera.y + middle.y() / scale
        return Camera(scale, x, y, part.width(), part.height())


def planned(content: Content, width: int, *, vector: bool = False) -> Plan:
    """The plan of a picture `width` pixels wide and as high as the map needs.

    Drawn as `vector` it may be finer than the screen: everybody is named on it, to be magnified.
    """
    bounds, view = content.bounds, content.view
    if view is not None:
        return _viewed(content, view, width)
    natural = bounds.width() * LARGEST + 2 * MARGIN
    fine = max(1.0, width / max(natural, LEAST_WIDTH))
    if vector:
        named = bounds.width() * NAMED + 2 * MARGIN
        fine = min(fine, width / max(named, LEAST_WIDTH)) if named > width else fine
    wide = width / fine
    letters = _letters(wide)
    top = MARGIN + _head_height(content.heading, letters)
    room = max(wide - 2 * MARGIN, 16.0)
    tall = min(bounds.height() * min(room / bounds.width(), LARGEST), TALLEST * wide)
    camera = Camera.fitted(bounds, wide, max(tall, 16.0), LARGEST)
    if bounds.width() * camera.scale > room:
        camera = replace(camera, scale=room / bounds.width())
    return _with_legend(content, wide, camera, top, fine, letters)


def planned_on(content: Content, width: float, height: float, margin: float = 0.0) -> Plan:
    """The plan of what fills a page of `width` x `height` pixels, the legend at the foot or beside.

    Small maps are magnified whole, words and lines too; of large ones words and lines are drawn
    smaller than on the screen, so that everybody is named.
    """
    plans = [_filled(content, QSizeF(width, height), margin, beside) for beside in (False, True)]
    return max(plans, key=lambda plan: plan.camera.scale * plan.fine)


def _filled(content: Content, page: QSizeF, margin: float, beside: bool) -> Plan:
    bounds = content.bounds

    def layout(fine: float) -> _Layout:
        return _laid(content, QSizeF(page.width() / fine, page.height() / fine), margin, beside)

    def scale(fine: float) -> float:
        """The magnification of the map when there are so many pixels for each of the screen's."""
        room = layout(fine).room
        return min(room.width() / bounds.width(), room.height() / bounds.height())

    fine = 1.0
    if scale(fine) < NAMED:
        fine = _largest(scale, NAMED, min(FINEST, (page.width() - 2 * margin) / NARROWEST), 1.0)
    elif scale(fine) > 1.0:
        fine = _largest(scale, 1.0, 1.0, max(page.width(), page.height()) / LEAST_HEIGHT)
    found, high = layout(fine), page.height() / fine
    camera = Camera(scale(fine), bounds.center().x(), bounds.center().y(), *found.room.size().toTuple())
    said = high - margin - len(content.said) * LINE * found.letters
    return Plan(
        page.width() / fine,
        high,
        camera,
        found.room.left(),
        found.room.top(),
        found.legend,
        fine,
        found.letters,
        said,
        margin,
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where map and legend are on a page, pixels of the screen."""

    room: QRectF
    legend: QRectF
    letters: float


def _laid(content: Content, page: QSizeF, margin: float, beside: bool) -> _Layout:
    """What heading, legend and words on what is missing leave of a page; never empty."""
    wide, high = page.width(), page.height()
    letters = _letters(wide)
    across = max(wide - 2 * margin, 16.0)
    top = margin + _head_height(content.heading, letters)
    foot = high - margin - len(content.said) * LINE * letters
    foot -= LINE / 2 * letters if content.said else 0.0
    most = BESIDE * letters if beside else across
    size = legend_size(content.scene, content.lighting, most / letters) * letters
    gap = 0.0 if size.isEmpty() else MARGIN * 0.75
    legend = QRectF(margin, foot - size.height(), most, size.height())
    if beside:
        legend.moveLeft(wide - margin - min(size.width(), most))
        across -= size.width() + gap
    else:
        foot -= size.height() + gap
    room = QRectF(margin, top, max(across, 16.0), max(foot - top, 16.0))
    return _Layout(room, legend, letters)


def _viewed(content: Content, view: Camera, width: int) -> Plan:
    """What a window shows, at its own magnification, from edge to edge."""
    fine = width / view.width
    letters = _letters(view.width)
    head = _head_height(content.heading, letters)
    return _with_legend(content, view.width, view, MARGIN + head if head else 0.0, fine, letters)


def _with_legend(
    content: Content, wide: float, camera: Camera, top: float, fine: float, letters: float
) -> Plan:
    """The plan with the legend, and words on what is missing, right below the map."""
    room = max(wide - 2 * MARGIN, 16.0)
    size = legend_size(content.scene, content.lighting, room / letters) * letters
    below = top + camera.height + (MARGIN * 0.75 if not size.isEmpty() else 0.0)
    legend = QRectF(QPointF(MARGIN, below), QSizeF(room, size.height()))
    said = below + size.height() + (LINE / 2 * letters if content.said else 0.0)
    height = max(said + len(content.said) * LINE * letters + MARGIN, LEAST_HEIGHT)
    return Plan(wide, math.ceil(height), camera, 0.0, top, legend, fine, letters, said)


def _head_height(heading: Heading, letters: float) -> float:
    """Pixels that the heading takes above the map."""
    return (30.0 if heading.title else 0.0) * letters + (20.0 if heading.purpose else 0.0) * letters


def _letters(wide: float) -> float:
    return min(max(wide / POSTER, 1.0), LARGEST_LETTERS)


def _largest(scale: Callable[[float], float], wanted: float, least: float, most: float) -> float:
    """The largest number in least..most for which the falling `scale` is still that large; else least
    or most, whichever comes nearer."""
    low, high = least, max(most, least)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if scale(middle) >= wanted else (low, middle)
    return low
