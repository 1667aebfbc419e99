"""Copy and paste of what takes its time: beside the interface, and never dropped in silence."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.app import Program
from orgmap.ui.jobs import Task
from orgmap.ui.main_window import MainWindow
from tests.ui.hand import laid
from tests.ui.test_clipboard import Key, overlaps, press, sound, team, window_on
from tests.ui.test_clipboard import program as program
from tests.words import org


def chain(window: MainWindow) -> None:
    """Three hundred people in a row of links, all selected: too many to copy in no time."""
    links = ", ".join(f"p{at} <> p{at + 1}" for at in range(300))
    places = {f"p{at}": (110.0 * (at % 20), 100.0 * (at // 20)) for at in range(301)}
    window.session.open(laid(org(links), places))
    window.canvas.set_selection(window.session.document.nodes)


def test_a_large_part_is_copied_and_pasted_beside_the_interface(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    chain(window)

    press(window, Key.Key_C)
    press(window, Key.Key_V)
    qtbot.waitUntil(lambda: len(window.session.document.nodes) > 301, timeout=20_000)

    after = sound(window)
    assert len(after.nodes) == 602
    assert len(after.links) == 600
    assert overlaps(after) == []
    assert len(window.session.history.steps[0]) == 1


def test_a_large_part_finds_room_anew_when_the_map_is_edited_meanwhile(
    program: Program, qtbot: QtBot
) -> None:
    window = window_on(program, qtbot, team())
    chain(window)
    tasks = list[Task]()

    def meanwhile(_what: object, task: Task) -> None:
        tasks.append(task)
        if len(tasks) == 2:  # it is copied, and room is being looked for
            there = {NodeId("p0"): (-500.0, 0.0)}
            window.session.edit(verbatim("Move"), edits.move(window.session.document, there))

    window.room.commanding.clipboard.working.connect(meanwhile)
    press(window, Key.Key_C)
    press(window, Key.Key_V)
    qtbot.waitUntil(lambda: len(window.session.document.nodes) > 301, timeout=20_000)

    assert len(sound(window).nodes) == 602
    assert len(window.session.history.steps[0]) == 2
    assert len(tasks) == 3


def test_pasting_a_large_part_twice_puts_it_there_twice(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    chain(window)

    press(window, Key.Key_C)
    press(window, Key.Key_V)
    press(window, Key.Key_V)
    qtbot.waitUntil(lambda: len(window.session.document.nodes) > 602, timeout=20_000)

    assert len(sound(window).nodes) == 903
    assert len(window.session.history.steps[0]) == 2


def test_a_large_part_for_the_map_before_does_not_land_on_the_next(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    chain(window)
    tasks, ended = list[Task](), list[object]()

    def meanwhile(_what: object, task: Task) -> None:
        tasks.append(task)
        if len(tasks) == 2:  # it is copied, and room is being looked for
            task.ended.connect(lambda: ended.append(None))
            QTimer.singleShot(0, lambda: window.session.open(team()))

    window.room.commanding.clipboard.working.connect(meanwhile)
    press(window, Key.Key_C)
    press(window, Key.Key_V)
    press(window, Key.Key_V)
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)

    assert window.session.document == team()
    assert not window.session.modified
