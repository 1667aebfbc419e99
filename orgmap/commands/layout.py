"""`orgmap layout`: give everybody a place and write the map."""

from __future__ import annotations

from orgmap.analysis import layouts
from orgmap.commands import reading, writing
from orgmap.commands.arguments import Arguments, Command, Option, one_of
from orgmap.i18n import text
from orgmap.model import edits


def run(arguments: Arguments) -> int:
    """Place and write."""
    document = reading.read(arguments).document
    places = layouts.place(document, arguments.text("--style", layouts.STYLES[0]))
    placed = document.apply(edits.move(document, places))
    return writing.write(placed, arguments.files[1], arguments.text(writing.AS.name, "orgmap"))


COMMAND = Command(
    name="layout",
    help=text("command line", "Give everybody a place on the map, nobody on top of anybody, and write it."),
    files=("IN", "OUT"),
    options=(
        Option(
            name="--style",
            value="STYLE",
            read=one_of(*layouts.STYLES),
            help=text(
                "command line",
                "modules (teams apart, linked ones near each other) or force (distance follows the links)",
            ),
        ),
        writing.AS,
        *reading.READING,
    ),
    run=run,
)
