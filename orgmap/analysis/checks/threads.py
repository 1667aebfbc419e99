"""single-thread: two modules, or two parts of the map, joined by exactly one person or one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import ENTRIES, SINGLE_THREAD
from orgmap.analysis.checks.bottlenecks import MOST_NAMED, holds
from orgmap.analysis.checks.bridges import Line
from orgmap.analysis.checks.burdened import burdened
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.checks.thread_facts import Pair, Thread, gates, threads
from orgmap.analysis.findings import Advice, Fact, Finding, Weight
from orgmap.analysis.grouping import by_cause
from orgmap.analysis.repairs import MOST, called, ranked, second_contact, talking
from orgmap.i18n import Said, text
from orgmap.model.entities import ModuleId, NodeId

TRIED = 12  # threads of one finding for which a second line is looked for
MOST_PAIRS = 6  # pairs of modules that are all named
MOST_ALONE = 3  # people who hold several pairs and are told one by one; the rest together
MOST_HEAVY = 6  # people, and single pairs, to act on that are told one by one; the rest together
SUM_UP = 3  # pairs without a common person, from which they are told together

_PERSON = text("finding", "{module} stays in touch with {others} only through {name}.")
_LINE = text("finding", "{module} and {others} talk both ways only through {one} and {other}.")
_PARTS = text(
    "finding",
    "If {one} and {other} stop talking, {n} person can no longer talk both ways with the others.",
    "If {one} and {other} stop talking, {n} people can no longer talk both ways with the others.",
)
_PARTS_NAMED = text(
    "finding",
    "If {one} and {other} stop talking, {names} can no longer talk both ways with the others.",
    "If {one} and {other} stop talking, {names} can no longer talk both ways with the others.",
)
_HUB = text(
    "finding",
    "{n} part of the map stays in touch with the rest only through {name}.",
    "{n} parts of the map stay in touch with the rest only through {name}.",
)
_SUM = text(
    "finding",
    "{n} pair of modules talks only through one person, or through two who talk.",
    "{n} pairs of modules each talk only through one person, or through two who talk.",
)
_HOLDS = text(
    "finding",
    "{n} pair of modules talks only through {name}.",
    "{n} pairs of modules talk only through {name}.",
)
_ASK_WITHOUT = text("finding", "Who else could keep them in touch while {name} is away?")
_NO_TALK = text("finding", "The map shows no talk yet. This goes by who belongs to several modules.")
_SUM_WHY = text("finding", "Among them: {pairs}.")
_SUM_ALL = text("finding", "They are {pairs}.")
_PAIR = text("finding", "{module} and {other}")
_LINES_WHY = text(
    "finding",
    "{n} contact joins them both ways, and it is one of {name}.",
    "{n} contacts join them both ways, and {name} has a part in all.",
)
_ONE_WHY = text("finding", "Nobody else of one talks both ways with anybody of the other.")
_SHARED_WHY = text(
    "finding", "{name} belongs to both, and nobody else of one talks both ways with anybody of the other."
)
_SHARED_MANY = text("finding", "{name} belongs to all of them, and nobody else talks across both ways.")
_PARTS_WHY = text("finding", "Nobody else talks both ways with anybody on the other side.")
_HUB_WHY = text("finding", "The contact of each is one person: {names}.")
_FALLS = text("finding", "If the two did not talk, a part of the map would be cut off.")
_FALLS_WITHOUT = text("finding", "Without {name}, a part of the map would be cut off from talk both ways.")
_FALLS_WHO = text("finding", "Without {name}, the others could no longer talk both ways with {names}.")
_NEED = text("finding", "Their work needs each other.")
_ASK = text("finding", "Who else could keep {module} in touch with {other}?")
_ASK_PARTS = text("finding", "Who else could keep the two sides in touch?")
_ASK_HUB = text("finding", "Who else could keep them in touch while {name} is away?")
_ASK_SUM = text("finding", "Which of these pairs should know each other better?")
_KEEP = text(
    "advice",
    "{pair} stay in touch while {name} is away",
    "{n} pairs of modules stay in touch while {name} is away",
)
_SECOND = text(
    "advice",
    "{pair} no longer depend on {names}",
    "{n} pairs of modules are joined at a second place",
)
_PEOPLE = text(
    "advice",
    "{n} person stays in touch even if {one} and {other} do not talk",
    "{n} people stay in touch even if {one} and {other} do not talk",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Threads with one cause: `person` holds them all, or nobody in particular."""

    threads: tuple[Thread, ...]
    person: NodeId | None


def single_thread(situation: Situation) -> Iterator[Finding]:
    """Pairs of modules and sides of the map, grouped by the person who holds several."""
    if situation.untold is not None and not _shared(situation):
        yield situation.not_judged(SINGLE_THREAD, situation.untold)
        return
    for group in _groups(situation):
        yield _finding(situation, group)


def _shared(situation: Situation) -> bool:
    """Does anybody belong to several modules? Then even a map without lines says who links them."""
    return any(len(situation.document.nodes[v].modules) > 1 for v in situation.maps.people)


