"""overload: more talk than time, by hours that were said, or far from what all others spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from orgmap.analysis.catalogue import OVERLOAD
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, MapInfo, NodeId, NodeKind
from tests.words import org


def timed(
    lines: Mapping[str, tuple[float, float] | None], stated: Mapping[str, float], **modules: str
) -> Document:
    """Lines with contacts a week and minutes, or None; hours that were stated."""
    drawn = org(", ".join(lines), modules=modules)
    links = {
        key: link if said is None else replace(link, per_week=said[0], minutes=said[1])
        for (key, link), said in zip(drawn.links.items(), lines.values(), strict=True)
    }
    nodes = {v: replace(node, hours=stated.get(v)) for v, node in drawn.nodes.items()}
    return replace(drawn, links=links, nodes=nodes)


def found(document: Document) -> list[Finding]:
    return list(run(document, only=[OVERLOAD], measures=False).findings)


def one(document: Document) -> Finding:
    (finding,) = found(document)
    return finding


BUSY = {
    "ana <> ben": (5.0, 60.0),
    "ana <> cy": (2.0, 60.0),
    "ben <> cy": (1.0, 30.0),
    "cy <> dov": (1.0, 30.0),
}
STATED = {"ana": 6.0, "ben": 10.0, "cy": 10.0, "dov": 10.0}


def test_more_hours_than_were_stated_is_one_to_act_on() -> None:
    finding = one(timed(BUSY, STATED))

    # docs/findings.md, overload: hours = sum of contacts a week x minutes / 60, each link once
    assert finding.people == ("ana",)
    assert finding.evidence["hours"] == {"ana": 7.0}
    assert finding.evidence["hours_stated"] == {"ana": 6.0}
    assert finding.weight is Weight.ACT
    assert str(finding.because) == "ana: 7 hours of talk on 2 lines, and 6 hours were said to be there."


def test_a_few_minutes_beyond_the_hours_are_not_told_as_the_same_number_twice() -> None:
    finding = one(timed({**BUSY, "ana <> ben": (5.0, 60.2)}, {**STATED, "ana": 7.0}))

    words = "ana: a little more than 7 hours of talk on 2 lines, and no more were said to be there."
    assert str(finding.because) == words


def test_hours_with_somebody_outside_are_on_lines_that_count() -> None:
    drawn = timed({**BUSY, "ana <> customer": (1.0, 60.0)}, STATED)
    customer = replace(drawn.nodes[NodeId("customer")], kind=NodeKind.OUTSIDE)

    finding = one(replace(drawn, nodes={**drawn.nodes, customer.id: customer}))

    assert str(finding.because) == "ana: 8 hours of talk on 3 lines, and 6 hours were said to be there."
    assert LinkId("l5") in finding.lit_links


def test_exactly_the_hours_stated_is_enough() -> None:
    assert found(timed(BUSY, {**STATED, "ana": 7.0})) == []


def test_with_fewer_than_four_of_five_lines_known_somebody_is_not_judged() -> None:
    four = {**BUSY, "ana <> dov": None, "ana <> eve": (1.0, 60.0), "ana <> fay": (1.0, 60.0)}
    five = {**four, "ana <> gus": None}
    hours = {**STATED, "eve": 9.0, "fay": 9.0, "gus": 9.0}

    assert one(timed(four, hours)).people == ("ana",)  # 4 of 5
    assert [f.people for f in found(timed(five, hours)) if f.judged] == []  # 4 of 6


def test_a_line_that_is_only_proposed_takes_no_time() -> None:
    document = timed(BUSY, {**STATED, "ana": 5.0})
    for key, link in list(document.links.items())[:1]:
        proposed = replace(link, status=type(link.status).PROPOSED)
        document = replace(document, links={**document.links, key: proposed})

    assert found(document) == []  # two hours are left of seven


RING = [f"p{i:02}" for i in range(12)]


def ring(extra: float = 0.0) -> Document:
    """Twelve in a ring, each line an hour and a little more than the last, and one line of `extra` hours."""
    lines: dict[str, tuple[float, float] | None] = {
        f"{one} <> {other}": (1.0, 60.0 + place)
        for place, (one, other) in enumerate(zip(RING, [*RING[1:], RING[0]], strict=True))
    }
    if extra:
        lines["p00 <> p06"] = (1.0, 60.0 * extra)
    return timed(lines, {})


def test_hours_far_from_all_others_are_one_to_look_at_for_each() -> None:
    told = found(ring(extra=10.0))

    assert {f.people for f in told} == {("p00",), ("p06",)}
    assert {f.weight for f in told} == {Weight.LOOK}
    assert all("far more hours a week in talks than most others" in str(f.claim) for f in told)


def test_the_distance_is_that_of_the_median_and_one_and_a_half_of_the_second_third() -> None:
    # Iglewicz and Hoaglin 1993: .6745 (x - median) / MAD > 3.5; and the top of the second third is the
    # eighth value of twelve, 137 minutes: 205.5 are half as much again, of which p00 and p06 have 131
    almost, enough = ring(extra=74 / 60), ring(extra=75 / 60)

    assert found(almost) == []
    assert {f.people for f in found(enough)} == {("p00",), ("p06",)}


def test_fewer_than_ten_people_are_not_compared() -> None:
    lines: dict[str, tuple[float, float] | None] = {f"hub <> p{i}": (1.0, 60.0 + i) for i in range(8)}

    note = one(timed(lines, {}))

    assert not note.judged
    assert str(note.because) == "The hours of too few people are known to compare them."


def test_where_most_spend_the_very_same_nobody_is_unusual() -> None:
    lines: dict[str, tuple[float, float] | None] = {
        f"{one} <> {other}": (1.0, 60.0) for one, other in zip(RING, [*RING[1:], RING[0]], strict=True)
    }
    lines["p00 <> p06"] = (1.0, 600.0)

    note = one(timed(lines, {}))

    assert not note.judged
    assert note.people == ()
    assert "the very same hours" in str(note.because)


def test_lines_without_hours_say_what_is_missing() -> None:
    note = one(org("a <> b, b <> c, c <> d, d <> a"))

    assert not note.judged
    assert str(note.because) == "The map says too rarely how often and how long people talk."


def test_more_than_three_with_too_much_are_one_finding() -> None:
    people = {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}
    lines: dict[str, tuple[float, float] | None] = {
        "a <> b": (5.0, 60.0), "b <> c": (5.0, 60.0), "c <> d": (5.0, 60.0), "d <> a": (5.0, 60.0)
    }  # fmt: skip

    finding = one(timed(lines, people))

    assert finding.people == ("a", "b", "c", "d")
    assert str(finding.claim).startswith("Talk takes more of the week than was said to be there for a, b, c")


def test_the_cut_off_is_that_of_the_map() -> None:
    document = timed(BUSY, STATED)
    strict = replace(document, info=MapInfo(thresholds={"overload.known": 1.1}))

    assert [f.judged for f in found(strict)] == [False]


def test_a_line_is_handed_to_a_colleague_with_hours_to_spare() -> None:
    document = timed(
        {**BUSY, "ana <> eve": (1.0, 120.0), "eve <> gus": (1.0, 30.0)},
        {**STATED, "eve": 8.0, "gus": 9.0},
        Sales="ana gus eve",
    )

    first = one(document).advice[0]

    assert str(first.text) == "Let gus take over the talks of ana with ben: ana saves 5 hours a week."
    assert first.gain == pytest.approx(5.0)
    assert found(document.apply(first.change)) == []


def test_no_line_goes_to_somebody_who_would_then_have_too_much() -> None:
    document = timed(
        {**BUSY, "eve <> gus": (1.0, 30.0)}, {**STATED, "eve": 1.0, "gus": 5.0}, Sales="ana gus eve"
    )

    texts = [str(a.text) for a in one(document).advice]

    # 5 hours with ben would be too much for gus, the 2 with cy are not
    assert "Let gus take over the talks of ana with cy: ana saves 2 hours a week." in texts
    assert not any("take over the talks of ana with ben" in words for words in texts)


def test_shorter_and_rarer_are_offered_with_the_hours_they_give_back() -> None:
    document = timed(BUSY, STATED)

    advice = one(document).advice

    assert [(str(a.text), a.gain) for a in advice] == [
        ("Let ana and ben take 30 minutes instead of 60: ana saves 2.5 hours a week.", 2.5),
        ("Let ana and cy talk half as often: ana saves 1 hour a week.", 1.0),
    ]
    for one_of in advice:
        after = found(document.apply(one_of.change))
        assert after == [] or one_of.gain < 1.0 or after[0].evidence["hours"] != {"ana": 7.0}


def test_the_line_between_boss_and_report_is_not_handed_on() -> None:
    document = timed(
        {**BUSY, "ana ^ ben": None, "eve <> gus": (1.0, 30.0)},
        {**STATED, "eve": 40.0, "gus": 40.0},
        Sales="ana gus eve",
    )

    assert not any("over the talks of ana with ben" in str(a.text) for a in one(document).advice)


CREW = ("eve", "fay", "gus", "hal")


def test_a_module_shares_the_hours_of_its_line() -> None:
    shared = timed(
        {**BUSY, "Crew <> ana": (1.0, 240.0)},
        {**STATED, "ana": 8.0, **dict.fromkeys(CREW, 9.0)},
        Crew=" ".join(CREW),
    )

    finding = one(shared)

    assert finding.evidence["hours"] == {"ana": 11.0}
    assert "Crew" in str(finding.because)
