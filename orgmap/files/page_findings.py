"""The findings in an HTML page, written out: they can be read where no script runs, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import cast

from orgmap.analysis import catalogue
from orgmap.analysis.findings import AT_FIRST, Finding, Firmness, Report, Weight
from orgmap.analysis.lacking import not_checked
from orgmap.drawing.plain import shown
from orgmap.i18n import Names, Said, Text, Value, say, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Remark
from orgmap.model.remarks import matched

LONGEST = 2_000  # letters of a sentence; names in it may be of any length

_KINDS: dict[Weight, Text] = {
    Weight.ACT: text("class of a finding", "Act"),
    Weight.LOOK: text("class of a finding", "Look"),
    Weight.NOTE: text("class of a finding", "Note"),
}
_FIRM: dict[Firmness, Text] = {  # where it was not judged, the words say why
    Firmness.FIRM: text("firmness", "firm"),
    Firmness.FEW_LINES: text("firmness", "rests on a few lines"),
}
_SIGNS = {
    Weight.ACT: "\N{BLACK UP-POINTING TRIANGLE}",
    Weight.LOOK: "\N{BLACK SQUARE}",
    Weight.NOTE: "\N{BLACK CIRCLE}",
}
_HOW_SURE = text("finding", "How sure: {words}")
_HOW_FIRM = text("finding", "How sure: {firm}. {words}")
_SAME_CAUSE = text("finding", "Of the same cause: {claims}")
_NOTED = text("finding", "Noted: {note}")
_LEFT_ASIDE = text("report", "{title}: {claim}")
_LEFT_ASIDE_WHY = text("report", "{title}: {claim} Reason: {reason}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says, as a page tells it: the findings in their order with what the room noted on
    them, those left aside, what could not be checked, and how many speak of what the page leaves out."""

    findings: tuple[tuple[Finding, str], ...] = ()
    aside: tuple[tuple[Finding, str], ...] = ()
    missing: tuple[Said, ...] = ()
    out_of_sight: int = 0

    @staticmethod
    def of(document: Document, report: Report, hidden: frozenset[str]) -> Told:
        """The findings proper, each cause once, but those that speak of somebody the view hides."""
        unseen = _Unseen(document, hidden)
        remarks = matched(document, [finding.subject for finding in report.judged])
        found: list[tuple[Finding, Remark | None]] = []
        aside: list[tuple[Finding, str]] = []
        out_of_sight = 0
        for finding, remark in zip(report.judged, remarks, strict=True):
            said = remark is not None and (unseen.named(remark.note) or unseen.named(remark.reason))
            if said or not hidden.isdisjoint(finding.subject[1]) or unseen.told_of(finding):
                out_of_sight += 1
            elif remark is not None and remark.dismissed:
                aside.append((finding, remark.reason))
            else:
                found.append((unseen.without(finding), remark))
        there = {finding.subject for finding, _ in found}
        leading = [pair for pair in found if pair[0].told_with not in there or pair[1] is not None]
        return Told(
            tuple((finding, remark.note if remark is not None else "") for finding, remark in leading),
            tuple(aside),
            tuple(line for line in not_checked(report.not_judged) if not unseen.named(line)),
            out_of_sight,
        )


class _Unseen:
    """Whom a view hides, in the words of findings: whoever reads the page is not to learn of them."""

    def __init__(self, document: Document, hidden: frozenset[str]) -> None:
        ends = (document.end(cast(EndId, key)) for key in hidden)
        self._names = {end.name for end in ends if end is not None and end.name.strip()}

    def named(self, words: Value) -> bool:
        """Does a sentence name one of them?"""
        return bool(self._names) and any(map(self._stands_in, _quoted(words)))

    def told_of(self, finding: Finding) -> bool:
        """Does a finding name one of them, but in what could be tried?"""
        told = (finding.claim, finding.because, finding.question, *finding.also)
        return any(map(self.named, told)) or (finding.sure is not None and self.named(finding.sure))

    def without(self, finding: Finding) -> Finding:
        """The finding with such advice only as names none of them."""
        if not self._names:
            return finding
        kept = (
            one for one in finding.advice if not self.named(one.text) and not self.named(one.gained or "")
        )
        return replace(finding, advice=tuple(kept))

    def _stands_in(self, words: str) -> bool:
        near = (name for name in self._names if name in words)
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in near)


def _quoted(words: Value) -> Iterator[str]:
    """What a sentence holds of the map: its values, and theirs."""
    if isinstance(words, Said):
        for _, value in words.values:
            yield from _quoted(value)
    elif isinstance(words, Names):
        yield from words.names
    elif isinstance(words, str):
        yield words


