"""`orgmap compare`: what differs between two maps, findings first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from orgmap.analysis import comparison as compared
from orgmap.analysis.comparison import Comparison
from orgmap.analysis.findings import Finding, Number
from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.commands import output, reading
from orgmap.commands.arguments import Arguments, Command, Option, table
from orgmap.commands.report_text import TOLD, bullets, finding_lines, heading, line, value_text
from orgmap.errors import UsageError
from orgmap.i18n import Text, text

_BEFORE = text("comparison", "Before: {title} ({size})")
_AFTER = text("comparison", "After: {title} ({size})")
_NOTHING = text("comparison", "Nothing differs.")
_FINDINGS = text("comparison", "Findings: {resolved} resolved, {new} new, {changed} changed")
_RESOLVED = text("comparison", "Resolved")
_NEW = text("comparison", "New")
_CHANGED = text("comparison", "Changed")
_EARLIER = text("comparison", "Before: {claim}")
_STRUCTURE = text("comparison", "Structure")
_MEASURES = text("comparison", "Measures, before and after")
_NO_VALUE = text("comparison", "none")
_NO_SCENARIO = text("command line", "The map {file} has no scenario {name}.")


def run(arguments: Arguments) -> int:
    """Compare two files."""
    for name in arguments.files:
        _refuse_scenario(name)
    before, after = (reading.read(arguments, which, of=2).document for which in (0, 1))
    differing = compared.compare(before, after)
    if arguments.has("--json"):
        output.result_json(compared.as_json(differing, files=(arguments.files[0], arguments.files[1])))
    else:
        output.result("\n".join(compare_lines(differing, arguments.files, output.width())))
    return 0


def compare_lines(differing: Comparison, files: Sequence[str], width: int) -> Iterator[str]:
    """The comparison for a person: the two maps, their findings, their structure, their measures.

    `files` stand for the titles of maps that have none.
    """
    documents = (differing.before, differing.after)
    for sentence, document, file in zip((_BEFORE, _AFTER), documents, files, strict=True):
        title, size = heading(document, file)
        yield line(sentence(title=title, size=size))
    yield ""
    if not differing:
        yield str(_NOTHING())
        return
    counted = {"resolved": differing.resolved, "new": differing.new, "changed": differing.changed}
    yield str(_FINDINGS(**{name: len(found) for name, found in counted.items()}))
    yield from _group(_RESOLVED, differing.resolved, width)
    yield from _group(_NEW, differing.new, width)
    if differing.changed:
        yield from ("", str(_CHANGED()))
        for earlier, later in differing.changed:
            yield from finding_lines(later, width, whole=False)
            yield from bullets([line(_EARLIER(claim=earlier.claim))], width)
    sentences = [line(sentence) for sentence in compared.structure(differing)]
    if sentences:
        yield from ("", str(_STRUCTURE()), *bullets(sentences, width))
    rows = [row for key in TOLD if key in differing.map for row in _shift(key, *differing.map[key])]
    if rows:
        yield from ("", str(_MEASURES()), *table(rows, width))


def _group(title: Text, findings: tuple[Finding, ...], width: int) -> Iterator[str]:
    if findings:
        yield from ("", str(title()))
        for finding in findings:
            yield from finding_lines(finding, width, whole=False)


def _shift(key: str, before: Number, after: Number) -> Iterator[tuple[str, str]]:
    """The row of a measure that reads differently; one that only differs unseen has none."""
    measure = MEASURES[Scope.MAP][key]
    told = [str(_NO_VALUE()) if value is None else value_text(measure, value) for value in (before, after)]
    if told[0] != told[1]:
        yield str(measure.name()), " \N{RIGHTWARDS ARROW} ".join(told)


def _refuse_scenario(name: str) -> None:
    """`FILE#NAME` asks for a scenario of the map in FILE."""
    file, sign, scenario = name.rpartition("#")
    if sign and not Path(name).exists() and Path(file).is_file():
        raise UsageError(_NO_SCENARIO(file=file, name=scenario))


COMMAND = Command(
    name="compare",
    help=text("command line", "Say what differs between two maps: findings, structure and measures."),
    files=("A", "B"),
    options=(
        Option(name="--json", help=text("command line", "one JSON object with everything")),
        *reading.READING,
    ),
    run=run,
)
