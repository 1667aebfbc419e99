"""What filters, focus and the rest hide of a map: the choices as a value, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from orgmap.drawing.looks import PLAIN, Looks, Presence
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, LinkKind, ModuleId, NodeId, NodeKind
from orgmap.ui.reach import reached
from orgmap.ui.reasons import offers, reasons
from orgmap.ui.showing import Focus, Showing, looks_of, unseen
from orgmap.ui.sieve import BOTH, ONE, YES, Facet, Sieve
from tests.words import org

ALL = Showing()


def team() -> Document:
    """Ana talks with Ben, Ben tells Cy, Cy is Dov's boss; two modules, Inner inside Sales."""
    document = org(
        "ana <> ben, ben > cy, cy ^ dov, ana needs dov",
        modules={"Sales": "ana", "Inner": "ben", "Product": "cy dov"},
        levels={"ana": 1, "ben": 2, "cy": 2},
    )
    document = document.apply(edits.nest(document, ModuleId("Inner"), ModuleId("Sales")))
    document = with_fields(document, ["l1"], channel=ChannelId("mail"), per_week=5.0)
    document = with_fields(document, ["l2"], channel=ChannelId("chat"))
    document = with_fields(document, ["ana"], knows=("Payroll",), title="Head")
    return with_fields(document, ["dov"], newcomer=True, kind=NodeKind.ROLE)


def with_fields(document: Document, ids: Sequence[str], **fields: object) -> Document:
    """The document with fields of some nodes or links set."""
    return document.apply(edits.set_fields(document, [NodeId(key) for key in ids], **fields))


def hidden(document: Document, showing: Showing) -> set[str]:
    """What is not shown, links that hang on hidden nodes too."""
    looks = looks_of(document, showing)
    return {
        key for key in (*document.nodes, *document.modules, *document.links) if unseen(document, looks, key)
    }


def test_a_window_that_chose_nothing_shows_everything() -> None:
    assert looks_of(team(), ALL) == PLAIN
    assert reasons(team(), team(), ALL, Sieve()) == []


@pytest.mark.parametrize(
    ("facet", "value", "gone"),
    [
        (Facet.CHANNEL, "mail", {"l1"}),
        (Facet.CHANNEL, "", {"l3", "l4"}),
        (Facet.WAYS, BOTH, {"l1"}),
        (Facet.WAYS, ONE, {"l2", "l3", "l4"}),
        (Facet.LINK, "reports", {"l3"}),
        (Facet.STATUS, "confirmed", {"l1", "l2", "l3", "l4"}),
        (Facet.KIND, "role", {"dov", "l3", "l4"}),
        (Facet.LEVEL, "2", {"ben", "cy", "Inner", "l1", "l2", "l3"}),
        (Facet.LEVEL, "", {"dov", "l3", "l4"}),
        (Facet.NEWCOMER, YES, {"dov", "l3", "l4"}),
        (Facet.TOPIC, "payroll", {"ana", "l1", "l4"}),
        (Facet.MODULE, "Sales", {"ana", "ben", "Sales", "Inner", "l1", "l2", "l4"}),
        (Facet.MODULE, "Inner", {"ben", "Inner", "l1", "l2"}),
    ],
)
def test_a_filter_hides_what_has_the_value(facet: Facet, value: str, gone: set[str]) -> None:
    assert hidden(team(), ALL.filtered(facet, [value])) == gone


@pytest.mark.parametrize(
    ("facet", "value", "kept"),
    [
        (Facet.CHANNEL, "mail", {"l1"}),
        (Facet.LEVEL, "2", {"ben", "cy", "l2"}),
        (Facet.MODULE, "Sales", {"ana", "ben", "l1"}),
    ],
)
def test_only_hides_all_that_has_another_value(facet: Facet, value: str, kept: set[str]) -> None:
    document = team()

    gone = hidden(document, ALL.filtered(facet, [value], only=True))

    asked: set[str] = set(document.links)
    if not facet.of_links:
        asked |= set(document.nodes)
    assert asked - gone == kept


def test_somebody_with_a_second_module_is_there_with_either_and_goes_with_the_first() -> None:
    document = team().apply(edits.set_fields(team(), [NodeId("dov")], modules=("Product", "Sales")))

    assert "dov" not in hidden(document, ALL.filtered(Facet.MODULE, ["Sales"], only=True))
    assert "dov" not in hidden(document, ALL.filtered(Facet.MODULE, ["Sales"]))
    assert "dov" in hidden(document, ALL.filtered(Facet.MODULE, ["Product"]))


