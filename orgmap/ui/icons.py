"""The bundled icons, in the colour of the place they stand in."""

from __future__ import annotations

import atexit
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from orgmap.assets import asset
from orgmap.drawing.style import Theme

ICON_PIXELS = 20
STROKE_PIXELS = 1.6

_STROKE = re.compile(r'stroke-width="[0-9.]+"')

# What the style sheet draws with: the icon, the token of its colour, its size in px
_MARKS = {
    "check": ("check", "panel", 14),
    "partly": ("minus", "panel", 14),
    "down": ("chevron-down", "quiet", 14),
    "up": ("chevron-up", "quiet", 14),
    "right": ("chevron-right", "quiet", 14),
    "ticked": ("check", "accent", 14),
    "close": ("x", "quiet", 14),
}


def icon(name: str, colour: QColor, size: int = ICON_PIXELS, *, disabled: QColor | None = None) -> QIcon:
    """A bundled icon in a colour, sharp on this screen; an empty one if there is no such file."""
    made = QIcon()
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    for shade, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        if shade is not None:
            for one in sorted({1.0, ratio}):
                drawn = picture(name, shade, size, one)
                if not drawn.isNull():
                    made.addPixmap(drawn, mode)
    return made


def picture(name: str, colour: QColor, size: int = ICON_PIXELS, ratio: float = 1.0) -> QPixmap:
    """A bundled icon as a picture of `size` px at `ratio` device pixels each; null if it is missing."""
    image = _image(name, colour.name(), size, ratio)
    return QPixmap.fromImage(image) if image is not None else QPixmap()


def mark(size: int, ratio: float = 1.0) -> QPixmap:
    """The program's own icon, `size` px at `ratio` device pixels each; null if the file is missing."""
    path = asset("icons", "orgmap.svg")
    if not path.is_file():
        return QPixmap()
    return QPixmap.fromImage(_drawn(path.read_text("utf-8"), size, ratio))


def tinted(name: str, colour: QColor, size: int = ICON_PIXELS) -> str:
    """The SVG of a bundled icon in a colour, its stroke 1.6 px at `size`; empty if it is missing."""
    stroke = f'stroke-width="{STROKE_PIXELS * 24 / size:.3g}"'
    return _STROKE.sub(stroke, _source(name)).replace("currentColor", colour.name())


def marks(theme: Theme) -> Mapping[str, str]:
    """Paths of the marks that a style sheet draws from files, in the colours of a theme.

    They live in a folder that goes with the program; without a place to write to there are none.
    """
    folder = _folder()
    if folder is None:
        return {}
    paths = {}
    for mark, (name, token, size) in _MARKS.items():
        path = folder / f"{theme.name}-{mark}.svg"
        if not path.is_file() and (drawn := tinted(name, theme[token], size)):
            path.write_text(drawn, "utf-8")
        if path.is_file():
            paths[mark] = path.as_posix()
    return paths


@cache
def _folder() -> Path | None:
    made = QTemporaryDir()
    if not made.isValid():
        return None
    made.setAutoRemove(False)  # the order in which an interpreter lets go of things is no plan
    atexit.register(made.remove)
    return Path(made.path())


@cache
def _source(name: str) -> str:
    path = asset("icons", f"{name}.svg")
    return path.read_text("utf-8") if path.is_file() else ""


@cache
def _image(name: str, colour: str, size: int, ratio: float) -> QImage | None:
    source = tinted(name, QColor(colour), size)
    return _drawn(source, size, ratio) if source else None


def _drawn(source: str, size: int, ratio: float) -> QImage:
    pixels = round(size * ratio)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
