"""What takes long says so where it was begun, on the start page too, and can be called off there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from orgmap.files import native
from orgmap.i18n import verbatim
from orgmap.ui.jobs import Task
from tests.desk import LEFT, Desk, seated
from tests.ui import puppet
from tests.ui.lost import THEIRS
from tests.ui.test_hanging import HangingPath

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a path of its own kind")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    HangingPath.gate.clear()
    with seated(qtbot, tmp_path, puppet.obedient) as made:
        yield made
        HangingPath.gate.set()


def shown(desk: Desk) -> bool:
    """Are how far it is and the way to stop it in view?"""
    line = desk.window.room.under_way
    bar, stop = line.findChild(QProgressBar), line.findChild(QToolButton)
    return bar is not None and stop is not None and bar.isVisible() and stop.isVisible()


def stop(desk: Desk) -> None:
    button = desk.window.room.under_way.findChild(QToolButton)
    assert button is not None
    QTest.mouseClick(button, LEFT)


def test_a_map_opened_from_the_start_page_shows_how_far_it_is_and_can_be_stopped(
    desk: Desk, tmp_path: Path
) -> None:
    native.save(THEIRS, tmp_path / "far.orgmap")
    before = shown(desk)

    desk.window.open_path(HangingPath(tmp_path / "far.orgmap"))
    desk.until(lambda: shown(desk))
    stop(desk)
    HangingPath.gate.set()
    desk.until(lambda: not [t for t in threading.enumerate() if t.name == "task"])
    desk.until(lambda: not desk.window.keeper.opening.reading)

    assert not before
    assert not shown(desk)
    assert desk.window.on_start_page
    assert desk.window.free
    assert not desk.window.keeper.opening.waiting.clock.isActive()


def test_an_import_from_the_start_page_shows_how_far_it_is(desk: Desk) -> None:
    task = Task(lambda _: HangingPath.gate.wait(10), desk.window)

    desk.window.room.importer.working.emit(verbatim("Importing plan.csv"), task)
    task.start()
    desk.until(lambda: shown(desk))
    task.progressed.emit(0.4)
    bar = desk.window.room.under_way.findChild(QProgressBar)
    value = bar.value() if bar is not None else None
    HangingPath.gate.set()
    desk.until(lambda: not shown(desk))

    assert value == 40
    assert desk.window.room.under_way.isHidden()
