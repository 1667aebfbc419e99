"""The map as a picture in a file: PNG, SVG or PDF, drawn as on the screen, with its legend."""

from __future__ import annotations

import math
import os
import re
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from orgmap.drawing.camera import Camera
from orgmap.drawing.fonts import font
from orgmap.drawing.hidden import nameless, new_ids
from orgmap.drawing.legend import legend_size, paint_legend
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.looks import WHOLE, Looks, Sight
from orgmap.drawing.painter import paint
from orgmap.drawing.plain import shown
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.errors import UsageError, WriteError
from orgmap.i18n import say, text
from orgmap.model.document import Document
from orgmap.model.query import counts

FORMATS = ("png", "svg", "pdf")
NARROWEST, WIDEST = 64, 20_000  # pixels
MOST_PIXELS = 300_000_000  # of a PNG: 1.2 GB while it is drawn
MARGIN = 32.0  # pixels round the map
LARGEST = 1.6  # magnification; a wider picture has finer pixels instead
LEAST_HEIGHT = 160.0
LINE = 18.0  # pixels: a line of words on what is missing
TALLEST = 4.0  # times the width
POSTER = 1_300.0  # pixels of width from which title and legend grow with the picture
LARGEST_LETTERS = 2.0

_WIDTH = text("picture", "A picture of {width} pixels cannot be made; {least} to {most} are possible.")
_TOO_LARGE = text("picture", "This picture would have {size} million pixels; at most {most} are possible.")
_NARROWER = text("picture", "Make it narrower, or choose SVG or PDF.")
_FORMAT = text("picture", "A picture cannot be a {suffix} file.")
_FORMATS = text("picture", "PNG, SVG and PDF are possible.")
_NOT_WRITTEN = text("picture", "The picture could not be written: {reason}.")
_ELSEWHERE = text("picture", "What was there before is untouched. Choose another place.")
_NOT_DRAWN = text("picture", "The picture could not be drawn; there may be too little memory.")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a picture is laid out, in pixels of the screen; `fine`: pixels of the file for each.

    `letters`: how much larger than on the screen title and legend are, so that they can be read on
    a poster from where the whole of it is seen.
    """

    width: float
    height: float
    camera: Camera
    top: float  # where the map begins, below the title
    legend: QRectF
    fine: float
    letters: float
    said: float  # where the words on what is missing begin, from the top


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the map: its title, what the organization is for, how large it is."""

    title: str = ""
    purpose: str = ""
    size: str = ""


NO_HEADING = Heading()


def heading_of(document: Document) -> Heading:
    """The heading of a picture of the document; its purpose and size only below a title."""
    title = shown(document.info.title)
    if not title:
        return NO_HEADING
    people, modules, links = counts(document)
    sizes = (
        (say("picture", "{n} person", "{n} people", n=people), people),
        (say("picture", "{n} module", "{n} modules", n=modules), modules),
        (say("picture", "{n} link", "{n} links", n=links), links),
    )
    return Heading(title, shown(document.info.purpose), ", ".join(words for words, there in sizes if there))


def save_picture(
    document: Document,
    path: Path,
    *,
    width: int = 1_600,
    theme: str = "light",
    lighting: Lighting = UNLIT,
    hide_names: bool = False,
    sight: Sight = WHOLE,
) -> None:
    """Write the map to `path` in the format of its suffix, whole or not at all.

    `width` in pixels, NARROWEST to WIDEST. Raises UsageError for what cannot be made, WriteError
    when the file cannot be written; what was there before is untouched then.
    """
    form = form_of(path)
    data = picture_bytes(
        document, form, width=width, theme=theme, lighting=lighting, hide_names=hide_names, sight=sight
    )
    _write(path, data)


def form_of(path: Path) -> str:
    """Which of FORMATS a file of this name is. Raises UsageError if it is none."""
    form = path.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise UsageError(_FORMAT(suffix=path.suffix or path.name), place=path.name, hint=_FORMATS())
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
) -> bytes:
    """The picture as the bytes of a file in one of FORMATS. Same map, same bytes.

    `sight`: what it shows of the map; what it leaves out is said below the legend.
    """
    colours = theme_named(theme)
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(_WIDTH(width=width, least=NARROWEST, most=WIDEST), hint=_NARROWER())
    ensure_application()
    looks = sight.looks
    if hide_names or not looks.names:
        new = new_ids(document, hidden := nameless(document, looks.numbers))
        lighting, looks = _followed(lighting, new), _seen_so(looks, new)
        document = hidden
    scene = Scene.of(document, looks)
    heading = heading_of(document)
    plan = planned(scene, lighting, width, heading, sight.left_out)

    def draw(painter: QPainter) -> None:
        _draw(painter, scene, colours, lighting, plan, heading)
        _say_left_out(painter, colours, plan, sight.left_out)

    makers: dict[str, Callable[[Plan, Callable[[QPainter], None], QColor], bytes]] = {
        "png": _png,
        "svg": _svg,
        "pdf": _pdf,
    }
    return makers[form](plan, draw, colours["ground"])


