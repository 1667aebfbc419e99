"""The context menu: of what lies there, and every entry works."""

from __future__ import annotations

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from orgmap.model.entities import LinkId, LinkKind, NodeId, NodeKind
from tests.ui.conftest import Opened
from tests.ui.hand import SHIFT, Key
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}


def test_a_right_click_selects_what_lies_there_unless_it_is_selected_already(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.menu("ben").close()
    assert hand.selected == {"ana", "ben"}
    hand.menu("cy").close()

    assert hand.selected == {"cy"}


def test_a_person_is_made_a_role_deleted_and_renamed_by_menu(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.choose("ana", "Kind", "role")
    assert hand.document.nodes[NodeId("ana")].kind is NodeKind.ROLE
    hand.choose("ben", "Delete")
    assert hand.names == ["ana", "cy"]
    hand.choose("cy", "Rename")
    hand.type("Cyril")
    hand.key(Key.Key_Return)

    assert hand.names == ["ana", "Cyril"]
    assert hand.steps == 3


def test_a_link_is_started_duplicated_and_grown_by_menu(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben cy"), ROW)

    hand.choose("ana", "Link from here")
    hand.type("cy")
    hand.key(Key.Key_Return)
    hand.choose("ben", "Duplicate")
    hand.choose("cy", "New linked person")
    hand.type("Dov")
    hand.key(Key.Key_Escape)

    assert hand.lines == ["ana <> cy", "cy <> Dov"]
    assert hand.names == ["ana", "ben", "cy", "ben", "Dov"]


def test_a_link_is_turned_made_two_way_of_another_kind_and_channel_by_menu(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    line = (-100.0, 0.0)

    hand.choose(line, "Turn round")
    assert hand.lines == ["ben > ana"]
    hand.choose(line, "Both ways")
    assert hand.lines == ["ben <> ana"]
    hand.choose(line, "Channel", "chat")
    assert hand.document.links[LinkId("l1")].channel == "chat"
    hand.choose(line, "Kind", "formal line")
    assert hand.document.links[LinkId("l1")].kind is LinkKind.REPORTS
    assert hand.lines == ["ben > ana"]
    hand.choose(line, "Go to ana")
    assert hand.selected == {"ana"}
    hand.choose(line, "Delete")

    assert hand.lines == []


def test_a_formal_line_offers_no_both_ways(hand_on: Opened) -> None:
    hand = hand_on(org("ana ^ ben"), ROW)

    menu = hand.menu((-100.0, 0.0))

    assert not [a for a in menu.actions() if a.text().startswith("Both ways")]
    menu.close()


def test_the_ground_offers_a_person_there_a_module_and_the_whole_map(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)

    hand.choose((100.0, 120.0), "New person here")
    hand.type("Zoe")
    hand.key(Key.Key_Escape)
    assert hand.place("n1000") == (100, 120)
    hand.choose((100.0, -120.0), "Select all")
    assert hand.selected == {"ana", "ben", "n1000"}
    hand.choose((100.0, -120.0), "Show the whole map")

    assert hand.view.camera.seen.contains(hand.view.stage.extent())


def test_an_empty_map_offers_only_what_makes_sense(hand_on: Opened) -> None:
    hand = hand_on()

    menu = hand.menu((0.0, 0.0))

    offered = [a.text().split("\t")[0] for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
    assert offered[:3] == ["New person here", "New module", "New note here"]
    assert "Select all" not in offered
    menu.close()


def test_a_module_selects_its_people_takes_a_new_one_and_goes_without_them(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"R&D": "ana ben"}), ROW)

    hand.choose(hand.tab("R&D"), "Select its people")
    assert hand.selected == {"ana", "ben"}
    hand.choose("ana", "Take out of R&&D")
    assert hand.names == ["ana", "ben"]
    hand.choose(hand.tab("R&D"), "New person in it")
    hand.type("Zoe")
    hand.key(Key.Key_Escape)
    assert hand.document.nodes[NodeId("n1000")].modules == ("R&D",)
    hand.choose(hand.tab("R&D"), "Delete")

    assert hand.names == ["ana", "ben", "Zoe"]
    assert hand.document.modules == {}


def test_the_menu_key_opens_the_menu_of_what_is_selected(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("cy")

    at, reason = hand.pixel((0.0, 200.0)), QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(hand.view, QContextMenuEvent(reason, at, hand.view.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()

    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text().startswith("Rename")
    assert hand.selected == {"cy"}
    menu.close()


def test_the_menu_shows_no_single_keys_while_they_are_switched_off(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    hand.view.set_single_keys(False)

    menu = hand.menu("ana")

    shown = [entry.text() for made in menu.findChildren(QMenu) for entry in made.actions()]
    assert "Focus: 1 step" in shown
    menu.close()


def test_a_menu_left_open_over_a_map_that_went_does_nothing_to_the_next(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    menu = hand.menu("ana")
    entry = next(a for a in menu.actions() if a.text().startswith("Delete"))
    hand.session.open(hand.document)

    entry.trigger()

    assert hand.names == ["ana", "ben"]
    menu.close()
