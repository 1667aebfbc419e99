"""The list of findings under real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Weight
from orgmap.i18n import text, verbatim
from orgmap.model import edits
from orgmap.ui.panels.finding_advice import Advised, Deed
from orgmap.ui.panels.finding_card import FindingCard
from orgmap.ui.panels.finding_words import evidence_words
from orgmap.ui.widgets.words import Words, WordsButton
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.listed import Shown
from tests.ui.pseudo import untranslated
from tests.ui.reports import OWN, WORKSHOP, advice, finding, note, report
from tests.words import org

GORAN = finding("Goran", advice=(advice(WORKSHOP, "Quentin", "Goran"), advice(WORKSHOP, "Rosa", "Goran")))
PIA = finding("Pia", Weight.LOOK, code="bottleneck")
DOV = finding("Dov", Weight.NOTE, code="isolated")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(qtbot)
    yield made
    made.panel.close()


def test_a_click_opens_a_card_and_tells_which_finding(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))

    shown.click(1)

    assert shown.chosen == [PIA]
    assert [card.chosen for card in shown.panel.cards] == [False, True]
    assert str(PIA.question) in shown.said
    assert str(GORAN.question) not in shown.said


def test_a_second_click_closes_it(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))

    shown.click(0)
    shown.click(0)

    assert shown.chosen == [GORAN, None]


def test_arrows_go_through_the_cards_and_escape_closes(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA, DOV]))
    shown.click(0)

    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Up)
    shown.press(Qt.Key.Key_Escape)

    assert shown.chosen == [GORAN, PIA, DOV, PIA, None]
    assert shown.panel.cards[1].hasFocus()


def test_enter_and_space_open_the_card_with_the_focus(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.panel.cards[0].setFocus()

    shown.press(Qt.Key.Key_Return)
    shown.press(Qt.Key.Key_Space)

    assert shown.chosen == [GORAN, None]


def test_tab_goes_from_the_open_card_to_its_buttons(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.click(0)

    shown.press(Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is shown.button("Try: Quentin → Goran")


def test_the_advice_is_tried_by_click_and_by_key(shown: Shown, qtbot: QtBot) -> None:
    shown.panel.show_report(report([GORAN]))
    shown.click(0)

    with qtbot.waitSignal(shown.panel.advised) as main:
        QTest.mouseClick(shown.button("Try: Quentin → Goran"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.panel.advised) as second:
        QTest.keyClick(shown.button("Try: Rosa → Goran"), Qt.Key.Key_Return)

    assert main.args == [Advised(GORAN.advice[0], Deed.TRY)]
    assert second.args == [Advised(GORAN.advice[1], Deed.TRY)]


def test_trying_an_advice_leaves_the_keyboard_on_its_card(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.click(0)
    shown.press(Qt.Key.Key_Tab)
    shown.press(Qt.Key.Key_Space)

    shown.panel.show_report(report([PIA]))

    assert "Resolved: Answers hardly get back" in shown.said
    assert QApplication.focusWidget() is shown.panel.cards[0]


def test_other_advice_leaves_the_keyboard_on_the_card(shown: Shown) -> None:
    other = finding("Goran", advice=(advice(WORKSHOP, "Dov", "Goran"),))
    shown.panel.show_report(report([GORAN]))
    shown.click(0)
    shown.press(Qt.Key.Key_Tab)

    shown.panel.show_report(report([other]))

    assert QApplication.focusWidget() is shown.panel.cards[0]


def test_a_card_that_leaves_hands_the_keyboard_to_the_next(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.click(0)
    shown.panel.show_report(report([PIA]))

    shown.clock.now = 7.0
    shown.panel.show_report(report([PIA]))

    assert [card.row.finding for card in shown.panel.cards] == [PIA]
    assert QApplication.focusWidget() is shown.panel.cards[0]


def test_an_equal_report_touches_nothing(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.click(0)
    cards, buttons = shown.panel.cards, shown.panel.findChildren(WordsButton)

    shown.panel.show_report(report([GORAN, PIA]))

    assert shown.panel.cards == cards
    assert shown.panel.findChildren(WordsButton) == buttons
    assert shown.chosen == [GORAN]


def test_the_card_one_reads_stays_in_its_place_when_something_heavier_comes(shown: Shown) -> None:
    shown.panel.show_report(report([PIA]))
    shown.click(0)
    top = shown.panel.cards[0].y()

    shown.panel.show_report(report([GORAN, PIA]))

    assert [card.row.finding for card in shown.panel.cards] == [PIA, GORAN]
    assert shown.panel.cards[0].chosen
    assert shown.panel.cards[0].y() == top
    assert "new" in shown.said


def test_a_finding_whose_numbers_change_is_told_again(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))
    shown.click(0)
    changed = finding("Goran", because=verbatim("4 of 6"))

    shown.panel.show_report(report([changed]))

    assert shown.chosen == [GORAN, changed]
    assert "4 of 6" in shown.said


def test_a_resolved_finding_is_said_goes_out_on_the_map_and_leaves(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN, PIA]))
    shown.click(0)

    shown.panel.show_report(report([PIA]))

    assert shown.chosen == [GORAN, None]
    assert "Resolved: Answers hardly get back" in shown.said
    assert shown.panel.count == 1

    shown.clock.now = 7.0
    shown.panel.show_report(report([PIA]))

    assert "Resolved: Answers hardly get back" not in shown.said


def test_seven_are_shown_and_the_rest_on_demand(shown: Shown) -> None:
    shown.panel.show_report(report([finding(f"p{n}") for n in range(12)]))

    assert len(shown.panel.cards) == 7

    QTest.mouseClick(shown.button("5 more"), Qt.MouseButton.LeftButton)

    assert len(shown.panel.cards) == 12


def test_the_tab_counts_what_stands(shown: Shown, qtbot: QtBot) -> None:
    before = shown.panel.title()

    with qtbot.waitSignal(shown.panel.count_changed) as told:
        shown.panel.show_report(report([GORAN, PIA]))

    assert before == "Findings"
    assert told.args == [2]
    assert shown.panel.title() == "Findings 2"


def test_a_map_of_three_is_left_in_peace(qtbot: QtBot) -> None:
    shown = Shown(qtbot, org("a > b, a > c"))

    shown.panel.show_report(report())

    assert shown.said[0] == "Findings start with 4 people."


def test_people_without_a_line_are_not_praised(qtbot: QtBot) -> None:
    shown = Shown(qtbot, org(people="a b c d e"))
    lines = text("finding", "No line of talk between people is drawn yet.")()

    shown.panel.show_report(report([note(lines, "only-listens"), note(lines, "bottleneck")]))

    assert shown.said[0] == "Findings start with the first lines."
    assert not [words for words in shown.said if words.startswith("Not checked")]


def test_the_last_finding_resolved_leaves_the_word_that_nothing_stands_out(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))

    shown.panel.show_report(report())

    assert {"Resolved: Answers hardly get back", "Nothing stands out."} <= set(shown.said)


def test_nothing_counts_as_resolved_on_a_map_too_small_to_judge(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))
    shown.session.edit(verbatim("Delete"), edits.delete(shown.session.document, shown.session.document.nodes))

    shown.panel.show_report(report())

    assert shown.said[0] == "Findings start with 4 people."
    assert not [words for words in shown.said if words.startswith("Resolved")]


def test_an_empty_list_says_whether_the_map_was_read(shown: Shown) -> None:
    shown.panel.set_busy(True)
    busy = shown.said

    shown.panel.show_report(report())

    assert busy == ["Reading the map ..."]
    assert shown.said[0] == "Nothing stands out."


def test_another_map_forgets_the_findings_of_the_last(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))
    shown.click(0)

    shown.session.open(WORKSHOP)
    shown.panel.show_report(report([GORAN]))

    assert shown.chosen == [GORAN, None]
    assert "new" not in shown.said


def test_what_could_not_be_judged_stands_at_the_foot_once_for_each_reason(shown: Shown) -> None:
    level = text("finding", "Nobody has a level yet.")()
    notes = [note(level, "only-listens"), note(level, "bottleneck")]

    shown.panel.show_report(report([GORAN, *notes]))

    assert (
        "Not checked: whether everybody who hears much is heard too and whether much depends on one person. "
        "Nobody has a level yet."
    ) in shown.said
    assert shown.panel.count == 1


@pytest.mark.parametrize("name", ["<b>x</b>", "a < b > c", "R&D", '<img src="/etc/hostname">'])
def test_names_that_look_like_markup_are_shown_as_they_are(shown: Shown, name: str) -> None:
    shown.panel.show_report(report([finding(name)]))

    claim = next(label for label in shown.panel.findChildren(Words) if name in label.text())

    assert claim.textFormat() is Qt.TextFormat.PlainText


def test_a_screen_reader_hears_class_title_claim_and_reason(shown: Shown) -> None:
    shown.panel.show_report(report([GORAN]))

    spoken = QAccessible.queryAccessibleInterface(shown.panel.cards[0]).text(QAccessible.Text.Name)

    assert spoken == (
        "Act: Answers hardly get back. What Goran says reaches many who cannot answer. "
        "Each way back runs over Farah."
    )


def test_the_place_of_a_finding_comes_with_it(shown: Shown) -> None:
    shown.panel.show_report(report([finding(source="Likert 1961")]))
    shown.click(0)

    QTest.mouseClick(shown.button("How this was found"), Qt.MouseButton.LeftButton)

    assert any("Where this comes from: Likert 1961" in said for said in shown.said)


def test_every_text_of_the_list_can_be_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        shown = Shown(qtbot)
        why = text("finding", "Nobody has a level yet.")()
        shown.panel.show_report(report([GORAN, *(finding(f"{n}") for n in range(9)), note(why)]))
        shown.click(0)

        assert untranslated(shown.panel, OWN) == []


def test_the_walker_finds_a_text_that_nobody_can_translate(qtbot: QtBot) -> None:
    with pseudo_language():
        shown = Shown(qtbot)
        shown.panel.show_report(report([finding(because=verbatim("Hard-wired."))]))

        assert any("Hard-wired." in found for found in untranslated(shown.panel, OWN))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_is_clipped(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    with dressed(qapp, scale=scale):
        shown = Shown(qtbot)
        long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz & Co"
        shown.panel.show_report(report([finding(long), PIA]))
        shown.click(0)
        qtbot.waitUntil(lambda: clipped(shown.panel) == [])
        shown.panel.close()


def test_going_through_many_reports_leaves_no_cards_behind(shown: Shown, qtbot: QtBot) -> None:
    for number in range(50):
        shown.clock.now += 100.0
        shown.panel.show_report(report([finding(f"p{number}")]))

    qtbot.waitUntil(lambda: len(shown.panel.findChildren(FindingCard)) <= 2)


def test_the_facts_behind_a_finding_are_told_in_names_and_numbers() -> None:
    facts = {
        "audience": ("Rosa", "Dov"),
        "lines": ("Goran - Rosa",),
        "steps": {"Rosa": {"there": 1, "back": 3}},
        "without": {"Goran": {"pairs": 34, "of": 110, "cut_off": ("Rosa",)}},
        "slow_lines": 3,
        "not-known-here": 5,
    }

    lines = evidence_words(finding(evidence=facts), WORKSHOP)

    assert lines == [
        "No line straight back: Rosa and Dov",
        "Steps: Rosa 1 there and 3 back",
        "Ways between colleagues that need them: Goran 34 of 110",
        "Lines: Goran – Rosa",
        "Slow lines: 3",
    ]


def test_what_has_the_same_cause_waits_and_is_told_on_the_card_of_the_first(shown: Shown) -> None:
    lead = replace(GORAN, also=(PIA.claim,))
    shown.panel.show_report(report([lead, replace(PIA, told_with=lead.subject)]))
    assert len(shown.panel.cards) == 1

    shown.click(0)

    assert f"Of the same cause: {PIA.claim}" in shown.said

    QTest.mouseClick(shown.button("1 more"), Qt.MouseButton.LeftButton)

    assert len(shown.panel.cards) == 2
