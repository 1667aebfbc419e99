"""Findings, measures and betweenness, from the map in memory to the report; and calling a run off.

The rivals of betweenness are nx-rustworkx and networkx by itself, on the same graph; all include
turning the map or graph into whatever the engine wants. Above 2,000 people networkx is left out, since
it takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import networkx as nx

from benchmarks.calling_off import called_off
from benchmarks.timing import Case, measured, organization
from orgmap.analysis import engine
from orgmap.analysis.brandes import passing
from orgmap.analysis.centrality import arc_betweenness
from orgmap.analysis.distances import distances
from orgmap.analysis.graphs import Maps
from orgmap.analysis.measures import all_measures
from orgmap.analysis.paths import matrix
from orgmap.analysis.questions import Away, Fit, Question, RouteTo, answer
from orgmap.analysis.registry import run as report
from orgmap.analysis.robustness import key_players, robustness
from orgmap.model.document import Document

SIZES = ((40, 150), (150, 600), (1_000, 7_000))
MOST_RIVAL = 2_000  # people
ALONE = 100  # people; on smaller maps a run is over before it can be called off


def run(people: int | None, links: int | None, pictures: Path | None = None) -> Iterator[Case]:
    """The cases, for the usual sizes or the one asked for."""
    del pictures  # nothing is drawn
    for size in SIZES if people is None else ((people, links or 0),):
        yield from _cases(*size)


def _cases(people: int, links: int) -> Iterator[Case]:
    document = organization(people, links)
    graph, lines = Maps(document).flow, matrix(Maps(document))
    runs = 21 if people <= 200 else 5 if people <= MOST_RIVAL else 2

    def compiled() -> None:
        graph.__networkx_cache__.clear()
        engine.betweenness(graph)

    def plain() -> None:
        nx.betweenness_centrality(graph)

    def ours() -> None:
        passing(lines, over=False)

    rivals = [("nx-rustworkx", compiled)]
    rivals += [("networkx", plain)] if people <= MOST_RIVAL else []
    for rival in rivals:
        yield measured("betweenness", document, ours, rival=rival, runs=runs)
    yield measured("betweenness of lines", document, lambda: arc_betweenness(Maps(document)), runs=runs)
    yield measured("graphs", document, lambda: _graphs(document), runs=runs)
    yield measured("distances", document, lambda: distances(Maps(document)), runs=runs)
    yield measured("findings", document, lambda: report(document, measures=False), runs=runs)
    yield measured("measures", document, lambda: all_measures(Maps(document)), runs=runs)
    yield measured("findings and measures", document, lambda: report(document), runs=runs)
    yield measured("robustness curve", document, lambda: robustness(Maps(document)), runs=2)
    yield measured("three key players", document, lambda: key_players(Maps(document), 3), runs=2)
    first = min(document.nodes)
    for words, question in (
        ("what if one is away", Away(frozenset({first}))),
        ("where one fits", Fit(first)),
        ("a way to a module", RouteTo(first, max(document.modules))),
    ):
        yield measured(words, document, partial(_asked, question, document), runs=runs)
    if people > ALONE:
        yield called_off(document)


def _asked(question: Question, document: Document) -> None:
    assert answer(question, Maps(document)) is not None


def _graphs(document: Document) -> None:
    maps = Maps(document)
    maps.flow.size()
    maps.two_way.size()
