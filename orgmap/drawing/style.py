"""The tokens of a theme, as colours; the values stand in `resources/themes`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtGui import QColor

from orgmap.assets import asset
from orgmap.errors import UsageError
from orgmap.i18n import names, text

THEMES = ("light", "dark", "print", "contrast")

_UNKNOWN = text("theme", "There is no theme called {name}. There are {known}.")


@dataclass(frozen=True, slots=True)
class ModuleColour:
    """The two colours of a module: the ground of its frame, and its line, rim and name; and of a note."""

    fill: QColor
    line: QColor


@dataclass(frozen=True)
class Theme:
    """The colours of a theme by token, e.g. `theme["accent"]`. Colours are not to be altered.

    Tokens: ground, panel, line, text, quiet, accent, accent_ground, act, look, note, good, faded,
    faded_text, link, formal, needs, assumed, node, loose, loose_fill, hover. `modules`: at least
    eight hues; `notes`: the colours of sticky notes, on whose fill the text token can be read.
    `weight`: how much thicker than usual lines and rims are. `patterned`: modules are told apart
    by patterns from the first on.
    """

    name: str
    dark: bool
    colours: Mapping[str, QColor] = field(hash=False)
    modules: tuple[ModuleColour, ...] = field(hash=False)
    notes: tuple[ModuleColour, ...] = field(default=(), hash=False)
    weight: float = 1.0
    patterned: bool = False

    def __getitem__(self, token: str) -> QColor:
        """The colour of a token; KeyError if there is none."""
        return self.colours[token]

    def module(self, hue: int) -> ModuleColour:
        """The colours of the hue, counted round; of a node without a module for -1."""
        if hue < 0:
            return ModuleColour(self["loose_fill"], self["loose"])
        return self.modules[hue % len(self.modules)]

    def pattern(self, hue: int) -> int:
        """Which pattern the frame of a module bears, so that no two look the same; 0 for none."""
        if hue < 0:
            return 0
        return hue if self.patterned else hue // len(self.modules)

    def note(self, colour: int) -> ModuleColour:
        """The colours of a sticky note, counted round."""
        return self.notes[colour % len(self.notes)]


@cache
def theme(name: str) -> Theme:
    """The theme with this name, one of `THEMES`. Raises UsageError for another."""
    if name not in THEMES:
        raise UsageError(_UNKNOWN(name=name, known=names(THEMES)))
    plain = json.loads(asset("themes", f"{name}.json").read_text("utf-8"))
    return Theme(
        name=plain["name"],
        dark=plain["dark"],
        colours={token: QColor(value) for token, value in plain["colours"].items()},
        modules=tuple(map(_pair, plain["modules"])),
        notes=tuple(map(_pair, plain["notes"])),
        weight=plain.get("weight", 1.0),
        patterned=plain.get("patterned", False),
    )


def _pair(plain: Mapping[str, str]) -> ModuleColour:
    return ModuleColour(QColor(plain["fill"]), QColor(plain["line"]))


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """A colour with `share` of itself on a ground, opaque: blending costs the raster eight times more."""
    rest = 1 - share
    return QColor.fromRgbF(
        share * colour.redF() + rest * ground.redF(),
        share * colour.greenF() + rest * ground.greenF(),
        share * colour.blueF() + rest * ground.blueF(),
    )


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1..21, as WCAG 2.2 defines it."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
