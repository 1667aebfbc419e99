"""A measure shown on the map: which class each value falls in, in which tone and how large it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtGui import QColor

from orgmap.drawing.columns import RADIUS, SHAPE, Floats, Ints, Nodes, radius
from orgmap.drawing.style import Theme, mixed
from orgmap.i18n import Text, language, text
from orgmap.model.document import Document
from orgmap.model.entities import NodeKind

CLASSES = 5  # tones that can be told apart, on paper too
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)  # times a power of ten: steps that are read at a glance
COUNTED = (1.0, 2.0, 3.0, 4.0, 5.0, 10.0)  # steps of what is counted in ones
UNSAID = -1  # the class of what has no value
PALEST, FRAME_FULLEST = 0.1, 0.42  # shares of the full tone
PALE_LINE = 0.55  # share of the usual colour in the palest line, which has to be seen on every ground
SMALLEST, LARGEST = 0.62, 1.55  # times the usual radius

_BETWEEN = text("legend", "{low} to {high}")
_FROM = text("legend", "{low} and more")
_BELOW = text("legend", "below {high}")


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure of people, links or modules, in classes.

    `values` by id, infinite where something lies beyond every number, and missing where it is not
    defined; `edges`: between the classes, rising: class k holds edges[k-1] <= value < edges[k].
    `single`: each class is one number, its own; `beyond`: what an infinite value means.
    """

    title: Text
    values: Mapping[str, float]
    edges: tuple[float, ...]
    lowest: float
    highest: float
    single: bool = False
    beyond: Text | None = None

    @property
    def classes(self) -> int:
        """How many, the one beyond included."""
        return len(self.edges) + 1 + (self.beyond is not None)

    @property
    def whole(self) -> bool:
        """Are all numbers whole, as when people are counted?"""
        return _whole(self.values.values())

    @property
    def samples(self) -> list[float]:
        """Values whose sizes a legend shows: the lowest, one in the middle, the highest."""
        middle = (self.lowest + self.highest) / 2
        if self.whole:
            middle = round(middle)
        return sorted({self.lowest, middle, self.highest})

    def rows(self, ids: Sequence[str]) -> Ints:
        """The class of each, `UNSAID` for those without a value."""
        values = self.of(ids)
        found = np.digitize(values, self.edges)
        found[np.isinf(values)] = self.classes - 1
        return np.where(np.isnan(values), UNSAID, found).astype(np.int32)

    def of(self, ids: Sequence[str]) -> Floats:
        """The value of each, nan for those without."""
        return np.array([self.values.get(key, math.nan) for key in ids], dtype=np.float64)

    def words(self, which: int) -> str:
        """What a class holds, as in "0.2 to 0.4"; counted things stand in one class only: "2 to 3"."""
        number = language().number
        if self.beyond is not None and which == self.classes - 1:
            return str(self.beyond())
        if self.single:
            return number((self.lowest, *self.edges)[which])
        if self.whole:
            low, high = (self.lowest, *self.edges)[which], (*self.edges, self.highest + 1)[which] - 1
            return number(low) if low == high else str(_BETWEEN(low=number(low), high=number(high)))
        if which == 0:
            return str(_BELOW(high=number(self.edges[0])))
        if which == len(self.edges):
            return str(_FROM(low=number(self.edges[-1])))
        return str(_BETWEEN(low=number(self.edges[which - 1]), high=number(self.edges[which])))


def gauge(title: Text, values: Mapping[str, float], beyond: Text | None = None) -> Gauge | None:
    """The gauge of these values: each number its own class if there are few, else equal steps.

    None if nothing has a number. `beyond`: what infinite values mean.
    """
    finite = sorted({value for value in values.values() if math.isfinite(value)})
    if not finite:
        return None
    endless = beyond if any(math.isinf(value) for value in values.values()) else None
    low, high = finite[0], finite[-1]
    if len(finite) <= CLASSES:
        return Gauge(title, values, tuple(finite[1:]), low, high, single=True, beyond=endless)
    return Gauge(title, values, _steps(low, high, whole=_whole(finite)), low, high, beyond=endless)


def _whole(values: Iterable[float]) -> bool:
    return all(value == int(value) for value in values if math.isfinite(value))


def _steps(low: float, high: float, *, whole: bool) -> tuple[float, ...]:
    """Round numbers between the lowest and the highest, at most one fewer than there are classes."""
    rough = (high - low) / CLASSES
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [nice * power for nice in (COUNTED if whole and power < 10 else NICE)]
    step = next(step for step in steps if step >= rough * (1 - 1e-9))
    first = math.floor(low / step) + 1
    edges = [round(step * k, 12) for k in range(first, first + CLASSES)]
    return tuple(edge for edge in edges if low < edge <= high)[: CLASSES - 1]


def tone(theme: Theme, which: int, classes: int) -> QColor:
    """The fill of a person of a class: from nearly the ground of signs to the full accent."""
    return mixed(theme["accent"], theme["node"], _share(which, classes, PALEST))


def line_tone(theme: Theme, which: int, classes: int) -> QColor:
    """The colour of a line of a class: from paler than usual to the colour of alarm."""
    pale = mixed(theme["link"], theme["ground"], PALE_LINE)
    return mixed(theme["act"], pale, _share(which, classes, 0.0))


def frame_tone(theme: Theme, which: int, classes: int) -> QColor:
    """The ground of a module of a class, on which its name and its people can be seen."""
    return mixed(theme["accent"], theme["ground"], FRAME_FULLEST * _share(which, classes, PALEST))


def _share(which: int, classes: int, palest: float) -> float:
    return 1.0 if classes < 2 else palest + (1 - palest) * which / (classes - 1)


def sized(document: Document, nodes: Nodes, size: Gauge | None, before: Gauge | None = None) -> Nodes:
    """The columns with the radius that the gauge gives; without one that of the levels.

    `before`: the gauge that gave the radius they have. The area grows with the value, from the lowest
    to the highest; who has no value is as small as the lowest. O(nodes), nothing without a gauge.
    """
    if size == before:
        return nodes
    return replace(nodes, radius=_usual(document, nodes) if size is None else _radii(nodes, size))


def radius_of(gauge: Gauge, value: float) -> float:
    """Half the width of a person with this value, map units."""
    return float(RADIUS * _grown(gauge, np.array([value]))[0])


def _grown(size: Gauge, values: Floats) -> Floats:
    span = size.highest - size.lowest
    share = np.clip((np.nan_to_num(values, nan=size.lowest) - size.lowest) / span, 0, 1) if span > 0 else 0.5
    grown: Floats = np.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * share) + np.zeros(len(values))
    return grown


def _radii(nodes: Nodes, size: Gauge) -> Floats:
    shape = np.array([SHAPE[kind] for kind in NodeKind])[nodes.kind]
    made: Floats = np.round(RADIUS * _grown(size, size.of(nodes.ids)), 1) * shape
    return made


def _usual(document: Document, nodes: Nodes) -> Floats:
    return np.array([radius(document.nodes[key]) for key in nodes.ids], dtype=np.float64)
