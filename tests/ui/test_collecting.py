"""Widgets that nobody holds any more are destroyed in the thread of the interface, never beside it."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from orgmap.ui.collecting import Collecting


@pytest.fixture(autouse=True)
def _as_python_has_it() -> Iterator[None]:
    """Garbage is collected in any thread, as when nobody has said otherwise."""
    gc.enable()
    yield
    gc.disable()


class Knot(QWidget):
    """A widget in a cycle: only the collector frees it."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.get_ident()))


@pytest.mark.usefixtures("qtbot")
def test_what_a_thread_allocates_never_destroys_a_widget_there() -> None:
    collecting = Collecting()
    gone: list[int] = []
    kept: list[list[int]] = []
    for _ in range(20):
        Knot(gone)

    busy = threading.Thread(target=lambda: kept.extend([number] for number in range(100_000)))
    busy.start()
    busy.join(30)
    in_the_thread = list(gone)
    collecting.collect()
    collecting.close()

    assert in_the_thread == []
    assert gone == [threading.get_ident()] * 20


def test_the_clock_of_the_interface_collects(qtbot: QtBot) -> None:
    collecting = Collecting()
    gone: list[int] = []
    Knot(gone)

    kept = [[number] for number in range(5_000)]
    qtbot.waitUntil(lambda: bool(gone))
    collecting.close()

    assert kept
    assert gone == [threading.get_ident()]
