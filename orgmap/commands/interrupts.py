"""Ctrl-C and the request to end: at once while nothing is written, tidily while something is.

Python's own handler waits until a call into a library comes back, which for the betweenness of
five thousand people is seconds; so outside of writing the system ends the process itself.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_Handler = Callable[[int, FrameType | None], object] | int | None


class Stopped(BaseException):
    """Raised while a file is written, so that what was begun is cleared away. `number`: the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def at_once() -> Iterator[None]:
    """Inside, the process ends the moment it is told to."""
    with _handled(signal.SIG_DFL):
        yield


@contextmanager
def tidily() -> Iterator[None]:
    """Inside, being told to end raises `Stopped`."""
    with _handled(_stop):
        yield


def _stop(number: int, _: FrameType | None) -> NoReturn:
    raise Stopped(number)


@contextmanager
def _handled(handler: _Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        for number, old in before.items():
            if old is not signal.SIG_IGN:  # whoever started us in the background wants no such end
                signal.signal(number, handler)
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
