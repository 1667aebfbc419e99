"""`orgmap layout`: give everybody a place and write the map."""

from __future__ import annotations

from orgmap.analysis import layouts
from orgmap.commands import reading, writing
from orgmap.commands.arguments import Arguments, Command, Option, one_of
from orgmap.errors import UsageError
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import EndId
from orgmap.model.query import named

STYLES = ("modules", "levels", "force", "circle", "rings")
_BY = ("formal", "flow")
_FROM = "--from"

_NOBODY = text("command line", "There is nobody called {name} in the map.")
_SPELLING = text("command line", "Write the name as it stands in the map.")
_ONLY_RINGS = text("command line", "{option} is for --style {style} alone.")


def run(arguments: Arguments) -> int:
    """Place and write."""
    style = arguments.text("--style", STYLES[0])
    for option, meant in ((_FROM, "rings"), ("--by", "levels")):
        if arguments.has(option) and style != meant:
            raise UsageError(_ONLY_RINGS(option=option, style=meant))
    document = reading.read(arguments).document
    around = _found(document, arguments.text(_FROM)) if arguments.has(_FROM) else None
    if style == "levels" and arguments.text("--by", _BY[0]) == "flow":
        style = "flow"
    places = layouts.place(document, style, around=around)
    placed = document.apply(edits.lay_out(document, places))
    return writing.write(placed, arguments.files[1], arguments.text(writing.AS.name, "orgmap"))


def _found(document: Document, name: str) -> EndId:
    nodes = [end for end in named(document, name) if end in document.nodes]
    if not nodes:
        raise UsageError(_NOBODY(name=name), hint=_SPELLING())
    return nodes[0]


COMMAND = Command(
    name="layout",
    help=text("command line", "Give everybody a place on the map, nobody on top of anybody, and write it."),
    files=("IN", "OUT"),
    options=(
        Option(
            name="--style",
            value="STYLE",
            read=one_of(*STYLES),
            help=text(
                "command line",
                "modules (teams apart, linked ones near each other), levels (from the top down), "
                "force (distance follows the links), circle, or rings (step by step round one person)",
            ),
        ),
        Option(
            name="--by",
            value="WHAT",
            read=one_of(*_BY),
            help=text(
                "command line",
                "for levels: formal (levels, else reporting lines) or flow (where one-way talk goes)",
            ),
        ),
        Option(
            name=_FROM,
            value="NAME",
            help=text("command line", "for rings: who stands in the middle (else the one with most links)"),
        ),
        writing.AS,
        *reading.READING,
    ),
    run=run,
)
