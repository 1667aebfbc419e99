"""The window as a whole: what is shown, enabled, said, remembered; and what happens when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from orgmap import i18n
from orgmap.drawing.style import theme
from orgmap.files import native
from orgmap.ui.bars import TopBar
from orgmap.ui.dialogs.shortcut_sheet import ShortcutSheet
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings, ThemeChoice
from orgmap.ui.widgets.segments import Segments
from tests.desk import CTRL, LEFT, SHIFT, Desk, seated
from tests.ui import puppet
from tests.ui.dressed import dressed, pseudo_language
from tests.ui.hand import laid
from tests.ui.pseudo import untranslated
from tests.words import org

Key = Qt.Key
MAP = laid(
    org("ana <> ben, ben > cy", modules={"R&D": "ana ben"}, title="Plan"),
    {"ana": (-90.0, 0.0), "ben": (90.0, 0.0), "cy": (0.0, 160.0)},
)


_KEYS = ("Ctrl", "Shift", "Alt", "Esc", "Del", "Backspace")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def enabled(desk: Desk) -> set[str]:
    return {entry.id for entry, action in desk.window.actions_table if action.isEnabled()}


def test_the_start_page_comes_first_and_offers_only_what_makes_sense(qtbot: QtBot, tmp_path: Path) -> None:
    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        assert desk.window.on_start_page
        assert desk.window.windowTitle() == "orgmap"
        assert {"new", "open", "import", "quit", "shortcuts", "about"} <= enabled(desk)
        assert not {"save", "undo", "delete", "tidy", "zoom_in", "export"} & enabled(desk)


def test_a_new_map_takes_what_one_types_as_people_and_links(qtbot: QtBot, tmp_path: Path) -> None:
    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        desk.window.actions_table["new"].trigger()
        desk.until(lambda: not desk.window.on_start_page)

        desk.type("Ana > Ben")
        desk.key(Key.Key_Return)

        assert sorted(node.name for node in desk.document.nodes.values()) == ["Ana", "Ben"]
        assert len(desk.document.links) == 1


def test_the_choice_of_the_form_stays_where_it_is_when_the_map_is_edited(desk: Desk) -> None:
    bar, switch = desk.window.findChild(TopBar), desk.window.findChild(Segments)
    assert bar is not None
    assert switch is not None
    state = bar.findChild(QLabel)
    assert state is not None
    before = switch.geometry()

    desk.click_person("ana")
    desk.key(Key.Key_Delete)
    desk.until(lambda: state.width() >= state.sizeHint().width() > 20)

    assert switch.geometry() == before


def test_actions_follow_the_selection_and_the_history(desk: Desk) -> None:
    nothing = enabled(desk)
    desk.click_person("ana")
    person = enabled(desk)
    desk.key(Key.Key_Delete)
    deleted = enabled(desk)

    assert not {"delete", "rename", "duplicate", "turn_round", "undo"} & nothing
    assert {"delete", "rename", "duplicate"} <= person
    assert "turn_round" not in person
    assert "undo" in deleted
    assert "ana" in desk.window.actions_table["undo"].text()


def test_a_map_without_a_title_goes_by_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    with seated(
        qtbot, tmp_path, puppet.obedient, laid(org("ana <> ben"), {"ana": (0, 0), "ben": (90, 0)})
    ) as desk:
        title = desk.window.findChild(QLineEdit, "title")
        assert title is not None

        assert (title.text(), title.placeholderText()) == ("", "map")
        assert desk.document.info.title == ""


@pytest.mark.parametrize("form", ["view_map", "view_people", "view_matrix"])
def test_the_menu_of_what_has_the_keyboard_opens_by_key(desk: Desk, form: str) -> None:
    desk.window.actions_table[form].trigger()
    desk.key(Key.Key_Right)  # in the matrix nothing can be done with the diagonal

    desk.key(Key.Key_F10, SHIFT)

    desk.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def test_the_side_panel_grows_with_the_text(desk: Desk, qapp: QApplication) -> None:
    with dressed(qapp, "light"):
        usual = desk.window.side.minimumWidth()
        with dressed(qapp, "light", 2.0):
            desk.until(lambda: desk.window.side.minimumWidth() > 1.4 * usual)

            assert desk.window.side.width() >= desk.window.side.minimumWidth()


def test_tidying_everything_shows_where_everybody_stands_now(desk: Desk) -> None:
    canvas = desk.window.canvas
    canvas.set_camera(replace(canvas.camera, x=5000.0, y=5000.0))

    desk.window.actions_table["tidy"].trigger()
    desk.until(lambda: desk.window.session.history.undo_label is not None)

    assert canvas.camera.seen.contains(canvas.stage.extent())


def test_tidying_a_few_leaves_the_view_alone(desk: Desk) -> None:
    canvas = desk.window.canvas
    canvas.set_selection(["ana", "ben"])
    before = canvas.camera

    desk.window.actions_table["tidy"].trigger()
    desk.until(lambda: desk.window.session.history.undo_label is not None)

    assert canvas.camera == before


def test_the_status_line_counts_what_is_there(desk: Desk) -> None:
    words = [label.text() for label in desk.window.room.status.findChildren(QLabel)]

    assert "3 people, 1 module, 2 links" in words


def test_the_tool_strip_and_the_canvas_agree_on_the_tool(desk: Desk) -> None:
    button = desk.window.findChild(QToolButton, "tool-person")
    select = desk.window.findChild(QToolButton, "tool-select")
    assert button is not None
    assert select is not None

    QTest.mouseClick(button, LEFT)
    in_hand = desk.window.canvas.tool
    desk.key(Key.Key_Escape)

    assert in_hand == "person"
    assert desk.window.canvas.tool == "select"
    assert select.isChecked()


def test_every_button_of_the_bars_shows_an_icon_or_words_and_has_a_name(desk: Desk) -> None:
    room = desk.window.room
    buttons = [b for part in (room.top, room.tools) for b in part.findChildren(QAbstractButton)]

    assert len(buttons) >= 8
    assert [b.objectName() for b in buttons if b.icon().isNull() and not b.text()] == []
    assert [b.objectName() for b in buttons if not (b.accessibleName() or b.text())] == []
    assert [b.objectName() for b in buttons if not b.toolTip()] == []


def test_panels_are_hidden_and_never_lost(desk: Desk) -> None:
    desk.window.actions_table["panel"].trigger()
    desk.window.actions_table["tools"].trigger()
    hidden = desk.window.side.isHidden(), desk.window.room.tools.isHidden()
    desk.window.actions_table["reset_layout"].trigger()

    assert hidden == (True, True)
    assert desk.window.side.isVisible()
    assert desk.window.room.tools.isVisible()
    assert desk.window.actions_table["panel"].isChecked()


def test_f6_goes_round_the_parts_of_the_window(desk: Desk) -> None:
    window = desk.window
    parts = [window.canvas, window.side, window.room.tools, window.room.top]
    window.canvas.setFocus()

    visited = []
    for _ in parts:
        desk.key(Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        visited.append(next(i for i, p in enumerate(parts) if p is focus or p.isAncestorOf(focus)))

    assert visited == [1, 2, 3, 0]


@pytest.mark.parametrize("choice", [choice for choice in ThemeChoice if choice is not ThemeChoice.SYSTEM])
def test_the_theme_is_chosen_in_the_menu_and_holds(desk: Desk, tmp_path: Path, choice: ThemeChoice) -> None:
    desk.window.actions_table[f"theme_{choice}"].trigger()

    assert Settings(tmp_path / "settings.ini").theme is choice
    assert desk.window.actions_table[f"theme_{choice}"].isChecked()


def test_the_legend_is_folded_in_the_menu_and_stays_so(desk: Desk, tmp_path: Path) -> None:
    actions, fold = desk.window.actions_table, desk.window.canvas.overlay.fold
    seen = [(actions["legend"].isChecked(), fold.folded)]

    actions["legend"].trigger()
    seen.append((actions["legend"].isChecked(), fold.folded))
    kept = Settings(tmp_path / "settings.ini").legend_folded
    actions["reset_layout"].trigger()
    seen.append((actions["legend"].isChecked(), fold.folded))

    assert seen == [(True, False), (False, True), (True, False)]
    assert kept


def test_every_part_takes_another_theme_at_once(desk: Desk) -> None:
    desk.window.set_theme(theme("dark"))
    dark = desk.window.canvas.grab().toImage().pixelColor(3, 3)
    desk.window.set_theme(theme("light"))
    light = desk.window.canvas.grab().toImage().pixelColor(3, 3)

    assert (dark, light) == (theme("dark")["ground"], theme("light")["ground"])


def test_names_of_the_user_are_shown_as_they_are_in_menus(desk: Desk) -> None:
    desk.click_person("ana")
    desk.key(Key.Key_F2)
    desk.window.canvas.naming.field.selectAll()
    desk.type("A&B <b>")
    desk.key(Key.Key_Return)
    desk.window.canvas.setFocus()
    desk.click_person("ana")
    desk.key(Key.Key_Delete)

    assert "A&&B <b>" in desk.window.actions_table["undo"].text()


def test_a_recent_map_that_is_gone_is_grey_in_the_menu_and_can_be_swept_out(
    desk: Desk, tmp_path: Path
) -> None:
    desk.window.recent.add(tmp_path / "gone.orgmap")
    menu = next(m for m in desk.window.findChildren(QMenu) if m.title() == "Open &recent")
    menu.aboutToShow.emit()

    entries = {action.text().split(" \N{EM DASH}")[0]: action for action in menu.actions() if action.text()}
    assert not entries["gone"].isEnabled()
    assert entries["map"].isEnabled()
    entries["Take out what is gone"].trigger()
    assert [path.name for path in desk.window.recent.paths] == ["map.orgmap"]


def test_a_file_dropped_on_the_map_is_opened(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.orgmap"
    native.save(org("x <> y"), other)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    args = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)

    entered = QDragEnterEvent(QPoint(5, 5), *args)
    QApplication.sendEvent(desk.window, entered)
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(5, 5), *args))

    assert entered.isAccepted()
    desk.until(lambda: desk.window.session.path == other)


def test_f1_opens_the_sheet_and_typing_narrows_it_down(desk: Desk) -> None:
    desk.key(Key.Key_F1)
    sheet = desk.dialog("shortcuts")
    assert isinstance(sheet, ShortcutSheet)
    told = sheet.found()

    field = sheet.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "redo")

    assert len(told) > 40
    assert "Ctrl+N New map" in told
    assert "Ctrl+Q Quit" in told
    assert ["Redo" in words for words in sheet.found()] == [True]
    QTest.keyClick(field, Key.Key_Escape)
    desk.until(desk.no_dialog)


def test_about_names_the_licences(desk: Desk) -> None:
    desk.window.actions_table["about"].trigger()
    about = desk.dialog("about")

    parts = about.findChildren(QPlainTextEdit)[0].toPlainText()
    assert all(word in parts for word in ("LGPL-3.0", "Lucide", "ISC", "Inter", "OFL"))
    about.close()


def test_preferences_hold_at_once(desk: Desk) -> None:
    desk.key(Key.Key_Comma, CTRL)
    dialog = desk.dialog("preferences")
    boxes = dialog.findChildren(QCheckBox)

    letters = next(box for box in boxes if box.text().startswith("Single letters"))
    QTest.keyClick(letters, Key.Key_Space)

    assert not desk.window.settings.single_keys
    assert not desk.window.canvas.keys.single
    assert not desk.window.actions_table["person"].shortcuts()
    dialog.close()


def test_no_text_of_the_window_is_left_in_english_in_another_language(desk: Desk) -> None:
    english = {action.text() for _, action in desk.window.actions_table if action.text()}
    try:
        i18n.use(i18n.PSEUDO)
        desk.window.relabel()
        pseudo = {action.text() for _, action in desk.window.actions_table if action.text()}
        menus = [action.text() for action in desk.window.menuBar().actions()]
    finally:
        i18n.use(i18n.ENGLISH)
        desk.window.relabel()

    assert english.isdisjoint(pseudo)
    assert all("⟦" in words for words in [*pseudo, *menus])


def test_every_text_of_the_window_and_its_dialogs_can_be_translated(qtbot: QtBot, tmp_path: Path) -> None:
    with pseudo_language(), seated(qtbot, tmp_path, puppet.obedient, MAP) as desk:
        own = ["ana", "ben", "cy", "R&D", "Plan", "map", tmp_path.name, *_KEYS]
        found = untranslated(desk.window, own)
        for name in ("preferences", "about"):
            desk.window.actions_table[name].trigger()
            dialog = desk.dialog(name)
            found += untranslated(dialog, ["English", *own])
            dialog.close()

    assert found == []


@pytest.mark.parametrize("kept", [b"", b"garbage", bytes(200)])
def test_a_spoilt_or_far_away_place_of_the_window_is_mended(
    qtbot: QtBot, tmp_path: Path, kept: bytes
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.put_data("window/geometry", QByteArray(kept))
    settings.put_data("window/splitter", QByteArray(kept))

    window = MainWindow(settings, theme("light"), puppet.obedient)
    qtbot.addWidget(window)

    screen = QApplication.primaryScreen().availableGeometry()
    assert screen.intersects(window.geometry())
    assert window.width() >= window.minimumWidth()


def test_the_window_comes_back_where_it_stood(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    first = MainWindow(settings, theme("light"), puppet.obedient)
    qtbot.addWidget(first)
    first.show()
    first.setGeometry(40, 50, 700, 500)
    first.close()

    second = MainWindow(settings, theme("light"), puppet.obedient)
    qtbot.addWidget(second)

    assert (second.width(), second.height()) == (700, 500)


def test_a_letter_chooses_in_an_open_menu_and_does_nothing_to_the_map_behind_it(desk: Desk) -> None:
    desk.window.canvas.setFocus()
    QTest.keyClick(desk.window.canvas, Key.Key_V, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    view = QApplication.activePopupWidget()
    assert view is not None

    QTest.keyClick(view, Key.Key_T)

    desk.until(lambda: QApplication.activePopupWidget() is not view)
    theme = QApplication.activePopupWidget()
    assert isinstance(theme, QMenu)
    assert theme.title() == "&Theme"
    assert not desk.document.stickies
    theme.close()
    view.close()
