"""Screens at twice the text, on one of 800 x 600, each walk in a process of its own.

A screen is chosen when Qt starts, so these two are collected only where they are asked for by name:
the pages and dialogs by `test_small_screens`, every screen by `checks.small_screens`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from orgmap.analysis import worker
from orgmap.files import formats
from orgmap.ui.canvas.chips import Chip
from orgmap.ui.dialogs.importing.wizard import ImportWizard
from orgmap.ui.widgets.words import WordsButton
from tests.desk import Desk, seated
from tests.hostile import Marks, hostile
from tests.ui import puppet
from tests.ui.dressed import dressed
from tests.ui.rounds import pages, rounds

AT_REST = 3_000  # milliseconds until what does not fit will stay so
RIM = 4  # pixels above and below the letters that may be missing
SCREEN = QSize(800, 600)
ROWS = "who,whom,weight\nAna Novak,Ben,3\nBen,Cy & Co,1\n,Dan,2\nanna novak,Ben,x\n"
MODELESS = ("preferences", "about", "shortcuts")
Label = QLabel | QAbstractButton


def cut() -> Iterator[str]:
    """What does not fit: windows larger than the screen, words and buttons in less room than they need."""
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        name = top.objectName() or type(top).__name__
        least = top.size() if isinstance(top, QMenu) else top.size().expandedTo(top.minimumSizeHint())
        if least.width() > SCREEN.width() or least.height() > SCREEN.height():
            yield f"{name} needs {least.toTuple()}"
        for widget in top.findChildren(QWidget):
            if widget.isVisible() and widget.window() is top and not isinstance(widget, Chip):
                yield from (f"{name}: {fault}" for fault in _cut(widget, top))


def _cut(widget: QWidget, top: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        words = widget.words if isinstance(widget, WordsButton) else widget.text()
    elif isinstance(widget, QComboBox | QLineEdit):
        words = widget.accessibleName()
    else:
        return
    if words and not _within(widget, top):
        yield f"{words!r} sticks out"
    if words and isinstance(widget, QLabel | QAbstractButton):
        if widget.hasHeightForWidth():
            tight = widget.height() < widget.heightForWidth(widget.width())
        else:
            letters = widget.fontMetrics()
            tight = widget.width() < widget.minimumSizeHint().width() or widget.height() < letters.ascent()
        if tight:
            yield f"{words!r} is cut off in {widget.size().toTuple()}"


def _within(widget: QWidget, top: QWidget) -> bool:
    """Does all of it lie in what it stands in, up to the window or to what can be scrolled?"""
    rect, at = QRect(widget.rect()).adjusted(0, RIM, 0, -RIM), widget
    while at is not top:
        parent = at.parentWidget()
        if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
            return True
        rect = rect.translated(at.pos())
        if not parent.rect().contains(rect):
            return False
        at = parent
    return True


class Looks:
    """What was found at each place, once it had come to rest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.found: dict[str, str] = {}
        self.places = 0

    def at(self, place: str) -> None:
        """Look again and again while something does not fit: answers may still be on their way."""
        self.places += 1
        try:
            self._desk.qtbot.waitUntil(lambda: not any(cut()), timeout=AT_REST)
        except TimeoutError:
            self.found |= {fault: place for fault in cut() if fault not in self.found}

    def dialog(self, place: str) -> None:
        """Look at the dialog that is coming up, and close it."""
        self._desk.until(lambda: not self._desk.no_dialog())
        for dialog in self._desk.window.findChildren(QDialog):
            if dialog.isVisible():
                if isinstance(dialog, ImportWizard):
                    self._desk.until(partial(_read, dialog))
                self.at(place)
                dialog.reject()
        self._desk.back()


def test_every_screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    document = hostile(Marks())
    with dressed(qapp, scale=2.0), seated(qtbot, tmp_path, worker.main, document) as desk:
        desk.window.resize(SCREEN)
        desk.until_judged()
        looks = Looks(desk)
        for place in rounds(desk):
            looks.at(place)
        _beside(desk, looks, tmp_path)
        desk.window.show_start()
        looks.at("start page")

    assert looks.places > 50
    assert looks.found == {}


def test_pages_and_dialogs(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    document = hostile(Marks())
    with dressed(qapp, scale=2.0), seated(qtbot, tmp_path, puppet.obedient, document) as desk:
        desk.window.resize(SCREEN)
        looks = Looks(desk)
        looks.at("map")
        for place in pages(desk):
            looks.at(place)
        for name in ("channels", "thresholds", "versions", "change_keys", "export"):
            desk.window.actions_table[name].trigger()
            looks.dialog(name)
        _beside(desk, looks, tmp_path)

    assert looks.places > 20
    assert looks.found == {}


def _read(wizard: ImportWizard) -> bool:
    return not wizard.waiting


def _beside(desk: Desk, looks: Looks, folder: Path) -> None:
    """The dialogs that `rounds` does not open."""
    for name in MODELESS:
        desk.window.actions_table[name].trigger()
        looks.dialog(name)
    formats.write(hostile(Marks()), folder / "links.csv")
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    for table in ("links.csv", "rows.csv"):
        desk.window.open_path(folder / table)
        looks.dialog(table)
