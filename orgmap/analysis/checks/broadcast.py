"""broadcast-only: people who speak to many who cannot answer. Modules: `broadcast_modules`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import comb
from typing import cast

from orgmap.analysis.catalogue import BROADCAST_ONLY, ENTRIES
from orgmap.analysis.checks.situation import Situation, once, steps, together
from orgmap.analysis.distances import NO_WAY
from orgmap.analysis.findings import AT_FIRST, Advice, Fact, Finding, Weight
from orgmap.analysis.paths import steps_back
from orgmap.analysis.repairs import MOST, named_first, return_lines, telling
from orgmap.i18n import Said, text
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId

MIN_ANSWERED_BY_CHANCE = 5  # receivers from which "hardly listens" is asked at all
RARE = 0.05  # so few answered lines come up by chance in at most one map of twenty
ENTRIES_TRIED = 8  # people a way back may enter over; where there are more, nobody is the one
NEAR = 2  # steps: within these an answer still comes back by itself
ONE_WAY = 0.9  # share of the lines without a line back, from which they may have been drawn so
KNOWN = 0.8  # share of the lines whose frequency must be known before frequencies count

_B0 = text(
    "finding",
    "{n} person hears from {name}, and on this map nobody tells {name} anything.",
    "{n} people hear from {name}, and on this map nobody tells {name} anything.",
)
_B0_BECAUSE = text("finding", "{name} tells {people} things directly. Nothing on the map leads to {name}.")
_B1 = text(
    "finding",
    "{n} person hears from {name}, but the answer needs at least {least} go-betweens.",
    "{n} people hear from {name}, but their answers need at least {least} go-betweens.",
)
_B1_NONE = text(
    "finding",
    "{n} person hears from {name}, and on this map no answer gets back.",
    "{n} people hear from {name}, and on this map their answers do not get back.",
)
_B1_BECAUSE = text(
    "finding",
    "Of the {all} who hear {name}, {n} has no line straight back.",
    "Of the {all} who hear {name}, {n} have no line straight back.",
)
_B2 = text("finding", "{people} hear much from {name}, and little comes back.")
_B2_BECAUSE = text(
    "finding",
    "{outgoing} contacts a week go out and {incoming} come in. "
    "Of the {told} who hear, {answered} answer directly.",
)
_OVER = text("finding", "Each of the shortest ways back passes {over}.")
_NONE = text("finding", "{n} of them has no way back at all.", "{n} of them have no way back at all.")
_ALL_NONE = text("finding", "None of them has a way back, even through others.")
_ASK = text("finding", "How would {name} find out that something was misunderstood?")
_ANSWER = text(
    "advice",
    "the answer of {n} person needs one go-between at most",
    "the answers of {n} people need one go-between at most",
)
_ANSWER_OF = text(
    "advice",
    "the answer of {n} person out of {all} needs one go-between at most",
    "the answers of {n} people out of {all} need one go-between at most",
)
_STRAIGHT = text("advice", "{n} more answer comes straight back", "{n} more answers come straight back")
_MANY = text(
    "finding",
    "{n} person tells at least three people whose answers hardly get back.",
    "{n} people each tell at least three others whose answers hardly get back.",
)
_MANY_BECAUSE = text(
    "finding",
    "Of the {all} times that one person tells another, {n} runs one way only.",
    "Of the {all} times that one person tells another, {n} run one way only.",
)
_MANY_DRAWN = text("finding", "Nearly everything here runs one way. Was it only drawn so?")
_MANY_ASK = text("finding", "Who of these answers already, and who should?")
_CHANNEL = text("finding", "A channel that carries no answer counts as one-way here.")
_NO_REPLY = text("finding", "{names} may not have answered when asked.")
_NO_REPLY_WHY = text(
    "finding",
    "{n} person was named by others and named nobody, so whom this person hears is not known.",
    "{n} people were named by others and named nobody, so whom they hear is not known.",
)
_NO_REPLY_ASK = text("finding", "Whom would they name, if they were asked again?")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks to whom: one person, or the people of a module taken together.

    `audience`: receivers with no line straight back; `late`: those of them without a way back of
    two steps. `kind`: B0, B1 or B2 of the definition, empty if it is no finding.
    """

    speakers: tuple[NodeId, ...]
    receivers: tuple[NodeId, ...]
    heard: tuple[NodeId, ...]
    audience: tuple[NodeId, ...]
    late: tuple[NodeId, ...]
    kind: str
    outgoing: float | None = None
    incoming: float | None = None


