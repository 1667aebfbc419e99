"""Which line gives most askers a way to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orgmap.analysis.checks.asking import Ask, Trouble, topics_of
from orgmap.analysis.checks.isolated import told_apart
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Advice
from orgmap.analysis.ground import Ground
from orgmap.analysis.reaching import (
    all_over,
    answering,
    nearest,
    net_of,
    rings_of,
    steps_to_answer,
    steps_to_any,
)
from orgmap.analysis.repairs import ranked, talk, talking, tell, telling
from orgmap.i18n import Said, names, text
from orgmap.model.document import Change, Document
from orgmap.model.edits import add_link, add_node, set_fields
from orgmap.model.entities import Node, NodeId, NodeKind

LOOKED_AT = 8  # askers, people near them, and people who know, among whom lines are tried
MOST_READERS = 8  # of one place to look something up that is proposed

_GAINED = {
    Trouble.NONE: text("advice", "{n} person gains a way to an answer", "{n} people gain a way to an answer"),
    Trouble.LONG: text(
        "advice", "{n} person gains a shorter way to an answer", "{n} people gain a shorter way to an answer"
    ),
    Trouble.SINGLE: text(
        "advice", "{n} person gains a second way to an answer", "{n} people gain a second way to an answer"
    ),
}
_LOOK = text("advice", "Let {name} look it up in {other}: {gained}.")
_ASK = text("advice", "Let {name} talk with {other}: {gained}.")
_NOTES = text("advice", "Keep notes on {topic} where {names} can look: {gained}.")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that could be drawn, and how many askers it helps. `both`: each tells the other."""

    source: NodeId
    target: NodeId
    helped: int
    both: bool
    jump: bool


def advices(situation: Situation, asks: Sequence[Ask]) -> tuple[Advice, ...]:
    """Lines for askers with one kind of trouble, by the people each helps; else somewhere to look it up."""
    kind = next((ask.trouble for ask in asks if ask.trouble is not Trouble.UNKNOWN), None)
    if kind is None:
        return ranked(_notes(situation, asks))
    maps, best = situation.maps, dict[tuple[NodeId, NodeId], Line]()
    by_ends: dict[tuple[NodeId, ...], list[Ask]] = {}
    for ask in asks:
        if ask.trouble is kind:
            by_ends.setdefault(ask.ends, []).append(ask)
    for ends, own in sorted(by_ends.items(), key=lambda item: (-len(item[1]), item[0]))[:LOOKED_AT]:
        for line in (*_talks(situation, ends, own), *_tells(situation, ends, own)):
            known = best.get((line.source, line.target))
            if known is None or line.helped > known.helped:
                best[line.source, line.target] = line
    askers = {ask.asker for ask in asks}
    listed = sorted(
        best.values(),
        key=lambda a: (-a.helped, a.jump, not a.both, a.source not in askers, a.source, a.target),
    )
    made, met = list[Advice](), set[NodeId]()
    for line in listed:
        if line.source not in met:  # another line of the same person would be much the same advice
            met.add(line.source)
            gained = _GAINED[kind](n=line.helped)
            if line.target not in situation.people:
                made.append(_further(situation, line, gained))
            elif line.both:
                made.append(talking(maps, line.source, [line.target], gained, line.helped))
            else:
                made.append(telling(maps, line.source, line.target, gained, line.helped))
    return ranked(made)


def _further(situation: Situation, line: Line, gained: Said) -> Advice:
    """A line to where nobody on the map sits who knows: a source, or somebody outside."""
    maps, node = situation.maps, situation.document.nodes[line.target]
    ends = {"name": maps.name(line.source), "other": maps.name(node.id)}
    if node.kind is NodeKind.SOURCE:
        return tell(maps, node.id, line.source, _LOOK(**ends, gained=gained), line.helped)
    return talk(maps, line.source, node.id, _ASK(**ends, gained=gained), line.helped)


