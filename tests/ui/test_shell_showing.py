"""What is hidden on the screen, through the whole window: names, panels, pictures, data, menus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from orgmap.files import formats
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import LinkId, NodeId
from orgmap.ui.dialogs.export import ExportDialog
from orgmap.ui.sieve import Facet
from tests.desk import CTRL, LEFT, SHIFT, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
PLACES = {"n1": (-200.0, 0.0), "n2": (0.0, 0.0), "n3": (200.0, 0.0)}
_SAID = verbatim("Move Anselm")
SECRETS = ("Anselm", "Berta", "Cosima", "Handel", "Merger", "Payroll")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    document = org("n1 > n2, n2 > n3", modules={"m1": "n1 n2"}, title="Merger")
    for end, name in {"n1": "Anselm", "n2": "Berta", "n3": "Cosima", "m1": "Handel"}.items():
        document = document.apply(edits.rename(document, NodeId(end), name))
    document = document.apply(edits.set_fields(document, [NodeId("n1")], knows=("Payroll",), title="Payroll"))
    document = document.apply(edits.set_fields(document, [LinkId("l1")], topic="Merger"))
    with seated(qtbot, tmp_path, puppet.obedient, laid(document, PLACES)) as made:
        yield made


def everything_said(window: QWidget) -> str:
    """Every word a person could read or hear anywhere in the window, menus and tooltips included."""
    words = [window.windowTitle()]
    for widget in filter(QWidget.isVisible, window.findChildren(QWidget)):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            words.append(widget.text())
        if isinstance(widget, QComboBox):
            words += [widget.itemText(row) for row in range(widget.count())]
    words += [action.text() + action.toolTip() for action in window.findChildren(QAction)]
    return "\n".join(words)


@pytest.mark.parametrize("chosen", ["n1", "l1", "m1", None])
def test_one_key_hides_every_name_in_the_window_and_shows_them_again(desk: Desk, chosen: str | None) -> None:
    window = desk.window
    window.side.setCurrentWidget(window.side.inspector)
    window.canvas.set_selection([chosen] if chosen else [])
    window.session.edit(_SAID, edits.move(desk.document, {NodeId("n1"): (-210.0, 10.0)}))
    assert any(name in everything_said(window) for name in SECRETS)
    window.canvas.setFocus()

    desk.key(Key.Key_H)

    said = everything_said(window)
    assert [name for name in SECRETS if name in said] == []
    assert "Names hidden" in said
    desk.key(Key.Key_H)
    assert any(name in everything_said(window) for name in SECRETS)


def test_a_level_is_edited_while_names_are_hidden_and_no_name_is_lost(desk: Desk) -> None:
    window = desk.window
    window.side.setCurrentWidget(window.side.inspector)
    window.canvas.set_selection(["n1"])
    window.canvas.setFocus()
    desk.key(Key.Key_H)
    form = window.side.inspector.findChildren(QLineEdit)
    name = next(line for line in form if line.isVisible() and line.accessibleName() == "Name")
    level = next(line for line in form if line.isVisible() and line.accessibleName().startswith("Level"))

    assert name.text() == "Person 1"
    assert not name.isEnabled()
    level.setFocus()
    desk.type("2")
    desk.key(Key.Key_Return)

    node = desk.document.nodes[NodeId("n1")]
    assert (node.name, node.level, node.knows) == ("Anselm", 2, ("Payroll",))


def test_whoever_is_deleted_and_brought_back_goes_by_the_same_number_everywhere(desk: Desk) -> None:
    window = desk.window
    window.canvas.setFocus()
    desk.key(Key.Key_H)
    scene = window.canvas.stage.scene
    before = dict(zip(scene.nodes.ids, scene.names, strict=True))

    window.canvas.set_selection(["n1"])
    desk.key(Key.Key_Delete)
    scene = window.canvas.stage.scene
    without = dict(zip(scene.nodes.ids, scene.names, strict=True))
    desk.key(Key.Key_Z, CTRL)
    scene = window.canvas.stage.scene
    back = dict(zip(scene.nodes.ids, scene.names, strict=True))

    assert without == {"n2": "Person 2", "n3": "Person 3"}
    assert back == before
    assert {key: node.name for key, node in window.session.shown.nodes.items()} == before


def test_menus_tick_what_holds(desk: Desk) -> None:
    actions = desk.window.actions_table

    actions["formal_faded"].trigger()
    assert actions["formal_faded"].isChecked()
    assert not actions["formal_full"].isChecked()
    actions["formal_faded"].trigger()
    assert actions["formal_faded"].isChecked()
    actions["modules_only"].trigger()
    assert actions["modules_only"].isChecked()
    actions["show_all"].trigger()

    assert actions["formal_full"].isChecked()
    assert not actions["modules_only"].isChecked()


def test_f6_stops_at_the_chips_and_at_the_filter(desk: Desk) -> None:
    window = desk.window
    canvas = window.canvas
    canvas.shown.set(canvas.shown.showing.filtered(Facet.LEVEL, [""]))
    desk.key(Key.Key_F, CTRL | SHIFT)
    assert canvas.overlay.card.isVisible()
    canvas.setFocus()

    stops = []
    for _ in range(2):
        desk.key(Key.Key_F6)
        stops.append(QApplication.focusWidget())

    assert stops[0] in canvas.overlay.chips
    assert stops[1] is not None
    assert canvas.overlay.card.isAncestorOf(stops[1])


def test_a_map_whose_people_have_no_place_gets_them_from_the_canvas(desk: Desk) -> None:
    desk.window.session.open(org("ana > ben"))
    button = desk.window.canvas.overlay.nothing.button
    assert button.isVisible()

    QTest.mouseClick(button, LEFT)

    desk.until(lambda: all(node.x is not None for node in desk.document.nodes.values()))


def test_a_refusal_is_told_in_the_window(desk: Desk) -> None:
    desk.window.canvas.setFocus()
    desk.window.canvas.set_selection([])

    desk.window.canvas.commands["focus_2"]()

    assert desk.notice == "Select the people first round whom to look."


def test_a_picture_is_as_shown_and_says_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    canvas = desk.window.canvas
    canvas.shown.set(canvas.shown.showing.filtered(Facet.MODULE, ["m1"]))
    target = tmp_path / "shown.svg"

    desk.key(Key.Key_E, CTRL | SHIFT)
    dialog = _export(desk, ".svg")
    assert any("Not shown: Handel" in words for words in desk.words(dialog))
    desk.press("Export", dialog)
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    drawn = target.read_text()
    assert "Cosima" in drawn
    assert "Anselm" not in drawn
    assert "Not shown: Handel" in drawn


def test_the_whole_map_can_be_asked_for(desk: Desk, tmp_path: Path) -> None:
    canvas = desk.window.canvas
    canvas.shown.set(canvas.shown.showing.filtered(Facet.MODULE, ["m1"]))
    target = tmp_path / "whole.svg"

    desk.key(Key.Key_E, CTRL | SHIFT)
    dialog = _export(desk, ".svg")
    dialog.as_shown.click()
    desk.press("Export", dialog)
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    assert "Anselm" in target.read_text()
    assert "Not shown" not in target.read_text()


@pytest.mark.parametrize("ending", ["svg", "graphml", "csv"])
def test_nothing_with_names_leaves_the_program_unasked_while_they_are_hidden(
    desk: Desk, tmp_path: Path, ending: str
) -> None:
    desk.window.canvas.setFocus()
    desk.key(Key.Key_H)
    target = tmp_path / f"out.{ending}"

    desk.window.actions_table["export"].trigger()
    desk.press("Export", _export(desk, f".{ending}"))
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    written = "".join(path.read_text() for path in tmp_path.glob("out*"))
    assert "Person 1" in written
    assert [name for name in SECRETS if name in written] == []


def test_where_all_is_shown_there_is_no_choice_about_it(desk: Desk, tmp_path: Path) -> None:
    desk.key(Key.Key_E, CTRL | SHIFT)
    dialog = _export(desk, ".png")
    offered = dialog.as_shown.isVisible()
    desk.press("Export", dialog)
    desk.choose_file(tmp_path / "plain.png")
    desk.until(lambda: desk.notice)

    assert not offered
    assert formats.writable(tmp_path / "plain.png").picture
    assert (tmp_path / "plain.png").is_file()


def _export(desk: Desk, kind: str) -> ExportDialog:
    dialog = desk.dialog("export")
    assert isinstance(dialog, ExportDialog)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(kind))
    return dialog
