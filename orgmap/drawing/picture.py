"""The map as a picture: PNG, SVG or PDF, drawn as on the screen, with its legend."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from orgmap.drawing import picture_files
from orgmap.drawing.content import Content, content_of
from orgmap.drawing.inking import inked
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.looks import WHOLE, Sight
from orgmap.drawing.paper import Page, Sheets
from orgmap.drawing.plan import Plan, planned
from orgmap.drawing.poster import draw_grid, plan_for, sheets_of
from orgmap.errors import UsageError
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

FORMATS = ("png", "svg", "pdf")
NARROWEST, WIDEST = 64, 20_000  # pixels

_WIDTH = text("picture", "A picture of {width} pixels cannot be made; {least} to {most} are possible.")
_NARROWER = text("picture", "Make it narrower, or choose SVG or PDF.")
_FORMAT = text("picture", "A picture cannot be a {suffix} file.")
_NO_ENDING = text("picture", "The name has no ending that tells which kind of picture it is to be.")
_FORMATS = text("picture", "PNG, SVG and PDF are possible.")
_NO_PAGES = text("picture", "Only a PDF has pages.")
_BE_PDF = text("picture", "Let the name end in .pdf, or leave the page out.")


def form_of(path: Path) -> str:
    """Which of FORMATS a file of this name is. Raises UsageError if it is none."""
    form = path.suffix.lower().lstrip(".")
    if form not in FORMATS:
        said = _FORMAT(suffix=path.suffix) if path.suffix else _NO_ENDING()
        raise UsageError(said, place=path.name, hint=_FORMATS())
    return form


def picture_bytes(
    document: Document,
    form: str,
    *,
    width: int = 1_600,
    theme: str = "light",
    lighting: Lighting = UNLIT,
    hide_names: bool = False,
    sight: Sight = WHOLE,
    page: Page | None = None,
    progress: Progress = SILENT,
) -> bytes:
    """The picture as the bytes of a file in one of FORMATS. Same map, same bytes.

    `sight`: what it shows of the map; what it leaves out is said below the legend. `lighting`: the
    evidence lit, instead of that of the sight. `page`: of a PDF, None for one as large as the map.
    Raises UsageError for what cannot be made, and `Cancelled`.
    """
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(_WIDTH(width=width, least=NARROWEST, most=WIDEST), hint=_NARROWER())
    if page is not None and form != "pdf":
        raise UsageError(_NO_PAGES(), hint=_BE_PDF())
    ensure_application()
    if lighting != UNLIT:
        sight = replace(sight, lighting=lighting)
    content = content_of(document, theme, sight, hide_names=hide_names)
    match form:
        case "png":
            return picture_files.png(content, width, progress)
        case "svg":
            return picture_files.svg(content, width, progress)
        case _:
            return picture_files.pdf(content, width, page, progress)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A small picture of what a file would show. `width`, `height`: of the file in its own pixels, those
    of the screen for what has none; of a poster, put together. `sheets`: how many there are of paper."""

    image: QImage
    width: float
    height: float
    sheets: int = 1


def glimpse(
    document: Document,
    size: QSize,
    *,
    width: int = 1_600,
    theme: str = "light",
    sight: Sight = WHOLE,
    vector: bool = False,
    page: Page | None = None,
    progress: Progress = SILENT,
) -> Glimpse:
    """What `picture_bytes` would give, in at most `size` pixels: the whole picture, or the sheet; of a
    poster the whole with the borders of its sheets. Raises as `picture_bytes`."""
    content = content_of(document, theme, sight)
    if page is not None:
        return _glimpse_of_page(content, sheets_of(content, page), size, progress)
    plan = planned(content, width, vector=True) if vector else picture_files.png_plan(content, width)[0]
    share = min(size.width() / plan.width, size.height() / plan.height)
    image, painter = _blank(plan.width * share, plan.height * share, content)
    painter.scale(share, share)
    picture_files.drawn(painter, inked(painter, content, plan), progress)
    return Glimpse(image, plan.width * plan.fine, plan.height * plan.fine)


def _glimpse_of_page(content: Content, sheets: Sheets, size: QSize, progress: Progress) -> Glimpse:
    whole, plan = sheets.whole, plan_for(content, sheets)
    around = 0.0 if sheets.poster else sheets.margin
    wide, high = whole.width() + 2 * around, whole.height() + 2 * around
    share = min(size.width() / wide, size.height() / high)
    image, painter = _blank(wide * share, high * share, content)
    painter.scale(share, share)
    painter.translate(around, around)
    picture_files.drawn(painter, _with_grid(painter, content, plan, sheets, share), progress)
    return Glimpse(image, wide, high, sheets.across * sheets.down)


def _with_grid(
    painter: QPainter, content: Content, plan: Plan, sheets: Sheets, share: float
) -> Generator[None, None, None]:
    painter.save()
    try:
        painter.scale(plan.fine, plan.fine)
        yield from inked(painter, content, plan)
    finally:
        painter.restore()
    if sheets.poster:
        draw_grid(painter, sheets, share)


def _blank(width: float, height: float, content: Content) -> tuple[QImage, QPainter]:
    """An image of at least a pixel in the ground of the theme, and a painter on it."""
    image = QImage(max(round(width), 1), max(round(height), 1), QImage.Format.Format_RGB32)
    image.fill(content.theme["ground"])
    return image, QPainter(image)


def ensure_application() -> None:
    """Have a QGuiApplication, one without a screen where there is none."""
    if QGuiApplication.instance() is not None:
        return
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _applications.append(QGuiApplication(["orgmap"]))


_applications: list[QGuiApplication] = []  # Qt wants it alive for as long as the process draws