def voice(situation: Situation, speakers: Collection[NodeId]) -> Voice:
    """The receivers and ways back of `speakers`, arcs among them left out. O(lines around them)."""
    own = set(speakers)
    maps, out, into = situation.maps, situation.out, situation.into
    told = {
        v
        for s in own
        for v in out[s]
        if v not in own and v not in situation.silent and _wants_answer(situation, s, v)
    }
    heard = {u for s in own for u in into[s] if u not in own}
    audience = told - heard
    late = {v for v in audience if not any(w in heard for w in out[v])}
    outgoing, incoming = _contacts(situation, own)
    made = Voice(
        tuple(sorted(own)), tuple(sorted(told)), tuple(sorted(heard)),
        tuple(sorted(audience)), tuple(sorted(late)), "", outgoing, incoming,
    )  # fmt: skip
    kind = _kind(situation, made, len(maps.nodes) - len(own))
    return Voice(
        made.speakers, made.receivers, made.heard, made.audience, made.late, kind, outgoing, incoming
    )


def _kind(situation: Situation, v: Voice, others: int) -> str:
    told, least = len(v.receivers), situation.cut("broadcast-only.receivers")
    if told < least:
        return ""
    if not v.heard:
        return "B0"
    early = len(v.audience) - len(v.late)
    if (
        len(v.audience) >= least
        and len(v.audience) >= situation.cut("broadcast-only.audience") * told
        and early <= situation.cut("broadcast-only.answering") * len(v.audience)
    ):
        return "B1"
    if (
        told >= MIN_ANSWERED_BY_CHANCE
        and v.outgoing is not None
        and v.incoming is not None
        and v.outgoing + v.incoming > 0
        and v.incoming <= situation.cut("broadcast-only.listening") * (v.outgoing + v.incoming)
        and at_most(told - len(v.audience), others, told, len(v.heard)) <= RARE
    ):
        return "B2"
    return ""


def severity(situation: Situation, v: Voice) -> float:
    """Receivers with no return within two steps, of everybody else."""
    return min(len(v.late) / situation.others, 1.0)


@once
def people_told(situation: Situation) -> dict[NodeId, Voice]:
    """Everyone who is a finding of their own, with what makes them one. O(n + m) and little more."""
    least = situation.cut("broadcast-only.receivers")
    found: dict[NodeId, Voice] = {}
    if situation.untold is not None or situation.one_way is not None:
        return found
    for person in situation.maps.people:
        if len(situation.out[person]) >= least and person not in situation.silent:
            made = voice(situation, [person])
            if made.kind:
                found[person] = made
    return found


def broadcast_only(situation: Situation) -> Iterator[Finding]:
    """People: B0, B1, B2 of docs/findings.md; and the notes where that cannot be judged."""
    missing = situation.untold or situation.one_way
    if missing is not None:
        yield situation.not_judged(BROADCAST_ONLY, missing)
        return
    found = people_told(situation)
    light = [person for person, made in found.items() if not _heavy(situation, made)]
    alike = light if len(light) > AT_FIRST else []
    for person, made in found.items():
        if person not in alike:
            yield told(situation, made, person=person)
    if alike:
        yield _many(situation, {person: found[person] for person in alike})
    yield from _did_not_answer(situation)


def _heavy(situation: Situation, v: Voice) -> bool:
    return v.kind == "B0" or severity(situation, v) >= situation.cut("broadcast-only.act")


