"""The palette in a real window: keys in, actions and names out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, NodeId
from orgmap.ui.goals import Kind
from orgmap.ui.main_window import MainWindow
from orgmap.ui.palette import Palette
from orgmap.ui.settings import Settings
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
PLACES = {"Ana": (0.0, 0.0), "Ben": (120.0, 0.0), "Zoë": (4000.0, 0.0)}


def team() -> Document:
    document = laid(org("Ana <> Ben, Ana > Zoë", modules={"Sales": "Ana Ben"}), PLACES)
    document = document.apply(edits.set_fields(document, ["Ana", "Zoë"], knows=("payroll",)))
    return document.apply(edits.set_fields(document, ["l2"], channel=ChannelId("chat")))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Settings(tmp_path / "settings.ini"), theme("light"))
    qtbot.addWidget(made)
    made.settings.reduced_motion = True
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.session.open(team())
    made.canvas.setFocus()
    qtbot.waitUntil(made.canvas.hasFocus)
    yield made
    made.session.open(Document())


def asked(window: MainWindow, typed: str = "") -> Palette:
    """Ctrl+K, and what is typed then."""
    QTest.keyClick(window.focusWidget() or window, Key.Key_K, CTRL)
    palette = window.room.commanding.palette
    assert palette.isVisible()
    assert palette.field.hasFocus()
    QTest.keyClicks(palette.field, typed)
    return palette


def enter(palette: Palette, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(palette.field, Key.Key_Return, held)


def first(palette: Palette) -> tuple[Kind, str]:
    return palette.found[0].kind, palette.found[0].name


def test_both_keys_open_it_and_esc_gives_the_keyboard_back(window: MainWindow) -> None:
    palette = asked(window)
    QTest.keyClick(palette.field, Key.Key_Escape)
    away = palette.isHidden(), window.canvas.hasFocus()

    QTest.keyClick(window.canvas, Key.Key_P, CTRL | SHIFT)

    assert away == (True, True)
    assert palette.isVisible()


def test_a_name_is_selected_and_brought_into_view(window: MainWindow) -> None:
    window.canvas.set_selection(["Ben"])
    window.canvas.stage.fit(["Ana"])

    palette = asked(window, "zoe")
    enter(palette)

    assert window.canvas.selection == {"Zoë"}
    assert window.canvas.stage.in_view(window.canvas.stage.extent(["Zoë"]))
    assert window.canvas.hasFocus()
    assert palette.isHidden()


def test_with_ctrl_or_shift_it_is_added_to_what_is_selected(window: MainWindow) -> None:
    window.canvas.set_selection(["Ben"])
    enter(asked(window, "@ana"), CTRL)
    enter(asked(window, "@zoe"), SHIFT)

    assert window.canvas.selection == {"Ana", "Ben", "Zoë"}


def test_links_topics_channels_and_modules_are_found_and_selected(window: MainWindow) -> None:
    for typed, kind, ids in (
        ("ana to z", Kind.LINK, {"l2"}),
        ("@payroll", Kind.TOPIC, {"Ana", "Zoë"}),
        ("@chat", Kind.CHANNEL, {"l2"}),
        ("@sales", Kind.MODULE, {"Sales"}),
    ):
        palette = asked(window, typed)
        found = first(palette)[0]
        enter(palette)

        assert found is kind, typed
        assert window.canvas.selection == ids, typed


def test_an_action_runs_and_is_first_among_equals_the_next_time(window: MainWindow) -> None:
    before = len(window.session.document.nodes)
    palette = asked(window, ">select all")
    enter(palette)
    selected = set(window.canvas.selection)

    again = asked(window, ">sel")

    assert selected >= {"Ana", "Ben", "Zoë"}
    assert len(window.session.document.nodes) == before
    assert again.found[0].name == "Select all"
    assert {goal.kind for goal in again.found} == {Kind.ACTION}


def test_what_cannot_be_had_now_says_why_and_does_nothing(window: MainWindow) -> None:
    palette = asked(window, ">turn the link")
    goal = palette.found[0]
    enter(palette)

    assert (goal.name, goal.detail) == ("Turn the link round", "select a link first")
    assert palette.isVisible()
    assert not window.session.modified


def test_an_action_is_found_by_its_menu_too_even_while_it_cannot_be_had(window: MainWindow) -> None:
    palette = asked(window, "align top")
    pale = palette.found[0]
    QTest.keyClick(palette.field, Key.Key_Escape)
    window.canvas.set_selection(["Ana", "Ben"])

    ready = asked(window, "align top").found[0]

    assert pale.ids == ready.ids == ("align_top",)
    assert (bool(pale.why), ready.why) == (True, "")


def test_every_action_of_the_table_can_be_found(window: MainWindow) -> None:
    palette = asked(window, ">")

    listed = {goal.ids[0] for goal in palette.found}
    assert listed == {entry.id for entry, _ in window.actions_table}


def test_up_and_down_go_round_and_nothing_found_is_said(window: MainWindow) -> None:
    palette = asked(window, "@a")
    many = len(palette.found)
    QTest.keyClick(palette.field, Key.Key_Up)
    last = palette.list.currentIndex().row()
    QTest.keyClick(palette.field, Key.Key_Down)
    top = palette.list.currentIndex().row()
    QTest.keyClicks(palette.field, "qqq")

    assert many > 1
    assert (last, top) == (many - 1, 0)
    assert palette.found == []
    assert palette.list.isHidden()


def test_hidden_names_are_not_found_here_either(window: MainWindow) -> None:
    window.session.hide_names(True)

    palette = asked(window, "@")

    names = {goal.name for goal in palette.found}
    assert names.isdisjoint({"Ana", "Ben", "Zoë", "Sales", "payroll"})
    assert any(goal.ids == ("Ana",) for goal in palette.found)


def test_on_the_start_page_it_opens_and_says_what_is_missing(window: MainWindow) -> None:
    window.show_start()

    palette = asked(window, ">save")

    assert palette.found[0].detail == "open a map first"
    QTest.keyClick(palette.field, Key.Key_Escape)


def test_a_renamed_person_is_found_by_the_new_name(window: MainWindow) -> None:
    change = edits.rename(window.session.document, NodeId("Ben"), "Çelik")
    window.session.edit(verbatim("Rename"), change)

    assert asked(window, "celik").found[0].ids == ("Ben",)


def test_asked_for_twice_the_keyboard_still_goes_back_to_the_map(window: MainWindow) -> None:
    palette = asked(window)
    palette = asked(window)

    QTest.keyClick(palette.field, Key.Key_Escape)

    assert window.canvas.hasFocus()


def test_what_had_the_keyboard_may_be_gone_by_then(window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    palette = asked(window)
    shiboken6.delete(field)

    QTest.keyClick(palette.field, Key.Key_Escape)

    assert not palette.isVisible()
