"""A picture on one sheet of paper, or on many: cut marks, labels, and a sheet that shows the whole."""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from orgmap.drawing.content import Content
from orgmap.drawing.fonts import font
from orgmap.drawing.inking import inked
from orgmap.drawing.paper import PIXELS, Page, Sheets, label
from orgmap.drawing.plan import Plan, planned_on
from orgmap.drawing.sheet import Pens
from orgmap.i18n import say

INSET = 12.0  # pixels between the border of what is printed and words
BLEED = 4.0  # pixels: pages are whole points, a little larger than what was asked for
TICK = 5.0 * PIXELS  # how long a cut mark is, where the margin leaves so much room
_INK, _QUIET = QColor("#33383d"), QColor("#6b737b")  # of marks, on white paper whatever the theme
_SMALL, _LARGE, _PLAIN = 12.0, 18.0, 13.0  # pixels
_ROW = 20.0  # pixels of a line of words
_HEAD = 0.4  # of the first sheet of a poster that words may take
_PLATE = 0.35  # of a sheet, in the look at the whole, that its name may cover, each way


def sheets_of(content: Content, page: Page) -> Sheets:
    """The sheets that a page gives for this content: lying so that the map is largest on them."""

    def large(sheets: Sheets) -> float:
        plan = plan_for(content, sheets)
        return plan.camera.scale * plan.fine

    return max(page.ways(), key=large)


def plan_for(content: Content, sheets: Sheets) -> Plan:
    """How the content fills these sheets, put together."""
    whole = sheets.whole
    return planned_on(content, whole.width(), whole.height(), INSET)


def on_paper(
    painter: QPainter,
    content: Content,
    sheets: Sheets,
    next_sheet: Callable[[], object],
    *,
    ground: bool = True,
) -> Generator[float, None, None]:
    """Draw every sheet; (0, 0) is the corner of each, one unit a pixel of the screen.

    Calls `next_sheet` between two. Yields which share is done. `ground`: fill the sheet, or for a
    poster its picture, with the ground of the theme; else it stays paper.
    """
    plan, pens = plan_for(content, sheets), Pens()
    if not sheets.poster:
        if ground:
            painter.fillRect(
                QRectF(0, 0, sheets.width + BLEED, sheets.height + BLEED), content.theme["ground"]
            )
        yield from _shares(_sheet(painter, content, plan, sheets, 0, 0, pens, ground=False), 0, 1)
        return
    count = sheets.across * sheets.down + 1
    yield from _shares(_overview(painter, content, plan, sheets, ground=ground), 0, count)
    for number, (column, row) in enumerate(sheets.places(), 1):
        next_sheet()
        drawn = _sheet(painter, content, plan, sheets, column, row, pens, ground=ground)
        yield from _shares(drawn, number, count)
        _cut_marks(painter, sheets, column, row)


def _shares(drawn: Generator[None, None, None], done: int, count: int) -> Generator[float, None, None]:
    """The share of all sheets after each step of one; how many steps it has nobody knows."""
    for step, _ in enumerate(drawn):
        yield (done + 1 - 1 / (1 + step / 8)) / count


def _sheet(
    painter: QPainter,
    content: Content,
    plan: Plan,
    sheets: Sheets,
    column: int,
    row: int,
    pens: Pens,
    *,
    ground: bool,
) -> Generator[None, None, None]:
    part, inner = sheets.part(column, row), sheets.inner
    painter.save()
    try:
        painter.setClipRect(inner)
        painter.translate(inner.topLeft() - part.topLeft())
        painter.scale(plan.fine, plan.fine)
        seen = QRectF(*(side / plan.fine for side in (part.x(), part.y(), part.width(), part.height())))
        yield from inked(painter, content, plan, seen, ground=ground, pens=pens)
    finally:
        painter.restore()


def _cut_marks(painter: QPainter, sheets: Sheets, column: int, row: int) -> None:
    """Where to cut, where the neighbours begin, and which sheet this is: all in the margin."""
    inner, tick = sheets.inner, min(TICK, sheets.margin * 0.7)
    near = sheets.margin - tick - min(TICK / 5, sheets.margin * 0.15)  # from the border of the paper
    painter.setPen(QPen(_INK, 0.75))
    for x in (inner.left(), inner.right()):
        for y in (near, sheets.height - near - tick):
            painter.drawLine(QPointF(x, y), QPointF(x, y + tick))
    for y in (inner.top(), inner.bottom()):
        for x in (near, sheets.width - near - tick):
            painter.drawLine(QPointF(x, y), QPointF(x + tick, y))
    painter.setPen(QPen(_QUIET, 0.75, Qt.PenStyle.DotLine))
    if column + 1 < sheets.across:
        x = inner.right() - sheets.overlap
        for y in (near, sheets.height - near - tick):
            painter.drawLine(QPointF(x, y), QPointF(x, y + tick))
    if row + 1 < sheets.down:
        y = inner.bottom() - sheets.overlap
        for x in (near, sheets.width - near - tick):
            painter.drawLine(QPointF(x, y), QPointF(x + tick, y))
    size = min(_SMALL, sheets.margin * 0.5)
    if size < 5:
        return  # there is no margin to write in
    painter.setFont(font(size, QFont.Weight.DemiBold))
    painter.setPen(_INK)
    base = sheets.height - (sheets.margin - size) / 2
    painter.drawText(QPointF(inner.left() + 8, base), label(column, row))


