"""`orgmap convert`: any format that can be read into any that can be written."""

from __future__ import annotations

from orgmap.commands import reading, writing
from orgmap.commands.arguments import Arguments, Command
from orgmap.drawing.hidden import nameless
from orgmap.i18n import text


def run(arguments: Arguments) -> int:
    """Read and write."""
    document = reading.read(arguments).document
    if arguments.has(writing.HIDE_NAMES.name):
        document = nameless(document)
    return writing.write(document, arguments.files[1], arguments.text(writing.AS.name, "orgmap"))


COMMAND = Command(
    name="convert",
    help=text("command line", "Write the map in another format, which the ends of the names tell."),
    files=("IN", "OUT"),
    options=(writing.HIDE_NAMES, writing.AS, *reading.READING),
    run=run,
)
