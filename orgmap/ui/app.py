"""The program with its windows: settings, looks and language, and what happens when it fails."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication

from orgmap import __version__, i18n
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.i18n import say, text
from orgmap.ui import theme as looks
from orgmap.ui.carrier import Letter
from orgmap.ui.collecting import Collecting
from orgmap.ui.main_window import MainWindow
from orgmap.ui.notices import Kind, Notice, Offer
from orgmap.ui.os_signals import Signals
from orgmap.ui.settings import Settings, ThemeChoice

if TYPE_CHECKING:
    from orgmap.ui.asking import Question
    from orgmap.ui.recovering import Recovering

SWITCH = 0.0005  # seconds: with work in a thread, frames take half as long as at Python's default
STANDS = 60  # milliseconds after showing a window: it is painted, and answers
CASCADE = QPoint(32, 32)  # pixels from a window to one opened at the same place
NAME = "orgmap"
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
        self._question: Question | None = None
        self._copies: list[Path] = []
        self._recovering: Recovering | None = None
        self._fallen = Letter(self._on_fallen)
        self.theme = self._dress()
        settings.changed.connect(self._on_setting)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def open_window(self, path: Path | None = None) -> MainWindow:
        """A window, with the start page or this file."""
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
            QTimer.singleShot(0, partial(window.open_path, path))
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
        from orgmap.ui import recovery
        from orgmap.ui.recovering import Recovering

        if not self.windows:
            return
        window, settings = self.windows[0], self.settings
        if settings.put_aside is not None:
            window.notices.tell(Notice(_BAD_SETTINGS(path=str(settings.put_aside)), Kind.WARNING))
        elif settings.trouble:
            window.notices.tell(Notice(_NO_SETTINGS(path=settings.trouble), Kind.WARNING))
        self._recovering = Recovering(self.open_window, self)
        self._recovering.offer(window)
        copy = recovery.offered()
        if copy is not None:
            offer = Offer(_OPEN_COPY, partial(window.open_copy, copy))
            window.notices.tell(Notice(_FOUND(), Kind.WARNING, offers=(offer,), key="recovery"))

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The border for what nobody expected: a report, the work kept, one dialog."""
        if issubclass(kind, KeyboardInterrupt):
            self.end()
            return
        from orgmap import crash
        from orgmap.ui.asking import ask_bug

        report = crash.save_report(error.with_traceback(trace), "window")
        if self._question is not None:
            return
        kept = self._keep_work()
        window = next((w for w in self.windows if w.isVisible()), None)
        if window is None:
            print(say("bug", "orgmap met a mistake of its own."), report or "", file=sys.stderr)
            return
        self._question = ask_bug(window, report, kept[-1] if kept else None)
        self._question.finished.connect(self._on_answered)

    def on_bug_in_thread(self, found: threading.ExceptHookArgs) -> None:
        """As `on_bug`, carried over to the thread of the interface."""
        if found.exc_value is not None:
            self._fallen(found.exc_value)

    def _on_fallen(self, error: BaseException) -> None:
        self.on_bug(type(error), error, error.__traceback__)

    def end(self) -> None:
        """Asked to end from outside: what is not saved stays in its journal, or a copy; then go."""
        self._keep_work()
        self._copies = []  # nobody let these go on purpose: the next start offers them
        for window in list(self.windows):
            window.stop()
        self._app.exit(0)

    def _keep_work(self) -> list[Path]:
        """Where what is not saved lies now: in journals, or copies of maps whose journal failed."""
        from orgmap.ui import recovery

        unsaved = [w for w in self.windows if w.session.modified and not w.left]
        written = {w: w.keeper.journal.keep() for w in unsaved}
        aside = [w.session.document for w, path in written.items() if path is None]
        kept = [path for document in aside if (path := recovery.keep(document)) is not None]
        for old in self._copies if kept else ():
            recovery.discard(old)
        self._copies = kept or self._copies
        return [path for path in (*written.values(), *kept) if path is not None]

    def forget_copies(self) -> None:
        """Everything was saved or let go on purpose: the copies of this run are not needed."""
        if self._copies:
            from orgmap.ui import recovery

            for path in self._copies:
                recovery.discard(path)
        self._copies = []

    def stop_recovering(self) -> None:
        """Nobody is left to be offered anything."""
        if self._recovering is not None:
            self._recovering.stop()

    def _on_answered(self, _result: int) -> None:
        self._question = None

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

    def _speak(self) -> None:
        """Say everything in the language chosen, at once."""
        i18n.use(self.settings.language)
        for widget in self._app.topLevelWidgets():
            self._app.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        for window in self.windows:
            window.relabel()


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
    collecting = Collecting(program)
    hook, thread_hook = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = program.on_bug, program.on_bug_in_thread
    try:
        program.open_window(Path(argv[0]) if argv else None)
        for name in argv[1:]:
            program.open_window(Path(name))
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
    return code
