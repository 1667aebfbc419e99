"""The libraries underneath: a version that breaks Python's own values is met here, not by a user."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing import qt_ready
from orgmap.errors import OrgmapError

TIMES = 2_000
TOLERATED = 100  # references that come and go with the interpreter's own business


class Ringing(QObject):
    """Rings; the slot answers None."""

    rang = Signal(int)


class Painted(QWidget):
    """A widget painted from Python, as the canvas is."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Count."""
        self.paints = getattr(self, "paints", 0) + 1


def _lost(work: Callable[[], object]) -> int:
    """References to None and True that are gone after `TIMES` times `work`."""
    before = sys.getrefcount(None) + sys.getrefcount(True)
    for _ in range(TIMES):
        work()
    return before - sys.getrefcount(None) - sys.getrefcount(True)


@pytest.mark.usefixtures("qapp")
def test_signals_lose_no_reference() -> None:
    bell = Ringing()
    heard: list[int] = []
    bell.rang.connect(heard.append)

    lost = _lost(lambda: bell.rang.emit(1))

    assert len(heard) == TIMES
    assert lost < TOLERATED, f"PySide6 {PySide6.__version__} loses references under this Python"


@pytest.mark.usefixtures("qapp")
def test_answers_of_none_lose_no_reference() -> None:
    alone = QObject()

    lost = _lost(alone.parent)

    assert lost < TOLERATED, f"PySide6 {PySide6.__version__} loses references under this Python"


def test_paints_lose_no_reference(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(4, 4)
    image = QImage(4, 4, QImage.Format.Format_ARGB32_Premultiplied)

    def paint() -> None:
        painter = QPainter(image)
        painter.drawPoint(1, 1)
        painter.end()
        widget.render(image)

    lost = _lost(paint)

    assert widget.paints >= TIMES
    assert lost < TOLERATED, f"PySide6 {PySide6.__version__} loses references under this Python"


@pytest.mark.parametrize(
    ("version", "python", "loses"),
    [
        ("6.8.3", (3, 11), False),
        ("6.10.3", (3, 11), False),
        ("6.12.0", (3, 11), True),
        ("6.12.0", (3, 12), False),
    ],
)
def test_the_versions_known_to_lose_references_are_refused(
    version: str, python: tuple[int, int], loses: bool
) -> None:
    assert qt_ready.loses_references(version, python) is loses


def test_a_refused_version_is_told_with_the_line_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7, "final", 0))

    with pytest.raises(OrgmapError) as caught:
        qt_ready.demand()

    assert "6.12.0" in str(caught.value)
    assert f"pip install '{qt_ready.WANTED}'" in str(caught.value)


def test_the_range_that_is_recommended_is_the_range_that_is_declared() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))

    assert qt_ready.WANTED in project["project"]["dependencies"]
    assert project["project"]["requires-python"] == ">=3.11"
