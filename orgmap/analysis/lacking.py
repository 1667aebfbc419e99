"""What a map may leave out altogether, and how checks that wait for it are told: at once, in a line.

A plain map of who talks with whom lacks most of it, and is none the worse for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orgmap.analysis.catalogue import checked
from orgmap.analysis.findings import Finding
from orgmap.i18n import Said, Text, names, text

SUM_UP = 3  # things left out, from which they are told at once
MOST_TOLD = 3  # checks with one reason that say each what they check; of more, how many they are

_WAITS = text(
    "finding",
    "{n} kind of finding was not checked. The map shows nothing yet of this: {what}.",
    "{n} kinds of findings were not checked. The map shows nothing yet of these: {what}.",
)
_NOT_CHECKED = text("finding", "Not checked: {whether}. {because}")
_NOT_CHECKED_MANY = text(
    "finding",
    "{n} kind of finding was not checked. {because}",
    "{n} kinds of findings were not checked. {because}",
)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something of which nothing is drawn at all. `because`, `ask`: of the notes; `what`: its name."""

    because: Text
    ask: Text
    what: Text

    @property
    def missing(self) -> tuple[Said, Said]:
        """As a check says that it cannot judge."""
        return self.because(), self.ask()


LAYERS = Lack(
    text("finding", "The map shows no levels and no bosses."),
    text("finding", "Who stands at the top, and who between top and front?"),
    text("lack", "levels or bosses"),
)
MODULES = Lack(
    text("finding", "The map shows fewer than three modules with people in them."),
    text("finding", "Who works together every day, and what would you call that group?"),
    text("lack", "three modules or more"),
)
OUTSIDE = Lack(
    text("finding", "The map shows nobody outside who talks with anybody inside."),
    text("finding", "Which customers, users or partners matter, and who meets them?"),
    text("lack", "people outside"),
)
SEEKERS = Lack(
    text("finding", "The map does not say who looks for an answer, or who is new."),
    text("finding", "Who is looking for an answer, and to what?"),
    text("lack", "who looks for an answer"),
)
NEEDS = Lack(
    text("finding", "The map does not say whose work needs whose."),
    text("finding", "Whose work has to wait for somebody else's?"),
    text("lack", "whose work needs whose"),
)
CHANNELS = Lack(
    text("finding", "The map does not say by which channel people talk."),
    text("finding", "How do they talk: face to face, by phone, by mail?"),
    text("lack", "channels"),
)
ANSWERS = Lack(
    text("finding", "The map does not say how many answers a call needs."),
    text("finding", "Which calls go to many, and how many answers does each need?"),
    text("lack", "how many answers a call needs"),
)
HOURS = Lack(
    text("finding", "The map says too rarely how often and how long people talk."),
    text("finding", "How many hours a week does talk take, and how many are there?"),
    text("lack", "how often and how long people talk"),
)
LACKS = (LAYERS, MODULES, OUTSIDE, SEEKERS, NEEDS, CHANNELS, ANSWERS, HOURS)


def notes_by_reason(notes: Iterable[Finding]) -> tuple[Said | None, list[tuple[Said, tuple[Said, ...]]]]:
    """All that is left out of the map in one sentence; and each other reason with what the codes check.

    None where so little is left out that it stands among the other reasons.
    """
    reasons: dict[Said, dict[str, Said]] = {}
    for note in notes:
        reasons.setdefault(note.because, {})[note.code] = checked(note.code)
    left_out = {lack.because(): lack.what() for lack in LACKS if lack.because() in reasons}
    if len(left_out) < SUM_UP:
        left_out = {}
    waiting = {code for because in left_out for code in reasons[because]}
    what = names(map(str, left_out.values()), len(LACKS))
    others = [(because, tuple(own.values())) for because, own in reasons.items() if because not in left_out]
    return _WAITS(n=len(waiting), what=what) if left_out else None, others


def not_checked(notes: Iterable[Finding]) -> list[Said]:
    """What could not be judged and why, a sentence or two for each reason; see `notes_by_reason`."""
    left_out, reasons = notes_by_reason(notes)
    told = [
        _NOT_CHECKED(whether=names(map(str, whether)), because=because)
        if len(whether) <= MOST_TOLD
        else _NOT_CHECKED_MANY(n=len(whether), because=because)
        for because, whether in reasons
    ]
    return [*told, left_out] if left_out is not None else told
