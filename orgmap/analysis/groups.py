"""How a map divides into its modules: talk inside and across, and what a module hears and says."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from orgmap.analysis import hours
from orgmap.analysis.centrality import centralization
from orgmap.analysis.distances import NO_WAY, arcs, distances
from orgmap.analysis.engine import kept
from orgmap.analysis.findings import Number
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import matrix
from orgmap.model.entities import ModuleId, NodeId, NodeKind
from orgmap.progress import SILENT, Progress


@kept
def groups(maps: Maps, *, progress: Progress = SILENT) -> NDArray[np.intp]:
    """The home module of each person as a number from 0, -1 for those without; index of `maps.nodes`.

    Home modules are taken as they are drawn: a nested module is a group of its own.
    """
    progress.at(0.0)
    numbers = {module: number for number, module in enumerate(sorted(set(filter(None, maps.home.values()))))}
    listed = (-1 if (own := maps.home[v]) is None else numbers[own] for v in maps.nodes)
    return np.fromiter(listed, np.intp, len(maps.nodes))


def ei_index(maps: Maps) -> float | None:
    """(arcs between modules - arcs inside) / both, on F; -1 all inside, 1 all across; None without arcs.

    People without a module are left out. Never show it without `ei_expected`.
    Source: Krackhardt and Stern 1988.
    """
    own, sources, targets = _placed(maps)
    inside = int(np.count_nonzero(own[sources] == own[targets]))
    return _balance(len(sources) - inside, inside)


def ei_expected(maps: Maps) -> float | None:
    """The E-I index if every pair of people with a module were linked, or linked by chance; -1..1.

    None below 2 people with a module.
    """
    sizes = _sizes(maps)
    people = int(sizes.sum())
    pairs = people * (people - 1)
    return (pairs - 2 * int((sizes * (sizes - 1)).sum())) / pairs if pairs else None


def modularity(maps: Maps) -> float | None:
    """Share of the arcs of F inside modules, less what the numbers of lines alone would put there.

    The sum over modules of inside/m - out x in / m^2 with m arcs; -1/2..1, None without arcs. People
    without a module are left out. Source: Newman 2004; Leicht and Newman 2008 for arcs.
    """
    own, sources, targets = _placed(maps)
    return modularity_of(own, sources, targets)


def modularity_of(
    own: NDArray[np.intp], sources: NDArray[np.intp], targets: NDArray[np.intp]
) -> float | None:
    """As `modularity`, of any arcs between people of whom `own` is the module; all have one."""
    total = len(sources)
    if total == 0:
        return None
    modules = int(own.max()) + 1
    inside = int(np.count_nonzero(own[sources] == own[targets]))
    telling = np.bincount(own[sources], minlength=modules).astype(np.float64)
    hearing = np.bincount(own[targets], minlength=modules).astype(np.float64)
    return inside / total - float(telling @ hearing) / total**2


@kept
def visible_modules(maps: Maps, *, progress: Progress = SILENT) -> dict[NodeId, frozenset[ModuleId]]:
    """The modules each person can see: of whose people somebody reaches the person within two steps.

    A person's own modules are among them where a colleague does. A module sees and is seen through
    the people nested in it too. O(m x modules).
    """
    progress.at(0.0)
    modules, belongs = _belongs(maps)
    heard = matrix(maps).astype(np.int64).T
    once = heard @ belongs
    back = np.array([maps.two_way.degree(v) for v in maps.nodes], np.int64)  # two steps that end at home
    seen = sparse.csr_array(once + heard @ once - belongs.multiply(back.reshape(-1, 1)))
    seen.eliminate_zeros()
    return {
        v: frozenset(modules[m] for m in seen.indices[seen.indptr[i] : seen.indptr[i + 1]].tolist())
        for i, v in enumerate(maps.nodes)
    }


def coverage(maps: Maps, progress: Progress = SILENT) -> dict[NodeId, float | None]:
    """Share of the other modules that a person can see, see `visible_modules`; None without others.

    Other modules are those with people of which the person is in none.
    """
    peopled = {module for module, people in maps.members.items() if people}
    found: dict[NodeId, float | None] = {}
    for v, seen in visible_modules(maps, progress=progress).items():
        others = peopled - maps.modules_of(v)
        found[v] = len(seen & others) / len(others) if others else None
    return found


def module_measures(maps: Maps, progress: Progress = SILENT) -> dict[ModuleId, dict[str, Number]]:
    """For each module, with everybody in it or nested in it, the numbers below; lines are arcs of F.

    `people`; `inside_links` among them; `out_links` to others and `in_links` from them; `ei_index`
    (out + in - inside) / all, -1..1; `reciprocity` share of the arcs inside that are answered
    straight; `listening_share` in / (in + out). None where there are no such lines. `ei_expected`:
    the E-I index if all pairs of people were linked, or linked by chance. `centralization_in`, `_out`:
    Freeman's, among its people alone, from 3 people on. `closed_link_share`: arcs from its people that
    have a way back on F. `hours_per_week` of its people, added up.
    """
    size, spent = len(maps.nodes), hours.hours_of_people(maps)
    closed = distances(maps).returns != NO_WAY
    found = arcs(maps)
    answered = _answered(maps)
    measured: dict[ModuleId, dict[str, Number]] = {}
    for number, module in enumerate(sorted(maps.members)):
        if number % 20 == 0:
            progress.at(number / len(maps.members))
        people = maps.members[module]
        member = np.zeros(len(maps.nodes), np.bool_)
        member[[maps.index[v] for v in people]] = True
        tells, hears = member[found.sources], member[found.targets]
        inside = int(np.count_nonzero(tells & hears))
        out = int(np.count_nonzero(tells)) - inside
        heard = int(np.count_nonzero(hears)) - inside
        mutual = int(np.count_nonzero(tells & hears & answered))
        listed = [amount for v in people if (amount := spent[v]) is not None]
        star = (len(people) - 1) ** 2 if len(people) >= 3 else 0
        telling = np.bincount(found.sources[tells & hears], minlength=size)[member]
        hearing = np.bincount(found.targets[tells & hears], minlength=size)[member]
        measured[module] = {
            "people": len(people),
            "inside_links": inside,
            "out_links": out,
            "in_links": heard,
            "ei_index": _balance(out + heard, inside),
            "ei_expected": _balance(2 * len(people) * (size - len(people)), len(people) * (len(people) - 1)),
            "reciprocity": mutual / inside if inside else None,
            "listening_share": heard / (heard + out) if heard + out else None,
            "centralization_in": centralization(hearing.tolist(), star),
            "centralization_out": centralization(telling.tolist(), star),
            "closed_link_share": float(closed[tells].mean()) if inside + out else None,
            "hours_per_week": sum(listed) if listed else None,
        }
    return measured


def listening_share(maps: Maps, people: Collection[NodeId]) -> dict[NodeId, float | None]:
    """Incoming by incoming and outgoing, for each person on F; 0 only tells, 1 only hears.

    By contacts per week where every line of the person has them, else by lines; None without lines.
    """
    heard, told = dict.fromkeys(maps.nodes, 0.0), dict.fromkeys(maps.nodes, 0.0)
    silent = {v for (u, w), arc in maps.arcs.items() if arc.per_week is None for v in (u, w)}
    for (u, v), arc in maps.arcs.items():
        told[u] += 1.0 if u in silent else arc.per_week or 0.0
        heard[v] += 1.0 if v in silent else arc.per_week or 0.0
    return {v: heard[v] / both if (both := heard[v] + told[v]) else None for v in people}


def listening_to_outside(maps: Maps) -> float | None:
    """Of the arcs between people and outside parties, the share that comes in; 0..1, None without any."""
    nodes = maps.document.nodes
    across = [
        nodes[u].kind is NodeKind.OUTSIDE
        for u, v in maps.all_arcs
        if (u in maps.index) != (v in maps.index) and NodeKind.OUTSIDE in (nodes[u].kind, nodes[v].kind)
    ]
    return sum(across) / len(across) if across else None


def _belongs(maps: Maps) -> tuple[list[ModuleId], sparse.csr_array]:
    """The modules, and people by modules: 1 where the person is in the module or nested in it."""
    modules = sorted(maps.members)
    rows = [maps.index[v] for module in modules for v in maps.members[module]]
    columns = [number for number, module in enumerate(modules) for _ in maps.members[module]]
    cells = np.ones(len(rows), np.int64)
    return modules, sparse.csr_array((cells, (rows, columns)), shape=(len(maps.nodes), len(modules)))


def _placed(maps: Maps) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    own, found = groups(maps), arcs(maps)
    both = (own[found.sources] >= 0) & (own[found.targets] >= 0)
    return own, found.sources[both], found.targets[both]


def _sizes(maps: Maps) -> NDArray[np.int64]:
    own = groups(maps)
    return np.bincount(own[own >= 0]).astype(np.int64)


def _answered(maps: Maps) -> NDArray[np.bool_]:
    return np.fromiter(((v, u) in maps.arcs for u, v in maps.arcs), np.bool_, len(maps.arcs))


def _balance(across: int, inside: int) -> float | None:
    return (across - inside) / (across + inside) if across + inside else None
