"""The report of an analysis as a person reads it in a terminal: what, why, what to ask, what to try."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from orgmap.analysis import catalogue
from orgmap.analysis.findings import AT_FIRST, Finding, Numbers, Report, Weight
from orgmap.analysis.lacking import not_checked
from orgmap.analysis.measure_catalogue import MEASURES, SHARE, Measure, Scope
from orgmap.commands.arguments import STANDARD, table
from orgmap.drawing.plain import shown
from orgmap.i18n import Said, Text, language, text, verbatim
from orgmap.model.document import Document
from orgmap.model.entities import Remark
from orgmap.model.query import counts
from orgmap.model.remarks import matched

SMALL = 8  # people; below that a share says less than the counts beside it
_LONGEST = 2_000  # characters of one sentence; names in it may be of any length

_UNNAMED = text("report", "Map without a title")
_PEOPLE = text("report", "{n} person", "{n} people")
_MODULES = text("report", "{n} module", "{n} modules")
_LINKS = text("report", "{n} link", "{n} links")
_SIZE = text("report", "{people}, {modules}, {links}")
_NOTHING = text("report", "No findings.")
_FEW = text("report", "Findings start with {n} person.", "Findings start with {n} people.")
_FINDINGS = text("report", "{n} finding", "{n} findings")
_MORE = text("report", "{n} more finding: --all shows it.", "{n} more findings: --all shows them.")
_BECAUSE = text("report", "Because")
_ASK = text("report", "Ask")
_TRY = text("report", "Try")
_SURE = text("report", "Sure")
_ALSO = text("report", "Also")
_NOT_JUDGED = text("report", "Checks left out")
_NOTE = text("report", "Note")
_DISMISSED = text("report", "Dismissed")
_LEFT_ASIDE = text("report", "{title}: {claim}")
_LEFT_ASIDE_WHY = text("report", "{title}: {claim} Reason: {reason}")
_MEASURES = text("report", "Measures")

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_TIED = "\N{NO-BREAK SPACE}"

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


def report_text(
    document: Document, report: Report, *, width: int, file: str = "", everything: bool = False
) -> str:
    """The whole report, lines of at most `width` columns where words allow it.

    With `everything`, all findings; else the first `AT_FIRST`, those of one cause as one, and how many
    wait behind. `file` stands for the title of a map that has none.
    """
    people = counts(document)[0]
    lines = [*heading(document, file), ""]
    remarks = matched(document, [finding.subject for finding in report.judged])
    told = list(zip(report.judged, remarks, strict=True))
    aside = [(finding, remark) for finding, remark in told if remark is not None and remark.dismissed]
    findings = [pair for pair in told if pair not in aside]
    there = {finding.subject for finding, _ in findings}
    leading = [(f, remark) for f, remark in findings if f.told_with not in there or remark is not None]
    first = findings if everything else leading[:AT_FIRST]
    least = int(catalogue.cutoff(document, "people"))
    none = _FEW(n=least) if people < least else _NOTHING()
    lines.append(str(_FINDINGS(n=len(findings)) if findings else none))
    for number, (finding, remark) in enumerate(first, start=1):
        note = remark.note if remark is not None else ""
        lines += ["", *finding_lines(finding, width, number, note=note)]
    if len(findings) > len(first):
        lines += ["", str(_MORE(n=len(findings) - len(first)))]
    if aside:
        lines += ["", str(_DISMISSED()), *bullets((_dismissed(*pair) for pair in aside), width)]
    if report.not_judged:
        lines += ["", str(_NOT_JUDGED()), *bullets(map(line, not_checked(report.not_judged)), width)]
    rows = list(measure_rows(report.map, small=people < SMALL))
    if rows:
        lines += ["", str(_MEASURES()), *table(rows, width)]
    return "\n".join(lines)


def heading(document: Document, file: str = "") -> list[str]:
    """The title of a map, or the name of its file, and how big it is."""
    people, modules, links = counts(document)
    size = _SIZE(people=_PEOPLE(n=people), modules=_MODULES(n=modules), links=_LINKS(n=links))
    named = file if file != STANDARD else ""
    return [shown(document.info.title) or shown(Path(named).name) or str(_UNNAMED()), str(size)]


def finding_lines(
    finding: Finding, width: int, number: int | None = None, *, whole: bool = True, note: str = ""
) -> list[str]:
    """One finding: its sign, name and sentence; with `whole` also reason, question and first advice.

    `note`: what the room noted on it.
    """
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
    said += [(_ALSO, claim) for claim in finding.also]
    said += [(_SURE, finding.sure)] if finding.sure is not None else []
    said += [(_NOTE, verbatim(note))] if note else []
    left = max(len(str(term())) for term in (_BECAUSE, _ASK, _TRY, _ALSO, _SURE, _NOTE)) + 2
    for term, words in said:
        lines += _hanging(f"{margin}{term()!s:<{left}}", line(words), width)
    return lines


def measure_rows(numbers: Numbers, *, small: bool) -> Iterator[tuple[str, str]]:
    """Value, then name and definition, of the measures that say something about this map.

    `small`: so few people that shares say less than the map itself. Nothing without any talk.
    """
    if not numbers.get("density"):
        return
    for key, least in TOLD.items():
        value = numbers.get(key)
        measure = MEASURES[Scope.MAP][key]
        if value is None or value < least or (small and measure.unit is SHARE):
            continue
        told = value_text(measure, value)
        yield told, str(_MEASURE(name=measure.name(), definition=measure.definition()))


def value_text(measure: Measure, value: float) -> str:
    """A number as this measure is told: shares as percent, and none of nearly 0 or 1 as all or nothing."""
    if measure.unit is not SHARE:
        return line(language().number(value))
    percent = 100 * value
    return f"{line(language().number(round(percent) if 1 <= percent <= 99 else percent))} %"


def _dismissed(finding: Finding, remark: Remark) -> str:
    """A finding that the room left aside, and why."""
    told = _LEFT_ASIDE_WHY if remark.reason else _LEFT_ASIDE
    return line(told(title=catalogue.named(finding.code), claim=finding.claim, reason=remark.reason))


def line(words: Said | str) -> str:
    """A sentence as one line that a terminal shows as it stands."""
    return shown(str(words), _LONGEST)


def bullets(sentences: Iterable[str], width: int) -> list[str]:
    """Sentences as a list."""
    return [row for sentence in sentences for row in _hanging("  \N{BULLET} ", sentence, width)]


def _hanging(start: str, words: str, width: int) -> Sequence[str]:
    indent = " " * len(start)
    kept = _THOUSANDS.sub(_TIED, words)  # a number stays on one line
    rows = textwrap.wrap(
        kept,
        width,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [row.replace(_TIED, " ") for row in rows] or [start.rstrip()]
