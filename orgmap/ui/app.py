"""The program with its windows: settings, looks and language, and what happens when it fails."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from orgmap import __version__, i18n
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.i18n import text
from orgmap.ui import again
from orgmap.ui import theme as looks
from orgmap.ui.bugs import Bugs
from orgmap.ui.collecting import Collecting
from orgmap.ui.main_window import MainWindow
from orgmap.ui.notices import Kind, Notice, Offer
from orgmap.ui.os_signals import Signals
from orgmap.ui.settings import Settings, ThemeChoice

if TYPE_CHECKING:
    from orgmap.crash import Fatal
    from orgmap.ui.recovering import Recovering

SWITCH = 0.0005  # seconds: with work in a thread, frames take half as long as at Python's default
STANDS = 60  # milliseconds after showing a window: it is painted, and answers
CASCADE = QPoint(32, 32)  # pixels from a window to one opened at the same place
NAME = "orgmap"
CHOICE = "preferences"  # the dialog in which the language is chosen
RETOLD = ("thresholds",)  # dialogs that follow the language
WITHOUT_SCREEN = ("offscreen", "minimal")

_FOUND = text("notice", "orgmap ended unexpectedly. A copy of the map that was open was kept.")
_OPEN_COPY = text("notice", "Open the copy")
_BAD_SETTINGS = text(
    "notice", "The settings could not be read; the program starts as new. They lie in {path}."
)
_NO_SETTINGS = text("notice", "The settings cannot be written to {path}; choices hold until you quit.")


class Program(QObject):
    """The application of one process: it dresses it, opens windows, and catches what falls."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self.settings = settings
        self.windows: list[MainWindow] = []
        self.bugs = Bugs(self._open_windows, self._leave, self)
        self._recovering: Recovering | None = None
        self._fatal: Fatal | None = None
        self.theme = self._dress()
        settings.changed.connect(self._on_setting)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def open_window(self, path: Path | None = None, *, hidden: bool = False) -> MainWindow:
        """A window, with the start page or this file, whose names are hidden or not."""
        window = MainWindow(self.settings, self.theme)
        if any(other.pos() == window.pos() for other in self.windows):
            window.move(window.pos() + CASCADE)
        self.windows.append(window)
        window.closed.connect(self._on_closed)
        window.another_asked.connect(self._on_another_asked)
        window.elsewhere_wanted.connect(self._on_elsewhere_wanted)
        window.quit_asked.connect(self._on_quit_asked)
        window.show()
        QTimer.singleShot(STANDS, window.begin)
        if path is not None:
            QTimer.singleShot(0, partial(window.open_path, path, hidden=hidden))
        return window

    def _on_closed(self, window: MainWindow) -> None:
        """A closed window goes for good."""
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()

    def _on_elsewhere_wanted(self, path: Path) -> None:
        """Show the window that has this map open."""
        for window in self.windows:
            own = window.session.path
            if window is not self.sender() and own is not None and own.resolve() == path.resolve():
                window.showNormal() if window.isMinimized() else window.show()
                window.raise_()
                window.activateWindow()

    def _on_another_asked(self) -> None:
        self.open_window()

    def _on_quit_asked(self) -> None:
        """The other windows close, too."""
        for window in list(self.windows):
            if window is not self.sender():
                window.close()

    def tell_beginnings(self) -> None:
        """What the last run left behind, told in the first window once it stands."""
        from orgmap import crash
        from orgmap.ui import recovery
        from orgmap.ui.recovering import Recovering

        if not self.windows:
            return
        window, settings = self.windows[0], self.settings
        if settings.put_aside is not None:
            window.notices.tell(Notice(_BAD_SETTINGS(path=str(settings.put_aside)), Kind.WARNING))
        elif settings.trouble:
            window.notices.tell(Notice(_NO_SETTINGS(path=settings.trouble), Kind.WARNING))
        died = crash.fatal_report()
        self._fatal = crash.Fatal()
        reopen = again.reopened()
        self._recovering = Recovering(self.open_window, self)
        self._recovering.offer(window, reopen, died)
        copy = recovery.offered()
        if copy is not None and any(path.name == copy.name for path in reopen):
            window.open_copy(copy)
        elif copy is not None:
            offer = Offer(_OPEN_COPY, partial(window.open_copy, copy))
            window.notices.tell(Notice(_FOUND(), Kind.WARNING, offers=(offer,), key="recovery"))

    def end(self) -> None:
        """Asked to end from outside."""
        self.bugs.end()

    def forget_copies(self) -> None:
        """Everything was saved or let go on purpose."""
        self.bugs.forget_copies()

    def stop_recovering(self) -> None:
        """Nobody is left to be offered anything."""
        if self._recovering is not None:
            self._recovering.stop()

    def stop_watching(self) -> None:
        """The program ends by itself, so nothing is to be noted of its end."""
        if self._fatal is not None:
            self._fatal.close()

    def _open_windows(self) -> list[MainWindow]:
        return list(self.windows)

    def _leave(self) -> None:
        self._app.exit(0)

    def _on_setting(self, key: str) -> None:
        if key == "look/language":
            self._speak()
        elif key in ("look/theme", "look/text_scale"):
            self._redress()

    def _on_scheme(self) -> None:
        if self.settings.theme is ThemeChoice.SYSTEM:
            self._redress()

    def _redress(self) -> None:
        self.theme = self._dress()
        for window in self.windows:
            window.set_theme(self.theme)

    def _dress(self) -> Theme:
        choice = self.settings.theme
        system = choice is ThemeChoice.SYSTEM
        chosen = looks.system_theme(self._app) if system else theme_named(choice.value)
        looks.apply(self._app, chosen, self.settings.text_scale / 100)
        return chosen

    def turn(self) -> None:
        """What begins a line stands on the side where the language begins it."""
        self._app.setLayoutDirection(QLocale(i18n.language().code).textDirection())

    def _speak(self) -> None:
        """Say everything in the language chosen, at once, and from the side it is read from.

        What is being asked is first answered in the language it was asked in.
        """
        asking = self._app.activeModalWidget()
        if isinstance(asking, QDialog):
            asking.finished.connect(self._speak, Qt.ConnectionType.UniqueConnection)
            return
        i18n.use(self.settings.language)
        self.turn()
        for widget in self._app.topLevelWidgets():
            self._app.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        for window in self.windows:
            window.relabel()
            _renew(window)


