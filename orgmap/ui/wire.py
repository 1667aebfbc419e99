"""The line to the worker process: starts it, carries messages both ways, notices when it is gone.

Two threads keep the interface free: one starts the process and writes to it, one reads. What they
have to say goes by the messenger (`carrier`) to the thread of the interface.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from orgmap.analysis import worker
from orgmap.ui.carrier import Letter

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

GONE_WITHIN = 1.0  # seconds a killed process may take to disappear


class Wire(QObject):
    """One life of one worker process. A wire that has ended is not used again.

    `arrived` carries each answer of the worker, `ended` rings once when the process is gone
    without having been asked to go; after `close` neither rings. `main` is what runs over there.
    """

    arrived = Signal(object)  # worker.Answer
    ended = Signal()

    def __init__(
        self, main: Callable[[Connection], None] = worker.main, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._line = _Line(main, Letter(self._on_arrived), Letter(self._on_ended))
        self._line.begin()

    @property
    def pid(self) -> int | None:
        """The process id of the worker, None while it is being started."""
        process = self._line.process
        return process.pid if process is not None else None

    def send(self, request: worker.Request) -> None:
        """Put a message on its way; never waits."""
        self._line.outbox.put(request)

    def close(self) -> None:
        """End the process, which holds nothing that could be lost; takes at most a second."""
        self._line.close()

    def _on_arrived(self, answer: worker.Answer) -> None:
        if not self._line.closing:
            self.arrived.emit(answer)

    def _on_ended(self) -> None:
        if not self._line.closing:
            self._line.close()
            self.ended.emit()


class _Line:
    """The two threads and the process. They know nothing of Qt, and nobody has to outlive them."""

    def __init__(self, main: Callable[[Connection], None], arrived: Letter, ended: Letter) -> None:
        self.closing = False
        self.process: SpawnProcess | None = None
        self.outbox: SimpleQueue[worker.Request | None] = SimpleQueue()
        self._main = main
        self._arrived = arrived
        self._ended = ended
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None
        self._writer = threading.Thread(target=self._write, name="to the worker", daemon=True)

    def begin(self) -> None:
        """Start the process beside the interface."""
        self._writer.start()

    def close(self) -> None:
        """End process and threads; at most a second or two."""
        with self._lock:
            self.closing = True
            process = self.process
        self.outbox.put(None)
        if process is not None:
            process.kill()
            process.join(GONE_WITHIN)
        self._writer.join(GONE_WITHIN)
        if self._reader is not None:
            self._reader.join(GONE_WITHIN)

    def _write(self) -> None:
        """In a thread: start the process, then send what is put into the outbox."""
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(target=self._main, args=(far,), name="orgmap worker", daemon=True)
        with self._lock:
            if self.closing:
                near.close()
                far.close()
                return
            try:
                process.start()
            except OSError:
                near.close()
                self._ended()
                return
            finally:
                far.close()
            self.process = process
        self._reader = threading.Thread(target=self._read, args=(near,), name="from the worker", daemon=True)
        self._reader.start()
        while (request := self.outbox.get()) is not None:
            try:
                near.send(request)
            except OSError:
                return  # the reader sees the same, and says so

    def _read(self, near: Connection) -> None:
        """In a thread: hand over what comes, until nothing can come any more."""
        with contextlib.suppress(EOFError, OSError):
            while not self.closing:
                self._arrived(worker.opened(near.recv()))
        self.outbox.put(None)
        self._ended()
