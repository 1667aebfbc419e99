"""What threads say to the interface goes by one messenger that is never deleted.

A thread must not ring a signal of an object that Qt may be deleting at that moment, nor hold the last
reference to it. It hands a `Letter` to the messenger of the process; in the thread of the interface
the letter is given to whom it is for, if they are still there.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

_made: list[_Messenger] = []


class _Messenger(QObject):
    _sent = Signal(object, object)  # weakref.WeakMethod, tuple of values

    def __init__(self) -> None:
        super().__init__()
        app = QCoreApplication.instance()
        if app is not None:
            self.moveToThread(app.thread())
        self._sent.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def send(self, to: weakref.WeakMethod[Callable[..., object]], values: tuple[object, ...]) -> None:
        """From any thread."""
        self._sent.emit(to, values)

    def _hand_over(self, to: weakref.WeakMethod[Callable[..., object]], values: tuple[object, ...]) -> None:
        method = to()
        if method is not None and shiboken6.isValid(getattr(method, "__self__", None)):
            method(*values)


class Letter:
    """How a thread reaches one method of one object: call it with the values, from any thread.

    Made in the thread of the interface, where the method is called later. It keeps nobody alive.
    """

    __slots__ = ("_messenger", "_to")

    def __init__(self, to: Callable[..., object]) -> None:
        if not _made:
            _made.append(_Messenger())
        self._messenger = _made[0]
        self._to: weakref.WeakMethod[Callable[..., object]] = weakref.WeakMethod(to)

    def __call__(self, *values: object) -> None:
        self._messenger.send(self._to, values)
