"""channel-mismatch: a channel that could carry answers is used one way, or is slower than is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orgmap.analysis.catalogue import CHANNEL_MISMATCH, ENTRIES
from orgmap.analysis.checks.broadcast import people_told
from orgmap.analysis.checks.broadcast_modules import modules_told
from orgmap.analysis.checks.channels import without_channels
from orgmap.analysis.checks.feedback import open_arcs
from orgmap.analysis.checks.feedback_pairs import late_pairs
from orgmap.analysis.checks.situation import Situation, counted, once, said_days, together
from orgmap.analysis.checks.work import could_answer
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import same
from orgmap.analysis.repairs import MOST, ranked
from orgmap.i18n import Said, names, text
from orgmap.model.edits import set_fields, set_two_way
from orgmap.model.entities import Channel, ChannelId, EndId, Link, LinkKind, ModuleId, NodeId, Status
from orgmap.model.query import listed_channels

BETWEEN = 1_000  # lines looked at between two checkpoints
MOST_ALONE = 3  # senders told one by one; the rest together

_ONE_WAY = text(
    "finding",
    "{name} tells {n} person by {channels} one way, though an answer could come straight back.",
    "{name} tells {n} people by {channels} one way, though an answer could come straight back.",
)
_ONE_WAY_SUM = text("finding", "{names} use channels one way that could carry answers too.")
_OVER = text("finding", "{hearers} can answer {name} only through somebody else.")
_OVER_SUM = text(
    "finding",
    "{n} contact runs one way, so that the answer needs a go-between.",
    "{n} contacts run one way, so that the answers need a go-between.",
)
_ASK_ONE_WAY = text("finding", "Would {name} want to hear back by the same channel?")
_ASK_SUM = text("finding", "Where would an answer be welcome?")
_OPEN_ALL = text(
    "advice", "Let all {lines} channels from {name} carry answers: {people} can answer straight back."
)
_OPEN = text(
    "advice",
    "Let {hearer} answer {name} by the same channel: {n} person can answer straight back.",
    "Let {hearer} answer {name} by the same channel: {n} people can answer straight back.",
)
_SLOW = text("finding", "Between {one} and {other}, {channel} is slower than the answer is needed.")
_SLOW_SUM = text(
    "finding",
    "On {n} line, {channel} is slower than the answer is needed.",
    "On {n} lines, {channel} is slower than the answers are needed.",
)
_SLOW_WHY = text(
    "finding",
    "With {channel} it takes {days} there and back, and the answer is needed within {n} day.",
    "With {channel} it takes {days} there and back, and the answer is needed within {n} days.",
)
_SLOW_WHY_SUM = text("finding", "Among them: {pairs}.")
_PAIR = text("finding", "{one} and {other}, {days} instead of {needed}")
_ASK_SLOW = text("finding", "What waits while the answer is on its way?")
_QUICKER = text(
    "advice",
    "Use {quicker} instead of {channel} between {one} and {other}: the answer is back {days} sooner.",
)


@dataclass(frozen=True, slots=True)
class OneWay:
    """A one-way line on a channel that carries answers, and who hears on it."""

    link: Link
    hearers: tuple[NodeId, ...]


def channel_mismatch(situation: Situation) -> Iterator[Finding]:
    """Slow channels, each one finding; then senders who use a channel one way. O(n + m)."""
    missing = situation.untold or without_channels(situation)
    if missing is not None:
        yield situation.not_judged(CHANNEL_MISMATCH, missing)
        return
    for (channel, heavy), links in same(_slow(situation), lambda k: (k.channel, _never(situation, k))):
        yield _slow_finding(situation, situation.document.channels[_set(channel)], links, heavy=heavy)
    if situation.one_way is not None:
        return
    senders = same(one_way_lines(situation), lambda line: line.link.source)
    least = situation.cut("channel-mismatch.people")
    many = [own for _, own in senders if len(_hearers(own)) >= least]
    many.sort(key=lambda own: (-len(_hearers(own)), own[0].link.source))
    for own in many[:MOST_ALONE]:
        yield _one_way_finding(situation, own)
    rest = [line for own in many[MOST_ALONE:] for line in own]
    if rest:
        yield _one_way_finding(situation, rest)


@once
def one_way_lines(situation: Situation) -> tuple[OneWay, ...]:
    """Lines on which an answer could come straight back and comes in two steps, over somebody else.

    Longer ways back, and none at all, are told as such, and then nothing more of that sender. Who did
    not answer a survey is left out.
    """
    told = {*people_told(situation), *late_pairs(situation), *(u for u, _ in open_arcs(situation))}
    told |= situation.silent
    heard: dict[NodeId, set[NodeId]] = {}
    for voice in modules_told(situation).values():
        for u in voice.speakers:
            heard.setdefault(u, set()).update(voice.audience)
    out, into = situation.out, situation.into
    found = []
    talk = _talk(situation)
    for place, link in enumerate(talk):
        if place % BETWEEN == 0:
            situation.progress.at(place / len(talk))
        if link.channel is None or link.two_way or link.source in told or not could_answer(situation, link):
            continue
        if link.needed_within is not None and _days(situation, link) > link.needed_within:
            continue  # an answer on the same line would be late
        pairs = _pairs(situation, link)
        near = all(v not in into[u] and not out[v].keys().isdisjoint(into[u]) for u, v in pairs)
        spoken = any(u in told or (u in heard and v in heard[u]) for u, v in pairs)
        hearers = tuple(sorted({v for _, v in pairs if v in situation.people}))
        if near and not spoken and hearers:
            found.append(OneWay(link, hearers))
    return tuple(found)


@once
def _talk(situation: Situation) -> tuple[Link, ...]:
    """Lines of talk between people and modules of people, in order of id."""
    document, index = situation.document, situation.maps.index
    return tuple(
        link
        for _, link in sorted(document.links.items(), key=lambda item: item[0])
        if link.kind is LinkKind.TALKS
        and link.status is not Status.PROPOSED
        and not link.no_answer_needed
        and all(end in document.modules or end in index for end in (link.source, link.target))
    )


def _pairs(situation: Situation, link: Link) -> list[tuple[NodeId, NodeId]]:
    """Whom of the people on the map it joins to whom; those who lead a module from outside left out."""
    arcs, ends = situation.maps.arcs, (NodeId(link.source), NodeId(link.target))
    if ends in arcs:
        return [ends]
    return [pair for pair in situation.maps.pairs(link) if pair in arcs]


def _hearers(own: Iterable[OneWay]) -> tuple[NodeId, ...]:
    return tuple(sorted({v for line in own for v in line.hearers}))


def _one_way_finding(situation: Situation, own: Sequence[OneWay]) -> Finding:
    senders = list(dict.fromkeys(line.link.source for line in own))
    hearers, links = _hearers(own), tuple(sorted(line.link.id for line in own))
    channels = sorted({_channel(situation, line.link).name for line in own})
    first = situation.name(senders[0])
    if len(senders) == 1:
        claim = _ONE_WAY(name=first, n=len(hearers), channels=names(channels))
        because, question = _OVER(name=first, hearers=situation.names(hearers)), _ASK_ONE_WAY(name=first)
    else:
        claim, because = _ONE_WAY_SUM(names=situation.names(senders)), _OVER_SUM(n=len(links))
        question = _ASK_SUM()
    return Finding(
        code=CHANNEL_MISMATCH,
        weight=Weight.LOOK,
        severity=min(len(hearers) / situation.others, 1.0),
        claim=claim,
        because=together(because, situation.for_whom(links)),
        question=question,
        people=tuple(NodeId(end) for end in senders if end in situation.document.nodes),
        modules=tuple(ModuleId(end) for end in senders if end in situation.document.modules),
        advice=_opened(situation, own),
        evidence={"one_way_to": hearers, "lines": links, "channels": tuple(channels)},
        lit_nodes=tuple(dict.fromkeys((*_nodes(situation, senders), *hearers))),
        lit_links=links,
        source=ENTRIES[CHANNEL_MISMATCH].source,
    )


def _opened(situation: Situation, own: Sequence[OneWay]) -> tuple[Advice, ...]:
    """All lines of the sender with most of them, and the one line on which most hear."""
    document, made = situation.document, []
    for sender, lines in same(own, lambda line: line.link.source)[: MOST - 1]:
        if len(lines) > 1:
            change = set_two_way(document, [line.link.id for line in lines], True)
            hearers = len(_hearers(lines))
            people = situation.count(hearers)
            words = _OPEN_ALL(lines=len(lines), name=situation.name(sender), people=people)
            made.append(Advice(words, change, hearers))
    best = min(own, key=lambda line: (-len(line.hearers), line.link.id))
    source, target = map(situation.name, (best.link.source, best.link.target))
    words = _OPEN(name=source, hearer=target, n=len(best.hearers))
    change = set_two_way(document, [best.link.id], True)
    return ranked([*made, Advice(words, change, len(best.hearers))])


def _slow(situation: Situation) -> list[Link]:
    """Two-way lines whose answer takes longer there and back than it is needed, and no other is quicker.

    How often they talk is left aside: one can write or call in between. One-way lines are a matter of
    the way back.
    """
    found, maps, links = [], situation.maps, situation.document.links
    for link in _talk(situation):
        if link.needed_within is None or link.channel is None or not maps.carries_answer(link):
            continue
        if not _late(situation, link, link.needed_within):
            continue
        others = [
            all(_late(situation, links[key], link.needed_within) for key in maps.arcs[pair].links)
            for pair in _pairs(situation, link)
        ]
        if others and all(others):
            found.append(link)
    return found


def _late(situation: Situation, link: Link, needed: float) -> bool:
    """Would an answer on this line come later than it is needed, or not at all?"""
    if not situation.maps.carries_answer(link):
        return True
    return link.channel is not None and _days(situation, link) > needed


def _days(situation: Situation, link: Link) -> float:
    """There and back on its channel."""
    return 2 * _channel(situation, link).delay


def _never(situation: Situation, link: Link) -> bool:
    """Is not even the question there when the answer is needed?"""
    return _channel(situation, link).delay > (link.needed_within or 0.0)


def _slow_finding(situation: Situation, channel: Channel, links: Sequence[Link], *, heavy: bool) -> Finding:
    ends = list(dict.fromkeys(end for link in links for end in (link.source, link.target)))
    people = _nodes(situation, ends)
    keys = tuple(link.id for link in links)
    if len(links) == 1:
        one, other = map(situation.name, (links[0].source, links[0].target))
        claim = _SLOW(one=one, other=other, channel=channel.name)
        because = _SLOW_WHY(
            channel=channel.name, days=said_days(2 * channel.delay), n=counted(links[0].needed_within or 0.0)
        )
    else:
        claim = _SLOW_SUM(n=len(links), channel=channel.name)
        because = _SLOW_WHY_SUM(pairs=situation.listing(_pair(situation, channel, k) for k in links[:MOST]))
    concerned = {v for link in links for pair in _pairs(situation, link) for v in pair}
    return Finding(
        code=CHANNEL_MISMATCH,
        weight=Weight.ACT if heavy else Weight.LOOK,
        severity=min(len(concerned & situation.people) / max(len(situation.people), 1), 1.0),
        claim=claim,
        because=together(because, situation.for_whom(keys)),
        question=_ASK_SLOW(),
        links=keys,
        advice=_quicker(situation, channel, links),
        evidence={
            "channel": channel.name,
            "days_there_and_back": 2 * channel.delay,
            "needed_within": {link.id: link.needed_within for link in links},
        },
        lit_nodes=people,
        lit_links=keys,
        source=ENTRIES[CHANNEL_MISMATCH].source,
    )


def _pair(situation: Situation, channel: Channel, link: Link) -> Said:
    one, other = map(situation.name, (link.source, link.target))
    return _PAIR(one=one, other=other, days=said_days(2 * channel.delay), needed=link.needed_within or 0.0)


def _quicker(situation: Situation, channel: Channel, links: Sequence[Link]) -> tuple[Advice, ...]:
    """Of the channels of the map that are quick enough the one used most; else the quickest there is."""
    document, made = situation.document, []
    used = _used(situation)
    able = [c for c in listed_channels(document) if c.answers and c.delay < channel.delay]
    for link in links:
        enough = [c for c in able if 2 * c.delay <= (link.needed_within or 0.0)]
        best = min(enough, key=lambda c: -used.get(c.id, 0), default=None)
        best = best or min(able, key=lambda c: c.delay, default=None)
        if best is not None:
            one, other = map(situation.name, (link.source, link.target))
            sooner = 2 * (channel.delay - best.delay)
            words = _QUICKER(
                quicker=best.name, channel=channel.name, one=one, other=other, days=said_days(sooner)
            )
            change = set_fields(document, [link.id], channel=best.id)
            made.append(Advice(words, change, sooner))
    return ranked(made)


@once
def _used(situation: Situation) -> dict[ChannelId, int]:
    """How many lines of talk each channel carries."""
    found: dict[ChannelId, int] = {}
    for link in _talk(situation):
        if link.channel is not None:
            found[link.channel] = found.get(link.channel, 0) + 1
    return found


def _nodes(situation: Situation, ends: Iterable[EndId]) -> tuple[NodeId, ...]:
    return tuple(NodeId(end) for end in ends if end in situation.document.nodes)


def _channel(situation: Situation, link: Link) -> Channel:
    return situation.document.channels[_set(link.channel)]


def _set(channel: ChannelId | None) -> ChannelId:
    assert channel is not None
    return channel
