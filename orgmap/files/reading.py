"""What every reader is asked and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from orgmap.errors import UsageError
from orgmap.i18n import Said, text
from orgmap.model.document import Document

_RANGE = text("files", "{name} cannot be {value}; it can be {allowed}.")


class RowKind(StrEnum):
    """What a row without a kind of its own means."""

    TALKS = "talks"
    REPORTS = "reports"  # the first reports to the second
    NEEDS = "needs"  # the work of the first needs that of the second
    MEMBER = "member"  # the first belongs to module second
    PART_OF = "part-of"  # module first lies in module second


class Arrows(StrEnum):
    """Which way information flows along the arrow of a foreign file."""

    FLOW = "flow"
    ASKS = "asks"  # the arrow names whom one asks, so information flows the other way


class Way(StrEnum):
    """Which way information flows between who answers a question of a survey and whom the answer names."""

    FLOW = "flow"  # to the one named
    ASKS = "asks"  # to the one who answers
    BOTH = "both"
    SKIP = ""  # the question is left out


class Weight(StrEnum):
    """What a column called weight holds."""

    STRENGTH = "strength"  # thickness only
    PER_WEEK = "per_week"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One cell of a table. `place` and `row` as in a `Note`, where no two files that are read together are
    called the same; `column` counts from 1.
    """

    place: str
    row: int
    column: int


class Form(StrEnum):
    """What the rows of a table are."""

    LINKS = "links"
    PEOPLE = "people"
    MATRIX = "matrix"  # who across, who down, a number or a word where there is a link
    SURVEY = "survey"  # answers of people who were asked about others


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read a foreign file. None everywhere: find out. `form`: what its table is.

    `links` are further link tables, each with options of its own; `people` a table of people and
    modules. `mapping` overrides what columns mean: header (or column number from 1, as text) to a
    field of `orgmap.files.columns`, "" to keep the column as an extra. `sheets` names those of a
    workbook that count; else all that are not hidden do. The native file ignores all.

    `corrections` are cells as the user wrote them over those of the file; `left_out` the rows, by place
    and number as in notes, that are not to be read; `same` spellings that mean a name of the file:
    whatever is called by the key is read as if it were called by the value. `ways`: per question of a
    survey, by the name `Preview.questions` gives it, which way it is read.
    """

    form: Form | None = None
    kind: RowKind = RowKind.TALKS
    arrows: Arrows | None = None
    undirected: bool = False
    weight: Weight = Weight.STRENGTH
    delimiter: str | None = None
    encoding: str | None = None
    header: bool | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    people: Path | None = None
    links: tuple[tuple[Path, ReadOptions], ...] = ()
    sheets: tuple[str, ...] = ()
    corrections: Mapping[Spot, str] = field(default_factory=dict)
    left_out: frozenset[tuple[str, int]] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Words become members, so that a command line may hand on what was typed."""
        kinds = (("kind", RowKind), ("arrows", Arrows), ("weight", Weight))
        for name, kind in kinds:
            value = getattr(self, name)
            if value is None and name == "arrows":
                continue
            try:
                object.__setattr__(self, name, kind(value))
            except ValueError:
                allowed = ", ".join(member.value for member in kind)
                raise UsageError(_RANGE(name=name, value=str(value), allowed=allowed)) from None


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a reader had to decide, mend or leave out.

    `row`: number of the row in its table, the header counting as one; None outside tables.
    `place`: file and path within it. `column`, from 1: the cell that is in doubt, if it is one, which
    holds `cell`; `offers`: what it could be instead, the likeliest first. `spellings`: two names of the
    file that may be one person or module, the one met more often first. `left_out`: nothing of the row
    was read. `more`: it stands for so many of a kind that are not listed one by one.
    """

    row: int | None
    place: str
    message: Said
    column: int | None = None
    cell: str = ""
    offers: tuple[str, ...] = ()
    spellings: tuple[str, str] | None = None
    left_out: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that keeps its rules, and what was noted on the way.

    `placed`: every node has a place on the map. `native`: it came from the program's own format. `kept`: per
    table where it stands and the columns no field is known for, which are kept as they are.
    """

    document: Document
    notes: tuple[Note, ...] = ()
    placed: bool = False
    native: bool = False
    kept: tuple[tuple[str, tuple[str, ...]], ...] = ()


def opened(document: Document, notes: list[Note], *, native: bool = False) -> Opened:
    """The answer of a reader."""
    placed = all(node.x is not None for node in document.nodes.values())
    return Opened(document, tuple(notes), placed, native)