def _overview(
    painter: QPainter, content: Content, plan: Plan, sheets: Sheets, *, ground: bool
) -> Generator[None, None, None]:
    """The first sheet of a poster: the whole with its cuts, and how to put it together."""
    inner = sheets.inner.adjusted(INSET, INSET, -INSET, -INSET)
    painter.save()
    try:
        painter.translate(inner.topLeft())
        high = _draw_head(painter, content.heading.title, sheets, inner.size())
    finally:
        painter.restore()
    room = inner.adjusted(0, high, 0, 0)
    share = min(room.width() / sheets.whole.width(), room.height() / sheets.whole.height())
    painter.save()
    try:
        painter.translate(room.left() + (room.width() - sheets.whole.width() * share) / 2, room.top())
        painter.scale(share, share)
        painter.save()
        try:
            painter.scale(plan.fine, plan.fine)
            yield from inked(painter, content, plan, ground=ground)
        finally:
            painter.restore()
        draw_grid(painter, sheets, share)
    finally:
        painter.restore()


def _draw_head(painter: QPainter, title: str, sheets: Sheets, room: QSizeF) -> float:
    """What the poster is and how to put it together, smaller on a small sheet; how high that is."""
    face, large = font(_PLAIN), font(_LARGE, QFont.Weight.DemiBold)
    small = 1.0
    while True:
        wide = room.width() / small
        lines = [line for each in _directions(sheets) for line in _wrapped(each, QFontMetricsF(face), wide)]
        high = (_LARGE + 20 + _ROW * len(lines)) * small
        if high <= room.height() * _HEAD:
            break
        small *= 0.95
    painter.scale(small, small)
    painter.setPen(_INK)
    painter.setFont(large)
    name = title or say("poster", "The whole poster")
    cut = QFontMetricsF(large).elidedText(name, Qt.TextElideMode.ElideMiddle, wide)
    painter.drawText(QPointF(0, _LARGE), cut)
    painter.setFont(face)
    painter.setPen(_QUIET)
    for row, line in enumerate(lines):
        painter.drawText(QPointF(0, _LARGE + 8 + _ROW * (row + 0.9)), line)
    return high


def draw_grid(painter: QPainter, sheets: Sheets, share: float) -> None:
    """Where the sheets of a poster begin and end, and what each is called, over the whole picture;
    `share`: what a pixel of it is drawn as, so that lines and letters stay as large, where the sheets are
    not too small for them."""
    face = font(_LARGE, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(face)
    widest = metrics.horizontalAdvance(label(sheets.across - 1, sheets.down - 1)) + 18
    inner = sheets.inner.size() * share
    small = min(1.0, _PLATE * inner.width() / widest, _PLATE * inner.height() / 28)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for column, row in sheets.places():
        part = sheets.part(column, row)
        painter.setPen(QPen(QColor(255, 255, 255, 160), 3.0 * small / share))
        painter.drawRect(part)
        painter.setPen(QPen(_INK, small / share, Qt.PenStyle.DashLine))
        painter.drawRect(part)
        middle = part.adjusted(
            sheets.overlap * (column > 0),
            sheets.overlap * (row > 0),
            -sheets.overlap * (column + 1 < sheets.across),
            -sheets.overlap * (row + 1 < sheets.down),
        ).center()
        words = label(column, row)
        painter.save()
        painter.translate(middle)
        painter.scale(small / share, small / share)
        wide = metrics.horizontalAdvance(words) + 18
        plate = QRectF(QPointF(-wide / 2, -14), QSizeF(wide, 28))
        painter.setPen(QPen(_INK, 1.0))
        painter.setBrush(QColor(255, 255, 255, 225))
        painter.drawRoundedRect(plate, 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(face)
        painter.setPen(_INK)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


def _directions(sheets: Sheets) -> list[str]:
    """How to put a poster together."""
    words = [
        say(
            "poster",
            "{across} x {down} sheets, rows by letter, columns by number; each says at its foot which it is.",
            across=sheets.across,
            down=sheets.down,
        )
    ]
    if sheets.margin > 0:
        words.append(
            say("poster", "Cut the margin off every sheet on the right and at the bottom, along the marks.")
        )
    if sheets.overlap > 0:
        words.append(
            say("poster", "Lay each sheet over the strip that the next one has in common with it, and glue.")
        )
    return words


def _wrapped(words: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """The words in lines of at most this many pixels."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
