"""Small pictures of map files, made one at a time while nothing else is to be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from orgmap.drawing.style import Theme
from orgmap.errors import OrgmapError

MOST_BYTES = 400_000  # larger maps would keep the page waiting; they show no picture
FIRST = 150  # ms before the first picture, which has to load the drawing: the window stands before
_READABLE = 0.8  # a map shown smaller goes without its names
_MARGIN = 10.0  # px of ground round the map


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What a card shows of a file: title and people count, and a picture if it could be made."""

    title: str
    people: int
    image: QImage | None


class PictureMaker(QObject):
    """Reads files one per turn of the event loop, so that the page answers all the while."""

    made = Signal(object, object)  # Path, MapPicture | None if the file cannot be read

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Path, QSize, Theme, float]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def order(self, paths: Iterable[Path], size: QSize, theme: Theme, ratio: float) -> None:
        """Make pictures of `size` px at `ratio` device pixels each; earlier orders are dropped."""
        self._waiting = deque((path, size, theme, ratio) for path in paths)
        if self._waiting:
            self._timer.start(FIRST)

    def stop(self) -> None:
        """Nobody looks any more."""
        self._waiting.clear()
        self._timer.stop()

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        self._timer.setInterval(0)
        path, size, theme, ratio = self._waiting.popleft()
        try:
            made = picture_of(path, size, theme, ratio)
        except OrgmapError:
            made = None  # the card says so; opening it gives the whole reason
        self.made.emit(path, made)


def picture_of(path: Path, size: QSize, theme: Theme, ratio: float = 1.0) -> MapPicture:
    """Read a file and draw it. Raises ReadError. An unplaced or large map has no picture."""
    from orgmap.files import native  # late: the window stands before a file is read
    from orgmap.model.query import counts

    if path.suffix.lower() != ".orgmap" or _bytes(path) > MOST_BYTES:
        return MapPicture(path.stem, 0, None)
    document = native.load(path)
    people = counts(document)[0]
    title = document.info.title or path.stem
    if any(node.x is None for node in document.nodes.values()):
        return MapPicture(title, people, None)

    from orgmap.drawing.camera import Camera
    from orgmap.drawing.detail import Detail
    from orgmap.drawing.painter import paint
    from orgmap.drawing.scene import Scene

    scene = Scene.of(document)
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(theme["ground"])
    if scene.empty:
        return MapPicture(title, people, None)
    room = scene.bounds
    fitted = Camera.fitted(room, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN, 1.0)
    detail = Detail.AUTO if fitted.scale >= _READABLE else Detail.LINES
    painter = QPainter(image)
    paint(painter, scene, theme, fitted.resized(size.width(), size.height()), detail=detail)
    painter.end()
    return MapPicture(title, people, image)


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
