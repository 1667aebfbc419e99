"""unlinked-modules: nobody talks across, though the work of two modules, or of siblings, is side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import sparse

from orgmap.analysis.catalogue import ENTRIES, UNLINKED_MODULES
from orgmap.analysis.checks.burdened import burdened
from orgmap.analysis.checks.isolated import told_apart, unfinished
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.checks.thread_facts import Pair, meetings
from orgmap.analysis.checks.work import congruence, fitting, nearer, needs, talk_directly, unlinked
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.grouping import by_cause
from orgmap.analysis.lacking import MODULES
from orgmap.analysis.paths import matrix
from orgmap.analysis.repairs import MOST, known, ranked, second_contact
from orgmap.i18n import Said, text
from orgmap.model.edits import also_in
from orgmap.model.entities import Link, LinkId, ModuleId, NodeId
from orgmap.model.query import children

MOST_ALONE = 3  # modules that lack several links and are told one by one; the rest together
SUM_UP = 3  # pairs without a common module, from which they are told together
MOST_NAMED = 50  # pairs side by side that are named in the evidence
LEAST_MODULES = 2  # with people in them, below which there is nothing to link
REPEATED = 2  # needs between two modules from which somebody shared may be worth it

_CLAIM = text("finding", "{module} shares work with {others}, and nobody talks across.")
_CLAIM_SUM = text(
    "finding",
    "Work passes between {n} pair of modules, and nobody talks across.",
    "Work passes between {n} pairs of modules, and nobody talks across.",
)
_WHY = text(
    "finding",
    "{n} hand-over of work joins them. Nobody talks across both ways, and nobody belongs to both.",
    "{n} hand-overs of work join them. Nobody talks across both ways, and nobody belongs to both.",
)
_WHY_SUM = text("finding", "Among them: {pairs}.")
_ONE_WAY = text(
    "finding",
    "{n} contact runs one way only, without an answer.",
    "{n} contacts run one way only, without an answer.",
)
_FIT = text(
    "finding",
    "On the whole map, somebody talks across in {met} of {n} such pair.",
    "On the whole map, somebody talks across in {met} of {n} such pairs.",
)
_PAIR = text("finding", "{module} and {other}")
_ASK = text("finding", "If {module} changes its plans, how do {others} hear of it in time?")
_ASK_ONE = text("finding", "If {module} changes its plans, how does {others} hear of it in time?")
_ASK_SUM = text("finding", "Where would a change of plans come as a surprise to the others?")
_SIBLINGS = text(
    "finding",
    "As far as the map shows, {n} pair of modules does not talk with each other.",
    "As far as the map shows, {n} pairs of modules do not talk with each other.",
)
_SIBLINGS_ALL = text("finding", "As far as the map shows, {modules} do not talk with each other.")
_SIBLINGS_WHY = text("finding", "Nor does anybody else talk with people of two of them.")
_SIBLINGS_FEW = text("finding", "They are {pairs}. Nobody talks with people of both either.")
_SIBLINGS_MANY = text("finding", "Among them: {pairs}. Nobody talks with people of both either.")
_NO_WORK = text("finding", "The map shows no work that passes between them.")
_WORK_UNSAID = text("finding", "The map does not say whether their work needs it.")
_ASK_SIBLINGS = text("finding", "Which of these would work better if they knew of each other?")
_NEARER = text(
    "advice",
    "{n} person reaches the other module directly or through one person",
    "{n} people reach the other module directly or through one person",
)
_TRY_SHARED = text(
    "advice",
    "Let {name} also belong to {module}: {n} person then talks with somebody in both.",
    "Let {name} also belong to {module}: {n} people then talk with somebody in both.",
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Pairs of modules with one cause: `module`, or None where nothing is common to them."""

    pairs: tuple[Pair, ...]
    links: tuple[Link, ...]
    module: ModuleId | None = None


def unlinked_modules(situation: Situation) -> Iterator[Finding]:
    """Pairs whose work needs each other, by module; then one note for siblings. O(n + m) and pairs."""
    missing = situation.untold or unfinished(situation)
    if missing is None and sum(map(bool, situation.maps.members.values())) < LEAST_MODULES:
        missing = MODULES.missing
    if missing is not None:
        yield situation.not_judged(UNLINKED_MODULES, missing)
        return
    for gap in _gaps(situation):
        yield _finding(situation, gap)
    beside = siblings(situation)
    if beside:
        yield _note(situation, beside)


def siblings(situation: Situation) -> list[Pair]:
    """Modules side by side, large enough, that nobody links and nobody stands between; larger ones first.

    Who stands between talks both ways with people of both. Pairs whose work needs each other, and
    modules that are apart from the rest, are told otherwise.
    """
    maps, apart = situation.maps, told_apart(situation)
    least = situation.cut("unlinked-modules.people")
    situation.progress.at(0.3)
    size = {m: sum(v in situation.people for v in own) for m, own in maps.members.items()}
    able = {m for m in size if size[m] >= least and not apart.issuperset(maps.members[m])}
    joined = _joined(situation, sorted(able))
    told = unlinked(situation)
    situation.progress.at(0.6)
    found = [
        pair
        for own in children(situation.document).values()
        for pair in combinations(sorted(able.intersection(own)), 2)
        if pair not in meetings(situation) and pair not in joined and pair not in told
    ]
    return sorted(found, key=lambda pair: (-min(size[m] for m in pair), pair))


def _joined(situation: Situation, modules: list[ModuleId]) -> set[Pair]:
    """Pairs of these modules with somebody who talks both ways with people of both, or belongs to one."""
    maps = situation.maps
    rows = [maps.index[v] for m in modules for v in maps.members[m]]
    columns = [place for place, m in enumerate(modules) for _ in maps.members[m]]
    shape = (len(maps.nodes), len(modules))
    belongs = sparse.csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape)
    arcs = matrix(maps).astype(np.int32)
    both = arcs.multiply(arcs.T)
    situation.progress.at(0.5)
    touched = (both @ belongs + belongs).astype(np.bool_).astype(np.int32)
    one, other = (touched.T @ touched).nonzero()
    return {(modules[i], modules[j]) for i, j in zip(one.tolist(), other.tolist(), strict=True) if i < j}


def _gaps(situation: Situation) -> Iterator[Gap]:
    found = unlinked(situation)
    grouped, rest = by_cause(found, lambda pair: pair, prefer=lambda m: m)
    alone, further = grouped[:MOST_ALONE], [pair for _, pairs in grouped[MOST_ALONE:] for pair in pairs]
    for module, pairs in alone:
        yield _gap(found, pairs, module)
    if len(further) + len(rest) >= SUM_UP:
        yield _gap(found, [*further, *rest], None)
    else:
        for pair in (*further, *rest):
            yield _gap(found, [pair], pair[0])


def _gap(found: dict[Pair, tuple[Link, ...]], pairs: Iterable[Pair], module: ModuleId | None) -> Gap:
    listed = tuple(pairs)
    return Gap(listed, tuple(link for pair in listed for link in found[pair]), module)


def _finding(situation: Situation, gap: Gap) -> Finding:
    members = situation.maps.members
    modules = tuple(dict.fromkeys(m for pair in gap.pairs for m in pair))
    if gap.module is not None and len(gap.pairs) > 1:
        concerned = set(members[gap.module])
    else:
        concerned = {v for pair in gap.pairs for v in min((members[m] for m in pair), key=len)}
    needs = tuple(link.id for link in gap.links)
    one_way = _one_way(situation, gap.pairs)
    met, wanted = fitting(situation)
    claim, because, question = _words(situation, gap, modules)
    return Finding(
        code=UNLINKED_MODULES,
        weight=Weight.ACT,
        severity=min(len(concerned) / situation.others, 1.0),
        claim=claim,
        because=together(
            because,
            _ONE_WAY(n=len(one_way)) if one_way else None,
            _FIT(met=met, n=wanted) if wanted > len(gap.pairs) and not situation.small else None,
        ),
        question=question,
        modules=modules,
        advice=_advice(situation, gap),
        evidence={
            "pairs": tuple(" - ".join(pair) for pair in gap.pairs),
            "needs": needs,
            "people_concerned": tuple(sorted(concerned)),
            "one_way_lines": one_way,
            "pairs_with_needs": wanted,
            "pairs_that_talk": met,
            "congruence": congruence(situation),
        },
        lit_nodes=tuple(dict.fromkeys(v for link in gap.links for v in _ends(situation, link))),
        lit_links=(*needs, *one_way),
        lit_modules=modules,
        source=ENTRIES[UNLINKED_MODULES].source,
    )


def _words(situation: Situation, gap: Gap, modules: tuple[ModuleId, ...]) -> tuple[Said, Said, Said]:
    if gap.module is None:
        because = _WHY_SUM(pairs=_listed(situation, gap.pairs))
        return _CLAIM_SUM(n=len(gap.pairs)), because, _ASK_SUM()
    name = situation.name(gap.module)
    others = situation.names([m for m in modules if m != gap.module])
    ask = _ASK_ONE if len(gap.pairs) == 1 else _ASK
    return (
        _CLAIM(module=name, others=others),
        _WHY(n=len(gap.links)),
        ask(module=name, others=others),
    )


def _note(situation: Situation, pairs: list[Pair]) -> Finding:
    members = situation.maps.members
    modules = tuple(dict.fromkeys(m for pair in pairs for m in pair))
    concerned = {v for pair in pairs for v in min((members[m] for m in pair), key=len)}
    lines = [a for pair in pairs[:MOST] if (a := _line(situation, pair)) is not None]
    every = 2 * len(pairs) == len(modules) * (len(modules) - 1)  # each of them with each other
    listed = _listed(situation, pairs)
    why = (
        _SIBLINGS_WHY() if every else (_SIBLINGS_FEW if len(pairs) <= MOST else _SIBLINGS_MANY)(pairs=listed)
    )
    return Finding(
        code=UNLINKED_MODULES,
        weight=Weight.NOTE,
        severity=min(len(concerned) / situation.others, 1.0),
        claim=_SIBLINGS_ALL(modules=situation.names(modules)) if every else _SIBLINGS(n=len(pairs)),
        because=together(why, _NO_WORK() if needs(situation) else _WORK_UNSAID()),
        question=_ASK_SIBLINGS(),
        modules=modules,
        advice=ranked(lines),
        evidence={
            "pairs_side_by_side": len(pairs),
            "pairs": tuple(" - ".join(pair) for pair in pairs[:MOST_NAMED]),
        },
        lit_modules=modules,
        source=ENTRIES[UNLINKED_MODULES].source,
    )


def _listed(situation: Situation, pairs: Iterable[Pair]) -> Said:
    first = list(pairs)[:MOST]
    return situation.listing(_PAIR(module=situation.name(a), other=situation.name(b)) for a, b in first)


def _one_way(situation: Situation, pairs: Iterable[Pair]) -> tuple[LinkId, ...]:
    """Lines of talk between the two, none of which is both ways."""
    members, out = situation.maps.members, situation.out
    arcs = [
        (u, v)
        for a, b in pairs
        for own, other in ((members[a], set(members[b])), (members[b], set(members[a])))
        for u in own
        for v in sorted(out[u].keys() & other)
    ]
    return situation.links_of(arcs)


def _ends(situation: Situation, link: Link) -> list[NodeId]:
    return [NodeId(end) for end in (link.source, link.target) if end in situation.maps.index]


def _advice(situation: Situation, gap: Gap) -> tuple[Advice, ...]:
    """The best line for each pair; for one pair alone also those whose work it is, and somebody shared."""
    lines = [line for pair in gap.pairs[:MOST] if (line := _line(situation, pair)) is not None]
    if len(gap.pairs) == 1:
        lines += _owners(situation, gap)
        lines += _shared(situation, gap)
    best = {str(line.text): line for line in lines}.values()
    return ranked(best)


def _line(situation: Situation, pair: Pair) -> Advice | None:
    here, there = (situation.maps.members[m] for m in pair)
    best = second_contact(situation.maps, here, there, spared=burdened(situation))
    return None if best is None else _talk(situation, pair, *best)


def _owners(situation: Situation, gap: Gap) -> list[Advice]:
    """A line between two people whose own work needs each other, the pair known best of those."""
    (pair,) = gap.pairs
    made = []
    for link in gap.links:
        ends = sorted(_ends(situation, link), key=lambda v: v not in situation.maps.members[pair[0]])
        if len(ends) == 2 and set(ends) <= situation.people:
            made.append(_talk(situation, pair, *ends))
    return list(ranked(made, 1))


def _talk(situation: Situation, pair: Pair, one: NodeId, other: NodeId) -> Advice:
    sides = [situation.maps.members[m] for m in pair]
    gain = nearer(situation, one, other, sides)
    return talk_directly(situation, one, other, _NEARER(n=gain), gain)


def _shared(situation: Situation, gap: Gap) -> list[Advice]:
    """Somebody of one module who comes to belong to the other too, where work passes more than once."""
    if len(gap.links) < REPEATED:
        return []
    maps, made = situation.maps, []
    for here, there in (gap.pairs[0], gap.pairs[0][::-1]):
        own = [v for v in known(maps.two_way, maps.members[here]) if v in situation.people]
        know = len(maps.two_way.adj[own[0]].keys() & set(maps.members[here])) if len(own) > 1 else 0
        if know:
            words = _TRY_SHARED(name=situation.name(own[0]), module=situation.name(there), n=know)
            made.append(Advice(words, also_in(maps.document, [own[0]], there), float(know)))
    return list(ranked(made, 1))
