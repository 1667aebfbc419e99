"""Focus, the module picture, kinds of lines, hidden names and hidden evidence on the canvas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Finding, Weight
from orgmap.drawing.looks import PLAIN
from orgmap.model.entities import NodeId
from orgmap.ui.sieve import Facet
from tests.ui.conftest import Opened
from tests.ui.hand import SHIFT, Key, titled
from tests.ui.sights import NOTHING, ROW, four, press, said, seen


def test_a_digit_looks_so_many_steps_round_the_selected_and_0_at_everybody(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.click("ana")

    hand.key(Key.Key_2)
    assert hand.view.stage.looks.faded == {"dov"}
    assert said(hand) == ["2 steps round ana"]
    hand.key(Key.Key_1)
    assert hand.view.stage.looks.faded == {"cy", "dov"}
    assert said(hand) == ["1 step round ana"]
    hand.click("dov")
    assert said(hand) == ["1 step round ana"]
    hand.key(Key.Key_0)

    assert said(hand) == []
    assert hand.view.stage.looks == PLAIN


def test_the_chip_of_the_focus_widens_narrows_hides_the_rest_and_goes(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.click("ana")
    hand.key(Key.Key_1)
    focus = hand.view.overlay.reasons.focus

    press(focus.more)
    assert focus.whom.text() == "2 steps round ana"
    press(focus.rest)
    assert hand.view.stage.looks.hidden == {"dov"}
    press(focus.fewer)
    assert hand.view.stage.looks.hidden == {"cy", "dov", "Product"}
    assert not focus.fewer.isEnabled()
    press(focus.away)

    assert focus.isHidden()
    assert hand.view.stage.looks == PLAIN


def test_esc_leaves_the_focus_after_the_selection(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.click("ana")
    hand.key(Key.Key_2)
    escaped: list[bool] = []
    hand.view.escaped.connect(lambda: escaped.append(True))

    hand.key(Key.Key_Escape)
    assert (hand.selected, said(hand)) == (set(), ["2 steps round ana"])
    hand.key(Key.Key_Escape)
    assert said(hand) == []
    assert escaped == []
    hand.key(Key.Key_Escape)

    assert escaped == [True]


def test_a_focus_is_told_to_those_who_do_not_see_it(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    told: list[str] = []
    hand.view.shown.told.connect(lambda words: told.append(str(words)))
    hand.click("ana")

    hand.key(Key.Key_2)
    hand.key(Key.Key_0)

    assert told == ["Focus: 2 steps round ana, 3 people", "Focus: everybody"]


def test_the_module_picture_goes_and_comes_with_every_place_and_the_view_as_before(
    hand_on: Opened, qtbot: QtBot
) -> None:
    hand = hand_on(four(), ROW)
    document, camera = hand.document, hand.view.camera
    qtbot.waitUntil(lambda: not hand.view.moving)
    before = hand.view.grab().toImage()

    hand.key(Key.Key_M, SHIFT)
    assert said(hand) == ["Modules only (4 people inside) ×"]
    assert seen(hand) & {*document.nodes, *document.modules} == {"Sales", "Product"}
    hand.key(Key.Key_M, SHIFT)

    assert hand.document is document
    assert hand.view.camera == camera
    assert said(hand) == []
    qtbot.waitUntil(lambda: not hand.view.fading.under_way and not hand.view.moving)
    assert hand.view.grab().toImage() == before


def test_modules_are_edited_in_the_module_picture(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.key(Key.Key_M, SHIFT)

    hand.drag("Sales", (-200.0, 150.0))

    assert hand.place("ana")[1] > 100
    assert hand.place("ben")[1] == hand.place("ana")[1]
    assert hand.place("cy") == (100, 0)


@pytest.mark.parametrize(
    ("how", "words"), [("faded", "Faded: talk (3 links) ×"), ("hidden", "Hidden: talk (3 links) ×")]
)
def test_talk_is_drawn_pale_or_not_at_all(hand_on: Opened, how: str, words: str) -> None:
    hand = hand_on(four(), ROW)

    hand.view.commands[f"talk_{how}"]()

    assert said(hand) == [words]
    assert hand.view.shown.ticked[f"talk_{how}"]
    assert ("l1" in seen(hand)) == (how == "faded")
    hand.view.commands["talk_full"]()
    assert said(hand) == []


def test_hidden_names_are_nowhere_on_the_canvas(hand_on: Opened) -> None:
    hand = hand_on(titled(four(), "Merger"), ROW)
    view = hand.view
    view.shown.set(replace(view.shown.showing, picked=frozenset({"dov"})))
    view.commands["filter"]()

    view.commands["hide_names"]()

    words = [view.stage.words.tooltip(key) + view.stage.words.of(key) for key in seen(hand)]
    words += [str(QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name))]
    words += [widget.accessibleName() for widget in view.findChildren(QWidget)]
    words += [button.text() for button in view.findChildren(QPushButton)]
    assert not any(name in said for said in words for name in ("ana", "ben", "dov", "Sales", "Merger"))
    assert any("Person 1" in said for said in words)
    assert said(hand)[1] == "Names hidden ×"


def test_names_are_not_changed_while_they_are_hidden_and_it_is_said_why(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    refused: list[str] = []
    hand.view.stage.refused.connect(lambda why: refused.append(str(why)))
    hand.click("ana")
    hand.key(Key.Key_H)

    hand.key(Key.Key_F2)

    assert not hand.view.naming.active
    assert refused == ["Names are hidden. Show them before you change one."]


def finding(*people: str) -> Finding:
    """A finding about people."""
    return Finding(
        code="broadcast-only", weight=Weight.ACT, severity=0.5, claim=NOTHING, because=NOTHING,
        question=NOTHING, people=tuple(map(NodeId, people)), lit_nodes=tuple(map(NodeId, people)),
    )  # fmt: skip


def test_evidence_that_is_hidden_is_shown_while_it_is_lit_and_said_to_be(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))
    assert "ana" not in seen(hand)

    hand.view.light(finding("ana", "dov"))
    assert "ana" in seen(hand)
    assert said(hand)[0].endswith(", 1 hidden otherwise ×")
    hand.view.light(None)

    assert "ana" not in seen(hand)


def test_what_is_selected_elsewhere_and_hidden_is_offered(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.view.shown.set(hand.view.shown.showing.filtered(Facet.LEVEL, ["1"]))

    hand.view.set_selection(["ana"])
    assert said(hand)[0] == "What is selected is hidden. Show it"
    press(hand.view.overlay.elsewhere)

    assert "ana" in seen(hand)
    assert hand.selected == {"ana"}
    assert said(hand) == ["Hidden: level 1 (1 person) ×", "Shown all the same: ana ×"]


def test_evidence_inside_the_modules_of_the_module_picture_is_offered(hand_on: Opened) -> None:
    hand = hand_on(four(), ROW)
    hand.key(Key.Key_M, SHIFT)

    hand.view.light(finding("ana"))
    assert "The evidence is inside the modules. Show it" in said(hand)
    press(hand.view.overlay.elsewhere)

    assert not hand.view.stage.looks.modules_only
    assert "ana" in seen(hand)
    assert hand.view.lit is not None
