"""apex-dependence: contact between modules that runs through the top, and the four ways out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.catalogue import APEX_DEPENDENCE
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.edits import add_link
from orgmap.model.entities import ChannelId, Link, LinkId, MapInfo, NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org

MODULES = {"X": "xa xb xc", "Y": "ya yb yc", "Z": "za zb zc"}
TEAMS = "xa <> xb, xa <> xc, ya <> yb, ya <> yc, za <> zb, za <> zc"
OVER_TOP = f"top <> xa, top <> ya, top <> za, {TEAMS}"


def over_top(lines: str = OVER_TOP, **levels: int) -> Document:
    return org(lines, modules=MODULES, levels={"top": 1, **levels})


def found(document: Document) -> Finding:
    (finding,) = run(document, only=[APEX_DEPENDENCE], measures=False).findings
    return finding


def shares(document: Document) -> tuple[int, int]:
    evidence = found(document).evidence
    pairs, of = evidence["pairs_over_top"], evidence["pairs_between_modules"]
    assert isinstance(pairs, int)
    assert isinstance(of, int)
    return pairs, of


def test_all_28_pairs_of_the_test_organization_need_its_top() -> None:
    finding = found(TEST_ORGANIZATION)

    # docs/findings.md, the test organization: apex dependence 28/28
    assert (finding.evidence["pairs_over_top"], finding.evidence["pairs_between_modules"]) == (28, 28)
    assert finding.evidence["share"] == pytest.approx(1.0)
    assert finding.people == ("A",)
    assert finding.weight is Weight.ACT
    assert finding.severity == pytest.approx(28 / 56)
    assert str(finding.claim) == "Without A, people of different modules can no longer reach each other."
    lost = "all of the ways between colleagues of different modules (28 of 28) would be lost"
    assert lost in str(finding.because)


def test_a_line_from_x0_to_y0_leaves_18_of_28_pairs_and_is_the_first_advice() -> None:
    finding = found(TEST_ORGANIZATION)
    by_hand = TEST_ORGANIZATION.apply(add_link(TEST_ORGANIZATION, NodeId("X0"), NodeId("Y0"))[0])

    first = finding.advice[0]

    # docs/findings.md, the test organization: after adding X0-Y0 18/28
    assert shares(by_hand) == (18, 28)
    assert str(first.text) == (
        "Let X0 (X) and Y0 (Y) talk directly: about 1 in 3 of the ways that need A would work without."
    )
    assert first.gain == 10
    assert shares(TEST_ORGANIZATION.apply(first.change)) == (18, 28)


def test_it_is_one_to_act_on_from_four_fifths_and_to_look_at_from_half() -> None:
    after = TEST_ORGANIZATION.apply(add_link(TEST_ORGANIZATION, NodeId("X0"), NodeId("Y0"))[0])
    twice = after.apply(add_link(after, NodeId("Y0"), NodeId("Z0"))[0])

    assert found(after).weight is Weight.LOOK  # 18/28
    assert str(found(after).claim) == "Much of the contact between modules depends on A."
    assert run(twice, only=[APEX_DEPENDENCE]).findings == ()  # 10/28 at most


def test_the_cut_offs_are_those_of_the_map() -> None:
    strict = replace(TEST_ORGANIZATION, info=MapInfo(thresholds={"apex-dependence.look": 1.1}))

    assert run(strict, only=[APEX_DEPENDENCE]).findings == ()


def test_somebody_whom_nobody_tells_is_no_sender() -> None:
    with_news = over_top(f"{OVER_TOP}, news > top")

    assert shares(with_news) == shares(over_top())


def test_without_levels_the_top_are_those_who_report_to_nobody() -> None:
    plain = org(f"{OVER_TOP}, top ^ xa, top ^ ya, top ^ za", modules=MODULES)

    assert found(plain).people == ("top",)


def test_people_of_an_inner_module_are_one_with_those_directly_in_the_outer_one() -> None:
    nested = over_top()
    inner = {m: replace(module, parent=None) for m, module in nested.modules.items()}
    inner[next(iter(inner))] = replace(inner[next(iter(inner))], parent=list(inner)[1])
    nested = replace(nested, modules=inner)

    # X lies in Y: its three people are in Y too, so only those of Z are in another module
    assert shares(nested) == (36, 36)


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        (org(OVER_TOP, modules=MODULES), "The map shows no levels and no bosses."),
        (org(OVER_TOP, modules=MODULES, levels={"xa": 2}), "The map shows nobody at the top."),
        (
            over_top(f"{OVER_TOP}, b1 <> top, b2 <> top, b3 <> top", b1=1, b2=1, b3=1),
            "4 people stand at the top.",
        ),
        (
            org("top <> a, a <> b, b <> c, c <> top", levels={"top": 1}),
            "On this map, hardly anybody can reach another module yet.",
        ),
        (org("top ^ a, top ^ b, a ^ c, a ^ d", levels={"top": 1}), "The map shows only who reports to whom."),
        (
            org(
                "top > a, top > b, a > c, b > d, top ^ a, top ^ b, a ^ c, b ^ d",
                modules={"A": "a c", "B": "b d"},
            ),
            "Every line runs from the top down, as if drawn one-way.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_named(document: Document, missing: str) -> None:
    note = found(document)

    assert not note.judged
    assert str(note.because) == missing
    assert note.people == ()


def test_a_vacant_top_names_nobody() -> None:
    vacant = over_top()
    post = replace(vacant.nodes[NodeId("top")], kind=NodeKind.ROLE, vacant=True)
    vacant = replace(vacant, nodes={**vacant.nodes, post.id: post})

    assert str(found(vacant).because) == "The map shows nobody at the top."


def test_the_advices_stand_by_how_many_pairs_they_take_off_the_top() -> None:
    finding = found(over_top())

    gains = [advice.gain for advice in finding.advice]

    assert gains == sorted(gains, reverse=True)
    for advice in finding.advice:
        pairs, _ = shares(over_top().apply(advice.change))
        assert pairs == 54 - advice.gain
    assert len(finding.advice) == 5  # two lateral lines and one of each other way


def test_somebody_whose_work_is_needed_there_is_proposed_as_a_second_member() -> None:
    needy = over_top(f"{OVER_TOP}, xb needs yc")

    (second,) = [a for a in found(needy).advice if a.change.nodes and not a.change.links]

    assert str(second.text) == (
        "Let yc also work in X, which needs that work: "
        "about 1 in 9 of the ways that need top would work without."
    )
    assert second.gain == 6
    assert needy.apply(second.change).nodes[NodeId("yc")].modules == ("Y", "X")


def test_a_newsletter_between_modules_is_proposed_on_a_channel_that_carries_answers() -> None:
    document = over_top(f"{OVER_TOP}, xb > yb")
    key = next(k for k, link in document.links.items() if link.source == "xb" and link.target == "yb")
    letter = replace(document.links[key], channel=ChannelId("newsletter"))
    document = replace(document, links={**document.links, key: letter})

    (better,) = [a for a in found(document).advice if key in a.change.links]

    after = document.apply(better.change).links[key]
    assert after.two_way
    assert document.channels[after.channel or ChannelId("")].answers
    assert "carries answers too" in str(better.text)
    assert shares(document)[0] - better.gain == shares(document.apply(better.change))[0]


def test_without_a_line_that_could_answer_both_sides_get_a_place_to_look_things_up() -> None:
    document = over_top()

    (place,) = [a for a in found(document).advice if any(n[0] is None for n in a.change.nodes.values())]

    after = document.apply(place.change)
    (made,) = [node for node in after.nodes.values() if node.kind is NodeKind.SOURCE]
    read = {link.target for link in after.links.values() if link.source == made.id}
    assert read == {"X", "Y"}
    assert str(place.text) == "Keep one place where X and Y look things up, instead of asking top."


def test_a_wiki_that_one_side_has_is_opened_to_the_other() -> None:
    document = over_top(f"{OVER_TOP}, wiki > xb")
    wiki = replace(document.nodes[NodeId("wiki")], kind=NodeKind.SOURCE)
    document = replace(document, nodes={**document.nodes, wiki.id: wiki})

    texts = [str(a.text) for a in found(document).advice]

    assert "Let Y look things up in wiki too, instead of asking top." in texts


@pytest.mark.parametrize(
    ("hours", "days", "words"),
    [
        (None, None, "Agree that an answer from top may take a week, so that less is urgent."),
        (8.0, None, "Give top 10 hours a week for talk instead of 8."),
        (8.0, 2.0, "Give top time: 1 answer may take twice the days."),
    ],
)
def test_slack_is_days_where_days_are_said_else_hours_else_a_week(
    hours: float | None, days: float | None, words: str
) -> None:
    document = over_top()
    top = replace(document.nodes[NodeId("top")], hours=hours)
    line: Link = replace(document.links[LinkId("l1")], needed_within=days)
    document = replace(document, nodes={**document.nodes, top.id: top})
    document = replace(document, links={**document.links, line.id: line})

    last = found(document).advice[-1]

    assert str(last.text) == words
    assert last.gain == 0
    assert document.apply(last.change) != document


def test_below_eight_people_pairs_are_counted_without_their_share() -> None:
    small = org(
        "top <> xa, top <> ya, top <> za, xa <> xb",
        modules={"X": "xa xb", "Y": "ya", "Z": "za"},
        levels={"top": 1},
    )

    assert str(found(small).because).startswith("Without top, 10 ways between colleagues")


def test_a_map_that_counts_levels_from_0_has_its_top_there() -> None:
    # the same as with levels from 1: who stands on level 1 there is no top, somebody is above
    usual = over_top(xa=2, ya=2, za=2, xb=3, yb=3, zb=3)
    counted = {v: replace(n, level=None if n.level is None else n.level - 1) for v, n in usual.nodes.items()}

    assert found(replace(usual, nodes=counted)).people == found(usual).people == ("top",)


def test_an_answer_is_not_advised_on_a_line_that_needs_none() -> None:
    drawn = over_top(f"{OVER_TOP}, xb > yb")
    (key,) = [k for k, link in drawn.links.items() if not link.two_way]
    marked = replace(drawn.links[key], no_answer_needed=True)
    marked_map = replace(drawn, links={**drawn.links, key: marked})

    changed = [key in advice.change.links for advice in found(drawn).advice]
    changed_marked = [key in advice.change.links for advice in found(marked_map).advice]

    assert any(changed)
    assert not any(changed_marked)
