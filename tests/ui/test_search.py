"""Finding as one types, on a real canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.search import Search
from orgmap.ui.canvas.search import SearchBar
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, NONE, SHIFT, Hand, Key, laid
from tests.words import org

PLACES = {"ana": (0.0, 0.0), "anton": (200.0, 0.0), "Zoë": (5000.0, 0.0)}


def team() -> Document:
    document = laid(org("ana <> anton, ana > Zoë", modules={"Sales": "anton"}), PLACES)
    document = document.apply(edits.set_fields(document, ["Zoë"], notes="Knows Ana's numbers"))
    document = document.apply(edits.set_fields(document, ["ana"], title="Buyer", knows=("payroll",)))
    document = document.apply(edits.set_fields(document, ["Sales"], purpose="Listen to customers"))
    return document.apply(edits.set_fields(document, ["l2"], purpose="Weekly figures"))


@pytest.fixture
def hand(hand_on: Opened) -> Hand:
    opened: Hand = hand_on(team(), PLACES)
    return opened


def asked(hand: Hand, typed: str) -> SearchBar:
    hand.view.commands["find"]()
    bar = hand.view.search
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, typed)
    return bar


def press(bar: SearchBar, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(bar.field, key, held)


def test_names_titles_topics_modules_purposes_and_notes_are_searched() -> None:
    search = Search(team())

    for typed, ids in (
        ("an", {"ana", "anton", "Zoë"}),
        ("buyer", {"ana"}),
        ("PAYROLL", {"ana"}),
        ("sales", {"Sales", "anton"}),
        ("listen cust", {"Sales"}),
        ("figures", {"l2"}),
        ("zoe", {"Zoë"}),
        ("nobody", set()),
        ("", set()),
    ):
        assert set(search.found(typed)) == ids, typed


def test_those_whose_name_begins_so_come_first() -> None:
    assert Search(team()).found("ana")[0] == "ana"


def test_what_is_found_is_lit_and_counted_and_the_rest_fades(hand: Hand) -> None:
    bar = asked(hand, "an")

    lighting = hand.view.stage.lighting
    assert lighting.any_lit
    assert lighting.lit_nodes == {"ana", "anton", "Zoë"}
    assert bar.count.text() == "1 of 3"
    assert not hand.session.modified


def test_enter_goes_round_and_brings_each_into_view(hand: Hand) -> None:
    bar = asked(hand, "an")
    seen = []
    for _ in range(4):
        seen.append(bar.here)
        assert hand.view.stage.in_view(hand.view.stage.extent([str(bar.here)]))
        press(bar, Key.Key_Return)
    press(bar, Key.Key_Return, SHIFT)

    assert seen[3] == seen[0]
    assert set(seen) == {"ana", "anton", "Zoë"}
    assert bar.here == seen[0]


def test_esc_gives_light_and_keyboard_back_and_leaves_one_where_one_is(hand: Hand) -> None:
    bar = asked(hand, "zo")
    press(bar, Key.Key_Escape)

    assert bar.isHidden()
    assert not hand.view.stage.lighting.any_lit
    assert hand.view.hasFocus()
    assert hand.selected == {"Zoë"}


def test_all_that_is_found_can_be_selected_at_once(hand: Hand) -> None:
    bar = asked(hand, "an")
    press(bar, Key.Key_Return, ALT)

    assert hand.selected == {"ana", "anton", "Zoë"}
    assert bar.isHidden()


def test_nothing_found_is_said_and_fades_nothing(hand: Hand) -> None:
    bar = asked(hand, "xyzzy")
    press(bar, Key.Key_Return)

    assert bar.count.text() == "nothing found"
    assert not hand.view.stage.lighting.any_lit
    assert not bar.after.isEnabled()


def test_an_edit_meanwhile_is_followed(hand: Hand) -> None:
    bar = asked(hand, "an")

    hand.session.edit(verbatim("Delete"), edits.delete(hand.document, ["anton"]))

    assert set(bar.found) == {"ana", "Zoë"}
    assert bar.count.text() == "1 of 2"


def test_what_a_filter_hides_is_not_gone_to(hand: Hand) -> None:
    hand.view.set_selection(["ana"])
    hand.view.commands["hide_selected"]()

    bar = asked(hand, "an")

    assert set(bar.found) == {"anton", "Zoë"}


def test_hidden_names_are_not_searched(hand: Hand) -> None:
    hand.session.hide_names(True)

    bar = asked(hand, "anton")

    assert bar.found == []
    assert NodeId("anton") in hand.document.nodes
    assert ModuleId("Sales") in hand.document.modules
