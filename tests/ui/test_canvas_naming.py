"""Typing names on the map."""

from __future__ import annotations

import itertools

import pytest

from orgmap.drawing.frames import frames
from orgmap.model.entities import NodeId
from orgmap.ui.canvas.places import beside
from tests.ui.conftest import Opened
from tests.ui.hand import Key, laid
from tests.words import org


def test_n_puts_a_person_in_the_middle_of_the_view_named_at_once(hand_on: Opened) -> None:
    hand = hand_on()

    hand.key(Key.Key_N)
    hand.type("Ana")
    hand.key(Key.Key_Escape)

    assert hand.names == ["Ana"]
    assert hand.place("n1") == (0, 0)
    assert hand.view.hasFocus()


def test_enter_while_naming_goes_on_with_the_next_person_of_the_same_module(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})
    hand.click("ana")

    hand.key(Key.Key_N)
    for name in ("Ben", "Cleo", "Dov"):
        hand.type(name)
        hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)

    assert hand.names == ["ana", "Ben", "Cleo", "Dov"]
    assert {n.modules for n in hand.document.nodes.values()} == {("Sales",)}
    assert hand.lines == []
    assert hand.steps == 3


def test_people_entered_team_by_team_leave_room_for_the_frames_of_their_teams(hand_on: Opened) -> None:
    hand = hand_on()

    for team, people in (("Sales", "Ana Ben Cleo"), ("Product", "Farah Goran Hana"), ("Support", "Kim Lars")):
        hand.key(Key.Key_N)
        for name in people.split():
            hand.type(name)
            hand.key(Key.Key_Return)
        hand.key(Key.Key_Escape)
        hand.view.set_selection(n.id for n in hand.document.nodes.values() if n.name in people)
        hand.key(Key.Key_M)
        hand.type(team)
        hand.key(Key.Key_Return)
        hand.key(Key.Key_Escape)

    drawn = frames(hand.document)
    assert len(drawn) == 3
    assert not [pair for pair in itertools.combinations(drawn.values(), 2) if pair[0].intersects(pair[1])]


@pytest.mark.parametrize(("key", "name"), [(Key.Key_R, "rosa"), (Key.Key_B, "ben")])
def test_r_and_b_begin_a_name_where_there_is_no_link_to_turn(hand_on: Opened, key: Key, name: str) -> None:
    hand = hand_on(
        org("ana > dov", people="cy"), {"ana": (0.0, 0.0), "dov": (200.0, 0.0), "cy": (0.0, 200.0)}
    )
    hand.click("cy")

    hand.key(key)
    hand.type(name[1:])
    hand.key(Key.Key_Return)

    assert set(hand.names) == {"ana", "dov", name}
    assert hand.lines == ["ana > dov"]


def test_tab_while_naming_goes_on_with_a_linked_person(hand_on: Opened) -> None:
    hand = hand_on()

    hand.key(Key.Key_N)
    hand.type("Ana")
    hand.key(Key.Key_Tab)
    hand.type("Ben")
    hand.key(Key.Key_Tab)
    hand.type("Cy")
    hand.key(Key.Key_Escape)

    assert hand.lines == ["Ana <> Ben", "Ben <> Cy"]
    assert hand.steps == 3


@pytest.mark.parametrize("end", [Key.Key_Escape, Key.Key_Return])
def test_a_new_person_without_a_name_is_taken_away_as_if_it_had_not_been(hand_on: Opened, end: Key) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    hand.click("ana")
    before = hand.document

    hand.key(Key.Key_N)
    hand.key(end)

    assert hand.document == before
    assert hand.steps == 0
    assert not hand.session.modified
    assert hand.selected == {"ana"}


def test_a_new_linked_person_without_a_name_takes_its_link_along(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    before = hand.document

    hand.drag(hand.rim("ana"), (140.0, 90.0))
    hand.key(Key.Key_Escape)

    assert hand.document == before
    assert hand.steps == 0


def test_a_new_person_left_by_a_click_elsewhere_stays_under_a_number(hand_on: Opened) -> None:
    hand = hand_on()

    hand.double_click((0.0, 0.0))
    hand.click((200.0, 150.0))

    assert hand.names == ["Person 1"]
    assert not hand.view.naming.active


def test_what_is_typed_for_a_new_person_is_kept_by_esc(hand_on: Opened) -> None:
    hand = hand_on()

    hand.double_click((0.0, 0.0))
    hand.type("Ana")
    hand.key(Key.Key_Escape)

    assert hand.names == ["Ana"]


def test_a_double_click_renames_and_enter_ends_it(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})

    hand.double_click("ana")
    hand.release("ana")
    hand.type("Ana Novak")
    hand.key(Key.Key_Return)

    assert hand.names == ["Ana Novak"]
    assert not hand.view.naming.active
    assert hand.steps == 1
    hand.session.undo()
    assert hand.names == ["ana"]


