"""The process beside the window hangs, runs out of memory, has too much to do (rows 89, 96 of the faults)."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from orgmap.analysis import registry, worker
from orgmap.analysis.findings import Report
from orgmap.model.document import Document
from orgmap.ui.analyst import Analyst, Health
from orgmap.ui.session import Session
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.ui.lost import edit
from tests.words import org

MAP = laid(org("ana <> ben, ben > cy"), {"ana": (-90.0, 0.0), "ben": (90.0, 0.0), "cy": (0.0, 160.0)})
NOBODY_HAS = 1 << 46  # bytes of memory
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process has is told by Linux alone")


def cramped(connection: Connection) -> None:
    """A worker on a computer that has no memory for the analysis of more than a hundred people."""
    judged = registry.run

    def hungry(document: Document, **given: Any) -> Report:  # noqa: ANN401 - the options of `run`
        if len(document.nodes) > 100:
            bytearray(NOBODY_HAS)
        return judged(document, **given)

    registry.run = hungry
    worker.main(connection)


def large(people: int, each: int = 6) -> Document:
    """A map of so many people, each with so many lines."""
    lines = (f"p{i} > p{(i + k * k * 31 + k) % people}" for i in range(people) for k in range(1, each + 1))
    return org(", ".join(line for line in lines if line.split(" > ")[0] != line.split(" > ")[1]))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        made.until_judged()
        yield made


def test_a_worker_that_hangs_holds_up_neither_an_edit_nor_the_end(desk: Desk) -> None:
    window, pid = desk.window, desk.analyst.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    edit(desk, "Dov")
    busy = desk.analyst.busy
    window.canvas.grab()
    desk.analyst.cancel()  # what "Stop" does
    edit(desk, "Eva")
    desk.until_judged()
    told, again = desk.analyst.report, desk.analyst.pid
    assert again is not None
    os.kill(again, signal.SIGSTOP)
    edit(desk, "Fay")
    window.session.open(Document())
    overdue = threading.Timer(2.0, os.kill, (again, signal.SIGKILL))  # lets go a window that waits for it
    overdue.start()
    window.close()
    in_time = overdue.is_alive()
    overdue.cancel()

    assert busy
    assert told is not None
    assert told.map["people"] == 5
    assert again != pid
    assert in_time
    assert not window.isVisible()


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def tight(session: Session) -> Iterator[Analyst]:
    made = Analyst(session, cramped)
    yield made
    made.close()


def test_a_map_that_there_is_no_memory_for_is_told_once_and_a_smaller_one_is_judged(
    session: Session, tight: Analyst, qtbot: QtBot
) -> None:
    told: list[worker.Failed] = []
    health: list[Health] = []
    tight.failed.connect(told.append)
    tight.health_changed.connect(health.append)
    session.open(large(200))
    tight.start()

    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    busy = tight.busy
    session.open(MAP)
    qtbot.waitUntil(lambda: tight.fresh, timeout=30_000)

    assert [(each.kind, "memory" in str(each.said)) for each in told] == [(worker.Trouble.INPUT, True)]
    assert not busy
    assert health == [Health.WELL]


def test_while_two_thousand_people_are_judged_the_window_goes_on_and_can_call_it_off(
    session: Session, qtbot: QtBot
) -> None:
    analyst = Analyst(session)
    ticks: list[bool] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: ticks.append(analyst.fresh))
    session.open(large(2_000))
    analyst.start()
    shares: list[float] = []
    analyst.progressed.connect(shares.append)
    beat.start()
    qtbot.waitUntil(lambda: len(shares) > 1, timeout=60_000)
    beat.stop()
    judging = analyst.busy
    analyst.cancel()

    assert judging
    assert not analyst.busy
    assert ticks.count(False) > 100
    assert not any(ticks)
    analyst.close()
