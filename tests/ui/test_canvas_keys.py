"""Everything without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, SHIFT, Hand, Key, laid
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}
CROSS = {
    "mid": (0.0, 0.0),
    "up": (0.0, -150.0),
    "down": (0.0, 150.0),
    "left": (-150.0, 0.0),
    "right": (150.0, 0.0),
}


def test_delete_takes_a_node_with_its_links_and_undo_brings_them_back(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document
    hand.click("ben")

    hand.key(Key.Key_Delete)

    assert hand.names == ["ana", "cy"]
    assert hand.lines == []
    assert hand.selected == set()
    hand.session.undo()
    assert hand.document == before


def test_backspace_deletes_a_link(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click((-100.0, 0.0))

    hand.key(Key.Key_Backspace)

    assert hand.lines == ["ben > cy"]
    assert str(hand.session.history.undo_label) == "Delete 1 link"


def test_arrows_nudge_the_selection_as_one_step(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    for _ in range(3):
        hand.key(Key.Key_Right)
    hand.key(Key.Key_Down, SHIFT)

    assert hand.place("ana") == (-176, 80)
    assert hand.steps == 1
    hand.session.undo()
    assert hand.place("ana") == (-200, 0)


def test_nudging_back_to_the_start_leaves_nothing(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    hand.key(Key.Key_Right)
    hand.key(Key.Key_Left)

    assert hand.steps == 0


def test_nudges_of_different_things_are_different_steps(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    for key in ("ana", "ben", "ana"):
        hand.click(key)
        hand.key(Key.Key_Up)

    assert hand.steps == 3


def test_arrows_pan_when_nothing_is_selected(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.key(Key.Key_Right)

    assert hand.view.camera.x > 0
    assert hand.steps == 0


@pytest.mark.parametrize(
    ("key", "found"),
    [(Key.Key_Up, "up"), (Key.Key_Down, "down"), (Key.Key_Left, "left"), (Key.Key_Right, "right")],
)
def test_alt_arrow_walks_to_the_nearest_node_that_way(hand_on: Opened, key: Key, found: str) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)
    hand.click("mid")

    hand.key(key, ALT)

    assert hand.selected == {found}
    assert hand.view.stage.focused == found


def test_where_the_keyboard_is_shows_while_one_works_by_key_and_not_by_mouse(hand_on: Opened) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)

    hand.click("mid")
    assert seen_focus(hand) is None
    hand.key(Key.Key_Right, ALT)
    assert seen_focus(hand) == "right"
    hand.menu("right").close()
    hand.key(Key.Key_Left, ALT)
    assert seen_focus(hand) == "mid"
    hand.click("up")

    assert seen_focus(hand) is None


def seen_focus(hand: Hand) -> str | None:
    """Where the focus is drawn."""
    return hand.view.stage.lighting.focused


def test_alt_shift_arrow_extends_the_selection(hand_on: Opened) -> None:
    hand = hand_on(org(people=" ".join(CROSS)), CROSS)
    hand.click("left")

    hand.key(Key.Key_Right, ALT | SHIFT)
    hand.key(Key.Key_Right, ALT | SHIFT)

    assert hand.selected == {"left", "mid", "right"}


def test_walking_brings_the_node_into_view(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (0.0, 0.0), "ben": (3_000.0, 0.0)})
    hand.click("ana")

    hand.key(Key.Key_Right, ALT)

    assert hand.view.camera.seen.contains(3_000.0, 0.0)
    assert hand.view.camera.scale == 1.0


@pytest.mark.parametrize("key", [Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right])
def test_ctrl_arrow_makes_a_linked_person_that_way(hand_on: Opened, key: Key) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    hand.click("ana")

    hand.key(key, CTRL)
    hand.type("Ben")
    hand.key(Key.Key_Escape)

    x, y = hand.place("n1000")
    way = {Key.Key_Up: y < 0, Key.Key_Down: y > 0, Key.Key_Left: x < 0, Key.Key_Right: x > 0}
    assert way[key]
    assert hand.lines == ["ana <> Ben"]
    assert hand.steps == 1


def test_alt_enter_goes_round_the_links_of_a_node_and_esc_comes_back(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ben")

    hand.key(Key.Key_Return, ALT)
    assert hand.selected == {"l1"}
    hand.key(Key.Key_Down)
    assert hand.selected == {"l2"}
    hand.key(Key.Key_Down)
    assert hand.selected == {"l1"}
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Escape)

    assert hand.selected == {"ben"}
    assert hand.steps == 0


def test_arrows_go_on_from_a_link_that_is_selected_and_never_move_the_map_for_it(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.set_selection(["l2"])
    camera = hand.view.stage.camera

    hand.key(Key.Key_Down)
    assert hand.selected == {"l1"}
    hand.key(Key.Key_Right)

    assert hand.selected == {"ben"}
    assert hand.view.stage.camera == camera


@pytest.mark.parametrize(("key", "end"), [(Key.Key_Left, "ben"), (Key.Key_Right, "cy")])
def test_from_a_link_left_and_right_go_to_its_ends(hand_on: Opened, key: Key, end: str) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ben")
    hand.key(Key.Key_Return, ALT)
    hand.key(Key.Key_Down)

    hand.key(key)

    assert hand.selected == {end}


def test_esc_does_not_go_back_to_links_one_has_left_by_mouse(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ben")
    hand.key(Key.Key_Return, ALT)
    hand.click("cy")

    hand.key(Key.Key_Escape)

    assert hand.selected == set()


def test_r_turns_links_round_and_b_makes_them_go_both_ways(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click((-100.0, 0.0))

    hand.key(Key.Key_R)
    assert hand.lines == ["ben > ana", "ben > cy"]
    hand.key(Key.Key_B)
    assert hand.lines == ["ben <> ana", "ben > cy"]
    hand.key(Key.Key_B)
    assert hand.lines == ["ben > ana", "ben > cy"]

    hand.session.travel(-3)
    assert hand.lines == ["ana > ben", "ben > cy"]


def test_r_acts_on_the_links_among_selected_people(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ben")
    hand.click("cy", SHIFT)

    hand.key(Key.Key_R)

    assert hand.lines == ["ana > ben", "cy > ben"]


def test_formal_lines_stay_one_way(hand_on: Opened) -> None:
    hand = hand_on(org("ana ^ ben"), ROW)
    hand.click((-100.0, 0.0))

    hand.key(Key.Key_B)

    assert hand.lines == ["ana > ben"]
    assert hand.steps == 0


def test_m_makes_a_module_round_the_selection_named_at_once(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.key(Key.Key_M)
    hand.type("Sales")
    hand.key(Key.Key_Return)

    (module,) = hand.document.modules.values()
    assert module.name == "Sales"
    assert [n.name for n in hand.document.nodes.values() if n.modules == (module.id,)] == ["ana", "ben"]
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_an_unnamed_new_module_gives_its_people_their_old_one_back(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana ben"}), ROW)
    before = hand.document
    hand.click("ana")

    hand.key(Key.Key_M)
    hand.key(Key.Key_Escape)

    assert hand.document == before
    assert hand.steps == 0


def test_m_with_nothing_selected_makes_an_empty_module_in_view(hand_on: Opened) -> None:
    hand = hand_on()

    hand.key(Key.Key_M)
    hand.type("Sales")
    hand.key(Key.Key_Return)

    (module,) = hand.document.modules.values()
    rect = hand.view.stage.frame(module.id)
    assert rect is not None
    assert hand.view.camera.seen.contains(rect)


def test_m_round_selected_modules_nests_them(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Product": "ben"})
    hand = hand_on(document, {"ana": (-200.0, 0.0), "ben": (100.0, 0.0)})
    hand.click(hand.tab("Sales"))
    hand.click(hand.tab("Product"), SHIFT)

    hand.key(Key.Key_M)
    hand.type("Company")
    hand.key(Key.Key_Return)

    modules = {m.name: m for m in hand.document.modules.values()}
    assert modules["Sales"].parent == modules["Product"].parent == modules["Company"].id
    assert hand.steps == 1


def test_f_fits_the_map_and_shift_f_the_selection(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-3_000.0, 0.0), "ben": (3_000.0, 0.0)})

    hand.key(Key.Key_F)
    assert hand.view.camera.seen.contains(hand.view.stage.extent())
    hand.view.set_selection(["ben"])
    hand.key(Key.Key_F, SHIFT)

    assert hand.view.camera.seen.contains(3_000.0, 0.0)
    assert not hand.view.camera.seen.contains(-3_000.0, 0.0)


def test_ctrl_a_selects_every_node_and_module(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben", modules={"Sales": "ana"}), ROW)

    hand.key(Key.Key_A, CTRL)

    assert hand.selected == {"ana", "ben", "Sales"}


def test_ctrl_d_duplicates_with_the_links_among_the_copies(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.key(Key.Key_D, CTRL)

    assert hand.lines == ["ana > ben", "ben > cy", "ana > ben"]
    assert hand.selected.isdisjoint({"ana", "ben", "cy"})
    assert hand.steps == 1


def test_esc_clears_the_selection_then_the_light_and_then_says_so(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    said: list[bool] = []
    hand.view.escaped.connect(lambda: said.append(True))
    hand.click("ana")

    hand.key(Key.Key_Escape)
    assert hand.selected == set()
    assert said == []
    hand.key(Key.Key_Escape)

    assert said == [True]


def test_tab_leaves_the_canvas(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, view, after = QLineEdit(), CanvasView(Session(), theme("light")), QLineEdit()
    box = QVBoxLayout(window)
    for widget in (before, view, after):
        box.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)

    QTest.keyClick(view, Key.Key_Backtab)
    assert before.hasFocus()
    view.setFocus()
    passed: list[QWidget] = []
    while not after.hasFocus() and len(passed) < 20:  # what floats above the map lies on the way
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        passed.append(window.focusWidget())

    assert after.hasFocus()
    assert view not in passed
    assert len(set(passed)) == len(passed)


def test_single_keys_do_nothing_while_another_field_has_the_focus(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session()
    session.open(laid(org("ana > ben"), ROW))
    view, field = CanvasView(session, theme("light")), QLineEdit()
    box = QVBoxLayout(window)
    box.addWidget(view)
    box.addWidget(field)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    view.set_selection(["ana"])
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    QTest.keyClicks(field, "nmlrbf")
    QTest.keyClick(field, Key.Key_Delete)

    hand = Hand(view)
    assert hand.names == ["ana", "ben"]
    assert hand.steps == 0
    assert field.text() == "nmlrbf"
