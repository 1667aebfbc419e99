"""Nodes on the sheet: which sign, in which colours, and the letter inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from PySide6.QtGui import QColor, QFont

from orgmap.drawing.columns import KINDS, Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.gauges import CLASSES, tone
from orgmap.drawing.lettering import Hand, hand
from orgmap.drawing.plain import node_sign
from orgmap.drawing.sheet import SIGN_STEPS, Sheet
from orgmap.drawing.signs import Look
from orgmap.drawing.style import contrast
from orgmap.model.entities import NodeId
from orgmap.model.frames import RADIUS

LETTER_FROM = 8.5  # pixels of radius from which a letter can be read
WORTH_A_PAGE = 1  # people for each box on a page of signs, from which it is worth rendering
READABLE = 4.5  # contrast of a letter with what it stands on
FADED, PLAIN, LIT, SUBJECT = range(4)


def seen_nodes(sheet: Sheet) -> Ints:
    """The rows of the nodes in view, in the order in which they are drawn: subjects on top."""
    rows = np.flatnonzero(sheet.scene.visible & sheet.nodes)
    middle = sheet.place(sheet.scene.nodes.centre[rows])
    reach = sheet.radius[rows][:, None] + 24.0 * sheet.unit
    rows = rows[sheet.within(middle - reach, middle + reach)].astype(np.int32)
    ordered: Ints = rows[np.argsort(standing(sheet)[rows], kind="stable")]
    return ordered


def standing(sheet: Sheet) -> Ints:
    """Per node: FADED, PLAIN, LIT or SUBJECT."""
    nodes, lighting = sheet.scene.nodes, sheet.lighting
    found = np.full(len(nodes.ids), FADED if lighting.any_lit else PLAIN, dtype=np.int32)
    found[sheet.scene.veil.nodes_pale] = FADED
    found[_rows(sheet, lighting.lit_nodes)] = LIT
    if lighting.any_lit or lighting.away:
        found[_rows(sheet, cast("Iterable[NodeId]", lighting.subjects))] = SUBJECT
    found[_away(sheet)] = FADED
    return found


@dataclass(frozen=True, eq=False)
class Signed:
    """The different looks of all nodes, how each stands, and the look of every row (-1: not drawn)."""

    looks: tuple[Look, ...]
    stands: list[int]
    of: Ints

    @property
    def paged(self) -> bool:
        """Are there so many nodes that their signs are laid down from a page?"""
        boxes = len(self.looks) * SIGN_STEPS**2  # to be rendered for it
        return int(np.count_nonzero(self.of >= 0)) >= WORTH_A_PAGE * boxes


def signed(sheet: Sheet) -> Signed:
    """How all nodes of the map look, in view or not: every piece of a picture takes the same page."""
    lighting = sheet.lighting.pointing(selected=frozenset(), hovered=None, focused=None)
    key = (sheet.scene, sheet.theme, lighting, sheet.detail, sheet.camera.scale, sheet.unit)
    found = sheet.pens.signed
    if found is None or found[0] != key:
        rows = np.flatnonzero(sheet.scene.visible).astype(np.int32)
        of = np.full(len(sheet.scene.nodes.ids), -1, dtype=np.int32)
        looks, stands, of[rows], _ = looks_of(sheet, rows)
        found = sheet.pens.signed = (key, Signed(tuple(looks), stands, of))
    return found[1]


def draw_people(sheet: Sheet, rows: Ints) -> None:
    """Draw the signs of `rows` and the letters inside them."""
    if not len(rows):
        return
    signs = signed(sheet)
    looks, stands, look_of = list(signs.looks), signs.stands, signs.of[rows]
    middles = sheet.place(sheet.scene.nodes.centre[rows])
    if sheet.vector or not signs.paged:
        for which, (x, y) in zip(look_of.tolist(), middles.tolist(), strict=True):
            looks[which].draw(sheet.painter, x, y)
    else:
        sheet.pens.signs(signs.looks).draw(sheet.painter, look_of, middles)
    for face, words, at in letters_of(sheet, rows, looks, stands, look_of, middles):
        sheet.pens.lettering.draw(sheet.painter, words, at, face, vector=sheet.vector)


def looks_of(sheet: Sheet, rows: Ints) -> tuple[list[Look], list[int], Ints, Floats]:
    """The different looks of `rows` and how each stands, the look of each row, and its middle."""
    scene, nodes = sheet.scene, sheet.scene.nodes
    hues = len(sheet.theme.modules)
    hue = np.where(scene.hue[rows] < 0, -1, scene.hue[rows] % hues)
    radius = np.round(sheet.radius[rows] * 8).astype(np.int64)
    stand = standing(sheet)[rows]
    code = radius
    shade = scene.shades.people[rows]
    broken = nodes.vacant[rows] | np.isin(
        rows, _away(sheet)
    )  # whoever is away leaves a gap as a vacancy does
    for column, size in (
        (hue + 1, hues + 1),
        (nodes.kind[rows], len(KINDS)),
        (broken, 2),
        (shade + 1, CLASSES + 2),
    ):
        code = code * size + column
    _, first, look_of = np.unique(code * (SUBJECT + 1) + stand, return_index=True, return_inverse=True)
    columns = (hue, nodes.kind[rows], broken, radius, shade, stand)
    distinct = np.stack([np.asarray(column)[first] for column in columns], axis=1).tolist()
    looks = [_look(sheet, *row) for row in distinct]
    middles = sheet.place(nodes.centre[rows])
    return looks, [row[-1] for row in distinct], look_of.astype(np.int32), middles


def letters_of(
    sheet: Sheet, rows: Ints, looks: list[Look], stands: list[int], look_of: Ints, middles: Floats
) -> Iterator[tuple[Hand, list[str], Floats]]:
    """The letters inside the signs, by hand: the letters, and their middles."""
    if not lettering(sheet):
        return
    names = sheet.scene.names
    initials = [node_sign(names[row]) for row in rows.tolist()]
    hands = [_letter(sheet, look, stand) for look, stand in zip(looks, stands, strict=True)]
    by_hand: dict[Hand, list[int]] = {face: [] for face in hands}
    for place, look in enumerate(look_of.tolist()):
        if initials[place]:
            by_hand[hands[look]].append(place)
    for face, places in by_hand.items():
        if places:
            yield face, [initials[place] for place in places], middles[places]


def lettering(sheet: Sheet) -> bool:
    """Are people large enough to bear a letter? Else they are filled."""
    return sheet.camera.scale * RADIUS >= LETTER_FROM or sheet.detail is Detail.FULL


def _look(sheet: Sheet, hue: int, kind: int, vacant: int, eighths: int, shade: int, stands: int) -> Look:
    theme, radius = sheet.theme, eighths / 8
    line = theme.module(hue).line
    colour = sheet.scene.looks.colour if stands != FADED else None
    unsaid = colour is not None and shade < 0
    fill = theme["node"] if colour is None or unsaid else tone(theme, shade, colour.classes)
    rim = 1.7 * sheet.grown(0.5, 2.0) * theme.weight
    ring: QColor | None = None
    if stands == FADED:
        line = theme["faded"]
        rim *= 0.85
    elif stands == LIT:
        rim *= 1.25
    elif stands == SUBJECT:
        line = theme[sheet.lighting.token]
        rim *= 1.25
        ring = line
    if not lettering(sheet) and not ring and colour is None:
        return Look(KINDS[kind], False, radius, 0.0, line.rgba(), line.rgba())
    return Look(
        KINDS[kind],
        bool(vacant),
        radius,
        rim,
        line.rgba(),
        fill.rgba(),
        None if ring is None else ring.rgba(),
        hatched=unsaid and lettering(sheet),
    )


def _letter(sheet: Sheet, look: Look, stands: int) -> Hand:
    colour, fill = QColor.fromRgba(look.line), QColor.fromRgba(look.fill)
    if stands == FADED:
        colour = sheet.theme["faded_text"]
    elif contrast(colour, fill) < READABLE:
        colour = max((sheet.theme["text"], sheet.theme["ground"]), key=lambda ink: contrast(ink, fill))
    return hand(min(look.radius * 0.76, 60.0), colour, None, QFont.Weight.DemiBold)


def _away(sheet: Sheet) -> list[int]:
    return _rows(sheet, cast("Iterable[NodeId]", sheet.lighting.away))


def _rows(sheet: Sheet, ids: Iterable[NodeId]) -> list[int]:
    index = sheet.scene.nodes.index
    return [index[key] for key in ids if key in index]
