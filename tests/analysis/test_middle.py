"""disconnected-middle: those between top and front, from side to side, up and down, and passed by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.catalogue import DISCONNECTED_MIDDLE
from orgmap.analysis.checks.layers import middle
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.analysis.sureness import compared
from orgmap.model.document import Document
from orgmap.model.entities import NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org

LETTERS = "abcd"
MODULES = {m.upper(): " ".join(f"{m}{i}" for i in range(5)) for m in LETTERS}
CHART = ", ".join([f"top ^ {m}0" for m in LETTERS] + [f"{m}0 ^ {m}{i}" for m in LETTERS for i in range(1, 5)])
UP = ", ".join(f"top <> {m}0" for m in LETTERS)
DOWN = ", ".join(f"{m}0 <> {m}{i}" for m in LETTERS for i in range(1, 5))
FRONT = ", ".join(  # the front talks across, so that little is special about the leads but the leads
    f"{m}{i} <> {n}{j}"
    for m, n in (("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"))
    for i, j in ((1, 1), (2, 2), (3, 3), (4, 4), (1, 2), (2, 3), (3, 4), (4, 1))
)
SIDE = "a0 <> b0, b0 <> c0, c0 <> d0"


def chart(*lines: str) -> Document:
    return org(", ".join((CHART, *lines)), modules=MODULES)


def found(document: Document) -> list[Finding]:
    return list(run(document, only=[DISCONNECTED_MIDDLE], measures=False).findings)


def one(document: Document) -> Finding:
    (finding,) = found(document)
    return finding


def compared_with_chance(document: Document) -> Finding:
    (finding,) = compared(Maps(document), [one(document)])
    return finding


def test_no_pair_of_the_middle_of_the_test_organization_meets_without_the_top() -> None:
    finding = one(TEST_ORGANIZATION)

    # docs/findings.md, the test organization: middle {X0, Y0, Z0}, lateral reach 0/3
    assert finding.evidence["middle"] == ("X0", "Y0", "Z0")
    assert (finding.evidence["near_pairs"], finding.evidence["pairs_of_middle"]) == (0, 3)
    assert finding.people == ("X0", "Y0", "Z0")
    assert str(finding.claim) == "X0, Y0 and Z0 reach each other across modules only through the top."
    # the modules of the middle hold seven of nine people
    assert finding.severity == pytest.approx(7 / 9)


def test_sparse_but_not_more_than_elsewhere_is_one_to_look_at_and_says_so() -> None:
    finding = compared_with_chance(TEST_ORGANIZATION)

    assert finding.weight is Weight.LOOK
    assert str(finding.sure) == "Contact is sparse here, but no more so in the middle than elsewhere."
    assert finding.rarity is not None
    assert not finding.rarity.rare


def test_a_middle_that_meets_less_than_people_elsewhere_is_one_to_act_on() -> None:
    finding = compared_with_chance(chart(UP, DOWN, FRONT))

    assert finding.people == ("a0", "b0", "c0", "d0")
    assert finding.rarity is not None
    assert finding.rarity.rare
    assert finding.weight is Weight.ACT
    assert "This is hardly chance" in str(finding.sure)


def test_a_middle_that_meets_across_is_no_finding() -> None:
    assert found(chart(UP, DOWN, SIDE)) == []


def test_a_third_of_the_pairs_is_still_too_few() -> None:
    below = one(chart(UP, DOWN, "a0 <> b0, c0 <> d0"))  # 2 of 6

    assert "2 of 6 pairs in the middle can reach each other" in str(below.because)
    assert below.weight is Weight.LOOK
    assert str(below.claim) == "a0, b0, c0 and d0 hardly reach each other across modules without the top."


def test_a_middle_that_does_not_meet_over_the_top_either_is_not_said_to() -> None:
    quiet = one(chart(DOWN, "top <> a0, top <> b1"))

    assert "do not reach each other across modules" in str(quiet.claim)


def test_somebody_without_a_line_up_or_down_is_told_from_a_third_of_the_middle_on() -> None:
    one_of_four = chart("top <> a0, top <> b0, top <> c0", DOWN, SIDE)
    two_of_four = chart("top <> a0, top <> b0", DOWN, SIDE)

    assert found(one_of_four) == []
    finding = one(two_of_four)
    assert finding.people == ("c0", "d0")
    assert finding.weight is Weight.ACT  # half of the middle
    assert str(finding.because) == "No talk up, both ways, is shown for c0 and d0."
    assert [str(a.text) for a in finding.advice] == [
        "Let c0 and top, who stands higher, talk.",
        "Let d0 and top, who stands higher, talk.",
    ]


def test_a_line_drawn_one_way_down_is_no_line_down() -> None:
    told = DOWN.replace("c0 <> ", "c0 > ").replace("d0 <> ", "d0 > ")

    finding = one(chart(UP, told, SIDE))

    assert str(finding.because) == "No talk down, both ways, is shown for c0 and d0."
    assert str(finding.advice[0].text).startswith("Let c0 and c1, who stands lower, talk")


def test_a_vacant_boss_is_nobody_one_could_have_a_line_to() -> None:
    document = chart(DOWN, SIDE)
    post = replace(document.nodes[NodeId("top")], kind=NodeKind.ROLE, vacant=True)
    document = replace(document, nodes={**document.nodes, post.id: post})

    assert found(document) == []


def test_whoever_named_nobody_in_a_survey_may_not_have_answered() -> None:
    quiet = DOWN.replace("c0 <> ", "c0 > ")
    drawn = chart("top <> a0, top <> b0", quiet, "a0 <> b0, b0 <> d0, d0 <> a0")
    survey = replace(drawn, info=replace(drawn.info, asked=True))

    assert one(drawn).people == ("c0", "d0")
    assert found(survey) == []  # d0 alone is a fourth of the middle


def test_more_than_half_of_the_lines_of_the_top_going_past_the_middle_is_told() -> None:
    past = ", ".join(f"top <> {m}1" for m in LETTERS) + ", top > a2"

    finding = one(chart(UP, DOWN, SIDE, past))

    assert finding.evidence["lines_past"] == 9
    assert finding.evidence["lines_of_top"] == 17
    assert finding.people == ("a0", "b0", "c0", "d0")
    assert finding.weight is Weight.LOOK
    assert str(finding.because) == (
        "Counting each direction, 9 of 17 contacts between the top and the others skip the middle."
    )


def test_half_of_the_lines_of_the_top_or_fewer_than_five_are_not_told() -> None:
    half = ", ".join(f"top <> {m}1" for m in LETTERS)
    few = chart("top <> a0, b0 <> top, c0 <> top, d0 <> top", DOWN, SIDE, "top > a1, top > b1")

    assert found(chart(UP, DOWN, SIDE, half)) == []
    assert found(few) == []


def test_staff_of_the_top_who_stand_under_nobody_in_the_middle_are_not_past_it() -> None:
    staff = ", ".join(f"top <> s{i}, top ^ s{i}" for i in range(6))

    assert found(chart(UP, DOWN, SIDE, staff)) == []


def test_a_line_past_the_middle_goes_by_whoever_is_there_already() -> None:
    past = ", ".join(f"top <> {m}1" for m in LETTERS) + ", top > a2"
    document = chart(UP, DOWN, SIDE, past)

    first = one(document).advice[0]

    assert str(first.text).startswith("Let a0 pass on what top and a1 tell each other: 2 contacts")
    assert len(document.apply(first.change).links) == len(document.links) - 1


def test_a_line_past_somebody_who_has_none_to_the_front_becomes_that_line() -> None:
    past = ", ".join(f"top <> {m}1" for m in LETTERS) + ", top > a2"
    document = chart(UP, DOWN.replace("a0 <> a1, ", ""), SIDE, past)

    first = one(document).advice[0]

    (moved,) = [after for _, after in first.change.links.values() if after is not None]
    assert {moved.source, moved.target} == {"a0", "a1"}
    assert str(first.text).startswith("Let a0 pass on what top and a1 tell each other")


def test_a_line_past_somebody_the_top_has_no_line_to_is_led_there() -> None:
    past = ", ".join(f"top <> {m}1" for m in LETTERS) + ", top > a2"
    document = chart(UP.replace("top <> a0, ", ""), DOWN, SIDE, past)

    first = one(document).advice[0]

    (moved,) = [after for _, after in first.change.links.values() if after is not None]
    assert {moved.source, moved.target} == {"top", "a0"}
    assert str(first.text).startswith("Let a0 pass on between top and a1: 2 contacts fewer")


def test_a_line_past_somebody_who_knows_neither_end_leaves_nobody_without_a_line() -> None:
    past = ", ".join(f"top <> {m}1" for m in LETTERS) + ", top > a2"
    document = chart(UP.replace("top <> a0, ", ""), DOWN.replace("a0 <> a1, ", ""), SIDE, past)

    (carried,) = [a for a in one(document).advice if "a0 pass on" in str(a.text)]

    talk = Maps(document.apply(carried.change)).two_way
    assert str(carried.text).startswith("Let a0 pass on what top and a1 tell each other")
    assert talk.has_edge(NodeId("top"), NodeId("a0"))
    assert talk.has_edge(NodeId("a0"), NodeId("a1"))


def test_the_line_after_which_most_of_the_middle_meets_comes_first() -> None:
    document = chart(UP, DOWN, "a0 <> b0")

    finding = one(document)

    first = finding.advice[0]
    assert first.gain == 2  # with one of the pair that meets already, and over it with the other
    assert one(document).evidence["near_pairs"] == 1
    near = [f.evidence["near_pairs"] for f in found(document.apply(first.change))]
    assert near in ([], [3])
    assert [a.gain for a in finding.advice] == sorted((a.gain for a in finding.advice), reverse=True)


def test_levels_stand_in_where_nobody_drew_who_reports_to_whom() -> None:
    levels = {"top": 1, **{f"{m}0": 2 for m in LETTERS}}
    levels |= {f"{m}{i}": 3 for m in LETTERS for i in range(1, 5)}
    by_levels = org(f"{UP}, {DOWN}", modules=MODULES, levels=levels)

    assert one(by_levels).people == ("a0", "b0", "c0", "d0")


def test_a_large_team_with_two_trainees_is_no_middle() -> None:
    levels = {"top": 1, **{f"{m}0": 2 for m in LETTERS}}
    levels |= {f"{m}{i}": 3 for m in LETTERS for i in range(1, 5)}
    levels["a4"] = 4

    document = org(f"{UP}, {DOWN}", modules=MODULES, levels=levels)

    assert middle(Situation(Maps(document))).people == ("a0", "b0", "c0", "d0")


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        (org(f"{UP}, {DOWN}", modules=MODULES), "The map shows no levels and no bosses."),
        (chart(), "The map shows only who reports to whom."),
        (chart("a0 <> b0"), "Nearly all that the map shows is who reports to whom."),
        (
            chart(UP.replace("<>", ">"), DOWN.replace("<>", ">")),
            "Every line runs from the top down, as if drawn one-way.",
        ),
        (
            org("top ^ a, top ^ b, a ^ c, b ^ d, top <> a, a <> c, b <> d, c <> d"),
            "Fewer than three people stand between top and front.",
        ),
        (
            org(", ".join((CHART, UP, DOWN))),
            "Nearly all of those between top and front are in the same module.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_named(document: Document, missing: str) -> None:
    note = one(document)

    assert not note.judged
    assert note.people == ()
    assert str(note.because) == missing


def test_below_eight_people_counts_are_given_without_shares_and_without_chance() -> None:
    small = org(
        "t ^ a, t ^ b, t ^ c, a ^ d, b ^ e, c ^ f, t <> a, t <> b, t <> c, a <> d, b <> e, c <> f",
        modules={"A": "a d", "B": "b e", "C": "c f"},
    )

    finding = one(small)

    assert str(finding.because) == (
        "Without the top, no two in the middle reach each other directly or through one person."
    )
    assert finding.rarity is None
    assert finding.weight is Weight.ACT


def trouble(findings: list[Finding]) -> int:
    """Pairs that do not meet, and people who miss a side."""
    count = 0
    for finding in findings:
        near, pairs = (finding.evidence[key] for key in ("near_pairs", "pairs_of_middle"))
        up, down = (finding.evidence[key] for key in ("no_line_up", "no_line_down"))
        assert isinstance(near, int)
        assert isinstance(pairs, int)
        assert isinstance(up, tuple)
        assert isinstance(down, tuple)
        count += pairs - near + len(up) + len(down)
    return count


@pytest.mark.parametrize("lines", [(UP, DOWN), ("top <> a0, top <> b0", DOWN, SIDE)])
def test_applying_an_advice_leaves_less_to_say(lines: tuple[str, ...]) -> None:
    document = chart(*lines)

    (before,) = found(document)

    assert before.advice
    for advice in before.advice:
        assert trouble(found(document.apply(advice.change))) < trouble([before])


def test_lines_between_whole_modules_do_not_say_that_the_middle_misses_a_side_or_is_passed_by() -> None:
    whole = org("Top <> A, Top <> B, Top <> C, A <> B, B <> C, " + CHART, modules={"Top": "top", **MODULES})

    assert found(whole) == []
