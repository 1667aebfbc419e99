"""Pairs that must hear back: how far, how late, and told together where there are many."""

from __future__ import annotations

import random
from dataclasses import replace
from heapq import heappop, heappush

from orgmap.analysis import paths, registry
from orgmap.analysis.checks.feedback_times import days_until_answers
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.distances import NO_WAY
from orgmap.analysis.graphs import Maps
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, NodeId
from tests.analysis.maps import random_map
from tests.words import org

MINUTES = {"face": 0, "chat": 144, "mail": 1_440}  # delay of a channel, in minutes


def test_answers_are_timed_by_the_quickest_way_back() -> None:
    draw = random.Random(5)

    for seed in range(30):
        document = _carried(random_map(seed), draw)
        situation = Situation(Maps(document))
        for sender in situation.maps.nodes:
            hearers = sorted(situation.out[sender])
            found = days_until_answers(situation, sender, hearers)

            assert found == {v: _days(situation, sender, v) for v in hearers}


def test_steps_to_the_nearest_of_several_are_the_least_of_them() -> None:
    for seed in range(30):
        maps = Maps(random_map(seed))
        several = maps.nodes[:3]

        found = paths.steps_back(maps, several).tolist()

        single = [paths.steps_back(maps, [v]).tolist() for v in several]
        for place, steps in enumerate(found):
            ways = [each[place] for each in single if each[place] != NO_WAY]
            assert steps == (min(ways) if ways else NO_WAY)


def test_many_senders_whose_answers_come_late_are_told_together() -> None:
    lines = [f"p{i} > p{(i + 1) % 40}" for i in range(40)]
    document = org(", ".join(lines))
    links = {key: replace(link, answers_needed=1) for key, link in document.links.items()}
    document = replace(document, links=links)

    found = registry.run(document, only=["no-way-back"], measures=False).judged

    assert len(found) == 4
    assert {v for finding in found for v in finding.people} == set(document.nodes)
    together = next(finding for finding in found if len(finding.people) > 1)
    assert len(together.people) == 37
    assert len(together.advice) == 3


def _carried(document: Document, draw: random.Random) -> Document:
    """Each line on some channel; a quarter of them meet a number of times a week."""
    links = {
        LinkId(key): replace(
            link,
            channel=ChannelId(draw.choice(sorted(MINUTES))),
            per_week=draw.choice([None, None, None, 2.0]),
        )
        for key, link in document.links.items()
    }
    return replace(document, links=links)


def _days(situation: Situation, sender: NodeId, hearer: NodeId) -> float | None:
    """The same by a plain search over the arcs, on the waits of the links themselves."""
    links = situation.document.links

    def wait(u: NodeId, v: NodeId) -> int:
        own = [links[key] for key in situation.maps.arcs[u, v].links]
        return min(MINUTES[str(link.channel)] + (2_520 if link.per_week else 0) for link in own)

    waiting, met = [(wait(sender, hearer), hearer)], set[NodeId]()
    while waiting:
        spent, at = heappop(waiting)
        if at == sender:
            return spent / 1_440
        if at not in met:
            met.add(at)
            for other in situation.out[at]:
                heappush(waiting, (spent + wait(at, other), other))
    return None
