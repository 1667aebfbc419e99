"""How many relations there could be: why a span of control ends somewhere, and a large map is sparse."""

from __future__ import annotations

from orgmap.analysis.graphs import Maps
from orgmap.model.entities import NodeId

MOST_REPORTS = 30  # beyond, the number of relations (sixteen thousand million) tells nobody anything


def possible_pairs(people: int) -> int:
    """Pairs that could talk, n(n-1)/2. Source: Brooks 1975, The Mythical Man-Month."""
    return people * (people - 1) // 2


def possible_relations(reports: int) -> int:
    """Relations that one boss has to keep in mind with n reports, n(2^(n-1) + n - 1).

    With each alone, with each in every company of others, and among them both ways. 5,210 for ten.
    Source: Graicunas 1933, Relationship in organization.
    """
    return reports * (2 ** (reports - 1) + reports - 1) if reports else 0


def reports(maps: Maps) -> dict[NodeId, int | None]:
    """How many people report to each directly, on R; None while no reporting line is drawn."""
    drawn = maps.reports.size() > 0
    return {v: maps.reports.out_degree(v) if drawn else None for v in maps.nodes}


def relations(maps: Maps) -> dict[NodeId, int | None]:
    """`possible_relations` of each boss; None without reports, or with more than `MOST_REPORTS`."""
    return {
        v: possible_relations(found) if found and found <= MOST_REPORTS else None
        for v, found in reports(maps).items()
    }