def _many(situation: Situation, found: Mapping[NodeId, Voice]) -> Finding:
    """So many that it is the way of the map, or the way it was drawn: told once for all."""
    arcs, people = situation.maps.arcs, tuple(found)
    one_way = sum(1 for u, v in arcs if (v, u) not in arcs)
    drawn = one_way >= ONE_WAY * len(arcs)
    late = {a for v in found.values() for a in v.late}
    worst = max(people, key=lambda p: (len(found[p].late), -people.index(p)))
    links = situation.links_of((p, a) for p in people for a in found[p].audience)
    return Finding(
        code=BROADCAST_ONLY,
        weight=Weight.NOTE if drawn else Weight.LOOK,
        severity=min(len(late) / situation.others, 1.0),
        claim=_MANY(n=len(people)),
        because=_MANY_BECAUSE(n=one_way, all=len(arcs)),
        question=_MANY_DRAWN() if drawn else _MANY_ASK(),
        people=people,
        advice=_advice(situation, found[worst]),
        evidence={
            "kind": "many",
            "one_way_lines": one_way,
            "lines": len(arcs),
            "no_way_back_within_two_steps": tuple(sorted(late)),
        },
        lit_nodes=people,
        lit_links=links,
        source=ENTRIES[BROADCAST_ONLY].source,
    )


def told(
    situation: Situation, v: Voice, *, person: NodeId | None = None, module: ModuleId | None = None
) -> Finding:
    """The finding about a person or a module whose voice is `v`."""
    name, at = situation.name(person if person is not None else cast(EndId, module)), situation.maps.index
    reached = v.receivers if v.kind == "B2" else v.audience
    links = situation.links_of((s, r) for s in v.speakers for r in reached if r in situation.out[s])
    share = severity(situation, v)
    found = steps_back(situation.maps, v.speakers)
    back = {a: None if found[at[a]] == NO_WAY else int(found[at[a]]) for a in v.late}
    over = _over(situation, v, back)
    claim, because = _words(situation, v, name, back)
    evidence: dict[str, Fact] = {
        "kind": v.kind,
        "receivers": v.receivers,
        "hears_from": v.heard,
        "audience": v.audience,
        "no_way_back_within_two_steps": v.late,
        "steps_back": {str(a): back[a] for a in v.late},
        "way_back_over": over,
    }
    if v.kind == "B2":
        evidence |= {"contacts_out": v.outgoing, "contacts_in": v.incoming}
    return Finding(
        code=BROADCAST_ONLY,
        weight=Weight.ACT if _heavy(situation, v) else Weight.LOOK,
        severity=share,
        claim=claim,
        because=together(
            because,
            _ways_back(situation, back, over) if v.kind != "B0" else None,
            _CHANNEL() if _muted(situation, links) else None,
            situation.for_whom(links),
        ),
        question=_ASK(name=name),
        people=(person,) if person is not None else (),
        modules=(module,) if module is not None else (),
        advice=_advice(situation, v),
        evidence=evidence,
        lit_nodes=tuple(dict.fromkeys((*v.speakers, *reached, *over))),
        lit_links=links,
        lit_modules=(module,) if module is not None else (),
        source=ENTRIES[BROADCAST_ONLY].source,
    )


def _words(situation: Situation, v: Voice, name: str, back: Mapping[NodeId, int | None]) -> tuple[Said, Said]:
    told = len(v.receivers)
    if v.kind == "B0":
        people = situation.count(told, situation.others)
        return _B0(name=name, n=told), _B0_BECAUSE(name=name, people=people)
    if v.kind == "B1":
        known = [steps for steps in back.values() if steps is not None]
        return (
            _B1(name=name, n=len(v.late), least=min(known) - 1)
            if known
            else _B1_NONE(name=name, n=len(v.late)),
            _B1_BECAUSE(name=name, n=len(v.audience), all=told),
        )
    answered = told - len(v.audience)
    return (
        _B2(name=name, people=situation.count(told)),
        _B2_BECAUSE(outgoing=v.outgoing or 0.0, incoming=v.incoming or 0.0, answered=answered, told=told),
    )


def _ways_back(
    situation: Situation, back: Mapping[NodeId, int | None], over: Sequence[NodeId]
) -> Said | None:
    known = [found for found in back.values() if found is not None]
    if not back:
        return None
    if not known:
        return _ALL_NONE() if len(back) > 1 else None
    lost = len(back) - len(known)
    told = [_OVER(over=situation.names(over))] if over else []
    told += [_NONE(n=lost)] if lost else []
    return together(*told) if told else None


def _over(situation: Situation, v: Voice, back: Mapping[NodeId, int | None]) -> tuple[NodeId, ...]:
    """The one person over whom everybody has a shortest way back, all of one length, if there is one.

    Looked for among those who tell the speakers something and whom the first of the late can reach
    in time, few on any map.
    """
    known = [(a, length) for a, length in back.items() if length is not None]
    if not known or len({length for _, length in known}) > 1:
        return ()
    first, length = known[0]
    near = steps(situation.out, [first], length - 1)
    last = [w for w in v.heard if near.get(w) == length - 1]
    if len(last) > ENTRIES_TRIED:
        return ()
    for w in list(last):
        to = steps(situation.into, [w], length - 1)
        if any(to.get(a) != length - 1 for a, _ in known):
            last.remove(w)
    return tuple(last) if len(last) == 1 else ()


def _advice(situation: Situation, v: Voice) -> tuple[Advice, ...]:
    """Where all can answer over others, lines from those who have no line straight back."""
    maps = situation.maps
    if v.late:
        return tuple(
            telling(maps, source, target, answer_words(helped, len(v.late)), helped)
            for source, target, helped in return_lines(maps, v.late, v.speakers)[:MOST]
        )
    pairs = ((a, s) for a in named_first(maps, v.audience) for s in v.speakers if a in situation.out[s])
    return tuple(telling(maps, a, s, _STRAIGHT(n=1), 1) for a, s in islice(pairs, MOST))


def answer_words(helped: int, of: int) -> Said:
    """What a line back mends: so many of those who have no way back of two steps."""
    return _ANSWER_OF(n=helped, all=of) if helped < of else _ANSWER(n=helped)


def _wants_answer(situation: Situation, u: NodeId, v: NodeId) -> bool:
    links = situation.document.links
    return not all(links[key].no_answer_needed for key in situation.maps.arcs[u, v].links)


def _muted(situation: Situation, links: Iterable[LinkId]) -> bool:
    return any(
        situation.document.links[key].two_way
        and not situation.maps.carries_answer(situation.document.links[key])
        for key in links
    )


def _contacts(situation: Situation, own: set[NodeId]) -> tuple[float | None, float | None]:
    """Contacts per week out and in, where enough of the lines say how often."""
    arcs = situation.maps.arcs
    outgoing = [arcs[s, v].per_week for s in own for v in situation.out[s] if v not in own]
    incoming = [arcs[u, s].per_week for s in own for u in situation.into[s] if u not in own]
    every = outgoing + incoming
    if not every or sum(n is not None for n in every) < KNOWN * len(every):
        return None, None
    return sum(n or 0.0 for n in outgoing), sum(n or 0.0 for n in incoming)


def at_most(answered: int, others: int, out: int, into: int) -> float:
    """P(M <= answered), M the overlap of `out` and `into` people drawn at random from `others`."""
    ways = comb(others, into)
    return sum(comb(out, k) * comb(others - out, into - k) for k in range(min(answered, into) + 1)) / ways


def _did_not_answer(situation: Situation) -> Iterator[Finding]:
    least = situation.cut("broadcast-only.receivers")
    quiet = sorted(v for v in situation.silent & situation.people if len(situation.out[v]) >= least)
    if quiet:
        note = situation.not_judged(BROADCAST_ONLY, (_NO_REPLY_WHY(n=len(quiet)), _NO_REPLY_ASK()))
        yield replace(
            note,
            claim=_NO_REPLY(names=situation.names(quiet)),
            evidence={"did_not_answer": tuple(quiet)},
            lit_nodes=tuple(quiet),
        )
