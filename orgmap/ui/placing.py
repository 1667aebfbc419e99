"""Where the window stands on the screen, now and after the next start; how wide a dialog opens."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMainWindow

from orgmap.ui.settings import Settings

USUAL_WIDTH, USUAL_HEIGHT = 1360, 860  # pixels, if the screen has them
SEEN = 120  # pixels of a window that have to lie on a screen, so that a hand can take hold of it
FRAME = 48  # pixels left for the frame and the bars of a desktop
_KEY = "window/geometry"


def place_window(window: QMainWindow, settings: Settings) -> None:
    """Put the window where it stood, or in the middle of a screen if that place is gone."""
    kept = settings.data(_KEY)
    if not kept.isEmpty() and window.restoreGeometry(kept) and _seen(window.geometry()):
        return
    screen = QGuiApplication.primaryScreen().availableGeometry()
    width = max(min(USUAL_WIDTH, screen.width()), window.minimumWidth())
    height = max(min(USUAL_HEIGHT, screen.height()), window.minimumHeight())
    place = QRect(0, 0, width, height)
    place.moveCenter(screen.center())
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(place)


def remember_place(window: QMainWindow, settings: Settings) -> None:
    """Keep where the window stands."""
    settings.put_data(_KEY, window.saveGeometry())


def _seen(place: QRect) -> bool:
    for screen in QGuiApplication.screens():
        common = screen.availableGeometry().intersected(place)
        if common.width() >= SEEN and common.height() >= SEEN:
            return True
    return False


def open_wide(dialog: QDialog, columns: int, lines: int) -> None:
    """Give a dialog room for so many letters and lines, at any text scale, within its screen."""
    letters = dialog.fontMetrics()
    wanted = QSize(columns * letters.averageCharWidth(), lines * letters.lineSpacing())
    room = dialog.screen().availableGeometry().size() - QSize(FRAME, FRAME)
    dialog.resize(wanted.boundedTo(room))