def findings_html(told: Told) -> str:
    """The list of findings: the first few, the others folded, and what else there is to say of it."""
    cards = [_card(place, finding, note) for place, (finding, note) in enumerate(told.findings)]
    parts = [_listed(cards[:AT_FIRST], 1)]
    if not cards:
        parts = [_paragraph(say("finding", "Nothing stands out."), "lead")]
    rest = len(cards) - AT_FIRST
    if rest > 0:
        head = say("page", "{n} more finding", "{n} more findings", n=rest)
        parts.append(_folded(head, _listed(cards[AT_FIRST:], AT_FIRST + 1)))
    if told.aside:
        head = say("page", "{n} finding left aside", "{n} findings left aside", n=len(told.aside))
        parts.append(_folded(head, _points(_aside(*pair) for pair in told.aside)))
    if told.missing:
        parts.append(_folded(say("report", "Checks left out"), _points(map(_line, told.missing))))
    if told.out_of_sight:
        words = say(
            "page",
            "{n} finding speaks of somebody who is not shown here, and is left out.",
            "{n} findings speak of somebody who is not shown here, and are left out.",
            n=told.out_of_sight,
        )
        parts.append(_paragraph(words, "quiet"))
    return "\n".join(parts)


def _card(place: int, finding: Finding, note: str) -> str:
    """One finding: a button with its sentence, and below it what one sees when it is chosen."""
    weight = finding.weight
    head = (
        f'<button type="button" class="pick" data-finding="{place}" aria-expanded="false"'
        f' aria-controls="finding-{place}">'
        f'<span class="class"><span class="sign" aria-hidden="true">{_SIGNS[weight]}</span>'
        f"<span>{_safe(_KINDS[weight]())} \N{EN DASH} {_safe(catalogue.named(finding.code))}</span></span>"
        f'<span class="claim">{_safe(finding.claim)}</span>'
        f'<span class="because">{_safe(finding.because)}</span></button>'
    )
    more = "\n".join(_more(place, finding, note))
    return (
        f'<li class="finding {weight.value}"><h3>{head}</h3>'
        f'<div class="more" id="finding-{place}">{more}</div></li>'
    )


def _more(place: int, finding: Finding, note: str) -> Iterator[str]:
    yield f"<h4>{_safe(say('finding', 'Ask the room'))}</h4>"
    yield _paragraph(finding.question)
    if finding.also:
        yield _paragraph(_SAME_CAUSE(claims=" ".join(map(str, finding.also))), "quiet")
    if finding.advice:
        yield f"<h4>{_safe(say('finding', 'What could be tried'))}</h4>"
        yield (
            "<ul>" + "".join(f"<li>{_advice(one.text, one.gained)}</li>" for one in finding.advice) + "</ul>"
        )
    if finding.sure is not None:
        firm = _FIRM.get(finding.firmness) if finding.firmness is not None else None
        sure = finding.sure
        yield _paragraph(_HOW_FIRM(firm=firm(), words=sure) if firm else _HOW_SURE(words=sure), "quiet")
    if note:
        yield _paragraph(_NOTED(note=note), "quiet")
    show = _safe(say("page", "Show me"))
    yield f'<p class="go"><button type="button" data-show="{place}">{show}</button></p>'


def _advice(words: Said, gained: Said | None) -> str:
    told = _safe(words)
    return told if gained is None else f'{told} <span class="quiet">{_safe(gained)}</span>'


def _aside(finding: Finding, reason: str) -> str:
    words = _LEFT_ASIDE_WHY if reason else _LEFT_ASIDE
    return _line(words(title=catalogue.named(finding.code), claim=finding.claim, reason=reason))


def _listed(cards: Sequence[str], first: int) -> str:
    return f'<ol class="findings" start="{first}">{"".join(cards)}</ol>'


def _folded(head: str, inside: str) -> str:
    return f"<details><summary>{_safe(head)}</summary>{inside}</details>"


def _points(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{_safe(line)}</li>" for line in lines) + "</ul>"


def _paragraph(words: Said | str, role: str = "") -> str:
    return f'<p class="{role}">{_safe(words)}</p>' if role else f"<p>{_safe(words)}</p>"


def _line(words: Said | str) -> str:
    return shown(str(words), LONGEST)


def _safe(words: Said | str) -> str:
    """A sentence as HTML shows it literally."""
    return escape(_line(words))
