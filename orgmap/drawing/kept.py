"""A rendered picture of the map, kept larger than the view, that is moved, mended and magnified.

While the view is panned, the picture is laid down elsewhere, and only what comes into view is
drawn. After an edit, only where something differs. While the view is zoomed, the picture is
stretched; a sharp one is drawn beside it, a piece at a time, and takes its place when it is done.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import Floats
from orgmap.drawing.lettering import Hand
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.sheet import reach
from orgmap.drawing.snapshot import Snapshot, corner, outside, pixels_of, view_of
from orgmap.drawing.writing import Words, reading

REST_MS = 25  # after the last movement a sharp picture is begun; it is there within 150
MARGIN = 0.15  # of the view's width and height, kept on each side
COARSE = 1.5  # magnification of a kept picture from which a sharper one is begun even in motion
STRETCH = 12.0  # from which it is not shown any more
SHRUNK = 1 / 3  # and below which it is not
LEAST_COVERED = 0.05  # share of the view a stretched picture has to fill
MOST_MENDED = 0.6  # share of a picture from which it is drawn anew as a whole


Steps = Generator[None, None, None]  # a drawing that lets others have their turn


class Source(Protocol):
    """What a picture is drawn from."""

    def painted(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Steps:
        """Draw what the camera sees, without any ground, yielding now and then. `around`: the part
        of the map in which names are placed; `mosaic`: the only cells that will be looked at."""
        ...

    def words(self, painter: QPainter, around: Camera) -> list[Words]:
        """What is written in a part of the map, in pixels from its upper left corner."""
        ...

    def manner(self, painter: QPainter, camera: Camera) -> object:
        """What everything that is drawn at one magnification depends on."""
        ...


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
        self._picture: Snapshot | None = None
        self._written: frozenset[_Spot] = frozenset()
        self._manner: object = None
        self._dirty: list[Floats] = []
        self._stale = True
        self._wide: Snapshot | None = None  # of more of the map, as it is now, for zooming out
        self._begun: tuple[Snapshot, QPainter, Steps] | None = None
        self.seconds = 0.0  # that the last whole picture took to draw

    def invalidate(self) -> None:
        """All that is drawn has changed: the next frame draws it anew, moving or not."""
        self._stale = True
        self._wide = None
        self.stop()

    def mend(self, boxes: Floats) -> None:
        """What lies in these boxes (n, 4) of the map has changed; words are looked for everywhere."""
        self._dirty.append(boxes)
        self._wide = None
        self.stop()

    def set_ground(self, ground: QColor) -> None:
        """Another colour below everything."""
        self._ground = ground
        self.invalidate()

    def sharp(self, camera: Camera, ratio: float = 1.0) -> bool:
        """Is the kept picture exactly what this camera sees?"""
        whole = self._placed(camera.snapped(ratio), ratio)
        return not self._stale and not self._dirty and whole is not None and whole.contains(view_of(camera))

    def draw(self, painter: QPainter, camera: Camera, *, moving: bool = False, ratio: float = 1.0) -> None:
        """Fill the view. `ratio`: device pixels per pixel of the view."""
        camera = camera.snapped(ratio)
        if self._stale or not self._usable(camera, ratio, moving):
            self._renew(camera, ratio)
        elif self._dirty:
            self._mend()
        place = self._placed(camera, ratio)
        if place is not None and not place.contains(view_of(camera)):
            self._follow(camera, ratio)
            place = self._placed(camera, ratio)
        if place is not None:
            self._reread(camera, ratio)
            self._lay(painter, place, ratio)
        else:
            self._stretch(painter, camera, ratio)

    def coarse(self, camera: Camera, ratio: float) -> bool:
        """Is a picture so much magnified, or so small, that one does not wait for rest?"""
        picture = self._picture
        if picture is None or self._stale or picture.ratio != ratio:
            return False
        factor = camera.scale / picture.camera.scale
        whole = picture.stretched(camera).contains(view_of(camera))
        return factor > COARSE or (factor < 1.0 and not whole)

    def refine(self, camera: Camera, ratio: float, seconds: float, *, moving: bool = False) -> bool:
        """Work on a sharp picture for so long. True when there is one, which is then laid down.

        `moving`: one that was begun a little earlier will do, for soon it is another view anyway.
        """
        camera = camera.snapped(ratio)
        if self._stale or self._dirty or self._placed(camera, ratio) is not None:
            self.stop()
            return True
        wanted = self._larger(camera, ratio)
        if self._begun is None or not self._serves(self._begun[0], wanted, ratio, moving):
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

    def _serves(self, picture: Snapshot, wanted: Camera, ratio: float, moving: bool) -> bool:
        """Is the picture that was begun still worth being done?"""
        if picture.ratio != ratio or not moving:
            return picture.ratio == ratio and picture.camera == wanted
        return 1 / COARSE < wanted.scale / picture.camera.scale < COARSE

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

    def _begin(self, camera: Camera, ratio: float) -> tuple[Snapshot, QPainter, Steps]:
        size = (round(camera.width * ratio), round(camera.height * ratio))
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(self._ground)
        picture = Snapshot(image, camera, reading(camera, ratio), ratio)
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

    def _take(self, picture: Snapshot) -> None:
        old, wide = self._picture, self._wide
        if old is not None and not self._stale and (wide is None or not wide.holds(old)):
            self._wide = old
        if self._wide is not None and picture.holds(self._wide):
            self._wide = None
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
        by = corner(old.camera, ratio) - corner(camera, ratio)
        painter = QPainter(image)
        painter.drawImage(by, old.image)
        painter.end()
        image.setDevicePixelRatio(ratio)
        missing = outside(QRect(QPoint(), image.size()), QRect(by, old.image.size()))
        self._picture = Snapshot(image, camera, reading(camera, ratio), ratio)
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
        mosaic = Mosaic.of(pixels, picture.image.width(), picture.image.height())
        manner = self._manner_of(picture)
        if manner != self._manner or mosaic.share > MOST_MENDED:
            self._repaint([QRect(QPoint(), picture.image.size())])
        else:
            self._inlay(picture, mosaic)
        self._manner = manner

    def _inlay(self, picture: Snapshot, mosaic: Mosaic) -> None:
        """Draw the cells of a mosaic anew, beside the picture, and put them into it."""
        rect, ratio = mosaic.rect, picture.ratio
        if rect.isEmpty():
            return
        layer = QImage(rect.size(), picture.image.format())
        layer.setDevicePixelRatio(ratio)
        layer.fill(self._ground)
        painter = QPainter(layer)
        try:
            painter.translate(-rect.x() / ratio, -rect.y() / ratio)
            for _ in self._source.painted(painter, picture.camera, picture.around, mosaic):
                pass
        finally:
            painter.end()
        mosaic.lay(pixels_of(layer), pixels_of(picture.image))

    def _reread(self, camera: Camera, ratio: float) -> None:
        """Names stand where they stand in this view, wherever the picture was drawn first."""
        around = reading(self._larger(camera, ratio), ratio)
        if self._picture is not None and self._picture.around != around:
            self._picture = replace(self._picture, around=around)
            self._repaint(self._misspelt())

    def _misspelt(self) -> list[QRect]:
        """Where something else is written now than is on the picture, pixels of it."""
        picture = self._picture
        if picture is None:
            return []
        now = self._words(picture)
        changed, self._written = now ^ self._written, now
        upper_left = corner(picture.camera, picture.ratio)
        return [spot.rect.translated(-upper_left) for spot in changed]

    def _words(self, picture: Snapshot) -> frozenset[_Spot]:
        painter = QPainter(picture.image)
        groups = self._source.words(painter, picture.around)
        painter.end()
        upper_left = corner(picture.around, picture.ratio).toTuple()
        found: list[_Spot] = []
        for group in groups:
            at, half = (group.at + upper_left).round(3).tolist(), group.half.tolist()
            for word, (x, y), (wide, high) in zip(group.words, at, half, strict=True):
                found.append(_Spot(group.look, word, x, y, wide, high))
        return frozenset(found)

    def _manner_of(self, picture: Snapshot) -> object:
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
        seen = place.intersected(view_of(camera))
        return seen.width() * seen.height() > 0

    def _placed(self, camera: Camera, ratio: float) -> QRectF | None:
        """Where the picture lies in a view of the same magnification; None in another."""
        picture = self._picture
        if picture is None or picture.ratio != ratio or picture.camera.scale != camera.scale:
            return None
        upper_left = corner(picture.camera, ratio) - corner(camera, ratio)
        return QRectF(
            upper_left.x() / ratio, upper_left.y() / ratio, picture.camera.width, picture.camera.height
        )

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
        """Lay the picture down in another magnification; what it lacks is drawn in its own and
        stretched with it, for everything rendered for that is there."""
        if self._picture is None:
            return
        kept, place, view = self._picture.camera, self._picture.stretched(camera), view_of(camera)
        if not place.contains(view) and self._wide is not None and self._wide.ratio == ratio:
            below = self._wide.stretched(camera)
            painter.drawImage(below, self._wide.image)
            painter.drawImage(place, self._picture.image)
            place = below  # it holds all that the other does
        else:
            painter.drawImage(place, self._picture.image)
        if place.contains(view):
            return
        inner = QRectF(place.x() * ratio, place.y() * ratio, place.width() * ratio, place.height() * ratio)
        covered = inner.toAlignedRect().adjusted(1, 1, -1, -1)
        whole = QRect(0, 0, math.ceil(camera.width * ratio), math.ceil(camera.height * ratio))
        factor = camera.scale / kept.scale
        for rect in outside(whole, covered):
            middle = camera.to_map(
                (rect.x() + rect.width() / 2) / ratio, (rect.y() + rect.height() / 2) / ratio
            )
            wide, high = math.ceil(rect.width() / factor) + 2, math.ceil(rect.height() / factor) + 2
            part = Camera(kept.scale, middle.x(), middle.y(), wide / ratio, high / ratio)
            picture, inside, steps = self._begin(part, ratio)
            for _ in steps:
                pass
            inside.end()
            at = camera.to_screen(middle.x(), middle.y())
            size = QSizeF(part.width * factor, part.height * factor)
            upper_left = at - QPointF(size.width() / 2, size.height() / 2)
            painter.save()
            painter.setClipRect(
                QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio)
            )
            painter.drawImage(QRectF(upper_left, size), picture.image)
            painter.restore()

    def _enough(self, camera: Camera, picture: Snapshot) -> bool:
        wide = self._wide
        if wide is not None and camera.scale < picture.camera.scale:
            return camera.scale / wide.camera.scale >= SHRUNK
        if not SHRUNK <= camera.scale / picture.camera.scale <= STRETCH:
            return False
        view = view_of(camera)
        seen = picture.stretched(camera).intersected(view)
        return seen.width() * seen.height() >= LEAST_COVERED * view.width() * view.height()