def test_a_module_goes_with_the_last_of_its_people_and_an_empty_one_stays() -> None:
    document = team().apply(edits.add_module(team(), "Empty", [])[0])
    empty = next(key for key, module in document.modules.items() if module.name == "Empty")

    gone = hidden(document, ALL.filtered(Facet.LEVEL, ["2"]))

    assert "Inner" in gone
    assert not {"Sales", "Product", empty} & gone


def test_words_find_names_titles_and_topics_whatever_their_case() -> None:
    people = set(team().nodes)
    for words, kept in (("PAYR", {"ana"}), ("head", {"ana"}), ("e", {"ben", "ana"})):
        assert people - hidden(team(), replace(ALL, words=words)) == kept


def test_talk_that_is_too_seldom_or_unsaid_goes_and_other_lines_stay() -> None:
    assert hidden(team(), replace(ALL, least=2.0)) == {"l2"}
    assert hidden(team(), replace(ALL, least=6.0)) == {"l1", "l2"}


def test_what_is_hidden_by_hand_and_what_alone_is_shown() -> None:
    document = team()

    assert hidden(document, replace(ALL, picked=frozenset({"l1", "dov"}))) == {"l1", "dov", "l3", "l4"}
    assert hidden(document, replace(ALL, picked=frozenset({"Sales"}))) >= {"ana", "ben", "Inner", "Sales"}
    only = hidden(document, replace(ALL, chosen=frozenset({"ana", "ben"})))
    assert {"ana", "ben", "l1"} == {*document.nodes, *document.links} - only
    line = hidden(document, replace(ALL, chosen=frozenset({"l2"})))
    assert {"ben", "cy", "l2"} == {*document.nodes, *document.links} - line


def test_filters_add_up() -> None:
    showing = ALL.filtered(Facet.LEVEL, ["1"]).filtered(Facet.CHANNEL, ["chat"])

    assert hidden(team(), showing) >= {"ana", "l2"}
    assert [reason.key for reason in reasons(team(), team(), showing, Sieve())] == [
        "filter-level",
        "filter-channel",
    ]


CHAIN = org("a <> b, c > b, c > d, d > e", people="far")


@pytest.mark.parametrize(
    ("steps", "near"), [(0, "a"), (1, "ab"), (2, "abc"), (3, "abcd"), (4, "abcde"), (5, "abcde")]
)
def test_steps_follow_talk_in_either_direction(steps: int, near: str) -> None:
    assert reached(CHAIN, ["a"], steps) == set(near)


def test_reporting_lines_are_steps_only_where_the_map_says_so() -> None:
    silent, spoken = org("a ^ b"), org("a ^ b", reporting_is_talk=True)

    assert reached(silent, ["a"], 5) == {"a"}
    assert reached(spoken, ["a"], 5) == {"a", "b"}


def test_a_line_of_a_module_is_a_line_of_everybody_in_it() -> None:
    document = org("Sales > Product", modules={"Sales": "ana ben", "Product": "cy"})

    assert reached(document, ["ana"], 1) >= {"ana", "cy"}
    assert "ben" not in reached(document, ["ana"], 1)
    assert reached(document, ["cy"], 1) >= {"ana", "ben"}
    assert reached(document, ["Sales"], 0) >= {"ana", "ben"}


def test_a_focus_pales_what_is_farther_or_hides_it() -> None:
    pale = looks_of(CHAIN, replace(ALL, focus=Focus(frozenset({"a"}), 2)))
    gone = looks_of(CHAIN, replace(ALL, focus=Focus(frozenset({"a"}), 2, hides=True)))

    assert pale.faded == {"d", "e", "far"}
    assert pale.hidden == frozenset()
    assert gone.hidden == {"d", "e", "far"}
    assert gone.faded == frozenset()


def test_what_is_spared_or_lit_is_shown_with_its_ends() -> None:
    document = team()
    showing = ALL.filtered(Facet.MODULE, ["Product"])
    assert {"cy", "dov", "l2"} <= hidden(document, showing)

    spared = hidden(document, replace(showing, spared=frozenset({"l2"})))
    lit = looks_of(document, showing, lit=["l2"])

    assert not {"cy", "l2", "Product"} & spared
    assert not {"cy", "l2", "Product"} & lit.hidden
    assert "dov" in spared


def test_one_line_of_a_hidden_kind_can_be_spared() -> None:
    document = org("a > b, b > c")
    showing = replace(ALL, talk=Presence.HIDDEN)
    assert looks_of(document, showing).talk is Presence.HIDDEN

    looks = looks_of(document, replace(showing, spared=frozenset({"l2"})))

    assert [unseen(document, looks, key) for key in ("l1", "l2")] == [True, False]


