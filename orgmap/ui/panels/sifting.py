"""Which findings a list shows: those of one kind, about one module, about one person. Plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from orgmap.analysis.findings import Finding
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above


@dataclass(frozen=True, slots=True)
class Sift:
    """What a finding must have to be shown; None asks nothing."""

    code: str | None = None
    module: ModuleId | None = None
    person: NodeId | None = None

    def __bool__(self) -> bool:
        return (self.code, self.module, self.person) != (None, None, None)

    def passes(self, finding: Finding, document: Document) -> bool:
        """Is this finding shown?"""
        return (
            (self.code is None or finding.code == self.code)
            and (self.module is None or self.module in modules_of(finding, document))
            and (self.person is None or self.person in people_of(finding, document))
        )


def people_of(finding: Finding, document: Document) -> set[NodeId]:
    """The people a finding is about: its subjects, and the ends of lines it is about."""
    links = (document.links[key] for key in finding.links if key in document.links)
    ends = {end for link in links for end in (link.source, link.target)}
    return {*finding.people, *(cast(NodeId, end) for end in ends if end in document.nodes)}


def modules_of(finding: Finding, document: Document) -> set[ModuleId]:
    """The modules a finding is about: its subjects, those of its people, and all they lie in."""
    links = (document.links[key] for key in finding.links if key in document.links)
    own = {end for link in links for end in (link.source, link.target) if end in document.modules}
    inner = {*finding.modules, *(cast(ModuleId, end) for end in own)}
    for person in people_of(finding, document):
        if person in document.nodes:
            inner.update(document.nodes[person].modules)
    return {module.id for key in inner for module in above(document, key)}


def occurring(
    findings: Iterable[Finding], document: Document
) -> tuple[Counter[str], Counter[ModuleId], Counter[NodeId]]:
    """How many findings there are of each kind, about each module and each person."""
    codes, modules, people = Counter[str](), Counter[ModuleId](), Counter[NodeId]()
    for finding in findings:
        codes[finding.code] += 1
        modules.update(modules_of(finding, document))
        people.update(people_of(finding, document))
    return codes, modules, people
