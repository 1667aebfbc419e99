"""What the room does with findings: leaves some aside, notes, asks for some only, moves cut-offs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from orgmap.analysis.definitions import definition
from orgmap.analysis.findings import Weight
from orgmap.files import native
from orgmap.i18n import verbatim
from orgmap.model import edits, proposals
from orgmap.ui.panels.finding_advice import Advised, Deed
from orgmap.ui.panels.standing import Mark
from orgmap.ui.widgets.choices import ChoiceField
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.words import Words, WordsButton
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.listed import Shown
from tests.ui.pseudo import untranslated
from tests.ui.reports import OWN, WORKSHOP, advice, finding, report

LEFT = Qt.MouseButton.LeftButton
GORAN = finding("Goran", advice=(advice(WORKSHOP, "Quentin", "Goran"), advice(WORKSHOP, "Rosa", "Goran")))
PIA = finding("Pia", Weight.LOOK, code="bottleneck")
DOV = finding("Dov", Weight.NOTE, code="isolated")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(qtbot)
    made.panel.show_report(report([GORAN, PIA, DOV]))
    yield made
    made.panel.close()


def told(shown: Shown) -> list[str]:
    """Whom the cards are about."""
    return [card.row.finding.people[0] for card in shown.panel.cards]


def dismiss(shown: Shown, place: int, reason: str = "Known and wanted") -> None:
    """Open a card and leave it aside for one of the reasons offered."""
    shown.click(place)
    QTest.mouseClick(shown.button("Dismiss …"), LEFT)
    QTest.mouseClick(shown.button(reason), LEFT)


def _buttons(shown: Shown) -> list[WordsButton]:
    return shown.panel.findChildren(WordsButton)


# left aside


def test_a_dismissed_finding_leaves_the_list_and_waits_below_with_its_reason(shown: Shown) -> None:
    dismiss(shown, 0)

    assert told(shown) == ["Pia", "Dov"]
    assert shown.panel.count == 2
    assert shown.chosen[-1] is None
    QTest.mouseClick(shown.button("Dismissed (1)"), LEFT)
    assert "Reason: Known and wanted" in shown.said
    assert not any(words.startswith("Resolved") for words in shown.said)


def test_the_reason_can_be_in_own_words_and_is_needed(shown: Shown) -> None:
    shown.click(0)
    QTest.mouseClick(shown.button("Dismiss …"), LEFT)
    nothing = shown.button("Dismiss").isEnabled()
    line = next(line for line in shown.panel.findChildren(QLineEdit) if "left aside" in line.accessibleName())

    line.setFocus()
    QTest.keyClicks(line, "The newsletter is meant so")
    QTest.keyClick(line, Qt.Key.Key_Return)

    (remark,) = shown.session.document.remarks.values()
    assert not nothing
    assert (remark.reason, remark.about) == ("The newsletter is meant so", ("Goran",))


def test_brought_back_it_stands_where_it_stood_and_is_not_new(shown: Shown) -> None:
    dismiss(shown, 0)
    QTest.mouseClick(shown.button("Dismissed (1)"), LEFT)

    QTest.mouseClick(shown.button("Bring back"), LEFT)

    assert told(shown) == ["Goran", "Pia", "Dov"]
    assert [card.row.mark for card in shown.panel.cards] == [Mark.PLAIN] * 3
    assert shown.session.document.remarks == {}


def test_undo_brings_back_what_was_dismissed(shown: Shown) -> None:
    dismiss(shown, 0)

    label = str(shown.session.history.undo_label)
    shown.session.undo()

    assert label == "Dismiss: Answers hardly get back"
    assert told(shown) == ["Goran", "Pia", "Dov"]


def test_the_next_report_leaves_aside_what_is_dismissed_and_says_if_it_has_changed(shown: Shown) -> None:
    dismiss(shown, 0)

    both = replace(GORAN, people=(*GORAN.people, *DOV.people))
    shown.panel.show_report(report([both, PIA, DOV]))
    QTest.mouseClick(shown.button("Dismissed (1)"), LEFT)

    assert told(shown) == ["Pia", "Dov"]
    assert any("It has changed since" in words for words in shown.said)


def test_what_is_dismissed_goes_without_a_word_when_it_is_mended(shown: Shown) -> None:
    dismiss(shown, 0)

    shown.panel.show_report(report([PIA, DOV]))

    assert not any("Resolved" in words for words in shown.said)
    assert not any(button.words.startswith("Dismissed") and button.isVisible() for button in _buttons(shown))


def test_dismissing_leaves_the_keyboard_on_the_next_card(shown: Shown) -> None:
    dismiss(shown, 0)

    assert QApplication.focusWidget() is shown.panel.cards[0]


def test_dismissals_and_notes_survive_saving(shown: Shown, tmp_path: Path) -> None:
    dismiss(shown, 0)
    path = tmp_path / "map.orgmap"

    native.save(shown.session.document, path)
    shown.session.open(native.load(path), path)
    shown.panel.show_report(report([GORAN, PIA, DOV]))

    assert told(shown) == ["Pia", "Dov"]


# notes


def test_a_note_is_typed_on_the_open_card_and_seen_on_the_closed_one(shown: Shown) -> None:
    shown.click(1)
    QTest.mouseClick(shown.button("Add a note"), LEFT)

    area = QApplication.focusWidget()
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, "Ask again in May")
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.click(1)

    assert [r.note for r in shown.session.document.remarks.values()] == ["Ask again in May"]
    assert "Note: Ask again in May" in shown.said
    assert str(shown.session.history.undo_label) == "Note on: Much depends on one"


def test_the_arrows_stay_in_a_note_that_is_typed(shown: Shown) -> None:
    shown.click(1)
    QTest.mouseClick(shown.button("Add a note"), LEFT)
    area = QApplication.focusWidget()
    assert area is not None

    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(area, key)

    assert QApplication.focusWidget() is area
    assert [card.chosen for card in shown.panel.cards] == [False, True, False]


def test_a_click_beside_a_field_does_not_close_the_card(shown: Shown, qtbot: QtBot) -> None:
    shown.click(1)
    question = next(label for label in shown.panel.findChildren(Words) if label.text() == str(PIA.question))
    window = shown.panel.window().windowHandle()
    assert window is not None
    qtbot.waitUntil(lambda: not question.visibleRegion().isEmpty())

    QTest.mouseClick(window, LEFT, pos=question.mapTo(shown.panel.window(), question.rect().center()))

    assert shown.panel.cards[1].chosen


def test_hidden_names_hide_notes_and_reasons(shown: Shown) -> None:
    shown.click(1)
    QTest.mouseClick(shown.button("Add a note"), LEFT)
    area = QApplication.focusWidget()
    assert area is not None
    QTest.keyClicks(area, "Pia is ill")
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.press(Qt.Key.Key_Escape)

    shown.session.hide_names(True)
    shown.panel.show_report(report([GORAN, PIA, DOV]))

    assert not any("Pia is ill" in words for words in shown.said)


# asking for some only


def choose(field: ChoiceField, words: str) -> None:
    """Choose by the keyboard what begins with these words."""
    box = field.box
    box.setFocus()
    at = next(n for n in range(box.count()) if box.itemText(n).startswith(words))
    for _ in range(abs(at - box.currentIndex())):
        QTest.keyClick(box, Qt.Key.Key_Down if at > box.currentIndex() else Qt.Key.Key_Up)


def test_one_kind_is_shown_and_the_row_says_what_is_hidden(shown: Shown) -> None:
    choose(shown.panel.sifting.kind, "Much depends on one (1)")

    assert told(shown) == ["Pia"]
    assert "2 of 3 findings are hidden." in shown.said
    assert shown.panel.count == 3

    QTest.mouseClick(shown.button("Show all"), LEFT)

    assert told(shown) == ["Goran", "Pia", "Dov"]


def test_by_module_and_by_person(shown: Shown) -> None:
    choose(shown.panel.sifting.module, "Product (1)")
    by_module = told(shown)
    choose(shown.panel.sifting.module, "Any")
    choose(shown.panel.sifting.person, "Dov (1)")

    assert by_module == ["Goran"]
    assert told(shown) == ["Dov"]


def test_a_new_finding_that_is_hidden_is_counted_as_new(shown: Shown) -> None:
    choose(shown.panel.sifting.kind, "Much depends on one")

    shown.panel.show_report(report([GORAN, PIA, DOV, finding("Rosa", code="isolated")]))

    assert told(shown) == ["Pia"]
    assert "3 of 4 findings are hidden, 1 of them new." in shown.said


def test_the_card_one_is_led_to_is_shown_whatever_is_asked_for(shown: Shown) -> None:
    choose(shown.panel.sifting.kind, "Much depends on one")

    shown.panel.choose(GORAN)

    assert told(shown) == ["Goran", "Pia"]


def test_another_map_shows_all_its_findings(shown: Shown) -> None:
    choose(shown.panel.sifting.kind, "Much depends on one")

    shown.session.open(WORKSHOP)
    shown.panel.show_report(report([GORAN]))

    assert told(shown) == ["Goran"]


# what is tried


def test_a_tried_advice_offers_to_be_applied_or_taken_back_in_its_place(shown: Shown) -> None:
    shown.click(0)
    tried = GORAN.advice[0]

    shown.session.edit(verbatim("Try"), proposals.proposed(tried.change))
    words = [button.words for button in _buttons(shown) if button.isVisible()]

    assert "Try: Quentin → Goran" not in words
    assert words.count("Take back") == 1
    assert any("as a proposal" in said for said in shown.said)
    wanted: list[object] = []
    shown.panel.advised.connect(wanted.append)
    QTest.mouseClick(shown.button("Take back"), LEFT)
    QTest.mouseClick(shown.button("Apply"), LEFT)
    assert wanted == [Advised(tried, Deed.TAKE_BACK), Advised(tried, Deed.APPLY)]


def test_trying_by_key_leaves_the_keyboard_on_apply(shown: Shown) -> None:
    shown.click(0)
    shown.button("Try: Quentin → Goran").setFocus()

    shown.session.edit(verbatim("Try"), proposals.proposed(GORAN.advice[0].change))

    focused = QApplication.focusWidget()
    assert focused is shown.button("Apply")


def test_what_is_tried_stays_though_the_analysis_proposes_it_no_more(shown: Shown) -> None:
    shown.click(0)
    shown.session.edit(verbatim("Try"), proposals.proposed(GORAN.advice[0].change))

    shown.panel.show_report(report([replace(GORAN, advice=GORAN.advice[1:]), PIA, DOV]))

    assert shown.button("Take back").isVisible()


def test_what_is_no_new_line_can_only_be_applied_and_says_so(shown: Shown) -> None:
    moved = edits.set_fields(WORKSHOP, ["Goran"], hours=20.0)
    shown.panel.show_report(report([replace(GORAN, advice=(replace(GORAN.advice[0], change=moved),))]))
    shown.click(0)

    words = [button.words for button in _buttons(shown) if button.isVisible()]

    assert "Apply at once" in words
    assert not any(word.startswith("Try") for word in words)


# for every eye


def test_every_word_of_an_open_card_can_be_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        shown = Shown(qtbot)
        shown.panel.show_report(report([GORAN, PIA]))
        shown.click(0)
        for fold in shown.panel.findChildren(Fold):
            if fold.isVisible() and "ñóŕ" not in fold.head.words:
                fold.open()
        own = (*OWN, definition("broadcast-only").readable, definition("broadcast-only").exact)

        assert untranslated(shown.panel, own) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_of_an_open_card_is_clipped(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    with dressed(qapp, scale=scale):
        shown = Shown(qtbot)
        shown.panel.show_report(report([GORAN, PIA]))
        dismiss(shown, 1)
        shown.click(0)
        for fold in shown.panel.findChildren(Fold):
            fold.open()
        qtbot.waitUntil(lambda: clipped(shown.panel) == [])
        shown.panel.close()
