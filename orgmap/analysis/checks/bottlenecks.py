"""bottleneck and sole-contact: what the map loses while one person is away. Modules: elsewhere.

Definition: docs/findings.md, bottleneck. Betweenness is worked out for all; the exact share of pairs
only where betweenness reaches the cut-off, since it is never below that share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import BOTTLENECK, ENTRIES, SOLE_CONTACT
from orgmap.analysis.checks.bridges import bridges, sides
from orgmap.analysis.checks.situation import Situation, once, part, steps, together
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.grouping import joined
from orgmap.analysis.paths import Absence, parts_without, without
from orgmap.analysis.reliance import Reliance, can_count
from orgmap.analysis.repairs import MOST, known, named_first, pairs_past, past, ranked, talking, telling
from orgmap.i18n import Said, Value, text
from orgmap.model.entities import ModuleId, NodeId

MOST_NAMED = 8  # people who hang on one and are all named
MODULES = 3  # modules that hang on their leads from which they are one finding
MOST_ALONE = 3  # people who only lengthen ways and are told one by one; of more, all are one finding
ROUNDING = 1e-9  # betweenness is a sum of shares; the cut-off must not miss by the last bits

_CUT = text(
    "finding",
    "{n} person stays in touch with the others only through {name}.",
    "{n} people stay in touch with the others only through {name}.",
)
_CUT_NAMED = text(
    "finding",
    "{names} stays in touch with the others only through {name}.",
    "{names} stay in touch with the others only through {name}.",
)
_LONG = text("finding", "Many people reach each other quickly only through {name}.")
_LONG_MANY = text("finding", "Many people reach each other quickly only through one of these: {names}.")
_LEADS = text(
    "finding",
    "{n} module is in touch with the others mostly through one person: {names}.",
    "{n} modules are in touch with the others mostly through one person each: {names}.",
)
_ROW = text("finding", "Parts of the map are in touch mostly through {names}.")
_LOST = text("finding", "Without {name}, {ways} would be lost.")
_LONGER = text("finding", "Without {name}, {ways} would be longer.")
_MOST_LOST = text("finding", "Without {name}, {ways} would be lost or longer. Most of them would be lost.")
_SOME_LOST = text("finding", "Without {name}, {ways} would be lost or longer. Some of them would be lost.")
_ASK = text("finding", "Who could stand in for {names} tomorrow?")
_SPARED = text(
    "advice",
    "{n} way that needs {name} would work without",
    "{n} ways that need {name} would work without",
)
_SPARED_PART = text("advice", "{part} of the ways that need {name} would work without")
_LESS = text("advice", "less depends on {name}")
_SOLE = text(
    "finding",
    "{n} person talks both ways with nobody but {name}.",
    "{n} people talk both ways with nobody but {name}.",
)
_SOLE_NAMED = text("finding", "{names} talk both ways with nobody but {name}.")
_SOLE_WHY = text("finding", "On this map, nobody else both tells them things and hears from them.")
_SOLE_ASK = text("finding", "Whom do they ask while {name} is away?")
_KEEPS = text(
    "advice",
    "{who} has somebody to ask while {name} is away",
    "{who} have somebody to ask while {name} is away",
)
_KEEPS_SOME = text(
    "advice",
    "{who} has somebody to ask while {name} is away, though not yet {rest}",
    "{who} have somebody to ask while {name} is away, though not yet {rest}",
)


@dataclass(frozen=True, slots=True)
class Hold:
    """What hangs on one person. `share`: of the ordered pairs of others; `cut`: who is cut off.

    `apart`: so many are, and not each alone, that this by itself makes the person a bottleneck.
    """

    person: NodeId
    absence: Absence
    share: float
    cut: tuple[NodeId, ...]
    apart: bool


def bottlenecks(situation: Situation) -> Iterator[Finding]:
    """People who hold much, grouped by cause; then those on whom three or more hang."""
    if situation.untold is not None:
        yield situation.not_judged(BOTTLENECK, situation.untold)
        yield situation.not_judged(SOLE_CONTACT, situation.untold)
        return
    found = holds(situation)
    leads = _leads(situation, found)
    if leads:
        yield _finding(situation, leads, tuple(m for h in leads if (m := _home(situation, h)) is not None))
    rest = [h for h in found if h not in leads]
    groups = [[rest[i] for i in places] for places in joined(_causes(situation, rest))]
    alike = [group[0] for group in groups if len(group) == 1 and not group[0].apart]
    if len(alike) > MOST_ALONE:  # as in a ring: long ways are the way of the map
        yield _finding(situation, alike)
        groups = [group for group in groups if group[0] not in alike]
    for group in groups:
        if not _one_line(situation, group):
            yield _finding(situation, group)
    told = {h.person for h in found if h.apart}  # of others it is only told that ways grow longer
    for person in situation.maps.people:
        hanging = leaves(situation, person)
        if len(hanging) >= situation.cut("sole-contact.people") and person not in told:
            yield _sole(situation, person, hanging)


@once
def holds(situation: Situation) -> list[Hold]:
    """Every person who is a bottleneck, by id."""
    maps, found = situation.maps, []
    size = len(maps.nodes)
    if size < 3:
        return []
    pairs = (size - 1) * (size - 2)
    least = situation.cut("bottleneck.dependence")
    for person in maps.people:
        if situation.betweenness[person] < least - ROUNDING:
            continue
        situation.progress.at(0.5)
        absence = without(maps, person, progress=situation.progress)
        share = absence.pairs / pairs
        fallen = parts_without(maps, person)[1:]
        cut = tuple(sorted(v for part in fallen for v in part))
        apart = len(cut) >= situation.cut("bottleneck.cut-off") and len(fallen[0]) >= 2
        if share >= least and (apart or _lengthened(situation, person, absence)):
            found.append(Hold(person, absence, share, cut, apart))
    return found


def leaves(situation: Situation, person: NodeId) -> list[NodeId]:
    """Those whose only two-way line is the one with `person`."""
    graph = situation.maps.two_way
    return sorted(v for v in graph.adj[person] if len(graph.adj[v]) == 1)


@once
def told_hold(situation: Situation) -> frozenset[NodeId]:
    """Everybody of whom it is told that much, or several others, hang on them alone."""
    least = situation.cut("sole-contact.people")
    sole = {v for v in situation.maps.people if len(leaves(situation, v)) >= least}
    return frozenset(sole | {hold.person for hold in holds(situation)})


@once
def told_hanging(situation: Situation) -> frozenset[NodeId]:
    """Everybody of whom it is told that they reach the others only through one person."""
    cut = {v for hold in holds(situation) for v in hold.cut}
    for hold in holds(situation):  # where no part is more than half of all, no part is "the others"
        parts = parts_without(situation.maps, hold.person)
        if hold.apart and 2 * len(parts[0]) <= sum(map(len, parts)):
            cut.update(parts[0])
    return frozenset(cut | {v for person in told_hold(situation) for v in leaves(situation, person)})


def _lengthened(situation: Situation, person: NodeId, absence: Absence) -> bool:
    """Are enough pairs lengthened, leaving out those with an end that hangs on the person?"""
    least = situation.cut("bottleneck.lengthened")
    if absence.lengthened < least:
        return False
    hanging = set(leaves(situation, person))
    counted = absence.lengthened
    for graph, twice in ((situation.out, False), (situation.into, True)):
        for leaf in sorted(hanging):
            if counted < least:
                return False
            if not graph[leaf].keys() - {person}:
                continue  # its pairs are lost, not lengthened
            before, after = steps(graph, [leaf]), steps(graph, [leaf], without=(person,))
            counted -= sum(
                1 for v, later in after.items() if later > before[v] and not (twice and v in hanging)
            )
    return counted >= least


def _home(situation: Situation, hold: Hold) -> ModuleId | None:
    return situation.maps.home[hold.person]


def _leads(situation: Situation, found: Iterable[Hold]) -> list[Hold]:
    """Those who hold their own module, one each, if there are three such modules or more."""
    by_module: dict[ModuleId, list[Hold]] = {}
    for hold in found:
        module = _home(situation, hold)
        if module is None:
            continue
        entry = situation.document.modules.get(module)
        others = [v for v in situation.maps.members[module] if v != hold.person]
        near = sum(1 for v in others if situation.maps.two_way.has_edge(hold.person, v))
        if len(others) >= 2 and (2 * near >= len(others) or (entry and entry.lead == hold.person)):
            by_module.setdefault(module, []).append(hold)
    each = [own[0] for own in by_module.values() if len(own) == 1]
    return sorted(each, key=lambda h: (-h.share, h.person)) if len(each) >= MODULES else []


def _one_line(situation: Situation, group: list[Hold]) -> bool:
    """Are these the two ends of one line that holds the map together, and nothing hangs on them but that?

    It is told of the line then, as single-thread.
    """
    people = sorted(h.person for h in group)
    if len(people) != 2 or (people[0], people[1]) not in sides(situation):
        return False
    return all(len(parts_without(situation.maps, v)) == 2 for v in people)


def _causes(situation: Situation, found: list[Hold]) -> list[frozenset[str]]:
    """People joined by a line that is itself the only one are one cause: what each of them stands in."""
    people = {h.person for h in found}
    rows: dict[NodeId, set[str]] = {v: {v} for v in people}
    for u, v in bridges(situation):
        if u in people and v in people:
            rows[u].add(f"{u} {v}")
            rows[v].add(f"{u} {v}")
    return [frozenset(rows[h.person]) for h in found]


def _finding(situation: Situation, group: list[Hold], modules: tuple[ModuleId, ...] = ()) -> Finding:
    maps = situation.maps
    group = sorted(group, key=lambda h: (-h.share, h.person))
    worst, people = group[0], tuple(sorted(h.person for h in group))
    away = max(len(h.cut) for h in group)
    heavy = away >= situation.cut("bottleneck.act") * situation.others
    size = len(maps.nodes)
    lit = dict.fromkeys((*people, *(v for h in group for v in h.cut)))
    arcs = [(v, w) for v in people for w in lit if w in situation.out[v]]
    arcs += [(w, v) for v, w in arcs if v in situation.out[w]]
    links = situation.links_of(arcs)
    lost: dict[str, Fact] = {
        str(h.person): {
            "dependence": h.share,
            "pairs": h.absence.pairs,
            "lost": h.absence.lost,
            "lengthened": h.absence.lengthened,
            "of": (size - 1) * (size - 2),
            "cut_off": h.cut,
            "betweenness": situation.betweenness[h.person],
        }
        for h in group
    }
    return Finding(
        code=BOTTLENECK,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=min(worst.share, 1.0),
        claim=_claim(situation, group, modules),
        because=_because(situation, worst, (size - 1) * (size - 2)),
        question=_ASK(names=situation.names(people)),
        people=people,
        modules=modules,
        advice=ranked(a for h in group[:MOST] for a in _advice(situation, h, 1 if len(group) > 1 else 2)),
        evidence={"without": lost},
        lit_nodes=tuple(lit),
        lit_links=links,
        lit_modules=modules,
        source=ENTRIES[BOTTLENECK].source,
    )


def _claim(situation: Situation, group: list[Hold], modules: tuple[ModuleId, ...]) -> Said:
    names = situation.names(sorted(h.person for h in group))
    if modules:
        return _LEADS(n=len(modules), names=names)
    if len(group) > 1:
        return (_ROW if any(h.apart for h in group) else _LONG_MANY)(names=names)
    hold, name = group[0], situation.name(group[0].person)
    if not hold.apart:
        return _LONG(name=name)
    if len(hold.cut) > MOST_NAMED:
        return _CUT(n=len(hold.cut), name=name)
    return _CUT_NAMED(n=len(hold.cut), names=situation.names(hold.cut, MOST_NAMED), name=name)


def _because(situation: Situation, hold: Hold, of: int) -> Said:
    return without_why(situation, situation.name(hold.person), hold.absence.lost, hold.absence.pairs, of)


def without_why(situation: Situation, name: str, lost: int, pairs: int, of: int) -> Said:
    """What becomes of the ways that need somebody, or a module, while they are away."""
    ways = situation.ways(pairs, of)
    if lost == pairs:
        return _LOST(name=name, ways=ways)
    if not lost:
        return _LONGER(name=name, ways=ways)
    return (_MOST_LOST if 2 * lost > pairs else _SOME_LOST)(name=name, ways=ways)


def spared_words(situation: Situation, name: Value, n: int, of: int) -> Said:
    """What lines past somebody, or a module, mend: `n` of the `of` ways that need them."""
    return (_SPARED if situation.small else _SPARED_PART)(n=n, part=part(n, of), name=name)


def _advice(situation: Situation, hold: Hold, most: int) -> Iterator[Advice]:
    """Lines past the person, by how many pairs they spare; and alone among the findings, a stand-in."""
    maps, person = situation.maps, hold.person
    pairs = pairs_past(maps, person)
    if not can_count(maps):
        for one, other in pairs[:most]:
            yield talking(maps, one, [other], _LESS(name=situation.name(person)), 1)
        return
    rely = Reliance(maps, [person], situation.progress)

    def spared(n: int) -> Said:
        return spared_words(situation, situation.name(person), n, rely.pairs)

    pairs.sort(key=lambda p: (-rely.spared(p[0], [p[1]], roughly=True), len(situation.out[p[0]]), p))
    for one, other in pairs[:most]:
        count = rely.spared(one, [other])
        yield talking(maps, one, [other], spared(count), count)
    if pairs and most > 1 and (stand_in := _stand_in(rely, pairs)) is not None:
        count = rely.spared(*stand_in)
        yield talking(maps, *stand_in, spared(count), count)
    if not pairs and (line := past(maps, person)) is not None:
        count = rely.spared(line[0], [line[1]], both=False)
        yield telling(maps, *line, spared(count), count)


def _stand_in(rely: Reliance, pairs: list[tuple[NodeId, NodeId]]) -> tuple[NodeId, list[NodeId]] | None:
    """Whoever of the best pair spares more with further lines to the person's contacts, and these."""
    best: tuple[int, NodeId, list[NodeId]] | None = None
    for one, first in (pairs[0], pairs[0][::-1]):
        others = [first]
        able = [b if a == one else a for a, b in pairs if one in (a, b) and first not in (a, b)]
        while able and len(others) < MOST:
            more = {v: rely.spared(one, [*others, v], roughly=True) for v in able}
            chosen = max(able, key=lambda v: (more[v], -able.index(v)))
            if more[chosen] <= rely.spared(one, others, roughly=True):
                break
            others.append(chosen)
            able.remove(chosen)
        if len(others) > 1:
            found = (rely.spared(one, others, roughly=True), one, others)
            best = max(best or found, found, key=lambda item: item[0])
    return None if best is None else best[1:]


