"""Turning the event loop until something is so."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from orgmap.i18n import Said, text

PATIENCE = 30.0  # seconds; a worker process starts in one or two
TICK = 10  # milliseconds between two looks

_NEVER = text(
    "self-test", "{what}: did not happen within {n} second", "{what}: did not happen within {n} seconds"
)


class Failed(Exception):  # noqa: N818 - what it says is a sentence of the self-test
    """Something does not work here. The message is what did not."""


def demand(holds: object, what: Said) -> None:
    """Raise `Failed` unless this holds."""
    if not holds:
        raise Failed(str(what))


def until(condition: Callable[[], object], what: Said, patience: float = PATIENCE) -> None:
    """Let the program run until the condition holds. Raises `Failed` after `patience` seconds."""
    loop = QEventLoop()
    timer = QTimer(interval=TICK)
    timer.timeout.connect(loop.quit)
    timer.start()
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(str(_NEVER(what=what, n=round(patience))))
        loop.exec()
    timer.stop()


def rest(milliseconds: int) -> None:
    """Let the program run for a while, so that what moves comes to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
