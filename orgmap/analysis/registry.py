"""All checks, read top to bottom, and the one call that runs them: `run`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from orgmap.analysis.catalogue import (
    APEX_DEPENDENCE,
    BOTTLENECK,
    BROADCAST_ONLY,
    CHANNEL_MISMATCH,
    CHART_AND_TALK,
    DISCONNECTED_MIDDLE,
    DISPUTED_LINK,
    EXPERT_INTERRUPTED,
    FRONT_LINE_UNHEARD,
    HANDOFF_UNBACKED,
    ISOLATED,
    NO_ANSWER_ROUTE,
    NO_WAY_BACK,
    ONLY_LISTENS,
    OUT_OF_SIGHT,
    OVER_RESPONSE,
    OVERLOAD,
    REDUNDANT_CHANNELS,
    SINGLE_THREAD,
    SLOW_WAY_BACK,
    SOLE_CONTACT,
    TALK_NOT_LISTEN_OUTSIDE,
    UNLINKED_MODULES,
    cutoff,
)
from orgmap.analysis.causes import by_cause
from orgmap.analysis.checks.agreement import disputed_link
from orgmap.analysis.checks.answers import no_answer_route
from orgmap.analysis.checks.apex import apex_dependence
from orgmap.analysis.checks.bottlenecks import bottlenecks
from orgmap.analysis.checks.broadcast import broadcast_only
from orgmap.analysis.checks.broadcast_modules import broadcast_modules
from orgmap.analysis.checks.calls import over_response
from orgmap.analysis.checks.channel_fit import channel_mismatch
from orgmap.analysis.checks.channels import redundant_channels
from orgmap.analysis.checks.chart import chart_and_talk
from orgmap.analysis.checks.experts import expert_interrupted
from orgmap.analysis.checks.feedback import no_way_back
from orgmap.analysis.checks.handoffs import handoff_unbacked
from orgmap.analysis.checks.isolated import isolated
from orgmap.analysis.checks.listening import only_listens
from orgmap.analysis.checks.load import overload
from orgmap.analysis.checks.middle import disconnected_middle
from orgmap.analysis.checks.module_bottlenecks import module_bottlenecks
from orgmap.analysis.checks.outside import front_line_unheard
from orgmap.analysis.checks.outside_talk import talk_not_listen_outside
from orgmap.analysis.checks.sight import out_of_sight
from orgmap.analysis.checks.situation import Check, Situation, together
from orgmap.analysis.checks.slow import slow_way_back
from orgmap.analysis.checks.threads import single_thread
from orgmap.analysis.checks.unlinked import unlinked_modules
from orgmap.analysis.findings import Finding, Numbers, Report
from orgmap.analysis.firmness import judged
from orgmap.analysis.graphs import Maps
from orgmap.analysis.measures import all_measures
from orgmap.analysis.sureness import compared, expected
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.entities import NodeId, Status
from orgmap.progress import SILENT, Progress

CHECKS: tuple[tuple[tuple[str, ...], Check], ...] = (
    ((DISPUTED_LINK,), disputed_link),
    ((REDUNDANT_CHANNELS,), redundant_channels),
    ((ISOLATED,), isolated),
    ((ONLY_LISTENS,), only_listens),
    ((BROADCAST_ONLY,), broadcast_only),
    ((BROADCAST_ONLY,), broadcast_modules),
    ((NO_WAY_BACK,), no_way_back),
    ((SLOW_WAY_BACK,), slow_way_back),
    ((SINGLE_THREAD,), single_thread),
    ((UNLINKED_MODULES,), unlinked_modules),
    ((HANDOFF_UNBACKED,), handoff_unbacked),
    ((CHANNEL_MISMATCH,), channel_mismatch),
    ((CHART_AND_TALK,), chart_and_talk),
    ((OVER_RESPONSE,), over_response),
    ((OVERLOAD,), overload),
    ((DISCONNECTED_MIDDLE,), disconnected_middle),
    ((APEX_DEPENDENCE,), apex_dependence),
    ((NO_ANSWER_ROUTE,), no_answer_route),
    ((TALK_NOT_LISTEN_OUTSIDE,), talk_not_listen_outside),
    ((FRONT_LINE_UNHEARD,), front_line_unheard),
    ((EXPERT_INTERRUPTED,), expert_interrupted),
    ((OUT_OF_SIGHT,), out_of_sight),
    ((BOTTLENECK, SOLE_CONTACT), bottlenecks),
    ((BOTTLENECK,), module_bottlenecks),
)
"""Cheap ones first. Each with the codes it can yield."""

CODES: tuple[str, ...] = tuple(dict.fromkeys(code for codes, _ in CHECKS for code in codes))

UNSURE = (Status.CLAIMED, Status.ASSUMED, Status.DISPUTED)

_RESTS = text("finding", "Without lines that are only assumed, claimed or disputed, this would not be said.")


def run(
    document: Document,
    *,
    seed: int = 1,
    progress: Progress = SILENT,
    only: Collection[str] | None = None,
    measures: bool = True,
    recent: Collection[NodeId] = (),
    chance: bool = False,
    maps: Maps | None = None,
) -> Report:
    """All findings of `document`, in their order, and its measures.

    `only`: these codes; the measures come all the same unless `measures` is false. `recent`: people
    edited a moment ago, who are not called isolated yet. `chance`: say how sure the findings are, by
    shuffled maps and by maps of fewer and more lines, which takes longer than all the rest. `maps`:
    the graphs of `document`, if somebody has use for what is worked out on them. Same
    document and seed, same report. Raises `Cancelled` when called off.
    """
    progress = _rising(progress)
    maps = Maps(document) if maps is None else maps
    found = _findings(maps, only, recent, progress.part(0.0, 0.3 if chance else 0.6))
    by_chance: Numbers = {}
    if chance:
        found = compared(maps, found, seed=seed, progress=progress.part(0.3, 0.5))
        by_chance = expected(maps, found, seed=seed, progress=progress.part(0.3, 0.5)) if measures else {}
        found = judged(maps, found, seed=seed, progress=progress.part(0.5, 0.6))
        found = by_cause(document, sorted(found, key=lambda f: f.order))
    report = Report(seed=seed, findings=found)
    if measures:
        whole, people, modules, links = all_measures(maps, progress.part(0.6, 1.0))
        report = replace(report, map={**whole, **by_chance}, people=people, modules=modules, links=links)
    progress.at(1.0)
    return report


def _rising(progress: Progress) -> Progress:
    """The checks share searches, so that work comes sooner than its place: never tell less than before."""
    highest = 0.0

    def tell(share: float) -> None:
        nonlocal highest
        highest = max(highest, share)
        progress.at(highest)

    return Progress(tell)


def _findings(
    maps: Maps, only: Collection[str] | None, recent: Collection[NodeId], progress: Progress
) -> tuple[Finding, ...]:
    if len(maps.people) < cutoff(maps.document, "people"):
        return ()
    found = _checked(maps, only, recent, progress.part(0.0, 0.7))
    unsure = {key for key, link in maps.document.links.items() if link.status in UNSURE}
    flagged = {f.code for f in found if f.judged} - {DISPUTED_LINK}  # which speaks of just these lines
    if unsure and flagged:
        links = {key: link for key, link in maps.document.links.items() if key not in unsure}
        sure = Maps(replace(maps.document, links=links))
        remains = _subjects(_checked(sure, flagged, recent, progress.part(0.7, 1.0)))
        found = [
            f if f.code not in flagged or not f.judged or _subjects([f]) & remains else _doubted(f)
            for f in found
        ]
    return by_cause(maps.document, sorted(found, key=lambda f: f.order))


def _checked(
    maps: Maps, only: Collection[str] | None, recent: Collection[NodeId], progress: Progress
) -> list[Finding]:
    situation = Situation(maps, recent=recent)
    found: list[Finding] = []
    for place, (codes, check) in enumerate(CHECKS):
        situation.progress = progress.part(place / len(CHECKS), (place + 1) / len(CHECKS))
        situation.progress.at(0.0)
        if only is None or any(code in only for code in codes):
            found += (f for f in check(situation) if only is None or f.code in only)
    return found


def _subjects(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """What is said of whom: code and subject, each subject by itself."""
    return {(f.code, s) for f in findings if f.judged for s in (*f.people, *f.modules, *f.links)}


def _doubted(finding: Finding) -> Finding:
    """A finding that would vanish without the lines nobody is sure of says so."""
    because = together(finding.because, _RESTS())
    return replace(finding, because=because, evidence={**finding.evidence, "rests_on_unsure": True})
