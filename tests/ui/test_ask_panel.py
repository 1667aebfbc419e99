"""The tab "Ask" under real clicks and keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.catalogue import named
from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import Away, AwayFindings, Fit, RouteTo, answer
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.panels.ask_asking import Kind
from tests.ui.asked import Shown
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.ui.reports import finding, report
from tests.words import org
from tests.workshop import WORKSHOP

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.clipboard().clear()


def test_one_person_selected_is_asked_where_they_fit(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    shown.select("Pia")

    assert shown.heard == [Fit(NodeId("Pia"))]
    assert shown.panel.head.choice.buttons[Kind.FIT].words == "Where does Pia fit?"
    assert "Hears from 6 people, is heard by 6." in shown.words
    assert {"Ana", "Farah", "Tove"} <= shown.rows.keys()


def test_two_people_selected_ask_for_the_way_from_the_first(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    shown.select("Tove")
    shown.select("Dov", "Tove")

    assert shown.heard[-1] == RouteTo(NodeId("Tove"), NodeId("Dov"))
    assert shown.panel.head.choice.buttons[Kind.ROUTE].words == "How does Tove reach Dov?"
    there = next(part for part in shown.panel.sections if part.key == "there")
    assert [row.words for row in there.items] == ["Pia", "Ana", "Dov"]


def test_a_module_or_a_line_selected_asks_what_if_it_were_away(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    shown.select("Factory")
    shown.select("l35")

    assert Away(frozenset({"Factory"})) in shown.heard
    assert shown.heard[-2:] == [Away(frozenset({"l35"})), AwayFindings(frozenset({"l35"}))]
    assert shown.panel.head.choice.buttons[Kind.AWAY].words == "What if the line Ana ↔ Pia were away?"
    assert shown.panel.head.gone.line.text() == "Ana ↔ Pia"


def test_the_three_questions_are_chosen_by_click_and_by_arrow(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.press(Kind.AWAY)

    assert "Without Pia, Factory loses its last two-way line to Product and Sales." in shown.words
    QTest.keyClick(shown.panel.head.choice.buttons[Kind.AWAY], Key.Key_Up)
    QTest.keyClick(shown.panel.head.choice.buttons[Kind.ROUTE], Key.Key_Up)
    assert shown.panel.head.choice.buttons[Kind.FIT].hasFocus()
    assert shown.heard[-1] == Fit(NodeId("Pia"))


def test_names_are_typed_and_completed(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.press(Kind.ROUTE)

    shown.enter(shown.panel.head.who, "dov")
    shown.enter(shown.panel.head.goal, "tov")

    assert shown.heard == [RouteTo(NodeId("Dov"), NodeId("Tove"))]
    assert (shown.panel.head.who.line.text(), shown.panel.head.goal.line.text()) == ("Dov", "Tove")


def test_a_name_is_taken_from_the_list_by_arrow_and_enter(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    shown.type(shown.panel.head.who, "ra")
    assert shown.panel.head.who.line.popup_open
    QTest.keyClick(shown.panel.head.who.line.popup, Key.Key_Down)
    QTest.keyClick(shown.panel.head.who.line.popup, Key.Key_Return)

    assert shown.heard == [Fit(NodeId("Farah"))]
    assert shown.panel.head.who.line.text() == "Farah"


def test_a_name_nobody_has_is_said_and_escape_brings_back_the_one_before(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.enter(shown.panel.head.who, "zoe")

    assert shown.panel.head.who.problem == "Nobody and nothing here is called zoe."
    assert shown.heard == [Fit(NodeId("Pia"))]
    QTest.keyClick(shown.panel.head.who.line, Key.Key_Escape)
    assert (shown.panel.head.who.line.text(), shown.panel.head.who.problem) == ("Pia", "")


def test_the_other_questions_are_about_whom_they_name(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.enter(shown.panel.head.who, "dov")
    shown.press(Kind.AWAY)

    assert shown.panel.head.choice.buttons[Kind.AWAY].words == "What if Dov were away?"
    assert Away(frozenset({"Dov"})) in shown.heard


def test_several_may_be_away_together(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.press(Kind.AWAY)

    shown.enter(shown.panel.head.gone, "pia, farah")

    assert shown.heard[0] == Away(frozenset({"Pia", "Farah"}))
    assert shown.panel.head.choice.buttons[Kind.AWAY].words == "What if Farah and Pia were away?"


def test_a_topic_may_be_asked_for(qtbot: QtBot) -> None:
    nodes = dict(WORKSHOP.nodes)
    nodes[NodeId("Tove")] = replace(nodes[NodeId("Tove")], knows=("tax",))
    shown = Shown(qtbot, replace(WORKSHOP, nodes=nodes))
    shown.select("Dov")
    shown.press(Kind.ROUTE)

    shown.enter(shown.panel.head.goal, "about tax")

    assert shown.heard[-1] == RouteTo(NodeId("Dov"), None, "tax")
    assert shown.panel.head.choice.buttons[Kind.ROUTE].words == "How does Dov find out about tax?"
    assert "Ask Ana first: it takes 3 steps to Tove." in shown.words


def test_what_is_missing_is_asked_for(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    assert "Select somebody on the map, or type a name." in shown.words
    shown.select("Dov")
    shown.panel.ask(Kind.ROUTE)

    assert "Say to whom: a person, a module or a topic. Or select two people on the map." in shown.words
    assert shown.panel.head.goal.line.hasFocus()
    assert shown.rows == {}


def test_a_row_selects_what_it_names_and_the_question_stays(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")
    before = shown.panel.asking

    QTest.mouseClick(shown.rows["Farah"], LEFT)

    assert shown.selected == [frozenset({"Farah"})]
    assert shown.panel.asking == before


def test_a_step_of_the_way_selects_the_person_and_the_line(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    QTest.keyClick(shown.rows["Pia"], Key.Key_Space)

    assert shown.selected == [frozenset({"Pia", "l35"})]


def test_the_way_is_lit_while_it_is_in_view(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    light = shown.light

    assert light is not None
    assert str(light.what) == "the way from Dov to Tove"
    assert light.lighting.lit_nodes == {"Dov", "Ana", "Pia", "Tove"}
    for _ in range(2):
        QTest.mouseClick(shown.panel.light, LEFT)
    shown.panel.hide()
    assert shown.lit == [light, None, light, None]


def test_who_is_away_is_lit_as_a_gap_with_rings_on_those_cut_off(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.press(Kind.AWAY)

    light = shown.light
    assert light is not None
    assert str(light.what) == "the map without Pia"
    assert light.lighting.away == {"Pia", "l17", "l18", "l19", "l20", "l23", "l35"}
    assert light.lighting.subjects == {"Sven", "Tove", "Quentin", "Rosa"}
    shown.press(Kind.FIT)
    assert shown.lit[-1:] == [None]


def test_tab_goes_through_the_answer_from_top_to_bottom(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")
    shown.panel.head.who.line.setFocus()
    passed: list[str] = []

    for _ in range(10):
        QTest.keyClick(QApplication.focusWidget() or shown.panel, Key.Key_Tab)
        at = QApplication.focusWidget()
        passed.append(at.accessibleName() if at is not None else "")

    assert passed == [
        "To whom, or about what", "Best is: Fewest steps", "Turn round", "Keep this question",
        "Ana, talks", "Pia, mail", "Tove, talks", "Show on the map", "Copy as text", passed[-1],
    ]  # fmt: skip


def test_the_way_is_turned_round_and_weighed_by_waiting(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    QTest.mouseClick(shown.panel.head.turn, LEFT)
    QTest.mouseClick(shown.panel.head.measure.buttons[1], LEFT)

    assert shown.heard[-2:] == [
        RouteTo(NodeId("Tove"), NodeId("Dov")),
        RouteTo(NodeId("Tove"), NodeId("Dov"), waiting=True),
    ]


def test_nothing_is_asked_while_nobody_looks(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.panel.hide()

    shown.select("Pia")

    assert shown.heard == []
    shown.panel.show()
    assert shown.heard == [Fit(NodeId("Pia"))]


def test_after_an_edit_it_is_asked_again_and_what_is_the_same_stays(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")
    row = shown.rows["Ana"]

    document = shown.session.document
    shown.session.edit(verbatim("x"), edits.set_fields(document, ["Ben"], newcomer=True))
    shown.panel.ask_again()

    assert shown.heard == [Fit(NodeId("Dov"))] + [RouteTo(NodeId("Dov"), NodeId("Tove"))] * 2
    assert shown.rows["Ana"] is row


def test_a_move_is_no_reason_to_ask_again(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.session.edit(verbatim("x"), edits.move(shown.session.document, {NodeId("Pia"): (5.0, 5.0)}))
    shown.panel.ask_again()

    assert len(shown.heard) == 1


def test_who_is_deleted_is_not_asked_about(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.session.edit(verbatim("x"), edits.delete(shown.session.document, ["Pia"]))

    assert shown.panel.asking.question is None
    assert "Select somebody on the map, or type a name." in shown.words
    assert shown.rows == {}


def test_an_answer_to_what_nobody_asks_any_more_is_let_go(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.silent = True
    shown.select("Pia")
    shown.select("Dov")

    shown.panel.show_answer(Fit(NodeId("Pia")), answer(Fit(NodeId("Pia")), Maps(WORKSHOP)))

    assert "Looking…" in shown.words
    assert shown.panel.sections == ()


def test_a_question_that_is_kept_stays_whatever_is_selected(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.panel.keep.setFocus()
    QTest.keyClick(shown.panel.keep, Key.Key_Space)
    shown.select("Dov")

    assert shown.heard == [Fit(NodeId("Pia"))]
    QTest.keyClick(shown.panel.keep, Key.Key_Space)
    shown.select("Ana")
    assert shown.heard[-1] == Fit(NodeId("Ana"))


def test_hidden_names_are_hidden_here_too(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Pia")

    shown.session.hide_names(True)
    shown.panel.rename()

    said = " ".join([*shown.words, *shown.rows, *(b.words for b in shown.panel.head.choice.buttons.values())])
    assert [name for name in WORKSHOP.nodes if f" {name} " in f" {said} "] == []
    assert shown.panel.head.who.line.text() == "Person 16"


def test_the_findings_about_the_person_lead_to_their_cards(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    asked: list[object] = []
    shown.panel.finding_asked.connect(asked.append)
    about, other = finding("Pia"), finding("Goran")
    shown.panel.show_report(report([about, other]))

    shown.select("Pia")
    QTest.mouseClick(shown.rows[str(named(about.code))], LEFT)

    assert asked == [about]


def test_the_answer_is_copied_as_text(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    QTest.mouseClick(shown.panel.copy, LEFT)

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("How does Dov reach Tove?\n\nAsk Ana first: it takes 3 steps to Tove.\n")
    assert "There\n- Ana: talks\n- Pia: mail\n- Tove: talks\n" in copied


def test_another_map_begins_anew(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    shown.session.open(org("a <> b"))

    assert shown.panel.asking.question is None
    assert shown.rows == {}


@pytest.mark.parametrize("width", [392, 280])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("ids", [("Pia",), ("Dov", "Tove"), ("Factory",), ("l35",)])
def test_nothing_is_cut_off(
    qtbot: QtBot, qapp: QApplication, ids: Collection[str], scale: float, width: int
) -> None:
    with dressed(qapp, "light", scale):
        shown = Shown(qtbot, width=round(width * scale * 0.8) if scale > 1 else width)

        shown.select(*ids)

        assert shown.words
        assert clipped(shown.panel) == []
        small = [r.words for r in shown.rows.values() if r.height() < 24]
        assert small == []


def test_every_word_is_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        shown = Shown(qtbot)

        for ids in (("Pia",), ("Dov", "Tove"), ("Factory",)):
            shown.select(*ids)
            own = (*WORKSHOP.nodes, *WORKSHOP.modules, *(c.name for c in WORKSHOP.channels.values()))
            assert untranslated(shown.panel, own) == []


def test_every_field_and_button_is_called_something(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.select("Dov")
    shown.select("Dov", "Tove")

    panel = shown.panel
    parts = (panel, panel.head.choice, panel.head.measure, panel.head.turn, panel.copy, panel.light)
    called = [part.accessibleName() for part in parts]

    assert all(called)
    assert panel.head.who.line.accessibleName() == "From whom"
    assert panel.head.goal.line.accessibleName() == "To whom, or about what"
