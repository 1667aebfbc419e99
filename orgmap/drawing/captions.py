"""What links say, written beside their lines; and the small sign of their channel on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QFont

from orgmap.drawing.columns import Flags, Floats, Ints
from orgmap.drawing.detail import Detail
from orgmap.drawing.lettering import Hand, hand
from orgmap.drawing.linemarks import room_of_marks
from orgmap.drawing.lines import away_rows
from orgmap.drawing.plain import shown
from orgmap.drawing.room import Ink, Room
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.ways import Way, direction
from orgmap.i18n import Text, say, text
from orgmap.model.entities import Link

SIGNS_FROM = 0.8  # magnification from which lines bear the sign of their channel
CAPTIONS_FROM = 0.6  # and from which it is written beside them what they say
MOST_LINES = 1_500  # in view; with more nobody reads what stands beside each
SIGN, CAPTION = 10.0, 11.0  # pixels at 100 %
SMALLEST = 9.0  # pixels
LONGEST = 36  # letters of a caption
GAP = 2.5  # pixels between a line and its caption
SHARES = (0.5, 0.36, 0.64, 0.24, 0.76)  # of the way, where there may be room
CROSSED = 28.0  # pixels of lines under a caption, above which it is left out

OFTEN: dict[float, Text] = {
    5.0: text("how often", "daily"),
    1.0: text("how often", "weekly"),
    0.5: text("how often", "every other week"),
    0.25: text("how often", "monthly"),
}
TIMES = text("how often", "{times} times a week")

Placed = dict[Hand, list[tuple[str, float, float]]]


def often(per_week: float) -> str:
    """How often in a word: "daily", else "3 times a week"."""
    word = OFTEN.get(per_week)
    return str(word()) if word is not None else str(TIMES(times=per_week))


def caption(link: Link, channel: str, *, texts: bool = True) -> str:
    """What is written beside a link: its purpose, else channel and frequency; "" for nothing.

    `texts`: may words of the user's be shown?
    """
    if texts and link.purpose.strip():
        return shown(link.purpose, LONGEST)
    parts = [channel] if channel else []
    if link.per_week is not None:
        parts.append(often(link.per_week))
    return shown(", ".join(parts), LONGEST)


def placed_signs(sheet: Sheet, room: Room, rows: Ints, way: Way) -> Placed:
    """The signs of channels on the lines `rows`, where they cover nothing."""
    scene = sheet.scene
    found: Placed = defaultdict(list)
    channel = scene.strokes.channel[rows]
    wanted = (channel >= 0) & _plain(sheet, rows)
    if not wanted.any() or (sheet.camera.scale < SIGNS_FROM and sheet.detail is not Detail.FULL):
        return found
    rows, way, channel = rows[wanted], way.of(wanted), channel[wanted]
    grown = sheet.grown(0.8, 1.8)
    size = max(SIGN * grown, SMALLEST * sheet.unit)
    plain = hand(size, sheet.theme["quiet"], sheet.theme["node"], QFont.Weight.DemiBold)
    look = replace(plain, plate=True)
    length = np.maximum(way.length(), 1.0)
    marks = room_of_marks(scene.strokes, rows, sheet.grown(0.6, 2.0))
    off = np.where(marks > 0, (marks + size) / length, 0.0)
    tried = np.stack((0.5 - off, 0.5 + off, np.full(len(rows), 0.36), np.full(len(rows), 0.64)), axis=1)
    points = way.at(tried).tolist()
    for place in np.flatnonzero((length > 5 * size) & (off < 0.3)).tolist():
        sign = scene.channel_signs[int(channel[place])]
        half = sheet.pens.lettering.width(sign, size, look.weight) / 2 + 0.25 * size
        for x, y in points[place] if sign else ():
            spot = (x - half, y - size * 0.7, x + half, y + size * 0.7)
            if room.free(spot):
                room.take(spot)
                found[look].append((sign, x, y))
                break
    return found


def placed_captions(sheet: Sheet, room: Room, rows: Ints, way: Way, ink: Ink | None) -> Placed:
    """What the lines `rows` say, beside them; left out where there is no room."""
    scene = sheet.scene
    found: Placed = defaultdict(list)
    far = sheet.camera.scale < CAPTIONS_FROM and sheet.detail is not Detail.FULL
    if not scene.looks.labels or far or not len(rows):
        return found
    grown = sheet.grown(0.7, 1.6)
    size = max(CAPTION * grown, SMALLEST * sheet.unit)
    look = hand(size, sheet.theme["quiet"], sheet.theme["ground"])
    words = _words(sheet, rows, _plain(sheet, rows))
    half = np.array([sheet.pens.lettering.width(word, size) / 2 if word else 0.0 for word in words])
    kept = np.flatnonzero((half > 0) & (way.length() >= 1.3 * half))
    spots = _beside(way.of(kept), half[kept], size * 0.55, GAP * grown)
    under = None if ink is None else ink.under(spots.reshape(-1, 4)).reshape(spots.shape[:2])
    listed = spots.tolist()
    for place, row in enumerate(kept.tolist()):
        for choice in range(2 * len(SHARES)) if under is None else _ordered(under[place]):
            x0, y0, x1, y1 = listed[place][choice]
            around = (x0 - size / 3, y0, x1 + size / 3, y1)
            if room.free(around):
                room.take(around)
                found[look].append((words[row], (x0 + x1) / 2, (y0 + y1) / 2))
                break
    return found


def _plain(sheet: Sheet, rows: Ints) -> Flags:
    """Which lines are not faded, neither by the view nor by what is lit."""
    strokes, lighting = sheet.scene.strokes, sheet.lighting
    if not lighting.any_lit:
        return ~strokes.pale[rows] & ~away_rows(sheet, rows)
    index, stands = sheet.scene.links.index, sheet.scene.arcs.stands
    return np.isin(rows, [stands[index[key]] for key in lighting.lit_links if key in index])


def _words(sheet: Sheet, rows: Ints, wanted: Flags) -> list[str]:
    """What each of the lines says; "" for those that say nothing."""
    scene = sheet.scene
    links, ids = scene.document.links, scene.links.ids
    channels: Sequence[str] = scene.channel_names
    said: list[str] = []
    for row, channel, count, plain in zip(
        rows.tolist(),
        scene.strokes.channel[rows].tolist(),
        scene.strokes.count[rows].tolist(),
        wanted.tolist(),
        strict=True,
    ):
        if not plain:
            said.append("")
        elif count > 1:
            said.append(say("canvas", "{n} link", "{n} links", n=count))
        else:
            name = channels[channel] if channel >= 0 else ""
            said.append(caption(links[ids[row]], name, texts=scene.looks.names))
    return said


def _beside(way: Way, half: Floats, tall: float, gap: float) -> Floats:
    """Places (n, k, 4) for words, of which `half` the widths, on either side of lines (n)."""
    points = way.at(np.tile(np.array(SHARES), (len(half), 1)))
    toward = direction(way.end - way.start)
    normal = np.stack((-toward[:, 1], toward[:, 0]), axis=1)
    normal *= np.where(normal[:, 1] > 0, -1.0, 1.0)[:, None]  # above a line first
    off = normal * (np.abs(normal[:, 0]) * half + np.abs(normal[:, 1]) * tall + gap)[:, None]
    middles = np.concatenate((points + off[:, None], points - off[:, None]), axis=1)
    size = np.stack((half, np.full(len(half), tall)), axis=1)[:, None]
    spots: Floats = np.concatenate((middles - size, middles + size), axis=2)
    return spots


def _ordered(under: Floats) -> list[int]:
    """Which of the places to try, the least crossed by lines first, without those that are too much."""
    order = np.argsort(under, kind="stable")
    return [int(choice) for choice in order if under[choice] <= CROSSED]
