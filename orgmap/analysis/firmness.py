"""Does a finding stand if some lines were forgotten or imagined? See `docs/findings.md`, "How sure".

Maps drawn from memory miss a third to a half of the real lines, so adding counts more than dropping:
a finding is firm only if it stands on four of five maps with lines dropped, and on four of five with
lines added. Where it does not, the lines it rests on are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

import numpy as np

from orgmap.analysis.checks.situation import together
from orgmap.analysis.findings import Fact, Finding, Firmness
from orgmap.analysis.graphs import Maps
from orgmap.analysis.trials import Condition, Flags, Trial, condition
from orgmap.i18n import Names, Said, names, text
from orgmap.model.entities import LinkId
from orgmap.progress import SILENT, Progress

TRIALS = 200  # maps with lines dropped, and as many with lines added
SHARE = 0.1  # of the lines
FIRM = 0.8  # share of the maps on which a firm finding stands
MOST_PEOPLE = 400  # on larger maps it would take minutes
MOST_NAMED = 3  # lines
TRIED = 8  # lines most often to blame, each tried alone

_FIRM = text("finding", "It stands when a tenth of the lines is taken away or added.")
_WITHOUT = text(
    "finding",
    "It rests on {n} line: without {lines} it would not be said.",
    "It rests on {n} lines: without {lines} it would not be said.",
)
_WITH = text(
    "finding",
    "It goes away if {n} line of talk is there that nobody drew, both ways: {lines}.",
    "It goes away if {n} lines of talk are there that nobody drew, both ways: {lines}.",
)
_FEWER = text("finding", "It stands on {n} of {of} maps from which a tenth of the lines is taken away.")
_MORE = text("finding", "It stands on {n} of {of} maps to which a tenth more lines are added.")
_ENDS = text("finding", "{one} \N{EN DASH} {other}")

Line: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """How a finding fared. `dropped`, `added`: on how many of `TRIALS` maps it stood.

    `drawn`, `missing`: the lines that would make it vanish, taken away or added; pairs of rows.
    """

    dropped: int
    added: int
    drawn: tuple[Line, ...] = ()
    missing: tuple[Line, ...] = ()

    @property
    def firm(self) -> bool:
        """Did it stand on enough of both?"""
        return min(self.dropped, self.added) >= FIRM * TRIALS


def judged(
    maps: Maps, findings: Sequence[Finding], *, seed: int = 1, progress: Progress = SILENT
) -> tuple[Finding, ...]:
    """The findings in the same places, each with its firmness. Raises `Cancelled`."""
    conditions: dict[int, Condition] = {}
    if len(maps.nodes) <= MOST_PEOPLE:
        here = Trial(_flow(maps))
        for place, finding in enumerate(findings):
            found = condition(maps, finding)
            if found is not None and found(here):
                conditions[place] = found
    told = _Trials(maps, seed).run(conditions, progress) if conditions else {}
    return tuple(
        _told(maps, finding, told.get(place)) if finding.judged else finding
        for place, finding in enumerate(findings)
    )


def _told(maps: Maps, finding: Finding, verdict: Judged | None) -> Finding:
    if verdict is None:
        return replace(finding, firmness=Firmness.NOT_JUDGED)
    fact: dict[str, Fact] = {"dropped": verdict.dropped, "added": verdict.added, "of": TRIALS}
    evidence = {**finding.evidence, "stood": fact}
    if verdict.firm:
        sure = together(finding.sure, _FIRM())
        return replace(finding, firmness=Firmness.FIRM, sure=sure, evidence=evidence)
    return replace(
        finding, firmness=Firmness.FEW_LINES, sure=_weak(maps, finding, verdict), evidence=evidence
    )


def _weak(maps: Maps, finding: Finding, verdict: Judged) -> Said:
    """The lines it rests on, drawn or missing; if no few lines do, on how many maps it stands."""
    words = finding.sure
    for stood, lines, known, plain in (
        (verdict.dropped, verdict.drawn, _WITHOUT, _FEWER),
        (verdict.added, verdict.missing, _WITH, _MORE),
    ):
        if lines:
            words = together(words, known(n=len(lines), lines=_named(maps, lines)))
        elif stood < FIRM * TRIALS:
            words = together(words, plain(n=stood, of=TRIALS))
    return words if words is not None else _FIRM()


def _named(maps: Maps, lines: Iterable[Line]) -> Names:
    """Lines by their ends: "Ana - Ben and Cy - Dov"."""
    ends = [(maps.name(maps.nodes[u]), maps.name(maps.nodes[v])) for u, v in lines]
    return names((str(_ENDS(one=one, other=other)) for one, other in ends), most=MOST_NAMED)


def _flow(maps: Maps) -> Flags:
    flow = np.zeros((len(maps.nodes), len(maps.nodes)), dtype=bool)
    for u, v in maps.arcs:
        flow[maps.index[u], maps.index[v]] = True
    return flow


class _Trials:
    """The maps with lines dropped and added, drawn from one seed."""

    def __init__(self, maps: Maps, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._flow = _flow(maps)
        self._carried = np.zeros(self._flow.shape, dtype=np.int32)  # links on each arc
        by_link: dict[LinkId, list[Line]] = {}
        for (u, v), arc in maps.arcs.items():
            row = maps.index[u], maps.index[v]
            self._carried[row] = len(arc.links)
            for key in arc.links:
                by_link.setdefault(key, []).append(row)
        self._links = [by_link[key] for key in sorted(by_link)]
        one_way = self._flow & ~self._flow.T
        joined = self._flow | self._flow.T
        near = ((joined.astype(np.float32) @ joined.astype(np.float32)) > 0) & ~joined
        self._one_way = _listed(one_way)
        self._near = _listed(np.triu(near, 1))

    def run(self, conditions: dict[int, Condition], progress: Progress) -> dict[int, Judged]:
        """How each condition fares, by its key."""
        stood: dict[int, list[int]] = {place: [0, 0] for place in conditions}
        blamed: dict[int, tuple[Counter[Line], Counter[Line]]] = {
            place: (Counter(), Counter()) for place in conditions
        }
        for number in range(2 * TRIALS):
            progress.at(0.9 * number / (2 * TRIALS))
            adding = number % 2
            lines = self._more() if adding else self._fewer()
            trial = self._with(lines) if adding else self._less(lines)
            for place, holds in conditions.items():
                if holds(trial):
                    stood[place][adding] += 1
                else:
                    blamed[place][adding].update(lines)
        made = {}
        for place, (dropped, added) in stood.items():
            found = Judged(dropped, added)
            if not found.firm:
                progress.at(0.9)
                drawn, missing = blamed[place]
                found = self._explained(found, conditions[place], drawn, missing)
            made[place] = found
        return made

    def _explained(
        self, found: Judged, holds: Condition, drawn: Counter[Line], missing: Counter[Line]
    ) -> Judged:
        """With the lines it rests on, where it did not stand."""
        enough = FIRM * TRIALS
        if found.dropped < enough:
            links = self._fewest(drawn, lambda lines: not holds(self._less(lines)))
            found = replace(found, drawn=tuple(self._links[i][0] for i, _ in links))
        if found.added < enough:
            more = self._fewest(missing, lambda lines: not holds(self._with(lines)))
            found = replace(found, missing=more)
        return found

    def _fewest(self, blamed: Counter[Line], vanishes: Callable[[list[Line]], bool]) -> tuple[Line, ...]:
        """The fewest of the lines most often to blame that let it vanish: one alone, else together."""
        most = [line for line, _ in sorted(blamed.items(), key=lambda item: (-item[1], item[0]))[:TRIED]]
        alone = [line for line in most if vanishes([line])]
        if alone:
            return tuple(islice(alone, MOST_NAMED))
        for size in range(2, MOST_NAMED + 1):
            if vanishes(most[:size]):
                return tuple(most[:size])
        return ()

    def _fewer(self) -> list[Line]:
        """Links to drop, as (place among the links, 0)."""
        many = max(1, round(SHARE * len(self._links)))
        chosen = self._chance.choice(len(self._links), size=many, replace=False)
        return [(int(i), 0) for i in chosen]

    def _more(self) -> list[Line]:
        """Pairs to join both ways: one-way lines first, then people two steps apart."""
        many = max(1, round(SHARE * len(self._links)))
        one_way = self._drawn(self._one_way, many)
        return one_way + self._drawn(self._near, many - len(one_way))

    def _drawn(self, among: list[Line], many: int) -> list[Line]:
        many = min(many, len(among))
        if many <= 0:
            return []
        return [among[int(i)] for i in self._chance.choice(len(among), size=many, replace=False)]

    def _less(self, links: Iterable[Line]) -> Trial:
        carried = self._carried.copy()
        for i, _ in links:
            for arc in self._links[i]:
                carried[arc] -= 1
        return Trial(carried > 0)

    def _with(self, lines: Iterable[Line]) -> Trial:
        flow = self._flow.copy()
        for u, v in lines:
            flow[u, v] = flow[v, u] = True
        return Trial(flow)


def _listed(flags: Flags) -> list[Line]:
    return [(int(u), int(v)) for u, v in np.argwhere(flags)]
