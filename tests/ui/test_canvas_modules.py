"""Drawing people into frames and out of them, and moving whole modules."""

from __future__ import annotations

from math import hypot

import pytest
from PySide6.QtTest import QTest

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.frames import RADIUS
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, SHIFT, Hand, Key
from tests.words import org

TWO = {
    "ana": (-250.0, 0.0),
    "ben": (-150.0, 0.0),
    "cy": (150.0, 0.0),
    "dov": (250.0, 0.0),
    "eve": (0.0, 200.0),
}


def two(hand_on: Opened) -> Hand:
    """Sales with ana and ben on the left, Product with cy and dov on the right, eve loose below."""
    return hand_on(org("ana > cy", modules={"Sales": "ana ben", "Product": "cy dov"}, people="eve"), TWO)


def home(hand: Hand, node: str) -> str | None:
    """The name of the home module."""
    modules = hand.document.nodes[NodeId(node)].modules
    return hand.document.modules[modules[0]].name if modules else None


def joining(hand: Hand) -> str | None:
    """The frame that is lit while something is held above it."""
    lifted = hand.view.stage.lifted
    assert lifted is not None
    return lifted.joining


def test_a_person_let_go_in_a_frame_joins_it_and_the_frame_lights_up_before(hand_on: Opened) -> None:
    hand = two(hand_on)
    before = hand.document

    hand.press("eve")
    hand.move((50.0, 100.0))
    assert joining(hand) is None
    hand.move((200.0, 0.0))
    assert joining(hand) == "Product"
    hand.release((200.0, 0.0))

    assert home(hand, "eve") == "Product"
    assert hand.steps == 1
    assert str(hand.session.history.undo_label) == "Move eve to Product"
    hand.session.undo()
    assert hand.document == before


