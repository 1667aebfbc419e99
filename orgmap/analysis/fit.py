"""Where one person fits: with whom the work hangs together, what comes through, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.absence import absence
from orgmap.analysis.answers import Fitting, Known, Need, Sought
from orgmap.analysis.catalogue import cutoff
from orgmap.analysis.checks.sight_facts import sight
from orgmap.analysis.checks.situation import Situation, steps
from orgmap.analysis.graphs import Maps
from orgmap.analysis.hours import hours_of_people, talk, timed_links
from orgmap.analysis.routes import route, topics
from orgmap.model.entities import EndId, LinkKind, ModuleId, NodeId, Status
from orgmap.model.matching import folded
from orgmap.progress import SILENT, Progress

TWO = 2  # steps: who hears of it at second hand
LEAST_MODULES = 3  # with people in them; of two, one can only be seen or not


def fit(maps: Maps, person: NodeId, *, progress: Progress = SILENT) -> Fitting | None:
    """All that is to be said of one node; None if the map does not have it.

    Steps, sight and absence only for persons and roles; of others, who they talk with. O(n m / 64) for
    each step of the longest path, for the absence.
    """
    node = maps.document.nodes.get(person)
    if node is None:
        return None
    inside = person in maps.index
    tells = {v for u, v in maps.all_arcs if u == person}
    told = {u for u, v in maps.all_arcs if v == person}
    out = steps(maps.flow.succ, [person]) if inside else {}
    into = steps(maps.flow.pred, [person]) if inside else {}
    purpose, marked = _purpose(maps)
    progress.at(0.1)
    sees, unseen, within = _sight(maps, person, progress.part(0.1, 0.3))
    timed = {link.id for link, _ in timed_links(maps)}
    own = [link.id for link in talk(maps) if any(person in pair for pair in maps.pairs(link))]
    return Fitting(
        person=person,
        modules=node.modules,
        leads=tuple(m for m, module in maps.document.modules.items() if module.lead == person),
        bosses=tuple(sorted(maps.reports.pred[person])) if inside else (),
        reports=tuple(sorted(maps.reports.succ[person])) if inside else (),
        needed_by=tuple(dict.fromkeys(_needs(maps, person, of_others=True))),
        needs=tuple(dict.fromkeys(_needs(maps, person, of_others=False))),
        purpose=tuple(v for v in purpose if v != person),
        purpose_marked=marked,
        holds_purpose=person in purpose,
        from_purpose=min((into[v] for v in purpose if v in into and v != person), default=None),
        to_purpose=min((out[v] for v in purpose if v in out and v != person), default=None),
        hears=tuple(sorted(v for v in told if v in maps.index)),
        heard_by=tuple(sorted(v for v in tells if v in maps.index)),
        both_ways=tuple(sorted(tells & told)),
        hears_two=tuple(sorted(v for v, step in into.items() if step == TWO)),
        heard_by_two=tuple(sorted(v for v, step in out.items() if step == TWO)),
        outside=tuple(sorted(v for v in tells | told if v not in maps.index)),
        sees=sees,
        unseen=unseen,
        sight_steps=within,
        knows=tuple(_known(maps, person)),
        seeks=tuple(_sought(maps, person, progress.part(0.3, 0.6))),
        hours=hours_of_people(maps).get(person),
        capacity=node.hours,
        timed=sum(key in timed for key in own),
        lines=len(own),
        away=absence(maps, [person], progress=progress.part(0.6, 1.0)) if inside else None,
    )


def _purpose(maps: Maps) -> tuple[tuple[NodeId, ...], bool]:
    """Who holds the purpose, and whether that is said; else those of the top level."""
    nodes = maps.document.nodes
    holders = tuple(v for v in maps.nodes if nodes[v].holds_purpose)
    return (
        (holders, True)
        if holders
        else (tuple(v for v in maps.nodes if nodes[v].level == maps.top_level), False)
    )


def _needs(maps: Maps, person: NodeId, *, of_others: bool) -> Iterator[Need]:
    """Who needs this person's work (`of_others`), or whose work is needed: in person, then by module."""
    document = maps.document
    own = maps.modules_of(person)
    by_module = []
    for key in sorted(document.links):
        link = document.links[key]
        if link.kind is not LinkKind.NEEDS or link.status is Status.PROPOSED:
            continue
        here, there = (link.target, link.source) if of_others else (link.source, link.target)
        if here == person:
            yield Need(there)
        elif here in own and not _within(maps, there, ModuleId(here)):
            by_module.append(Need(there, ModuleId(here)))
    yield from by_module


def _within(maps: Maps, end: EndId, module: ModuleId) -> bool:
    return end in maps.document.nodes and module in maps.modules_of(NodeId(end))


def _sight(
    maps: Maps, person: NodeId, progress: Progress
) -> tuple[tuple[ModuleId, ...], tuple[ModuleId, ...], int]:
    """Other modules from which word comes, those from which none does, and within how many steps."""
    within = max(int(cutoff(maps.document, "out-of-sight.steps")), 1)
    if person not in maps.index or not maps.members:
        return (), (), within
    table = sight(Situation(maps, progress=progress))
    if len(table.modules) < LEAST_MODULES:
        return (), (), within
    at = maps.index[person]
    rows = list(zip(table.modules, table.heard[at], table.others[at], strict=True))
    sees = tuple(m for m, heard, counts in rows if heard and counts)
    return sees, tuple(m for m, heard, counts in rows if counts and not heard), within


def _known(maps: Maps, person: NodeId) -> Iterator[Known]:
    listed = topics(maps.document)
    for key in dict.fromkeys(map(folded, maps.document.nodes[person].knows)):
        if key in listed:
            yield Known(listed[key].words, tuple(v for v in listed[key].seekers if v != person))


def _sought(maps: Maps, person: NodeId, progress: Progress) -> Iterator[Sought]:
    listed = topics(maps.document)
    for key in dict.fromkeys(map(folded, maps.document.nodes[person].seeks)):
        progress.at(0.5)
        if key in listed:
            holders = tuple(v for v in listed[key].holders if v != person)
            if person not in listed[key].holders:
                yield Sought(listed[key].words, holders, route(maps, person, holders))
