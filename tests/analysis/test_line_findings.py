"""What lines say by themselves: disputed-link, redundant-channels, channel-mismatch; docs/findings.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkKind, NodeId, NodeKind, Status
from tests.analysis.test_traps import with_link, with_node
from tests.words import org

TALK = "ana <> ben, ben <> cy, cy <> dov, dov <> ana, ana <> cy"


def of(document: Document, code: str) -> list[Finding]:
    return [f for f in run(document, measures=False, only=[code]).findings if f.judged]


def carried(document: Document, **channels: str) -> Document:
    """The links l1=, l2= ... on these channels."""
    for key, channel in channels.items():
        document = with_link(document, key, channel=ChannelId(channel))
    return document


# -- disputed-link


def test_a_line_on_which_the_ends_disagree_is_a_note_and_no_more() -> None:
    drawn = with_link(org(TALK), "l2", status=Status.DISPUTED)

    (note,) = of(drawn, "disputed-link")

    assert note.weight is Weight.NOTE
    assert note.links == ("l2",)
    assert str(note.claim) == "ben and cy see their contact differently."
    assert "rests on lines" not in str(note.because)
    (advice,) = note.advice
    assert of(drawn.apply(advice.change), "disputed-link") == []


def test_all_of_them_are_one_finding_with_the_disputed_first() -> None:
    drawn = org(f"{TALK}, ana ^ ben")
    drawn = with_link(drawn, "l1", status=Status.CLAIMED)
    drawn = with_link(drawn, "l4", status=Status.DISPUTED)
    drawn = with_link(drawn, "l6", status=Status.CLAIMED)

    (note,) = of(drawn, "disputed-link")

    assert note.links == ("l1", "l4", "l6")
    assert str(note.claim) == "On 3 contacts, the two people do not agree yet."
    assert "Among them: dov and ana; ana and ben; ana and ben." in str(note.because)
    assert note.evidence["disputed"] == ("l4",)
    assert note.evidence["named_by_one_end"] == ("l1", "l6")


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.ASSUMED, Status.PROPOSED])
def test_lines_that_are_agreed_on_or_nobody_speaks_for_are_none(status: Status) -> None:
    assert of(with_link(org(TALK), "l2", status=status), "disputed-link") == []


# -- redundant-channels


def three_ways(purpose: str = "", count: int = 3) -> Document:
    drawn = org(f"{TALK}, ben <> ana, ana > ben")
    drawn = carried(drawn, l1="mail", l6="chat", l7="phone" if count == 3 else "chat")
    for key in ("l1", "l6", "l7"):
        drawn = with_link(drawn, key, purpose=purpose)
    return drawn


def test_three_channels_for_one_purpose_are_a_note() -> None:
    drawn = three_ways("plans")

    (note,) = of(drawn, "redundant-channels")

    assert note.weight is Weight.NOTE
    assert note.people == ("ana", "ben")
    assert str(note.claim) == "ana and ben use 3 channels for one thing."
    assert str(note.because) == "These channels serve one purpose, plans: chat, mail and phone."
    assert note.severity == pytest.approx(2 / 4)


def test_the_advice_keeps_a_line_that_carries_answers_and_lets_go_of_the_rest() -> None:
    drawn = three_ways("plans")

    (note,) = of(drawn, "redundant-channels")

    (advice,) = note.advice
    after = drawn.apply(advice.change)
    assert advice.gain == 2
    assert (
        str(advice.text)
        == "Keep chat between ana and ben, and let go of mail and phone: 2 channels fewer to look at."
    )
    assert after.links.keys() == drawn.links.keys() - {"l1", "l7"}
    assert of(after, "redundant-channels") == []


def test_the_line_that_is_kept_carries_the_answers_of_those_that_go() -> None:
    drawn = org(f"{TALK}, ben > ana, ana > ben")
    drawn = carried(with_link(drawn, "l1", two_way=False), l1="newsletter", l6="notice", l7="mail")
    drawn = with_link(drawn, "l1", per_week=10.0, two_way=True)

    (note,) = of(drawn, "redundant-channels")

    after = drawn.apply(note.advice[0].change)
    (kept,) = [k for k in after.links.values() if {k.source, k.target} == {"ana", "ben"}]
    assert kept.channel == "mail"
    assert kept.two_way


def test_a_channel_that_is_quick_enough_is_kept_before_one_that_is_used_more() -> None:
    drawn = org(f"{TALK}, ben <> ana, ana <> ben")
    drawn = carried(with_link(drawn, "l1", per_week=10.0), l1="mail", l6="report", l7="phone")
    asked = with_link(drawn, "l6", needed_within=0.5)

    (plain,), (hurried,) = (of(document, "redundant-channels") for document in (drawn, asked))

    assert str(plain.advice[0].text).startswith("Keep mail")
    assert str(hurried.advice[0].text).startswith("Keep phone")


def test_two_channels_or_three_for_different_things_are_silence() -> None:
    differ = with_link(three_ways("plans"), "l7", purpose="birthdays")
    topics = with_link(three_ways(), "l7", topic="stock")

    assert of(three_ways("plans", count=2), "redundant-channels") == []
    assert of(differ, "redundant-channels") == []
    assert of(topics, "redundant-channels") == []


def test_letter_case_makes_no_other_purpose_and_unsaid_ones_count_as_one_and_say_so() -> None:
    drawn = with_link(three_ways("plans"), "l7", purpose=" Plans")

    (unsaid,) = of(three_ways(), "redundant-channels")

    assert len(of(drawn, "redundant-channels")) == 1
    assert str(unsaid.because) == "Nothing says what each of them is for: chat, mail and phone."


def test_several_pairs_are_one_note() -> None:
    drawn = org(f"{TALK}, ben <> ana, ana <> ben, cy <> dov, dov <> cy")
    drawn = carried(drawn, l1="mail", l6="chat", l7="phone", l3="mail", l8="chat", l9="meeting")

    (note,) = of(drawn, "redundant-channels")

    assert note.people == ("ana", "ben", "cy", "dov")
    assert str(note.claim) == "2 pairs use 3 channels or more for one thing."
    assert "Among them: ana and ben; cy and dov." in str(note.because)
    assert len(note.advice) == 2


def test_customers_and_proposals_are_left_out_of_channels() -> None:
    customer = with_node(three_ways("plans"), "ben", kind=NodeKind.OUTSIDE)
    proposed = with_link(three_ways("plans"), "l7", status=Status.PROPOSED)

    assert of(replace(customer, nodes={**customer.nodes, **org("eve").nodes}), "redundant-channels") == []
    assert of(proposed, "redundant-channels") == []


def test_without_channels_neither_is_judged_and_both_miss_the_same() -> None:
    report = run(org(TALK), measures=False, only=["redundant-channels", "channel-mismatch"])

    assert report.judged == ()
    assert {f.code for f in report.not_judged} == {"redundant-channels", "channel-mismatch"}
    assert {str(f.because) for f in report.not_judged} == {
        "The map does not say by which channel people talk."
    }


# -- channel-mismatch: slower than needed


def waiting(days: float, channel: str = "mail") -> Document:
    return with_link(org(TALK), "l1", channel=ChannelId(channel), needed_within=days)


def test_a_channel_slower_than_the_answer_is_needed_is_one_to_act_on() -> None:
    drawn = waiting(0.5)

    (found,) = of(drawn, "channel-mismatch")

    assert found.weight is Weight.ACT
    assert found.links == ("l1",)
    assert str(found.claim) == "Between ana and ben, mail is slower than the answer is needed."
    assert str(found.because) == (
        "With mail it takes 2 days there and back, and the answer is needed within 0.5 days."
    )
    assert mended(drawn, found)


def test_whole_days_may_come_as_whole_numbers() -> None:
    (found,) = of(waiting(1), "channel-mismatch")

    assert "within 1 day." in str(found.because)


def test_one_day_is_no_days() -> None:
    drawn = waiting(0.5)
    mail = replace(drawn.channels[ChannelId("mail")], delay=0.5)

    (found,) = of(replace(drawn, channels={**drawn.channels, mail.id: mail}), "channel-mismatch")

    assert "it takes 1 day there and back" in str(found.because)
    assert any("is back 1 day sooner" in str(advice.text) for advice in found.advice)


def mended(document: Document, finding: Finding) -> bool:
    """Does each advice end it?"""
    after = [of(document.apply(advice.change), finding.code) for advice in finding.advice]
    return bool(after) and not any(after)


def test_where_only_there_and_back_takes_too_long_it_is_one_to_look_at() -> None:
    (found,) = of(waiting(1.5), "channel-mismatch")

    assert found.weight is Weight.LOOK
    assert of(waiting(2.0), "channel-mismatch") == []


def test_the_quicker_channel_is_the_one_the_map_uses_most() -> None:
    drawn = carried(waiting(0.5), l2="phone", l3="phone", l4="chat")

    (found,) = of(drawn, "channel-mismatch")

    assert str(found.advice[0].text) == (
        "Use phone instead of mail between ana and ben: the answer is back 2 days sooner."
    )
    assert found.advice[0].gain == 2


def test_several_slow_lines_of_one_channel_are_one_finding() -> None:
    drawn = with_link(waiting(0.5), "l3", channel=ChannelId("mail"), needed_within=0.25)

    (found,) = of(drawn, "channel-mismatch")

    assert str(found.claim) == "On 2 lines, mail is slower than the answers are needed."
    assert "ana and ben, 2 days instead of 0.5; cy and dov, 2 days instead of 0.25" in str(found.because)


def test_a_quick_line_beside_the_slow_one_is_enough() -> None:
    drawn = org(f"{TALK}, ana <> ben")
    drawn = carried(with_link(drawn, "l1", needed_within=0.5), l1="mail", l6="phone")

    assert of(drawn, "channel-mismatch") == []


@pytest.mark.parametrize(
    "fields",
    [{"no_answer_needed": True}, {"status": Status.PROPOSED}, {"kind": LinkKind.NEEDS, "two_way": False}],
)
def test_lines_without_an_answer_or_a_talk_are_never_too_slow(fields: dict[str, object]) -> None:
    assert of(with_link(waiting(0.5), "l1", **fields), "channel-mismatch") == []


# -- channel-mismatch: used one way

NEAR = f"{TALK}, desk > ana, desk > ben, desk > cy, dov > desk, ben <> dov"
"""The desk writes to three; each of them can answer over dov, in two steps."""


def written(channel: str = "mail") -> Document:
    return carried(org(NEAR), l6=channel, l7=channel, l8=channel)


def test_a_channel_that_could_carry_answers_and_is_used_one_way_is_one_to_look_at() -> None:
    drawn = written()

    (found,) = of(drawn, "channel-mismatch")

    assert found.weight is Weight.LOOK
    assert found.people == ("desk",)
    assert str(found.claim) == (
        "desk tells 3 people by mail one way, though an answer could come straight back."
    )
    assert str(found.because) == "ana, ben and cy can answer desk only through somebody else."
    assert found.advice[0].gain == 3
    assert of(drawn.apply(found.advice[0].change), "channel-mismatch") == []


def test_a_newsletter_carries_no_answer_and_no_channel_says_nothing() -> None:
    assert of(written("newsletter"), "channel-mismatch") == []
    assert of(carried(org(NEAR), l1="mail"), "channel-mismatch") == []


def test_two_hearers_no_answer_needed_a_source_or_a_silent_survey_are_no_mismatch() -> None:
    drawn = written()

    assert of(with_link(drawn, "l6", no_answer_needed=True), "channel-mismatch") == []
    assert of(with_link(drawn, "l6", channel=None), "channel-mismatch") == []
    assert of(with_node(drawn, "desk", kind=NodeKind.SOURCE), "channel-mismatch") == []


def test_who_is_told_to_hear_no_answer_is_not_told_again() -> None:
    broadcast = carried(org(f"{TALK}, desk > ana, desk > ben, desk > cy"), l6="mail", l7="mail", l8="mail")
    open_ = carried(org(f"{NEAR}, desk > eve"), l6="mail", l7="mail", l8="mail", l11="mail")

    assert [f.people for f in of(broadcast, "broadcast-only")] == [("desk",)]
    assert of(broadcast, "channel-mismatch") == []
    assert [f.links for f in of(open_, "no-way-back")] == [("l11",)]
    assert of(open_, "channel-mismatch") == []


def test_a_longer_way_back_is_told_as_slow_and_not_as_a_channel() -> None:
    far = "desk <> x, x <> y, y <> z, z <> ana, z <> ben, z <> cy, desk > ana, desk > ben, desk > cy"
    drawn = carried(org(f"{far}, desk <> p, desk <> q, desk <> r, x <> p"), l7="mail", l8="mail", l9="mail")

    assert [f.people for f in of(drawn, "slow-way-back")] == [("desk",)]
    assert of(drawn, "channel-mismatch") == []


def test_a_line_that_ends_on_a_module_says_for_whom_it_counts() -> None:
    drawn = org(f"{TALK}, desk > Team, dov > desk, dov <> ben", modules={"Team": "ana ben cy"}, people="eve")
    drawn = carried(drawn, l6="mail")

    (found,) = of(drawn, "channel-mismatch")

    assert found.people == (NodeId("desk"),)
    assert "Talk with Team counts as talk with everybody in it." in str(found.because)


def test_many_senders_are_summed_up() -> None:
    lines = [TALK, "ben <> dov"]
    for desk in ("d1", "d2", "d3", "d4", "d5"):
        lines += [f"{desk} > {v}" for v in ("ana", "ben", "cy")] + [f"dov > {desk}"]
    drawn = org(", ".join(lines))
    for key, link in drawn.links.items():
        if link.source.startswith("d") and link.source != "dov":
            drawn = with_link(drawn, key, channel=ChannelId("mail"))

    found = of(drawn, "channel-mismatch")

    assert [f.people for f in found] == [("d1",), ("d2",), ("d3",), ("d4", "d5")]
    assert str(found[-1].claim) == "d4 and d5 use channels one way that could carry answers too."
