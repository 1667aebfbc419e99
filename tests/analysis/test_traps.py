"""Where a finding would be wrong, and what comes out instead; docs/findings.md, "Where it goes wrong"."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from orgmap.analysis.findings import AT_FIRST, Finding, Report, Weight
from orgmap.analysis.registry import CODES, run
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, ModuleId, NodeId, NodeKind, Status
from tests.words import org

BROADCAST = "boss > a, boss > b, boss > c, a <> b, b <> c, c <> d"


def of(report: Report, code: str) -> list[Finding]:
    return [f for f in report.judged if f.code == code]


def with_link(document: Document, key: str, **fields: Any) -> Document:  # noqa: ANN401 - fields of Link
    link = document.links[LinkId(key)]
    return replace(document, links={**document.links, link.id: replace(link, **fields)})


def with_node(document: Document, key: str, **fields: Any) -> Document:  # noqa: ANN401 - fields of Node
    node = document.nodes[NodeId(key)]
    return replace(document, nodes={**document.nodes, node.id: replace(node, **fields)})


def test_a_formal_chart_is_not_judged_and_says_what_is_missing() -> None:
    chart = org("boss ^ a, boss ^ b, a ^ c, a ^ d, b ^ e", modules={"A": "a c d", "B": "b e"})

    report = run(chart)

    assert report.judged == ()
    assert {f.code for f in report.not_judged} == set(CODES) - {"disputed-link"}
    for note in report.not_judged:
        assert note.people == ()
        assert note.weight is Weight.NOTE
        assert str(note.because) == "The map shows only who reports to whom."


def test_reporting_lines_that_count_as_talk_are_still_only_a_chart() -> None:
    chart = org("boss ^ a, boss ^ b, a ^ c, a ^ d, b ^ e, b ^ f", reporting_is_talk=True)

    report = run(chart)

    assert report.judged == ()


def test_a_chain_of_command_drawn_one_way_names_nobody() -> None:
    chain = org(
        "boss > a, boss > b, boss > c, a > d, a > e, a > f, boss ^ a, boss ^ b, boss ^ c, a ^ d, a ^ e, a ^ f"
    )

    report = run(chain, only=["broadcast-only", "no-way-back"])

    assert report.judged == ()
    assert [f.code for f in report.not_judged] == ["broadcast-only", "no-way-back"]
    assert all("as if drawn one-way" in str(f.because) for f in report.not_judged)
    assert all(f.people == () for f in report.not_judged)


def test_lines_that_run_down_the_levels_are_a_chain_of_command_too() -> None:
    chain = org("boss > a, boss > b, boss > c", levels={"boss": 1, "a": 2, "b": 2, "c": 2})

    report = run(chain, only=["broadcast-only"])

    assert [f.judged for f in report.findings] == [False]


def test_somebody_who_named_nobody_in_a_survey_may_not_have_answered() -> None:
    survey = org(BROADCAST, asked=True)

    report = run(survey)

    assert of(report, "broadcast-only") == []
    (note,) = [f for f in report.not_judged if f.code == "broadcast-only"]
    assert str(note.claim) == "boss may not have answered when asked."
    assert note.people == ()
    assert of(report, "no-way-back") == []


def test_the_same_lines_drawn_by_hand_are_a_broadcast() -> None:
    drawn = org(BROADCAST)

    (finding,) = of(run(drawn), "broadcast-only")

    assert finding.people == ("boss",)


def test_a_line_that_wants_no_answer_is_no_broadcast() -> None:
    quiet = org(BROADCAST)
    for key in ("l1", "l2", "l3"):
        quiet = with_link(quiet, key, no_answer_needed=True)

    report = run(quiet)

    assert of(report, "broadcast-only") == []
    assert of(report, "no-way-back") == []


def test_a_newsletter_drawn_two_way_carries_no_answer() -> None:
    drawn = org("desk <> a, desk <> b, desk <> c, a <> b, b <> c")
    for key in ("l1", "l2", "l3"):
        drawn = with_link(drawn, key, channel=ChannelId("newsletter"))

    (finding,) = of(run(drawn), "broadcast-only")

    assert finding.people == ("desk",)
    assert "counts as one-way" in str(finding.because)


def test_a_wiki_or_a_customer_that_only_speaks_is_no_finding() -> None:
    for kind in (NodeKind.SOURCE, NodeKind.OUTSIDE):
        document = with_node(org(BROADCAST), "boss", kind=kind)

        report = run(document)

        assert of(report, "broadcast-only") == []


def test_one_or_two_receivers_are_silence() -> None:
    report = run(org("boss > a, boss > b, a <> b, b <> c, c <> d"))

    assert of(report, "broadcast-only") == []


def test_somebody_who_talks_with_customers_only_is_not_isolated() -> None:
    document = with_node(org("a <> b, b <> c, c <> a, a <> d, shop <> dee"), "dee", kind=NodeKind.OUTSIDE)

    report = run(document)

    assert of(report, "isolated") == []


def test_a_person_without_a_line_is_left_in_peace_just_after_the_edit() -> None:
    document = org("a <> b, b <> c, c <> d, d <> a", people="new")

    assert of(run(document, recent=[NodeId("new")]), "isolated") == []
    (later,) = of(run(document), "isolated")
    assert later.people == ("new",)


def test_several_people_without_lines_are_one_finding() -> None:
    (finding,) = of(run(org("a <> b, b <> c, c <> d, d <> a", people="x y z")), "isolated")

    assert finding.people == ("x", "y", "z")
    assert finding.weight is Weight.LOOK


def test_a_map_on_which_few_have_lines_yet_says_so_instead_of_listing_the_rest() -> None:
    report = run(org("a <> b", people="c d e f"), only=["isolated"])

    (note,) = report.findings
    assert not note.judged
    assert str(note.because) == "Fewer than half of the people talk with anybody on this map yet."


def test_an_island_of_three_is_one_to_act_on_and_of_two_one_to_look_at() -> None:
    mainland = "a <> b, b <> c, c <> d, d <> a"

    (three,) = of(run(org(f"{mainland}, x <> y, y <> z")), "isolated")
    (two,) = of(run(org(f"{mainland}, x <> y")), "isolated")

    assert (three.people, three.weight) == (("x", "y", "z"), Weight.ACT)
    assert (two.people, two.weight) == (("x", "y"), Weight.LOOK)


def test_a_module_without_a_line_outside_is_told_once_and_as_a_module() -> None:
    document = org(
        "a <> b, b <> c, c <> d, d <> a, x <> y, y <> z", modules={"Main": "a b c d", "Far": "x y z"}
    )

    (finding,) = of(run(document), "isolated")

    assert (finding.modules, finding.people) == (("Far",), ())
    assert finding.weight is Weight.ACT


def test_several_who_only_listen_are_one_finding() -> None:
    listeners = ", ".join(f"{a} > {z}" for a in ("a", "b", "c") for z in ("y", "z"))

    (finding,) = of(run(org(f"a <> b, b <> c, c <> d, {listeners}")), "only-listens")

    assert finding.people == ("y", "z")
    assert finding.weight is Weight.NOTE


def test_lines_to_somebody_who_only_listens_are_not_told_again_as_lines_without_a_way_back() -> None:
    document = org(
        "top <> a, a <> b, b <> top, a <> c, a > z, b > z, c > z, top ^ a, a ^ z", levels={"top": 1}
    )

    report = run(document)

    assert [f.people for f in of(report, "only-listens")] == [("z",)]
    assert of(report, "no-way-back") == []


def test_three_who_hang_on_one_person_alone_are_a_sole_contact_and_no_bottleneck() -> None:
    document = org("a <> b, b <> c, c <> d, d <> a, a <> x, a <> y, a <> z")

    report = run(document, only=["sole-contact", "bottleneck"])

    (finding,) = report.judged
    assert (finding.code, finding.people, finding.weight) == ("sole-contact", ("a",), Weight.LOOK)
    assert finding.evidence["hanging"] == ("x", "y", "z")


def test_a_ring_of_modules_does_not_hide_that_nobody_in_one_can_answer() -> None:
    # docs/findings.md: a1>b1, b2>c1, c2>a2 makes the modules a ring, yet nobody in B reaches A
    document = org(
        "a1 > b1, b2 > c1, c2 > a2",
        modules={"A": "a1 a2", "B": "b1 b2", "C": "c1 c2"},
    )

    told = {m for f in of(run(document), "no-way-back") if f.modules for m in f.modules}

    assert told == {"A", "B", "C"}


def test_a_long_way_back_from_the_front_to_the_top_is_told_of_the_top() -> None:
    document = org(
        "top > a, a > b, b > c, c > top, a <> x, x <> y, top ^ x, x ^ a",
        levels={"top": 1},
    )

    found = [f for f in of(run(document), "no-way-back") if f.people]

    assert [f.people for f in found] == [("top",)]
    assert found[0].evidence["steps"] == {"a": {"there": 1, "back": 3, "days": None, "needed_within": None}}


def test_an_answer_that_comes_later_than_it_is_needed_is_told_in_days() -> None:
    document = org("ada > ben, ben > cy, cy > ada, dov <> ada, dov <> ben")
    document = with_link(document, "l1", channel=ChannelId("mail"), needed_within=3.0)
    for key in ("l4", "l5"):
        document = with_link(document, key, per_week=1.0)

    found = [f for f in of(run(document), "no-way-back") if f.people == ("ada",)]

    # a day of mail, then ben to cy to ada, which nobody said waits: in time
    assert found == []
    for key in ("l2", "l3"):
        document = with_link(document, key, per_week=1.0)
    (late,) = [f for f in of(run(document), "no-way-back") if f.people == ("ada",)]
    # half a week between two contacts, twice, and the day of mail: 1 + 3.5 + 3.5 = 8
    assert late.evidence["steps"] == {"ben": {"there": 1, "back": 2, "days": 8.0, "needed_within": 3.0}}
    assert str(late.because) == "It takes 8 days or more until ben is heard, and 3 days were given."


def test_a_finding_that_rests_on_assumed_lines_says_so() -> None:
    document = with_link(org(BROADCAST), "l3", status=Status.ASSUMED)

    (finding,) = of(run(document), "broadcast-only")

    assert finding.evidence["rests_on_unsure"] is True
    assert str(finding.because).endswith("or disputed, this would not be said.")


def test_a_finding_that_would_stand_without_the_assumed_lines_does_not_say_so() -> None:
    document = with_link(org(f"{BROADCAST}, boss > d"), "l3", status=Status.ASSUMED)

    (finding,) = of(run(document), "broadcast-only")

    assert "rests_on_unsure" not in finding.evidence


def test_a_line_to_a_module_says_for_whom_it_counts() -> None:
    document = org("desk > Team, a <> b, b <> c, c <> d", modules={"Team": "a b c d"})
    team = document.modules[ModuleId("Team")]

    (everybody,) = of(run(document), "broadcast-only")
    led = replace(document, modules={team.id: replace(team, lead=NodeId("a"))})

    assert "Talk with Team counts as talk with everybody in it." in str(everybody.because)
    assert of(run(led), "broadcast-only") == []


def test_a_module_is_judged_over_its_people_taken_together() -> None:
    lines = "p1 <> p2, p1 > a, p1 > b, p2 > c, p2 > d, a <> b, c <> d, b <> c"

    (finding,) = of(run(org(lines, modules={"Press": "p1 p2", "Rest": "a b c d"})), "broadcast-only")

    assert (finding.modules, finding.people) == (("Press",), ())
    assert finding.evidence["kind"] == "B0"


def test_a_cut_off_of_the_map_itself_is_used() -> None:
    document = org(BROADCAST)
    info = replace(document.info, thresholds={"broadcast-only.receivers": 4.0})

    assert of(run(document), "broadcast-only")
    assert of(run(replace(document, info=info)), "broadcast-only") == []


def test_hardly_listening_is_judged_by_contacts_per_week() -> None:
    # ten of nineteen others hear v, v hears eight, none of them the same: P(M <= 0) = C(9,8)/C(19,8)
    told = [f"t{i}" for i in range(10)]
    heard = [f"h{i}" for i in range(8)]
    lines = [f"v > {t}" for t in told] + [f"{h} > v" for h in heard] + [f"{t} <> h0" for t in told]
    document = org(", ".join([*lines, "h0 <> o"]))
    for key, link in document.links.items():
        often = 5.0 if link.source == "v" else 0.1
        document = with_link(document, key, per_week=often)

    (finding,) = [f for f in of(run(document), "broadcast-only") if f.people == ("v",)]

    assert finding.evidence["kind"] == "B2"
    assert finding.weight is Weight.LOOK


def test_a_ring_in_which_everybody_lengthens_ways_alike_is_one_finding() -> None:
    ring = ", ".join(f"p{i} <> p{(i + 1) % 12}" for i in range(12))

    (finding,) = of(run(org(ring)), "bottleneck")

    assert set(finding.people) == {f"p{i}" for i in range(12)}
    assert finding.weight is Weight.LOOK


def test_a_line_from_a_lead_to_the_own_module_is_with_its_members() -> None:
    lines = "boss > Team, a <> b, b <> c, c <> d, a <> d"
    document = org(lines, modules={"Team": "boss a b c d"})
    module = replace(document.modules[ModuleId("Team")], lead=NodeId("boss"))

    (finding,) = of(run(replace(document, modules={module.id: module})), "broadcast-only")

    assert (finding.people, finding.evidence["kind"]) == (("boss",), "B0")
    assert finding.evidence["receivers"] == ("a", "b", "c", "d")
    assert "Talk with Team counts as talk with everybody in it." in str(finding.because)


def test_a_group_apart_that_meets_customers_is_not_said_to_talk_with_nobody_else() -> None:
    document = org("a <> b, b <> c, c <> d, x <> y, y <> shop")
    document = with_node(document, "shop", kind=NodeKind.OUTSIDE)

    (finding,) = of(run(document), "isolated")

    assert finding.people == ("x", "y")
    assert str(finding.claim) == (
        "The map shows x and y talking with outside parties or sources, and with nobody else yet."
    )


def test_a_map_on_which_nearly_all_lines_run_one_way_names_its_many_speakers_once() -> None:
    draw, names = random.Random(1), [f"p{i:03}" for i in range(200)]
    pairs = sorted({(draw.choice(names), draw.choice(names)) for _ in range(1_200)})
    lines = ", ".join(f"{u} > {v}" for u, v in pairs if u != v)

    report = run(org(lines, people=" ".join(names)), measures=False)

    (many,) = [f for f in report.judged if f.code == "broadcast-only" and f.evidence["kind"] != "B0"]
    assert len(many.people) > AT_FIRST
    assert many.weight is Weight.NOTE
    assert "Was it only drawn so?" in str(many.question)
    assert many.advice
