"""Windows that are closed are gone: no objects stay, nothing is told to them, nothing waits for them."""

from __future__ import annotations

import gc
import threading
import weakref
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.looks import WHOLE
from orgmap.drawing.style import theme
from orgmap.files import native
from orgmap.progress import Progress
from orgmap.ui.app import Program
from orgmap.ui.exporting import Exporter
from orgmap.ui.jobs import Task
from orgmap.ui.main_window import MainWindow
from orgmap.ui.notices import NoticeBar
from orgmap.ui.orders import Order
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings
from tests.ui import puppet
from tests.words import org

WINDOWS = 30


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, Settings(tmp_path / "settings.ini"))
    yield made
    made.deleteLater()


def settle() -> None:
    """Let Qt delete what is to be deleted, and Python collect what nobody holds."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def live() -> Counter[str]:
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, QObject))


def opened_and_closed(program: Program, *, with_map: bool) -> weakref.ref[MainWindow]:
    window = program.open_window()
    if with_map:
        window.session.open(org("ana <> ben, ben > cy", modules={"R": "ana ben"}))
    window.close()
    return weakref.ref(window)


def test_thirty_windows_opened_and_closed_leave_nothing_behind(program: Program) -> None:
    opened_and_closed(program, with_map=True)
    settle()
    before, widgets = live(), len(QApplication.allWidgets())

    gone = [opened_and_closed(program, with_map=number % 3 == 0) for number in range(WINDOWS)]
    settle()

    assert program.windows == []
    assert [ref for ref in gone if ref() is not None] == []
    assert live() - before == Counter()
    assert len(QApplication.allWidgets()) <= widgets


def test_another_window_is_opened_by_the_menu_beside_the_first_and_quit_closes_both(program: Program) -> None:
    first = program.open_window()
    first.actions_table["new_window"].trigger()
    windows = list(program.windows)
    apart = windows[-1].pos() != first.pos()
    windows[-1].actions_table["quit"].trigger()

    assert len(windows) == 2
    assert apart
    assert all(window.left for window in windows)
    assert program.windows == []
    settle()


def test_a_task_that_is_deleted_while_it_works_rings_nothing(qtbot: QtBot) -> None:
    go = threading.Event()
    rung: list[object] = []
    parent = QObject()

    def work(progress: Progress) -> str:
        go.wait(20)
        progress.at(0.5)
        return "done"

    task = Task(work, parent)
    for signal in (task.done, task.progressed, task.ended):
        signal.connect(rung.append)
    task.start()
    thread = next(each for each in threading.enumerate() if each.name == "task")
    parent.deleteLater()
    del task, parent, signal
    settle()

    go.set()
    qtbot.waitUntil(lambda: not thread.is_alive())
    settle()

    assert rung == []


def test_a_thread_keeps_no_object_of_the_window_alive(qtbot: QtBot) -> None:
    go = threading.Event()
    task = Task(lambda _: go.wait(20))
    task.start()
    thread = next(each for each in threading.enumerate() if each.name == "task")
    ref = weakref.ref(task)

    del task
    gc.collect()

    assert ref() is None
    go.set()
    qtbot.waitUntil(lambda: not thread.is_alive())


def test_a_window_closed_while_it_saves_waits_for_the_file_and_lets_the_user_go_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(Settings(tmp_path / "settings.ini"), theme("light"), puppet.obedient)
    qtbot.addWidget(window)
    window.show()
    window.session.open(org("ana <> ben"), tmp_path / "map.orgmap", saved=False)

    window.keeper.save()
    assert window.keeper.saving
    window.close()
    open_still = window.isVisible()

    assert open_still
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert native.load(tmp_path / "map.orgmap").nodes.keys() == {"ana", "ben"}


def exporting(qtbot: QtBot, folder: Path) -> MainWindow:
    """A window whose map has just begun to be written to `out.csv`, and was told to close."""
    window = MainWindow(Settings(folder / "settings.ini"), theme("light"), puppet.obedient)
    qtbot.addWidget(window)
    window.show()
    window.session.open(org("ana <> ben"), folder / "map.orgmap")
    window.room.exporter.write(folder / "out.csv", Order(kind=".csv"), WHOLE)
    window.close()
    return window


def test_a_window_closed_while_it_exports_closes_by_itself_once_the_file_is_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = exporting(qtbot, tmp_path)
    open_still, said = window.isVisible(), window.notices.current

    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)

    assert open_still
    assert said is not None
    assert "closes as soon as" in str(said.message)
    assert (tmp_path / "out.csv").exists()


def test_a_window_closed_while_it_exports_stays_if_the_export_fails(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()

    window = exporting(qtbot, tmp_path)
    qtbot.waitUntil(lambda: not window.room.exporter.busy, timeout=20_000)

    assert window.isVisible()
    assert "folder" in str(window.notices.current)
    window.close()
    assert not window.isVisible()


def test_two_exports_at_once_are_told_each_by_its_own_name(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    session.open(org("ana <> ben"))
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticeBar(theme("light"), window)
    exporter = Exporter(session, notices, window)
    ended: list[object] = []
    exporter.working.connect(lambda _, task: task.ended.connect(partial(ended.append, task)))
    dialogs = []
    for name in ("one.csv", "two.json"):
        exporter.ask(Order(kind=Path(name).suffix), WHOLE)
        dialogs.append(window.findChildren(QFileDialog)[-1])
        dialogs[-1].fileSelected.emit(str(tmp_path / name))

    qtbot.waitUntil(lambda: len(ended) == 2, timeout=20_000)

    assert (tmp_path / "one.csv").exists()
    assert (tmp_path / "two.json").exists()
    for dialog in dialogs:
        dialog.reject()
    exporter.stop()
