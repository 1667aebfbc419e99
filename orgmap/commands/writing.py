"""Where a command writes: a file, or standard output with `-`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orgmap.commands import interrupts, output
from orgmap.commands.arguments import STANDARD, Option, one_of
from orgmap.files import formats
from orgmap.i18n import Said, text

LOSSES = 3  # exit code: written, but not everything fits into that format

HIDE_NAMES = Option(
    name="--hide-names",
    help=text("command line", "nobody's name, title or note leaves the program"),
)

AS = Option(
    name="--as",
    value="FORMAT",
    read=one_of(*(each.suffix.lstrip(".") for each in formats.WRITABLE)),
    help=text("command line", "the format of what goes to standard output, where - stands for OUT"),
)


@contextmanager
def target(name: str, suffix: str) -> Iterator[Path]:
    """The path to write to. For `-` a temporary one ending in `suffix`, sent on when all is written."""
    with interrupts.tidily():
        if name != STANDARD:
            yield Path(name)
            return
        with tempfile.TemporaryDirectory(prefix="orgmap-") as folder:
            path = Path(folder) / f"map.{suffix}"
            yield path
            data = path.read_bytes()
    output.result_bytes(data)


def exit_code(losses: Iterable[Said]) -> int:
    """Name each loss on standard error; the exit code that says whether there was any."""
    listed = list(losses)
    for loss in listed:
        output.message(str(loss))
    return LOSSES if listed else 0
