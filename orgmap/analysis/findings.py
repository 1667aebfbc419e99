"""What the analysis says: `Finding` and `Report`, plain values that cross processes.

The definitions of the codes are in `docs/findings.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from orgmap.i18n import Said
from orgmap.model.document import Change
from orgmap.model.entities import LinkId, ModuleId, NodeId

SELDOM = 0.05  # what chance draws on at most one map of twenty is rare
AT_FIRST = 7  # findings shown before "more": what a room can hold in its head


class Weight(StrEnum):
    """The class of a finding: act on it, look at it, take note of it."""

    ACT = "act"
    LOOK = "look"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 is the heaviest."""
        return (Weight.ACT, Weight.LOOK, Weight.NOTE).index(self)


class Firmness(StrEnum):
    """How much of a finding hangs on lines that may have been forgotten or imagined."""

    FIRM = "firm"
    FEW_LINES = "rests on a few lines"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Rarity:
    """On `count` of `of` maps shuffled by chance a number was at least as large as on this map."""

    count: int
    of: int

    @property
    def p(self) -> float:
        """How likely that is if chance drew the lines, 0 < p <= 1; this map counts as one drawn."""
        return (1 + self.count) / (1 + self.of)

    @property
    def rare(self) -> bool:
        """Would chance draw it on at most one map of twenty?"""
        return self.p <= SELDOM


@dataclass(frozen=True, slots=True)
class Advice:
    """One change that could be tried, in a sentence; it applies to the document analysed.

    `gain`: what it mends, by the lines it adds (at least 1), in what the finding counts: people who
    gain a way to answer, pairs that no longer hang on one person, hours relieved. >= 0; the advices of
    a finding stand in this order, the largest first. `gained`: the same in words, None where `text`
    says it already.
    """

    text: Said
    change: Change
    gain: float = 0.0
    gained: Said | None = None


Fact = None | bool | int | float | str | tuple[str, ...] | Mapping[str, "Fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the analysis says.

    `people`, `modules`, `links` are whom it is about (its subjects); whom it reaches or cuts off
    stands in `evidence` under a name, as ids or numbers. `lit_nodes`, `lit_links`, `lit_modules`
    are what to light on the map: subjects and evidence. `severity` is in 0..1: the share of the
    people concerned. `rarity`: how often chance would draw as much; `firmness`: does it stand with
    some lines fewer or more; `sure`: both in words. None while, or where, they are not worked out.
    `told_with`: the subject of a finding of the same cause that leads, and `also` what those claim
    that are told with this one; see `causes`. With `judged` false it is no finding but a note that
    says what is missing.
    """

    code: str
    weight: Weight
    severity: float
    claim: Said
    because: Said
    question: Said
    people: tuple[NodeId, ...] = ()
    modules: tuple[ModuleId, ...] = ()
    links: tuple[LinkId, ...] = ()
    advice: tuple[Advice, ...] = ()
    evidence: Mapping[str, Fact] = field(default_factory=dict)
    lit_nodes: tuple[NodeId, ...] = ()
    lit_links: tuple[LinkId, ...] = ()
    lit_modules: tuple[ModuleId, ...] = ()
    judged: bool = True
    firmness: Firmness | None = None
    rarity: Rarity | None = None
    sure: Said | None = None
    told_with: tuple[str, tuple[str, ...]] | None = None
    also: tuple[Said, ...] = ()
    source: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Class, severity, code, id: same map and seed, same list."""
        return (
            not self.judged,
            self.weight.rank,
            -round(self.severity, 9),
            self.code,
            (self.people, self.modules, self.links),
        )

    @property
    def key(self) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The same finding on two maps, or before and after an edit, has the same key."""
        return (self.code, self.people, self.modules, self.links)

    @property
    def subject(self) -> tuple[str, tuple[str, ...]]:
        """The code and whom it is about: by this a remark of the room is found again."""
        return (self.code, (*self.people, *self.modules, *self.links))


Number = float | int | None
Numbers = Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer of one run. Measures are None where undefined; names as in `contract` keys."""

    seed: int = 1
    map: Numbers = field(default_factory=dict)
    people: Mapping[NodeId, Numbers] = field(default_factory=dict)
    modules: Mapping[ModuleId, Numbers] = field(default_factory=dict)
    links: Mapping[LinkId, Mapping[str, Number | bool]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def judged(self) -> tuple[Finding, ...]:
        """The findings proper, in their order."""
        return tuple(f for f in self.findings if f.judged)

    @property
    def leading(self) -> tuple[Finding, ...]:
        """The findings proper, each cause once: without those that are told with another."""
        return tuple(f for f in self.judged if f.told_with is None)

    @property
    def not_judged(self) -> tuple[Finding, ...]:
        """The notes that say what is missing."""
        return tuple(f for f in self.findings if not f.judged)
