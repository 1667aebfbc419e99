"""redundant-channels: one pair, one purpose, and three channels or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import ENTRIES, REDUNDANT_CHANNELS
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import same
from orgmap.analysis.lacking import CHANNELS
from orgmap.analysis.repairs import MOST, ranked
from orgmap.i18n import Said, names, text
from orgmap.model.document import Change
from orgmap.model.edits import delete, set_two_way
from orgmap.model.entities import Channel, EndId, Link, LinkKind, ModuleId, NodeId, Status

_ONE = text(
    "finding",
    "{one} and {other} use {n} channel for one thing.",
    "{one} and {other} use {n} channels for one thing.",
)
_SEVERAL = text(
    "finding",
    "{n} pair uses {least} channels or more for one thing.",
    "{n} pairs use {least} channels or more for one thing.",
)
_WHY = text("finding", "These channels serve one purpose, {purpose}: {channels}.")
_WHY_UNSAID = text("finding", "Nothing says what each of them is for: {channels}.")
_WHY_SEVERAL = text("finding", "Among them: {pairs}.")
_PAIR = text("finding", "{one} and {other}")
_UNSAID = text("finding", "Where nothing says what a line is for, it counts as one thing.")
_ASK_ONE = text("finding", "Which of them do {one} and {other} need?")
_ASK = text("finding", "Which of these channels are needed?")
_KEEP = text(
    "advice",
    "Keep {channel} between {one} and {other}, and let go of {others}: {n} channel less to look at.",
    "Keep {channel} between {one} and {other}, and let go of {others}: {n} channels fewer to look at.",
)

Pair = tuple[EndId, EndId]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The lines of one pair for one purpose; `channels` in the order in which one chooses among them."""

    pair: Pair
    purpose: str
    links: tuple[Link, ...]
    channels: tuple[Channel, ...]


def redundant_channels(situation: Situation) -> Iterator[Finding]:
    """All such pairs in one note. O(links)."""
    missing = situation.untold or without_channels(situation)
    if missing is not None:
        yield situation.not_judged(REDUNDANT_CHANNELS, missing)
        return
    found = bundles(situation)
    if found:
        yield _finding(situation, found)


def without_channels(situation: Situation) -> tuple[Said, Said] | None:
    """What is missing on a map on which no line of talk says how it is carried, and what to ask."""
    links = situation.document.links.values()
    said = any(link.kind is LinkKind.TALKS and link.channel is not None for link in links)
    return None if said else CHANNELS.missing


def bundles(situation: Situation) -> list[Bundle]:
    """Pairs of people or modules with enough channels for one thing, most channels first."""
    document, least = situation.document, max(situation.cut("redundant-channels.channels"), 2)
    drawn = [
        link
        for _, link in sorted(document.links.items(), key=lambda item: item[0])
        if link.kind is LinkKind.TALKS
        and link.status is not Status.PROPOSED
        and link.channel in document.channels
        and all(end in document.modules or end in situation.people for end in (link.source, link.target))
    ]
    found = []
    situation.progress.at(0.5)
    count = Counter(map(_pair, drawn))
    several = [link for link in drawn if count[_pair(link)] >= least]
    for (pair, purpose), own in same(several, lambda link: (_pair(link), _thing(link))):
        carried = {link.channel for link in own}
        if len(carried) >= least:
            channels = sorted((c for c in document.channels.values() if c.id in carried), key=_place)
            found.append(Bundle(pair, own[0].purpose.strip() if purpose else "", tuple(own), tuple(channels)))
    return sorted(found, key=lambda b: (-len(b.channels), b.pair, b.purpose))


def _pair(link: Link) -> Pair:
    return (link.source, link.target) if link.source < link.target else (link.target, link.source)


def _thing(link: Link) -> tuple[str, str] | None:
    """What the line is for; None if nothing says."""
    said = link.purpose.strip().casefold(), link.topic.strip().casefold()
    return said if any(said) else None


def _place(channel: Channel) -> tuple[int, str]:
    return channel.rank, channel.id


def _finding(situation: Situation, found: list[Bundle]) -> Finding:
    document = situation.document
    ends = list(dict.fromkeys(end for b in found for end in b.pair))
    people = tuple(sorted(NodeId(end) for end in ends if end in document.nodes))
    modules = tuple(sorted(ModuleId(end) for end in ends if end in document.modules))
    links = tuple(sorted(link.id for b in found for link in b.links))
    claim, because, question = _words(situation, found)
    return Finding(
        code=REDUNDANT_CHANNELS,
        weight=Weight.NOTE,
        severity=min(len(people) / max(len(situation.people), 1), 1.0),
        claim=claim,
        because=because,
        question=question,
        people=people,
        modules=modules,
        advice=ranked(_advice(situation, b) for b in found[:MOST]),
        evidence={
            "pairs": tuple(" - ".join(b.pair) for b in found),
            "channels": tuple(", ".join(c.name for c in b.channels) for b in found),
            "lines": links,
        },
        lit_nodes=people,
        lit_links=links,
        lit_modules=modules,
        source=ENTRIES[REDUNDANT_CHANNELS].source,
    )


def _words(situation: Situation, found: list[Bundle]) -> tuple[Said, Said, Said]:
    first = found[0]
    one, other = map(situation.name, first.pair)
    channels = names(c.name for c in first.channels)
    if len(found) == 1:
        why = _WHY(purpose=first.purpose, channels=channels) if first.purpose else None
        return (
            _ONE(one=one, other=other, n=len(first.channels)),
            why or _WHY_UNSAID(channels=channels),
            _ASK_ONE(one=one, other=other),
        )
    pairs = situation.listing(
        _PAIR(one=situation.name(b.pair[0]), other=situation.name(b.pair[1])) for b in found[:MOST]
    )
    because = together(
        _WHY_SEVERAL(pairs=pairs),
        _UNSAID() if any(_thing(link) is None for b in found for link in b.links) else None,
    )
    least = min(len(b.channels) for b in found)
    return _SEVERAL(n=len(found), least=least), because, _ASK()


def _advice(situation: Situation, bundle: Bundle) -> Advice:
    """Keep the best line, both ways if the others together were; take the rest away."""
    document = situation.document
    kept = min(bundle.links, key=lambda link: _rank(situation, bundle, link))
    rest = [link for link in bundle.links if link.id != kept.id]
    change: Change = delete(document, [link.id for link in rest])
    both = any(situation.maps.carries_answer(link) for link in rest)
    both = both or any((link.source, link.target) == (kept.target, kept.source) for link in rest)
    if both and not kept.two_way:
        change = change.then(set_two_way(document.apply(change), [kept.id], True))
    one, other = map(situation.name, bundle.pair)
    fewer = names(c.name for c in bundle.channels if c.id != kept.channel)
    words = _KEEP(channel=_channel(situation, kept).name, one=one, other=other, others=fewer, n=len(rest))
    return Advice(words, change, float(len(rest)))


def _rank(situation: Situation, bundle: Bundle, link: Link) -> tuple[object, ...]:
    """First what carries an answer, in time for all that is asked of the bundle, most used, quickest."""
    channel = _channel(situation, link)
    asked = [days for other in bundle.links if (days := other.needed_within) is not None]
    late = bool(asked) and 2 * channel.delay > min(asked)
    return (
        not channel.answers,
        late,
        not link.two_way,
        -(link.per_week or 0.0),
        channel.delay,
        _place(channel),
        link.id,
    )


def _channel(situation: Situation, link: Link) -> Channel:
    assert link.channel is not None
    return situation.document.channels[link.channel]
