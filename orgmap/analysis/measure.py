"""What is said of every measure: the words, where the numbers can lie, and when there is none.

The rows are in `catalogue_of_map`, `_of_people` and `_of_modules`, all of them in `measure_catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orgmap.i18n import Text, text


class Scope(StrEnum):
    """What a measure is about."""

    MAP = "map"
    PEOPLE = "people"
    MODULES = "modules"
    LINKS = "links"


class Notable(StrEnum):
    """Which end of a measure deserves a second look; never a verdict."""

    HIGH = "high"
    LOW = "low"
    EITHER = "either"
    NEITHER = "neither"


NOTABLE_WORDS = {
    Notable.HIGH: text("notable", "A high value is worth a look."),
    Notable.LOW: text("notable", "A low value is worth a look."),
    Notable.EITHER: text("notable", "A value far from the one by chance is worth a look, either way."),
    Notable.NEITHER: text("notable", "High or low says little by itself."),
}

SHARE = text("unit", "share, 0 to 1")
BALANCE = text("unit", "-1 to 1")
INDEX = text("unit", "index")
PEOPLE = text("unit", "people")
LINES = text("unit", "lines")
STEPS = text("unit", "steps")
PARTS = text("unit", "parts")
PAIRS = text("unit", "pairs")
RELATIONS = text("unit", "relations")
TIMES = text("unit", "pairs passed on")
HOURS = text("unit", "hours per week")

FREEMAN = "Freeman 1979, Centrality in social networks, Social Networks 1"
KRACKHARDT = "Krackhardt 1994, Graph theoretical dimensions of informal organizations"
BURT = "Burt 1992, Structural Holes"
BROKERS = "Gould and Fernandez 1989, Sociological Methodology 19"
BRANDES = "Freeman 1977, Sociometry 40; Brandes 2001"
TEXTBOOK = "Wasserman and Faust 1994, Social Network Analysis"
KRACKHARDT_STERN = "Krackhardt and Stern 1988, Social Psychology Quarterly 51"
OWN = "own definition"


@dataclass(frozen=True, slots=True)
class Range:
    """Where the numbers of a measure lie: both ends may be met; `most` None is without end."""

    least: float
    most: float | None
    words: Text


SHARES = Range(0, 1, text("range", "0 to 1"))
BALANCES = Range(-1, 1, text("range", "-1 to 1"))
MODULARITIES = Range(-0.5, 1, text("range", "-0.5 to 1"))
CONSTRAINTS = Range(0, 2, text("range", "0 to 2, seldom above 1"))
COUNTS = Range(0, None, text("range", "whole numbers from 0"))
STEPS_UP = Range(1, None, text("range", "from 1"))
AMOUNTS = Range(0, None, text("range", "from 0"))


@dataclass(frozen=True, slots=True)
class Measure:
    """The words of one measure. `source` is a citation.

    `edges`: when there is no number, and what small or odd maps do to it. `notable`: which end is
    worth a look, in words by `NOTABLE_WORDS`.
    """

    name: Text
    definition: Text
    unit: Text
    source: str
    range: Range
    notable: Notable
    edges: Text