def _talks(situation: Situation, ends: tuple[NodeId, ...], asks: Sequence[Ask]) -> Iterator[Line]:
    """Lines from askers, or from people they talk with, to somebody who knows."""
    maps, net, rings = situation.maps, net_of(situation.maps), rings_of(situation.maps)
    most = int(situation.cut("no-answer-route.hand-offs"))
    near = dict.fromkeys(ask.asker for ask in asks[:LOOKED_AT])
    near |= dict.fromkeys(
        w for v in list(near) for w in list(maps.two_way.adj[v])[:LOOKED_AT] if w in situation.people
    )
    away = {ask.asker: _passed(situation, ask) for ask in asks}
    for x in near:
        situation.progress.at(0.9)
        for end in _best_ends(situation, ends, x):
            if maps.two_way.has_edge(x, end) or any(x in passed for passed in away.values()):
                continue
            for passed in dict.fromkeys(away.values()):
                reach = steps_to_any(maps, [x], most, passed)
                helped = [
                    a.asker
                    for a in asks
                    if away[a.asker] == passed
                    and (a.asker == x or (a.asker in reach and rings.get(a.asker) == rings.get(x)))
                ]
                if helped:
                    yield Line(x, end, len(set(helped)), both=True, jump=net.jump(x, end))


def _tells(situation: Situation, ends: tuple[NodeId, ...], asks: Sequence[Ask]) -> Iterator[Line]:
    """Lines on which askers answer somebody who tells them, and from whom an answer can be had."""
    maps, net, rings = situation.maps, net_of(situation.maps), rings_of(situation.maps)
    most = int(situation.cut("no-answer-route.hand-offs"))
    if asks[0].trouble is not Trouble.NONE:
        return
    steps = steps_to_answer(maps, ends)
    for ask in asks[:LOOKED_AT]:
        x = ask.asker
        for teller in sorted(situation.into[x]):
            far = steps.get(teller)
            if far is None or far > most or teller in situation.out[x] or teller not in situation.people:
                continue
            reach = steps_to_any(maps, [x], most - far)
            helped = {a.asker for a in asks if a.asker in reach and rings.get(a.asker) == rings.get(x)}
            yield Line(x, teller, len(helped | {x}), both=False, jump=net.jump(x, teller))


def _passed(situation: Situation, ask: Ask) -> frozenset[NodeId]:
    """Whom another way has to leave out: everybody whom all ways pass, where that is the trouble."""
    if ask.trouble is not Trouble.SINGLE:
        return frozenset()
    maps = situation.maps
    able = answering(maps, ask.asker, ask.ends)
    return frozenset(all_over(maps, ask.asker, able, nearest(maps, ask.asker, able) or ()))


def _best_ends(situation: Situation, ends: tuple[NodeId, ...], x: NodeId) -> list[NodeId]:
    """Who of those that know is best asked by x: no level jumped, of the same module, less senior."""
    net, nodes, home = net_of(situation.maps), situation.document.nodes, situation.maps.home
    apart = told_apart(situation)
    able = [v for v in ends if v != x and v in situation.people] or [v for v in ends if v in net.out]
    return sorted(
        able,
        key=lambda v: (
            v in apart,
            net.jump(x, v),
            home.get(v) is None or home[v] != home[x],
            -(nodes[v].level or 0),
            len(net.out[v]),
            v,
        ),
    )[:2]


def _lines(document: Document, source: NodeId, readers: Sequence[NodeId]) -> Iterator[Change]:
    for reader in readers:
        change, _ = add_link(document, source, reader, two_way=False)
        document = document.apply(change)
        yield change


def _notes(situation: Situation, asks: Sequence[Ask]) -> Iterator[Advice]:
    """For topics that nobody knows: a place to look them up, with a line to each who seeks it."""
    by_topic: dict[str, list[NodeId]] = {}
    for ask in asks:
        if ask.topic is not None:
            by_topic.setdefault(ask.topic, []).append(ask.asker)
    for key, readers in sorted(by_topic.items(), key=lambda item: (-len(item[1]), item[0])):
        topic, listed = topics_of(situation)[key].words, readers[:MOST_READERS]
        document = situation.document
        at = [(n.x, n.y) for v in listed if (n := document.nodes[v]).x is not None and n.y is not None]
        spot = None
        if at:
            middle = (sum(x or 0.0 for x, _ in at) / len(at), sum(y or 0.0 for _, y in at) / len(at))
            spot = Ground(document).take(Node(id=NodeId(""), name=topic), middle)
        change, made = add_node(document, topic, spot, kind=NodeKind.SOURCE)
        after = document.apply(change)
        for more in (set_fields(after, [made], knows=(topic,)), *_lines(after, made, listed)):
            change = change.then(more)
        gained = _GAINED[Trouble.NONE](n=len(listed))
        people = names(situation.name(v) for v in listed)
        yield Advice(_NOTES(topic=topic, names=people, gained=gained), change, gain=1.0)
