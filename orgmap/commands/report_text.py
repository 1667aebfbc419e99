"""The report of an analysis as a person reads it in a terminal: what, why, what to ask, what to try."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orgmap.analysis import catalogue
from orgmap.analysis.findings import AT_FIRST, Finding, Numbers, Report, Weight
from orgmap.analysis.measure_catalogue import MEASURES, SHARE, Scope
from orgmap.commands.arguments import table
from orgmap.drawing.plain import shown
from orgmap.i18n import Said, Text, language, text
from orgmap.model.document import Document
from orgmap.model.query import counts

SMALL = 8  # people; below that a share says less than the counts beside it
_LONGEST = 2_000  # characters of one sentence; names in it may be of any length

_UNNAMED = text("report", "Map without a title")
_PEOPLE = text("report", "{n} person", "{n} people")
_MODULES = text("report", "{n} module", "{n} modules")
_LINKS = text("report", "{n} link", "{n} links")
_SIZE = text("report", "{people}, {modules}, {links}")
_NOTHING = text("report", "No findings.")
_FINDINGS = text("report", "{n} finding", "{n} findings")
_MORE = text("report", "{n} more finding: --all shows it.", "{n} more findings: --all shows them.")
_BECAUSE = text("report", "Because")
_ASK = text("report", "Ask")
_TRY = text("report", "Try")
_NOT_JUDGED = text("report", "Not judged")
_MEASURES = text("report", "Measures")

SIGNS = {
    Weight.ACT: "\N{BLACK UP-POINTING TRIANGLE}",
    Weight.LOOK: "\N{BLACK SQUARE}",
    Weight.NOTE: "\N{BLACK CIRCLE}",
}
_WEIGHTS = {
    Weight.ACT: text("report", "Act"),
    Weight.LOOK: text("report", "Look"),
    Weight.NOTE: text("report", "Note"),
}


_MEASURE = text("report", "{name}: {definition}")

TOLD: Mapping[str, float] = {  # the measures that say something to a manager, from which value on
    "reciprocity_arc": 0.0,
    "mutual_reach": 0.0,
    "open_link_share": 0.0,
    "links_to_close": 1.0,
    "average_distance": 0.0,
    "weak_components": 2.0,
    "hours_per_week": 0.01,
}


def report_text(document: Document, report: Report, *, width: int, everything: bool = False) -> str:
    """The whole report, lines of at most `width` columns where words allow it.

    With `everything`, all findings; else the first `AT_FIRST`, and how many wait behind.
    """
    people = counts(document)[0]
    lines = [*heading(document), ""]
    findings = report.judged
    first = findings if everything else findings[:AT_FIRST]
    lines.append(str(_FINDINGS(n=len(findings)) if findings else _NOTHING()))
    for number, finding in enumerate(first, start=1):
        lines += ["", *finding_lines(finding, width, number)]
    if len(findings) > len(first):
        lines += ["", str(_MORE(n=len(findings) - len(first)))]
    if report.not_judged:
        lines += ["", str(_NOT_JUDGED())]
        for note in report.not_judged:
            lines += _hanging(f"  {SIGNS[Weight.NOTE]} ", f"{line(note.claim)} {line(note.because)}", width)
    rows = list(measure_rows(report.map, small=people < SMALL))
    if rows:
        lines += ["", str(_MEASURES()), *table(rows, width)]
    return "\n".join(lines)


def heading(document: Document) -> list[str]:
    """The title of a map and how big it is."""
    people, modules, links = counts(document)
    size = _SIZE(people=_PEOPLE(n=people), modules=_MODULES(n=modules), links=_LINKS(n=links))
    return [shown(document.info.title) or str(_UNNAMED()), str(size)]


def finding_lines(
    finding: Finding, width: int, number: int | None = None, *, whole: bool = True
) -> list[str]:
    """One finding: its sign, name and sentence; with `whole` also reason, question and first advice."""
    label = f"{number:>2} " if number is not None else ""
    name = catalogue.title(finding.code)()
    title = f"{label}{SIGNS[finding.weight]} {_WEIGHTS[finding.weight]()} \N{EN DASH} {name}"
    margin = " " * (len(label) or 4)
    title = title if label else f"  {title}"
    lines = [title, *_hanging(margin, line(finding.claim), width)]
    if not whole:
        return lines
    said: list[tuple[Text, Said]] = [(_BECAUSE, finding.because), (_ASK, finding.question)]
    said += [(_TRY, advice.text) for advice in finding.advice[:1]]
    left = max(len(str(term())) for term in (_BECAUSE, _ASK, _TRY)) + 2
    for term, words in said:
        lines += _hanging(f"{margin}{term()!s:<{left}}", line(words), width)
    return lines


def measure_rows(numbers: Numbers, *, small: bool) -> Iterator[tuple[str, str]]:
    """Value, then name and definition, of the measures that say something about this map.

    `small`: so few people that shares say less than the map itself.
    """
    for key, least in TOLD.items():
        measure = MEASURES[Scope.MAP][key]
        value = numbers.get(key)
        share = measure.unit is SHARE
        if value is None or value < least or (small and share):
            continue
        told = f"{language().number(round(100 * value))} %" if share else language().number(value)
        yield line(told), str(_MEASURE(name=measure.name(), definition=measure.definition()))


def line(words: Said | str) -> str:
    """A sentence as one line that a terminal shows as it stands."""
    return shown(str(words), _LONGEST)


def bullets(sentences: Iterable[str], width: int) -> list[str]:
    """Sentences as a list."""
    return [row for sentence in sentences for row in _hanging("  \N{BULLET} ", sentence, width)]


def _hanging(start: str, words: str, width: int) -> Sequence[str]:
    indent = " " * len(start)
    return textwrap.wrap(
        words,
        width,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [start.rstrip()]
