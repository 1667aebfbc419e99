"""What a finding rests on, and the line an advice would draw, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from orgmap.analysis.catalogue import cutoff, named
from orgmap.analysis.findings import Advice, Fact, Finding
from orgmap.analysis.lacking import not_checked
from orgmap.i18n import Text, names, say, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId
from orgmap.model.proposals import lines
from orgmap.model.query import counts, name_of
from orgmap.ui.kinds import line_said
from orgmap.ui.panels.link_words import line_words
from orgmap.ui.panels.standing import Mark, Standing
from orgmap.ui.widgets.signs import NAMES

_FACT = text("evidence", "{what}: {value}")

# The facts of the checks that say more than the sentence does, in the order of the eye
EVIDENCE: dict[str, Text] = {
    "receivers": text("evidence", "Reaches"),
    "hears_from": text("evidence", "Hears from"),
    "audience": text("evidence", "No line straight back"),
    "no_answer_within_two_steps": text("evidence", "No answer directly or through one person"),
    "way_back_over": text("evidence", "The way back runs over"),
    "steps_back": text("evidence", "Steps back"),
    "contacts_out": text("evidence", "Contacts a week going out"),
    "contacts_in": text("evidence", "Contacts a week coming in"),
    "tellers": text("evidence", "Those who tell"),
    "hearers": text("evidence", "Those who hear"),
    "no_way_back": text("evidence", "Without a way back"),
    "no_way_back_within_two_steps": text("evidence", "Without an answer directly or through one person"),
    "must_hear_back_from": text("evidence", "An answer matters from"),
    "steps": text("evidence", "Steps"),
    "links_to_close": text("evidence", "One-way lines still missing until everybody can reach everybody"),
    "without": text("evidence", "Ways between colleagues that need them"),
    "lost": text("evidence", "Ways between colleagues that would be lost"),
    "lengthened": text("evidence", "Ways between colleagues that would be longer"),
    "cut_off": text("evidence", "Cut off"),
    "hanging": text("evidence", "In touch both ways with nobody else"),
    "lines": text("evidence", "Lines"),
    "through": text("evidence", "Through"),
    "smaller_side": text("evidence", "On the smaller side"),
    "slow_lines": text("evidence", "Slow lines"),
    "members": text("evidence", "In the module"),
    "group": text("evidence", "In the group"),
    "who_knows": text("evidence", "Could answer"),
    "steps_to_an_answer": text("evidence", "Steps to an answer"),
    "only_over": text("evidence", "On every way"),
    "modules_heard": text("evidence", "Other modules heard from"),
    "not_heard": text("evidence", "No word from"),
    "modules_beside": text("evidence", "Other modules"),
    "askers": text("evidence", "Questions come from"),
    "could_answer_too": text("evidence", "Could answer too"),
    "steps_to_the_most_senior": text("evidence", "Steps to the most senior"),
    "outside": text("evidence", "Outside"),
    "front_line": text("evidence", "Meet the outside"),
    "who_decides": text("evidence", "Can decide"),
    "steps_to_those_who_decide": text("evidence", "Steps to those who decide"),
    "talked_to_by": text("evidence", "Talk to them"),
    "pairs": text("evidence", "Between"),
    "pairs_over_top": text("evidence", "Ways between modules that need the top"),
    "pairs_between_modules": text("evidence", "Ways between colleagues of different modules"),
    "middle": text("evidence", "In the middle"),
    "near_pairs": text("evidence", "Pairs of the middle who reach each other directly or through one person"),
    "pairs_of_middle": text("evidence", "Pairs of the middle in different modules"),
    "no_line_up": text("evidence", "No two-way line up"),
    "no_line_down": text("evidence", "No two-way line down"),
    "lines_past": text("evidence", "Contacts past the middle"),
    "lines_of_top": text("evidence", "Contacts between the top and the others"),
    "hours": text("evidence", "Hours a week of talk"),
    "hours_stated": text("evidence", "Hours a week that were said"),
    "median_hours": text("evidence", "Hours a week of the middle one of all"),
    "reached": text("evidence", "Reaches"),
    "answers_needed": text("evidence", "Answers needed"),
    "too_many": text("evidence", "Answers too many"),
    "needs": text("evidence", "Lines of work"),
    "one_way_lines": text("evidence", "One-way lines"),
    "pairs_with_needs": text("evidence", "Pairs of modules whose work needs each other"),
    "pairs_that_talk": text("evidence", "Of these, with somebody who talks across"),
    "hand_overs": text("evidence", "Hand-overs of work on the map"),
    "with_talk": text("evidence", "Of these, with talk that goes with them"),
    "without_talk": text("evidence", "Reporting lines without talk"),
    "talk_along_the_chart": text("evidence", "Pairs that talk along the chart"),
    "talk_outside_the_chart": text("evidence", "Pairs that talk outside the chart"),
    "disputed": text("evidence", "The two see it differently"),
    "named_by_one_end": text("evidence", "Named by one end only"),
    "one_way_to": text("evidence", "Told one way"),
    "days_there_and_back": text("evidence", "Days there and back"),
    "needed_within": text("evidence", "Days within which an answer is needed"),
    "people_with_lines": text("evidence", "People with lines"),
}
_SHARE = text("evidence", "{name} {pairs} of {all}")
_THERE_AND_BACK = text("evidence", "{name} {there} there and {back} back")

_SPOKEN = text("finding spoken", "{kind}: {title}. {claim} {because}")
_SPOKEN_NEW = text("finding spoken", "New. {kind}: {title}. {claim} {because}")
_SPOKEN_RESOLVED = text("finding spoken", "Resolved: {title}. {claim}")


def spoken(row: Standing) -> str:
    """The whole card for a screen reader: "Act: Answers hardly get back. What Goran says ..."."""
    finding = row.finding
    title = named(finding.code)
    if row.mark is Mark.RESOLVED:
        return str(_SPOKEN_RESOLVED(title=title, claim=finding.claim))
    entry = _SPOKEN_NEW if row.mark is Mark.NEW else _SPOKEN
    kind = NAMES[finding.weight]()
    return str(entry(kind=kind, title=title, claim=finding.claim, because=finding.because))


def line_of(advice: Advice, document: Document) -> str:
    """The line that an advice draws, if it is one: "Quentin → Goran"; how many, if there are several."""
    drawn = lines(advice.change)
    if len(drawn) > 1:
        return say("advice", "{n} line", "{n} lines", n=len(drawn))
    if not drawn or any(document.end(end) is None for end in (drawn[0].source, drawn[0].target)):
        return ""
    return str(line_said(document, drawn[0]))


def state_words(document: Document, *, read: bool, busy: bool) -> tuple[str, str]:
    """What an empty list means, and what to do about it. `read`: the map has been analysed."""
    people, _, links = counts(document)
    least = int(cutoff(document, "people"))
    if people < least:
        state = say("finding", "Findings start with {n} person.", "Findings start with {n} people.", n=least)
        return state, say("finding", "Draw who talks to whom. Until then the map is left in peace.")
    if not links:
        return say("finding", "Findings start with the first lines."), say(
            "finding",
            "Pull a line from the rim of one person to another, or select somebody and press L.",
        )
    if not read:
        return (say("finding", "Reading the map ...") if busy else ""), ""
    return say("finding", "Nothing stands out."), say(
        "finding",
        "No line on this map breaks in a way that can be seen from here. "
        "What the map leaves out is still worth a question to the room.",
    )


def evidence_words(finding: Finding, document: Document) -> list[str]:
    """The facts behind a finding, one line each."""
    told = []
    for key, what in EVIDENCE.items():
        value = _value(finding.evidence.get(key), document)
        if value:
            told.append(str(_FACT(what=what(), value=value)))
    return told


def notes_words(notes: Sequence[Finding]) -> list[str]:
    """What could not be judged and why; checks that miss the same thing share a line, and so does all
    that the map leaves out.
    """
    return [str(said) for said in not_checked(notes)]


def _value(fact: Fact, document: Document) -> str:
    if isinstance(fact, bool) or fact is None:
        return ""
    if isinstance(fact, int | float):
        return str(_NAMES(listed=names([str(_NUMBER(value=fact))])))
    if isinstance(fact, str):
        return _named(fact, document)
    told = [_named(one, document) for one in fact] if isinstance(fact, tuple) else _pairs(fact, document)
    return str(_NAMES(listed=names([word for word in told if word], _MOST))) if told else ""


_MOST = 12  # names in one line of evidence
_NAMES = text("list", "{listed}")
_NUMBER = text("list", "{value}")
_PAIR = text("list", "{name} {value}")


def _pairs(facts: Mapping[str, Fact], document: Document) -> list[str]:
    """Facts by person: a number, steps there and back, or pairs out of all."""
    told: list[str] = []
    for key, fact in facts.items():
        name = _named(key, document)
        if isinstance(fact, int | float) and not isinstance(fact, bool):
            told.append(str(_PAIR(name=name, value=fact)))
        elif isinstance(fact, Mapping):
            told += _nested(name, fact, document)
    return told


def _nested(name: str, fact: Mapping[str, Fact], document: Document) -> list[str]:
    there, back, pairs, of = (fact.get(key) for key in ("there", "back", "pairs", "of"))
    if isinstance(there, int) and isinstance(back, int):
        return [str(_THERE_AND_BACK(name=name, there=there, back=back))]
    if isinstance(pairs, int) and isinstance(of, int):
        return [str(_SHARE(name=name, pairs=pairs, all=of))]
    return _pairs(fact, document) if all(document.has(key) for key in fact) else []


def _named(any_id: str, document: Document) -> str:
    """A node, module or link by name; "n1 - n2" is a line between two; nothing for what is gone."""
    found = name_of(document, cast(EndId, any_id)) or line_words(document, cast(LinkId, any_id))
    one, dash, other = any_id.partition(" - ")
    if found or not dash:
        return found
    ends = [name_of(document, cast(EndId, end)) or end for end in (one, other)]
    return str(_BETWEEN(one=ends[0], other=ends[1]))


_BETWEEN = text("list", "{one} – {other}")
