"""isolated: people, modules and groups that no line joins to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from orgmap.analysis.catalogue import ENTRIES, ISOLATED
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import MOST, known, talk
from orgmap.i18n import text
from orgmap.model.entities import ModuleId, NodeId

_ONE = text("finding", "No line reaches {name}.")
_SEVERAL = text("finding", "No line reaches {names}.")
_PEOPLE_WHY = text("finding", "{people} have lines; nobody has drawn one here yet.")
_MODULE = text("finding", "No line joins {module} to the rest.")
_MODULE_WHY = text(
    "finding",
    "Its {n} person has no line to anybody outside.",
    "None of its {n} people has a line to anybody outside.",
)
_ISLAND = text("finding", "{names} talk among themselves and with nobody else.")
_ISLAND_OUT = text("finding", "{names} talk with nobody else on the map but outside parties and sources.")
_ISLAND_WHY = text("finding", "No line joins this group of {people} to the other {rest}.")
_FEW = text("finding", "Fewer than half of the people have a line yet.")
_FEW_ASK = text("finding", "Who talks with those who have no line yet?")
_ASK_ONE = text("finding", "Whom does {name} talk with, and who would miss it?")
_ASK = text("finding", "Whom do they talk with, and what would others miss?")
_TRY = text("advice", "Let {one} and {other} talk.")


def isolated(situation: Situation) -> Iterator[Finding]:
    """People without any line, modules and weak components apart from the rest. O(n + m)."""
    maps = situation.maps
    if situation.untold is not None:
        yield situation.not_judged(ISOLATED, situation.untold)
        return
    linked = _linked(situation)
    if len(linked & situation.people) < situation.cut("isolated.linked") * len(situation.people):
        yield situation.not_judged(ISOLATED, (_FEW(), _FEW_ASK()))
        return
    told: set[NodeId] = set()
    modules = list(_modules(situation, linked))
    for module in modules:
        told |= set(maps.members[module])
        yield _module(situation, module)
    for island in _islands(situation):
        if not set(island) <= told:
            told |= set(island)
            yield _island(situation, island)
    alone = [v for v in maps.people if v not in linked | told | situation.recent]
    if alone:
        yield _people(situation, alone, len(linked & situation.people))


def _linked(situation: Situation) -> frozenset[NodeId]:
    """Whoever has a line of talk at all, be it with somebody outside or with a source."""
    return frozenset(v for arc in situation.maps.all_arcs for v in arc if v in situation.maps.index)


def _modules(situation: Situation, linked: frozenset[NodeId]) -> Iterator[ModuleId]:
    """Modules of two or more none of whose people has a line outside; of equal ones the innermost."""
    maps = situation.maps
    around: dict[NodeId, set[NodeId]] = {}
    for u, v in maps.all_arcs:
        around.setdefault(u, set()).add(v)
        around.setdefault(v, set()).add(u)
    seen: set[frozenset[NodeId]] = set()
    for module, members in sorted(maps.members.items(), key=lambda item: (len(item[1]), item[0])):
        own = frozenset(members)
        if len(own) < 2 or len(own) == len(maps.nodes) or own in seen or not own & situation.people:
            continue
        if own & situation.recent and not own & linked:
            continue
        if own >= set(_largest(situation)):
            continue  # it is "the rest" from which others are apart
        if all(around.get(v, set()) <= own for v in own):
            seen.add(own)
            yield module


def _islands(situation: Situation) -> Iterator[tuple[NodeId, ...]]:
    """Weak components of two or more that are not the largest, largest first."""
    parts = sorted(
        (tuple(sorted(part)) for part in nx.weakly_connected_components(situation.maps.flow)),
        key=lambda part: (-len(part), part),
    )
    return (part for part in parts[1:] if len(part) > 1 and situation.people & set(part))


def _people(situation: Situation, alone: list[NodeId], linked: int) -> Finding:
    one = len(alone) == 1
    name = situation.name(alone[0])
    return Finding(
        code=ISOLATED,
        weight=Weight.LOOK,
        severity=len(alone) / len(situation.maps.nodes),
        claim=_ONE(name=name) if one else _SEVERAL(names=situation.names(alone)),
        because=_PEOPLE_WHY(people=situation.count(linked, len(situation.maps.people))),
        question=_ASK_ONE(name=name) if one else _ASK(),
        people=tuple(alone),
        advice=_joins(situation, alone),
        evidence={"people_with_lines": linked},
        lit_nodes=tuple(alone),
        source=ENTRIES[ISOLATED].source,
    )


def _module(situation: Situation, module: ModuleId) -> Finding:
    own = situation.maps.members[module]
    return Finding(
        code=ISOLATED,
        weight=Weight.ACT,
        severity=len(own) / len(situation.maps.nodes),
        claim=_MODULE(module=situation.name(module)),
        because=_MODULE_WHY(n=len(own)),
        question=_ASK(),
        modules=(module,),
        advice=_bridges(situation, own),
        evidence={"members": tuple(own)},
        lit_nodes=tuple(own),
        lit_modules=(module,),
        source=ENTRIES[ISOLATED].source,
    )


def _island(situation: Situation, island: tuple[NodeId, ...]) -> Finding:
    rest = len(situation.maps.nodes) - len(island)
    subjects = tuple(v for v in island if v in situation.people)
    heavy = len(island) >= situation.cut("isolated.island")
    arcs, own = situation.maps.all_arcs, set(island)
    claim = _ISLAND if own.issuperset(v for arc in arcs if own & set(arc) for v in arc) else _ISLAND_OUT
    return Finding(
        code=ISOLATED,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=len(island) / len(situation.maps.nodes),
        claim=claim(names=situation.names(island)),
        because=_ISLAND_WHY(people=situation.count(len(island)), rest=rest),
        question=_ASK(),
        people=subjects,
        advice=_bridges(situation, island),
        evidence={"group": island},
        lit_nodes=island,
        lit_links=situation.links_of(arc for v in island for arc in ((v, w) for w in situation.out[v])),
        source=ENTRIES[ISOLATED].source,
    )


def _joins(situation: Situation, alone: list[NodeId]) -> tuple[Advice, ...]:
    """For each person the best known colleague of the same module, else of the largest part."""
    maps, made = situation.maps, []
    main = set(_largest(situation)) & situation.people
    for v in alone[:MOST]:
        near = {w for m in maps.document.nodes[v].modules for w in maps.members.get(m, ())}
        able = known(maps.two_way, (near & main) or main)
        if able:
            made.append(_talk(situation, v, able[0]))
    return tuple(made)


def _bridges(situation: Situation, group: Iterable[NodeId]) -> tuple[Advice, ...]:
    """A line between those best known inside the group and in the largest part outside it."""
    maps, own = situation.maps, set(group)
    outside = set(_largest(situation)) - own or set(maps.nodes) - own
    boss = [u for v in sorted(own) for u in sorted(maps.reports.pred[v]) if u in outside]
    here = [v for v in known(maps.two_way, own) if v in situation.people]
    there = dict.fromkeys([*boss, *known(maps.two_way, outside)])
    able = [u for u in there if u in situation.people]
    return tuple(_talk(situation, one, other) for one in here[:1] for other in able[:2])


@once
def _largest(situation: Situation) -> tuple[NodeId, ...]:
    parts = nx.weakly_connected_components(situation.maps.flow)
    return min((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part), default=())


def _talk(situation: Situation, one: NodeId, other: NodeId) -> Advice:
    words = _TRY(one=situation.name(one), other=situation.name(other))
    return talk(situation.maps, one, other, words)
