"""A rendered picture of the map, kept larger than the view, that is moved, mended and magnified.

While the view is panned, the picture is laid down elsewhere, and only what comes into view is
drawn. After an edit, only where something differs. While the view is zoomed, the picture is
stretched; a sharp one is drawn beside it, a piece at a time, and takes its place when it is done.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, replace
from time import perf_counter
from typing import NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import Floats
from orgmap.drawing.lettering import Hand
from orgmap.drawing.patches import patches
from orgmap.drawing.sheet import reach
from orgmap.drawing.writing import Words, reading

REST_MS = 25  # after the last movement a sharp picture is begun; it is there within 150
MARGIN = 0.15  # of the view's width and height, kept on each side
STRETCH = 3.0  # magnification at which a kept picture is too coarse (or a shrunk one too small)
LEAST_COVERED = 0.4  # share of the view a stretched picture has to fill
PIECE = 0.002  # seconds that a piece of a picture takes, however small it is


Steps = Generator[None, None, None]  # a drawing that lets others have their turn


class Source(Protocol):
    """What a picture is drawn from."""

    def painted(self, painter: QPainter, camera: Camera, around: Camera) -> Steps:
        """Draw what the camera sees, without any ground, yielding now and then. `around`: the part
        of the map in which names are placed."""
        ...

    def words(self, painter: QPainter, around: Camera) -> list[Words]:
        """What is written in a part of the map, in pixels from its upper left corner."""
        ...

    def manner(self, painter: QPainter, camera: Camera) -> object:
        """What everything that is drawn at one magnification depends on."""
        ...


@dataclass(frozen=True, eq=False)
class _Picture:
    """`camera`: what is on the image, one pixel of the device for each; `around`: see Source."""

    image: QImage
    camera: Camera
    around: Camera
    ratio: float


class _Spot(NamedTuple):
    """A word, its middle and half its size in pixels from the origin of the map."""

    look: Hand
    word: str
    x: float
    y: float
    wide: float
    high: float

    @property
    def rect(self) -> QRect:
        """All its pixels."""
        rect = QRectF(self.x - self.wide, self.y - self.high, 2 * self.wide, 2 * self.high)
        return rect.toAlignedRect().adjusted(-2, -2, 2, 2)


class KeptPicture:
    """Draws from a source.

    `draw(...)` with `moving=False` shows the map sharply; with `moving=True` a picture of another
    magnification is stretched. Nothing is shown as it was before a change.
    """

    def __init__(self, source: Source, ground: QColor) -> None:
        self._source = source
        self._ground = ground
        self._picture: _Picture | None = None
        self._written: frozenset[_Spot] = frozenset()
        self._manner: object = None
        self._dirty: list[Floats] = []
        self._stale = True
        self._begun: tuple[_Picture, QPainter, Steps] | None = None
        self.seconds = 0.0  # that the last whole picture took to draw

    def invalidate(self) -> None:
        """All that is drawn has changed: the next frame draws it anew, moving or not."""
        self._stale = True
        self.stop()

    def mend(self, boxes: Floats) -> None:
        """What lies in these boxes (n, 4) of the map has changed; words are looked for everywhere."""
        self._dirty.append(boxes)
        self.stop()

    def set_ground(self, ground: QColor) -> None:
        """Another colour below everything."""
        self._ground = ground
        self.invalidate()

    def sharp(self, camera: Camera, ratio: float = 1.0) -> bool:
        """Is the kept picture exactly what this camera sees?"""
        whole = self._placed(camera.snapped(ratio), ratio)
        return not self._stale and not self._dirty and whole is not None and whole.contains(_view(camera))

    def draw(self, painter: QPainter, camera: Camera, *, moving: bool = False, ratio: float = 1.0) -> None:
        """Fill the view. `ratio`: device pixels per pixel of the view."""
        camera = camera.snapped(ratio)
        if self._stale or not self._usable(camera, ratio, moving):
            self._renew(camera, ratio)
        elif self._dirty:
            self._mend()
        place = self._placed(camera, ratio)
        if place is not None and not place.contains(_view(camera)):
            self._follow(camera, ratio)
            place = self._placed(camera, ratio)
        if place is not None:
            self._lay(painter, place, ratio)
        else:
            self._stretch(painter, camera, ratio)

    def refine(self, camera: Camera, ratio: float, seconds: float) -> bool:
        """Work on a sharp picture for so long. True when there is one, which is then laid down."""
        camera = camera.snapped(ratio)
        if self._stale or self._dirty or self._placed(camera, ratio) is not None:
            self.stop()
            return True
        wanted = self._larger(camera, ratio)
        if self._begun is None or self._begun[0].camera != wanted or self._begun[0].ratio != ratio:
            self.stop()
            self._begun = self._begin(wanted, ratio)
        picture, painter, steps = self._begun
        until = perf_counter() + seconds
        for _ in steps:
            if perf_counter() >= until:
                return False
        self._begun = None
        painter.end()
        self._take(picture)
        return True

    def stop(self) -> None:
        """Let go of a sharp picture that is not done."""
        if self._begun is not None:
            _, painter, steps = self._begun
            steps.close()
            painter.end()
            self._begun = None

    # -- whole pictures -----------------------------------------------------------------------

    def _larger(self, camera: Camera, ratio: float) -> Camera:
        """What is kept for a view: more than is seen, the map's origin still on a pixel."""
        wide, high = (
            math.ceil(side * ratio) + 2 * math.ceil(side * ratio * MARGIN)
            for side in (camera.width, camera.height)
        )
        return replace(camera, width=wide / ratio, height=high / ratio).snapped(ratio)

    def _begin(self, camera: Camera, ratio: float) -> tuple[_Picture, QPainter, Steps]:
        size = (round(camera.width * ratio), round(camera.height * ratio))
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(self._ground)
        picture = _Picture(image, camera, reading(camera, ratio), ratio)
        painter = QPainter(image)
        return picture, painter, self._source.painted(painter, camera, picture.around)

    def _renew(self, camera: Camera, ratio: float) -> None:
        self.stop()
        begun = perf_counter()
        picture, painter, steps = self._begin(self._larger(camera, ratio), ratio)
        try:
            for _ in steps:
                pass
        finally:
            painter.end()
        self.seconds = perf_counter() - begun
        self._take(picture)

    def _take(self, picture: _Picture) -> None:
        self._picture = picture
        self._stale = False
        self._dirty = []
        self._written = self._words(picture)
        self._manner = self._manner_of(picture)

    # -- pieces -------------------------------------------------------------------------------

    def _follow(self, camera: Camera, ratio: float) -> None:
        """Keep the picture round another place: what it has is moved, what it lacks is drawn."""
        old = self._picture
        if old is None:
            return
        camera = self._larger(camera, ratio)
        size = (round(camera.width * ratio), round(camera.height * ratio))
        image = QImage(*size, QImage.Format.Format_RGB32)
        old.image.setDevicePixelRatio(1.0)
        by = _corner(old.camera, ratio) - _corner(camera, ratio)
        painter = QPainter(image)
        painter.drawImage(by, old.image)
        painter.end()
        image.setDevicePixelRatio(ratio)
        missing = _outside(QRect(QPoint(), image.size()), QRect(by, old.image.size()))
        self._picture = _Picture(image, camera, reading(camera, ratio), ratio)
        self._repaint([*missing, *self._misspelt()])

    def _mend(self) -> None:
        """Draw anew what lies in the boxes that changed."""
        picture = self._picture
        if picture is None:
            return
        camera, ratio = picture.camera, picture.ratio
        boxes = np.concatenate(self._dirty)
        self._dirty = []
        scale = camera.scale * ratio
        middle = np.array((camera.x, camera.y)) * scale - np.array((camera.width, camera.height)) * ratio / 2
        pixels = boxes * scale - np.tile(middle, 2)
        pixels += np.array((-1, -1, 1, 1)) * reach(camera.scale) * ratio
        words = [(r.x(), r.y(), r.x() + r.width(), r.y() + r.height()) for r in self._misspelt()]
        pixels = np.concatenate((pixels, np.array(words, dtype=np.float64).reshape(-1, 4)))
        area = picture.image.width() * picture.image.height()
        fixed = min(PIECE / max(self.seconds, PIECE), 1.0)  # of a whole picture
        rects = patches(pixels, picture.image.width(), picture.image.height(), fixed * area)
        share = sum(rect.width() * rect.height() for rect in rects) / area
        manner = self._manner_of(picture)
        if manner != self._manner or share + fixed * len(rects) > 1.0 + fixed:
            rects = [QRect(QPoint(), picture.image.size())]
        self._manner = manner
        self._repaint(rects)

    def _misspelt(self) -> list[QRect]:
        """Where something else is written now than is on the picture, pixels of it."""
        picture = self._picture
        if picture is None:
            return []
        now = self._words(picture)
        changed, self._written = now ^ self._written, now
        corner = _corner(picture.camera, picture.ratio)
        return [spot.rect.translated(-corner) for spot in changed]

    def _words(self, picture: _Picture) -> frozenset[_Spot]:
        painter = QPainter(picture.image)
        groups = self._source.words(painter, picture.around)
        painter.end()
        corner = _corner(picture.around, picture.ratio).toTuple()
        found: list[_Spot] = []
        for group in groups:
            at, half = (group.at + corner).round(3).tolist(), group.half.tolist()
            for word, (x, y), (wide, high) in zip(group.words, at, half, strict=True):
                found.append(_Spot(group.look, word, x, y, wide, high))
        return frozenset(found)

    def _manner_of(self, picture: _Picture) -> object:
        painter = QPainter(picture.image)
        found = self._source.manner(painter, picture.camera)
        painter.end()
        return found

    def _repaint(self, rects: list[QRect]) -> None:
        picture = self._picture
        if picture is None:
            return
        painter = QPainter(picture.image)
        try:
            for rect in rects:
                rect = rect.intersected(QRect(QPoint(), picture.image.size()))
                if not rect.isEmpty():
                    self._piece(painter, picture.camera, picture.around, rect, picture.ratio)
        finally:
            painter.end()

    def _piece(self, painter: QPainter, camera: Camera, around: Camera, rect: QRect, ratio: float) -> None:
        """Draw a rectangle, in pixels of the device, of what a camera sees."""
        scale = camera.scale * ratio
        part = Camera(
            camera.scale,
            camera.x + (rect.x() + rect.width() / 2 - camera.width * ratio / 2) / scale,
            camera.y + (rect.y() + rect.height() / 2 - camera.height * ratio / 2) / scale,
            rect.width() / ratio,
            rect.height() / ratio,
        )
        painter.save()
        painter.translate(rect.x() / ratio, rect.y() / ratio)
        painter.setClipRect(QRectF(0, 0, part.width, part.height))
        painter.fillRect(QRectF(0, 0, part.width, part.height), self._ground)
        for _ in self._source.painted(painter, part, around):
            pass
        painter.restore()

    # -- laying down --------------------------------------------------------------------------

    def _usable(self, camera: Camera, ratio: float, moving: bool) -> bool:
        picture = self._picture
        if picture is None or picture.ratio != ratio:
            return False
        place = self._placed(camera, ratio)
        if place is None:
            return moving and self._enough(camera, picture)
        seen = place.intersected(_view(camera))
        return seen.width() * seen.height() > 0

    def _placed(self, camera: Camera, ratio: float) -> QRectF | None:
        """Where the picture lies in a view of the same magnification; None in another."""
        picture = self._picture
        if picture is None or picture.ratio != ratio or picture.camera.scale != camera.scale:
            return None
        corner = _corner(picture.camera, ratio) - _corner(camera, ratio)
        return QRectF(corner.x() / ratio, corner.y() / ratio, picture.camera.width, picture.camera.height)

    def _lay(self, painter: QPainter, place: QRectF, ratio: float) -> None:
        if self._picture is None:
            return
        image = self._picture.image
        image.setDevicePixelRatio(1.0)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        painter.drawImage(QPoint(round(place.x() * ratio), round(place.y() * ratio)), image)
        painter.restore()
        image.setDevicePixelRatio(ratio)

    def _stretch(self, painter: QPainter, camera: Camera, ratio: float) -> None:
        """Lay the picture down in another magnification; what it lacks is drawn."""
        if self._picture is None:
            return
        place, view = self._stretched(camera, self._picture), _view(camera)
        painter.drawImage(place, self._picture.image)
        if place.contains(view):
            return
        inner = QRectF(place.x() * ratio, place.y() * ratio, place.width() * ratio, place.height() * ratio)
        covered = inner.toAlignedRect().adjusted(1, 1, -1, -1)
        whole = QRect(0, 0, math.ceil(camera.width * ratio), math.ceil(camera.height * ratio))
        around = reading(camera, ratio)
        for rect in _outside(whole, covered):
            self._piece(painter, camera, around, rect, ratio)

    def _stretched(self, camera: Camera, picture: _Picture) -> QRectF:
        kept = picture.camera
        factor = camera.scale / kept.scale
        middle = camera.to_screen(kept.x, kept.y)
        wide, high = kept.width * factor, kept.height * factor
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def _enough(self, camera: Camera, picture: _Picture) -> bool:
        if not 1 / STRETCH <= camera.scale / picture.camera.scale <= STRETCH:
            return False
        view = _view(camera)
        seen = self._stretched(camera, picture).intersected(view)
        return seen.width() * seen.height() >= LEAST_COVERED * view.width() * view.height()


def _view(camera: Camera) -> QRectF:
    return QRectF(0, 0, camera.width, camera.height)


def _corner(camera: Camera, ratio: float) -> QPoint:
    """The upper left corner of a snapped view, in pixels of the device from the map's origin."""
    scale = camera.scale * ratio
    return QPoint(
        round(camera.x * scale - camera.width * ratio / 2),
        round(camera.y * scale - camera.height * ratio / 2),
    )


def _outside(whole: QRect, inner: QRect) -> list[QRect]:
    """Rectangles that make up what of one lies outside another: above, below, left, right."""
    inner = inner.intersected(whole)
    if inner.isEmpty():
        return [whole]
    top, bottom = inner.y(), inner.y() + inner.height()
    left, right = inner.x(), inner.x() + inner.width()
    end_x, end_y = whole.x() + whole.width(), whole.y() + whole.height()
    found = (
        QRect(whole.x(), whole.y(), whole.width(), top - whole.y()),
        QRect(whole.x(), bottom, whole.width(), end_y - bottom),
        QRect(whole.x(), top, left - whole.x(), bottom - top),
        QRect(right, top, end_x - right, bottom - top),
    )
    return [rect for rect in found if not rect.isEmpty()]
