"""chart-and-talk: reporting lines without talk, and talk that runs outside the chart; one for the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orgmap.analysis.catalogue import CHART_AND_TALK, ENTRIES
from orgmap.analysis.checks.isolated import told_apart, unfinished
from orgmap.analysis.checks.layers import no_layers
from orgmap.analysis.checks.situation import Situation, once, steps, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import MOST, ranked, talking
from orgmap.i18n import Said, text
from orgmap.model.edits import reattach, set_fields
from orgmap.model.entities import LinkId, LinkKind, NodeId, Status

LEAST = 3  # reporting lines below which there is no chart to compare with
COVERED = 0.5  # share of the people who must stand in the chart before talk can run outside it

_NO_CHART = text("finding", "The map shows no reporting lines.")
_NO_CHART_ASK = text("finding", "Who reports to whom?")
_SILENT = text(
    "finding",
    "For {n} of {all} reporting lines, the map shows no talk with the boss.",
    "For {n} of {all} reporting lines, the map shows no talk with the boss.",
)
_SILENT_SMALL = text(
    "finding",
    "For {n} reporting line, the map shows no talk with the boss.",
    "For {n} reporting lines, the map shows no talk with the boss.",
)
_OUTSIDE = text("finding", "Most of the talk runs outside the chart.")
_SILENT_WHY = text("finding", "The map shows no talk between {pairs}.")
_SILENT_SUM = text(
    "finding",
    "{some} of them concern people who report to {names}. Check first whether the chart is up to date.",
)
_OUTSIDE_WHY = text(
    "finding",
    "{outside} of {n} pair that talks is joined by neither a reporting line nor a boss in common.",
    "{outside} of {n} pairs that talk are joined by neither a reporting line nor a boss in common.",
)
_FINE = text("finding", "That may be fine.")
_PAIR = text("finding", "{boss} and {report}")
_ASK = text("finding", "Which of these should talk, and where is the chart out of date?")
_ASK_OUTSIDE = text("finding", "What does the chart not show that keeps the work going?")
_MENDED = text(
    "advice",
    "{n} person has a shorter way to a boss",
    "{n} people have a shorter way to a boss",
)
_MENDED_ONE = text("advice", "{name} then has a shorter way to a boss")
_TRY_CHART = text(
    "advice", "Let {report} report to {other} instead of {boss}: the chart then shows how it is lived."
)

_FORMAL = text("advice", "Agree on the contact of {one} and {other} with both bosses, and mark it as formal.")

Pair = tuple[NodeId, NodeId]


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart against the talk; pairs are boss and report, or two who talk, each in order.

    `judged`: reporting pairs of people whom some line reaches; `silent`: those without any talk.
    `within`, `outside`: pairs of people in the chart who talk both ways, along it or past it.
    """

    judged: tuple[Pair, ...]
    silent: tuple[Pair, ...]
    within: tuple[Pair, ...]
    outside: tuple[Pair, ...]

    @property
    def silence(self) -> float:
        """Share of the reporting pairs without talk, 0..1."""
        return len(self.silent) / len(self.judged) if self.judged else 0.0

    @property
    def past(self) -> float:
        """Share of the talk that runs outside the chart, 0..1."""
        talk = len(self.within) + len(self.outside)
        return len(self.outside) / talk if talk else 0.0


def chart_and_talk(situation: Situation) -> Iterator[Finding]:
    """One finding for the map, or none; a map without a chart has nothing to compare. O(n + m)."""
    missing = situation.untold or unfinished(situation)
    if missing is None and not situation.maps.reports.size():
        missing = no_layers(situation) or (_NO_CHART(), _NO_CHART_ASK())
    if missing is not None:
        yield situation.not_judged(CHART_AND_TALK, missing)
        return
    found = compared(situation)
    if len(found.judged) < LEAST:
        return
    if found.silent and found.silence >= situation.cut("chart-and-talk.silent"):
        yield _silence(situation, found)
    elif _covers(situation) and found.past > situation.cut("chart-and-talk.outside"):
        yield _past(situation, found)


