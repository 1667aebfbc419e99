"""Questions asked in the real window, answered by the worker process beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.panels.ask_asking import Kind
from orgmap.ui.panels.ask_panel import AskPanel
from orgmap.ui.widgets.rows import RowButton
from tests.desk import Desk, seated
from tests.ui.hand import SHIFT, Hand
from tests.workshop import WORKSHOP

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=WORKSHOP) as desk:
        desk.until_judged()
        yield desk


def panel(desk: Desk) -> AskPanel:
    return desk.window.room.side.ask


def keys(desk: Desk) -> set[str]:
    """The sections of the answer in view."""
    return {part.key for part in panel(desk).sections}


def test_the_menu_of_a_person_asks_what_if_they_were_away(desk: Desk) -> None:
    before = desk.document

    Hand(desk.window.canvas).choose("Pia", "What if this were away?")
    desk.until(lambda: "after" in keys(desk))

    assert panel(desk).isVisible()
    assert panel(desk).sections[0].lines[1] == "36 ways between colleagues are lost and 37 get longer."
    assert desk.document is before


def test_two_people_clicked_and_a_key_light_the_way_and_escape_lets_it_go(desk: Desk) -> None:
    desk.click_person("Dov")
    desk.click_person("Tove", SHIFT)

    desk.window.room.canvas.setFocus()
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.window.canvas.stage.lit is not None)

    lighting = desk.window.canvas.stage.lighting
    assert lighting.lit_nodes == {"Dov", "Ana", "Pia", "Tove"}
    assert desk.window.canvas.overlay.showing.text().startswith("Showing: the way from Dov to Tove")
    desk.window.canvas.setFocus()
    for _ in range(2):  # the selection, then the light
        desk.key(Qt.Key.Key_Escape)
    assert desk.window.canvas.stage.lit is None
    assert not panel(desk).light.isChecked()


def test_a_finding_and_a_way_take_the_light_from_one_another(desk: Desk) -> None:
    side = desk.window.room.side
    side.setCurrentWidget(side.findings)
    side.findings.cards[0].click()
    finding = side.findings.chosen
    assert finding is not None

    desk.window.canvas.set_selection(["Dov"])
    desk.window.canvas.set_selection(["Dov", "Tove"])
    desk.window.room.commands["route"]()
    desk.until(lambda: desk.window.canvas.stage.lighting.lit_nodes == {"Dov", "Ana", "Pia", "Tove"})

    assert [card for card in side.findings.cards if card.chosen] == []
    side.show_finding(finding)
    assert desk.window.canvas.lit == finding
    assert not panel(desk).light.isChecked()


def test_an_edit_is_followed_while_the_tab_is_in_view(desk: Desk) -> None:
    desk.window.canvas.set_selection(["Dov"])
    desk.window.room.commands["where_fits"]()
    desk.until(lambda: "talk" in keys(desk))
    talk = next(part for part in panel(desk).sections if part.key == "talk")
    assert talk.lines[0] == "Hears from 2 people, is heard by 1."

    change, _ = edits.add_link(desk.document, NodeId("Dov"), NodeId("Tove"))
    desk.window.session.edit(verbatim("x"), change)

    def heard() -> str:
        return next(part for part in panel(desk).sections if part.key == "talk").lines[0]

    desk.until(lambda: heard().endswith("is heard by 2."))


def test_the_tab_follows_the_selection_and_asks_only_when_it_is_seen(desk: Desk) -> None:
    desk.click_person("Dov")
    assert panel(desk).sections == ()

    side = desk.window.room.side
    QTest.mouseClick(side.tabBar(), LEFT, pos=side.tabBar().tabRect(2).center())
    desk.until(lambda: "talk" in keys(desk))
    desk.click_person("Pia")
    desk.until(
        lambda: panel(desk).head.choice.buttons[Kind.FIT].words == "Where does Pia fit?" and keys(desk)
    )

    assert side.tabText(2) == "Ask"


def test_a_row_of_the_answer_selects_on_the_map_and_leaves_the_question(desk: Desk) -> None:
    desk.click_person("Dov")
    desk.window.room.commands["where_fits"]()
    desk.until(lambda: "talk" in keys(desk))

    row = next(r for r in panel(desk).findChildren(RowButton) if r.isVisible() and r.words == "Ana")
    QTest.mouseClick(row, LEFT)

    assert desk.window.canvas.selection == {"Ana"}
    assert panel(desk).head.choice.buttons[Kind.FIT].words == "Where does Dov fit?"


def test_hidden_names_are_hidden_in_the_tab_at_once(desk: Desk) -> None:
    desk.click_person("Dov")
    desk.window.room.commands["what_if_away"]()
    desk.until(lambda: "claim" in keys(desk))

    desk.window.session.hide_names(True)

    assert panel(desk).head.choice.buttons[Kind.AWAY].words == "What if Person 4 were away?"
    assert "Dov" not in panel(desk).sections[0].lines[0]
