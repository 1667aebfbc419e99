"""`orgmap picture`: the map as it is on the screen, in a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from orgmap.analysis import layouts, registry
from orgmap.commands import output, reading, writing
from orgmap.commands.analyze import a_code
from orgmap.commands.arguments import Arguments, Command, Option, one_of, whole_number
from orgmap.drawing import qt_ready
from orgmap.drawing.lighting import UNLIT, Lighting, lighting_of
from orgmap.errors import UsageError
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.document import Document

if TYPE_CHECKING:
    from orgmap.drawing.paper import Page

FORMATS = ("png", "svg", "pdf")
THEMES = ("light", "dark", "print", "contrast")
WIDTHS = (64, 20_000)  # pixels; the widest picture takes over a gigabyte

MOST_SHEETS = 10  # of a poster, each way

_NOT_BOTH = text("command line", "{one} and {other} do not go together.")
_EITHER = text("command line", "A page has its own width; leave one of them out.")
_NO_SHEETS = text("command line", "{option} cannot be {value}.")
_AS_IN = text("command line", "Write how many sheets stand side by side and how many below one another: 3x2.")
_NO_FINDING = text("command line", "The map has no finding {code}; the picture shows everything evenly.")


def run(arguments: Arguments) -> int:
    """Read, place who has no place, draw."""
    qt_ready.demand()
    from orgmap.drawing.picture import form_of, picture_bytes

    document = reading.read(arguments).document
    places = layouts.missing(document)
    document = document.apply(edits.move(document, places))
    code = arguments.text("--overlay")
    lighting = _lighting(document, code) if code else UNLIT

    page = _page(arguments)

    def drawn(path: Path) -> bytes:
        return picture_bytes(
            document,
            form_of(path),
            width=arguments.whole("--width", 1_600),
            theme=arguments.text("--theme", THEMES[0]),
            lighting=lighting or UNLIT,
            hide_names=arguments.has(writing.HIDE_NAMES.name),
            page=page,
        )

    ended = writing.picture(arguments.files[1], arguments.text(writing.AS.name, FORMATS[0]), drawn)
    if lighting is None:
        output.message(str(_NO_FINDING(code=code)))
        return writing.LOSSES
    return ended


def _page(arguments: Arguments) -> Page | None:
    """The page asked for; None for a picture as large as the map."""
    from orgmap.drawing.paper import MARGIN, OVERLAP, Page, Turn, size_named

    if not any(arguments.has(each.name) for each in PAGE):
        return None
    if arguments.has("--width"):
        raise UsageError(_NOT_BOTH(one="--width", other=_first(arguments, PAGE)), hint=_EITHER())
    if arguments.has("--landscape") and arguments.has("--portrait"):
        raise UsageError(_NOT_BOTH(one="--landscape", other="--portrait"))
    turn = Turn.AUTO
    if arguments.has("--landscape"):
        turn = Turn.LANDSCAPE
    elif arguments.has("--portrait"):
        turn = Turn.PORTRAIT
    width, height = size_named(arguments.text("--page", "A4"))
    across, down = cast("tuple[int, int]", arguments.options.get("--poster", (1, 1)))
    return Page(
        width=width,
        height=height,
        turn=turn,
        margin=float(arguments.whole("--margin", int(MARGIN))),
        across=across,
        down=down,
        overlap=float(arguments.whole("--overlap", int(OVERLAP))),
    )


def _first(arguments: Arguments, among: Sequence[Option]) -> str:
    return next(each.name for each in among if arguments.has(each.name))


def sheets(option: str, word: str) -> object:
    """Reads how many sheets a poster has, across and down, as in "3x2". Raises UsageError."""
    found = re.fullmatch(r"(\d{1,3})[x×](\d{1,3})", word.strip(), re.IGNORECASE)
    if found is None:
        raise UsageError(_NO_SHEETS(option=option, value=word), hint=_AS_IN())
    most = whole_number(1, MOST_SHEETS)
    return most(option, found[1]), most(option, found[2])


def _lighting(document: Document, code: str) -> Lighting | None:
    """The evidence of all findings of this code; None if the map has none."""
    report = registry.run(document, only=(code,), measures=False)
    lit = [lighting_of(finding) for finding in report.judged if finding.code == code]
    if not lit:
        return None
    return Lighting(
        lit_nodes=frozenset().union(*(each.lit_nodes for each in lit)),
        lit_links=frozenset().union(*(each.lit_links for each in lit)),
        lit_modules=frozenset().union(*(each.lit_modules for each in lit)),
        subjects=frozenset().union(*(each.subjects for each in lit)),
        code=code,
        weight=lit[0].weight,
        proposed=lit[0].proposed if len(lit) == 1 else (),
    )


PAGE = (
    Option(
        name="--page",
        value="SIZE",
        help=text(
            "command line",
            "of a PDF: A5 to A0, Letter, Legal, Tabloid, or millimetres as in 300x400; without it the page "
            "is as large as the map",
        ),
    ),
    Option(name="--landscape", help=text("command line", "the page lies on its long side")),
    Option(
        name="--portrait",
        help=text(
            "command line", "the page stands upright; without either it lies so that the map is largest"
        ),
    ),
    Option(
        name="--margin",
        value="MM",
        read=whole_number(0, 100),
        help=text("command line", "the white border of each page in millimetres, 10 if not said"),
    ),
    Option(
        name="--poster",
        value="COLUMNSxROWS",
        read=sheets,
        help=text(
            "command line",
            "so many pages side by side and below one another, with cut marks; the first page shows the "
            "whole",
        ),
    ),
    Option(
        name="--overlap",
        value="MM",
        read=whole_number(0, 50),
        help=text(
            "command line", "what neighbours of a poster have in common, in millimetres, 10 if not said"
        ),
    ),
)

COMMAND = Command(
    name="picture",
    help=text(
        "command line",
        "Draw the map as on the screen, with its legend: PNG, SVG or PDF, as the name ends.",
    ),
    files=("IN", "OUT"),
    options=(
        Option(
            name="--width",
            value="PX",
            read=whole_number(*WIDTHS),
            help=text("command line", "how wide the picture is, in pixels"),
        ),
        Option(
            name="--theme",
            value="NAME",
            read=one_of(*THEMES),
            help=text(
                "command line", "light, dark, print (white, saves ink) or contrast (black, thick lines)"
            ),
        ),
        Option(
            name="--overlay",
            value="CODE",
            read=a_code,
            help=text("command line", "light the evidence of this finding and fade the rest"),
        ),
        *PAGE,
        writing.HIDE_NAMES,
        Option(
            name=writing.AS.name,
            value=writing.AS.value,
            read=one_of(*FORMATS),
            help=writing.AS.help,
        ),
        *reading.READING,
    ),
    run=run,
)
