"""The classes in which everything drawn falls, where measures colour it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orgmap.drawing.columns import Ints
from orgmap.drawing.gauges import UNSAID, Gauge
from orgmap.drawing.looks import Looks


@dataclass(frozen=True, eq=False)
class Shades:
    """The class of every row of a scene: of people, of links, of modules; `UNSAID` without one."""

    people: Ints
    lines: Ints
    modules: Ints

    @staticmethod
    def of(
        looks: Looks, people: Sequence[str], links: Sequence[str], modules: Sequence[str], stands: Ints
    ) -> Shades:
        """Of rows with these ids. `stands`: by which row each link is drawn, -1 by none; a line that
        stands for several is of the highest class among them."""
        found, drawn = _classes(looks.lines, links), stands >= 0
        lines = np.full(len(found), UNSAID, np.int32)
        np.maximum.at(lines, stands[drawn], found[drawn])
        return Shades(_classes(looks.colour, people), lines, _classes(looks.grounds, modules))


def _classes(measure: Gauge | None, ids: Sequence[str]) -> Ints:
    return np.full(len(ids), UNSAID, np.int32) if measure is None else measure.rows(ids)
