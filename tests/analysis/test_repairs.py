"""What an advice promises is true: its numbers are counted again here, by networkx alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations

import networkx as nx
import pytest

from checks.defects import PLANTERS
from checks.healthy import healthy
from checks.mended import Outcome, outcome
from orgmap.analysis.findings import Advice, Finding
from orgmap.analysis.graphs import DiGraph, Graph, Maps
from orgmap.analysis.registry import run
from orgmap.analysis.repairs import said_often, telling, usual
from orgmap.assets import asset
from orgmap.files import native
from orgmap.i18n import Said, verbatim
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId
from tests.analysis.maps import random_map
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

OLD = (
    *("bottleneck", "sole-contact", "single-thread", "broadcast-only", "only-listens", "no-way-back"),
    *("slow-way-back", "isolated"),
)
SAMPLES = [native.load(path) for path in sorted(asset("samples").glob("*.orgmap"))]
NO_WAY = 10_000
COUNTED = 100  # people; on larger maps counting one by one takes long


def planted() -> Iterator[Document]:
    """Healthy organizations with one defect of each of the eight kinds."""
    for number, code in enumerate(OLD, 1):
        made = healthy(number)
        PLANTERS[code](made)
        yield made.document


MAPS = [WORKSHOP, TEST_ORGANIZATION, *SAMPLES, *planted(), *map(random_map, range(60))]


def promised(advice: Advice) -> int:
    """The number in the sentence."""
    mended = dict(advice.text.values)["mended"]
    assert isinstance(mended, Said)
    found = dict(mended.values)["n"]
    assert isinstance(found, int)
    return found


def steps(graph: DiGraph, start: NodeId, end: NodeId, without: tuple[NodeId, ...] = ()) -> int:
    """Steps from start to end while some are away."""
    left = nx.restricted_view(graph, without, [])
    return int(nx.shortest_path_length(left, start, end)) if nx.has_path(left, start, end) else NO_WAY


def relying(graph: DiGraph, away: tuple[NodeId, ...]) -> int:
    """Ordered pairs of others whose shortest way is lost or longer while these are away."""
    left = graph.copy()
    left.remove_nodes_from(away)
    near, far = (dict(nx.all_pairs_shortest_path_length(g)) for g in (graph, left))
    pairs = permutations(left, 2)
    return sum(1 for u, v in pairs if near[u].get(v, NO_WAY) < far[u].get(v, NO_WAY))


def ids(finding: Finding, key: str) -> list[NodeId]:
    """People in the evidence."""
    found = finding.evidence[key]
    assert isinstance(found, tuple)
    return [NodeId(v) for v in found]


def counted(finding: Finding, advice: Advice, before: Maps, after: Maps) -> int:
    """What the sentence says, counted on the map as it is and as it would be."""
    match finding.code:
        case "broadcast-only":
            own = finding.people or tuple(before.members[finding.modules[0]])
            late = ids(finding, "no_way_back_within_two_steps")
            if not late:  # all answer over others: straight lines are counted
                return sum(
                    (r, s) in after.arcs and (r, s) not in before.arcs for r in after.nodes for s in own
                )
            return sum(min(steps(after.flow, v, s) for s in own) <= 2 for v in late)
        case "only-listens":
            (line,) = advice.change.links.values()
            assert line[1] is not None
            met = nx.single_source_shortest_path_length(after.flow, NodeId(line[1].source), cutoff=2)
            return len(met) - 1
        case "no-way-back" if finding.links:
            reach = [{v: set(nx.descendants(maps.flow, v)) for v in maps.nodes} for maps in (before, after)]
            return len({v for u, v in before.arcs if u not in reach[0][v] and u in reach[1][v]})
        case "no-way-back" if finding.modules:
            pairs = [(a, b) for a in finding.modules for b in finding.modules if a != b]
            return max(answering(after, a, b) - answering(before, a, b) for a, b in pairs)
        case "no-way-back":
            heard = {v: ids(finding, "must_hear_back_from") for v in finding.people}
            if len(finding.people) > 1:
                found = finding.evidence["pairs"]
                assert isinstance(found, Mapping)
                heard = {
                    NodeId(v): [NodeId(w) for w in own] for v, own in found.items() if isinstance(own, tuple)
                }
            return max(
                sum(steps(before.flow, w, v) > 2 >= steps(after.flow, w, v) for w in own)
                for v, own in heard.items()
            )
        case "slow-way-back":
            back = finding.evidence["steps_back"]
            assert isinstance(back, Mapping)
            arcs = [
                (NodeId(u), NodeId(v)) for u, own in back.items() if isinstance(own, Mapping) for v in own
            ]
            return sum(steps(after.flow, v, u) < steps(before.flow, v, u) for u, v in arcs)
        case "bottleneck":
            mended = dict(advice.text.values)["mended"]
            assert isinstance(mended, Said)
            name = dict(mended.values).get("name")
            holder = [v for v in finding.people if before.name(v) == name]
            away = tuple(holder) if holder else tuple(before.members[finding.modules[0]])
            return relying(before.flow, away) - relying(after.flow, away)
        case "sole-contact":
            (person,) = finding.people
            alone = [
                {v for v in ids(finding, "hanging") if not set(maps.two_way.adj[v]) - {person}}
                for maps in (before, after)
            ]
            return len(alone[0] - alone[1])
        case "isolated":
            largest = max(nx.weakly_connected_components(before.flow), key=len)
            rest = next(part for part in nx.weakly_connected_components(after.flow) if largest & part)
            return len(rest - largest)
        case _:
            raise AssertionError(finding.code)


def answering(maps: Maps, tellers: ModuleId, hearers: ModuleId) -> int:
    """How many of one module reach somebody of the other within two steps."""
    there = maps.members[tellers]
    return sum(any(steps(maps.flow, v, u) <= 2 for u in there) for v in maps.members[hearers])


def in_touch(maps: Maps, here: ModuleId, there: ModuleId, without: tuple[NodeId, ...] = ()) -> bool:
    """Does a two-way line join the two modules while these are away?"""
    return any(
        v in maps.two_way.adj[u]
        for u in maps.members[here]
        for v in maps.members[there]
        if u not in without and v not in without
    )


@pytest.mark.parametrize("document", [document for document in MAPS if len(document.nodes) <= COUNTED])
def test_the_number_an_advice_promises_is_what_it_mends(document: Document) -> None:
    before = Maps(document)

    for finding in run(document, measures=False, only=OLD).judged:
        for advice in finding.advice:
            if finding.code == "single-thread" or "in time" in str(advice.text):
                continue
            after = Maps(document.apply(advice.change))
            assert promised(advice) == counted(finding, advice, before, after), str(advice.text)


@pytest.mark.parametrize("document", MAPS)
def test_a_second_line_joins_what_its_sentence_names(document: Document) -> None:
    before = Maps(document)
    modules = {before.name(m): m for m in document.modules}

    for finding in run(document, measures=False, only=["single-thread"]).judged:
        for advice in finding.advice:
            after, mended = Maps(document.apply(advice.change)), dict(advice.text.values)["mended"]
            assert isinstance(mended, Said)
            told = dict(mended.values)
            pair = told.get("pair")
            if isinstance(pair, Said) and len(modules) == len(document.modules):
                here, there = (modules.get(str(name)) for _, name in pair.values)
                if here is None or there is None:
                    continue  # two ends of a line that is no pair of modules
                away = tuple(v for v in document.nodes if before.name(v) == told.get("name"))
                assert not away or not in_touch(before, here, there, away)
                assert in_touch(after, here, there, away)
            elif "one" in told:
                one, other = (v for v in document.nodes if before.name(v) in (told["one"], told["other"]))
                assert fallen(after.two_way, one, other) == 0
                assert fallen(before.two_way, one, other) == told["n"]


def fallen(graph: Graph, one: NodeId, other: NodeId) -> int:
    """How many lose the rest when the line between the two falls away: those on the smaller side."""
    left = nx.restricted_view(graph, [], [(one, other)])
    sides = [nx.node_connected_component(left, v) for v in (one, other)]
    return 0 if sides[0] == sides[1] else min(map(len, sides))


@pytest.mark.parametrize("document", MAPS)
def test_the_first_advice_of_every_finding_mends_it_or_leaves_less_of_it(document: Document) -> None:
    report = run(document, measures=False, only=OLD)

    became = {str(f.claim): outcome(document, report, f) for f in report.judged}

    assert {claim: how for claim, how in became.items() if how not in (Outcome.GONE, Outcome.LESS)} == {}


@pytest.mark.parametrize("document", MAPS)
def test_advice_is_ranked_by_what_it_mends_for_each_line(document: Document) -> None:
    for finding in run(document, measures=False, only=OLD).judged:
        gains = [advice.gain for advice in finding.advice]

        assert gains == sorted(gains, reverse=True)
        assert all(gain > 0 or finding.code == "single-thread" for gain in gains)


def test_where_the_lines_around_say_how_often_so_does_the_advice_and_its_line() -> None:
    document = org(
        "boss > ada, boss > ben, boss > cy, ada <> ben, ben <> cy, cy <> dov, dov <> ada, dov <> ben"
    )
    often = {
        key: replace(link, per_week=5.0 if link.two_way else 0.9) for key, link in document.links.items()
    }
    document = replace(document, links=often)

    (finding,) = (f for f in run(document).judged if f.code == "broadcast-only")

    assert str(finding.advice[0].text) == (
        "Let ben tell boss daily: the answers of 3 people need one go-between at most."
    )
    ((_, line),) = finding.advice[0].change.links.values()
    assert line is not None
    assert line.per_week == 5.0


def test_where_few_lines_say_how_often_the_advice_does_not_either() -> None:
    (finding,) = (f for f in run(WORKSHOP).judged if f.code == "broadcast-only")

    assert str(finding.advice[0].text) == (
        "Let Pia (Factory) tell Goran (Product): "
        "the answers of 4 people out of 6 need one go-between at most."
    )


def test_between_modules_the_lines_between_modules_say_how_often_and_inside_one_those_inside() -> None:
    document = org(
        "a <> b, b <> c, c <> a, d <> e, e <> f, f <> d, a <> d, b <> d, a <> e",
        modules={"Left": "a b c", "Right": "d e f"},
    )
    across = {"a d", "b d", "a e"}
    links = {
        key: replace(link, per_week=0.25 if f"{link.source} {link.target}" in across else 5.0)
        for key, link in document.links.items()
    }
    maps = Maps(replace(document, links=links))

    assert usual(maps, [NodeId("b"), NodeId("e")]) == 0.25
    assert usual(maps, [NodeId("a"), NodeId("b")]) == 5.0


def test_a_line_that_must_be_quick_says_so() -> None:
    maps = Maps(org("a <> b, b <> c, c <> d"))

    advice = telling(maps, NodeId("a"), NodeId("d"), verbatim("so"), 1, at_least=1.5)

    assert str(advice.text) == "Let a tell d twice a week: so."
    assert [str(said_often(rate)) for rate in (1.0, 9.0)] == ["weekly", "9 times a week"]


def test_an_answer_promised_in_time_is_back_in_time() -> None:
    """docs/findings.md: a line waits half the time between two contacts, plus the delay of its channel."""
    document = org("ada > ben, ben > cy, cy > ada, dov <> ada, dov <> ben")
    links = {
        key: replace(link, per_week=1.0, needed_within=4.0 if link.source == "ada" else None)
        for key, link in document.links.items()
    }
    document = replace(document, links=links)

    (finding,) = (f for f in run(document).judged if f.code == "no-way-back" and f.people)

    advice = finding.advice[0]
    assert "ben can be back in time" in str(advice.text)
    after = run(document.apply(advice.change))
    assert not [f for f in after.judged if f.code == "no-way-back" and f.people]


def test_an_answer_needed_at_once_is_not_planned_by_the_minute() -> None:
    document = org("ada > ben, ben > cy, cy > ada, dov <> ada, dov <> ben")
    links = {
        key: replace(link, per_week=7.0, needed_within=0.0 if link.source == "ada" else None)
        for key, link in document.links.items()
    }
    document = replace(document, links=links)

    (finding,) = (f for f in run(document).judged if f.code == "no-way-back" and f.people)

    assert [str(a.text) for a in finding.advice] == [
        "Let ada and ben talk as soon as it matters: the answer of ben can be back in time."
    ]
    assert "It takes 1.5 days or more" in str(finding.because)
    after = run(document.apply(finding.advice[0].change))
    assert not [f for f in after.judged if f.code == "no-way-back" and f.people]


def test_a_stand_in_is_offered_for_one_bottleneck_with_what_all_its_lines_spare() -> None:
    arms = [f"hub <> {x}1, {x}1 <> {x}2, {x}2 <> {x}3, {x}1 <> {x}3" for x in "abc"]

    (finding,) = (f for f in run(org(", ".join(arms))).judged if f.code == "bottleneck")

    stand_in = next(a for a in finding.advice if len(a.change.links) > 1)
    assert stand_in.gain == promised(stand_in) / len(stand_in.change.links)
    # with a stand-in every one of the 9 x 6 pairs of different arms has a way past the hub
    assert promised(stand_in) == 54
