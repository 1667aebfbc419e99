"""Of top, middle and chart: does a finding stand with some lines fewer or more? See `standing`."""

from __future__ import annotations

import numpy as np

from orgmap.analysis.checks.chart import compared
from orgmap.analysis.checks.layers import all_across, top, would_talk
from orgmap.analysis.checks.layers import middle as layer
from orgmap.analysis.checks.middle_facts import with_the_middle
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding
from orgmap.analysis.standing.rows import arcs_of, rows_of
from orgmap.analysis.trials import NO_WAY, Condition, Flags, Trial, within_two


def apex(situation: Situation, finding: Finding) -> Condition | None:
    """Enough of the pairs of different modules need the top."""
    del finding
    maps = situation.maps
    away, across = rows_of(maps, top(situation)), all_across(situation)
    least = situation.cut("apex-dependence.look")
    stays = np.ones(len(maps.nodes), dtype=bool)
    stays[away] = False

    def holds(trial: Trial) -> bool:
        heard = trial.flow.any(axis=0) & stays
        before = trial.steps
        judged = across & heard[:, None] & stays & (before > 0) & (before < NO_WAY)
        over = judged & (trial.without(away) > before)
        return bool(judged.any() and over.sum() >= least * judged.sum())

    return holds


def middle(situation: Situation, finding: Finding) -> Condition | None:
    """It hardly meets by itself, or misses a side, or is passed by; whichever was found."""
    maps, found = situation.maps, layer(situation)
    above = np.zeros(len(maps.nodes), dtype=bool)
    above[rows_of(maps, found.above)] = True
    below = np.zeros(len(maps.nodes), dtype=bool)
    below[rows_of(maps, found.below)] = True
    low = below | below[:, None]
    for u, v in with_the_middle(situation):
        low[maps.index[u], maps.index[v]] = False
    own = rows_of(maps, found.people)
    side = np.triu(all_across(situation)[np.ix_(own, own)])
    pairs = int(side.sum())
    pins = [
        (
            maps.index[v],
            [rows_of(maps, would_talk(situation, v, ends[v])) for ends in (found.over, found.under)],
        )
        for v in found.people
        if v not in situation.silent
    ]
    reach, missing = situation.cut("disconnected-middle.reach"), situation.cut("disconnected-middle.pins")
    past, least = situation.cut("disconnected-middle.passed"), situation.cut("disconnected-middle.lines")

    def sparse(trial: Trial) -> bool:
        free = trial.two_way & ~above & ~above[:, None]
        return bool((within_two(free)[np.ix_(own, own)] & side).sum() <= reach * pairs)

    def broken(trial: Trial) -> bool:
        count = sum(any(ends and not trial.two_way[row, ends].any() for ends in sides) for row, sides in pins)
        return count > 0 and count >= missing * len(own)

    def passed(trial: Trial) -> bool:
        between: Flags = trial.flow & (above[:, None] != above)
        by = (between & low).sum()
        return bool(by >= least and by > past * between.sum())

    def holds(trial: Trial) -> bool:
        return (pairs > 0 and sparse(trial)) or broken(trial) or passed(trial)

    del finding
    return holds


def chart(situation: Situation, finding: Finding) -> Condition | None:
    """Enough of the reporting lines without talk; None where it is about talk past the chart."""
    silent = finding.evidence.get("share_without_talk")
    pairs = arcs_of(situation.maps, compared(situation).judged)
    share = situation.cut("chart-and-talk.silent")
    if not isinstance(silent, float) or silent < share or not pairs:
        return None
    one, other = [u for u, _ in pairs], [v for _, v in pairs]

    def holds(trial: Trial) -> bool:
        quiet = ~(trial.flow | trial.flow.T)[one, other]
        return bool(quiet.any() and quiet.sum() >= share * len(pairs))

    return holds
