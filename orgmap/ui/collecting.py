"""Garbage is collected in the thread of the interface alone.

Python collects in whichever thread happens to allocate. In a thread that reads a file or loads a
library this would destroy widgets there, which Qt forbids: it ends in a standstill or a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000  # milliseconds between two looks at how much there is


class Collecting(QObject):
    """From its making until `close`, cycles are looked for by a clock of the interface."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._clock = QTimer(self, interval=EVERY)
        self._clock.timeout.connect(self.collect)
        self._clock.start()

    def collect(self) -> None:
        """Collect the generations that are due by Python's own thresholds."""
        due = [
            g for g, (n, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if n > most
        ]
        if due:
            gc.collect(due[-1])

    def close(self) -> None:
        """As it was before."""
        self._clock.stop()
        if self._was_on:
            gc.enable()
