"""`orgmap picture`: the map as it is on the screen, in a file."""

from __future__ import annotations

from pathlib import Path

from orgmap.analysis import layouts, registry
from orgmap.commands import output, reading, writing
from orgmap.commands.analyze import a_code
from orgmap.commands.arguments import Arguments, Command, Option, one_of, whole_number
from orgmap.drawing import qt_ready
from orgmap.drawing.lighting import UNLIT, Lighting, lighting_of
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.document import Document

FORMATS = ("png", "svg", "pdf")
THEMES = ("light", "dark", "print", "contrast")
WIDTHS = (64, 20_000)  # pixels; the widest picture takes over a gigabyte

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

    def drawn(path: Path) -> bytes:
        return picture_bytes(
            document,
            form_of(path),
            width=arguments.whole("--width", 1_600),
            theme=arguments.text("--theme", THEMES[0]),
            lighting=lighting or UNLIT,
            hide_names=arguments.has(writing.HIDE_NAMES.name),
        )

    ended = writing.picture(arguments.files[1], arguments.text(writing.AS.name, FORMATS[0]), drawn)
    if lighting is None:
        output.message(str(_NO_FINDING(code=code)))
        return writing.LOSSES
    return ended


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
        weight=lit[0].weight,
        proposed=lit[0].proposed if len(lit) == 1 else (),
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
