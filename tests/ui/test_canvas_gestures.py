"""Selecting, moving, linking and looking about with the pointer; the document is the judge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import ModuleId, NodeId
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, LEFT, MIDDLE, NONE, SHIFT, Hand, Key
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}


def test_double_click_on_the_ground_puts_a_person_there_and_asks_for_the_name(hand_on: Opened) -> None:
    hand = hand_on()

    hand.double_click((120.0, -80.0))
    hand.type("Ana Novak")
    hand.key(Key.Key_Escape)

    assert hand.names == ["Ana Novak"]
    assert hand.place("n1") == (120, -80)
    assert hand.steps == 1
    hand.session.undo()
    assert hand.names == []


def test_a_click_selects_what_lies_there_and_only_that(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.click("ana")
    hand.click("ben")

    assert hand.selected == {"ben"}
    hand.click((-100.0, 0.0))
    assert hand.selected == {"l1"}
    hand.click((0.0, 150.0))
    assert hand.selected == set()
    assert hand.steps == 0


def test_shift_and_ctrl_click_toggle(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.click("ana")
    hand.click("ben", SHIFT)
    hand.click("cy", CTRL)
    hand.click("ana", CTRL)

    assert hand.selected == {"ben", "cy"}


def test_a_click_on_the_tab_selects_the_module(hand_on: Opened) -> None:
    hand = hand_on(org(modules={"Sales": "ana"}), {"ana": (0.0, 0.0)})

    hand.click(hand.tab("Sales"))

    assert hand.selected == {"Sales"}


def test_a_drag_moves_a_node_as_one_step(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document

    hand.drag("ana", (-150.0, 120.0))

    assert hand.place("ana") == (-150, 120)
    assert hand.place("ben") == (0, 0)
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_a_drag_of_one_selected_node_moves_the_selection(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.drag("ben", (30.0, 40.0))

    assert [hand.place(key) for key in ("ana", "ben", "cy")] == [(-170, 40), (30, 40), (200, 0)]
    assert hand.steps == 1


def test_shift_keeps_a_drag_to_one_axis(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.drag("ana", (-120.0, 30.0), then=SHIFT)

    assert hand.place("ana") == (-120, 0)


def test_a_drag_that_ends_where_it_began_leaves_nothing(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document

    hand.press("ana")
    hand.move((-100.0, 90.0))
    hand.move("ana")
    hand.release("ana")

    assert hand.document is before
    assert hand.steps == 0


def test_esc_takes_a_drag_back_while_it_lasts(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document

    hand.press("ana")
    hand.move((-100.0, 90.0))
    hand.key(Key.Key_Escape)
    hand.release((-100.0, 90.0))

    assert hand.document is before
    assert hand.view.stage.lifted is None


def test_a_drag_with_alt_from_the_start_moves_a_copy(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    hand.click("ana")
    hand.click("ben", SHIFT)

    hand.drag("ana", (-200.0, 100.0), ALT)

    assert hand.place("ana") == (-200, 0)
    assert sorted(hand.names) == ["ana", "ana", "ben", "ben"]
    assert hand.lines == ["ana > ben", "ana > ben"]
    assert hand.steps == 1


def test_a_rim_shows_its_dot_and_pulls_a_link_to_another_node(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-100.0, 0.0), "ben": (150.0, 60.0)})

    hand.move(hand.rim("ana"), button=Qt.MouseButton.NoButton)
    assert hand.view.cursor().shape() is Qt.CursorShape.CrossCursor
    hand.drag(hand.rim("ana"), "ben")

    assert hand.lines == ["ana <> ben"]
    assert hand.steps == 1
    hand.session.undo()
    assert hand.lines == []


def test_a_link_pulled_onto_empty_ground_makes_a_linked_person_named_at_once(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (-100.0, 0.0)})
    before = hand.document

    hand.drag(hand.rim("ana"), (140.0, 90.0))
    hand.type("Ben")
    hand.key(Key.Key_Escape)

    assert hand.names == ["ana", "Ben"]
    assert hand.lines == ["ana <> Ben"]
    assert hand.place("n1000") == (140, 90)
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_a_link_pulled_back_onto_its_own_node_makes_nothing(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})

    hand.press(hand.rim("ana"))
    hand.move((100.0, 100.0))
    hand.move("ana")
    hand.release("ana")

    assert hand.lines == []
    assert hand.steps == 0


def test_esc_takes_a_pulled_link_back(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-100.0, 0.0), "ben": (150.0, 60.0)})

    hand.press(hand.rim("ana"))
    hand.move("ben")
    hand.key(Key.Key_Escape)
    hand.release("ben")

    assert hand.lines == []


def test_a_rubber_band_selects_adds_and_removes(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.drag((-300.0, -100.0), (60.0, 100.0))
    assert hand.selected == {"ana", "ben"}
    hand.drag((150.0, -100.0), (260.0, 100.0), SHIFT)
    assert hand.selected == {"ana", "ben", "cy"}
    hand.drag((-40.0, -100.0), (40.0, 100.0), CTRL)

    assert hand.selected == {"ana", "cy"}
    assert hand.steps == 0


def test_esc_gives_back_what_was_selected_before_the_band(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("cy")

    hand.press((-300.0, -100.0))
    hand.move((60.0, 100.0))
    hand.key(Key.Key_Escape)

    assert hand.selected == {"cy"}


def test_the_middle_button_and_space_pan(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.drag(QPoint(400, 500), QPoint(440, 470), button=MIDDLE)
    assert (hand.view.camera.x, hand.view.camera.y) == (-40, 30)
    hand.view.keyPressEvent(_space(pressed=True))
    hand.drag(QPoint(400, 500), QPoint(360, 530))
    hand.view.keyReleaseEvent(_space(pressed=False))

    assert (hand.view.camera.x, hand.view.camera.y) == (0, 0)
    assert hand.steps == 0


def test_the_wheel_of_a_mouse_zooms_at_the_pointer(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    spot = hand.pixel("cy")

    _wheel(hand, spot, notches=QPoint(0, 120))

    assert hand.view.camera.scale > 1.0
    assert hand.pixel("cy") == spot


def test_two_fingers_pan_and_with_ctrl_zoom(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    _wheel(hand, QPoint(100, 100), pixels=QPoint(24, -10), phase=Qt.ScrollPhase.ScrollUpdate)
    assert hand.view.camera.scale == 1.0
    assert (hand.view.camera.x, hand.view.camera.y) == (-24, 10)
    _wheel(hand, QPoint(100, 100), notches=QPoint(0, -120), phase=Qt.ScrollPhase.ScrollUpdate, held=CTRL)

    assert hand.view.camera.scale < 1.0


def test_a_quick_click_and_drag_is_a_drag_not_a_rename(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    hand.view.mouseDoubleClickEvent(_double(hand.pixel("ana")))
    hand.move((-150.0, 100.0))
    hand.release((-150.0, 100.0))

    assert hand.place("ana") == (-150, 100)
    assert not hand.view.naming.active


def test_the_link_tool_links_from_anywhere_in_a_node(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-100.0, 0.0), "ben": (150.0, 60.0)})
    hand.view.set_tool("link")

    hand.drag("ana", "ben")

    assert hand.lines == ["ana <> ben"]


def test_the_link_tool_links_by_two_clicks_without_a_drag(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-100.0, 0.0), "ben": (150.0, 60.0)})
    hand.view.set_tool("link")

    hand.click("ana")
    hand.click("ben")

    assert hand.lines == ["ana <> ben"]


def test_the_person_tool_puts_one_person_and_is_laid_down(hand_on: Opened) -> None:
    hand = hand_on()
    hand.view.set_tool("person")

    hand.click((50.0, 60.0))
    hand.type("Ana")
    hand.key(Key.Key_Escape)

    assert hand.names == ["Ana"]
    assert hand.place("n1") == (50, 60)
    assert hand.view.tool == "select"


def test_the_module_tool_makes_a_module_of_whom_it_encloses(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    before = hand.document
    hand.view.set_tool("module")

    hand.drag((-300.0, -120.0), (100.0, 120.0))
    hand.type("Sales")
    hand.key(Key.Key_Return)

    (module,) = hand.document.modules.values()
    assert module.name == "Sales"
    assert [n.name for n in hand.document.nodes.values() if module.id in n.modules] == ["ana", "ben"]
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_the_tooltip_says_the_whole_name_as_plain_text(hand_on: Opened) -> None:
    name = "<b>x</b> R&D " + "very long " * 5
    document = org("a > b", modules={"Sales": "a"})
    hand = hand_on(document, {"a": (0.0, 0.0), "b": (200.0, 0.0)})
    hand.click("a")
    hand.key(Key.Key_F2)
    hand.type(name)
    hand.key(Key.Key_Return)

    words = hand.view.stage.words.tooltip("a").split("\n")

    assert words == [" ".join(name.split()), "person", "Sales", "1 link out, 0 in"]


def test_what_marks_show_is_said_in_words_too(hand_on: Opened) -> None:
    document = org("ana > ben", modules={"Sales": "ana ben", "Support": "cy"})
    document = document.apply(edits.set_fields(document, ["Sales"], lead=NodeId("ana")))
    modules = (ModuleId("Sales"), ModuleId("Support"))
    document = document.apply(
        edits.set_fields(document, ["ana"], decides=True, knows=("payroll", "tax"), modules=modules)
    )
    document = document.apply(edits.set_fields(document, ["l1"], health="poor", no_answer_needed=True))
    words = hand_on(document, {"ana": (0.0, 0.0), "ben": (200.0, 0.0), "cy": (0.0, 300.0)}).view.stage.words

    assert "also in Support, leads a module, decides" in words.of("ana")
    assert "leads a module, decides" in words.tooltip("ana").split("\n")
    assert "knows payroll, tax" in words.tooltip("ana").split("\n")
    assert "goes badly, needs no answer" in words.of("l1")


def test_a_tooltip_shows_markup_in_a_name_as_it_is_written(hand_on: Opened) -> None:
    hand = hand_on()
    hand.key(Key.Key_N)
    hand.type("<b>x</b> & a < b")
    hand.key(Key.Key_Escape)
    at = hand.pixel("n1")

    QApplication.sendEvent(hand.view, QHelpEvent(QEvent.Type.ToolTip, at, hand.view.mapToGlobal(at)))

    shown = QTextDocument()
    shown.setHtml(QToolTip.text())
    assert shown.toPlainText() == "<b>x</b> & a < b\nperson\n0 links out, 0 in"
    QToolTip.hideText()


@pytest.mark.parametrize("grip", ["node", "rim"])
def test_what_is_deleted_while_it_is_dragged_ends_the_drag(hand_on: Opened, grip: str) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-100.0, 0.0), "ben": (150.0, 60.0)})
    hand.press("ana" if grip == "node" else hand.rim("ana"))
    hand.move((0.0, 150.0))

    hand.session.edit(verbatim("Delete"), edits.delete(hand.document, ["ana"]))
    hand.move((20.0, 160.0))
    hand.release((20.0, 160.0))

    assert hand.names == ["ben"]
    assert hand.view.stage.lifted is None
    assert hand.steps == 1


def test_a_link_is_opened_by_a_double_click(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), {"ana": (-200.0, 0.0), "ben": (0.0, 0.0)})
    opened: list[object] = []
    hand.view.link_opened.connect(opened.append)

    hand.double_click((-100.0, 0.0))

    assert opened == ["l1"]
    assert hand.names == ["ana", "ben"]


def _space(*, pressed: bool) -> QKeyEvent:
    kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
    return QKeyEvent(kind, Key.Key_Space, NONE, " ")


def _double(at: QPoint) -> QMouseEvent:
    where = QPointF(at)
    return QMouseEvent(QEvent.Type.MouseButtonDblClick, where, where, LEFT, LEFT, NONE)


def _wheel(
    hand: Hand,
    at: QPoint,
    *,
    notches: QPoint | None = None,
    pixels: QPoint | None = None,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    held: Qt.KeyboardModifier = NONE,
) -> None:
    where, none = QPointF(at), QPoint()
    event = QWheelEvent(
        where, where, pixels or none, notches or none, Qt.MouseButton.NoButton, held, phase, False
    )
    QApplication.sendEvent(hand.view, event)
