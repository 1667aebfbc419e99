"""The table of actions: complete, without doubles, and said right."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.i18n import verbatim
from orgmap.ui.actions import ENTRIES, Actions, Needs, doubled, plain
from orgmap.ui.menu_order import FILLED, MENUS, SUBMENUS, THEMES
from orgmap.ui.shortcuts import is_single, key_sequences, shown


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    window = QWidget()
    qtbot.addWidget(window)
    return Actions(window)


def test_every_action_stands_in_exactly_one_menu() -> None:
    every = [*(group.ids for group in MENUS), *FILLED.values()]
    listed = Counter(i for ids in every for i in ids if i is not None and not i.endswith(":"))
    themes = {entry.id for entry in ENTRIES if entry.id.startswith("theme_")}

    assert set(listed) == {entry.id for entry in ENTRIES} - themes
    assert set(listed.values()) == {1}
    assert {i for group in MENUS for i in group.ids if i and i.endswith(":")} == SUBMENUS.keys()


def test_no_key_belongs_to_two_actions(actions: Actions) -> None:
    taken = Counter(key.toString() for _, action in actions for key in action.shortcuts())

    assert [key for key, times in taken.items() if times > 1] == []


def test_the_keys_that_everybody_knows_are_there_on_every_platform(actions: Actions) -> None:
    wanted = {
        "new": "Ctrl+N", "open": "Ctrl+O", "save": "Ctrl+S", "save_as": "Ctrl+Shift+S", "close": "Ctrl+W",
        "quit": "Ctrl+Q", "undo": "Ctrl+Z", "select_all": "Ctrl+A", "duplicate": "Ctrl+D", "rename": "F2",
        "full_screen": "F11", "preferences": "Ctrl+,", "zoom_full": "Ctrl+0", "print": "Ctrl+P",
    }  # fmt: skip

    for action_id, key in wanted.items():
        assert actions[action_id].shortcuts()[0] == QKeySequence(key), action_id
    redo = [key.toString() for key in actions["redo"].shortcuts()]
    assert {"Ctrl+Shift+Z", "Ctrl+Y"} <= set(redo)
    assert {"F1", "Ctrl+?"} <= {key.toString() for key in actions["shortcuts"].shortcuts()}


def test_every_key_without_a_modifier_fires_nowhere_but_on_the_canvas(actions: Actions) -> None:
    for entry, action in actions:
        if any(is_single(key) for key in action.shortcuts()):
            assert action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut, entry.id


def test_single_keys_can_be_switched_off_and_on_again(actions: Actions) -> None:
    actions.set_single_keys(False)
    without = [action.objectName() for _, action in actions if any(map(is_single, action.shortcuts()))]
    actions.set_single_keys(True)

    assert without == []
    assert actions["person"].shortcuts() == [QKeySequence("N")]
    assert actions["rename"].shortcuts() == [QKeySequence("F2")]


def test_an_action_is_enabled_when_what_it_needs_is_there(actions: Actions) -> None:
    actions.enable([])
    on_the_start_page = actions["save"].isEnabled(), actions["open"].isEnabled()
    actions.enable([Needs.MAP, Needs.PEOPLE])

    assert on_the_start_page == (False, True)
    assert (actions["save"].isEnabled(), actions["delete"].isEnabled()) == (True, False)


def test_undo_says_what_and_shows_the_names_of_the_user_as_they_are(actions: Actions) -> None:
    actions.say_steps(verbatim("Rename R&D"), None)

    assert actions["undo"].text() == "&Undo: Rename R&&D"
    assert actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()


def test_every_icon_named_in_the_table_is_bundled(actions: Actions) -> None:
    actions.set_theme(theme("light"))

    missing = [entry.id for entry, action in actions if entry.icon and action.icon().isNull()]
    assert missing == []


def test_a_table_with_a_forgotten_slot_is_refused(actions: Actions) -> None:
    with pytest.raises(ValueError, match="new"):
        actions.connect_all({entry.id: print for entry in ENTRIES if entry.id != "new"})


def test_keys_are_shown_once_each_and_labels_without_their_marks() -> None:
    keys = key_sequences(("Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+Y"))

    assert len(keys) == 2
    assert shown(keys[1:]).endswith("Y")
    assert plain("Save &as…") == "Save as"
    assert plain(doubled("R&D\n two")) == "R&D two"


def mnemonic(label: object) -> str:
    """The letter behind the &; empty if there is none."""
    words = str(label).replace("&&", "")
    return words[words.index("&") + 1].casefold() if "&" in words else ""


def test_every_entry_of_a_menu_has_a_letter_of_its_own() -> None:
    labels = {entry.id: entry.label for entry in ENTRIES} | SUBMENUS
    menus = {str(group.title()): group.ids for group in MENUS} | FILLED | {"theme:": THEMES}

    for name, ids in menus.items():
        letters = Counter(mnemonic(labels[action_id]()) for action_id in ids if action_id is not None)
        assert [letter for letter, times in letters.items() if times > 1 or not letter] == [], name
    titles = Counter(mnemonic(group.title()) for group in MENUS)
    assert set(titles.values()) == {1}


def test_a_menu_is_short_enough_to_be_read() -> None:
    for ids in (*(group.ids for group in MENUS), *FILLED.values()):
        assert len([action_id for action_id in ids if action_id]) <= 20
        assert ids[0] is not None
        assert ids[-1] is not None
        assert not any(one is None and other is None for one, other in pairwise(ids))
