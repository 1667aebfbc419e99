"""The one-line entry by hand: keys, completion, questions, wrong lines, pasted lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from orgmap.model.document import Document
from orgmap.model.entities import NodeId, StickyId, StickyNote
from orgmap.model.frames import node_box
from orgmap.ui.canvas.entry_bar import EntryBar
from orgmap.ui.canvas.entry_field import EntryField
from tests.ui.conftest import Opened
from tests.ui.hand import CTRL, LEFT, SHIFT, Hand, Key
from tests.words import org

TWO = {"Anna": (-150.0, 0.0), "Ben": (150.0, 0.0)}


@pytest.fixture(autouse=True)
def _clean_clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def opened(hand_on: Opened, document: Document | None = None) -> Hand:
    """A hand in the field, on a map of Anna and Ben."""
    hand = hand_on(document or org(people="Anna Ben"), TWO)
    bar_of(hand).open()
    assert field_of(hand).hasFocus()
    return hand


def bar_of(hand: Hand) -> EntryBar:
    return hand.view.entry


def field_of(hand: Hand) -> EntryField:
    return hand.view.entry.field


def enter(hand: Hand, line: str) -> None:
    hand.type(line)
    hand.key(Key.Key_Return)


def paste(hand: Hand, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    hand.key(Key.Key_V, CTRL)


def test_it_is_seen_on_an_empty_map_and_escape_gives_the_keyboard_back(hand_on: Opened) -> None:
    hand = hand_on()
    assert bar_of(hand).isVisible()

    bar_of(hand).open()
    hand.type("Ana > ")
    hand.key(Key.Key_Escape)

    assert hand.view.hasFocus()
    assert field_of(hand).text() == "Ana > "  # what is not finished is not lost
    assert hand.names == []


def test_enter_does_the_line_says_so_and_waits_for_the_next(hand_on: Opened) -> None:
    hand = opened(hand_on)

    enter(hand, "Anna = Ben: chat")

    assert hand.lines == ["Anna <> Ben"]
    assert hand.steps == 1
    assert field_of(hand).hasFocus()
    assert field_of(hand).text() == ""
    assert bar_of(hand).words.text() == "Linked Anna and Ben, both ways"
    assert str(hand.session.history.undo_label) == "Type: Anna = Ben: chat"


def test_it_says_what_enter_will_do(hand_on: Opened, qtbot: QtBot) -> None:
    hand = opened(hand_on)

    hand.type("Anna > Zora, Yves @Lab")

    qtbot.waitUntil(lambda: bar_of(hand).words.text() == "Adds 2 people, 1 module and 2 links")
    assert hand.steps == 0


def test_tab_or_right_takes_the_name_that_stands_pale(hand_on: Opened) -> None:
    hand = opened(hand_on)

    hand.type("a")
    assert field_of(hand).ghost == "nna"
    hand.key(Key.Key_Tab)
    hand.type("=B")
    hand.key(Key.Key_Right)

    assert field_of(hand).text() == "Anna=Ben"


def test_up_and_down_choose_in_the_list_and_enter_takes_what_is_chosen(hand_on: Opened) -> None:
    hand = opened(hand_on, org(people="Anna Ben", modules={"Bakery": "Bea Bob"}))

    hand.type("Anna > B")
    assert bar_of(hand).options.count() == 4
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Return)
    chosen = field_of(hand).text()
    hand.key(Key.Key_Return)

    assert chosen.startswith("Anna > B")
    assert len(hand.lines) == 1
    assert hand.steps == 1


def test_tab_leaves_where_there_is_nothing_to_complete(hand_on: Opened) -> None:
    hand = opened(hand_on)

    hand.key(Key.Key_Tab)

    assert not field_of(hand).hasFocus()


def test_a_wrong_line_stays_with_the_place_marked_and_changes_nothing(hand_on: Opened) -> None:
    hand = opened(hand_on)

    enter(hand, "Anna > Ben: emial")

    assert field_of(hand).text() == "Anna > Ben: emial"
    assert field_of(hand).wrong == (12, 17)
    assert "Did you mean mail?" in bar_of(hand).words.text()
    assert field_of(hand).accessibleDescription() == bar_of(hand).words.text()
    assert hand.steps == 0

    hand.key(Key.Key_Backspace)
    assert field_of(hand).wrong is None


def test_enter_takes_whom_one_meant_and_shift_enter_somebody_new(hand_on: Opened) -> None:
    hand = opened(hand_on)

    enter(hand, "Ana > Ben")
    assert bar_of(hand).words.text() == "Did you mean Anna?"
    hand.key(Key.Key_Return)
    assert hand.lines == ["Anna > Ben"]

    enter(hand, "Ana > Ben")
    assert bar_of(hand).words.text() == "Did you mean Anna?"
    hand.key(Key.Key_Return, SHIFT)
    assert hand.lines == ["Anna > Ben", "Ana > Ben"]
    assert hand.names == ["Anna", "Ben", "Ana"]


def test_names_without_a_comma_are_several_people_by_enter_and_one_by_shift_enter(hand_on: Opened) -> None:
    hand = opened(hand_on)
    enter(hand, "Cleo, Dov")

    enter(hand, "Cleo > Anna Dov")
    assert bar_of(hand).words.text() == "Did you mean Anna, Dov?"
    hand.key(Key.Key_Return)
    assert sorted(hand.lines) == ["Cleo > Anna", "Cleo > Dov"]
    assert field_of(hand).text() == ""

    enter(hand, "Anna-Dov")
    assert bar_of(hand).words.text() == "Did you mean Anna = Dov?"
    hand.key(Key.Key_Return, SHIFT)
    assert "Anna-Dov" in hand.names


def test_the_question_can_be_answered_by_its_buttons_and_put_off_by_escape(hand_on: Opened) -> None:
    hand = opened(hand_on)

    enter(hand, "Ana > Ben")
    hand.key(Key.Key_Escape)
    assert field_of(hand).hasFocus()
    assert hand.steps == 0
    hand.key(Key.Key_Return)
    QTest.mouseClick(bar_of(hand).no, LEFT)

    assert hand.names == ["Anna", "Ben", "Ana"]
    assert field_of(hand).hasFocus()


def test_up_brings_back_what_was_typed_but_never_over_a_line_of_ones_own(hand_on: Opened) -> None:
    hand = opened(hand_on)
    enter(hand, "Anna > Ben")
    enter(hand, "Zora")

    hand.key(Key.Key_Up)
    first = field_of(hand).text()
    hand.key(Key.Key_Up)
    second = field_of(hand).text()
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Down)
    empty = field_of(hand).text()
    hand.type("Q")
    hand.key(Key.Key_Up)

    assert (first, second, empty, field_of(hand).text()) == ("Zora", "Anna > Ben", "", "Q")


def test_several_pasted_lines_are_one_step_and_the_wrong_ones_stay_one_by_one(hand_on: Opened) -> None:
    hand = opened(hand_on)
    before = hand.document

    paste(hand, "# two of these are wrong\nAnna > Ben\n\nAnna > \r\nBen > Cy: emial\n- Cy, Dov @Lab\n")

    assert hand.lines == ["Anna > Ben"]
    assert hand.names == ["Anna", "Ben", "Cy", "Dov"]
    assert hand.steps == 1
    assert field_of(hand).text() == "Anna > "
    assert "1 more line was not understood" in bar_of(hand).words.text()

    hand.type("Cy")
    hand.key(Key.Key_Return)
    assert field_of(hand).text() == "Ben > Cy: emial"
    hand.key(Key.Key_A, CTRL)
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Return)
    assert field_of(hand).text() == ""
    assert hand.lines == ["Anna > Ben", "Anna > Cy"]

    hand.session.travel(-hand.steps)
    assert hand.document == before


def test_what_is_wrong_with_a_pasted_line_stays_said_and_marked(hand_on: Opened, qtbot: QtBot) -> None:
    hand = opened(hand_on)
    hand.type("An")  # the preview of what is typed is still to come

    hand.key(Key.Key_A, CTRL)
    paste(hand, "Anna > Ben\nBen > > Cy\n")

    assert field_of(hand).wrong is not None
    qtbot.waitUntil(lambda: not bar_of(hand).thinking)
    assert bar_of(hand).words.text() == "A name is missing here."


def test_the_line_stays_in_its_place_while_the_legend_grows(hand_on: Opened) -> None:
    hand = opened(hand_on, Document())

    places = []
    for line in ("Anna @Sales", "Anna > Ben: chat daily", "Cy, Dov @Lab", "Cy > Ben: mail", "Cy <> Dov"):
        hand.type(line)
        places.append(field_of(hand).mapTo(hand.view, field_of(hand).rect().topLeft()))
        hand.key(Key.Key_Return)
        legend = hand.view.overlay.legend.geometry()

        assert not legend.intersects(bar_of(hand).geometry())
        assert all(not legend.contains(hand.pixel(key)) for key in hand.document.nodes)
        assert all(hand.pixel(key).y() < bar_of(hand).y() for key in hand.document.nodes)

    assert len(set(places)) == 1


def test_another_map_begins_with_an_empty_line(hand_on: Opened) -> None:
    hand = opened(hand_on)
    enter(hand, "Anna > ")
    assert field_of(hand).wrong is not None

    hand.session.open(Document())

    assert field_of(hand).text() == ""
    assert field_of(hand).wrong is None
    assert bar_of(hand).words.text() == ""


def test_hidden_names_stand_in_no_line_typed_before_and_come_back_by_no_key(hand_on: Opened) -> None:
    hand = opened(hand_on)
    enter(hand, "Anna > Ben")
    hand.type("B")
    hand.session.hide_names(True)
    field, words = field_of(hand), bar_of(hand).words.text()
    left = [field.text(), field.ghost, words, field.accessibleDescription()]
    hand.key(Key.Key_Up)
    left.append(field.text())
    hand.type("x")
    for _ in range(3):
        field.undo()

    assert left == [""] * 5
    assert field.text() == ""
    assert not bar_of(hand).options.isVisible()


def test_whoever_is_typed_by_a_hidden_name_is_meant_and_not_made_again(hand_on: Opened) -> None:
    hand = opened(hand_on, org("Anna <> Cy", people="Ben", modules={"Sales": "Anna Cy"}))
    hand.session.hide_names(True)

    enter(hand, "Anna > Ben @Sales")
    told = bar_of(hand).words.text()
    hand.type("An > C")

    assert sorted(hand.names) == ["Anna", "Ben", "Cy"]
    assert len(hand.document.modules) == 1
    assert hand.lines == ["Anna <> Cy", "Anna > Ben"]
    assert not {"Anna", "Ben", "Cy"} & set(told.replace(",", " ").split())
    assert field_of(hand).ghost == ""


def test_one_pasted_line_with_a_line_break_behind_it_is_one_line(hand_on: Opened) -> None:
    hand = opened(hand_on)

    paste(hand, "Anna > Ben\n")

    assert field_of(hand).text() == "Anna > Ben"
    assert hand.steps == 0


def test_no_key_of_the_field_reaches_the_map(hand_on: Opened) -> None:
    hand = opened(hand_on)
    hand.view.set_selection(["Anna"])
    before = hand.document

    hand.type("nmlrbpfh1")
    for key in (Key.Key_Left, Key.Key_Down, Key.Key_Backspace, Key.Key_Delete, Key.Key_Home):
        hand.key(key)

    assert hand.document == before
    assert field_of(hand).hasFocus()


def test_the_card_says_what_can_be_typed_and_goes_by_escape(hand_on: Opened) -> None:
    hand = opened(hand_on)

    QTest.mouseClick(bar_of(hand).helper, LEFT)
    assert bar_of(hand).help.isVisible()
    assert field_of(hand).hasFocus()
    assert not bar_of(hand).help.geometry().intersects(bar_of(hand).geometry())
    hand.key(Key.Key_Escape)

    assert not bar_of(hand).help.isVisible()
    assert field_of(hand).hasFocus()


def test_names_complete_after_every_edit_and_undo(hand_on: Opened) -> None:
    hand = opened(hand_on)

    enter(hand, "Zora > Anna")
    hand.type("Zo")
    known = field_of(hand).ghost
    field_of(hand).clear()
    hand.session.undo()
    hand.type("Zo")

    assert known == "ra"
    assert field_of(hand).ghost == ""
    hand.type("ra > Ben")
    hand.key(Key.Key_Return)
    assert hand.lines == ["Zora > Ben"]


def boxes(document: Document) -> dict[NodeId, QRectF]:
    found = {}
    for node in document.nodes.values():
        assert node.x is not None
        assert node.y is not None
        left, top, right, bottom = node_box(node)
        found[node.id] = QRectF(node.x + left, node.y + top, right - left, bottom - top)
    return found


def test_newcomers_lie_on_nobody_on_no_note_in_no_strange_frame_and_move_nobody(hand_on: Opened) -> None:
    document = org("Anna <> Ben", modules={"Lab": "Cy Dov"}, people="Anna Ben")
    document = Document(
        nodes=document.nodes, modules=document.modules, links=document.links, serial=document.serial,
        stickies={StickyId("s1"): StickyNote(id=StickyId("s1"), text="note", x=-60.0, y=20.0)},
    )  # fmt: skip
    hand = hand_on(document, {**TWO, "Cy": (-100.0, 300.0), "Dov": (100.0, 300.0)})
    before = {key: hand.place(key) for key in ("Anna", "Ben", "Cy", "Dov")}
    bar_of(hand).open()

    for line in ("Emil > Anna, Ben", "Fee = Cy", "Gus @Lab", "Hans", "Iris, Jo, Kurt @Shop", "@Spare"):
        enter(hand, line)
    enter(hand, "Lea = Iris, Cy")

    now = hand.document
    placed = list(boxes(now).items())
    note = QRectF(-60.0, 20.0, 180.0, 120.0)
    assert {key: hand.place(key) for key in before} == before
    for at, (key, box) in enumerate(placed):
        assert not any(box.intersects(other) for _, other in placed[at + 1 :]), now.nodes[key].name
        if key not in before:
            assert not box.intersects(note), now.nodes[key].name
    frames = {now.modules[key].name: rect for key, rect in hand.view.stage.frames().items()}
    assert frames.keys() == {"Lab", "Shop", "Spare"}
    for name, rect in frames.items():
        assert not any(rect.intersects(other) for other_name, other in frames.items() if other_name != name)
        strangers = [
            now.nodes[key].name for key, box in placed
            if name not in [now.modules[m].name for m in now.nodes[key].modules] and rect.intersects(box)
        ]  # fmt: skip
        assert strangers == []


def test_newcomers_are_brought_into_view(hand_on: Opened) -> None:
    hand = opened(hand_on)

    for number in range(12):
        enter(hand, f"Guest{number * 7} @Team{number % 5}")
        (new,) = (n.id for n in hand.document.nodes.values() if n.name == f"Guest{number * 7}")
        assert hand.view.camera.seen.contains(hand.view.stage.extent([new]))


def test_people_who_come_together_are_untangled_by_their_lines(hand_on: Opened) -> None:
    hand = hand_on()
    bar_of(hand).open()

    enter(hand, "Hub = Ada, Bob, Cyd, Dee, Eva")

    (hub, *others) = (hand.place(node) for node in hand.document.nodes)
    assert all(90 <= ((x - hub[0]) ** 2 + (y - hub[1]) ** 2) ** 0.5 <= 260 for x, y in others)
    sides = {(x > hub[0], y > hub[1]) for x, y in others}
    assert len(sides) >= 3
