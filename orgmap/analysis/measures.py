"""Every number of a map at once, under the names that `analyze --json` and the table of measures use.

None is what is not defined, or belongs to work that is not built yet; never NaN. What each measure
means stands with the function that computes it, and in `measure_catalogue` for the reader.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis import centrality, congruence, groups, hours, roles, structure, ties
from orgmap.analysis.catalogue import cutoff
from orgmap.analysis.distances import distances
from orgmap.analysis.findings import Number, Numbers
from orgmap.analysis.graphs import Maps
from orgmap.analysis.paths import condensation, links_to_close, return_lengths, without
from orgmap.analysis.spans import possible_pairs, relations, reports
from orgmap.model.entities import LinkId, ModuleId, NodeId
from orgmap.progress import SILENT, Progress

LinkNumbers = Mapping[str, Number | bool]
Everything = tuple[
    Numbers, Mapping[NodeId, Numbers], Mapping[ModuleId, Numbers], Mapping[LinkId, LinkNumbers]
]


def all_measures(maps: Maps, progress: Progress = SILENT) -> Everything:
    """The measures of the map, of each person (persons and roles), of each module and of each link."""
    people = people_measures(maps, progress.part(0.0, 0.5))
    links = link_measures(maps, progress.part(0.5, 0.8))
    modules = groups.module_measures(maps, progress.part(0.8, 0.9))
    return map_measures(maps, progress.part(0.9, 1.0)), people, modules, links


def map_measures(maps: Maps, progress: Progress = SILENT) -> dict[str, Number]:
    """The measures of the map as a whole."""
    distances(maps, progress=progress)
    return {
        "possible_pairs": possible_pairs(len(maps.nodes)),
        "density": structure.density(maps),
        "reciprocity_arc": structure.reciprocity_arc(maps),
        "reciprocity_dyad": structure.reciprocity_dyad(maps),
        "mutual_reach": structure.mutual_reach(maps),
        "open_link_share": structure.open_link_share(maps),
        "closed_link_share": structure.closed_link_share(maps),
        "links_to_close": links_to_close(maps),
        "connectedness": structure.connectedness(maps),
        "hierarchy": structure.hierarchy(maps),
        "efficiency": structure.efficiency(maps),
        "least_upper_bound": structure.least_upper_bound(maps, progress),
        "centralization_in": centrality.centralization_in(maps),
        "centralization_out": centrality.centralization_out(maps),
        "centralization_degree": centrality.degree_centralization(maps.two_way),
        "centralization_closeness": centrality.centralization_closeness(maps, progress),
        "centralization_betweenness": centrality.centralization_betweenness(maps, progress),
        "listening_share": groups.listening_to_outside(maps),
        "fragmentation": structure.fragmentation(maps.two_way),
        "ei_index": groups.ei_index(maps),
        "ei_expected": groups.ei_expected(maps),
        "modularity": groups.modularity(maps),
        "modularity_expected": None,
        "congruence": congruence.congruence(maps),
        "average_distance": structure.average_distance(maps),
        "diameter": structure.diameter(maps),
        "weak_components": len(structure.weak_parts(maps)),
        "strong_components": len(condensation(maps).parts),
        "hours_per_week": hours.hours_of_map(maps),
    }


def people_measures(maps: Maps, progress: Progress = SILENT) -> dict[NodeId, dict[str, Number]]:
    """The measures of each person and role, in order of id."""
    size = len(maps.nodes)
    columns: dict[str, list[Number]] = {
        "in_degree": [maps.flow.in_degree(v) for v in maps.nodes],
        "out_degree": [maps.flow.out_degree(v) for v in maps.nodes],
        "betweenness": _from_three(maps, centrality.betweenness(maps, progress=progress.part(0.0, 0.2))),
        "betweenness_two_way": _from_three(
            maps, centrality.betweenness_two_way(maps, progress=progress.part(0.2, 0.3))
        ),
        "closeness_in": _numbers(centrality.closeness(maps, incoming=True, progress=progress), size),
        "closeness_out": _numbers(centrality.closeness(maps, incoming=False, progress=progress), size),
        "dependence": _dependences(maps, progress.part(0.3, 0.7)),
        "constraint": _numbers(ties.constraint(maps, progress), size),
        "effective_size": _numbers(ties.effective_size(maps, progress), size),
    }
    for name, found in (
        ("reciprocity", ties.reciprocity(maps)),
        ("core", ties.core(maps, progress=progress)),
        ("listening_share", groups.listening_share(maps, maps.nodes)),
        ("coverage", groups.coverage(maps, progress)),
        ("hours_per_week", hours.hours_of_people(maps)),
        ("reports", reports(maps)),
        ("possible_relations", relations(maps)),
    ):
        columns[name] = [found[v] for v in maps.nodes]
    placed = groups.groups(maps) >= 0
    for role, counts in roles.brokerage(maps, progress.part(0.7, 1.0)).items():
        columns[role] = [n if has else None for n, has in zip(counts.tolist(), placed.tolist(), strict=True)]
    for role, means in roles.expected(maps).items():
        columns[f"{role}_expected"] = _numbers(means, size)
    return {v: {name: values[i] for name, values in columns.items()} for i, v in enumerate(maps.nodes)}


def link_measures(maps: Maps, progress: Progress = SILENT) -> dict[LinkId, dict[str, Number | bool]]:
    """The measures of each link, in order of id; those that do not talk have None.

    `return_length`: steps of the way back; of a link with several arcs the longest. `open`: an arc
    of it has no way back, and `return_length` is None. `betweenness`: the share of the ordered pairs
    whose shortest connections run over it, both directions added. `hours_per_week`: contacts times
    their length; lines with outside parties and sources have them too.
    """
    returns = return_lengths(maps, progress=progress.part(0.0, 0.2))
    between = centrality.arc_betweenness(maps, progress=progress.part(0.2, 0.9))
    carried: dict[LinkId, list[tuple[NodeId, NodeId]]] = {}
    for arc, carrier in maps.arcs.items():
        for link in carrier.links:
            carried.setdefault(link, []).append(arc)
    timed = {link.id: amount for link, amount in hours.timed_links(maps)}
    found: dict[LinkId, dict[str, Number | bool]] = {}
    for link in sorted(maps.document.links):
        own = list(dict.fromkeys(carried.get(link, ())))
        back = [returns[arc] for arc in own]
        closed = [steps for steps in back if steps is not None]
        is_open = len(closed) < len(back)
        found[link] = {
            "return_length": max(closed) if closed and not is_open else None,
            "open": is_open if own else None,
            "betweenness": sum(between[arc] for arc in own) if own else None,
            "hours_per_week": timed.get(link),
        }
    return found


def _dependences(maps: Maps, progress: Progress) -> list[Number]:
    """Share of the pairs of others that notice each absence; None where betweenness is too low."""
    between = centrality.betweenness(maps)
    pairs = (len(maps.nodes) - 1) * (len(maps.nodes) - 2)
    least = cutoff(maps.document, "bottleneck.dependence")
    asked = [v for v in maps.nodes if pairs > 0 and between[v] >= least]
    found: dict[NodeId, float] = {}
    for number, v in enumerate(asked):
        absence = without(maps, v, progress=progress.part(number / len(asked), (number + 1) / len(asked)))
        found[v] = absence.pairs / pairs
    return [found.get(v) for v in maps.nodes]


def _from_three(maps: Maps, values: Mapping[NodeId, float]) -> list[Number]:
    """Betweenness is not defined below three people, where there are no others to stand between."""
    return [values[v] if len(maps.nodes) >= 3 else None for v in maps.nodes]


def _numbers(values: NDArray[np.float64] | None, size: int) -> list[Number]:
    if values is None:
        return [None] * size
    return [None if value != value else value for value in values.tolist()]
