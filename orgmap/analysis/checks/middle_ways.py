"""What helps a middle that is cut off: lines from side to side, up and down, and along the chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from orgmap.analysis.checks.layers import across, middle
from orgmap.analysis.checks.middle_facts import Lateral, Passed, reached
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Advice
from orgmap.analysis.repairs import MOST, known, talk
from orgmap.i18n import text
from orgmap.model.document import Change, Document, Draft
from orgmap.model.edits import add_link, delete
from orgmap.model.entities import Link, LinkKind, NodeId

LATERAL = 2  # lines from side to side that are offered

_MEET = text(
    "advice",
    "Let {one} and {other} talk directly: {n} more pair in the middle can do without the top.",
    "Let {one} and {other} talk directly: {n} more pairs in the middle can do without the top.",
)
_UP = text("advice", "Let {name} and {other}, who stands higher, talk.")
_DOWN = text("advice", "Let {name} and {other}, who stands lower, talk.")
_FIRST = text(
    "advice",
    "Let {name} pass on between {top} and {other}: {n} contact less skips the middle.",
    "Let {name} pass on between {top} and {other}: {n} contacts fewer skip the middle.",
)
_CARRY = text(
    "advice",
    "Let {name} pass on what {top} and {other} tell each other: {n} contact less skips the middle.",
    "Let {name} pass on what {top} and {other} tell each other: {n} contacts fewer skip the middle.",
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
    """The two lines with ends of their own after which most pairs meet.

    A line brings its ends near, each also to whom the other has a line with.
    """
    apart, lines = (side.across & ~side.near).astype(np.float32), side.lines.astype(np.float32)
    behind = apart @ lines.T
    gains = np.triu(np.where(side.across & ~side.lines, behind + behind.T + apart, 0)).astype(np.intp)
    for _ in range(LATERAL):
        if not gains.any():
            return
        one, other = (int(i) for i in np.unravel_index(gains.argmax(), gains.shape))
        gain, ends = int(gains[one, other]), (side.people[one], side.people[other])
        words = _MEET(one=situation.name(ends[0]), other=situation.name(ends[1]), n=gain)
        yield replace(talk(situation.maps, *ends, words), gain=float(gain))
        gains[[one, other]] = gains[:, [one, other]] = 0


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
        made += 1
        known_up, known_down = (maps.two_way.has_edge(between, end) for end in (top, low))
        if known_up and known_down:
            change = delete(document, [link.id for link in links])
        else:
            change = _moved(document, links, top if known_up else low, between)
        if not known_up and not known_down:  # whoever stands below keeps a line
            change = change.then(add_link(document.apply(change), between, low, two_way=True)[0])
        words = _FIRST if known_down and not known_up else _CARRY
        yield Advice(words(**names), change, float(gain))


def _moved(document: Document, links: Sequence[Link], end: NodeId, to: NodeId) -> Change:
    """Let these lines begin or end with somebody else."""
    draft = Draft(document)
    for link in links:
        moved = replace(link, source=to) if link.source == end else replace(link, target=to)
        draft.put(moved)
    return draft.change()