def _renew(window: MainWindow) -> None:
    """Close what stands beside the map and cannot say itself anew; the one with the choice opens again."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() and dialog.objectName() not in RETOLD:
            dialog.close()
            if dialog.objectName() == CHOICE:
                window.actions_table[CHOICE].trigger()


def run(argv: Sequence[str]) -> int:
    """Open the window, or one for each file, and stay until the last is closed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(NAME)
    settings = Settings()
    if i18n.language().code == i18n.ENGLISH:
        i18n.use(settings.language)
    sys.setswitchinterval(SWITCH)
    program = Program(app, settings)
    program.turn()
    collecting = Collecting(program)
    hook, thread_hook = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = program.bugs.met, program.bugs.met_in_thread
    try:
        hidden = again.hidden()
        for path in map(Path, argv):
            program.open_window(path, hidden=path in hidden)
        if not argv:
            program.open_window()
        signals = Signals(program, program.end)
        QTimer.singleShot(2 * STANDS, program.tell_beginnings)
        code = app.exec()
        program.forget_copies()
        program.stop_recovering()
        signals.close()
    finally:
        sys.excepthook, threading.excepthook = hook, thread_hook
        collecting.close()
        if app.platformName() in WITHOUT_SCREEN:
            app.clipboard().clear()  # it would take the process with it; a real one hands it on
        program.stop_watching()
    if program.bugs.again is not None:
        again.start(program.bugs.again)
    return code
