"""Every field of the map is in the inspector, explains itself, and is one step of undo."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    Link,
    LinkId,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    StickyId,
    StickyNote,
)
from orgmap.ui.panels.inspector import Inspector
from orgmap.ui.session import Session
from orgmap.ui.widgets.fields import NotesField
from orgmap.ui.widgets.form import Form
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import plain_tip
from tests.ui.dressed import clipped, dressed
from tests.words import org

Key = Qt.Key
NOTE, PICTURE = StickyId("s1"), BackdropId("b1")
MAP = replace(
    org("ana <> ben, ben needs cy, cy needs ana", modules={"Sales": "ana ben", "Works": "cy"}),
    stickies={NOTE: StickyNote(id=NOTE, text="later")},
    backdrops={PICTURE: Backdrop(id=PICTURE, data="")},
)


class Shown:
    """An inspector on the screen with something selected."""

    def __init__(self, qtbot: QtBot, ids: Collection[str] = (), document: Document = MAP) -> None:
        self.session = Session()
        self.session.open(document)
        self.inspector = Inspector(self.session, theme("light"))
        qtbot.addWidget(self.inspector)
        self.inspector.resize(392, 1200)
        self.inspector.show()
        qtbot.waitExposed(self.inspector)
        self.inspector.activateWindow()
        qtbot.waitUntil(self.inspector.isActiveWindow)
        self.inspector.set_selection(ids)
        QApplication.processEvents()

    def editor(self, name: str) -> QWidget:
        kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
        return next(
            w
            for w in self.inspector.findChildren(QWidget)
            if isinstance(w, kinds)
            and w.isVisibleTo(self.inspector)
            and name in (w.accessibleName(), w.accessibleName().split(",")[0])
        )

    def enter(self, name: str, words: str) -> None:
        QApplication.processEvents()  # rows just added are shown with the next turn of the event loop
        line = self.editor(name)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Key.Key_Delete)
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Key.Key_Return)

    def press(self, name: str) -> None:
        QApplication.processEvents()
        QTest.mouseClick(self.editor(name), Qt.MouseButton.LeftButton)

    @property
    def form(self) -> Form:
        return next(f for f in self.inspector.findChildren(Form) if f.isVisibleTo(self.inspector))

    @property
    def steps(self) -> int:
        return len(self.session.history.steps[0])

    def link(self, key: str) -> Link:
        return self.session.document.links[LinkId(key)]

    def node(self, key: str) -> Node:
        return self.session.document.nodes[NodeId(key)]


ELSEWHERE = {"id", "x", "y", "unread", "frame", "width", "height", "data", "thresholds"}
ON_THE_MAP = {"source", "target", "modules"}  # shown in lists and fields of their own


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        (["ana"], Node),
        (["Sales"], Module),
        (["l1"], Link),
        ([str(NOTE)], StickyNote),
        ([str(PICTURE)], Backdrop),
        ([], MapInfo),
    ],
)
def test_every_field_has_its_place_in_the_inspector(qtbot: QtBot, ids: list[str], kind: type) -> None:
    shown = Shown(qtbot, ids)
    wanted = {field.name for field in fields(kind)} - ELSEWHERE - ON_THE_MAP
    before = [binding._read(shown.form.entities()[0]) for binding in shown.form.bindings]

    seen = set()
    for name in wanted:
        entity = shown.form.entities()[0]
        other = replace(entity, **{name: _another(getattr(entity, name))})
        after = [binding._read(other) for binding in shown.form.bindings]
        if after != before:
            seen.add(name)

    assert seen == wanted


def _another(value: object) -> object:
    """A value that differs."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, tuple):
        return ("x",)
    return {"x": 1} if isinstance(value, dict) else "x"


@pytest.mark.parametrize("ids", [["ana"], ["Sales"], ["l1"], ["l2"], []])
def test_every_field_but_names_and_notes_explains_itself(qtbot: QtBot, ids: list[str]) -> None:
    shown = Shown(qtbot, ids)

    silent = [
        binding.field.editor.accessibleName()
        for binding in shown.form.bindings
        if not binding.field.editor.toolTip()
    ]

    assert set(silent) <= {"Name", "Title", "Notes"}


