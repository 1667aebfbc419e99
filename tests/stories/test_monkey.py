"""A seeded sample of `checks/monkey.py`: anybody may do anything at the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checks.monkey import Monkey
from orgmap.model.document import Document
from tests.desk import seated
from tests.workshop import WORKSHOP

GESTURES = 250  # with each seed: 500 in all


@pytest.mark.parametrize("seed", [11, 12])
def test_whatever_one_does_nothing_breaks_and_everything_can_be_undone_saved_and_opened(
    qtbot: QtBot, tmp_path: Path, seed: int
) -> None:
    start = Document() if seed % 2 else WORKSHOP
    with seated(qtbot, tmp_path, document=start) as desk:
        monkey = Monkey(desk.window, seed, tmp_path)

        monkey.live(GESTURES, episode=125)

        assert sum(monkey.done.values()) == GESTURES
        assert len(monkey.counts) == 2
