"""Random maps for properties: everything odd that a document may hold."""

from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
from hypothesis import strategies as st

from orgmap.model.document import Document, problems
from orgmap.model.entities import (
    Channel,
    ChannelId,
    EndId,
    Link,
    LinkId,
    LinkKind,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    Status,
    default_channels,
)

_CHANNELS = {
    **default_channels(),
    ChannelId("wall"): Channel(id=ChannelId("wall"), name="wall", answers=False),
}

_TOPICS: list[tuple[str, ...]] = [
    (),
    (),
    (),
    ("Tax",),
    ("tax", "Law"),
    (
        "art",
        "",
    ),
]


@st.composite
def documents(draw: st.DrawFn, most: int = 12) -> Document:
    """Nobody to `most` nodes of every kind, nested and shared modules, parallel links of every kind."""
    people = [NodeId(f"n{i}") for i in range(draw(st.integers(0, most)))]
    modules = [ModuleId(f"m{i}") for i in range(draw(st.integers(0, 4)))]
    made_modules = {
        m: Module(
            id=m,
            name=m.upper(),
            parent=draw(st.sampled_from([None, *modules[:i]])),
            lead=draw(st.sampled_from([None, *people])),
        )
        for i, m in enumerate(modules)
    }
    made_nodes = {
        v: Node(
            id=v,
            name=draw(st.sampled_from([v.upper(), "Ana", ""])),
            kind=draw(st.sampled_from([NodeKind.PERSON] * 5 + list(NodeKind))),
            vacant=draw(st.booleans()),
            level=draw(st.sampled_from([None, None, 1, 2, 3])),
            modules=tuple(
                draw(st.lists(st.sampled_from(modules), unique=True, max_size=2)) if modules else ()
            ),
            knows=draw(st.sampled_from(_TOPICS)),
            seeks=draw(st.sampled_from(_TOPICS)),
            newcomer=draw(st.sampled_from([False, False, True])),
            decides=draw(st.sampled_from([False, False, False, True])),
        )
        for v in people
    }
    ends: list[EndId] = [*people, *people, *people, *modules]
    made_links: dict[LinkId, Link] = {}
    for number in range(draw(st.integers(0, 3 * most)) if len(set(ends)) > 1 else 0):
        source, target = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
        if source == target:
            continue
        kind = draw(st.sampled_from([LinkKind.TALKS] * 6 + list(LinkKind)))
        key = LinkId(f"l{number}")
        made_links[key] = Link(
            id=key,
            source=source,
            target=target,
            kind=kind,
            two_way=kind is LinkKind.TALKS and draw(st.booleans()),
            channel=draw(st.sampled_from([None, None, *_CHANNELS])),
            per_week=draw(st.sampled_from([None, 0.0, 0.5, 5.0])),
            status=draw(st.sampled_from([Status.CONFIRMED] * 6 + list(Status))),
            answers_needed=draw(st.sampled_from([None, None, None, 3])),
            needed_within=draw(st.sampled_from([None, None, None, 2.0])),
            no_answer_needed=draw(st.sampled_from([False, False, False, True])),
        )
    document = Document(
        info=MapInfo(
            reporting_is_talk=draw(st.sampled_from([False, False, True])),
            asked=draw(st.sampled_from([False, False, True])),
        ),
        channels=_CHANNELS,
        modules=made_modules,
        nodes=made_nodes,
        links=made_links,
        serial=1_000,
    )
    assert problems(document) == []
    return document


