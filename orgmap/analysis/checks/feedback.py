"""no-way-back: lines no path leads back on, and the modules and pairs that never hear an answer.

Definition: docs/findings.md, no-way-back. Return lengths are those of `paths.condensation` and
breadth-first search; modules are searched on people, from all members at once, never on a graph of
modules, where a ring of modules would hide that nobody in it can answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import ENTRIES, NO_WAY_BACK
from orgmap.analysis.checks.broadcast import people_told
from orgmap.analysis.checks.broadcast_modules import modules_told
from orgmap.analysis.checks.feedback_modules import modules_unheard
from orgmap.analysis.checks.feedback_pairs import pairs_unheard
from orgmap.analysis.checks.listening import only_hearing
from orgmap.analysis.checks.situation import Neighbours, Situation, once, steps, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import by_cause, same
from orgmap.analysis.paths import condensation, links_to_close
from orgmap.analysis.repairs import MOST, telling
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId

CANDIDATES = 8  # ends tried for a return line: those with most lines of the group
SUM_UP = 3  # single people with the same trouble, from which they are one finding

_LINES = text(
    "finding",
    "{tellers} tells {hearers} things, and on this map no answer can get back.",
    "{tellers} tell {hearers} things, and on this map no answer can get back.",
)
_WHY = text("finding", "There is no way back, neither directly nor through other people.")
_CUT = text(
    "finding",
    "{n} person cannot be heard by {tellers}: {people}.",
    "{n} people cannot be heard by {tellers}: {people}.",
)
_ASK = text("finding", "How could {tellers} hear back from {hearers}?")
_ANSWER = text("advice", "the answer of {hearer} then has a way back")
_ANSWER_MANY = text(
    "advice", "the answer of {n} person has a way back", "the answers of {n} people have a way back"
)

Arc = tuple[NodeId, NodeId]
Cause = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Open:
    """Open lines with one cause. `people`: who has no way back."""

    arcs: tuple[Arc, ...]
    people: tuple[NodeId, ...]

    @property
    def tellers(self) -> tuple[NodeId, ...]:
        """Those whose words get no answer, in order of id."""
        return tuple(sorted({u for u, _ in self.arcs}))

    @property
    def hearers(self) -> tuple[NodeId, ...]:
        """Those at the other end, in order of id."""
        return tuple(sorted({v for _, v in self.arcs}))


def no_way_back(situation: Situation) -> Iterator[Finding]:
    """Lines by cause, then modules, then the pairs that must hear back. O(n + m) and the searches."""
    missing = situation.untold or situation.one_way
    if missing is not None:
        yield situation.not_judged(NO_WAY_BACK, missing)
        return
    explained: set[NodeId] = set(only_hearing(situation))
    for group in _groups(situation):
        explained |= set(group.people)
        yield _finding(situation, group)
    for voice in (*people_told(situation).values(), *modules_told(situation).values()):
        explained |= set(voice.late)
    yield from modules_unheard(situation)
    yield from pairs_unheard(situation, explained)


@once
def open_arcs(situation: Situation) -> tuple[Arc, ...]:
    """Arcs without any way back, less those that want no answer and those that are told of elsewhere:
    out of a broadcast-only voice, or to somebody who only listens.
    """
    part, links = condensation(situation.maps).of, situation.document.links
    told, quiet = set(people_told(situation)), set(only_hearing(situation))
    heard = [(set(v.speakers), set(v.audience)) for v in modules_told(situation).values()]
    return tuple(
        (u, v)
        for (u, v), arc in situation.maps.arcs.items()
        if part[u] != part[v]
        and u not in told
        and v not in quiet
        and u not in situation.silent
        and not all(links[key].no_answer_needed for key in arc.links)
        and not any(u in speakers and v in audience for speakers, audience in heard)
    )


def _groups(situation: Situation) -> Iterator[Open]:
    parts = condensation(situation.maps)
    sinks, sources = set(parts.sinks), set(parts.sources)

    def lesser(part: int) -> bool:
        return 2 * len(parts.parts[part]) <= len(situation.maps.nodes)

    def causes(arc: Arc) -> Iterator[Cause]:
        """What lies apart is the cause, never the greater part of the map that it lies apart from."""
        start, end = parts.of[arc[0]], parts.of[arc[1]]
        found = [("sink", end)] if end in sinks and lesser(end) else []
        if start in sources and lesser(start):
            found.append(("source", start))
        yield from found or [("between", end)]

    grouped, _ = by_cause(open_arcs(situation), causes, least=1)
    single: list[Arc] = []
    for (kind, part), arcs in grouped:
        if kind != "source" and len(parts.parts[part]) == 1:
            single += arcs
        else:
            yield _open(situation, arcs)
    # one-person ends: those with one and the same teller are one finding, many are summed up
    by_hearer = same(sorted(single, key=lambda arc: arc[1]), lambda arc: arc[1])
    lead = same(by_hearer, lambda item: tuple(sorted({u for u, _ in item[1]})))
    if len(lead) >= SUM_UP:
        yield _open(situation, single)
    else:
        for _, hearers in lead:
            yield _open(situation, [arc for _, arcs in hearers for arc in arcs])


def _open(situation: Situation, arcs: list[Arc]) -> Open:
    """Whoever hears has no way back, and so has their whole part of the map if it is the lesser one."""
    parts = condensation(situation.maps)
    people: set[NodeId] = set()
    for _, v in arcs:
        own = parts.parts[parts.of[v]]
        people |= set(own) if 2 * len(own) <= len(situation.maps.nodes) else {v}
    return Open(tuple(sorted(arcs)), tuple(sorted(people)))


def _finding(situation: Situation, group: Open) -> Finding:
    links = situation.links_of(group.arcs)
    severity = min(len(group.people) / situation.others, 1.0)
    tellers = situation.names(group.tellers, 3)
    hearers = situation.names(group.hearers, 3)
    lines = len(situation.maps.arcs)
    unanswered = len(_open_on_map(situation))
    closing = links_to_close(situation.maps) or 0
    beyond = set(group.people) - set(group.hearers)
    cut = _CUT(n=len(group.people), tellers=tellers, people=situation.names(group.people)) if beyond else None
    return Finding(
        code=NO_WAY_BACK,
        weight=Weight.ACT if severity >= situation.cut("no-way-back.act") else Weight.LOOK,
        severity=severity,
        claim=_LINES(n=len(group.tellers), tellers=tellers, hearers=hearers),
        because=together(_WHY(), cut, situation.for_whom(links)),
        question=_ASK(tellers=tellers, hearers=hearers),
        links=links,
        advice=_advice(situation, group),
        evidence={
            "tellers": group.tellers,
            "hearers": group.hearers,
            "no_way_back": group.people,
            "open_lines": unanswered,
            "lines": lines,
            "links_to_close": closing,
        },
        lit_nodes=tuple(dict.fromkeys((*group.tellers, *group.hearers))),
        lit_links=links,
        source=ENTRIES[NO_WAY_BACK].source,
    )


def _advice(situation: Situation, group: Open) -> tuple[Advice, ...]:
    """Return lines by how many people on the whole map they give a way back to somebody who told them.

    A line from v to u closes every open line whose hearer reaches v and whose teller u reaches.
    """
    best: dict[NodeId, tuple[int, NodeId, NodeId, tuple[NodeId, ...]]] = {}
    lines = _open_on_map(situation)
    own = set(group.arcs)
    passed = {u: steps(situation.out, [u]).keys() for u in _ends(situation, group)}
    for v in _starts(situation, group):
        sent = steps(situation.into, [v]).keys()
        for u, reached in passed.items():
            closed = {arc for arc in lines if arc[1] in sent and arc[0] in reached}
            if u != v and u not in situation.out[v] and closed & own:
                heard = tuple(sorted({hearer for _, hearer in closed}))
                line = (-len(heard), v, u, heard)
                best[v] = min(best.get(v, line), line)
    return tuple(
        telling(situation.maps, v, u, _mended(situation, heard), -helped)
        for helped, v, u, heard in sorted(best.values())[:MOST]
    )


def _mended(situation: Situation, heard: tuple[NodeId, ...]) -> Said:
    if len(heard) > 1:
        return _ANSWER_MANY(n=len(heard))
    return _ANSWER(n=1, hearer=situation.name(heard[0]))


@once
def _open_on_map(situation: Situation) -> frozenset[Arc]:
    part = condensation(situation.maps).of
    return frozenset((u, v) for u, v in situation.maps.arcs if part[u] != part[v])


def _starts(situation: Situation, group: Open) -> list[NodeId]:
    """Hearers with most of the lines; and behind them, those on whom the ways there end."""
    return _candidates(
        situation, [v for _, v in group.arcs], situation.out, condensation(situation.maps).sinks
    )


def _ends(situation: Situation, group: Open) -> list[NodeId]:
    """Tellers with most of the lines; and before them, those with whom the ways there begin."""
    return _candidates(
        situation, [u for u, _ in group.arcs], situation.into, condensation(situation.maps).sources
    )


def _candidates(
    situation: Situation, near: list[NodeId], neighbours: Neighbours, last: tuple[int, ...]
) -> list[NodeId]:
    parts = condensation(situation.maps)
    able = situation.people if situation.people.intersection(near) else situation.maps.index.keys()
    count = Counter(v for v in near if v in able)
    first = sorted(count, key=lambda v: (-count[v], v))[:CANDIDATES]
    beyond = steps(neighbours, near)
    far = [
        min(own, key=lambda v: (-len(situation.maps.flow.adj[v]), v))
        for part in last
        if (own := [v for v in parts.parts[part] if v in beyond and v in able])
    ]
    return list(dict.fromkeys([*first, *far[:CANDIDATES]]))
