"""The program with its windows: settings, looks and language, and what happens when it fails."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from orgmap import __version__, crash, i18n
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.i18n import say, text
from orgmap.ui import recovery
from orgmap.ui import theme as looks
from orgmap.ui.asking import Question, Role
from orgmap.ui.main_window import MainWindow
from orgmap.ui.notices import Kind, Notice, Offer
from orgmap.ui.settings import Settings, ThemeChoice

SWITCH = 0.0005  # seconds: with work in a thread, frames take half as long as at Python's default
NAME = "orgmap"

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
        self.theme = self._dress()
        settings.changed.connect(self._on_setting)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def open_window(self, path: Path | None = None) -> MainWindow:
        """A window, with the start page or this file."""
        window = MainWindow(self.settings, self.theme)
        self.windows.append(window)
        window.show()
        QTimer.singleShot(0, window.begin)
        if path is not None:
            QTimer.singleShot(0, partial(window.open_path, path))
        return window

    def tell_beginnings(self, window: MainWindow) -> None:
        """What the last run left behind."""
        settings = self.settings
        if settings.put_aside is not None:
            window.notices.tell(Notice(_BAD_SETTINGS(path=str(settings.put_aside)), Kind.WARNING))
        elif settings.trouble:
            window.notices.tell(Notice(_NO_SETTINGS(path=settings.trouble), Kind.WARNING))
        copy = recovery.offered()
        if copy is not None:
            offer = Offer(_OPEN_COPY, partial(window.keeper.open_copy, copy))
            window.notices.tell(Notice(_FOUND(), Kind.WARNING, offers=(offer,), key="recovery"))

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The border for what nobody expected: a report, a copy of each map, one dialog."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        report = crash.save_report(error.with_traceback(trace), "window")
        if self._question is not None:
            return
        copies = self._keep_copies()
        window = next((w for w in self.windows if w.isVisible()), None)
        if window is None:
            print(say("bug", "orgmap met a mistake of its own."), report or "", file=sys.stderr)
            return
        lines = [say("bug", "Your map is still open, and you can go on.")]
        if copies:
            lines.append(say("bug", "To be safe, a copy was kept in {path}.", path=str(copies[-1].parent)))
        if report is not None:
            lines.append(say("bug", "A report without any names lies in {path}.", path=str(report)))
        title = say("bug", "Something went wrong")
        question = Question(window, title, say("bug", "orgmap met a mistake of its own."), " ".join(lines))
        question.setObjectName("bug")
        question.setDefaultButton(question.offer(say("bug", "&Go on"), Role.AcceptRole))
        question.finished.connect(self._on_answered)
        self._question = question
        question.open()

    def end(self) -> None:
        """Asked to end from outside: keep copies of what is not saved, then go."""
        self._keep_copies()
        for window in self.windows:
            window.stop()
        self._app.exit(0)

    def _keep_copies(self) -> list[Path]:
        unsaved = [window.session.document for window in self.windows if window.session.modified]
        kept = [path for document in unsaved if (path := recovery.keep(document)) is not None]
        for old in self._copies if kept else ():
            recovery.discard(old)
        self._copies = kept or self._copies
        return kept

    def forget_copies(self) -> None:
        """Everything was saved or let go on purpose: the copies of this run are not needed."""
        for path in self._copies:
            recovery.discard(path)
        self._copies = []

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


class Signals(QObject):
    """Ctrl-C and SIGTERM reach Python while Qt waits for events: a byte through a socket wakes it."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._woken = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._on_woken)
        self._before = signal.set_wakeup_fd(self._far.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ignore)

    def close(self) -> None:
        """Let go of the signals."""
        self._woken.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._near.close()
        self._far.close()

    def _ignore(self, _number: int, _frame: object) -> None:
        """The byte in the socket is what counts."""

    def _on_woken(self) -> None:
        self._near.recv(64)
        self._program.end()


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
    hook, thread_hook = sys.excepthook, threading.excepthook
    sys.excepthook = program.on_bug
    signals = Signals(program)
    try:
        first = program.open_window(Path(argv[0]) if argv else None)
        for name in argv[1:]:
            program.open_window(Path(name))
        program.tell_beginnings(first)
        code = app.exec()
        program.forget_copies()
    finally:
        signals.close()
        sys.excepthook, threading.excepthook = hook, thread_hook
        app.clipboard().clear()  # what lies there from Python would not outlive it
    return code
