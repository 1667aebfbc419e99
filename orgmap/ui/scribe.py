"""Writes the journal of one map in a thread that lives only while there is something to write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from orgmap.files.journal import Head, Writer, forget
from orgmap.model.document import Change, Document

GATHER = 0.25  # seconds: edits that come closer together are written at once
FRESH_FROM = 4_000_000  # bytes: a journal that has grown so far is begun anew, from the map as it is


@dataclass(frozen=True, slots=True)
class Begin:
    """Edits from here on come after `base`. `at_once`: the base itself is worth keeping."""

    head: Head
    base: Document
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit, the map after it, and how many steps that is from the file."""

    change: Change
    document: Document
    away: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """The map is safe, or was let go: the journal goes."""


@dataclass(frozen=True, slots=True)
class Forget:
    """What these journals hold stands in the one begun last."""

    sources: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The map as it is at this point goes to its file; with `digest`, as these bytes, any moment now."""

    number: int
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Hide:
    """Names are hidden from here on, or shown again: so the map is reopened."""

    hidden: bool


Order = Begin | Edited | Drop | Forget | Mark | Hide


class Scribe:
    """Takes orders from any thread, without waiting. `troubled` is called in the thread, once a trouble."""

    def __init__(self, folder: Callable[[], Path], troubled: Callable[[OSError], object]) -> None:
        self._folder = folder
        self._troubled = troubled
        self._lock = threading.Lock()
        self._orders: list[Order] = []
        self._thread: threading.Thread | None = None
        self._hurry = threading.Event()
        # below: only for the thread, or when none is there
        self._writer: Writer | None = None
        self._begin: Begin | None = None
        self._broken = False

    def give(self, *orders: Order) -> None:
        """To be done soon."""
        with self._lock:
            self._orders += orders
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
                self._thread.start()

    @property
    def kept(self) -> Path | None:
        """The journal, if everything up to now is in it. After `flush`."""
        sound = not self._broken and self._thread is None and self._writer is not None
        return self._writer.path if sound and self._writer is not None else None

    def flush(self, seconds: float) -> bool:
        """Stand still until everything is written, at most so long."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            self._hurry.set()
            thread.join(seconds)
            self._hurry.clear()
        return thread is None or not thread.is_alive()

    def close(self, seconds: float) -> None:
        """Write what is left and let the journal lie for the next start, if there is one."""
        if self.flush(seconds) and self._writer is not None:
            self._writer.close(remove=False)
            self._writer = None

    def _write(self) -> None:
        while True:
            with self._lock:
                orders, self._orders = self._orders, []
                if not orders:
                    self._thread = None
                    return
            try:
                self._obey(orders)
                self._broken = False
            except OSError as error:
                if not self._broken:
                    self._broken = True
                    self._troubled(error)
            self._hurry.wait(GATHER)

    def _obey(self, orders: list[Order]) -> None:
        """Edits in a row become one line."""
        waiting: Edited | None = None
        for order in orders:
            if isinstance(order, Edited):
                joined = order.change if waiting is None else waiting.change.then(order.change)
                waiting = Edited(joined, order.document, order.away, order.at)
                continue
            if isinstance(order, Mark):
                if waiting is not None:
                    self._add(waiting)
                    waiting = None
                if self._writer is not None and not self._broken:
                    self._writer.mark(order.number, order.digest)
                continue
            if isinstance(order, Hide):
                self._hide(order.hidden)
                continue
            if isinstance(order, Forget):
                if self._writer is not None:
                    forget(order.sources)
                continue
            waiting = None  # what was edited before is safe, or not wanted
            if isinstance(order, Drop):
                self._drop()
                continue
            self._begin = order
            old, self._writer = self._writer, None
            if order.at_once or old is not None:
                self._fresh(order.head, order.base)
            if old is not None:
                old.close(remove=True)
        if waiting is not None:
            self._add(waiting)

    def _add(self, edited: Edited) -> None:
        begin = self._begin
        if begin is None:
            return
        head = begin.head
        writer = self._writer
        if self._broken or (writer is not None and writer.grown > FRESH_FROM):
            self._fresh(replace(head, away=edited.away, at=edited.at), edited.document)
            if writer is not None:
                writer.close(remove=True)
            return
        if writer is None:
            writer = self._writer = Writer(self._folder(), head)
        writer.add(edited.change, edited.away, edited.at)
        if not writer.has_base:
            writer.add_base(begin.base)

    def _hide(self, hidden: bool) -> None:
        if self._begin is not None:
            self._begin = replace(self._begin, head=replace(self._begin.head, hidden=hidden))
        if self._writer is not None and not self._broken:
            self._writer.hide_names(hidden)

    def _fresh(self, head: Head, base: Document) -> None:
        self._writer = Writer(self._folder(), head, base)

    def _drop(self) -> None:
        writer, self._writer, self._begin = self._writer, None, None
        self._broken = False
        if writer is not None:
            writer.close(remove=True)
