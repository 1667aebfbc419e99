"""The other halves: defects that a code also names, but that come about in another way.

Each is planted like those of `checks.defects`; the name says the code, and after it what is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, pairwise, permutations

from checks.defects import About, Planter
from checks.healthy import Organization
from orgmap.analysis import catalogue as codes
from orgmap.model.entities import ChannelId, NodeId, NodeKind, Status


def _bulletin_with_a_friend(made: Organization) -> About:
    """Somebody talks with one colleague and writes to many in other modules."""
    module, team = made.chance.choice(list(made.teams.items()))
    writer = made.person(module)
    made.talk(writer, team[1])
    near = {team[1], *_near(made)[team[1]]}
    far = [v for v in made.staff if v not in team and v not in near]
    for v in made.some(far, max(4, len(made.nodes) // 5)):
        made.link(writer, v, channel=ChannelId("mail"))
    return {writer}


def _hardly_listens(made: Organization) -> About:
    """Somebody tells half of all each day and hears from eight others now and then."""
    speaker = made.person(made.chance.choice(list(made.teams)))
    others = made.some(made.staff, len(made.staff))
    half = max(8, len(made.nodes) // 2)
    for v in others[8 : 8 + half]:
        made.link(speaker, v, per_week=5.0, minutes=10.0, channel=ChannelId("chat"))
    for v in others[:8]:
        made.link(v, speaker, per_week=0.2, minutes=10.0, channel=ChannelId("chat"))
    return {speaker}


def _press_office(made: Organization) -> About:
    """A module whose people each tell two outside it, and nobody tells them anything."""
    module = made.module()
    people = [made.person(module) for _ in range(3)]
    for one, other in combinations(people, 2):
        made.talk(one, other)
    hearers = made.some(made.staff, 6)
    for place, v in enumerate(hearers):
        made.link(people[place % 3], v)
    return {module}


def _never_answered(made: Organization) -> About:
    """One line to somebody new who tells nobody anything."""
    module, team = made.chance.choice(list(made.teams.items()))
    v = made.person(module)
    return {made.link(team[1], v), team[1], v}


def _answer_awaited(made: Organization) -> About:
    """An answer is needed, and the way back is long."""
    near = _near(made)
    pairs = list(permutations(made.staff, 2))
    for u, v in made.chance.sample(pairs, len(pairs)):
        if v not in near[u] and not near[u] & near[v]:
            return {made.link(u, v, answers_needed=1), u, v}
    raise AssertionError("everybody is near everybody")


def _footbridge(made: Organization) -> About:
    """Four people of no module, joined to the rest by one line."""
    people = [made.person() for _ in range(4)]
    for one, other in combinations(people, 2):
        made.talk(one, other)
    return {made.link(people[0], made.chance.choice(made.staff), two_way=True)}


def _gatehouse(made: Organization) -> About:
    """A tenth of everybody reaches the rest over the people of one module only."""
    module, team = made.chance.choice(list(made.teams.items()))
    apart = made.module()
    behind = [made.person(apart) for _ in range(max(5, len(made.nodes) // 8))]
    for one, other in zip(behind, [*behind[1:], behind[0]], strict=True):
        made.talk(one, other)
    for place, v in enumerate(behind):  # two ways in for everybody, so that it hangs on nobody alone
        made.talk(team[1 + place % (len(team) - 1)], v)
        made.talk(team[1 + (place + 2) % (len(team) - 1)], v)
    for u in team[1:]:
        for v in made.some([v for v in made.staff if v not in team], 4):
            made.talk(u, v)
    return {module}


def _no_line(made: Organization) -> About:
    """Somebody whom no line reaches."""
    return {made.person(made.chance.choice(list(made.teams)))}


def _far_from_typical(made: Organization) -> About:
    """Nobody says how many hours there are, and one spends many times as many as the others."""
    for v in made.nodes:
        made.alter(v, hours=None)
    v = made.chance.choice(made.staff)
    strangers = [u for u in made.staff if u not in _near(made)[v] and u != v]
    for u in made.some(strangers, 10):
        made.talk(v, u)
    for key, link in list(made.links.items()):
        if v in (link.source, link.target) and link.minutes is not None:
            made.links[key] = replace(link, minutes=30.0)
    return {v}


def _one_sided_leads(made: Organization) -> About:
    """Two of three leads have no line up."""
    alone = {lead for place, lead in enumerate(made.leads) if place % 3}
    made.silence({*alone}, {made.top, *made.directors})
    return {*alone}


def _walking_about(made: Organization) -> About:
    """The top talks with many at the front, past those between."""
    for v in made.some(made.staff, 3 * max(len(made.directors), len(made.leads)) + 3):
        made.talk(made.top, v)
    return {*made.leads, *made.directors}


def _long_way(made: Organization) -> About:
    """Who knows sits at the end of a row of four."""
    module, team = made.chance.choice(list(made.teams.items()))
    row = [team[-1], *(made.person(module) for _ in range(4)), made.person(module, knows=("old files",))]
    for one, other in pairwise(row):
        made.talk(one, other)
    made.alter(team[-1], seeks=("old files",))
    return {team[-1]}


def _single_way(made: Organization) -> About:
    """Who knows talks with one person only."""
    module, team = made.chance.choice(list(made.teams.items()))
    keeper = made.person(module, knows=("old files",))
    made.talk(keeper, team[1])
    made.alter(team[3], seeks=("old files",))
    return {team[3]}


def _corner(made: Organization) -> About:
    """Somebody new talks with two who talk with nobody outside their module."""
    module, team = made.chance.choice(list(made.teams.items()))
    outside = set(made.nodes) - set(team)
    v = made.person(module)
    for u in team[1:3]:
        made.silence({u}, outside)
        made.talk(u, v)
    return {v, module}


def _long_counter(made: Organization) -> About:
    """What guests tell takes many steps to the one who decides."""
    module, team = made.chance.choice(list(made.teams.items()))
    guests = made.person(kind=NodeKind.OUTSIDE, level=None, hours=None, name="Guests")
    row = [made.person(module) for _ in range(4)]
    for one, other in zip(row, [*row[1:], team[1]], strict=True):
        made.talk(one, other)
    made.link(guests, row[0], two_way=True)
    return {guests, row[0]}


def _complaints(made: Organization) -> About:
    """What guests tell is passed on, and nothing comes back."""
    module, team = made.chance.choice(list(made.teams.items()))
    guests = made.person(kind=NodeKind.OUTSIDE, level=None, hours=None, name="Guests")
    clerk = made.person(module)
    made.link(guests, clerk, two_way=True)
    made.link(clerk, team[0])
    return {guests, clerk}


def _one_way_chat(made: Organization) -> About:
    """Somebody tells four on a chat that could carry answers, which come over others instead."""
    near = _near(made)
    for u in made.chance.sample(made.staff, len(made.staff)):
        second = sorted(v for v in made.staff if v != u and v not in near[u] and near[v] & near[u])
        if len(second) >= 4:
            for v in made.some(second, 4):
                made.link(u, v, channel=ChannelId("chat"), per_week=2.0)
            return {u}
    raise AssertionError("nobody is two steps from four others")


def _corridor(made: Organization) -> About:
    """Far more talk across the modules than along the chart."""
    for _ in range(4 * len(made.talking)):
        one, other = made.chance.sample(made.staff, 2)
        if made.nodes[one].modules != made.nodes[other].modules:
            made.talk(one, other)
    return set()


def _claimed(made: Organization) -> About:
    """A line that one end only names."""
    key = made.chance.choice(list(made.links))
    made.links[key] = replace(made.links[key], status=Status.CLAIMED)
    return {key}


def _near(made: Organization) -> dict[NodeId, set[NodeId]]:
    """Whom everybody talks with."""
    near: dict[NodeId, set[NodeId]] = {v: set() for v in made.nodes}
    for one, other in made.talking:
        near[one].add(other)
        near[other].add(one)
    return near


HALVES: Mapping[str, tuple[str, Planter]] = {
    "broadcast-only, one friend": (codes.BROADCAST_ONLY, _bulletin_with_a_friend),
    "broadcast-only, hardly listens": (codes.BROADCAST_ONLY, _hardly_listens),
    "broadcast-only, a module": (codes.BROADCAST_ONLY, _press_office),
    "no-way-back, one line": (codes.NO_WAY_BACK, _never_answered),
    "no-way-back, answer needed": (codes.NO_WAY_BACK, _answer_awaited),
    "single-thread, a line": (codes.SINGLE_THREAD, _footbridge),
    "bottleneck, a module": (codes.BOTTLENECK, _gatehouse),
    "isolated, a person": (codes.ISOLATED, _no_line),
    "overload, no hours stated": (codes.OVERLOAD, _far_from_typical),
    "disconnected-middle, one side": (codes.DISCONNECTED_MIDDLE, _one_sided_leads),
    "disconnected-middle, passed by": (codes.DISCONNECTED_MIDDLE, _walking_about),
    "no-answer-route, long": (codes.NO_ANSWER_ROUTE, _long_way),
    "no-answer-route, single": (codes.NO_ANSWER_ROUTE, _single_way),
    "out-of-sight, a person": (codes.OUT_OF_SIGHT, _corner),
    "front-line-unheard, far": (codes.FRONT_LINE_UNHEARD, _long_counter),
    "front-line-unheard, no answer": (codes.FRONT_LINE_UNHEARD, _complaints),
    "channel-mismatch, one way": (codes.CHANNEL_MISMATCH, _one_way_chat),
    "chart-and-talk, outside": (codes.CHART_AND_TALK, _corridor),
    "disputed-link, claimed": (codes.DISPUTED_LINK, _claimed),
}
