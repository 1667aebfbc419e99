"""Keys of one's own: given by pressing them, remembered, and put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.entities import LinkId
from orgmap.ui.dialogs.shortcut_editor import ShortcutEditor
from orgmap.ui.keymap import CUSTOM, custom_keys
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings
from tests.ui.hand import Hand, laid
from tests.words import org

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Settings(tmp_path / "settings.ini"), theme("light"))
    qtbot.addWidget(made)
    made.settings.reduced_motion = True
    made.show()
    qtbot.waitExposed(made)
    made.session.open(laid(org("ana > ben"), {"ana": (0.0, 0.0), "ben": (120.0, 0.0)}))
    yield made
    made.session.open(Document())


def opened(window: MainWindow, action_id: str) -> ShortcutEditor:
    window.actions_table["change_keys"].trigger()
    editor = window.findChildren(ShortcutEditor)[-1]
    editor.choose(action_id)
    assert editor.chosen == action_id
    editor.field.setFocus()
    return editor


def press(editor: ShortcutEditor, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(editor.field, key, held)


def keys(window: MainWindow, action_id: str) -> list[str]:
    return [key.toString() for key in window.actions_table[action_id].shortcuts()]


def told(editor: ShortcutEditor) -> str:
    return editor.field.accessibleDescription()


def test_keys_pressed_hold_at_once_on_the_canvas_and_the_old_ones_no_longer(window: MainWindow) -> None:
    editor = opened(window, "turn_round")
    press(editor, Key.Key_U)
    editor.close()
    window.canvas.set_selection(["l1"])

    QTest.keyClick(window.canvas, Key.Key_R)
    after_the_old = window.session.document.links[LinkId("l1")].source
    QTest.keyClick(window.canvas, Key.Key_U)

    assert keys(window, "turn_round") == ["U"]
    assert after_the_old == "ana"
    assert window.session.document.links[LinkId("l1")].source == "ben"


def test_they_are_remembered_for_the_next_window(window: MainWindow, qtbot: QtBot) -> None:
    press(opened(window, "tidy"), Key.Key_F7)
    again = Settings(window.settings.path)
    other = MainWindow(again, theme("light"))
    qtbot.addWidget(other)
    other.session.open(Document())

    assert keys(other, "tidy") == ["F7"]


def test_who_has_the_keys_already_is_named_and_can_lose_them(window: MainWindow) -> None:
    editor = opened(window, "tidy")
    press(editor, Key.Key_D, CTRL)
    named = told(editor), keys(window, "tidy"), editor.instead.isVisible()

    QTest.mouseClick(editor.instead, LEFT)

    assert named == ("Ctrl+D belongs to: Duplicate.", ["Ctrl+T"], True)
    assert keys(window, "tidy") == ["Ctrl+D"]
    assert keys(window, "duplicate") == []


def test_a_letter_alone_is_for_the_canvas_and_some_keys_for_nobody(window: MainWindow) -> None:
    editor = opened(window, "save")
    press(editor, Key.Key_J)
    single = told(editor)
    press(editor, Key.Key_Left, CTRL)
    reserved = told(editor)

    assert "works everywhere" in single
    assert "is needed by the map" in reserved
    assert "Ctrl+S" in keys(window, "save")


def test_one_and_all_are_put_back(window: MainWindow) -> None:
    editor = opened(window, "tidy")
    press(editor, Key.Key_F7)
    editor.choose("fit")
    QTest.mouseClick(editor.none, LEFT)
    changed = keys(window, "tidy"), keys(window, "fit")

    QTest.mouseClick(editor.usual, LEFT)
    one = keys(window, "fit")
    QTest.mouseClick(editor.all, LEFT)

    assert changed == (["F7"], [])
    assert one == ["F"]
    assert keys(window, "tidy") == ["Ctrl+T"]
    assert window.settings.text(CUSTOM, "") == ""


def test_typing_narrows_the_list_down(window: MainWindow) -> None:
    editor = opened(window, "tidy")

    QTest.keyClicks(editor.sought, "ctrl+shift+s")

    shown = [row for row in range(editor.table.model().rowCount()) if not editor.table.isRowHidden(row)]
    names = {str(editor.table.model().index(row, 0).data()) for row in shown}
    assert "Save as" in names
    assert "Person" not in names


@pytest.mark.parametrize(
    "nonsense",
    ["[]", "{", '{"nobody": ["F7"]}', '{"tidy": "F7"}', '{"tidy": [7]}', '{"tidy": ["Esc", "", "A, B"]}'],
)
def test_nonsense_in_the_settings_changes_nothing_it_should_not(tmp_path: Path, nonsense: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.put(CUSTOM, nonsense)

    found = custom_keys(settings)

    assert found.get("tidy", []) == []
    assert set(found) <= {"tidy"}
    assert QKeySequence("F7") not in found.get("tidy", [])


def test_menus_of_the_map_and_tools_show_the_keys_as_they_are_now(window: MainWindow) -> None:
    press(opened(window, "turn_round"), Key.Key_U)
    press(opened(window, "person"), Key.Key_Y)
    window.canvas.set_selection(["l1"])
    tool = window.room.tools.findChild(QToolButton, "tool-person")
    assert tool is not None

    menu = Hand(window.canvas).menu((60.0, 0.0))
    words = [action.text() for action in menu.actions()]
    menu.close()

    assert "Turn round\tU" in words
    assert tool.toolTip() == "Person (Y)"