@pytest.mark.parametrize("begin", [Key.Key_F2, Key.Key_Return])
def test_f2_and_enter_rename_what_is_selected(hand_on: Opened, begin: Key) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    hand.click("ana")

    hand.key(begin)
    hand.type("Bea")
    hand.key(Key.Key_Return)

    assert hand.names == ["Bea"]


def test_just_typing_renames_what_is_selected(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    hand.click("ana")

    hand.type("Z")
    hand.type("oe")
    hand.key(Key.Key_Return)

    assert hand.names == ["Zoe"]


def test_esc_leaves_the_old_name(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})

    hand.double_click("ana")
    hand.release("ana")
    hand.type("Bea")
    hand.key(Key.Key_Escape)

    assert hand.names == ["ana"]
    assert hand.steps == 0


def test_a_module_is_renamed_on_its_tab(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})

    hand.double_click(hand.tab("Sales"))
    hand.release(hand.tab("Sales"))
    hand.type("Front desk")
    hand.key(Key.Key_Return)

    assert [m.name for m in hand.document.modules.values()] == ["Front desk"]


def test_single_keys_are_letters_while_a_name_is_typed(hand_on: Opened) -> None:
    hand = hand_on()

    hand.key(Key.Key_N)
    hand.type("nmlrbf")
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Backspace)
    hand.key(Key.Key_Escape)

    assert hand.names == ["nmlrb"]
    assert hand.document.modules == {}


def test_with_single_keys_off_letters_only_rename(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    hand.view.set_single_keys(False)
    hand.key(Key.Key_N)
    hand.click("ana")

    hand.key(Key.Key_N)
    hand.type("ina")
    hand.key(Key.Key_Return)

    assert hand.names == ["nina"]


@pytest.mark.parametrize("name", ["<b>x</b>", "R&D", "a < b > c", "{name}", "[*]"])
def test_names_with_signs_are_kept_and_shown_literally(hand_on: Opened, name: str) -> None:
    hand = hand_on()

    hand.key(Key.Key_N)
    hand.type(name)
    hand.key(Key.Key_Escape)

    assert hand.names == [name]
    assert hand.view.stage.scene.nodes.names == [name]
    assert hand.view.stage.words.tooltip("n1").split("\n")[0] == name
    assert str(hand.session.history.undo_label) == f"Add {name}"


def test_undo_while_a_name_is_typed_ends_the_typing(hand_on: Opened) -> None:
    hand = hand_on()
    hand.key(Key.Key_N)

    hand.session.undo()

    assert hand.names == []
    assert not hand.view.naming.active
    assert hand.view.naming.field.isHidden()


def test_a_person_deleted_while_being_named_leaves_no_trace(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (0.0, 0.0), "ben": (200.0, 0.0)})
    hand.double_click("ana")
    hand.release("ana")

    hand.view.set_selection(["ana"])
    hand.view.commands["delete"]()

    assert hand.names == ["ben"]
    assert not hand.view.naming.active


def test_thirty_people_entered_in_a_row_lie_on_nobody_and_move_nobody(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Product": "ben cy"}, people="dov")
    places = {"ana": (0.0, 0.0), "ben": (260.0, 0.0), "cy": (380.0, 0.0), "dov": (0.0, 250.0)}
    hand = hand_on(document, places)
    hand.click("ana")

    hand.key(Key.Key_N)
    for number in range(30):
        hand.type(f"P{number}")
        hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)

    after = hand.document
    at = {key: hand.place(key) for key in after.nodes}
    assert {key: at[NodeId(key)] for key in places} == {key: (x, y) for key, (x, y) in places.items()}
    for one, other in itertools.combinations(at.values(), 2):
        assert abs(one[0] - other[0]) >= 70 or abs(one[1] - other[1]) >= 70
    product = frames(after)[after.nodes[NodeId("ben")].modules[0]]
    entered = [key for key in at if key.startswith("n")]
    assert len(entered) == 30
    assert not [key for key in entered if product.contains(*map(float, at[key]))]


def test_a_place_beside_is_free_even_in_a_crowd() -> None:
    crowd = {f"p{i}-{j}": (i * 120.0, j * 104.0) for i in range(-4, 5) for j in range(-4, 5)}
    document = laid(org(people=" ".join(crowd)), crowd)

    x, y = beside(document, (0.0, 0.0), None)

    assert min(max(abs(x - a), abs(y - b)) for a, b in crowd.values()) >= 100


def test_locking_the_map_ends_a_name_that_is_being_typed_and_keeps_it(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), {"ana": (-150.0, 0.0), "ben": (0.0, 0.0)})
    hand.double_click("ana")
    hand.type("Zoe")

    hand.view.stage.lock(True)

    assert hand.view.naming.field.isHidden()
    assert hand.names == ["Zoe", "ben"]


def test_hiding_names_takes_the_name_that_is_being_typed_out_of_sight(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), {"ana": (-150.0, 0.0), "ben": (0.0, 0.0)})
    hand.double_click("ana")

    hand.session.hide_names(True)

    assert hand.view.naming.field.isHidden()
