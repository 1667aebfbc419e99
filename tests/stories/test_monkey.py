"""A seeded sample of `checks/monkey.py`: anybody may do anything at the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checks.monkey import Monkey
from checks.watched import watched
from orgmap.model.document import Document
from orgmap.progress import SILENT
from orgmap.ui.app import Program
from orgmap.ui.collecting import Collecting
from orgmap.ui.settings import Settings
from orgmap.ui.storing import all_placed
from tests.ui.dressed import dressed, pseudo_language
from tests.workshop import WORKSHOP

GESTURES = 250  # with each seed: 500 in all


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program, whose looks and language the monkey may change; afterwards they are as before."""
    with dressed(qapp), pseudo_language():  # both are put back at the end
        made = Program(qapp, Settings(tmp_path / "settings.ini"))
        made.settings.language = "en"
        collecting = Collecting(made)
        yield made
        for window in list(made.windows):
            window.session.open(Document())
            window.close()
        qapp.clipboard().clear()
        collecting.close()
        made.deleteLater()


@pytest.mark.parametrize("seed", [11, 12])
def test_whatever_one_does_nothing_breaks_and_everything_can_be_undone_saved_and_opened(
    program: Program, qtbot: QtBot, tmp_path: Path, seed: int
) -> None:
    window = program.open_window()
    window.resize(1200, 800)
    window.session.open(Document() if seed % 2 else all_placed(WORKSHOP, SILENT))
    qtbot.waitUntil(lambda: window.analyst.pid is not None, timeout=30_000)
    monkey = Monkey(window, seed, tmp_path)

    with watched(monkey.troubles.append):
        monkey.live(GESTURES, episode=125)

    assert sum(monkey.done.values()) == GESTURES
    assert monkey.reopened == 2
