"""Does a finding stand if some lines were forgotten or imagined? See `docs/findings.md`, "How sure".

Maps drawn from memory miss a third to a half of the real lines, so adding counts more than dropping:
a finding is firm only if it stands on four of five maps with lines dropped, and on four of five with
lines added. Where it does not, the lines it rests on are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from orgmap.analysis import firm_words
from orgmap.analysis.catalogue import ISOLATED
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Fact, Finding, Firmness
from orgmap.analysis.graphs import Maps
from orgmap.analysis.standing import condition, unjudged
from orgmap.analysis.trials import Condition, Line, Trial, Trials
from orgmap.i18n import Said, names
from orgmap.model import proposals
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

TRIALS = 200  # maps with lines dropped, and as many with lines added
FIRM = 0.8  # share of the maps on which a firm finding stands
MOST_PEOPLE = 400  # on larger maps it would take minutes
TRIED = 8  # lines most often to blame, each tried alone
THINNED = 2  # maps on which it does not stand, of which the lines that matter are sought


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

    `drawn`, `missing`: the few lines that would make it vanish, taken away or added; of a firm one, the
    line advised if that alone would. `doubtful`:
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
    advised: Line | None = None  # the one line that its first advice draws
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
                cases[place] = _Case(holds, about, _advised(trials, finding))
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


def _advised(trials: Trials, finding: Finding) -> Line | None:
    """The line that the first advice draws, if it draws one and nothing else; turned round, if it answers."""
    drawn = proposals.lines(finding.advice[0].change) if finding.advice else ()
    if len(drawn) != 1 or not {drawn[0].source, drawn[0].target} <= trials.rows.keys():
        return None
    u, v = trials.rows[NodeId(drawn[0].source)], trials.rows[NodeId(drawn[0].target)]
    return (v, u) if trials.answers((v, u)) else (u, v)


def _explained(trials: Trials, case: _Case, progress: Progress) -> Judged:
    """With the lines it rests on, where it did not stand."""
    found = Judged(case.stood[0], case.stood[1])
    if found.firm:
        line = case.advised
        ends_it = line is not None and not case.holds(trials.joined([line]))
        return replace(found, missing=Few((line,))) if line is not None and ends_it else found

    def drawn_near(line: Line) -> bool:
        return any(case.about.issuperset(arc) for arc in trials.links[line[0]])

    if found.dropped < FIRM * TRIALS:
        links = _fewest(case, 0, trials.less, drawn_near, progress)
        found = replace(found, drawn=replace(links, lines=tuple(trials.links[i][0] for i, _ in links.lines)))
    if found.added < FIRM * TRIALS:
        missing = _fewest(case, 1, trials.joined, case.about.issuperset, progress)
        blamed = sorted(case.blamed[1].items(), key=lambda item: (-item[1], item[0]))
        near = [line for line, _ in blamed if trials.answers(line) and case.about.issuperset(line)]
        found = replace(
            found, missing=missing, doubtful=() if missing.lines else tuple(near[: firm_words.MOST_NAMED])
        )
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
        return Few(tuple(alone[: firm_words.MOST_NAMED]), alone=True)
    found = min((_thinned(lines, near, vanishes) for lines in case.failed[adding]), key=len, default=[])
    return Few(tuple(found)) if len(found) <= firm_words.MOST_NAMED else Few()


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
        reason = firm_words.LARGE() if trials is None else unjudged(finding)
        return replace(finding, firmness=Firmness.NOT_JUDGED, sure=together(finding.sure, reason))
    fact: dict[str, Fact] = {"dropped": verdict.dropped, "added": verdict.added, "of": TRIALS}
    evidence = {**finding.evidence, "stood": fact}
    if verdict.firm:
        sure = together(finding.sure, firm_words.FIRM(), _still(maps, trials, finding, verdict))
        return replace(finding, firmness=Firmness.FIRM, sure=sure, evidence=evidence)
    told = (*_dropped(maps, trials, finding, verdict), *_added(maps, trials, finding, verdict))
    sure = together(finding.sure, *told)
    return replace(finding, firmness=Firmness.FEW_LINES, sure=sure, evidence=evidence)


def _still(maps: Maps, trials: Trials, finding: Finding, verdict: Judged) -> Said | None:
    """What would end even a firm finding: the one line on which everything hangs that chance seldom draws."""
    if finding.code == ISOLATED and finding.people and "group" not in finding.evidence:
        return firm_words.ANYBODY(n=len(finding.people), names=names(map(maps.name, finding.people)))
    lines = _lines(trials, map(trials.back, verdict.missing.lines))
    return firm_words.missing(maps, finding, lines, any_of=False) if lines else None


def _dropped(maps: Maps, trials: Trials, finding: Finding, verdict: Judged) -> Iterator[Said]:
    """What is told where it did not stand with lines taken away."""
    few = verdict.drawn
    if few.lines:
        lines = _lines(trials, ((u, v, trials.answers((u, v))) for u, v in few.lines))
        yield firm_words.unreal(maps, finding, lines, any_of=few.any_of)
    elif verdict.dropped < FIRM * TRIALS:
        yield firm_words.FEWER(n=verdict.dropped, of=TRIALS)


def _added(maps: Maps, trials: Trials, finding: Finding, verdict: Judged) -> Iterator[Said]:
    """What is told where it did not stand with lines added: which, or where to ask."""
    few = verdict.missing
    if few.lines:
        lines = _lines(trials, map(trials.back, few.lines))
        yield firm_words.missing(maps, finding, lines, any_of=few.any_of)
    elif verdict.added < FIRM * TRIALS:
        answered = not verdict.added and len(trials.one_way) <= trials.many
        yield firm_words.ALL_ONE_WAY() if answered else firm_words.MORE(n=verdict.added, of=TRIALS)
        if verdict.doubtful:
            asked = _lines(trials, map(trials.back, verdict.doubtful))
            yield firm_words.doubtful(maps, finding, asked)


def _lines(trials: Trials, ends: Iterable[tuple[int, int, bool]]) -> list[firm_words.Line]:
    """Rows as people."""
    return [firm_words.Line(trials.ends[one], trials.ends[other], one_way) for one, other, one_way in ends]
