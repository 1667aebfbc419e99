"""Documents of every shape for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from orgmap.model.document import Document
from orgmap.model.entities import (
    Channel,
    ChannelId,
    Dash,
    Frame,
    Json,
    Link,
    LinkId,
    LinkKind,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    Remark,
    RemarkId,
    Status,
    default_channels,
)

WORDS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\n\t", exclude_characters="\ufffe\uffff"
    ),
    max_size=12,
)
NAMES = st.one_of(
    WORDS, st.sampled_from(["", "<script>", "=cmd()", "R&D", "a < b > c", "Ana", 'a"b', "Łukasz"])
)
AMOUNTS = st.none() | st.floats(0, 1e6) | st.integers(0, 500).map(float)
PLACES = st.floats(-1e6, 1e6)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)
JSON: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
EXTRAS = st.dictionaries(WORDS, JSON, max_size=2)
UNREAD = st.dictionaries(WORDS.map(lambda word: f"later {word}"), JSON, max_size=2)
_IDS = [f"{prefix}{number}" for prefix in "nmx" for number in range(12)] + ["Ana", "7", "a;b", "über"]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document without problems: everything the model can hold."""
    ids = draw(st.permutations(_IDS))
    n_modules, n_nodes = draw(st.integers(0, 4)), draw(st.integers(0, 7))
    module_ids, node_ids = ids[:n_modules], ids[n_modules : n_modules + n_nodes]
    channels = dict(list(default_channels().items())[: draw(st.integers(0, 9))])
    if draw(st.booleans()):
        own = draw(_channel(ChannelId("pigeon")))
        channels[own.id] = own
    modules = [draw(_module(ModuleId(key), module_ids[:i], node_ids)) for i, key in enumerate(module_ids)]
    nodes = [draw(_node(NodeId(key), module_ids)) for key in node_ids]
    ends = [*module_ids, *node_ids]
    links: list[Link] = []
    if len(ends) > 1:
        for number in range(draw(st.integers(0, 8))):
            links.append(draw(_link(LinkId(f"l{number}"), ends, list(channels))))
    remarks = [draw(_remark(RemarkId(f"r{number}"), ends)) for number in range(draw(st.integers(0, 3)))]
    return Document(
        info=draw(_INFO),
        channels=channels,
        modules={module.id: module for module in modules},
        nodes={node.id: node for node in nodes},
        links={link.id: link for link in links},
        remarks={remark.id: remark for remark in remarks},
        serial=draw(st.integers(1, 10_000)),
        unread=draw(UNREAD),
    )


_INFO = st.builds(
    MapInfo,
    title=NAMES,
    purpose=WORDS,
    notes=WORDS,
    reporting_is_talk=st.booleans(),
    asked=st.booleans(),
    thresholds=st.dictionaries(WORDS, st.floats(0, 1), max_size=2),
    unread=UNREAD,
)


def _channel(key: ChannelId) -> st.SearchStrategy[Channel]:
    return st.builds(
        Channel,
        id=st.just(key),
        name=NAMES,
        delay=st.floats(0, 100),
        answers=st.booleans(),
        at_once=st.booleans(),
        formal=st.booleans(),
        place=WORDS,
        dash=st.sampled_from(Dash),
        sign=WORDS,
        unread=UNREAD,
    )


def _module(key: ModuleId, above: list[str], people: list[str]) -> st.SearchStrategy[Module]:
    frames = st.builds(Frame, x=PLACES, y=PLACES, width=st.floats(0.5, 9_000), height=st.floats(0.5, 9_000))
    return st.builds(
        Module,
        id=st.just(key),
        name=NAMES,
        parent=st.none() | st.sampled_from(above) if above else st.none(),
        lead=st.none() | st.sampled_from(people) if people else st.none(),
        purpose=WORDS,
        colour=st.none() | st.integers(0, 20),
        collapsed=st.booleans(),
        frame=st.none() | frames,
        notes=WORDS,
        extra=EXTRAS,
        unread=UNREAD,
    )


def _remark(key: RemarkId, ends: list[str]) -> st.SearchStrategy[Remark]:
    return st.builds(
        Remark,
        id=st.just(key),
        code=WORDS,
        about=st.lists(st.sampled_from([*ends, "gone"]), unique=True, max_size=3).map(tuple),
        dismissed=st.booleans(),
        reason=WORDS,
        note=WORDS,
        unread=UNREAD,
    )


@st.composite
def _node(draw: st.DrawFn, key: NodeId, modules: list[str]) -> Node:
    inside = draw(st.lists(st.sampled_from(modules), unique=True, max_size=3)) if modules else []
    placed = draw(st.booleans())
    fields: dict[str, Any] = {
        name: draw(st.booleans()) for name in ("newcomer", "decides", "holds_purpose", "vacant", "pinned")
    }
    return Node(
        id=key,
        name=draw(NAMES),
        kind=draw(st.sampled_from(NodeKind)),
        modules=tuple(ModuleId(module) for module in inside),
        level=draw(st.none() | st.integers(-3, 12)),
        title=draw(WORDS),
        knows=tuple(draw(st.lists(WORDS, max_size=2))),
        seeks=tuple(draw(st.lists(WORDS, max_size=2))),
        hours=draw(AMOUNTS),
        notes=draw(WORDS),
        x=draw(PLACES) if placed else None,
        y=draw(PLACES) if placed else None,
        extra=draw(EXTRAS),
        unread=draw(UNREAD),
        **fields,
    )


@st.composite
def _link(draw: st.DrawFn, key: LinkId, ends: list[str], channels: list[ChannelId]) -> Link:
    source, target = draw(st.permutations(ends))[:2]
    kind = draw(st.sampled_from(LinkKind))
    return Link(
        id=key,
        source=NodeId(source),
        target=NodeId(target),
        kind=kind,
        two_way=kind is LinkKind.TALKS and draw(st.booleans()),
        channel=draw(st.none() | st.sampled_from(channels)) if channels else None,
        per_week=draw(AMOUNTS),
        minutes=draw(AMOUNTS),
        formal=draw(st.none() | st.booleans()),
        status=draw(st.sampled_from(Status)),
        purpose=draw(WORDS),
        topic=draw(WORDS),
        health=draw(WORDS),
        step=draw(st.none() | st.integers(-5, 50)),
        needed_within=draw(AMOUNTS),
        answers_needed=draw(st.none() | st.integers(0, 99)),
        no_answer_needed=draw(st.booleans()),
        strength=draw(AMOUNTS),
        notes=draw(WORDS),
        extra=draw(EXTRAS),
        unread=draw(UNREAD),
    )
