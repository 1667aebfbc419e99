"""One defect of each kind, planted in an organization in which nothing is wrong.

A planter alters the organization and says whom the finding has to be about: at least one of these
ids has to be among its subjects. An empty set: it is about the whole map.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations, permutations

from checks.healthy import SPAN, Organization
from orgmap.analysis import catalogue as codes
from orgmap.model.entities import ChannelId, LinkKind, ModuleId, NodeId, NodeKind, Status

About = set[str]
Planter = Callable[[Organization], About]


def _bulletin(made: Organization) -> About:
    """Somebody writes to many and hears from nobody."""
    writer = made.person()
    for v in made.some(made.staff, max(4, len(made.nodes) // 8)):
        made.link(writer, v, channel=ChannelId("newsletter"))
    return {writer}


def _listener(made: Organization) -> About:
    """Somebody hears from three and is heard by nobody."""
    module, team = made.chance.choice(list(made.teams.items()))
    v = made.person(module)
    for u in made.some(team, 3):
        made.link(u, v)
    return {v}


def _dead_end(made: Organization) -> About:
    """A module is told things, and nobody in it can answer."""
    module, team = made.chance.choice(list(made.teams.items()))
    others = set(made.nodes) - set(team)
    made.silence(set(team), others)
    for u, v in zip(made.some([v for v in made.staff if v in others], 3), team, strict=False):
        made.link(u, v)
    return {module, *team, *made.links}


def _detour(made: Organization) -> About:
    """A line to somebody far away, whose answer takes three steps or more."""
    near: dict[NodeId, set[NodeId]] = {}
    for one, other in made.talking:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    pairs = list(permutations(made.staff, 2))
    for u, v in made.chance.sample(pairs, len(pairs)):
        if v not in near[u] and not near[u] & near[v]:
            made.link(u, v)
            return {u, v}
    raise AssertionError("everybody is near everybody")


def _thread(made: Organization) -> About:
    """A module meets all others by one of its people."""
    module, team = made.chance.choice(list(made.teams.items()))
    others = set(made.nodes) - set(team)
    made.silence(set(team), others)
    for u in made.some([v for v in made.staff if v in others], 4):
        made.talk(team[1], u)
    return {module, team[1]}


def _gate(made: Organization) -> About:
    """A tenth of everybody reaches the rest over one person only."""
    module, team = made.chance.choice(list(made.teams.items()))
    behind = [made.person(module) for _ in range(max(4, len(made.nodes) // 9))]
    for one, other in zip(behind, [*behind[1:], behind[0]], strict=True):
        made.talk(one, other)
    for v in behind[::2]:
        made.talk(team[1], v)
    return {team[1]}


def _apprentices(made: Organization) -> About:
    """Three newcomers who know one colleague and nobody else."""
    module, team = made.chance.choice(list(made.teams.items()))
    for _ in range(3):
        made.talk(team[1], made.person(module))
    return {team[1]}


def _island(made: Organization) -> About:
    """Three who talk among themselves only, in a module of their own."""
    module = made.module()
    people = [made.person(module) for _ in range(3)]
    for one, other in combinations(people, 2):
        made.talk(one, other)
    return {module, *people}


def _strangers(made: Organization) -> About:
    """Two modules that need each other and never meet."""
    a, b = made.chance.sample(list(made.teams), 2)
    made.silence(set(made.teams[a]), set(made.teams[b]))
    for key, link in list(made.links.items()):
        if link.kind is LinkKind.NEEDS:
            del made.links[key]
    made.link(a, b, kind=LinkKind.NEEDS)
    return {a, b}


def _no_hours(made: Organization) -> About:
    """Somebody has an hour a week for talk, and talks for longer."""
    v = made.chance.choice(made.staff)
    made.alter(v, hours=0.5)
    return {v}


def _call_to_all(made: Organization) -> About:
    """A call to many that needs two answers."""
    module, team = made.chance.choice(list(made.teams.items()))
    others = [v for v in made.staff if v not in team]
    for v in made.some(others, max(13, len(made.nodes) // 5)):
        made.link(team[1], v, two_way=True, answers_needed=2, purpose="who can help out")
    return {team[1], module}


def _mute_middle(made: Organization) -> About:
    """The leads do not talk among themselves; where there are directors, half the leads miss them."""
    leads = set(made.leads)
    if len(leads) <= SPAN:
        made.silence(leads, leads)
        for lead, team in zip(made.leads, made.teams.values(), strict=True):
            made.silence({lead}, set(made.staff) - set(team))
        return {*leads, *made.teams}
    alone = set(made.leads[::2] + made.leads[1::4])
    made.silence(alone, {made.top, *made.directors})
    return {*leads, *made.teams}


def _over_the_top(made: Organization) -> About:
    """All contact between modules runs over the top."""
    teams = [set(team) for team in made.teams.values()]
    for one, other in combinations(teams, 2):
        made.silence(one, other)
    made.silence(set(made.directors), set(made.directors))
    return {made.top}


def _lost_art(made: Organization) -> About:
    """Somebody seeks what only people know whom no line reaches."""
    v = made.chance.choice(made.staff)
    made.alter(v, seeks=("lost art",))
    writer = made.person(knows=("lost art",))
    made.link(writer, v)
    return {v}


def _everybody_asks(made: Organization) -> About:
    """The lead is asked by all, though a colleague knows as much and sits as near."""
    module, team = made.chance.choice([item for item in made.teams.items() if len(item[1]) >= TEAM_TO_ASK])
    junior = made.person(module, knows=("ledger",), level=(made.nodes[team[0]].level or 0) + 2)
    made.alter(team[0], knows=("ledger",))
    made.talk(team[0], junior)
    made.talk(team[1], junior)
    for v in team[2:]:
        made.alter(v, seeks=("ledger",))
    return {team[0], junior, *team[2:]}


TEAM_TO_ASK = 5  # people


def _backroom(made: Organization) -> About:
    """A module that meets one other module only, by two people."""
    module, other = made.chance.sample(list(made.teams), 2)
    team = made.teams[module]
    above = {made.top, *made.directors}
    made.silence(set(team), set(made.nodes) - set(team) - above)
    for one, two in zip(team[1:3], made.teams[other][1:3], strict=True):
        made.talk(one, two)
    return {module, *team}


def _counter(made: Organization) -> About:
    """Customers tell somebody who tells nobody inside."""
    module, team = made.chance.choice(list(made.teams.items()))
    customer = made.person(kind=NodeKind.OUTSIDE, level=None, hours=None, name="Guests")
    clerk = made.person(module)
    made.link(customer, clerk, two_way=True)
    for u in made.some(team, 2):
        made.link(u, clerk)
    return {customer, clerk}


def _campaign(made: Organization) -> About:
    """An outside group that two people talk at."""
    public = made.person(kind=NodeKind.OUTSIDE, level=None, hours=None, name="Public")
    for v in made.some(made.staff, 2):
        made.link(v, public, channel=ChannelId("newsletter"))
    return {public, *made.staff}


def _slow_post(made: Organization) -> About:
    """An answer is needed within the hour, on a channel that takes a day."""
    u, v = made.chance.choice(list(made.teams.values()))[1:3]
    key = made.link(u, v, two_way=True, channel=ChannelId("mail"), per_week=1.0, needed_within=0.1)
    return {key, u, v}


def _three_ways(made: Organization) -> About:
    """One pair, one purpose, three channels."""
    u, v = made.chance.choice(list(made.teams.values()))[1:3]
    keys = [
        made.link(u, v, two_way=True, channel=ChannelId(channel), purpose="the weekly plan")
        for channel in ("mail", "chat", "phone")
    ]
    return {*keys, u, v}


def _paper_chart(made: Organization) -> About:
    """Nobody talks with the boss but two of each module."""
    for team in made.teams.values():
        made.silence({team[0]}, set(team[2:-1]))
    made.silence({made.top}, set(made.directors[1:]) or set(made.leads[1:]))
    for team in made.teams.values():
        made.silence({team[0]}, set(team[3:]))
    return set()


def _disputed(made: Organization) -> About:
    """Three lines on which the two ends do not agree."""
    keys = [key for key, link in made.links.items() if link.kind is LinkKind.TALKS][:3]
    for key in keys:
        made.links[key] = replace(made.links[key], status=Status.DISPUTED)
    return {*keys}


def _unbacked(made: Organization) -> About:
    """The work of one needs that of another, and they never talk."""
    pairs = list(permutations(made.staff, 2))
    for u, v in made.chance.sample(pairs, len(pairs)):
        if (min(u, v), max(u, v)) not in made.talking and _module(made, u) != _module(made, v):
            key = made.link(u, v, kind=LinkKind.NEEDS, step=2)
            return {key, u, v}
    raise AssertionError("everybody talks with everybody")


def _module(made: Organization, v: NodeId) -> ModuleId:
    return made.nodes[v].modules[0]


PLANTERS: Mapping[str, Planter] = {
    codes.BROADCAST_ONLY: _bulletin,
    codes.ONLY_LISTENS: _listener,
    codes.NO_WAY_BACK: _dead_end,
    codes.SLOW_WAY_BACK: _detour,
    codes.SINGLE_THREAD: _thread,
    codes.BOTTLENECK: _gate,
    codes.SOLE_CONTACT: _apprentices,
    codes.ISOLATED: _island,
    codes.UNLINKED_MODULES: _strangers,
    codes.OVERLOAD: _no_hours,
    codes.OVER_RESPONSE: _call_to_all,
    codes.DISCONNECTED_MIDDLE: _mute_middle,
    codes.APEX_DEPENDENCE: _over_the_top,
    codes.NO_ANSWER_ROUTE: _lost_art,
    codes.EXPERT_INTERRUPTED: _everybody_asks,
    codes.OUT_OF_SIGHT: _backroom,
    codes.FRONT_LINE_UNHEARD: _counter,
    codes.TALK_NOT_LISTEN_OUTSIDE: _campaign,
    codes.CHANNEL_MISMATCH: _slow_post,
    codes.REDUNDANT_CHANNELS: _three_ways,
    codes.CHART_AND_TALK: _paper_chart,
    codes.DISPUTED_LINK: _disputed,
    codes.HANDOFF_UNBACKED: _unbacked,
}
