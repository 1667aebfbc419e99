"""Where a command writes: a file, or standard output with `-`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from orgmap.commands import interrupts, output, reading
from orgmap.commands.arguments import STANDARD, Option, one_of
from orgmap.files import disk, formats, pictures
from orgmap.i18n import text
from orgmap.model.document import Document

_NAMED = "map.{}"  # what stands for the name of a file where standard output is written

LOSSES = 3  # exit code: written, but not everything fits into that format

HIDE_NAMES = Option(
    name=reading.HIDE_NAMES,
    help=text("command line", "nobody's name, title or note leaves the program"),
)

AS = Option(
    name="--as",
    value="FORMAT",
    read=one_of(*(each.suffix.lstrip(".") for each in formats.WRITABLE)),
    help=text("command line", "the format of what goes to standard output, where - stands for OUT"),
)


_BESIDE = text(
    "loss",
    "The people and modules, which stand in a second table, are not kept: write to a file to have both.",
)


def write(document: Document, name: str, suffix: str) -> int:
    """Write a map to the file `name`, or as `suffix` to standard output; each loss is told.

    Answers the exit code.
    """
    named = Path(_NAMED.format(suffix) if name == STANDARD else name)
    if formats.writable(named).suffix in pictures.SUFFIXES:
        return picture(name, suffix, partial(pictures.drawn, document))
    with target(name, suffix) as path:
        losses = formats.write(document, path)
        if name == STANDARD and len(list(path.parent.iterdir())) > 1:
            losses = [*losses, _BESIDE()]
    for loss in losses:
        output.message(str(loss))
    return LOSSES if losses else 0


def picture(name: str, suffix: str, drawn: Callable[[Path], bytes]) -> int:
    """Put what is drawn for a path in the file `name`, or on standard output.

    Nothing may be raised into the midst of a drawing: Qt does not survive it, and listens only when a
    call of it is over. So being told to end ends the process at once until the picture is complete.
    """
    if name == STANDARD:
        output.result_bytes(drawn(Path(_NAMED.format(suffix))))
        return 0
    path = Path(name)
    disk.check_target(path)
    data = drawn(path)
    with interrupts.tidily():
        disk.write_bytes(path, data, previous=False)
    return 0


@contextmanager
def target(name: str, suffix: str) -> Iterator[Path]:
    """The path to write to. For `-` a temporary one ending in `suffix`, sent on when all is written."""
    with interrupts.tidily():
        if name != STANDARD:
            yield Path(name)
            return
        with tempfile.TemporaryDirectory(prefix="orgmap-") as folder:
            path = Path(folder) / _NAMED.format(suffix)
            yield path
            data = path.read_bytes()
    output.result_bytes(data)
