"""Of contact that hangs on few, or is missing: does a finding stand with some lines fewer or more?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from orgmap.analysis.checks.handoffs import unbacked
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.checks.unlinked import siblings
from orgmap.analysis.checks.work import unlinked
from orgmap.analysis.findings import Finding
from orgmap.analysis.standing.rows import arcs_of, rows_of
from orgmap.analysis.trials import NO_WAY, Condition, Trial
from orgmap.model.entities import NodeId


def bottleneck(situation: Situation, finding: Finding) -> Condition | None:
    """Enough of the pairs of others depend on a person, or on the people of a module."""
    maps = situation.maps
    alone = [[row] for row in rows_of(maps, finding.people)]
    holders = alone or [rows_of(maps, maps.members[m]) for m in finding.modules]
    least, cut = situation.cut("bottleneck.dependence"), situation.cut("bottleneck.cut-off")
    longer, size = situation.cut("bottleneck.lengthened"), len(maps.nodes)

    def holds(trial: Trial, own: list[int]) -> bool:
        before, after = trial.steps, trial.without(own)
        others = np.ones(size, dtype=bool)
        others[own] = False
        worse = (after > before) & others[:, None] & others
        count = size - len(own)
        if worse.sum() < least * count * (count - 1):
            return False
        fallen = _fallen(trial, own)
        if sum(map(len, fallen)) >= cut and len(fallen[0]) >= 2:
            return True
        lines = trial.two_way
        stays = ~((lines.sum(axis=0) > 0) & ~lines[others].any(axis=0)) & others
        return bool((worse & (after < NO_WAY))[np.ix_(stays, stays)].sum() >= longer)

    return (lambda trial: any(holds(trial, own) for own in holders)) if holders else None


def _fallen(trial: Trial, own: list[int]) -> list[list[int]]:
    """The parts of T into which those around `own` fall without them, but the largest; largest first."""
    left = set(np.flatnonzero(trial.two_way[own].any(axis=0)).tolist()) - set(own)
    parts = []
    while left:
        part = np.flatnonzero(trial.group(min(left), own)).tolist()
        left -= set(part)
        parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part))[1:] or [[]]


def sole_contact(situation: Situation, finding: Finding) -> Condition | None:
    """Enough people whose one two-way line is with this person."""
    people, least = rows_of(situation.maps, finding.people), situation.cut("sole-contact.people")

    def holds(trial: Trial) -> bool:
        leaf = trial.two_way.sum(axis=0) == 1
        return any((trial.two_way[v] & leaf).sum() >= least for v in people)

    return holds


def thread(situation: Situation, finding: Finding) -> Condition | None:
    """Between modules: all lines of T, and all who belong to both, are one person. Else: one line alone."""
    maps, least = situation.maps, situation.cut("single-thread.people")
    members = {m: set(rows_of(maps, maps.members[m])) for m in finding.modules}
    pairs = [
        (members[a], members[b])
        for a, b in combinations(finding.modules, 2)
        if not {a, b} & (situation.inside(a) & situation.inside(b)) and members[a] and members[b]
    ]
    lines = finding.evidence.get("lines")
    ends = [tuple(line.split(" - ")) for line in lines] if isinstance(lines, tuple) and not pairs else []
    cuts = arcs_of(maps, ((NodeId(e[0]), NodeId(e[1])) for e in ends if len(e) == 2))

    def held(trial: Trial, here: set[int], there: set[int]) -> bool:
        rows, columns = sorted(here), sorted(there)
        shared = here & there
        found = [{rows[i], columns[k]} for i, k in np.argwhere(trial.two_way[np.ix_(rows, columns)])]
        found += [{v} for v in shared]
        return len(found) > 0 and bool(set.intersection(*found))

    def bridge(trial: Trial, u: int, v: int) -> bool:
        if not trial.two_way[u, v]:
            return False
        flow = trial.flow.copy()
        flow[u, v] = flow[v, u] = False
        other = Trial(flow, trial.size)
        one, two = other.group(u), other.group(v)
        return not one[v] and min(one.sum(), two.sum()) >= least

    def holds(trial: Trial) -> bool:
        return any(held(trial, *pair) for pair in pairs) or any(bridge(trial, *line) for line in cuts)

    return holds if pairs or cuts else None


def isolation(situation: Situation, finding: Finding) -> Condition | None:
    """Nobody has drawn a line over the border: of a module, of a group, of each person alone."""
    group = finding.evidence.get("group") or finding.evidence.get("members")
    if isinstance(group, tuple):
        groups = [rows_of(situation.maps, (NodeId(v) for v in group))]
    else:
        groups = [[v] for v in rows_of(situation.maps, finding.people)]

    def apart(trial: Trial, own: list[int]) -> bool:
        rest = np.ones(trial.size, dtype=bool)
        rest[own] = False
        return not (trial.flow[own][:, rest].any() or trial.flow[rest][:, own].any())

    return (lambda trial: any(apart(trial, own) for own in groups)) if groups else None


def unlinked_modules(situation: Situation, finding: Finding) -> Condition | None:
    """Nobody talks across; of modules side by side, nobody talks with both of them either."""
    told, maps = set(finding.modules), situation.maps
    beside = "needs" not in finding.evidence
    listed = siblings(situation) if beside else list(unlinked(situation))
    pairs = [
        (rows_of(maps, maps.members[a]), rows_of(maps, maps.members[b])) for a, b in listed if {a, b} <= told
    ]

    def apart(trial: Trial, here: Sequence[int], there: Sequence[int]) -> bool:
        both = trial.two_way
        if both[np.ix_(here, there)].any():
            return False
        return not beside or not (both[here].any(axis=0) & both[there].any(axis=0)).any()

    return (lambda trial: any(apart(trial, *pair) for pair in pairs)) if pairs else None


def handed_over(situation: Situation, finding: Finding) -> Condition | None:
    """No two-way line between the two ends of a need."""
    needs, maps = finding.evidence.get("needs"), situation.maps
    told = set(needs) if isinstance(needs, tuple) else set()
    pairs = [
        (rows_of(maps, h.here), rows_of(maps, h.there)) for h in unbacked(situation) if told & set(h.links)
    ]
    if not pairs:
        return None
    return lambda trial: any(not trial.two_way[np.ix_(here, there)].any() for here, there in pairs)
