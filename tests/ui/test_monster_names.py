"""Names of thousands of marks or lines: cut when read, and small wherever Qt is given them (row 36)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.lettering import Lettering
from orgmap.drawing.plain import LONGEST
from orgmap.files import native
from orgmap.files.mending import MOST_NAME
from orgmap.model.frames import LETTER, MOST_LETTERS, NAME_DROP
from orgmap.ui.tables.page import TablePage
from orgmap.ui.widgets.words import TALLEST_TIP
from tests.desk import CTRL, seated
from tests.ui import puppet
from tests.ui.conftest import Opened

MONSTERS = {"marks": "a" + "\u0301" * 5_000, "lines": "line\n" * 5_000}
WIDEST = MOST_LETTERS * LETTER  # of a name on the map, in pixels at 100 %


def told(widget: QWidget) -> list[str]:
    """Every text a widget has to lay out on one or a few lines, or to speak."""
    own = [widget.text()] if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else []
    return [*own, widget.accessibleName()]


@pytest.fixture(params=MONSTERS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    monster = MONSTERS[request.param]
    nodes = [{"id": "n", "name": monster, "x": 0, "y": 0}, {"id": "ben", "name": "Ben", "x": 0, "y": 200}]
    modules = [{"id": "m", "name": monster}]
    made = tmp_path / "monster.orgmap"
    made.write_text(json.dumps({"orgmap": 1, "nodes": nodes, "modules": modules}), encoding="utf-8")
    return made


def test_a_monster_of_a_name_is_cut_and_noted_when_it_is_read(path: Path) -> None:
    opened = native.read(path.read_bytes(), path)

    document = opened.document
    assert [len(node.name) for node in document.nodes.values()] == [MOST_NAME, 3]
    assert [len(module.name) for module in document.modules.values()] == [MOST_NAME]
    assert sum("were kept" in str(note.message) for note in opened.notes) == 2


def test_a_monster_of_a_name_is_painted_elided_on_one_line(hand_on: Opened, path: Path) -> None:
    hand = hand_on(native.load(path))
    name = hand.view.stage.scene.names[0]
    lettering = Lettering()
    word = lettering.fitted(name, 13, QFont.Weight.Normal, WIDEST)

    image = hand.view.grab().toImage()

    middle = hand.pixel("n")
    below = QRect(middle.x() - 30, middle.y() + round(NAME_DROP) - 8, 60, 16)
    beside = QRect(middle.x() + round(WIDEST), below.y(), 100, 16)
    assert len(name) <= LONGEST
    assert "\n" not in name
    assert lettering.width(word, 13) <= WIDEST + 1
    assert len(colours(image, below)) > 1
    assert len(colours(image, beside)) == 1


def test_a_monster_of_a_name_is_small_in_lists_tooltips_and_fields(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        desk.open(path)
        window = desk.window
        window.canvas.set_selection(["n"])
        QApplication.processEvents()
        at = desk.pixel("n")
        QApplication.sendEvent(
            window.canvas, QHelpEvent(QEvent.Type.ToolTip, at, window.canvas.mapToGlobal(at))
        )
        tip = QToolTip.text()
        QToolTip.hideText()
        window.side.setCurrentWidget(window.side.inspector)
        window.grab()
        fields = [each for each in window.side.inspector.findChildren(QLineEdit) if each.isVisible()]
        desk.key(Qt.Key.Key_2, CTRL)
        people = window.room.pages.table("people")
        assert isinstance(people, TablePage)
        cell = people.model.index(0, 0)
        shown, cell_tip = cell.data(), str(cell.data(Qt.ItemDataRole.ToolTipRole))
        window.actions_table["palette"].trigger()
        palette = window.room.commanding.palette
        palette.field.setText("line" if path.read_text().count("line") else "a\u0301")
        window.grab()

        assert "person" in tip
        assert max(len(tip), len(cell_tip)) < 3 * MOST_NAME
        assert max(tip.count("<br>"), cell_tip.count("<br>")) <= TALLEST_TIP
        assert len(shown) <= LONGEST
        assert "\n" not in shown
        assert any(field.text().startswith(("a\u0301", "line")) for field in fields)
        words = [each for widget in window.findChildren(QWidget) for each in told(widget)]
        assert max(map(len, words)) <= 2 * MOST_NAME
        tall = [
            type(each)
            for each in window.findChildren(QWidget)
            if not isinstance(each, QLineEdit) and max(each.count("\n") for each in told(each)) > 12
        ]
        assert tall == []
        assert all(len(goal.name) <= 2 * MOST_NAME for goal in palette.found)


def colours(image: QImage, area: QRect) -> set[str]:
    """The colours of the pixels of an area."""
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }
