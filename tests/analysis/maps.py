"""Random maps for properties: everything odd that a document may hold."""

from __future__ import annotations

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
        v: Node(id=v, name=v.upper(), modules=(draw(st.sampled_from(modules)),) if modules else ())
        for v in people
    }
    made = {m: Module(id=m, name=m.upper()) for m in modules}
    return Document(nodes=nodes, modules=made, links=links, serial=1_000)
