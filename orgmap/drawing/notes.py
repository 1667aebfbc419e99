"""Sticky notes on the sheet, above everything."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from orgmap.drawing.detail import Detail
from orgmap.drawing.fonts import font
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.things import NOTE_LINE, NOTE_PADDING, NOTE_SIZE, note_lines
from orgmap.model.entities import StickyNote

FOLD = 16.0  # map units: the turned corner
READABLE = 4.5  # pixels; smaller letters are left out
FADED = 0.35  # opacity while something else is lit


def draw_notes(sheet: Sheet) -> None:
    """Every note in view that this layer holds, in their order; plain text only."""
    notes = sheet.scene.document.stickies
    seen = sheet.seen_map
    for key, rect in sheet.scene.stickies.rects.items():
        if sheet.holds(key) and seen.intersects(rect):
            _draw_note(sheet, notes[key], rect)


def _draw_note(sheet: Sheet, note: StickyNote, rect: QRectF) -> None:
    painter, colours, scale = sheet.painter, sheet.theme.note(note.colour), sheet.scale
    corner = sheet.point(rect.x(), rect.y())
    wide, high = rect.width(), rect.height()
    fold = min(FOLD, wide / 3, high / 3)
    painter.save()
    if sheet.lighting.any_lit:
        painter.setOpacity(FADED)
    painter.translate(corner)
    painter.scale(scale, scale)
    pen = QPen(colours.line, 1.4 * sheet.grown(0.7, 1.5) / scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colours.fill)
    painter.drawPolygon(
        [
            QPointF(0, 0),
            QPointF(wide, 0),
            QPointF(wide, high - fold),
            QPointF(wide - fold, high),
            QPointF(0, high),
        ]
    )
    painter.drawPolyline(
        [QPointF(wide, high - fold), QPointF(wide - fold, high - fold), QPointF(wide - fold, high)]
    )
    if NOTE_SIZE * scale >= READABLE * sheet.unit or sheet.detail is Detail.FULL:
        _write(painter, note, sheet)
    painter.restore()


def _write(painter: QPainter, note: StickyNote, sheet: Sheet) -> None:
    face = font(NOTE_SIZE)
    painter.setFont(face)
    painter.setPen(sheet.theme["text"])
    base = NOTE_PADDING + NOTE_LINE * 0.5 + NOTE_SIZE * 0.36
    for row, line in enumerate(note_lines(note.text, note.width)):
        if line:
            painter.drawText(QPointF(NOTE_PADDING, base + row * NOTE_LINE), line)
