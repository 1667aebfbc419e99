"""Where results and messages go: results to standard output, messages to standard error."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from typing import TextIO

from orgmap.errors import WriteError
from orgmap.i18n import text

WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 40
_PLAIN = "orgmap-plain"
_ASCII = {
    "\N{BLACK UP-POINTING TRIANGLE}": "!",
    "\N{BLACK SQUARE}": "*",
    "\N{BLACK CIRCLE}": "-",
    "\N{BULLET}": "-",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{LEFT RIGHT ARROW}": "<->",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{HORIZONTAL ELLIPSIS}": "...",
}
_NOT_WRITTEN = text("command line", "The result could not be written: {reason}.")


def prepare() -> None:
    """Let both streams write what their encoding lacks in simpler signs instead of failing."""
    codecs.register_error(_PLAIN, _plainer)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_PLAIN)


def result(words: str) -> None:
    """Print a result. Raises `WriteError` if standard output cannot take it."""
    _written(sys.stdout, words + "\n")


def result_json(record: Mapping[str, object]) -> None:
    """Print a result as one JSON object: UTF-8 whatever the terminal, undefined never as NaN."""
    words = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
    result_bytes(words.encode("utf-8", "backslashreplace") + b"\n")


def result_bytes(data: bytes) -> None:
    """Put bytes on standard output as they are."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        _written(sys.stdout, data.decode("utf-8", "backslashreplace"))
        return
    try:
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(_NOT_WRITTEN(reason=error.strerror or str(error))) from error


def message(words: str) -> None:
    """Print a message for the person at the terminal: one line, whatever names are in it."""
    words = "".join(sign if sign.isprintable() else " " for sign in words)
    if sys.stderr is None:  # started without a terminal
        return
    try:
        sys.stderr.write(f"orgmap: {words}\n")
        sys.stderr.flush()
    except OSError:
        return  # nobody is there to be told


def width() -> int:
    """Columns to write in: those of the terminal, within reason."""
    return max(_NARROWEST, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))


def hang_up() -> None:
    """Whoever read our output has gone: throw away the rest, also what the interpreter still holds."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _written(stream: TextIO | None, words: str) -> None:
    if stream is None:
        return
    try:
        stream.write(words)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(_NOT_WRITTEN(reason=error.strerror or str(error))) from error


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """The nearest signs of the stream's encoding, for one sign that it lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    sign = error.object[error.start]
    simpler = _ASCII.get(sign)
    if simpler is None:
        parts = unicodedata.normalize("NFKD", sign)
        simpler = "".join(part for part in parts if part.isascii())
    return (simpler or f"\\u{ord(sign):04x}"), error.start + 1
