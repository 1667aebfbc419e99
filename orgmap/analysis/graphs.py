"""From a document to its graphs: the only place that says what an arc is.

An arc u to v says that information can go straight from u to v. Definitions: `docs/findings.md`,
"Ground rules".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, cast

import networkx as nx

from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, ModuleId, NodeId, NodeKind, Status
from orgmap.model.query import above, home, inside, is_person, members

FIRST = 1  # the level of the top where nobody stands above it

DiGraph: TypeAlias = "nx.DiGraph[NodeId]"
Graph: TypeAlias = "nx.Graph[NodeId]"


@dataclass
class Arc:
    """What carries an arc: its links, and contacts per week if any of them says so."""

    links: list[LinkId] = field(default_factory=list)
    per_week: float | None = None


class Maps:
    """The graphs of one document, each made when first asked for. Never alter them.

    `flow` F, `two_way` T, `reports` R, `needs` N; nodes in order of id, so that nothing depends
    on the order in which a map was drawn. F and T hold persons and roles.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        nodes = document.nodes.values()
        self.nodes: list[NodeId] = sorted(n.id for n in nodes if n.kind in (NodeKind.PERSON, NodeKind.ROLE))
        self.people: list[NodeId] = [v for v in self.nodes if is_person(document.nodes[v])]
        self.index = {v: i for i, v in enumerate(self.nodes)}

    @cached_property
    def arcs(self) -> dict[tuple[NodeId, NodeId], Arc]:
        """Every arc of F, from all talks links that are not proposed."""
        return self._arcs(self.index)

    @cached_property
    def all_arcs(self) -> dict[tuple[NodeId, NodeId], Arc]:
        """As `arcs`, with outside parties and sources, for the checks that name them."""
        if len(self.index) == len(self.document.nodes):
            return self.arcs
        return self._arcs(dict.fromkeys(self.document.nodes, 0))

    @cached_property
    def flow(self) -> DiGraph:
        """F: who can tell whom."""
        graph: DiGraph = nx.DiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from(self.arcs)
        return graph

    @cached_property
    def two_way(self) -> Graph:
        """T: pairs between which information can go both ways directly."""
        graph: Graph = nx.Graph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from((u, v) for u, v in self.arcs if u < v and (v, u) in self.arcs)
        return graph

    @cached_property
    def reports(self) -> DiGraph:
        """R: boss to report."""
        graph: DiGraph = nx.DiGraph()
        graph.add_nodes_from(self.nodes)
        for link in self.document.links.values():
            if link.kind is LinkKind.REPORTS and link.status is not Status.PROPOSED:
                graph.add_edges_from(
                    (u, v) for u, v in self.pairs(link) if u in self.index and v in self.index
                )
        return graph

    @cached_property
    def needs(self) -> nx.DiGraph[EndId]:
        """N: whose work needs whose, between nodes and modules as drawn."""
        graph: nx.DiGraph[EndId] = nx.DiGraph()
        for link in self.document.links.values():
            if link.kind is LinkKind.NEEDS and link.status is not Status.PROPOSED:
                graph.add_edge(link.source, link.target)
        return graph

    @cached_property
    def members(self) -> dict[ModuleId, list[NodeId]]:
        """Who is in each module or in one nested in it; persons and roles, in order of id."""
        direct = members(self.document)
        found: dict[ModuleId, list[NodeId]] = {}
        for module in self.document.modules:
            everyone = {v for m in inside(self.document, module) for v in direct[m]}
            found[module] = sorted(everyone & self.index.keys())
        return found

    @cached_property
    def home(self) -> dict[NodeId, ModuleId | None]:
        """The home module of each person, None for those without."""
        return {v: home(self.document.nodes[v]) for v in self.nodes}

    @cached_property
    def top_level(self) -> int:
        """The level of the top: 1, or a lower one on a map that counts from 0."""
        levels = (self.document.nodes[v].level for v in self.nodes)
        return min((level for level in levels if level is not None and level < FIRST), default=FIRST)

    def modules_of(self, node: NodeId) -> set[ModuleId]:
        """Every module the person is in, those around them too."""
        return {m.id for own in self.document.nodes[node].modules for m in above(self.document, own)}

    def name(self, end: EndId) -> str:
        """The name of a node or module, its id if it has none."""
        found = self.document.end(end)
        return str(end) if found is None else found.name or str(end)

    def carriers(self, end: EndId, other: EndId | None = None) -> list[NodeId]:
        """Who speaks for an end of a line: the node itself; for a module its lead, else every member.

        On a line between a module and its own lead, `other`, the members are meant.
        """
        if end in self.document.nodes:
            return [cast(NodeId, end)]
        module = self.document.modules.get(cast(ModuleId, end))
        if module is None:
            return []
        if module.lead is not None and module.lead != other and module.lead in self.document.nodes:
            return [module.lead]
        return self.members[module.id]

    def pairs(self, link: Link) -> Iterator[tuple[NodeId, NodeId]]:
        """Whom a link joins to whom, in its direction: everybody who speaks for its ends."""
        for u in self.carriers(link.source, link.target):
            for v in self.carriers(link.target, link.source):
                if u != v:
                    yield u, v

    def carries_answer(self, link: Link) -> bool:
        """Is the link two-way on a channel on which an answer can travel?"""
        if not link.two_way:
            return False
        channel = self.document.channels.get(link.channel) if link.channel is not None else None
        return channel is None or channel.answers

    def _arcs(self, wanted: dict[NodeId, int]) -> dict[tuple[NodeId, NodeId], Arc]:
        arcs: dict[tuple[NodeId, NodeId], Arc] = {}
        talk_too = self.document.info.reporting_is_talk
        for link in self.document.links.values():
            spoken = link.kind is LinkKind.TALKS or (talk_too and link.kind is LinkKind.REPORTS)
            if not spoken or link.status is Status.PROPOSED:
                continue
            both = link.kind is LinkKind.REPORTS or self.carries_answer(link)
            pairs = [(u, v) for u, v in self.pairs(link) if u in wanted and v in wanted]
            each = None if link.per_week is None else link.per_week / max(len(pairs), 1)
            for u, v in pairs:
                for arc in ((u, v), (v, u)) if both else ((u, v),):
                    found = arcs.setdefault(arc, Arc())
                    found.links.append(link.id)
                    if each is not None:
                        found.per_week = (found.per_week or 0.0) + each
        return dict(sorted(arcs.items()))
