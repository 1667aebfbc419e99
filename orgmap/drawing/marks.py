"""What is selected, pointed at, and has the keyboard: three marks that look different."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from orgmap.drawing.badges import bears, draw_pin
from orgmap.drawing.columns import KINDS
from orgmap.drawing.labels import name_room
from orgmap.drawing.lines import highlight
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.signs import Look
from orgmap.drawing.things import corners
from orgmap.drawing.writing import name_of
from orgmap.model.entities import ModuleId, NodeId

SELECTED_GAP = 4.0  # pixels from the rim to the ring
OUTSIDE = 4.0  # farther out round somebody who bears marks on the rim
FOCUS_GAP = 8.0
FOCUS = 2.0  # pixels: WCAG 2.2 asks for two
HANDLE = 9.0  # pixels: the square on a corner that is pulled
HOLLOW = 14.0  # pixels wider than a line is the ring round it: room for its heads


def below(sheet: Sheet) -> None:
    """Bands under selected, hovered and focused links; the tint of a hovered frame."""
    lighting, theme = sheet.lighting, sheet.theme
    if lighting.hovered is not None:
        tint = QColor(theme["hover"])
        tint.setAlphaF(0.18)
        highlight(sheet, frozenset((lighting.hovered,)), tint, 7.0)
    if lighting.focused is not None:
        highlight(sheet, frozenset((lighting.focused,)), theme["text"], HOLLOW + 2 * FOCUS)
        highlight(sheet, frozenset((lighting.focused,)), theme["ground"], HOLLOW)
    if lighting.selected:
        band = QColor(theme["accent"])
        band.setAlphaF(0.45)
        highlight(sheet, lighting.selected, band, 4.0)


def above(sheet: Sheet) -> None:
    """Rings round nodes and modules: selected a full ring in the accent, hovered a thin one,
    focused a square one in the colour of text, round the name too."""
    lighting, theme = sheet.lighting, sheet.theme
    if lighting.hovered is not None and lighting.hovered not in lighting.selected:
        colour = QColor(theme["hover"])
        colour.setAlphaF(0.55)
        _ring(sheet, lighting.hovered, colour, 1.3, SELECTED_GAP - 1.0)
    for key in lighting.selected:
        _ring(sheet, key, theme["accent"], 2.2, SELECTED_GAP)
    for pinned in {*lighting.selected, lighting.hovered or "", lighting.focused or ""}:
        row = sheet.scene.nodes.index.get(NodeId(pinned))
        if row is not None and sheet.scene.nodes.pinned[row] and sheet.scene.visible[row]:
            draw_pin(sheet, row, theme["accent"])
    if lighting.focused is not None:
        _square(sheet, lighting.focused, theme["text"])


def round_notes(sheet: Sheet) -> None:
    """Rings round sticky notes and backdrops, and on the corners of a selected one handles to pull."""
    lighting, theme = sheet.lighting, sheet.theme
    for key in dict.fromkeys((lighting.hovered, *lighting.selected, lighting.focused)):
        rect = None if key is None else sheet.scene.thing(key)
        if rect is None:
            continue
        place = QRectF(sheet.point(rect.x(), rect.y()), rect.size() * sheet.scale)
        sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
        if key in lighting.selected:
            sheet.painter.setPen(QPen(theme["accent"], 2.2 * sheet.unit))
            sheet.painter.drawRect(place)
            _handles(sheet, place)
        elif key == lighting.hovered:
            colour = QColor(theme["hover"])
            colour.setAlphaF(0.55)
            sheet.painter.setPen(QPen(colour, 1.3 * sheet.unit))
            sheet.painter.drawRect(place)
        if key == lighting.focused:
            off = FOCUS_GAP * sheet.unit
            sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
            sheet.painter.setPen(QPen(theme["text"], FOCUS * sheet.unit))
            sheet.painter.drawRoundedRect(
                place.adjusted(-off, -off, off, off), 7 * sheet.unit, 7 * sheet.unit
            )


def _handles(sheet: Sheet, place: QRectF) -> None:
    """A small square on each corner."""
    half = HANDLE / 2 * sheet.unit
    sheet.painter.setPen(QPen(sheet.theme["accent"], 1.5 * sheet.unit))
    sheet.painter.setBrush(sheet.theme["node"])
    for at in corners(place).values():
        sheet.painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))


def _ring(sheet: Sheet, key: str, colour: QColor, width: float, gap: float) -> None:
    scene = sheet.scene
    row = scene.nodes.index.get(NodeId(key))
    if row is not None:
        if not scene.visible[row]:
            return
        x, y = (float(v) for v in sheet.place(scene.nodes.centre[row : row + 1])[0])
        if bears(sheet, row):
            gap += OUTSIDE
        radius = float(sheet.radius[row]) + (gap + width / 2) * sheet.unit
        clear = QColor(Qt.GlobalColor.transparent)
        kind = KINDS[int(scene.nodes.kind[row])]
        look = Look(kind, False, radius, width * sheet.unit, colour.rgba(), clear.rgba())
        look.draw(sheet.painter, x, y)
        return
    rect = _module(sheet, key)
    if rect is not None:
        off = 1.5 * sheet.unit
        sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
        sheet.painter.setPen(QPen(colour, width * sheet.unit))
        sheet.painter.drawRoundedRect(rect.adjusted(-off, -off, off, off), 14 * sheet.unit, 14 * sheet.unit)


def _square(sheet: Sheet, key: str, colour: QColor) -> None:
    scene = sheet.scene
    row = scene.nodes.index.get(NodeId(key))
    rect = _module(sheet, key)
    if row is not None and scene.visible[row]:
        x, y = (float(v) for v in sheet.place(scene.nodes.centre[row : row + 1])[0])
        half = float(sheet.radius[row])
        rect = QRectF(x - half, y - half, 2 * half, 2 * half)
        name = name_of(sheet, row)
        if name is not None:
            less = 6 * sheet.unit  # words are measured with room to spare
            left, top, right, bottom = name
            rect |= QRectF(QPointF(left + less, top + less), QPointF(right - less, bottom - less))
        elif not sheet.dots:
            name_wide, name_low = name_room(sheet, row)
            wide, low = max(half, name_wide / 2 - 3 * sheet.unit), name_low - 6 * sheet.unit
            rect = QRectF(QPointF(x - wide, y - half), QPointF(x + wide, y + low))
    if rect is None:
        return
    off = FOCUS_GAP * sheet.unit
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.setPen(QPen(colour, FOCUS * sheet.unit))
    sheet.painter.drawRoundedRect(rect.adjusted(-off, -off, off, off), 7 * sheet.unit, 7 * sheet.unit)


def _module(sheet: Sheet, key: str) -> QRectF | None:
    row = sheet.scene.frames.index.get(ModuleId(key))
    return None if row is None else sheet.frames.get(row)
