"""Where one person fits, in sentences and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from orgmap.analysis.answers import Fitting, Need, Sought
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.model.query import is_person, name_of
from orgmap.ui.panels.ask_away_words import sentences
from orgmap.ui.panels.ask_section import Section, item, section
from orgmap.ui.panels.ask_times import hours_said
from orgmap.ui.panels.listing import Item

REPORTS_TOLD = 5  # rows; of more one row says how many, since most of them come again under talk

_HOLDS = text("fit", "{name} holds the purpose.")
_TOP = text("fit", "{name} is on level 1.")
_NO_PURPOSE = text("fit", "Nobody is marked as holding the purpose, and nobody is on level 1.")
_ALONE = text("fit", "Nobody else does.")
_FROM = text("fit", "What those who hold the purpose say arrives in {steps}.")
_FROM_TOP = text("fit", "What level 1 says arrives in {steps}.")
_NOT_FROM = text("fit", "Nothing that those who hold the purpose say arrives.")
_NOT_FROM_TOP = text("fit", "Nothing that level 1 says arrives.")
_TO = text("fit", "Word from here reaches them in {steps}.")
_NOT_TO = text("fit", "Word from here does not reach them.")
_STEPS = text("fit", "{n} step", "{n} steps")
_HEARS = text("fit", "Hears from {n} person", "Hears from {n} people")
_HEARD = text("fit", "is heard by {n}", "is heard by {n}")
_DIRECTLY = text("fit", "{hears}, {heard}.")
_SECOND = text("fit", "Two steps away: hears from {n} more", "Two steps away: hears from {n} more")
_SECOND_TOO = text("fit", "{hears}, is heard by {n} more.", "{hears}, is heard by {n} more.")
_NO_LINES = text("fit", "No line of talk is drawn yet.")
_SEES = text("fit", "Word comes from {n} of {all} other modules within {steps}.")
_HOURS = text("fit", "Talk takes {hours}.")
_HOURS_OF = text("fit", "Talk takes {hours}, of {capacity} that were said.")
_HOURS_OVER = text("fit", "Talk takes {hours}, more than the {capacity} that were said.")
_CAPACITY = text("fit", "{capacity} were said; no line says how much time it takes.")
_TIMED = text("fit", "{n} of {all} lines says how much time it takes.", "{n} of {all} lines say how much.")

_REPORTS = text("fit row", "{n} person reports here", "{n} people report here")
_HOME = text("fit row", "module")
_ALSO = text("fit row", "also in")
_LEADS = text("fit row", "leads")
_BOSS = text("fit row", "boss")
_REPORT = text("fit row", "reports here")
_NEEDS_THIS = text("fit row", "needs this work")
_NEEDED = text("fit row", "work is needed")
_FOR_MODULE = text("fit row", "{what}, {module}")
_NO_WORD = text("fit row", "no word")
_WORD = text("fit row", "word comes")
_OUTSIDE = text("fit row", "outside")
_KNOWS = text("fit row", "known here")
_SEEKERS = text("fit row", "{n} seeks it", "{n} seek it")
_ASK = text("fit row", "ask {name}, {steps}")
_NO_ANSWER = text("fit row", "no way to an answer")
_NOBODY = text("fit row", "nobody knows it")
_TOPIC = text("fit row", "a topic")
_BOTH_SPOKEN = text("fit spoken", "talks both ways with {name}")
_HEARS_SPOKEN = text("fit spoken", "hears from {name}")
_HEARD_SPOKEN = text("fit spoken", "is heard by {name}")

_PLACE_TITLE = text("ask", "Place")
_WORK_TITLE = text("ask", "Work")
_PURPOSE_TITLE = text("ask", "Purpose")
_TALK_TITLE = text("ask", "Talk")
_SIGHT_TITLE = text("ask", "Other modules")
_TOPICS_TITLE = text("ask", "Topics")
_HOURS_TITLE = text("ask", "Time")
_AWAY_TITLE = text("ask", "If away")


def fit_sections(document: Document, fit: Fitting, *, hidden: bool = False) -> tuple[Section, ...]:
    """All that is to be said of a person's place. `hidden`: topics are not told."""
    person = is_person(document.nodes[fit.person])
    away = sentences(document, [fit.person], fit.away) if fit.away is not None and person else ()
    parts = (
        section("place", str(_PLACE_TITLE()), (), _place(document, fit)),
        section("purpose", str(_PURPOSE_TITLE()), _purpose(document, fit) if person else ()),
        section("talk", str(_TALK_TITLE()), _heard(fit), _talk(document, fit)),
        section("work", str(_WORK_TITLE()), (), _work(document, fit)),
        section("sight", str(_SIGHT_TITLE()), _sight(fit), _modules(document, fit)),
        section("topics", str(_TOPICS_TITLE()), (), _topics(document, fit, hidden=hidden)),
        section("hours", str(_HOURS_TITLE()), _time(fit)),
        section("away", str(_AWAY_TITLE()), away),
    )
    return tuple(part for part in parts if part)


