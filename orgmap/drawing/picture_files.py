"""The bytes of a picture in each format: PNG in strips, SVG and PDF with text that stays text."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from orgmap.drawing.content import Content
from orgmap.drawing.fonts import FAMILY, font
from orgmap.drawing.inking import inked
from orgmap.drawing.paper import Page, Sheets
from orgmap.drawing.plan import Plan, planned
from orgmap.drawing.png import PngWriter
from orgmap.drawing.poster import BLEED, on_paper, sheets_of
from orgmap.drawing.sheet import Pens
from orgmap.errors import UsageError
from orgmap.i18n import say, text
from orgmap.progress import Progress

INCH = 96  # pixels of the screen
POINTS = 72 / INCH  # of paper, for a pixel of the screen
MOST_PIXELS = 300_000_000  # of a PNG: programs that show it need a gigabyte
STRIP = 4_000_000  # pixels of a PNG that are drawn at once
LARGEST_PAGE = 14_400 / POINTS  # pixels: what readers of PDF show at all
_STEPS = 40  # after which half of a drawing is taken to be done
_LIKE_IT = f"{FAMILY}, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"

_TOO_LARGE = text("picture", "This picture would have {size} million pixels; at most {most} are possible.")
_NARROWER = text("picture", "Make it narrower, or choose SVG or PDF.")
_NOT_DRAWN = text("picture", "The picture could not be drawn; there may be too little memory.")


def png_plan(content: Content, width: int) -> tuple[Plan, int]:
    """The plan of a PNG, and its height in pixels. Raises UsageError for more than MOST_PIXELS."""
    plan = planned(content, width)
    high = round(plan.height * plan.fine)
    if width * high > MOST_PIXELS:
        size = _TOO_LARGE(size=round(width * high / 1e6), most=round(MOST_PIXELS / 1e6))
        raise UsageError(size, hint=_NARROWER())
    return plan, high


def png(content: Content, width: int, progress: Progress) -> bytes:
    """A PNG `width` pixels wide. Raises as `png_plan`."""
    plan, high = png_plan(content, width)
    writer = PngWriter(width, high, round(INCH * plan.fine / 0.0254))
    pens, rows = Pens(), max(STRIP // width, 16)
    for top in range(0, high, rows):
        image = QImage(width, min(rows, high - top), QImage.Format.Format_RGB32)
        if image.isNull():
            raise UsageError(_NOT_DRAWN(), hint=_NARROWER())
        _strip(image, content, plan, top, pens, progress.part(top / high, min(top + rows, high) / high))
        bits = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), width, 4)
        writer.add(bits[..., 2::-1])
    return bytes(writer.data)


def _strip(image: QImage, content: Content, plan: Plan, top: int, pens: Pens, progress: Progress) -> None:
    """The rows of the picture from `top` on."""
    image.fill(content.theme["ground"])
    image.setDevicePixelRatio(plan.fine)
    part = QRectF(0, top / plan.fine, plan.width, image.height() / plan.fine)
    painter = QPainter(image)
    painter.translate(0, -part.top())
    drawn(painter, inked(painter, content, plan, part, pens=pens), progress)


def svg(content: Content, width: int, progress: Progress) -> bytes:
    """A drawing of shapes and words, `width` pixels wide where nobody magnifies it."""
    plan = planned(content, width, vector=True)
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(plan.width * plan.fine), round(plan.height * plan.fine)))
    generator.setViewBox(QRectF(0, 0, plan.width, plan.height))
    generator.setResolution(INCH)
    generator.setTitle(content.heading.title or say("picture", "Map"))
    generator.setDescription("")
    painter = QPainter(generator)
    drawn(painter, inked(painter, content, plan), progress)
    buffer.close()
    return _measured(bytes(data.data()))


def pdf(content: Content, width: int, page: Page | None, progress: Progress) -> bytes:
    """A PDF with the letters in it: on `page`, or None as large as the map drawn `width` pixels wide."""
    with _in_one_order():
        return undated(spaced(_pdf(content, width, page, progress)))


@contextmanager
def _in_one_order() -> Iterator[None]:
    """Qt writes typefaces in the order in which it finds them in its tables, another one each start."""
    QHashSeed.setDeterministicGlobalSeed()
    try:
        yield
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _pdf(content: Content, width: int, page: Page | None, progress: Progress) -> bytes:
    plan = planned(content, width, vector=True) if page is None else None
    data, buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(INCH)
    writer.setTitle(content.heading.title)
    writer.setCreator("orgmap")
    if plan is not None:
        fine = min(plan.fine, LARGEST_PAGE / max(plan.width, plan.height))
        _set_page(writer, plan.width * fine, plan.height * fine)
        painter = QPainter(writer)
        painter.scale(fine, fine)
        painter.fillRect(plan.whole.adjusted(0, 0, BLEED / fine, BLEED / fine), content.theme["ground"])
        drawn(painter, inked(painter, content, plan), progress)
    elif page is not None:
        sheets = sheets_of(content, page)
        _set_page(writer, sheets.width, sheets.height)
        _bound(writer, content, sheets, progress)
    buffer.close()
    return bytes(data.data())


def _bound(writer: QPdfWriter, content: Content, sheets: Sheets, progress: Progress) -> None:
    """Every sheet a page."""
    painter = QPainter(writer)
    try:
        with closing(on_paper(painter, content, sheets, writer.newPage)) as steps:
            for share in steps:
                progress.at(share)
    finally:
        whole = painter.end()
    if not whole:
        raise UsageError(_NOT_DRAWN())


def _set_page(writer: QPdfWriter, width: float, height: float) -> None:
    """The size of every page, pixels of the screen."""
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    size = QSizeF(width * POINTS, height * POINTS)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", exact))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))


def drawn(painter: QPainter, steps: Generator[None, None, None], progress: Progress) -> None:
    """Draw to the end, or until it is called off; nothing is raised into the midst of a drawing."""
    try:
        with closing(steps):
            for step, _ in enumerate(steps):
                progress.at(1 - 1 / (1 + step / _STEPS))
    finally:
        whole = painter.end()
    if not whole:
        raise UsageError(_NOT_DRAWN())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer


_TEXT = re.compile(
    rb'(<text [^>]*font-family=")([^"]*)(" font-size=")([0-9.]+)'
    rb'(" font-weight=")([0-9]+)("[^>]*?)\s*>([^<]*)</text>'
)


def _measured(data: bytes) -> bytes:
    """The file with every word as wide as here, whatever typeface stands in for ours elsewhere."""
    return _TEXT.sub(_with_length, data)


def _with_length(found: re.Match[bytes]) -> bytes:
    head, family, at, size, then, weight, rest, words = found.groups()
    if family.decode() == FAMILY:
        family = _LIKE_IT.encode()
    metrics = QFontMetricsF(_face(float(size), int(weight)))
    length = metrics.horizontalAdvance(html.unescape(words.decode()))
    pinned = b""
    if length > 0 and math.isfinite(length):
        pinned = f' textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"'.encode()
    return b"".join((head, family, at, size, then, weight, rest, pinned, b">", words, b"</text>"))


def _face(pixels: float, weight: int) -> QFont:
    return font(pixels, QFont.Weight(weight))


_ALPHABET = re.compile(rb"(?<=beginbfrange\n)[^(]*?(?=endbfrange)")


def spaced(data: bytes) -> bytes:
    """The file whose words are parted by spaces when they are copied or searched for: where a typeface
    has one sign for the space and the tab, Qt says tab."""
    return _ALPHABET.sub(lambda found: found.group().replace(b" <0009> ", b" <0020> "), data)


_PLAIN_DATE = b"20000101000000"
_DATES = re.compile(rb"(?<=Date \(D:)[0-9]{14}[^)]*")
_OTHERS = re.compile(rb"(?<=Date=\")[0-9T:+Z-]+|(?<=uuid:)[0-9a-f-]+|(?<=/ID \[ )[<>0-9a-fA-F ]+")
_PLAIN_TIME = b"2000-01-01T00:00:00"


def undated(data: bytes) -> bytes:
    """The file without its date and its random numbers, every length kept: same map, same bytes.

    Qt puts the hour of writing in every PDF; whoever gets it learns nothing of when it was made.
    """
    data = _DATES.sub(_plain_date, data)
    return _OTHERS.sub(_plain_number, data)


def _plain_date(found: re.Match[bytes]) -> bytes:
    return _PLAIN_DATE + re.sub(rb"[1-9]", b"0", found.group()[len(_PLAIN_DATE) :])


def _plain_number(found: re.Match[bytes]) -> bytes:
    if b"T" in found.group():
        return _PLAIN_TIME + re.sub(rb"[1-9]", b"0", found.group()[len(_PLAIN_TIME) :])
    return re.sub(rb"[1-9a-fA-F]", b"0", found.group())
