"""A person at the real window: keys, clicks, dialogs, files. Nothing of Qt is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from orgmap.analysis import worker
from orgmap.drawing.style import theme
from orgmap.files import native
from orgmap.model.document import Document
from orgmap.ui.analyst import Analyst
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings
from orgmap.ui.widgets.cards import Card
from orgmap.ui.widgets.words import Words, WordsButton

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
LONG = 30_000  # milliseconds: a worker process has to start on a busy machine


class Desk:
    """One window and a person before it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    @property
    def document(self) -> Document:
        """The map as it is now."""
        return self.window.session.document

    @property
    def analyst(self) -> Analyst:
        """The analysis beside the window."""
        return self.window.analyst

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=LONG)

    def until_judged(self) -> None:
        """Wait for a report on the map as it is."""
        self.until(lambda: self.analyst.fresh)

    def open(self, path: Path) -> None:
        """Open a map and wait for it."""
        self.window.open_path(path)
        self.until(lambda: self.window.session.path == path and not self.window.on_start_page)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in whatever has the keyboard."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, words: str) -> None:
        """Type into whatever has the keyboard."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def click_person(self, node: str, held: Qt.KeyboardModifier = NONE) -> None:
        """Click a person on the map."""
        QTest.mouseClick(self.window.canvas, LEFT, held, self.pixel(node))

    def pixel(self, node: str) -> QPoint:
        """Where a person is on the canvas."""
        canvas = self.window.canvas
        centre = canvas.stage.scene.centre(node)
        assert centre is not None
        return canvas.camera.to_screen(centre.x(), centre.y()).toPoint()

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Press the button that says `words` (or begins so)."""
        part = within or self.window

        def found() -> QPushButton | None:
            every = part.findChildren(QPushButton)
            return next((b for b in every if b.isVisible() and said(b).startswith(words)), None)

        self.until(lambda: found() is not None)
        button = found()
        assert button is not None
        QTest.mouseClick(button, LEFT)

    def press_card(self, title: str) -> None:
        """Press a card of the start page."""
        cards = self.window.start.findChildren(Card)
        card = next(c for c in cards if c.isVisible() and c.accessibleName().startswith(title))
        QTest.mouseClick(card, LEFT)

    def dialog(self, name: str) -> QDialog:
        """The dialog with this object name, once it is there."""
        self.until(lambda: self._dialog(name) is not None)
        found = self._dialog(name)
        assert found is not None
        return found

    def no_dialog(self) -> bool:
        """Is nothing asked?"""
        return not [d for d in self.window.findChildren(QDialog) if d.isVisible()]

    def answer(self, name: str, words: str) -> None:
        """Press a button of a question."""
        dialog = self.dialog(name)
        self.press(words, dialog)
        self.back()

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog that is open, and accept it."""
        self.until(lambda: self._file_dialog() is not None)
        dialog = self._file_dialog()
        assert dialog is not None
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))  # typed letter by letter it pops up what lies in the folder
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        accept = next(b for b in box.buttons() if box.buttonRole(b) is QDialogButtonBox.ButtonRole.AcceptRole)
        QTest.mouseClick(accept, LEFT)
        self.until(lambda: self._file_dialog() is None)
        self.back()

    def back(self) -> None:
        """To the window, as a window system does when a dialog closes."""
        if self.window.isVisible():
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)

    @property
    def notice(self) -> str:
        """What the bar of notices says; empty if it is away."""
        current = self.window.notices.current
        return "" if current is None or self.window.notices.isHidden() else current.words()

    def words(self, within: QWidget) -> list[str]:
        """Everything said in a part of the window."""
        return [label.text() for label in within.findChildren(Words) if label.isVisible()]

    def _dialog(self, name: str) -> QDialog | None:
        return next((d for d in self.window.findChildren(QDialog, name) if d.isVisible()), None)

    def _file_dialog(self) -> QFileDialog | None:
        return next((d for d in self.window.findChildren(QFileDialog) if d.isVisible()), None)


@contextmanager
def seated(
    qtbot: QtBot,
    folder: Path,
    main: Callable[[Connection], None] = worker.main,
    document: Document | None = None,
) -> Iterator[Desk]:
    """A shown window with settings in `folder`; closed afterwards without a question."""
    window = MainWindow(Settings(folder / "settings.ini"), theme("light"), main)
    qtbot.addWidget(window)
    desk = Desk(window, qtbot)
    try:
        window.settings.reduced_motion = True
        window.resize(1200, 800)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        desk.until(window.isActiveWindow)
        if document is not None:
            path = folder / "map.orgmap"
            native.save(document, path)
            desk.open(path)
        window.begin()
        desk.until(lambda: window.analyst.pid is not None)
        yield desk
    finally:
        for dialog in window.findChildren(QMessageBox):
            dialog.reject()
        window.session.open(Document())
        window.close()


def said(button: QPushButton) -> str:
    """What stands on a button, without its mnemonic."""
    words = button.words if isinstance(button, WordsButton) else button.text()
    return words.replace("&", "")
