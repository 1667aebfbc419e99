"""The map of an HTML page as a plain drawing, for previews of mails and other places where no script runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from orgmap.drawing.plain import middle_cut, node_sign

MOST_LINES = 1_000  # a map with more would make a large file, and could not be read without moving it
OUTSIDE, SOURCE = "2", "3"  # as in NodeKind
HEAD, HALF = 9.0, 3.6  # map units: how long a head is, and half its width
LETTERS = 22  # of a name

Plain = Mapping[str, Any]


def still(data: Plain) -> str:
    """What the script would draw of `data`, without marks, dashes and measures; "" for a large map."""
    if len(data["links"]["a"]) > MOST_LINES or not data["people"]["name"]:
        return ""
    left, top, right, bottom = (side / 10 for side in data["bounds"])
    box = _numbers(left - 24, top - 8, right - left + 48, bottom - top + 16)
    colours = next(iter(data["themes"].values()))["modules"]
    parts = [*_frames(data["modules"], colours), *_lines(data["links"]), *_people(data, colours)]
    return f'<svg class="still" viewBox="{box}" role="img">{"".join(parts)}</svg>'


def _frames(modules: Sequence[Plain], colours: Sequence[Sequence[str]]) -> Iterator[str]:
    for module in sorted(modules, key=lambda each: _depth(each, modules)):
        if "rect" not in module:
            continue
        x0, y0, x1, y1 = (side / 10 for side in module["rect"])
        line = colours[module["hue"] % len(colours)][1]
        size = _numbers(x0, y0, x1 - x0, y1 - y0).split()
        place = " ".join(
            f'{name}="{value}"' for name, value in zip(("x", "y", "width", "height"), size, strict=True)
        )
        yield f'<rect {place} rx="14" fill="{line}" fill-opacity=".1" stroke="{line}"/>'
        name, shut = _name(module["name"]), "shut" in module
        if shut:
            yield _text(module["held"], (x0 + x1) / 2, (y0 + y1) / 2 + 7, line, "middle")
        at = ((x0 + x1) / 2, y1 + 18, "middle") if shut else (x0 + 16, y0 + 22, "start")
        yield _text(name, at[0], at[1], line, at[2])


def _depth(module: Plain, modules: Sequence[Plain]) -> int:
    depth = 0
    while module["up"] >= 0:
        module, depth = modules[module["up"]], depth + 1
    return depth


def _lines(links: Plain) -> Iterator[str]:
    """All lines as one path, all their heads as another."""
    bows = dict(zip(links["bent"], zip(links["bow"][::2], links["bow"][1::2], strict=True), strict=True))
    ways: list[str] = []
    heads: list[str] = []
    for row in range(len(links["a"])):
        if links["stands"].get(row, row) != row:
            continue
        x0, y0, x1, y1 = (value / 10 for value in links["way"][4 * row : 4 * row + 4])
        bow = bows.get(row)
        cx, cy = (bow[0] / 10, bow[1] / 10) if bow is not None else ((x0 + x1) / 2, (y0 + y1) / 2)
        ways.append(f"M{_numbers(x0, y0)}Q{_numbers(cx, cy, x1, y1)}")
        heads.append(_head(x1 - cx, y1 - cy, x1, y1))
        if links["both"][row] == "1":
            heads.append(_head(x0 - cx, y0 - cy, x0, y0))
    yield f'<path class="way" d="{"".join(ways)}"/><path class="head" d="{"".join(heads)}"/>'


def _head(dx: float, dy: float, x: float, y: float) -> str:
    far = math.hypot(dx, dy) or 1.0
    ux, uy = dx / far, dy / far
    bx, by = x - ux * HEAD, y - uy * HEAD
    return f"M{_numbers(x, y)}L{_numbers(bx - uy * HALF, by + ux * HALF, bx + uy * HALF, by - ux * HALF)}Z"


def _people(data: Plain, colours: Sequence[Sequence[str]]) -> Iterator[str]:
    people, modules = data["people"], data["modules"]
    for row, name in enumerate(people["name"]):
        if row in people["shut"]:
            continue
        x, y, r = (people[key][row] / 10 for key in ("x", "y", "r"))
        home = people["home"][row]
        line = colours[modules[home]["hue"] % len(colours)][1] if home >= 0 else "currentColor"
        yield f'<path class="who" stroke="{line}" d="{_outline(people["kind"][row], x, y, r)}"/>'
        yield _text(node_sign(name), x, y + r * 0.28, line, "middle")
        yield _text(_name(name), x, y + r + 16, "currentColor", "middle")


def _outline(kind: str, x: float, y: float, r: float) -> str:
    if kind == OUTSIDE:
        return f"M{_numbers(x, y - r)}L{_numbers(x + r, y, x, y + r, x - r, y)}Z"
    if kind == SOURCE:
        return f"M{_numbers(x - r, y - r)}h{_numbers(2 * r)}v{_numbers(2 * r)}h{_numbers(-2 * r)}Z"
    arc = f"a{_numbers(r, r, 0, 1, 0)}"
    return f"M{_numbers(x - r, y)}{arc} {_numbers(2 * r, 0)}{arc} {_numbers(-2 * r, 0)}Z"


def _text(words: str, x: float, y: float, colour: str, anchor: str) -> str:
    if not words:
        return ""
    at = _numbers(x, y).split()
    return f'<text x="{at[0]}" y="{at[1]}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'


def _name(name: str) -> str:
    return middle_cut(name, LETTERS)


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in values)