def test_a_person_drawn_out_of_its_frame_leaves_the_module(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag("ana", (-100.0, 220.0))

    assert home(hand, "ana") is None
    assert home(hand, "ben") == "Sales"
    assert hand.steps == 1


def test_a_person_moved_within_its_frame_stays(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag("ana", (-262.0, 14.0))

    assert home(hand, "ana") == "Sales"
    assert hand.place("ana") == (-262, 14)


def test_a_person_drawn_from_frame_to_frame_changes_its_module(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag("ben", (200.0, 10.0))

    assert home(hand, "ben") == "Product"


def test_alt_keeps_people_out_of_a_frame_and_in_their_own(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag("eve", (200.0, 0.0), then=ALT)
    hand.drag("ana", (-100.0, 220.0), then=ALT)

    assert home(hand, "eve") is None
    assert hand.place("eve") == (200, 0)
    assert home(hand, "ana") == "Sales"


def test_shift_and_alt_held_later_count_at_once(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.press("eve")
    hand.move((200.0, 0.0))

    QTest.keyPress(hand.view, Key.Key_Alt)
    assert joining(hand) is None
    QTest.keyRelease(hand.view, Key.Key_Alt, ALT)

    assert joining(hand) == "Product"
    hand.key(Key.Key_Escape)


def test_a_module_that_loses_its_last_person_stays_where_it_stood(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})
    stood = hand.view.stage.frame(ModuleId("Sales"))

    hand.drag("ana", (300.0, 150.0))

    assert home(hand, "ana") is None
    assert hand.view.stage.frame(ModuleId("Sales")) == stood
    hand.session.undo()
    assert home(hand, "ana") == "Sales"


def test_deleting_the_last_person_leaves_the_frame(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})
    stood = hand.view.stage.frame(ModuleId("Sales"))
    hand.click("ana")

    hand.key(Key.Key_Delete)

    assert hand.view.stage.frame(ModuleId("Sales")) == stood


@pytest.mark.parametrize("grip", ["tab", "border"])
def test_a_module_is_moved_with_its_people_by_its_tab_or_border(hand_on: Opened, grip: str) -> None:
    hand = two(hand_on)
    rect = hand.view.stage.frame(ModuleId("Sales"))
    assert rect is not None
    start = hand.tab("Sales") if grip == "tab" else hand.pixel((rect.left(), rect.center().y()))

    hand.drag(start, start + hand.pixel((0.0, 160.0)) - hand.pixel((0.0, 0.0)))

    assert hand.place("ana") == (-250, 160)
    assert hand.place("ben") == (-150, 160)
    assert hand.place("cy") == (150, 0)
    assert home(hand, "ana") == "Sales"
    assert hand.steps == 1


def test_a_module_let_go_in_another_nests_in_it_and_leaves_it_again(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Company": "cy dov"})
    hand = hand_on(document, {"ana": (-300.0, 0.0), "cy": (0.0, -100.0), "dov": (200.0, 180.0)})

    hand.drag(hand.tab("Sales"), (80.0, 40.0))
    assert hand.document.modules[ModuleId("Sales")].parent == "Company"
    assert hand.steps == 1
    hand.drag(hand.tab("Sales"), (-300.0, -150.0))

    assert hand.document.modules[ModuleId("Sales")].parent is None


def test_nested_modules_and_their_people_move_once(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Company": "cy"})
    hand = hand_on(document, {"ana": (-100.0, 0.0), "cy": (100.0, 0.0)})
    hand.session.edit(verbatim("Nest"), edits.nest(hand.document, ModuleId("Sales"), ModuleId("Company")))
    hand.key(Key.Key_A, CTRL)

    hand.drag("cy", (100.0, 90.0))

    assert hand.place("ana") == (-100, 90)
    assert hand.place("cy") == (100, 90)
    assert home(hand, "cy") == "Company"


def test_a_double_click_in_a_frame_puts_a_person_of_that_module(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.double_click((-200.0, 25.0))
    hand.type("Zoe")
    hand.key(Key.Key_Escape)

    assert home(hand, "n1000") == "Sales"


def test_a_link_pulled_onto_a_tab_links_to_the_module(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag(hand.rim("eve"), hand.tab("Sales"))

    assert hand.lines == ["ana > cy", "eve <> Sales"]


def test_a_whole_module_in_the_band_is_selected_with_its_people(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.drag((-420.0, -150.0), (-60.0, 130.0))

    assert hand.selected == {"ana", "ben", "Sales"}


def test_a_selected_person_and_its_selected_module_move_together_once(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click(hand.tab("Sales"))
    hand.click("ana", SHIFT)

    hand.drag("ana", (-250.0, 60.0))

    assert hand.place("ana") == (-250, 60)
    assert hand.place("ben") == (-150, 60)


def test_a_collapsed_module_hides_its_people_and_opens_again_where_they_were(hand_on: Opened) -> None:
    hand = two(hand_on)
    before = hand.document

    hand.choose(hand.tab("Sales"), "Collapse")
    assert hand.view.stage.scene.centre("ana") is None
    hand.choose("Sales", "Expand")

    assert hand.document == before


def test_who_is_put_down_on_another_goes_to_the_nearest_free_place_of_the_frame(hand_on: Opened) -> None:
    places = {"ana": (0.0, 0.0), "ben": (-300.0, 0.0)}
    hand = hand_on(org(people="ana ben", modules={"Sales": "ana"}), places)

    hand.drag("ben", (8.0, 10.0))

    (ax, ay), (bx, by) = hand.place("ana"), hand.place("ben")
    assert (ax, ay) == (0.0, 0.0)
    assert 2 * RADIUS < hypot(bx - ax, by - ay) < 150
    assert home(hand, "ben") == "Sales"
    assert hand.steps == 1


def test_several_are_not_renamed_by_typing(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (0.0, 0.0), "ben": (-300.0, 0.0)})
    hand.view.set_selection(["ana", "ben"])

    hand.type("x")

    assert hand.view.hasFocus()
    assert hand.names == ["ana", "ben"]
