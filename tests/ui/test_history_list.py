"""The history as a list in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.ui.history_list import HistoryList
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


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
    made.session.open(laid(org("ana <> ben"), {"ana": (0.0, 0.0), "ben": (120.0, 0.0)}))
    yield made
    made.room.commanding.history.close()
    made.session.open(Document())


def moved(window: MainWindow, times: int) -> None:
    session = window.session
    for at in range(times):
        change = edits.move(session.document, {NodeId("ana"): (10.0 * (at + 1), 0.0)})
        session.edit(verbatim(f"Move {at + 1}"), change)


def dropped(window: MainWindow) -> HistoryList:
    QTest.keyClick(window.canvas, Key.Key_H, CTRL_SHIFT)
    history = window.room.commanding.history
    assert history.isVisible()
    return history


def rows(history: HistoryList) -> list[str]:
    model = history.list.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(spoken)) for row in range(model.rowCount(QModelIndex()))]


def ana(window: MainWindow) -> float | None:
    return window.session.document.nodes[NodeId("ana")].x


def test_every_step_stands_there_by_name_the_place_of_the_map_and_the_file_marked(window: MainWindow) -> None:
    moved(window, 3)
    window.session.history.mark_clean()
    window.session.undo()

    history = dropped(window)

    assert rows(history) == [
        "As it was opened",
        "Move 1",
        "Move 2, the map is here",
        "Move 3, undone, saved here",
    ]
    assert history.list.currentIndex().row() == 2


def test_enter_travels_back_and_forth_and_the_list_stays(window: MainWindow) -> None:
    moved(window, 5)
    history = dropped(window)

    QTest.keyClick(history.list, Key.Key_Home)
    QTest.keyClick(history.list, Key.Key_Return)
    back = ana(window)
    QTest.keyClick(history.list, Key.Key_End)
    QTest.keyClick(history.list, Key.Key_Up)
    QTest.keyClick(history.list, Key.Key_Return)

    assert back == 0.0
    assert ana(window) == 40.0
    assert rows(history)[4:] == ["Move 4, the map is here", "Move 5, undone"]
    assert history.isVisible()
    QTest.keyClick(history.list, Key.Key_Escape)
    assert history.isHidden()


def test_a_click_travels_and_the_map_changes_once(window: MainWindow) -> None:
    moved(window, 5)
    history = dropped(window)
    rings: list[object] = []
    window.session.changed.connect(rings.append)

    place = history.list.visualRect(history.list.model().index(1, 0)).center()
    QTest.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert ana(window) == 10.0
    assert len(rings) == 1
    window.session.changed.disconnect(rings.append)


def test_the_button_beside_undo_opens_it_and_five_hundred_steps_are_travelled_at_once(
    window: MainWindow,
) -> None:
    moved(window, 500)
    button = window.room.top.findChild(QToolButton, "button-history")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    history = window.room.commanding.history

    rings: list[object] = []
    window.session.changed.connect(rings.append)
    QTest.keyClick(history.list, Key.Key_Home)
    QTest.keyClick(history.list, Key.Key_Return)

    assert ana(window) == 0.0
    assert len(rings) == 1
    window.session.changed.disconnect(rings.append)


def test_hidden_names_do_not_stand_in_the_list(window: MainWindow) -> None:
    window.canvas.set_selection(["ana"])
    window.canvas.verbs.duplicate()
    shown = rows(dropped(window))
    window.room.commanding.history.close()
    window.session.hide_names(True)

    hidden = rows(dropped(window))

    assert "ana" in shown[1]
    assert "ana" not in hidden[1]
