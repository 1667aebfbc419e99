"""What a call is, and how it could ask fewer: the nearest only, or one person for each module."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from orgmap.analysis.checks.layers import across
from orgmap.analysis.checks.situation import Situation, steps
from orgmap.analysis.findings import Advice
from orgmap.analysis.grouping import same
from orgmap.analysis.repairs import known
from orgmap.i18n import Text, Value, text
from orgmap.model.document import Change, Draft
from orgmap.model.entities import EndId, Link, LinkId, ModuleId, NodeId

SPARE = 2  # times the answers needed that are asked all the same, as not everybody answers
FAR = 1_000_000  # steps; farther than any way

_NEAREST = text(
    "advice",
    "Ask only the {most} nearest of them: {n} person less is asked.",
    "Ask only the {most} nearest of them: {n} people fewer are asked.",
)
_OWN = text(
    "advice",
    "Ask only those of {module}: {n} person less is asked.",
    "Ask only those of {module}: {n} people fewer are asked.",
)
_LEADS = text(
    "advice",
    "Ask one person for each module, {names}: {n} person less is asked.",
    "Ask one person for each module, {names}: {n} people fewer are asked.",
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the lines on which one sender asks for one purpose. `by_link`: whom each line reaches.

    `needed`: answers needed, at least 1.
    """

    sender: EndId
    purpose: str
    links: tuple[Link, ...]
    by_link: Mapping[LinkId, frozenset[NodeId]]
    needed: int

    @property
    def reached(self) -> frozenset[NodeId]:
        """Everybody asked."""
        return frozenset[NodeId]().union(*self.by_link.values())

    @property
    def spare(self) -> int:
        """People asked beyond the answers needed."""
        return len(self.reached) - self.needed


def ways(situation: Situation, call: Call) -> tuple[Advice, ...]:
    """Changes by how many people fewer are asked; enough stay to answer."""
    made = [*_nearest(situation, call), *_own(situation, call), *_for_each(situation, call)]
    seen: dict[frozenset[NodeId], Advice] = {}
    for kept, advice in made:
        seen.setdefault(kept, advice)
    return tuple(sorted(seen.values(), key=lambda advice: -advice.gain))


def _nearest(situation: Situation, call: Call) -> Iterator[tuple[frozenset[NodeId], Advice]]:
    """Twice as many as answers are needed: own modules first, then by steps, then by id."""
    start = [v for v in _senders(situation, call) if v in situation.maps.index]
    away = steps(situation.maps.two_way.adj, start)
    ranked = sorted(
        call.reached, key=lambda v: (all(across(situation, u, v) for u in start), away.get(v, FAR), v)
    )
    kept = frozenset(ranked[: SPARE * call.needed])
    yield from _only(situation, call, kept, _NEAREST, most=len(kept))


def _own(situation: Situation, call: Call) -> Iterator[tuple[frozenset[NodeId], Advice]]:
    """The one module of the smallest number that still is enough; the sender's own before others."""
    maps, near = situation.maps, _modules(situation, call)
    sides = [(m, call.reached.intersection(own)) for m, own in sorted(maps.members.items())]
    enough = [(m, kept) for m, kept in sides if len(kept) >= call.needed and kept != call.reached]
    if enough:
        module, kept = min(enough, key=lambda item: (item[0] not in near, len(item[1]), item[0]))
        yield from _only(situation, call, kept, _OWN, module=situation.name(module))


def _for_each(situation: Situation, call: Call) -> Iterator[tuple[frozenset[NodeId], Advice]]:
    """The lead of each home module, or who is best known there, as long as these are enough."""
    home, modules = situation.maps.home, situation.document.modules
    kept: list[NodeId] = []
    for module, own in same(sorted(call.reached), lambda v: home[v]):
        lead = modules[module].lead if module is not None else None
        if module is None or len(own) == 1:
            kept += own
        else:
            kept.append(lead if lead in own else known(situation.maps.two_way, own)[0])
    if len(kept) >= call.needed:
        several = [v for v in kept if home[v] is not None]
        yield from _only(situation, call, frozenset(kept), _LEADS, names=situation.names(several, 3))


def _senders(situation: Situation, call: Call) -> list[NodeId]:
    """Who sends: the person, or everybody in the module."""
    return situation.maps.carriers(call.sender)


def _modules(situation: Situation, call: Call) -> set[ModuleId]:
    found = {
        m
        for v in _senders(situation, call)
        if v in situation.maps.index
        for m in situation.maps.modules_of(v)
    }
    return found | ({ModuleId(call.sender)} if call.sender in situation.document.modules else set())


def _only(
    situation: Situation, call: Call, kept: frozenset[NodeId], words: Text, **values: Value
) -> Iterator[tuple[frozenset[NodeId], Advice]]:
    """The call to `kept` only. Nothing if nobody is asked less."""
    fewer = len(call.reached) - len(kept)
    if fewer > 0:
        change, added = _narrowed(situation, call, kept)
        yield kept, Advice(words(n=fewer, **values), change, fewer / max(added, 1))


def _narrowed(situation: Situation, call: Call, kept: Collection[NodeId]) -> tuple[Change, int]:
    """What has to change for that, and how many lines it adds.

    A line to nobody of them goes, or asks no more where the two talk both ways; one that reaches a
    whole module ends on those of it who are kept.
    """
    draft, added, asked = Draft(situation.document), 0, set[NodeId]()
    for link in call.links:
        stay = sorted(call.by_link[link.id].intersection(kept) - asked)
        asked.update(stay)
        if stay and call.by_link[link.id] <= set(kept):
            continue
        if stay:
            draft.put(replace(link, target=stay[0]))
            for further in stay[1:]:
                draft.put(replace(link, id=LinkId(draft.fresh("l")), target=further))
                added += 1
        elif situation.maps.carries_answer(link):
            draft.put(replace(link, answers_needed=None))
        else:
            draft.drop(link)
    return draft.change(), added
