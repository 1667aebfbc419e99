"""Moving with guides, aligning, pinning, and the ways to select."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from orgmap.model.entities import ChannelId, LinkId, LinkKind, NodeId
from orgmap.ui.canvas.snapping import Guide
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, NONE, SHIFT, Hand, Key
from tests.words import org

ROW = {"ana": (-300.0, 0.0), "ben": (-150.0, 0.0), "cy": (150.0, -120.0), "dov": (0.0, 160.0)}


def snapping(hand_on: Opened) -> Hand:
    """Four people; what is dragged falls into line."""
    hand = hand_on(org("ana > ben, ben > cy, cy <> dov", people="ana ben cy dov"), ROW)
    hand.view.stage.snapping = True
    return hand


def guides(hand: Hand) -> list[Guide]:
    """The lines shown while something is dragged."""
    gesture = hand.view.hands.gesture
    return list(getattr(gesture, "_guides", ()))


def test_a_drag_falls_into_line_with_a_neighbour_and_shows_why(hand_on: Opened) -> None:
    hand = snapping(hand_on)

    hand.press("dov")
    hand.move((146.0, 60.0))
    shown = guides(hand)
    hand.release((146.0, 60.0))

    assert hand.place("dov") == (150, 60)
    assert any(guide.x1 == guide.x2 == 150.0 for guide in shown)
    assert hand.steps == 1


def test_equal_distances_are_found_and_shown(hand_on: Opened) -> None:
    hand = snapping(hand_on)

    hand.press("dov")
    hand.move((3.0, 2.0))
    shown = guides(hand)
    hand.release((3.0, 2.0))

    assert hand.place("dov") == (0, 0)
    assert len([guide for guide in shown if guide.gap]) == 2


def test_what_is_far_from_any_line_stays_where_it_is_put(hand_on: Opened) -> None:
    hand = snapping(hand_on)

    hand.drag("dov", (60.0, 211.0))

    assert hand.place("dov") == (60, 211)


def test_ctrl_and_the_switch_keep_from_snapping(hand_on: Opened) -> None:
    hand = snapping(hand_on)

    hand.drag("dov", (146.0, 60.0), then=CTRL)
    assert hand.place("dov") == (146, 60)
    hand.view.stage.snapping = False
    hand.drag("dov", (155.0, 60.0))

    assert hand.place("dov") == (155, 60)


def test_shift_and_a_line_go_together(hand_on: Opened) -> None:
    hand = snapping(hand_on)

    hand.drag("dov", (146.0, 170.0), then=SHIFT)

    assert hand.place("dov") == (150, 160)


def test_a_frame_falls_into_line_by_its_edges(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Product": "cy"})
    hand = hand_on(document, {"ana": (-200.0, 0.0), "cy": (150.0, 130.0)})
    hand.view.stage.snapping = True

    start = hand.tab("Product")
    hand.drag(start, start + hand.pixel((0.0, -134.0)) - hand.pixel((0.0, 0.0)))

    assert hand.place("cy") == (150, 0)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (Key.Key_Left, [(-300, 0), (-300, -120)]),
        (Key.Key_Right, [(150, 0), (150, -120)]),
        (Key.Key_Up, [(-300, -120), (150, -120)]),
        (Key.Key_Down, [(-300, 0), (150, 0)]),
    ],
)
def test_ctrl_shift_and_arrows_align(hand_on: Opened, key: Key, found: list[tuple[int, int]]) -> None:
    hand = snapping(hand_on)
    hand.click("ana")
    hand.click("cy", SHIFT)

    hand.key(key, CTRL | SHIFT)

    assert [hand.place("ana"), hand.place("cy")] == found
    assert hand.steps == 1
    assert str(hand.session.history.undo_label) == "Align ana and cy"


def test_the_menu_aligns_and_distributes(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    for name in ("ana", "ben", "cy"):
        hand.click(name, SHIFT)

    hand.choose("ben", "Align", "Middle")
    hand.choose("ben", "Align", "Distribute across")

    assert [hand.place(name) for name in ("ana", "ben", "cy")] == [(-300, -60), (-75, -60), (150, -60)]


def test_p_pins_and_lets_go(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.key(Key.Key_P)
    pinned = [node.name for node in hand.document.nodes.values() if node.pinned]
    hand.key(Key.Key_P)

    assert pinned == ["ana", "ben"]
    assert not any(node.pinned for node in hand.document.nodes.values())


def test_neighbours_are_selected_step_by_step(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click("ana")

    hand.key(Key.Key_J, CTRL | SHIFT)
    first = hand.selected
    hand.key(Key.Key_J, CTRL | SHIFT)

    assert first == {"ana", "ben"}
    assert hand.selected == {"ana", "ben", "cy"}


def test_the_others_the_links_among_and_all_alike_are_selected(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click("ana")

    hand.view.selecting.others()
    assert hand.selected == {"ben", "cy", "dov"}
    hand.view.selecting.links_among()
    assert hand.selected == {"l2", "l3"}
    hand.key(Key.Key_4)
    hand.click((-225.0, 0.0))
    hand.view.selecting.alike()

    assert hand.selected == {"l1"}


def test_digits_on_links_choose_the_channel_in_the_order_of_the_list(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click((-225.0, 0.0))
    second = list(hand.document.channels)[1]

    hand.key(Key.Key_2)
    assert hand.document.links[LinkId("l1")].channel == second
    hand.key(Key.Key_0)

    assert hand.document.links[LinkId("l1")].channel is None


def test_digits_on_people_are_no_letters_of_a_name(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click("ana")

    for key in (Key.Key_2, Key.Key_9, Key.Key_0):
        hand.key(key)

    assert not hand.view.naming.active
    assert hand.names == ["ana", "ben", "cy", "dov"]


def test_alt_page_up_goes_out_to_the_module_and_down_to_its_people(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana ben"}), ROW)
    hand.click("ana")

    hand.key(Key.Key_PageUp, ALT)
    assert hand.selected == {"Sales"}
    hand.key(Key.Key_PageDown, ALT)

    assert hand.selected == {"ana", "ben"}


def test_a_link_is_followed_to_its_other_end(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    hand.click("ben")
    hand.key(Key.Key_Return, ALT)
    assert hand.selected == {"l1"}

    hand.key(Key.Key_J, CTRL)

    assert hand.selected == {"ana"}


def test_a_locked_map_shows_and_does_not_let_itself_be_altered(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    before, camera = hand.document, hand.view.camera
    told: list[object] = []
    hand.view.stage.refused.connect(told.append)
    hand.view.stage.lock(True)

    hand.drag("ana", (0.0, 0.0))
    hand.drag(hand.rim("ana"), "cy")
    hand.double_click((-200.0, 200.0))
    hand.double_click("ana")
    hand.click("ana")
    for key, held in ((Key.Key_Delete, NONE), (Key.Key_N, NONE), (Key.Key_M, NONE), (Key.Key_Up, NONE)):
        hand.key(key, held)
    assert hand.selected == {"ana"}
    hand.type("Zoe")
    hand.drag((-200.0, 200.0), (-100.0, 200.0))

    assert hand.document == before
    assert not hand.view.naming.active
    assert hand.view.camera != camera
    assert told
    assert hand.view.overlay.locked.isVisible()
    hand.view.overlay.locked.click()
    hand.drag("ana", (-300.0, 77.0))
    assert hand.place("ana") == (-300, 77)


def test_a_window_that_loses_the_keyboard_ends_a_drag(hand_on: Opened) -> None:
    hand = snapping(hand_on)
    before = hand.document

    hand.press("ana")
    hand.move((0.0, 200.0))
    QApplication.sendEvent(
        hand.view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    )
    hand.release((0.0, 200.0))

    assert hand.document == before
    assert hand.view.stage.lifted is None


def test_kinds_and_channels_together_make_links_alike(hand_on: Opened) -> None:
    document = org("ana > ben, ben > cy, ana ^ cy", people="ana ben cy")
    hand = hand_on(document, ROW)
    hand.view.set_selection(["l1", "l2"])
    hand.view.verbs.channel(ChannelId("mail"))
    hand.view.set_selection(["l2"])

    hand.view.selecting.alike()

    assert hand.selected == {"l1", "l2"}
    assert hand.document.links[LinkId("l3")].kind is LinkKind.REPORTS
    assert hand.document.nodes[NodeId("ana")].name == "ana"
