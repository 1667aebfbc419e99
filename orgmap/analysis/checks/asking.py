"""Who looks for an answer, and how well they can get it: facts for the findings about topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from orgmap.analysis.checks.bottlenecks import told_hold
from orgmap.analysis.checks.isolated import told_apart
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.lacking import SEEKERS
from orgmap.analysis.reaching import all_over, answering, nearest
from orgmap.analysis.routes import Topic, topics
from orgmap.i18n import Said, text
from orgmap.model.entities import NodeId

_NO_SEEKER = text("finding", "The map does not say who looks for an answer.")


class Trouble(StrEnum):
    """What is wrong with the way to an answer."""

    UNKNOWN = "unknown"  # nobody on the map is drawn as knowing it
    NONE = "none"
    LONG = "long"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody who looks for an answer, and has trouble to get it.

    `topic`: its key in `topics_of`, None for a newcomer, who looks for anybody with experience.
    `ends`: who could answer, in order of id. `steps`: to the nearest whose answer comes back. `over`:
    the first who is on every route.
    """

    asker: NodeId
    topic: str | None
    trouble: Trouble
    ends: tuple[NodeId, ...] = ()
    steps: int | None = None
    over: NodeId | None = None


@once
def topics_of(situation: Situation) -> dict[str, Topic]:
    """Every topic of the map by its key."""
    return topics(situation.document)


@once
def newcomers(situation: Situation) -> tuple[NodeId, ...]:
    """Newcomers who seek nothing in particular, in order of id."""
    nodes = situation.document.nodes
    return tuple(v for v in situation.maps.people if nodes[v].newcomer and not any(nodes[v].seeks))


@once
def sought(situation: Situation) -> tuple[str, ...]:
    """The topics that somebody seeks, in order."""
    return tuple(key for key, topic in topics_of(situation).items() if topic.seekers)


def nobody_seeks(situation: Situation) -> tuple[Said, Said]:
    """What is missing where no topic is sought, and what to ask; the same words for all who need that."""
    return (_NO_SEEKER(), SEEKERS.ask()) if newcomers(situation) else SEEKERS.missing


@once
def troubles(situation: Situation) -> tuple[Ask, ...]:
    """Every trouble on the way to an answer; whoever is told to be apart from the rest is not told again."""
    return tuple(ask for ask in _all_troubles(situation) if ask.asker not in _spared(situation))


def experienced(situation: Situation, newcomer: NodeId) -> tuple[NodeId, ...]:
    """Who could help a newcomer who seeks nothing in particular, in order of id.

    In their own modules those who know a topic, else those who are no newcomers; if there are none,
    the same in the modules around, then on the whole map.
    """
    maps, nodes = situation.maps, situation.document.nodes
    own = {w for m in nodes[newcomer].modules for w in maps.members.get(m, ())}
    around = {w for m in maps.modules_of(newcomer) for w in maps.members.get(m, ())}
    for circle in (own, around, situation.people):
        able = [w for w in circle if w in situation.people and not nodes[w].newcomer]
        found = [w for w in able if any(nodes[w].knows)] or able
        if found:
            return tuple(sorted(found))
    return ()


def _all_troubles(situation: Situation) -> Iterator[Ask]:
    keys = sought(situation)
    for place, key in enumerate(keys):
        situation.progress.at(place / len(keys))
        topic = topics_of(situation)[key]
        askers = [v for v in topic.seekers if v not in topic.holders]
        if topic.holders:
            yield from _judged(situation, key, topic.holders, askers)
        else:
            yield from (Ask(v, key, Trouble.UNKNOWN) for v in askers)
    circles: dict[tuple[NodeId, ...], list[NodeId]] = {}
    for v in newcomers(situation):
        circles.setdefault(experienced(situation, v), []).append(v)
    for ends, askers in circles.items():
        if ends:
            yield from _judged(situation, None, ends, askers)


def _judged(
    situation: Situation, topic: str | None, ends: tuple[NodeId, ...], askers: list[NodeId]
) -> Iterator[Ask]:
    maps, most = situation.maps, situation.cut("no-answer-route.hand-offs")
    for v in askers:
        situation.progress.at(0.5)
        able = answering(maps, v, ends)
        way = nearest(maps, v, able)
        if way is None:
            if v not in situation.silent:  # an answer may come back over lines that they did not name
                yield Ask(v, topic, Trouble.NONE, ends)
            continue
        step = len(way) - 1
        if step - 1 > most:
            yield Ask(v, topic, Trouble.LONG, ends, step)
        elif step > 1:
            over = tuple(all_over(maps, v, able, way))
            if over and told_hold(situation).isdisjoint(over):
                yield Ask(v, topic, Trouble.SINGLE, ends, step, over[0])


@once
def _spared(situation: Situation) -> frozenset[NodeId]:
    """People whose trouble has a cause that is told otherwise, or who were drawn a moment ago."""
    lone = {v for v in situation.recent if v in situation.out and not situation.out[v]}
    return told_apart(situation) | lone
