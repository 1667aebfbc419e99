"""What the others notice while somebody or something is away, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from orgmap.analysis.answers import Absence, Aftermath, Pair
from orgmap.drawing.lighting import Lighting, Lit
from orgmap.i18n import Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId
from orgmap.model.query import name_of
from orgmap.ui.panels.ask_section import Section, item, section
from orgmap.ui.panels.ask_times import hours_said, hours_short
from orgmap.ui.panels.link_words import line_words
from orgmap.ui.panels.listing import Item

MODULES_TOLD, FINDINGS_TOLD = 3, 5  # sentences before "more"

_LIST = text("list", "{names}")
_LINE = text("away", "the line {line}")
_ONLY_LINE = text("away", "Without {who}, {module} loses its last two-way line to {others}.")
_ONLY_LINE_TOO = text("away", "{module} loses its last two-way line to {others}.")
_MORE_LINES = text(
    "away", "{n} more pair of modules loses its last line.", "{n} more pairs of modules lose their last line."
)
_LOST = text("away", "{n} way between colleagues is lost", "{n} ways between colleagues are lost")
_LONGER = text("away", "{n} way between colleagues gets longer", "{n} ways between colleagues get longer")
_LONGER_TOO = text("away", "{n} gets longer", "{n} get longer")
_PAIRS = text("away", "{pairs}.")
_BOTH = text("away", "{lost} and {longer}.")
_WITHOUT = text("away", "Without {who}, {pairs}.")
_WITHOUT_BOTH = text("away", "Without {who}, {lost} and {longer}.")
_NOTHING = text("away", "Without {who}, no way between colleagues is lost or gets longer.")
_CUT_OFF = text(
    "away",
    "{n} person is cut off: no two-way talk reaches the rest.",
    "{n} people are cut off: no two-way talk reaches the rest.",
)
_SOUGHT = text("away", "{name} loses the way to an answer about {topic}.")
_HIDDEN_SOUGHT = text("away", "{name} loses the way to an answer.")
_UNKNOWN = text("away", "Nobody who stays knows about {topics}.")
_HIDDEN_UNKNOWN = text(
    "away", "There is {n} topic nobody who stays knows.", "There are {n} topics nobody who stays knows."
)
_OUTSIDE = text(
    "away",
    "{n} outside party or source loses its last line.",
    "{n} outside parties or sources lose their last line.",
)
_WORK = text("away", "Their work needs what is done here:")
_HOURS = text("away", "{hours} of talk fall free.")
_UNTIMED = text(
    "away", "{n} line does not say how much time it takes.", "{n} lines do not say how much time they take."
)
_UNTOLD = text("away", "No line that goes says how much time it takes.")
_NEW = text("away", "More would be found:")
_GONE = text("away", "No longer found:")
_FINDING = text("away", "– {claim}")
_MORE = text("away", "and {n} more", "and {n} more")
_SAME = text("away", "The findings on the others stay as they are.")

_LIT = text("away", "the map without {who}")

_CUT_TITLE = text("ask", "Cut off")
_HOURS_TITLE = text("ask", "Time")
_TOPICS_TITLE = text("ask", "Answers")
_OUTSIDE_TITLE = text("ask", "Outside")
_WORK_TITLE = text("ask", "Work")
_FINDINGS_TITLE = text("ask", "Findings")
_MODULES_TITLE = text("ask", "Modules")


def called(document: Document, ids: Collection[str]) -> Said:
    """Those who are away, as one would say it: "Ana and Sales", "the line Ana ↔ Ben"."""
    ends = [name_of(document, m) for m in document.modules if m in ids]
    ends += [name_of(document, v) for v in document.nodes if v in ids]
    links = [str(_LINE(line=line_words(document, key))) for key in document.links if key in ids]
    return _list([*ends, *links])


def _list(words: Sequence[str]) -> Said:
    return _LIST(names=names(words, 4))


def sentences(document: Document, ids: Collection[str], away: Absence) -> Iterator[Said]:
    """The one or two sentences that say it: lines between modules, then ways between colleagues."""
    who = called(document, ids)
    if not (away.unlinked or away.lost or away.lengthened):
        yield _NOTHING(who=who)
        return
    told = list(_only_lines(document, away.unlinked))
    for place, (module, others) in enumerate(told[:MODULES_TOLD]):
        one = name_of(document, module)
        several = names([name_of(document, other) for other in others])
        if place:
            yield _ONLY_LINE_TOO(module=one, others=several)
        else:
            yield _ONLY_LINE(who=who, module=one, others=several)
    if rest := sum(len(others) for _, others in told[MODULES_TOLD:]):
        yield _MORE_LINES(n=rest)
    yield from _pairs(away, None if told else who)


def _pairs(away: Absence, who: Said | None) -> Iterator[Said]:
    """How many ways are lost or get longer; `who` where that is not said yet."""
    lost, longer = _LOST(n=away.lost), _LONGER(n=away.lengthened)
    if away.lost and away.lengthened:
        too = _LONGER_TOO(n=away.lengthened)
        yield _BOTH(lost=lost, longer=too) if who is None else _WITHOUT_BOTH(who=who, lost=lost, longer=too)
    elif away.lost or away.lengthened:
        told = lost if away.lost else longer
        yield _PAIRS(pairs=told) if who is None else _WITHOUT(who=who, pairs=told)


def _only_lines(document: Document, pairs: Sequence[Pair]) -> Iterator[tuple[ModuleId, list[ModuleId]]]:
    """The pairs, gathered round the modules that lose most; each pair once."""
    left = list(pairs)
    while left:
        count = Counter(module for pair in left for module in pair)
        middle = min(count, key=lambda m: (-count[m], name_of(document, m).casefold(), m))
        own = [pair for pair in left if middle in pair]
        left = [pair for pair in left if middle not in pair]
        others = [b if a == middle else a for a, b in own]
        yield middle, sorted(others, key=lambda m: name_of(document, m).casefold())


def away_sections(
    document: Document, ids: Collection[str], away: Absence, *, hidden: bool = False
) -> tuple[Section, ...]:
    """All that is to be said of an absence, the findings apart. `hidden`: topics are not told."""
    cut = [v for part in away.cut_off for v in part]
    joined = [
        Item(frozenset(pair), "panel-top", str(_list([name_of(document, m) for m in pair])))
        for pair in away.unlinked
    ]
    seekers = [_SOUGHT(name=name_of(document, v), topic=t) for v, t in dict.fromkeys(away.sought)]
    if hidden:
        seekers = [
            _HIDDEN_SOUGHT(name=name_of(document, v)) for v in dict.fromkeys(v for v, _ in away.sought)
        ]
    found = (
        section("claim", "", sentences(document, ids, away)),
        section("modules", str(_MODULES_TITLE()), (), joined if len(joined) > 1 else ()),
        section(
            "cut", str(_CUT_TITLE()), [_CUT_OFF(n=len(cut))] if cut else (), (item(document, v) for v in cut)
        ),
        section("topics", str(_TOPICS_TITLE()), [*seekers, *_unknown(away, hidden=hidden)]),
        section(
            "outside",
            str(_OUTSIDE_TITLE()),
            [_OUTSIDE(n=len(away.outside))] if away.outside else (),
            (item(document, end) for end in away.outside),
        ),
        section(
            "work",
            str(_WORK_TITLE()),
            [_WORK()] if away.work else (),
            (item(document, end) for end in away.work),
        ),
        section(
            "hours",
            str(_HOURS_TITLE()),
            _time(away),
            (item(document, v, str(hours_short(hours))) for v, hours in away.freed),
        ),
    )
    return tuple(part for part in found if part)


def _unknown(away: Absence, *, hidden: bool) -> Iterator[Said]:
    """Topics that leave with those who go."""
    if away.unknown:
        yield _HIDDEN_UNKNOWN(n=len(away.unknown)) if hidden else _UNKNOWN(topics=names(away.unknown, 4))


def _time(away: Absence) -> Iterator[Said]:
    if away.hours is not None:
        yield _HOURS(hours=hours_said(away.hours))
        if away.untimed:
            yield _UNTIMED(n=away.untimed)
    elif away.untimed:
        yield _UNTOLD()


def lit_without(document: Document, ids: Collection[str], away: Absence) -> Lit:
    """The map without them: a gap where they are, rings on whom that cuts off."""
    cut_off = frozenset[str](v for part in away.cut_off for v in part)
    gap = frozenset[str]((*away.away, *away.links))
    return Lit(_LIT(who=called(document, ids)), Lighting(away=gap, subjects=cut_off))


def after_section(after: Aftermath) -> Section:
    """Which findings would come, and which would go."""
    lines: list[Said] = []
    for title, found in ((_NEW, after.new), (_GONE, after.gone)):
        if found:
            lines += [title(), *(_FINDING(claim=f.claim) for f in found[:FINDINGS_TOLD])]
            if len(found) > FINDINGS_TOLD:
                lines.append(_MORE(n=len(found) - FINDINGS_TOLD))
    return section("after", str(_FINDINGS_TITLE()), lines or [_SAME()])
