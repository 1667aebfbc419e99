"""isolated: people, modules and groups that no line joins to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgmap.analysis.catalogue import ENTRIES, ISOLATED
from orgmap.analysis.checks.burdened import burdened
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import MOST, known, named_first, ranked, talking
from orgmap.analysis.structure import weak_parts
from orgmap.i18n import Said, text
from orgmap.model.entities import ModuleId, NodeId

_SEVERAL = text("finding", "The map shows no talk with {names} yet.")
_PEOPLE_WHY = text(
    "finding",
    "Talk is shown for {people}. {names} may be new, away, or not yet entered.",
)
_MODULE = text("finding", "The map shows no talk between {module} and the others yet.")
_MODULE_WHY = text(
    "finding",
    "Its {n} person is not shown to talk with anybody of another module.",
    "None of its {n} people is shown to talk with anybody of another module.",
)
_ISLAND = text("finding", "The map shows {names} talking with one another, and with nobody else yet.")
_ISLAND_OUT = text(
    "finding", "The map shows {names} talking with outside parties or sources, and with nobody else yet."
)
_ISLAND_WHY = text("finding", "Nothing on the map joins these {people} to the other {rest}.")
_FEW = text("finding", "Fewer than half of the people talk with anybody on this map yet.")
_FEW_ASK = text("finding", "Who talks with those who are not joined to anybody yet?")
_ASK_ONE = text("finding", "Whom does {name} talk with at work?")
_ASK = text("finding", "Whom do they talk with at work?")
_WHOM = text("advice", "{who} is joined to the others", "{who} are joined to the others")
_WHOM_SOME = text(
    "advice",
    "{who} is joined to the others, though not yet {rest}",
    "{who} are joined to the others, though not yet {rest}",
)


def isolated(situation: Situation) -> Iterator[Finding]:
    """People without any line, modules and weak components apart from the rest. O(n + m)."""
    maps = situation.maps
    if situation.untold is not None:
        yield situation.not_judged(ISOLATED, situation.untold)
        return
    few = unfinished(situation)
    if few is not None:
        yield situation.not_judged(ISOLATED, few)
        return
    linked = _linked(situation)
    told: set[NodeId] = set()
    modules = list(_modules(situation, linked))
    for module in modules:
        told |= set(maps.members[module])
        yield _module(situation, module)
    for island in _islands(situation):
        if not set(island) <= told:
            told |= set(island)
            yield _island(situation, island)
    spared = linked | told | situation.recent
    alone = [v for v in maps.people if v not in spared]
    if alone:
        yield _people(situation, alone, len(linked & situation.people))


def unfinished(situation: Situation) -> tuple[Said, Said] | None:
    """What is missing on a map on which fewer than half of the people have a line, and what to ask."""
    linked = len(_linked(situation) & situation.people)
    few = linked < situation.cut("isolated.linked") * len(situation.people)
    return (_FEW(), _FEW_ASK()) if few else None


@once
def told_apart(situation: Situation) -> frozenset[NodeId]:
    """Everybody whom `isolated` tells to have no line to the rest, alone or with others."""
    if situation.untold is not None or unfinished(situation) is not None:
        return frozenset()
    linked = _linked(situation)
    found = set(situation.people - linked)
    found.update(v for module in _modules(situation, linked) for v in situation.maps.members[module])
    found.update(v for island in _islands(situation) for v in island)
    return frozenset(found)


@once
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
    return (part for part in weak_parts(situation.maps)[1:] if len(part) > 1 and situation.people & set(part))


def _people(situation: Situation, alone: list[NodeId], linked: int) -> Finding:
    one = len(alone) == 1
    name = situation.name(alone[0])
    return Finding(
        code=ISOLATED,
        weight=Weight.LOOK,
        severity=len(alone) / len(situation.maps.nodes),
        claim=_SEVERAL(names=situation.names(alone)),
        because=_PEOPLE_WHY(
            people=situation.count(linked, len(situation.maps.people)), names=situation.names(alone)
        ),
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
    main = set(_largest(situation)) - set(alone) or set(maps.nodes) - set(alone)
    for v in alone[:MOST]:
        near = {w for m in maps.document.nodes[v].modules for w in maps.members.get(m, ())}
        able = known(
            maps.two_way,
            named_first(maps, near & situation.people & main or main or alone),
            (v,),
            burdened(situation),
        )
        if able:
            rest = [w for w in alone if w not in (v, able[0])]
            words = _WHOM_SOME if rest else _WHOM
            mended = words(n=1, who=situation.name(v), rest=situation.names(rest, 2))
            made.append(talking(maps, v, [able[0]], mended, 1))
    return ranked(made)


def _bridges(situation: Situation, group: Iterable[NodeId]) -> tuple[Advice, ...]:
    """Lines between those best known inside the group and in the largest part outside it."""
    maps, own = situation.maps, set(group)
    outside = set(_largest(situation)) - own or set(maps.nodes) - own
    boss = [u for v in sorted(own) for u in sorted(maps.reports.pred[v]) if u in outside]
    here = known(maps.two_way, named_first(maps, own))
    there = list(
        dict.fromkeys(
            [
                *named_first(maps, boss),
                *known(maps.two_way, named_first(maps, outside), spared=burdened(situation)),
            ]
        )
    )
    made, met = [], set[NodeId]()
    for one in here:
        if one not in met:
            part = own.intersection(*(part for part in weak_parts(maps) if one in part))
            met |= part
            joined = _WHOM(n=len(part), who=situation.names(sorted(part), 3))
            made += [talking(maps, one, [other], joined, len(part)) for other in there[:2]]
    return ranked(made, 2)


def _largest(situation: Situation) -> tuple[NodeId, ...]:
    return next(iter(weak_parts(situation.maps)), ())
