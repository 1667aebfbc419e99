"""Of lines without an answer: does a finding stand with some lines fewer or more? See `standing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np

from orgmap.analysis.checks.broadcast import KNOWN, MIN_ANSWERED_BY_CHANCE, NEAR, RARE, at_most
from orgmap.analysis.checks.feedback_modules import unheard
from orgmap.analysis.checks.feedback_pairs import TWICE, late_pairs
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Fact, Finding
from orgmap.analysis.standing.rows import arcs_of, rows_of
from orgmap.analysis.trials import NO_WAY, Condition, Flags, Trial
from orgmap.model.entities import NodeId


def broadcast(situation: Situation, finding: Finding) -> Condition | None:
    """B0, B1 or B2 of a person, or of a module over its people."""
    maps = situation.maps
    own = rows_of(maps, finding.people or (v for m in finding.modules for v in maps.members[m]))
    if not own or len(finding.people) > 1:  # many people told together are the way of the map
        return None
    size = len(maps.nodes)
    others = np.ones(size, dtype=bool)
    others[own] = False
    heeded = others.copy()
    heeded[rows_of(maps, situation.silent)] = False
    wanted = ~_no_answer_wanted(situation)
    rates = [arc.per_week for arc in maps.arcs.values() if arc.per_week is not None]
    weekly = np.full((size, size), median(rates) if rates else np.nan)  # of a line nobody drew: as usual
    for (u, v), arc in maps.arcs.items():
        weekly[maps.index[u], maps.index[v]] = np.nan if arc.per_week is None else arc.per_week
    least, part = situation.cut("broadcast-only.receivers"), situation.cut("broadcast-only.audience")
    answering, share = situation.cut("broadcast-only.answering"), situation.cut("broadcast-only.listening")

    def hardly_listens(flow: Flags, told: Flags, heard: Flags) -> bool:
        there = flow.copy()
        there[np.ix_(own, own)] = False
        going, coming = weekly[own][there[own]], weekly[:, own][there[:, own]]
        known = np.count_nonzero(~np.isnan(going)) + np.count_nonzero(~np.isnan(coming))
        if known == 0 or known < KNOWN * (len(going) + len(coming)):
            return False
        contacts = float(np.nansum(going) + np.nansum(coming))
        if contacts <= 0 or np.nansum(coming) > share * contacts:
            return False
        count = [int(flags.sum()) for flags in (told & heard, others, told, heard)]
        return at_most(count[0], count[1], count[2], count[3]) <= RARE

    def holds(trial: Trial) -> bool:
        flow = trial.flow
        told = (flow[own] & wanted[own]).any(axis=0) & heeded
        heard = flow[:, own].any(axis=1) & others
        reached = int(told.sum())
        if reached < least:
            return False
        if not heard.any():
            return True
        audience = told & ~heard
        early = audience & flow[:, heard].any(axis=1)
        if audience.sum() >= max(least, part * reached) and early.sum() <= answering * audience.sum():
            return True
        return reached >= MIN_ANSWERED_BY_CHANCE and hardly_listens(flow, told, heard)

    return holds


def _no_answer_wanted(situation: Situation) -> Flags:
    """Lines on which no answer is wanted."""
    maps, links = situation.maps, situation.document.links
    found: Flags = np.zeros((len(maps.nodes), len(maps.nodes)), dtype=bool)
    for (u, v), arc in maps.arcs.items():
        found[maps.index[u], maps.index[v]] = all(links[key].no_answer_needed for key in arc.links)
    return found


def listening(situation: Situation, finding: Finding) -> Condition | None:
    """Hears from enough people, and tells nobody."""
    people, least = rows_of(situation.maps, finding.people), situation.cut("only-listens.heard")
    return lambda trial: any(trial.flow[:, v].sum() >= least and not trial.flow[v].any() for v in people)


def way_back(situation: Situation, finding: Finding) -> Condition | None:
    """Lines without any way back; modules in which nobody reaches those who tell within two steps."""
    maps = situation.maps
    if finding.modules:
        told = set(finding.modules)
        pairs = [
            (rows_of(maps, maps.members[a]), rows_of(maps, maps.members[b]))
            for a, b in unheard(situation)
            if {a, b} <= told
        ]
        return lambda trial: any(
            trial.flow[np.ix_(a, b)].any() and not trial.near[np.ix_(b, a)].any() for a, b in pairs
        )
    own = set(finding.links)
    arcs = arcs_of(maps, (pair for pair, arc in maps.arcs.items() if own.intersection(arc.links)))
    if not arcs:
        return None
    return lambda trial: any(trial.flow[u, v] and trial.steps[v, u] == NO_WAY for u, v in arcs)


def answered_late(situation: Situation, finding: Finding) -> Condition | None:
    """Pairs that must hear back, with no way or a long one; None where days alone are what is wrong."""
    late = late_pairs(situation)
    far = [(v, pair.hearer) for v in finding.people for pair in late.get(v, ()) if pair.far]
    pairs = arcs_of(situation.maps, far)

    def holds(trial: Trial) -> bool:
        for u, v in pairs:
            there, back = trial.steps[u, v], trial.steps[v, u]
            if there < NO_WAY and back > NEAR and back > TWICE * there:
                return True
        return False

    return holds if pairs else None


def slow_way_back(situation: Situation, finding: Finding) -> Condition | None:
    """Answers that take many steps."""
    found = finding.evidence.get("steps_back")
    arcs = arcs_of(situation.maps, _pairs(found) if isinstance(found, Mapping) else [])
    least = situation.cut("slow-way-back.steps")
    if not arcs:
        return None
    return lambda trial: any(trial.flow[u, v] and least <= trial.steps[v, u] < NO_WAY for u, v in arcs)


def _pairs(found: Mapping[str, Fact]) -> Sequence[tuple[NodeId, NodeId]]:
    return [(NodeId(u), NodeId(v)) for u, own in found.items() if isinstance(own, Mapping) for v in own]


def one_way_channel(situation: Situation, finding: Finding) -> Condition | None:
    """A line on which an answer could come straight back, and comes over somebody else."""
    listed = finding.evidence.get("lines")
    own = set(listed) if isinstance(listed, tuple) and "one_way_to" in finding.evidence else set()
    maps = situation.maps
    arcs = arcs_of(maps, (pair for pair, arc in maps.arcs.items() if own.intersection(arc.links)))
    if not arcs:
        return None
    return lambda trial: any(trial.flow[u, v] and trial.steps[v, u] == NEAR for u, v in arcs)
