"""The way of a question and of its answer: steps, hand-offs, time, separate routes, ties."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from orgmap.analysis.answers import Route
from orgmap.analysis.graphs import Maps
from orgmap.analysis.reaching import only_over
from orgmap.analysis.routes import (
    holders,
    route,
    routes_to_each,
    separate_routes,
    speaking_for,
    topics,
)
from orgmap.analysis.separate import separate_ways
from orgmap.analysis.waiting import DAY, WEEK
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, ModuleId, NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org

DIAMOND = "ann <> ben, ann <> cy, ben <> dov, cy <> dov"


def test_the_test_organization_asks_over_the_top() -> None:
    found = _route(TEST_ORGANIZATION, "x1", "z1")

    assert found is not None
    assert found.people == ("x1", "X0", "A", "Z0", "z1")
    assert (found.steps, found.hand_offs, found.first, found.end) == (4, 3, "X0", "z1")
    assert found.back == ("z1", "Z0", "A", "X0", "x1")
    assert (found.separate, found.only_over) == (1, "X0")


def test_who_is_told_and_tells_nobody_can_ask_nobody() -> None:
    assert [_route(TEST_ORGANIZATION, "x2", v) for v in ("X0", "A", "z1", "N")] == [None] * 4


def test_a_question_that_arrives_may_have_no_answer() -> None:
    found = _route(TEST_ORGANIZATION, "A", "x2")

    assert found is not None
    assert found.people == ("A", "X0", "x2")
    assert (found.back, found.links_back, found.minutes_back, found.steps_back) == (None, (), None, None)


def test_the_answer_may_take_another_way() -> None:
    found = _route(org("ann > ben, ben > cy, cy > dov, dov > ann"), "ann", "ben")

    assert found is not None
    assert (found.people, found.back) == (("ann", "ben"), ("ben", "cy", "dov", "ann"))
    assert (found.hand_offs, found.steps_back) == (0, 3)


def test_each_step_names_the_links_that_carry_it() -> None:
    found = _route(org("ann > ben, ben <> cy, ann > ben"), "ann", "cy")

    assert found is not None
    assert found.links == (("l1", "l3"), ("l2",))


def test_two_routes_that_share_nobody_are_separate() -> None:
    maps = Maps(org(DIAMOND))

    found = route(maps, NodeId("ann"), [NodeId("dov")])

    assert found is not None
    assert (found.people, found.separate, found.only_over) == (("ann", "ben", "dov"), 2, None)
    assert separate_routes(maps, NodeId("ann"), [NodeId("dov")]) == (
        ("ann", "ben", "dov"),
        ("ann", "cy", "dov"),
    )


def test_routes_are_counted_by_who_can_be_away_and_not_by_lines() -> None:
    maps = Maps(
        org("ann <> ben, ann <> cy, ben <> dov, cy <> dov, dov <> eve, dov <> fay, eve <> gus, fay <> gus")
    )
    ann, gus = NodeId("ann"), NodeId("gus")

    found = route(maps, ann, [gus])

    assert found is not None
    assert (found.separate, found.only_over) == (1, "dov")
    assert len(separate_routes(maps, ann, [gus])) == 1
    assert only_over(maps, ann, [gus], [ann, NodeId("cy"), NodeId("dov"), NodeId("fay"), gus]) == "dov"


def test_a_line_of_ones_own_is_a_route_beside_the_one_over_others() -> None:
    found = _route(org("ann <> ben, ben <> cy, ann <> cy"), "ann", "cy")

    assert found is not None
    assert (found.steps, found.separate, found.only_over) == (1, 2, None)


@pytest.mark.parametrize("seed", range(60))
def test_as_many_routes_are_separate_as_networkx_finds(seed: int) -> None:
    dice = random.Random(seed)
    size = dice.randint(4, 14)
    drawn = nx.gnp_random_graph(size, dice.choice([0.15, 0.25, 0.4]), seed=seed, directed=True)
    drawn.remove_edges_from([(0, size - 1)])
    near = {NodeId(str(v)): {NodeId(str(w)): None for w in sorted(drawn[v])} for v in drawn}

    found = separate_ways(near, NodeId("0"), {NodeId(str(size - 1))}, near)

    between = [v for way in found for v in way[1:-1]]
    assert len(between) == len(set(between))
    assert all(w in near[v] for way in found for v, w in pairwise(way))
    assert len(found) == nx.node_connectivity(drawn, 0, size - 1)


def test_the_order_of_drawing_changes_nothing() -> None:
    lines = DIAMOND.split(", ")

    found = [_route(org(", ".join(order)), "ann", "dov") for order in (lines, lines[::-1])]

    assert [r.people for r in found if r is not None] == [("ann", "ben", "dov")] * 2


def test_of_equal_routes_the_one_that_climbs_level_by_level_is_taken() -> None:
    levels = {"ann": 4, "ben": 1, "cy": 3, "dov": 2}

    found = _route(org(DIAMOND, levels=levels), "ann", "dov")

    assert found is not None
    assert (found.people, found.jumps) == (("ann", "cy", "dov"), ())


def test_a_step_over_two_levels_is_told() -> None:
    found = _route(org("ann <> ben <> cy", levels={"ann": 3, "ben": 2, "cy": 4}), "ann", "cy")

    assert found is not None
    assert found.jumps == (1,)


def test_of_two_who_know_as_near_the_one_who_can_answer_is_asked() -> None:
    maps = Maps(org("ann > ben, ann <> cy"))

    found = route(maps, NodeId("ann"), [NodeId("ben"), NodeId("cy")])

    assert found is not None
    assert found.end == "cy"


def test_of_two_who_know_as_near_the_less_senior_is_asked() -> None:
    maps = Maps(org("ann <> ben, ann <> cy", levels={"ben": 1, "cy": 2}))

    found = route(maps, NodeId("ann"), [NodeId("ben"), NodeId("cy")])

    assert found is not None
    assert found.end == "cy"


def test_time_is_half_the_interval_and_the_delay_of_the_channel() -> None:
    document = _said(org("ann <> ben <> cy"), l1={"per_week": 5.0, "channel": "mail"}, l2={"per_week": 1.0})

    found = _route(document, "ann", "cy")

    assert found is not None
    assert found.minutes == (WEEK // 10 + DAY) + WEEK // 2
    assert found.minutes_back == found.minutes
    assert (found.unsaid, found.assumed) == ((), None)


def test_by_time_a_longer_route_may_be_the_better_one() -> None:
    document = _said(
        org("ann <> dov, ann <> ben <> cy <> dov"),
        l1={"per_week": 0.25},
        l2={"per_week": 5.0},
        l3={"per_week": 5.0},
        l4={"per_week": 5.0},
    )

    by_steps, by_time = _route(document, "ann", "dov"), _route(document, "ann", "dov", by_time=True)

    assert by_steps is not None
    assert by_time is not None
    assert (by_steps.people, by_steps.minutes) == (("ann", "dov"), 2 * WEEK)
    assert (by_time.people, by_time.minutes) == (("ann", "ben", "cy", "dov"), 3 * (WEEK // 10))


def test_of_two_links_between_the_same_two_the_quicker_carries() -> None:
    document = _said(org("ann <> ben, ann <> ben"), l1={"per_week": 1.0}, l2={"per_week": 5.0})

    found = _route(document, "ann", "ben")

    assert found is not None
    assert (found.links, found.minutes) == ((("l2", "l1"),), WEEK // 10)


def test_what_nobody_said_is_assumed_from_the_rest_and_told() -> None:
    document = _said(org("ann <> ben <> cy <> dov <> eve"), l1={"per_week": 5.0}, l3={"per_week": 1.0})

    found = _route(document, "ann", "cy")

    assert found is not None
    assert (found.unsaid, found.assumed) == (("l2",), 1.0)
    assert found.minutes == WEEK // 10 + WEEK // 2


def test_where_nobody_said_anything_no_time_is_told() -> None:
    found = _route(org("ann <> ben <> cy"), "ann", "cy", by_time=True)

    assert found is not None
    assert (found.minutes, found.minutes_back, found.assumed) == (None, None, None)
    assert found.unsaid == ("l1", "l2")


def test_contacts_with_a_module_are_shared_among_its_people() -> None:
    document = _said(org("ann <> Sales", modules={"Sales": "ben cy"}), l1={"per_week": 2.0})

    found = _route(document, "ann", "ben")

    assert found is not None
    assert found.minutes == WEEK // 2


def test_a_question_to_a_module_goes_to_whoever_is_nearest() -> None:
    maps = Maps(org("ann <> ben <> cy <> dov", modules={"Sales": "cy dov"}))

    found = route(maps, NodeId("ann"), speaking_for(maps, ModuleId("Sales")))

    assert found is not None
    assert found.end == "cy"


def test_nobody_sits_on_a_vacant_post_to_hand_anything_on() -> None:
    document = _node(org("ann <> ben <> cy"), "ben", kind=NodeKind.ROLE, vacant=True)

    assert _route(document, "ann", "cy") is None


def test_a_customer_hands_nothing_on_and_can_be_asked() -> None:
    document = _node(org("ann <> ben <> cy"), "ben", kind=NodeKind.OUTSIDE)

    assert _route(document, "ann", "cy") is None
    assert _route(document, "ann", "ben") is not None


def test_a_wiki_is_read_whichever_way_its_line_was_drawn() -> None:
    document = _node(org("wiki > ann"), "wiki", kind=NodeKind.SOURCE)

    found = _route(document, "ann", "wiki")

    assert found is not None
    assert (found.links, found.links_back) == ((("l1",),), (("l1",),))


def test_topics_are_the_same_whatever_their_letters() -> None:
    document = _node(org("ann <> ben"), "ann", seeks=("Taxés",))
    document = _node(document, "ben", knows=("taxes ", "Law"))

    found = topics(document)

    assert holders(document, "TAXES") == ("ben",)
    assert (found["taxes"].words, found["taxes"].seekers) == ("Taxés", ("ann",))
    assert found["law"].seekers == ()


def test_whom_one_could_ask_instead_comes_nearest_first() -> None:
    maps = Maps(org("ann <> ben <> cy <> dov, eve > ann"))

    found = routes_to_each(maps, NodeId("ann"), [NodeId(v) for v in ("dov", "eve", "cy", "ann")])

    assert [r.end for r in found] == ["cy", "dov"]


@pytest.mark.parametrize(("asker", "end"), [("ann", "ann"), ("nobody", "ann"), ("ann", "nobody")])
def test_nobody_asks_oneself_or_somebody_who_is_not_there(asker: str, end: str) -> None:
    assert _route(org("ann <> ben"), asker, end) is None


def _route(document: Document, asker: str, end: str, *, by_time: bool = False) -> Route | None:
    return route(Maps(document), NodeId(asker), [NodeId(end)], by_time=by_time)


def _node(document: Document, name: str, **fields: Any) -> Document:  # noqa: ANN401 - fields of Node
    nodes = dict(document.nodes)
    nodes[NodeId(name)] = replace(nodes[NodeId(name)], **fields)
    return replace(document, nodes=nodes)


def _said(document: Document, **said: dict[str, Any]) -> Document:
    links = dict(document.links)
    for key, fields in said.items():
        known = {**fields, **({"channel": ChannelId(fields["channel"])} if "channel" in fields else {})}
        links[LinkId(key)] = replace(links[LinkId(key)], **known)
    return replace(document, links=links)
