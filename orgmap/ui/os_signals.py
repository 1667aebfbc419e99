"""Ctrl-C and SIGTERM while Qt waits for events."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Signals(QObject):
    """They reach Python while Qt waits: a byte through a socket wakes it."""

    def __init__(self, parent: QObject, end: Callable[[], None]) -> None:
        """`end` is called in the thread of the interface."""
        super().__init__(parent)
        self._end = end
        self._near, self._far = socket.socketpair()
        for side in (self._near, self._far):
            side.setblocking(False)
        self._woken = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._on_woken)
        self._before = signal.set_wakeup_fd(self._far.fileno())
        self._handlers = {n: signal.signal(n, self._ignore) for n in (signal.SIGINT, signal.SIGTERM)}

    def close(self) -> None:
        """Let go of the signals."""
        self._woken.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

    def _ignore(self, _number: int, _frame: object) -> None:
        """The byte in the socket is what counts."""

    def _on_woken(self) -> None:
        self._near.recv(64)
        self._end()
