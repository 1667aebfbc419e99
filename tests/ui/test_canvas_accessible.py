"""What a screen reader is given, by Qt's own interfaces; `checks/screen_reader.py` asks a real one."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleInterface

from orgmap.analysis.findings import Report
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import LinkId, NodeId
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, Hand, Key, laid, titled
from tests.ui.test_canvas_overlay import finding
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}
NAME = QAccessible.Text.Name


def interface(hand: Hand) -> QAccessibleInterface:
    """That of the canvas."""
    found = QAccessible.queryAccessibleInterface(hand.view)
    assert found is not None
    return found


def names(listed: QAccessibleInterface) -> list[str]:
    """The names of the children."""
    return [listed.child(index).text(NAME) for index in range(listed.childCount())]


def test_the_canvas_says_what_map_it_is_and_lists_nodes_and_links(hand_on: Opened) -> None:
    document = titled(org("ana > ben, ben <> cy", modules={"Sales": "ana ben"}), "Lumen Works")
    hand = hand_on(document, ROW)

    canvas = interface(hand)

    assert canvas.text(NAME) == "Map: Lumen Works, 3 people, 1 module, 2 links"
    assert [canvas.child(0).text(NAME), canvas.child(1).text(NAME)] == ["People and modules", "Links"]
    assert names(canvas.child(0)) == [
        "Sales, module, 2 people",
        "ana, person, Sales, 1 link out, 0 in",
        "ben, person, Sales, 1 link out, 2 in",
        "cy, person, 1 link out, 1 in",
    ]
    assert names(canvas.child(1)) == ["ana to ben", "ben and cy, both ways"]
    assert canvas.child(0).child(1).role() is QAccessible.Role.ListItem
    assert canvas.child(0).child(1).parent().text(NAME) == "People and modules"
    assert canvas.child(0).parent().text(NAME) == canvas.text(NAME)


def test_findings_and_missing_ways_back_are_said(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben, ben <> cy"), ROW)
    hand.session.edit(
        verbatim("Channel"), edits.set_fields(hand.document, ["l1"], channel="chat", per_week=5.0)
    )

    hand.view.set_report(Report(links={LinkId("l1"): {"open": True}}, findings=(finding("ana"),)))

    canvas = interface(hand)
    assert names(canvas.child(0))[0] == "ana, person, 1 link out, 0 in, 1 finding"
    assert names(canvas.child(1))[0] == "ana to ben, chat, 5 in a week, no way back"


def test_selection_and_focus_are_states(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    hand.key(Key.Key_Right, ALT)

    people = interface(hand).child(0)
    assert [people.child(i).state().selected for i in range(3)] == [0, 1, 0]
    assert [people.child(i).state().focused for i in range(3)] == [0, 1, 0]
    focused = interface(hand).focusChild()
    assert focused.text(NAME).startswith("ben, person")


def test_the_field_in_which_one_types_has_the_focus_and_a_name(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    hand.key(Key.Key_F2)

    assert interface(hand).focusChild().text(NAME) == "Name"


def test_items_follow_the_map(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    people = interface(hand).child(0)
    kept = people.child(0)

    hand.session.edit(verbatim("Rename"), edits.rename(hand.document, NodeId("ana"), "Ada"))
    assert kept.text(NAME).startswith("Ada, person")
    hand.session.edit(verbatim("Delete"), edits.delete(hand.document, ["ana"]))
    assert people.childCount() == 2
    assert interface(hand).child(1).childCount() == 1
    hand.session.open(laid(org("x > y"), {"x": (0.0, 0.0), "y": (100.0, 0.0)}))

    assert [name.split(",")[0] for name in names(people)] == ["x", "y"]


def test_an_item_lies_where_it_is_drawn(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    people = interface(hand).child(0)
    spot = hand.view.mapToGlobal(hand.pixel("cy"))

    assert people.child(2).rect().contains(spot)
    assert people.childAt(spot.x(), spot.y()).text(NAME).startswith("cy,")
    assert people.indexOfChild(people.child(2)) == 2


def test_the_zoom_control_is_among_the_children(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    canvas = interface(hand)
    below = [canvas.child(index) for index in range(2, canvas.childCount())]

    buttons = [name for widget in below for name in names(widget)]
    assert {"Zoom out", "Zoom in", "Show the whole map"} <= set(buttons)
    assert all(canvas.indexOfChild(widget) == index for index, widget in enumerate(below, start=2))


def test_everything_in_the_entry_bar_has_a_name_also_what_is_hidden(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)

    bar = QAccessible.queryAccessibleInterface(hand.view.entry)

    assert bar is not None
    assert [name for name in (bar.text(NAME), *names(bar)) if not name.strip()] == []
