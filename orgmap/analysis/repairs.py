"""Which line helps most: candidates for a change, ranked, and the change itself as an advice.

An advice adds an ordinary line, so that applying it mends what was found; whoever shows it before
draws it dashed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from orgmap.analysis.distances import NO_WAY, distances
from orgmap.analysis.findings import Advice
from orgmap.analysis.graphs import DiGraph, Graph, Maps
from orgmap.analysis.paths import parts_without
from orgmap.i18n import Said
from orgmap.model.edits import add_link
from orgmap.model.entities import NodeId

NEIGHBOURS = 4  # groups of neighbours of one person looked at for a line between two of them
FAR = 1_000_000  # steps; farther than any way
MOST = 3  # advices of one finding: enough to choose from


def tell(maps: Maps, source: NodeId, target: NodeId, words: Said) -> Advice:
    """Draw a line on which `source` tells `target`."""
    change, _ = add_link(maps.document, source, target, two_way=False)
    return Advice(words, change)


def talk(maps: Maps, one: NodeId, other: NodeId, words: Said) -> Advice:
    """Draw a line on which both talk."""
    change, _ = add_link(maps.document, one, other, two_way=True)
    return Advice(words, change)


def return_lines(
    maps: Maps, unheard: Collection[NodeId], targets: Collection[NodeId]
) -> list[tuple[NodeId, NodeId, int]]:
    """Lines that give most of `unheard` a way back to `targets` within two steps.

    Each as (from, to, how many people it helps), best first; people who are unheard themselves
    before others, then by id. A line from w helps w and everyone who tells w directly. Only people
    somebody may be named by (persons and filled roles) are proposed. Cost: the lines of `unheard`.
    """
    wanted, people, flow = set(unheard), set(maps.people), maps.flow
    gain: dict[NodeId, int] = {}
    for v in sorted(wanted):
        for w in {v, *flow.succ[v]}:
            if w in people and w not in targets:
                gain[w] = gain.get(w, 0) + 1
    to = sorted(
        (t for t in targets if t in people),
        key=lambda t: (-sum(t in flow.succ[v] or v in flow.succ[t] for v in sorted(wanted)), t),
    )
    found = []
    for w, helped in gain.items():
        target = next((t for t in to if t != w and t not in flow.succ[w]), None)
        if target is not None:
            found.append((w, target, helped))
    return sorted(found, key=lambda line: (-line[2], line[0] not in wanted, line[0]))


def known(graph: Graph, among: Iterable[NodeId], without: Collection[NodeId] = ()) -> list[NodeId]:
    """People by how many of `among` they talk with both ways, best known first, then by id."""
    inside = set(among)
    return sorted(inside - set(without), key=lambda v: (-sum(1 for w in graph.adj[v] if w in inside), v))


def second_contact(
    maps: Maps,
    here: Collection[NodeId],
    there: Collection[NodeId],
    without: Collection[NodeId] = (),
) -> tuple[NodeId, NodeId] | None:
    """Two people, one of each side, who could talk so that the sides have a second line.

    The best known on each side, `without` those who hold the line now if there is anybody else.
    None if everybody who could already talks.
    """
    people = set(maps.people)
    graph = maps.two_way
    sides = []
    for side in (here, there):
        able = [v for v in side if v in people]
        spare = [v for v in able if v not in without]
        sides.append(known(graph, spare or able))
    for one in sides[0][:8]:
        for other in sides[1][:8]:
            if one != other and not graph.has_edge(one, other):
                return one, other
    return None


def stand_in(maps: Maps, v: NodeId) -> list[tuple[NodeId, NodeId]]:
    """Pairs of those who talk with v who could talk directly, so that less runs through v.

    Ranked by how many ordered pairs of others then have a way past v that is no longer than the one
    over v. Neighbours only, and only where v is their one shortest way: a line between such two takes
    pairs away from v and never adds one. Cost: a few passes over the matrix of steps.
    """
    graph, flow, home = maps.two_way, maps.flow, maps.home
    parts = parts_without(maps, v)
    part_of = {w: i for i, part in enumerate(parts) for w in part}
    people = set(maps.people)
    known_best = sorted((w for w in graph.adj[v] if w in people), key=lambda w: (-len(graph.adj[w]), w))
    near: dict[tuple[int, object], list[NodeId]] = {}
    for w in known_best:
        near.setdefault((part_of[w], home[w]), []).append(w)
    chosen = [w for _, own in sorted(near.items(), key=lambda i: i[0][0])[:NEIGHBOURS] for w in own[:2]]
    chosen = (chosen + [w for w in known_best if w not in chosen])[: 2 * NEIGHBOURS]
    pairs = [
        (a, b)
        for i, a in enumerate(chosen)
        for b in chosen[i + 1 :]
        if not graph.has_edge(a, b) and (_only_over(flow, a, v, b) or _only_over(flow, b, v, a))
    ]
    return sorted(pairs, key=lambda p: (-_spared(maps, v, *p), len(graph.adj[p[0]]), p))


def past(maps: Maps, v: NodeId) -> tuple[NodeId, NodeId] | None:
    """Somebody who tells v, and somebody whom v tells, who have no other way of two steps.

    For a person over whom only one-way lines run; most other contacts first. A line from the one to
    the other takes pairs away from v and never adds one.
    """
    flow, people = maps.flow, set(maps.people)

    def best(ends: Iterable[NodeId]) -> list[NodeId]:
        return sorted((w for w in ends if w in people), key=lambda w: (-len(flow.succ[w]), w))

    pairs = ((a, b) for a in best(flow.pred[v]) for b in best(flow.succ[v]) if a != b)
    return next((pair for pair in pairs if _only_over(flow, pair[0], v, pair[1])), None)


def _spared(maps: Maps, v: NodeId, a: NodeId, b: NodeId) -> int:
    """Ordered pairs whose shortest way runs over v and for whom a line a to b would do as well."""
    steps = distances(maps).matrix
    if steps is None:
        return 0
    far = np.where(steps == NO_WAY, FAR, steps)
    over, one, other = (maps.index[w] for w in (v, a, b))
    through = far[:, over, None] + far[None, over, :] == far
    past = np.zeros_like(through)
    for start, end in ((one, other), (other, one)):
        past |= far[:, start, None] + 1 + far[None, end, :] <= far
    return int(np.count_nonzero(through & past & (far < FAR)))


def _only_over(flow: DiGraph, a: NodeId, v: NodeId, b: NodeId) -> bool:
    return not flow.has_edge(a, b) and not any(w != v and b in flow.succ[w] for w in flow.succ[a])