def paint_page(
    painter: QPainter, document: Document, page: QRectF, *, theme: str = "light", sight: Sight = WHOLE
) -> None:
    """Draw on a page what a picture would show, as large as the page allows, without its ground.

    `page` in pixels of the screen. What is hidden by name is hidden here too.
    """
    scene, colours = Scene.of(document, sight.looks), theme_named(theme)
    heading = heading_of(document) if sight.looks.names else NO_HEADING
    plan = planned(scene, UNLIT, round(page.width()), heading, sight.left_out)
    share = min(page.width() / plan.width, page.height() / plan.height)
    painter.save()
    painter.setClipRect(page)
    painter.translate(page.x() + (page.width() - plan.width * share) / 2, page.y())
    painter.scale(share, share)
    _draw(painter, scene, colours, UNLIT, plan, heading, ground=False)
    _say_left_out(painter, colours, plan, sight.left_out)
    painter.restore()


def ensure_application() -> None:
    """Have a QGuiApplication, one without a screen where there is none."""
    if QGuiApplication.instance() is not None:
        return
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _applications.append(QGuiApplication(["orgmap"]))


_applications: list[QGuiApplication] = []  # Qt wants it alive for as long as the process draws


def planned(
    scene: Scene,
    lighting: Lighting,
    width: int,
    heading: Heading = NO_HEADING,
    left_out: Sequence[str] = (),
) -> Plan:
    """Where heading, map, legend and what is said to be missing go in a picture of this width."""
    bounds = QRectF(0, 0, 400, 120) if scene.empty else scene.bounds.adjusted(-24, -8, 24, 8)
    natural = bounds.width() * LARGEST + 2 * MARGIN
    fine = max(1.0, width / max(natural, 640.0))
    wide = width / fine
    letters = min(max(wide / POSTER, 1.0), LARGEST_LETTERS)
    top = MARGIN + _head_height(heading, letters)
    room = max(wide - 2 * MARGIN, 16.0)
    tall = min(bounds.height() * min(room / bounds.width(), LARGEST), TALLEST * wide)
    camera = Camera.fitted(bounds, wide, max(tall, 16.0), LARGEST)
    if bounds.width() * camera.scale > room:
        camera = replace(camera, scale=room / bounds.width())
    size = legend_size(scene, lighting, room / letters) * letters
    below = top + camera.height + (MARGIN * 0.75 if not size.isEmpty() else 0.0)
    legend = QRectF(QPointF(MARGIN, below), QSizeF(room, size.height()))
    said = below + size.height() + (LINE / 2 * letters if left_out else 0.0)
    height = max(said + len(left_out) * LINE * letters + MARGIN, LEAST_HEIGHT)
    return Plan(wide, math.ceil(height), camera, top, legend, fine, letters, said)


def _draw(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    lighting: Lighting,
    plan: Plan,
    heading: Heading,
    *,
    ground: bool = True,
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    if ground:
        painter.fillRect(QRectF(0, 0, plan.width, plan.height), theme["ground"])
    _draw_heading(painter, heading, plan, theme)
    if scene.empty:
        painter.setFont(font(14))
        painter.setPen(theme["quiet"])
        middle = QRectF(0, plan.top, plan.width, plan.camera.height)
        words = say("picture", "There is nobody on this map yet.")
        if scene.document.nodes:
            words = say("picture", "Everything on this map is hidden.")
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, words)
        return
    painter.save()
    painter.translate(0, plan.top)
    paint(painter, scene, theme, plan.camera, lighting)
    painter.restore()
    if plan.legend.height() > 0:
        painter.save()
        painter.translate(plan.legend.topLeft())
        painter.scale(plan.letters, plan.letters)
        place = QRectF(QPointF(0, 0), plan.legend.size() * (1 / plan.letters))
        paint_legend(painter, scene, theme, place, lighting)
        painter.restore()


def _head_height(heading: Heading, letters: float) -> float:
    """Pixels that the heading takes above the map."""
    return (30.0 if heading.title else 0.0) * letters + (20.0 if heading.purpose else 0.0) * letters


def _draw_heading(painter: QPainter, heading: Heading, plan: Plan, theme: Theme) -> None:
    """Title and size on one line, the purpose below them."""
    if not heading.title:
        return
    large, small = font(18 * plan.letters, QFont.Weight.DemiBold), font(12.5 * plan.letters)
    room = max(plan.width - 2 * MARGIN, 16.0)
    base = MARGIN + 12 * plan.letters
    metrics, quiet = QFontMetricsF(large), QFontMetricsF(small)
    title = metrics.elidedText(heading.title, Qt.TextElideMode.ElideMiddle, room)
    painter.setFont(large)
    painter.setPen(theme["text"])
    painter.drawText(QPointF(MARGIN, base), title)
    painter.setFont(small)
    painter.setPen(theme["quiet"])
    wide = quiet.horizontalAdvance(heading.size)
    if metrics.horizontalAdvance(title) + wide + 24 * plan.letters <= room:
        painter.drawText(QPointF(MARGIN + room - wide, base), heading.size)
    if heading.purpose:
        words = quiet.elidedText(heading.purpose, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(MARGIN, base + 20 * plan.letters), words)


