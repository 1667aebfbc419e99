"""Filters on the canvas: the card, the chips, the menu, and why there is nothing to see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from orgmap.drawing.looks import PLAIN, Presence
from orgmap.model import edits
from orgmap.model.entities import ChannelId, LinkId, LinkKind, NodeId
from orgmap.ui.sieve import BOTH, Facet
from orgmap.ui.theme import interface_font
from tests.ui.conftest import Opened
from tests.ui.hand import CTRL, Key, laid
from tests.ui.sights import NOTHING, ROW, chip, four, press, row, said, seen
from tests.words import org


def test_the_filter_card_hides_a_channel_and_a_chip_says_so_and_brings_it_back(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.commands["filter"]()
    assert hand.view.overlay.card.isVisible()

    press(row(hand, Facet.CHANNEL, "mail").box)

    assert said(hand) == ["Hidden: mail (1 link) ×"]
    assert hand.view.stage.scene.link_at(-200.0, 0.0) is None
    assert "l1" not in seen(hand)
    assert hand.steps == 0
    press(chip(hand, "filter-channel"))

    assert said(hand) == []
    assert hand.view.stage.looks == PLAIN
    assert row(hand, Facet.CHANNEL, "mail").box.isChecked()


def test_only_shows_one_value_and_pressed_again_all(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.commands["filter"]()

    press(row(hand, Facet.MODULE, "Sales").alone)

    assert said(hand) == ["Only Sales (2 people hidden) ×"]
    assert seen(hand) == {"Sales", "ana", "ben", "l1"}
    assert not row(hand, Facet.MODULE, "Product").box.isChecked()
    press(row(hand, Facet.MODULE, "Product").box)
    assert said(hand) == []
    press(row(hand, Facet.MODULE, "Sales").alone)
    press(row(hand, Facet.MODULE, "Sales").alone)

    assert said(hand) == []


def test_the_card_is_worked_by_keys_alone_and_esc_gives_the_map_back(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    card = hand.view.overlay.card
    hand.view.commands["filter"]()
    assert card.words.hasFocus()

    hand.type("AN")
    assert said(hand) == ["Only “AN” (3 people hidden) ×"] or said(hand) == ["Only “AN” (3 nodes hidden) ×"]
    assert {key for key in hand.document.nodes if key in seen(hand)} == {"ana"}
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Space)
    first = card.sections[Facet.CHANNEL].rows[0].box
    assert first.hasFocus()
    assert not first.isChecked()
    hand.key(Key.Key_Escape)

    assert card.isHidden()
    assert hand.view.hasFocus()
    assert len(said(hand)) == 3
    assert said(hand)[-1] == "Show all"


def test_the_card_says_that_findings_look_at_the_whole_map(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.commands["filter"]()

    assert hand.view.overlay.card.note.text() == "Findings always look at the whole map."


def test_the_counts_of_the_card_follow_the_map(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.commands["filter"]()
    before = row(hand, Facet.CHANNEL, "mail").box.accessibleName()
    change = edits.set_fields(hand.document, [LinkId("l2")], channel=ChannelId("mail"))

    hand.session.edit(NOTHING, change)
    hand.view.overlay.card.relabel()

    assert (before, row(hand, Facet.CHANNEL, "mail").box.accessibleName()) == ("mail, 1", "mail, 2")


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Return, Key.Key_Space])
def test_a_chip_is_reached_by_tab_and_taken_away_by_key(hand_on: Opened, key: Qt.Key) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.CHANNEL, ["mail"]))
    one = chip(hand, "filter-channel")
    assert one.accessibleName() == "Hidden: mail (1 link). Take this away"

    for _ in range(12):
        hand.key(Key.Key_Tab)
        if one.hasFocus():
            break
    assert one.hasFocus()
    hand.key(key)

    assert said(hand) == []
    assert hand.view.hasFocus()


def test_the_keyboard_goes_on_to_the_next_chip_when_one_goes(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    showing = hand.view.shown.showing.filtered(Facet.CHANNEL, ["mail"]).filtered(Facet.LEVEL, ["3"])
    hand.view.shown.set(showing)
    chip(hand, "filter-channel").setFocus()

    hand.key(Key.Key_Delete)

    assert said(hand) == ["Hidden: level 3 (1 person) ×"]
    assert chip(hand, "filter-level").hasFocus()


def test_show_all_takes_every_reason_away_at_once(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    shown = hand.view.shown
    shown.set(shown.showing.filtered(Facet.CHANNEL, ["mail"]).drawn(LinkKind.TALKS, Presence.HIDDEN))
    shown.toggle_bundled()

    press(hand.view.overlay.reasons.all)

    assert said(hand) == []
    assert shown.showing.bundled
    assert seen(hand) >= {"l1", "l2", "l3"}


def test_the_context_menu_hides_what_lies_there(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)

    hand.choose("ana", "Show and hide", "Hide this")
    assert said(hand) == ["Hidden: ana ×"]
    assert hand.selected == set()
    hand.choose((0.0, 0.0), "Show and hide", "Hide all links: chat")
    assert said(hand) == ["Hidden: chat (2 links) ×", "Hidden: ana ×", "Show all"]
    hand.choose((400.0, 250.0), "Show all")

    assert said(hand) == []


def test_what_is_hidden_cannot_be_hit_selected_or_walked_to(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["2"]))

    hand.click((-100.0, 0.0))
    assert hand.selected == set()
    hand.key(Key.Key_A, CTRL)
    assert {"ben", "cy"}.isdisjoint(hand.selected)
    hand.click("ana")
    hand.key(Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert hand.selected == {"dov"}


def test_hiding_lets_go_of_what_was_selected_so_that_delete_never_takes_the_unseen(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.set_selection(["ana", "cy"])

    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))
    hand.key(Key.Key_Delete)

    assert hand.names == ["ana", "ben", "dov"]


def test_somebody_drawn_while_a_filter_would_hide_them_stays_in_sight_and_a_chip_says_so(
    hand_on: Opened,
) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"], only=True))

    hand.double_click((0.0, 200.0))
    hand.type("Eva")
    hand.key(Key.Key_Escape)

    made = next(key for key, node in hand.document.nodes.items() if node.name == "Eva")
    assert made in seen(hand)
    assert said(hand) == ["Only level 1 (4 people hidden) ×", "Shown all the same: Eva ×"]
    press(chip(hand, "spared"))
    assert made not in seen(hand)


def test_a_link_turned_to_a_hidden_channel_stays_in_sight(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.CHANNEL, ["mail"]))

    hand.session.edit(NOTHING, edits.set_fields(hand.document, [LinkId("l2")], channel=ChannelId("mail")))

    assert "l2" in seen(hand)
    assert said(hand) == ["Hidden: mail (2 links) ×", "Shown all the same: ben to cy ×"]


def test_moving_somebody_hidden_does_not_bring_them_back(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))

    hand.session.edit(NOTHING, edits.move(hand.document, {NodeId("ana"): (0.0, 100.0)}))

    assert "ana" not in seen(hand)
    assert said(hand) == ["Hidden: level 1 (1 person) ×"]


def test_an_empty_canvas_says_that_all_is_hidden_and_brings_it_back(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.KIND, ["person"]))
    nothing = hand.view.overlay.nothing
    assert nothing.hint.isVisible()
    assert nothing.hint.text() == "Everything on this map is hidden."

    press(nothing.button)

    assert nothing.hint.isHidden()
    assert nothing.button.isHidden()
    assert "ana" in seen(hand)


def test_an_empty_canvas_says_that_nobody_has_a_place(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"))
    nothing = hand.view.overlay.nothing
    asked: list[bool] = []
    nothing.places_asked.connect(lambda: asked.append(True))

    assert nothing.hint.text() == "Nobody on this map has a place yet."
    press(nothing.button)

    assert asked == [True]


def test_another_map_is_shown_whole_and_with_its_names(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))
    hand.view.commands["hide_names"]()

    hand.session.open(laid(org("x > y"), {"x": (0.0, 0.0), "y": (90.0, 0.0)}))

    assert said(hand) == []
    assert hand.view.stage.looks == PLAIN
    assert not hand.session.names_hidden


def test_what_is_shown_survives_undo(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.drag("dov", (300.0, 100.0))
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))

    hand.session.undo()

    assert said(hand) == ["Hidden: level 1 (1 person) ×"]
    assert hand.place("dov") == (300, 0)


def test_chips_break_into_rows_and_a_map_shown_whole_stays_clear_of_them(hand_on: Opened) -> None:
    places = {"ana": (-300.0, -900.0), "ben": (-100.0, 0.0), "cy": (100.0, 0.0), "dov": (300.0, 900.0)}
    hand = hand_on(four(), places)
    view = hand.view
    view.setFont(interface_font(2.0))
    showing = view.shown.showing.filtered(Facet.CHANNEL, ["mail", "chat"]).filtered(Facet.WAYS, [BOTH])
    showing = showing.filtered(Facet.STATUS, ["assumed"]).drawn(LinkKind.NEEDS, Presence.FADED)
    view.shown.set(replace(showing, least=1.0, names=False))

    hand.key(Key.Key_F)

    chips = [one.geometry() for one in view.overlay.chips]
    assert len(chips) > 3
    assert len({one.top() for one in chips}) > 1
    assert all(view.rect().contains(one) for one in chips)
    assert not any(a.intersects(b) for a in chips for b in chips if a is not b)
    spots = [QRect(hand.pixel(key) - QPoint(8, 8), hand.pixel(key) + QPoint(8, 8)) for key in places]
    assert not any(one.intersects(spot) for one in chips for spot in spots)


def test_the_map_shown_whole_lies_beside_the_filter_card(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.commands["filter"]()
    hand.view.setFocus()

    hand.key(Key.Key_F)

    card = hand.view.overlay.card.geometry()
    assert not any(card.contains(hand.pixel(key)) for key in ROW)
    assert not card.intersects(hand.view.overlay.zoom.geometry())
