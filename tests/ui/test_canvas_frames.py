"""Frames: what a drag says before it is let go, second modules, folding, empty frames resized."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Frame, ModuleId, NodeId
from orgmap.model.frames import frames
from orgmap.ui.canvas.gestures import chevron
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, SHIFT, Hand, Key, laid
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


def modules(hand: Hand, node: str) -> tuple[str, ...]:
    """The modules of a node, home first."""
    return hand.document.nodes[NodeId(node)].modules


def sign(hand: Hand) -> tuple[str | None, str | None]:
    """The frames that are lit and paled while something is held."""
    lifted = hand.view.stage.lifted
    assert lifted is not None
    return lifted.joining, lifted.leaving


def places(document: Document) -> dict[str, tuple[float | None, float | None]]:
    """Where everybody is, to the last bit."""
    return {node.id: (node.x, node.y) for node in document.nodes.values()}


def test_a_frame_about_to_be_left_pales_and_one_about_to_take_in_lights_up(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.press("ben")
    hand.move((-100.0, 220.0))
    assert sign(hand) == (None, "Sales")
    hand.move((200.0, 10.0))
    assert sign(hand) == ("Product", "Sales")
    hand.move((-160.0, 10.0))
    assert sign(hand) == (None, None)
    hand.key(Key.Key_Escape)

    assert modules(hand, "ben") == ("Sales",)


def test_the_one_that_is_grabbed_decides_for_all_that_move_with_it(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click("eve")
    hand.click("ben", SHIFT)

    hand.drag("eve", (200.0, 0.0))

    assert modules(hand, "eve") == ("Product",)
    assert modules(hand, "ben") == ("Product",)
    assert modules(hand, "ana") == ("Sales",)
    assert hand.steps == 1


def test_a_drag_within_the_own_frame_changes_nobody_else_either(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click("ana")
    hand.click("eve", SHIFT)

    hand.drag("ana", (-250.0, 20.0))

    assert modules(hand, "eve") == ()
    assert modules(hand, "ana") == ("Sales",)


def test_ctrl_gives_a_second_module_and_leaves_the_person_where_they_stand(hand_on: Opened) -> None:
    hand = two(hand_on)
    before = places(hand.document)

    hand.press("ben")
    hand.move((200.0, 20.0), CTRL)
    assert sign(hand) == ("Product", None)
    hand.release((200.0, 20.0), CTRL)

    assert modules(hand, "ben") == ("Sales", "Product")
    assert places(hand.document) == before
    assert str(hand.session.history.undo_label) == "Put ben in Product too"
    hand.session.undo()
    assert modules(hand, "ben") == ("Sales",)


def test_a_second_module_is_given_and_taken_by_menu(hand_on: Opened) -> None:
    hand = two(hand_on)

    hand.choose("ben", "Also in", "Product")
    assert modules(hand, "ben") == ("Sales", "Product")
    hand.choose("ben", "Take out of Sales")
    assert modules(hand, "ben") == ("Product",)
    hand.choose("ben", "Home in", "Sales")

    assert modules(hand, "ben") == ("Sales",)


def test_home_by_menu_puts_somebody_from_outside_into_the_frame(hand_on: Opened) -> None:
    hand = two(hand_on)
    before = hand.view.stage.frame(ModuleId("Sales"))

    hand.choose("eve", "Home in", "Sales")

    after = hand.view.stage.frame(ModuleId("Sales"))
    x, y = hand.place("eve")
    assert before is not None
    assert after is not None
    assert after.contains(x, y)
    assert after.width() < before.width() + 200
    assert hand.place("ana") == (-250, 0)


def test_a_module_is_laid_into_another_and_out_again_with_signs(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Company": "cy dov"})
    hand = hand_on(document, {"ana": (-300.0, 0.0), "cy": (0.0, -100.0), "dov": (200.0, 180.0)})

    hand.press(hand.tab("Sales"))
    hand.move((80.0, 40.0))
    assert sign(hand) == ("Company", None)
    hand.release((80.0, 40.0))
    assert hand.document.modules[ModuleId("Sales")].parent == "Company"
    hand.press(hand.tab("Sales"))
    hand.move((-300.0, -150.0))
    assert sign(hand) == (None, "Company")
    hand.release((-300.0, -150.0))

    assert hand.document.modules[ModuleId("Sales")].parent is None
    assert hand.steps == 2


def test_alt_keeps_a_module_out_of_another(hand_on: Opened) -> None:
    document = org(modules={"Sales": "ana", "Company": "cy dov"})
    hand = hand_on(document, {"ana": (-300.0, 0.0), "cy": (0.0, -100.0), "dov": (200.0, 180.0)})

    hand.drag(hand.tab("Sales"), (80.0, 40.0), then=ALT)

    assert hand.document.modules[ModuleId("Sales")].parent is None


def test_a_module_goes_into_one_that_lies_in_another_and_by_menu_too(hand_on: Opened) -> None:
    document = org(modules={"Outer": "ana", "Inner": "ben", "Team": "cy"})
    document = document.apply(edits.nest(document, ModuleId("Inner"), ModuleId("Outer")))
    hand = hand_on(document, {"ana": (-200.0, -120.0), "ben": (-100.0, 60.0), "cy": (250.0, 0.0)})
    inner = hand.view.stage.frame(ModuleId("Inner"))
    assert inner is not None

    hand.drag(hand.tab("Team"), (inner.right() - 30.0, inner.center().y() - 20.0))
    assert hand.document.modules[ModuleId("Team")].parent == "Inner"
    hand.choose(hand.tab("Team"), "Lay into", "Outer")

    assert hand.document.modules[ModuleId("Team")].parent == "Outer"


@pytest.mark.parametrize("way", ["chevron", "menu", "key"])
def test_folding_a_module_leaves_every_place_exactly_as_it_was(hand_on: Opened, way: str) -> None:
    document = org("ana > cy", modules={"Sales": "ana ben", "Product": "cy dov"}, people="eve")
    places_before = {key: (x * 1.1 + 0.1, y / 3 + 0.7) for key, (x, y) in TWO.items()}
    hand = hand_on(document, places_before)
    before = hand.document

    for _ in range(2):
        if way == "chevron":
            place = chevron(hand.view.stage, ModuleId("Sales"))
            assert place is not None
            hand.click(place.center().toPoint())
        elif way == "menu":
            shut = hand.document.modules[ModuleId("Sales")].collapsed
            hand.choose("Sales" if shut else hand.tab("Sales"), "Expand" if shut else "Collapse")
        else:
            hand.view.set_selection(["Sales"])
            hand.key(Key.Key_M, CTRL | SHIFT)
        assert places(hand.document) == places(before)

    assert hand.document == before
    assert hand.steps == 2


def test_a_collapsed_module_opens_by_a_double_click(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.view.set_selection(["Sales"])
    hand.key(Key.Key_M, CTRL | SHIFT)

    at = hand.pixel("Sales") + QPoint(-6, 8)
    hand.double_click(at)

    assert not hand.document.modules[ModuleId("Sales")].collapsed
    assert not hand.view.naming.active


def test_a_collapsed_module_takes_its_people_along(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.view.set_selection(["Sales"])
    hand.key(Key.Key_M, CTRL | SHIFT)
    at = hand.pixel("Sales") + QPoint(0, 10)

    hand.drag(at, at + QPoint(30, -150))

    assert hand.place("ana") == (-220, -150)
    assert hand.place("ben") == (-120, -150)


def test_the_key_collapses_the_module_of_a_selected_person(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click("ana")

    hand.key(Key.Key_M, CTRL | SHIFT)

    assert hand.document.modules[ModuleId("Sales")].collapsed
    assert hand.selected == {"Sales"}


def empty(hand_on: Opened) -> Hand:
    """An empty module of 200 x 120 with its middle in the middle."""
    hand = hand_on(laid(org(people="ana"), {"ana": (300.0, 0.0)}), {"ana": (300.0, 0.0)})
    change, _ = edits.add_module(hand.document, "Empty", frame=Frame(x=-100, y=-60, width=200, height=120))
    hand.session.edit(verbatim("Add"), change)
    return hand


@pytest.mark.parametrize(
    ("grip", "to", "found"),
    [
        ((100.0, 0.0), (150.0, 5.0), Frame(x=-100, y=-60, width=250, height=120)),
        ((-100.0, 60.0), (-140.0, 100.0), Frame(x=-140, y=-60, width=240, height=160)),
        ((0.0, 60.0), (0.0, -300.0), Frame(x=-100, y=-60, width=200, height=60)),
    ],
)
def test_an_empty_frame_is_resized_by_its_border(
    hand_on: Opened, grip: tuple[float, float], to: tuple[float, float], found: Frame
) -> None:
    hand = empty(hand_on)
    module = next(iter(hand.document.modules))

    hand.drag(grip, to)

    assert hand.document.modules[module].frame == found
    hand.session.undo()
    assert hand.document.modules[module].frame == Frame(x=-100, y=-60, width=200, height=120)


def test_an_empty_frame_is_moved_by_its_tab_and_kept(hand_on: Opened) -> None:
    hand = empty(hand_on)
    module = next(iter(hand.document.modules))

    hand.drag(hand.tab(module), hand.tab(module) + QPoint(40, 30))

    assert hand.document.modules[module].frame == Frame(x=-60, y=-30, width=200, height=120)


def test_esc_takes_back_a_resize(hand_on: Opened) -> None:
    hand = empty(hand_on)
    before = hand.document

    hand.press((100.0, 60.0))
    hand.move((180.0, 160.0))
    hand.key(Key.Key_Escape)
    hand.release((180.0, 160.0))

    assert hand.document == before


def test_a_frame_drawn_round_whole_frames_nests_them(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.view.set_tool("module")

    hand.drag((-420.0, -150.0), (20.0, 270.0))
    hand.type("North")
    hand.key(Key.Key_Return)

    made = next(m for m in hand.document.modules.values() if m.name == "North")
    assert hand.document.modules[ModuleId("Sales")].parent == made.id
    assert modules(hand, "ana") == ("Sales",)
    assert modules(hand, "eve") == (made.id,)
    assert modules(hand, "cy") == ("Product",)


def test_a_drawn_frame_keeps_its_size_while_people_are_put_in_one_after_another(hand_on: Opened) -> None:
    hand = hand_on(
        org("ana > cy", people="eve"), {"ana": (-300.0, 0.0), "cy": (-300.0, 120.0), "eve": (-300.0, -120.0)}
    )
    hand.view.set_tool("module")
    hand.drag((-150.0, -125.0), (200.0, 125.0))
    hand.type("North")
    hand.key(Key.Key_Return)
    module = next(iter(hand.document.modules))
    before = hand.view.stage.frame(module)

    hand.drag("ana", (-60.0, -30.0))
    assert hand.view.stage.frame(module) == before
    hand.drag("eve", (140.0, 60.0))

    assert modules(hand, "ana") == modules(hand, "eve") == (module,)
    assert hand.view.stage.frame(module) == before
    found = frames(hand.document)[module]
    assert before == QRectF(found.x, found.y, found.width, found.height)

    hand.drag(hand.tab(module), hand.tab(module) + QPoint(40, 30))
    moved = hand.view.stage.frame(module)
    assert before is not None
    assert moved is not None
    assert moved.size() == before.size()
    assert moved != before


def test_an_empty_frame_drawn_in_a_frame_lies_in_that_module(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Company": "ana ben"}), {"ana": (-300.0, -150.0), "ben": (300.0, 150.0)})
    hand.view.set_tool("module")

    hand.drag((-60.0, -40.0), (100.0, 70.0))
    hand.type("Team")
    hand.key(Key.Key_Return)

    made = next(m for m in hand.document.modules.values() if m.name == "Team")
    assert made.parent == "Company"
    assert made.frame is not None


def test_copies_belong_to_the_frames_they_are_let_go_in(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click("ana")
    hand.click("eve", SHIFT)

    hand.drag("ana", hand.place("cy"), ALT)

    made = sorted(hand.selected)
    assert len(made) == 2
    assert {modules(hand, key) for key in made} == {("Product",), ()}
    assert modules(hand, "ana") == ("Sales",)
    assert hand.steps == 1


def test_a_frame_duplicated_by_key_lies_beside_itself_and_on_nobody(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click(hand.tab("Sales"))

    hand.key(Key.Key_D, CTRL)

    old = hand.document.modules.keys() & {"Sales", "Product"}
    made = next(key for key in hand.document.modules if key not in old)
    around = frames(hand.document)
    rects = {key: QRectF(f.x, f.y, f.width, f.height) for key, f in around.items()}
    assert not any(rects[made].intersects(rects[key]) for key in old)
    assert len([n for n in hand.document.nodes.values() if n.modules == (made,)]) == 2
    assert hand.steps == 1


def test_several_find_places_of_their_own_in_the_frame_that_becomes_their_home(hand_on: Opened) -> None:
    hand = two(hand_on)
    hand.click("cy")
    hand.click("eve", SHIFT)

    hand.choose("eve", "Home in", "Sales")

    assert modules(hand, "cy") == modules(hand, "eve") == ("Sales",)
    (x1, y1), (x2, y2) = hand.place("cy"), hand.place("eve")
    assert max(abs(x1 - x2), abs(y1 - y2)) > 40
    assert hand.steps == 1
