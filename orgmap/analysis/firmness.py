"""Does a finding stand if some lines were forgotten or imagined? See `docs/findings.md`, "How sure".

Maps drawn from memory miss a third to a half of the real lines, so adding counts more than dropping:
a finding is firm only if it stands on four of five maps with lines dropped, and on four of five with
lines added. Where it does not, the lines it rests on are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Fact, Finding, Firmness
from orgmap.analysis.graphs import Maps
from orgmap.analysis.standing import condition, unjudged
from orgmap.analysis.trials import Condition, Line, Trial, Trials
from orgmap.i18n import Names, Said, names, text
from orgmap.progress import SILENT, Progress

TRIALS = 200  # maps with lines dropped, and as many with lines added
FIRM = 0.8  # share of the maps on which a firm finding stands
MOST_PEOPLE = 400  # on larger maps it would take minutes
MOST_NAMED = 3  # lines
TRIED = 8  # lines most often to blame, each tried alone
THINNED = 2  # maps on which it does not stand, of which the lines that matter are sought

_FIRM = text("finding", "It stands when a tenth of the lines is taken away or added.")
_WITHOUT = text(
    "finding",
    "It rests on {n} line: without {lines} it would not be said.",
    "It rests on {n} lines: without {lines} it would not be said.",
)
_WITHOUT_ANY = text("finding", "It rests on each of these lines: {lines}.")
_ANSWER = text(
    "finding",
    "It goes away if {n} answer was forgotten: {lines}. Ask there first.",
    "It goes away if {n} answers were forgotten: {lines}. Ask there first.",
)
_WITH = text(
    "finding",
    "It goes away if {n} line of talk was forgotten: {lines}. Ask there first.",
    "It goes away if {n} lines of talk were forgotten: {lines}. Ask there first.",
)
_ANY_ANSWER = text(
    "finding", "It goes away if even one of these answers was forgotten: {lines}. Ask there first."
)
_WITH_ANY = text(
    "finding", "It goes away if even one of these lines was forgotten: {lines}. Ask there first."
)
_FEWER = text(
    "finding",
    "It stands on {n} of {of} maps from which a tenth of the lines is taken away.",
    "It stands on {n} of {of} maps from which a tenth of the lines is taken away.",
)
_MORE = text(
    "finding",
    "It stands on {n} of {of} maps to which a tenth more lines are added.",
    "It stands on {n} of {of} maps to which a tenth more lines are added.",
)
_ASK = text("finding", "Ask whether answers come back here: {lines}.")
_ALL_ONE_WAY = text(
    "finding",
    "It rests on the {n} one-way line of the map: were it answered, this would not be said.",
    "It rests on the {n} one-way lines of the map: were all answered, this would not be said.",
)
_NOT_JUDGED = text("finding", "Not judged with lines fewer or more: {reason}")
_LARGE = text("finding", "on a map of so many people it would take too long.")
_ENDS = text("finding", "{one} \N{EN DASH} {other}")
_BACK = text("finding", "{one} to {other}")


@dataclass(frozen=True, slots=True)
class Few:
    """Lines, as pairs of rows, on which a finding rests: on each of them `alone`, or on all together."""

    lines: tuple[Line, ...] = ()
    alone: bool = False

    @property
    def any_of(self) -> bool:
        """Would one of several be enough?"""
        return self.alone and len(self.lines) > 1


@dataclass(frozen=True, slots=True)
class Judged:
    """How a finding fared. `dropped`, `added`: on how many of `TRIALS` maps it stood.

    `drawn`, `missing`: the few lines that would make it vanish, taken away or added. `doubtful`:
    where no few do, pairs of rows whose joining was most often there when it did not stand.
    """

    dropped: int = 0
    added: int = 0
    drawn: Few = Few()
    missing: Few = Few()
    doubtful: tuple[Line, ...] = ()

    @property
    def firm(self) -> bool:
        """Did it stand on enough of both?"""
        return min(self.dropped, self.added) >= FIRM * TRIALS


@dataclass(slots=True)
class _Case:
    """One finding on its way through the trials; what is kept of those on which it did not stand."""

    holds: Condition
    about: frozenset[int]
    stood: list[int] = field(default_factory=lambda: [0, 0])
    blamed: tuple[Counter[Line], Counter[Line]] = field(default_factory=lambda: (Counter(), Counter()))
    failed: tuple[list[list[Line]], list[list[Line]]] = field(default_factory=lambda: ([], []))


def judged(
    maps: Maps, findings: Sequence[Finding], *, seed: int = 1, progress: Progress = SILENT
) -> tuple[Finding, ...]:
    """The findings in the same places, each with its firmness. Raises `Cancelled`."""
    cases: dict[int, _Case] = {}
    trials = Trials(maps, seed) if len(maps.nodes) <= MOST_PEOPLE else None
    if trials is not None and trials.links:
        situation, here = Situation(maps), trials.here
        for place, finding in enumerate(findings):
            progress.at(0.0)
            holds = condition(situation, finding) if finding.judged else None
            if holds is not None and holds(here):
                about = frozenset(maps.index[v] for v in finding.lit_nodes if v in maps.index)
                cases[place] = _Case(holds, about)
        told = _tried(trials, cases, progress)
    else:
        told = {}
    return tuple(
        _told(maps, trials, finding, told.get(place)) if finding.judged else finding
        for place, finding in enumerate(findings)
    )


# -- trying


def _tried(trials: Trials, cases: dict[int, _Case], progress: Progress) -> dict[int, Judged]:
    """How each finding fares, by its place."""
    if not cases:
        return {}
    for number in range(2 * TRIALS):
        adding = number % 2
        lines = trials.more() if adding else trials.fewer()
        trial = trials.joined(lines) if adding else trials.less(lines)
        for case in cases.values():
            progress.at(0.8 * number / (2 * TRIALS))
            if case.holds(trial):
                case.stood[adding] += 1
            else:
                case.blamed[adding].update(lines)
                if len(case.failed[adding]) < THINNED:
                    case.failed[adding].append(lines)
    made = {}
    for done, (place, case) in enumerate(cases.items()):
        made[place] = _explained(trials, case, progress.part(0.8 + 0.2 * done / len(cases), 1.0))
    return made


def _explained(trials: Trials, case: _Case, progress: Progress) -> Judged:
    """With the lines it rests on, where it did not stand."""
    found = Judged(case.stood[0], case.stood[1])

    def drawn_near(line: Line) -> bool:
        return any(case.about.issuperset(arc) for arc in trials.links[line[0]])

    if found.dropped < FIRM * TRIALS:
        links = _fewest(case, 0, trials.less, drawn_near, progress)
        found = replace(found, drawn=replace(links, lines=tuple(trials.links[i][0] for i, _ in links.lines)))
    if found.added < FIRM * TRIALS:
        missing = _fewest(case, 1, trials.joined, case.about.issuperset, progress)
        blamed = sorted(case.blamed[1].items(), key=lambda item: (-item[1], item[0]))
        near = [line for line, _ in blamed if trials.answers(line) and case.about.issuperset(line)]
        found = replace(found, missing=missing, doubtful=() if missing.lines else tuple(near[:MOST_NAMED]))
    return found


def _fewest(
    case: _Case,
    adding: int,
    made: Callable[[Sequence[Line]], Trial],
    near: Callable[[Line], bool],
    progress: Progress,
) -> Few:
    """The fewest lines that let it vanish, one alone or several together; those it is about first."""

    def vanishes(lines: Sequence[Line]) -> bool:
        progress.at(0.5)
        return not case.holds(made(lines))

    blamed = sorted(case.blamed[adding].items(), key=lambda item: (not near(item[0]), -item[1], item[0]))
    alone = [line for line, _ in blamed[:TRIED] if vanishes([line])]
    if alone:
        return Few(tuple(alone[:MOST_NAMED]), alone=True)
    found = min((_thinned(lines, near, vanishes) for lines in case.failed[adding]), key=len, default=[])
    return Few(tuple(found)) if len(found) <= MOST_NAMED else Few()


def _thinned(
    lines: Sequence[Line], near: Callable[[Line], bool], vanishes: Callable[[Sequence[Line]], bool]
) -> list[Line]:
    """Some of the lines with which it vanishes, each of them needed: parts are left out, ever smaller."""
    close = [line for line in lines if near(line)]
    kept = close if close and vanishes(close) else [*(line for line in lines if not near(line)), *close]
    width = len(kept) // 2
    while width:
        place = 0
        while place < len(kept):
            rest = [*kept[:place], *kept[place + width :]]
            if rest and vanishes(rest):
                kept = rest
            else:
                place += width
        width //= 2
    return kept


# -- words


def _told(maps: Maps, trials: Trials | None, finding: Finding, verdict: Judged | None) -> Finding:
    if verdict is None or trials is None:
        reason = _LARGE() if trials is None else unjudged(finding)
        sure = together(finding.sure, _NOT_JUDGED(reason=reason))
        return replace(finding, firmness=Firmness.NOT_JUDGED, sure=sure)
    fact: dict[str, Fact] = {"dropped": verdict.dropped, "added": verdict.added, "of": TRIALS}
    evidence = {**finding.evidence, "stood": fact}
    if verdict.firm:
        sure = together(finding.sure, _FIRM())
        return replace(finding, firmness=Firmness.FIRM, sure=sure, evidence=evidence)
    sure = together(finding.sure, *_dropped(maps, trials, verdict), *_added(maps, trials, verdict))
    return replace(finding, firmness=Firmness.FEW_LINES, sure=sure, evidence=evidence)


def _dropped(maps: Maps, trials: Trials, verdict: Judged) -> Iterator[Said]:
    """What is told where it did not stand with lines taken away."""
    few = verdict.drawn
    if few.lines:
        ends = [(u, v, trials.answers((u, v))) for u, v in few.lines]
        words = _WITHOUT_ANY if few.any_of else _WITHOUT
        yield words(n=len(ends), lines=_named(maps, trials, ends))
    elif verdict.dropped < FIRM * TRIALS:
        yield _FEWER(n=verdict.dropped, of=TRIALS)


def _added(maps: Maps, trials: Trials, verdict: Judged) -> Iterator[Said]:
    """What is told where it did not stand with lines added: which, or where to ask."""
    few = verdict.missing
    if few.lines:
        if all(map(trials.answers, few.lines)):
            words = _ANY_ANSWER if few.any_of else _ANSWER
        else:
            words = _WITH_ANY if few.any_of else _WITH
        yield words(n=len(few.lines), lines=_named(maps, trials, map(trials.back, few.lines)))
    elif verdict.added < FIRM * TRIALS:
        answered = not verdict.added and len(trials.one_way) <= trials.many
        yield _ALL_ONE_WAY(n=len(trials.one_way)) if answered else _MORE(n=verdict.added, of=TRIALS)
        if verdict.doubtful:
            yield _ASK(lines=_named(maps, trials, map(trials.back, verdict.doubtful)))


def _named(maps: Maps, trials: Trials, ends: Iterable[tuple[int, int, bool]]) -> Names:
    """Lines by their ends and whether they are one-way: "Ana to Ben", else "Ana - Ben"."""
    said = []
    for source, target, one_way in ends:
        one, other = (maps.name(trials.ends[row]) for row in (source, target))
        said.append(str((_BACK if one_way else _ENDS)(one=one, other=other)))
    return names(said, most=MOST_NAMED)