def _say_left_out(painter: QPainter, theme: Theme, plan: Plan, left_out: Sequence[str]) -> None:
    """What the map has and the picture does not show, a line each, below the legend."""
    face = font(12.5 * plan.letters)
    painter.setFont(face)
    painter.setPen(theme["quiet"])
    room = max(plan.width - 2 * MARGIN, 16.0)
    for row, words in enumerate(left_out):
        cut = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(MARGIN, plan.said + (row + 0.75) * LINE * plan.letters), cut)


def _png(plan: Plan, draw: Callable[[QPainter], None], ground: QColor) -> bytes:
    wide, high = round(plan.width * plan.fine), round(plan.height * plan.fine)
    if wide * high > MOST_PIXELS:
        size = _TOO_LARGE(size=round(wide * high / 1e6), most=round(MOST_PIXELS / 1e6))
        raise UsageError(size, hint=_NARROWER())
    image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise UsageError(_NOT_DRAWN(), hint=_NARROWER())
    image.fill(ground)
    image.setDevicePixelRatio(plan.fine)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    image.setDevicePixelRatio(1.0)
    data, buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image.convertToFormat(_OPAQUE)):
        raise UsageError(_NOT_DRAWN(), hint=_NARROWER())
    buffer.close()
    return bytes(data.data())


def _svg(plan: Plan, draw: Callable[[QPainter], None], _ground: QColor) -> bytes:
    wide, high = round(plan.width * plan.fine), round(plan.height * plan.fine)
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(wide, high))
    generator.setViewBox(QRectF(0, 0, plan.width, plan.height))
    generator.setResolution(96)
    generator.setTitle(say("picture", "Map"))
    generator.setDescription("")
    painter = QPainter(generator)
    draw(painter)
    if not painter.end():
        raise UsageError(_NOT_DRAWN())
    buffer.close()
    return bytes(data.data())


def _pdf(plan: Plan, draw: Callable[[QPainter], None], _ground: QColor) -> bytes:
    data, buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QSizeF(plan.width, plan.height), QPageSize.Unit.Point, "", _EXACT))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle("")
    writer.setCreator("orgmap")
    painter = QPainter(writer)
    draw(painter)
    if not painter.end():
        raise UsageError(_NOT_DRAWN())
    buffer.close()
    return _undated(bytes(data.data()))


_OPAQUE = QImage.Format.Format_RGB32
_EXACT = QPageSize.SizeMatchPolicy.ExactMatch
_DATES = re.compile(
    rb"(?<=Date \(D:)[0-9]+|(?<=Date=\")[0-9T:+-]+|(?<=uuid:)[0-9a-f-]+|(?<=/ID \[ )[<>0-9a-fA-F ]+"
)


def _undated(data: bytes) -> bytes:
    """The file without its date and its random number, every length kept: same map, same bytes."""
    return _DATES.sub(lambda found: re.sub(rb"[1-9a-fA-F]", b"0", found.group()), data)


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer


def _seen_so(looks: Looks, new: Mapping[str, str]) -> Looks:
    """The looks with other ids; the names are stand-ins already."""
    hidden = frozenset(new[key] for key in looks.hidden if key in new)
    faded = frozenset(new[key] for key in looks.faded if key in new)
    measured = {
        name: replace(one, values={new[key]: value for key, value in one.values.items() if key in new})
        for name in ("colour", "size", "lines", "grounds")
        if (one := getattr(looks, name)) is not None
    }
    return replace(looks, hidden=hidden, faded=faded, names=True, **measured)


def _followed(lighting: Lighting, new: Mapping[str, str]) -> Lighting:
    """The lighting with other ids."""

    def those(ids: frozenset[Any]) -> frozenset[Any]:
        return frozenset(new[key] for key in ids if key in new)

    return replace(
        lighting,
        lit_nodes=those(lighting.lit_nodes),
        lit_links=those(lighting.lit_links),
        lit_modules=those(lighting.lit_modules),
        subjects=those(lighting.subjects),
        away=those(lighting.away),
        steps=tuple(cast("Any", new[key]) for key in lighting.steps if key in new),
        selected=frozenset(),
        hovered=None,
        focused=None,
        proposed=tuple(
            cast("Any", (new[a], new[b], both)) for a, b, both in lighting.proposed if a in new and b in new
        ),
    )


def _write(path: Path, data: bytes) -> None:
    """Beside, flushed, then in place of what was there. Raises WriteError; leaves nothing behind."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".orgmap-{secrets.token_hex(4)}.tmp")
    try:
        if target.exists() and not target.is_file():
            raise WriteError(_NOT_WRITTEN(reason=say("picture", "it is no file")), place=str(path))
        mode = target.stat().st_mode & 0o777 if target.exists() else None
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(_NOT_WRITTEN(reason=reason), place=str(path), hint=_ELSEWHERE()) from error
    finally:
        beside.unlink(missing_ok=True)