def _place(document: Document, fit: Fitting) -> Iterator[Item]:
    for place, module in enumerate(fit.modules):
        if module not in fit.leads:
            yield item(document, module, str((_ALSO if place else _HOME)()))
    for module in fit.leads:
        yield item(document, module, str(_LEADS()))
    for boss in fit.bosses:
        yield item(document, boss, str(_BOSS()))
    if len(fit.reports) > REPORTS_TOLD:
        yield Item(frozenset[str](fit.reports), "user-round", str(_REPORTS(n=len(fit.reports))))
    else:
        for report in _by_name(document, fit.reports):
            yield item(document, report, str(_REPORT()))


def _purpose(document: Document, fit: Fitting) -> Iterator[Said]:
    if fit.holds_purpose:
        yield (_HOLDS if fit.purpose_marked else _TOP)(name=name_of(document, fit.person))
    if not fit.purpose:
        yield _ALONE() if fit.holds_purpose else _NO_PURPOSE()
        return
    if fit.holds_purpose:
        return
    if fit.from_purpose is None:
        yield (_NOT_FROM if fit.purpose_marked else _NOT_FROM_TOP)()
    else:
        yield (_FROM if fit.purpose_marked else _FROM_TOP)(steps=_STEPS(n=fit.from_purpose))
    yield _NOT_TO() if fit.to_purpose is None else _TO(steps=_STEPS(n=fit.to_purpose))


def _heard(fit: Fitting) -> Iterator[Said]:
    if not fit.hears and not fit.heard_by:
        if not fit.outside:
            yield _NO_LINES()
        return
    yield _DIRECTLY(hears=_HEARS(n=len(fit.hears)), heard=_HEARD(n=len(fit.heard_by)))
    if fit.hears_two or fit.heard_by_two:
        yield _SECOND_TOO(hears=_SECOND(n=len(fit.hears_two)), n=len(fit.heard_by_two))


def _talk(document: Document, fit: Fitting) -> Iterator[Item]:
    """Those of both ways first, then whom it hears, then who hears it."""
    both = set(fit.both_ways)
    groups = (
        (fit.both_ways, "arrow-left-right", _BOTH_SPOKEN),
        ([v for v in fit.hears if v not in both], "arrow-left", _HEARS_SPOKEN),
        ([v for v in fit.heard_by if v not in both], "arrow-right", _HEARD_SPOKEN),
    )
    for people, icon, spoken in groups:
        for v in _by_name(document, people):
            row = item(document, v, str(_OUTSIDE()) if v in fit.outside else "", icon=icon)
            yield replace(row, spoken=str(spoken(name=row.words)))


def _work(document: Document, fit: Fitting) -> Iterator[Item]:
    for needs, words in ((fit.needed_by, _NEEDS_THIS), (fit.needs, _NEEDED)):
        for need in needs:
            yield item(document, need.end, str(_through(document, need, words())))


def _through(document: Document, need: Need, what: Said) -> Said:
    return what if need.module is None else _FOR_MODULE(what=what, module=name_of(document, need.module))


def _sight(fit: Fitting) -> Iterator[Said]:
    every = len(fit.sees) + len(fit.unseen)
    if every:
        yield _SEES(n=len(fit.sees), all=every, steps=_STEPS(n=fit.sight_steps))


def _modules(document: Document, fit: Fitting) -> Iterator[Item]:
    for modules, words in ((fit.unseen, _NO_WORD), (fit.sees, _WORD)):
        for module in modules:
            yield item(document, module, str(words()))


def _topics(document: Document, fit: Fitting, *, hidden: bool) -> Iterator[Item]:
    for sought in fit.seeks:
        words = str(_TOPIC()) if hidden else sought.topic
        yield Item(_reached(sought), "search", words, str(_answer(document, sought)))
    for known in fit.knows:
        words = str(_TOPIC()) if hidden else known.topic
        aside = _SEEKERS(n=len(known.seekers)) if known.seekers else _KNOWS()
        yield Item(frozenset[str](known.seekers or (fit.person,)), "lightbulb", words, str(aside))


def _answer(document: Document, sought: Sought) -> Said:
    if sought.route is not None:
        return _ASK(name=name_of(document, sought.route.first), steps=_STEPS(n=sought.route.steps))
    return _NO_ANSWER() if sought.holders else _NOBODY()


def _reached(sought: Sought) -> frozenset[str]:
    """What the row of a topic selects: the way to an answer, else who could answer."""
    if sought.route is None:
        return frozenset[str](sought.holders)
    return frozenset[str]((*sought.route.people, *(step[0] for step in sought.route.links if step)))


def _time(fit: Fitting) -> Iterator[Said]:
    if fit.hours is None:
        if fit.capacity is not None:
            yield _CAPACITY(capacity=hours_said(fit.capacity))
        return
    talk = hours_said(fit.hours)
    if fit.capacity is None:
        yield _HOURS(hours=talk)
    else:
        over = fit.hours > fit.capacity
        yield (_HOURS_OVER if over else _HOURS_OF)(hours=talk, capacity=hours_said(fit.capacity))
    if fit.timed < fit.lines:
        yield _TIMED(n=fit.timed, all=fit.lines)


def _by_name(document: Document, people: Iterable[NodeId]) -> list[NodeId]:
    return sorted(people, key=lambda v: (name_of(document, v).casefold(), v))