@st.composite
def talking(draw: st.DrawFn, least: int = 8, most: int = 16) -> Document:
    """People who talk, in up to three modules: sparse enough for parts to fall off."""
    people = [NodeId(f"n{i:02}") for i in range(draw(st.integers(least, most)))]
    modules = [ModuleId(f"m{i}") for i in range(draw(st.integers(0, 3)))]
    links: dict[LinkId, Link] = {}
    for number in range(draw(st.integers(len(people) // 2, 2 * len(people)))):
        source, target = draw(st.sampled_from(people)), draw(st.sampled_from(people))
        if source != target:
            key = LinkId(f"l{number}")
            both = draw(st.sampled_from([True, True, False]))
            links[key] = Link(id=key, source=source, target=target, two_way=both)
    nodes = {
        v: Node(
            id=v,
            name=v.upper(),
            modules=(draw(st.sampled_from(modules)),) if modules else (),
            knows=draw(st.sampled_from(_TOPICS)),
            seeks=draw(st.sampled_from(_TOPICS)),
        )
        for v in people
    }
    made = {m: Module(id=m, name=m.upper()) for m in modules}
    return Document(nodes=nodes, modules=made, links=links, serial=1_000)


def random_map(seed: int) -> Document:
    """One of many kinds of map of 0 to 24 nodes: trees, rings, islands, stars, sparse and dense ones.

    With nested and shared modules, leads, links that end on modules, parallel links, channels that
    carry no answer, vacant roles, outside nodes and sources, and lines of every kind and status.
    """
    draw = random.Random(seed)
    nodes = {v.id: v for v in (_node(draw, i) for i in range(draw.choice([0, 3, 5, 7, 12, 16, 20, 24])))}
    people = list(nodes)
    modules = {m.id: m for m in (_module(draw, i, people) for i in range(draw.choice([0, 0, 2, 3, 5])))}
    tidy = draw.random() < 0.5  # neighbours share a module
    for number, v in enumerate(people):
        chosen = draw.sample(sorted(modules), min(len(modules), draw.choice([0, 1, 1, 1, 2, 3])))
        if tidy and modules and draw.random() < 0.95:
            chosen = [sorted(modules)[number * len(modules) // len(people)]]
        nodes[v] = replace(nodes[v], modules=tuple(chosen))
    ends: list[tuple[EndId, ...]] = [(people[u], people[v]) for u, v in _shape(draw, len(people))]
    ends += [tuple(draw.sample([*people, *modules], 2)) for _ in range(draw.choice([0, 0, 3])) if people[1:]]
    both = draw.choice([0.0, 0.3, 0.7, 1.0])
    links = {}
    for number, (source, target) in enumerate(ends):
        kind = draw.choice([LinkKind.TALKS] * 12 + [LinkKind.REPORTS, LinkKind.NEEDS])
        key = LinkId(f"l{number}")
        links[key] = Link(
            id=key,
            source=source,
            target=target,
            kind=kind,
            two_way=kind is LinkKind.TALKS and draw.random() < both,
            channel=draw.choice([None, None, None, None, ChannelId("mail"), ChannelId("newsletter")]),
            per_week=draw.choice([None, 1.0, 5.0]),
            status=draw.choice([Status.CONFIRMED] * 8 + list(Status)),
            no_answer_needed=draw.random() < 0.05,
        )
    document = Document(nodes=nodes, modules=modules, links=links)
    assert problems(document) == []
    return document


def _node(draw: random.Random, number: int) -> Node:
    return Node(
        id=NodeId(f"n{number:02}"),
        name=f"Person {number}",
        kind=draw.choice([NodeKind.PERSON] * 14 + list(NodeKind)),
        vacant=draw.random() < 0.3,
        level=draw.choice([None, None, 1, 2, 3]),
    )


def _module(draw: random.Random, number: int, people: list[NodeId]) -> Module:
    return Module(
        id=ModuleId(f"m{number}"),
        name=f"Module {number}",
        parent=ModuleId(f"m{draw.randrange(number)}") if number and draw.random() < 0.3 else None,
        lead=draw.choice(people) if people and draw.random() < 0.4 else None,
    )


def _shape(draw: random.Random, size: int) -> list[tuple[int, int]]:
    """Pairs of different numbers below `size`, in either direction; some of them twice."""
    if size < 3:
        return []
    number = draw.randrange(10_000)
    graphs = (
        nx.gnp_random_graph(size, 0.1, seed=number),
        nx.gnp_random_graph(size, 0.25, seed=number),
        nx.gnp_random_graph(size, 0.6, seed=number),
        nx.random_labeled_tree(size, seed=number),
        nx.cycle_graph(size),
        nx.star_graph(size - 1),
        nx.caveman_graph(max(size // 4, 1), 4) if size >= 4 else nx.path_graph(size),
        nx.barabasi_albert_graph(size, 1 + size // 8, seed=number),
        nx.path_graph(size),
    )
    pairs = list(draw.choice(graphs).edges)
    order = draw.sample(range(size), size) if draw.random() < 0.5 else range(size)
    pairs = [(order[u], order[v]) if draw.random() < 0.5 else (order[v], order[u]) for u, v in pairs]
    return pairs + [pair[:: draw.choice([1, -1])] for pair in draw.sample(pairs, len(pairs) // 5)]
