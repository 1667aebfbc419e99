"""Ways there, ways back, and what breaks when somebody is away: raw facts for measures and checks.

Definitions: `docs/findings.md`, 3.2 and 3.3. Everything is on F unless it says T.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy import sparse

from orgmap.analysis import detours
from orgmap.analysis.distances import NO_WAY, Indices, Steps, arcs, distances, steps_by_block, steps_to
from orgmap.analysis.engine import kept
from orgmap.analysis.graphs import Graph, Maps
from orgmap.model.entities import NodeId
from orgmap.progress import SILENT, Progress

FARTHEST = 2**16 - 1  # what `NO_WAY` is as an unsigned number: farther than any way


@dataclass(frozen=True, slots=True)
class Condensation:
    """The strong components of F, and how they hang together.

    `parts`: members in order of id; parts by size, then by first id. `of`: which part a person is
    in. `sources` are parts that tell others and hear from none, `sinks` those that hear and tell
    none, `alone` those that do neither; indices into `parts`.
    """

    parts: tuple[tuple[NodeId, ...], ...]
    of: dict[NodeId, int]
    sources: tuple[int, ...]
    sinks: tuple[int, ...]
    alone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """What happens to the ordered pairs of others, (n-1)(n-2) of them, when one person is away."""

    lost: int
    lengthened: int

    @property
    def pairs(self) -> int:
        """Pairs that notice: lost or lengthened."""
        return self.lost + self.lengthened


@kept
def return_lengths(maps: Maps, *, progress: Progress = SILENT) -> dict[tuple[NodeId, NodeId], int | None]:
    """For each arc u to v the steps of the shortest way back from v to u; None: no way back (open).

    1 is closed, 2 near, 3 and more slow. Order of `maps.arcs`.
    """
    returns = distances(maps, progress=progress).returns.tolist()
    return {arc: None if back == NO_WAY else back for arc, back in zip(maps.arcs, returns, strict=True)}


@kept
def matrix(maps: Maps, *, progress: Progress = SILENT) -> sparse.csr_array:
    """F as a sparse boolean matrix: row tells column; indices of `maps.nodes`."""
    found = arcs(maps, progress=progress)
    size = len(maps.nodes)
    cells = np.ones(len(found.sources), dtype=np.bool_)
    return sparse.csr_array((cells, (found.sources, found.targets)), shape=(size, size))


@kept
def matrix_two_way(maps: Maps, *, progress: Progress = SILENT) -> sparse.csr_array:
    """T as a symmetric sparse boolean matrix; indices of `maps.nodes`."""
    straight = matrix(maps, progress=progress)
    return sparse.csr_array(straight.multiply(straight.T))


@kept
def within(maps: Maps, steps: int, *, progress: Progress = SILENT) -> sparse.csr_array:
    """Who reaches whom in at most `steps` steps (>= 1): a sparse boolean matrix, diagonal empty."""
    straight = matrix(maps).astype(np.int32)
    met = straight
    for step in range(1, steps):
        progress.at(step / steps)
        met = met + met @ straight
        met.setdiag(0)
        met.eliminate_zeros()
        met.data[:] = 1
    return met.astype(np.bool_)


def steps_from(maps: Maps, person: NodeId) -> Steps:
    """Steps from `person` to everybody, by the index of `maps.nodes`; `NO_WAY` where there is no path."""
    known = distances(maps).matrix
    if known is not None:
        return np.asarray(known[maps.index[person]], np.int16)
    found = nx.single_source_shortest_path_length(maps.flow, person)
    return np.fromiter((found.get(v, NO_WAY) for v in maps.nodes), np.int16, len(maps.nodes))


def steps_back(maps: Maps, people: Iterable[NodeId]) -> Steps:
    """Steps from everybody to the nearest of `people`; else as `steps_from`."""
    known, columns = distances(maps).matrix, indices(maps, people)
    steps = known[:, columns] if known is not None else steps_to(maps, columns)
    nearest = np.ascontiguousarray(steps).view(np.uint16).min(axis=1, initial=FARTHEST)
    return np.asarray(nearest.view(np.int16), np.int16)


def reached_within(maps: Maps, start: Iterable[NodeId], steps: int) -> set[NodeId]:
    """Who hears from anybody in `start` within `steps` steps; those in `start` included."""
    met = set(start)
    front = met
    for _ in range(steps):
        front = {v for u in front for v in maps.flow[u]} - met
        if not front:
            break
        met = met | front
    return met


@kept
def without(maps: Maps, person: NodeId, *, progress: Progress = SILENT) -> Absence:
    """Ordered pairs of others whose shortest connection is lost, or longer, while `person` is away.

    That is: every shortest path of the pair passes the person. O(n m / 64) for each step of the
    longest path; ask only for those whose betweenness reaches the cut-off, since normalized
    betweenness is never below the share found here.
    """
    away = maps.index[person]
    if detours.are_long(maps, progress=progress):
        pairs = int(detours.noticed(maps, progress=progress)[away])
        gone = detours.lost(maps, away, progress=progress)
        return Absence(gone, pairs - gone)
    known = distances(maps).matrix
    lost = lengthened = 0
    for columns, later in steps_by_block(maps, without=away, progress=progress):
        before = known if known is not None else _columns(maps, columns, progress)
        noticed = before != later
        noticed[away, :] = False
        if columns.start <= away < columns.stop:
            noticed[:, away - columns.start] = False
        gone = int(np.count_nonzero(noticed & (later == NO_WAY)))
        lost += gone
        lengthened += int(np.count_nonzero(noticed)) - gone
    return Absence(lost, lengthened)


def _columns(maps: Maps, columns: slice, progress: Progress) -> Steps:
    return next(s for block, s in steps_by_block(maps, progress=progress) if block == columns)


def dependence(maps: Maps, person: NodeId, *, progress: Progress = SILENT) -> tuple[int, int]:
    """(lost pairs, lengthened pairs) while `person` is away; see `without`."""
    absence = without(maps, person, progress=progress)
    return absence.lost, absence.lengthened


@kept
def parts_without(
    maps: Maps, person: NodeId, *, progress: Progress = SILENT
) -> tuple[tuple[NodeId, ...], ...]:
    """What the component of T that holds `person` falls into without them: largest first, then by id.

    One part or none: nobody depends on this person for two-way contact.
    """
    progress.at(0.0)
    return parts_left(maps.two_way, {person})


def parts_left(graph: Graph, away: Collection[NodeId]) -> tuple[tuple[NodeId, ...], ...]:
    """What the components of an undirected graph that touch `away` fall into without them.

    Largest first, then by id. O(n + m) of those components.
    """
    met: set[NodeId] = set()
    parts: list[tuple[NodeId, ...]] = []
    for start in sorted({v for u in away for v in graph.adj[u]}.difference(away)):
        if start in met:
            continue
        part, waiting = {start}, [start]
        while waiting:
            new = [v for v in graph.adj[waiting.pop()] if v not in part and v not in away]
            part.update(new)
            waiting += new
        met |= part
        parts.append(tuple(sorted(part)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def cut_off(maps: Maps, person: NodeId, *, progress: Progress = SILENT) -> tuple[NodeId, ...]:
    """Who loses two-way contact with the largest part of their own component of T without `person`.

    Empty if the component stays whole. Those whom no two-way line joined before are not counted: it
    is not this absence that cuts them off. Of equal parts the first by id counts as the largest.
    """
    parts = parts_without(maps, person, progress=progress)
    return tuple(sorted(v for part in parts[1:] for v in part))


@kept
def cut_points(maps: Maps, *, progress: Progress = SILENT) -> tuple[NodeId, ...]:
    """The people without whom their component of T falls apart, in order of id. O(n + m)."""
    progress.at(0.0)
    return tuple(sorted(nx.articulation_points(maps.two_way)))


@kept
def condensation(maps: Maps, *, progress: Progress = SILENT) -> Condensation:
    """The strong components and which of them only tell, only hear, or neither. O(n + m)."""
    progress.at(0.0)
    found = [tuple(sorted(part)) for part in nx.strongly_connected_components(maps.flow)]
    parts = tuple(sorted(found, key=lambda part: (-len(part), part)))
    of = {v: number for number, part in enumerate(parts) for v in part}
    telling = {of[u] for u, v in maps.arcs if of[u] != of[v]}
    hearing = {of[v] for u, v in maps.arcs if of[u] != of[v]}
    everyone = range(len(parts))
    return Condensation(
        parts=parts,
        of=of,
        sources=tuple(i for i in everyone if i in telling and i not in hearing),
        sinks=tuple(i for i in everyone if i in hearing and i not in telling),
        alone=tuple(i for i in everyone if i not in hearing and i not in telling),
    )


def links_to_close(maps: Maps, *, progress: Progress = SILENT) -> int | None:
    """The fewest new arcs after which everybody reaches everybody; None for a map without people.

    max(source parts, sink parts) + parts alone, 0 if there is one part. Eswaran and Tarjan 1976.
    """
    found = condensation(maps, progress=progress)
    if not found.parts:
        return None
    if len(found.parts) == 1:
        return 0
    return max(len(found.sources), len(found.sinks)) + len(found.alone)


def indices(maps: Maps, people: Iterable[NodeId]) -> Indices:
    """The rows and columns of `people` in the matrices here."""
    return np.fromiter((maps.index[v] for v in people), np.intp)
