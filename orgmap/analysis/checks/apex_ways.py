"""What helps a top through which all contact runs: the four ways of Galbraith 1974, as changes.

Lateral relations, self-contained work, better information, and slack. The first three take pairs of
colleagues off the top, and are ranked by how many; slack takes none, it only gives time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import ceil

from orgmap.analysis.checks.apex_facts import Apex, Line
from orgmap.analysis.checks.bottlenecks import spared_words
from orgmap.analysis.checks.layers import across
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Advice
from orgmap.analysis.ground import Ground
from orgmap.analysis.hours import hours_of_people
from orgmap.analysis.repairs import called, known, talk
from orgmap.i18n import Names, Said, say, text
from orgmap.model.document import Draft
from orgmap.model.edits import add_link, add_node, also_in, set_fields
from orgmap.model.entities import Link, LinkKind, ModuleId, Node, NodeId, NodeKind, Status
from orgmap.model.query import above, listed_channels

NEAREST = 4  # pairs of modules looked at: those with most pairs of colleagues over the top
BEST = 2  # people of each side who are tried
MOST_LINES = 12  # one-way lines tried the other way
LATERAL = 2  # lines offered
SLACK = 2  # times the days, where days are said
MORE = 1.25  # times the hours, where hours are said and enough for the talk there is
WEEK = 7.0  # days

_LATERAL = text(
    "advice",
    "Let {one} and {other} talk directly: {mended}.",
)
_ALSO = text(
    "advice",
    "Let {person} also work in {module}: {mended}.",
)
_NEEDED = text(
    "advice",
    "Let {person} also work in {module}, which needs that work: {mended}.",
)
_ANSWER = text(
    "advice",
    "Let {other} answer {one} straight back: {mended}.",
)
_CHANNEL = text(
    "advice",
    "Let {one} reach {other} by {channel}, which carries answers too: {mended}.",
)
_SOURCE = text("advice", "Keep one place where {modules} look things up, instead of asking {top}.")
_JOIN = text("advice", "Let {module} look things up in {source} too, instead of asking {top}.")
_DAYS = text(
    "advice",
    "Give {top} time: {n} answer may take twice the days.",
    "Give {top} time: {n} answers may take twice the days.",
)
_HOURS = text("advice", "Give {name} {hours} hours a week for talk instead of {before}.")
_A_WEEK = text("advice", "Agree that an answer from {top} may take a week, so that less is urgent.")


def ways(situation: Situation, found: Apex) -> tuple[Advice, ...]:
    """One or two of each way, the one that takes most pairs off the top first."""
    made = [
        *_lateral(situation, found),
        *_self_contained(situation, found),
        *_information(situation, found),
        *_slack(situation, found),
    ]
    return tuple(sorted(made, key=lambda advice: -advice.gain))


def _sides(
    situation: Situation, found: Apex
) -> Iterator[tuple[ModuleId, list[NodeId], ModuleId, list[NodeId]]]:
    """The pairs of modules with most pairs over the top, each with its best known people."""
    maps = situation.maps
    for _, a, b in found.between()[:NEAREST]:
        one, other = (
            known(maps.two_way, [v for v in maps.members[m] if v in situation.people], found.top)[:BEST]
            for m in (a, b)
        )
        yield a, one, b, other


def _lateral(situation: Situation, found: Apex) -> Iterator[Advice]:
    maps = situation.maps
    pairs = dict.fromkeys(
        (min(pair), max(pair))
        for _, one, _, other in _sides(situation, found)
        for pair in product(one, other)
        if across(situation, *pair) and not maps.two_way.has_edge(*pair)
    )
    told = set[tuple[ModuleId | None, ModuleId | None]]()
    for gain, line in found.best((Line(maps.index[u], maps.index[v]) for u, v in pairs), len(pairs)):
        u, v = maps.nodes[line.one], maps.nodes[line.other]
        modules = maps.home[u], maps.home[v]
        if modules in told or modules[::-1] in told or len(told) == LATERAL:
            continue
        told.add(modules)
        words = _LATERAL(one=called(maps, u), other=called(maps, v), mended=_spared(situation, found, gain))
        yield replace(talk(maps, u, v, words), gain=float(gain))


def _self_contained(situation: Situation, found: Apex) -> Iterator[Advice]:
    """Somebody whose work another module needs, or with whom it has most to do, belongs there too."""
    maps, home = situation.maps, situation.maps.home
    wanted: dict[tuple[NodeId, ModuleId], bool] = {}
    for one, other in sorted(maps.needs.edges):
        module = home[NodeId(one)] if one in maps.index else ModuleId(one) if one in maps.members else None
        if module is not None and other in situation.people and other not in found.top:
            wanted[NodeId(other), module] = True
    for a, here, b, there in _sides(situation, found):
        for person, module in (*((v, b) for v in here), *((v, a) for v in there)):
            wanted.setdefault((person, module), False)
    ranked = sorted(
        (
            (found.within(person, _met(situation, person, module)), needed, person, module)
            for (person, module), needed in wanted.items()
            if person not in maps.members[module]
        ),
        key=lambda item: (not item[1], -item[0], item[2:]),
    )
    best = next((item for item in ranked if item[0]), None)
    if best is not None:
        gain, needed, person, module = best
        words = (_NEEDED if needed else _ALSO)(
            person=situation.name(person),
            module=situation.name(module),
            mended=_spared(situation, found, gain),
        )
        yield Advice(words, also_in(situation.document, [person], module), float(gain))


def _met(situation: Situation, person: NodeId, module: ModuleId) -> list[NodeId]:
    """Those who would be in one module with the person, and are not now."""
    around = {m.id for m in above(situation.document, module)}
    nodes = situation.document.nodes
    inside = set(situation.maps.members[module])
    return [
        v
        for v in situation.maps.nodes
        if v != person
        and (v in inside or around.intersection(nodes[v].modules))
        and across(situation, person, v)
    ]


def _information(situation: Situation, found: Apex) -> Iterator[Advice]:
    """A line that carries no answer yet, else a place where both sides look things up."""
    document, maps = situation.document, situation.maps
    silent: dict[Line, Link] = {}
    for key in sorted(document.links):
        link = document.links[key]
        pair = (NodeId(link.source), NodeId(link.target))
        if link.kind is not LinkKind.TALKS or pair not in maps.arcs or pair[::-1] in maps.arcs:
            continue
        if link.no_answer_needed or link.status is Status.PROPOSED:
            continue
        if across(situation, *pair) and not set(pair) & set(found.top):
            silent.setdefault(Line(maps.index[pair[1]], maps.index[pair[0]], both=False), link)
    urgent = sorted(
        silent, key=lambda line: -int(found.over[line.one].sum() + found.over[:, line.other].sum())
    )
    best = found.best(urgent[:MOST_LINES], 1)
    if best:
        gain, line = best[0]
        yield _answering(situation, found, silent[line], gain)
    else:
        yield from _source(situation, found)


def _answering(situation: Situation, found: Apex, link: Link, gain: int) -> Advice:
    document = situation.document
    channel = document.channels.get(link.channel) if link.channel is not None else None
    other = next((c for c in listed_channels(document) if c.answers), None)
    ends = {"one": situation.name(link.source), "other": situation.name(link.target)}
    if channel is None or channel.answers or other is None:
        change = set_fields(document, [link.id], two_way=True)
        words = _ANSWER(**ends, mended=_spared(situation, found, gain))
    else:
        change = set_fields(document, [link.id], two_way=True, channel=other.id)
        words = _CHANNEL(**ends, channel=other.name, mended=_spared(situation, found, gain))
    return Advice(words, change, float(gain))


def _source(situation: Situation, found: Apex) -> Iterator[Advice]:
    """One place for the two modules with most pairs over the top; a source one of them has, if any."""
    document = situation.document
    for a, here, b, there in _sides(situation, found):
        for near, far in ((a, b), (b, a)):
            source = _read_by(situation, near)
            if source is not None and source != _read_by(situation, far):
                change, _ = add_link(document, source, far)
                words = _JOIN(
                    module=situation.name(far), source=situation.name(source), top=_top(situation, found)
                )
                yield Advice(words, change)
                return
        names = situation.names([a, b])
        name = say("advice", "What {here} and {there} know", here=situation.name(a), there=situation.name(b))
        change, made = add_node(
            document, name, _between(situation, [*here[:1], *there[:1]]), kind=NodeKind.SOURCE
        )
        for module in (a, b):
            change = change.then(add_link(document.apply(change), made, module)[0])
        yield Advice(_SOURCE(modules=names, top=_top(situation, found)), change)
        return


def _read_by(situation: Situation, module: ModuleId) -> NodeId | None:
    """A source the module is linked with, directly or by any of its people."""
    nodes, ends = situation.document.nodes, {*situation.maps.members[module], module}
    for key in sorted(situation.document.links):
        link = situation.document.links[key]
        for one, other in ((link.source, link.target), (link.target, link.source)):
            node = nodes.get(NodeId(one))
            if node is not None and node.kind is NodeKind.SOURCE and other in ends:
                return node.id
    return None


def _between(situation: Situation, people: list[NodeId]) -> tuple[float, float] | None:
    """A free spot between them; None while nobody is placed."""
    nodes = [situation.document.nodes[v] for v in people]
    placed = [(n.x, n.y) for n in nodes if n.x is not None and n.y is not None]
    if not placed:
        return None
    near = (sum(x for x, _ in placed) / len(placed), sum(y for _, y in placed) / len(placed))
    return Ground(situation.document).take(Node(id=NodeId(""), name=""), near)


def _slack(situation: Situation, found: Apex) -> Iterator[Advice]:
    """More days where days are said, else more hours where hours are said, else a week for an answer."""
    document, people = situation.document, [v for v in found.top if v in situation.people]
    lines = [
        link
        for key in sorted(document.links)
        if (link := document.links[key]).kind is LinkKind.TALKS and {link.source, link.target} & set(people)
    ]
    draft = Draft(document)
    timed = [link for link in lines if link.needed_within]
    if timed:
        for link in timed:
            draft.put(replace(link, needed_within=SLACK * (link.needed_within or 0.0)))
        yield Advice(_DAYS(n=len(timed), top=_top(situation, found)), draft.change())
        return
    spent = hours_of_people(situation.maps)
    for person in people:
        node = document.nodes[person]
        if node.hours:
            hours = float(ceil(max(node.hours * MORE, spent[person] or 0.0)))
            words = _HOURS(name=situation.name(person), hours=hours, before=node.hours)
            yield Advice(words, set_fields(document, [person], hours=hours))
            return
    answered = [link.id for link in lines if situation.maps.carries_answer(link)]
    if answered:
        change = set_fields(document, answered, needed_within=WEEK)
        yield Advice(_A_WEEK(top=_top(situation, found)), change)


def _spared(situation: Situation, found: Apex, gain: int) -> Said:
    return spared_words(situation, _top(situation, found), gain, found.pairs)


def _top(situation: Situation, found: Apex) -> Names:
    return situation.names(v for v in found.top if v in situation.people)
