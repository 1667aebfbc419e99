"""bottleneck, for modules: what the people of the other modules lose while a whole module is away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from orgmap.analysis.catalogue import BOTTLENECK, ENTRIES
from orgmap.analysis.checks.bottlenecks import MOST_NAMED, ROUNDING, holds, spared_words, without_why
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.distances import MOST_CELLS, NO_WAY, Indices, Steps, distances, steps_to
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.paths import indices, parts_left
from orgmap.analysis.reliance import Reliance, can_count
from orgmap.analysis.repairs import MOST, known, named_first, ranked, talking
from orgmap.i18n import Said, text
from orgmap.model.entities import ModuleId, NodeId

COMPARED = 24  # pairs who could talk past the module and are compared
SAMPLE = 64  # people looked at first on a large map; half the cut-off among them calls for all

_CUT = text(
    "finding",
    "{n} person of other modules stays in touch with the rest only through people of {module}.",
    "{n} people of other modules stay in touch with the rest only through people of {module}.",
)
_CUT_NAMED = text(
    "finding",
    "{names} stays in touch with the rest only through people of {module}.",
    "{names} stay in touch with the rest only through people of {module}.",
)
_LONG = text(
    "finding", "Many people of other modules reach each other quickly only through people of {module}."
)
_ASK = text("finding", "Which of the others should meet without {module} between them?")
_LESS = text("advice", "less goes through {module}")


@dataclass(frozen=True, slots=True)
class Absent:
    """What the others lose: ordered pairs of them, and who falls off the largest part."""

    lost: int
    lengthened: int
    of: int
    cut: tuple[NodeId, ...]
    parts: tuple[tuple[NodeId, ...], ...]

    @property
    def share(self) -> float:
        """Lost and lengthened, of all ordered pairs of others."""
        return (self.lost + self.lengthened) / self.of


def module_bottlenecks(situation: Situation) -> Iterator[Finding]:
    """Modules of two or more; what one of their own people explains is told of that person."""
    if situation.untold is not None:
        return
    maps = situation.maps
    told = {h.person for h in holds(situation)}
    seen: list[frozenset[NodeId]] = []
    for number, (module, own) in enumerate(sorted(maps.members.items(), key=lambda i: (len(i[1]), i[0]))):
        situation.progress.at(number / len(maps.members))
        people = frozenset(own)
        if len(own) < 2 or len(maps.nodes) - len(own) < 3 or people & told:
            continue
        if any(inner <= people for inner in seen):
            continue  # an inner module explains it
        found = _absent(situation, people) if _may_be(situation, people) else None
        if found is not None:
            seen.append(people)
            yield _finding(situation, module, own, found)


def _may_be(situation: Situation, own: frozenset[NodeId]) -> bool:
    """Is there enough between others? A cheap bound: what the module holds is never more."""
    size, rest = len(situation.maps.nodes), len(situation.maps.nodes) - len(own)
    held = sum(situation.betweenness[v] for v in own) * (size - 1) * (size - 2)
    return held >= situation.cut("bottleneck.dependence") * rest * (rest - 1) - ROUNDING


def _absent(situation: Situation, own: frozenset[NodeId]) -> Absent | None:
    """The facts, if they make a finding."""
    maps = situation.maps
    rest = len(maps.nodes) - len(own)
    of = rest * (rest - 1)
    least = situation.cut("bottleneck.dependence")
    parts = parts_left(maps.two_way, own)
    cut = tuple(sorted(v for part in parts[1:] for v in part))
    apart = len(cut) >= situation.cut("bottleneck.cut-off") and len(parts[1]) >= 2
    graph = maps.two_way
    beside = {v for u in own for v in graph.adj[u] if v not in own}
    hanging = {v for v in beside if all(w in own for w in graph.adj[v])}
    others = indices(maps, (v for v in maps.nodes if v not in own))
    away = indices(maps, sorted(own))
    if len(others) > 4 * SAMPLE:
        few = others[:: len(others) // SAMPLE]
        lost, longer, _ = _noticed(situation, few, others, away, set())
        if lost + longer < least / 2 * len(few) * (rest - 1):
            return None
    lost, longer, counted = _noticed(situation, others, others, away, hanging)
    found = Absent(lost, longer, of, cut, parts)
    enough = apart or counted >= situation.cut("bottleneck.lengthened")
    return found if found.share >= least and enough else None


def _noticed(
    situation: Situation, targets: Indices, others: Indices, away: Indices, hanging: Collection[NodeId]
) -> tuple[int, int, int]:
    """Pairs lost, lengthened, and lengthened with no end that hangs on the module."""
    maps, lost, longer, counted = situation.maps, 0, 0, 0
    stays = np.ones(len(maps.nodes), np.bool_)
    stays[indices(maps, sorted(hanging))] = False
    wide = max(1, MOST_CELLS // max(len(maps.nodes), 1))
    for start in range(0, len(targets), wide):
        block = targets[start : start + wide]
        before = _steps(situation, block)[others]
        after = steps_to(maps, block, without=away, progress=situation.progress)[others]
        gone = (before != after) & (after == NO_WAY)
        later = (before != after) & ~gone
        lost += int(np.count_nonzero(gone))
        longer += int(np.count_nonzero(later))
        counted += int(np.count_nonzero(later[stays[others]][:, stays[block]]))
    return lost, longer, counted


def _steps(situation: Situation, targets: Indices) -> Steps:
    known = distances(situation.maps, progress=situation.progress).matrix
    return known[:, targets] if known is not None else steps_to(situation.maps, targets)


def _finding(situation: Situation, module: ModuleId, own: list[NodeId], found: Absent) -> Finding:
    name = situation.name(module)
    heavy = len(found.cut) >= situation.cut("bottleneck.act") * (len(situation.maps.nodes) - len(own))
    noticed = found.lost + found.lengthened
    inside = set(own)
    arcs = [arc for arc in situation.maps.arcs if (arc[0] in inside) != (arc[1] in inside)]
    links = situation.links_of(arcs)
    return Finding(
        code=BOTTLENECK,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=min(found.share, 1.0),
        claim=_claim(situation, found, name),
        because=together(
            without_why(situation, name, found.lost, noticed, found.of), situation.for_whom(links)
        ),
        question=_ASK(module=name),
        modules=(module,),
        advice=ranked(_advice(situation, frozenset(own), found, name)),
        evidence={
            "dependence": found.share,
            "lost": found.lost,
            "lengthened": found.lengthened,
            "of": found.of,
            "cut_off": found.cut,
        },
        lit_nodes=tuple(dict.fromkeys((*own, *found.cut))),
        lit_links=links,
        lit_modules=(module,),
        source=ENTRIES[BOTTLENECK].source,
    )


def _claim(situation: Situation, found: Absent, name: str) -> Said:
    if not found.cut:
        return _LONG(module=name)
    if len(found.cut) > MOST_NAMED:
        return _CUT(n=len(found.cut), module=name)
    return _CUT_NAMED(n=len(found.cut), names=situation.names(found.cut, MOST_NAMED), module=name)


def _advice(situation: Situation, own: frozenset[NodeId], found: Absent, name: str) -> Iterator[Advice]:
    """Lines between those who talk with the module, by how many pairs need it less with them."""
    maps, graph = situation.maps, situation.maps.two_way
    near = {v for u in own for v in graph.adj[u] if v not in own}
    part_of = {v: i for i, part in enumerate(found.parts) for v in part}
    able = known(graph, named_first(maps, near))[:24]
    pairs = sorted(
        ((a, b) for i, a in enumerate(able) for b in able[i + 1 :] if not graph.has_edge(a, b)),
        key=lambda p: (
            part_of[p[0]] == part_of[p[1]],
            maps.home[p[0]] == maps.home[p[1]],
            part_of[p[0]] + part_of[p[1]],
        ),
    )[:COMPARED]
    if not can_count(maps):
        for one, other in pairs[: MOST - 1]:
            yield talking(maps, one, [other], _LESS(module=name), 1)
        return
    rely = Reliance(maps, own, situation.progress)
    pairs.sort(key=lambda p: -rely.spared(p[0], [p[1]], roughly=True))
    for one, other in pairs[: 2 * MOST]:
        fewer = rely.fewer(one, [other])
        if fewer > 0:
            yield talking(maps, one, [other], spared_words(situation, name, fewer, rely.pairs), fewer)