def _sole(situation: Situation, person: NodeId, hanging: list[NodeId]) -> Finding:
    name = situation.name(person)
    links = situation.links_of(arc for v in hanging for arc in ((person, v), (v, person)))
    return Finding(
        code=SOLE_CONTACT,
        weight=Weight.LOOK,
        severity=min(len(hanging) / situation.others, 1.0),
        claim=(
            _SOLE(n=len(hanging), name=name)
            if len(hanging) > MOST_NAMED
            else _SOLE_NAMED(names=situation.names(hanging, MOST_NAMED), name=name)
        ),
        because=together(_SOLE_WHY(), situation.for_whom(links)),
        question=_SOLE_ASK(name=name),
        people=(person,),
        advice=_second(situation, person, hanging),
        evidence={"hanging": tuple(hanging)},
        lit_nodes=(person, *hanging),
        lit_links=links,
        source=ENTRIES[SOLE_CONTACT].source,
    )


def _second(situation: Situation, person: NodeId, hanging: list[NodeId]) -> tuple[Advice, ...]:
    """For each who hangs there somebody else of their module, else of the map; else one another."""
    maps, made, paired = situation.maps, list[Advice](), set[NodeId]()
    for v in named_first(maps, hanging):
        if v in paired or len(made) == MOST:
            continue
        near = [w for m in maps.document.nodes[v].modules for w in maps.members.get(m, ())]
        rest = set(maps.people).difference(hanging)
        alone = [w for w in hanging if w not in paired] or hanging
        for among in (rest.intersection(near), rest, named_first(maps, alone)):
            best = next(iter(known(maps.two_way, among, (v, person))), None)
            if best is not None:
                both = best in hanging
                paired |= {v, best} if both else {v}
                who = situation.names([v, best] if both else [v])
                left = [w for w in hanging if w != v and not (both and w == best)]
                nobody_yet = situation.names(left, 2)
                mended = (_KEEPS_SOME if left else _KEEPS)(
                    n=2 if both else 1, who=who, name=situation.name(person), rest=nobody_yet
                )
                made.append(talking(maps, v, [best], mended, 2 if both else 1))
                break
    return ranked(made)
