"""A part of a map on its way through the clipboard: the native file's own shapes, and a table.

What another program hands over is read as strictly as a file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import native, table_writer
from orgmap.i18n import text
from orgmap.model.fragments import Fragment
from orgmap.progress import SILENT, Progress

MIME = "application/x-orgmap-fragment+json"
MOST_BYTES = 64 * 1024 * 1024  # of one fragment, its pictures too
_CONTEXT = "context"
_LARGE = text("files", "What is on the clipboard is too large: {found} MB, and {most} MB can be pasted.")
_AGAIN = text("files", "Copy it once more and paste it again.")
_EMPTY = text("files", "There is nothing of a map on the clipboard.")


def encoded(fragment: Fragment) -> bytes:
    """The fragment as a native file says a map, with one field more: what is only context."""
    return native.encoded(replace(fragment.parts, unread={_CONTEXT: sorted(fragment.context)}))


def read(data: bytes, progress: Progress = SILENT) -> Fragment:
    """The fragment in these bytes. Raises ReadError for anything that a file could not be either."""
    if len(data) > MOST_BYTES:
        raise ReadError(_LARGE(found=round(len(data) / 1e6), most=MOST_BYTES // 2**20))
    try:
        document = native.read(data, Path("clipboard"), progress).document
    except ReadError as error:
        raise ReadError(error.message, place=error.place, hint=_AGAIN()) from error
    told = document.unread.get(_CONTEXT)
    listed = told if isinstance(told, list) else []
    context = {*document.nodes, *document.modules} & {str(key) for key in listed}
    found = Fragment(replace(document, unread={}), frozenset(context))
    if not found:
        raise ReadError(_EMPTY())
    return found


def as_table(fragment: Fragment) -> str:
    """The people and modules, an empty line, the links: cells parted by tabs, as spreadsheets paste.

    No cell can start a formula. Pasted back here, the two tables are understood as one map.
    """
    people, links = table_writer.encoded(fragment.parts, "\t")
    listed = [people.decode()] if fragment.parts.nodes or fragment.parts.modules else []
    listed += [links.decode()] if fragment.parts.links else []
    notes = [note.text for note in fragment.parts.stickies.values()]
    return "\r\n".join(listed) if listed else "\n".join(notes)
