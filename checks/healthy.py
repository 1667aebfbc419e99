"""Organizations drawn by chance in which nothing is wrong, to plant a defect in: see `checks.planted`.

People talk both ways inside their module; every two modules that meet do so by two people of each
side; who leads a module talks with the boss, with reports and with other leads. Everybody has hours
to spare, knows something, and can reach somebody who knows the rest.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from orgmap.model.document import Document, problems
from orgmap.model.entities import (
    ChannelId,
    EndId,
    Link,
    LinkId,
    LinkKind,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
)

SMALLEST, LARGEST = 20, 200  # people
TEAM = (5, 9)  # people in a module
SPAN = 6  # leads under one director
HOURS = 30.0  # a week for talk, more than anybody here needs


@dataclass
class Organization:
    """A map in the making. `teams`: the people of each module, the first leads it."""

    chance: random.Random
    nodes: dict[NodeId, Node] = field(default_factory=dict)
    modules: dict[ModuleId, Module] = field(default_factory=dict)
    links: dict[LinkId, Link] = field(default_factory=dict)
    teams: dict[ModuleId, list[NodeId]] = field(default_factory=dict)
    top: NodeId = field(default_factory=lambda: NodeId(""))
    directors: list[NodeId] = field(default_factory=list)
    talking: set[tuple[NodeId, NodeId]] = field(default_factory=set)
    drawn: int = 0  # lines so far

    @property
    def document(self) -> Document:
        """As it stands now."""
        made = Document(nodes=self.nodes, modules=self.modules, links=self.links, serial=100_000)
        assert problems(made) == []
        return made

    @property
    def leads(self) -> list[NodeId]:
        """Who leads a module, in order of the modules."""
        return [team[0] for team in self.teams.values()]

    @property
    def staff(self) -> list[NodeId]:
        """Everybody in a module who does not lead it."""
        return [v for team in self.teams.values() for v in team[1:]]

    def person(self, *modules: ModuleId, **said: Any) -> NodeId:  # noqa: ANN401 - fields of Node
        """Somebody new."""
        key = NodeId(f"p{len(self.nodes)}")
        told: dict[str, Any] = {"level": 3, "hours": HOURS, "name": f"P{len(self.nodes)}", **said}
        self.nodes[key] = Node(id=key, modules=modules, **told)
        return key

    def module(self) -> ModuleId:
        """A new module, nobody in it."""
        key = ModuleId(f"m{len(self.modules)}")
        self.modules[key] = Module(id=key, name=f"M{len(self.modules)}")
        return key

    def link(self, source: EndId, target: EndId, **said: Any) -> LinkId:  # noqa: ANN401 - fields of Link
        """A new line, whatever is there already."""
        key = LinkId(f"l{self.drawn}")  # never one of a line taken away
        self.drawn += 1
        self.links[key] = Link(id=key, source=source, target=target, **said)
        return key

    def talk(self, one: NodeId, other: NodeId, **said: Any) -> None:  # noqa: ANN401 - fields of Link
        """They talk both ways, unless they do already."""
        pair = (min(one, other), max(one, other))
        if one != other and pair not in self.talking:
            self.talking.add(pair)
            usual = {"two_way": True, "per_week": 2.0, "minutes": 15.0, "channel": ChannelId("chat")}
            self.link(one, other, **{**usual, **said})

    def alter(self, node: NodeId, **said: Any) -> None:  # noqa: ANN401 - fields of Node
        """Say something else of somebody."""
        self.nodes[node] = replace(self.nodes[node], **said)

    def silence(self, one: set[NodeId], other: set[NodeId]) -> None:
        """Take every line of talk between the two away."""
        for key, link in list(self.links.items()):
            ends = NodeId(link.source), NodeId(link.target)
            across = (ends[0] in one and ends[1] in other) or (ends[0] in other and ends[1] in one)
            if across and link.kind is LinkKind.TALKS:
                del self.links[key]
                self.talking.discard((min(ends), max(ends)))

    def some_teams(self, many: int) -> list[list[NodeId]]:
        """The people of so many modules, by chance."""
        return self.chance.sample(list(self.teams.values()), many)

    def some(self, people: list[NodeId], many: int) -> list[NodeId]:
        """So many of them, by chance; all if there are fewer."""
        return self.chance.sample(people, min(many, len(people)))


def healthy(seed: int, people: int | None = None) -> Organization:
    """An organization of about `people`, drawn from `seed`; without `people` of 20 to 200."""
    chance = random.Random(seed)
    made = Organization(chance)
    wanted = chance.randint(SMALLEST, LARGEST) if people is None else people
    made.top = made.person(level=1, decides=True, holds_purpose=True)
    sizes: list[int] = []
    while sum(sizes) + TEAM[0] < wanted or len(sizes) < 3:
        sizes.append(chance.randint(*TEAM))
    for size in sizes:
        module = made.module()
        lead = made.person(module, level=2)
        made.teams[module] = [lead, *(made.person(module) for _ in range(size - 1))]
        made.modules[module] = replace(made.modules[module], lead=lead)
    _inside(made)
    _over(made)
    _across(made)
    _topics(made)
    _outside(made)
    return made


def _inside(made: Organization) -> None:
    """Every module: a ring, everybody with the lead, some more, and a boss for each."""
    for team in made.teams.values():
        for one, other in zip(team, [*team[1:], team[0]], strict=True):
            made.talk(one, other)
        for v in team[1:]:
            made.talk(team[0], v)
            made.link(team[0], v, kind=LinkKind.REPORTS)
        for one, other in combinations(team, 2):
            if made.chance.random() < 0.3:
                made.talk(one, other)


def _over(made: Organization) -> None:
    """The top, on large maps directors between it and the leads; leads among themselves."""
    leads = made.leads
    if len(leads) > SPAN:
        made.directors = [made.person(level=2) for _ in range(-(-len(leads) // SPAN))]
        for place, lead in enumerate(leads):
            director = made.directors[place % len(made.directors)]
            made.alter(lead, level=3)
            made.talk(director, lead)
            made.link(director, lead, kind=LinkKind.REPORTS)
        for v in made.staff:
            made.alter(v, level=4)
        for one, other in combinations(made.directors, 2):
            made.talk(one, other)
    for v in made.directors or leads:
        made.talk(made.top, v)
        made.link(made.top, v, kind=LinkKind.REPORTS)
    for place, lead in enumerate(leads):
        for step in (1, 2):
            made.talk(lead, leads[(place + step) % len(leads)])


def _across(made: Organization) -> None:
    """Two modules that meet do so by two people of each side; every module meets some others."""
    modules = list(made.teams)
    pairs = {(min(a, b), max(a, b)) for a, b in zip(modules, [*modules[1:], modules[0]], strict=True)}
    pairs |= {(min(a, b), max(a, b)) for a, b in zip(modules, [*modules[2:], *modules[:2]], strict=True)}
    while len(pairs) < min(2 * len(modules) + 2, len(modules) * (len(modules) - 1) // 2):
        a, b = made.chance.sample(modules, 2)
        pairs.add((min(a, b), max(a, b)))
    for a, b in sorted(pairs):
        here, there = made.some(made.teams[a][1:], 2), made.some(made.teams[b][1:], 2)
        for one, other in zip(here, there, strict=True):
            made.talk(one, other)
        if made.chance.random() < 0.3:
            needed = made.link(here[0], there[0], kind=LinkKind.NEEDS, step=1)
            assert needed in made.links


def _topics(made: Organization) -> None:
    """Each module knows its own thing, by somebody senior and two others; some seek it."""
    for place, team in enumerate(made.teams.values()):
        topic = f"topic {place}"
        for v in (team[0], *made.some(team[1:], 2)):
            made.alter(v, knows=(topic,))
        seeker = made.chance.choice(team[1:])
        if not made.nodes[seeker].knows:
            made.alter(seeker, seeks=(topic,))


def _outside(made: Organization) -> None:
    """Customers who talk with two people each, one of whom leads a module."""
    for number, team in enumerate(made.some_teams(2)):
        customer = made.person(kind=NodeKind.OUTSIDE, level=None, hours=None, name=f"Customers {number}")
        for v in (team[0], made.chance.choice(team[1:])):
            made.talk(customer, v)
