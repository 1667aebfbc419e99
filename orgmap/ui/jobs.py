"""Long work beside the interface, in threads: reading, importing, saving. See `analyst` for the process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from orgmap.i18n import Said
from orgmap.progress import Cancelled, Progress
from orgmap.ui.carrier import Letter


class Task(QObject):
    """A piece of work in a thread: reading, importing, saving.

    `work` is given a `Progress`; what it returns comes with `done`, what it raises with `failed`
    (calling it off rings `ended` alone). `ended` always comes last, once. Not `stoppable`: `cancel`
    does nothing, what is begun is finished. A task that is deleted rings nothing any more; one that was
    abandoned rings `late` with what it returns in the end, and goes.
    """

    done = Signal(object)
    failed = Signal(object)  # Exception
    progressed = Signal(float)
    ended = Signal()
    late = Signal(object)

    def __init__(
        self, work: Callable[[Progress], object], parent: QObject | None = None, *, stoppable: bool = True
    ) -> None:
        super().__init__(parent)
        self.stoppable = stoppable
        self._called_off = threading.Event()
        self._abandoned = False
        told, through = Letter(self._on_told), Letter(self._on_through)
        self._thread = threading.Thread(
            target=_worked, args=(work, self._called_off, told, through), name="task", daemon=True
        )

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def cancel(self) -> None:
        """Nobody wants it any more: it stops where it next looks up, and its result is dropped."""
        if self.stoppable:
            self._called_off.set()

    def abandon(self) -> None:
        """Nobody waits for it any more, though it may never end, as on a share that hangs: `ended` rings now.

        What is not `stoppable` still finishes when it can: who keeps the task hears `late`.
        """
        self._abandoned = True
        self._called_off.set()
        self.ended.emit()

    @property
    def running(self) -> bool:
        """Is it under way?"""
        return self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Stand still until it is through, at most so long; for leaving the program."""
        self._thread.join(seconds)
        return not self.running

    def _on_told(self, share: float) -> None:
        if not self._called_off.is_set():
            self.progressed.emit(share)

    def _on_through(self, result: object, trouble: Exception | None) -> None:
        self._thread.join()
        if self._abandoned:
            if trouble is None and result is not None:
                self.late.emit(result)
            self.deleteLater()
            return
        if not self._called_off.is_set():
            if trouble is not None:
                self.failed.emit(trouble)
            else:
                self.done.emit(result)
        self.ended.emit()


class Errand(QObject):
    """Work in threads, one piece at a time: a newer one silences what is under way.

    `working` rings for a piece that has a name, so that others can show how far it is.
    """

    working = Signal(object, object)  # Said, Task

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        said: Said | None = None,
    ) -> None:
        """Do it. What it raises goes to `failed`; without that it is a bug, and treated as one."""
        self.stop()
        task = self._task = Task(work, self)
        task.done.connect(done)
        task.failed.connect(failed or self._on_bug)
        task.ended.connect(self._on_ended)
        if said is not None:
            self.working.emit(said, task)
        task.start()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def close(self) -> None:
        """The window goes: a second for what is under way to end."""
        task = self._task
        self.stop()
        if task is not None:
            task.wait(1.0)

    def _on_bug(self, error: Exception) -> None:
        raise error

    def _on_ended(self) -> None:
        task = self.sender()
        if task is self._task:
            self._task = None
        if task is not None:
            task.deleteLater()


def _worked(
    work: Callable[[Progress], object], called_off: threading.Event, told: Letter, through: Letter
) -> None:
    """In a thread, which knows nothing of Qt."""
    result: object = None
    trouble: Exception | None = None
    try:
        result = work(Progress(told, called_off.is_set))
    except Cancelled:
        called_off.set()
    except Exception as error:  # noqa: BLE001 - the border where errors of long work become words
        trouble = error
    through(result, trouble)