def compared(situation: Situation) -> Chart:
    """Reporting pairs and talking pairs, each in two kinds. Filled posts only, and nobody told as apart."""
    maps, apart = situation.maps, told_apart(situation)
    bosses = {v: frozenset(maps.reports.pred[v]) for v in maps.nodes}
    judged = [
        (u, v)
        for v in maps.nodes
        for u in sorted(bosses[v])
        if {u, v} <= situation.people and not {u, v} & apart and not situation.may_talk(u, v)
    ]
    situation.progress.at(0.3)
    silent = [(u, v) for u, v in judged if (u, v) not in maps.arcs and (v, u) not in maps.arcs]
    within: list[Pair] = []
    outside: list[Pair] = []
    charted = {v for v in maps.nodes if bosses[v] or maps.reports.succ[v]}
    for u, v in sorted((min(pair), max(pair)) for pair in maps.two_way.edges):
        if u in charted and v in charted:
            along = u in bosses[v] or v in bosses[u] or bosses[u] & bosses[v] or _formal(situation, (u, v))
            (within if along else outside).append((u, v))
    return Chart(tuple(judged), tuple(silent), tuple(within), tuple(outside))


def _formal(situation: Situation, pair: Pair) -> bool:
    """Is a line between the two marked as formal?"""
    arcs, links = situation.maps.arcs, situation.document.links
    return any(links[key].formal for key in arcs[pair].links)


def _covers(situation: Situation) -> bool:
    """Do enough of the people stand in the chart?"""
    graph = situation.maps.reports
    inside = sum(1 for v in situation.maps.people if graph.pred[v] or graph.succ[v])
    return inside >= COVERED * len(situation.maps.people)


def _silence(situation: Situation, found: Chart) -> Finding:
    quiet = {v for _, v in found.silent}
    links = _reporting(situation, found.silent)
    silent = _SILENT_SMALL if situation.small else _SILENT
    return Finding(
        code=CHART_AND_TALK,
        weight=Weight.ACT if found.silence > situation.cut("chart-and-talk.act") else Weight.LOOK,
        severity=min(len(quiet) / situation.others, 1.0),
        claim=silent(n=len(found.silent), all=len(found.judged)),
        because=together(_where(situation, found), *_besides(situation, found)),
        question=_ASK(),
        links=links,
        advice=_advice(situation, found),
        evidence=_evidence(found),
        lit_nodes=tuple(dict.fromkeys(v for pair in found.silent for v in pair)),
        lit_links=links,
        source=ENTRIES[CHART_AND_TALK].source,
    )


def _past(situation: Situation, found: Chart) -> Finding:
    arcs = [arc for u, v in found.outside for arc in ((u, v), (v, u))]
    links = situation.links_of(arcs)
    people = {v for pair in found.outside for v in pair}
    return Finding(
        code=CHART_AND_TALK,
        weight=Weight.NOTE,
        severity=min(len(people) / max(len(situation.people), 1), 1.0),
        claim=_OUTSIDE(),
        because=_outside(found) or _OUTSIDE(),
        question=_ASK_OUTSIDE(),
        links=links,
        advice=_agreed(situation, found),
        evidence=_evidence(found),
        lit_nodes=tuple(sorted(people)),
        lit_links=links,
        source=ENTRIES[CHART_AND_TALK].source,
    )


def _where(situation: Situation, found: Chart) -> Said:
    """The pairs, or where many of them start."""
    if len(found.silent) <= MOST:
        return _SILENT_WHY(
            pairs=situation.listing(
                _PAIR(boss=situation.name(u), report=situation.name(v)) for u, v in found.silent
            )
        )
    most = Counter(u for u, _ in found.silent).most_common(MOST)
    return _SILENT_SUM(some=sum(many for _, many in most), names=situation.names(u for u, _ in most))


