"""front-line-unheard and talk-not-listen-outside: what passes between outside parties and those inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document, problems
from orgmap.model.entities import ChannelId, LinkId, NodeId, NodeKind
from tests.words import org

OUTSIDE = {"Guests", "Press", "Fans", "Kin"}
UNHEARD, TALKED_AT = "front-line-unheard", "talk-not-listen-outside"
INSIDE = "boss <> a, boss <> b, a <> b, a <> c, b <> d, c <> d"
DEEP = INSIDE + ", d <> e, e <> f, c <> e, d <> f, f <> g, e <> g"


def house(
    lines: str,
    *,
    decides: str = "boss",
    levels: Mapping[str, int] | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Document:
    """A map in which the names of `OUTSIDE` are outside parties and those of `decides` are marked."""
    document = org(lines, levels=levels, thresholds=thresholds or {})
    nodes = dict(document.nodes)
    for name in OUTSIDE & nodes.keys():
        nodes[NodeId(name)] = replace(nodes[NodeId(name)], kind=NodeKind.OUTSIDE)
    for name in decides.split():
        nodes[NodeId(name)] = replace(nodes[NodeId(name)], decides=True)
    return replace(document, nodes=nodes)


def found(document: Document, code: str) -> list[Finding]:
    return list(run(document, measures=False, only=[code]).judged)


def noted(document: Document, code: str) -> list[str]:
    return [str(f.because) for f in run(document, measures=False, only=[code]).not_judged]


def test_word_that_reaches_those_who_decide_and_is_answered_is_no_finding() -> None:
    assert found(house(INSIDE + ", Guests <> d"), UNHEARD) == []


def test_word_to_somebody_who_can_tell_nobody_has_no_way_in() -> None:
    (finding,) = found(house(INSIDE + ", Guests <> clerk, a > clerk, b > clerk"), UNHEARD)

    assert (finding.people, finding.weight) == (("clerk",), Weight.ACT)
    assert str(finding.claim) == "Word from Guests to clerk reaches nobody who decides."
    assert str(finding.because) == "boss can decide. On this map, no way leads there from clerk."
    assert str(finding.question) == "What came from Guests lately that should be known?"
    assert finding.evidence["outside"] == ("Guests",)


def test_three_steps_are_near_enough_and_four_are_not() -> None:
    near = house(DEEP + ", Guests <> e")
    far = house(DEEP + ", Guests <> f, f <> x", thresholds={"front-line-unheard.steps": 2})

    assert found(near, UNHEARD) == []
    (finding,) = found(far, UNHEARD)
    assert (finding.people, finding.weight) == (("f",), Weight.LOOK)
    assert (
        str(finding.claim)
        == "Word from Guests to f is handed on at least 3 times before anybody who decides hears it."
    )


def test_word_that_is_heard_and_never_answered_is_looked_at() -> None:
    (finding,) = found(house(INSIDE + ", Guests <> clerk, clerk > a, clerk > b"), UNHEARD)

    assert (finding.people, finding.weight) == (("clerk",), Weight.LOOK)
    assert str(finding.claim) == "On word from Guests, nothing comes back to clerk."
    assert str(finding.because) == "boss can decide. They hear it, but no way leads back from them to clerk."


def test_an_outside_party_is_heard_if_anybody_who_meets_it_is() -> None:
    assert found(house(INSIDE + ", Guests <> clerk, a > clerk, Guests <> c"), UNHEARD) == []


def test_several_outside_parties_at_one_counter_are_one_finding() -> None:
    lines = INSIDE + ", Guests <> clerk, Press > clerk, Fans > clerk, a > clerk"

    (finding,) = found(house(lines), UNHEARD)

    assert finding.people == ("clerk",)
    assert finding.evidence["outside"] == ("Fans", "Guests", "Press")
    assert finding.advice[0].gain == 3


def test_those_of_levels_one_and_two_decide_where_nobody_is_marked() -> None:
    lines = INSIDE + ", Guests <> clerk, a > clerk"

    (finding,) = found(house(lines, decides="", levels={"boss": 1, "a": 2, "clerk": 3}), UNHEARD)

    assert finding.evidence["who_decides"] == ("a", "boss")
    assert "The map does not say who decides, so levels 1 and 2 count." in str(finding.because)


def test_without_marks_and_levels_nobody_knows_who_decides() -> None:
    document = house(INSIDE + ", Guests <> a", decides="")

    assert noted(document, UNHEARD) == ["The map does not say who decides, and shows nobody on level 1 or 2."]


@pytest.mark.parametrize("code", [UNHEARD, TALKED_AT])
def test_a_map_without_anybody_outside_says_so_once_in_the_same_words(code: str) -> None:
    assert noted(house(INSIDE), code) == ["The map shows nobody outside who talks with anybody inside."]


def test_who_decides_at_the_counter_hears_it_at_once() -> None:
    assert found(house(INSIDE + ", Guests > boss"), UNHEARD) == []


def test_where_no_answer_is_needed_none_is_missed() -> None:
    document = house(INSIDE + ", clerk > a, clerk > b, Guests > clerk")
    key = LinkId(f"l{len(document.links)}")
    links = {**document.links, key: replace(document.links[key], no_answer_needed=True)}

    assert found(document, UNHEARD) != []
    assert found(replace(document, links=links), UNHEARD) == []


@pytest.mark.parametrize(
    "lines",
    ["Guests <> clerk, a > clerk", "Guests <> clerk, clerk > a", "Guests <> clerk, Press > clerk, d > clerk"],
)
def test_each_advice_to_the_front_line_mends_it(lines: str) -> None:
    document = house(f"{INSIDE}, {lines}")
    (finding,) = found(document, UNHEARD)

    assert finding.advice
    for advice in finding.advice:
        after = document.apply(advice.change)
        assert problems(after) == []
        assert found(after, UNHEARD) == [], str(advice.text)


def test_an_outside_party_that_is_only_talked_at_is_looked_at() -> None:
    (finding,) = found(house(INSIDE + ", c > Press, d > Press"), TALKED_AT)

    assert (finding.people, finding.weight) == (("Press",), Weight.LOOK)
    assert (
        str(finding.claim) == "People here tell Press things, and the map shows nobody who hears from Press."
    )
    assert str(finding.because) == "2 people tell them things: c and d."
    told = "Let Press tell c: from there, it is handed on 2 times to somebody who decides."
    assert str(finding.advice[0].text) == told


def test_a_newsletter_drawn_both_ways_carries_nothing_back() -> None:
    document = house(INSIDE + ", c <> Press")
    key = LinkId(f"l{len(document.links)}")
    sent = replace(document.links[key], channel=ChannelId("newsletter"))

    assert found(document, TALKED_AT) == []
    assert [f.people for f in found(replace(document, links={**document.links, key: sent}), TALKED_AT)] == [
        ("Press",)
    ]


def test_more_than_three_that_are_talked_at_are_one_finding() -> None:
    lines = INSIDE + ", c > Press, c > Fans, c > Guests"

    assert len(found(house(lines), TALKED_AT)) == 3
    assert [len(f.people) for f in found(house(lines + ", d > Kin"), TALKED_AT)] == [4]


def test_who_only_tells_the_outside_what_needs_no_answer_is_left_in_peace() -> None:
    document = house(INSIDE + ", c > Press")
    key = LinkId(f"l{len(document.links)}")
    sent = replace(document.links[key], no_answer_needed=True)

    assert found(replace(document, links={**document.links, key: sent}), TALKED_AT) == []


def test_listening_mends_it_and_brings_no_new_finding_outside() -> None:
    document = house(INSIDE + ", c > Press, d > Press")
    (finding,) = found(document, TALKED_AT)

    for advice in finding.advice:
        after = document.apply(advice.change)
        assert found(after, TALKED_AT) == found(after, UNHEARD) == []


@pytest.mark.parametrize("code", [UNHEARD, TALKED_AT])
def test_a_chart_alone_is_not_judged(code: str) -> None:
    document = house("boss ^ a, boss ^ b, a ^ c, Guests > c")

    assert noted(document, code) == ["The map shows only who reports to whom."]


def test_on_a_map_that_counts_levels_from_0_the_two_highest_decide() -> None:
    document = house(
        "Guests > e, t <> a, a <> b, b <> c, c <> d, d > e", decides="", levels={"t": 0, "a": 1, "b": 2}
    )

    (finding,) = found(document, UNHEARD)

    assert finding.evidence["who_decides"] == ("a", "t")
    assert "so levels 0 and 1 count." in str(finding.because)
