"""A scene as plain columns: what the script of an HTML page draws, and what it tells of people.

Numbers of the map are tenths of a map unit, whole, so that five thousand people stay small. A column of
small numbers is one string with a digit for each row. Ends of links are rows of people, or -1 - row of
modules, as in the scene.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from orgmap.drawing.backdrops import picture_of
from orgmap.drawing.captions import caption
from orgmap.drawing.columns import WIDTHS, Flags, Floats, Ints
from orgmap.drawing.gauges import frame_tone, line_tone, tone
from orgmap.drawing.legend import entries
from orgmap.drawing.lighting import Lighting
from orgmap.drawing.lines import DASH_PATTERNS, LONG_DASH, NEEDS_DOTS
from orgmap.drawing.plain import shown
from orgmap.drawing.samples import Entry, Line
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.drawing.things import note_lines
from orgmap.i18n import language
from orgmap.model.entities import Dash
from orgmap.progress import Progress

TENTHS = 10  # of a map unit
QUALITY = 85  # of a JPEG behind the map
BOW = 0.12  # of its length does a suggested line bow beside the straight way
LEADS, DECIDES, PURPOSE, NEWCOMER, VACANT, PALE = (1 << bit for bit in range(6))
ILL, QUIET, FAINT = (1 << bit for bit in range(3))
TEXT = 400  # letters of a purpose or a role that are shown

Plain = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Rows:
    """Which rows of a scene a page holds, and their numbers there; -1 for what the view leaves out."""

    people: Ints
    links: Ints

    @staticmethod
    def of(scene: Scene) -> Rows:
        """Everybody the view does not hide, and the lines between them."""
        kept = ~scene.veil.nodes_gone
        links = ~scene.veil.links_gone
        for ends in (scene.links.source, scene.links.target):
            links &= (ends < 0) | kept[np.maximum(ends, 0)] if len(kept) else ends < 0
        return Rows(_numbered(kept), _numbered(links))


def _numbered(kept: Flags) -> Ints:
    return np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)


def scene_data(scene: Scene, rows: Rows, progress: Progress) -> Plain:
    """Everything that is drawn of a scene, in `rows`."""
    progress.at(0.0)
    found: Plain = {"people": _people(scene, rows), "modules": _modules(scene)}
    progress.at(0.2)
    found["links"] = _links(scene, rows)
    progress.at(0.6)
    bounds = scene.bounds
    found |= {
        "bounds": _rect(bounds if not scene.empty else QRectF(0, 0, 400, 120)),
        "ink": round(scene.ink),
        "widths": WIDTHS,
        "dashes": [DASH_PATTERNS.get(dash, []) for dash in Dash],
        "longDash": LONG_DASH,
        "needsDots": NEEDS_DOTS,
        "signs": scene.channel_signs,
        "notes": _notes(scene),
        "pictures": _pictures(scene, progress.part(0.6, 1.0)),
        "legend": [_entry(entry) for entry in entries(scene)],
    }
    return found


def themes_data(scene: Scene, names: Iterable[str]) -> Plain:
    """The colours of themes, and the tones in which a measure is shown with them."""
    return {name: _theme(scene, theme_named(name)) for name in names}


def lighting_data(scene: Scene, rows: Rows, lighting: Lighting) -> Plain:
    """The evidence of a finding in the rows of the page."""
    nodes, links, frames = scene.nodes.index, scene.links.index, scene.frames.index
    stands = scene.arcs.stands
    subjects = lighting.subjects
    listed = [rows.people[nodes[key]] for key in lighting.lit_nodes if key in nodes]
    drawn = {int(stands[links[key]]) for key in lighting.lit_links if key in links}
    found = {
        "people": _sorted(listed),
        "links": _sorted(rows.links[row] for row in drawn if row >= 0),
        "modules": _sorted(frames[key] for key in lighting.lit_modules if key in frames),
        "about": _sorted(rows.people[row] for key, row in nodes.items() if key in subjects),
        "aboutModules": _sorted(row for key, row in frames.items() if key in subjects),
        "token": lighting.token,
    }
    ways = [_proposed(scene, *proposed) for proposed in lighting.proposed]
    return found | {"ways": [way for way in ways if way]}


def _sorted(rows: Iterable[Any]) -> list[int]:
    return sorted({int(row) for row in rows if row >= 0})


def _proposed(scene: Scene, source: str, target: str, both: bool) -> list[int]:
    """A suggested line from rim to rim: start, bow and end, and whether it is two-way; empty unseen."""
    a, b = scene.centre(source), scene.centre(target)
    if a is None or b is None or a == b:
        return []
    along = b - a
    x = (a.x() + b.x()) / 2 - along.y() * BOW
    y = (a.y() + b.y()) / 2 + along.x() * BOW
    start, end = scene.rim_toward(source, x, y), scene.rim_toward(target, x, y)
    return [*_tenths((start.x(), start.y(), x, y, end.x(), end.y())), int(both)]


def _people(scene: Scene, rows: Rows) -> Plain:
    nodes, kept = scene.nodes, np.flatnonzero(rows.people >= 0)
    listed = list(scene.document.nodes.values())
    index = scene.frames.index
    flags = (
        scene.leads * LEADS
        + nodes.decides * DECIDES
        + nodes.purpose * PURPOSE
        + nodes.newcomer * NEWCOMER
        + nodes.vacant * VACANT
        + scene.veil.nodes_pale * PALE
    )
    found: Plain = {
        "name": [scene.names[row] for row in kept.tolist()],
        "x": _tenths(nodes.centre[kept, 0]),
        "y": _tenths(nodes.centre[kept, 1]),
        "r": _tenths(nodes.radius[kept]),
        "kind": _digits(nodes.kind[kept]),
        "home": nodes.home[kept].tolist(),
        "flags": flags[kept].tolist(),
        "level": [listed[row].level or 0 for row in kept.tolist()],
        "second": _sparse(nodes.second[kept], -1),
        "also": {},
        "title": {},
        "shut": {},
    }
    shut = scene.frames.shut_in
    for place, row in enumerate(kept.tolist()):
        node = listed[row]
        if node.modules[1:]:
            found["also"][place] = [index[key] for key in node.modules[1:] if key in index]
        if node.title:
            found["title"][place] = shown(node.title, TEXT)
        home = int(nodes.home[row])
        if home >= 0 and shut[home] >= 0:
            found["shut"][place] = int(shut[home])
    if scene.looks.colour is not None:
        found["shade"] = scene.shades.people[kept].tolist()
    return found


def _modules(scene: Scene) -> list[Plain]:
    frames, found = scene.frames, []
    there = set(frames.shown)
    for row, module in enumerate(scene.document.modules.values()):
        one: Plain = {
            "name": "" if module.id in scene.looks.hidden else scene.module_names[row],
            "hue": int(scene.module_hue[row]),
            "up": int(frames.parent[row]),
            "held": language().number(int(scene.held[row])),
        }
        if row in there:
            one["rect"] = _rect(frames.of_row(row))
        if frames.collapsed[row]:
            one["shut"] = 1
        if module.id in scene.looks.hidden:
            one["gone"] = 1
        if module.purpose and scene.looks.names and "gone" not in one:
            one["purpose"] = shown(module.purpose, TEXT)
        if scene.looks.grounds is not None:
            one["shade"] = int(scene.shades.modules[row])
        found.append(one)
    return found


def _links(scene: Scene, rows: Rows) -> Plain:
    """One row per link; `way` holds the four numbers of what is drawn of it, `bent` the rows of curves.

    `own` is what the link itself says: twice its kind, and one more if it is two-way; the other digits
    are of the line, which may stand for several links.
    """
    links, arcs, strokes = scene.links, scene.arcs, scene.strokes
    kept = np.flatnonzero(rows.links >= 0)
    stands = arcs.stands[kept]
    stands = np.where(stands >= 0, rows.links[np.maximum(stands, 0)], -1)
    drawn = arcs.shown[kept]
    way = np.concatenate((arcs.start[kept], arcs.end[kept]), axis=1)
    way[~drawn] = 0.0
    bent = np.flatnonzero(drawn & arcs.curved[kept])
    ends = np.stack((_ends(links.source, rows)[kept], _ends(links.target, rows)[kept]), axis=1)
    standing = np.stack([_ends(part, rows)[kept] for part in arcs.ends.T], axis=1)
    moved = np.flatnonzero(drawn & (standing != ends).any(axis=1))
    flags = strokes.ill * ILL + strokes.quiet * QUIET + strokes.pale * FAINT
    says, said = _says(scene, kept)
    found: Plain = {
        "a": ends[:, 0].tolist(),
        "b": ends[:, 1].tolist(),
        "own": _digits(links.kind[kept] * 2 + links.two_way[kept]),
        "kind": _digits(strokes.kind[kept]),
        "both": _digits(strokes.both[kept]),
        "dash": _digits(strokes.dash[kept]),
        "status": _digits(strokes.status[kept]),
        "width": _digits(strokes.width[kept]),
        "flags": _digits(flags[kept]),
        "channel": strokes.channel[kept].tolist(),
        "way": _tenths(way.ravel()),
        "bent": bent.tolist(),
        "bow": _tenths(arcs.control[kept][bent].ravel()),
        "ends": {int(row): standing[row].tolist() for row in moved},
        "stands": {int(row): int(stands[row]) for row in np.flatnonzero(stands != np.arange(len(kept)))},
        "count": {int(row): int(strokes.count[kept[row]]) for row in _several(strokes.count[kept])},
        "step": _sparse(strokes.step[kept], -1),
        "says": says,
        "said": said,
        "labels": int(scene.looks.labels),
    }
    if scene.looks.lines is not None:
        found["shade"] = scene.shades.lines[kept].tolist()
    return found


def _several(count: Ints) -> Ints:
    return np.flatnonzero(count > 1)


def _ends(ends: Ints, rows: Rows) -> Ints:
    if not len(rows.people):
        return ends
    return np.where(ends >= 0, rows.people[np.maximum(ends, 0)], ends)


def _says(scene: Scene, kept: Ints) -> tuple[list[str], list[int]]:
    """What the links say, each sentence once, and which of them each says."""
    listed = list(scene.document.links.values())
    names = dict(zip(scene.document.channels, scene.channel_names, strict=True))
    places: dict[str, int] = {}
    says: list[int] = []
    for row in kept.tolist():
        link = listed[row]
        channel = names.get(link.channel, "") if link.channel is not None else ""
        words = caption(link, channel, texts=scene.looks.names)
        says.append(places.setdefault(words, len(places)))
    return list(places), says


def _notes(scene: Scene) -> list[Plain]:
    notes = scene.document.stickies
    return [
        {
            "rect": _rect(rect),
            "colour": notes[key].colour,
            "lines": list(note_lines(notes[key].text, notes[key].width)),
        }
        for key, rect in scene.stickies.rects.items()
    ]


def _pictures(scene: Scene, progress: Progress) -> list[Plain]:
    """The pictures behind the map, written anew, so that no word in the file of a camera comes along."""
    found: list[Plain] = []
    rects = scene.backdrops.rects
    for place, (key, rect) in enumerate(rects.items()):
        progress.at(place / len(rects))
        backdrop = scene.document.backdrops[key]
        found.append(
            {
                "rect": _rect(rect),
                "strength": min(max(backdrop.strength, 0.0), 1.0),
                "data": _picture(backdrop.data),
            }
        )
    return found


def _picture(data: str) -> str:
    """A picture as an address that holds it; "" if it cannot be shown."""
    image = picture_of(data)
    if image is None:
        return ""
    bare = QImage(image.size(), image.format())  # without what the file said beside its pixels
    bare.fill(0)
    painter = QPainter(bare)
    painter.drawImage(0, 0, image)
    painter.end()
    kind = "jpeg" if data.startswith("/9j/") else "png"
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind.encode())
    if kind == "jpeg":
        writer.setQuality(QUALITY)
    if not writer.write(bare):
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(bytes(buffer.data().data())).decode('ascii')}"


def _entry(entry: Entry) -> Plain:
    """An entry of the legend: what is not as usual of it."""
    found: Plain = {"words": entry.words, "section": entry.section}
    for each in fields(entry):
        value = getattr(entry, each.name)
        if each.name in found or value == each.default:
            continue
        found[each.name] = _sample(value) if isinstance(value, Line) else value
    return found


def _sample(line: Line) -> Plain:
    return {each.name: getattr(line, each.name) for each in fields(line)}


def _theme(scene: Scene, theme: Theme) -> Plain:
    looks = scene.looks
    found: Plain = {
        "dark": theme.dark,
        "colours": {token: _hex(colour) for token, colour in theme.colours.items()},
        "modules": [[_hex(each.fill), _hex(each.line)] for each in theme.modules],
        "notes": [[_hex(each.fill), _hex(each.line)] for each in theme.notes],
        "weight": theme.weight,
        "patterned": theme.patterned,
    }
    for name, gauge, tones in (
        ("colour", looks.colour, tone),
        ("lines", looks.lines, line_tone),
        ("grounds", looks.grounds, frame_tone),
    ):
        if gauge is not None:
            found[name] = [_hex(tones(theme, which, gauge.classes)) for which in range(gauge.classes)]
    return found


def _hex(colour: QColor) -> str:
    return colour.name()


def _rect(rect: QRectF) -> list[int]:
    return _tenths((rect.left(), rect.top(), rect.right(), rect.bottom()))


def _tenths(values: Sequence[float] | Floats) -> list[int]:
    rounded = np.rint(np.nan_to_num(np.asarray(values, dtype=float)) * TENTHS)
    listed: list[int] = rounded.astype(np.int64).tolist()
    return listed


def _digits(column: Ints | Flags) -> str:
    """A sign for each row; `column` holds only 0 to 9."""
    listed = np.asarray(column).astype(int)
    assert not listed.size or 0 <= listed.min() <= listed.max() <= 9, "more than one sign"
    return "".join(map(str, listed.tolist()))


def _sparse(column: Ints, usual: int) -> Mapping[int, int]:
    return {int(row): int(column[row]) for row in np.flatnonzero(column != usual)}