def _outside(found: Chart) -> Said | None:
    talk = len(found.within) + len(found.outside)
    return _OUTSIDE_WHY(outside=len(found.outside), n=talk) if found.outside else None


def _besides(situation: Situation, found: Chart) -> tuple[Said, ...]:
    """How much of the talk runs outside the chart, which is no fault by itself."""
    said = None if situation.small else _outside(found)
    return (said, _FINE()) if said is not None else ()


def _evidence(found: Chart) -> dict[str, str | int | float | tuple[str, ...]]:
    return {
        "reporting_lines": len(found.judged),
        "without_talk": tuple(f"{u} - {v}" for u, v in found.silent),
        "share_without_talk": found.silence,
        "talk_along_the_chart": len(found.within),
        "talk_outside_the_chart": len(found.outside),
    }


def _reporting(situation: Situation, pairs: tuple[Pair, ...]) -> tuple[LinkId, ...]:
    """The reporting lines that stand for these pairs, in order of id."""
    carried = _carried(situation)
    return tuple(sorted({key for pair in pairs for key in carried.get(pair, ())}))


@once
def _carried(situation: Situation) -> dict[Pair, list[LinkId]]:
    """The reporting lines that stand for each pair."""
    found: dict[Pair, list[LinkId]] = {}
    for key, link in situation.document.links.items():
        if link.kind is LinkKind.REPORTS and link.status is not Status.PROPOSED:
            for pair in situation.maps.pairs(link):
                found.setdefault(pair, []).append(key)
    return found


def _advice(situation: Situation, found: Chart) -> tuple[Advice, ...]:
    """Talk on the silent line with most people below; and the chart as it is lived where that is plain."""
    below = situation.maps.reports.succ
    made = []
    situation.progress.at(0.8)
    for u, v in found.silent:
        under = sum(1 for w in steps(below, [v]) if w in situation.people)
        made.append((under, u, v))
    many = Counter(u for u, _ in found.silent)
    made.sort(key=lambda line: (-line[0], -many[line[1]], line[1:]))
    lines = [
        talking(
            situation.maps,
            u,
            [v],
            _MENDED(n=under) if under > 1 else _MENDED_ONE(name=situation.name(v)),
            under,
        )
        for under, u, v in made[:MOST]
    ]
    lived = next((a for _, u, v in made if (a := _lived(situation, u, v)) is not None), None)
    return ranked([*lines[: MOST - 1], lived] if lived is not None else lines)


def _agreed(situation: Situation, found: Chart) -> tuple[Advice, ...]:
    """The lines outside the chart on which most is said, to be made formal."""
    arcs, document = situation.maps.arcs, situation.document
    often = sorted(found.outside, key=lambda pair: (-(arcs[pair].per_week or 0.0), pair))
    return tuple(
        Advice(
            _FORMAL(one=situation.name(u), other=situation.name(v)),
            set_fields(document, arcs[u, v].links, formal=True),
            1.0,
        )
        for u, v in often[:MOST]
    )


def _lived(situation: Situation, boss: NodeId, report: NodeId) -> Advice | None:
    """Let the report stand under the one other person with reports whom they talk with, if there is one."""
    maps = situation.maps
    below = steps(maps.reports.succ, [report])
    able = [
        v
        for v in sorted(maps.two_way.adj[report])
        if maps.reports.succ[v] and v not in below and v in situation.people
    ]
    drawn = [situation.document.links[key] for key in _reporting(situation, ((boss, report),))]
    if len(able) != 1 or maps.reports.has_edge(able[0], report):
        return None
    if [(link.source, link.target) for link in drawn] != [(boss, report)]:
        return None  # the one line between the two, not one of several, nor one of a module
    words = _TRY_CHART(
        report=situation.name(report), other=situation.name(able[0]), boss=situation.name(boss)
    )
    return Advice(words, reattach(situation.document, drawn[0].id, source=able[0]), 1.0)