def test_the_module_picture_leaves_people_and_inner_modules_inside() -> None:
    looks = looks_of(team(), replace(ALL, modules_only=True))

    assert looks == Looks(modules_only=True)
    assert [unseen(team(), looks, key) for key in ("ana", "Inner", "Sales", "l1")] == [
        True,
        True,
        False,
        False,
    ]


def test_every_reason_says_what_and_how_much_and_takes_itself_away() -> None:
    document = team()
    showing = replace(
        ALL.filtered(Facet.CHANNEL, ["mail"]).filtered(Facet.LEVEL, ["1", "2"], only=True),
        words="a",
        least=2.0,
        picked=frozenset({"ana"}),
        chosen=frozenset({"ben", "cy", "dov"}),
        focus=Focus(frozenset({"ana"}), 2),
        talk=Presence.HIDDEN,
        formal=Presence.FADED,
        modules_only=True,
        names=False,
        spared=frozenset({"dov"}),
    )

    found = reasons(document, document, showing, Sieve())

    assert [str(reason.words) for reason in found] == [
        "Hidden: mail (1 link)",
        "Only level 1 and level 2 (1 person hidden)",
        "Only “a” (3 nodes hidden)",
        "Only talk at least 2 times a week (1 link hidden)",
        "Hidden: ana",
        "Only ben, cy and 1 more",
        "2 steps round ana",
        "Hidden: talk (2 links)",
        "Faded: formal lines (1 link)",
        "Modules only (4 people inside)",
        "Names hidden",
        "Shown all the same: dov",
    ]
    for reason in found:
        left = [other.key for other in reasons(document, document, reason.without, Sieve())]
        assert reason.key not in left


def test_a_picture_says_what_is_missing_from_it_and_not_what_is_only_paler() -> None:
    showing = replace(
        ALL.filtered(Facet.CHANNEL, ["mail"]), focus=Focus(frozenset({"ana"}), 1), talk=Presence.FADED
    )

    found = [r.exported for r in reasons(team(), team(), showing, Sieve()) if r.exported is not None]

    assert [str(said) for said in found] == ["Not shown: mail, 1 link"]


def test_offers_count_what_there_is_in_a_settled_order() -> None:
    document = team()

    def offered(facet: Facet) -> list[tuple[str, int, int]]:
        return [(o.name, o.count, o.depth) for o in offers(document, document, facet)]

    assert offered(Facet.CHANNEL) == [("chat", 1, 0), ("mail", 1, 0), ("no channel", 2, 0)]
    assert offered(Facet.MODULE) == [("Sales", 2, 0), ("Inner", 1, 1), ("Product", 2, 0)]
    assert offered(Facet.LEVEL) == [("level 1", 1, 0), ("level 2", 2, 0), ("no level", 1, 0)]
    assert offered(Facet.KIND) == [("people", 3, 0), ("roles", 1, 0)]
    assert offered(Facet.NEWCOMER) == [("newcomers", 1, 0), ("everybody but newcomers", 3, 0)]


def test_a_sieve_that_follows_edits_knows_what_a_new_one_would() -> None:
    document, sieve = team(), Sieve()
    rules = [one for f, v in ((Facet.CHANNEL, "mail"), (Facet.LEVEL, "2"), (Facet.MODULE, "Sales"))
             for one in ALL.filtered(f, [v]).filters]  # fmt: skip
    for rule in rules:
        sieve.of(document, rule)
    steps = [
        edits.set_fields(document, [LinkId("l2")], channel=ChannelId("mail")),
        edits.set_fields(document, [NodeId("ana")], level=2),
        edits.delete(document, ["ben"]),
        edits.join(document, [NodeId("dov")], ModuleId("Sales")),
    ]

    for change in steps:
        later = document.apply(change)
        sieve.follow(later, change)

        assert [sieve.of(later, rule) for rule in rules] == [Sieve().of(later, rule) for rule in rules]
        sieve.follow(document, change.inverse())


def test_a_presence_is_asked_of_each_kind_of_line() -> None:
    document = team()
    for kind, gone in ((LinkKind.TALKS, {"l1", "l2"}), (LinkKind.REPORTS, {"l3"}), (LinkKind.NEEDS, {"l4"})):
        assert hidden(document, ALL.drawn(kind, Presence.HIDDEN)) == gone
        assert hidden(document, ALL.drawn(kind, Presence.FADED)) == set()
