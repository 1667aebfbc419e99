"""Placing everybody: each layout, and by closeness against networkx and rustworkx in the same run.

The rivals place the same lines but keep no names apart, so they do less. Stress, the measure all are
judged by, goes to standard error with the overlaps of nodes and names: 0 is perfect (Gansner, Koren and
North 2004). Maps are generated, and the real ones beside the checkout are read where they are there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # all run on one thread: times can be compared

import networkx as nx
import numpy as np
import rustworkx as rx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from benchmarks.timing import Case, measured, organization
from orgmap.analysis import layouts
from orgmap.analysis.apart import overlapping
from orgmap.analysis.board import Board
from orgmap.analysis.ground import GAP
from orgmap.files import formats
from orgmap.files.reading import Arrows, ReadOptions, RowKind
from orgmap.model import edits
from orgmap.model.document import Document

Spots = Mapping[Any, Any]  # id: x and y, in whatever each library gives them

SIZES = ((50, 150), (200, 1_400), (1_000, 7_000), (5_000, 35_000))
SLOW = 1_500  # people; above, networkx would take minutes
VERY_SLOW = 250  # people; Kamada-Kawai of networkx takes a quarter of a minute at twice that
DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"
CHARTS = ("uk_british_library_2011", "uk_natural_england_2011", "uk_dfid_2013")


def run(people: int | None, links: int | None, pictures: Path | None) -> Iterator[Case]:
    """Each layout, closeness against its rivals, the rough first places; real maps and generated ones."""
    del pictures
    if people is None:
        for name, document in _real():
            yield from _measured(document, name)
    for number, lines in SIZES if people is None else ((people, links or 7 * people),):
        yield from _measured(organization(number, lines), f"generated {number}")


def _measured(document: Document, name: str) -> Iterator[Case]:
    small = len(document.nodes) <= SLOW
    runs = 3 if small else 1
    for style in layouts.STYLES:
        if style != "force":
            yield measured(
                f"layout {style}", document, partial(layouts.place, document, style), runs=runs, warm=small
            )
    rivals = _rivals(document)
    if rivals:
        ours: dict[str, Spots] = {"ours": _middles(document, "force")}
        for rival, call in rivals.items():
            yield measured(
                "layout force",
                document,
                lambda: layouts.place(document, "force"),
                rival=(rival, call),
                runs=runs,
                warm=small,
            )
            ours[rival] = call()
        ours["ours, modules together"] = _middles(document, "together")
        steps = _steps(document)
        told = ", ".join(f"{k} {stress(document, spots, steps):.4f}" for k, spots in ours.items())
        print(f"{name}: stress {told}; overlaps {overlaps(document)}", file=sys.stderr, flush=True)
    yield measured("rough places", document, lambda: layouts.rough(document), runs=runs)


def _rivals(document: Document) -> dict[str, Callable[[], Spots]]:
    """What else places these lines; nothing where there are none."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(document.nodes)
    lines = [(k.source, k.target) for k in document.links.values()]
    graph.add_edges_from((u, v) for u, v in lines if u in document.nodes and v in document.nodes)
    if not graph.number_of_edges():
        return {}
    ids = list(graph)
    number = {v: i for i, v in enumerate(ids)}
    compiled: rx.PyGraph[str, int] = rx.PyGraph()
    compiled.add_nodes_from(ids)
    compiled.add_edges_from([(number[u], number[v], 1) for u, v in graph.edges])

    def named(places: Any) -> Spots:  # noqa: ANN401 - a type of the library's own
        return {ids[i]: xy for i, xy in places.items()}

    found: dict[str, Callable[[], Spots]] = {
        "rustworkx spring": lambda: named(rx.spring_layout(compiled, seed=1)),
    }
    if len(ids) <= SLOW:
        found["networkx spring"] = lambda: nx.spring_layout(graph, seed=1)
        found["networkx forceatlas2"] = lambda: nx.forceatlas2_layout(graph, seed=1)
    if len(ids) <= VERY_SLOW:
        found["networkx kamada_kawai"] = lambda: nx.kamada_kawai_layout(graph)
    return found


def _middles(document: Document, style: str) -> Spots:
    return layouts.place(document, style)


def _real() -> Iterator[tuple[str, Document]]:
    """The real organizations, where they are beside the checkout."""
    if not DATASETS.is_dir():
        return
    folder = DATASETS / "uk_faculty"
    asked = ReadOptions(people=folder / "nodes.csv", arrows=Arrows.ASKS)
    yield folder.name, formats.read(folder / "edges_friendship.csv", asked).document
    folder = DATASETS / "workplace_invs13"
    both = ReadOptions(people=folder / "nodes.csv", undirected=True)
    yield folder.name, formats.read(folder / "edges_contact.csv", both).document
    for name in CHARTS:
        folder = DATASETS / name
        boss = ReadOptions(people=folder / "nodes.csv", kind=RowKind.REPORTS)
        yield name, formats.read(folder / "edges_reports_to.csv", boss).document
    folder = DATASETS / "rust_governance"
    part_of = (folder / "edges_subteam_of.csv", ReadOptions(kind=RowKind.PART_OF))
    member = ReadOptions(people=folder / "nodes.csv", kind=RowKind.MEMBER, links=(part_of,))
    yield folder.name, formats.read(folder / "edges_membership.csv", member).document


def overlaps(document: Document) -> int:
    """How many pairs of nodes with their names lie on one another after the layout by closeness."""
    placed = Board(document.apply(edits.move(document, layouts.place(document, "force"))))
    return len(overlapping(placed.at, placed.half - GAP / 2))


def _steps(document: Document) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    ids = sorted(document.nodes)
    index: dict[str, int] = {v: i for i, v in enumerate(ids)}
    lines = [(k.source, k.target) for k in document.links.values()]
    ends = np.array([(index[u], index[v]) for u, v in lines if u in index and v in index])
    matrix = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids)))
    both = csr_array(matrix + matrix.T)
    return np.asarray(shortest_path(both, unweighted=True))


def stress(
    document: Document, places: Spots, steps: np.ndarray[tuple[int, int], np.dtype[np.float64]] | None = None
) -> float:
    """Normalized stress at the best scale: sum (d - s r)^2 / d^2 over pairs, divided by their number."""
    ids = sorted(document.nodes)
    steps = _steps(document) if steps is None else steps
    at = np.array([places[v] for v in ids])
    pairs, count, down, up = 0.0, 0, 0.0, 0.0
    for i in range(len(ids) - 1):  # row by row: five thousand people are twelve million pairs
        wanted = steps[i, i + 1 :]
        there = np.isfinite(wanted)
        ratio = np.hypot(*(at[i + 1 :][there] - at[i]).T) / wanted[there]
        down, up = down + float(ratio.sum()), up + float((ratio**2).sum())
        count += int(there.sum())
    scale = down / up
    pairs = count - 2 * scale * down + scale**2 * up
    return pairs / max(count, 1)
