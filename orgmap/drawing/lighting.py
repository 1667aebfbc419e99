"""What stands out on the map: evidence of a finding, selection, pointer, keyboard focus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from orgmap.analysis.findings import Finding, Weight
from orgmap.i18n import Said
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId

Proposed = tuple[EndId, EndId, bool]  # source, target, two-way


@dataclass(frozen=True, slots=True, kw_only=True)
class Lighting:
    """When anything is lit, all else is faded. All ids; what the map does not have is ignored.

    `code`: of the finding. `weight`: its class, gives evidence its colour. `subjects`: whom it is about,
    with a double ring. `proposed`: links an advice would add. `away`: people and links that are drawn
    as if they were not there, pale and broken, while the rest stays as it is. `steps`: people along a
    way, numbered 1, 2, ... after the first. `selected`, `hovered`, `focused`: nodes, links or modules.
    """

    lit_nodes: frozenset[NodeId] = frozenset()
    lit_links: frozenset[LinkId] = frozenset()
    lit_modules: frozenset[ModuleId] = frozenset()
    subjects: frozenset[str] = frozenset()
    code: str = ""
    weight: Weight | None = None
    proposed: tuple[Proposed, ...] = ()
    away: frozenset[str] = frozenset()
    steps: tuple[NodeId, ...] = ()
    selected: frozenset[str] = frozenset()
    hovered: str | None = None
    focused: str | None = None

    @property
    def any_lit(self) -> bool:
        """Is anything lit, so that the rest is faded?"""
        return bool(self.lit_nodes or self.lit_links or self.lit_modules)

    @property
    def concerned(self) -> tuple[str, ...]:
        """All that it is about: what is lit, and what is away."""
        return (*self.lit_nodes, *self.lit_modules, *self.lit_links, *self.away)

    @property
    def token(self) -> str:
        """The theme token of lit evidence."""
        return self.weight.value if self.weight is not None else "accent"

    def pointing(self, *, selected: frozenset[str], hovered: str | None, focused: str | None) -> Lighting:
        """The same evidence with another selection, pointer and focus."""
        return replace(self, selected=selected, hovered=hovered, focused=focused)


UNLIT = Lighting()


@dataclass(frozen=True, slots=True)
class Lit:
    """An answer that is lit as evidence is. `what`: what it is about, for the chip that takes it away."""

    what: Said
    lighting: Lighting


def lighting_of(finding: Finding | None) -> Lighting:
    """The evidence of a finding, its subjects, and the links its first advice would add."""
    if finding is None:
        return UNLIT
    subjects = frozenset[str]((*finding.people, *finding.modules, *finding.links))
    added: list[Proposed] = []
    for advice in finding.advice[:1]:
        for before, after in advice.change.links.values():
            if before is None and after is not None:
                added.append((after.source, after.target, after.two_way))
    return Lighting(
        lit_nodes=frozenset((*finding.lit_nodes, *finding.people)),
        lit_links=frozenset((*finding.lit_links, *finding.links)),
        lit_modules=frozenset((*finding.lit_modules, *finding.modules)),
        subjects=subjects,
        code=finding.code,
        weight=finding.weight,
        proposed=tuple(added),
    )


def lighting_on(document: Document, ids: Iterable[str]) -> Lighting:
    """What was searched for: nodes, modules and links, without anybody being the subject."""
    wanted = set(ids)
    return Lighting(
        lit_nodes=frozenset(key for key in document.nodes if key in wanted),
        lit_links=frozenset(key for key in document.links if key in wanted),
        lit_modules=frozenset(key for key in document.modules if key in wanted),
    )
