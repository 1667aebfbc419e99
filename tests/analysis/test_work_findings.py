"""Work without talk: unlinked-modules, handoff-unbacked, chart-and-talk; docs/findings.md."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from orgmap.analysis import congruence
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.checks.work import fitting, reasons
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkKind, ModuleId
from tests.analysis.test_traps import with_link
from tests.words import org
from tests.workshop import WORKSHOP

TEAMS = {"A": "a1 a2 a3", "B": "b1 b2 b3", "C": "c1 c2 c3"}
INSIDE = """a1 <> a2, a2 <> a3, a1 <> a3, b1 <> b2, b2 <> b3, c1 <> c2, c2 <> c3, c1 <> c3"""
TALK = f"{INSIDE}, a1 <> c1, a1 <> c2, b1 <> c1, b2 <> c3"
"""Three teams; A and B both meet C, and nobody of A meets anybody of B."""


def of(document: Document, code: str) -> list[Finding]:
    return [f for f in run(document, measures=False, only=[code]).findings if f.judged]


def mended(document: Document, finding: Finding) -> list[list[Finding]]:
    """What is still said of the kind after each of its advices."""
    return [of(document.apply(advice.change), finding.code) for advice in finding.advice]


# -- unlinked-modules


def test_modules_that_need_each_other_and_never_talk_are_one_to_act_on() -> None:
    drawn = org(f"{TALK}, A needs B", modules=TEAMS)

    (gap,) = of(drawn, "unlinked-modules")

    assert gap.weight is Weight.ACT
    assert gap.modules == ("A", "B")
    assert gap.severity == pytest.approx(3 / 8)
    assert str(gap.claim) == "A shares work with B, and nobody talks across."
    assert gap.evidence["needs"] == ("l13",)
    assert mended(drawn, gap) == [[] for _ in gap.advice]


def test_the_line_proposed_joins_those_who_are_known_best_and_says_who_gains() -> None:
    drawn = org(f"{TALK}, A needs B", modules=TEAMS)

    (gap,) = of(drawn, "unlinked-modules")

    (first,) = gap.advice
    (_, added) = next(iter(first.change.links.values()))
    assert added is not None
    assert {added.source, added.target} == {"a1", "b2"}
    assert first.gain == 6
    assert str(first.text) == (
        "Let a1 (A) and b2 (B) talk: 6 people reach the other module directly or through one person."
    )


def test_where_work_passes_more_than_once_somebody_shared_is_another_way() -> None:
    drawn = org(f"{TALK}, A needs B, b1 needs a2", modules=TEAMS)

    (gap,) = of(drawn, "unlinked-modules")

    assert any(advice.change.nodes for advice in gap.advice)
    gains = [advice.gain for advice in gap.advice]
    assert gains == sorted(gains, reverse=True)
    assert mended(drawn, gap) == [[] for _ in gap.advice]


def test_one_linking_person_or_somebody_in_both_is_enough() -> None:
    linked = org(f"{TALK}, A needs B, a3 <> b3", modules=TEAMS)
    shared = org(f"{TALK}, A needs B", modules={**TEAMS, "B": "b1 b2 b3 a3"})

    assert of(linked, "unlinked-modules") == []
    assert of(shared, "unlinked-modules") == []


def test_one_way_lines_link_nobody_and_the_advice_turns_the_line_that_is_there() -> None:
    drawn = org(f"{TALK}, A needs B, a1 > b2, b3 > a3", modules=TEAMS)

    (gap,) = of(drawn, "unlinked-modules")

    assert "2 contacts run one way only, without an answer." in str(gap.because)
    assert [str(a.text).split(":")[0] for a in gap.advice] == ["Let b2 answer a1 as well"]
    assert mended(drawn, gap) == [[]]


def test_a_need_of_one_person_is_a_matter_of_two_people_and_two_are_one_of_their_modules() -> None:
    one = org(f"{TALK}, a2 needs b3", modules=TEAMS)
    two = org(f"{TALK}, a2 needs b3, b1 needs a3", modules=TEAMS)

    assert of(one, "unlinked-modules") == []
    assert [f.people for f in of(one, "handoff-unbacked")] == [("a2", "b3")]
    assert [f.modules for f in of(two, "unlinked-modules")] == [("A", "B")]
    assert of(two, "handoff-unbacked") == []


def test_a_module_that_lacks_several_links_is_one_finding() -> None:
    drawn = org(
        f"{INSIDE}, d1 <> d2, d2 <> d3, a1 <> d1, b1 <> d1, c1 <> d1, A needs B, A needs C",
        modules={**TEAMS, "D": "d1 d2 d3"},
    )

    (gap,) = of(drawn, "unlinked-modules")

    assert gap.modules == ("A", "B", "C")
    assert str(gap.claim) == "A shares work with B and C, and nobody talks across."
    assert len(gap.advice) == 2


def test_pairs_without_a_common_module_are_summed_up_and_say_how_the_map_fits() -> None:
    teams = {f"M{i}": f"p{i} q{i} r{i}" for i in range(8)}
    inside = ", ".join(f"p{i} <> q{i}, q{i} <> r{i}" for i in range(8))
    hub = ", ".join(f"p{i} <> hub" for i in range(8))
    drawn = org(
        f"{inside}, {hub}, M0 needs M1, M2 needs M3, M4 needs M5, M6 needs M7, p6 <> p7", modules=teams
    )

    (gap,) = of(drawn, "unlinked-modules")

    assert str(gap.claim) == "Work passes between 3 pairs of modules, and nobody talks across."
    assert "somebody talks across in 1 of 4 such pairs" in str(gap.because)
    assert gap.evidence["congruence"] == pytest.approx(1 / 4)


def test_a_module_apart_from_the_rest_and_one_that_is_only_told_are_not_told_again() -> None:
    apart = org(f"{INSIDE}, a1 <> c1, a1 <> c2, a2 <> c3, A needs B", modules=TEAMS)
    told = org(f"{TALK}, A needs C, d1 <> d2, A needs D, a1 > d1, a2 > d2", modules={**TEAMS, "D": "d1 d2"})

    assert [f.modules for f in of(apart, "isolated")] == [("B",)]
    assert of(apart, "unlinked-modules") == []
    assert [f.modules for f in of(told, "no-way-back") if f.modules] == [("A", "D")]
    assert of(told, "unlinked-modules") == []


def test_siblings_are_summed_up_in_one_note_unless_somebody_talks_with_both() -> None:
    between = of(WORKSHOP, "unlinked-modules")  # Farah talks with Support and with Factory
    chain = org(
        f"{INSIDE}, d1 <> d2, d2 <> d3, a1 <> b1, b2 <> c2, c3 <> d3", modules={**TEAMS, "D": "d1 d2 d3"}
    )

    (note,) = of(chain, "unlinked-modules")

    assert between == []
    assert note.weight is Weight.NOTE
    assert note.modules == ("A", "C", "D", "B")
    assert str(note.claim) == "As far as the map shows, 3 pairs of modules do not talk with each other."
    assert len(note.advice) == 3


def test_modules_that_are_no_siblings_need_not_know_one_another() -> None:
    drawn = org(f"{INSIDE}, a1 <> b1, b2 <> c2", modules={**TEAMS, "Out": ""})
    nested = replace(
        drawn,
        modules={
            **drawn.modules,
            ModuleId("C"): replace(drawn.modules[ModuleId("C")], parent=ModuleId("Out")),
        },
    )

    assert [f.modules for f in of(drawn, "unlinked-modules")] == [("A", "C")]
    assert [f.modules for f in of(nested, "unlinked-modules")] == [("A", "Out")]


def test_the_reasons_of_modules_are_those_of_cataldo() -> None:
    drawn = org(f"{TALK}, A needs B, b1 needs a2, a1 needs c1, c2 needs B", modules=TEAMS)
    situation = Situation(Maps(drawn))
    ends = sorted({e for k in drawn.links.values() if k.kind is LinkKind.NEEDS for e in (k.source, k.target)})
    modules = list(TEAMS)
    works = np.array([[e == m or e.startswith(m.lower()) for e in ends] for m in modules], dtype=np.int64)
    tied = np.zeros((len(ends), len(ends)), dtype=np.int64)
    for link in drawn.links.values():
        if link.kind is LinkKind.NEEDS:
            i, j = ends.index(link.source), ends.index(link.target)
            tied[i, j] = tied[j, i] = 1
    talks = np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0]])

    required = congruence.required(works, tied)

    # Cataldo and others 2006: CR = TA . TD . TA^T; required and present / required, off the diagonal
    for i, j in combinations(range(3), 2):
        pair = ModuleId(modules[i]), ModuleId(modules[j])
        assert len(reasons(situation).get(pair, ())) == required[i, j]
    met, wanted = fitting(situation)
    assert met / wanted == pytest.approx(congruence.fit(required, talks))
    assert (met, wanted) == (2, 3)


# -- handoff-unbacked


def test_a_hand_over_without_talk_says_how_far_the_two_are_apart() -> None:
    drawn = org(f"{TALK}, a2 <> b1, a3 needs b3", modules=TEAMS)

    (found,) = of(drawn, "handoff-unbacked")

    assert found.weight is Weight.LOOK
    assert found.people == ("a3", "b3")
    assert found.links == ()
    assert str(found.claim) == "a3 needs the work of b3, and no talk goes with it."
    assert str(found.because) == "What they say to each other passes through 3 other people."
    assert mended(drawn, found) == [[]]


def test_several_hand_overs_of_one_person_are_one_finding_and_many_others_are_summed_up() -> None:
    of_one = org(f"{TALK}, a2 <> b1, a3 needs b3, c3 needs a3, a3 needs c2", modules=TEAMS)
    of_many = org(f"{TALK}, a2 <> b1, a3 needs b3, a1 needs c3, b2 needs c2", modules=TEAMS)

    (hub,) = of(of_one, "handoff-unbacked")
    (sum_,) = of(of_many, "handoff-unbacked")

    assert str(hub.claim) == "a3 shares work with b3, c3 and c2, and no talk goes with it."
    assert str(sum_.claim) == "3 hand-overs of work have no talk that goes with them."
    assert sum_.severity == pytest.approx(6 / 9)


def test_talk_with_anybody_in_a_module_backs_a_need_for_its_work_and_the_finding_says_so() -> None:
    backed = org(f"{TALK}, a1 needs C", modules=TEAMS)
    alone = org(f"{TALK}, a1 <> b1, a3 needs B", modules=TEAMS)

    (found,) = of(alone, "handoff-unbacked")

    assert of(backed, "handoff-unbacked") == []
    assert found.people == ("a3",)
    assert found.modules == ("B",)
    assert "With B, a talk with anybody in it counts." in str(found.because)
    assert mended(alone, found) == [[]]


def test_an_answer_that_is_told_to_be_missing_is_not_told_as_an_unbacked_hand_over() -> None:
    drawn = org(f"{TALK}, a2 <> b1, a3 > b3, a3 needs b3", modules=TEAMS)

    report = run(drawn, measures=False)

    assert {f.code for f in report.judged if "a3" in {*f.people, *f.lit_nodes}} >= {"no-way-back"}
    assert [f for f in report.judged if f.code == "handoff-unbacked"] == []


def test_a_need_is_not_judged_on_a_map_that_draws_none() -> None:
    report = run(org(TALK, modules=TEAMS), measures=False, only=["handoff-unbacked"])

    (note,) = report.not_judged
    assert str(note.because) == "The map does not say whose work needs whose."


# -- chart-and-talk


def test_reporting_lines_inside_modules_that_are_drawn_as_a_whole_are_not_called_silent() -> None:
    chart = "t ^ a, t ^ b, t ^ c, a ^ a1, a ^ a2, b ^ b1, b ^ b2, c ^ c1, c ^ c2"
    drawn = org(
        f"T <> A, T <> B, T <> C, A <> B, B <> C, {chart}",
        modules={"T": "t", "A": "a a1 a2", "B": "b b1 b2", "C": "c c1 c2"},
    )

    assert [
        f for f in of(drawn, "chart-and-talk") if "without_talk" in f.evidence and f.weight is not Weight.NOTE
    ] == []


CHART = "boss ^ a1, boss ^ b1, boss ^ c1, a1 ^ a2, a1 ^ a3, b1 ^ b2, b1 ^ b3, c1 ^ c2, c1 ^ c3"
LIVED = f"{INSIDE}, boss <> a1, boss <> b1, boss <> c1, b1 <> b3"


def test_a_chart_that_is_lived_is_no_finding() -> None:
    assert of(org(f"{LIVED}, {CHART}", modules=TEAMS), "chart-and-talk") == []


def test_one_finding_tells_all_reporting_lines_without_talk() -> None:
    drawn = org(f"{INSIDE}, boss <> a1, boss > c1, a1 <> b1, {CHART}", modules=TEAMS)

    (found,) = of(drawn, "chart-and-talk")

    assert found.weight is Weight.LOOK
    assert str(found.claim) == "For 2 of 9 reporting lines, the map shows no talk with the boss."
    assert found.links == ("l13", "l18")
    assert str(found.because) == "The map shows no talk between boss and b1; b1 and b3."
    assert found.severity == pytest.approx(2 / 9)
    assert str(found.advice[0].text) == ("Let boss and b1 (B) talk: 3 people have a shorter way to a boss.")
    for left in mended(drawn, found):
        assert all(len(f.links) < len(found.links) for f in left)


def test_on_a_small_map_counts_are_said_and_no_shares() -> None:
    drawn = org("boss <> a, boss <> b, a <> b, a <> c, boss ^ a, boss ^ b, boss ^ c, a needs c, c needs b")

    (chart,) = of(drawn, "chart-and-talk")
    (handoff,) = of(drawn, "handoff-unbacked")

    assert str(chart.claim) == "For 1 reporting line, the map shows no talk with the boss."
    assert str(chart.because) == "The map shows no talk between boss and c."
    assert not re.search(r"\d+ of \d+", f"{chart.claim} {chart.because} {handoff.because}")


def test_more_than_half_of_the_reporting_lines_silent_is_one_to_act_on() -> None:
    drawn = org(
        f"""a2 <> b2, b2 <> c2, c2 <> a2, a3 <> b3, b3 <> c3, a2 <> a3,
            boss <> a1, a1 <> a2, b1 <> b2, c1 <> c2, {CHART}""",
        modules=TEAMS,
    )

    (found,) = of(drawn, "chart-and-talk")

    assert found.weight is Weight.ACT
    assert str(found.claim) == "For 5 of 9 reporting lines, the map shows no talk with the boss."


def test_a_report_who_talks_with_another_boss_may_be_drawn_there() -> None:
    drawn = org(f"{INSIDE}, boss <> a1, boss <> b1, boss <> c1, b3 <> c1, {CHART}", modules=TEAMS)

    (found,) = of(drawn, "chart-and-talk")

    moved = [a for a in found.advice if "report to" in str(a.text)]
    assert [str(a.text) for a in moved] == [
        "Let b3 report to c1 instead of b1: the chart then shows how it is lived."
    ]
    assert of(drawn.apply(moved[0].change), "chart-and-talk") == []


def test_talk_that_mostly_runs_outside_the_chart_is_a_note_until_it_is_agreed_on() -> None:
    across = ", ".join(f"{u} <> {v}" for u in ("a2", "a3") for v in ("b2", "b3", "c2", "c3"))
    more = ", ".join(f"{u} <> {v}" for u in ("b2", "b3") for v in ("c2", "c3"))
    drawn = org(f"{LIVED}, {across}, {more}, a1 <> b2, a1 <> b3, {CHART}", modules=TEAMS)

    (note,) = of(drawn, "chart-and-talk")

    assert note.weight is Weight.NOTE
    assert "14 of 26 pairs that talk are joined by neither a reporting line nor a boss in common." in str(
        note.because
    )
    after = drawn
    for advice in note.advice:
        after = after.apply(advice.change)
    assert of(after, "chart-and-talk") == []


def test_without_a_chart_or_without_talk_there_is_nothing_to_compare() -> None:
    no_chart = run(org(TALK, modules=TEAMS), measures=False, only=["chart-and-talk"])
    no_talk = run(org(CHART, modules=TEAMS), measures=False, only=["chart-and-talk"])

    (unlayered,) = no_chart.findings
    (note,) = no_talk.findings
    assert not unlayered.judged
    assert not note.judged
    assert str(unlayered.because) == "The map shows no levels and no bosses."
    assert str(note.because) == "The map shows only who reports to whom."


def test_of_levels_without_a_boss_the_missing_reporting_lines_are_said() -> None:
    drawn = org(TALK, modules=TEAMS, levels={"a1": 1, "a2": 2})

    (note,) = run(drawn, measures=False, only=["chart-and-talk"]).findings

    assert not note.judged
    assert str(note.because) == "The map shows no reporting lines."


def test_of_fewer_than_two_modules_with_people_it_is_said_that_nothing_can_be_unlinked() -> None:
    (note,) = run(org(TALK), measures=False, only=["unlinked-modules"]).findings

    assert not note.judged
    assert str(note.because) == "The map shows fewer than three modules with people in them."


def test_somebody_no_line_reaches_yet_is_no_silent_reporting_line() -> None:
    drawn = org(f"{LIVED}, {CHART}, a1 ^ new", modules=TEAMS)

    assert of(drawn, "chart-and-talk") == []
    assert [f.people for f in of(drawn, "isolated")] == [("new",)]


def test_a_draft_with_few_lines_is_not_judged() -> None:
    drawn = org(f"a1 <> a2, {CHART}, A needs B, a3 needs b3", modules=TEAMS)

    report = run(drawn, measures=False, only=["chart-and-talk", "unlinked-modules", "handoff-unbacked"])

    assert report.judged == ()
    assert {str(f.because) for f in report.not_judged} == {
        "Fewer than half of the people talk with anybody on this map yet."
    }


def test_a_line_that_ends_on_a_newsletter_is_no_talk_that_could_be_turned() -> None:
    drawn = with_link(
        org(f"{TALK}, A needs B, a1 > b2", modules=TEAMS), "l14", channel=ChannelId("newsletter")
    )

    (gap,) = of(drawn, "unlinked-modules")

    assert all(
        len(a.change.links) == 1 and next(iter(a.change.links.values()))[0] is None for a in gap.advice
    )
