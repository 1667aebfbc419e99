"""Which line helps most: candidates for a change, ranked, and the change itself as an advice.

An advice adds ordinary lines, so that applying it mends what was found; whoever shows it before
draws it dashed. Its sentence says which line, how often where those around it say so, and what that
mends: the line then carries as many contacts, so that the sentence is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import ceil
from statistics import median

from orgmap.analysis.findings import Advice
from orgmap.analysis.graphs import DiGraph, Graph, Maps
from orgmap.analysis.paths import parts_without
from orgmap.i18n import Said, Text, Value, names, text
from orgmap.model.document import Change
from orgmap.model.edits import add_link
from orgmap.model.entities import NodeId

NEIGHBOURS = 4  # groups of neighbours of one person looked at for a line between two of them
MOST = 3  # advices of one finding: enough to choose from
KNOWN_AROUND = 3  # lines around a new one that must say how often before it says so itself

_ADVICE = text("advice", "{line}: {mended}.")
_TELL = text("advice", "Let {source} tell {target}")
_TELL_OFTEN = text("advice", "Let {source} tell {target} {often}")
_TALK = text("advice", "Let {one} and {other} talk")
_TALK_OFTEN = text("advice", "Let {one} and {other} talk {often}")
_WITH = text("advice", "Let {one} talk with {others}")
_WITH_OFTEN = text("advice", "Let {one} talk {often} with {others}")
_OFTEN: tuple[tuple[float, Text], ...] = (
    (5.0, text("advice", "daily")),
    (2.0, text("advice", "twice a week")),
    (1.0, text("advice", "weekly")),
    (0.5, text("advice", "every two weeks")),
    (0.25, text("advice", "monthly")),
)
"""Contacts per week and how one says them."""
_TIMES = text("advice", "{n} time a week", "{n} times a week")
_OF_MODULE = text("list", "{name} ({module})")


def tell(maps: Maps, source: NodeId, target: NodeId, words: Said, gain: float = 0.0) -> Advice:
    """Draw a line on which `source` tells `target`; `words` are the whole sentence."""
    change, _ = add_link(maps.document, source, target, two_way=False)
    return Advice(words, change, gain)


def talk(maps: Maps, one: NodeId, other: NodeId, words: Said, gain: float = 0.0) -> Advice:
    """Draw a line on which both talk; `words` are the whole sentence."""
    change, _ = add_link(maps.document, one, other, two_way=True)
    return Advice(words, change, gain)


def telling(
    maps: Maps, source: NodeId, target: NodeId, mended: Said, gain: float, *, at_least: float = 0.0
) -> Advice:
    """Let `source` tell `target`, as often as is usual around them: `mended`.

    `at_least`: contacts per week without which `mended` would not be true; then they are said.
    """
    often = usual(maps, (source, target), at_least)
    across = maps.home.get(source) != maps.home.get(target)
    ends = {"source": called(maps, source, across), "target": called(maps, target, across)}
    line = _TELL(**ends) if often is None else _TELL_OFTEN(**ends, often=said_often(often))
    change, _ = add_link(maps.document, source, target, two_way=False, per_week=often)
    return Advice(_ADVICE(line=line, mended=mended), change, gain)


def talking(
    maps: Maps,
    one: NodeId,
    others: Sequence[NodeId],
    mended: Said,
    gain: float,
    *,
    at_least: float = 0.0,
) -> Advice:
    """Let `one` and each of `others` talk, as often as is usual around them: `mended`.

    `gain` is what all these lines mend together; the advice has it by the line.
    """
    often = usual(maps, (one, *others), at_least)
    how = {} if often is None else {"often": said_often(often)}
    across = len({maps.home.get(v) for v in (one, *others)}) > 1
    name = called(maps, one, across)
    if len(others) == 1:
        line = (_TALK_OFTEN if how else _TALK)(one=name, other=called(maps, others[0], across), **how)
    else:
        listed = names(str(called(maps, v, across)) for v in others)
        line = (_WITH_OFTEN if how else _WITH)(one=name, others=listed, **how)
    change, document = Change(), maps.document
    for other in others:
        more, _ = add_link(document, one, other, two_way=True, per_week=often)
        change, document = change.then(more), document.apply(more)
    return Advice(_ADVICE(line=line, mended=mended), change, gain / max(len(others), 1))


def called(maps: Maps, end: NodeId, across: bool = True) -> Value:
    """A name; `across`, where a line joins modules, with that of the module: "Ana (Sales)"."""
    home = maps.home.get(end) if across else None
    return maps.name(end) if home is None else _OF_MODULE(name=maps.name(end), module=maps.name(home))


def ranked(advices: Iterable[Advice], most: int = MOST) -> tuple[Advice, ...]:
    """The first of them by what they mend for each line added; of equal ones the order stays."""
    return tuple(sorted(advices, key=lambda advice: -advice.gain)[:most])


def usual(maps: Maps, people: Iterable[NodeId], at_least: float = 0.0) -> float | None:
    """Contacts per week that are typical for the lines of `people`, one of those there are words for.

    Between modules their lines to other modules count, inside one those inside; else all. None where
    fewer than three of the lines say how often, or fewer than half of them. `at_least`: no less than
    this, and never None if it is more than 0.
    """
    flow, home, listed = maps.flow, maps.home, list(people)
    around = {(v, w) for v in listed for w in flow.succ[v]} | {(w, v) for v in listed for w in flow.pred[v]}
    across = len({home[v] for v in listed}) > 1
    found = _typical(maps, [(u, v) for u, v in around if (home[u] != home[v]) == across])
    if found is None:
        found = _typical(maps, around)
    if (found or 0.0) >= at_least:
        return found
    enough = [rate for rate, _ in _OFTEN if rate >= at_least]
    return min(enough) if enough else float(ceil(at_least))


def _typical(maps: Maps, around: Collection[tuple[NodeId, NodeId]]) -> float | None:
    rates = [rate for arc in around if (rate := maps.arcs[arc].per_week)]
    if len(rates) < KNOWN_AROUND or 2 * len(rates) < len(around):
        return None
    middle = median(rates)
    return min((rate for rate, _ in _OFTEN), key=lambda rate: max(rate / middle, middle / rate))


def said_often(per_week: float) -> Said:
    """Contacts per week in words."""
    return next((words() for rate, words in _OFTEN if rate == per_week), _TIMES(n=per_week))


def return_lines(
    maps: Maps, unheard: Collection[NodeId], targets: Collection[NodeId]
) -> list[tuple[NodeId, NodeId, int]]:
    """Lines that give most of `unheard` a way back to `targets` within two steps.

    Each as (from, to, how many people it helps), best first; people who are unheard themselves
    before others, then by id. A line from w helps w and everyone who tells w directly. Only people
    somebody may be named by (persons and filled roles) are proposed, others where there is none.
    Cost: the lines of `unheard`.
    """
    wanted, flow = set(unheard), maps.flow
    gain: dict[NodeId, int] = {}
    for v in sorted(wanted):
        for w in {v, *flow.succ[v]}.difference(targets):
            gain[w] = gain.get(w, 0) + 1
    to = sorted(
        named_first(maps, targets),
        key=lambda t: -sum(t in flow.succ[v] or v in flow.succ[t] for v in wanted),
    )
    found = []
    for w in named_first(maps, gain):
        target = next((t for t in to if t != w and t not in flow.succ[w]), None)
        if target is not None:
            found.append((w, target, gain[w]))
    return sorted(found, key=lambda line: (-line[2], line[0] not in wanted, line[0]))


def named_first(maps: Maps, ends: Iterable[NodeId]) -> list[NodeId]:
    """Those of `ends` whom a sentence may name, in order of id; all where it may name none of them."""
    listed = sorted(set(ends))
    people = set(maps.people)
    return [v for v in listed if v in people] or listed


def known(
    graph: Graph,
    among: Iterable[NodeId],
    without: Collection[NodeId] = (),
    spared: Collection[NodeId] = (),
) -> list[NodeId]:
    """People by how many of `among` they talk with both ways, best known first, then by id.

    `spared`: who carries enough already, and comes after all others.
    """
    inside = set(among)
    return sorted(
        inside - set(without),
        key=lambda v: (v in spared, -sum(1 for w in graph.adj[v] if w in inside), v),
    )


def second_contact(
    maps: Maps,
    here: Collection[NodeId],
    there: Collection[NodeId],
    without: Collection[NodeId] = (),
    spared: Collection[NodeId] = (),
) -> tuple[NodeId, NodeId] | None:
    """Two people, one of each side, who could talk so that the sides have a second line.

    The best known on each side, `without` those who hold the line now if there is anybody else, and
    `spared` only where nobody else can.
    None if everybody who could already talks.
    """
    graph = maps.two_way
    sides = []
    for side in (here, there):
        able = named_first(maps, side)
        spare = [v for v in able if v not in without]
        sides.append(known(graph, spare or able, spared=spared))
    for one in sides[0][:8]:
        for other in sides[1][:8]:
            if one != other and not graph.has_edge(one, other):
                return one, other
    return None


def pairs_past(maps: Maps, v: NodeId) -> list[tuple[NodeId, NodeId]]:
    """Pairs of those who talk with v, from different parts and modules first, who could talk directly.

    Neighbours only, and only where v is their one shortest way: a line between such two takes pairs
    away from v and never adds one.
    """
    graph, flow, home = maps.two_way, maps.flow, maps.home
    part_of = {w: i for i, part in enumerate(parts_without(maps, v)) for w in part}
    known_best = sorted(named_first(maps, graph.adj[v]), key=lambda w: -len(graph.adj[w]))
    near: dict[tuple[int, object], list[NodeId]] = {}
    for w in known_best:
        near.setdefault((part_of[w], home[w]), []).append(w)
    chosen = [w for _, own in sorted(near.items(), key=lambda i: i[0][0])[:NEIGHBOURS] for w in own[:2]]
    chosen = (chosen + [w for w in known_best if w not in chosen])[: 2 * NEIGHBOURS]
    return [
        (a, b)
        for i, a in enumerate(chosen)
        for b in chosen[i + 1 :]
        if not graph.has_edge(a, b) and (_only_over(flow, a, v, b) or _only_over(flow, b, v, a))
    ]


def past(maps: Maps, v: NodeId) -> tuple[NodeId, NodeId] | None:
    """Somebody who tells v, and somebody whom v tells, who have no other way of two steps.

    For a person over whom only one-way lines run; most other contacts first. A line from the one to
    the other takes pairs away from v and never adds one.
    """
    flow = maps.flow

    def best(ends: Iterable[NodeId]) -> list[NodeId]:
        return sorted(named_first(maps, ends), key=lambda w: -len(flow.succ[w]))

    pairs = ((a, b) for a in best(flow.pred[v]) for b in best(flow.succ[v]) if a != b)
    return next((pair for pair in pairs if _only_over(flow, pair[0], v, pair[1])), None)


def _only_over(flow: DiGraph, a: NodeId, v: NodeId, b: NodeId) -> bool:
    return not flow.has_edge(a, b) and not any(w != v and b in flow.succ[w] for w in flow.succ[a])
