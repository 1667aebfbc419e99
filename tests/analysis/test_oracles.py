"""The facts of the findings against plain searches, written anew from their definitions, on many maps.

Nothing here uses the graphs or the matrices of the analysis: arcs are read off the document, distances
are searched one person at a time, and absences are tried by leaving people out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, permutations

import pytest

from orgmap.analysis import paths, registry
from orgmap.analysis.checks.bottlenecks import holds
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.checks.thread_facts import threads
from orgmap.analysis.graphs import Maps
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, LinkKind, ModuleId, NodeId, NodeKind, Status
from tests.analysis.maps import random_map

MAPS = 400
Arcs = set[tuple[str, str]]


@pytest.fixture(scope="module")
def maps() -> list[Document]:
    return [random_map(seed) for seed in range(MAPS)]


def test_arcs_are_those_the_links_say(maps: list[Document]) -> None:
    for document in maps:
        assert set(Maps(document).arcs) == _arcs(document)


def test_ways_back_are_the_shortest(maps: list[Document]) -> None:
    for document in maps:
        arcs = _arcs(document)
        expected = {(u, v): _steps(arcs, v).get(u) for u, v in arcs}

        assert paths.return_lengths(Maps(document)) == expected


def test_an_absence_loses_and_lengthens_what_a_search_without_the_person_finds(
    maps: list[Document],
) -> None:
    for document in maps:
        for person in _people(document):
            found = paths.without(Maps(document), NodeId(person))

            assert (found.lost, found.lengthened) == _absence(document, person)


def test_cut_points_and_who_is_cut_off_are_those_of_the_parts_left(maps: list[Document]) -> None:
    for document in maps:
        graphs = Maps(document)
        cuts = set()
        for person in _people(document):
            fallen = _fallen(document, person)
            cuts |= {person} if fallen else set()

            assert set(paths.cut_off(graphs, NodeId(person))) == {v for part in fallen for v in part}
        assert set(paths.cut_points(graphs)) == cuts


def test_bottlenecks_are_those_of_the_definition(maps: list[Document]) -> None:
    told = 0
    for document in maps:
        size = len(_people(document))
        expected = set()
        for person in _named(document):
            lost, lengthened = _absence(document, person)
            fallen = _fallen(document, person)
            apart = sum(map(len, fallen)) >= 3 and max(map(len, fallen)) >= 2
            longer = lengthened - _lengthened_for_leaves(document, person) >= 20
            if size > 2 and lost + lengthened >= 0.1 * (size - 1) * (size - 2) and (apart or longer):
                expected.add(person)

        assert {h.person for h in holds(Situation(Maps(document)))} == expected
        told += len(expected)
    assert told > 50


def test_voices_that_cannot_be_answered_are_those_of_the_definition(maps: list[Document]) -> None:
    told = {"B0": 0, "B1": 0}
    for document in maps:
        findings = registry.run(document, only=["broadcast-only"], measures=False).findings
        if any(not f.judged for f in findings):
            assert _all_downwards(document)
            continue
        found = {
            f.people[0]: kind for f in findings if f.people and (kind := str(f.evidence["kind"])) != "B2"
        }
        expected = {}
        if len(_named(document)) >= 4:
            expected = {v: kind for v in _named(document) if (kind := _voice(document, v))}

        assert found == expected
        for kind in found.values():
            told[kind] += 1
    assert min(told.values()) > 10


def test_single_threads_between_modules_are_those_of_the_definition(maps: list[Document]) -> None:
    told = 0
    for document in maps:
        if any(m.parent is not None for m in document.modules.values()):
            continue  # of nested pairs only the outermost is told
        expected = {pair: people for pair in _pairs(document) if (people := _only_through(document, *pair))}
        found = {t.modules: set(t.people) for t in threads(Situation(Maps(document))) if t.modules}

        assert found == expected
        told += len(expected)
    assert told > 20


def test_a_module_and_one_inside_it_are_never_two_that_must_meet(maps: list[Document]) -> None:
    for document in maps:
        pairs = [t.modules for t in threads(Situation(Maps(document))) if t.modules is not None]

        for a, b in pairs:
            assert a not in _around(document, b) | {b}
            assert b not in _around(document, a)


def test_the_fewest_lines_that_close_everything_are_found_by_trying_all() -> None:
    tried = 0
    for seed in range(1_000):
        document = random_map(seed)
        people, arcs = _people(document), _arcs(document)
        if not 2 <= len(people) <= 5:
            continue
        tried += 1
        number = next(k for k in range(len(people) + 1) if _closes(people, arcs, k))

        assert paths.links_to_close(Maps(document)) == number
    assert tried > 50


def _closes(people: list[str], arcs: Arcs, number: int) -> bool:
    free = [pair for pair in permutations(people, 2) if pair not in arcs]
    first = people[0]

    def strong(more: Iterable[tuple[str, str]]) -> bool:
        every = arcs | set(more)
        back = {(v, u) for u, v in every}
        return len(_steps(every, first)) == len(_steps(back, first)) == len(people)

    return any(strong(more) for more in combinations(free, number))


def _people(document: Document) -> list[str]:
    """Persons and posts, filled or not: those whom the lines of talk join."""
    kinds = (NodeKind.PERSON, NodeKind.ROLE)
    return sorted(v for v, node in document.nodes.items() if node.kind in kinds)


def _named(document: Document) -> list[str]:
    """Those of them whom a finding may name."""
    nodes = document.nodes
    posts = {v for v, node in nodes.items() if node.kind is NodeKind.ROLE and node.vacant}
    return [v for v in _people(document) if v not in posts]


def _everybody_in(document: Document, module: str) -> set[str]:
    below = {m for m, each in document.modules.items() if each.parent == module}
    own = {v for v in _people(document) if module in document.nodes[NodeId(v)].modules}
    return own.union(*(_everybody_in(document, m) for m in below))


def _around(document: Document, module: str) -> set[str]:
    parent = document.modules[ModuleId(module)].parent
    return set() if parent is None else {str(parent)} | _around(document, parent)


def _speaking(document: Document, end: str, other: str) -> set[str]:
    module = document.modules.get(ModuleId(end))
    if module is None:
        return {end}
    return {str(module.lead)} if module.lead not in (None, other) else _everybody_in(document, end)


def _carried(document: Document) -> Iterator[tuple[str, str, LinkId]]:
    """Arcs with the link that carries each."""
    people = set(_people(document))
    for link in document.links.values():
        if link.kind is not LinkKind.TALKS or link.status is Status.PROPOSED:
            continue
        for u in _speaking(document, link.source, link.target) & people:
            for v in _speaking(document, link.target, link.source) & people - {u}:
                yield u, v, link.id
                if link.two_way and link.channel != "newsletter":
                    yield v, u, link.id


def _arcs(document: Document) -> Arcs:
    return {(u, v) for u, v, _ in _carried(document)}


def _both(arcs: Arcs) -> Arcs:
    return {(u, v) for u, v in arcs if (v, u) in arcs}


def _steps(arcs: Arcs, start: str, without: Collection[str] = ()) -> dict[str, int]:
    found, waiting = {start: 0}, deque([start])
    while waiting:
        at = waiting.popleft()
        for u, v in arcs:
            if u == at and v not in found and v not in without:
                found[v] = found[at] + 1
                waiting.append(v)
    return found


def _absence(document: Document, person: str) -> tuple[int, int]:
    arcs, lost, lengthened = _arcs(document), 0, 0
    for v in set(_people(document)) - {person}:
        before, after = _steps(arcs, v), _steps(arcs, v, without=[person])
        lost += sum(w not in after for w in before if w != person)
        lengthened += sum(after[w] > before[w] for w in after)
    return lost, lengthened


def _parts(arcs: Arcs, people: Iterable[str], without: Collection[str]) -> list[set[str]]:
    parts: list[set[str]] = []
    for v in people:
        if v not in without and not any(v in part for part in parts):
            parts.append(set(_steps(arcs, v, without)))
    return parts


def _fallen(document: Document, person: str) -> list[set[str]]:
    """What the person's part of the two-way map falls into while they are away, less the largest."""
    both = _both(_arcs(document))
    own = set(_steps(both, person)) - {person}
    parts = _parts(both, sorted(own), [person])
    return sorted(parts, key=lambda part: (-len(part), min(part)))[1:]


