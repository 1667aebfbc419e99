"""Drawing a large map in a process of its own, so that nothing it does keeps the interface waiting.

Qt holds the interpreter's lock for as long as one call of it takes, and ending a PDF of thousands of
links is one call of seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from functools import partial
from multiprocessing.connection import Connection
from typing import Protocol

from orgmap import i18n
from orgmap.errors import OrgmapError, UsageError
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.progress import Progress

QUICK = 4_000  # people and links that are drawn here: a tenth of a second, in many calls
PATIENCE = 0.1  # seconds between two looks whether it is still wanted
GONE_WITHIN = 2.0  # seconds

_NOT_DRAWN = text("picture", "The picture could not be drawn; there may be too little memory.")
_BUG = text("picture", "It could not be drawn: orgmap met a mistake of its own.")
_REPORT = text("picture", "A report without any names lies in {path}.")


class Drawing(Protocol):
    """Something that draws, and can be sent to another process."""

    def __call__(self, *, progress: Progress) -> bytes:
        """The bytes of a file."""


def large(document: Document) -> bool:
    """Is it worth a process?"""
    return len(document.nodes) + len(document.links) > QUICK


def made(document: Document, draw: Drawing, progress: Progress) -> bytes:
    """What `draw` gives of the map: from another process if it is large, else from here."""
    return drawn_beside(draw, progress) if large(document) else draw(progress=progress)


def drawn_beside(draw: Drawing, progress: Progress) -> bytes:
    """What `draw` gives, from another process; called off, that is ended at once.

    Raises what it raises, and UsageError if it ends without a word, as when memory runs out.
    """
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe(duplex=False)
    work = (far, draw, i18n.language().code)
    process = context.Process(target=_work, args=work, name="orgmap picture", daemon=True)
    try:
        process.start()
        far.close()
        share = 0.0
        while True:
            progress.at(share)
            if not near.poll(PATIENCE):
                continue
            said = near.recv()
            if isinstance(said, OrgmapError):
                raise said
            if said is None:
                return near.recv_bytes()
            share = float(said)
    except (EOFError, OSError) as error:
        raise UsageError(_NOT_DRAWN()) from error
    finally:
        near.close()
        if process.pid is not None:
            process.kill()
            process.join(GONE_WITHIN)


def _work(pipe: Connection, draw: Drawing, language: str) -> None:
    """In the other process: shares while it draws, then None and the bytes; or an error."""
    i18n.use(language)
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # there is nothing to be shown
    try:
        data = draw(progress=Progress(partial(_tell, pipe)))
    except OrgmapError as error:
        pipe.send(error)
        return
    except (BrokenPipeError, ConnectionResetError):
        return  # nobody is there any more
    except MemoryError:
        pipe.send(UsageError(_NOT_DRAWN()))
        return
    except Exception as error:  # noqa: BLE001 - the far half of ui.jobs: here errors become messages
        pipe.send(_bug(error))
        return
    pipe.send(None)
    pipe.send_bytes(data)


def _bug(error: Exception) -> OrgmapError:
    """What the window is told of a mistake; the report is written here, where it was made."""
    from orgmap import crash  # seldom needed

    path = crash.save_report(error, "picture")
    return OrgmapError(_BUG(), hint=_REPORT(path=str(path)) if path is not None else None)


def _tell(pipe: Connection, share: float) -> None:
    pipe.send(share)
