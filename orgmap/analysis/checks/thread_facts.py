"""Where two modules, or two parts of the map, hang on one person or one line; facts, no words.

A linking person of A to B is a member of A with a two-way line to a member of B, or a member of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from orgmap.analysis.checks.bridges import Line, sides
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.grouping import same
from orgmap.analysis.paths import cut_points, parts_without
from orgmap.model.entities import ModuleId, NodeId

MIN_NEEDED = 2  # people in each module from which a thread counts where their work needs each other

Pair = tuple[ModuleId, ModuleId]


@dataclass(frozen=True, slots=True)
class Thread:
    """What joins `here` and `there`: `lines`, pairs of T in order of id.

    `people`: whoever is an end of all of them; two for a single line, one otherwise. `modules` is
    None for a line between parts of the map that are not two modules. `splits`: without it the map
    falls in two. `needed`: the work of one side needs that of the other.
    """

    here: tuple[NodeId, ...]
    there: tuple[NodeId, ...]
    lines: tuple[Line, ...]
    people: tuple[NodeId, ...]
    modules: Pair | None = None
    splits: bool = False
    needed: bool = False

    @property
    def heavy(self) -> bool:
        """Is it one to act on?"""
        return self.splits or self.needed


def threads(situation: Situation) -> list[Thread]:
    """All of them: pairs of modules by name of id, then lines between other parts of the map."""
    apart = sides(situation)
    between = _between_modules(situation, apart)
    told = {t.lines[0] for t in between if len(t.lines) == 1}
    lines = [
        Thread(here=here, there=there, lines=(line,), people=line, splits=True)
        for line, (here, there) in apart.items()
        if line not in told
    ]
    return between + lines


@once
def meetings(situation: Situation) -> dict[Pair, list[Line]]:
    """For each pair of modules, neither inside the other, who links them. O(lines of T)."""
    maps, document = situation.maps, situation.document
    modules = {v: maps.modules_of(v) & maps.members.keys() for v in maps.nodes}
    found: dict[Pair, list[Line]] = {}
    pairs: dict[Pair, Pair | None] = {}
    for u, v in maps.two_way.edges:
        line = (min(u, v), max(u, v))
        for a in modules[u]:
            for b in modules[v]:
                if (a, b) not in pairs:
                    pairs[a, b] = None if a == b else pair_of(situation, a, b)
                if (pair := pairs[a, b]) is not None:
                    found.setdefault(pair, []).append(line)
    for v in maps.nodes:
        if len(document.nodes[v].modules) > 1:
            for a, b in combinations(sorted(modules[v]), 2):
                if (pair := pair_of(situation, a, b)) is not None:
                    found.setdefault(pair, []).append((v, v))
    return {pair: sorted(set(lines)) for pair, lines in sorted(found.items())}


def gates(situation: Situation) -> set[NodeId]:
    """People through whom every two-way line of their own module runs that leaves it."""
    maps, found = situation.maps, set[NodeId]()
    for own in map(set, maps.members.values()):
        leaving = {v for v in own if maps.two_way.adj[v].keys() - own}
        if len(leaving) == 1 and len(own) > 1:
            found |= leaving
    return found


def _between_modules(situation: Situation, apart: Collection[Line]) -> list[Thread]:
    maps, needed = situation.maps, _needed(situation)
    least = int(situation.cut("single-thread.people"))
    found: list[Thread] = []
    for (a, b), lines in meetings(situation).items():
        here, there = (tuple(maps.members[m]) for m in (a, b))
        wanted = (a, b) in needed
        if min(_able(situation, here), _able(situation, there)) < (
            min(MIN_NEEDED, least) if wanted else least
        ):
            continue
        people = tuple(sorted(set.intersection(*({u, v} for u, v in lines))))
        if not people or not set(people) & situation.people:
            continue
        real = tuple(line for line in lines if line[0] != line[1])
        splits = real[0] in apart if len(lines) == 1 and real else _splits(situation, people, here, there)
        found.append(Thread(here, there, real, people, (a, b), splits, wanted))
    outermost: list[Thread] = []
    for _, alike in same(found, lambda t: (t.lines, t.people)):
        outermost += [t for t in alike if not any(_around(other, t) for other in alike if other is not t)]
    return sorted(outermost, key=lambda t: t.modules or ())


def _able(situation: Situation, side: Iterable[NodeId]) -> int:
    return sum(1 for v in side if v in situation.people)


def _around(outer: Thread, inner: Thread) -> bool:
    """Of nested pairs on the same thread the outer says more; of equal ones the first by id."""
    sides = set(outer.here), set(outer.there)
    ends = set(inner.here), set(inner.there)
    holds = any(ends[0] <= one and ends[1] <= other for one, other in (sides, sides[::-1]))
    equal = sides in (ends, ends[::-1])
    return holds and (not equal or (outer.modules or ()) < (inner.modules or ()))


def pair_of(situation: Situation, a: ModuleId, b: ModuleId) -> Pair | None:
    """The pair in order of id, if neither module lies in the other."""
    own, other = situation.inside(a), situation.inside(b)
    return None if a in other or b in own else (min(a, b), max(a, b))


def _needed(situation: Situation) -> set[Pair]:
    """Pairs of modules one of whose work needs the other's, be it said of them or of their people."""
    maps, found = situation.maps, set[Pair]()
    for one, other in maps.needs.edges:
        for a in _modules_at(situation, one):
            for b in _modules_at(situation, other):
                if a != b:
                    found.add((min(a, b), max(a, b)))
    return found


def _modules_at(situation: Situation, end: NodeId | ModuleId) -> Iterable[ModuleId]:
    modules = situation.document.modules
    if end in modules:
        return [m for m in modules if end in situation.inside(m)]
    return situation.maps.modules_of(NodeId(end))


def _splits(
    situation: Situation, people: tuple[NodeId, ...], here: tuple[NodeId, ...], there: tuple[NodeId, ...]
) -> bool:
    """Without the one person, do the two modules lie in different parts, each large enough?"""
    if len(people) != 1 or people[0] not in cut_points(situation.maps):
        return False
    least = situation.cut("single-thread.people")
    parts = [set(part) for part in parts_without(situation.maps, people[0]) if len(part) >= least]
    one = {i for i, part in enumerate(parts) if part & set(here)}
    other = {i for i, part in enumerate(parts) if part & set(there)}
    return bool(one and other) and not one & other