def test_health_and_strength_of_a_link_are_edited(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l1"])
    shown.enter("Health", "strained")
    shown.enter("Strength", "3")

    assert (shown.link("l1").health, shown.link("l1").strength) == ("strained", 3.0)
    assert shown.steps == 2


def test_the_order_of_the_work_lists_all_needs_by_step(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["l2"])
    shown.enter("Step of the work", "2")
    shown.inspector.set_selection(["l3"])
    shown.enter("Step of the work", "1")
    QApplication.processEvents()

    rows = [r.words for r in shown.inspector.findChildren(RowButton) if r.isVisibleTo(shown.inspector)]

    assert rows[-2:] == ["cy → ana", "ben → cy"]


def test_what_a_file_brought_is_shown_changed_added_and_taken_away(qtbot: QtBot) -> None:
    document = MAP.apply(edits.set_fields(MAP, ["ana"], extra={"room": "12", "desk": 4}))
    shown = Shown(qtbot, ["ana"], document)
    shown.enter("Value of room", "14")
    shown.enter("Value of desk", "5")
    shown.enter("Name of a further value", "")

    assert shown.node("ana").extra == {"desk": 5}

    shown.press("Remove desk")

    assert shown.node("ana").extra == {}


def test_a_new_value_is_kept_when_it_has_a_name(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["ana"])
    name = shown.editor("Name of a further value")
    assert isinstance(name, QLineEdit)
    name.setFocus()
    QTest.keyClicks(name, "room")
    QTest.keyClick(name, Key.Key_Tab)
    before = shown.steps
    value = QApplication.focusWidget()
    assert isinstance(value, QLineEdit)
    QTest.keyClicks(value, "12")
    QTest.keyClick(value, Key.Key_Return)

    assert before == 0
    assert shown.node("ana").extra == {"room": "12"}


def test_the_colour_of_a_module_is_chosen_and_taken_back(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Sales"])
    shown.press("Colour: Teal")
    teal = shown.session.document.modules[ModuleId("Sales")].colour
    shown.press("Colour: as it comes")

    assert teal == 4
    assert shown.session.document.modules[ModuleId("Sales")].colour is None
    assert shown.steps == 2


def test_a_change_of_colour_elsewhere_is_shown(qtbot: QtBot) -> None:
    shown = Shown(qtbot, ["Sales"])
    shown.press("Colour: Red")
    shown.session.undo()

    box = shown.editor("Colour: as it comes")
    assert isinstance(box, QAbstractButton)
    assert box.isChecked()


def test_a_note_has_its_text_and_its_colour(qtbot: QtBot) -> None:
    shown = Shown(qtbot, [NOTE])
    area = shown.editor("Text")
    assert isinstance(area, QPlainTextEdit)
    area.setFocus()
    area.selectAll()
    QTest.keyClicks(area, "soon")
    QTest.keyClick(area, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.press("Colour: Pink")

    note = shown.session.document.stickies[NOTE]
    assert (note.text, note.colour) == ("soon", 3)
    assert str(shown.session.history.undo_label) == "Colour of the note"


def test_words_are_in_the_map_whenever_the_typing_pauses_and_all_of_them_are_one_step(qtbot: QtBot) -> None:
    shown = Shown(qtbot, [NOTE])
    area = shown.editor("Text")
    assert isinstance(area, QPlainTextEdit)
    before = shown.session.document.stickies[NOTE].text
    area.setFocus()
    area.selectAll()

    QTest.keyClicks(area, "Ask ")
    qtbot.waitUntil(lambda: shown.session.document.stickies[NOTE].text == "Ask")
    QTest.keyClicks(area, "Eva")
    qtbot.waitUntil(lambda: shown.session.document.stickies[NOTE].text == "Ask Eva")

    assert area.toPlainText() == "Ask Eva"
    assert area.textCursor().atEnd()
    assert shown.steps == 1
    shown.session.undo()
    assert area.toPlainText() == before


def test_esc_takes_back_what_pauses_had_kept_and_what_is_written_next_is_another_step(qtbot: QtBot) -> None:
    shown = Shown(qtbot, [NOTE])
    area = shown.editor("Text")
    assert isinstance(area, QPlainTextEdit)
    before = shown.session.document.stickies[NOTE].text
    area.setFocus()
    area.selectAll()

    QTest.keyClicks(area, "no")
    qtbot.waitUntil(lambda: shown.session.document.stickies[NOTE].text == "no")
    QTest.keyClick(area, Qt.Key.Key_Escape)

    assert (area.toPlainText(), shown.session.document.stickies[NOTE].text, shown.steps) == (
        before,
        before,
        0,
    )
    for words in ("one", "two"):
        area.selectAll()
        QTest.keyClicks(area, words)
        qtbot.waitUntil(lambda: shown.session.document.stickies[NOTE].text == area.toPlainText())
        QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.steps == 2


def test_a_note_that_is_one_endless_word_costs_little_more_than_any_other(qtbot: QtBot) -> None:
    field = NotesField("Text")
    qtbot.addWidget(field)
    field.show()

    def cost(words: str) -> float:
        began = process_time()
        field.show_values([words])
        return process_time() - began

    plain = cost("hear " * 20_000)
    endless = cost("h" * 100_000)

    assert endless < 10 * max(plain, 0.01)
    assert len(plain_tip("<" * 100_000)) < 20_000


def test_a_background_picture_has_its_strength_in_percent(qtbot: QtBot) -> None:
    shown = Shown(qtbot, [PICTURE])
    shown.enter("Strength", "250")
    QTest.mouseClick(shown.editor("Locked"), Qt.MouseButton.LeftButton, pos=_box(shown.editor("Locked")))

    picture = shown.session.document.backdrops[PICTURE]
    assert (picture.strength, picture.locked) == (1.0, False)


def test_the_card_of_the_map_says_how_its_lines_were_found(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    box = shown.editor("Everybody was asked")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=_box(box))

    assert shown.session.document.info.asked is True


def test_several_take_a_value_in_one_step(qtbot: QtBot) -> None:
    document = MAP.apply(edits.set_fields(MAP, ["l1"], health="fine"))
    shown = Shown(qtbot, ["l1", "l2"], document)
    line = shown.editor("Health")
    assert isinstance(line, QLineEdit)
    mixed = line.placeholderText()
    shown.enter("Health", "strained")

    assert mixed == "mixed"
    assert [shown.link(key).health for key in ("l1", "l2")] == ["strained"] * 2
    assert shown.steps == 1


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_field_sticks_out_of_a_narrow_panel(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    with dressed(qapp, "light", scale):
        for ids in (["ana"], ["Sales"], ["l2"], [NOTE], []):
            shown = Shown(qtbot, ids)
            shown.inspector.resize(round(300 * scale), 1200)
            QApplication.processEvents()

            assert clipped(shown.inspector) == []
            page = shown.inspector._area.widget()
            assert page is not None
            assert page.minimumSizeHint().width() <= 300 * scale, ids


def _box(widget: QWidget) -> QPoint:
    """Where the box of a check box is, whose words stand beside it."""
    return QPoint(12, widget.height() // 2)
