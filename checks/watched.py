"""Every exception nobody caught, and every warning of Qt, in words."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

DEEP = 12  # calls told of where a warning came from
QUIET = ("propagateSizeHints", "does not support raise", "does not support grabbing")  # no real screen


@contextmanager
def watched(troubles: Callable[[str], object]) -> Iterator[None]:
    """Tell `troubles` of every exception nobody caught and of everything Qt warns of."""

    def fallen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        troubles("".join(traceback.format_exception(kind, error, trace)))

    def fallen_beside(args: threading.ExceptHookArgs) -> None:
        troubles(f"in a thread: {args.exc_type.__name__}: {args.exc_value}")

    def unraisable(args: object) -> None:
        troubles(f"in a destructor or callback: {getattr(args, 'exc_value', args)!r}")

    def warned(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(known in words for known in QUIET):
            troubles(f"Qt: {words}\n{''.join(traceback.format_stack(limit=DEEP))}")

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = fallen, fallen_beside, unraisable
    handler = qInstallMessageHandler(warned)
    try:
        yield
    finally:
        qInstallMessageHandler(handler)
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
