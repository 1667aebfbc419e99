"""Placing everybody: by module and by force, the latter against networkx's spring layout.

The rival places the same lines but does not keep names apart, so it does less. Stress, the
measure both are judged by, goes to standard error: 0 is perfect (Gansner, Koren and North 2004).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from benchmarks.timing import Case, measured, organization
from orgmap.analysis import layouts
from orgmap.model.document import Document

SIZES = ((50, 150), (200, 1_400), (1_000, 7_000))


def run(people: int | None, links: int | None, pictures: Path | None) -> Iterator[Case]:
    """By module, by force against networkx, and the rough first places."""
    del pictures
    for number, lines in SIZES if people is None else ((people, links or 7 * people),):
        yield from _size(organization(number, lines))


def _size(document: Document) -> Iterator[Case]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(document.nodes)
    graph.add_edges_from((link.source, link.target) for link in document.links.values())
    yield measured("layout by module", document, lambda: layouts.place(document), runs=3)
    yield measured(
        "layout by force",
        document,
        lambda: layouts.place(document, "force"),
        rival=("networkx spring", lambda: nx.spring_layout(graph, seed=1)),
        runs=3,
    )
    yield measured("rough places", document, lambda: layouts.rough(document), runs=3)
    ours = {str(v): xy for v, xy in layouts.place(document, "force").items()}
    spring = {v: (float(x), float(y)) for v, (x, y) in nx.spring_layout(graph, seed=1).items()}
    both = f"ours {stress(document, ours):.3f}, spring {stress(document, spring):.3f}"
    print(f"{len(document.nodes)} people: stress {both}", file=sys.stderr)


def stress(document: Document, places: Mapping[str, tuple[float, float]]) -> float:
    """Normalized stress at the best scale: sum (d - s r)^2 / d^2 over pairs, divided by their number."""
    ids = sorted(places)
    index = {v: i for i, v in enumerate(ids)}
    ends = np.array([(index[k.source], index[k.target]) for k in document.links.values()])
    n = len(ids)
    matrix = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    steps = shortest_path(matrix, unweighted=True, directed=False)
    at = np.array([places[v] for v in ids])
    i, j = np.triu_indices(n, 1)
    wanted = steps[i, j]
    there = np.isfinite(wanted)
    i, j, wanted = i[there], j[there], wanted[there]
    length = np.hypot(*(at[i] - at[j]).T)
    scale = float((length / wanted).sum() / (length**2 / wanted**2).sum())
    return float((((wanted - scale * length) / wanted) ** 2).mean())
