"""What if somebody, a module or a line were away: who loses contact, an answer, time or a finding.

Nothing is edited: the map without them is a value of its own. Definitions: `docs/findings.md`, 3.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import networkx as nx
import numpy as np

from orgmap.analysis.answers import Absence, Aftermath, Pair
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.checks.thread_facts import meetings
from orgmap.analysis.comparison import compare
from orgmap.analysis.distances import NO_WAY, distances, steps_by_block, steps_to
from orgmap.analysis.findings import Finding
from orgmap.analysis.graphs import Maps
from orgmap.analysis.hours import talk, timed_links
from orgmap.analysis.paths import indices
from orgmap.analysis.reaching import steps_to_answer
from orgmap.analysis.registry import run
from orgmap.analysis.routes import topics
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, ModuleId, NodeId, Status
from orgmap.model.query import inside
from orgmap.progress import SILENT, Progress

BLOCK = 256  # rows of a table of steps compared at once, so that it can be called off in between


def absence(maps: Maps, ids: Collection[str], *, progress: Progress = SILENT) -> Absence | None:
    """What others notice while `ids` (people, modules with everybody in them, lines) are away.

    None if the map has none of them. O(n m / 64) for each step of the longest path.
    """
    gone = _gone(maps, ids)
    if gone is None:
        return None
    away, links = gone
    after = Maps(without(maps, away, links))
    lost, lengthened, pairs = _pairs(maps, after, progress.part(0.0, 0.8))
    hours, untimed, freed = _hours(maps, away, links)
    progress.at(0.9)
    return Absence(
        away=away,
        links=tuple(sorted(links)),
        lost=lost,
        lengthened=lengthened,
        pairs=pairs,
        cut_off=_cut_off(maps, after, away, links),
        unlinked=_unlinked(maps, after, set(away)),
        hours=hours,
        untimed=untimed,
        freed=freed,
        sought=tuple(_sought(maps, after)),
        unknown=tuple(_unknown(maps, after)),
        outside=tuple(_outside(maps, after)),
        work=tuple(_work(maps, away, links)),
    )


def aftermath(maps: Maps, ids: Collection[str], *, progress: Progress = SILENT) -> Aftermath | None:
    """Which findings come, and which of others go, while `ids` are away; two runs of the checks."""
    gone = _gone(maps, ids)
    if gone is None:
        return None
    away, links = gone
    before, after = maps.document, without(maps, away, links)
    reports = (
        run(before, measures=False, maps=maps, progress=progress.part(0.0, 0.5)),
        run(after, measures=False, progress=progress.part(0.5, 0.95)),
    )
    found = compare(before, after, reports=reports)
    concerned = {*away, *links, *ids}
    said = {(f.code, key) for f in reports[0].judged for key in _subjects(f)}
    return Aftermath(
        new=tuple(f for f in found.new if not said.issuperset((f.code, key) for key in _subjects(f))),
        gone=tuple(f for f in found.resolved if concerned.isdisjoint(_subjects(f))),
    )


def without(maps: Maps, away: Collection[NodeId], links: Collection[LinkId]) -> Document:
    """The map without these people and lines; a module that nobody is left in, or leads, has no line."""
    document = maps.document
    gone = set(away)
    modules = {
        key: replace(module, lead=None) if module.lead in gone else module
        for key, module in document.modules.items()
    }
    return replace(
        document,
        nodes={key: node for key, node in document.nodes.items() if key not in gone},
        modules=modules,
        links={key: link for key, link in document.links.items() if key not in links},
    )


def _gone(maps: Maps, ids: Collection[str]) -> tuple[tuple[NodeId, ...], frozenset[LinkId]] | None:
    """Who is away, in order of id, and which lines go with them; None if `ids` are not on the map."""
    document = maps.document
    modules = {m for key in ids if key in document.modules for m in inside(document, ModuleId(key))}
    away = {NodeId(key) for key in ids if key in document.nodes}
    away |= {v for v, node in document.nodes.items() if not modules.isdisjoint(node.modules)}
    asked = {LinkId(key) for key in ids if key in document.links}
    if not away and not asked and not modules:
        return None
    carried = {key for key, link in document.links.items() if _goes(maps, link, away, modules)}
    return tuple(sorted(away)), frozenset(asked | carried)


def _goes(maps: Maps, link: Link, away: set[NodeId], modules: set[ModuleId]) -> bool:
    """Is an end of the line away: in person, or everybody who speaks for it?"""
    for end, other in ((link.source, link.target), (link.target, link.source)):
        if end in modules:
            return True
        speak = maps.carriers(end, other)
        if speak and away.issuperset(speak):
            return True
    return False


def _pairs(before: Maps, after: Maps, progress: Progress) -> tuple[int, int, int]:
    """Of the ordered pairs of those who stay: how many lose their way, how many need a longer, and all."""
    size = len(after.nodes)
    rows = indices(before, after.nodes)
    known = distances(before, progress=progress.part(0.0, 0.4)).matrix
    lost = lengthened = 0
    for columns, later in steps_by_block(after, progress=progress.part(0.4, 1.0)):
        wanted = rows[columns]
        table = known if known is not None else steps_to(before, wanted, progress=progress.part(0.9, 0.9))
        across = wanted if known is not None else slice(None)
        for first in range(0, size, BLOCK):
            progress.at(0.9)
            part = slice(first, first + BLOCK)
            noticed = table[rows[part]][:, across] != later[part]
            gone = int(np.count_nonzero(noticed & (later[part] == NO_WAY)))
            lost += gone
            lengthened += int(np.count_nonzero(noticed)) - gone
    return lost, lengthened, size * (size - 1)


def _cut_off(
    before: Maps, after: Maps, away: Collection[NodeId], links: Collection[LinkId]
) -> tuple[tuple[NodeId, ...], ...]:
    """What the touched components of T fall into, but for the largest part of each."""
    touched = {*away, *_ends(before, links)}
    found: list[tuple[NodeId, ...]] = []
    for whole in nx.connected_components(before.two_way):
        if not touched.isdisjoint(whole):
            left = after.two_way.subgraph(whole)
            parts = sorted(
                (tuple(sorted(part)) for part in nx.connected_components(left)), key=lambda p: (-len(p), p)
            )
            found += parts[1:]
    return tuple(sorted(found, key=lambda part: (-len(part), part)))


def _ends(maps: Maps, links: Iterable[LinkId]) -> Iterator[NodeId]:
    for key in links:
        link = maps.document.links[key]
        yield from maps.carriers(link.source, link.target)
        yield from maps.carriers(link.target, link.source)


def _unlinked(before: Maps, after: Maps, away: set[NodeId]) -> tuple[Pair, ...]:
    """Pairs of modules, with somebody left in both, that are joined now and would not be."""
    staffed = {m for m, own in before.members.items() if not away.issuperset(own)}
    left = meetings(Situation(after))
    lost = {pair for pair in meetings(Situation(before)) if pair not in left and staffed.issuperset(pair)}
    return tuple(sorted(pair for pair in lost if not any(_around(before, other, pair) for other in lost)))


def _around(maps: Maps, outer: Pair, inner: Pair) -> bool:
    """Does the outer pair say the same of the modules round those of the inner one?"""
    if outer == inner:
        return False
    held = [inside(maps.document, module) for module in outer]
    return any(inner[0] in one and inner[1] in other for one, other in (held, held[::-1]))


def _hours(
    maps: Maps, away: Collection[NodeId], links: Collection[LinkId]
) -> tuple[float | None, int, tuple[tuple[NodeId, float], ...]]:
    """Hours of contact a week that go, the lines that go and do not say, and whose hours fall free."""
    gone, total = set(away), 0.0
    each: dict[NodeId, float] = defaultdict(float)
    timed = {link.id: hours for link, hours in timed_links(maps) if link.id in links}
    for key, hours in timed.items():
        total += hours
        pairs = list(maps.pairs(maps.document.links[key]))
        for pair in pairs:
            for v in pair:
                if v not in gone and v in maps.index:
                    each[v] += hours / len(pairs)
    untimed = sum(1 for link in talk(maps) if link.id in links) - len(timed)
    freed = tuple(sorted(each.items(), key=lambda item: (-item[1], item[0])))
    return (total if timed else None), untimed, freed


def _sought(before: Maps, after: Maps) -> Iterator[tuple[NodeId, str]]:
    """Who stays and seeks what nobody could answer any more, though somebody can now."""
    for topic in topics(before.document).values():
        askers = [v for v in topic.seekers if v in after.document.nodes and v not in topic.holders]
        if askers and topic.holders:
            now = steps_to_answer(before, topic.holders)
            then = steps_to_answer(after, [v for v in topic.holders if v in after.document.nodes])
            yield from ((v, topic.words) for v in askers if v in now and v not in then)


def _unknown(before: Maps, after: Maps) -> Iterator[str]:
    """Topics all of whose holders are away."""
    for topic in topics(before.document).values():
        if topic.holders and not any(v in after.document.nodes for v in topic.holders):
            yield topic.words


def _outside(before: Maps, after: Maps) -> Iterator[NodeId]:
    """Outside parties and sources that stay, and have nobody to talk with any more; in order of id."""
    joined = {v for arc in before.all_arcs for v in arc}
    left = {v for arc in after.all_arcs for v in arc}
    yield from sorted(v for v in joined - left if v in after.document.nodes and v not in after.index)


def _work(maps: Maps, away: Collection[NodeId], links: Collection[LinkId]) -> Iterator[EndId]:
    """Whose work needs that of somebody who is away, by lines that go with them; each once, by id."""
    listed = (maps.document.links[key] for key in links)
    needs = (n for n in listed if n.kind is LinkKind.NEEDS and n.status is not Status.PROPOSED)
    gone = set(away)
    ends = {link.source for link in needs if gone.issuperset(maps.carriers(link.target, link.source))}
    yield from sorted(end for end in ends if not gone.issuperset(maps.carriers(end)))


def _subjects(finding: Finding) -> tuple[str, ...]:
    """Whom it is about; the map, which has no id, where nobody is named."""
    return (*finding.people, *finding.modules, *finding.links) or ("",)
