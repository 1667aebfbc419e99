"""Bringing one map into another: nothing doubled, nobody moved, one step."""

from __future__ import annotations

from dataclasses import replace

from orgmap.model import edits
from orgmap.model.document import Document, problems
from orgmap.model.entities import ChannelId, LinkId, ModuleId, Node, NodeId
from orgmap.model.merging import merged
from tests.words import org


def node(document: Document, name: str) -> Node:
    return next(n for n in document.nodes.values() if n.name == name)


def with_fields(document: Document, key: str, **values: object) -> Document:
    return document.apply(edits.set_fields(document, [key], **values))


def test_the_same_map_again_changes_nothing() -> None:
    document = org("ana <> ben, ben > cy, ana ^ ben", modules={"Sales": "ana ben"}, levels={"ana": 1})

    assert not merged(document, document)


def test_people_and_modules_of_the_same_name_are_the_same_whatever_their_ids() -> None:
    document = org("ana <> ben", modules={"Sales": "ana"})
    other = org("ANA <> cy", modules={"sales": "ANA cy"})

    result = document.apply(merged(document, other))

    assert problems(result) == []
    assert [n.name for n in result.nodes.values()] == ["ana", "ben", "cy"]
    assert [m.name for m in result.modules.values()] == ["Sales"]
    assert node(result, "cy").modules == (ModuleId("Sales"),)
    assert len(result.links) == 2


def test_a_name_that_two_people_share_joins_nobody() -> None:
    document = org("ana <> ben")
    other = replace(
        org("x <> y"),
        nodes={NodeId(k): Node(id=NodeId(k), name="ana") for k in ("x", "y")},
    )

    result = document.apply(merged(document, other))

    assert [n.name for n in result.nodes.values()] == ["ana", "ben", "ana", "ana"]
    assert problems(result) == []


def test_nobody_moves_and_only_what_was_unsaid_is_filled_in() -> None:
    document = with_fields(org("ana <> ben"), "ana", level=2, x=5.0, y=6.0)
    other = with_fields(org("ana <> ben"), "ana", level=1, title="Lead", x=9.0, y=9.0)

    result = document.apply(merged(document, other))

    ana = result.nodes[NodeId("ana")]
    assert (ana.level, ana.title, ana.x, ana.y) == (2, "Lead", 5.0, 6.0)


def test_new_people_come_without_a_place() -> None:
    document = org("ana <> ben")
    other = with_fields(org("cy <> dan"), "cy", x=9.0, y=9.0, pinned=True)

    result = document.apply(merged(document, other))

    assert node(result, "cy").x is None
    assert not node(result, "cy").pinned


def test_a_two_way_link_drawn_the_other_way_round_is_the_same_link() -> None:
    document = org("ana <> ben, ana > cy")
    other = org("ben <> ana, cy > ana")

    result = document.apply(merged(document, other))

    assert len(result.links) == 3


def test_parallel_links_stay_as_many_as_they_were() -> None:
    document = org("ana > ben")
    other = org("ana > ben, ana > ben")

    result = document.apply(merged(document, other))

    assert len(result.links) == 2


def test_a_channel_that_is_missing_comes_along_with_its_links() -> None:
    document = org("ana <> ben")
    other = org("ana > cy")
    drums = replace(other.channels[ChannelId("chat")], id=ChannelId("ana"), name="drums")
    other = replace(other, channels={**other.channels})
    other = other.apply(edits.put_channel(other, replace(drums, id=ChannelId("drums"))))
    other = with_fields(other, "l1", channel=ChannelId("drums"))

    result = document.apply(merged(document, other))

    assert problems(result) == []
    link = next(link for link in result.links.values() if link.id != LinkId("l1"))
    assert link.channel is not None
    assert result.channels[link.channel].name == "drums"