def _lengthened_for_leaves(document: Document, person: str) -> int:
    """Pairs with a longer way that have an end with no two-way line but the one to the person."""
    arcs = _arcs(document)
    both = _both(arcs)
    leaves = {v for v in _people(document) if {w for u, w in both if u == v} == {person}}
    number = 0
    for v in set(_people(document)) - {person}:
        before, after = _steps(arcs, v), _steps(arcs, v, without=[person])
        number += sum(after[w] > before[w] for w in after if v in leaves or w in leaves)
    return number


def _voice(document: Document, person: str) -> str:
    links = document.links
    carried = list(_carried(document))
    arcs = {(u, v) for u, v, _ in carried}
    told = {v for u, v, key in carried if u == person and not links[key].no_answer_needed}
    heard = {u for u, v in arcs if v == person}
    if len(told) < 3:
        return ""
    if not heard:
        return "B0"
    audience = told - heard
    near = sum(_steps(arcs, v).get(person, 9) <= 2 for v in audience)
    fits = len(audience) >= 3 and 2 * len(audience) >= len(told) and 5 * near <= len(audience)
    return "B1" if fits else ""


def _all_downwards(document: Document) -> bool:
    """No line of talk at all, or each runs down the levels or the reporting lines."""
    reports = {
        (u, v)
        for link in document.links.values()
        if link.kind is LinkKind.REPORTS and link.status is not Status.PROPOSED
        for u in _speaking(document, link.source, link.target)
        for v in _speaking(document, link.target, link.source)
    }

    def down(u: str, v: str) -> bool:
        over, under = (document.nodes[NodeId(w)].level for w in (u, v))
        by_level = over is not None and under is not None and over < under
        return by_level or v in _steps(reports, u)

    return all(down(u, v) for u, v in _arcs(document))


def _pairs(document: Document) -> Iterator[tuple[ModuleId, ModuleId]]:
    """Pairs of modules with three people or more on each side, two where their work needs each other."""
    needs = [link for link in document.links.values() if link.kind is LinkKind.NEEDS]
    needs = [link for link in needs if link.status is not Status.PROPOSED]
    named = set(_named(document))

    def at(end: str) -> set[str]:
        return {end} if end in document.modules else set(map(str, document.nodes[NodeId(end)].modules))

    for a, b in combinations(sorted(document.modules), 2):
        ends = [(at(link.source), at(link.target)) for link in needs]
        needed = any((a in one and b in other) or (b in one and a in other) for one, other in ends)
        smaller = min(len(_everybody_in(document, m) & named) for m in (a, b))
        if smaller >= (2 if needed else 3):
            yield a, b


def _only_through(document: Document, a: ModuleId, b: ModuleId) -> set[str]:
    """Whoever is an end of every two-way line between the two modules; belonging to both is a line."""
    here, there = _everybody_in(document, a), _everybody_in(document, b)
    both = _both(_arcs(document))
    lines = [{u, v} for u, v in both if u in here and v in there] + [{v} for v in here & there]
    ends = set.intersection(*lines) if lines else set()
    return ends if ends & set(_named(document)) else set()
