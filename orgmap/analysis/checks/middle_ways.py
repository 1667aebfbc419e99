"""What helps a middle that is cut off: lines from side to side, up and down, and along the chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orgmap.analysis.checks.layers import across, middle
from orgmap.analysis.checks.middle_facts import Lateral, Pair, Passed, free, reached
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Advice
from orgmap.analysis.repairs import MOST, known, talk
from orgmap.i18n import text
from orgmap.model.edits import delete, reattach
from orgmap.model.entities import LinkKind, NodeId

TRIED = 60  # people of the middle between whom lines are tried: those who meet fewest others

_MEET = text(
    "advice",
    "Let {one} and {other} talk directly: {n} more pair in the middle meets without the top.",
    "Let {one} and {other} talk directly: {n} more pairs in the middle meet without the top.",
)
_UP = text("advice", "Let {name} talk with {other}, as a line up.")
_DOWN = text("advice", "Let {name} talk with {other}, as a line down.")
_FIRST = text(
    "advice",
    "Let {top} talk with {name} instead of {other}: {n} line no longer passes the middle by.",
    "Let {top} talk with {name} instead of {other}: {n} lines no longer pass the middle by.",
)
_CARRY = text(
    "advice",
    "Let {name} carry what {top} and {other} say to each other: {n} line no longer passes the middle by.",
    "Let {name} carry what {top} and {other} say to each other: {n} lines no longer pass the middle by.",
)


def ways(
    situation: Situation,
    up: Sequence[NodeId],
    down: Sequence[NodeId],
    side: Lateral | None,
    past: Passed | None,
) -> tuple[Advice, ...]:
    """Lines by what they mend: pairs that meet, people with both sides, lines that pass nobody by."""
    made = [
        *(_side(situation, side) if side is not None else ()),
        *_missing(situation, up, down),
        *(_along(situation, past) if past is not None else ()),
    ]
    return tuple(sorted(made, key=lambda advice: -advice.gain)[: MOST + 1])


def _side(situation: Situation, side: Lateral) -> Iterator[Advice]:
    """The two lines with ends of their own after which most pairs meet."""
    apart = {pair for pair in side.pairs if pair not in side.near}
    fewest = sorted({v for pair in apart for v in pair}, key=lambda v: (-side.apart(v)[0], v))[:TRIED]
    graph = free(situation)
    wanted = [
        (u, v) for u in fewest for v in fewest if u < v and v not in graph[u] and across(situation, u, v)
    ]
    ranked = sorted(
        ((len(_met(situation, pair, apart)), pair) for pair in wanted), key=lambda i: (-i[0], i[1])
    )
    taken: set[NodeId] = set()
    for gain, (one, other) in ranked:
        if gain and not taken & {one, other} and len(taken) < 4:
            taken |= {one, other}
            words = _MEET(one=situation.name(one), other=situation.name(other), n=gain)
            yield replace(talk(situation.maps, one, other, words), gain=float(gain))


def _met(situation: Situation, line: Pair, apart: set[Pair]) -> set[Pair]:
    """The pairs that a line would bring within two steps."""
    graph, (one, other) = free(situation), line
    found = {(one, v) for v in (other, *graph[other])} | {(v, other) for v in graph[one]}
    return {pair for u, v in found if (pair := (min(u, v), max(u, v))) in apart}


def _missing(situation: Situation, up: Sequence[NodeId], down: Sequence[NodeId]) -> Iterator[Advice]:
    """For whoever misses a side the nearest on it: of the same module, else the best known."""
    maps, found = situation.maps, middle(situation)
    for people, ends, entry in ((up, found.over, _UP), (down, found.under, _DOWN)):
        for v in people[:MOST]:
            able = [w for w in ends[v] if w in situation.people]
            levels = {w: situation.document.nodes[w].level or 0 for w in able}
            if people is up:  # not the very top where somebody stands nearer
                able = [w for w in able if levels[w] == max(levels.values())]
            own = [w for w in able if not across(situation, v, w)]
            other = next(iter(known(maps.two_way, own or able)), None)
            if other is not None:
                words = entry(name=situation.name(v), other=situation.name(other))
                yield replace(talk(maps, v, other, words), gain=1.0)


def _along(situation: Situation, past: Passed) -> Iterator[Advice]:
    """Lines that pass somebody in the middle by begin or end there instead, or go where they go already."""
    maps, document, above = situation.maps, situation.document, middle(situation).above
    under = {v: reached(situation, v) for v in past.people}
    made, told = 0, set[frozenset[NodeId]]()
    for arc in past.past:
        top, low = arc if arc[0] in above else arc[::-1]
        if made == MOST or frozenset(arc) in told or not {top, low} <= situation.people:
            continue
        told.add(frozenset(arc))
        between = next((v for v in past.people if low in under[v]), None)
        links = [document.links[key] for key in situation.links_of([arc, arc[::-1]])]
        if between is None or any(
            {k.source, k.target} != {top, low} or k.kind is not LinkKind.TALKS for k in links
        ):
            continue
        gain = sum(1 for way in (arc, arc[::-1]) if way in maps.arcs)
        names: dict[str, str | int] = {
            "top": situation.name(top),
            "other": situation.name(low),
            "name": situation.name(between),
            "n": gain,
        }
        if maps.two_way.has_edge(top, between) and maps.two_way.has_edge(between, low):
            made += 1
            yield Advice(_CARRY(**names), delete(document, [k.id for k in links]), float(gain))
        elif not maps.two_way.has_edge(top, between) and len(links) == 1:
            made += 1
            end = {"source": between} if links[0].source == low else {"target": between}
            yield Advice(_FIRST(**names), reattach(document, links[0].id, **end), float(gain))
