"""Links by hand: several at once, other ends, parallel ones, onto frames and ground."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import LinkId, NodeId
from orgmap.ui.canvas.editor import NameField
from orgmap.ui.canvas.gestures import end_points
from tests.ui.conftest import Opened
from tests.ui.hand import NONE, Hand, Key
from tests.words import org

ROW = {"ana": (-300.0, 0.0), "ben": (-100.0, 0.0), "cy": (100.0, 0.0), "dov": (100.0, 180.0)}
CROSS = {
    "mid": (0.0, 0.0),
    "up": (0.0, -150.0),
    "down": (0.0, 150.0),
    "left": (-150.0, 0.0),
    "right": (150.0, 0.0),
}


def row(hand_on: Opened) -> Hand:
    """ana tells ben; cy and dov stand beside."""
    return hand_on(org("ana > ben", people="ana ben cy dov"), ROW)


def grip(hand: Hand, side: str) -> QPoint:
    """The pixel by which an end of the selected link is taken."""
    return end_points(hand.view.stage)[side].toPoint()


def test_l_links_one_person_to_several_without_walking_back(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click("ana")

    hand.key(Key.Key_L)
    hand.type("cy, dov, Eve")
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana > ben", "ana <> cy", "ana <> dov", "ana <> Eve"]
    assert hand.steps == 1
    assert hand.selected == {"ana"}
    assert hand.view.hasFocus()


def test_tab_completes_each_of_several_names_and_enter_links_them(hand_on: Opened) -> None:
    places = {"ana": (0.0, 0.0), "Benno": (200.0, 0.0), "Cyra": (0.0, 200.0)}
    hand = hand_on(org(people="ana Benno Cyra"), places)
    hand.click("ana")
    hand.key(Key.Key_L)

    hand.type("be")
    hand.key(Key.Key_Tab)
    hand.type(", cy")
    hand.key(Key.Key_Tab)
    field = hand.focus
    assert isinstance(field, NameField)
    assert field.text() == "Benno, Cyra"
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana <> Benno", "ana <> Cyra"]


def test_the_list_of_names_offers_how_the_last_one_could_go_on(hand_on: Opened) -> None:
    places = {"ana": (0.0, 0.0), "Benno": (200.0, 0.0), "Cyra": (0.0, 200.0)}
    hand = hand_on(org(people="ana Benno Cyra"), places)
    hand.click("ana")
    hand.key(Key.Key_L)

    hand.type("Benno, yr")
    field = hand.focus
    assert isinstance(field, NameField)

    assert field.completer().currentCompletion() == "Benno, Cyra"


def test_several_link_to_one_in_one_step(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.view.set_selection(["cy", "dov"])

    hand.key(Key.Key_L)
    hand.type("ana")
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana > ben", "cy <> ana", "dov <> ana"]
    assert hand.steps == 1


def test_an_end_of_the_selected_link_is_carried_to_another_node(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click((-200.0, 0.0))

    hand.drag(grip(hand, "target"), "cy")
    assert hand.lines == ["ana > cy"]
    hand.drag(grip(hand, "source"), "dov")

    assert hand.lines == ["dov > cy"]
    assert hand.selected == {"l1"}
    assert hand.steps == 2
    hand.session.undo()
    assert hand.lines == ["ana > cy"]


def test_an_end_let_go_over_the_ground_or_its_other_end_stays(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click((-200.0, 0.0))

    hand.drag(grip(hand, "target"), (0.0, -200.0))
    hand.drag(grip(hand, "target"), "ana")

    assert hand.lines == ["ana > ben"]
    assert hand.steps == 0


def test_esc_takes_a_carried_end_back(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click((-200.0, 0.0))

    hand.press(grip(hand, "target"))
    hand.move("cy")
    hand.key(Key.Key_Escape)
    hand.release("cy")

    assert hand.lines == ["ana > ben"]


def test_an_end_is_given_to_another_by_menu_and_name(hand_on: Opened) -> None:
    hand = row(hand_on)

    hand.choose((-200.0, 0.0), "Another end")
    hand.type("dov")
    hand.key(Key.Key_Return)
    assert hand.lines == ["ana > dov"]
    hand.view.keys.move_end("source")
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Escape)

    assert hand.lines == ["ana > dov"]


def test_a_name_nobody_has_makes_no_person_at_the_end_of_an_old_link(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click((-200.0, 0.0))
    hand.view.keys.move_end("target")

    hand.type("Nobody")
    hand.key(Key.Key_Return)

    assert hand.view.linking.active
    assert hand.names == ["ana", "ben", "cy", "dov"]
    hand.key(Key.Key_Escape)
    assert hand.lines == ["ana > ben"]


def test_the_other_end_of_an_old_link_is_clicked(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.click((-200.0, 0.0))
    hand.view.keys.move_end("target")

    hand.click("cy")

    assert hand.lines == ["ana > cy"]


def test_links_side_by_side_are_selected_each_for_itself(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben, ana <> ben, ben > ana", people="ana ben"), ROW)
    arcs = hand.view.stage.scene.arcs.at(0.5)

    found = []
    for x, y in arcs:
        hand.click((float(x), float(y)))
        found.append(hand.selected)

    assert found == [{"l1"}, {"l2"}, {"l3"}]
    hand.key(Key.Key_Delete)
    assert hand.document.links.keys() == {"l1", "l2"}


def test_a_link_pulled_into_a_frame_makes_somebody_of_that_module(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "cy dov"}, people="ana"), ROW)

    hand.drag(hand.rim("ana"), (110.0, 90.0))
    hand.type("Zoe")
    hand.key(Key.Key_Escape)

    made = list(hand.document.nodes.values())[-1]
    assert made.modules == ("Sales",)
    assert hand.lines == ["ana <> Zoe"]


def test_undo_while_an_end_is_carried_ends_the_gesture(hand_on: Opened) -> None:
    hand = row(hand_on)
    hand.view.verbs.link(*(node for node in hand.document.nodes if node in ("cy", "dov")))
    made = next(key for key in hand.document.links if key != "l1")

    hand.press(grip(hand, "target"))
    hand.move("ben")
    hand.session.undo()
    hand.release("ben", NONE)

    assert made not in hand.document.links
    assert hand.document.links[LinkId("l1")].target == "ben"


def test_l_links_by_a_typed_name(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben cy"), ROW)
    hand.click("ana")

    hand.key(Key.Key_L)
    hand.type("cy")
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana <> cy"]
    assert hand.view.hasFocus()


def test_l_links_by_the_beginning_of_a_name_if_only_one_begins_so(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana bernadette bo"), {"ana": (0, 0), "bernadette": (150, 0), "bo": (300, 0)})
    hand.click("ana")

    hand.key(Key.Key_L)
    hand.type("ber")
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana <> bernadette"]


def test_l_with_a_name_nobody_has_makes_that_person(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})
    hand.click("ana")

    hand.key(Key.Key_L)
    hand.type("Zoe")
    hand.key(Key.Key_Return)

    assert hand.lines == ["ana <> Zoe"]
    assert hand.steps == 1
    assert not hand.view.naming.active


def test_l_links_to_a_node_chosen_by_arrows(hand_on: Opened) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)
    hand.click("mid")

    hand.key(Key.Key_L)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Return)

    assert hand.lines == ["mid <> right"]


def test_l_links_to_a_node_that_is_clicked(hand_on: Opened) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)
    hand.click("mid")

    hand.key(Key.Key_L)
    hand.click("left")

    assert hand.lines == ["mid <> left"]
    assert not hand.view.linking.active


def test_esc_ends_linking_without_a_link(hand_on: Opened) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)
    hand.click("mid")

    hand.key(Key.Key_L)
    hand.type("le")
    hand.key(Key.Key_Escape)

    assert hand.lines == []
    assert not hand.view.linking.active
    assert hand.selected == {"mid"}


def test_people_of_one_name_can_all_be_linked_to_by_name(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben cy dov"), ROW)
    for key in ("ben", "cy", "dov"):
        hand.session.edit(verbatim("Rename"), edits.rename(hand.document, NodeId(key), "Kim"))
    hand.click("ana")

    hand.key(Key.Key_L)
    hand.type("Kim, Kim 2, Kim 3")
    hand.key(Key.Key_Return)

    assert {link.target for link in hand.document.links.values()} == {"ben", "cy", "dov"}
    assert len(hand.document.nodes) == 4