def _groups(situation: Situation) -> Iterator[Group]:
    found = threads(situation)
    gate = gates(situation)
    named = situation.people  # a vacant post can be an end of the one line, and is nobody to speak of
    grouped, rest = by_cause(
        found, lambda t: named.intersection(t.people), prefer=lambda v: (v not in gate, v)
    )
    held = {h.person for h in holds(situation)}
    groups = [
        Group(tuple(own), person)
        for person, own in grouped
        if person not in held or any(t.modules for t in own)  # else the bottleneck says it all
    ]
    heavy = [g for g in groups if any(t.heavy for t in g.threads)]
    plain = sorted((g for g in groups if g not in heavy), key=lambda g: -len(g.threads))
    yield from _heavy(heavy, [t for t in rest if t.heavy])
    yield from plain[:MOST_ALONE]
    light = [t for t in rest if not t.heavy]
    further = [t for g in plain[MOST_ALONE:] for t in g.threads] + light
    if len(further) >= SUM_UP:
        yield Group(tuple(further), None)
    else:
        yield from (*plain[MOST_ALONE:], *map(_alone, light))


def _heavy(groups: list[Group], single: list[Thread]) -> Iterator[Group]:
    """Those to act on: the largest one by one, further pairs of modules together where there are many."""
    single = sorted(single, key=lambda t: -min(len(t.here), len(t.there)))
    further = [t for g in groups[MOST_HEAVY:] for t in g.threads] + single[MOST_HEAVY:]
    pairs = [t for t in further if t.modules]
    if len(pairs) < SUM_UP:
        yield from (*groups, *map(_alone, single))
        return
    yield from (*groups[:MOST_HEAVY], *map(_alone, single[:MOST_HEAVY]), Group(tuple(pairs), None))
    yield from (_alone(t) for t in further if not t.modules)


def _alone(thread: Thread) -> Group:
    return Group((thread,), thread.people[0] if len(thread.people) == 1 else None)


def _falls(situation: Situation, group: Group) -> Said | None:
    if not any(t.splits for t in group.threads) or (group.person is None and len(group.threads) > 1):
        return None
    if group.person is None:
        return _FALLS() if any(t.modules for t in group.threads) else None
    name = situation.name(group.person)
    cut = next((h.cut for h in holds(situation) if h.person == group.person), ())
    if not 0 < len(cut) <= MOST_NAMED:
        return _FALLS_WITHOUT(name=name)
    return _FALLS_WHO(name=name, names=situation.names(cut, MOST_NAMED))


def _finding(situation: Situation, group: Group) -> Finding:
    pairs = [t.modules for t in group.threads if t.modules]
    modules = tuple(dict.fromkeys(m for pair in pairs for m in pair))
    links = situation.links_of(
        arc for t in group.threads for one, other in t.lines for arc in ((one, other), (other, one))
    )
    smaller = _smaller(situation, group)
    ends = dict.fromkeys(v for t in group.threads for line in t.lines for v in line)
    people = (group.person,) if group.person is not None else ()
    evidence: dict[str, Fact] = {
        "threads": tuple(" - ".join(pair) for pair in pairs),
        "lines": tuple(f"{one} - {other}" for t in group.threads for one, other in t.lines),
        "through": tuple(dict.fromkeys(v for t in group.threads for v in t.people)),
        "smaller_side": tuple(sorted(smaller)),
        "falls_in_two": any(t.splits for t in group.threads),
        "needed": any(t.needed for t in group.threads),
    }
    claim, because, question = _words(situation, group, modules)
    alike = all if group.person is None else any  # of many pairs it is said if it holds for each
    needed = alike(t.needed for t in group.threads)
    return Finding(
        code=SINGLE_THREAD,
        weight=Weight.ACT if any(t.heavy for t in group.threads) else Weight.LOOK,
        severity=min(len(smaller) / situation.others, 1.0),
        claim=claim,
        because=together(
            because,
            _falls(situation, group),
            _NEED() if needed else None,
            _NO_TALK() if situation.untold is not None else None,
            situation.for_whom(links),
        ),
        question=question,
        people=people,
        modules=modules,
        links=links if not people else (),
        advice=_advice(situation, group),
        evidence=evidence,
        lit_nodes=tuple(dict.fromkeys((*people, *ends))),
        lit_links=links,
        lit_modules=modules,
        source=ENTRIES[SINGLE_THREAD].source,
    )


def _centre(situation: Situation, group: Group) -> ModuleId | None:
    """The one module that all these threads leave; of two the one of the person who holds them."""
    if group.person is None or len(group.threads) < 2:
        return None
    common = set.intersection(*(set(t.modules or ()) for t in group.threads))
    own = situation.maps.modules_of(group.person)
    return min(common, key=lambda m: (m not in own, m), default=None)


def _smaller(situation: Situation, group: Group) -> set[NodeId]:
    """Whom these threads keep in touch: those of the module they leave, else the smaller sides."""
    centre = _centre(situation, group)
    if centre is not None:
        return set(situation.maps.members[centre])
    return {v for t in group.threads for v in min((t.here, t.there), key=lambda side: (len(side), side))}


