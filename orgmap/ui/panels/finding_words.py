"""What a finding rests on, and what an advice would do, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from orgmap.analysis.catalogue import named
from orgmap.analysis.findings import Advice, Fact, Finding
from orgmap.i18n import Said, Text, names, say, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId
from orgmap.model.query import name_of
from orgmap.ui.panels.link_words import line_words
from orgmap.ui.panels.standing import Mark, Standing
from orgmap.ui.widgets.signs import NAMES

_FACT = text("evidence", "{what}: {value}")

# The facts of the checks that say more than the sentence does, in the order of the eye
EVIDENCE: dict[str, Text] = {}


_SPOKEN = text("finding spoken", "{kind}: {title}. {claim} {because}")
_SPOKEN_NEW = text("finding spoken", "New. {kind}: {title}. {claim} {because}")
_SPOKEN_RESOLVED = text("finding spoken", "Resolved: {title}. {claim}")
_NOT_JUDGED = text("finding", "Not judged: {titles}. {why}")
_NOTE = text("list", "{claim} {why}")


def spoken(row: Standing) -> str:
    """The whole card for a screen reader: "Act: Cannot be answered. What Goran says ..."."""
    finding = row.finding
    title = named(finding.code)
    if row.mark is Mark.RESOLVED:
        return str(_SPOKEN_RESOLVED(title=title, claim=finding.claim))
    entry = _SPOKEN_NEW if row.mark is Mark.NEW else _SPOKEN
    kind = NAMES[finding.weight]()
    return str(entry(kind=kind, title=title, claim=finding.claim, because=finding.because))


def button_words(advice: Advice, document: Document, *, main: bool) -> str:
    """What stands on the button of an advice: the line it draws, if that is what it does."""
    added = [after for before, after in advice.change.links.values() if before is None and after is not None]
    if len(added) == 1 and not advice.change.nodes and not advice.change.modules:
        after = document.apply(advice.change) if _applies(advice, document) else document
        line = line_words(after, added[0].id)
        if line:
            return say("advice", "Try: {line}", line=line) if main else line
    if len(added) > 1:
        return say("advice", "Try: {n} line", "Try: {n} lines", n=len(added))
    return say("advice", "Try it")


def evidence_words(finding: Finding, document: Document) -> list[str]:
    """The facts behind a finding, one line each."""
    lines = []
    for key, what in EVIDENCE.items():
        value = _value(finding.evidence.get(key), document)
        if value:
            lines.append(str(_FACT(what=what(), value=value)))
    return lines


def notes_words(notes: Sequence[Finding]) -> list[str]:
    """What could not be judged and why; checks that miss the same thing share a line."""
    together: dict[Said, list[Finding]] = {}
    for note in notes:
        together.setdefault(note.because, []).append(note)
    lines = []
    for why, group in together.items():
        titles = list(dict.fromkeys(str(named(note.code)) for note in group))
        if len(titles) > 1:
            lines.append(str(_NOT_JUDGED(titles=names(titles, 12), why=why)))
        else:
            lines.append(str(_NOTE(claim=group[0].claim, why=why)))
    return lines


def _applies(advice: Advice, document: Document) -> bool:
    """Was the advice made for this very map? While one edits it may be a moment older."""
    try:
        document.apply(advice.change)
    except ValueError:
        return False
    return True


def _value(fact: Fact, document: Document) -> str:
    if isinstance(fact, bool) or fact is None:
        return ""
    if isinstance(fact, int | float):
        return say("evidence", "{value}", value=fact)
    if isinstance(fact, str):
        return _named(fact, document)
    if isinstance(fact, tuple):
        return str(_NAMES(listed=names(_all_named(fact, document), 12))) if fact else ""
    pairs = [(_named(key, document), value) for key, value in fact.items()]
    told = [str(_PAIR(name=name, value=value)) for name, value in pairs if isinstance(value, int | float)]
    return str(_NAMES(listed=names(told, 12))) if told else ""


_NAMES = text("list", "{listed}")
_PAIR = text("list", "{name} {value}")


def _all_named(ids: Iterable[str], document: Document) -> list[str]:
    return [word for one in ids if (word := _named(one, document))]


def _named(any_id: str, document: Document) -> str:
    return name_of(document, cast(EndId, any_id)) or line_words(document, cast(LinkId, any_id)) or any_id
