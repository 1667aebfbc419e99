"""The inspector under real clicks and keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, LinkKind, Module, ModuleId, Node, NodeId, NodeKind
from orgmap.ui.panels.inspector import Inspector
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import WordsButton
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.ui.reports import OWN, WORKSHOP, finding, report


class Shown:
    """An inspector on the screen with something selected."""

    def __init__(self, qtbot: QtBot, ids: Collection[str] = (), document: Document = WORKSHOP) -> None:
        self.session = Session()
        self.session.open(document)
        self.inspector = Inspector(self.session, theme("light"))
        qtbot.addWidget(self.inspector)
        self.inspector.resize(392, 1400)
        self.inspector.show()
        qtbot.waitExposed(self.inspector)
        self.inspector.activateWindow()
        qtbot.waitUntil(self.inspector.isActiveWindow)
        self.inspector.set_selection(ids)
        QApplication.processEvents()  # rows just added are shown with the next turn of the event loop

    def editor(self, label: str) -> QWidget:
        kinds = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
        return next(
            w
            for w in self.inspector.findChildren(QWidget)
            if isinstance(w, kinds)
            and w.isVisibleTo(self.inspector)
            and w.accessibleName().split(",")[0] == label
        )

    def line(self, label: str) -> QLineEdit:
        found = self.editor(label)
        assert isinstance(found, QLineEdit)
        return found

    def type(self, label: str, words: str) -> None:
        line = self.line(label)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)

    def enter(self, label: str, words: str) -> None:
        self.type(label, words)
        QTest.keyClick(self.line(label), Qt.Key.Key_Return)

    def choose(self, label: str, words: str) -> None:
        box = self.editor(label)
        assert isinstance(box, QComboBox)
        box.setFocus()
        box.showPopup()
        row = box.findText(words)
        assert row >= 0, [box.itemText(i) for i in range(box.count())]
        view = box.view()
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.visualRect(view.model().index(row, 0)).center(),
        )

    def tick(self, label: str) -> None:
        box = self.editor(label)
        QTest.mouseClick(
            box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(12, box.height() // 2)
        )

    def rows(self) -> list[RowButton]:
        return [r for r in self.inspector.findChildren(RowButton) if r.isVisibleTo(self.inspector)]

    @property
    def said(self) -> list[str]:
        labels = self.inspector.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.inspector) and label.text()]

    @property
    def steps(self) -> int:
        return len(self.session.history.steps[0])

    def node(self, key: str) -> Node:
        return self.session.document.nodes[NodeId(key)]

    def link(self, key: str) -> Link:
        return self.session.document.links[LinkId(key)]

    def module(self, key: str) -> Module:
        return self.session.document.modules[ModuleId(key)]

    def edit_outside(self, ids: Collection[str], **fields: Any) -> None:  # noqa: ANN401
        self.session.edit(verbatim("outside"), edits.set_fields(self.session.document, ids, **fields))


def test_a_typed_name_and_enter_rename_in_one_step_that_undo_takes_back(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.enter("Name", "Gorana")

    assert shown.node("Goran").name == "Gorana"
    assert shown.steps == 1
    assert str(shown.session.history.undo_label) == "Name of Goran"

    shown.session.undo()

    assert shown.line("Name").text() == "Goran"


def test_leaving_a_field_commits_it_once(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.type("Title", "Head of product")
    QTest.keyClick(shown.line("Title"), Qt.Key.Key_Tab)
    shown.line("Level").setFocus()

    assert shown.node("Goran").title == "Head of product"
    assert shown.steps == 1


def test_escape_brings_the_value_back(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.type("Name", "Nobody")
    QTest.keyClick(shown.line("Name"), Qt.Key.Key_Escape)

    assert shown.line("Name").text() == "Goran"
    assert shown.steps == 0


def test_typing_is_not_wiped_by_a_change_elsewhere(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    shown.type("Title", "Head of pro")

    shown.edit_outside(["Goran", "Pia"], level=3)

    assert shown.line("Title").text() == "Head of pro"
    assert shown.line("Level").text() == "3"


def test_typing_gives_way_when_that_very_field_is_changed(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    shown.type("Title", "Head of pro")

    shown.edit_outside(["Goran"], title="Director")

    assert shown.line("Title").text() == "Director"


def test_another_selection_commits_what_is_half_typed_to_the_old_one(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    shown.type("Title", "Director")

    shown.inspector.set_selection(["Pia"])

    assert (shown.node("Goran").title, shown.node("Pia").title) == ("Director", "")
    assert shown.line("Title").text() == ""


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("six", "Please give a number, such as 6, or leave it empty."),
        ("nan", "Please give a number, such as 6, or leave it empty."),
        ("-1", "Please give 0 or more, or leave it empty."),
    ],
)
def test_a_number_that_makes_no_sense_is_said_kindly_and_kept_for_mending(
    qtbot: QtBot, typed: str, word: str
) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.enter("Time for talk", typed)

    assert word in shown.said
    assert shown.line("Time for talk").text() == typed
    assert shown.steps == 0

    shown.enter("Time for talk", "1,5")

    assert word not in shown.said
    assert shown.node("Goran").hours == 1.5


def test_an_emptied_number_is_unknown_again(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    shown.enter("Level", "2")

    shown.line("Level").setFocus()
    shown.line("Level").selectAll()
    QTest.keyClick(shown.line("Level"), Qt.Key.Key_Delete)
    QTest.keyClick(shown.line("Level"), Qt.Key.Key_Return)

    assert shown.node("Goran").level is None


def test_several_show_mixed_and_take_a_value_together(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran", "Pia"])
    shown.edit_outside(["Goran"], level=1, decides=True)
    assert shown.line("Level").placeholderText() == "mixed"
    assert shown.line("Level").text() == ""
    decides = shown.editor("Decides")
    assert isinstance(decides, QCheckBox)
    assert decides.checkState() is Qt.CheckState.PartiallyChecked

    shown.enter("Level", "2")
    shown.tick("Decides")

    assert (shown.node("Goran").level, shown.node("Pia").level) == (2, 2)
    assert (shown.node("Goran").decides, shown.node("Pia").decides) == (True, True)
    assert shown.steps == 3
    assert "2 people selected" in shown.said


def test_a_mixed_field_that_is_only_visited_changes_nobody(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran", "Pia"])
    shown.edit_outside(["Goran"], title="Director")

    shown.line("Title").setFocus()
    shown.line("Level").setFocus()

    assert (shown.node("Goran").title, shown.node("Pia").title) == ("Director", "")


def test_a_person_moves_to_another_module_and_joins_a_second(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.choose("Module", "Sales")
    shown.choose("Also in", "Factory")

    assert shown.node("Goran").modules == ("Sales", "Factory")

    chip = next(b for b in shown.inspector.findChildren(WordsButton) if b.words.startswith("Factory"))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert shown.node("Goran").modules == ("Sales",)


def test_topics_are_words_between_commas(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.enter("Knows", " lamps, glass ,, lamps")

    assert shown.node("Goran").knows == ("lamps", "glass")


def test_only_a_role_can_be_vacant(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    assert not [w for w in shown.inspector.findChildren(QCheckBox) if w.text() == "Vacant" and w.isVisible()]

    shown.choose("Kind", "role")
    shown.tick("Vacant")

    assert shown.node("Goran").kind is NodeKind.ROLE
    assert shown.node("Goran").vacant


def test_the_lines_of_a_person_tell_direction_and_select(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    spoken = [row.accessibleName() for row in shown.rows()]
    with qtbot.waitSignal(shown.inspector.selection_asked) as asked:
        QTest.mouseClick(shown.rows()[0], Qt.MouseButton.LeftButton)

    assert spoken == [
        "both ways with Farah, talks",
        "to Dov, talks",
        "to Quentin, talks",
        "to Rosa, talks",
    ]
    assert asked.args == [frozenset(["l4"])]


def test_a_link_is_turned_round_and_made_two_way(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l1"])
    turn = next(b for b in shown.inspector.findChildren(WordsButton) if b.words == "Turn round")

    QTest.mouseClick(turn, Qt.MouseButton.LeftButton)
    turned = shown.link("l1")
    shown.choose("Direction", "both ways")

    assert (turned.source, turned.target) == ("Quentin", "Goran")
    assert shown.link("l1").two_way
    assert not turn.isVisibleTo(shown.inspector)


def test_a_reporting_line_has_no_second_direction(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l4"])

    shown.choose("Kind", "boss of")

    assert shown.link("l4").kind is LinkKind.REPORTS
    assert not shown.link("l4").two_way
    assert "Direction" not in shown.said


def test_how_a_link_is_carried_is_edited(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l1"])

    shown.choose("Channel", "chat")
    shown.enter("How often", "2.5")
    shown.enter("How long", "30")
    shown.choose("Formality", "informal")
    shown.choose("Status", "disputed")
    shown.enter("Answers needed", "10")
    shown.tick("No answer needed")

    link = shown.link("l1")
    assert (link.channel, link.per_week, link.minutes, link.formal) == ("chat", 2.5, 30.0, False)
    assert (link.status, link.answers_needed, link.no_answer_needed) == ("disputed", 10, True)


def test_a_module_cannot_be_laid_inside_itself(qtbot: QtBot) -> None:
    document = WORKSHOP.apply(edits.nest(WORKSHOP, ModuleId("Sales"), ModuleId("Product")))
    shown = Shown(qtbot, ["Product"], document)
    box = shown.editor("Inside")
    assert isinstance(box, QComboBox)

    offered = [box.itemText(row) for row in range(box.count())]
    shown.choose("Inside", "Factory")
    shown.choose("Lead", "Farah")

    assert offered == ["no other module", "Factory"]
    assert (shown.module("Product").parent, shown.module("Product").lead) == ("Factory", "Farah")


def test_nothing_selected_is_the_map(qtbot: QtBot) -> None:
    shown = Shown(qtbot)

    shown.enter("Title", "Lumen Works")
    shown.tick("Reporting lines count as talk")

    assert shown.session.document.info.title == "Lumen Works"
    assert shown.session.document.info.reporting_is_talk
    assert "6 people, 3 modules, 6 links" in shown.said


def test_what_is_deleted_is_no_longer_shown(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])

    shown.session.edit(verbatim("delete"), edits.delete(shown.session.document, ["Goran"]))

    assert shown.inspector.selection == frozenset()
    assert shown.line("Title").text() == ""


def test_the_wheel_over_a_closed_list_changes_nothing(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    box = next(f for f in shown.inspector.findChildren(ChoiceField) if f.isVisible()).box
    middle = QPointF(box.rect().center())

    wheel = QWheelEvent(
        middle,
        box.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)

    assert shown.steps == 0
    assert shown.node("Goran").kind is NodeKind.PERSON


def test_measures_are_told_with_what_they_mean(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    numbers = {"in_degree": 1, "out_degree": 4, "dependence": 0.25, "hours_per_week": None}

    shown.inspector.show_report(report(people={NodeId(n): numbers for n in WORKSHOP.nodes}))

    assert "Hears from 1 of 5 people" in shown.said
    assert "Tells 4 of 5 people" in shown.said
    assert "5 of 20 ways between colleagues need this person" in shown.said
    line = next(w for w in shown.inspector.findChildren(QLabel) if w.text().startswith("Hears"))
    assert "People from whom this one hears directly." in line.toolTip()


def test_findings_about_the_selection_lead_to_their_cards(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Goran"])
    about, other = finding("Goran"), finding("Pia")
    shown.inspector.show_report(report([about, other]))
    rows = [row for row in shown.rows() if row.words == "Answers hardly get back"]

    with qtbot.waitSignal(shown.inspector.finding_asked) as asked:
        QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)

    assert len(rows) == 1
    assert asked.args == [about]


def test_markup_in_a_name_is_shown_as_it_is(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l1"])

    shown.edit_outside(["Goran"], name="<b>x</b> & y")

    heading = next(w for w in shown.inspector.findChildren(QLabel) if "<b>x</b> & y" in w.text())
    assert heading.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("ids", [(), ("Goran",), ("l1",), ("Factory",), ("Goran", "Pia", "l1", "Factory")])
def test_every_text_can_be_translated(qtbot: QtBot, ids: tuple[str, ...]) -> None:
    channels = [channel.name for channel in WORKSHOP.channels.values()]
    with pseudo_language():
        shown = Shown(qtbot, ids)
        numbers = {
            "in_degree": 1,
            "out_degree": 4,
            "dependence": 0.25,
            "betweenness": 0.1,
            "hours_per_week": 2,
        }
        shown.inspector.show_report(
            report([finding("Goran")], people={NodeId(n): numbers for n in WORKSHOP.nodes})
        )

        assert untranslated(shown.inspector, [*OWN, *channels]) == []


@pytest.mark.parametrize("ids", [(), ("Goran",), ("l1",), ("Factory",)])
def test_no_word_is_clipped_at_twice_the_text(qtbot: QtBot, qapp: QApplication, ids: tuple[str, ...]) -> None:
    with dressed(qapp, scale=2.0):
        shown = Shown(qtbot, ids)

        qtbot.waitUntil(lambda: clipped(shown.inspector) == [])
        shown.inspector.close()
