"""A chart as plain values: what is marked where, what it is called, what it says in words.

How it is drawn is in `orgmap.ui.charts.plot`, what each kind of chart shows in its own module. Everything
that colour or place says stands in `summary`, in the words of a mark, and in `rows`, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from orgmap.i18n import Said

Box = tuple[float, float, float, float]  # left, foot, right, head


class Kind(StrEnum):
    """The charts there are."""

    DISTRIBUTION = "distribution"
    SCATTER = "scatter"
    CHANGE = "change"
    ROBUSTNESS = "robustness"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis, seen from `least` to `most`. `ticks`: places with words, where numbers would say nothing."""

    label: str
    least: float
    most: float
    ticks: tuple[tuple[float, str], ...] | None = None
    whole: bool = False  # only whole numbers are marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something drawn that stands for people, modules or links: a click selects `ids`.

    A dot at `x`, `y`; with `box` a bar instead, whose words belong at `x`, `y`; with `came` a dot that
    has moved here from there. `told`: a sentence for hovering and reading out. `name`: written beside it
    where there is room. `over`: worth a second look, drawn with another sign.
    """

    ids: tuple[str, ...]
    x: float
    y: float
    told: Callable[[], Said]
    name: str = ""
    box: Box | None = None
    came: tuple[float, float] | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points, called by its name at its end."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A thin line right across: upright at x, level at y, or with neither from corner to corner."""

    name: str
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What there is to see. `named`: the marks whose names matter, the most important first.

    `empty`: why there is nothing, else None. `heads`, `rows`: its numbers in full for a spreadsheet.
    `signs`: what the drawing's signs mean, as pairs of a sign's name and words.
    """

    kind: Kind
    title: str
    across: Axis = Axis("", 0.0, 1.0)
    up: Axis = Axis("", 0.0, 1.0)
    marks: tuple[Mark, ...] = ()
    curves: tuple[Curve, ...] = ()
    guides: tuple[Guide, ...] = ()
    named: tuple[int, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    summary: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    empty: Said | None = None


def padded(values: Sequence[float], room: float = 0.06) -> tuple[float, float]:
    """What an axis shows so that all values stand clear of its ends; 0 and 1 if there are none."""
    if not values:
        return 0.0, 1.0
    least, most = min(values), max(values)
    gap = (most - least) * room or max(abs(most), 1.0) * room
    return least - gap, most + gap
