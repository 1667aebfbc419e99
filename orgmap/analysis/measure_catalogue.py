"""What every measure is called, means, is counted in, and where it is from: shown beside the numbers.

The order is that of tables and of `analyze --json`. How each is computed stands with the function.
"""

from __future__ import annotations

from collections.abc import Mapping

from orgmap.analysis.catalogue_of_map import OF_MAP
from orgmap.analysis.catalogue_of_modules import OF_LINKS, OF_MODULES
from orgmap.analysis.catalogue_of_people import OF_PEOPLE
from orgmap.analysis.measure import BALANCE, HOURS, NOTABLE_WORDS, SHARE, Measure, Notable, Range, Scope

__all__ = [
    "BALANCE",
    "HOURS",
    "MEASURES",
    "NOTABLE_WORDS",
    "POSTURE",
    "SHARE",
    "Measure",
    "Notable",
    "Range",
    "Scope",
]

MEASURES: Mapping[Scope, Mapping[str, Measure]] = {
    Scope.MAP: OF_MAP,
    Scope.PEOPLE: OF_PEOPLE,
    Scope.MODULES: OF_MODULES,
    Scope.LINKS: OF_LINKS,
}
"""By the key in `Report` and in JSON."""

POSTURE: Mapping[Scope, tuple[str, ...]] = {
    Scope.MAP: (
        "listening_share",
        "reciprocity_arc",
        "centralization_in",
        "centralization_out",
        "closed_link_share",
    ),
    Scope.MODULES: (
        "listening_share",
        "reciprocity",
        "centralization_in",
        "centralization_out",
        "closed_link_share",
    ),
}
"""From broadcast to organizing: how a map, or a module, stands to what comes back. A profile of five
numbers, to be read side by side; never one score."""
