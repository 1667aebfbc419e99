"""Whoever is shown, sought, edited or linked from can be deleted there and then (row 87 of the faults)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import problems
from tests.desk import Desk, seated
from tests.hostile import Marks, hostile
from tests.ui.conftest import Opened
from tests.ui.hand import NONE, Hand, Key, laid
from tests.ui.rounds import rounds
from tests.words import org

PLACES = {"ana": (-200.0, 0.0), "ben": (200.0, 0.0), "cy": (0.0, 150.0)}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=hostile(Marks())) as made:
        made.until_judged()
        yield made


@pytest.fixture
def hand(hand_on: Opened) -> Hand:
    return hand_on(laid(org("ana > ben", modules={"Sales": "ana"}, people="cy"), PLACES), PLACES)


def delete(hand: Hand, *ids: str) -> None:
    hand.session.edit(verbatim("x"), edits.delete(hand.session.document, ids))


def test_everybody_can_be_deleted_and_brought_back_wherever_one_looks(desk: Desk) -> None:
    session, window = desk.window.session, desk.window
    begun = session.document
    everything = [*begun.nodes, *begun.modules, *begun.links, *begun.stickies]

    places = 0
    for place in rounds(desk):
        session.edit(verbatim("x"), edits.delete(session.document, everything))
        QApplication.processEvents()
        assert not window.canvas.selection, place
        if places % 8 == 0:  # painting is what costs
            window.grab()
        session.undo()
        QApplication.processEvents()
        assert session.document == begun, place
        places += 1

    assert places > 40
    assert not window.session.modified


def test_a_link_pulled_from_somebody_who_is_deleted_ends_in_nothing(hand: Hand) -> None:
    hand.press(hand.rim("ana"))
    hand.move((0.0, 0.0))
    delete(hand, "ana")
    hand.move("cy")
    hand.release("cy")

    assert sorted(hand.names) == ["ben", "cy"]
    assert hand.lines == []


def test_a_link_pulled_to_somebody_who_is_deleted_ends_in_nobody_of_that_name(hand: Hand) -> None:
    at = hand.pixel("cy")
    hand.press(hand.rim("ana"))
    hand.move(at)
    delete(hand, "cy")
    hand.release(at)
    hand.view.naming.dismiss()

    assert "cy" not in hand.names
    assert hand.lines == ["ana > ben"]


@pytest.mark.parametrize("key", [Key.Key_L, Key.Key_F2])
def test_somebody_deleted_while_a_name_is_typed_for_them_leaves_no_field_behind(hand: Hand, key: Key) -> None:
    hand.view.set_selection(["ana"])
    hand.key(key)
    hand.type("cy")
    delete(hand, "ana")
    QApplication.processEvents()
    QTest.keyClick(hand.focus, Key.Key_Return, NONE)

    assert sorted(hand.names) == ["ben", "cy"]
    assert hand.lines == []
    assert not hand.view.naming.active


def test_somebody_deleted_while_carried_about_is_gone_and_comes_back_where_they_were(hand: Hand) -> None:
    hand.press("ana")
    hand.move((0.0, -100.0))
    delete(hand, "ana")
    hand.move((50.0, -150.0))
    hand.release((50.0, -150.0))
    gone = hand.names
    while hand.steps:
        hand.session.undo()

    assert sorted(gone) == ["ben", "cy"]
    assert hand.place("ana") == PLACES["ana"]


def test_somebody_deleted_from_what_was_found_is_not_gone_to(hand: Hand) -> None:
    hand.view.commands["find"]()
    hand.type("a")
    delete(hand, "ana")
    hand.key(Key.Key_Return)
    hand.view.grab()

    assert "ana" not in hand.selected
    assert problems(hand.document) == []