def _words(situation: Situation, group: Group, modules: tuple[ModuleId, ...]) -> tuple[Said, Said, Said]:
    first, person = group.threads[0], group.person
    if len(group.threads) == 1:
        return _one(situation, first)
    pairs = [t.modules for t in group.threads if t.modules]
    if person is None:
        return _SUM(n=len(pairs)), _listing(situation, pairs), _ASK_SUM()
    name = situation.name(person)
    lines = {line for t in group.threads for line in t.lines}
    centre = _centre(situation, group)
    if centre is None and len(pairs) == len(group.threads):
        return _HOLDS(n=len(pairs), name=name), _listing(situation, pairs), _ASK_WITHOUT(name=name)
    if centre is None:
        far = [b if a == person else a for t in group.threads for a, b in t.lines]
        because = _HUB_WHY(names=situation.names(dict.fromkeys(far)))
        return _HUB(n=len(group.threads), name=name), because, _ASK_HUB(name=name)
    others = situation.names([m for m in modules if m != centre])
    claim = _PERSON(module=situation.name(centre), others=others, name=name)
    because = _LINES_WHY(n=len(lines), name=name) if lines else _SHARED_MANY(name=name)
    return claim, because, _ASK(module=situation.name(centre), other=others)


def _listing(situation: Situation, pairs: list[Pair]) -> Said:
    """All pairs by name where they are few, else the first of them."""
    every = len(pairs) <= MOST_PAIRS
    said = situation.listing(
        _PAIR(module=situation.name(a), other=situation.name(b)) for a, b in pairs[: None if every else MOST]
    )
    return (_SUM_ALL if every else _SUM_WHY)(pairs=said)


def _one(situation: Situation, thread: Thread) -> tuple[Said, Said, Said]:
    """The words for one thread alone."""
    line = thread.lines[0] if thread.lines else None
    if thread.modules is None:
        assert line is not None
        one, other = map(situation.name, line)
        side = min((thread.here, thread.there), key=lambda own: (len(own), own))
        if len(side) > MOST_NAMED:
            return _PARTS(one=one, other=other, n=len(side)), _PARTS_WHY(), _ASK_PARTS()
        names = situation.names(side, MOST_NAMED)
        claim = _PARTS_NAMED(one=one, other=other, n=len(side), names=names)
        return claim, _PARTS_WHY(), _ASK_PARTS()
    module, far = map(situation.name, thread.modules)
    question = _ASK(module=module, other=far)
    if len(thread.people) == 1:
        name = situation.name(thread.people[0])
        claim = _PERSON(module=module, others=far, name=name)
        because = _LINES_WHY(n=len(thread.lines), name=name) if line else _SHARED_WHY(name=name)
        return claim, because, question
    assert line is not None
    ends = line if line[0] in thread.here else line[::-1]
    first, second = (called(situation.maps, v) for v in ends)
    return _LINE(module=module, others=far, one=first, other=second), _ONE_WHY(), question


def _advice(situation: Situation, group: Group) -> tuple[Advice, ...]:
    """Second lines by how many people they keep in touch, those on the smaller side of each pair."""
    found: dict[Line, Advice] = {}
    sides = [(t, set(t.here), set(t.there)) for t in group.threads]
    for thread in group.threads[:TRIED]:
        line = second_contact(situation.maps, thread.here, thread.there, thread.people, burdened(situation))
        if line is not None and line not in found:
            one, other = line  # it mends what it joins without anybody who holds the thread now
            mended = [
                t
                for t, here, there in sides
                if ((one in here and other in there) or (other in here and one in there))
                and one not in t.people
                and other not in t.people
            ]
            people = sum(min(len(t.here), len(t.there)) for t in mended)
            words = _kept(situation, mended, group.person) if mended else _second(situation, [thread])
            found[line] = talking(situation.maps, line[0], [line[1]], words, people)
    return ranked(found.values())


def _kept(situation: Situation, mended: list[Thread], person: NodeId | None) -> Said:
    """What a second line is good for: of parts of the map said in people, of modules by name."""
    first, pairs = mended[0], [t for t in mended if t.modules]
    if not pairs:
        one, other = map(situation.name, first.lines[0])
        return _PEOPLE(n=min(len(first.here), len(first.there)), one=one, other=other)
    if person is not None:
        return _KEEP(n=len(pairs), pair=_pair(situation, pairs[0]), name=situation.name(person))
    return _second(situation, pairs)


def _second(situation: Situation, pairs: list[Thread]) -> Said:
    names = situation.names(pairs[0].people or pairs[0].lines[0])
    return _SECOND(n=len(pairs), pair=_pair(situation, pairs[0]), names=names)


def _pair(situation: Situation, thread: Thread) -> Said:
    """The two modules by name; of other parts the ends of the line."""
    module, other = thread.modules or thread.lines[0]
    return _PAIR(module=situation.name(module), other=situation.name(other))
