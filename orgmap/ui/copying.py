"""Blocks of cells put on the clipboard; large ones are written in a thread, so that nobody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from orgmap.progress import Progress
from orgmap.ui.blocks import as_text
from orgmap.ui.jobs import Errand

AT_ONCE = 10_000  # cells, some 15 ms

Block = Callable[[], Iterable[Sequence[str]]]


class Copier(QObject):
    """Copies one block after the other; a newer one silences what is still being written."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.at_once = AT_ONCE
        self._writing = Errand(self)

    def copy(self, block: Block, cells: int) -> None:
        """Put a block of about so many cells on the clipboard. `block` may be called in a thread."""
        self._writing.stop()
        if cells <= self.at_once:
            _put(as_text(block()))
        else:
            self._writing.run(partial(_written, block), _put)


def _put(words: str) -> None:
    QGuiApplication.clipboard().setText(words)


def _written(block: Block, _progress: Progress) -> str:
    """In a thread: the block as text."""
    return as_text(block())
