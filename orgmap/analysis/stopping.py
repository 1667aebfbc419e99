"""Work that is stopped between any two of its instructions, wherever it stands.

`Progress.at` is where work looks up; but a hundred functions of a dozen checks do not all look up
every tenth of a second on a map of thousands. So while it runs, the main thread can be interrupted
as Ctrl-C would: another thread asks for it, and `Cancelled` is raised where the work happens to be.
It builds values and alters nothing that outlives it, so nothing is left half done.
"""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import ParamSpec, TypeVar

from orgmap.progress import Cancelled

AGAIN = 0.02  # seconds between two interruptions: one may fall where exceptions are swallowed

_P = ParamSpec("_P")
_Answer = TypeVar("_Answer")


class Stoppable:
    """Stops the work of the main thread as soon as nobody wants it. Made in that thread, once.

    Elsewhere, as in a test, it does nothing, and work ends where it looks up.
    """

    def __init__(self) -> None:
        self._able = threading.current_thread() is threading.main_thread()
        self._within = False  # is the main thread at work that may be stopped?
        self._shielded = 0
        self._wanted = threading.Condition()
        self._pointless: Callable[[], bool] | None = None
        self._news = False
        if self._able:
            signal.signal(signal.SIGINT, self._on_signal)
            threading.Thread(target=self._watch, name="stopping", daemon=True).start()

    @contextmanager
    def unless(self, pointless: Callable[[], bool]) -> Iterator[None]:
        """Work in here ends with `Cancelled` once `pointless` is true; it is asked in another thread."""
        with self._wanted:
            self._pointless, self._news = pointless, True
            self._wanted.notify()
        try:
            self._within = True
            yield
        finally:
            self._within = False
            with self._wanted:
                self._pointless = None

    def look(self) -> None:
        """Something happened that may have made the work pointless; from any thread."""
        with self._wanted:
            self._news = True
            self._wanted.notify()

    def shielded(self, function: Callable[_P, _Answer]) -> Callable[_P, _Answer]:
        """`function`, never interrupted inside: for what holds a lock or writes a message."""

        def whole(*arguments: _P.args, **options: _P.kwargs) -> _Answer:
            self._shielded += 1
            try:
                return function(*arguments, **options)
            finally:
                self._shielded -= 1

        return whole

    def _on_signal(self, _number: int, frame: FrameType | None) -> None:
        """In the main thread; Ctrl-C itself is for the window, which then closes the pipe."""
        if not self._within or self._shielded or _importing(frame):
            return
        pointless = self._pointless
        if pointless is not None and self.shielded(pointless)():
            self._within = False  # once: what tidies up now is not to be interrupted
            raise Cancelled

    def _watch(self) -> None:
        while True:
            with self._wanted:
                self._wanted.wait_for(lambda: self._pointless is not None and self._news)
                self._news = False
            while (pointless := self._pointless) is not None and pointless():
                _thread.interrupt_main(signal.SIGINT)
                with self._wanted:
                    self._wanted.wait(AGAIN)


def _importing(frame: FrameType | None) -> bool:
    """Is a module being loaded, which is better loaded whole?"""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
