"""What would come up by chance: maps shuffled so that everybody keeps as many lines of each kind.

Keeping only how many lines go out and come in would break the two-way pairs up, and every map with
answers in it would look special. So two-way pairs are swapped with two-way pairs and one-way arcs
with one-way arcs. Definition and use: `docs/findings.md`, "How sure".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import networkx as nx
import numpy as np

from orgmap.analysis.findings import Rarity
from orgmap.analysis.graphs import DiGraph
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

SHUFFLES = 200
TRIES = 10  # swaps tried for each line between two shuffles
ROUNDING = 1e-9  # two numbers that differ by less are the same

Statistic: TypeAlias = Callable[[DiGraph], Mapping[NodeId, float]]
_Lines: TypeAlias = list[tuple[int, int]]


def shuffled(
    graph: DiGraph, count: int = SHUFFLES, *, seed: int = 1, progress: Progress = SILENT
) -> Iterator[DiGraph]:
    """`count` maps of the same people, each with as many two-way, outgoing and incoming lines as here.

    Each comes from the one before by `TRIES` tried swaps for each line: the ends of two two-way pairs
    or of two one-way arcs change places, unless a line would join two who are joined already, or
    somebody to themselves. A map on which nothing can be swapped comes back as it is. Same graph and
    seed, same maps. Raises `Cancelled`.
    """
    people = sorted(graph)
    place = {v: i for i, v in enumerate(people)}
    arcs = sorted((place[u], place[v]) for u, v in graph.edges)
    known = set(arcs)
    pairs: _Lines = [(u, v) for u, v in arcs if u < v and (v, u) in known]
    singles: _Lines = [(u, v) for u, v in arcs if (v, u) not in known]
    joined = {(min(u, v), max(u, v)) for u, v in arcs}
    chance = np.random.default_rng(seed)
    for number in range(count):
        progress.at(number / count)
        _swap(pairs, joined, chance, both=True)
        _swap(singles, joined, chance, both=False)
        made: DiGraph = nx.DiGraph()
        made.add_nodes_from(people)
        made.add_edges_from((people[u], people[v]) for u, v in singles)
        made.add_edges_from((people[u], people[v]) for u, v in pairs)
        made.add_edges_from((people[v], people[u]) for u, v in pairs)
        yield made


def rarities(
    graph: DiGraph,
    statistic: Statistic,
    *,
    count: int = SHUFFLES,
    seed: int = 1,
    progress: Progress = SILENT,
) -> dict[NodeId, Rarity]:
    """For everybody `statistic` speaks of on `graph`: on how many shuffled maps it is as large."""
    here = statistic(graph)
    reached = dict.fromkeys(here, 0)
    for other in shuffled(graph, count, seed=seed, progress=progress):
        there = statistic(other)
        for person, value in here.items():
            reached[person] += there.get(person, 0.0) >= value - ROUNDING
    return {person: Rarity(found, count) for person, found in reached.items()}


def _swap(lines: _Lines, joined: set[tuple[int, int]], chance: np.random.Generator, *, both: bool) -> None:
    """Try swaps among `lines` in place; `joined` are the pairs with any line at all."""
    if len(lines) < 2:
        return
    tries = TRIES * len(lines)
    ones: list[int] = chance.integers(len(lines), size=tries).tolist()
    others: list[int] = chance.integers(len(lines), size=tries).tolist()
    turned: list[bool] = (chance.random(tries) < 0.5).tolist() if both else [False] * tries
    for one, other, turn in zip(ones, others, turned, strict=True):
        a, b = lines[one]
        c, d = lines[other]
        if turn:
            c, d = d, c
        if a in (c, d) or b in (c, d):
            continue
        first = (a, d) if a < d else (d, a)
        second = (c, b) if c < b else (b, c)
        if first in joined or second in joined:
            continue
        joined.remove((a, b) if a < b else (b, a))
        joined.remove((c, d) if c < d else (d, c))
        joined.add(first)
        joined.add(second)
        lines[one], lines[other] = (a, d), (c, b)
